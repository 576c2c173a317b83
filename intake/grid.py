"""What a reader makes of a file: sheets of cells, nothing understood yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

NUMBER, TEXT, BOOL, ERROR, DATE, UNCALCULATED = "n", "s", "b", "e", "d", "f"


class Cell(NamedTuple):
    """One cell that is not blank.

    value: float for NUMBER; str for TEXT; bool for BOOL; the error text ("#DIV/0!") for ERROR;
        the serial day in the 1900 system, as a float, for DATE (a number with a date format,
        a 1904 serial already moved); None for UNCALCULATED (a formula without a saved value).
    number_format: the format code, "" for General.
    link: of a formula with an external reference the workbook it names, else "".
    """

    kind: str
    value: float | str | bool | None
    number_format: str = ""
    link: str = ""


@dataclass(slots=True)
class Sheet:
    """One sheet: only cells that are not blank, rows and columns counted from 1.

    rows: row number -> column number -> cell, rows in rising order.
    merged: ranges as (first row, first column, last row, last column); only the first cell
        has a value.
    hidden: the sheet itself is hidden or very hidden.
    """

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False

    def between(self, after: int, before: int) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows that hold something below one and above another, both left out.

        Costs what lies between, not what lies above: a long sheet has many tables.
        """
        last = next(reversed(self.rows), 0)
        for row in range(after + 1, min(before - 1, last) + 1):
            cells = self.rows.get(row)
            if cells:
                yield row, cells


@dataclass(slots=True)
class Workbook:
    """A whole file as read.

    kind: xlsx, xlsm, xls, ods, csv. encoding, separator: of a csv what was found out.
    names: defined names of the workbook -> what they say.
    """

    kind: str
    sheets: list[Sheet] = field(default_factory=list)
    date_1904: bool = False
    has_macros: bool = False
    encoding: str = ""
    separator: str = ""
    names: dict[str, str] = field(default_factory=dict)
