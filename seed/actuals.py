"""Published figures: observations with their citation, yearly plans, history, and notes.

A row that the source states as a result is preliminary, official only where the publisher is
the General Statistics Office; an estimate stays an estimate; a plan is never a result. What a
row is known from is the day it was published (of a month or a year alone the last day), else
the last day of its period; both are marked as assumed.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, partial

from indicators import periods
from indicators.model import (
    ESTIMATE,
    OFFICIAL,
    PRELIMINARY,
    PROVINCE,
    PUBLISHED,
    Indicator,
    Observation,
    YearlyPlan,
)
from indicators.periods import Period

from . import register
from .files import last_day, number, table
from .rows import Citation, HistoryTarget, PeriodNote

ACTUAL, PLAN = "actual", "plan"
STATISTICS_OFFICE = "General Statistics Office"


@cache
def related_indicators() -> tuple[Indicator, ...]:
    """Indicators that are context for the register's, with the codes they are related to.

    Their measure and decimals stand in a file of ours: the sources do not say them.
    """
    behaviour = {row["code"]: row for row in table("actuals/related_behaviour.csv")}
    return tuple(
        Indicator(
            code=row["code"],
            measure=behaviour[row["code"]]["measure"],
            decimals=int(behaviour[row["code"]]["decimals"]),
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            unit=row["unit"],
            related_to=tuple(row["related_to"].split()),
            why=row["why"],
        )
        for row in table("actuals/related_indicators.csv")
    )


@cache
def observations() -> tuple[Observation, ...]:
    """The published results and estimates of whole reporting periods, in the file's order."""
    return tuple(observation for observation, _ in published())


@cache
def published() -> tuple[tuple[Observation, Citation], ...]:
    """Each observation of ``observations`` with where it stands in print."""
    return tuple(
        (_observation(row, period), _citation(row))
        for row in _rows()
        if row["status"] != PLAN and (period := _period(row["period"]))
    )


def _observation(row: dict[str, str], period: Period) -> Observation:
    known_from, assumed = last_day(row["published_on"])
    return Observation(
        indicator=row["indicator_code"],
        area=PROVINCE,
        period=period,
        value=float(row["value"]),
        status=_status(row),
        source=_citation(row).source,
        source_url=row["source_url"],
        series=row["series"],
        origin=PUBLISHED,
        bound=_bound(row),
        known_from=known_from or period.end,
        known_assumed=assumed,
        note=_note(row),
    )


@cache
def period_notes() -> tuple[PeriodNote, ...]:
    """Published results and estimates of spans that are no reporting period."""
    return tuple(
        PeriodNote(
            indicator=row["indicator_code"],
            period=row["period"],
            value=float(row["value"]),
            unit=row["unit"],
            status=_status(row),
            series=row["series"],
            bound=_bound(row),
            citation=_citation(row),
            note=_note(row),
        )
        for row in _rows()
        if row["status"] != PLAN and _period(row["period"]) is None
    )


@cache
def yearly_plans() -> tuple[YearlyPlan, ...]:
    """The plans of ``cited_plans``."""
    return tuple(plan for plan, _ in cited_plans())


@cache
def cited_plans() -> tuple[tuple[YearlyPlan, Citation], ...]:
    """One plan a year for the register's indicators, of published plans of whole years.

    Of contradictory figures stands: the one that a named plan document gives
    (congress_targets.csv); then the one that more sources give; then the first of the file.
    The others are in ``history_targets``.
    """
    return tuple((_yearly_plan(group[0]), _citation(group[0])) for group in _plan_groups().values())


def _yearly_plan(row: dict[str, str]) -> YearlyPlan:
    return YearlyPlan(
        indicator=row["indicator_code"],
        period=periods.parse(row["period"]),
        area=PROVINCE,
        value=float(row["value"]),
        document=_citation(row).source,
        locator=row["quote"],
        source_url=row["source_url"],
    )


@cache
def history_targets() -> tuple[HistoryTarget, ...]:
    """Targets of earlier and other documents, then plan figures that are no yearly plan."""
    earlier = [_earlier_target(row) for row in table("actuals/congress_targets.csv")]
    groups = _plan_groups()
    stands = {id(group[0]) for group in groups.values()}
    chosen_values = {key: float(group[0]["value"]) for key, group in groups.items()}
    other = [
        _plan_figure(row)
        for row in _rows()
        if row["status"] == PLAN
        and id(row) not in stands
        and chosen_values.get((row["indicator_code"], row["period"])) != float(row["value"])
    ]
    return (*earlier, *other)


def _earlier_target(row: dict[str, str]) -> HistoryTarget:
    return HistoryTarget(
        kind="target",
        document=row["document"],
        indicator=row["indicator_code"],
        period=row["period"],
        comparator=row["comparator"],
        value=float(row["value"]),
        value_high=number(row["value_high"]),
        unit=row["unit"],
        citation=_citation(row),
        note=row["note"],
    )


def _plan_figure(row: dict[str, str]) -> HistoryTarget:
    return HistoryTarget(
        kind="plan",
        document="",
        indicator=row["indicator_code"],
        period=row["period"],
        comparator="",
        value=float(row["value"]),
        value_high=None,
        unit=row["unit"],
        citation=_citation(row),
        note=_note(row),
    )


def _plan_groups() -> dict[tuple[str, str], list[dict[str, str]]]:
    """Plan rows of whole years by register code and year, the one that stands first."""
    codes = {target.code for target in register.targets()}
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in _rows():
        period = _period(row["period"])
        if row["status"] == PLAN and row["indicator_code"] in codes and period and period.is_year:
            groups.setdefault((row["indicator_code"], row["period"]), []).append(row)
    for group in groups.values():
        values = Counter(_plan_figure_of(row) for row in group)
        group.sort(key=partial(_plan_rank, values))
    return groups


def _plan_rank(values: Counter[tuple[str, str, float]], row: dict[str, str]) -> tuple[bool, int]:
    """Smallest first: given by a named plan document, then by more sources."""
    figure = _plan_figure_of(row)
    return figure not in _named_plans(), -values[figure]


def _plan_figure_of(row: dict[str, str]) -> tuple[str, str, float]:
    return row["indicator_code"], row["period"], float(row["value"])


@cache
def _named_plans() -> frozenset[tuple[str, str, float]]:
    return frozenset(_plan_figure_of(row) for row in table("actuals/congress_targets.csv"))


@cache
def _rows() -> tuple[dict[str, str], ...]:
    rows = table("actuals/actuals.csv")
    for row in rows:
        if row["status"] not in {ACTUAL, ESTIMATE, PLAN} or not row["source_url"]:
            raise ValueError(f"actuals/actuals.csv: status or source missing in {row}")
    return tuple(rows)


def _period(text: str) -> Period | None:
    """The reporting period, None for a span that is none (2019-YTD, 2021-2025, 2025-Tet)."""
    try:
        return periods.parse(text)
    except ValueError:
        return None


def _status(row: dict[str, str]) -> str:
    if row["status"] == ESTIMATE:
        return ESTIMATE
    return OFFICIAL if row["publisher"].startswith(STATISTICS_OFFICE) else PRELIMINARY


def _bound(row: dict[str, str]) -> str:
    if "lower bound" in row["note"]:
        return "lower"
    return "upper" if "upper bound" in row["note"] else ""


def _note(row: dict[str, str]) -> str:
    scope = "" if row["scope"] == "province" else row["scope"]
    return "; ".join(part for part in (scope, row["note"]) if part)


def _citation(row: dict[str, str]) -> Citation:
    return Citation(
        publisher=row["publisher"],
        title=row["source_title"],
        url=row["source_url"],
        published_on=row["published_on"],
        quote=row["quote"],
    )
