"""Plain tables: the official template and own files with one figure a row."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from indicators.model import ESTIMATE, OFFICIAL

from . import progress, statuses
from .cells import address, is_blank, letters, said
from .desk import (
    LONGEST_NAME,
    LONGEST_TEXT,
    Desk,
    Parts,
    Span,
    span_of,
    take,
    tell_period,
    tell_text,
)
from .grid import DATE, TEXT, UNCALCULATED, Cell, Sheet
from .headings import (
    AREA,
    AREA_CODE,
    CODE,
    FIELDS,
    NAME,
    NOTE,
    PERIOD,
    SOURCE,
    STATUS,
    UNIT,
    VALUE,
    field_of,
    is_label,
    is_label_row,
)
from .limits import MAX_ROW
from .long_header import Header, header_in
from .merged import MergedKeys
from .period_cells import period_of
from .places import Place
from .spread import merged_figures
from .text import fold, plain
from .titles import Told, title_of, unit_for

_TELL_EVERY = 5000
_MOST_LABELS = 2  # rows below the headings in which columns may be numbered
_SIGNED = re.compile(
    r"\bngay\b.*\bthang\b.*\bnam\b|\bthu truong\b|\bnguoi lap\b|\bgiam doc\b|\bchu tich\b"
    r"|\bky, ho ten\b|\bke toan\b"
)


class _RowCells:
    """Where the parts of one row stand; worked out only where a finding asks."""

    __slots__ = ("_reader", "row", "unit_line")

    def __init__(self, reader: LongReader, row: int) -> None:
        self._reader, self.row, self.unit_line = reader, row, ""

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
        return self.unit_line or self._reader.at(self.row, UNIT)

    @property
    def shared(self) -> bool:
        return self._reader.has_merged_keys or bool(self.unit_line)


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
        self._signed = False
        self._unit_line = None if template else self._line_above()

    def read(self) -> Header | None:
        """Take every row that has a value, down to another table's headings, which come back."""
        value_column, head = self._columns[VALUE], self._header.row
        other = self._other_header()
        until = other.row if other else MAX_ROW + 1
        of_table = range(head + 1, until)
        spread = merged_figures(self._desk, self._sheet, {value_column}, value_column, of_table)
        hidden, rows = self._sheet.hidden_rows, 0
        total = len(self._sheet.rows)
        for row, cells in self._sheet.rows.items():
            cell = cells.get(value_column)
            if row >= until:
                break
            if cell is None or row <= head or is_blank(cell):
                continue
            if self._is_no_row(row, cells, cell):
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
        return other

    def _other_header(self) -> Header | None:
        """The headings of another table further down, none for the same ones once more."""
        column, head = self._columns[VALUE], self._header.row
        for row, cells in self._sheet.rows.items():
            cell = cells.get(column)
            if cell is None or cell.kind != TEXT or row <= head or not field_of(str(cell.value)):
                continue
            other = header_in(row, cells)
            if other.is_whole and other.columns != self._header.columns:
                return other
        return None

    def _is_no_row(self, row: int, cells: dict[int, Cell], cell: Cell) -> bool:
        """Whether a row numbers the columns, is signed and dated, or stands below such a one."""
        near = row <= self._header.row + _MOST_LABELS
        if (near or cell.kind == TEXT) and is_label(cell):
            first = self._columns[CODE] or self._columns[NAME]
            if len(cells) >= len(self._header.columns) and is_label_row(cells, first):
                return True
        if cell.kind != TEXT:
            return False
        text = str(cell.value)
        if field_of(text) == VALUE:
            return True
        if not (self._signed or _SIGNED.search(fold(text))) or self._speaks(cells):
            return False
        self._signed = True
        return True

    def _speaks(self, cells: dict[int, Cell]) -> bool:
        """Whether a row names an indicator or a period that we know."""
        code, name = said(cells.get(self._columns[CODE])), said(cells.get(self._columns[NAME]))
        if self._desk.names.by_code(code) or (name and self._desk.names.by_name(name).target):
            return True
        period, _, _ = period_of(cells.get(self._columns[PERIOD]), date_1904=False)
        return period is not None

    def _tell_sheet(self, rows: int) -> None:
        column = self._columns[VALUE]
        if rows and column in self._sheet.hidden_columns:
            at = address(self._header.row, column)
            self._desk.out.add("S06", self._sheet.name, at, {"where": f"cột {letters(column)}"})
        if rows and not self._columns[STATUS]:
            self._desk.out.add_once("T01", self._sheet.name, "", {})

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
        if self._unit_line and meant.target and not plain(unit):
            unit, where.unit_line = (
                unit_for(self._unit_line, meant.target.unit),
                self._unit_line.cell,
            )
        parts = Parts(meant.target, span, place, status, unit, source, note)
        take(desk, self._sheet.name, cell, parts, where)

    def _line_above(self) -> Told | None:
        """The unit line over the table: it counts for rows that say no unit, as in wide tables."""
        known = frozenset(target.unit for target in self._desk.request.register.targets)
        return title_of(self._sheet, self._header.row, self._desk.names, known).unit

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
        if cell is None or cell.kind == UNCALCULATED:
            return ""
        text = said(cell)
        tell_text(self._desk, self._sheet.name, row, column, text, LONGEST_TEXT)
        return "" if text in ("-", "–") else text[:LONGEST_TEXT]
