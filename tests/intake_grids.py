"""Small grids for tests of what is understood: no file, no child process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from intake.cells import column_of
from intake.check import examined
from intake.desk import Desk
from intake.grid import BOOL, NUMBER, TEXT, Cell, Sheet, Workbook
from intake.request import Request, Stored
from tests.intake_store import the_register

TODAY = date(2026, 11, 30)
HEAD = ("Mã chỉ tiêu", "Tên chỉ tiêu", "Đơn vị tính", "Kỳ báo cáo", "Địa bàn", "Giá trị",
        "Trạng thái", "Nguồn", "Ghi chú")  # fmt: skip

Value = str | float | bool | Cell | None


def cell(value: Value) -> Cell | None:
    """A cell of a Python value; a cell stays as it is, None and "" are blank."""
    if value is None or value == "" or isinstance(value, Cell):
        return value or None if not isinstance(value, Cell) else value
    if isinstance(value, bool):
        return Cell(BOOL, value)
    if isinstance(value, (int, float)):
        return Cell(NUMBER, float(value))
    return Cell(TEXT, value)


def sheet(
    rows: Sequence[Sequence[Value]] | Mapping[int, Sequence[Value]],
    name: str = "Biểu 01",
    merged: Sequence[str] = (),
    **more: object,
) -> Sheet:
    """A sheet of rows from row 1 on, or of the rows given by number."""
    numbered = rows if isinstance(rows, Mapping) else dict(enumerate(rows, 1))
    filled = {}
    for row, values in numbered.items():
        cells = {c: x for c, v in enumerate(values, 1) if (x := cell(v)) is not None}
        if cells:
            filled[row] = cells
    return Sheet(name, filled, [_range(text) for text in merged], **more)  # type: ignore[arg-type]


def _range(text: str) -> tuple[int, int, int, int]:
    (top, left), (bottom, right) = (_place(part) for part in text.split(":"))
    return top, left, bottom, right


def _place(text: str) -> tuple[int, int]:
    letters = text.rstrip("0123456789")
    return int(text[len(letters) :]), column_of(letters)


def long_sheet(*rows: Sequence[Value], head: Sequence[str] = HEAD, name: str = "Nhập") -> Sheet:
    """A plain table: headings in row 1, rows of (code, period, area, value) or of nine cells."""
    full = [
        row if len(row) > 4 else (row[0], "", "", row[1], row[2], row[3], "ước tính", "Báo cáo")
        for row in rows
    ]
    return sheet([head, *full], name)


def examine(
    *sheets: Sheet, stored: Sequence[Stored] = (), today: date = TODAY, **book: object
) -> Desk:
    """What the check makes of a workbook of these sheets."""
    book.setdefault("kind", "xlsx")
    mapping = book.pop("mapping", {})
    workbook = Workbook(sheets=list(sheets), **book)  # type: ignore[arg-type]
    request = Request(the_register(), tuple(stored), today, "a.xlsx", mapping)  # type: ignore[arg-type]
    return examined(workbook, request)


def told(desk: Desk) -> set[str]:
    """The findings as "V05 F8"."""
    return {f"{f.code} {f.cell}".strip() for f in desk.out.kept()}


def figures(desk: Desk) -> dict[tuple[str, str, str], float]:
    """(indicator, period, area) -> value."""
    return {(f.indicator, f.period, f.area): f.value for f in desk.figures}
