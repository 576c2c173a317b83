"""What the cells of an ODS hold: from value type, attributes and shown text to a cell."""

from __future__ import annotations

import re
from urllib.parse import unquote

from .cell_values import TextCells, is_blank, number_cell, serial_day
from .grid import BOOL, DATE, ERROR, UNCALCULATED, Cell
from .ods_formats import TABLE, Styles
from .xml_parts import SEPARATOR

_OFFICE = f"urn:oasis:names:tc:opendocument:xmlns:office:1.0{SEPARATOR}"
_CALC = f"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0{SEPARATOR}"
_BOOLEAN_VALUE = _OFFICE + "boolean-value"
_CALC_VALUE_TYPE = _CALC + "value-type"
_DATE_VALUE = _OFFICE + "date-value"
_FORMULA = TABLE + "formula"
_STRING_VALUE = _OFFICE + "string-value"
_STYLE_NAME = TABLE + "style-name"
_TIME_VALUE = _OFFICE + "time-value"
_VALUE = _OFFICE + "value"
_VALUE_TYPE = _OFFICE + "value-type"
_OUTSIDE = re.compile(r"'(?:file|https?|ftp|smb):[^']{0,2000}?([^'/\\]*)'#", re.IGNORECASE)
_TIME = re.compile(r"-?PT(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d*)?)S)?")


class CellValues:
    """Makes the cells of one document; a blank cell, styled or not, is None."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._texts = TextCells()

    def cell(self, facts: dict[str, str], shown: str, style: str) -> Cell | None:
        """The cell with these attributes, whose text is shown; what is no value stays text."""
        kind = facts.get(_VALUE_TYPE, "")
        formula = facts.get(_FORMULA, "")
        link = _outside(formula)
        code = self._styles.code(style)
        if facts.get(_CALC_VALUE_TYPE) == "error":
            return Cell(ERROR, shown.strip(), code, link)
        if kind == "boolean":
            return Cell(BOOL, facts.get(_BOOLEAN_VALUE) == "true", code, link)
        found = _measured(facts, kind, code, link)
        if found is not None:
            return found
        if formula and not kind and is_blank(shown):
            return Cell(UNCALCULATED, None, code, link)
        cell = self._texts.cell(shown or facts.get(_STRING_VALUE, ""), code)
        return cell._replace(link=link) if link and cell is not None else cell


def _measured(facts: dict[str, str], kind: str, code: str, link: str) -> Cell | None:
    """The cell of a number, a day or a time; None where there is none."""
    if kind in ("float", "percentage", "currency"):
        spelled = facts.get(_VALUE, "").strip()
        if kind == "percentage" and "%" not in code:
            code = "0%"
        return number_cell(spelled, code, link) if spelled else None
    if kind == "date":
        day = serial_day(facts.get(_DATE_VALUE, ""))
        return None if day is None else Cell(DATE, day, code or "dd/mm/yyyy", link)
    found = _TIME.fullmatch(facts.get(_TIME_VALUE, "")) if kind == "time" else None
    if found is None:
        return None
    hours, minutes = int(found[1] or 0), int(found[2] or 0)
    seconds = float((found[3] or "0").replace(",", "."))
    return Cell(DATE, (hours * 3600 + minutes * 60 + seconds) / 86400, code or "h:mm", link)


def _outside(formula: str) -> str:
    """The other file that a formula reads from, "" for none."""
    found = _OUTSIDE.search(formula[:10_000]) if "'#" in formula else None
    return unquote(found[1])[:200] if found else ""
