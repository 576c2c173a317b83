"""What the cells of an XLSX hold: from type, style and text to a cell of the grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .cell_values import TextCells, number_cell, serial_day, unescaped
from .faults import damaged
from .grid import BOOL, DATE, ERROR, UNCALCULATED, Cell
from .xlsx_formulas import Links


@dataclass(slots=True)
class Context:
    """What the cells of all sheets refer to.

    strings: shared strings. formats: format code of each cell style.
    values: cells that are not blank, of all sheets read so far.
    """

    strings: Sequence[str] = ()
    formats: Sequence[str] = ()
    links: Links = field(default_factory=Links)
    date_1904: bool = False
    values: int = 0


def is_true(text: str) -> bool:
    """Whether an XML boolean says yes."""
    return text in ("1", "true", "on")


class Values:
    """Makes the cells of one sheet; a blank cell, styled or not, is None."""

    __slots__ = ("_context", "_part", "_shared_texts", "_texts")

    def __init__(self, context: Context, part: str) -> None:
        self._context = context
        self._part = part
        self._shared_texts: dict[tuple[str, str], Cell | None] = {}
        self._texts = TextCells()

    def stored(self, kind: str, style: str, value: str | None, inline: str | None) -> Cell | None:
        """The cell of a stored value, ``inline`` being the text that stands in the cell itself.

        Raises:
            Refused: F07, it points at a shared string that is not there.
        """
        if kind == "s":
            return None if value is None else self._shared_text(value, style)
        if kind == "inlineStr":
            text = value if inline is None else inline
            return None if text is None else self._text(unescaped(text), style)
        if value is None or not value.strip():
            return None
        return self._valued(kind, value, style, "")

    def computed(self, kind: str, style: str, value: str | None, link: str) -> Cell | None:
        """The cell of a formula with its saved result, UNCALCULATED without one.

        Raises:
            Refused: F07, it points at a shared string that is not there.
        """
        if value is None or (not value and kind != "str"):
            return Cell(UNCALCULATED, None, self._format(style), link)
        if kind == "s":
            return self._text(self._shared(value), style, link)
        return self._valued(kind, value, style, link)

    def number(self, value: str, style: str, link: str = "") -> Cell:
        """The cell of a number as the file spells it."""
        return number_cell(value, self._format(style), link, self._context.date_1904)

    def _valued(self, kind: str, value: str, style: str, link: str) -> Cell | None:
        if kind in ("", "n"):
            return self.number(value.strip(), style, link)
        code = self._format(style)
        if kind == "b":
            return Cell(BOOL, is_true(value.strip()), code, link)
        if kind == "e":
            return Cell(ERROR, value.strip(), code, link)
        if kind == "d" and (day := serial_day(value)) is not None:
            return Cell(DATE, day, code or "dd/mm/yyyy", link)
        return self._text(unescaped(value), style, link)

    def _shared_text(self, value: str, style: str) -> Cell | None:
        key = (value, style)
        if key not in self._shared_texts:
            self._shared_texts[key] = self._text(self._shared(value), style)
        return self._shared_texts[key]

    def _text(self, text: str, style: str, link: str = "") -> Cell | None:
        cell = self._texts.cell(text, self._format(style))
        return cell._replace(link=link) if link and cell is not None else cell

    def _shared(self, value: str) -> str:
        digits = value.strip()
        index = int(digits) if digits.isdecimal() and len(digits) < 10 else -1
        if not 0 <= index < len(self._context.strings):
            raise damaged("shared_string", part=self._part)
        return self._context.strings[index]

    def _format(self, style: str) -> str:
        index = int(style) if style.isdecimal() and len(style) < 10 else 0
        formats = self._context.formats
        return formats[index] if index < len(formats) else ""
