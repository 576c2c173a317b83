"""What was ever achieved: the pace that a scenario asks for beside those of the last years."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

LAST_YEARS, RECENT_YEARS = 5, 3


@dataclass(frozen=True, slots=True)
class Change:
    """From one yearly figure to the next: a year's growth and step.

    Over a gap of several years both are those of one year of it. growth_pct: None from or to
    0 and below.
    """

    first: int
    last: int
    growth_pct: float | None
    step: float


@dataclass(frozen=True, slots=True)
class Achieved:
    """The paces of the last five years; None where no figures give them.

    best: the best growth and step of a year (the lowest where down is better). mean: of the
    whole span, growth compound. recent: mean step and growth of the last three years.
    first, last: the span's years. total: whether ``steps`` are amounts of a year (cumulative).
    """

    first: int
    last: int
    best_growth_pct: float | None
    mean_growth_pct: float | None
    best_step: float
    mean_step: float
    recent_growth_pct: float | None
    recent_step: float
    recent_first: int
    total: bool = False


def changes(values: Mapping[int, float], years: int = LAST_YEARS) -> list[Change]:
    """The changes between yearly figures of so many years before the newest, in order."""
    last = max(values, default=0)
    kept = sorted(year for year in values if year >= last - years)
    return [
        Change(one, other, _growth(values[one], values[other], other - one),
               (values[other] - values[one]) / (other - one))
        for one, other in pairwise(kept)
    ]  # fmt: skip


def achieved(
    values: Mapping[int, float], *, down: bool = False, total: bool = False
) -> Achieved | None:
    """What the yearly series has shown; None with fewer than two figures in five years.

    Args:
        values: year -> value; of a cumulative target the amounts of the years.
        down: whether a smaller value is the better one.
        total: of a cumulative target: a step is a year's amount, not a change.
    """
    found = changes(values)
    if not found:
        return None
    best = min if down else max
    growths = [one.growth_pct for one in found if one.growth_pct is not None]
    first, last = found[0].first, found[-1].last
    recent = max((y for y in values if y <= last - RECENT_YEARS), default=first)
    recent = max(recent, first)
    inside = [values[y] for y in sorted(values) if first <= y <= last]
    near = [values[y] for y in sorted(values) if recent <= y <= last]
    return Achieved(
        first=first,
        last=last,
        best_growth_pct=best(growths) if growths else None,
        mean_growth_pct=_growth(values[first], values[last], last - first),
        best_step=best(inside) if total else best(one.step for one in found),
        mean_step=sum(inside) / len(inside) if total else _step(values, first, last),
        recent_growth_pct=_growth(values[recent], values[last], last - recent),
        recent_step=sum(near) / len(near) if total else _step(values, recent, last),
        recent_first=recent,
        total=total,
    )


def _step(values: Mapping[int, float], first: int, last: int) -> float:
    return (values[last] - values[first]) / (last - first)


def _growth(before: float, after: float, years: int) -> float | None:
    """% a year, compound; None from or to 0 and below."""
    if before <= 0 or after <= 0:
        return None
    return 100 * math.expm1(math.log(after / before) / years)
