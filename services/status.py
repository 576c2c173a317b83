"""Every target with its verdict, as plain data: what ``manage.py status`` and exports say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from db.engine import Store
from i18n.reasons import sentence
from indicators.facts import Standing
from indicators.model import Observation, Reason, Settings, Target

from .moments import iso
from .odds import NO_ODDS, Odds, chances
from .snapshot import Snapshot, snapshot

Json = dict[str, Any]


def status(
    store: Store,
    as_of: int,
    settings: Settings,
    code: str | None = None,
    *,
    forecasts: bool = True,
) -> Json:
    """The state of all targets, or of one, as of a moment.

    Args:
        store: ready.
        as_of: microseconds since 1970 (UTC): sets what is known and what is today.
        settings: what the province decided.
        code: one target; an unknown code gives an empty list.
        forecasts: also the chance of reaching each target, as far as it is kept or quickly
            worked out (``odds.chances``).

    Returns:
        as_of, data_version, demo, targets: one object a target with the keys of the shell's
        contract, numbers plain and in the register's unit, missing ones None.
    """
    known = snapshot(store, as_of, settings)
    shown = [one for one in known.standings if code in (None, one.target.code)]
    odds = chances(store, known, code if len(shown) == 1 else None) if forecasts else {}
    return {
        "as_of": iso(as_of),
        "data_version": known.data_version,
        "demo": known.demo,
        "targets": [row(known, one, odds.get(one.target.code, NO_ODDS)) for one in shown],
    }


def row(known: Snapshot, standing: Standing, odds: Odds = NO_ODDS) -> Json:
    """One target's object."""
    target, verdict = standing.target, standing.verdict
    return {
        **_target(target),
        "agency": known.assigned.get(target.code),
        "latest": _latest(standing.latest),
        "same_period": _optional(standing.same_period, _same_period),
        "plan_pct": standing.plan_pct,
        "baseline": _optional(standing.baseline, _ruled),
        "path": _optional(standing.path, _ruled),
        "gap": standing.gap,
        "gap_pct": standing.gap_pct,
        "gap_to_target": standing.gap_to_target,
        "stale": standing.stale,
        "verdict": {
            "method": verdict.method,
            "label": verdict.label,
            "scale": verdict.scale,
            "provisional": verdict.provisional,
            "reason_vi": reason_text(known, verdict.reason, "vi"),
            "reason_en": reason_text(known, verdict.reason, "en"),
        },
        "probability": odds.probability,
        "total": _optional(standing.total, _total),
        "area": standing.area,
        "areas": _optional(standing.areas, _areas),
        "trend": standing.trend or None,
        "current": standing.current,
    }


def reason_text(known: Snapshot, reason: Reason, lang: str) -> str:
    """A verdict's reason as a sentence, areas by their names."""
    return sentence(reason, lang, known.area_names)


def _target(target: Target) -> Json:
    return {
        "code": target.code,
        "field": target.field,
        "name_vi": target.name_vi,
        "name_en": target.name_en,
        "unit": target.unit,
        "kind": target.kind,
        "comparator": target.comparator,
        "value_low": target.low,
        "value_high": target.high,
        "period_start": target.start,
        "period_end": target.end,
        "direction": target.direction,
        "scope": target.scope,
        "document": target.document,
        "locator": target.locator,
        "doubt": target.doubt or None,
        "lead_vi": target.lead_vi,
    }


def _latest(latest: Observation | None) -> Json | None:
    if latest is None:
        return None
    return {
        "period": latest.period.text,
        "value": latest.value,
        "status": latest.status,
        "source": latest.source or None,
        "source_url": latest.source_url or None,
        "submission": latest.submission,
        "series": latest.series or None,
        "origin": latest.origin,
    }


def _optional(value: Any, form: Callable[[Any], Json]) -> Json | None:
    return None if value is None else form(value)


def _same_period(value: Any) -> Json:
    return {
        "period": value.period.text,
        "value": value.value,
        "change": value.change,
        "change_pct": value.change_pct,
    }


def _ruled(value: Any) -> Json:
    """A baseline, or what the path asks for: its period, value and the rule that gave it."""
    return {"period": value.period.text, "value": value.value, "rule": value.rule}


def _total(value: Any) -> Json:
    return {
        "from": value.start.text,
        "to": value.end.text,
        "value": value.value,
        "missing": [span.text for span in value.missing],
    }


def _areas(value: Any) -> Json:
    return {
        "reaching": value.reaching,
        "with_figures": value.with_figures,
        "total": value.total,
    }
