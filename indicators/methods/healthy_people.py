"""US Healthy People: what share of the intended change has happened?

Source: National Center for Health Statistics, notes to the Healthy People 2020 Final Progress
Table; Healthy People 2030 keeps the categories. Without standard errors a change of ten per
cent counts: of the way towards the target, or of the base value away from it. The method is
blind to time, so the elapsed share of the time stands beside it.
"""

from __future__ import annotations

from ..model import CUMULATIVE, LEVEL
from .case import DIRECTION, Case, Method, Result, refused
from .growth import NOISE, base_point, why_no_way

MET, IMPROVING, LITTLE = "target_met_or_exceeded", "improving", "little_or_no_change"
WORSE, BASELINE_ONLY, INFORMATIONAL = "getting_worse", "baseline_only", "informational"
NOT_ASSESSED = "not_assessed"

ENOUGH_PCT = 10.0


def judge(case: Case) -> Result:
    """The category; its number is the share of the intended change, or of the base, in %."""
    kind = case.target.kind
    if kind not in (LEVEL, CUMULATIVE, DIRECTION):
        return refused(case, METHOD, NOT_ASSESSED, "kind_not_read", kind=kind)
    if case.two_sided:
        return refused(case, METHOD, NOT_ASSESSED, "two_sided")
    start = _start(case)
    if start is None:
        key = why_no_way(case)
        return refused(case, METHOD, NOT_ASSESSED, key, base_year=case.target.base_year)
    goal = case.goal
    if goal is None:
        return refused(case, METHOD, INFORMATIONAL, "no_target")
    if start[0] == case.years[-1]:
        return refused(case, METHOD, BASELINE_ONLY, why_no_way(case), base_year=start[0])
    base, latest, year = start[1], case.values[-1], case.years[-1]
    numbers: dict[str, object] = {
        "base_year": start[0],
        "base_value": base,
        "value": latest,
        "year": year,
        "goal": goal,
        "down": case.sign < 0,
    }
    target_year = case.target.year
    if target_year is not None and target_year > start[0]:
        numbers["target_year"] = target_year
        elapsed = (year - start[0]) / (target_year - start[0])
        numbers["elapsed_pct"] = 100 * min(1.0, elapsed)
    label, number, key = _category(case, base, latest, goal)
    if number is not None:
        numbers["share_pct"] = number
    return case.result(METHOD, label, number, key, numbers, (start[0], year))


def _start(case: Case) -> tuple[int, float] | None:
    """Base year and value; of a running total its start at 0."""
    if not case.values:
        return None
    if case.target.kind == CUMULATIVE:
        return case.years[0], case.values[0]
    return base_point(case, case.target.base_year or case.years[0])


def _category(case: Case, base: float, latest: float, goal: float) -> tuple[str, float | None, str]:
    way, moved = goal - base, latest - base
    toward = 100 * moved / way if way else None
    if case.meets(latest):
        return MET, None if case.meets(base) else toward, "achieved"
    if moved == 0:
        return LITTLE, 0.0, "share_toward"
    if case.sign * moved > 0 and toward is not None:
        return (IMPROVING if toward >= ENOUGH_PCT - NOISE else LITTLE), toward, "share_toward"
    if base == 0:
        return WORSE, None, "away_from_zero"
    away = 100 * abs(moved) / abs(base)
    return (WORSE if away >= ENOUGH_PCT - NOISE else LITTLE), away, "share_away"


METHOD = Method(
    key="healthy_people",
    judge=judge,
    needs=2,
    labels=(MET, IMPROVING, LITTLE, WORSE, BASELINE_ONLY, INFORMATIONAL, NOT_ASSESSED),
    source="National Center for Health Statistics, Healthy People 2020 Final Progress Table, 2021",
    scale={MET: "on_track", IMPROVING: "behind", LITTLE: "at_risk", WORSE: "at_risk"},
    reads=frozenset({LEVEL, CUMULATIVE}),
    from_baseline=True,
)
