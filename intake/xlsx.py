"""XLSX and XLSM: the package around the sheets. Macros and links are noted, never followed."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from .archive import Archive, Entry
from .faults import damaged, refused
from .grid import Sheet, Workbook
from .limits import MAX_NAMES, MAX_RELATIONS, MAX_SHEET_NAME, MAX_SHEETS, MAX_STYLES
from .number_formats import BUILT_IN, plain
from .progress import Share
from .xlsx_cells import Context, is_true
from .xlsx_formulas import Links
from .xlsx_sheet import read_sheet
from .xlsx_strings import read_strings
from .xml_parts import Depth, attributes_of, local, parse

Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class _Book:
    """What the workbook part says: sheets as (name, state, relation), names, links."""

    sheets: list[tuple[str, str, str]] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    date_1904: bool = False


def read_xlsx(data: bytes, kind: str, tell: Tell) -> Workbook:
    """The workbook in the bytes of an XLSX or XLSM.

    tell: is called with the share that has been read, 0 to 1.

    Raises:
        Refused: the code and facts of why not (F05 to F11).
    """
    archive = Archive(data)
    part = _workbook_part(archive)
    relations = _relations(archive, part)
    book = _read_book(archive, part)
    links = Links([_link_name(archive, relations.get(key)) for key in book.links])
    for name, formula in book.names:
        links.learn(name, formula)
    context = Context(
        strings=_shared_strings(archive, relations),
        formats=_formats(archive, relations),
        links=links,
        date_1904=book.date_1904,
    )
    workbook = Workbook(kind, date_1904=book.date_1904, has_macros=has_macros(archive))
    workbook.names = dict(reversed(book.names))
    workbook.sheets = _sheets(archive, book, relations, context, tell)
    return workbook


def has_macros(archive: Archive) -> bool:
    """Whether a macro project or a macro sheet lies in the package, whatever it is called."""
    names = [entry.name.casefold() for entry in archive.entries]
    return any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names)


def _sheets(
    archive: Archive, book: _Book, relations: dict[str, _Relation], context: Context, tell: Tell
) -> list[Sheet]:
    parts: list[tuple[Sheet, Entry]] = []
    for name, state, key in book.sheets:
        relation = relations.get(key)
        if relation is None or relation.external:
            raise damaged("relation", part=name)
        if relation.kind == "worksheet":
            parts.append((Sheet(name, hidden=state != "visible"), _part(archive, relation.target)))
    entries = [entry.name for _, entry in parts]
    if len(set(entries)) != len(entries):
        raise damaged("relation", part=next(name for name in entries if entries.count(name) > 1))
    share = Share(sum(entry.size for _, entry in parts), tell)
    for sheet, entry in parts:
        read_sheet(share.watched(archive.chunks(entry)), entry.name, sheet, context)
    return [sheet for sheet, _ in parts]


def _part(archive: Archive, name: str) -> Entry:
    entry = archive.find(name)
    if entry is None:
        raise damaged("part_missing", part=name)
    return entry


def _workbook_part(archive: Archive) -> str:
    for relation in _relations(archive, "").values():
        if relation.kind == "officeDocument" and not relation.external:
            return relation.target
    raise damaged("no_workbook")


def _relations(archive: Archive, part: str) -> dict[str, _Relation]:
    """The relations of a part, of the package for ""; targets as names of parts."""
    folder, _, name = part.rpartition("/")
    entry = archive.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, _Relation] = {}
    if entry is None:
        return found

    def start(tag: str, pairs: list[str]) -> None:
        if local(tag) != "Relationship":
            return
        facts = attributes_of(pairs)
        external = facts.get("TargetMode", "").casefold() == "external"
        target = facts.get("Target", "")
        key = facts.get("Id", "")
        if key in found or len(found) >= MAX_RELATIONS:
            raise damaged("relation", part=entry.name)
        kind = facts.get("Type", "").rpartition("/")[2]
        found[key] = _Relation(kind, target if external else _resolved(folder, target), external)

    _walk(archive, entry, start)
    return found


def _resolved(folder: str, target: str) -> str:
    path = unquote(target)
    if not path.startswith("/"):
        path = posixpath.join("/", folder, path)
    return posixpath.normpath(path).lstrip("/")


def _walk(
    archive: Archive,
    entry: Entry,
    start: Callable[[str, list[str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parse a part that has no deep structure; towers of elements are refused."""
    depth = Depth(entry.name)

    def opened(tag: str, pairs: list[str]) -> None:
        depth.open()
        start(tag, pairs)

    def closed(tag: str) -> None:
        depth.close()
        if end is not None:
            end(tag)

    parse(archive.chunks(entry), entry.name, opened, closed, text)


def _read_book(archive: Archive, part: str) -> _Book:
    book = _Book()
    pieces: list[str] = []
    name = ""

    def start(tag: str, pairs: list[str]) -> None:
        nonlocal name
        facts = attributes_of(pairs)
        match local(tag):
            case "workbookPr":
                book.date_1904 = is_true(facts.get("date1904", ""))
            case "sheet":
                state = facts.get("state", "visible")
                book.sheets.append((facts.get("name", ""), state, facts.get("id", "")))
            case "externalReference":
                book.links.append(facts.get("id", ""))
            case "definedName":
                name = facts.get("name", "")
                pieces.clear()

    def end(tag: str) -> None:
        if local(tag) == "definedName":
            book.names.append((name, "".join(pieces)))
            if len(book.names) > MAX_NAMES:
                raise refused(
                    "F11", what="names", number=len(book.names), limit=MAX_NAMES, sheet=""
                )

    _walk(archive, _part(archive, part), start, end, pieces.append)
    _refuse_odd_sheets([name for name, _, _ in book.sheets])
    return book


def _refuse_odd_sheets(names: list[str]) -> None:
    if not names:
        raise damaged("no_sheets")
    if len(names) > MAX_SHEETS:
        raise refused("F11", what="sheets", number=len(names), limit=MAX_SHEETS)
    folded = [name.casefold() for name in names]
    if len(set(folded)) != len(folded) or any(
        not name or len(name) > MAX_SHEET_NAME for name in names
    ):
        raise damaged("sheet_names")


def _of_kind(archive: Archive, relations: dict[str, _Relation], kind: str) -> Entry | None:
    for relation in relations.values():
        if relation.kind == kind and not relation.external:
            return _part(archive, relation.target)
    return None


def _shared_strings(archive: Archive, relations: dict[str, _Relation]) -> list[str]:
    entry = _of_kind(archive, relations, "sharedStrings")
    return read_strings(archive.chunks(entry), entry.name) if entry else []


def _formats(archive: Archive, relations: dict[str, _Relation]) -> list[str]:
    """The format code of each cell style, in the order of the styles."""
    entry = _of_kind(archive, relations, "styles")
    codes = dict(BUILT_IN)
    styles: list[str] = []
    in_styles = False

    def start(tag: str, pairs: list[str]) -> None:
        nonlocal in_styles
        name = local(tag)
        if name == "numFmt":
            facts = attributes_of(pairs)
            if facts.get("numFmtId", "").isdecimal():
                codes[int(facts["numFmtId"][:9])] = plain(facts.get("formatCode", "")[:1000])
        elif name == "cellXfs":
            in_styles = True
        elif name == "xf" and in_styles:
            styles.append(attributes_of(pairs).get("numFmtId", "0"))
            if len(styles) > MAX_STYLES:
                raise refused("F11", what="styles", number=len(styles), limit=MAX_STYLES)

    def end(tag: str) -> None:
        nonlocal in_styles
        if local(tag) == "cellXfs":
            in_styles = False

    if entry is not None:
        _walk(archive, entry, start, end)
    return [codes.get(int(key[:9]), "") if key.isdecimal() else "" for key in styles]


def _link_name(archive: Archive, relation: _Relation | None) -> str:
    """The other workbook that an external link names: file name, or service and topic of a DDE."""
    if relation is None or relation.external:
        return "?"
    targets = [found.target for found in _relations(archive, relation.target).values()]
    text = unquote(targets[0]) if targets else ""
    name = text.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return (name or _conversation(archive, relation.target) or "?")[:200]


def _conversation(archive: Archive, part: str) -> str:
    """Service and topic of a DDE link, "" where the part is none."""
    entry = archive.find(part)
    said: list[str] = []

    def start(tag: str, pairs: list[str]) -> None:
        if local(tag) == "ddeLink":
            facts = attributes_of(pairs)
            said.append(f"{facts.get('ddeService', '')}|{facts.get('ddeTopic', '')}")

    if entry is not None:
        _walk(archive, entry, start)
    return said[0] if said else ""
