"""Shared strings of an XLSX: one text an item, rich text joined, readings aloud left out."""

from __future__ import annotations

from collections.abc import Iterable

from .cell_values import unescaped
from .faults import damaged, refused
from .limits import MAX_VALUES
from .xml_parts import Depth, local, parse


def read_strings(chunks: Iterable[bytes], part: str) -> list[str]:
    """The strings in their order; how many the part claims to have is not believed.

    Raises:
        Refused: F07 malformed, F08 with a DTD, F11 more than any workbook may show.
    """
    reading = _Strings(part)
    parse(chunks, part, reading.start, reading.end, reading.text)
    return reading.found


class _Strings:
    def __init__(self, part: str) -> None:
        self.found: list[str] = []
        self._part = part
        self._depth = Depth(part)
        self._pieces: list[str] = []
        self._taking = self._phonetic = False
        self._item = self._t = self._reading = ""

    def start(self, name: str, _pairs: list[str]) -> None:
        if name == self._t:
            self._taking = not self._phonetic
        elif name == self._item:
            self._pieces = []
        elif name == self._reading:
            self._phonetic = True
        elif self._item:
            self._depth.open()
        elif local(name) != "sst":
            raise damaged("part_kind", part=self._part)
        else:
            space = name.removesuffix("sst")
            self._item, self._t, self._reading = space + "si", space + "t", space + "rPh"

    def end(self, name: str) -> None:
        if name == self._t:
            self._taking = False
        elif name == self._item:
            self.found.append(unescaped("".join(self._pieces)))
            if len(self.found) > MAX_VALUES:
                raise refused("F11", what="strings", number=len(self.found), limit=MAX_VALUES)
        elif name == self._reading:
            self._phonetic = False
        else:
            self._depth.close()

    def text(self, data: str) -> None:
        if self._taking:
            self._pieces.append(data)
