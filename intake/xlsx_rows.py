"""Plain rows of a sheet, taken before the XML parser sees them.

Nearly all rows of large files look alike: numbers and shared strings, nothing else. Such a row
is matched whole by a strict pattern (so it is well formed by itself) and leaves the stream; the
parser gets everything around it and any row that is written in another way. Order is kept, as
the parser has worked off all that came before when a row is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

# Letters of the column, style, type and value of a cell in a row.
_CELL_FORM = (
    rb'<c r="([A-Z]{1,3})%(row)s"(?: s="([0-9]{1,5})")?(?: t="([sn])")?'
    rb"(?:/>|><v>([-+.0-9Ee]{0,40})</v></c>)"
)
_ROW = re.compile(
    rb'[ \t\r\n]*<row r="(?P<row>[1-9][0-9]{0,6})"'
    rb'(?P<rest>(?: [A-Za-z0-9:]{1,40}="[^"<&]{0,200}"){0,16})'
    rb"(?:/>|>(?P<cells>(?:" + _CELL_FORM % {b"row": b"(?P=row)"} + rb")*)</row>)"
)
_CELLS = re.compile(_CELL_FORM % {b"row": b"[0-9]{1,7}"})
_HIDDEN = re.compile(rb' (?:hidden="(?:1|true|on)"|ht="0")')
_SECOND_R = re.compile(rb' r="')
_DATA, _ROW_END = b"<sheetData>", b"</row>"
_HOLD = 1 << 16

PlainCell = tuple[bytes, bytes, bytes, bytes]


class Reading(Protocol):
    """What takes the rows: the pass over the sheet."""

    @property
    def between_rows(self) -> bool:
        """Whether the parser stands directly inside sheetData."""
        ...

    def plain_row(self, row: int, hidden: bool, cells: list[PlainCell]) -> None:
        """Take a row: its cells as (column letters, style, type, value)."""
        ...


def without_plain_rows(chunks: Iterable[bytes], reading: Reading) -> Iterator[bytes]:
    """The chunks of a sheet part without its plain rows, which ``reading`` has got.

    Comments, CDATA and instructions could hide what looks like a row, and other encodings
    spell it otherwise: from the first of them on everything is handed on.
    """
    held, at, plain, begun = b"", 0, True, False
    for chunk in chunks:
        held, at = held[at:] + chunk, 0
        if not begun and len(held) >= 4:
            begun, plain = True, _is_plain(held)
        while plain and begun:
            if reading.between_rows:
                at = _taken(held, at, reading)
            cut = _cut(held, at, _ROW_END if reading.between_rows else _DATA)
            if cut <= at:
                break
            piece = held[at:cut]
            plain = b"<!" not in piece and piece.rfind(b"<?") <= 0
            at = cut
            yield piece
        if not plain:
            yield held[at:]
            at = len(held)
    yield held[at:]


def _is_plain(beginning: bytes) -> bool:
    head = beginning.removeprefix(b"\xef\xbb\xbf")[:200].lower()
    if not head.startswith(b"<") or b"\0" in head:
        return False
    declaration = head.partition(b"?>")[0]
    return b"encoding" not in declaration or b"utf-8" in declaration or b"ascii" in declaration


def _taken(held: bytes, at: int, reading: Reading) -> int:
    """Hand on the plain rows that stand here, one after the other; the place behind them."""
    while found := _ROW.match(held, at):
        rest = found["rest"]
        if rest and _SECOND_R.search(rest):
            return at
        cells = _CELLS.findall(found["cells"]) if found["cells"] else []
        reading.plain_row(int(found["row"]), bool(rest and _HIDDEN.search(rest)), cells)
        at = found.end()
    return at


def _cut(held: bytes, at: int, mark: bytes) -> int:
    """Where to cut what is handed on: behind the mark, or, with too much waiting, a tag."""
    found = held.find(mark, at)
    if found >= 0:
        return found + len(mark)
    if len(held) - at <= _HOLD:
        return at
    return held.rfind(b">", at) + 1 or len(held)
