"""How sure a scenario is: many courses around it, and what share of them reaches the target.

Yearly errors are normal and independent, and stay: a year that ends higher starts the next one
higher. So the error of a year is the sum of those up to it, with the variances summed, which
gives a closed form for levels (``normal_chance``) that the draws are tested against.

The same seed and code always give the same courses, whatever else a scenario holds.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from .bounds import goes_down, meets, weak_end
from .forecast import Forecast
from .forecast_chance import KEEP
from .forecast_models import Array
from .model import ABOUT, CUMULATIVE, EVERY_YEAR, LEVEL, MORE_THAN, Settings, Target
from .scenarios import Limits, Trajectory

COUNT, SEED = 10_000, 2026
BAND_LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)
_HALF_80 = 1.2815515655446004  # the 90 % quantile of the standard normal distribution
_NOISE = 1e-9

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a year may end from the scenario, beside what the years before brought.

    yearly: year -> standard deviation of that year's own error, in the unit.
    """

    yearly: Mapping[int, float]


@dataclass(frozen=True, slots=True, eq=False)
class Odds:
    """What the courses say.

    chance: share that reaches the target, 0 to 1. reached_by: year -> share that has reached it
    by then for the first time or before. expected_year: the year by which half of them have,
    None where fewer ever do. bands: year -> values at BAND_LEVELS. courses: years × count.
    """

    chance: float
    reached_by: Mapping[int, float]
    expected_year: int | None
    bands: Mapping[int, tuple[float, ...]]
    courses: Array = field(repr=False)


def own_spread(course: Trajectory, pct: float) -> Spread:
    """Each year's own error as a share of the scenario's value of that year.

    Raises:
        ValueError: the share is not from 0 to 100 %.
    """
    if not 0 <= pct <= 100:
        raise ValueError(f"no spread: {pct}")
    pairs = zip(course.years[1:], course.amounts[1:], strict=True)
    return Spread({year: abs(value) * pct / 100 for year, value in pairs})


def forecast_spread(course: Trajectory, ahead: Forecast) -> Spread | None:
    """The spread of the forecast of the same years, as wide around the scenario.

    The forecast's 80 % interval gives the standard deviation of a year; what the years
    before it do not explain of its variance is the year's own error. None without a forecast.
    """
    found: dict[int, float] = {}
    known, before = 0.0, 0
    widths = {
        year.year: (year.quantiles[0.9] - year.quantiles[0.1]) / 2 / _HALF_80
        for year in ahead.years
    }
    if not widths:
        return None
    for year in course.years[1:]:
        width = widths.get(year, 0.0)
        if not width:  # beyond the forecast: as much more a year as its last one
            width = math.sqrt(known + found.get(before, 0.0) ** 2)
        own = math.sqrt(max(width**2 - known, 0.0))
        found[year] = own
        known, before = known + own**2, year
    return Spread(found)


def odds(
    target: Target,
    course: Trajectory,
    spread: Spread,
    settings: Settings,
    *,
    limits: Limits | None = None,
    whole: bool = False,
    count: int = COUNT,
    seed: int = SEED,
) -> Odds:
    """Chance of reaching a target along a scenario.

    Args:
        target: what is asked for.
        course: the scenario's trajectory.
        spread: the years' own errors.
        settings: tolerance of "about".
        limits: possible values; of a cumulative target possible yearly amounts.
        whole: whether values are whole numbers: then it is enough that the rounded one meets
            the bound, so that "no more than 0" can be reached.
        count: how many courses.
        seed: of the draws.
    """
    drawn = courses(target.code, course, spread, limits=limits, count=count, seed=seed,
                    adds_up=target.kind == CUMULATIVE)  # fmt: skip
    return judged(target, course.years[1:], drawn, settings, whole=whole)


def courses(
    code: str,
    course: Trajectory,
    spread: Spread,
    *,
    limits: Limits | None = None,
    count: int = COUNT,
    seed: int = SEED,
    adds_up: bool = False,
) -> Array:
    """Possible courses around a scenario: years after the start × count."""
    years = course.years[1:]
    random = np.random.default_rng([seed, zlib.crc32(code.encode())])
    drawn = random.standard_normal((len(years), count))
    drawn *= np.array([spread.yearly.get(year, 0.0) for year in years])[:, None]
    if adds_up:  # each year's amount has an error of its own; the total sums them
        drawn += np.array(course.amounts[1:])[:, None]
        drawn = (limits or Limits()).hold(drawn)
        _summed(drawn)
        drawn += course.values[0]
        return drawn
    _summed(drawn)
    drawn += np.array(course.values[1:])[:, None]
    return (limits or Limits()).hold(drawn)


def _summed(drawn: Array) -> None:
    """Add to each year what the years before it brought; row by row, which is much faster."""
    for year in range(1, len(drawn)):
        drawn[year] += drawn[year - 1]


def judged(
    target: Target, years: Sequence[int], drawn: Array, settings: Settings, *, whole: bool = False
) -> Odds:
    """The share of courses that reach a target; ``drawn`` is years × courses."""
    if not len(years):
        return Odds(0.0, {}, None, {}, drawn)
    meeting = meeting_of(target, drawn, settings)
    if whole:
        meeting = meeting | meeting_of(target, np.rint(drawn), settings)
    last = min(max(target.end, years[0]), years[-1]) - years[0]
    if target.kind == EVERY_YEAR:
        first = max(target.start - years[0], 0)
        good = meeting[first : last + 1].all(axis=0)
    else:
        good = meeting[last]
    by: dict[int, float] = {}
    reached = np.zeros(drawn.shape[1], dtype=bool)
    for place, year in enumerate(years):
        reached |= meeting[place]
        by[year] = float(reached.mean())
    expected = next((year for year, share in by.items() if share >= 0.5), None)
    return Odds(float(good.mean()), by, expected, _bands(years, drawn), drawn)


def meeting_of(target: Target, values: Array, settings: Settings) -> Mask:
    """Which values meet a target's bound: ``bounds.meets`` for many at once."""
    down = goes_down(target.comparator, target.direction)
    ends = [
        weak_end(target.comparator, target.low, target.high, settings.about_pct, way)
        for way in (down, not down)
    ]
    noise = _NOISE * abs(ends[0])
    if target.comparator == MORE_THAN:
        return np.asarray(values > ends[0] + noise)
    if down:
        return np.asarray(values <= ends[0] + noise)
    found = np.asarray(values >= ends[0] - noise)
    if two_sided(target):
        found &= values <= ends[1] + _NOISE * abs(ends[1])
    return found


def two_sided(target: Target) -> bool:
    """Whether "about" has no good side: a level that is to be kept."""
    return target.comparator == ABOUT and target.direction == KEEP and target.kind == LEVEL


def value_meets(target: Target, value: float, settings: Settings, *, whole: bool = False) -> bool:
    """Whether one value meets a target's bound; of whole numbers it may also be the rounded one."""
    return any(
        meets(
            one,
            target.comparator,
            target.low,
            target.high,
            settings.about_pct,
            down=goes_down(target.comparator, target.direction),
            two_sided=two_sided(target),
        )
        for one in ((value, float(np.rint(value))) if whole else (value,))
    )


def _bands(years: Sequence[int], drawn: Array) -> dict[int, tuple[float, ...]]:
    """The courses at BAND_LEVELS, straight between the two nearest."""
    places = np.array(BAND_LEVELS) * (drawn.shape[1] - 1)
    below = np.floor(places).astype(int)
    above = np.minimum(below + 1, drawn.shape[1] - 1)
    sorted_there = np.partition(drawn, np.unique([below, above]), axis=1)
    low, high = sorted_there[:, below], sorted_there[:, above]
    table = low + (high - low) * (places - below)
    return {year: tuple(row) for year, row in zip(years, table.tolist(), strict=True)}


def normal_chance(middle: float, deviation: float, edge: float) -> float:
    """Probability that a normal value is at least ``edge``: the closed form of a level's chance."""
    if deviation <= 0:
        return 1.0 if middle >= edge else 0.0
    return 0.5 * math.erfc((edge - middle) / deviation / math.sqrt(2))
