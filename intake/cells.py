"""Cells by their addresses, and what a cell says as text."""

from __future__ import annotations

from functools import lru_cache

from .grid import BOOL, DATE, NUMBER, TEXT, Cell
from .text import plain


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """1 -> A, 28 -> AB."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """(5, 6) -> F5."""
    return f"{letters(column)}{row}"


def column_of(text: str) -> int:
    """AB -> 28.

    Raises:
        ValueError: the text is no column's name.
    """
    number = 0
    for sign in text.upper():
        if not "A" <= sign <= "Z":
            raise ValueError(f"no column {text!r}")
        number = number * 26 + ord(sign) - 64
    if not number:
        raise ValueError(f"no column {text!r}")
    return number


def said(cell: Cell | None) -> str:
    """What a key cell says: its text as typed, a whole number without decimals, else "".

    Errors, dates and formulas without a value say nothing here.
    """
    if cell is None:
        return ""
    if cell.kind == TEXT:
        return str(cell.value)
    if cell.kind == NUMBER and isinstance(cell.value, float):
        value = cell.value
        return (
            str(int(value))
            if value == value and abs(value) < 1e15 and value % 1 == 0
            else repr(value)
        )
    return ""


def raw(cell: Cell) -> str:
    """What stands in a cell, for messages and receipts."""
    if cell.kind == BOOL:
        return "TRUE" if cell.value else "FALSE"
    if cell.kind == DATE:
        return repr(cell.value)
    return said(cell) if cell.kind == NUMBER else str(cell.value or "")


def is_blank(cell: Cell | None) -> bool:
    """Whether nothing stands there, blanks and line breaks included."""
    return cell is None or (cell.kind == TEXT and not plain(str(cell.value)))
