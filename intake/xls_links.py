"""Which formulas of an XLS take their value from another workbook; xlrd does not tell.

Only the references are looked for in the stored formulas; nothing is computed or followed.
Source: Microsoft, [MS-XLS], 2.4.127 Formula, 2.4.271 SupBook, 2.5.198 Parsed Expressions.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

_BEGIN, _END, _SHEET = 0x0809, 0x000A, 0x0085
_BOOK, _PLACES, _FORMULA, _ARRAY = 0x01AE, 0x0017, 0x0006, 0x0221
_VERSION_8 = 0x0600
_OWN, _FUNCTIONS = 0x0401, 0x3A01

# Bytes of each token, its own included; tokens from 0x20 on come in three classes of one size.
_SIZES = {
    **dict.fromkeys(range(0x03, 0x17), 1),
    **dict.fromkeys((0x01, 0x02, 0x23, 0x24, 0x2A, 0x2C), 5),
    **dict.fromkeys((0x1C, 0x1D), 2),
    **dict.fromkeys((0x1E, 0x21, 0x29, 0x2E, 0x2F), 3),
    **dict.fromkeys((0x1F, 0x25, 0x2B, 0x2D), 9),
    **dict.fromkeys((0x26, 0x27, 0x28), 7),
    0x18: 6,
    0x20: 8,
    0x22: 4,
}
_TO_ELSEWHERE = range(0x39, 0x3E)
_PLACE_SIZES = {0x39: 7, 0x3A: 7, 0x3B: 11, 0x3C: 7, 0x3D: 11}
_TEXT, _ATTRIBUTE, _CHOOSE = 0x17, 0x19, 0x04
_STEPS = re.compile(r"[\x00-\x1f/\\|\]\[]+")

Links = dict[str, dict[tuple[int, int], str]]


def links_of(stream: bytes) -> Links:
    """Of each sheet the cells, as (row, column) from 1, whose formula names another workbook.

    stream: the records of the workbook; those of Excel 95 and before are not looked at.
    A broken record ends the search: the reader of the values says what is broken.
    """
    search = _Search()
    try:
        for at, kind, data in _records(stream):
            if not search.goes_on(at, kind, data):
                break
    except (struct.error, IndexError):
        return search.found
    return search.found


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


class _Search:
    """What the records seen so far have said."""

    def __init__(self) -> None:
        self.found: Links = {}
        self._books: list[str] = []
        self._places: list[int] = []
        self._sheets: dict[int, str] = {}
        self._cells: dict[tuple[int, int], str] = {}
        self._in_sheets = False

    def goes_on(self, at: int, kind: int, data: bytes) -> bool:
        """Take a record; False once nothing more can be found."""
        if kind == _BEGIN:
            name = self._sheets.get(at)
            self._cells = self.found.setdefault(name, {}) if name is not None else {}
            return bool(struct.unpack_from("<H", data)[0] == _VERSION_8)
        if kind == _END and not self._in_sheets:
            self._in_sheets = True
            return any(self._books)
        if not self._in_sheets:
            self._globals(kind, data)
        elif kind == _FORMULA:
            row, column = struct.unpack_from("<2H", data)
            self._note(data[20:], (row, column, row, column))
        elif kind == _ARRAY:
            first, last, left, right = struct.unpack_from("<2H2B", data)
            self._note(data[12:], (first, left, last, right))
        return True

    def _globals(self, kind: int, data: bytes) -> None:
        if kind == _SHEET:
            start, length, wide = struct.unpack_from("<I", data)[0], data[6], data[7] & 1
            self._sheets[start] = _spelled(data[8:], length, wide)
        elif kind == _BOOK:
            length, wide = struct.unpack_from("<H", data, 2)[0], len(data) > 4 and data[4] & 1
            own = length in (_OWN, _FUNCTIONS)
            self._books.append("" if own else _file_name(_spelled(data[5:], length, wide)))
        elif kind == _PLACES:
            count = struct.unpack_from("<H", data)[0]
            self._places += [struct.unpack_from("<H", data, 2 + 6 * n)[0] for n in range(count)]

    def _note(self, formula: bytes, area: tuple[int, int, int, int]) -> None:
        length = struct.unpack_from("<H", formula)[0]
        for place in _elsewhere(formula[2 : 2 + length]):
            book = self._places[place] if place < len(self._places) else len(self._books)
            if book < len(self._books) and self._books[book]:
                top, left, bottom, right = area
                for row in range(top, min(bottom, top + 10_000) + 1):
                    for column in range(left, right + 1):
                        self._cells.setdefault((row + 1, column + 1), self._books[book])
                return


def _elsewhere(tokens: bytes) -> Iterator[int]:
    """Numbers of the places outside the sheet that a formula names."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token >= 0x20:
            token = 0x20 | (token & 0x1F)
        if token in _TO_ELSEWHERE:
            yield struct.unpack_from("<H", tokens, at + 1)[0]
            at += _PLACE_SIZES[token]
        elif token == _TEXT:
            at += 3 + tokens[at + 1] * (2 if tokens[at + 2] & 1 else 1)
        elif token == _ATTRIBUTE:
            more = struct.unpack_from("<H", tokens, at + 2)[0] * 2 + 2
            at += 4 + (more if tokens[at + 1] & _CHOOSE else 0)
        elif token in _SIZES:
            at += _SIZES[token]
        else:
            return


def _spelled(data: bytes, length: int, wide: int) -> str:
    if wide:
        return data[: length * 2].decode("utf-16-le", "replace")
    return data[:length].decode("latin-1")


def _file_name(address: str) -> str:
    """The last step of an encoded address, whose steps are parted by control signs."""
    steps = [step for step in _STEPS.split(address) if step]
    return steps[-1][:200] if steps else "?"
