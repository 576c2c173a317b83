"""The scale on which trends are fitted: where changes of small and of large values are alike.

Square root for counts and money, arcsine of the root for rates, the value itself for growth
rates. Both roots are the transformations that even out the scatter of counts and of shares
(Anscombe, The transformation of Poisson, binomial and negative-binomial data, 1948). Each is
divided by what is usual for the series, so that one prior serves every unit.

For rates this was measured beside the logit: as good as it on the benchmark, and it
needs no clipping. 0 and 100 % are values that a forecast can reach, as "100 % of the communes"
asks for; the logit can never reach them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .forecast_models import Array
from .model import FLOW, RATE, STOCK, Indicator

COUNT, MONEY, RATE_SCALE, GROWTH = "count", "money", "rate", "growth"
SCALES = (COUNT, MONEY, RATE_SCALE, GROWTH)

_NOTHING = 1e-100  # a mean below has no size to divide by
_LEAST_SHARE = 0.001  # a rate that has only been 0 or 100 % moves as if it were 0,1 or 99,9 %


@dataclass(frozen=True, slots=True)
class Prior:
    """What is assumed before any figure, on the fitted scale (1 = 100 % of the usual value).

    drift: usual change a year. noise: usual size of the yearly noise. degrees: how many
    figures that assumption is worth. trend: log of the weight of models with a slope, beside
    those with a level alone: growth rates return to their mean rather than follow a trend.

    Source: chosen on the benchmark (benchmarks/forecast.py), growth on the growth rates of
    its counts and money; near these values the scores hardly change.
    """

    drift: float
    noise: float
    degrees: float = 1.5
    trend: float = 0.0


PRIORS = {
    COUNT: Prior(drift=0.02, noise=0.05),
    MONEY: Prior(drift=0.02, noise=0.05),
    RATE_SCALE: Prior(drift=0.01, noise=0.05),
    GROWTH: Prior(drift=0.0, noise=0.4, trend=-3.0),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """One series' scale: kind as in SCALES, unit as ``scale_for`` worked it out."""

    kind: str
    unit: float

    def forward(self, values: Array) -> Array:
        """Values to the fitted scale; those outside the possible range count as its end."""
        if self.kind == GROWTH:
            return values / self.unit
        if self.kind == RATE_SCALE:
            shares = np.clip(values / 100, 0.0, 1.0)
            return 2 * np.arcsin(np.sqrt(shares)) / self.unit
        return 2 * np.sqrt(np.maximum(values, 0.0) / self.unit)

    def back(self, places: Array) -> Array:
        """From the fitted scale to values, never outside the possible range."""
        if self.kind == GROWTH:
            return places * self.unit
        if self.kind == RATE_SCALE:
            return 100 * np.sin(np.clip(places * self.unit, 0.0, math.pi) / 2) ** 2
        return self.unit * (np.maximum(places, 0.0) / 2) ** 2

    def always(self, value: float) -> bool:
        """Whether no value can lie below: 0 and less for all but growth rates."""
        return self.kind != GROWTH and value <= 0

    def never(self, value: float) -> bool:
        """Whether no value can reach it: a rate above 100 %."""
        return self.kind == RATE_SCALE and value > 100


def scale_for(kind: str, values: Sequence[float]) -> Scale:
    """The scale of a series: its unit is the mean size of its values, of which there are some."""
    sizes = np.abs(np.array(values, dtype=float))
    if kind == RATE_SCALE:
        share = float(np.clip(np.mean(sizes) / 100, _LEAST_SHARE, 1 - _LEAST_SHARE))
        return Scale(kind, math.sqrt(share * (1 - share)))
    usual = float(np.mean(sizes))
    return Scale(kind, usual if usual > _NOTHING else 1.0)


def scale_of(indicator: Indicator) -> str | None:
    """The scale that an indicator of the register is forecast on; None for done or not.

    What may be negative (no minimum in the register, as KT-02) has no bound and is not
    transformed; a rate from 0 to 100 is a rate; whole numbers are counts; the rest money.
    """
    if indicator.measure not in (FLOW, STOCK, RATE):
        return None
    if indicator.minimum is None or indicator.minimum < 0:
        return GROWTH
    if indicator.measure == RATE:
        return RATE_SCALE if indicator.maximum == 100 else MONEY
    return COUNT if indicator.decimals == 0 else MONEY
