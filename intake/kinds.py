"""What a file really is, by its first bytes; keys are words of ``filefault.kind``."""

from __future__ import annotations

import re

from .compound import MAGIC
from .encodings import utf16_without_mark

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (MAGIC, "ole"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\x00", "database"),
)
_ARCHIVES = ("gzip", "7z", "rar", "xz", "bzip2", "zstd")
# Excel before 5.0 wrote its records bare, each version with a beginning of its own.
_BARE_RECORDS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_MARKUP = re.compile(r"\s*<(!doctype\s+html|html|head|body|table|meta|style|div|script)", re.I)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")


def is_old_workbook(data: bytes) -> bool:
    """Whether bare records of an early Excel begin here, without a container."""
    return data.startswith(_BARE_RECORDS)


def is_archive(beginning: bytes) -> bool:
    """Whether a part of a package is itself an archive."""
    return beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")) or (_signed(beginning) in _ARCHIVES)


def kind_of(data: bytes) -> str:
    """The key of what the bytes are: a known sign, html, xml, mhtml, text, or binary.

    A zip is not told apart here; "ole" is any container of old Office files.
    """
    signed = _signed(data)
    if signed:
        return signed
    if is_old_workbook(data):
        return "xls"
    text = _beginning(data)
    if text is None:
        return "binary"
    if _MARKUP.match(text):
        return "html"
    if text.lstrip().startswith("<?xml"):
        return "xml_sheet" if "urn:schemas-microsoft-com:office" in text else "xml"
    if text.lstrip().casefold().startswith("mime-version:"):
        return "mhtml"
    return "text"


def _signed(data: bytes) -> str:
    for sign, kind in _SIGNS:
        if data.startswith(sign) and (sign != b"BM" or b"\0" in data[2:14]):
            return kind
    return ""


def _beginning(data: bytes) -> str | None:
    """The beginning as text, None where it is none."""
    sample = data[:65536]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sample[: len(sample) // 2 * 2].decode("utf-16", "replace")
    if codec := utf16_without_mark(data):
        return sample[: len(sample) // 2 * 2].decode(codec, "replace")
    if b"\0" in data or len(_CONTROL.findall(sample)) > len(sample) // 500:
        return None
    return sample.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
