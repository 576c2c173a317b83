"""Which layout each sheet has, and the reading of all that have one."""

from __future__ import annotations

from .desk import Desk
from .grid import Sheet
from .long import (
    TEMPLATE_SHEET,
    VERSION,
    LongReader,
    current_version,
    has_filled_row,
    header_of,
    tell_header,
    tell_unused,
    version_of,
)
from .text import key

TEMPLATE, LONG, WIDE, AREAS = "template", "long", "wide", "areas"
FINDINGS_SHEET = "Kết quả kiểm tra"
_NEVER_READ = frozenset({key("Hướng dẫn"), "_danhmuc", key(FINDINGS_SHEET)})


def read_sheets(desk: Desk) -> None:
    """Read every visible sheet with a layout; say of hidden ones that they were not read."""
    for sheet in desk.book.sheets:
        if key(sheet.name) in _NEVER_READ:
            continue
        if sheet.hidden:
            _tell_hidden(desk, sheet)
        else:
            _read(desk, sheet)


def _tell_hidden(desk: Desk, sheet: Sheet) -> None:
    header = header_of(sheet)
    if header and header.is_whole and has_filled_row(sheet, header):
        desk.out.add("S07", sheet.name, "", {"sheet": sheet.name})


def _read(desk: Desk, sheet: Sheet) -> None:
    header = header_of(sheet)
    if header is None:
        if key(sheet.name) == key(TEMPLATE_SHEET):
            desk.out.add("S01", sheet.name, "", {"sheet": sheet.name})
        return
    if not tell_header(desk, sheet, header):
        return
    version = version_of(sheet, desk.book.names)
    if version and version < current_version():
        found = f"SL-NHAP-{version[0]}.{version[1]}"
        desk.out.add("S05", sheet.name, "A2", {"found": found, "current": VERSION})
    tell_unused(desk, sheet, header, {})
    LongReader(desk, sheet, header, template=version is not None).read()
