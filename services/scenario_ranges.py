"""Where the fields of a scenario start, and how far their sliders go: none begins as an error."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from indicators.model import RATE
from indicators.scenarios_goal import Goal

from .scenario_bases import Basis
from .scenario_desk import Desk
from .scenario_goals import Needed, needed

_GROWTH, _SHOCK = (-30.0, 60.0, 0.5), (-80.0, 50.0, 5.0)
_SHARE = (0.0, 60.0, 1.0)
_PLACES = 60  # of a slider, from its middle to each end


@dataclass(frozen=True, slots=True)
class Grid:
    """The places of a slider, both ends included."""

    low: float
    high: float
    step: float

    def places(self) -> list[float]:
        """Every place, without the noise of binary fractions."""
        decimals = max(0, -math.floor(math.log10(self.step)) + 1)
        count = round((self.high - self.low) / self.step)
        return [round(self.low + place * self.step, decimals) for place in range(count + 1)]

    def nearest(self, value: float | None) -> float:
        """The place of a value: the nearest, an end for what lies outside, 0 without one."""
        return min(self.places(), key=lambda place: abs(place - (value or 0.0)))


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the fields of one target start with.

    kind: the course that is shown first. fields: kind -> field -> value, just enough to reach
    the target, rounded to the side that does. own: year -> value, straight there. grids: kind ->
    field -> its slider; "" holds those of what can disturb any course.
    """

    kind: str
    fields: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    own: Mapping[int, float] = field(default_factory=dict)
    grids: Mapping[str, Mapping[str, Grid]] = field(default_factory=dict)


def beginning(at: Desk, code: str) -> Beginning:
    """What the fields of a target start with; only a kind where it has no figure."""
    basis = at.basis(code)
    if not isinstance(basis, Basis):
        return Beginning("goal")
    basis = replace(basis, target=basis.enough)
    found = needed(basis, at.known.settings)
    total = basis.start.total is not None
    level = not total and basis.indicator.measure != RATE and basis.start.value > 0
    return Beginning(
        "growth" if level and found.goal.growth_pct is not None else "steps",
        _fields(basis, found.goal),
        _own(basis, found.goal),
        _grids(basis, found),
    )


def going_on(at: Desk, code: str) -> tuple[str, Mapping[str, float]]:
    """Kind and fields of a course on which nothing changes.

    The forecast's middle; without a forecast the mean step of the last years, else no step.
    """
    basis = at.basis(code)
    if not isinstance(basis, Basis):
        return "goal", {}
    if any(one.year > basis.start.year for one in at.forecast(code).years):
        return "trend", {}
    past = basis.past
    return "steps", {"amount": past.recent_step if past and past.recent_step else 0.0}


def _fields(basis: Basis, goal: Goal) -> dict[str, dict[str, float]]:
    """Field values of each kind."""
    ceiling = _ceiling(basis, goal)
    end = {"value": goal.aim, "year": float(max(goal.by, basis.start.year + 1))}
    return {
        "growth": {"pct": _enough(goal, goal.growth_pct, 1)},
        "steps": {"amount": _enough(goal, goal.step, _decimals(goal.step))},
        "line": end,
        "s_curve": end,
        "saturating": {"ceiling": ceiling, "share": _share(basis, goal, ceiling)},
        "logistic": {"ceiling": ceiling, "pct": _pace(basis, goal, ceiling)},
    }


def _enough(goal: Goal, value: float | None, decimals: int) -> float:
    """A pace rounded to the side that reaches; 0 where the target is met or out of reach."""
    if value is None or goal.met:
        return 0.0
    scale = 10.0**decimals
    turned = math.floor if goal.down else math.ceil
    return turned(round(value * scale, 6)) / scale


def _decimals(step: float | None) -> int:
    """So many decimals that three or four digits are left."""
    return 0 if not step else max(0, min(6, 2 - math.floor(math.log10(abs(step)))))


def _ceiling(basis: Basis, goal: Goal) -> float:
    """The end of what is possible, else a tenth beyond the target."""
    limit = basis.limits.low if goal.down else basis.limits.high
    way = -0.1 if goal.down else 0.1
    beyond = round(goal.aim + way * abs(goal.aim), basis.indicator.decimals)
    if limit is not None and abs(limit - goal.aim) > 1e-9:
        return limit
    return beyond if limit is None else limit


def _share(basis: Basis, goal: Goal, ceiling: float) -> float:
    """% of what is missing to the ceiling that has to be gone each year."""
    start, years = basis.start.counted, goal.by - basis.start.year
    missing, left = ceiling - start, ceiling - goal.aim
    if goal.met or years <= 0 or missing == 0 or not 0 < left / missing < 1:
        return 10.0
    share: float = 1 - math.pow(left / missing, 1 / years)
    return math.ceil(1000 * share) / 10


def _pace(basis: Basis, goal: Goal, ceiling: float) -> float:
    """Growth a year far below the ceiling that leads to the target."""
    start, years = basis.start.counted, goal.by - basis.start.year
    if goal.met or years <= 0 or not 0 < start < ceiling or not 0 < goal.aim < ceiling:
        return 10.0
    odds = goal.aim / (ceiling - goal.aim) * (ceiling - start) / start
    return min(math.ceil(1000 * math.expm1(math.log(odds) / years)) / 10, 1000.0)


def _own(basis: Basis, goal: Goal) -> dict[int, float]:
    """Yearly values straight to the target; of a running total the even yearly amount."""
    first, last = basis.start.year + 1, goal.by
    if last < first:
        return {}
    decimals = basis.indicator.decimals
    if basis.start.total is not None:
        amount = _enough(goal, goal.step, decimals)
        return dict.fromkeys(range(first, last + 1), amount)
    start = basis.start.value
    end = start if goal.met else goal.aim
    span = last - basis.start.year
    values = {y: start + (end - start) * (y - basis.start.year) / span for y in range(first, last)}
    return {year: round(value, decimals) for year, value in values.items()} | {last: end}


def _grids(basis: Basis, found: Needed) -> dict[str, dict[str, Grid]]:
    growth, ends = Grid(*_GROWTH), _ends(basis, found.goal)
    return {
        "growth": {"pct": growth},
        "logistic": {"pct": growth},
        "saturating": {"share": Grid(*_SHARE)},
        "steps": {"amount": _steps(basis, found)},
        "line": {"value": ends},
        "s_curve": {"value": ends},
        "": {"shock_pct": Grid(*_SHOCK)},
    }


def _steps(basis: Basis, found: Needed) -> Grid:
    """As far as twice the largest pace that is needed or was ever reached."""
    known = [found.goal.step, found.past.best_step if found.past else None]
    largest = max((abs(one) for one in known if one), default=abs(basis.start.value) / 10 or 1.0)
    step = nice(2 * largest / _PLACES)
    low = 0.0 if basis.start.total is not None else -_PLACES * step
    return Grid(low, _PLACES * step, step)


def _ends(basis: Basis, goal: Goal) -> Grid:
    """Values from before the start to beyond the target, none that is impossible."""
    low, high = sorted((basis.start.counted, goal.aim))
    span = high - low or abs(high) / 5 or 1.0
    step = nice(span / _PLACES)
    low, high = _within(basis, low - span / 2, high + span / 2)
    first = math.ceil(round(low / step, 6)) * step
    return Grid(first, first + math.floor(round((high - first) / step, 6)) * step, step)


def _within(basis: Basis, low: float, high: float) -> tuple[float, float]:
    """Two ends, not beyond what the indicator can be."""
    limits = basis.limits
    return (
        low if limits.low is None else max(low, limits.low),
        high if limits.high is None else min(high, limits.high),
    )


def nice(step: float) -> float:
    """The next larger of 1, 2, 5 times a power of ten."""
    size = 10.0 ** math.floor(math.log10(step))
    return next(factor * size for factor in (1, 2, 5, 10) if factor * size >= step * (1 - 1e-9))
