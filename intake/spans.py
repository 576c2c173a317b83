"""Reporting periods as people write them, in a cell of their own or inside a heading."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from indicators import periods
from indicators.periods import MONTH, QUARTER, Period

from .dates import SHIFT_1904, day_of, shown_parts
from .text import fold, plain_dashes

FIRST_YEAR, LAST_YEAR = 1900, 2100

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?P<y>(?:19|20|21)\d\d)"
_OF_YEAR = rf"[ ,]*(?:[/-] ?)?(?:cua )?(?:nam )?{_YEAR}"
_QUARTER_NO = r"(?P<q>iv|iii|ii|i|[1-4])"


def _month(year: int, number: int) -> Period | None:
    return Period(year, MONTH, number, number) if 1 <= number <= 12 else None


def _quarter(year: int, number: int) -> Period:
    return Period(year, QUARTER, number * 3 - 2, number * 3)


def _running(year: int, months: int) -> Period | None:
    return periods.from_january(year, months) if 1 <= months <= 12 else None


def _months(found: re.Match[str]) -> Period | None:
    number, year = int(found["n"]), int(found["y"])
    if found["side"] and "cuoi" in found["side"]:
        return periods.half_year(year, 2) if number == 6 else None
    return _running(year, number)


_Maker = Callable[[re.Match[str]], "Period | None"]
_FORMS: tuple[tuple[re.Pattern[str], _Maker], ...] = tuple(
    (re.compile(form), maker)
    for form, maker in (
        (rf"(?:ca )?(?:nam )?{_YEAR}", lambda m: periods.whole_year(int(m["y"]))),
        (rf"{_YEAR} ?[-/]? ?h(?P<h>[12])", lambda m: periods.half_year(int(m["y"]), int(m["h"]))),
        (rf"h(?P<h>[12]) ?[-/]? ?{_YEAR}", lambda m: periods.half_year(int(m["y"]), int(m["h"]))),
        (rf"{_YEAR} ?[-/]? ?q(?P<q>[1-4])", lambda m: _quarter(int(m["y"]), int(m["q"]))),
        (rf"{_YEAR} ?[-/] ?(?P<n>\d\d?)", lambda m: _month(int(m["y"]), int(m["n"]))),
        (rf"{_YEAR} ?[-/] ?(?P<n>\d\d?)m", lambda m: _running(int(m["y"]), int(m["n"]))),
        (
            rf"(?P<n>\d\d?) ?(?:thang|t\b)(?P<side>(?: dau| cuoi)(?: nam)?)?{_OF_YEAR}",
            _months,
        ),
        (rf"(?P<n>\d\d?)t(?P<side>){_YEAR}", _months),
        (
            rf"(?:quy|qui|q)[ .]?{_QUARTER_NO}{_OF_YEAR}",
            lambda m: _quarter(int(m["y"]), _number(m["q"])),
        ),
        (rf"(?:thang|t)[ .]?(?P<n>\d\d?){_OF_YEAR}", lambda m: _month(int(m["y"]), int(m["n"]))),
        (rf"(?P<n>\d\d?) ?[/-] ?{_YEAR}", lambda m: _month(int(m["y"]), int(m["n"]))),
    )
)


def _number(text: str) -> int:
    return _ROMAN.get(text) or int(text)


@lru_cache(maxsize=8192)
def of_cell(text: str) -> Period | None:
    """The period that a period cell names; None where it is blank or not understood.

    Terms and ranges of years are not understood.
    """
    bare = _bare(text)
    for form, make in _FORMS:
        found = form.fullmatch(bare)
        if found:
            return make(found)
    return None


def of_year_number(value: float) -> Period | None:
    """The year of a number cell; None where it is no year."""
    whole = value == value and value % 1 == 0 and FIRST_YEAR <= value <= LAST_YEAR
    return periods.whole_year(int(value)) if whole else None


def of_date(serial: float, number_format: str, *, date_1904: bool) -> Period | None:
    """The period that a date cell can only mean; None where it may be several.

    A serial from 1900 to 2100 is a year that Excel made a date of, whatever its format shows.
    """
    typed = serial - SHIFT_1904 if date_1904 else serial
    year = of_year_number(float(int(typed)))
    if year is not None:
        return year
    day, shown = day_of(serial), shown_parts(number_format)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    if shown == {"y"}:
        return periods.whole_year(day.year)
    return _month(day.year, day.month) if shown == {"y", "m"} else None


@dataclass(frozen=True, slots=True)
class Mention:
    """What a heading or title says of a period.

    year: the one year it names, None where it names none. part: H1, Q3, 05, 9M; "" for the
    whole year; None where it says neither. doubtful: it names several years or parts, so that
    it is no period.
    """

    year: int | None = None
    part: str | None = None
    doubtful: bool = False


_YEARS = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_DAYS = re.compile(r"(?:ngay )?\b\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:19|20|21)\d\d")
_WRITTEN_DAY = re.compile(r"ngay [\d.…]+ ?thang [\d.…]+ ?nam [\d.…]+")
_PARTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (
        re.compile(r"(?<![\d/])(\d\d?) ?(?:thang|t)(?![a-z])(?! ?\d\d?(?!\d))(?: (dau|cuoi))?"),
        lambda m: _months_part(int(m[1]), m[2] or ""),
    ),
    (
        re.compile(r"\b(?:19|20|21)\d\d ?- ?(h[12]|q[1-4]|\d\d(?!\d)|\d\d?m)\b"),
        lambda m: _canonical_part(m[1]),
    ),
    (re.compile(r"\bh([12])\b"), lambda m: f"H{m[1]}"),
    (
        re.compile(r"\b(?:quy|qui|q)[ .]?(iv|iii|ii|i|[1-4])\b"),
        lambda m: f"Q{_number(m[1])}",
    ),
    (re.compile(r"\b(?:thang|t)[ .]?(\d\d?)\b"), lambda m: _month_part(int(m[1]))),
    (re.compile(r"(?<![\d/])(\d\d?) ?/ ?(?:19|20|21)\d\d"), lambda m: _month_part(int(m[1]))),
)
_WHOLE = re.compile(
    r"\b(?:ca|hien|th|uth|uoc|hoach|kh|tinh|so bo|chinh thuc) nam\b|(?<!\d)(?:19|20|21)\d\d(?!\d)"
)  # "Nam" alone is also the word for men

# Several quarters or months in one breath, or up to one of them: no period that we know.
_SEVERAL = re.compile(
    r"\b(?:quy|qui|q)[ .]?(?:iv|iii|ii|i|[1-4]) ?(?:[,+&-]|va\b|den\b) ?"
    r"(?:quy|qui|q)?[ .]?(?:iv|iii|ii|i|[1-4])\b"
    r"|\b(?:thang|t)[ .]?\d\d? ?(?:[,+&-]|va\b|den\b) ?(?:thang|t)?[ .]?\d\d?(?![\d/])"
    r"|\bden (?:het |cuoi )?(?:thang|quy|qui|t[ .]?\d|q[ .]?[i\d])"
)
_WHOLE_TOO = re.compile(r"\bca nam\b")


def _months_part(months: int, side: str) -> str | None:
    if side == "cuoi":
        return "H2" if months == 6 else None
    if not 1 <= months <= 12:
        return None
    return {6: "H1", 12: ""}.get(months, f"{months}M")


def _month_part(month: int) -> str | None:
    return f"{month:02d}" if 1 <= month <= 12 else None


def _canonical_part(text: str) -> str | None:
    if text.isdigit():
        return _month_part(int(text))
    return _months_part(int(text[:-1]), "") if text.endswith("m") else text.upper()


@lru_cache(maxsize=4096)
def mentioned(text: str) -> Mention:
    """What a heading or a title line says of a period; days are not periods."""
    bare = _bare(text)
    without_days = _WRITTEN_DAY.sub(" ", _DAYS.sub(" ", bare))
    years = set(_YEARS.findall(without_days))
    rest, parts = without_days, set()
    for pattern, part_of in _PARTS:
        parts |= {part_of(found) for found in pattern.finditer(rest)}
        rest = pattern.sub(" # ", rest)
    if len(years) > 1:
        return Mention(doubtful=True)
    year = int(years.pop()) if years else None
    if _SEVERAL.search(without_days):
        return Mention(year, doubtful=True)
    if len(parts) > 1 or None in parts or (parts and _WHOLE_TOO.search(rest)):
        return Mention(year, doubtful=True)
    if parts:
        return Mention(year, parts.pop())
    return Mention(year, "" if _WHOLE.search(rest) else None)


def _bare(text: str) -> str:
    return plain_dashes(fold(text)).strip(" .,;:()")


def period(year: int, part: str) -> Period:
    """The period of a year and a part as in ``Mention``."""
    return periods.parse(f"{year:04d}-{part}" if part else f"{year:04d}")
