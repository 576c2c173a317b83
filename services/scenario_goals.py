"""What it takes to reach a target, as plain data: ``manage.py scenario goal`` and the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.engine import Store
from i18n.scenario_reasons import sentence
from indicators.model import Reason, Settings
from indicators.scenarios import Start
from indicators.scenarios_goal import Goal, goal, latest_start
from indicators.scenarios_past import Achieved
from indicators.scenarios_shapes import Effect

from .scenario_bases import Basis, basis_of
from .snapshot import Snapshot, snapshot

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Needed:
    """What it takes from where a target stands, beside what was ever achieved.

    start_year: the last year from which the best yearly growth (else step) of the last five
    years would still be enough; None where it would not, or none is known. enough: whether
    going on as today is enough.
    """

    basis: Basis
    goal: Goal
    past: Achieved | None
    start_year: int | None
    enough: bool = False


def needed(
    basis: Basis,
    settings: Settings,
    by: int | None = None,
    *,
    effects: Sequence[Effect] = (),
    start: Start | None = None,
) -> Needed:
    """What a target takes.

    Args:
        basis: of the target.
        settings: what the province decided.
        by: until which year, the target's last if None.
        effects: what happens on the way.
        start: another start than the latest figure, as a scenario's value of a bad year.
    """
    found = goal(basis.target, start or basis.start, settings, by=by, effects=effects,
                 limits=basis.limits)  # fmt: skip
    past = basis.past
    latest = _latest_start(found, past)
    enough = latest is not None and latest > found.first
    return Needed(basis, found, past, None if enough else latest, enough)


def _latest_start(found: Goal, past: Achieved | None) -> int | None:
    if past is None or not found.reachable or found.met:
        return None
    if past.best_growth_pct is not None and found.growth_pct is not None and not past.total:
        return latest_start(found, growth_pct=past.best_growth_pct)
    return latest_start(found, step=past.best_step)


def goal_of(
    store: Store, as_of: int, settings: Settings, code: str, by: int | None = None
) -> Json | None:
    """What one target takes; None where there is no such code.

    Args:
        store: ready.
        as_of: microseconds since 1970 (UTC).
        settings: what the province decided.
        code: the target's.
        by: until which year, the target's last if None.

    Returns:
        code, from (period, value), by, target, growth_pct, step, reachable, reason_vi, and
        more: unit, comparator, strict, met, first, start_year, achieved, area, reason_en.
    """
    known = snapshot(store, as_of, settings)
    target = next((one for one in known.targets if one.code == code), None)
    if target is None:
        return None
    basis = basis_of(known, target)
    if isinstance(basis, Reason):
        return {
            **_frame(known, code, target.unit, target.comparator),
            "from": None,
            "by": target.end if by is None else by,
            "target": target.low,
            "growth_pct": None,
            "step": None,
            "reachable": False,
            **_said(basis, code, target.unit, 1),
        }
    return as_json(known, needed(basis, settings, by))


def as_json(known: Snapshot, found: Needed) -> Json:
    """What a target takes as plain data."""
    basis, got = found.basis, found.goal
    target = basis.target
    return {
        **_frame(known, target.code, target.unit, target.comparator),
        "from": {"period": basis.period, "value": got.start.counted},
        "by": got.by,
        "first": got.first,
        "target": got.aim,
        "strict": got.strict,
        "growth_pct": got.growth_pct,
        "step": got.step,
        "reachable": got.reachable,
        "met": got.met,
        "start_year": found.start_year,
        "achieved": _achieved(found.past),
        "area": basis.area or None,
        **_said(reason(found), target.code, target.unit, basis.indicator.decimals),
    }


def reason(found: Needed) -> Reason:
    """The goal's reason together with what was achieved."""
    numbers = dict(found.goal.reason.numbers)
    past = found.past
    if past is not None:
        numbers |= {
            "best_growth_pct": past.best_growth_pct,
            "mean_growth_pct": past.mean_growth_pct,
            "best_step": past.best_step,
            "recent_step": past.recent_step,
            "recent_years": past.last - past.recent_first,
            "total": past.total,
        }
    target = found.basis.target
    numbers |= {
        "start_year": found.start_year,
        "enough": found.enough,
        "asked": target.low,
        "comparator": target.comparator,
        "stale": found.basis.standing.stale,
    }
    return Reason(found.goal.reason.key, numbers)


def _frame(known: Snapshot, code: str, unit: str, comparator: str) -> Json:
    return {"code": code, "unit": unit, "comparator": comparator, "demo": known.demo}


def _said(why: Reason, code: str, unit: str, decimals: int) -> Json:
    full = Reason(why.key, {"code": code, "unit": unit, "decimals": decimals, **why.numbers})
    return {"reason_vi": sentence(full, "vi"), "reason_en": sentence(full, "en")}


def _achieved(past: Achieved | None) -> Json | None:
    if past is None:
        return None
    return {
        "first": past.first,
        "last": past.last,
        "best_growth_pct": past.best_growth_pct,
        "mean_growth_pct": past.mean_growth_pct,
        "best_step": past.best_step,
        "mean_step": past.mean_step,
        "recent_step": past.recent_step,
    }
