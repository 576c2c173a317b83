"""What can be said of a file before anything reads it: its type, its size, its safety.

Runs in the server itself, so it takes little memory whatever comes: a zip is inflated piece by
piece, and nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from .archive import Archive, Entry, is_zip, too_large
from .compound import Compound, needs_password
from .declarations import is_xml, without_declarations
from .faults import FileFault, Refused, damaged, refused
from .kinds import is_archive, is_old_workbook, kind_of
from .limits import MAX_FILE_BYTES, MAX_UNPACKED_BYTES, MEGABYTE

EXTENSIONS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"

_BLANK = b" \t\r\n\0\x0b\x0c\x1a\xa0\xef\xbb\xbf\xff\xfe"
_ENOUGH = 4096  # to know an encoding or an archive by, also where it is inflated bit by bit
_SMALL_PART = 4 * MEGABYTE
# The main part's type, in the order in which they decide: an embedded document is no rival.
_MAIN_TYPES: tuple[tuple[bytes, str], ...] = (
    (b"spreadsheetml.sheet.main+xml", ""),
    (b"spreadsheetml.template.main+xml", ""),
    (b"ms-excel.sheet.macroenabled.main+xml", ""),
    (b"ms-excel.template.macroenabled.main+xml", ""),
    (b"ms-excel.addin.macroenabled.main+xml", ""),
    (b"ms-excel.sheet.binary.macroenabled.main", "xlsb"),
    (b"wordprocessingml", "word"),
    (b"ms-word", "word"),
    (b"presentationml", "powerpoint"),
    (b"ms-powerpoint", "powerpoint"),
    (b"ms-visio", "zip"),
)


def precheck(data: bytes, name: str) -> FileFault | None:
    """The first reason to refuse a file unread (F01 to F08, F10), None for none.

    Args:
        data: all its bytes.
        name: the file's name; only the extension counts.
    """
    try:
        _check(data, name)
    except Refused as stop:
        return stop.fault
    return None


def extension(name: str) -> str:
    """The extension of a file name in small letters, with its dot; "" for none."""
    return PurePath(name.replace("\\", "/")).suffix.lower()


def _check(data: bytes, name: str) -> None:
    kind = extension(name)
    if kind not in EXTENSIONS:
        raise refused("F02", ext=kind or "?")
    if not data or (kind == ".csv" and not data.strip(_BLANK)):
        raise refused("F01", file=name)
    if len(data) > MAX_FILE_BYTES:
        size = round(len(data) / MEGABYTE, 1)
        raise refused("F04", size=size, limit=MAX_FILE_BYTES // MEGABYTE)
    found = "zip" if is_zip(data) else kind_of(data)
    match kind:
        case ".csv":
            if found != "text":
                raise refused("F03", ext=kind, kind="xls" if found == "ole" else found)
        case ".xls":
            _check_old(data, kind, found)
        case _:
            _check_package(data, kind, found)


def _check_old(data: bytes, kind: str, found: str) -> None:
    if found == "ole":
        inner = _kind_in_container(data)
        if inner != "xls":
            raise refused("F03", ext=kind, kind=inner)
    elif not is_old_workbook(data):
        raise refused("F03", ext=kind, kind=found)


def _kind_in_container(data: bytes) -> str:
    """What an OLE container holds: xls, word, powerpoint, ole.

    Raises:
        Refused: F06, it is encrypted; F07, the container is damaged.
    """
    box = Compound(data)
    names = box.names
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        raise refused("F06")
    for stream in ("Workbook", "Book"):
        if stream in names:
            if needs_password(box.beginning(stream)):
                raise refused("F06")
            return "xls"
    if "WordDocument" in names:
        return "word"
    return "powerpoint" if "PowerPoint Document" in names else "ole"


def _check_package(data: bytes, kind: str, found: str) -> None:
    if found == "ole":
        raise refused("F03", ext=kind, kind=_kind_in_container(data))
    if found != "zip":
        raise refused("F03", ext=kind, kind=found)
    archive = Archive(data)
    inner = _kind_by_names(archive)
    if inner != kind and not (inner == ".xlsx" and kind == ".xlsm"):
        raise refused("F03", ext=kind, kind=inner.removeprefix("."))
    _check_parts(archive)
    if kind == ".ods":
        _check_open_document(archive)
    else:
        _check_content_types(archive, kind)


def _kind_by_names(archive: Archive) -> str:
    """What the names of the parts promise, before anything is inflated."""
    if archive.find("[Content_Types].xml"):
        if archive.find("xl/workbook.bin") and not archive.find("xl/workbook.xml"):
            return "xlsb"
        return ".xlsx"
    if archive.find("mimetype") and (
        archive.find("content.xml") or archive.find("encrypted-package")
    ):
        return ".ods"
    if any(entry.name.casefold().startswith("xl/") for entry in archive.entries):
        raise damaged("part_missing", part="[Content_Types].xml")
    return "zip"


def _check_parts(archive: Archive) -> None:
    """Inflate everything once: sizes, checksums, archives in the archive, DTDs."""
    total = 0
    for entry in archive.entries:
        for piece in _checked(archive, entry):
            total += len(piece)
            if total > MAX_UNPACKED_BYTES:
                raise too_large(total, len(archive.entries), MAX_UNPACKED_BYTES)


def _checked(archive: Archive, entry: Entry) -> Iterator[bytes]:
    pieces = archive.chunks(entry)
    first = b""
    for piece in pieces:
        first += piece
        if len(first) >= _ENOUGH:
            break
    compressed_drawing = entry.name.casefold().endswith((".emz", ".wmz"))
    if is_archive(first) and not compressed_drawing:
        raise too_large(entry.size, len(archive.entries), MAX_UNPACKED_BYTES)
    whole = _again(first, pieces)
    return without_declarations(whole, entry.name) if is_xml(entry.name, first) else whole


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _check_content_types(archive: Archive, kind: str) -> None:
    entry = archive.find("[Content_Types].xml")
    if entry is None:
        raise damaged("part_missing", part="[Content_Types].xml")
    types = archive.read(entry, _SMALL_PART).replace(b"\0", b"").lower()
    for sign, found in _MAIN_TYPES:
        if sign in types:
            if found:
                raise refused("F03", ext=kind, kind=found)
            return
    raise damaged("no_workbook")


def _check_open_document(archive: Archive) -> None:
    if archive.find("encrypted-package"):
        raise refused("F06")
    manifest = archive.find("META-INF/manifest.xml")
    if manifest and b"encryption-data" in archive.read(manifest, _SMALL_PART).replace(b"\0", b""):
        raise refused("F06")
    mark = archive.find("mimetype")
    said = archive.read(mark, 1000).strip() if mark else b""
    if not said.startswith(SPREADSHEET):
        raise refused("F03", ext=".ods", kind="word" if b"opendocument.text" in said else "zip")
