"""Mixtures of Student's t: what the average over the models says, as one distribution.

Source: Hoeting, Madigan, Raftery, Volinsky, Bayesian model averaging: a tutorial, 1999. A normal
likelihood with an inverse-gamma prior on its variance gives Student's t: Gelman et al.,
Bayesian Data Analysis, 3rd ed., 2013, section 3.3.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .forecast_models import Array

# Where a mixture is looked at to find its quantiles, in its own standard deviations.
_NODES = np.sinh(np.linspace(-3.2, 3.2, 33))
_NEAR, _FAR, _HALVINGS = 0.002, 1e4, 60
_REACH, _STEP = 12.0, 0.01  # arcsinh of the ends of the table of t, and its step


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Components with the same degrees of freedom, one a model.

    weight: models, the shares of the whole mixture. mean, scale: models × horizons.
    spread: models × horizons × horizons, the covariance that paths over the years have.
    """

    degrees: float
    weight: Array
    mean: Array
    scale: Array
    spread: Array


def probability_below(parts: Sequence[Part], place: int, values: Array) -> Array:
    """Share of the mixture below each value, at one horizon."""
    total = np.zeros(values.shape)
    for part in parts:
        mean, scale = part.mean[:, place], part.scale[:, place]
        total += _t_below((values[..., None] - mean) / scale, part.degrees) @ part.weight
    return total


def quantiles(parts: Sequence[Part], levels: Sequence[float]) -> Array:
    """Values below which the given shares lie: horizons × levels.

    The mixture is looked at on a net of values around its centre; between two of them
    the log odds are nearly straight, and one step of Newton's method takes what is left. Where
    that is not near enough (a sharp peak inside a wide mixture), halving finds the value.
    """
    horizons = parts[0].mean.shape[1]
    centre, width = _moments(parts)
    net = centre[:, None] + width[:, None] * _NODES
    wanted = np.array(levels)
    found = np.empty((horizons, len(wanted)))
    for place in range(horizons):
        below = np.clip(probability_below(parts, place, net[place]), 1e-9, 1 - 1e-9)
        guess = np.interp(_log_odds(wanted), _log_odds(below), net[place])
        miss = probability_below(parts, place, guess) - wanted
        step = miss / _density(parts, place, guess)
        guess = guess - np.clip(step, -0.2 * width[place], 0.2 * width[place])
        if np.abs(probability_below(parts, place, guess) - wanted).max() > _NEAR:
            guess = _halved(parts, place, wanted, (centre[place], width[place]))
        found[place] = guess
    return found


def _halved(parts: Sequence[Part], place: int, wanted: Array, around: tuple[float, float]) -> Array:
    """Quantiles by halving an interval that holds all but a millionth of the mixture."""
    centre, width = around
    low = np.full(wanted.shape, centre - _FAR * width)
    high = np.full(wanted.shape, centre + _FAR * width)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        under = probability_below(parts, place, middle) < wanted
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return high


def draws(parts: Sequence[Part], count: int, seed: int) -> Array:
    """Possible paths over the horizons: about ``count`` rows, all equally likely.

    The same parts and seed always give the same paths. Years of one path belong together: a
    path that starts high mostly stays high.
    """
    random = np.random.default_rng(seed)
    rows = []
    for part in parts:
        shares = _shares(part.weight, count)
        chosen = np.repeat(np.arange(len(shares)), shares)
        normal = random.standard_normal((len(chosen), part.mean.shape[1], 1))
        heavy = np.sqrt(part.degrees / random.chisquare(part.degrees, len(chosen)))
        root = np.linalg.cholesky(part.spread)
        rows.append(part.mean[chosen] + heavy[:, None] * (root[chosen] @ normal)[..., 0])
    return np.concatenate(rows)


def _shares(weight: Array, count: int) -> npt.NDArray[np.int64]:
    """How many of ``count`` draws each component gets: rounded so that the sum keeps."""
    edges = np.rint(np.concatenate([[0.0], np.cumsum(weight)]) * count).astype(np.int64)
    counts: npt.NDArray[np.int64] = np.diff(edges)
    return counts


def _moments(parts: Sequence[Part]) -> tuple[Array, Array]:
    """Centre and width of the mixture at each horizon."""
    weight = np.concatenate([part.weight for part in parts])
    mean = np.concatenate([part.mean for part in parts])
    scale = np.concatenate([part.scale for part in parts])
    centre = weight @ mean
    return centre, np.sqrt(weight @ (scale**2 + (mean - centre) ** 2))


def _log_odds(share: Array) -> Array:
    return np.log(share) - np.log1p(-share)


def _density(parts: Sequence[Part], place: int, values: Array) -> Array:
    total = np.zeros(values.shape)
    for part in parts:
        mean, scale = part.mean[:, place], part.scale[:, place]
        far = (values[..., None] - mean) / scale
        shape = (1 + far**2 / part.degrees) ** (-(part.degrees + 1) / 2)
        total += math.exp(_log_height(part.degrees)) * (shape / scale) @ part.weight
    return total


def _log_height(degrees: float) -> float:
    """Log of the density of Student's t at 0."""
    ratio = math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)
    return ratio - 0.5 * math.log(degrees * math.pi)


def _t_below(far: Array, degrees: float) -> Array:
    """Share of Student's t below, from a table in arcsinh (error below 0.00001)."""
    place = (np.clip(np.arcsinh(far), -_REACH, _REACH) + _REACH) / _STEP
    index = np.minimum(place.astype(np.intp), int(2 * _REACH / _STEP) - 1)
    table, rise = _t_table(degrees)
    return table[index] + (place - index) * rise[index]


@lru_cache(maxsize=64)
def _t_table(degrees: float) -> tuple[Array, Array]:
    """Share below, and its rise to the next place, at even steps of the arcsinh."""
    steps = round(2 * _REACH / _STEP)
    bent = np.linspace(-_REACH, _REACH, steps + 1)
    log_density = _log_height(degrees) - (degrees + 1) / 2 * np.log1p(np.sinh(bent) ** 2 / degrees)
    density = np.exp(log_density) * np.cosh(bent)
    rise = (density[1:] + density[:-1]) / 2 * _STEP
    # The table is made from both ends of a symmetric curve, so that the middle is exactly 0.5.
    below = np.concatenate([[0.0], np.cumsum(rise)])
    below += 0.5 - below[steps // 2]
    return below, rise
