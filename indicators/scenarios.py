"""Trajectories of a what-if: a base course from the newest figure, and what disturbs it.

A scenario (kịch bản) is a trial sum. Its values are never observations: nothing here gives an
``Observation``, and nothing that reads observations reads a ``Trajectory``.

A cumulative target's course is its running total. Growth and own values are then amounts of a
year, as yearly plans are; a yearly step, a line and a curve say where the total itself goes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .forecast_models import Array
from .scenarios_shapes import (
    MOST_YEARS,
    Curve,
    Delay,
    Effect,
    Growth,
    Line,
    Logistic,
    Own,
    Project,
    Saturating,
    Shape,
    Shock,
    Steps,
)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a scenario starts: the latest yearly figure.

    value: of the year; of a cumulative target the amount of a year (its last whole one).
    total: the running total, of a cumulative target only. open_share: of ``year`` the share
    that the total does not hold yet (2 of 12 months: 1/6).
    """

    year: int
    value: float
    total: float | None = None
    open_share: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no number.

        Raises:
            ValueError: a value is not finite, or the share is not from 0 to 1.
        """
        if not all(math.isfinite(x) for x in (self.value, self.total or 0.0)):
            raise ValueError(f"no number to start from: {self.value}, {self.total}")
        if not 0 <= self.open_share < 1:
            raise ValueError(f"no share of a year: {self.open_share}")

    @property
    def counted(self) -> float:
        """What stands today: the running total, else the value."""
        return self.value if self.total is None else self.total


@dataclass(frozen=True, slots=True)
class Limits:
    """What values are possible (an indicator's minimum and maximum), None without an end."""

    low: float | None = None
    high: float | None = None

    def hold(self, values: Array) -> Array:
        """The values, none of them outside."""
        if self.low is None and self.high is None:
            return values
        return np.clip(
            values,
            -np.inf if self.low is None else self.low,
            np.inf if self.high is None else self.high,
        )


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Values year by year, the start's year first, in the indicator's unit.

    values: at the year's end (of a flow: in the year); of a cumulative target running totals.
    amounts: of a cumulative target the amount of each year, of the first only what the total
    did not hold yet; else the values. held: years in which the possible range cut the value.
    """

    years: tuple[int, ...]
    values: tuple[float, ...]
    amounts: tuple[float, ...]
    held: tuple[int, ...] = ()

    def of(self, year: int) -> float | None:
        """One year's value; None where the trajectory does not reach."""
        place = year - self.years[0]
        return self.values[place] if 0 <= place < len(self.values) else None


def trajectory(
    start: Start,
    shape: Shape,
    until: int,
    effects: Sequence[Effect] = (),
    limits: Limits | None = None,
) -> Trajectory:
    """The course that follows from the assumptions.

    Args:
        start: where it starts.
        shape: the base course.
        until: its last year, at most 50 after the start's.
        effects: what disturbs it, in their order; delays come first whatever their place.
        limits: of a level the values', of a cumulative target the yearly amounts' limits.

    Raises:
        ValueError: the last year lies before the start or too far after it.
    """
    if not start.year <= until <= start.year + MOST_YEARS:
        raise ValueError(f"no year from {start.year} to {start.year + MOST_YEARS}: {until}")
    years = list(range(start.year, until + 1))
    late = sum(one.years for one in effects if isinstance(one, Delay))
    if start.total is None:
        base = _level(start.value, shape, start.year, years, late)
        bare = _disturbed(base, years, effects)
    else:
        base = _amounts(start, start.total, shape, years, late)
        share = np.ones(len(years))
        share[0] = start.open_share
        bare = _disturbed(base, years, effects, share)
    kept = (limits or Limits()).hold(bare)
    kept[0] = bare[0] if start.total is None else kept[0]
    held = tuple(y for y, one, other in zip(years, bare, kept, strict=True) if one != other)
    values = kept if start.total is None else start.total + np.cumsum(kept)
    return Trajectory(tuple(years), tuple(values.tolist()), tuple(kept.tolist()), held)


def scaled(effects: Sequence[Effect], year: int) -> tuple[float, float]:
    """What the effects make of a year's base value v: factor and addend of ``v * m + a``."""
    factor, added = 1.0, 0.0
    for one in effects:
        if isinstance(one, Shock):
            by = 1 + one.pct / 100 * one.share(year)
            factor, added = factor * by, added * by
        elif isinstance(one, Project):
            added += one.amount * one.share(year)
    return factor, added


def _level(value: float, shape: Shape, first: int, years: Sequence[int], late: int) -> Array:
    """Values at the ends of the years, the first of them the start itself."""
    since = np.maximum(np.array(years, dtype=float) - first - late, 0.0)
    return _shaped(value, shape, first, since)


def _shaped(value: float, shape: Shape, first: int, since: Array) -> Array:
    """The base course, ``since`` so many years after its start in ``first``."""
    match shape:
        case Growth(pct):
            found = value * (1 + pct / 100) ** since
        case Steps(amount):
            found = value + amount * since
        case Line(end, year):
            found = _toward(value, end, since / max(year - first, 1e-9))
        case Saturating(ceiling, pct):
            found = ceiling - (ceiling - value) * (1 - pct / 100) ** since
        case Logistic(ceiling, pct):
            found = _logistic(value, ceiling, pct, since)
        case Curve():
            found = _curve(value, shape, first, since)
        case Own(values):
            at = sorted(year for year in values if year > first)
            known = [value, *(values[year] for year in at)]
            found = np.interp(since, [0.0, *(float(year - first) for year in at)], known)
    result: Array = np.asarray(found, dtype=float)
    return result


def _toward(value: float, end: float, share: Array) -> Array:
    """Part of the way; exactly the end where the way is done."""
    return np.where(share >= 1, end, value + (end - value) * np.clip(share, 0.0, 1.0))


def _logistic(value: float, ceiling: float, pct: float, since: Array) -> Array:
    if not 0 < value < ceiling:
        return np.full(since.shape, min(value, ceiling) if value > 0 else value)
    odds = (ceiling - value) / value * (1 + pct / 100) ** -since
    return ceiling / (1 + odds)


def _curve(value: float, shape: Curve, first: int, since: Array) -> Array:
    span = max(shape.year - first, 1e-9)
    middle = span / 2 if shape.middle is None else shape.middle - first
    at = _sigmoid(shape.steepness * (np.minimum(since, span) - middle))
    low, high = (float(_sigmoid(shape.steepness * (x - middle))) for x in (0.0, span))
    return _toward(value, shape.value, np.where(since >= span, 1.0, (at - low) / (high - low)))


def _sigmoid(x: Array | float) -> Array:
    found: Array = np.asarray(1 / (1 + np.exp(-np.clip(x, -700.0, 700.0))), dtype=float)
    return found


def _amounts(start: Start, total: float, shape: Shape, years: Sequence[int], late: int) -> Array:
    """Amounts of the years of a running total; of the first only the share that is still open."""
    open_share = start.open_share
    if isinstance(shape, Growth | Own):
        amounts = _level(start.value, shape, start.year, years, late)
        first = start.value
        if isinstance(shape, Own):
            first = shape.values.get(start.year, start.value)
        amounts[0] = first * open_share
        return amounts
    wait = late + open_share if late else 0.0  # whole years after the start's own
    late_by = np.minimum(wait, np.arange(len(years)) + open_share)
    since = np.arange(len(years)) + open_share - late_by
    totals = _shaped(total, shape, start.year, _from_now(shape, start, since))
    if isinstance(shape, Steps):  # until the delay is over the amounts of today go on
        totals = totals + start.value * late_by
    return np.diff(totals, prepend=total)


def _from_now(shape: Shape, start: Start, since: Array) -> Array:
    """Years since the total was counted, as the shape counts them from its start's year end.

    A line or curve to a year has the whole way for ``year - start + open``; its share of the
    way is what has to stay the same.
    """
    if not isinstance(shape, Line | Curve):
        return since
    span = shape.year - start.year
    return since * span / (span + start.open_share) if span > 0 else since + 1.0


def _disturbed(
    base: Array, years: Sequence[int], effects: Sequence[Effect], shares: Array | None = None
) -> Array:
    """The base with shocks and projects; the start itself is a figure and stays."""
    found = base.copy()
    for place, year in enumerate(years):
        part = 1.0 if shares is None else float(shares[place])
        if place == 0 and (shares is None or part == 0.0):
            continue
        factor, added = scaled(effects, year)
        found[place] = base[place] * factor + added * part
    return found
