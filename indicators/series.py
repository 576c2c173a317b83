"""From single figures to series: the newest, the yearly ones, the running total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .model import ESTIMATE, FLOW, STATUSES, Observation
from .periods import YEAR, Period, from_january, half_year, parse, whole_year

Figures = Mapping[Period, Observation]
"""The current figure of each period, of one indicator, area and series."""


class YearValue(NamedTuple):
    """What stands for a year: its value and the figures that make it.

    value: in the indicator's unit. period: the figure's own where one figure stands for the
    year ("2025-07" of a stock), else the year. parts: the figures behind it.
    """

    year: int
    value: float
    period: Period
    parts: tuple[Observation, ...]

    @property
    def status(self) -> str:
        """The weakest status among its parts: estimate before preliminary before official."""
        return weakest(part.status for part in self.parts)


class Total(NamedTuple):
    """A cumulative target's running total from the first year of its term.

    start, end: first and last period covered ("2025", "2026-H1"); value: their sum;
    missing: the spans inside that no figure covers, in order ("2026-Q2", "2025-11").
    """

    start: Period
    end: Period
    value: float
    missing: tuple[Period, ...]


def weakest(statuses: Iterable[str]) -> str:
    """The lowest of several statuses; estimate where there is none."""
    return min(statuses, key=STATUSES.index, default=ESTIMATE)


def newest(figures: Figures) -> Observation | None:
    """The figure whose period ends last; of two that end on one day, the longer."""
    if not figures:
        return None
    period = max(figures, key=lambda p: (p.year, p.last, p.last - p.first))
    return figures[period]


def yearly(figures: Figures, measure: str, *, whole_years_only: bool = False) -> list[YearValue]:
    """The yearly series, in order of years; a year that nothing stands for is left out.

    A year's whole-year figure; without one, a flow's parts where they cover the year, or a
    stock's or rate's newest figure of the year (not when whole_years_only).
    """
    found: dict[int, YearValue] = {}
    rest: dict[int, list[Period]] = {}
    for period, figure in figures.items():
        if period.kind == YEAR:
            found[period.year] = YearValue(period.year, figure.value, period, (figure,))
        else:
            rest.setdefault(period.year, []).append(period)
    for year, periods in rest.items():
        if year not in found:
            made = _of_parts(year, periods, figures, measure, whole_years_only)
            if made is not None:
                found[year] = made
    return [found[year] for year in sorted(found)]


def _of_parts(
    year: int, periods: list[Period], figures: Figures, measure: str, whole_years_only: bool
) -> YearValue | None:
    if measure == FLOW:
        parts, missing = cover(periods, 12)
        if missing:
            return None
        taken = tuple(figures[part] for part in parts)
        return YearValue(year, sum(figure.value for figure in taken), whole_year(year), taken)
    if whole_years_only:
        return None
    period = max(periods, key=lambda p: (p.last, p.last - p.first))
    return YearValue(year, figures[period].value, period, (figures[period],))


def cover(periods: Sequence[Period], until: int) -> tuple[list[Period], list[int]]:
    """Periods of one year that do not overlap and fill January to month ``until`` best.

    Returns:
        The periods, in order, and the months that stay open. As few months as possible stay
        open, with as few periods as that allows: a half-year stands before its two quarters.
    """
    best: list[tuple[int, int, list[Period]]] = [(0, 0, [])]
    for month in range(1, until + 1):
        open_months, count, taken = best[month - 1]
        choice = (open_months + 1, count, taken)
        for period in periods:
            if period.last == month:
                before = best[period.first - 1]
                if (before[0], before[1] + 1) < choice[:2]:
                    choice = (before[0], before[1] + 1, [*before[2], period])
        best.append(choice)
    filled = {m for p in best[until][2] for m in range(p.first, p.last + 1)}
    return best[until][2], [m for m in range(1, until + 1) if m not in filled]


def running_total(figures: Figures, start: int, end: int) -> Total | None:
    """The sum of a flow's figures from January of ``start``; None without a figure in the term.

    Args:
        figures: current figures; those outside the term are left aside.
        start: first year of the term.
        end: last year of the term.

    Source of the reading: a figure is the amount of its own period (intake contract, 9.1).
    """
    inside = [p for p in figures if start <= p.year <= end]
    if not inside:
        return None
    last = max(inside, key=lambda p: (p.year, p.last, p.last - p.first))
    value, missing = 0.0, []
    for year in range(start, last.year + 1):
        until = last.last if year == last.year else 12
        parts, open_months = cover([p for p in inside if p.year == year and p.last <= until], until)
        value += sum(figures[part].value for part in parts)
        missing += spans(year, open_months)
    return Total(whole_year(start), _up_to(last), value, tuple(missing))


def yearly_totals(series: Sequence[YearValue], start: int, end: int) -> dict[int, float]:
    """Running totals at the end of each year of the term without a hole, 0 the year before."""
    totals, total = {start - 1: 0.0}, 0.0
    values = {point.year: point.value for point in series}
    for year in range(start, end + 1):
        if year not in values:
            break
        total += values[year]
        totals[year] = total
    return totals


def year_to_date(figures: Figures, newest_period: Period) -> float | None:
    """A flow's amount from January to the end of a period, where figures cover it whole."""
    year = [p for p in figures if p.year == newest_period.year and p.last <= newest_period.last]
    parts, missing = cover(year, newest_period.last)
    return None if missing else sum(figures[part].value for part in parts)


def spans(year: int, months: Sequence[int]) -> list[Period]:
    """Months of a year named as few periods as possible: the year, halves, quarters, months."""
    left, named = set(months), []
    named_spans = [whole_year(year), half_year(year, 1), half_year(year, 2)]
    named_spans += [parse(f"{year}-Q{quarter}") for quarter in (1, 2, 3, 4)]
    named_spans += [parse(f"{year}-{month:02d}") for month in range(1, 13)]
    for span in named_spans:
        inside = set(range(span.first, span.last + 1))
        if inside <= left:
            named.append(span)
            left -= inside
    return sorted(named, key=lambda span: span.first)


def _up_to(period: Period) -> Period:
    """A period's year from January to its end, as one period."""
    return from_january(period.year, period.last)
