"""The sparkline of an overview row: all readings in 70 × 20 pixels, no axes.

After Edward Tufte, "Beautiful Evidence" (2006): a word-sized graphic beside its number.
"""

from __future__ import annotations

from collections.abc import Sequence

from i18n.labels import unit_text
from i18n.numbers import value_text
from i18n.words import words

from .model import Axis, Figure, Margins, Point, Series

WIDTH, HEIGHT = 70.0, 20.0
_ROOM = Margins(left=4, top=4, right=5, bottom=4)


def sparkline(
    readings: Sequence[tuple[float, float | None]],
    unit: str = "",
    decimals: int = 1,
    lang: str = "vi",
    *,
    hollow: bool = False,
) -> Figure | None:
    """The readings as a line, the last one marked; None below two readings.

    Args:
        readings: (x, value) in order of x, for yearly figures x is the year; None is a gap.
        unit: unit for the alt text.
        decimals: most decimals in the alt text.
        lang: "vi" or "en".
        hollow: the last reading is not final.
    """
    known = [(x, value) for x, value in readings if value is not None]
    if len(known) < 2:
        return None
    low, high = min(v for _, v in known), max(v for _, v in known)
    middle = (high + low) / 2 if high == low else None
    points = tuple(None if value is None else Point(x, value) for x, value in readings)
    x, value = known[-1]
    alone = _without_neighbour(points)
    series = [Series("readings", "actual", points, width=1.5)]
    if alone:
        series.append(Series("alone", "actual", alone, line="", marker="small"))
    series.append(Series("last", "target", (Point(x, value, hollow=hollow),), "", "small"))
    shown = unit_text(unit, lang)
    alt = words(lang).plural(
        "chart.spark",
        len(known),
        first=value_text(known[0][1], shown, decimals, lang),
        last=value_text(value, shown, decimals, lang),
    )
    return Figure(
        WIDTH,
        HEIGHT,
        Axis(known[0][0], x),
        Axis(low, high) if middle is None else Axis(middle - 1, middle + 1),
        alt,
        _ROOM,
        series=tuple(series),
    )


def _without_neighbour(points: Sequence[Point | None]) -> tuple[Point, ...]:
    """Points between two gaps: no line reaches them, so they need a mark; not the last."""
    padded = [None, *points, None]
    alone = tuple(
        point
        for before, point, after in zip(padded, padded[1:], padded[2:], strict=False)
        if point is not None and before is None and after is None
    )
    last = next(point for point in reversed(points) if point is not None)
    return tuple(point for point in alone if point is not last)
