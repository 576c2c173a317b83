"""The chance of reaching a target: what a forecast says of each kind of target.

level: the last year's value meets the bound (of "about" and of an interval its weak end).
every_year: the running year meets it. cumulative: the total at the period's end is enough.
each_area and "done or not" have no chance. Whole numbers are compared rounded, so that
"no more than 0" can be reached.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from .bounds import LESS_THAN, goes_down, meets, weak_end
from .forecast import Forecast, YearAhead, capped, forecast
from .forecast_nowcast import Nowcast
from .forecast_scales import COUNT, RATE_SCALE, scale_of
from .model import (
    ABOUT,
    CUMULATIVE,
    DONE,
    EACH_AREA,
    EVERY_YEAR,
    LEVEL,
    MORE_THAN,
    Indicator,
    Reason,
    Settings,
    Target,
)
from .periods import months_after, whole_year

KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Chance:
    """Probability of reaching a target, 0.04 to 0.96, or None and why.

    year: the year whose value (or total) decides.
    """

    probability: float | None
    year: int | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """A target's forecast and the chance that follows from it."""

    forecast: Forecast
    chance: Chance


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a target's own series, in its unit.

    years: year -> value: a flow's whole years (also of a cumulative target: each year's
        amount, not the total), a year's figure of a stock or a rate.
    running: estimate of the year after the last of them, from its first months.
    begun: year -> amount counted so far, of a flow's years that are not whole yet.
    months_left: months between the last figure and its year's end, where the newest figure
        of a stock or rate stands for its year.
    """

    years: Mapping[int, float]
    running: Nowcast | None = None
    begun: Mapping[int, float] = field(default_factory=dict)
    months_left: int = 0


@dataclass(frozen=True, slots=True)
class _Case:
    """What the chance of one target is worked out from."""

    target: Target
    scale: str
    decimals: int
    forecast: Forecast
    history: History
    settings: Settings

    @property
    def whole(self) -> bool:
        return self.scale == COUNT

    @property
    def down(self) -> bool:
        return goes_down(self.target.comparator, self.target.direction)

    @property
    def two_sided(self) -> bool:
        target = self.target
        return target.comparator == ABOUT and target.direction == KEEP and target.kind == LEVEL

    def end(self, *, down: bool) -> float:
        target, tolerance = self.target, self.settings.about_pct
        return weak_end(target.comparator, target.low, target.high, tolerance, down)

    def met_by(self, value: float) -> bool:
        target = self.target
        return meets(
            value,
            target.comparator,
            target.low,
            target.high,
            self.settings.about_pct,
            down=self.down,
            two_sided=self.two_sided,
        )


def outlook(
    target: Target,
    indicator: Indicator,
    history: History,
    today: date,
    settings: Settings | None = None,
) -> Outlook:
    """Forecast of a target's series up to its end, and the chance of reaching it.

    Args:
        target: what is asked for.
        indicator: how its figures behave.
        history: the figures of the target's own scope.
        today: the as-of day.
        settings: tolerance of "about", and the months after which a figure is too old.
    """
    scale = scale_of(indicator)
    if scale is None or target.kind == EACH_AREA or target.comparator == DONE:
        none = Forecast(0, None, (), ())
        return Outlook(none, Chance(None, None, (Reason("chance_none"),)))
    values, noise = _with_estimate(history)
    last = max(values, default=target.end)
    left = 0 if noise else history.months_left
    horizons = range(0 if noise or left else 1, max(target.end, today.year) - last + 1)
    ahead = forecast(list(values), list(values.values()), scale, horizons, noise, months_left=left)
    return Outlook(ahead, chance(target, indicator, ahead, history, today, settings))


def _with_estimate(history: History) -> tuple[dict[int, float], dict[int, float]]:
    """Years and values in order, and the noise of the last where it is only an estimate."""
    values = dict(sorted(history.years.items()))
    running, last = history.running, max(values, default=None)
    if running is not None and (last is None or running.year > last):
        return {**values, running.year: running.value}, {running.year: running.noise}
    return values, {}


def chance(
    target: Target,
    indicator: Indicator,
    ahead: Forecast,
    history: History,
    today: date,
    settings: Settings | None = None,
) -> Chance:
    """Chance of reaching a target, from a forecast of its series; arguments as for ``outlook``."""
    scale = scale_of(indicator)
    if scale is None or target.kind == EACH_AREA or target.comparator == DONE:
        return Chance(None, None, (Reason("chance_none"),))
    case = _Case(target, scale, indicator.decimals, ahead, history, settings or Settings())
    if target.kind == CUMULATIVE and _is_reached(case):
        return _stated(case, target.end, 1.0, "chance_reached")
    if ahead.last is None:
        return Chance(None, None, ahead.reasons)
    fresh_months = case.settings.stale_months - history.months_left
    if months_after(whole_year(ahead.last).end, fresh_months) < today:
        return Chance(None, None, (Reason("chance_stale", {"year": ahead.last}),))
    if target.kind == CUMULATIVE:
        return _of_total(case)
    if target.kind == EVERY_YEAR:
        return _in_year(case, max(today.year, target.start), "chance_every_year")
    return _in_year(case, target.end, "chance_level")


def _in_year(case: _Case, year: int, key: str) -> Chance:
    """Chance that one year's value meets the bound."""
    if year > case.target.end:
        return Chance(None, case.target.end, (Reason("chance_over", {"year": case.target.end}),))
    found = case.forecast.of(year)
    if found is None:
        if year in case.history.years:
            return Chance(None, year, (Reason("chance_known", {"year": year}),))
        over = (Reason("chance_over", {"year": year}),)
        return Chance(None, year, case.forecast.reasons or over)
    return _stated(case, year, _meeting(case, found), key)


def _meeting(case: _Case, ahead: YearAhead) -> float:
    """Probability that a year's value meets the bound, as the models give it."""
    if case.two_sided:
        low = ahead.at_least(_edge(case, case.end(down=False)))
        return max(low - ahead.at_least(_edge(case, case.end(down=True), down=True)), 0.0)
    reached = ahead.at_least(_edge(case, case.end(down=case.down), down=case.down))
    return 1 - reached if case.down else reached


def _edge(case: _Case, end: float, *, down: bool = False) -> float:
    """The unrounded value from which on a whole number meets the bound (down: misses it)."""
    if not case.whole:
        return end + _slack_at_an_end(case, end, down=down)
    if down:
        most = math.ceil(end) - 1 if case.target.comparator == LESS_THAN else math.floor(end)
        return most + 0.5
    least = math.floor(end) + 1 if case.target.comparator == MORE_THAN else math.ceil(end)
    return least - 0.5


def _slack_at_an_end(case: _Case, end: float, *, down: bool) -> float:
    """What a bound of 100 % (or down to 0 %) gives way: half of the last decimal shown.

    The forecast runs up to the end of the scale and never beyond; what is written as the end is it.
    """
    half = 0.5 * 10.0**-case.decimals
    if case.scale == RATE_SCALE and not down and end >= 100:
        return -half
    return half if case.scale == RATE_SCALE and down and end <= 0 else 0.0


def _is_reached(case: _Case) -> bool:
    """Whether what is counted already is enough; it cannot be lost again."""
    counted = {**case.history.begun, **case.history.years}
    total = sum(value for year, value in counted.items() if _in_term(case, year))
    return not case.down and case.met_by(total)


def _in_term(case: _Case, year: int) -> bool:
    return case.target.start <= year <= case.target.end


def _of_total(case: _Case) -> Chance:
    """Chance that the sum over the term is enough: the known years and the possible others."""
    target, ahead = case.target, case.forecast
    known = {y: value for y, value in case.history.years.items() if _in_term(case, y)}
    open_years = [year for year in range(target.start, target.end + 1) if year not in known]
    if not open_years:
        return Chance(None, target.end, (Reason("chance_known", {"year": target.end}),))
    if not ahead.years:
        return Chance(None, target.end, ahead.reasons)
    holes = tuple(year for year in open_years if ahead.of(year) is None)
    if holes:
        return Chance(None, target.end, (Reason("chance_hole", {"years": holes}),))
    paths = ahead.paths()
    totals = np.full(len(paths), float(sum(known.values())))
    for place, item in enumerate(ahead.years):
        if item.year in open_years:
            totals += np.maximum(paths[:, place], case.history.begun.get(item.year, -math.inf))
    edge = _edge(case, case.end(down=case.down), down=case.down)
    share = float(np.mean(totals < edge if case.down else totals >= edge))
    low, middle, high = np.quantile(totals, (0.1, 0.5, 0.9)).tolist()
    return _stated(case, target.end, share, "chance_total", (low, middle, high))


def _stated(
    case: _Case,
    year: int,
    share: float,
    key: str,
    span: tuple[float, float, float] | None = None,
) -> Chance:
    """The chance as it may be stated, with what has to be said about it.

    span: 10, 50 and 90 % of what decides, where that is not the year's value.
    """
    target, probability = case.target, capped(share)
    numbers: dict[str, object] = {
        "year": year,
        "probability_pct": 100 * probability,
        "comparator": "between" if case.two_sided else target.comparator,
        "bound": case.end(down=case.down),
        "down": case.down,
        "unit": target.unit,
        "decimals": case.decimals,
    }
    if case.two_sided:
        numbers |= {"bound": case.end(down=False), "bound_high": case.end(down=True)}
    ahead = case.forecast.of(year)
    if span is None and ahead is not None:
        span = (ahead.quantiles[0.1], ahead.mean, ahead.quantiles[0.9])
    if span is not None:
        numbers |= dict(zip(("low", "middle", "high"), span, strict=True))
    reasons = [Reason(key, numbers)]
    if key != "chance_reached":
        reasons += case.forecast.reasons
        if probability != share:
            reasons.append(Reason("chance_capped"))
    return Chance(probability, year, tuple(reasons))
