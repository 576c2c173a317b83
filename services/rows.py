"""One target as a row of words and small pictures, ready to be shown anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from charts.bullets import Bullet, area_counts, bullet, year_squares
from charts.model import Figure
from charts.sparklines import sparkline
from i18n.forecast_reasons import probability_text
from i18n.forecast_reasons import sentence as said
from i18n.labels import Asked, asked_text, scale_in_full, status_text, target_text, trend_text
from i18n.labels import unit_text as unit_in
from i18n.numbers import change_percent, change_text, decimals_apart, percent, value_text
from i18n.periods import period_text
from i18n.reasons import chance_differs, gap_differs
from i18n.seed_texts import seed_text, source_text
from i18n.words import words
from indicators.bounds import goes_down, meets
from indicators.facts import Standing
from indicators.model import CUMULATIVE, DONE, EACH_AREA, EVERY_YEAR, Target

from .odds import NO_ODDS, Odds
from .snapshot import Snapshot
from .status import reason_text

SCALE_ORDER = (
    *("missed", "at_risk", "behind", "on_track", "met", "exceeded"),
    *("cannot_judge", "not_due", "no_data"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What is shown of one target; texts are in one language, "" is nothing to show.

    agency: the one that reports the whole of it; by_area: that areas have one of their own.
    led_by: the agency that was named to lead it; lead: the text's own words.
    chance: the chance of reaching the target, as it is stated. differs: why verdict and
    chance differ, where they do. contradicts: what of a part and its whole does not fit.
    order: sort key, worst first. waiting: there is no figure at all, not even of another
    definition. value_note: what limits the value ("số liệu khác định nghĩa", area's name).
    """

    code: str
    name: str
    field: str
    document: str
    lead: str
    agency: str
    asked: str
    asked_value: str
    asked_year: str
    value: str
    value_note: str
    period: str
    status: str
    status_text: str
    same_period: str
    plan: str
    gap: str
    gap_pct: str
    path: str
    scale: str
    scale_text: str
    provisional: bool
    reason: str
    trend: str
    trend_text: str
    bullet: Figure | None
    spark: Figure | None
    order: tuple[int, float, str]
    waiting: bool
    doubt: str
    locator: str
    source: str
    source_url: str
    published: bool
    probability: float | None = None
    chance: str = ""
    differs: str = ""
    gap_differs: str = ""
    contradicts: str = ""
    led_by: str = ""
    by_area: str = ""


def row(known: Snapshot, standing: Standing, lang: str = "vi", odds: Odds = NO_ODDS) -> Row:
    """One target's row; ``odds`` of the same snapshot, where they are at hand."""
    target, latest, verdict = standing.target, standing.latest, standing.verdict
    indicator = known.indicator_of(target)
    decimals = shown_decimals(standing, indicator.decimals)
    unit = unit_in(target.unit, lang)
    agency, led_by = known.assigned.get(target.code, ""), known.led.get(target.code, "")
    return Row(
        code=target.code,
        name=target.name_vi if lang == "vi" else target.name_en,
        field=target.field,
        document=target.document,
        lead=target.lead_vi,
        agency=known.agencies[agency].name_vi if agency in known.agencies else agency,
        asked=asked_in_full(target, decimals, lang),
        asked_value=asked_text(
            target.comparator, target.low, target.high, target.unit, decimals, lang
        ),
        asked_year=str(target.end),
        value=_value(standing, unit, decimals, lang),
        value_note=_value_note(known, standing, lang),
        period=period_text(latest.period.text, lang) if latest else "",
        status=latest.status if latest else "",
        status_text=status_text(latest.status, lang) if latest else "",
        same_period=_same_period(standing, decimals, lang),
        plan=percent(standing.plan_pct, 1, lang) if standing.plan_pct is not None else "",
        gap=_gap(standing, decimals, lang),
        gap_pct=""
        if standing.gap_pct is None or _starts_here(standing)
        else change_percent(standing.gap_pct, 1, lang),
        path=value_text(standing.path.value, unit, decimals, lang) if standing.path else "",
        scale=verdict.scale,
        scale_text=scale_words(standing, lang),
        provisional=verdict.provisional,
        reason=reason_text(known, verdict.reason, lang),
        trend=standing.trend,
        trend_text=trend_text(standing.trend, lang) if standing.trend else "",
        bullet=picture(standing, known.day.year, decimals, lang),
        spark=_spark(standing, decimals, lang),
        order=order_of(standing),
        waiting=latest is None and not (standing.areas and standing.areas.with_figures),
        doubt=seed_text(target.doubt, lang),
        locator=target.locator,
        source=source_text(latest.source, lang) if latest else "",
        source_url=latest.source_url if latest else "",
        published=bool(latest and latest.origin == "published"),
        probability=odds.probability,
        chance="" if odds.probability is None else probability_text(odds.probability * 100, lang),
        differs=chance_differs(verdict.scale, odds.probability, lang, verdict.reason.key),
        gap_differs=gap_differs(verdict.scale, _better(standing), lang, verdict.reason.key),
        contradicts=" ".join(said(one, lang) for one in odds.contradictions),
        led_by=known.agencies[led_by].name_vi if led_by in known.agencies else led_by,
        by_area=_by_area(known.by_area.get(target.code, 0), lang),
    )


def _by_area(count: int, lang: str) -> str:
    return words(lang)("overview.by_area", n=count) if count else ""


def shown_decimals(standing: Standing, decimals: int) -> int:
    """As many decimals as the indicator has; more where rounding would hide the verdict."""
    target = standing.target
    if standing.current is None:
        return decimals
    return decimals_apart(standing.current, target.low, decimals, target.comparator)


def asked_in_full(target: Target, decimals: int, lang: str) -> str:
    """What is asked by when: ít nhất 75% vào năm 2030."""
    asked = Asked(
        target.kind,
        target.comparator,
        target.low,
        target.high,
        target.unit,
        decimals,
        target.start,
        target.end,
    )
    return target_text(asked, lang)


def scale_words(standing: Standing, lang: str) -> str:
    """The status with what limits it: the closed year, the year of a figure that is too old."""
    verdict = standing.verdict
    year = verdict.reason.numbers.get("year")
    closed = standing.target.kind == EVERY_YEAR and verdict.scale in ("met", "missed")
    stale = standing.latest.period.year if standing.stale and standing.latest else None
    judged = verdict.scale == "cannot_judge"
    return scale_in_full(
        verdict.scale,
        lang,
        year=year if closed and isinstance(year, int) else None,
        stale_year=stale if judged else None,
        provisional=verdict.provisional,
    )


def _value(standing: Standing, unit: str, decimals: int, lang: str) -> str:
    target, latest = standing.target, standing.latest
    if target.comparator == DONE and standing.areas is not None and latest is not None:
        return words(lang)("overview.areas", n=standing.areas.reaching, total=standing.areas.total)
    if standing.total is not None:
        text = value_text(standing.total.value, unit, decimals, lang)
        return words(lang)("overview.at_least", value=text) if standing.total.missing else text
    return value_text(latest.value, unit, decimals, lang) if latest else ""


def _value_note(known: Snapshot, standing: Standing, lang: str) -> str:
    _ = words(lang)
    if standing.alternative_only:
        return _("overview.other_definition")
    if standing.total is not None:
        span = period_text(standing.total.end.text, lang)
        return _("overview.total", start=standing.total.start.year, end=span)
    areas = standing.areas
    if areas is None or not areas.with_figures:
        return ""
    if standing.area is None:
        if areas.with_figures < areas.total:
            return _("overview.areas_known", n=areas.with_figures, total=areas.total)
        return _("overview.areas", n=areas.reaching, total=areas.total)
    name = known.area_names.get(standing.area, standing.area)
    return _("overview.worst_area", area=name, n=areas.reaching, total=areas.total)


def _gap(standing: Standing, decimals: int, lang: str) -> str:
    """The gap to the path; the figure that the path starts from has none worth a number."""
    if standing.gap is None:
        return ""
    if _starts_here(standing):
        return words(lang)("overview.starts_here")
    if round(standing.gap, decimals) == 0:
        decimals += 1  # "0 (−1,1%)" would be two answers
    return change_text(standing.gap, unit_of_change(standing.target.unit, lang), decimals, lang)


def unit_of_change(unit: str, lang: str) -> str:
    """The unit that a change is written in; % stays, which ``change_text`` makes points of."""
    return unit if unit == "%" else unit_in(unit, lang)


def _starts_here(standing: Standing) -> bool:
    base, path = standing.baseline, standing.path
    return bool(base and path and path.rule != "bound" and base.period == path.period)


def _same_period(standing: Standing, decimals: int, lang: str) -> str:
    same = standing.same_period
    if same is None:
        return ""
    if same.change_pct is not None:
        return change_percent(same.change_pct, 1, lang)
    return change_text(same.change, unit_of_change(standing.target.unit, lang), decimals, lang)


def _better(standing: Standing) -> float | None:
    """By how much the newest figure is better than the path asks for, in the unit."""
    if standing.gap is None or _starts_here(standing):
        return None
    target = standing.target
    return -standing.gap if goes_down(target.comparator, target.direction) else standing.gap


def order_of(standing: Standing) -> tuple[int, float, str]:
    """Worst status first, inside a status the worst gap in %, turned where down is better."""
    target = standing.target
    sign = -1 if goes_down(target.comparator, target.direction) else 1
    gap = standing.gap_pct if standing.gap_pct is not None else float("inf")
    return SCALE_ORDER.index(standing.verdict.scale), sign * gap, target.code


def picture(standing: Standing, year: int, decimals: int, lang: str) -> Figure | None:
    """The bullet of a target; squares for years, cells for areas."""
    target, areas = standing.target, standing.areas
    if areas is not None and target.kind == EACH_AREA:
        return area_counts(areas.reaching, areas.with_figures, areas.total, lang)
    if standing.latest is None or standing.alternative_only:
        return None
    if target.kind == EVERY_YEAR:
        return year_squares(_year_states(standing, year), lang)
    if target.comparator == DONE:
        return None
    return bullet(
        Bullet(
            actual=standing.current,
            path=_path_beside(standing),
            low=target.low,
            high=target.high,
            unit=target.unit,
            decimals=decimals,
            hollow=standing.latest.status == "estimate",
            at_least=bool(standing.total and standing.total.missing),
        ),
        lang,
    )


def _path_beside(standing: Standing) -> float | None:
    """What the path asks for at the period of the bar: of a flow its last whole year."""
    if standing.full_path is None or standing.target.kind == CUMULATIVE:
        return standing.path.value if standing.path else None
    if standing.latest and standing.current != standing.latest.value and standing.series:
        value = standing.full_path.in_year(standing.series[-1].year)
        return value.value if value else None
    return standing.path.value if standing.path else None


def _year_states(standing: Standing, this_year: int) -> list[tuple[int, str]]:
    target = standing.target
    values = {point.year: point.value for point in standing.series}
    states = []
    for year in range(target.start, target.end + 1):
        if year in values and year < this_year:
            met = meets(values[year], target.comparator, target.low, target.high)
            states.append((year, "met" if met else "missed"))
        elif year == this_year:
            states.append((year, "running"))
        else:
            states.append((year, "no_data" if year < this_year else "to_come"))
    return states


def _spark(standing: Standing, decimals: int, lang: str) -> Figure | None:
    if standing.alternative_only or not standing.series:
        return None
    values: Mapping[int, float] = {point.year: point.value for point in standing.series}
    first, last = min(values), max(values)
    readings = [(float(year), values.get(year)) for year in range(first, last + 1)]
    hollow = standing.series[-1].status == "estimate"
    return sparkline(readings, unit_in(standing.target.unit, lang), decimals, lang, hollow=hollow)
