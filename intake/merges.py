"""Merged ranges: of all their cells only the first is seen, so only the first counts."""

from __future__ import annotations

from .grid import Cell, Sheet


def drop_covered(sheet: Sheet) -> None:
    """Take away the cells that lie hidden under a merged range, all but its first.

    Rows of the sheet must be in rising order. No range is ever filled or walked cell by cell:
    one range may cover a whole sheet.
    """
    waiting = sorted(sheet.merged, reverse=True)
    active: list[tuple[int, int, int, int]] = []
    for row, cells in sheet.rows.items():
        while waiting and waiting[-1][0] <= row:
            active.append(waiting.pop())
        if active:
            active = [merge for merge in active if merge[2] >= row]
            _drop(cells, row, active)
    sheet.rows = {row: cells for row, cells in sheet.rows.items() if cells}


def _drop(cells: dict[int, Cell], row: int, active: list[tuple[int, int, int, int]]) -> None:
    for top, left, _, right in active:
        covered = [
            column for column in cells if left <= column <= right and (row, column) != (top, left)
        ]
        for column in covered:
            del cells[column]
