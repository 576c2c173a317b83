"""Eurostat's monitoring of the EU's sustainability goals: actual against required growth.

Source: Eurostat, Sustainable development in the European Union – monitoring report, annex on
the assessment of trends (yearly). The official text was not at hand: the thresholds are those
commonly cited and must be checked before they are quoted.

Positive values only, and no target of zero. A value that meets its target counts as
significant progress (our reading).
"""

from __future__ import annotations

import math

from ..model import LEVEL
from .case import DIRECTION, Case, Method, Result, refused
from .growth import NOISE, base_point, why_no_way, yearly_growth

SIGNIFICANT, MODERATE = "significant_progress", "moderate_progress"
INSUFFICIENT, AWAY = "insufficient_progress", "movement_away"
MODERATE_AWAY, SIGNIFICANT_AWAY = "moderate_movement_away", "significant_movement_away"
NOT_ASSESSED = "not_assessed"

TARGET_YEAR = 2030
SHORT_TERM = 5


def judge(case: Case) -> Result:
    """The progress label; its number is the ratio to the growth required, or the growth."""
    if case.target.kind not in (LEVEL, DIRECTION):
        return refused(case, METHOD, NOT_ASSESSED, "kind_not_read", kind=case.target.kind)
    if case.two_sided:
        return refused(case, METHOD, NOT_ASSESSED, "two_sided")
    if not case.values:
        return refused(case, METHOD, NOT_ASSESSED, "too_few")
    goal, latest, year = case.goal, case.values[-1], case.years[-1]
    met = case.meets(latest)
    base_year = case.target.base_year or year - SHORT_TERM
    start = base_point(case, base_year)
    unclear = _unclear(case, start)
    if start is None or unclear:
        if met:
            return _met(case, goal)
        return refused(case, METHOD, NOT_ASSESSED, unclear, base_year=base_year)
    growth = yearly_growth(start[1], latest, year - start[0]) or 0.0
    had = case.sign * growth
    numbers: dict[str, object] = {
        "base_year": start[0],
        "base_value": start[1],
        "value": latest,
        "year": year,
        "had_pct": 100 * growth,
        "down": case.sign < 0,
    }
    used = (start[0], year)
    if goal is None:
        return case.result(METHOD, _by_growth(had), had, "growth_alone", numbers, used)
    target_year = case.target.year or TARGET_YEAR
    needed = yearly_growth(start[1], goal, target_year - start[0])
    if not needed:
        return _met(case, goal) if met else refused(case, METHOD, NOT_ASSESSED, "no_growth_needed")
    ratio = had / abs(needed)
    numbers |= {
        "goal": goal,
        "target_year": target_year,
        "need_pct": 100 * needed,
        "ratio_pct": 100 * ratio,
    }
    label = SIGNIFICANT if met else _by_ratio(ratio)
    key = "achieved" if met else "growth_ratio"
    return case.result(METHOD, label, ratio, key, numbers, used)


def _unclear(case: Case, start: tuple[int, float] | None) -> str:
    """Why growth cannot be worked out; "" where it can."""
    if start is None or start[0] == case.years[-1]:
        return why_no_way(case)
    lowest = min(start[1], case.values[-1], math.inf if case.goal is None else case.goal)
    return "positive_only" if lowest <= 0 else ""


def _met(case: Case, goal: float | None) -> Result:
    numbers: dict[str, object] = {
        "value": case.values[-1],
        "year": case.years[-1],
        "goal": goal,
        "down": case.sign < 0,
    }
    return case.result(METHOD, SIGNIFICANT, None, "achieved", numbers, case.years[-1:])


def _by_ratio(ratio: float) -> str:
    if ratio >= 0.95 - NOISE:
        return SIGNIFICANT
    if ratio >= 0.60 - NOISE:
        return MODERATE
    return INSUFFICIENT if ratio >= 0 else AWAY


def _by_growth(growth: float) -> str:
    if growth >= 0.01 - NOISE:
        return SIGNIFICANT
    if growth >= 0:
        return MODERATE
    return MODERATE_AWAY if growth >= -0.01 - NOISE else SIGNIFICANT_AWAY


METHOD = Method(
    key="eurostat",
    judge=judge,
    needs=2,
    labels=(
        SIGNIFICANT,
        MODERATE,
        INSUFFICIENT,
        AWAY,
        MODERATE_AWAY,
        SIGNIFICANT_AWAY,
        NOT_ASSESSED,
    ),
    source="Eurostat, Sustainable development in the European Union – monitoring report, yearly",
    scale={
        SIGNIFICANT: "on_track",
        MODERATE: "behind",
        INSUFFICIENT: "at_risk",
        AWAY: "at_risk",
        MODERATE_AWAY: "at_risk",
        SIGNIFICANT_AWAY: "at_risk",
    },
    from_baseline=True,
    by_growth=True,
)
