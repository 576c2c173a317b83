"""Parts and wholes: where forecasts (or figures) of related indicators contradict each other.

DL-02 is a part of DL-01 and can never exceed it; GD-01 lies between the least and the greatest
of its parts. Each series is forecast by itself, so nothing forces this; it is found and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .forecast import Forecast
from .model import Reason

MEAN = "mean:"

_NOISE = 1e-9


def medians(forecasts: Mapping[str, Forecast]) -> dict[str, dict[int, float]]:
    """Central forecast of each code and year, as ``contradictions`` reads them."""
    return {
        code: {ahead.year: ahead.mean for ahead in item.years} for code, item in forecasts.items()
    }


def contradictions(
    values: Mapping[str, Mapping[int, float]], part_of: Mapping[str, str]
) -> dict[str, tuple[Reason, ...]]:
    """What contradicts, for every code that it concerns, part and whole alike.

    Args:
        values: code -> year -> value: medians of forecasts, or figures.
        part_of: code -> the whole's code, or "mean:CODE" (indicators' column of that name).

    Returns:
        By code, only of codes with a contradiction, the worst year of each relation.
    """
    found: dict[str, list[Reason]] = {}
    for code, whole in part_of.items():
        if whole and not whole.startswith(MEAN):
            _note(found, (code, whole), _above(code, whole, values))
    wholes = {whole for whole in part_of.values() if whole.startswith(MEAN)}
    for whole in sorted(wholes):
        parts = sorted(code for code, other in part_of.items() if other == whole)
        name = whole.removeprefix(MEAN)
        _note(found, (name, *parts), _outside(name, parts, values))
    return {code: tuple(reasons) for code, reasons in found.items()}


def _note(found: dict[str, list[Reason]], codes: Iterable[str], reason: Reason | None) -> None:
    if reason is not None:
        for code in codes:
            found.setdefault(code, []).append(reason)


def _above(part: str, whole: str, values: Mapping[str, Mapping[int, float]]) -> Reason | None:
    """The year in which a part exceeds its whole most."""
    inner, outer = values.get(part, {}), values.get(whole, {})
    over = {year: inner[year] - outer[year] for year in inner.keys() & outer.keys()}
    worst = _worst(over, outer)
    if worst is None:
        return None
    return Reason(
        "part_above_whole",
        {
            "part": part,
            "whole": whole,
            "year": worst,
            "part_value": inner[worst],
            "whole_value": outer[worst],
        },
    )


def _outside(
    whole: str, parts: list[str], values: Mapping[str, Mapping[int, float]]
) -> Reason | None:
    """The year in which a whole lies farthest outside its parts; needs all parts of that year."""
    outer = values.get(whole, {})
    years = set(outer).intersection(*(values.get(part, {}).keys() for part in parts))
    ends = {
        year: (min(values[p][year] for p in parts), max(values[p][year] for p in parts))
        for year in years
    }
    over = {y: max(low - outer[y], outer[y] - high) for y, (low, high) in ends.items()}
    worst = _worst(over, outer)
    if worst is None:
        return None
    low, high = ends[worst]
    return Reason(
        "whole_outside_parts",
        {
            "whole": whole,
            "parts": tuple(parts),
            "year": worst,
            "whole_value": outer[worst],
            "low": low,
            "high": high,
        },
    )


def _worst(over: Mapping[int, float], sizes: Mapping[int, float]) -> int | None:
    """The year with the greatest excess, the earliest of equal ones; None without any."""
    real = {year: gap for year, gap in over.items() if gap > _NOISE * max(abs(sizes[year]), 1.0)}
    return min(real, key=lambda year: (-real[year], year)) if real else None
