"""What is known of one target on one day, and the case that the methods make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .methods.case import DONE_KIND, Case, MethodTarget
from .model import CUMULATIVE, DONE, EACH_AREA, EVERY_YEAR, LEVEL, Settings, Target


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of one target on one day, in one scope (one area of each_area is a scope).

    day: the as-of day.
    series: year → value of the target's own reading: yearly values; for cumulative the running
        totals of whole years with 0 in the year before the first; for every_year whole years.
    current: what stands against the target itself: a flow's last whole year, the running total
        up to the newest figure, a stock's or rate's newest figure, 1 or 0 of what is to be done.
    latest_value, latest_end: the newest figure, whatever its period, and that period's last day.
    has_figure: whether the main series has any figure in this scope.
    only_alternatives: whether only other definitions have figures.
    total_has_hole: whether figures are missing inside the running total ("at least …").
    baseline_year, baseline_value: where the path starts, if it does.
    limit: a natural end of the scale (100 of a share in %), if there is one.
    """

    target: Target
    day: date
    settings: Settings = field(default_factory=Settings)
    series: Mapping[int, float] = field(default_factory=dict)
    current: float | None = None
    latest_value: float | None = None
    latest_end: date | None = None
    has_figure: bool = True
    only_alternatives: bool = False
    total_has_hole: bool = False
    baseline_year: int | None = None
    baseline_value: float | None = None
    limit: float | None = None
    decimals: int = 1


def case_of(situation: Situation) -> Case:
    """The case that the methods read.

    Nothing after the day or the target's end enters it, of an every-year target closed years
    only. A running total with a hole that meets the target all the same stands as its last value.
    """
    target, now = situation.target, situation
    last = now.day.year
    if target.kind == EVERY_YEAR:
        last -= 1
    last = min(last, target.end)
    points = dict(sorted(point for point in now.series.items() if point[0] <= last))
    if target.kind == CUMULATIVE and now.total_has_hole and now.current is not None:
        points = {target.start - 1: 0.0}
        if now.latest_end is not None:
            points[now.latest_end.year] = now.current
    return Case(
        tuple(points),
        tuple(points.values()),
        _method_target(now),
        last,
        tuple(str(year) for year in now.series if year not in points),
        now.total_has_hole,
    )


def from_baseline(situation: Situation, case: Case) -> Case:
    """The case with the baseline in it, judged as of its last figure.

    The indices project a missing current value; here the last figure itself is taken, so that
    nothing stands for today that nobody reported.
    """
    target, last = case.target, case.years[-1] if case.years else case.as_of
    if target.kind == CUMULATIVE:
        return case
    points = dict(zip(case.years, case.values, strict=True))
    base_year = situation.baseline_year
    if base_year is None:
        base_year = case.years[0] if case.years else None
    elif situation.baseline_value is not None and base_year <= last:
        points.setdefault(base_year, situation.baseline_value)
    scale = situation.limit
    if scale is None and target.unit == "%":
        scale = 100.0
    return Case(
        tuple(sorted(points)),
        tuple(points[year] for year in sorted(points)),
        target._replace(base_year=base_year, scale=scale),
        last,
        case.unused,
    )


def _method_target(now: Situation) -> MethodTarget:
    target = now.target
    kind = LEVEL if target.kind == EACH_AREA else target.kind
    return MethodTarget(
        value=target.low,
        comparator=target.comparator,
        direction=target.direction,
        year=target.end,
        base_year=target.start if kind in (CUMULATIVE, EVERY_YEAR) else None,
        kind=DONE_KIND if target.comparator == DONE else kind,
        high=target.high,
        limit=now.limit,
        tol=now.settings.about_pct / 100,
        unit=target.unit,
        decimals=now.decimals,
        near=now.settings.near_pct / 100,
        slow=now.settings.slow_pct / 100,
    )
