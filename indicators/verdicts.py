"""Verdicts: the common scale that screens, reports and JSON use, from plain facts.

The default method is the German sustainability indicators' rule (methods/destatis.py); the
scale around it says what a day, an old figure, a single figure or a passed deadline make of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from .bounds import exceeds as exceeds
from .bounds import meets as meets
from .methods import destatis
from .methods.case import Case, Result
from .methods.registry import METHODS
from .model import CUMULATIVE, DONE, EVERY_YEAR, Reason
from .periods import months_after
from .situation import Situation as Situation
from .situation import case_of, from_baseline

NO_DATA, NOT_DUE, CANNOT_JUDGE = "no_data", "not_due", "cannot_judge"
EXCEEDED, MET, MISSED = "exceeded", "met", "missed"
ON_TRACK, BEHIND, AT_RISK = "on_track", "behind", "at_risk"

WORST_FIRST = (MISSED, AT_RISK, BEHIND, ON_TRACK, MET, EXCEEDED)
"""The scales that judge, worst first; the three others say why there is no judgement."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the default method says of a target, on the common scale.

    label: the method's own word. scale: one of the nine keys. provisional: the label rests on
    two or three figures. points: how many yearly figures there were. number: the method's own.
    """

    method: str
    label: str
    scale: str
    provisional: bool
    reason: Reason
    points: int
    number: float | None = None


def judge(situation: Situation) -> Verdict:
    """The verdict on a target: the method's word, the common scale and the reason.

    Rules are tried in this order: no figure; the last day has passed; not due yet; the newest
    figure too old; the last closed year of an every-year target; met before its day; too little
    to judge from; the method's label.

    Raises:
        ValueError: the settings name no registered method.

    Source: assessment method note, section "Common scale".
    """
    look = _Look(situation)
    scale, reason = (
        _without_figure(look)
        or _after_the_end(look)
        or _not_due(look)
        or _stale(look)
        or _closed_year(look)
        or _met_early(look)
        or _too_little(look)
        or _by_label(look)
    )
    result = look.result
    points = look.case.figures
    if scale not in WORST_FIRST:
        silent = METHODS[result.method].labels[-1]
        return Verdict(result.method, silent, scale, False, reason, points)
    return Verdict(
        result.method, result.label, scale, result.provisional, reason, points, result.number
    )


def areas_verdict(
    situation: Situation,
    verdicts: Mapping[str, Verdict],
    reaching: int,
    with_figures: int,
    total: int,
    worst: str | None,
) -> Verdict:
    """The verdict on a target that each area must meet: that of the worst area.

    Args:
        situation: of the whole target, for its words and settings.
        verdicts: area → verdict, of the areas that have figures.
        reaching: how many areas meet the target.
        with_figures: how many have figures.
        total: how many are asked for.
        worst: the worst area that can be judged; where none can, the one to name.
    """
    counts: dict[str, object] = {
        "reaching": reaching,
        "with_figures": with_figures,
        "total": total,
        "unit": situation.target.unit,
    }
    chosen = verdicts.get(worst) if worst is not None else None
    if chosen is None:
        key = "only_alternatives" if situation.only_alternatives else "no_data_areas"
        label = METHODS[situation.settings.method].labels[-1]
        return Verdict(
            situation.settings.method, label, NO_DATA, False, Reason(key, counts), 0, None
        )
    scale = chosen.scale
    if scale not in WORST_FIRST:  # none can be judged: open areas do not hide unclear ones
        found = {verdict.scale for verdict in verdicts.values()}
        scale = next(s for s in (CANNOT_JUDGE, NOT_DUE, NO_DATA) if s in found)
    reason = Reason("areas", {**counts, "area": worst, "scale": scale, "of_area": chosen.reason})
    return replace(chosen, scale=scale, reason=reason)


class _Look:
    """A situation beside its case and what the method says of it."""

    def __init__(self, situation: Situation) -> None:
        key = situation.settings.method
        if key not in METHODS:
            raise ValueError(f"no method: {key!r}")
        self.now = situation
        self.target = situation.target
        self.case = case_of(situation)
        self.result = _product_reading(key, situation, self.case)

    @property
    def ended(self) -> bool:
        return self.now.day > date(self.target.end, 12, 31)

    @property
    def is_done(self) -> bool:
        return self.target.comparator == DONE

    @cached_property
    def standing(self) -> tuple[int | None, float | None]:
        """Year and value of what stands against the target itself."""
        now = self.now
        year = now.latest_end.year if now.latest_end else None
        uses_current = self.is_done or self.target.kind == CUMULATIVE
        if uses_current and now.current is not None:
            return year, now.current
        if self.case.figures:
            return self.case.years[-1], self.case.values[-1]
        return None, None

    @property
    def met(self) -> bool:
        value = self.standing[1]
        return value is not None and self.case.meets(value)

    def reason(self, key: str, **numbers: object) -> Reason:
        """A reason that carries what is asked for beside its numbers."""
        target = self.target
        asked: dict[str, object] = {
            "unit": target.unit,
            "decimals": self.now.decimals,
            "kind": self.case.target.kind,
            "comparator": target.comparator,
            "low": target.low,
            "high": target.high,
            "tolerance_pct": self.now.settings.about_pct,
            "start": target.start,
            "end": target.end,
            "down": self.case.down,
        }
        return Reason(key, asked | self._trend | numbers)

    @property
    def _trend(self) -> dict[str, object]:
        """First year and mean yearly change of the method's window, where it has one."""
        numbers = self.result.reason.numbers
        return {key: numbers[key] for key in ("first_year", "had") if key in numbers}


_Found = tuple[str, Reason] | None


def _without_figure(look: _Look) -> _Found:
    if look.now.has_figure and not look.now.only_alternatives:
        return None
    if look.now.only_alternatives:  # there is a figure, but none that the clause means
        return CANNOT_JUDGE, look.reason("only_alternatives")
    return NO_DATA, look.reason("no_data")


def _after_the_end(look: _Look) -> _Found:
    """Exceeded, met or missed, once the last day has passed and its period has a figure."""
    if not look.ended:
        return None
    end = look.target.end
    year, value = look.standing
    if look.target.kind != CUMULATIVE and not look.is_done and end in look.now.series:
        year, value = end, look.now.series[end]
    if value is None:
        return None
    met = look.case.meets(value)
    last_is_there = end in look.now.series and not look.now.total_has_hole
    if look.is_done:
        last_is_there = year is not None and year >= end
    if not last_is_there and not (met and (look.is_done or look.target.kind == CUMULATIVE)):
        return None
    scale = (EXCEEDED if look.case.exceeds(value) else MET) if met else MISSED
    key = "done_" if look.is_done else "total_" if look.target.kind == CUMULATIVE else "final_"
    return scale, look.reason(key + scale, value=value, year=year)


def _not_due(look: _Look) -> _Found:
    if look.is_done and not look.ended and not look.met:
        return NOT_DUE, look.reason("done_not_yet")
    if look.target.kind == EVERY_YEAR and look.now.day <= date(look.target.start, 12, 31):
        return NOT_DUE, look.reason("first_year_open")
    return None


def _stale(look: _Look) -> _Found:
    end, months = look.now.latest_end, look.now.settings.stale_months
    if end is None or months_after(end, months) >= look.now.day:
        return None
    return CANNOT_JUDGE, look.reason("stale", stale_year=end.year, ended=end, months=months)


def _closed_year(look: _Look) -> _Found:
    """Met or missed in the last closed year of the term that has a figure."""
    if look.target.kind != EVERY_YEAR:
        return None
    case = look.case
    closed = [
        (y, v) for y, v in zip(case.years, case.values, strict=True) if y >= look.target.start
    ]
    if not closed:
        return CANNOT_JUDGE, look.reason("no_closed_year")
    year, value = closed[-1]
    met = case.meets(value)
    return (MET if met else MISSED), look.reason(
        "year_met" if met else "year_missed",
        value=value,
        year=year,
        years_met=sum(case.meets(v) for _, v in closed),
        years_closed=len(closed),
    )


def _met_early(look: _Look) -> _Found:
    if not look.met:
        return None
    year, value = look.standing
    if look.is_done:
        return ON_TRACK, look.reason("done_early", year=year)
    return ON_TRACK, look.reason("met_early", value=value, year=year)


def _too_little(look: _Look) -> _Found:
    """One figure only, or a method that cannot be applied."""
    now, (year, value) = look.now, look.standing
    if look.target.kind == CUMULATIVE and now.total_has_hole:
        return CANNOT_JUDGE, look.reason("total_hole", value=value, goal=look.case.goal)
    if look.is_done:
        return CANNOT_JUDGE, look.reason("done_unknown", year=year)
    if look.case.figures == 0:
        return CANNOT_JUDGE, look.reason("no_whole_year")
    if look.case.figures == 1:
        return CANNOT_JUDGE, look.reason(
            "one_figure", value=value, year=year, goal=look.case.goal, target_year=look.target.end
        )
    if look.result.label not in METHODS[look.result.method].scale:
        return CANNOT_JUDGE, look.result.reason
    return None


def _by_label(look: _Look) -> tuple[str, Reason]:
    result = look.result
    numbers: dict[str, object] = {}
    if result.provisional:
        numbers["provisional_points"] = look.case.figures
    if look.ended:
        numbers["awaited_year"] = look.target.end
    reason = Reason(result.reason.key, result.reason.numbers | numbers)
    return METHODS[result.method].scale[result.label], reason


def _product_reading(key: str, situation: Situation, case: Case) -> Result:
    """What a method says; the German rule is also applied to two or three figures."""
    if key == destatis.METHOD.key:
        return destatis.judge(case, least=2)
    method = METHODS[key]
    return method.judge(from_baseline(situation, case) if method.from_baseline else case)
