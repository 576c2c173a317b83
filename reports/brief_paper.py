"""A sheet of A4 in Word: paragraphs, tables and pictures, with the room that is left on the page.

Letters, sizes and margins: Nghị định 30/2020/NĐ-CP, Phụ lục I. Heights are reckoned with wider
letters than Times New Roman has, so that what fits here fits on paper.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from charts.framed import wrapped
from charts.palette import palette
from charts.shapes import drawn

from .pictures import png

FONT = "Times New Roman"
TITLE, BODY, CELL, SMALL = 14, 13, 11, 11
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 22.0, 20.0, 30.0, 15.0
WIDTH_MM, HEIGHT_MM = 210 - LEFT_MM - RIGHT_MM, 297 - TOP_MM - BOTTOM_MM
CELL_SIDES = 10.8  # points of white at both sides of a cell together
CELL_MM, HEADING_MM = 0.9, 9.5
_SLACK_MM = 10.0  # of each page, for what one program sets wider than another
_AFTER_PT, _MARK_MM = 4, 3.1
_WIDER = 1.05  # so much wider than Times New Roman ``wrapped`` takes letters to be
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKS = {True: "circle_tick", False: "dot_hollow"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its width, whether it holds numbers, which stand at the right."""

    title: str
    width_mm: float
    numbers: bool = False


def points(mm: float) -> float:
    """Millimetres as points."""
    return mm / 25.4 * 72


def line_mm(size: float) -> float:
    """Height of one line."""
    return size * 1.17 / 72 * 25.4


def text_mm(text: str, size: float) -> float:
    """Height of a paragraph over the whole width, with the white after it."""
    return len(lines(text, WIDTH_MM, size)) * line_mm(size) + _AFTER_PT / 72 * 25.4


def row_mm(texts: Sequence[str], columns: Sequence[Column]) -> float:
    """Height of a row of a table."""
    room = CELL_SIDES / 72 * 25.4
    deepest = max(
        len(lines(text, column.width_mm - room, CELL))
        for text, column in zip(texts, columns, strict=True)
    )
    return deepest * line_mm(CELL) + CELL_MM


def lines(text: str, width_mm: float, size: float) -> list[str]:
    """The text as it is broken into lines, rather into too many than too few; one at least."""
    return wrapped(text, points(width_mm) * _WIDER, size) or [""]


def in_xml(text: str) -> str:
    """The text without signs that no XML can hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


class Paper:
    """The document while it is written; ``left_mm`` is the room left on the page."""

    def __init__(self, mark: str, lang: str) -> None:
        """An empty page; the mark stands in the top margin of each page."""
        self.document = Document()
        self.left_mm = HEIGHT_MM - _SLACK_MM
        self._break_next = False
        self._style(lang)
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
        section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
        section.header_distance, section.footer_distance = Mm(7), Mm(8)
        section.different_first_page_header_footer = True
        _marked(section.first_page_header.paragraphs[0], mark)
        number = section.header.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(number, "PAGE")
        _marked(section.header.add_paragraph(), mark)
        self._marks = {reached: _mark(shape) for reached, shape in _MARKS.items()}

    def properties(self, title: str, author: str, made: datetime) -> None:
        """What the file says of itself; made: no clock is read here."""
        found = self.document.core_properties
        most = 255  # signs that a property can hold
        found.title, found.author = in_xml(title)[:most], in_xml(author)[:most]
        found.last_modified_by = ""
        found.created = found.modified = made
        found.comments = ""

    def _style(self, lang: str) -> None:
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(BODY)
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(name), FONT)
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), "vi-VN" if lang == "vi" else "en-GB")
        properties.append(spoken)
        style.paragraph_format.space_after = Pt(_AFTER_PT)
        style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.line_spacing = 1.0

    def title(self, kind: str, name: str) -> None:
        """What kind of paper it is and its name, in the middle, a rule below."""
        for text in (kind, name):
            self._used(text, TITLE)
            self._written(text, TITLE, bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
        rule = self.document.add_paragraph()
        rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(60)
        rule.paragraph_format.line_spacing = Pt(4)
        _ruled(rule)
        self.left_mm -= 3

    def heading(self, text: str) -> None:
        """A heading that stays with what follows."""
        self.left_mm -= HEADING_MM
        one = self._written(text, BODY, bold=True)
        one.paragraph_format.space_before, one.paragraph_format.keep_with_next = Pt(4), True

    def text(
        self,
        text: str,
        size: float = BODY,
        *,
        bold: bool = False,
        slanted: bool = False,
        middle: bool = False,
    ) -> None:
        """A paragraph."""
        self._used(text, size)
        one = self._written(text, size, bold=bold, slanted=slanted)
        justified = WD_ALIGN_PARAGRAPH.CENTER if middle else WD_ALIGN_PARAGRAPH.JUSTIFY
        one.alignment = justified

    def item(self, text: str) -> None:
        """One of several, with a dash, as Vietnamese documents list them."""
        self.text(f"- {text}")

    def picture(self, picture: bytes, width_mm: float, height_mm: float, alt: str) -> None:
        """A picture in the middle; alt: what it shows, for who cannot see it."""
        self.left_mm -= height_mm + line_mm(BODY) / 2
        one = self._paragraph()
        one.alignment, one.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
        shown = one.add_run().add_picture(io.BytesIO(picture), Mm(width_mm), Mm(height_mm))
        shown._inline.docPr.set("descr", in_xml(alt))

    def next_page(self) -> None:
        """What follows stands on a new page."""
        self._break_next = True
        self.left_mm = HEIGHT_MM - _SLACK_MM

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        reached: Sequence[bool | None],
    ) -> None:
        """A table with rules; before the last cell of a row its mark, where it has one."""
        made = self.document.add_table(1 + len(rows), len(columns), style="Table Grid")
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, there in zip(columns, made.columns, strict=True):
            there.width = Mm(column.width_mm)
        _repeated(made.rows[0])
        for column, cell in zip(columns, made.rows[0].cells, strict=True):
            self._cell(cell, column, column.title, head=True)
        for line, texts, mark in zip(made.rows[1:], rows, reached, strict=True):
            _whole(line)
            for place, (column, text) in enumerate(zip(columns, texts, strict=True)):
                last = place == len(columns) - 1
                cell = line.cells[place]
                self._cell(
                    cell, column, text, self._marks[mark] if last and mark is not None else b""
                )
        after = self.document.add_paragraph()
        after.paragraph_format.line_spacing = Pt(4)
        self.left_mm -= self._table_mm(columns, rows)

    def _cell(
        self, cell: _Cell, column: Column, text: str, mark: bytes = b"", *, head: bool = False
    ) -> None:
        cell.width = Mm(column.width_mm)
        one = cell.paragraphs[0]
        one.paragraph_format.space_after = Pt(0)
        if head:
            one.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif column.numbers:
            one.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if mark:
            shown = one.add_run().add_picture(io.BytesIO(mark), Mm(_MARK_MM))
            shown._inline.docPr.set("descr", "")
            text = f" {text}"
        run = one.add_run(in_xml(text))
        run.font.size, run.font.bold = Pt(CELL), head

    def _table_mm(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> float:
        return sum(row_mm(texts, columns) for texts in ([c.title for c in columns], *rows)) + 1.5

    def _written(
        self, text: str, size: float, *, bold: bool = False, slanted: bool = False
    ) -> Paragraph:
        one = self._paragraph()
        run = one.add_run(in_xml(text))
        run.font.size, run.font.bold, run.font.italic = Pt(size), bold, slanted
        return one

    def _paragraph(self) -> Paragraph:
        one = self.document.add_paragraph()
        one.paragraph_format.page_break_before = self._break_next or None
        self._break_next = False
        return one

    def _used(self, text: str, size: float) -> None:
        self.left_mm -= text_mm(text, size)


def _marked(one: Paragraph, mark: str) -> None:
    one.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = one.add_run(in_xml(mark))
    run.font.size, run.font.bold = Pt(SMALL), True


def _field(one: Paragraph, code: str) -> None:
    """A field that Word fills, as the page's number."""
    run = one.add_run()
    run.font.size = Pt(BODY)
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)


def _ruled(one: Paragraph) -> None:
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = one._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _repeated(row: _Row) -> None:
    _of_row(row, "w:cantSplit", "w:tblHeader")


def _whole(row: _Row) -> None:
    _of_row(row, "w:cantSplit")


def _of_row(row: _Row, *names: str) -> None:
    properties = row._tr.get_or_add_trPr()
    for name in names:
        properties.append(OxmlElement(name))


def _mark(shape: str) -> bytes:
    colours = palette("paper")
    inner = drawn(shape, colours["ink"], colours["page"])
    box = 'xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"'
    return png(f"<svg {box}>{inner}</svg>", _MARK_MM / 10)
