"""A few rows of a file as they stand, around a cell: what a finding or a figure is linked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import child
from .cells import column_of, letters, said
from .entries import ADDRESS, correct
from .grid import Workbook
from .request import Corrections

AROUND = 4
MOST_COLUMNS = 16
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Window:
    """Some rows of a sheet. columns: letters; rows: number and the text of each column."""

    sheet: str
    cell: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def window(
    data: bytes, name: str, sheet: str, cell: str, corrections: Corrections, heads: int = 0
) -> Window | None:
    """The rows around a cell, and the heading row; None where the file or the cell is none.

    The file is read in a child process, as for a check.

    Args:
        data: the bytes of the file.
        name: its name.
        sheet: the sheet's name.
        cell: such as F5.
        corrections: what was typed in the place of cells.
        heads: number of the heading row, 0 for none.
    """
    if not ADDRESS.fullmatch(cell):
        return None
    request = {"sheet": sheet, "cell": cell, "heads": heads, "corrections": corrections}
    program = (*child.PROGRAM[:-1], "intake.window")
    answer = child.run(data, name, request, program=program)
    if answer.report is None or not answer.report.get("columns"):
        return None
    rows = tuple((int(row), tuple(texts)) for row, texts in answer.report["rows"])
    return Window(sheet, cell, tuple(answer.report["columns"]), rows)


def window_in_child(book: Workbook, request: Mapping[str, Any]) -> dict[str, Any]:
    """The rows asked for; JSON values in and out."""
    correct(book, request["corrections"])
    found = ADDRESS.fullmatch(request["cell"])
    sheet = next((one for one in book.sheets if one.name == request["sheet"]), None)
    if sheet is None or found is None:
        return {}
    middle, column = int(found[2]), column_of(found[1])
    numbers = [request["heads"], *range(middle - AROUND, middle + AROUND + 1)]
    rows = {row: sheet.rows.get(row, {}) for row in dict.fromkeys(numbers) if row > 0}
    used = sorted({place for cells in rows.values() for place in cells} | {column})
    shown = _near(used, used.index(column))
    return {
        "columns": [letters(place) for place in shown],
        "rows": [
            [row, [said(cells.get(place))[:_LONGEST] for place in shown]]
            for row, cells in sorted(rows.items())
        ],
    }


def _near(columns: Sequence[int], middle: int) -> Sequence[int]:
    """As many of the columns as fit: the first two, which name the row, and those about one."""
    if len(columns) <= MOST_COLUMNS:
        return columns
    first = max(2, min(middle - MOST_COLUMNS // 2, len(columns) - MOST_COLUMNS + 2))
    return [*columns[:2], *columns[first : first + MOST_COLUMNS - 2]]


if __name__ == "__main__":
    from .inside import serve

    serve(window_in_child)
