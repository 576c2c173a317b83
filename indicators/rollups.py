"""Targets that areas answer: each area's own standing, the worst of them, the share of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from .bounds import goes_down
from .facts import AreaCount, Context, Standing
from .model import LEVEL, Indicator, Observation, Settings, Target
from .periods import Period
from .series import Figures, newest, weakest
from .single import single, situation_of
from .verdicts import NOT_DUE, WORST_FIRST, areas_verdict, meets


def each_area(
    target: Target, indicator: Indicator, figures: Mapping[str, Figures], context: Context
) -> Standing:
    """A target that each of its areas must meet, each from its own baseline on its own path.

    The figures shown are those of the worst area that can be judged.
    """
    codes = target.areas or tuple(context.communes)
    alone = replace(target, kind=LEVEL)
    by_area = {
        code: single(alone, indicator, figures[code], context, code)
        for code in codes
        if figures.get(code)
    }
    count = AreaCount(
        reaching=sum(_reaches(target, one, context.settings) for one in by_area.values()),
        with_figures=len(by_area),
        total=len(codes),
    )
    verdicts = {code: one.verdict for code, one in by_area.items()}
    situation = situation_of(target, indicator, (), _newest_of(by_area), context)
    worst = _worst(by_area, target)
    verdict = areas_verdict(
        situation, verdicts, count.reaching, count.with_figures, count.total, worst
    )
    if worst is None:
        return Standing(target, verdict, situation, areas=count, by_area=by_area)
    return replace(
        by_area[worst],
        target=target,
        verdict=verdict,
        situation=situation,
        area=worst,
        areas=count,
        by_area=by_area,
    )


def _newest_of(by_area: Mapping[str, Standing]) -> Observation | None:
    found = [one.latest for one in by_area.values() if one.latest is not None]
    return max(found, key=lambda o: o.period.end, default=None)


def _reaches(target: Target, one: Standing, settings: Settings) -> bool:
    if one.current is None:
        return False
    return meets(one.current, target.comparator, target.low, target.high, settings.about_pct)


def _worst(by_area: Mapping[str, Standing], target: Target) -> str | None:
    """The worst area that can be judged; where none can, the one furthest from the target."""
    sign = -1 if goes_down(target.comparator, target.direction) else 1

    def badness(code: str) -> tuple[int, float, float, str]:
        one = by_area[code]
        scale = one.verdict.scale
        rank = WORST_FIRST.index(scale) if scale in WORST_FIRST else len(WORST_FIRST)
        if scale == NOT_DUE:
            rank = -1  # one plant that is finished does not speak for one that is not
        gap = one.gap_pct if one.gap_pct is not None else 0.0
        rest = one.gap_to_target if one.gap_to_target is not None else 0.0
        return rank, sign * gap, sign * rest, code

    return min(by_area, key=badness, default=None)


def share_of_areas(
    target: Target, indicator: Indicator, figures: Mapping[str, Figures], context: Context
) -> Standing:
    """AN-01: the province's own figure, else the share of the areas once all have one."""
    codes = tuple(context.communes)
    newest_by_area = {c: newest(figures[c]) for c in codes if figures.get(c)}
    count = AreaCount(
        reaching=sum(1 for o in newest_by_area.values() if o is not None and o.value == 1),
        with_figures=len(newest_by_area),
        total=len(codes),
    )
    own = {**derived_shares(figures, codes, indicator.code), **figures.get("", {})}
    one = single(target, indicator, own, context, "")
    return replace(one, areas=count)


def derived_shares(
    figures: Mapping[str, Figures], codes: Sequence[str], indicator: str
) -> dict[Period, Observation]:
    """The percentage of areas with 1, for each period in which every area has a figure."""
    counted: dict[Period, list[Observation]] = {}
    for code in codes:
        for period, observation in figures.get(code, {}).items():
            counted.setdefault(period, []).append(observation)
    shares = {}
    for period, observations in counted.items():
        if len(observations) == len(codes):
            free = sum(1 for o in observations if o.value == 1)
            shares[period] = Observation(
                indicator,
                "",
                period,
                free / len(codes) * 100,
                weakest(o.status for o in observations),
                source="areas",
                origin=observations[0].origin,
                known_from=max(o.known_from or date.min for o in observations),
            )
    return shares
