"""Where things stand on a time axis, and ticks at round values.

A period stands where it ends: 2026 at 2026.0, its first half at 2025.5. So half a year never
stands under the name of a whole one, and a target for 2030 stands at the end of 2030.
"""

from __future__ import annotations

import math
from datetime import date

from i18n.numbers import number
from indicators.periods import parse

from .model import Axis, Tick

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def at_period(period: str) -> float:
    """Place of a period's end: 2026 gives 2026.0, 2026-H1 2025.5, 2026-9M 2025.75.

    Raises:
        ValueError: the text is no period.
    """
    found = parse(period)
    return found.year - 1 + found.last / 12


def at_day(day: date) -> float:
    """Place of a day's end: 31/12/2026 gives 2026.0."""
    first, following = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year - 1 + ((day - first).days + 1) / (following - first).days


def year_axis(low: float, high: float, last: int, room: float) -> Axis:
    """Years as ticks, every one, second, fifth or tenth, counted back from the last.

    Args:
        low: where the axis starts.
        high: where it ends.
        last: a year that always has its tick (that of the target).
        room: pixels of the axis; a tick needs 40.
    """
    most = max(room / 40, 1)
    step = next((s for s in (1, 2, 5, 10, 20) if (high - low) / s <= most), 50)
    first = last - step * math.floor(last - low) // step if step == 1 else last
    while first - step >= low:
        first -= step
    years = range(first, math.floor(high) + 1, step)
    return Axis(low, high, tuple(Tick(float(year), str(year)) for year in years))


def value_axis(
    values: list[float], *, from_zero: bool, factor: float = 1.0, lang: str = "vi", title: str = ""
) -> Axis:
    """Round ticks around the values.

    Args:
        values: all that is drawn, in the unit.
        from_zero: whether zero is on the axis.
        factor: what the tick texts are divided by (1e6 for "triệu").
        lang: "vi" or "en".
        title: what the axis counts.
    """
    low, high = min(values), max(values)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        room = abs(high) * 0.1 or 1.0
        low, high = (low, high + room) if from_zero else (low - room, high + room)
    step = _round_step((high - low) / 4.5)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    decimals = max(
        0, -math.floor(math.log10(step / factor) + 1e-9) + (1 if _is_quarter(step) else 0)
    )
    ticks = tuple(
        Tick(index * step, number(index * step / factor, decimals, lang))
        for index in range(first, last + 1)
    )
    return Axis(first * step, last * step, ticks, title)


def _round_step(rough: float) -> float:
    """The least of 1, 2, 2.5, 5 × 10ⁿ that is not below the rough step."""
    size = 10.0 ** math.floor(math.log10(rough))
    return next(s * size for s in _STEPS if s * size >= rough * (1 - 1e-9))


def _is_quarter(step: float) -> bool:
    return f"{step:.6e}".startswith("2.5")
