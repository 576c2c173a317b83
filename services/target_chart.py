"""What the chart on a target's page is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from charts.history import Aim, FanStep, History, Other, Reading, Step
from i18n.labels import asked_short, series_text
from i18n.labels import unit_text as unit_in
from i18n.seed_texts import source_text
from indicators.facts import Standing
from indicators.forecast_chance import Outlook
from indicators.model import (
    CUMULATIVE,
    EVERY_YEAR,
    FLOW,
    RATE,
    Observation,
    Target,
)
from indicators.series import Figures, running_total

from .snapshot import Snapshot
from .status import reason_text


def chart(
    known: Snapshot,
    standing: Standing,
    figures: Sequence[Observation],
    others: Sequence[Observation],
    ahead: Outlook,
    decimals: int,
    lang: str,
) -> History:
    """The readings, path, plans and aim of one target, as the detail chart takes them."""
    target = standing.target
    indicator = known.indicator_of(target)
    own = {one.period: one for one in figures if one.area == (standing.area or "")}
    plans = known.plans.get(target.indicator or target.code, {}).get(standing.area or "", {})
    aim = asked_short(target.comparator, target.low, target.high, target.unit, decimals, lang)
    return History(
        sentence=reason_text(known, standing.verdict.reason, lang),
        unit=unit_in(target.unit, lang),
        decimals=decimals,
        aim=Aim(
            target.low,
            target.start if target.kind == EVERY_YEAR else target.end,
            target.end,
            aim,
            target.high,
            target.kind == EVERY_YEAR,
        ),
        today=known.day,
        readings=tuple(_readings(target, own)),
        adds_up=indicator.measure == FLOW and target.kind != CUMULATIVE,
        path=tuple(_path_steps(standing)),
        plans=()
        if target.kind == CUMULATIVE
        else tuple(Step(one.period.text, one.value) for one in plans.values()),
        others=tuple(
            Other(o.period.text, o.value, series_text(o.series, lang)) for o in others if o.series
        ),
        fan=tuple(_fan(standing, ahead)),
        from_zero=indicator.measure != RATE,
        source=source_text(standing.latest.source, lang) if standing.latest else "",
    )


def _readings(target: Target, own: Figures) -> Iterable[Reading]:
    """The figures in order; of a cumulative target the running totals."""
    if target.kind != CUMULATIVE:
        for period in sorted(own, key=lambda p: (p.end, p.months)):
            yield Reading(period.text, own[period].value, own[period].status)
        return
    for year in range(target.start, target.end + 1):
        until = {p: o for p, o in own.items() if p.year <= year}
        total = running_total(until, target.start, target.end)
        if total is None or total.missing or total.end.year != year:
            continue
        newest = max(until.values(), key=lambda o: o.period.end)
        yield Reading(total.end.text, total.value, newest.status)


def _path_steps(standing: Standing) -> Iterable[Step]:
    path = standing.full_path
    if path is None:
        return
    for year in range(path.base.year, standing.target.end + 1):
        value = path.in_year(year)
        if value is not None:
            yield Step(value.period.text, value.value)


def _fan(standing: Standing, ahead: Outlook) -> Iterable[FanStep]:
    """The forecast of the years to come; none where no chance is stated, none of a total."""
    if ahead.chance.probability is None or standing.target.kind == CUMULATIVE:
        return
    for year in ahead.forecast.years:
        quantiles = year.quantiles
        yield FanStep(
            str(year.year),
            year.mean,
            quantiles[0.1],
            quantiles[0.9],
            quantiles[0.025],
            quantiles[0.975],
        )
