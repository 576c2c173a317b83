"""Every method beside the others for one target: which can read it, what it says, why not.

Labels of different methods are never put on one scale; each keeps its own word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from .methods import escap, healthy_people, vn_plan
from .methods.case import DONE_KIND, NOT_APPLICABLE, Case, Method, Result, refused
from .methods.registry import METHODS
from .model import CUMULATIVE, EACH_AREA, EVERY_YEAR, LEVEL, Reason
from .situation import Situation, case_of, from_baseline
from .verdicts import Verdict, judge


def all_methods(situation: Situation, verdict: Verdict | None = None) -> list[Result]:
    """What each registered method says of a target, in the order of the registry.

    The default method's row is the verdict itself. A method that cannot read the kind says
    not_applicable; one that lacks figures gives its own word for it; both with a reason.

    Args:
        situation: of a whole target, or of one area of an each_area target.
        verdict: of the same situation, where it is at hand.
    """
    verdict = verdict or judge(situation)
    case = case_of(situation)
    based = from_baseline(situation, case)
    still_open = situation.day <= date(situation.target.end, 12, 31)
    return [
        _row(method, situation, verdict, case, based, still_open) for method in METHODS.values()
    ]


def all_methods_of_areas(
    by_area: Mapping[str, Sequence[Result]],
    verdict: Verdict,
    reaching: int,
    with_figures: int,
    total: int,
    still_open: bool,
) -> list[Result]:
    """What each method says of a target that each area must meet.

    The plan reading asks for every area and Healthy People shows the share that reach it; of
    the other methods the worst area that they can judge is named.

    Args:
        by_area: area → `all_methods` of its own situation, of the areas with figures.
        verdict: of the whole target.
        reaching: how many areas meet the target.
        with_figures: how many have figures.
        total: how many are asked for.
        still_open: whether the last day is yet to pass.
    """
    counts: dict[str, object] = {
        "reaching": reaching,
        "with_figures": with_figures,
        "total": total,
    }
    if total:
        counts["done_pct"] = 100 * reaching / total
    rows = []
    for position, method in enumerate(METHODS.values()):
        if method.key == verdict.method:
            rows.append(_of_verdict(verdict, method, ()))
        elif method.key in (vn_plan.METHOD.key, healthy_people.METHOD.key):
            rows.append(_counted(method, counts, reaching == total > 0, with_figures, still_open))
        else:
            own = {area: results[position] for area, results in by_area.items()}
            rows.append(_worst(method, own, counts))
    return rows


def _row(
    method: Method,
    situation: Situation,
    verdict: Verdict,
    case: Case,
    based: Case,
    still_open: bool,
) -> Result:
    kind = case.target.kind
    if method.key == verdict.method:
        return _of_verdict(verdict, method, case.years)
    if kind not in method.reads:
        return refused(case, method, NOT_APPLICABLE, "kind_not_read", kind=kind)
    if method.by_growth and kind == LEVEL and case.goal == 0:
        return refused(case, method, NOT_APPLICABLE, "zero_target")
    if verdict.reason.key in ("stale", "no_data", "only_alternatives"):
        silent = refused(case, method, method.labels[-1], verdict.reason.key)
        return silent._replace(reason=verdict.reason)
    if method.key == vn_plan.METHOD.key:
        return vn_plan.judge(_with_current(situation, case), still_open and kind != EVERY_YEAR)
    if kind == DONE_KIND:
        return method.judge(_with_current(situation, case))
    if method.key == escap.CSI.key and based.years and based.years[-1] == based.target.base_year:
        # The formula would call it a regression that nothing is measured since the base year.
        return refused(
            based, method, method.labels[-1], "no_base", base_year=based.target.base_year
        )
    return method.judge(based if method.from_baseline else case)


def _of_verdict(verdict: Verdict, method: Method, years: tuple[int, ...]) -> Result:
    return Result(
        method.key,
        verdict.label,
        verdict.number,
        verdict.points,
        method.needs,
        verdict.reason,
        years,
        (),
        verdict.provisional,
    )


def _with_current(situation: Situation, case: Case) -> Case:
    """The case with what stands against the target today: a state, or the running total."""
    if situation.current is None or situation.latest_end is None:
        return case
    if case.target.kind not in (DONE_KIND, CUMULATIVE):
        return case
    points = dict(zip(case.years, case.values, strict=True))
    points[situation.latest_end.year] = situation.current
    if case.target.kind == CUMULATIVE:
        points.setdefault(situation.target.start - 1, 0.0)
    return case.over(points)


def _counted(
    method: Method, counts: dict[str, object], all_met: bool, with_figures: int, still_open: bool
) -> Result:
    """Plan reading and Healthy People of many areas: how many reach the target."""
    if method.key == healthy_people.METHOD.key:
        label, key = healthy_people.INFORMATIONAL, "areas_share"
    else:
        unmet = vn_plan.NOT_DUE if still_open else vn_plan.MISSED
        label, key = (vn_plan.MET if all_met else unmet), "plan_areas"
    share = counts.get("done_pct")
    number = share if isinstance(share, float) else None
    if not with_figures:
        label, key, number = method.labels[-1], "no_data_areas", None
    reason = Reason(key, counts | {"label": label, "kind": EACH_AREA})
    return Result(method.key, label, number, with_figures, method.needs, reason)


def _worst(method: Method, own: Mapping[str, Result], counts: dict[str, object]) -> Result:
    """The area with the worst label that the method can give, and how many it could judge."""
    judged = {a: r for a, r in own.items() if r.label in method.labels[:-1]}
    if not judged:
        if own:
            area, result = next(iter(sorted(own.items())))
            numbers = counts | {"area": area, "of_area": result.reason, "judged": 0}
            return result._replace(number=None, reason=Reason("areas_none", numbers))
        reason = Reason("no_data_areas", counts)
        return Result(method.key, method.labels[-1], None, 0, method.needs, reason)
    area = max(judged, key=lambda a: (method.labels.index(judged[a].label), a))
    numbers = counts | {"area": area, "of_area": judged[area].reason, "judged": len(judged)}
    return judged[area]._replace(reason=Reason("areas_worst", numbers))
