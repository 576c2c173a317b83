"""How sure a figure is said to be: chính thức, sơ bộ, ước tính, and their short forms."""

from __future__ import annotations

import re

from indicators.model import ESTIMATE, OFFICIAL, PRELIMINARY

from .text import fold, lower

_WORDS = {
    OFFICIAL: ("chính thức", "số chính thức", "ct", "thực hiện", "th"),
    PRELIMINARY: ("sơ bộ", "số sơ bộ", "sb"),
    ESTIMATE: (
        "ước tính", "số ước tính", "ut", "ước", "số ước", "ưth", "ước th", "ước thực hiện",
    ),
}  # fmt: skip
_STATUS = {word: status for status, words in _WORDS.items() for word in words}
SHOWN = {OFFICIAL: "chính thức", PRELIMINARY: "sơ bộ", ESTIMATE: "ước tính"}

_IN_TITLE = (
    (ESTIMATE, re.compile(r"\b(?:uoc|uth|u[. ]{1,2}th)\b")),
    (PRELIMINARY, re.compile(r"\bso bo\b")),
    (OFFICIAL, re.compile(r"\bchinh thuc\b")),
)
_IN_HEADING = (
    *_IN_TITLE[:2],
    (OFFICIAL, re.compile(r"\b(?:chinh thuc|thuc hien|th)\b")),
)


def of_cell(text: str) -> str | None:
    """The status that a status cell says; None where it is none of the known words."""
    return _STATUS.get(lower(text))


def in_heading(text: str) -> str:
    """The status that a column heading tells, "" where it tells none."""
    return _first(_IN_HEADING, text)


def in_title(text: str) -> str:
    """The status that a title tells: "Tình hình thực hiện" is no status there."""
    return _first(_IN_TITLE, text)


def _first(patterns: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> str:
    folded = fold(text)
    return next((status for status, pattern in patterns if pattern.search(folded)), "")
