"""ODS (OpenDocument spreadsheets), streamed: repeats count as the cells that they stand for."""

from __future__ import annotations

from collections.abc import Callable

from .archive import Archive
from .cell_values import column_letters
from .faults import damaged, refused
from .grid import Cell, Sheet, Workbook
from .limits import (
    MAX_COLUMN,
    MAX_DEPTH,
    MAX_MERGES,
    MAX_NAMES,
    MAX_ROW,
    MAX_SHEET_NAME,
    MAX_SHEETS,
    MAX_VALUES,
)
from .merges import drop_covered
from .ods_cells import CellValues
from .ods_formats import TABLE, Styles
from .progress import Share
from .xml_parts import SEPARATOR, parse

# Names are put together once: a million cells ask for them.
_TEXT = f"urn:oasis:names:tc:opendocument:xmlns:text:1.0{SEPARATOR}"
_PARAGRAPH = _TEXT + "p"
_C = _TEXT + "c"
_CELL_RANGE_ADDRESS = TABLE + "cell-range-address"
_DEFAULT_CELL_STYLE_NAME = TABLE + "default-cell-style-name"
_EXPRESSION = TABLE + "expression"
_LINE_BREAK = _TEXT + "line-break"
_NAME = TABLE + "name"
_NUMBER_COLUMNS_REPEATED = TABLE + "number-columns-repeated"
_NUMBER_COLUMNS_SPANNED = TABLE + "number-columns-spanned"
_NUMBER_ROWS_REPEATED = TABLE + "number-rows-repeated"
_NUMBER_ROWS_SPANNED = TABLE + "number-rows-spanned"
_S = _TEXT + "s"
_STYLE_NAME = TABLE + "style-name"
_TAB = _TEXT + "tab"
_VISIBILITY = TABLE + "visibility"
_MOST_BLANKS = 100  # in a row; however many there are, they count as one
# Copies of other files' tables and of former contents are no sheets of this file.
_ASIDE = {TABLE + name for name in ("dde-links", "tracked-changes", "shapes", "table-source")}


def read_ods(data: bytes, tell: Callable[[float], None]) -> Workbook:
    """The workbook in the bytes of an ODS.

    Raises:
        Refused: the code and facts of why not (F05 to F08, F10, F11).
    """
    archive = Archive(data)
    styles = Styles()
    common = archive.find("styles.xml")
    if common is not None:
        quiet = _Common(styles)
        parse(archive.chunks(common), common.name, quiet.start, styles.end, styles.text)
    content = archive.find("content.xml")
    if content is None:
        raise damaged("part_missing", part="content.xml")
    reading = _Content(styles, content.name)
    share = Share(content.size, tell)
    chunks = share.watched(archive.chunks(content))
    parse(chunks, content.name, reading.start, reading.end, reading.text)
    workbook = reading.finished()
    workbook.has_macros = any(_is_macro(entry.name) for entry in archive.entries)
    return workbook


def _is_macro(name: str) -> bool:
    """Whether a part is a macro; the list of libraries is there without any too."""
    return name.startswith(("Basic/", "Scripts/")) and not name.endswith(
        ("/", "script-lc.xml", "script-lb.xml")
    )


class _Common:
    """Hands the tags of the common styles on."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def start(self, name: str, pairs: list[str]) -> None:
        self._styles.start(name, dict(zip(pairs[::2], pairs[1::2], strict=True)))


class _Content:
    """The handlers of content.xml: styles first, then table after table."""

    def __init__(self, styles: Styles, part: str) -> None:
        self._workbook = Workbook("ods")
        self._styles = styles
        self._part = part
        self._depth = self._aside = 0
        self._sheet: Sheet | None = None
        self._values = 0
        self._values_of = CellValues(styles)
        self._in_row = False
        self._row = self._row_repeat = self._column = self._column_at = 0
        self._row_hidden = False
        self._cells: dict[int, Cell] = {}
        self._columns: list[tuple[int, str]] = []
        self._cell: dict[str, str] | None = None
        self._covered = False
        self._cell_depth = 0
        self._paragraphs: list[list[str]] = []
        self._taking = False
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            TABLE + "table": self._start_table,
            TABLE + "table-column": self._start_column,
            TABLE + "table-row": self._start_row,
            TABLE + "table-cell": self._start_cell,
            TABLE + "covered-table-cell": self._start_covered,
            TABLE + "named-range": self._name,
            TABLE + "named-expression": self._name,
        }
        self._ends: dict[str, Callable[[], None]] = {
            TABLE + "table": self._end_table,
            TABLE + "table-row": self._end_row,
            TABLE + "table-cell": self._end_cell,
            TABLE + "covered-table-cell": self._end_cell,
        }

    # --- tags ---------------------------------------------------------------------

    def start(self, name: str, pairs: list[str]) -> None:
        """A tag opens."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise damaged("nesting", part=self._part)
        if self._aside:
            return
        if name == _PARAGRAPH and self._cell is not None:
            self._start_paragraph()
            return
        if name in _ASIDE:
            self._aside = self._depth
            return
        facts = dict(zip(pairs[::2], pairs[1::2], strict=True))
        if self._cell is not None:
            self._start_in_cell(name, facts)
        elif name in self._starts:
            self._starts[name](facts)
        elif self._sheet is None:
            self._styles.start(name, facts)

    def end(self, name: str) -> None:
        """A tag closes."""
        depth, self._depth = self._depth, self._depth - 1
        if self._aside:
            self._aside = 0 if self._aside == depth else self._aside
        elif self._cell is not None and depth > self._cell_depth:
            if name == _PARAGRAPH and depth == self._cell_depth + 1:
                self._taking = False
        elif name in self._ends:
            self._ends[name]()
        elif self._sheet is None:
            self._styles.end(name)

    def text(self, data: str) -> None:
        """Text between tags."""
        if self._taking and not self._aside:
            self._paragraphs[-1].append(data)
        elif self._sheet is None:
            self._styles.text(data)

    # --- tables, columns, rows ----------------------------------------------------

    def _start_table(self, facts: dict[str, str]) -> None:
        if self._sheet is not None:
            raise damaged("part_kind", part=self._part)
        name = facts.get(_NAME, "")
        self._sheet = Sheet(name, hidden=self._styles.hides(facts.get(_STYLE_NAME, "")))
        self._row = self._column_at = 0
        self._columns = []

    def _end_table(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None or sheet.name.startswith("'file:"):  # what a link has cached
            return
        drop_covered(sheet)
        self._workbook.sheets.append(sheet)
        if len(self._workbook.sheets) > MAX_SHEETS:
            number = len(self._workbook.sheets)
            raise refused("F11", what="sheets", number=number, limit=MAX_SHEETS)

    def _start_column(self, facts: dict[str, str]) -> None:
        first = self._column_at + 1
        self._column_at += _repeat(facts, _NUMBER_COLUMNS_REPEATED)
        last = min(self._column_at, MAX_COLUMN)
        if self._sheet is not None and facts.get(_VISIBILITY, "visible") != "visible":
            self._sheet.hidden_columns.update(range(first, last + 1))
        style = facts.get(_DEFAULT_CELL_STYLE_NAME, "")
        if style and first <= MAX_COLUMN:
            self._columns.append((last, style))

    def _start_row(self, facts: dict[str, str]) -> None:
        if self._in_row or self._sheet is None:
            raise damaged("xml", part=self._part, line=0)
        self._in_row = True
        self._row += 1
        self._row_repeat = _repeat(facts, _NUMBER_ROWS_REPEATED)
        self._row_hidden = facts.get(_VISIBILITY, "visible") != "visible"
        self._cells = {}
        self._column = 0

    def _end_row(self) -> None:
        self._in_row = False
        last = self._row + self._row_repeat - 1
        if self._cells and self._sheet is not None:
            if last > MAX_ROW:
                raise self._too_large("row", last, MAX_ROW)
            self._values += len(self._cells) * self._row_repeat
            if self._values > MAX_VALUES:
                raise self._too_large("values", self._values, MAX_VALUES)
            self._sheet.rows[self._row] = self._cells
            for row in range(self._row + 1, last + 1):
                self._sheet.rows[row] = dict(self._cells)
            if self._row_hidden:
                self._sheet.hidden_rows.update(range(self._row, last + 1))
        self._cells = {}
        self._row = last

    # --- cells --------------------------------------------------------------------

    def _start_covered(self, facts: dict[str, str]) -> None:
        self._start_cell(facts)
        self._covered = True

    def _start_cell(self, facts: dict[str, str]) -> None:
        if not self._in_row:
            raise damaged("xml", part=self._part, line=0)
        self._cell, self._covered = facts, False
        self._cell_depth = self._depth
        self._paragraphs = []

    def _start_paragraph(self) -> None:
        if self._depth == self._cell_depth + 1:  # deeper ones belong to comments and drawings
            self._paragraphs.append([])
            self._taking = True

    def _start_in_cell(self, name: str, facts: dict[str, str]) -> None:
        if name == TABLE + "table":
            raise damaged("part_kind", part=self._part)
        if self._taking and name == _S:
            blanks = facts.get(_C, "1")
            many = int(blanks[:4]) if blanks.isdecimal() else 1
            self._paragraphs[-1].append(" " * min(many, _MOST_BLANKS))
        elif self._taking and name in (_TAB, _LINE_BREAK):
            self._paragraphs[-1].append("\t" if name.endswith("tab") else "\n")

    def _end_cell(self) -> None:
        facts, self._cell = self._cell or {}, None
        first = self._column + 1
        self._column += _repeat(facts, _NUMBER_COLUMNS_REPEATED)
        if self._covered:
            return
        self._merge(facts, first)
        shown = "\n".join(map("".join, self._paragraphs))
        cell = self._values_of.cell(facts, shown, self._style(facts, first))
        if cell is None:
            return
        if self._column > MAX_COLUMN:
            raise self._too_large("column", self._column, MAX_COLUMN, column_letters(self._column))
        for column in range(first, self._column + 1):
            self._cells[column] = cell

    def _merge(self, facts: dict[str, str], column: int) -> None:
        wide = _repeat(facts, _NUMBER_COLUMNS_SPANNED)
        high = _repeat(facts, _NUMBER_ROWS_SPANNED)
        if self._sheet is None or (wide == 1 and high == 1):
            return
        self._sheet.merged.append((self._row, column, self._row + high - 1, column + wide - 1))
        if len(self._sheet.merged) > MAX_MERGES:
            raise self._too_large("merges", len(self._sheet.merged), MAX_MERGES)

    def _style(self, facts: dict[str, str], column: int) -> str:
        style = facts.get(_STYLE_NAME, "")
        return style or next((style for last, style in self._columns if column <= last), "")

    # --- the rest -----------------------------------------------------------------

    def _name(self, facts: dict[str, str]) -> None:
        said = facts.get(_CELL_RANGE_ADDRESS) or facts.get(_EXPRESSION, "")
        self._workbook.names.setdefault(facts.get(_NAME, ""), said)
        if len(self._workbook.names) > MAX_NAMES:
            number = len(self._workbook.names)
            raise refused("F11", what="names", number=number, limit=MAX_NAMES)

    def _too_large(self, what: str, number: int, limit: int, letters: str = "A") -> Exception:
        sheet = self._sheet.name if self._sheet is not None else ""
        cell = f"{letters}{max(self._row, 1)}" if what in ("row", "column") else ""
        return refused("F11", sheet, cell, what=what, number=number, limit=limit)

    def finished(self) -> Workbook:
        """The workbook, if it has sheets that can be told apart.

        Raises:
            Refused: F07, it has none.
        """
        names = [sheet.name.casefold() for sheet in self._workbook.sheets]
        if not names:
            raise damaged("no_sheets")
        if len(set(names)) != len(names) or any(
            not name or len(name) > MAX_SHEET_NAME for name in names
        ):
            raise damaged("sheet_names")
        return self._workbook


def _repeat(facts: dict[str, str], name: str) -> int:
    if name not in facts:
        return 1
    spelled = facts[name]
    if not (spelled.isdecimal() and len(spelled) <= 9):
        raise damaged("row_number")
    return max(int(spelled), 1)
