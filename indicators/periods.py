"""Reporting periods (kỳ báo cáo): years, half-years, quarters, months and months from January."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_FORM = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])|([1-9]|1[01])M))?")

YEAR, HALF, QUARTER, MONTH, RUNNING = "year", "half", "quarter", "month", "running"


class Period(NamedTuple):
    """A span of whole months inside one calendar year.

    A tuple, because figures are looked up by their period a hundred thousand times.

    ``kind`` is year, half, quarter, month, or running (from January, so many months).
    Both ``first`` and ``last`` month are included. Six months from January are always
    the half-year ``2026-H1`` and twelve the year, so that each span has one spelling,
    but for the three from January (``2026-Q1``, ``2026-3M``) and January itself
    (``2026-01``, ``2026-1M``), which reports use side by side.
    """

    year: int
    kind: str
    first: int
    last: int

    @property
    def text(self) -> str:
        """The canonical spelling: 2026, 2026-H1, 2026-Q1, 2026-05, 2026-9M."""
        match self.kind:
            case "year":
                return f"{self.year:04d}"
            case "half":
                return f"{self.year:04d}-H{self.last // 6}"
            case "quarter":
                return f"{self.year:04d}-Q{self.last // 3}"
            case "month":
                return f"{self.year:04d}-{self.last:02d}"
            case _:
                return f"{self.year:04d}-{self.last}M"

    @property
    def part(self) -> str:
        """The part of the year without the year: "", H1, Q3, 05, 9M."""
        return self.text[5:]

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, self.first, 1)

    @property
    def end(self) -> date:
        """Last day."""
        return date(self.year, self.last, calendar.monthrange(self.year, self.last)[1])

    @property
    def months(self) -> int:
        """How many months it spans, 1 to 12."""
        return self.last - self.first + 1

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year."""
        return self.kind == YEAR

    def in_year(self, year: int) -> Period:
        """The same part of another year."""
        return Period(year, self.kind, self.first, self.last)

    def contains(self, other: Period) -> bool:
        """Whether the other lies inside this one (equal spans included)."""
        return self.year == other.year and self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=8192)
def parse(text: str) -> Period:
    """The period that a canonical spelling names.

    Raises:
        ValueError: the text is no canonical spelling (``2026-6M`` is: it gives 2026-H1).
    """
    found = _FORM.fullmatch(text)
    if not found or text.startswith("0"):
        raise ValueError(f"no period: {text!r}")
    year, half, quarter, month, running = found.groups()
    number = int(year)
    if half:
        return half_year(number, int(half))
    if quarter:
        last = int(quarter) * 3
        return Period(number, QUARTER, last - 2, last)
    if month:
        return Period(number, MONTH, int(month), int(month))
    if running:
        return from_january(number, int(running))
    return whole_year(number)


@lru_cache(maxsize=512)
def whole_year(year: int) -> Period:
    """The calendar year."""
    return Period(year, YEAR, 1, 12)


def half_year(year: int, half: int) -> Period:
    """The first (1) or second (2) half of a year."""
    return Period(year, HALF, half * 6 - 5, half * 6)


def from_january(year: int, months: int) -> Period:
    """So many months from January: 6 give the half-year, 12 the year.

    Raises:
        ValueError: months is not 1 to 12.
    """
    if not 1 <= months <= 12:
        raise ValueError(f"a year has no {months} months")
    if months == 12:
        return whole_year(year)
    return half_year(year, 1) if months == 6 else Period(year, RUNNING, 1, months)


def months_after(end: date, months: int) -> date:
    """The last day of the month that lies so many months after a day's month."""
    index = end.year * 12 + end.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
