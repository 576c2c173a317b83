"""One target under every method: label, number, reason, and what differs from the default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from db.engine import Store
from i18n.reasons import method_label_text, method_text, sentence
from indicators.comparison import all_methods, all_methods_of_areas
from indicators.facts import Standing
from indicators.methods.case import Result
from indicators.methods.registry import METHODS, assess_case
from indicators.model import EACH_AREA, Settings

from .snapshot import Snapshot, snapshot

__all__ = ["METHODS", "MethodLine", "assess", "assess_case", "method_lines", "results"]


@dataclass(frozen=True, slots=True)
class MethodLine:
    """What one method says of a target, in words; is_default: the verdict on the screen."""

    method: str
    name: str
    label: str
    label_text: str
    number: float | None
    reason: str
    points: int
    provisional: bool
    is_default: bool


def results(known: Snapshot, standing: Standing) -> list[Result]:
    """What every registered method says, the areas of an each_area target taken together."""
    target = standing.target
    if target.kind != EACH_AREA or standing.areas is None:
        return all_methods(standing.situation, standing.verdict)
    by_area = {
        area: all_methods(one.situation, one.verdict) for area, one in standing.by_area.items()
    }
    counts = standing.areas
    return all_methods_of_areas(
        by_area,
        standing.verdict,
        counts.reaching,
        counts.with_figures,
        counts.total,
        known.day <= date(target.end, 12, 31),
    )


def method_lines(known: Snapshot, standing: Standing, lang: str = "vi") -> list[MethodLine]:
    """The table "Theo các phương pháp khác"."""
    return [
        MethodLine(
            one.method,
            method_text(one.method, lang),
            one.label,
            method_label_text(one.method, one.label, lang),
            one.number,
            sentence(one.reason, lang, known.area_names),
            one.points,
            one.provisional,
            one.method == standing.verdict.method,
        )
        for one in results(known, standing)
    ]


def assess(
    store: Store, as_of: int, settings: Settings, code: str, method: str | None = None
) -> dict[str, Any] | None:
    """The verdicts of one target by all methods, or by one; None where there is no such code.

    Args:
        store: ready.
        as_of: microseconds since 1970 (UTC).
        settings: what the province decided.
        code: the target's.
        method: only this one.
    """
    known = snapshot(store, as_of, settings, {code})
    if not known.targets:
        return None
    standing = known.standings[0]
    return {
        "code": code,
        "methods": [
            {
                "method": one.method,
                "label": one.label,
                "scale": standing.verdict.scale if one.method == standing.verdict.method else None,
                "number": one.number,
                "reason_vi": sentence(one.reason, "vi", known.area_names),
                "reason_en": sentence(one.reason, "en", known.area_names),
                "provisional": one.provisional,
                "points": one.points,
            }
            for one in results(known, standing)
            if method in (None, one.method)
        ],
    }
