"""When a duty to report falls due next, read from the wording of its rule."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from . import periods
from .periods import Period

HALF_YEAR, YEAR, QUARTER, MONTH = "half-year", "year", "quarter", "month"
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_ENGLISH = re.compile(rf"\bbefore\s+(\d{{1,2}})\s+({'|'.join(_MONTHS)})\b", re.IGNORECASE)
_VIETNAMESE = re.compile(
    r"\btrước\s+(?:ngày\s+)?(\d{1,2})\s*(?:/|-|tháng\s+)\s*(\d{1,2})(?![/\d-])", re.IGNORECASE
)
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
_PARTS = {YEAR: 1, HALF_YEAR: 2, QUARTER: 4, MONTH: 12}
_CADENCES = {
    "6 tháng": HALF_YEAR,
    "nửa năm": HALF_YEAR,
    "năm": YEAR,
    "hằng năm": YEAR,
    "quý": QUARTER,
    "tháng": MONTH,
}


@dataclass(frozen=True, slots=True)
class Due:
    """One report that falls due.

    day: the day printed after "before", on which a report is late.
    period: what it reports on, None where the duty names no span.
    """

    day: date
    period: Period | None


def yearly_day(rule: str) -> tuple[int, int] | None:
    """Month and day of a rule that comes round each year, None where it prints no day.

    rule: "before 5 June, each year", "trước ngày 05/6 hằng năm" or "06-05" (month, day).
    """
    if found := _ENGLISH.search(rule):
        month, day = _MONTHS[found[2].lower()], int(found[1])
    elif found := _VIETNAMESE.search(rule):
        month, day = int(found[2]), int(found[1])
    elif found := _MONTH_DAY.fullmatch(rule.strip()):
        month, day = int(found[1]), int(found[2])
    else:
        return None
    return (month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def next_due(
    rule: str,
    cadence: str,
    as_of: date,
    *,
    issued: date | None = None,
    term: tuple[int, int] | None = None,
    part: int | None = None,
) -> Due | None:
    """The first due day after a day, None where the rule prints none or the term is over.

    Args:
        rule: the register's wording, see ``yearly_day``.
        cadence: half-year, year, quarter or month (or the Vietnamese words); what else it says
            gives a due day without a period.
        as_of: a report that is due on this very day is late already, so the next one counts.
        issued: the duty's document; nothing was due before or on that day.
        term: first and last year of the document; a report on a year after it is not asked for.
        part: the part of the year that the rule's day belongs to, see ``period_reported``.
    """
    after = max(as_of, issued) if issued else as_of
    for day in _days_after(rule, after):
        period = period_reported(day, cadence, part)
        year = period.year if period else day.year
        if term and year > term[1]:
            return None
        if not term or year >= term[0]:
            return Due(day, period)
    return None


def parts_of_year(cadence: str) -> int:
    """Of how many parts of a year a cadence asks reports: 1, 2, 4 or 12; 0 for no span."""
    said = cadence.strip().lower()
    return _PARTS.get(_CADENCES.get(said, said), 0)


def period_reported(day: date, cadence: str, part: int | None = None) -> Period | None:
    """The period that a report due on a day is about: the one whose end lies nearest.

    "Before 5 June" is about the half-year that ends on 30 June; a day in January would be about
    the year before. None where the cadence names no span.

    part: only this part of a year (1 for the first half-year, quarter or month) is meant.
    """
    parts = parts_of_year(cadence)
    if not parts:
        return None
    asked = range(parts) if part is None else (part - 1,)
    spans = [_span(year, one, parts) for year in (day.year - 1, day.year) for one in asked]
    return min(spans, key=lambda span: abs((span.end - day).days))


def _span(year: int, part: int, parts: int) -> Period:
    match parts:
        case 1:
            return periods.whole_year(year)
        case 2:
            return periods.half_year(year, part + 1)
        case 4:
            return Period(year, periods.QUARTER, part * 3 + 1, part * 3 + 3)
        case _:
            return Period(year, periods.MONTH, part + 1, part + 1)


def _days_after(rule: str, day: date) -> Iterator[date]:
    """The rule's days of the years from a day on; 29 February is 28 in common years."""
    found = yearly_day(rule)
    if found is None:
        return
    month, number = found
    for year in range(day.year, day.year + 60):
        due = date(year, month, min(number, calendar.monthrange(year, month)[1]))
        if due > day:
            yield due
