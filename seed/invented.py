"""Invented figures for a demonstration: never real ones, always marked as invented.

Made by rule from the targets themselves with a fixed seed, so that the same register gives the
same figures: some targets ahead of their path, some behind, some without movement.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from indicators import periods
from indicators.model import (
    AT_MOST,
    BETWEEN,
    CUMULATIVE,
    DONE_MEASURE,
    EACH_AREA,
    ESTIMATE,
    EVERY_YEAR,
    FLOW,
    OFFICIAL,
    PRELIMINARY,
    PROVINCE,
    PUBLISHED,
    Indicator,
    Observation,
    Target,
    YearlyPlan,
)
from indicators.periods import Period

SOURCE = "DỮ LIỆU MINH HỌA – số bịa để minh họa"
FIRST_YEAR = 2019
REPORTED_AFTER = timedelta(days=20)

# Share of the way that has been gone where the path asks for all of it.
_PACES = (1.25, 1.1, 1.02, 0.96, 0.8, 0.55, 0.2, -0.1)
_WEIGHTS = (0.34, 0.26, 0.3, 0.1)  # of the parts of a mean, invented as well


@dataclass(frozen=True, slots=True)
class _Course:
    """How one target's figure moves in one area."""

    base: float
    goal: float
    span: int
    pace: float
    share: float
    noise: np.random.Generator

    def at(self, years: float) -> float:
        """The value so many years after the start, with a little noise."""
        way = (self.goal - self.base) * years / self.span * self.pace
        return self.base + way + (self.goal - self.base) * 0.02 * float(self.noise.normal())


def observations(
    targets: Iterable[Target], indicators: Iterable[Indicator], areas: Iterable[str], day: date
) -> list[Observation]:
    """Invented figures for every target, area and half-year or year that has ended by a day.

    Args:
        targets: those of the register.
        indicators: how their figures behave.
        areas: codes of all areas in force, for shares that are counted over them.
        day: the last day on which a figure may have been reported.
    """
    behaviour = {one.code: one for one in indicators}
    everywhere = tuple(areas)
    spans = _periods(day)
    found: dict[tuple[str, str, Period], float] = {}
    for target in sorted(targets, key=lambda one: one.code):
        indicator = behaviour[target.indicator or target.code]
        for place, area in enumerate(_areas(target, indicator, everywhere)):
            course = _course(target, indicator, area, place)
            for period in spans:
                value = _value(course, target, indicator, area, period)
                found[indicator.code, area, period] = _possible(value, indicator)
    _fit_together(found, behaviour)
    return [_observation(*key, value, day) for key, value in found.items()]


def plans(
    targets: Iterable[Target], indicators: Iterable[Indicator], figures: Iterable[Observation]
) -> list[YearlyPlan]:
    """Invented yearly plans of the province, the running year's included.

    A little above or below what then came; the running year goes on as the last two did.
    """
    codes = {one.indicator or one.code for one in targets if one.kind != EACH_AREA}
    behaviour = {one.code: one for one in indicators}
    by_code: dict[str, dict[int, float]] = {}
    for one in figures:
        if one.indicator in codes and not one.area and one.period.is_year:
            by_code.setdefault(one.indicator, {})[one.period.year] = one.value
    made = []
    for code, values in by_code.items():
        last = max(values)
        course = {**values, last + 1: 2 * values[last] - values.get(last - 1, values[last])}
        made += [
            YearlyPlan(
                code,
                periods.whole_year(year),
                PROVINCE,
                _possible(value * _near(code, year), behaviour[code]),
                SOURCE,
                SOURCE,
            )
            for year, value in course.items()
        ]
    return made


def _near(code: str, year: int) -> float:
    """How near a plan came: 0.96 to 1.04."""
    return 0.96 + zlib.crc32(f"{code} {year}".encode()) % 9 / 100


def _periods(day: date) -> list[Period]:
    """Half-years and years from FIRST_YEAR on whose figures were reported by the day."""
    spans = [
        span
        for year in range(FIRST_YEAR, day.year + 1)
        for span in (periods.half_year(year, 1), periods.whole_year(year))
    ]
    return [span for span in spans if span.end + REPORTED_AFTER <= day]


def _areas(target: Target, indicator: Indicator, everywhere: tuple[str, ...]) -> tuple[str, ...]:
    if target.kind == EACH_AREA:
        return target.areas
    return everywhere if indicator.area_rollup else (PROVINCE,)


def _course(target: Target, indicator: Indicator, area: str, place: int) -> _Course:
    seed = zlib.crc32(f"{target.code} {area}".encode())
    noise = np.random.default_rng(seed)
    goal = (
        (target.low + target.high) / 2
        if target.comparator == BETWEEN and target.high
        else target.low
    )
    base = goal * float(noise.uniform(0.45, 0.75))
    if target.comparator == AT_MOST:
        base = goal + float(noise.uniform(25, 60))
    elif indicator.part_of and not indicator.part_of.startswith("mean:"):
        base = goal * float(noise.uniform(0.3, 0.45))
    elif target.kind == EVERY_YEAR:
        base = goal * float(noise.uniform(0.9, 1.0))
    pace = _PACES[(seed + place) % len(_PACES)]
    span = max(target.end - FIRST_YEAR, 1)
    return _Course(base, goal, span, pace, float(noise.uniform(0.46, 0.56)), noise)


def _value(
    course: _Course, target: Target, indicator: Indicator, area: str, period: Period
) -> float:
    years = period.year - FIRST_YEAR + (1.0 if period.is_year else 0.5)
    if indicator.measure == DONE_MEASURE or (indicator.area_rollup == "share_of_areas" and area):
        done_after = course.share * 20 - course.pace * 3  # 6 to 11 years, sooner at a good pace
        return 1.0 if years >= done_after else 0.0
    if target.kind == CUMULATIVE:
        terms = max(target.end - target.start + 1, 1)
        year = course.goal / terms * max(course.pace, 0.3) * float(course.noise.uniform(0.85, 1.15))
    else:
        year = course.at(years)
    part = course.share if indicator.measure == FLOW and not period.is_year else 1.0
    return year * part


def _possible(value: float, indicator: Indicator) -> float:
    """Within the indicator's bounds, with its decimals; big counts in hundreds."""
    low = -np.inf if indicator.minimum is None else indicator.minimum
    high = np.inf if indicator.maximum is None else indicator.maximum
    bounded = float(min(max(value, low), high))
    return float(round(bounded, -2 if bounded >= 100_000 else indicator.decimals))


def _fit_together(
    found: dict[tuple[str, str, Period], float], behaviour: dict[str, Indicator]
) -> None:
    """A part never exceeds its whole; a whole lies between the parts that it is the mean of."""
    parts: dict[str, list[str]] = {}
    for indicator in behaviour.values():
        if indicator.part_of.startswith("mean:"):
            parts.setdefault(indicator.part_of[5:], []).append(indicator.code)
    for (code, area, period), value in list(found.items()):
        if code in parts:
            values = [found[part, area, period] for part in sorted(parts[code])]
            weights = _WEIGHTS if len(values) == len(_WEIGHTS) else None
            mean = float(np.average(values, weights=weights))
            found[code, area, period] = _possible(mean, behaviour[code])
        whole = behaviour[code].part_of
        if whole and not whole.startswith("mean:") and (whole, area, period) in found:
            most = found[whole, area, period] * 0.95
            found[code, area, period] = _possible(min(value, most), behaviour[code])


def _observation(indicator: str, area: str, period: Period, value: float, day: date) -> Observation:
    known = period.end + REPORTED_AFTER
    age = day.year - period.year
    status = ESTIMATE if age == 0 else PRELIMINARY if age == 1 else OFFICIAL
    return Observation(
        indicator,
        area,
        period,
        value,
        status,
        source=SOURCE,
        origin=PUBLISHED,
        known_from=known,
        note=SOURCE,
    )
