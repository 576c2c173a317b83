"""Plain tables: the official template and own files with one figure a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from indicators.model import ESTIMATE, OFFICIAL
from indicators.periods import Period

from . import progress, spans, statuses
from .cells import address, column_of, is_blank, letters, raw, said
from .dates import day_of, day_text
from .desk import (
    LONGEST_NAME,
    LONGEST_TEXT,
    ONE,
    Desk,
    Parts,
    Span,
    span_of,
    take,
    tell_period,
    tell_text,
)
from .grid import DATE, NUMBER, TEXT, Cell, Sheet
from .headings import (
    AREA,
    AREA_CODE,
    CODE,
    FIELDS,
    HEAD,
    IGNORE,
    NAME,
    NOTE,
    NUMBERING,
    PERIOD,
    SOURCE,
    STATUS,
    UNIT,
    VALUE,
    field_of,
    first_rows,
    texts,
)
from .merged import MergedKeys
from .numerals import read_text
from .places import Place
from .result import AsideColumn
from .text import plain

TEMPLATE_SHEET = "Số liệu"
VERSION = "SL-NHAP-1.0"
VERSION_NAME = "phien_ban_mau"
_VERSION = re.compile(r"SL-NHAP-(\d+)\.(\d+)", re.IGNORECASE)
_ORDINARY = frozenset({NUMBERING, NAME, UNIT})  # headings that wide tables have too
_TELL_EVERY = 5000


@dataclass(frozen=True, slots=True)
class Header:
    """The heading row of a plain table: its row, field -> column, column -> text."""

    row: int
    columns: dict[str, int]
    heads: dict[int, str]
    twice: tuple[tuple[int, int], ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing that a figure needs is missing."""
        return not self.missing

    @property
    def missing(self) -> list[str]:
        """Headings of required columns that are not there."""
        found = [HEAD[field] for field in (PERIOD, VALUE) if field not in self.columns]
        if CODE not in self.columns and NAME not in self.columns:
            found.append(f"{HEAD[CODE]} / {HEAD[NAME]}")
        return found


def version_of(sheet: Sheet, names: Mapping[str, str]) -> tuple[int, int] | None:
    """The template's version that a sheet bears; None where it is no template.

    A workbook with the defined name but without a mark in A2 counts as the present version.
    """
    if plain(sheet.name).lower() != TEMPLATE_SHEET.lower():
        return None
    mark = _VERSION.search(plain(said(sheet.rows.get(2, {}).get(1))))
    if mark:
        return int(mark[1]), int(mark[2])
    if any(name.lower() == VERSION_NAME for name in names):
        return current_version()
    return None


def current_version() -> tuple[int, int]:
    """The version of the template that this program writes."""
    found = _VERSION.fullmatch(VERSION)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def header_of(sheet: Sheet, given: Mapping[int, Mapping[str, str]] | None = None) -> Header | None:
    """The heading row of a plain table within the first 30 rows, whole or not.

    A row counts with three known headings, two of them other than number, name and unit.

    Args:
        sheet: the sheet.
        given: row -> column letters -> field, what an officer said a row's columns are.
    """
    for row, cells in first_rows(sheet):
        explained = given.get(row, {}) if given else {}
        header = _header(row, texts(cells), explained)
        known = set(header.columns)
        counts = len(known) >= 3 and len(known - _ORDINARY) >= 2
        if counts or (explained and header.is_whole):
            return header
    return None


def _header(row: int, heads: dict[int, str], given: Mapping[str, str]) -> Header:
    chosen = {column_of(letter): field for letter, field in given.items()}
    columns: dict[str, int] = {}
    twice = []
    for column in sorted({*heads, *chosen}):
        field = chosen.get(column) or field_of(heads.get(column, ""))
        if not field or field == IGNORE:
            continue
        if field in columns:
            if field != NUMBERING:
                twice.append((columns[field], column))
        else:
            columns[field] = column
    return Header(row, columns, heads, tuple(twice))


def tell_header(desk: Desk, sheet: Sheet, header: Header) -> bool:
    """Findings of the heading row; whether the sheet can be read."""
    missing = header.missing
    first = min(header.heads, default=1)
    for column in missing:
        desk.out.add("S02", sheet.name, address(header.row, first), {
            "sheet": sheet.name, "column": column,
        })  # fmt: skip
    for earlier, later in header.twice:
        where = address(header.row, later)
        args = {"column": header.heads.get(later, ""), "cell1": address(header.row, earlier)}
        desk.out.add("S04", sheet.name, where, {**args, "cell2": where})
    return not missing and not header.twice


def tell_unused(desk: Desk, sheet: Sheet, header: Header, given: Mapping[str, str]) -> None:
    """S03 for each column that is not read and not left out on purpose."""
    used = set(header.columns.values()) | {
        column_of(letter) for letter, field in given.items() if field == IGNORE
    }
    for column, text in header.heads.items():
        if column not in used:
            where = address(header.row, column)
            desk.out.add("S03", sheet.name, where, {"column": text})
            desk.aside.append(AsideColumn(sheet.name, where, text[:80], "other"))


def has_filled_row(sheet: Sheet, header: Header) -> bool:
    """Whether some row below the headings has a value."""
    column = header.columns[VALUE]
    return any(
        row > header.row and not is_blank(cells.get(column)) for row, cells in sheet.rows.items()
    )


class _RowCells:
    """Where the parts of one row stand; worked out only where a finding asks."""

    __slots__ = ("_reader", "row")

    def __init__(self, reader: LongReader, row: int) -> None:
        self._reader, self.row = reader, row

    @property
    def value(self) -> str:
        return f"{self._reader.value_letter}{self.row}"

    @property
    def period(self) -> str:
        return self._reader.at(self.row, PERIOD)

    @property
    def status(self) -> str:
        return self._reader.at(self.row, STATUS)

    @property
    def area(self) -> str:
        return self._reader.at(self.row, AREA) or self._reader.at(self.row, AREA_CODE)

    @property
    def unit(self) -> str:
        return self._reader.at(self.row, UNIT)

    @property
    def shared(self) -> bool:
        return self._reader.has_merged_keys


_Get = Callable[[int], Cell | None]
_Told = tuple[str, dict[str, Any]]  # code of a finding, "" for none, and its places


class LongReader:
    """Reads the rows below a heading row."""

    def __init__(self, desk: Desk, sheet: Sheet, header: Header, *, template: bool) -> None:
        self._desk, self._sheet, self._header = desk, sheet, header
        self._template = template
        self._columns = {field: header.columns.get(field, 0) for field in FIELDS}
        self.value_letter = letters(self._columns[VALUE])
        keys = [c for field, c in self._columns.items() if c and field != VALUE]
        self._merged = MergedKeys(sheet, keys)
        self.has_merged_keys = bool(self._merged)
        self._spans: dict[str | Cell | None, tuple[Span | None, _Told]] = {}
        self._statuses: dict[str, tuple[str, _Told]] = {}

    def read(self) -> None:
        """Take every row that has a value."""
        value_column, head = self._columns[VALUE], self._header.row
        spread = merged_figures(self._desk, self._sheet, {value_column}, value_column, head)
        hidden, rows = self._sheet.hidden_rows, 0
        total = len(self._sheet.rows)
        for row, cells in self._sheet.rows.items():
            cell = cells.get(value_column)
            if cell is None or row <= head or is_blank(cell):
                continue
            self._desk.filled = True
            if (row, value_column) in spread:
                continue
            if row in hidden:
                where = f"{self.value_letter}{row}"
                self._desk.out.add("S06", self._sheet.name, where, {"where": f"dòng {row}"})
            self._row(row, cells, cell)
            rows += 1
            if not rows % _TELL_EVERY:
                progress.tell(progress.CHECK, rows / total)
        self._tell_sheet(rows)

    def _tell_sheet(self, rows: int) -> None:
        column = self._columns[VALUE]
        if rows and column in self._sheet.hidden_columns:
            at = address(self._header.row, column)
            self._desk.out.add("S06", self._sheet.name, at, {"where": f"cột {letters(column)}"})
        if rows and not self._columns[STATUS]:
            self._desk.out.add("T01", self._sheet.name, "")

    def at(self, row: int, field: str) -> str:
        """The address of a row's key cell, "" where there is no such column."""
        column = self._columns[field]
        return address(self._merged.at(row, column), column) if column else ""

    def _tell(self, code: str, where: str, args: dict[str, Any]) -> None:
        """A finding of a key cell, once for each cell."""
        if self.has_merged_keys:
            self._desk.out.add_once(code, self._sheet.name, where, args)
        else:
            self._desk.out.add(code, self._sheet.name, where, args)

    def _row(self, row: int, cells: dict[int, Cell], cell: Cell) -> None:
        get: _Get = cells.get
        if self.has_merged_keys:
            get = partial(self._merged.cell, row)
        columns, desk = self._columns, self._desk
        code, name = said(get(columns[CODE])), said(get(columns[NAME]))
        meant = desk.names.meant(code, name)
        if meant.code:
            at_name = meant.at_name and columns[NAME]
            self._tell(meant.code, self.at(row, NAME if at_name else CODE), meant.args)
        span = self._span(row, get(columns[PERIOD]))
        place = self._place(row, get, span)
        status = self._status(row, get(columns[STATUS]))
        if name:
            tell_text(desk, self._sheet.name, row, columns[NAME], name, LONGEST_NAME)
        source = self._text(row, columns[SOURCE], get)
        note = self._text(row, columns[NOTE], get)
        where = _RowCells(self, row)
        if span and span.open:
            tell_period(desk, self._sheet.name, span, status, where)
        if self._template and status == OFFICIAL and not source:
            desk.out.add("N01", self._sheet.name, self.at(row, SOURCE))
        unit = said(get(columns[UNIT]))
        parts = Parts(meant.target, span, place, status, unit, source, note)
        take(desk, self._sheet.name, cell, parts, where)

    def _span(self, row: int, cell: Cell | None) -> Span | None:
        mark = cell.value if cell is not None and cell.kind == TEXT else cell
        known = self._spans.get(mark)  # type: ignore[arg-type] # a text cell's value is text
        if known is None:
            period, code, args = period_of(cell, date_1904=self._desk.book.date_1904)
            span = span_of(self._desk, period) if period else None
            known = self._spans[mark] = span, (code, args)  # type: ignore[index] # as above
        span, (code, args) = known
        if code:
            self._tell(code, self.at(row, PERIOD), args)
        if cell is not None and cell.kind == DATE:
            self._desk.dates_read = True
        return span

    def _place(self, row: int, get: _Get, span: Span | None) -> Place:
        text, period = said(get(self._columns[AREA])), span.period if span else None
        if self._columns[AREA_CODE]:
            code = said(get(self._columns[AREA_CODE]))
            place = self._desk.places.agreed(code, text, period)
        else:
            place = self._desk.places.meant(text, period)
        if place.finding:
            self._tell(place.finding, _RowCells(self, row).area, place.args)
        return place

    def _status(self, row: int, cell: Cell | None) -> str:
        if not self._columns[STATUS]:
            return ESTIMATE
        text = said(cell)
        known = self._statuses.get(text)
        if known is None:
            status, shown = statuses.of_cell(text), plain(text)
            code = "" if status else ("T02" if shown else "T01")
            known = self._statuses[text] = status or ESTIMATE, (code, {"text": shown})
        status, (code, args) = known
        if code:
            self._tell(code, self.at(row, STATUS), args)
        return status

    def _text(self, row: int, column: int, get: _Get) -> str:
        """Source or note, looked over and cut to what is kept."""
        cell = get(column)
        if cell is None:
            return ""
        text = said(cell)
        tell_text(self._desk, self._sheet.name, row, column, text, LONGEST_TEXT)
        return "" if text in ("-", "–") else text[:LONGEST_TEXT]


def period_of(cell: Cell | None, *, date_1904: bool) -> tuple[Period | None, str, dict[str, Any]]:
    """The period that a cell names, with the code and the places of a finding, "" for none."""
    if cell is not None and cell.kind == DATE and isinstance(cell.value, float):
        return _period_of_date(cell.value, cell.number_format, date_1904)
    if cell is not None and cell.kind == NUMBER and isinstance(cell.value, float):
        period = spans.of_year_number(cell.value)
    else:
        period = spans.of_cell(said(cell))
    if period:
        return period, "", {}
    return None, "P02", {"text": plain(raw(cell)) if cell else ""}


def _period_of_date(
    serial: float, number_format: str, date_1904: bool
) -> tuple[Period | None, str, dict[str, Any]]:
    shown = day_text(serial)
    period = spans.of_date(serial, number_format, date_1904=date_1904)
    if period:
        return period, "P06", {"shown": shown, "period": period.text}
    day = day_of(serial)
    year, month = (str(day.year), str(day.month)) if day else ("?", "?")
    return None, "P07", {"shown": shown, "year": year, "month": month, "month2": month.zfill(2)}


def holds_figure(cell: Cell | None) -> bool:
    """Whether a cell holds a number or a text that is one, whatever its unit."""
    if cell is None or is_blank(cell):
        return False
    if cell.kind == TEXT:
        return read_text(str(cell.value), "", ONE, csv=False).value is not None
    return cell.kind == NUMBER


def merged_figures(
    desk: Desk, sheet: Sheet, read: set[int], first: int, below: int
) -> set[tuple[int, int]]:
    """S10 for merged ranges that hold a figure; the cells that must not be read.

    Args:
        desk: takes the findings.
        sheet: the sheet.
        read: the columns that are read.
        first: ranges that start left of this column are key cells.
        below: the last heading row.
    """
    spread = set()
    for top, left, bottom, right in sheet.merged:
        if top <= below or left < first or not any(left <= column <= right for column in read):
            continue
        if holds_figure(sheet.rows.get(top, {}).get(left)):
            text = f"{address(top, left)}:{address(bottom, right)}"
            desk.out.add("S10", sheet.name, address(top, left), {"range": text})
            spread.add((top, left))
    return spread
