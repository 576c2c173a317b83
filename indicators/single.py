"""Where a target stands that one series answers: the whole scope's, or one area's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .facts import Comparison, Context, Standing
from .model import CUMULATIVE, DONE, EVERY_YEAR, FLOW, RATE, Indicator, Observation, Target
from .paths import Baseline, Path, PathValue, baseline, bound_path, last_closed, shares_of
from .periods import months_after
from .series import (
    Figures,
    Total,
    YearValue,
    newest,
    running_total,
    year_to_date,
    yearly,
    yearly_totals,
)
from .verdicts import Situation, judge

UP, FLAT, DOWN = "up", "flat", "down"
FLAT_SHARE = 0.005


def single(
    target: Target, indicator: Indicator, figures: Figures, context: Context, area: str
) -> Standing:
    """A target that one series answers: the province's, or of one area."""
    latest = newest(figures)
    if target.comparator == DONE:
        return _done(target, indicator, latest, context)
    series = yearly(figures, indicator.measure, whole_years_only=target.kind == EVERY_YEAR)
    base = baseline(target, series, context.fixed.get(area))
    total = None
    if target.kind == CUMULATIVE:
        total = running_total(figures, target.start, target.end)
    path, full = _path(target, indicator, figures, series, base, context, area, latest, total)
    current = _current(target, indicator, series, latest, total, context.day)
    actual = _against_path(target, series, latest, total, path, context.day)
    gap = actual - path.value if actual is not None and path is not None else None
    plan = context.plans.get(area, {}).get(latest.period.year) if latest else None
    situation = situation_of(
        target, indicator, series, latest, context, total, base, current=current
    )
    return Standing(
        target,
        judge(situation),
        situation,
        latest=latest,
        current=current,
        series=tuple(series),
        same_period=_same_period(indicator, figures, latest),
        year_plan=plan,
        plan_pct=_plan_pct(indicator, figures, latest, plan),
        baseline=base,
        path=path,
        full_path=full,
        gap=gap,
        gap_pct=gap / path.value * 100 if gap is not None and path and path.value else None,
        gap_to_target=None if current is None else current - target.low,
        stale=is_stale(latest, context),
        total=total,
        trend=trend(indicator, series),
    )


def is_stale(latest: Observation | None, context: Context) -> bool:
    """Whether the newest figure's period ended longer ago than the setting allows."""
    if latest is None:
        return False
    return months_after(latest.period.end, context.settings.stale_months) < context.day


def situation_of(
    target: Target,
    indicator: Indicator,
    series: Sequence[YearValue],
    latest: Observation | None,
    context: Context,
    total: Total | None = None,
    base: Baseline | None = None,
    *,
    current: float | None = None,
    only_alternatives: bool = False,
) -> Situation:
    """What the methods read of a target: its own reading of the series, on the day."""
    if target.kind == CUMULATIVE:
        values = yearly_totals(series, target.start, target.end)
    else:
        values = {point.year: point.value for point in series}
    return Situation(
        target=target,
        day=context.day,
        settings=context.settings,
        series=values,
        current=current,
        latest_value=latest.value if latest else None,
        latest_end=latest.period.end if latest else None,
        has_figure=latest is not None,
        only_alternatives=only_alternatives,
        total_has_hole=bool(total and total.missing),
        baseline_year=base.year if base else None,
        baseline_value=base.value if base else None,
        limit=indicator.maximum if indicator.measure == RATE else None,
        decimals=indicator.decimals,
    )


def _path(
    target: Target,
    indicator: Indicator,
    figures: Figures,
    series: Sequence[YearValue],
    base: Baseline | None,
    context: Context,
    area: str,
    latest: Observation | None,
    total: Total | None,
) -> tuple[PathValue | None, Path | None]:
    if target.kind == EVERY_YEAR:
        closed = closed_year(target, series, context.day)
        year = closed.year if closed else (latest.period.year if latest else context.day.year)
        return bound_path(target, min(max(year, target.start), target.end)), None
    if base is None:
        return None, None
    period = total.end if total else latest.period if latest else last_closed(context.day)
    needs_share = indicator.measure == FLOW and not period.is_year
    shares = shares_of(figures, series, {period.part}) if needs_share else {}
    full = Path(target, indicator.measure, base, context.plans.get(area), shares)
    return full.at(period), full


def closed_year(target: Target, series: Sequence[YearValue], day: date) -> YearValue | None:
    """The last year of an every_year target's period that has closed and has a figure."""
    closed = [p for p in series if target.start <= p.year <= target.end and p.year < day.year]
    return closed[-1] if closed else None


def _current(
    target: Target,
    indicator: Indicator,
    series: Sequence[YearValue],
    latest: Observation | None,
    total: Total | None,
    day: date,
) -> float | None:
    if target.kind == CUMULATIVE:
        return total.value if total else None
    if target.kind == EVERY_YEAR:
        closed = closed_year(target, series, day)
        return closed.value if closed else None
    if indicator.measure == FLOW:
        return series[-1].value if series else None
    return latest.value if latest else None


def _against_path(
    target: Target,
    series: Sequence[YearValue],
    latest: Observation | None,
    total: Total | None,
    path: PathValue | None,
    day: date,
) -> float | None:
    if path is None:
        return None
    if target.kind == CUMULATIVE:
        if total is None or total.missing:
            return None
        return total.value
    if target.kind == EVERY_YEAR:
        closed = closed_year(target, series, day)
        return closed.value if closed else None
    return latest.value if latest else None


def _same_period(
    indicator: Indicator, figures: Figures, latest: Observation | None
) -> Comparison | None:
    if latest is None:
        return None
    before = figures.get(latest.period.in_year(latest.period.year - 1))
    if before is None:
        return None
    change = latest.value - before.value
    has_pct = indicator.measure != RATE and before.value != 0
    pct = change / abs(before.value) * 100 if has_pct else None
    return Comparison(before.period, before.value, change, pct)


def _plan_pct(
    indicator: Indicator, figures: Figures, latest: Observation | None, plan: float | None
) -> float | None:
    """The newest figure, of a flow the year so far, in % of the year's plan."""
    if latest is None or not plan:
        return None
    value: float | None = latest.value
    if indicator.measure == FLOW and latest.period.first != 1:
        value = year_to_date(figures, latest.period)
    return None if value is None else value / plan * 100


def trend(indicator: Indicator, series: Sequence[YearValue]) -> str:
    """Whether the last yearly change went up or down; "" from fewer than two years."""
    if len(series) < 2:
        return ""
    before, now = series[-2].value, series[-1].value
    small = 0.05 if indicator.measure == RATE else abs(before) * FLAT_SHARE
    if abs(now - before) <= small:
        return FLAT
    return UP if now > before else DOWN


def _done(
    target: Target, indicator: Indicator, latest: Observation | None, context: Context
) -> Standing:
    """A yes or no: no path and no gap."""
    current = latest.value if latest else None
    situation = situation_of(target, indicator, (), latest, context, current=current)
    return Standing(
        target,
        judge(situation),
        situation,
        latest=latest,
        current=current,
        gap_to_target=None if current is None else current - target.low,
        stale=is_stale(latest, context),
    )
