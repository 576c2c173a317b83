"""XML parts of a package, streamed through expat: no DTD, no entities, nothing fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from .faults import damaged, refused
from .limits import MAX_DEPTH, MAX_TAG_BYTES

# Names come as "namespace local"; the blank cannot stand in either.
SEPARATOR = " "

_NO_MEMORY = 1  # XML_ERROR_NO_MEMORY

Start = Callable[[str, list[str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def local(name: str) -> str:
    """The part of an element's or attribute's name after its namespace."""
    return name.rpartition(SEPARATOR)[2]


def attributes_of(pairs: list[str]) -> dict[str, str]:
    """Attributes by local name; of two with one local name the one without namespace."""
    found: dict[str, str] = {}
    for at in range(0, len(pairs), 2):
        name = local(pairs[at])
        if name not in found or name == pairs[at]:
            found[name] = pairs[at + 1]
    return found


def parse(
    chunks: Iterable[bytes],
    part: str,
    start: Start,
    end: End | None = None,
    text: Text | None = None,
) -> None:
    """Run the handlers over a part.

    ``start`` takes the full name and the attributes as a flat list of names and values
    (cheaper than a dict a cell), ``end`` the full name, ``text`` whole texts between tags.

    Raises:
        Refused: F07 malformed or nested too deeply, F08 with a DTD; what handlers raise.
    """
    parser = _parser(part, start, end, text)
    try:
        fed = 0
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > MAX_TAG_BYTES:
                raise damaged("long_tag", part=part)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        if error.code == _NO_MEMORY:
            raise MemoryError from None
        raise damaged("xml", part=part, line=error.lineno) from None
    except (UnicodeError, LookupError):  # a codec that expat asked Python for
        raise damaged("encoding", part=part) from None


def _parser(part: str, start: Start, end: End | None, text: Text | None) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.ordered_attributes = True

    def forbid(*_facts: object) -> int:
        raise refused("F08", part=part)

    parser.StartDoctypeDeclHandler = forbid
    parser.EntityDeclHandler = forbid
    parser.UnparsedEntityDeclHandler = forbid
    parser.ExternalEntityRefHandler = forbid
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    return parser


class Depth:
    """Counts nested elements that a reader does not know, and refuses towers of them."""

    __slots__ = ("_depth", "_part")

    def __init__(self, part: str) -> None:
        self._part = part
        self._depth = 0

    def open(self) -> None:
        """An unknown element begins.

        Raises:
            Refused: F07, nested too deeply.
        """
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise damaged("nesting", part=self._part)

    @property
    def is_level(self) -> bool:
        """Whether no unknown element is open."""
        return not self._depth

    def close(self) -> None:
        """An unknown element ends."""
        self._depth -= 1
