"""A distribution for each coming year of a short yearly series.

From 3 to 12 yearly values nobody can tell which trend model is right, so none is chosen: a
fixed grid of them (forecast_models.py) is averaged, each weighted by how well it foretold the
figures there are. Weak priors (forecast_scales.py) carry the first few points. The spread is
widened, since forecasts of this kind come out too sure; what is stated as a probability stays
between 4 and 96 %. Where 2020 or 2021 is in the history, the models are run with and
without these years and the two results are mixed.

Sources: Hoeting et al., Bayesian model averaging, 1999; Makridakis et al., The M4 Competition,
2020 (combinations win, most intervals are too narrow). How well it does: benchmarks/forecast.py.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from .forecast_mix import Part, draws, probability_below, quantiles
from .forecast_models import (
    GRID,
    Array,
    Filtered,
    filtered,
    filtered_from_within,
    filtered_with_noise,
)
from .forecast_scales import PRIORS, Prior, Scale, scale_for
from .model import Reason
from .paths import DISRUPTED_YEARS

LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)
LEAST, MOST = 0.04, 0.96
LEAST_POINTS, FEW_POINTS, TESTED_AHEAD = 2, 3, 6

_WIDER, _WIDER_A_YEAR = 1.15, 0.02
_WITHOUT_DISRUPTION = 0.3  # weight of the run that does not know 2020-21
_DRAWS, _SEED = 4000, 2025


@dataclass(frozen=True, slots=True, eq=False)
class YearAhead:
    """The distribution of one year's value, in the series' unit.

    mean: the central forecast, which is the median. quantiles: by LEVELS.
    """

    year: int
    mean: float
    quantiles: Mapping[float, float]
    _scale: Scale = field(repr=False)
    _parts: tuple[Part, ...] = field(repr=False)
    _place: int = field(repr=False)

    def prob(self, target: float) -> float:
        """Probability of at least ``target``, as it may be stated: never below 4 or above 96 %."""
        return capped(self.at_least(target))

    def at_least(self, target: float) -> float:
        """Probability of at least ``target`` as the models give it, for further calculation."""
        if self._scale.always(target):
            return 1.0
        if self._scale.never(target):
            return 0.0
        place = self._scale.forward(np.array([target]))
        below = float(probability_below(self._parts, self._place, place)[0])
        return min(max(1 - below, 0.0), 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Distributions of coming years, in order, and what is to be said about them.

    points: figures that it rests on. last: year of the newest of them, None without any.
    years: empty where no forecast can be given; ``reasons`` then says why.
    """

    points: int
    last: int | None
    years: tuple[YearAhead, ...]
    reasons: tuple[Reason, ...]

    def of(self, year: int) -> YearAhead | None:
        """The distribution of one year; None where there is none."""
        return next((ahead for ahead in self.years if ahead.year == year), None)

    def paths(self, count: int = _DRAWS) -> Array:
        """Possible courses over all the years: about ``count`` rows, one column a year.

        The same forecast always gives the same paths. For sums over years, whose errors
        belong together.
        """
        if not self.years:
            raise ValueError("no years are forecast")
        first = self.years[0]
        return first._scale.back(draws(first._parts, count, _SEED))


@dataclass(frozen=True, slots=True)
class _Newest:
    """What the last figure is: an estimate with a noise, or from within its year, or neither."""

    noise: float | None = None
    months_left: int = 0

    @property
    def is_whole(self) -> bool:
        return self.noise is None and not self.months_left


_WHOLE = _Newest()


def capped(probability: float) -> float:
    """A probability as it may be stated: what is rarer or surer did not hold on the benchmark."""
    return min(max(probability, LEAST), MOST)


def forecast(
    years: Sequence[int],
    values: Sequence[float | None],
    scale: str,
    horizons: Sequence[int],
    noise: Mapping[int, float] | None = None,
    *,
    months_left: int = 0,
) -> Forecast:
    """Distribution of the series' value in coming years.

    Args:
        years: rising; years without a figure may be left out or have None.
        values: in the series' unit.
        scale: count (cannot be negative), money (nor can it), rate (0 to 100 %), or growth
            (no bound).
        horizons: years after the last figure, rising. 0 is allowed where the last year's value is
            not known for sure: with ``noise`` or ``months_left``.
        noise: year -> standard deviation, in the unit, of a figure that is an estimate of its
            year (a nowcast). The last year only.
        months_left: months from the last figure to the end of its year, where a stock's or
            rate's newest figure stands for the year. Not together with ``noise``.

    Raises:
        ValueError: the scale is unknown, years or horizons do not rise, a value or a noise
            is no number, the noise is of another year, or the months are not 0 to 11.
    """
    known = _known(years, values)
    newest = _Newest(_checked_noise(known, noise), months_left)
    _check_horizons(horizons, newest)
    if scale not in PRIORS:
        raise ValueError(f"no scale {scale!r}")
    points, last = len(known), known[-1][0] if known else None
    reasons = _reasons(known, horizons)
    if points < LEAST_POINTS or last is None or not horizons:
        return Forecast(points, last, (), reasons)
    fitted = scale_for(scale, [value for _, value in known])
    parts = _mixture(known, fitted, PRIORS[scale], horizons, newest)
    table = fitted.back(quantiles(parts, LEVELS))
    ahead = tuple(
        YearAhead(last + h, row[2], dict(zip(LEVELS, row, strict=True)), fitted, parts, place)
        for place, (h, row) in enumerate(zip(horizons, table.tolist(), strict=True))
    )
    return Forecast(points, last, ahead, reasons)


def _known(years: Sequence[int], values: Sequence[float | None]) -> list[tuple[int, float]]:
    if len(years) != len(values):
        raise ValueError(f"{len(years)} years, but {len(values)} values")
    if any(b <= a for a, b in pairwise(years)):
        raise ValueError(f"years do not rise: {list(years)}")
    known = [(y, float(v)) for y, v in zip(years, values, strict=True) if v is not None]
    for year, value in known:
        if not math.isfinite(value):
            raise ValueError(f"no number in {year}: {value}")
    return known


def _checked_noise(
    known: list[tuple[int, float]], noise: Mapping[int, float] | None
) -> float | None:
    """Standard deviation of the last figure as an estimate, None where it is none."""
    if not noise:
        return None
    (year, size), *others = noise.items()
    if others or not known or year != known[-1][0]:
        raise ValueError(f"only the last year can be an estimate, not {sorted(noise)}")
    if not (math.isfinite(size) and size >= 0):
        raise ValueError(f"no standard deviation: {size}")
    return float(size)


def _check_horizons(horizons: Sequence[int], newest: _Newest) -> None:
    if not 0 <= newest.months_left <= 11:
        raise ValueError(f"a year has no {newest.months_left} months left")
    if newest.noise is not None and newest.months_left:
        raise ValueError("the last year is either an estimate or a figure from within the year")
    if any(b <= a for a, b in pairwise(horizons)):
        raise ValueError(f"horizons do not rise: {list(horizons)}")
    if horizons and horizons[0] < (1 if newest.is_whole else 0):
        raise ValueError(f"no year ahead: {horizons[0]}")


def _reasons(known: list[tuple[int, float]], horizons: Sequence[int]) -> tuple[Reason, ...]:
    """What a reader has to know before the numbers."""
    if not known:
        return (Reason("forecast_no_points"),)
    if len(known) < LEAST_POINTS:
        return (Reason("forecast_one_point", {"year": known[0][0]}),)
    reasons = []
    if len(known) <= FEW_POINTS:
        reasons.append(Reason("forecast_few_points", {"points": len(known)}))
    if _undisturbed(known) is not None:
        years = tuple(year for year, _ in known if year in DISRUPTED_YEARS)
        weight = 100 * _WITHOUT_DISRUPTION
        reasons.append(Reason("forecast_disruption", {"years": years, "weight_pct": weight}))
    if horizons and horizons[-1] > TESTED_AHEAD:
        reasons.append(Reason("forecast_far", {"years": TESTED_AHEAD}))
    return tuple(reasons)


def _undisturbed(known: list[tuple[int, float]]) -> list[tuple[int, float]] | None:
    """The figures without 2020-21; None where that changes nothing or leaves too few."""
    kept = [(year, value) for year, value in known if year not in DISRUPTED_YEARS]
    return kept if LEAST_POINTS <= len(kept) < len(known) else None


def _mixture(
    known: list[tuple[int, float]],
    scale: Scale,
    prior: Prior,
    horizons: Sequence[int],
    newest: _Newest,
) -> tuple[Part, ...]:
    calm = _undisturbed(known)
    if calm is None:
        return (_part(known, scale, prior, horizons, newest, 1.0),)
    late = known[-1][0] - calm[-1][0]
    later = [horizon + late for horizon in horizons]
    return (
        _part(known, scale, prior, horizons, newest, 1 - _WITHOUT_DISRUPTION),
        _part(calm, scale, prior, later, _WHOLE if late else newest, _WITHOUT_DISRUPTION, late),
    )


def _part(
    known: list[tuple[int, float]],
    scale: Scale,
    prior: Prior,
    horizons: Sequence[int],
    newest: _Newest,
    weight: float,
    late: int = 0,
) -> Part:
    """Run all models on one version of the history.

    late: years by which that version ends before the whole history.
    """
    years = tuple(year - known[0][0] for year, _ in known)
    places = scale.forward(np.array([value for _, value in known]))
    ahead = tuple(horizons)
    if newest.noise is not None:
        maps = _noisy_maps(years, places, scale, prior, ahead, (known[-1][1], newest.noise))
    elif newest.months_left:
        maps = filtered_from_within(years, ahead, newest.months_left)
    else:
        maps = filtered(years, ahead)
    figures = np.append(places, prior.drift)
    log_weight, variance = _evidence(maps, figures, prior)
    shares = np.exp(log_weight - log_weight.max())
    wider = np.array([_WIDER + _WIDER_A_YEAR * max(h - late - 1, 0) for h in ahead])
    wider[np.array(ahead) - late <= 0] = 1.0
    spread = maps.spread * variance[:, None, None] * (wider[:, None] * wider)
    return Part(
        prior.degrees + len(years) - 1,
        weight * shares / shares.sum(),
        maps.ahead @ figures,
        np.sqrt(np.diagonal(spread, axis1=1, axis2=2)),
        spread,
    )


def _evidence(maps: Filtered, figures: Array, prior: Prior) -> tuple[Array, Array]:
    """Log weight of each model and its estimate of the unknown variance.

    The marginal likelihood of a normal model whose variance has an inverse-gamma prior; the
    first figure only places the level and is no evidence for any model.
    """
    errors = maps.residual @ figures
    degrees = prior.degrees + errors.shape[1]
    squares = prior.degrees * prior.noise**2 + np.sum(errors**2, axis=1)
    log_prior = GRID.log_prior + prior.trend * (GRID.damping > 0)
    log_weight = log_prior - maps.log_scale - degrees / 2 * np.log(squares)
    return log_weight, squares / degrees


def _noisy_maps(
    years: tuple[int, ...],
    places: Array,
    scale: Scale,
    prior: Prior,
    horizons: tuple[int, ...],
    estimate: tuple[float, float],
) -> Filtered:
    """Maps where the last figure is an estimate: its variance is put in the models' units.

    That unit, the unknown variance, is taken from the figures before.
    """
    value, noise = estimate
    ends = scale.forward(np.array([value - noise, value + noise]))
    size = max(float(ends[1] - ends[0]) / 2, 1e-9)
    before = np.append(places[:-1], prior.drift)
    _, variance = _evidence(filtered(years[:-1], (1,)), before, prior)
    extra = np.zeros((len(years), GRID.size))
    extra[-1] = size**2 / variance
    return filtered_with_noise(years, horizons, extra)
