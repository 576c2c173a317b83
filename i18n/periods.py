"""Periods in words: 6 tháng đầu năm 2026 · quý I năm 2026 · 9T/2026.

They come as canonical text: 2026, 2026-H1, 2026-Q1, 2026-05, 2026-9M.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from .dates import day_text, month_name

_ROMAN = ("I", "II", "III", "IV")
_SPAN = re.compile(r"(\d{4})(?:-(\d{4}))?(?:-(\d\d-\d\d))?(?:-(YTD|SY|undated|holiday|Tet))?")
_SPANS = {
    "YTD": ("từ đầu năm {first} (không rõ đến tháng nào)", "{first}, year to date"),
    "until": ("từ đầu năm {first} đến {day}", "{first} until {day}"),
    "years": ("giai đoạn {first}–{last}", "{first}–{last}"),
    "SY": ("năm học {first}–{last}", "school year {first}–{last}"),
    "undated": ("năm {first} (không ghi ngày)", "{first}, undated"),
    "holiday": ("một kỳ nghỉ lễ năm {first}", "a holiday in {first}"),
    "Tet": ("Tết năm {first}", "Tết {first}"),
}


def _parts(period: str) -> tuple[str, str, int]:
    """Year, kind (year, H, Q, M, month) and number of a canonical period.

    Raises:
        ValueError: the text is no period.
    """
    year, _, part = period.partition("-")
    if len(year) == 4 and year.isdecimal():
        if not part and period == year:
            return year, "year", 0
        if part[:1] in ("H", "Q") and part[1:].isdecimal():
            last = 2 if part[0] == "H" else 4
            if len(part) == 2 and 1 <= int(part[1]) <= last:
                return year, part[0], int(part[1])
        elif part[-1:] == "M" and part[:-1].isdecimal() and 1 <= int(part[:-1]) <= 11:
            return year, "M", int(part[:-1])
        elif len(part) == 2 and part.isdecimal() and 1 <= int(part) <= 12:
            return year, "month", int(part)
    raise ValueError(f"no period: {period!r}")


@lru_cache(maxsize=4096)
def period_text(period: str, lang: str = "vi") -> str:
    """A period in words: năm 2026 · 6 tháng đầu năm 2026 · quý I năm 2026 · tháng 5 năm 2026.

    Raises:
        ValueError: the text is no period.
    """
    year, kind, count = _parts(period)
    if lang == "en":
        return _english(year, kind, count)
    match kind:
        case "year":
            return f"năm {year}"
        case "H":
            return f"6 tháng {'đầu' if count == 1 else 'cuối'} năm {year}"
        case "Q":
            return f"quý {_ROMAN[count - 1]} năm {year}"
        case "month":
            return f"tháng {count} năm {year}"
        case _:
            return f"{count} tháng đầu năm {year}" if count > 1 else f"tháng đầu năm {year}"


def _english(year: str, kind: str, count: int) -> str:
    match kind:
        case "year":
            return year
        case "H":
            return f"{'first' if count == 1 else 'second'} half of {year}"
        case "Q":
            return f"Q{count} {year}"
        case "month":
            return f"{month_name(count, 'en')} {year}"
        case _:
            return f"first {count} months of {year}" if count > 1 else f"first month of {year}"


@lru_cache(maxsize=4096)
def period_short(period: str, lang: str = "vi") -> str:
    """A period for narrow cells: 2026 · 6T/2026 · 6T cuối/2026 · Q1/2026 · T5/2026 · 9T/2026.

    Raises:
        ValueError: the text is no period.
    """
    year, kind, count = _parts(period)
    if kind == "year":
        return year
    if lang == "en":
        month = month_name(count, "en")[:3] if kind == "month" else ""
        return f"{month or (f'{count}M' if kind == 'M' else f'{kind}{count}')} {year}"
    match kind:
        case "H":
            return f"6T/{year}" if count == 1 else f"6T cuối/{year}"
        case "Q":
            return f"Q{count}/{year}"
        case "month":
            return f"T{count}/{year}"
        case _:
            return f"{count}T/{year}"


@lru_cache(maxsize=512)
def part_text(part: str, lang: str = "vi") -> str:
    """The part of a year without its year: cả năm · 6 tháng đầu năm · quý I · tháng 5.

    Args:
        part: what follows the year in the period: "", H1, Q3, 05, 9M.
        lang: "vi" or "en".

    Raises:
        ValueError: the text is no part of a year.
    """
    if not part:
        return "cả năm" if lang == "vi" else "whole year"
    text = period_text(f"2000-{part}", lang)
    if lang == "en":
        return text.removesuffix(" of 2000").removesuffix(" 2000")
    return (
        text.removesuffix(" 2000")
        if part[-1] == "M" or part[0] == "H"
        else text.removesuffix(" năm 2000")
    )


def years_text(first: int, last: int, lang: str = "vi") -> str:
    """A span of years: năm 2030 · giai đoạn 2025–2030."""
    if first == last:
        return f"năm {last}" if lang == "vi" else str(last)
    return f"giai đoạn {first}–{last}" if lang == "vi" else f"{first}–{last}"


def span_text(span: str, lang: str = "vi") -> str:
    """A span of published figures, a period or not: giai đoạn 2021–2025 · năm học 2024–2025.

    Spans that are no period are written 2021-2025, 2024-2025-SY, 2019-YTD, 2025-08-17-YTD,
    2024-undated, 2023-holiday, 2025-Tet; any other text comes back as it is.
    """
    try:
        return period_text(span, lang)
    except ValueError:
        pass
    found = _SPAN.fullmatch(span)
    if found is None:
        return span
    first, last, day, kind = found.groups()
    form = kind or "years"
    if (form in ("years", "SY")) != bool(last) or (day and form != "YTD"):
        return span
    until = ""
    if day:
        try:
            form, until = "until", day_text(date.fromisoformat(f"{first}-{day}"), lang)
        except ValueError:
            return span
    return _SPANS[form][lang == "en"].format(first=first, last=last, day=until)


def capital(text: str) -> str:
    """The text with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
