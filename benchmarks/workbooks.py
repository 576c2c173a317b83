"""Large workbooks in the official columns, with figures of every area that reports."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator

import xlsxwriter

from indicators.model import DONE_MEASURE
from services.snapshot import Snapshot

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = [
    *("Mã chỉ tiêu", "Tên chỉ tiêu", "Đơn vị tính", "Kỳ báo cáo", "Địa bàn", "Giá trị"),
    *("Trạng thái", "Nguồn", "Ghi chú"),
]
PARTS = ("", "-H1", "-Q1", "-Q2", "-Q3", "-Q4", *(f"-{month:02d}" for month in range(1, 13)))
COMING = range(2026, 2061)
PAST = range(1995, 2026)


def coming_rows(known: Snapshot) -> Iterator[list[object]]:
    """From 2026 on, for a check whose day is in 2061: nothing to warn of, nothing to note."""
    return _rows(known, COMING)


def past_rows(known: Snapshot) -> Iterator[list[object]]:
    """From 1995 to 2025, which a server takes whose clock says today."""
    return _rows(known, PAST)


def _rows(known: Snapshot, years: Iterable[int]) -> Iterator[list[object]]:
    """Every area of the targets that areas report, each period once, always the same value."""
    targets = [one for one in known.targets if one.kind == "each_area" or one.code == "AN-01"]
    for year, part in itertools.product(years, PARTS):
        for target in targets:
            yes_no = known.indicator_of(target).measure == DONE_MEASURE or target.code == "AN-01"
            value = 1 if yes_no or target.unit != "%" else 95
            for area in target.areas or known.communes:
                yield [
                    *(target.code, target.name_vi, target.unit, f"{year}{part}", area, value),
                    *("chính thức", "Báo cáo định kỳ", ""),
                ]


def workbook(rows: Iterable[list[object]]) -> bytes:
    """The rows under their heading as an .xlsx file."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": False})
    sheet = book.add_worksheet("Số liệu lớn")
    sheet.write_row(0, 0, HEAD)
    for place, row in enumerate(rows, 1):
        sheet.write_row(place, 0, row)
    book.close()
    return out.getvalue()
