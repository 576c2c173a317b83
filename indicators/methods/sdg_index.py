"""The SDG Index's trend arrows: does the recent linear pace reach the green value by 2030?

Source: Sustainable Development Solutions Network, 2018 Global Index Detailed Methodology, 1.5.3
and annex 1. The target stands for the "green" threshold. A green but worsening value still gets
the best arrow. Trend window and years to the target can be given (``base_year``, ``window_end``,
``span``), as they differ by indicator.
"""

from __future__ import annotations

from ..model import LEVEL
from .case import Case, Method, Result, refused
from .growth import NOISE, why_no_way

ON_TRACK, MODERATE = "on_track_or_maintaining", "moderately_increasing"
STAGNATING, DECREASING, NOT_AVAILABLE = "stagnating", "decreasing", "not_available"

WINDOW, TARGET_YEAR = 5, 2030


def judge(case: Case) -> Result:
    """The arrow; its number is the pace divided by the pace needed."""
    goal = case.goal
    if case.target.kind != LEVEL or goal is None:
        return refused(case, METHOD, NOT_AVAILABLE, "kind_not_read", kind=case.target.kind)
    if case.two_sided:
        return refused(case, METHOD, NOT_AVAILABLE, "two_sided")
    if not case.values:
        return refused(case, METHOD, NOT_AVAILABLE, "too_few")
    latest, year = case.values[-1], case.years[-1]
    numbers: dict[str, object] = {"value": latest, "year": year, "goal": goal}
    numbers["down"] = case.sign < 0
    if case.sign * (latest - goal) >= -NOISE * abs(goal):
        return case.result(METHOD, ON_TRACK, None, "achieved", numbers, case.years[-1:])
    target = case.target
    last = _nearest(case, target.window_end or year)
    first = _nearest(case, target.base_year or (last[0] if last else year) - WINDOW)
    if first is None and target.base_year is None:
        first = (case.years[0], case.values[0])
    if first is None or last is None or first[0] >= last[0]:
        key = why_no_way(case)
        return refused(case, METHOD, NOT_AVAILABLE, key, base_year=target.base_year or year)
    target_year = target.year or TARGET_YEAR
    span = target.span or target_year - first[0]
    had = (last[1] - first[1]) / (last[0] - first[0])
    need = (goal - first[1]) / span if span > 0 else 0.0
    numbers |= {
        "first_year": first[0],
        "last_year": last[0],
        "had": had,
        "need": need,
        "target_year": target_year,
    }
    ratio = had / need if case.sign * need > 0 else None
    label = _label(case.sign * had, ratio)
    return case.result(METHOD, label, ratio, "pace_ratio", numbers, (first[0], last[0]))


def _label(better: float, ratio: float | None) -> str:
    if better < 0:
        return DECREASING
    if ratio is None or ratio < 0.5 - NOISE:
        return STAGNATING
    return ON_TRACK if ratio >= 1 - NOISE else MODERATE


def _nearest(case: Case, wanted: int) -> tuple[int, float] | None:
    """The point of a year; without one, that of a neighbouring year."""
    for year in (wanted, wanted - 1, wanted + 1):
        if year in case.years:
            return year, case.values[case.years.index(year)]
    return None


METHOD = Method(
    key="sdg_index",
    judge=judge,
    needs=2,
    labels=(ON_TRACK, MODERATE, STAGNATING, DECREASING, NOT_AVAILABLE),
    source="SDSN, 2018 Global Index Detailed Methodology, 2018",
    scale={
        ON_TRACK: "on_track",
        MODERATE: "behind",
        STAGNATING: "at_risk",
        DECREASING: "at_risk",
    },
)
