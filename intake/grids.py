"""The bare cells of a file from outside, read in a child process like every upload.

For files that are no workbooks of figures: rows of the register, yearly plans, assignments.
"""

from __future__ import annotations

import sys
from typing import Any

from .child import run
from .faults import FileFault
from .grid import Cell, Sheet, Workbook
from .inside import serve

_PROGRAM = (sys.executable, "-X", "utf8", "-m", "intake.grids")


def read_grid(data: bytes, name: str) -> Workbook | tuple[FileFault, ...]:
    """The visible cells of a file, or why it is refused.

    Number formats, links and merged ranges are left out.

    Args:
        data: the bytes of the file.
        name: its name, whose extension says what it should be.
    """
    answer = run(data, name, {}, program=_PROGRAM)
    return answer.faults if answer.report is None else _workbook(answer.report)


def as_json(book: Workbook, _request: dict[str, Any]) -> dict[str, Any]:
    """The cells of a workbook as plain lists."""
    return {
        "kind": book.kind,
        "sheets": [
            [
                sheet.name,
                [
                    [row, [[column, cell.kind, cell.value] for column, cell in cells.items()]]
                    for row, cells in sheet.rows.items()
                ],
            ]
            for sheet in book.sheets
            if not sheet.hidden
        ],
    }


def _workbook(report: dict[str, Any]) -> Workbook:
    sheets = [
        Sheet(
            name,
            {
                row: {column: Cell(kind, value) for column, kind, value in cells}
                for row, cells in rows
            },
        )
        for name, rows in report["sheets"]
    ]
    return Workbook(report["kind"], sheets)


if __name__ == "__main__":
    serve(as_json)
