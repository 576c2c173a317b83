"""Statistics Canada's and Open SDG's progress: is growth since the base year what is needed?

Source: Open SDG, progress methodology (docs/progress-methodology.md), 2025, after Statistics
Canada. The compound growth from base year to latest value is divided by the growth that leads
from the base to the target; without a target the growth itself is judged, in gentler steps
near a natural limit.

Zero is replaced by 0.001, which makes zero targets nearly unreachable; only two values count.
A value that must stay near its target is judged by its distance to it, added to the target.
"""

from __future__ import annotations

from ..model import LEVEL
from .case import DIRECTION, DONE_KIND, Case, Method, Result, refused
from .growth import NOISE, base_point, why_no_way, yearly_growth

ACHIEVED, SUBSTANTIAL, MODERATE = "target_achieved", "substantial_progress", "moderate_progress"
LIMITED, DETERIORATION = "limited_progress", "deterioration"
NOT_ACHIEVED, NOT_AVAILABLE = "target_not_achieved", "not_available"

BASE_YEAR, TARGET_YEAR = 2015, 2030
INSTEAD_OF_ZERO = 0.001
LIMIT_POWER = 4.44


def judge(case: Case) -> Result:
    """The progress label; its number is the ratio to the growth needed, or the growth itself."""
    kind = case.target.kind
    if kind not in (LEVEL, DIRECTION, DONE_KIND):
        return refused(case, METHOD, NOT_AVAILABLE, "kind_not_read", kind=kind)
    if not case.values:
        return refused(case, METHOD, NOT_AVAILABLE, "too_few")
    if kind == DONE_KIND:
        return _done(case)
    achieved = case.meets(case.values[-1])
    start = base_point(case, case.target.base_year or BASE_YEAR)
    if start is None or start[0] == case.years[-1]:
        return _without_growth(case, achieved, why_no_way(case))
    base, latest, goal = _readings(case, start[1])
    growth = yearly_growth(base, latest, case.years[-1] - start[0])
    if growth is None:
        return _without_growth(case, achieved, "opposite_signs")
    sign = -1 if base < 0 else 1
    wanted = -1 if case.two_sided else case.sign
    had = sign * wanted * growth
    numbers: dict[str, object] = {
        "base_year": start[0],
        "base_value": start[1],
        "value": case.values[-1],
        "year": case.years[-1],
        "had_pct": 100 * sign * growth,
        "down": wanted < 0,
    }
    used = (start[0], case.years[-1])
    if goal is None:
        coefficient = _coefficient(base, case.target.limit)
        numbers["score"] = _growth_score(had, coefficient)
        label = _label(had, 0.015 * coefficient, 0.005 * coefficient)
        return _result(case, label, had, "growth_alone", numbers, used)
    target_year = case.target.year or TARGET_YEAR
    needed = yearly_growth(base, goal, target_year - start[0])
    if not needed:
        return _without_growth(case, achieved, "no_growth_needed")
    ratio = had / abs(needed)
    numbers |= {
        "goal": case.goal,
        "target_year": target_year,
        "need_pct": 100 * sign * needed,
        "score": 5.0 if achieved else _ratio_score(ratio),
        "ratio_pct": 100 * ratio,
    }
    label = ACHIEVED if achieved else _label(ratio, 0.95, 0.60)
    key = "achieved" if achieved else "growth_ratio"
    return _result(case, label, ratio, key, numbers, used)


def _readings(case: Case, base: float) -> tuple[float, float, float | None]:
    """Base, latest value and goal as the formula takes them: never 0, one-sided."""
    latest, goal = case.values[-1], case.goal
    if case.two_sided and case.target.value is not None:
        value = case.target.value
        base, latest = value + abs(base - value), value + abs(latest - value)
        goal = value + abs(value) * case.target.tol
    if goal == 0:
        goal = INSTEAD_OF_ZERO
    return base or INSTEAD_OF_ZERO, latest, goal


def _label(number: float, high: float, medium: float) -> str:
    if number >= high - NOISE:
        return SUBSTANTIAL
    if number >= medium - NOISE:
        return MODERATE
    return LIMITED if number >= 0 else DETERIORATION


def _coefficient(base: float, limit: float | None) -> float:
    """How much the thresholds shrink near a natural limit: 1 far from it, 0 at it."""
    if limit is None:
        return 1.0
    b, size = abs(base), abs(limit)
    if b >= 2 * size:
        return 1.0
    near = b if b <= size else 2 * size - b
    return float(1 - (near / size) ** LIMIT_POWER)


def _ratio_score(ratio: float) -> float:
    if ratio >= 0.6:
        return min(7.1429 * ratio - 4.2857, 5.0)
    return max(4.1667 * ratio - 2.5, -5.0)


def _growth_score(growth: float, coefficient: float) -> float:
    if growth < 0:
        return max(125 * growth - 2.5, -5.0)
    if coefficient == 0:
        return 5.0
    share = growth / coefficient
    if share >= 0.015:
        return min(500 * share - 5, 5.0)
    return 250 * share - 1.25 if share >= 0.005 else 500 * share - 2.5


def _done(case: Case) -> Result:
    done = case.meets(case.values[-1])
    numbers: dict[str, object] = {"value": case.values[-1], "year": case.years[-1]}
    label, key = (ACHIEVED, "done") if done else (NOT_ACHIEVED, "not_done")
    return _result(case, label, None, key, numbers, case.years[-1:])


def _without_growth(case: Case, achieved: bool, key: str) -> Result:
    """Achieved wins even where no growth can be worked out."""
    if not achieved:
        base_year = case.target.base_year or BASE_YEAR
        return refused(case, METHOD, NOT_AVAILABLE, key, base_year=base_year)
    numbers: dict[str, object] = {
        "value": case.values[-1],
        "year": case.years[-1],
        "goal": case.goal,
        "down": case.sign < 0,
    }
    return _result(case, ACHIEVED, None, "achieved", numbers, case.years[-1:])


def _result(
    case: Case,
    label: str,
    number: float | None,
    key: str,
    numbers: dict[str, object],
    used: tuple[int, ...],
) -> Result:
    return case.result(METHOD, label, number, key, numbers, used)


METHOD = Method(
    key="statcan",
    judge=judge,
    needs=2,
    labels=(ACHIEVED, SUBSTANTIAL, MODERATE, LIMITED, DETERIORATION, NOT_ACHIEVED, NOT_AVAILABLE),
    source="Statistics Canada / Open SDG, progress calculation methodology, 2025",
    scale={
        ACHIEVED: "on_track",
        SUBSTANTIAL: "on_track",
        MODERATE: "behind",
        LIMITED: "at_risk",
        DETERIORATION: "at_risk",
        NOT_ACHIEVED: "at_risk",
    },
    reads=frozenset({LEVEL, DONE_KIND}),
    from_baseline=True,
    by_growth=True,
)
