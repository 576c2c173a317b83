"""Trend models on a fixed grid, and the Kalman filter that runs all of them at once.

Every model is a level that moves by a slope which fades (damping) or stays::

    value(t) = level(t) + irregular
    level(t) = level(t-1) + kept(t) + shock
    slope(t) = kept(t) + change,   kept(t) = drift + damping · (slope(t-1) - drift)

All variances are multiples of one unknown variance per model, which is left to the data (and a
weak prior) in ``forecast.py``. The gains then depend on the years alone, never on the values:
residuals and forecasts are fixed linear maps of the values, worked out once for each pattern
of years. Years without a figure are steps without an update.

Source: Harvey, Forecasting, Structural Time Series Models and the Kalman Filter, 1989,
chapters 3 and 4; the damped trend: Gardner, McKenzie, Forecasting trends in time series, 1985.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

_IRREGULAR = (0.0, 0.2, 0.4)  # share of the irregular; a change of one year has variance 1
_STEADY = 0.48  # the same, of a level that hardly moves: the values lie around a mean
_DAMPINGS = (0.3, 0.55, 0.8)
_DAMPED_CHANGE = 0.15  # variance of the slope's change, damped trend
_LINEAR_CHANGES = (0.0, 0.05, 0.2)  # the same, trends that do not fade
_DAMPED_START = 0.3  # variance of the first slope around the drift
_LINEAR_START = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The models, one a place in each array; variances in multiples of the unknown one.

    damping: 0 (no slope at all) to 1 (a slope that stays). irregular, shock, change: variances
    of the three kinds of noise. start: variance of the first slope. log_prior: log of the
    weight before any figure; a family of models shares the weight of one.
    """

    damping: Array
    irregular: Array
    shock: Array
    change: Array
    start: Array
    log_prior: Array

    @property
    def size(self) -> int:
        """How many models there are."""
        return len(self.damping)


def _grid() -> Grid:
    rows: list[tuple[float, ...]] = []
    for irregular in _IRREGULAR:
        shock = 1 - 2 * irregular
        rows.append((0.0, irregular, shock, 0.0, 0.0, 1))
        for damping in _DAMPINGS:
            change = _DAMPED_CHANGE * max(shock, 0.2)
            rows.append((damping, irregular, shock, change, _DAMPED_START, len(_DAMPINGS)))
        for change in _LINEAR_CHANGES:
            rows.append((1.0, irregular, shock, change, _LINEAR_START, len(_LINEAR_CHANGES)))
    rows.append((0.0, _STEADY, 1 - 2 * _STEADY, 0.0, 0.0, 3))
    columns = np.array(rows).T
    damping, irregular, shock, change, start, members = columns
    return Grid(damping, irregular, shock, change, start, -np.log(members))


GRID = _grid()


@dataclass(frozen=True, slots=True, eq=False)
class Filtered:
    """What the filter makes of a pattern of years: maps to be applied to (values, drift).

    residual: models × (n-1) × (n+1), one-step errors over their standard deviation.
    log_scale: models, sum of the logs of those standard deviations.
    ahead: models × horizons × (n+1), forecasts. spread: models × horizons × horizons, their
    covariance, the irregular of the forecast year included.
    """

    residual: Array
    log_scale: Array
    ahead: Array
    spread: Array


@lru_cache(maxsize=1024)
def filtered(years: tuple[int, ...], horizons: tuple[int, ...]) -> Filtered:
    """The filter's maps for figures in these years, forecasts so many years after the last.

    Args:
        years: years with a figure, rising, counted from anywhere.
        horizons: years after the last of them, rising, each at least 1.
    """
    return filtered_with_noise(years, horizons, np.zeros((len(years), GRID.size)))


def filtered_with_noise(
    years: tuple[int, ...], horizons: tuple[int, ...], extra: Array
) -> Filtered:
    """As ``filtered``, where some figures are only estimates of their year.

    Args:
        years: as there.
        horizons: as there; 0 asks for the true value of a last year that is an estimate.
        extra: figures × models, variance of the estimate in multiples of the unknown one.
    """
    run = _Run(len(years))
    run.start(extra[0])
    residual = np.zeros((GRID.size, len(years) - 1, len(years) + 1))
    log_scale = np.zeros(GRID.size)
    for index in range(1, len(years)):
        for _ in range(years[index] - years[index - 1]):
            run.step()
        error, variance = run.update(index, extra[index])
        residual[:, index - 1] = error / np.sqrt(variance)[:, None]
        log_scale += 0.5 * np.log(variance)
    return Filtered(residual, log_scale, *_ahead(run, horizons))


@lru_cache(maxsize=1024)
def filtered_from_within(
    years: tuple[int, ...], horizons: tuple[int, ...], months_left: int
) -> Filtered:
    """As ``filtered``, where the last figure stands so many months before its year's end.

    A year's end then lies between two whole numbers of years after the figure: forecast and
    covariance are taken in between in a straight line. Horizon 0 is the end of the last
    figure's own year.
    """
    share = months_left / 12
    needed = tuple(sorted({h for h in horizons if h} | {h + 1 for h in horizons}))
    whole = filtered(years, needed)
    later = [needed.index(h + 1) for h in horizons]
    ahead = share * whole.ahead[:, later]
    spread = share * whole.spread[np.ix_(range(GRID.size), later, later)]
    kept = [place for place, h in enumerate(horizons) if h]
    sooner = [needed.index(h) for h in horizons if h]
    ahead[:, kept] += (1 - share) * whole.ahead[:, sooner]
    spread[np.ix_(range(GRID.size), kept, kept)] += (1 - share) * whole.spread[
        np.ix_(range(GRID.size), sooner, sooner)
    ]
    if horizons[0] == 0:
        ahead[:, 0, len(years) - 1] += 1 - share
    return Filtered(whole.residual, whole.log_scale, ahead, spread)


class _Run:
    """Level and slope of every model as linear maps of (values, drift), with their covariance."""

    def __init__(self, figures: int) -> None:
        self.figures = figures
        self.level = np.zeros((GRID.size, figures + 1))
        self.slope = np.zeros((GRID.size, figures + 1))
        self.slope[:, figures] = GRID.damping > 0
        self.var_level = np.zeros(GRID.size)
        self.covariance = np.zeros(GRID.size)
        self.var_slope = GRID.start.copy()
        # The last year's true value, of which its figure may be an estimate.
        self.now = self.level
        self.var_now = np.zeros(GRID.size)
        self.now_level = np.zeros(GRID.size)
        self.now_slope = np.zeros(GRID.size)

    def start(self, extra: Array) -> None:
        self.level[:, 0] = 1
        self.var_level = GRID.irregular + extra

    def step(self) -> None:
        damping = GRID.damping
        self.slope = damping[:, None] * self.slope
        self.slope[:, self.figures] += (1 - damping) * (damping > 0)
        self.level = self.level + self.slope
        carried = damping * self.covariance
        kept = damping**2 * self.var_slope
        self.var_level = self.var_level + 2 * carried + kept + GRID.shock
        self.covariance = carried + kept
        self.var_slope = kept + GRID.change

    def update(self, index: int, extra: Array) -> tuple[Array, Array]:
        true_variance = self.var_level + GRID.irregular
        variance = true_variance + extra
        error = -self.level
        error[:, index] += 1
        share = extra / variance
        self.now = self.level + (true_variance / variance)[:, None] * error
        self.var_now = true_variance * share
        self.now_level, self.now_slope = self.var_level * share, self.covariance * share
        by_level, by_slope = self.var_level / variance, self.covariance / variance
        self.level = self.level + by_level[:, None] * error
        self.slope = self.slope + by_slope[:, None] * error
        self.var_slope = self.var_slope - by_slope * self.covariance
        self.covariance = self.covariance - by_level * self.covariance
        self.var_level = self.var_level - by_level * self.var_level
        return error, variance


def _ahead(run: _Run, horizons: tuple[int, ...]) -> tuple[Array, Array]:
    """Forecast maps and covariance at the horizons; a 0 is the last year itself."""
    ahead = np.zeros((GRID.size, len(horizons), run.figures + 1))
    spread = np.zeros((GRID.size, len(horizons), len(horizons)))
    to_level = np.zeros((GRID.size, len(horizons)))  # covariance of a forecast with the level
    to_slope = np.zeros((GRID.size, len(horizons)))
    done = 0
    for place, horizon in enumerate(horizons):
        if horizon == 0:
            ahead[:, place], spread[:, place, place] = run.now, run.var_now
            to_level[:, place], to_slope[:, place] = run.now_level, run.now_slope
            continue
        for _ in range(horizon - done):
            run.step()
            to_slope *= GRID.damping[:, None]
            to_level += to_slope
        done = horizon
        ahead[:, place] = run.level
        spread[:, place, place] = run.var_level + GRID.irregular
        spread[:, place, :place] = spread[:, :place, place] = to_level[:, :place]
        to_level[:, place], to_slope[:, place] = run.var_level, run.covariance
    return ahead, spread
