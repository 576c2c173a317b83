"""Workbooks as officers make them, and the upload page after one was chosen."""

from __future__ import annotations

import io

from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from tests.app import failed, page

HEAD = ["Mã chỉ tiêu", "Kỳ báo cáo", "Địa bàn", "Giá trị", "Trạng thái", "Nguồn"]
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(*rows: list[object], head: list[str] | None = None, name: str = "Bảng") -> bytes:
    """One sheet with headings in row 1."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in (HEAD if head is None else head, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def handed_in(data: bytes, name: str = "so-lieu.xlsx") -> AppTest:
    """The page after a file was chosen."""
    app = page("upload")
    app.file_uploader(key="upload.file.0").set_value((name, data, KIND)).run()
    assert not failed(app)
    return app


def draft_of(app: AppTest) -> str:
    """The id of the open upload in the address."""
    draft = app.query_params["draft"]
    return str(draft[0] if isinstance(draft, list) else draft)
