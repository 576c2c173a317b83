"""Findings of the workbook intake in words: severity, message, what to do.

The catalogue is ``findings.csv``: one row a code, with its places in braces.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

CATALOGUE = Path(__file__).with_name("findings.csv")
ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)  # the worst first
LONGEST = 80

_PLACE = re.compile(r"\{(\w+)\}")
_SEVERITY_WORDS = {
    "vi": {ERROR: "Lỗi", WARNING: "Cảnh báo", NOTE: "Lưu ý"},
    "en": {ERROR: "Error", WARNING: "Warning", NOTE: "Note"},
}
_STATUS_PLACES = frozenset({"status", "old_status"})
_STATUS_EN = {"chính thức": "official", "sơ bộ": "preliminary", "ước tính": "estimate"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of the catalogue; ``when`` says when it is raised."""

    code: str
    severity: str
    group: str
    message_vi: str
    message_en: str
    when: str
    fix_vi: str
    fix_en: str


@cache
def catalogue() -> dict[str, Entry]:
    """Code -> entry, in the catalogue's order."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Entry(**row) for row in csv.DictReader(file)}


def _entry(code: str) -> Entry:
    entry = catalogue().get(code)
    if entry is None:
        raise ValueError(f"no finding {code!r}")
    return entry


def severity(code: str) -> str:
    """error, warning or note: it belongs to the code, never to the case.

    Raises:
        ValueError: the catalogue has no such code.
    """
    return _entry(code).severity


def severity_word(level: str, lang: str = "vi") -> str:
    """Lỗi, Cảnh báo, Lưu ý."""
    return _SEVERITY_WORDS[lang][level]


def message(code: str, args: Mapping[str, object], lang: str = "vi") -> str:
    """What is wrong, its places filled; ``more`` in args is a further sentence in Vietnamese.

    ``in_en`` in args holds those that are other words in English.

    Raises:
        ValueError: no such code, or another language.
    """
    entry = _entry(code)
    text = _filled(_of(lang, entry.message_vi, entry.message_en), args, lang)
    more = args.get("more")
    return f"{text} {more}" if more and lang == "vi" else text


def fix(code: str, args: Mapping[str, object], lang: str = "vi") -> str:
    """What to do about it. What is to be written into the workbook stays Vietnamese.

    Raises:
        ValueError: no such code, or another language.
    """
    entry = _entry(code)
    return _filled(_of(lang, entry.fix_vi, entry.fix_en), args, lang)


def _of(lang: str, vietnamese: str, english: str) -> str:
    if lang not in _SEVERITY_WORDS:
        raise ValueError(f"no language {lang!r}")
    return vietnamese if lang == "vi" else english


def _filled(template: str, args: Mapping[str, object], lang: str) -> str:
    given = args
    own = args.get("in_en")
    if lang == "en" and isinstance(own, Mapping):
        given = {**args, **own}

    def place(found: re.Match[str]) -> str:
        value = given.get(found[1], "")
        if lang == "en" and found[1] in _STATUS_PLACES:
            value = _STATUS_EN.get(str(value), value)
        return shown(value, lang)

    return _PLACE.sub(place, template)


def shown(value: object, lang: str = "vi") -> str:
    """A place's value as text: lists joined, numbers whole, cell text cut at 80 characters.

    Control signs become blanks. HTML is escaped where it is written, not here.
    """
    if isinstance(value, bool) or value is None:
        return str(value or "")
    if isinstance(value, (list, tuple)):
        return ", ".join(shown(part, lang) for part in value)
    if isinstance(value, (int, float)):
        return _number(value, lang)
    text = _CONTROL.sub(" ", str(value)).strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _number(value: float, lang: str) -> str:
    """12.420,5: never rounded, so that two readings that differ look different."""
    exact = Decimal(repr(value))
    if not exact.is_finite() or abs(exact) >= Decimal("1e16"):
        return repr(value)
    text = f"{exact:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if lang == "en" else text.replace(",", " ").replace(".", ",").replace(" ", ".")
