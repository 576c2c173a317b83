"""A zip file read by our own eyes: nothing in it is believed that can be checked.

Readers differ in which of two entries of one name they take, whether they look at the central
directory or at the local headers, and whether they believe declared sizes. A file on which
they could differ is refused.

Source: PKWARE, APPNOTE.TXT, .ZIP File Format Specification, version 6.3.10, 2022.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from .faults import damaged, refused
from .limits import MAX_ENTRIES, MAX_PART_BYTES, MAX_UNPACKED_BYTES, MEGABYTE

_END, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_END64, _LOCATOR64 = b"PK\x06\x06", b"PK\x06\x07"
_END_FORM = struct.Struct("<4s4H2IH")
_END64_FORM = struct.Struct("<4sQ2H2I4Q")
_LOCATOR64_FORM = struct.Struct("<4sIQI")
_CENTRAL_FORM = struct.Struct("<4s6H3I5H2I")
_LOCAL_FORM = struct.Struct("<4s5H3I2H")

_ENCRYPTED, _DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_SLICE, _CHUNK = 1 << 16, 1 << 18


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in the zip: where its packed bytes stand and what was declared of it."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    header: int
    mode: int
    start: int = 0

    @property
    def end(self) -> int:
        """First byte after the packed data."""
        return self.start + self.packed


class Archive:
    """The entries of a zip whose directory, names and headers are sound.

    Raises (on making it) ``Refused``: F05 too many entries or declared too large, F06
    encrypted, F07 damaged, F10 an entry that is unsafe or on which readers could differ.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        count, start, end = _directory(data)
        self.entries = _central_entries(data, count, start, end)
        _refuse_unsafe_names(self.entries)
        if any(entry.flags & _ENCRYPTED for entry in self.entries):
            raise refused("F06")
        _refuse_declared_sizes(self.entries)
        self.entries = [_with_local_header(data, entry) for entry in self.entries]
        _refuse_odd_layout(data, self.entries, start)
        self._by_name = {_folded(entry.name): entry for entry in self.entries}

    def find(self, name: str) -> Entry | None:
        """The entry of a name, whatever its case (part names have none)."""
        return self._by_name.get(_folded(name))

    def chunks(self, entry: Entry) -> Iterator[bytes]:
        """The content in pieces, counted while it is inflated.

        Raises:
            Refused: F05 above the limit of a part; F07 where packed data, size or checksum
                are not what the directory says.
        """
        size, crc = 0, 0
        for piece in self._pieces(entry):
            size += len(piece)
            if size > MAX_PART_BYTES:
                raise too_large(size, len(self.entries), MAX_PART_BYTES)
            crc = zlib.crc32(piece, crc)
            yield piece
        if size != entry.size or crc != entry.crc:
            raise damaged("checksum", part=entry.name)

    def read(self, entry: Entry, limit: int) -> bytes:
        """The whole content of a small entry.

        Raises:
            Refused: as ``chunks``, and F05 above the limit in bytes.
        """
        parts, size = [], 0
        for piece in self.chunks(entry):
            parts.append(piece)
            size += len(piece)
            if size > limit:
                raise too_large(size, len(self.entries), limit)
        return b"".join(parts)

    def _pieces(self, entry: Entry) -> Iterator[bytes]:
        packed = memoryview(self._data)[entry.start : entry.end]
        if entry.method == _DEFLATED:
            yield from _inflated(packed, entry.name)
            return
        for at in range(0, len(packed), _CHUNK):
            yield bytes(packed[at : at + _CHUNK])


def _inflated(packed: memoryview, name: str) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-15)
    try:
        for at in range(0, len(packed), _SLICE):
            waiting: bytes | memoryview = packed[at : at + _SLICE]
            while waiting:
                yield inflater.decompress(waiting, _CHUNK)
                waiting = inflater.unconsumed_tail
        while piece := inflater.decompress(b"", _CHUNK):  # what was held back as one was full
            yield piece
    except zlib.error:
        raise damaged("packed_data", part=name) from None
    if not inflater.eof or inflater.unused_data:
        raise damaged("packed_data", part=name)


def is_zip(data: bytes) -> bool:
    """Whether there is a zip directory, or the first entry of one that is cut off."""
    return data[:4] in (_LOCAL, _END) or _end_position(data) is not None


def too_large(size: int, entries: int, limit: int) -> Exception:
    """F05 with sizes in MB."""
    return refused(
        "F05",
        size=round(size / MEGABYTE, 1),
        entries=entries,
        limit=round(limit / MEGABYTE),
        limit_entries=MAX_ENTRIES,
    )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip("/")


def _end_position(data: bytes) -> int | None:
    """Where the end record stands: the last one whose comment reaches the end of the file."""
    low = max(0, len(data) - _END_FORM.size - _FULL16)
    at = data.rfind(_END, low)
    while at >= 0:
        if at + _END_FORM.size <= len(data):
            comment = int.from_bytes(data[at + 20 : at + 22], "little")
            if at + _END_FORM.size + comment == len(data):
                return at
        at = data.rfind(_END, low, at) if at > low else -1
    return None


def _directory(data: bytes) -> tuple[int, int, int]:
    """Number of entries, first byte and end of the central directory."""
    at = _end_position(data)
    if at is None:
        raise damaged("zip_cut")
    _, disk, first_disk, here, count, size, start, _ = _END_FORM.unpack_from(data, at)
    end = at
    if data[max(0, at - _LOCATOR64_FORM.size) : at][:4] == _LOCATOR64:
        disk, first_disk, here, count, size, start, end = _directory64(data, at)
    if disk or first_disk or here != count:
        raise damaged("zip_directory")
    if start + size > end:
        raise damaged("zip_cut")
    if start + size < end:  # bytes before the first entry move everything by as much
        raise refused("F10", entry="…")
    return count, start, end


def _directory64(data: bytes, at: int) -> tuple[int, int, int, int, int, int, int]:
    _, _, end64, disks = _LOCATOR64_FORM.unpack_from(data, at - _LOCATOR64_FORM.size)
    if disks > 1 or end64 + _END64_FORM.size > at - _LOCATOR64_FORM.size:
        raise damaged("zip_directory")
    fields = _END64_FORM.unpack_from(data, end64)
    if fields[0] != _END64 or end64 + 12 + fields[1] != at - _LOCATOR64_FORM.size:
        raise damaged("zip_directory")
    disk, first_disk, here, count, size, start = fields[4:]
    _, _, _, here32, count32, size32, start32, _ = _END_FORM.unpack_from(data, at)
    for short, long, full in (
        (here32, here, _FULL16),
        (count32, count, _FULL16),
        (size32, size, _FULL32),
        (start32, start, _FULL32),
    ):
        if short not in (full, long):  # two directories, one for each kind of reader
            raise damaged("zip_directory")
    return disk, first_disk, here, count, size, start, end64


def _central_entries(data: bytes, count: int, start: int, end: int) -> list[Entry]:
    entries: list[Entry] = []
    at = start
    while at < end:
        if at + _CENTRAL_FORM.size > end or data[at : at + 4] != _CENTRAL:
            raise damaged("zip_directory")
        entry, at = _central_entry(data, at, end)
        entries.append(entry)
        if len(entries) > MAX_ENTRIES:
            size = sum(entry.size for entry in entries)
            raise too_large(size, count, MAX_UNPACKED_BYTES)
    if len(entries) != count:
        raise damaged("zip_directory")
    if not entries:
        raise damaged("zip_empty")
    return entries


def _central_entry(data: bytes, at: int, end: int) -> tuple[Entry, int]:
    fields = _CENTRAL_FORM.unpack_from(data, at)
    flags, method = fields[3], fields[4]
    crc, packed, size = fields[7:10]
    name_length, extra_length, comment_length, disk = fields[10:14]
    mode, header = fields[15] >> 16, fields[16]
    name_at = at + _CENTRAL_FORM.size
    extra_at = name_at + name_length
    after = extra_at + extra_length + comment_length
    if after > end:
        raise damaged("zip_directory")
    raw = data[name_at:extra_at]
    extra = _extra_fields(data[extra_at : extra_at + extra_length])
    size, packed, header = _wide(extra.get(1), [size, packed, header])
    name = _name(raw, flags)
    if disk not in (0, _FULL16):
        raise damaged("zip_directory")
    if 0x7075 in extra and extra[0x7075][5:] != raw:  # a second name for readers that know it
        raise refused("F10", entry=name)
    return Entry(name, raw, flags, method, crc, packed, size, header, mode), after


def _extra_fields(extra: bytes) -> dict[int, bytes]:
    fields: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(extra):
        key, length = struct.unpack_from("<2H", extra, at)
        if key in fields:
            raise damaged("zip_directory")
        fields[key] = extra[at + 4 : at + 4 + length]
        at += 4 + length
    return fields


def _wide(extra: bytes | None, values: list[int]) -> list[int]:
    """The values with 64 bits of those that are full with 32, in the order of the field."""
    found, at = [], 0
    for value in values:
        if value == _FULL32 and extra is not None:
            if at + 8 > len(extra):
                raise damaged("zip_directory")
            found.append(int.from_bytes(extra[at : at + 8], "little"))
            at += 8
        else:
            found.append(value)
    return found


def _name(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError:
        raise damaged("zip_name") from None


def _refuse_unsafe_names(entries: list[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.name
        steps = name.removesuffix("/").split("/")
        unsafe = (
            not name
            or "\\" in name
            or any(step in ("", ".", "..") for step in steps)  # "" is also a leading slash
            or name[1:2] == ":"
            or any(ord(sign) < 32 for sign in name)
            or entry.mode & 0o170000 not in (0, 0o100000, 0o040000)  # links, pipes, devices
        )
        folded = _folded(name)
        if unsafe or folded in seen:
            raise refused("F10", entry=name)
        seen.add(folded)


def _refuse_declared_sizes(entries: list[Entry]) -> None:
    total = sum(entry.size for entry in entries)
    if total > MAX_UNPACKED_BYTES:
        raise too_large(total, len(entries), MAX_UNPACKED_BYTES)
    for entry in entries:
        if entry.size > MAX_PART_BYTES:
            raise too_large(entry.size, len(entries), MAX_PART_BYTES)


def _with_local_header(data: bytes, entry: Entry) -> Entry:
    """The entry with the place of its data, if the local header tells the same as the directory."""
    at = entry.header
    if at + _LOCAL_FORM.size > len(data) or data[at : at + 4] != _LOCAL:
        raise damaged("zip_directory")
    _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = (
        _LOCAL_FORM.unpack_from(data, at)
    )
    if flags & _ENCRYPTED:
        raise refused("F06")
    name_at = at + _LOCAL_FORM.size
    extra_at = name_at + name_length
    extra = _extra_fields(data[extra_at : extra_at + extra_length])
    size, packed = _wide(extra.get(1), [size, packed])
    if data[name_at:extra_at] != entry.raw_name:
        raise refused("F10", entry=entry.name)
    later = flags & _DESCRIPTOR  # sizes follow the data: 0 here, or said twice
    for here, there in ((crc, entry.crc), (packed, entry.packed), (size, entry.size)):
        if here != there and not (later and here in (0, _FULL32)):
            raise damaged("zip_directory")
    if method != entry.method or method not in (_STORED, _DEFLATED):
        raise damaged("zip_method", part=entry.name)
    if method == _STORED and entry.packed != entry.size:
        raise damaged("zip_directory")
    start = extra_at + extra_length
    return Entry(
        entry.name, entry.raw_name, flags, method, entry.crc, entry.packed, entry.size,
        entry.header, entry.mode, start,
    )  # fmt: skip


def _refuse_odd_layout(data: bytes, entries: list[Entry], directory: int) -> None:
    """Entries follow each other from the first byte on; none overlaps, none is hidden between."""
    after = 0
    for entry in sorted(entries, key=lambda entry: entry.header):
        if entry.header < after or entry.end > directory or (after == 0 and entry.header != 0):
            raise refused("F10", entry=entry.name)
        if data.find(_LOCAL, after, entry.header) >= 0:
            raise refused("F10", entry=entry.name)
        after = entry.end
    if data.find(_LOCAL, after, directory) >= 0:
        raise refused("F10", entry="…")
