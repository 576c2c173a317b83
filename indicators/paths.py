"""The baseline and the path: what a target asks for in each period on its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from .model import CUMULATIVE, EVERY_YEAR, FLOW, RATE, SetBaseline, Target
from .periods import Period, from_january, parse, whole_year
from .series import Figures, YearValue, cover

OFFICIAL, LINE, GROWTH = "official", "line", "growth"
SEASON, CALENDAR, BOUND = "season", "calendar", "bound"

DISRUPTED_YEARS = frozenset({2020, 2021})
SEASON_YEARS = 5
YEARS_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Baseline:
    """The figure that the path starts from (gốc so sánh).

    period: of the figure. year: the year at whose end the path starts.
    rule: set (by an administrator), base_year (the year before the term), earlier (up to three
    years before that), in_term (its first in the term), zero (a running total).
    """

    year: int
    period: Period
    value: float
    rule: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class PathValue:
    """What the path asks for in a period, and by which rule."""

    period: Period
    value: float
    rule: str


def baseline(
    target: Target, series: Sequence[YearValue], fixed: SetBaseline | None = None
) -> Baseline | None:
    """The first of these that exists; None where there is no figure to start from.

    One set by an administrator; the yearly series' figure of the year before the document's
    term; its latest of the three years before that; its first in the term. A cumulative
    target starts at 0.
    """
    if target.kind == CUMULATIVE:
        year = target.start - 1
        return Baseline(year, whole_year(year), 0.0, "zero")
    if fixed is not None:
        return Baseline(fixed.period.year, fixed.period, fixed.value, "set", fixed.source)
    first = (target.term[0] or target.start) - 1
    earlier = in_term = None
    for point in series:
        if point.year == first:
            return Baseline(first, point.period, point.value, "base_year")
        if first - YEARS_BEFORE <= point.year < first:
            earlier = point
        elif point.year > first and in_term is None and point.year <= target.end:
            in_term = point
    found, rule = (earlier, "earlier") if earlier else (in_term, "in_term")
    return Baseline(found.year, found.period, found.value, rule) if found else None


class Path:
    """The value required in each year from the baseline to the target, and within a year.

    Yearly plans stand where there are some (official); between and beyond them, or without
    them, a straight line for rates, running totals and whatever starts or ends at 0 or below
    (line), constant growth for the other counts and money (growth). A cumulative target's plans
    are amounts of their year; the years without a plan share the rest evenly.
    """

    __slots__ = ("_anchors", "_measure", "_planned", "_shares", "base", "target")

    def __init__(
        self,
        target: Target,
        measure: str,
        base: Baseline,
        plans: Mapping[int, float] | None = None,
        shares: Mapping[str, float] | None = None,
    ) -> None:
        """Take the anchors together.

        Args:
            target: of kind level, each_area or cumulative.
            measure: of its indicator.
            base: where the path starts.
            plans: year -> value that a decision sets for it.
            shares: part of the year ("H1") -> usual share of a flow's year, of ``shares_of``.
        """
        self.target, self.base, self._measure = target, base, measure
        self._shares = shares or {}
        ahead = {y: v for y, v in (plans or {}).items() if base.year < y <= target.end}
        self._planned = frozenset(ahead)
        if target.kind == CUMULATIVE:
            self._anchors = _cumulative_anchors(target, base, ahead)
        else:
            self._anchors = {base.year: base.value, target.end: target.low, **ahead}

    def in_year(self, year: int) -> PathValue | None:
        """The value asked for at a year's end (of a flow: in the year); None before the way.

        After the target's last year its value goes on being asked for.
        """
        if year < self.base.year:
            return None
        anchors = self._anchors
        if year in anchors or year > self.target.end:
            rule = OFFICIAL if year in self._planned else self._rule(year)
            return PathValue(whole_year(year), anchors[min(year, self.target.end)], rule)
        before = max(y for y in anchors if y < year)
        after = min(y for y in anchors if y > year)
        share = (year - before) / (after - before)
        value, rule = _between(anchors[before], anchors[after], share, self._is_line)
        return PathValue(whole_year(year), value, rule)

    def at(self, period: Period) -> PathValue | None:
        """The value asked for in a period; None before the way begins.

        A flow's part asks for its usual share of the year's value (season), else its share
        of the calendar; of a running total the same share of that year's rise. A stock or
        rate asks for the line's value at the period's end.
        """
        if period.last == 12 and (period.is_year or self._stands()):
            return _named(self.in_year(period.year), period)
        this = self.in_year(period.year)
        if this is None:
            return None
        if period.year == self.base.year:
            return PathValue(period, self.base.value, this.rule) if self._stands() else None
        before = self.in_year(period.year - 1)
        if self._stands():
            start = before.value if before else self.base.value
            is_line = self._is_line or this.rule == LINE
            value, rule = _between(start, this.value, period.last / 12, is_line)
            return PathValue(period, value, rule)
        share, rule = self._share(period)
        if self.target.kind != CUMULATIVE:
            return PathValue(period, this.value * share, rule)
        start = before.value if before else 0.0
        return PathValue(period, start + (this.value - start) * share, rule)

    def _stands(self) -> bool:
        """Whether the figures stand at a period's end (stock, rate) and do not add up."""
        return self._measure != FLOW and self.target.kind != CUMULATIVE

    @property
    def _is_line(self) -> bool:
        return self._measure == RATE or self.target.kind == CUMULATIVE

    def _rule(self, year: int) -> str:
        before = [y for y in self._anchors if y < year]
        last = min(year, self.target.end)
        start = self._anchors[max(before)] if before else self.base.value
        return _between(start, self._anchors[last], 1.0, self._is_line)[1]

    def _share(self, period: Period) -> tuple[float, str]:
        share = self._shares.get(period.part)
        if share is not None:
            return share, SEASON
        return period.months / 12, CALENDAR


def _cumulative_anchors(
    target: Target, base: Baseline, plans: Mapping[int, float]
) -> dict[int, float]:
    years = range(base.year + 1, target.end + 1)
    free = sum(1 for year in years if year not in plans)
    even = max(0.0, target.low - sum(plans.values())) / free if free else 0.0
    anchors, total = {base.year: 0.0}, 0.0
    for year in years:
        total += plans.get(year, even)
        anchors[year] = total
    return anchors


def _between(start: float, end: float, share: float, is_line: bool) -> tuple[float, str]:
    """A value part of the way from start to end, and the rule that gave it."""
    if is_line or start <= 0 or end <= 0:
        return start + (end - start) * share, LINE
    if share == 1.0:
        return end, GROWTH
    return float(start * (end / start) ** share), GROWTH


def _named(value: PathValue | None, period: Period) -> PathValue | None:
    return None if value is None else PathValue(period, value.value, value.rule)


def shares_of(figures: Figures, series: Sequence[YearValue], parts: set[str]) -> dict[str, float]:
    """The usual share of parts of the year in a flow's whole year (season).

    The median over the last five years that have both, 2020-21 left out; a part that stands
    in no such year is missing from the answer. A part that no single figure gives is summed
    from figures that cover it.
    """
    years = [p for p in reversed(series) if p.year not in DISRUPTED_YEARS and p.value > 0]
    shares: dict[str, float] = {}
    for part in parts:
        found: list[float] = []
        for point in years:
            value = part_value(figures, point.year, part)
            if value is not None:
                found.append(value / point.value)
            if len(found) == SEASON_YEARS:
                break
        if found:
            shares[part] = median(found)
    return shares


def part_value(figures: Figures, year: int, part: str) -> float | None:
    """A flow's figure of a part of a year ("H1"), or the sum of figures that cover it."""
    period = parse(f"{year}-{part}")
    if period in figures:
        return figures[period].value
    inside = [p for p in figures if period.contains(p)]
    if not inside:
        return None
    shifted = [
        Period(p.year, p.kind, p.first - period.first + 1, p.last - period.first + 1)
        for p in inside
    ]
    taken, missing = cover(shifted, period.months)
    if missing:
        return None
    return sum(figures[inside[shifted.index(p)]].value for p in taken)


def bound_path(target: Target, year: int) -> PathValue | None:
    """Of an every_year target: the bound, asked for in each year of its period."""
    if target.kind != EVERY_YEAR or not target.start <= year <= target.end:
        return None
    return PathValue(whole_year(year), target.low, BOUND)


def last_closed(day: date) -> Period:
    """The months from January that have closed by a day; in January the year before.

    Where there is no figure, the path of the day is that of this period.
    """
    if day.month == 12 and day.day == 31:
        return whole_year(day.year)
    return from_january(day.year, day.month - 1) if day.month > 1 else whole_year(day.year - 1)
