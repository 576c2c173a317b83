"""Wide tables: indicators or areas down, periods or indicators across."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.model import ESTIMATE, PROVINCE
from indicators.periods import Period

from . import numerals, progress, units
from .cells import address, is_blank, letters, said
from .desk import (
    LONGEST_TEXT,
    Cells,
    Desk,
    Parts,
    span_of,
    take,
    tell_period,
    tell_text,
)
from .grid import BOOL, ERROR, UNCALCULATED, Cell, Sheet
from .headings import AREA, AREA_CODE, CODE, NAME, NOTE, SOURCE, UNIT, is_label_row
from .merged import MergedKeys
from .names import BLANK, Meant
from .places import Place
from .request import TargetInfo
from .result import AsideColumn, Figure, UnknownRow
from .spread import holds_figure, merged_figures
from .text import plain
from .titles import Told, unit_for
from .wide_columns import COMPARE, OTHER, PLAN, DataColumn
from .wide_header import WideHeader
from .wide_names import is_total, meant_by_row, row_code

_ALL = Place(PROVINCE)
_TELL_EVERY = 2000


def tell_wide_header(desk: Desk, sheet: Sheet, header: WideHeader) -> bool:
    """S03 for columns left aside, S04 for two columns that say the same; whether to read."""
    for column in header.columns:
        if column.kind in (PLAN, COMPARE, OTHER):
            args = {"column": column.heading}
            desk.out.add("S03", sheet.name, column.where, args)
            heading = column.heading[:80]
            desk.aside.append(AsideColumn(sheet.name, column.where, heading, column.kind))
    first: dict[tuple[Any, ...], str] = {}
    clear = True
    for column in header.read:
        if column.period is None:
            continue
        target = column.target.code if column.target else ""
        same = (column.period.text, column.status, target)
        if same in first:
            args = {"column": column.heading, "cell1": first[same], "cell2": column.where}
            desk.out.add("S04", sheet.name, column.where, args)
            clear = False
        first.setdefault(same, column.where)
    return clear


class WideReader:
    """Reads the rows of one wide table."""

    def __init__(self, desk: Desk, sheet: Sheet, header: WideHeader, until: int) -> None:
        self._desk, self._sheet, self._header = desk, sheet, header
        self._until = until
        spans = zip(header.keys.values(), header.spans.values(), strict=True)
        covered = {c for left, right in spans for c in range(left, right + 1)}
        self._merged = MergedKeys(sheet, covered)
        self._units = frozenset(target.unit for target in desk.request.register.targets)
        first_key = [header.keys[f] for f in (NAME, AREA, CODE, AREA_CODE) if f in header.keys]
        self._spread = merged_figures(
            desk,
            sheet,
            {column.column for column in header.read},
            max(first_key) + 1,
            {top for top, *_ in sheet.merged if header.last < top < until} - header.repeats,
        )
        self._seen: set[int] = set()
        self._filled = False

    def read(self) -> None:
        """Take the rows between the headings and the next table."""
        columns, total = self._header.read, max(self._sheet.rows, default=1)
        for row, cells in self._sheet.between(self._header.last, self._until):
            if self._is_no_row(row, cells):
                continue
            if not row % _TELL_EVERY:
                progress.tell(progress.CHECK, min(row / total, 1.0))
            filled = [c for c in columns if not is_blank(cells.get(c.column))]
            if filled or any(c.kind == PLAN for c in self._header.columns):
                self._row(row, cells, filled)
        self._tell_sheet()

    def _is_no_row(self, row: int, cells: Mapping[int, Cell]) -> bool:
        """Whether a row repeats the headings or numbers the columns."""
        return row in self._header.repeats or is_label_row(cells, self._header.key)

    def has_filled_row(self) -> bool:
        """Whether some row has a figure of an indicator or area that is known."""
        for row, cells in self._sheet.between(self._header.last, self._until):
            if self._is_no_row(row, cells):
                continue
            filled = [c for c in self._header.read if _is_figure(cells.get(c.column))]
            if filled and self._known(row):
                return True
        return False

    def _known(self, row: int) -> bool:
        if self._header.areas_down:
            return self._desk.places.meant(self._text(row, AREA), None).code not in (None, "")
        code = row_code(plain(self._text(row, CODE)))
        meant, _ = meant_by_row(self._desk.names, code, self._text(row, NAME), self._units)
        return meant.target is not None

    def _tell_sheet(self) -> None:
        hidden = self._sheet.hidden_columns
        for column in self._header.read:
            if column.column in self._seen and column.column in hidden:
                args = {"where": f"cột {letters(column.column)}"}
                self._desk.out.add_once("S06", self._sheet.name, column.where, args)
        silent = any(column.period and not column.status for column in self._header.read)
        if self._filled and silent:
            self._desk.out.add_once("T01", self._sheet.name, "", {})

    def _column(self, row: int, field: str) -> int:
        """Where a row's part stands: of a heading over several columns the first that is filled."""
        column = self._header.keys.get(field, 0)
        for other in range(column, self._header.spans.get(field, column) + 1):
            if column and not is_blank(self._merged.cell(row, other)):
                return other
        return column

    def _text(self, row: int, field: str) -> str:
        column = self._column(row, field)
        return said(self._merged.cell(row, column)) if column else ""

    def _at(self, row: int, field: str) -> str:
        column = self._column(row, field)
        return address(self._merged.at(row, column), column) if column else ""

    def _indicator_at(self, row: int, meant: Meant) -> str:
        """The cell of what is wrong with the indicator; a code may stand beside its name."""
        coded = not meant.at_name and bool(plain(self._text(row, CODE)))
        return self._at(row, CODE if coded else NAME) or self._at(row, CODE)

    def _row(self, row: int, cells: Mapping[int, Cell], filled: list[DataColumn]) -> None:
        name = self._text(row, AREA if self._header.areas_down else NAME)
        figures = [c for c in filled if _is_figure(cells.get(c.column))]
        if self._header.areas_down:
            self._area_row(row, cells, filled, figures, name)
        else:
            self._indicator_row(row, cells, filled, figures, name)

    def _indicator_row(
        self,
        row: int,
        cells: Mapping[int, Cell],
        filled: list[DataColumn],
        figures: list[DataColumn],
        name: str,
    ) -> None:
        code = row_code(plain(self._text(row, CODE)))
        meant, bare = meant_by_row(self._desk.names, code, name, self._units)
        if meant.target is None:
            if figures and not (meant.code == "I06" and is_total(bare.name)):
                self._tell_unknown(row, meant, name, len(figures))
            return
        if filled and meant.code:
            self._tell(meant.code, self._indicator_at(row, meant), meant.args)
        unit = self._row_unit(row, bare.unit)
        self._figures(row, cells, filled, meant.target, unit)

    def _area_row(
        self,
        row: int,
        cells: Mapping[int, Cell],
        filled: list[DataColumn],
        figures: list[DataColumn],
        name: str,
    ) -> None:
        code = self._text(row, AREA_CODE)
        if is_total(name) or not (figures or plain(code) or plain(name)):
            return
        if not figures and self._desk.places.agreed(code, name, None).code is None:
            return
        own = plain(self._text(row, UNIT))
        self._figures(row, cells, filled, None, (own, self._at(row, UNIT) if own else ""))

    def _place(self, row: int, period: Period | None) -> Place:
        """The area of a row for a figure of that period; what is wrong with it is told once."""
        if not {AREA, AREA_CODE} & set(self._header.keys):
            return _ALL
        code, name = self._text(row, AREA_CODE), self._text(row, AREA)
        place = self._desk.places.agreed(code, name, period)
        if self._header.areas_down and not plain(code) and not plain(name):
            place = Place(None, "A01", {"area": BLANK})
        if place.finding:
            self._tell(place.finding, self._at(row, AREA) or self._at(row, AREA_CODE), place.args)
        return place

    def _tell_unknown(self, row: int, meant: Meant, name: str, figures: int) -> None:
        where = self._at(row, NAME) or self._at(row, CODE)
        if meant.code != "I06":
            self._tell(meant.code, self._indicator_at(row, meant), meant.args)
            self._desk.filled = True
            return
        self._tell("I06", where, meant.args)
        row_seen = UnknownRow(self._sheet.name, where, plain(name)[:200], figures)
        self._desk.add_unknown(row_seen)

    def _tell(self, code: str, where: str, args: dict[str, Any]) -> None:
        self._desk.out.add_once(code, self._sheet.name, where, args)

    def _row_unit(self, row: int, beside_name: str) -> tuple[str, str]:
        """The unit that a row itself tells, and the cell that does; "" for none."""
        own = plain(self._text(row, UNIT))
        if own:
            return own, self._at(row, UNIT)
        if beside_name:
            return beside_name, self._at(row, NAME)
        return "", ""

    def _line_unit(self, target: TargetInfo) -> tuple[str, str]:
        line: Told | None = self._header.title.unit
        return unit_for(line, target.unit), line.cell if line else ""

    def _figures(
        self,
        row: int,
        cells: Mapping[int, Cell],
        filled: list[DataColumn],
        target: TargetInfo | None,
        unit: tuple[str, str],
    ) -> None:
        source, note = (self._note(row, field) for field in (SOURCE, NOTE))
        hidden_told = row not in self._sheet.hidden_rows
        area_cell = self._at(row, AREA) or self._at(row, AREA_CODE) or self._at(row, NAME)
        for column in filled:
            self._desk.filled = self._filled = True
            if (row, column.column) in self._spread:
                continue
            where_value = address(row, column.column)
            if not hidden_told:
                hidden_told = True
                args = {"where": f"dòng {row}"}
                self._desk.out.add("S06", self._sheet.name, where_value, args)
            self._tell_column(column)
            meant = target or column.target
            said_unit = unit if unit[0] or meant is None else self._column_unit(column, meant)
            where = Cells(
                where_value, column.period_cell, column.status_cell, area_cell, said_unit[1], True
            )
            span = span_of(self._desk, column.period) if column.period else None
            place = self._place(row, column.period)
            parts = Parts(meant, span, place, column.status or ESTIMATE, said_unit[0], source, note)
            if span and span.open:
                tell_period(self._desk, self._sheet.name, span, column.status, where)
            take(self._desk, self._sheet.name, cells[column.column], parts, where)
        self._take_plans(row, cells, target, unit[0])

    def _column_unit(self, column: DataColumn, target: TargetInfo) -> tuple[str, str]:
        return (column.unit, column.unit_cell) if column.unit else self._line_unit(target)

    def _tell_column(self, column: DataColumn) -> None:
        self._seen.add(column.column)
        if column.is_date:
            self._desk.dates_read = True
        for code, where, args in column.problems:
            self._tell(code, where, args)

    def _note(self, row: int, field: str) -> str:
        text = self._text(row, field)
        if text:
            column = self._header.keys[field]
            tell_text(self._desk, self._sheet.name, row, column, text, LONGEST_TEXT)
        return text[:LONGEST_TEXT]

    def _take_plans(
        self, row: int, cells: Mapping[int, Cell], target: TargetInfo | None, unit: str
    ) -> None:
        """Figures of columns left aside as plans: kept apart, only where nothing is doubtful."""
        for column in self._header.columns:
            meant, cell = target or column.target, cells.get(column.column)
            if column.kind != PLAN or not meant or column.period is None:
                continue
            written = unit or self._column_unit(column, meant)[0]
            factor = units.ratio(written, meant.unit)
            if cell is None or is_blank(cell) or factor is None:
                continue
            read = numerals.read(cell, meant.unit, factor, csv=self._desk.is_csv)
            place = self._place(row, column.period)
            doubtful = any(code != "V03" for code, _ in read.findings)
            if read.value is None or place.code is None or doubtful:
                continue
            value = read.value if read.scaled else units.converted(read.value, factor)
            where = address(row, column.column)
            period = column.period.text
            self._desk.plans.append(
                Figure(self._sheet.name, where, meant.code, period, place.code, value, PLAN)
            )


def _is_figure(cell: Cell | None) -> bool:
    """Whether a cell holds a figure or should hold one: no words, no signs for none."""
    known = cell is not None and cell.kind in (ERROR, UNCALCULATED, BOOL)
    return known or holds_figure(cell)
