"""The Vietnamese plan reading: was the plan's figure fulfilled (đạt, vượt, không đạt)?

Source: practice of the reviews of Party congress resolutions; Ministry of Planning and
Investment, Hướng dẫn theo dõi và đánh giá dựa trên kết quả, April 2013 (seen in part). The
completion is the actual in % of the plan, also of a ceiling, where less than 100 is good.

Where no source decides: strict bounds are met but never exceeded, inside an interval is met and
above it exceeded, "about" has a tolerance and beyond it on the good side is exceeded, a plan of
0 has no percentage. The reading knows no time: 60 % in the first year and in the last look alike.
"""

from __future__ import annotations

from ..model import ABOUT, CUMULATIVE, EACH_AREA, EVERY_YEAR, LEVEL
from .case import DONE_KIND, Case, Method, Result, refused

EXCEEDED, MET, MISSED = "vuot", "dat", "khong_dat"
NOT_DUE, NOT_ASSESSED = "chua_den_han", "not_assessed"


def judge(case: Case, still_open: bool = False) -> Result:
    """Met, exceeded or not met, with the completion in % as its number.

    Args:
        case: the series and its target.
        still_open: the due day has not come: what is not met yet is not due, not missed.
    """
    goal = case.goal
    if goal is None or case.target.value is None:
        return refused(case, METHOD, NOT_ASSESSED, "no_target")
    if not case.values or (case.target.kind == CUMULATIVE and not case.figures):
        return refused(case, METHOD, NOT_ASSESSED, "too_few")
    if case.target.kind == EACH_AREA:
        return _areas(case)
    value, year = case.values[-1], case.years[-1]
    plan = case.target.value if case.target.comparator == ABOUT else goal
    met = case.meets(value)
    if case.hole and not met:
        return refused(case, METHOD, NOT_ASSESSED, "total_hole", value=value, goal=goal)
    done_pct = 100 * value / plan if plan else None
    numbers: dict[str, object] = {
        "value": value,
        "year": year,
        "plan": plan,
        "target_year": case.target.year,
        "down": case.sign < 0,
    }
    if done_pct is not None:
        numbers["done_pct"] = done_pct
    if case.target.kind == EVERY_YEAR:
        numbers |= _years(case)
    label = _label(met, case.exceeds(value), still_open)
    return case.result(METHOD, label, done_pct, f"plan_{label}", numbers, (year,))


def _label(met: bool, exceeded: bool, still_open: bool) -> str:
    if met:
        return EXCEEDED if exceeded else MET
    return NOT_DUE if still_open else MISSED


def _years(case: Case) -> dict[str, object]:
    """Of the years that count, how many were met."""
    first = case.target.base_year
    counted = [
        value
        for year, value in zip(case.years, case.values, strict=True)
        if first is None or year >= first
    ]
    return {"years": len(counted), "years_met": sum(map(case.meets, counted))}


def _areas(case: Case) -> Result:
    """Met only if every area meets it; the number is the share of areas that do."""
    met = sum(map(case.meets, case.values))
    share = 100 * met / len(case.values)
    numbers: dict[str, object] = {"reaching": met, "total": len(case.values), "done_pct": share}
    label = MET if met == len(case.values) else MISSED
    return case.result(METHOD, label, share, "plan_areas", numbers, ())


METHOD = Method(
    key="vn_plan",
    judge=judge,
    needs=1,
    labels=(EXCEEDED, MET, NOT_DUE, MISSED, NOT_ASSESSED),
    source="Plan reading of congress reviews; MPI, Hướng dẫn theo dõi và đánh giá, 2013",
    scale={EXCEEDED: "on_track", MET: "on_track", NOT_DUE: "behind", MISSED: "at_risk"},
    reads=frozenset({LEVEL, EVERY_YEAR, CUMULATIVE, DONE_KIND}),
)
