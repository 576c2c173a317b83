"""Parts and wholes: where forecasts (or figures) of related indicators contradict each other.

DL-02 is a part of DL-01 and can never exceed it; GD-01 lies between the least and the greatest
of its parts. Each series is forecast by itself, so nothing forces this; it is found and said.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    values: Mapping[str, Mapping[int, float]],
    part_of: Mapping[str, str],
    *,
    units: Mapping[str, str] | None = None,
    figures: bool = False,
) -> dict[str, tuple[Reason, ...]]:
    """What contradicts, for every code that it concerns, part and whole alike.

    Args:
        values: code -> year -> value: medians of forecasts, or figures.
        part_of: code -> the whole's code, or "mean:CODE" (indicators' column of that name).
        units: code -> unit, for the sentence; only values of the same unit are compared.
        figures: whether the values are figures rather than forecasts, for the sentence.

    Returns:
        By code, only of codes with a contradiction, the worst year of each relation.
    """
    found: dict[str, list[Reason]] = {}
    for codes in _relations(part_of):
        whole, *parts = codes
        unit = (units or {}).get(whole, "")
        if units is not None and any(units.get(part, "") != unit for part in parts):
            continue
        inside = part_of[parts[0]].startswith(MEAN)
        numbers = _outside(whole, parts, values) if inside else _above(parts[0], whole, values)
        if numbers is None:
            continue
        key = "whole_outside_parts" if inside else "part_above_whole"
        reason = Reason(key, {**numbers, "unit": unit, "figures": figures})
        for code in codes:
            found.setdefault(code, []).append(reason)
    return {code: tuple(reasons) for code, reasons in found.items()}


def _relations(part_of: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Each whole with one part that it holds, or with all the parts that it lies between."""
    held = [(whole, part) for part, whole in part_of.items() if not whole.startswith(MEAN)]
    between = sorted({whole for whole in part_of.values() if whole.startswith(MEAN)})
    return [(whole, part) for whole, part in held if whole] + [
        (name.removeprefix(MEAN), *sorted(part for part, whole in part_of.items() if whole == name))
        for name in between
    ]


def _above(
    part: str, whole: str, values: Mapping[str, Mapping[int, float]]
) -> dict[str, object] | None:
    """The year in which a part exceeds its whole most."""
    inner, outer = values.get(part, {}), values.get(whole, {})
    over = {year: inner[year] - outer[year] for year in inner.keys() & outer.keys()}
    worst = _worst(over, outer)
    if worst is None:
        return None
    return {
        "part": part,
        "whole": whole,
        "year": worst,
        "part_value": inner[worst],
        "whole_value": outer[worst],
    }


def _outside(
    whole: str, parts: list[str], values: Mapping[str, Mapping[int, float]]
) -> dict[str, object] | None:
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
    return {
        "whole": whole,
        "parts": tuple(parts),
        "year": worst,
        "whole_value": outer[worst],
        "low": low,
        "high": high,
    }


def _worst(over: Mapping[int, float], sizes: Mapping[int, float]) -> int | None:
    """The year with the greatest excess, the earliest of equal ones; None without any."""
    real = {year: gap for year, gap in over.items() if gap > _NOISE * max(abs(sizes[year]), 1.0)}
    return min(real, key=lambda year: (-real[year], year)) if real else None
