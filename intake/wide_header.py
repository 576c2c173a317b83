"""The heading block of a wide table: which rows it takes, key columns, columns of figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from . import units
from .cells import address, column_of, is_blank, said
from .desk import Desk
from .grid import DATE, Cell, Sheet
from .headings import (
    AREA,
    AREA_CODE,
    CODE,
    IGNORE,
    NAME,
    UNIT,
    texts,
)
from .text import plain
from .titles import Title, title_of
from .wide_columns import OTHER, READ, DataColumn, Level, data_column
from .wide_keys import is_heading, keys_of

_MOST_ROWS = 3

Anchors = dict[tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class WideHeader:
    """A heading block: first and last row, key columns, columns of figures and others.

    row: where the key headings stand. spans: the last column of each key heading, which may be
    merged over several. repeats: rows below in which the same headings stand once more, as at
    the top of each printed page.
    """

    row: int
    first: int
    last: int
    keys: dict[str, int]
    spans: dict[str, int]
    columns: list[DataColumn]
    heads: dict[int, str]
    title: Title
    repeats: set[int] = field(default_factory=set)

    @property
    def key(self) -> int:
        """The column that says what a row is about."""
        return next(self.keys[f] for f in (NAME, AREA, CODE, AREA_CODE) if f in self.keys)

    @property
    def areas_down(self) -> bool:
        """Whether the rows are areas and not indicators."""
        return NAME not in self.keys and CODE not in self.keys

    def stands_again(self, sheet: Sheet, other: WideHeader) -> bool:
        """Whether another block is this one once more, with nothing new told above it."""
        title = other.title
        if title.year or title.period or title.status or title.unit or title.target:
            return False
        height = self.last - self.first
        return other.last - other.first == height and all(
            texts(sheet.rows.get(self.first + at, {}))
            == texts(sheet.rows.get(other.first + at, {}))
            for at in range(height + 1)
        )

    @property
    def read(self) -> list[DataColumn]:
        """The columns that are read."""
        return [column for column in self.columns if column.kind == READ]


def wide_header_of(
    desk: Desk,
    sheet: Sheet,
    row: int,
    after: int,
    given: Mapping[str, str] | None = None,
    *,
    guess: bool = False,
) -> WideHeader | None:
    """The heading block whose key headings stand in a row; None where there is none.

    Args:
        desk: knows the indicators and areas.
        sheet: the sheet.
        row: where a name or area heading stands.
        after: the last row of the table above, 0 for none: from there on lines are titles.
        given: column letter -> field, what an officer said of the row's columns.
        guess: whether a name column may have a heading that nobody knows.
    """
    keys = keys_of(desk, sheet, row, given or {}, guess=guess)
    if not {NAME, CODE, AREA, AREA_CODE} & set(keys):
        return None
    known = frozenset(target.unit for target in desk.request.register.targets)
    first, last = _rows(sheet, row, keys, known)
    anchors = _anchors(sheet, first, last)
    title = title_of(sheet, first, desk.names, known, after)
    ends = {m[:2]: m[3] for m in sheet.merged if first <= m[0] <= last}
    spans = {name: ends.get((row, column), column) for name, column in keys.items()}
    header = WideHeader(row, first, last, keys, spans, [], {}, title)
    for column in _data_columns(sheet, header, anchors, given or {}):
        levels = _levels(sheet, first, last, column, anchors)
        said_by_officer = (given or {}).get(_letter(column), "")
        if not levels or said_by_officer == IGNORE:
            continue
        found = data_column(
            desk, column, levels, title, areas_down=header.areas_down, given=said_by_officer
        )
        lost = found.target is None and not found.problems
        if header.areas_down and lost and found.kind == READ:
            found.kind = OTHER
        header.columns.append(found)
        header.heads[column] = found.heading
    header.heads.update(texts({c: x for c, x in sheet.rows[row].items() if c in keys.values()}))
    return header


def _letter(column: int) -> str:
    return address(1, column)[:-1]


def _rows(
    sheet: Sheet, row: int, keys: Mapping[str, int], known: frozenset[str]
) -> tuple[int, int]:
    """First and last row of the block around the key headings."""
    columns = set(keys.values())
    tall = [m for m in sheet.merged if m[1] in columns and m[0] <= row <= m[2] and m[2] > m[0]]
    first = min((m[0] for m in tall), default=row)
    last = min(max((m[2] for m in tall), default=row), first + _MOST_ROWS)
    if last == row:
        while last < row + _MOST_ROWS - 1 and _is_second_row(sheet, last + 1, keys, known):
            last += 1
    if first == row and _is_row_above(sheet, row - 1, keys):
        first -= 1
    return first, last


def _is_second_row(sheet: Sheet, row: int, keys: Mapping[str, int], known: frozenset[str]) -> bool:
    """Whether a row below the key headings still belongs to them: no key, some heading."""
    cells = sheet.rows.get(row, {})
    if not cells or any(not is_blank(cells.get(column)) for column in keys.values()):
        return False
    return any(is_heading(cell) or units.is_known(said(cell), known) for cell in cells.values())


def _is_row_above(sheet: Sheet, row: int, keys: Mapping[str, int]) -> bool:
    """Whether the row above holds headings of groups, right of all keys."""
    cells = sheet.rows.get(row, {})
    wanted = [c for f, c in keys.items() if f in (NAME, UNIT, AREA, CODE, AREA_CODE)]
    if not cells or min(cells) <= max(wanted):
        return False
    return any(is_heading(cell) for cell in cells.values())


def _anchors(sheet: Sheet, first: int, last: int) -> Anchors:
    """Cell of the block -> the first cell of the merged range that covers it."""
    widest = max((max(sheet.rows.get(row, {0: None})) for row in range(first, last + 1)), default=0)
    found: Anchors = {}
    for top, left, bottom, right in sheet.merged:
        if bottom < first or top > last:
            continue
        for row in range(max(top, first), min(bottom, last) + 1):
            for column in range(left, min(right, widest + 50) + 1):
                found.setdefault((row, column), (top, left))
    return found


def _data_columns(
    sheet: Sheet, header: WideHeader, anchors: Anchors, given: Mapping[str, str]
) -> list[int]:
    rows = range(header.first, header.last + 1)
    columns = {column for row in rows for column in sheet.rows.get(row, {})}
    columns |= {column for _, column in anchors}
    columns |= {column_of(letter) for letter, name in given.items() if name.startswith("figure")}
    for name, column in header.keys.items():
        columns -= set(range(column, header.spans[name] + 1))
    return sorted(columns)


def _levels(sheet: Sheet, first: int, last: int, column: int, anchors: Anchors) -> list[Level]:
    """The heading cells above a column, the top one first, blank ones left out."""
    levels: list[Level] = []
    taken: set[tuple[int, int]] = set()
    for row in range(first, last + 1):
        at = anchors.get((row, column), (row, column))
        cell = sheet.rows.get(at[0], {}).get(at[1])
        if cell is None and row < last and at == (row, column):
            at, cell = _beside(sheet, row, column, anchors)
        if cell is None or at in taken or not (cell.kind == DATE or plain(said(cell))):
            continue
        taken.add(at)
        levels.append(Level(cell, address(*at)))
    return levels


def _beside(
    sheet: Sheet, row: int, column: int, anchors: Anchors
) -> tuple[tuple[int, int], Cell | None]:
    """A group's heading that stands once, over the first of its columns, without a merge."""
    cells = sheet.rows.get(row, {})
    left = [c for c in cells if c < column and not is_blank(cells[c])]
    if not left or (row, max(left)) in anchors or not is_heading(cells[max(left)]):
        return (row, column), None
    return (row, max(left)), cells[max(left)]
