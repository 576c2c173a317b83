"""Values of cells as files spell them: numbers, days of two calendars, blanks, references."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from functools import lru_cache

from .faults import damaged
from .grid import DATE, NUMBER, TEXT, Cell
from .number_formats import shows_date

DAYS_1904 = 1462  # from 1900-01-00 to 1904-01-01, the false 29 February 1900 counted

_EPOCH = date(1899, 12, 30)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_SHARED_LENGTH, _SHARED_COUNT = 200, 50_000
_LETTERS = re.compile(r"[A-Za-z]{1,7}")


def number_cell(text: str, number_format: str, link: str = "", date_1904: bool = False) -> Cell:
    """The cell of a stored number; text that is no number after all stays text.

    NaN and infinities are handed on as numbers: whoever checks values names them.
    """
    try:
        value = float(text)
    except ValueError:
        return Cell(TEXT, text, number_format, link)
    if "_" in text:  # Python reads 1_000 as a number, Excel does not
        return Cell(TEXT, text, number_format, link)
    return cell_of(value, number_format, link, date_1904)


def cell_of(value: float, number_format: str, link: str = "", date_1904: bool = False) -> Cell:
    """The cell of a number: a DATE in the 1900 system where the format shows one."""
    if number_format and math.isfinite(value) and shows_date(number_format):
        return Cell(DATE, value + DAYS_1904 if date_1904 else value, number_format, link)
    return Cell(NUMBER, value, number_format, link)


def serial_day(text: str) -> float | None:
    """The serial day (1900 system) of an ISO date, date and time, or time; None for others."""
    spelled = text.strip().removesuffix("Z")
    try:
        if "T" not in spelled and ":" in spelled:
            moment = datetime.fromisoformat(f"1899-12-30T{spelled}")
        else:
            moment = datetime.fromisoformat(spelled)
    except ValueError:
        return None
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    days = (moment.date() - _EPOCH).days
    return days - (1 if 0 < days < 61 else 0) + seconds / 86400


def is_blank(text: str) -> bool:
    """Whether a text shows nothing: blanks of any kind."""
    shown = text.strip()
    return not shown or (shown[0] in _INVISIBLE and not shown.strip(_INVISIBLE + " \xa0"))


class TextCells:
    """Makes the cells of texts; equal short texts share one cell, as tables repeat theirs."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Cell | None] = {}

    def cell(self, text: str, number_format: str = "") -> Cell | None:
        """The cell of a text, None for one that shows nothing."""
        key = (text, number_format)
        if key in self._known:
            return self._known[key]
        cell = None if is_blank(text) else Cell(TEXT, text, number_format)
        if len(text) <= _SHARED_LENGTH and len(self._known) < _SHARED_COUNT:
            self._known[key] = cell
        return cell


def unescaped(text: str) -> str:
    """Excel's ``_x000D_`` as the sign that it stands for; what is no text as U+FFFD."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: _sign(int(found[1], 16)), text)


def _sign(code: int) -> str:
    is_text = code >= 32 or code in (9, 10, 13)
    return chr(code) if is_text and not 0xD800 <= code <= 0xDFFF else "\ufffd"


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """The number of a column: A is 1, XFD 16384, ZZZ 18278.

    Raises:
        Refused: F07, no letters of a column.
    """
    if not _LETTERS.fullmatch(letters):
        raise damaged("cell_reference")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column


def column_letters(column: int) -> str:
    """The letters of a column: 1 is A."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def row_number(digits: str) -> int:
    """The number of a row as a file spells it, from 1 to the last row that Excel has.

    Raises:
        Refused: F07, no such row.
    """
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 7):
        raise damaged("row_number")
    row = int(digits)
    if not 1 <= row <= 1_048_576:
        raise damaged("row_number")
    return row


def cell_range(reference: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of ``B2:C9`` or ``B2``.

    Raises:
        Refused: F07, no such range.
    """
    first, _, last = reference.replace("$", "").partition(":")
    corners = [_corner(first), _corner(last or first)]
    rows = sorted(row for row, _ in corners)
    columns = sorted(column for _, column in corners)
    return rows[0], columns[0], rows[1], columns[1]


def _corner(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    return row_number(reference[len(letters) :]), column_number(letters)
