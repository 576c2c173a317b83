"""What the forecast reads of a target: its years, the running one from its first months."""

from __future__ import annotations

from datetime import date

from .facts import Standing
from .forecast_chance import History
from .forecast_nowcast import Nowcast, nowcast
from .forecast_scales import scale_of
from .model import EVERY_YEAR, FLOW, Indicator
from .paths import part_value
from .periods import Period
from .series import Figures, newest, year_to_date


def history(standing: Standing, indicator: Indicator, figures: Figures, day: date) -> History:
    """The history of a target that one series answers, on a day.

    Args:
        standing: where the target stands.
        indicator: how its figures behave.
        figures: current figures of the whole scope.
        day: the as-of day.
    """
    years = {point.year: point.value for point in standing.series if point.year <= day.year}
    last = newest(figures)
    if last is None:
        return History(years)
    if indicator.measure == FLOW:
        return History(
            years, _running(indicator, figures, years, last.period), _begun(figures, years)
        )
    if standing.target.kind == EVERY_YEAR:
        return History(years, _running(indicator, figures, years, last.period))
    left = 12 - last.period.last if last.period.year in years else 0
    return History(years, months_left=left)


def _running(
    indicator: Indicator, figures: Figures, years: dict[int, float], period: Period
) -> Nowcast | None:
    """The year of the newest figure from its first months, where the past allows."""
    scale = scale_of(indicator)
    if scale is None or period.is_year or period.year in years or period.first != 1:
        return None
    parts = {}
    for year in (*years, period.year):
        value = _part(indicator, figures, year, period)
        if value is not None:
            parts[year] = value
    return nowcast(parts, years, period.year, scale) if period.year in parts else None


def _part(indicator: Indicator, figures: Figures, year: int, period: Period) -> float | None:
    if indicator.measure == FLOW:
        return part_value(figures, year, period.part)
    figure = figures.get(period.in_year(year))
    return figure.value if figure else None


def _begun(figures: Figures, years: dict[int, float]) -> dict[int, float]:
    """What is counted so far of years that are not whole."""
    begun: dict[int, float] = {}
    for period in figures:
        if period.year in years:
            continue
        so_far = year_to_date(figures, period)
        if so_far is not None:
            begun[period.year] = max(so_far, begun.get(period.year, 0.0))
    return begun
