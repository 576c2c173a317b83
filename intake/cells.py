"""Cells by their addresses, and what a cell says as text."""

from __future__ import annotations

from functools import lru_cache

from .dates import day_text
from .grid import BOOL, DATE, ERROR, TEXT, Cell
from .text import plain

NOT_CALCULATED = "(công thức chưa tính)"
_WORDS = (TEXT, ERROR)
_LONGEST = 600


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
    """What a key cell says: its text as typed, a whole number without decimals; "" for none.

    Errors, dates and formulas without a value say what they are, so that nothing that stands
    in a cell is ever taken for a blank one (a blank area is the province).
    """
    if cell is None:
        return ""
    kind, value = cell.kind, cell.value
    if kind in _WORDS:
        return str(value)
    if kind == BOOL:
        return "TRUE" if value else "FALSE"
    if not isinstance(value, float):
        return NOT_CALCULATED
    if kind == DATE:
        return day_text(value)
    whole = abs(value) < 1e15 and value % 1 == 0
    return str(int(value)) if whole else repr(value)


def brief(cell: Cell | None) -> str:
    """What a cell says that is a heading, a title or a name: one line, no longer than these are.

    Patterns are looked for in it, and some of them cost the square of its length.
    """
    return plain(said(cell))[:_LONGEST]


def is_blank(cell: Cell | None) -> bool:
    """Whether nothing stands there, blanks and line breaks included."""
    return cell is None or (cell.kind == TEXT and not plain(str(cell.value)))
