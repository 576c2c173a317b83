"""Document types and entities in XML parts, found before any parser sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .faults import damaged, refused

_WORDS = ("<!DOCTYPE", "<!ENTITY")
_WIDE = ("utf-16-le", "utf-16-be")
_KEEP = 64
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
# Encodings in which ASCII bytes mean ASCII: in others the words could be spelled differently.
_PLAIN_ENCODINGS = re.compile(
    r"utf-?8|(us-)?ascii|iso-8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|utf-?16", re.IGNORECASE
)


def without_declarations(chunks: Iterable[bytes], part: str) -> Iterator[bytes]:
    """Hand the chunks of an XML part on while they hold no DTD and no entity.

    Raises:
        Refused: F08 with one, in UTF-8 or UTF-16; F07 in an encoding that could hide one.
    """
    words: tuple[bytes, ...] = ()
    before = b""
    for chunk in chunks:
        if not words and chunk:
            words = _spelled(chunk, part)
        seen = before + chunk
        if any(word in seen for word in words):
            raise refused("F08", part=part)
        before = seen[-_KEEP:]
        yield chunk


def is_xml(name: str, beginning: bytes) -> bool:
    """Whether a part is XML, by its name or its first sign."""
    if name.casefold().endswith((".xml", ".rels", ".vml", ".svg", ".rdf", ".xhtml")):
        return True
    bare = beginning[:4096].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
    return bare.removeprefix(b"\xfe\xff").lstrip(b" \t\r\n\0").startswith(b"<")


def _spelled(beginning: bytes, part: str) -> tuple[bytes, ...]:
    """The words as the part's encoding would spell them."""
    if beginning.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")) or beginning[:1] == b"\x4c":
        raise damaged("encoding", part=part)  # UTF-32 and EBCDIC, which no office program writes
    marked = beginning.startswith((b"\xff\xfe", b"\xfe\xff"))
    if marked or b"\0" in beginning[:4]:
        return tuple(word.encode(codec) for word in _WORDS for codec in _WIDE)
    declared = _DECLARED.search(beginning[:400])
    if declared and not _PLAIN_ENCODINGS.fullmatch(declared[1].decode("ascii")):
        raise damaged("encoding", part=part)
    return tuple(word.encode("ascii") for word in _WORDS)
