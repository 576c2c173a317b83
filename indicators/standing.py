"""Where one target stands on a day: newest figure, path, gap, comparisons, verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from .facts import AreaCount, Comparison, Context, Standing
from .model import EACH_AREA, Indicator, Observation, Target
from .periods import whole_year
from .rollups import each_area, share_of_areas
from .series import Figures
from .single import single, situation_of
from .verdicts import judge

__all__ = ["AreaCount", "Comparison", "Context", "Standing", "elapsed_pct", "standing"]


def standing(
    target: Target,
    indicator: Indicator,
    figures: Mapping[str, Figures],
    context: Context,
    alternatives: Sequence[Observation] = (),
) -> Standing:
    """Where a target stands.

    Args:
        target: of any kind.
        indicator: how its figures behave.
        figures: area -> current figures of the main series ("" is the target's whole scope).
        context: day, settings, plans, baselines, areas in force.
        alternatives: figures of named series; where there is no other they are shown as
            such, and nothing is judged by them.
    """
    if target.kind == EACH_AREA:
        return each_area(target, indicator, figures, context)
    if indicator.area_rollup == "share_of_areas":
        return share_of_areas(target, indicator, figures, context)
    own = figures.get("", {})
    if not own and alternatives:
        latest = max(alternatives, key=lambda o: (o.period.end, o.period.months))
        situation = situation_of(target, indicator, (), None, context, only_alternatives=True)
        return Standing(target, judge(situation), situation, latest=latest, alternative_only=True)
    return single(target, indicator, own, context, "")


def elapsed_pct(target: Target, day: date) -> float:
    """The share of a target's term that has passed on a day, 0 to 100 (by days)."""
    first = date(target.term[0] or target.start, 1, 1)
    last = whole_year(target.end).end
    share = ((day - first).days + 1) / ((last - first).days + 1)
    return min(100.0, max(0.0, share * 100))
