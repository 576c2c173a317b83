"""Headings that are known by name, and the key by which a set of headings is remembered."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from itertools import islice

from .cells import brief, is_blank, letters, said
from .grid import Cell, Sheet
from .result import ColumnSeen
from .text import fold, plain, words_only

CODE, NAME, UNIT, PERIOD, AREA = "code", "name", "unit", "period", "area"
VALUE, STATUS, SOURCE, NOTE = "value", "status", "source", "note"
NUMBERING, AREA_CODE, IGNORE = "numbering", "area_code", "ignore"

FIELDS = (CODE, NAME, UNIT, PERIOD, AREA, VALUE, STATUS, SOURCE, NOTE, AREA_CODE)
HEAD = {
    CODE: "Mã chỉ tiêu",
    NAME: "Tên chỉ tiêu",
    UNIT: "Đơn vị tính",
    PERIOD: "Kỳ báo cáo",
    AREA: "Địa bàn",
    VALUE: "Giá trị",
    STATUS: "Trạng thái",
    SOURCE: "Nguồn",
    NOTE: "Ghi chú",
}
"""The official template's headings, in its order."""

SEARCHED_ROWS = 30
_MOST_SEEN = 60
_SAMPLE = 3
_LABEL = re.compile(r"\(?(?:[a-zđ]|\d{1,2})\)?")

_VARIANTS = {
    CODE: ("ma chi tieu", "ma", "ma ct", "ma so chi tieu"),
    NAME: ("ten chi tieu", "chi tieu"),
    UNIT: ("don vi tinh", "dvt", "don vi", "d v t"),
    PERIOD: ("ky bao cao", "ky"),
    AREA: ("dia ban", "xa phuong", "phuong xa", "xa", "phuong"),
    AREA_CODE: ("ma dia ban", "ma xa phuong", "ma xa", "ma phuong", "ma don vi hanh chinh"),
    VALUE: ("gia tri", "gia tri thuc hien"),
    STATUS: ("trang thai", "trang thai so lieu"),
    SOURCE: ("nguon", "nguon so lieu"),
    NOTE: ("ghi chu",),
    NUMBERING: ("stt", "tt", "so tt", "so thu tu"),
}
_FIELD = {variant: field for field, variants in _VARIANTS.items() for variant in variants}

_WIDE_NAMES = frozenset({
    "chi tieu", "ten chi tieu", "cac chi tieu", "chi tieu chu yeu", "ten cac chi tieu",
    "danh muc chi tieu", "noi dung", "noi dung chi tieu", "ten", "chi tieu thong ke",
    "cac chi tieu chu yeu", "ten chi tieu thong ke", "chi so",
})  # fmt: skip
_WIDE_AREAS = frozenset({
    "xa phuong", "phuong xa", "xa", "phuong", "dia ban", "dia phuong", "ten xa", "ten phuong",
    "ten xa phuong", "don vi hanh chinh", "xa phuong thi tran", "ten don vi hanh chinh",
    "ten dia ban", "ten dia phuong", "ten don vi", "cac xa phuong", "cac phuong", "cac xa",
})  # fmt: skip


def field_of(text: str) -> str:
    """What a heading of a plain table names, "" where it is not known."""
    return _FIELD.get(words_only(text), "")


def wide_field_of(text: str) -> str:
    """What a key column's heading of a wide table names, "" where it is not known."""
    bare = words_only(text)
    if bare in _WIDE_NAMES:
        return NAME
    if bare in _WIDE_AREAS:
        return AREA
    known = _FIELD.get(bare, "")
    return known if known in (CODE, UNIT, NOTE, SOURCE, NUMBERING, AREA_CODE) else ""


def texts(cells: dict[int, Cell]) -> dict[int, str]:
    """Column -> what a heading cell says, blank ones left out."""
    found = ((column, brief(cell)) for column, cell in cells.items())
    return {column: text for column, text in found if text}


def is_label(cell: Cell | None) -> bool:
    """Whether a cell only numbers its column: A, B, 1, (2), 4=3/1."""
    mark = fold(plain(said(cell)))
    return bool(_LABEL.fullmatch(mark)) or "=" in mark


def is_label_row(cells: Mapping[int, Cell], first: int) -> bool:
    """Whether a row only numbers the columns, the key column ``first`` among them."""
    return is_label(cells.get(first)) and all(
        is_label(cell) or is_blank(cell) for cell in cells.values()
    )


def first_rows(sheet: Sheet) -> list[tuple[int, dict[int, Cell]]]:
    """The rows among the first thirty that hold something."""
    found = []
    for row, cells in sheet.rows.items():
        if row > SEARCHED_ROWS:
            break
        found.append((row, cells))
    return found


def shape_of(heads: Iterable[tuple[int, str]]) -> str:
    """A short key that every sheet with the same headings in the same columns has."""
    text = "|".join(f"{letters(column)}:{fold(head)}" for column, head in heads)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def columns_seen(
    sheet: Sheet, row: int, heads: dict[int, str], fields: dict[int, str]
) -> tuple[ColumnSeen, ...]:
    """Each heading of a row with what it was taken for, as long as the list is of use."""
    below = [cells for at, cells in islice(sheet.rows.items(), row + _SAMPLE) if at > row][:_SAMPLE]
    return tuple(
        ColumnSeen(
            letters(column),
            heads[column][:80],
            fields.get(column, ""),
            " · ".join(text for cells in below if (text := plain(said(cells.get(column)))[:30])),
        )
        for column in sorted(heads)[:_MOST_SEEN]
    )
