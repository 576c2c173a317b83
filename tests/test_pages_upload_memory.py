"""What a session keeps of a file that it has handed in: nothing."""

from __future__ import annotations

import gc

import pytest
from streamlit.runtime.uploaded_file_manager import UploadedFile

from services.drafts import Draft
from services.submissions import File
from services.uploads import Checked
from tests.app import html_of, opened
from tests.test_pages_upload import VISITS, handed_in, workbook

pytestmark = pytest.mark.slow


VALUE = 62_417  # in no other test: what those leave alive is not this one's


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    opened(tmp_path, monkeypatch)


def held(data: bytes) -> list[str]:
    """What is alive of a file: its bytes in a draft or beside it, its check with the figures."""
    gc.collect()
    found = []
    for one in gc.get_objects():
        if type(one) is File and one.content == data:
            found.append("file")
        elif type(one) is UploadedFile and one.getvalue() == data:
            found.append("uploaded")
        elif type(one) is Checked and any(figure.value == VALUE for figure in one.figures):
            found.append("check")
        elif type(one) is Draft and one.file.content == data:
            found.append("draft")
    return found


@pytest.mark.parametrize("button", ["upload.save", "upload.drop"])
def test_nothing_stays_in_memory_of_an_upload_that_was_saved_or_dropped(button):
    data = workbook(VISITS, ["DL-02", "2026-H1", "", VALUE, "ước tính", "Sở VHTTDL"])
    app = handed_in(data)
    assert "check" in held(data)  # kept while it is open: a rerun must not read the file again
    app.button(key=button).click().run()
    app.run()
    assert ("Đã lưu" in html_of(app)) is (button == "upload.save")
    assert held(data) == []
