"""Key columns of a wide table: found by their headings, else by what stands below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import spans, statuses
from .cells import brief, column_of, is_blank
from .desk import Desk
from .grid import DATE, TEXT, Cell, Sheet
from .headings import (
    AREA,
    AREA_CODE,
    CODE,
    NAME,
    NOTE,
    NUMBERING,
    SOURCE,
    UNIT,
    is_label,
    texts,
    wide_field_of,
)
from .limits import MAX_ROW
from .text import fold
from .wide_names import meant_by_row

KEYS = (NUMBERING, CODE, NAME, UNIT, AREA, AREA_CODE, NOTE, SOURCE)
_SUBJECTS = frozenset({NAME, CODE, AREA, AREA_CODE})
_HEADS = _SUBJECTS | {UNIT}  # "Đơn vị" may be areas
_LOOKED_AT = 12  # cells of which the first tell what a column holds


def keys_of(
    desk: Desk, sheet: Sheet, row: int, given: Mapping[str, str], *, guess: bool
) -> dict[str, int]:
    """Field -> column of the key headings in a row; what they hold decides where names do not.

    Args:
        desk: knows the indicators and areas.
        sheet: the sheet.
        row: the row of the headings.
        given: column letter -> field, what an officer said of the row's columns.
        guess: whether a name column may have a heading that nobody knows.
    """
    keys: dict[str, int] = {}
    heads = texts(sheet.rows.get(row, {}))
    chosen = {column_of(letter): name for letter, name in given.items()}
    for column, text in sorted(heads.items()):
        name = chosen.get(column) or wide_field_of(text)
        if name not in KEYS:
            continue
        if column not in chosen:
            name = _by_content(desk, sheet, row, column, name)
        if name not in keys:
            keys[name] = column
    if guess and not _SUBJECTS & set(keys) and not chosen:
        keys |= _guessed(desk, sheet, row, keys, heads)
    return keys


def may_head(cells: Mapping[int, Cell], *, guess: bool = False) -> bool:
    """Whether a row may hold the headings of a wide table: a key column's; to guess, a period's."""
    if any(
        cell.kind == TEXT and wide_field_of(str(cell.value)) in _HEADS for cell in cells.values()
    ):
        return True
    return guess and len(cells) > 1 and bool(_dated(cells))


def _dated(cells: Mapping[int, Cell]) -> list[int]:
    """The columns whose heading speaks of a period in words or as a year."""
    return [c for c, cell in cells.items() if cell.kind != DATE and is_heading(cell)]


def is_heading(cell: Cell) -> bool:
    """Whether a cell speaks of a period or of a kind of figures."""
    if cell.kind == DATE:
        return True
    text = brief(cell)
    if not text or fold(text).startswith(("don vi", "dvt", "(dvt", "(don vi")):
        return False
    mention = spans.mentioned(text)
    told = mention.year or mention.part is not None or mention.doubtful
    return bool(told or (cell.kind == TEXT and statuses.in_heading(text)))


def _first_cells(sheet: Sheet, row: int, column: int) -> Iterator[Cell]:
    """The first filled cells of a column below a row, labels left out."""
    found = 0
    for _, cells in sheet.between(row, MAX_ROW + 1):
        cell = cells.get(column)
        if cell is None or is_blank(cell) or is_label(cell):
            continue
        yield cell
        found += 1
        if found == _LOOKED_AT:
            return


def _by_content(desk: Desk, sheet: Sheet, row: int, column: int, name: str) -> str:
    """A column called Mã, Tên or Đơn vị may hold areas: its first cells tell."""
    if name not in (CODE, NAME, UNIT):
        return name
    found = areas = 0
    for cell in _first_cells(sheet, row, column):
        found += 1
        text = brief(cell)
        if name == CODE:
            areas += text.isdigit() and len(text) >= 4 and desk.places.is_code(text)
        else:
            areas += bool(desk.places.meant(text, None).code)
    if not found or areas * 2 < found:
        return name
    return AREA_CODE if name == CODE else AREA


def _guessed(
    desk: Desk, sheet: Sheet, row: int, keys: Mapping[str, int], heads: Mapping[int, str]
) -> dict[str, int]:
    """A name column whose heading nobody knows, left of the first period: its cells tell.

    A blank heading is enough only beside one of numbering or units: a title over the table
    has neither.
    """
    dated = _dated(sheet.rows.get(row, {}))
    if not dated:
        return {}
    left = [text for column, text in heads.items() if column < min(dated)]
    if any(desk.names.by_code(text) or desk.names.by_name(text).target for text in left):
        return {}  # a row of figures, not of headings
    beside = bool(keys)
    known = frozenset(target.unit for target in desk.request.register.targets)
    for column in range(1, min(dated)):
        if column in keys.values() or not (beside or column in heads):
            continue
        cells = [cell for cell in _first_cells(sheet, row, column) if cell.kind == TEXT]
        if any(meant_by_row(desk.names, "", brief(cell), known)[0].target for cell in cells):
            return {NAME: column}
        if cells and all(desk.places.meant(brief(cell), None).code for cell in cells):
            return {AREA: column}
    return {}
