"""The heading row of a plain table, and what makes a sheet the official template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .cells import address, column_of, is_blank, said
from .desk import Desk
from .grid import Cell, Sheet
from .headings import (
    CODE,
    HEAD,
    IGNORE,
    NAME,
    NUMBERING,
    PERIOD,
    UNIT,
    VALUE,
    field_of,
    first_rows,
    texts,
)
from .result import AsideColumn
from .text import plain

TEMPLATE_SHEET = "Số liệu"
VERSION = "SL-NHAP-1.0"
VERSION_NAME = "phien_ban_mau"
_VERSION = re.compile(r"SL-NHAP-(\d+)\.(\d+)", re.IGNORECASE)
_ORDINARY = frozenset({NUMBERING, NAME, UNIT})  # headings that wide tables have too


@dataclass(frozen=True, slots=True)
class Header:
    """The heading row of a plain table: its row, field -> column, column -> text."""

    row: int
    columns: dict[str, int]
    heads: dict[int, str]
    twice: tuple[tuple[int, int], ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing that a figure needs is missing."""
        return not self.missing

    @property
    def missing(self) -> list[str]:
        """Headings of required columns that are not there."""
        found = [HEAD[field] for field in (PERIOD, VALUE) if field not in self.columns]
        if CODE not in self.columns and NAME not in self.columns:
            found.append(f"{HEAD[CODE]} / {HEAD[NAME]}")
        return found


def version_of(sheet: Sheet, names: Mapping[str, str]) -> tuple[int, int] | None:
    """The template's version that a sheet bears; None where it is no template.

    A workbook with the defined name but without a mark in A2 counts as the present version.
    """
    if plain(sheet.name).lower() != TEMPLATE_SHEET.lower():
        return None
    mark = _VERSION.search(plain(said(sheet.rows.get(2, {}).get(1))))
    if mark:
        return int(mark[1]), int(mark[2])
    if any(name.lower() == VERSION_NAME for name in names):
        return current_version()
    return None


def current_version() -> tuple[int, int]:
    """The version of the template that this program writes."""
    found = _VERSION.fullmatch(VERSION)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def header_of(sheet: Sheet, given: Mapping[int, Mapping[str, str]] | None = None) -> Header | None:
    """The heading row of a plain table within the first 30 rows, whole or not.

    A row counts with three known headings, two of them other than number, name and unit.

    Args:
        sheet: the sheet.
        given: row -> column letters -> field, what an officer said a row's columns are.
    """
    for row, cells in first_rows(sheet):
        explained = given.get(row, {}) if given else {}
        header = _header(row, texts(cells), explained)
        known = set(header.columns)
        counts = len(known) >= 3 and len(known - _ORDINARY) >= 2
        if counts or (explained and header.is_whole):
            return header
    return None


def header_in(row: int, cells: dict[int, Cell]) -> Header:
    """What the cells of a row are as headings, whether they are any or not."""
    return _header(row, texts(cells), {})


def _header(row: int, heads: dict[int, str], given: Mapping[str, str]) -> Header:
    chosen = {column_of(letter): field for letter, field in given.items()}
    columns: dict[str, int] = {}
    twice = []
    for column in sorted({*heads, *chosen}):
        field = chosen.get(column) or field_of(heads.get(column, ""))
        if not field or field == IGNORE:
            continue
        if field in columns:
            if field != NUMBERING:
                twice.append((columns[field], column))
        else:
            columns[field] = column
    return Header(row, columns, heads, tuple(twice))


def tell_header(desk: Desk, sheet: Sheet, header: Header) -> bool:
    """Findings of the heading row; whether the sheet can be read."""
    missing = header.missing
    first = min(header.heads, default=1)
    for column in missing:
        desk.out.add("S02", sheet.name, address(header.row, first), {
            "sheet": sheet.name, "column": column,
        })  # fmt: skip
    for earlier, later in header.twice:
        where = address(header.row, later)
        args = {"column": header.heads.get(later, ""), "cell1": address(header.row, earlier)}
        desk.out.add("S04", sheet.name, where, {**args, "cell2": where})
    return not missing and not header.twice


def tell_unused(desk: Desk, sheet: Sheet, header: Header, given: Mapping[str, str]) -> None:
    """S03 for each column that is not read and not left out on purpose."""
    used = set(header.columns.values()) | {
        column_of(letter) for letter, field in given.items() if field == IGNORE
    }
    for column, text in header.heads.items():
        if column not in used:
            where = address(header.row, column)
            desk.out.add("S03", sheet.name, where, {"column": text})
            desk.aside.append(AsideColumn(sheet.name, where, text[:80], "other"))


def has_filled_row(sheet: Sheet, header: Header) -> bool:
    """Whether some row below the headings has a value."""
    column = header.columns[VALUE]
    return any(
        row > header.row and not is_blank(cells.get(column)) for row, cells in sheet.rows.items()
    )
