"""What a check hands on besides findings: figures read, figures of plans, what was left aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Figure(NamedTuple):
    """One figure that was read, also where a rule then refuses it.

    period: canonical spelling. area: "" the whole scope. value: in the register's unit.
    raw: what the cell says where that is not simply the value, else "".
    """

    sheet: str
    cell: str
    indicator: str
    period: str
    area: str
    value: float
    status: str
    source: str = ""
    note: str = ""
    raw: str = ""


_OWN = frozenset({"cell", "value"})  # differ from figure to figure


def packed(figures: Sequence[Figure]) -> dict[str, Any]:
    """Figures column by column, texts that come again and again only once."""
    table: dict[str, int] = {}
    columns: list[list[Any]] = []
    for place, name in enumerate(Figure._fields):
        column: list[Any] = [figure[place] for figure in figures]
        if name not in _OWN:
            column = [table.setdefault(text, len(table)) for text in column]
        columns.append(column)
    return {"texts": list(table), "columns": columns}


def unpacked(said: Mapping[str, Any]) -> tuple[Figure, ...]:
    """Back from ``packed``; equal texts are one object, which a large file's memory tells."""
    texts = said["texts"]
    columns = [
        column if name in _OWN else [texts[at] for at in column]
        for name, column in zip(Figure._fields, said["columns"], strict=True)
    ]
    return tuple(map(Figure._make, zip(*columns, strict=True)))


class UnknownRow(NamedTuple):
    """A row with figures whose indicator is not in the register (I06): shown, never read."""

    sheet: str
    cell: str
    name: str
    figures: int


class AsideColumn(NamedTuple):
    """A column that was not read (S03). kind: plan, compare or other."""

    sheet: str
    cell: str
    text: str
    kind: str


class Corrected(NamedTuple):
    """A cell in whose place an officer typed something: its text before and after."""

    sheet: str
    cell: str
    old: str
    new: str


class ColumnSeen(NamedTuple):
    """One heading of a sheet: column letter, its text, and what it was taken for ("" nothing).

    sample: what stands in the first rows below it.
    """

    column: str
    text: str
    field: str
    sample: str = ""


class SheetSeen(NamedTuple):
    """What was made of one sheet.

    layout: template, long, wide, areas (communes down), "" where none was found.
    row: the heading row, 0 for none. shape: key of its headings, the same for every file that
    has the same ones; it is what a mapping of columns is remembered by.
    """

    name: str
    layout: str
    row: int
    shape: str
    columns: tuple[ColumnSeen, ...]

    def to_json(self) -> list[Any]:
        """As plain lists."""
        return [self.name, self.layout, self.row, self.shape, [list(c) for c in self.columns]]

    @staticmethod
    def from_json(row: list[Any]) -> SheetSeen:
        """Back from ``to_json``."""
        name, layout, at, shape, columns = row
        return SheetSeen(name, layout, at, shape, tuple(ColumnSeen(*c) for c in columns))
