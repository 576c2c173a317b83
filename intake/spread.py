"""Figures that are merged over several cells: of which of these they are, nobody can tell."""

from __future__ import annotations

from collections.abc import Container

from .cells import address, is_blank
from .desk import ONE, Desk
from .grid import NUMBER, TEXT, Cell, Sheet
from .numerals import read_text


def holds_figure(cell: Cell | None) -> bool:
    """Whether a cell holds a number or a text that is one, whatever its unit."""
    if cell is None or is_blank(cell):
        return False
    if cell.kind == TEXT:
        return read_text(str(cell.value), "", ONE, csv=False).value is not None
    return cell.kind == NUMBER


def merged_figures(
    desk: Desk, sheet: Sheet, read: set[int], first: int, rows: Container[int]
) -> set[tuple[int, int]]:
    """S10 for merged ranges that hold a figure; the cells that must not be read.

    Args:
        desk: takes the findings.
        sheet: the sheet.
        read: the columns that are read.
        first: ranges that start left of this column are key cells.
        rows: those of the table, its headings left out.
    """
    spread = set()
    for top, left, bottom, right in sheet.merged:
        if top not in rows or left < first or not any(left <= column <= right for column in read):
            continue
        if holds_figure(sheet.rows.get(top, {}).get(left)):
            text = f"{address(top, left)}:{address(bottom, right)}"
            desk.out.add("S10", sheet.name, address(top, left), {"range": text})
            spread.add((top, left))
    return spread
