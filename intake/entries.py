"""What is typed and not read from a file: rows of a form, and corrections of single cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .cells import column_of, said
from .grid import TEXT, Cell, Sheet, Workbook
from .headings import HEAD
from .request import Corrections
from .result import Corrected

ENTRY_SHEET = "Nhập trực tiếp"
TYPED = "V03"  # "stored as text": of what is typed this says nothing

ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a form, every part as typed: "" where nothing was."""

    code: str
    period: str
    value: str
    area: str = ""
    unit: str = ""
    status: str = ""
    source: str = ""
    note: str = ""


def sheet_of_entries(entries: Sequence[Entry]) -> Workbook:
    """The rows as a plain table with the template's headings in row 1."""
    rows = {1: _cells(tuple(HEAD.values()))}
    for row, one in enumerate(entries, 2):
        rows[row] = _cells(
            (one.code, "", one.unit, one.period, one.area, one.value, one.status, one.source,
             one.note)
        )  # fmt: skip
    return Workbook("csv", [Sheet(ENTRY_SHEET, rows)])


def _cells(texts: Sequence[str]) -> dict[int, Cell]:
    return {column: Cell(TEXT, text) for column, text in enumerate(texts, 1) if text}


def correct(book: Workbook, corrections: Corrections) -> list[Corrected]:
    """Put what an officer typed in the place of what stands in cells; "" empties a cell.

    Returns:
        Each cell with its text before and after.

    Raises:
        ValueError: a cell's address is none, or the workbook has no such sheet.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets}
    done = []
    for name, cells in corrections.items():
        if name not in sheets:
            raise ValueError(f"no sheet {name!r}")
        for where, text in cells.items():
            done.append(Corrected(name, where, _put(sheets[name], where, text), text))
    return done


def _put(sheet: Sheet, where: str, text: str) -> str:
    """Type over one cell; what it said before."""
    found = ADDRESS.fullmatch(where)
    if not found:
        raise ValueError(f"no cell {where!r}")
    row, column = int(found[2]), column_of(found[1])
    cells = sheet.rows.setdefault(row, {})
    before = said(cells.pop(column, None))
    if text:
        cells[column] = Cell(TEXT, text)
    if list(sheet.rows)[-1] == row:  # a new row stands last, rows are in rising order
        sheet.rows = dict(sorted(sheet.rows.items()))
    return before
