"""The UN Statistics Division's progress chart: how much of the way is projected to be done?

Source: UN Statistics Division, Sustainable Development Goals Progress Chart, technical note,
2023. Compound growth since the base year is carried on to the target year; the share of the
way from base to target that is then covered gives 3, 2 or 1.
"""

from __future__ import annotations

from ..model import LEVEL
from .case import DIRECTION, Case, Method, Result, refused
from .growth import NOISE, base_point, why_no_way, yearly_growth

ON_TRACK, FAIR, LITTLE, NOT_ASSESSED = "3", "2", "1", "not_assessed"

BASE_YEAR, TARGET_YEAR = 2015, 2030


def judge(case: Case) -> Result:
    """3, 2 or 1; the number is the share of the way covered by the target year, or the growth."""
    if case.target.kind not in (LEVEL, DIRECTION):
        return refused(case, METHOD, NOT_ASSESSED, "kind_not_read", kind=case.target.kind)
    if case.two_sided:
        return refused(case, METHOD, NOT_ASSESSED, "two_sided")
    if not case.values:
        return refused(case, METHOD, NOT_ASSESSED, "too_few")
    goal, latest, year = case.goal, case.values[-1], case.years[-1]
    numbers: dict[str, object] = {"value": latest, "year": year, "down": case.sign < 0}
    if case.meets(latest):
        numbers["goal"] = goal
        return case.result(METHOD, ON_TRACK, None, "achieved", numbers, case.years[-1:])
    base_year = case.target.base_year or BASE_YEAR
    start = base_point(case, base_year)
    if start is None or start[0] == year:
        return refused(case, METHOD, NOT_ASSESSED, why_no_way(case), base_year=base_year)
    growth = yearly_growth(start[1], latest, year - start[0])
    if growth is None:
        return refused(case, METHOD, NOT_ASSESSED, "opposite_signs")
    had = growth if start[1] > 0 else -growth
    numbers |= {"base_year": start[0], "base_value": start[1], "had_pct": 100 * had}
    used = (start[0], year)
    if goal is None:
        better = case.sign * had
        label = _label(better, 0.02, 0.005)
        return case.result(METHOD, label, better, "growth_alone", numbers, used)
    if goal == start[1]:
        return refused(case, METHOD, NOT_ASSESSED, "no_growth_needed")
    target_year = case.target.year or TARGET_YEAR
    projected = latest * (1 + growth) ** max(0, target_year - year)
    # A base that was already beyond the target would turn the sign of the share.
    share = case.sign * (projected - start[1]) / abs(goal - start[1])
    numbers |= {
        "goal": goal,
        "target_year": target_year,
        "projected": projected,
        "share_pct": 100 * share,
    }
    return case.result(METHOD, _label(share, 0.95, 0.10), share, "projected_share", numbers, used)


def _label(number: float, high: float, medium: float) -> str:
    if number >= high - NOISE:
        return ON_TRACK
    return FAIR if number >= medium - NOISE else LITTLE


METHOD = Method(
    key="unsd",
    judge=judge,
    needs=2,
    labels=(ON_TRACK, FAIR, LITTLE, NOT_ASSESSED),
    source="UN Statistics Division, SDG Progress Chart, technical note, 2023",
    scale={ON_TRACK: "on_track", FAIR: "behind", LITTLE: "at_risk"},
    from_baseline=True,
    by_growth=True,
)
