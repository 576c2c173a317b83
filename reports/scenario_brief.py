"""A scenario as a brief of two pages in Word: what is assumed and found, then chart and meaning.

An internal paper: the sheet, margins and letters of Nghị định 30/2020/NĐ-CP, Phụ lục I, without
the head and foot of an issued document, since no office issues a trial sum. However many targets a
scenario has, it stays at two pages: rows are taken as long as there is room, the rest is counted.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from . import brief_paper as paper
from .brief_paper import Column, Paper

_BODY, _CELL, _SMALL = paper.BODY, paper.CELL, paper.SMALL
_RESULTS_SHARE = 0.55  # of the room for both tables of the first page
_TAKES_MM, _LEAST_ROWS = 52.0, 2
_PICTURE_MM = 84.0
_NOTE_LINES, _CAPTION_LINES, _FACT_LINES = 3, 3, 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; reached: what mark its last cell has, None for no mark."""

    cells: tuple[str, ...]
    reached: bool | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Heading, columns, rows in their order; more: the line that counts rows left out."""

    heading: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    more: Callable[[Sequence[Row]], str]


@dataclass(frozen=True, slots=True)
class Brief:
    """What the brief says, in words of one language.

    mark: on every page. sentences: what comes out, the first in bold. takes: heading and what
    each target takes. apart: how it differs from the official path, ``apart_says`` in a sentence.
    picture: PNG of the chart, with its width by height; caption: what it shows. facts: day of
    the data, seed, author. made: time of the data, for the file's properties.
    """

    mark: str
    kind: str
    name: str
    sentences: Sequence[str]
    note: str
    assumptions: Table
    results: Table
    takes_heading: str
    takes: Sequence[str]
    apart: Table
    apart_says: str
    facts: Sequence[str]
    author: str
    made: datetime
    lang: str = "vi"
    picture: bytes = b""
    ratio: float = 2.0
    caption: str = ""
    alt: str = ""


def render(brief: Brief) -> bytes:
    """The bytes of the Word file: two pages of A4."""
    sheet = Paper(brief.mark, brief.lang)
    sheet.properties(brief.name, brief.author, brief.made)
    _first_page(sheet, brief)
    sheet.next_page()
    _second_page(sheet, brief)
    out = io.BytesIO()
    sheet.document.save(out)
    return out.getvalue()


def _first_page(sheet: Paper, brief: Brief) -> None:
    sheet.title(brief.kind, brief.name)
    for place, text in enumerate(brief.sentences):
        sheet.text(text, bold=not place)
    if brief.note:
        sheet.text(shortened(brief.note, _NOTE_LINES, _SMALL), size=_SMALL)
    both = sheet.left_mm - 2 * (paper.HEADING_MM + 2 * paper.line_mm(_SMALL))
    results = fitting(brief.results, both * _RESULTS_SHARE)
    used = sum(paper.row_mm(row.cells, brief.results.columns) for row in results)
    rows = fitting(brief.assumptions, both - used - paper.line_mm(_CELL))
    _table(sheet, brief.assumptions, rows)
    _table(sheet, brief.results, results)


def _second_page(sheet: Paper, brief: Brief) -> None:
    if brief.picture:
        width = min(paper.WIDTH_MM, _PICTURE_MM * brief.ratio)
        sheet.picture(brief.picture, width, width / brief.ratio, brief.alt)
        sheet.text(shortened(brief.caption, _CAPTION_LINES, _SMALL), size=_SMALL, middle=True)
    facts = [shortened(text, _FACT_LINES, _SMALL) for text in brief.facts]
    kept = sum(paper.text_mm(text, _SMALL) for text in facts) + paper.HEADING_MM
    sheet.heading(brief.takes_heading)
    table = sum(paper.row_mm(row.cells, brief.apart.columns) for row in brief.apart.rows)
    others = kept + table + paper.text_mm(brief.apart_says, _BODY) + 2 * paper.HEADING_MM
    for text in _as_room(
        brief.takes, max(min(_TAKES_MM, sheet.left_mm / 2), sheet.left_mm - others)
    ):
        sheet.item(text)
    sheet.heading(brief.apart.heading)
    if brief.apart_says:
        sheet.text(brief.apart_says)
    if brief.apart.rows:
        rows = fitting(brief.apart, sheet.left_mm - kept - 2 * paper.line_mm(_SMALL))
        _table(sheet, brief.apart, rows, headed=False)
    for text in facts:
        sheet.text(text, size=_SMALL, slanted=True)


def _table(sheet: Paper, table: Table, rows: Sequence[Row], *, headed: bool = True) -> None:
    if headed:
        sheet.heading(table.heading)
    lines = [row.cells for row in rows]
    sheet.table(table.columns, lines, [row.reached for row in rows])
    left = table.rows[len(rows) :]
    if left:
        sheet.text(table.more(left), size=_SMALL)


def fitting(table: Table, room_mm: float) -> Sequence[Row]:
    """The first rows that have room together with the table's head; two at least."""
    left = room_mm - paper.row_mm([c.title for c in table.columns], table.columns)
    count = 0
    for row in table.rows:
        left -= paper.row_mm(row.cells, table.columns)
        if left < 0 and count >= _LEAST_ROWS:
            break
        count += 1
    return table.rows[:count]


def _as_room(texts: Sequence[str], room_mm: float) -> Sequence[str]:
    count = 0
    for text in texts:
        room_mm -= paper.text_mm(text, _BODY)
        if room_mm < 0 and count:
            break
        count += 1
    return texts[:count]


def shortened(text: str, lines: int, size: float) -> str:
    """The text, cut to so many lines of the page where it is longer."""
    found = paper.lines(" ".join(text.split()), paper.WIDTH_MM, size)
    if len(found) <= lines:
        return " ".join(found)
    return " ".join(found[:lines]).rstrip(" ,;.") + " …"
