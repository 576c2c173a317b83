"""The container of old Office files (OLE2), as far as telling what lies in it needs.

Source: Microsoft, [MS-CFB] Compound File Binary File Format, and [MS-XLS], 2.4.117 FilePass.
"""

from __future__ import annotations

import struct

from .faults import damaged

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_CHAIN, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_SMALL = 4096  # streams below this size lie in the small sectors of the root's stream
_FILEPASS, _END_RECORD = 0x2F, 0x0A


class Compound:
    """Names of a container's storages and streams, and the first bytes of one.

    Raises (on making it) ``Refused``: F07, the container is damaged.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise damaged("compound")
        self._data = data
        shift, small_shift = struct.unpack_from("<2H", data, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise damaged("compound")
        self._size = 1 << shift
        self._most = len(data) // self._size + 1
        self._table = self._sector_table()
        directory = self._chain(*struct.unpack_from("<I", data, 48))
        if len(directory) % self._size:
            raise damaged("compound")
        self._entries: dict[str, tuple[int, int, int]] = {}
        self._root_start = _END_OF_CHAIN
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            self._learn(directory[at : at + _ENTRY])

    @property
    def names(self) -> set[str]:
        """Names of all storages and streams, without regard to where they hang."""
        return set(self._entries)

    def beginning(self, name: str) -> bytes:
        """The first bytes of a stream, at most one sector of it.

        Raises:
            Refused: F07, there is none.
        """
        kind, start, size = self._entries.get(name, (0, 0, 0))
        if kind != _STREAM or not size:
            raise damaged("compound")
        if size >= _SMALL:
            return self._sector(start)[:size]
        small = self._chain(self._root_start)
        return small[start * 64 : start * 64 + 64][:size]

    def stream(self, name: str) -> bytes:
        """A whole stream; nothing for one that is not there or small (below 4 kB).

        Raises:
            Refused: F07, its chain is broken.
        """
        kind, start, size = self._entries.get(name, (0, 0, 0))
        return self._chain(start)[:size] if kind == _STREAM and size >= _SMALL else b""

    def _learn(self, entry: bytes) -> None:
        length = struct.unpack_from("<H", entry, 64)[0]
        kind = entry[66]
        if kind == 0 or not 2 <= length <= 64:
            return
        name = entry[: length - 2].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<2I", entry, 116)
        if kind == _ROOT:
            self._root_start = start
        self._entries.setdefault(name, (kind, start, size))

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        if at >= len(self._data):
            raise damaged("compound")
        return self._data[at : at + self._size]

    def _sector_table(self) -> list[int]:
        """Which sector follows each, gathered over the header and its chain of more tables."""
        count, extra, extra_count = (
            struct.unpack_from("<I", self._data, 44)[0],
            *struct.unpack_from("<2I", self._data, 68),
        )
        if count > self._most or extra_count > self._most:
            raise damaged("compound")
        places = list(struct.unpack_from("<109I", self._data, 76))
        steps = 0
        while extra not in (_END_OF_CHAIN, _FREE):
            steps += 1
            if steps > self._most:
                raise damaged("compound")
            more = self._numbers(self._sector(extra))
            places += more[:-1]
            extra = more[-1]
        table: list[int] = []
        for place in places[:count]:
            table += self._numbers(self._sector(place))
        return table

    def _numbers(self, sector: bytes) -> list[int]:
        if len(sector) < self._size:
            raise damaged("compound")
        return list(struct.unpack(f"<{self._size // 4}I", sector))

    def _chain(self, start: int) -> bytes:
        parts: list[bytes] = []
        number = start
        while number < _END_OF_CHAIN - 3:
            if len(parts) > self._most or number >= len(self._table):
                raise damaged("compound")
            parts.append(self._sector(number))
            number = self._table[number]
        return b"".join(parts)


def needs_password(records: bytes) -> bool:
    """Whether the records at the beginning of an Excel workbook say that the rest is encrypted."""
    at = 0
    while at + 4 <= len(records):
        kind, length = struct.unpack_from("<2H", records, at)
        if kind == _FILEPASS:
            return True
        if kind == _END_RECORD:
            return False
        at += 4 + length
    return False
