"""Merged key cells: one cell that counts for every row that it covers."""

from __future__ import annotations

from collections.abc import Iterable

from .grid import Cell, Sheet


class MergedKeys:
    """For the key columns of a sheet, where a row's cell really stands."""

    def __init__(self, sheet: Sheet, columns: Iterable[int]) -> None:
        self._sheet = sheet
        self._anchor: dict[int, dict[int, int]] = {}
        wanted = set(columns)
        tall = sorted(m for m in sheet.merged if m[1] in wanted and m[2] > m[0])
        ends: dict[int, int] = {}
        for top, left, bottom, _ in tall:
            if top <= ends.get(left, 0):
                continue  # ranges that overlap are no workbook of Excel's
            ends[left] = bottom
            rows = self._anchor.setdefault(left, {})
            for row in _rows_between(sheet, top, bottom):
                rows[row] = top

    def __bool__(self) -> bool:
        return bool(self._anchor)

    def at(self, row: int, column: int) -> int:
        """The row in which the cell of a row and column stands."""
        rows = self._anchor.get(column)
        return rows.get(row, row) if rows else row

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell that counts for a row and column."""
        return self._sheet.rows.get(self.at(row, column), {}).get(column)


def _rows_between(sheet: Sheet, top: int, bottom: int) -> Iterable[int]:
    if bottom - top > len(sheet.rows):
        return [row for row in sheet.rows if top < row <= bottom]
    return range(top + 1, bottom + 1)
