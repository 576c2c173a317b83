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
    """What is wrong, its places filled; ``more`` in args is a further sentence.

    Raises:
        ValueError: no such code, or another language.
    """
    if lang not in _SEVERITY_WORDS:
        raise ValueError(f"no language {lang!r}")
    entry = _entry(code)
    text = _filled(entry.message_vi if lang == "vi" else entry.message_en, args)
    more = args.get("more")
    return f"{text} {more}" if more and lang == "vi" else text


def fix(code: str, args: Mapping[str, object]) -> str:
    """What to do about it, in Vietnamese.

    Raises:
        ValueError: the catalogue has no such code.
    """
    return _filled(_entry(code).fix_vi, args)


def _filled(template: str, args: Mapping[str, object]) -> str:
    return _PLACE.sub(lambda place: shown(args.get(place[1], "")), template)


def shown(value: object) -> str:
    """A place's value as text: lists joined, numbers whole, cell text cut at 80 characters.

    Control signs become blanks. HTML is escaped where it is written, not here.
    """
    if isinstance(value, bool) or value is None:
        return str(value or "")
    if isinstance(value, (list, tuple)):
        return ", ".join(shown(part) for part in value)
    if isinstance(value, (int, float)):
        return _number(value)
    text = _CONTROL.sub(" ", str(value)).strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _number(value: float) -> str:
    """12.420,5: never rounded, so that two readings that differ look different."""
    exact = Decimal(repr(value))
    if not exact.is_finite() or abs(exact) >= Decimal("1e16"):
        return repr(value)
    text = f"{exact:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")
