"""Which layout each sheet has, and the reading of all that have one."""

from __future__ import annotations

from collections.abc import Mapping

from .desk import Desk
from .grid import Sheet
from .headings import (
    PERIOD,
    SEARCHED_ROWS,
    VALUE,
    columns_seen,
    first_rows,
    shape_of,
    texts,
    wide_field_of,
)
from .long import LongReader
from .long_header import (
    TEMPLATE_SHEET,
    VERSION,
    Header,
    current_version,
    has_filled_row,
    header_of,
    tell_header,
    tell_unused,
    version_of,
)
from .result import SheetSeen
from .text import key
from .wide import WideReader, tell_wide_header
from .wide_columns import COMPARE, PLAN
from .wide_header import WideHeader, wide_header_of
from .wide_keys import may_head

TEMPLATE, LONG, WIDE, AREAS = "template", "long", "wide", "areas"
FINDINGS_SHEET = "Kết quả kiểm tra"
_NEVER_READ = frozenset({key("Hướng dẫn"), "_danhmuc", key(FINDINGS_SHEET)})
_MOST_TABLES = 50  # plain tables below each other on one sheet

Given = dict[int, Mapping[str, str]]  # row -> column letters -> field


def read_sheets(desk: Desk) -> None:
    """Read every visible sheet with a layout; say of hidden ones that they were not read."""
    for sheet in desk.book.sheets:
        if key(sheet.name) in _NEVER_READ:
            continue
        if sheet.hidden:
            _tell_hidden(desk, sheet)
        else:
            _read(desk, sheet)


def _given(desk: Desk, sheet: Sheet) -> Given:
    """Rows whose headings an officer has explained before."""
    mapping = desk.request.mapping
    if not mapping:
        return {}
    shapes = {row: shape_of(texts(cells).items()) for row, cells in first_rows(sheet)}
    return {row: mapping[shape] for row, shape in shapes.items() if shape in mapping}


def _tell_hidden(desk: Desk, sheet: Sheet) -> None:
    header = header_of(sheet)
    if header and header.is_whole:
        filled = has_filled_row(sheet, header)
    else:
        tables = wide_tables(desk, sheet, {})
        filled = any(
            WideReader(desk, sheet, table, until).has_filled_row() for table, until in tables
        )
    if filled:
        desk.out.add("S07", sheet.name, "", {"sheet": sheet.name})


def _read(desk: Desk, sheet: Sheet) -> None:
    given = _given(desk, sheet)
    header = header_of(sheet, given)
    _tell_version(desk, sheet)
    if header and header.is_whole:
        _read_long(desk, sheet, header, given)
        return
    is_plain = header is not None and bool({PERIOD, VALUE} & set(header.columns))
    tables = [] if is_plain else wide_tables(desk, sheet, given)
    if tables:
        _read_wide(desk, sheet, tables)
    elif header:
        _see(desk, sheet, "", header.row, header.columns)
        tell_header(desk, sheet, header)
    else:
        _see(desk, sheet, "", 0, {})
        _tell_unread(desk, sheet)
        if key(sheet.name) == key(TEMPLATE_SHEET):
            desk.out.add("S01", sheet.name, "", {"sheet": sheet.name})


def _read_long(desk: Desk, sheet: Sheet, header: Header, given: Given) -> None:
    version = version_of(sheet, desk.book.names)
    _see(desk, sheet, TEMPLATE if version else LONG, header.row, header.columns)
    table: Header | None = header
    for _ in range(_MOST_TABLES):
        if table is None or not tell_header(desk, sheet, table):
            return
        tell_unused(desk, sheet, table, given.get(table.row, {}))
        table = LongReader(desk, sheet, table, template=version is not None).read()


def _tell_version(desk: Desk, sheet: Sheet) -> None:
    """S05, also where headings are missing: an old template is often why."""
    version = version_of(sheet, desk.book.names)
    if version and version < current_version():
        found = f"SL-NHAP-{version[0]}.{version[1]}"
        desk.out.add("S05", sheet.name, "A2", {"found": found, "current": VERSION})


def wide_tables(desk: Desk, sheet: Sheet, given: Given) -> list[tuple[WideHeader, int]]:
    """The wide tables of a sheet with the rows at which the next ones begin, top to bottom."""
    found = _headers(desk, sheet, given)
    if not found and key(sheet.name) != key(TEMPLATE_SHEET):
        found = _guessed_header(desk, sheet)
    ends = [header.first for header in found[1:]] + [max(sheet.rows, default=0) + 1]
    return list(zip(found, ends, strict=False))


def _guessed_header(desk: Desk, sheet: Sheet) -> list[WideHeader]:
    """The first table whose name column has a heading that nobody knows, its names known."""
    for row, cells in first_rows(sheet):
        if may_head(cells, guess=True):
            header = wide_header_of(desk, sheet, row, 0, guess=True)
            if header and header.read:
                return [header]
    return []


def _headers(desk: Desk, sheet: Sheet, given: Given) -> list[WideHeader]:
    """The heading blocks whose key columns are called as they should be."""
    found: list[WideHeader] = []
    above = 0  # the last heading row so far
    for row, cells in sheet.rows.items():
        if row <= above:
            continue
        if not found and row > SEARCHED_ROWS:
            break
        explained = given.get(row)
        if not explained and not may_head(cells):
            continue
        header = wide_header_of(desk, sheet, row, above, explained)
        if header and found and found[-1].stands_again(sheet, header):
            found[-1].repeats.update(range(header.first, header.last + 1))
        elif header and (header.read or _names_other(header)):
            found.append(header)
        else:
            continue
        above = header.last
    return found


def _names_other(header: WideHeader) -> bool:
    """Whether areas stand down and periods across, but no indicator is named that we know."""
    return header.areas_down and any(column.period for column in header.columns)


def _read_wide(desk: Desk, sheet: Sheet, tables: list[tuple[WideHeader, int]]) -> None:
    first = tables[0][0]
    layout = AREAS if first.areas_down else WIDE
    fields = {column: name for name, column in first.keys.items()}
    for column in first.columns:
        fields[column.column] = column.kind
    heads = first.heads
    shape = shape_of(texts(sheet.rows.get(first.row, {})).items())
    seen = SheetSeen(
        sheet.name, layout, first.row, shape, columns_seen(sheet, first.row, heads, fields)
    )
    desk.sheets.append(seen)
    for header, until in tables:
        if not header.read:
            _tell_other(desk, sheet, header)
        elif not tell_wide_header(desk, sheet, header):
            return
        else:
            WideReader(desk, sheet, header, until).read()


def _tell_unread(desk: Desk, sheet: Sheet) -> None:
    """Why nothing is read of a table that has rows but no column whose period is known."""
    for row, cells in first_rows(sheet):
        if not may_head(cells):
            continue
        header = wide_header_of(desk, sheet, row, 0)
        kinds = {column.kind for column in header.columns} if header else set()
        if header and header.columns and not header.read:
            desk.undated = desk.undated or sheet.name
            if kinds & {PLAN, COMPARE}:
                tell_wide_header(desk, sheet, header)
            return


def _tell_other(desk: Desk, sheet: Sheet, header: WideHeader) -> None:
    """I06 for a table of areas whose title names no indicator of the register."""
    told = header.title.heading
    if told:
        desk.out.add("I06", sheet.name, told.cell, {"name": told.text})


def _see(desk: Desk, sheet: Sheet, layout: str, row: int, fields: Mapping[str, int]) -> None:
    """Keep what was made of a sheet, with its likeliest heading row where none was found."""
    candidates = [(at, texts(cells)) for at, cells in first_rows(sheet)]
    if not row and candidates:
        row = max(candidates, key=lambda pair: (len(pair[1]), -pair[0]))[0]
    heads = dict(candidates).get(row, {})
    names = {column: wide_field_of(text) for column, text in heads.items()}
    names |= {column: name for name, column in fields.items()}
    if len(heads) > 1:
        shape = shape_of(heads.items())
        seen = SheetSeen(sheet.name, layout, row, shape, columns_seen(sheet, row, heads, names))
        desk.sheets.append(seen)
