"""Tables in a file from outside: found by their column names, each cell read by its kind.

One CSV or the sheets of a workbook; the column names may stand anywhere in the first 30 rows.
The file is opened by the intake's reader only, in its own process and under its limits.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from i18n.numbers import number
from i18n.parsing import parse_number
from intake.cells import address, is_blank, said
from intake.dates import day_of as serial_day
from intake.faults import told
from intake.findings import finding
from intake.grid import BOOL, DATE, ERROR, NUMBER, UNCALCULATED, Cell, Sheet, Workbook
from intake.grids import read_grid
from intake.text import key, plain

from .file_findings import Findings
from .register_labels import key_of

HEAD_ROWS = 30
MOST_TEXT = 4000
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_VIETNAMESE = re.compile(r"(?:ngày )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is recognised and what it may hold.

    required: columns without which it is not this table. also: further columns.
    aliases: other headings (in small letters) -> column.
    """

    name: str
    required: tuple[str, ...]
    also: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()

    def columns(self, sheet: Sheet, row: int) -> dict[str, int]:
        """Column name -> number, of a row that may be the heading."""
        named = {key(alias): column for alias, column in self.aliases}
        named |= {key(column): column for column in (*self.required, *self.also)}
        found: dict[str, int] = {}
        for place, cell in sheet.rows.get(row, {}).items():
            column = named.get(key(said(cell)))
            if column:
                found.setdefault(column, place)
        return found


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table; reading a cell notes what is wrong with it and gives None or ""."""

    findings: Findings
    sheet: str
    row: int
    columns: Mapping[str, int]
    cells: Mapping[int, Cell]

    def has(self, column: str) -> bool:
        """Whether the table has the column at all."""
        return column in self.columns

    def cell(self, column: str) -> str:
        """The address of a cell, of the row's first where the column is missing."""
        return address(self.row, self.columns.get(column, min(self.columns.values())))

    def wrong(self, code: str, column: str, /, **facts: object) -> None:
        """Note a finding at a cell of this row."""
        self.findings.add(code, self.sheet, self.cell(column), **{"column": column, **facts})

    def is_blank(self, column: str) -> bool:
        """Whether nothing stands there."""
        return is_blank(self._raw(column))

    def text(self, column: str, *, required: bool = False, most: int = MOST_TEXT) -> str:
        """What stands there as text, days as ISO; "" where blank."""
        cell = self._raw(column)
        if cell is None or is_blank(cell):
            if required:
                self.wrong("R04", column)
            return ""
        if cell.kind in {ERROR, UNCALCULATED}:
            self.wrong("R26", column, text=cell.value or "…")
            return ""
        if cell.kind == DATE:
            day = serial_day(cell.value) if isinstance(cell.value, float) else None
            if day is None:
                self.wrong("R08", column, text=cell.value)
            return day.isoformat() if day else ""
        text = "TRUE" if cell.value is True else plain(said(cell))
        if len(text) > most:
            self.wrong("R28", column, n=len(text), most=most)
            return ""
        return text

    def code(self, column: str, *, most: int = 60) -> str:
        """A required code: letters, digits, hyphen, dot, underscore."""
        text = self.text(column, required=True)
        if text and (len(text) > most or not re.fullmatch(r"[\w.-]+", text)):
            self.wrong("R25", column, text=text, most=most)
            return ""
        return text

    def figure(self, column: str, unit: str = "", *, required: bool = False) -> float | None:
        """A number; text is read only where Vietnamese and English agree on it."""
        cell = self._raw(column)
        if cell is not None and cell.kind == NUMBER and isinstance(cell.value, float):
            return cell.value
        text = self.text(column, required=required)
        if not text:
            return None
        if cell is not None and cell.kind in {DATE, BOOL}:
            self.wrong("R05", column, text=text)
            return None
        return self._typed(column, text, unit)

    def _typed(self, column: str, text: str, unit: str) -> float | None:
        both = [parse_number(text, lang, unit) for lang in ("vi", "en")]
        values = sorted({v for t in both for v in (t.readings or (t.value,)) if v is not None})
        if len(values) == 1:
            return values[0]
        if values:
            first, second = (number(value, 6) for value in values[:2])
            self.wrong("R06", column, text=text, first=first, second=second)
        else:
            self.wrong("R05", column, text=text)
        return None

    def whole(self, column: str, low: int, high: int, *, required: bool = False) -> int | None:
        """A whole number within bounds."""
        text = self.text(column, required=required)
        if not text:
            return None
        if not re.fullmatch(r"-?\d{1,9}", text) or not low <= int(text) <= high:
            self.wrong("R09", column, text=text, low=low, high=high)
            return None
        return int(text)

    def one_of(self, column: str, allowed: Collection[str], *, default: str = "") -> str:
        """One of the allowed words, or what people choose for it; blank gives the default.

        Without a default a blank cell is wrong.
        """
        text = self.text(column, required=not default)
        if not text:
            return default
        text = text if text in allowed else key_of(column, text)
        if text not in allowed:
            self.wrong("R07", column, text=text, allowed=", ".join(allowed))
            return ""
        return text

    def day(self, column: str, *, required: bool = False) -> date | None:
        """A day: 2026-12-31, 31/12/2026 or a date cell."""
        text = self.text(column, required=required)
        if not text:
            return None
        found = day_of(text)
        if found is None:
            self.wrong("R08", column, text=text)
        return found

    def _raw(self, column: str) -> Cell | None:
        place = self.columns.get(column)
        return None if place is None else self.cells.get(place)


@dataclass(frozen=True, slots=True)
class FileTable:
    """One table of a file: its shape's name, its sheet, its rows."""

    name: str
    sheet: str
    head: int
    records: tuple[Record, ...]


def tables(book: Workbook, shapes: Sequence[Shape], findings: Findings) -> list[FileTable]:
    """The tables of a file in the order of its sheets; what is not understood is noted.

    Of several shapes that fit a sheet the one with the most columns in common is taken.
    """
    known = "; ".join(f"{shape.name}: {', '.join(shape.required)}" for shape in shapes)
    found = []
    for sheet in book.sheets:
        if not sheet.rows or sheet.hidden:
            continue
        table = _table(sheet, shapes, findings)
        if table:
            found.append(table)
        else:
            findings.add("R02", sheet.name, tables=known)
    if not found:
        findings.add("R01", tables=known)
    return found


def day_of(text: str) -> date | None:
    """The day that a text names (2026-12-31, 31/12/2026), None where it names none."""
    if parts := _ISO.fullmatch(text):
        year, month, number_ = (int(part) for part in parts.groups())
    elif parts := _VIETNAMESE.fullmatch(text):
        number_, month, year = (int(part) for part in parts.groups())
    else:
        return None
    try:
        return date(year, month, number_)
    except ValueError:
        return None


def _table(sheet: Sheet, shapes: Sequence[Shape], findings: Findings) -> FileTable | None:
    best: tuple[int, Shape, int, dict[str, int]] | None = None
    for row in [place for place in sheet.rows if place <= HEAD_ROWS]:
        for shape in shapes:
            columns = shape.columns(sheet, row)
            fits = all(column in columns for column in shape.required)
            if fits and (best is None or len(columns) > best[0]):
                best = len(columns), shape, row, columns
    if best is None:
        return None
    _, shape, head, columns = best
    for place, cell in sheet.rows[head].items():
        if place not in columns.values() and not is_blank(cell):
            findings.add("R18", sheet.name, address(head, place), column=said(cell))
    records = tuple(_records(sheet, head, columns, findings))
    if not records:
        findings.add("R29", sheet.name, table=shape.name)
    return FileTable(shape.name, sheet.name, head, records)


def _records(
    sheet: Sheet, head: int, columns: Mapping[str, int], findings: Findings
) -> Iterator[Record]:
    for place, cells in sheet.rows.items():
        if place > head and any(not is_blank(cells.get(one)) for one in columns.values()):
            yield Record(findings, sheet.name, place, columns, cells)


def read_file(content: bytes, name: str, findings: Findings) -> Workbook | None:
    """The cells of a file, read outside this process; None where it is refused."""
    book = read_grid(content, name)
    if isinstance(book, Workbook):
        return book
    for fault in book:
        findings.take(finding(fault.code, fault.sheet, fault.cell, told(fault, findings.lang)))
    return None
