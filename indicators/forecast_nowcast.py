"""The running year's whole figure, estimated from its first months by the indicator's own past."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from .forecast_scales import COUNT, MONEY, SCALES
from .model import Reason
from .paths import DISRUPTED_YEARS, SEASON_YEARS

# What the spread of the ratio is taken to be before any is seen, and how many years that is worth.
_USUAL_SPREAD, _WORTH = 0.05, 2.0


@dataclass(frozen=True, slots=True)
class Nowcast:
    """An estimate of a year from its first months (or from the figure at their end).

    value: of the whole year, in the unit. noise: its standard deviation. so_far: the figure
    it is made from. typical: share of the year that this part had in past years (counts
    and money), or the median change to the year's end, in the unit (rates and growth).
    years: the past years that the ratio is from.
    """

    year: int
    value: float
    noise: float
    so_far: float
    typical: float
    years: tuple[int, ...]

    def reason(self, period: str, unit: str, decimals: int) -> Reason:
        """What a reader is told about it; ``period`` is the part of the year ("2026-H1")."""
        return Reason(
            "forecast_nowcast",
            {
                "period": period,
                "year": self.year,
                "so_far": self.so_far,
                "value": self.value,
                "years": self.years,
                "unit": unit,
                "decimals": decimals,
            },
        )


def nowcast(
    parts: Mapping[int, float], wholes: Mapping[int, float], year: int, scale: str
) -> Nowcast | None:
    """The whole year from a part of it and the same part's past.

    The median, over the last five years that have both (2020-21 left out), of the part's share
    of the year; for rates and growth rates, which no share fits, of the change from the
    part's figure to the year's.

    Args:
        parts: year -> figure of the same part of the year (first half, nine months ...).
        wholes: year -> figure of the whole year.
        year: the running year; must be in ``parts``.
        scale: as in ``forecast``.

    Returns:
        None without a past year that has both, or where the part's past share is 0: there is
        nothing to go by.

    Raises:
        ValueError: the scale is unknown, or the year has no part.
    """
    if scale not in SCALES:
        raise ValueError(f"no scale {scale!r}")
    if year not in parts:
        raise ValueError(f"no part of {year}")
    both = sorted(y for y in parts if y in wholes and y < year and y not in DISRUPTED_YEARS)
    years = tuple(both[-SEASON_YEARS:])
    if scale in (COUNT, MONEY):
        return _by_share(parts, wholes, year, tuple(y for y in years if wholes[y] > 0))
    return _by_change(parts, wholes, year, years)


def _by_share(
    parts: Mapping[int, float], wholes: Mapping[int, float], year: int, years: tuple[int, ...]
) -> Nowcast | None:
    shares = [parts[y] / wholes[y] for y in years]
    typical = median(shares) if shares else 0.0
    if typical <= 0:
        return None
    value = parts[year] / typical
    noise = value * _spread([share / typical - 1 for share in shares], _USUAL_SPREAD)
    return Nowcast(year, value, noise, parts[year], typical, years)


def _by_change(
    parts: Mapping[int, float], wholes: Mapping[int, float], year: int, years: tuple[int, ...]
) -> Nowcast | None:
    if not years:
        return None
    changes = [wholes[y] - parts[y] for y in years]
    typical = median(changes)
    size = sum(abs(wholes[y]) for y in years) / len(years)
    noise = _spread([change - typical for change in changes], _USUAL_SPREAD * size)
    return Nowcast(year, parts[year] + typical, noise, parts[year], typical, years)


def _spread(deviations: list[float], usual: float) -> float:
    """Standard deviation for one more year: the past deviations, and two years of the usual one.

    The squares are averaged with the usual one counted twice; the median itself is
    uncertain too, the more so from few years.
    """
    count = len(deviations)
    squares = sum(deviation**2 for deviation in deviations) + _WORTH * usual**2
    variance = squares / (count - 1 + _WORTH)
    return math.sqrt(variance * (1 + 1 / count))
