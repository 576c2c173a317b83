"""One worksheet part of an XLSX, read in one streaming pass.

Nothing that a sheet says about itself is believed: not its dimension, not the order of rows
and cells, not that a cell lies in the row that it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .cell_values import cell_range, column_letters, column_number, row_number
from .faults import damaged, refused
from .grid import Cell, Sheet
from .limits import MAX_COLUMN, MAX_MERGES, MAX_ROW, MAX_VALUES
from .merges import drop_covered
from .xlsx_cells import Context, Values, is_true
from .xlsx_formulas import SheetFormulas
from .xlsx_rows import PlainCell, without_plain_rows
from .xml_parts import Depth, attributes_of, local, parse

_SHEETS = ("worksheet", "dialogsheet", "macrosheet")
_DIGITS = "0123456789"
_MOST_COLUMN_TAGS = 16_384  # as many columns as Excel has


def read_sheet(chunks: Iterable[bytes], part: str, sheet: Sheet, context: Context) -> None:
    """Fill a sheet from its part.

    Raises:
        Refused: F07 malformed, F08 with a DTD, F11 beyond the limits.
    """
    reading = _Pass(part, sheet, context)
    rest = without_plain_rows(chunks, reading)
    parse(rest, part, reading.start, reading.end, reading.text)
    reading.finish()


class _Pass:
    """The handlers of one sheet and what they remember between tags."""

    def __init__(self, part: str, sheet: Sheet, context: Context) -> None:
        self._part = part
        self._sheet = sheet
        self._context = context
        self._formulas = SheetFormulas(context.links)
        self._depth = Depth(part)
        self._values = Values(context, part)
        self._columns: dict[str, int] = {}
        self._column_tags = 0
        self._plain_columns: dict[bytes, int] = {}
        self._plain_texts: dict[tuple[bytes, bytes], Cell | None] = {}
        self._in_data = self._in_row = False
        self._row = self._column = 0
        self._row_text = ""
        self._row_hidden = False
        self._cells: dict[int, Cell] = {}
        self._attributes: list[str] = []
        self._value: str | None = None
        self._inline: str | None = None
        self._formula: dict[str, str] | None = None
        self._link = ""
        self._taking = self._phonetic = False
        self._pieces: list[str] = []
        self._c = self._v = ""
        self._starts: dict[str, Callable[[list[str]], None]] = {}
        self._ends: dict[str, Callable[[], None]] = {}

    def start(self, name: str, pairs: list[str]) -> None:
        """A tag opens."""
        if name == self._c:
            if not self._in_row:
                raise damaged("xml", part=self._part, line=0)
            self._attributes = pairs
            self._value = self._inline = self._formula = None
        elif name == self._v:
            self._take([])
        elif name in self._starts:
            self._starts[name](pairs)
        elif self._c:
            self._depth.open()
        else:
            self._root(name)

    def end(self, name: str) -> None:
        """A tag closes."""
        if name == self._v:
            if self._value is not None:
                raise damaged("cell_twice", part=self._part)
            self._value = self._taken()
        elif name == self._c:
            self._end_cell()
        elif name in self._ends:
            self._ends[name]()
        elif name not in self._starts:
            self._depth.close()

    def text(self, data: str) -> None:
        """Text between tags."""
        if self._taking:
            self._pieces.append(data)

    def _root(self, name: str) -> None:
        space = name.removesuffix(local(name))
        if local(name) not in _SHEETS:
            raise damaged("part_kind", part=self._part)
        self._c, self._v = space + "c", space + "v"
        self._starts = {
            space + "sheetData": self._start_data,
            space + "row": self._start_row,
            space + "f": self._start_formula,
            space + "is": self._start_inline,
            space + "t": self._take,
            space + "rPh": self._start_phonetic,
            space + "col": self._hidden_column,
            space + "mergeCell": self._merge,
        }
        self._ends = {
            space + "sheetData": self._end_data,
            space + "row": self._end_row,
            space + "f": self._end_formula,
            space + "t": self._end_inline_text,
            space + "rPh": self._end_phonetic,
            name: lambda: None,
        }

    # --- texts --------------------------------------------------------------------

    def _take(self, _pairs: list[str]) -> None:
        if self._taking:
            raise damaged("xml", part=self._part, line=0)
        self._taking = True
        self._pieces = []

    def _taken(self) -> str:
        self._taking = False
        return "".join(self._pieces)

    def _start_inline(self, _pairs: list[str]) -> None:
        if self._inline is not None:
            raise damaged("cell_twice", part=self._part)
        self._inline = ""

    def _end_inline_text(self) -> None:
        text = self._taken()
        if self._inline is not None and not self._phonetic:
            self._inline += text

    def _start_phonetic(self, _pairs: list[str]) -> None:
        self._phonetic = True

    def _end_phonetic(self) -> None:
        self._phonetic = False

    def _start_formula(self, pairs: list[str]) -> None:
        self._formula = attributes_of(pairs)
        self._take(pairs)

    def _end_formula(self) -> None:
        self._link = self._formulas.link(self._formula or {}, self._taken())

    # --- rows and cells -----------------------------------------------------------

    @property
    def between_rows(self) -> bool:
        """Whether the parser stands directly inside sheetData."""
        return self._in_data and not self._in_row and self._depth.is_level

    def _start_data(self, _pairs: list[str]) -> None:
        self._in_data = True

    def _end_data(self) -> None:
        self._in_data = False

    def _start_row(self, pairs: list[str]) -> None:
        if self._in_row or not self._in_data:
            raise damaged("xml", part=self._part, line=0)
        attributes = attributes_of(pairs)
        self._row = row_number(attributes["r"]) if "r" in attributes else self._row + 1
        self._row_text = str(self._row)
        self._column = 0
        self._row_hidden = is_true(attributes.get("hidden", "")) or attributes.get("ht") == "0"
        self._in_row = True

    def _end_row(self) -> None:
        cells, self._cells = self._cells, {}
        self._in_row = False
        self._keep_row(self._row, self._row_hidden, cells)

    def plain_row(self, row: int, hidden: bool, cells: list[PlainCell]) -> None:
        """Take a row of numbers and shared strings only."""
        self._row = row
        kept: dict[int, Cell] = {}
        found = 0
        for letters, style, kind, value in cells:
            if not value:
                continue
            if kind == b"s":
                key = (value, style)
                if key not in self._plain_texts:
                    self._plain_texts[key] = self._values.stored(
                        "s", style.decode("ascii"), value.decode("ascii"), None
                    )
                cell = self._plain_texts[key]
                if cell is None:
                    continue
            else:
                cell = self._values.number(value.decode("ascii"), style.decode("ascii"))
            found += 1
            column = self._plain_columns.get(letters) or self._plain_column(letters)
            kept[column] = cell
            if column > MAX_COLUMN or row > MAX_ROW:
                raise self._too_far(column)
        if len(kept) != found:
            raise damaged("cell_twice", part=self._part)
        self._keep_row(row, hidden, kept)

    def _plain_column(self, letters: bytes) -> int:
        column = self._plain_columns[letters] = column_number(letters.decode("ascii"))
        return column

    def _keep_row(self, row: int, hidden: bool, cells: dict[int, Cell]) -> None:
        if not cells:
            return
        self._context.values += len(cells)
        if self._context.values > MAX_VALUES:
            raise self._too_large("values", self._context.values, MAX_VALUES)
        known = self._sheet.rows.setdefault(row, cells)
        if known is not cells:
            if known.keys() & cells.keys():
                raise damaged("cell_twice", part=self._part)
            known.update(cells)
        if hidden:
            self._sheet.hidden_rows.add(row)

    def _end_cell(self) -> None:
        reference = style = kind = ""
        pairs = iter(self._attributes)
        for key, value in zip(pairs, pairs, strict=True):
            if key == "r":
                reference = value
            elif key == "s":
                style = value
            elif key == "t":
                kind = value
        column = self._position(reference)
        if self._formula is None:
            cell = self._values.stored(kind, style, self._value, self._inline)
        else:
            cell = self._values.computed(kind, style, self._value, self._link)
        if cell is None:
            return
        if column > MAX_COLUMN or self._row > MAX_ROW:
            raise self._too_far(column)
        if column in self._cells:
            raise damaged("cell_twice", part=self._part)
        self._cells[column] = cell

    def _position(self, reference: str) -> int:
        if not reference:
            self._column += 1
            return self._column
        letters = reference.rstrip(_DIGITS)
        if reference[len(letters) :] != self._row_text:
            raise damaged("cell_reference", part=self._part)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_number(letters)
        self._column = column
        return column

    # --- the rest of the sheet ----------------------------------------------------

    def _hidden_column(self, pairs: list[str]) -> None:
        self._column_tags += 1
        if self._column_tags > _MOST_COLUMN_TAGS:
            raise self._too_large("column", self._column_tags, _MOST_COLUMN_TAGS)
        attributes = attributes_of(pairs)
        if not is_true(attributes.get("hidden", "")) and attributes.get("width") != "0":
            return
        bounds = [attributes.get("min", ""), attributes.get("max", "")]
        if not all(bound.isdecimal() and len(bound) < 7 for bound in bounds):
            raise damaged("cell_reference", part=self._part)
        last = min(int(bounds[1]), MAX_COLUMN)
        self._sheet.hidden_columns.update(range(int(bounds[0]), last + 1))

    def _merge(self, pairs: list[str]) -> None:
        self._sheet.merged.append(cell_range(attributes_of(pairs).get("ref", "")))
        if len(self._sheet.merged) > MAX_MERGES:
            raise self._too_large("merges", len(self._sheet.merged), MAX_MERGES)

    def _too_far(self, column: int) -> Exception:
        cell = f"{column_letters(column)}{self._row}"
        if self._row > MAX_ROW:
            return refused(
                "F11", self._sheet.name, cell, what="row", number=self._row, limit=MAX_ROW
            )
        return refused(
            "F11", self._sheet.name, cell, what="column", number=column, limit=MAX_COLUMN
        )

    def _too_large(self, what: str, number: int, limit: int) -> Exception:
        return refused("F11", self._sheet.name, what=what, number=number, limit=limit)

    def finish(self) -> None:
        """Bring rows and cells into order, and hand links to the cells of arrays."""
        rows = self._sheet.rows
        if any(later < row for row, later in zip(rows, list(rows)[1:], strict=False)):
            rows = dict(sorted(rows.items()))
        for row, cells in rows.items():
            if len(cells) > 1 and list(cells) != sorted(cells):
                rows[row] = dict(sorted(cells.items()))
        self._sheet.rows = rows
        for reference, link in self._formulas.arrays[:1000]:
            self._link_array(cell_range(reference), link)
        drop_covered(self._sheet)

    def _link_array(self, area: tuple[int, int, int, int], link: str) -> None:
        top, left, bottom, right = area
        for _, cells in self._sheet.between(top - 1, bottom + 1):
            for column, cell in cells.items():
                if left <= column <= right and not cell.link:
                    cells[column] = cell._replace(link=link)
