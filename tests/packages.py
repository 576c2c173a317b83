"""Builds small packages by hand, sound or broken on purpose, for the tests of the readers."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from intake.faults import FileFault
from intake.grid import Sheet, Workbook
from intake.reading import read_workbook

SHEET_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

CONTENT_TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
TOP = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)
BOOK = (
    f'<workbook xmlns="{SHEET_SPACE}" xmlns:r="{RELATIONS}">'
    '<sheets><sheet name="Biểu 1" sheetId="1" r:id="r1"/></sheets></workbook>'
)
BOOK_RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="r3" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    "</Relationships>"
)
STRINGS = f'<sst xmlns="{SHEET_SPACE}"><si><t>Chỉ tiêu</t></si><si><t>Giá trị</t></si></sst>'
STYLES = (
    f'<styleSheet xmlns="{SHEET_SPACE}"><numFmts count="1">'
    '<numFmt numFmtId="170" formatCode="mm/yyyy"/></numFmts>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="170"/>'
    '<xf numFmtId="14"/></cellXfs></styleSheet>'
)


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """A worksheet part around rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{SHEET_SPACE}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def parts(rows: str = "", **changed: str | bytes) -> dict[str, bytes]:
    """The parts of a small workbook; ``changed`` replaces types, top, book, relations, …"""
    chosen: dict[str, str | bytes] = {
        "types": CONTENT_TYPES, "top": TOP, "book": BOOK, "relations": BOOK_RELATIONS,
        "sheet": sheet(rows), "strings": STRINGS, "styles": STYLES, **changed,
    }  # fmt: skip
    names = {
        "types": "[Content_Types].xml", "top": "_rels/.rels", "book": "xl/workbook.xml",
        "relations": "xl/_rels/workbook.xml.rels", "sheet": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml", "styles": "xl/styles.xml",
    }  # fmt: skip
    return {
        names.get(key, key): text.encode() if isinstance(text, str) else text
        for key, text in chosen.items()
    }


def zipped(content: Mapping[str, bytes]) -> bytes:
    """A sound zip of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in content.items():
            file.writestr(name, data)
    return target.getvalue()


def workbook(rows: str = "", **changed: str | bytes) -> bytes:
    """A small XLSX, by hand."""
    return zipped(parts(rows, **changed))


class Raw:
    """One entry as it is to be written, each field free to lie."""

    def __init__(self, name: str, data: bytes, **lies: object) -> None:
        squeezer = zlib.compressobj(1, wbits=-15)
        self.name = name.encode()
        self.packed = squeezer.compress(data) + squeezer.flush()
        self.crc = zlib.crc32(data)
        self.size = len(data)
        self.local_name = self.name
        self.flags = 0x800
        self.local_flags: int | None = None
        self.method = 8
        self.mode = 0
        self.extra = b""
        self.local_extra = b""
        self.tail = b""
        for key, value in lies.items():
            if not hasattr(self, key):
                raise ValueError(f"an entry has no {key!r}")
            setattr(self, key, value)


def raw_zip(entries: Sequence[Raw], before: bytes = b"", after: bytes = b"") -> bytes:
    """A zip written field by field; ``before`` and ``after`` lie around it."""
    body, directory = bytearray(before), bytearray()
    for entry in entries:
        offset = len(body)
        flags = entry.flags if entry.local_flags is None else entry.local_flags
        sizes = (0, 0, 0) if flags & 8 else (entry.crc, len(entry.packed), entry.size)
        body += struct.pack(
            "<4s5H3I2H", b"PK\x03\x04", 20, flags, entry.method, 0, 33, *sizes,
            len(entry.local_name), len(entry.local_extra),
        )  # fmt: skip
        body += entry.local_name + entry.local_extra + entry.packed + entry.tail
        directory += struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, entry.flags, entry.method, 0, 33, entry.crc,
            len(entry.packed), entry.size, len(entry.name), len(entry.extra), 0, 0, 0,
            entry.mode << 16, offset,
        )  # fmt: skip
        directory += entry.name + entry.extra
    end = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(directory), len(body), 0
    )
    return bytes(body + directory + end + after)


def raw_parts(rows: str = "", **changed: str | bytes) -> list[Raw]:
    """The parts of a small workbook as raw entries, to be lied about."""
    return [Raw(name, data) for name, data in parts(rows, **changed).items()]


def read(data: bytes, name: str = "a.xlsx") -> Workbook:
    """The workbook in a file that must be readable."""
    found = read_workbook(data, name)
    assert isinstance(found, Workbook), found
    return found


def fault_of(data: bytes, name: str = "a.xlsx") -> FileFault:
    """Why a file that must not be readable is refused."""
    found = read_workbook(data, name)
    assert isinstance(found, list), found
    return found[0]


def cells(found: Sheet) -> dict[tuple[int, int], object]:
    """The values of a sheet by row and column."""
    return {
        (row, column): cell.value
        for row, line in found.rows.items()
        for column, cell in line.items()
    }
