"""Compound growth between two years, for the methods that compare it with what is needed."""

from __future__ import annotations

from .case import Case

NOISE = 1e-9


def base_point(case: Case, base_year: int) -> tuple[int, float] | None:
    """Year and value of the base year, or of the next year that has a value."""
    for year, value in zip(case.years, case.values, strict=True):
        if year >= base_year:
            return year, value
    return None


def why_no_way(case: Case) -> str:
    """The reason's key where base and latest value are not two: too few, or none since the base."""
    return "too_few" if len(case.values) < 2 else "no_base"


def yearly_growth(before: float, after: float, years: int) -> float | None:
    """Compound growth per year as a share (0.05 is 5 % a year).

    None where it is not defined: no time between, a start at 0, or opposite signs.
    """
    if years <= 0 or before == 0:
        return None
    ratio = after / before
    return None if ratio < 0 else ratio ** (1 / years) - 1
