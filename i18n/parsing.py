"""Numbers that people type into a text field, and what was understood.

Both conventions are read where only one reading is possible; else nothing is read and both
readings are named. The rules are those of the workbook intake.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .numbers import number, scale_of
from .words import words

_SHAPE = re.compile(
    r"([-\u2212–]?)(\d[\d.,]*)(?: ?(nghìn|ngàn|triệu|tỷ|tỉ|thousand|million|billion))?"
)
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:\{mark}\d{{3}})+") for mark in ".,"}
_SCALE = {
    "nghìn": 1e3, "ngàn": 1e3, "thousand": 1e3,
    "triệu": 1e6, "million": 1e6,
    "tỷ": 1e9, "tỉ": 1e9, "billion": 1e9,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """What was understood of a typed number.

    value: None where nothing was read. echo: the sentence to show under the field, "" for an
    empty one. readings: both readings where the text has two.
    """

    value: float | None
    echo: str = ""
    readings: tuple[float, ...] = ()


def parse_number(text: str, lang: str = "vi", unit: str = "") -> Typed:
    """The number of a typed text: "12.420,5" and "12420.5" are both 12420.5.

    In Vietnamese "12.420" is 12420, but "12,420" is 12.42 or 12420: nothing is read (English
    mirrors it). Shares are not counted in thousands, so in "%" "84,375" is 84.375 and
    "73.400" has two readings. "9 triệu" is 9000000; in a unit that is itself a million or a
    billion of something only that word may be repeated ("6,9 tỷ" in "tỷ đồng"). The unit may
    be repeated behind the number.
    """
    _ = words(lang)
    plain = _plain(text, unit)
    if not plain:
        return Typed(None)
    found = _SHAPE.fullmatch(plain)
    readings = _readings(found[2], lang, unit) if found else ()
    factor = _factor(found[3], unit) if found else None
    if not found or not readings or factor is None:
        return Typed(None, _("entry.no_number", text=text.strip()))
    values = tuple((-1 if found[1] else 1) * round(r * factor, 6) for r in readings)
    shown = [number(value, 6, lang) for value in values]
    if len(values) > 1:
        echo = _("entry.two_readings", text=text.strip(), first=shown[0], second=shown[1])
        return Typed(None, echo, values)
    return Typed(values[0], _("entry.understood", value=shown[0]))


def _factor(word: str | None, unit: str) -> float | None:
    """What a scale word multiplies by: 1 where the unit holds it already; None: no telling."""
    if not word:
        return 1.0
    if scale_of(1e9, unit)[0] > 1.0:
        return _SCALE[word]
    return 1.0 if _SCALE[word] == _SCALE.get(unit.split(" ")[0].lower()) else None


def _plain(text: str, unit: str) -> str:
    """Without blanks at the ends and between digits, full-width signs and the unit."""
    plain = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    suffix = " ".join(unicodedata.normalize("NFKC", unit).lower().split())
    if suffix and plain.endswith(suffix):
        plain = plain[: -len(suffix)].rstrip()
    plain = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", plain)
    return re.sub(r"^([-\u2212–]) ", r"\1", plain)


def _readings(digits: str, lang: str, unit: str) -> tuple[float, ...]:
    """What the digits can mean: one number, two, or none."""
    group, point = ".," if lang == "vi" else ",."
    if digits[-1] in ".,":
        return ()
    if "." in digits and "," in digits:
        own = digits.rindex(point) > digits.rindex(group)
        return _both_marks(digits, *((group, point) if own else (point, group)))
    mark = group if group in digits else point
    if mark not in digits:
        return (float(digits),)
    if digits.count(mark) > 1:
        return (float(digits.replace(mark, "")),) if _GROUPED[mark].fullmatch(digits) else ()
    decimal = float(digits.replace(mark, "."))
    if digits[0] == "0" or not _GROUPED[mark].fullmatch(digits):
        return (decimal,)
    thousands = float(digits.replace(mark, ""))
    if mark == group:
        return (decimal, thousands) if unit == "%" else (thousands,)
    return (decimal,) if unit == "%" else (decimal, thousands)


def _both_marks(digits: str, group: str, point: str) -> tuple[float, ...]:
    whole, _, decimals = digits.rpartition(point)
    if not decimals.isdigit() or not _GROUPED[group].fullmatch(whole):
        return ()
    return (float(f"{whole.replace(group, '')}.{decimals}"),)
