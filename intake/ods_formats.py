"""Styles of an OpenDocument sheet: number formats as Excel codes, sheets that are hidden."""

from __future__ import annotations

from .faults import refused
from .limits import MAX_STYLES
from .xml_parts import SEPARATOR

_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
NUMBER = f"{_OPEN}datastyle:1.0{SEPARATOR}"
STYLE = f"{_OPEN}style:1.0{SEPARATOR}"
TABLE = f"{_OPEN}table:1.0{SEPARATOR}"

_DATA_STYLES = {
    NUMBER + kind
    for kind in (
        "number-style", "percentage-style", "currency-style", "date-style", "time-style",
        "boolean-style", "text-style",
    )
}  # fmt: skip
_DATE_PARTS = {
    NUMBER + "day": ("d", "dd"),
    NUMBER + "month": ("m", "mm"),
    NUMBER + "year": ("yy", "yyyy"),
    NUMBER + "hours": ("h", "hh"),
    NUMBER + "minutes": ("m", "mm"),
    NUMBER + "seconds": ("s", "ss"),
    NUMBER + "day-of-week": ("ddd", "dddd"),
}
_GENERATIONS = 8
_BARE = "/-:. ,%"


class Styles:
    """Gathers styles from the parts of a document, in the order in which they come."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._cell_styles: dict[str, tuple[str, str]] = {}
        self._hidden_tables: set[str] = set()
        self._data_style = ""
        self._pieces: list[str] = []
        self._text: list[str] | None = None
        self._table_style = ""

    def start(self, name: str, facts: dict[str, str]) -> None:
        """A tag of styles opens; others do nothing."""
        if name in _DATA_STYLES:
            self._data_style, self._pieces = facts.get(STYLE + "name", ""), []
        elif name == STYLE + "style":
            self._start_style(facts)
        elif name == STYLE + "table-properties":
            if self._table_style and facts.get(TABLE + "display") == "false":
                self._hidden_tables.add(self._table_style)
        elif self._data_style:
            self._start_part(name, facts)

    def end(self, name: str) -> None:
        """A tag closes."""
        if name in _DATA_STYLES:
            self._codes[self._data_style] = "".join(self._pieces)
            self._data_style = ""
        elif name == NUMBER + "text" and self._text is not None:
            text = "".join(self._text).replace("\xa0", " ")
            bare = all(sign in _BARE for sign in text)
            self._pieces.append(text if bare else '"' + text.replace('"', "") + '"')
            self._text = None
        elif name == STYLE + "style":
            self._table_style = ""

    def text(self, data: str) -> None:
        """Text between tags."""
        if self._text is not None:
            self._text.append(data)

    def code(self, style: str) -> str:
        """The number format of a cell style, "" for none; parents are followed."""
        for _ in range(_GENERATIONS):
            if style not in self._cell_styles:
                return ""
            data_style, parent = self._cell_styles[style]
            if data_style:
                return self._codes.get(data_style, "")
            style = parent
        return ""

    def hides(self, style: str) -> bool:
        """Whether a table style hides its sheet."""
        return style in self._hidden_tables

    def _start_style(self, facts: dict[str, str]) -> None:
        name, family = facts.get(STYLE + "name", ""), facts.get(STYLE + "family", "")
        if family == "table-cell":
            self._cell_styles[name] = (
                facts.get(STYLE + "data-style-name", ""),
                facts.get(STYLE + "parent-style-name", ""),
            )
            if len(self._cell_styles) > MAX_STYLES:
                number = len(self._cell_styles)
                raise refused("F11", what="styles", number=number, limit=MAX_STYLES)
        self._table_style = name if family == "table" else ""

    def _start_part(self, name: str, facts: dict[str, str]) -> None:
        if name in _DATE_PARTS:
            short, long = _DATE_PARTS[name]
            code = long if facts.get(NUMBER + "style") == "long" else short
            if facts.get(NUMBER + "textual") == "true":
                code = "mmmm" if len(code) == 2 else "mmm"
            self._pieces.append(code)
        elif name == NUMBER + "number":
            places = facts.get(NUMBER + "decimal-places", "0")
            decimals = min(int(places), 20) if places.isdecimal() and len(places) < 4 else 0
            whole = "#,##0" if facts.get(NUMBER + "grouping") == "true" else "0"
            self._pieces.append(whole + ("." + "0" * decimals if decimals else ""))
        elif name == NUMBER + "text":
            self._text = []
