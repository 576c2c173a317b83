"""What a scenario assumes, in words: for the brief and the lists of the page."""

from __future__ import annotations

from collections.abc import Mapping

from i18n.labels import unit_text
from i18n.numbers import change_text, number, percent, value_text
from i18n.scenario_reasons import step_text
from i18n.words import words
from indicators.scenarios_shapes import (
    Curve,
    Delay,
    Effect,
    Growth,
    Line,
    Logistic,
    Own,
    Project,
    Saturating,
    Shape,
    Shock,
    Steps,
)

from .scenario_assumptions import ToGoal, Trend
from .scenario_runs import Result, Run

_OF_OWN = 8  # values that are named; of more only the first and the last


def assumed(done: Run, one: Result, lang: str = "vi") -> str:
    """What is assumed of one target: base course, then what disturbs it."""
    _ = words(lang)
    code, unit, decimals = (
        one.basis.target.code,
        one.basis.target.unit,
        one.basis.indicator.decimals,
    )
    if one.given_by:
        return _("scenario.said.follows", text=one.given_by)
    assumption = done.scenario.targets[code]
    shape = done.shapes[code]
    how = course(shape, unit, decimals, lang, total=one.basis.start.total is not None)
    if isinstance(assumption.course, Trend):
        how = _("scenario.said.trend")
    elif isinstance(assumption.course, ToGoal):
        how = _("scenario.said.goal", how=how)
    return "; ".join([how, *(effect(e, unit, decimals, lang) for e in assumption.effects)])


def driver(done: Run, name: str, lang: str = "vi") -> str:
    """What is assumed of a driver; "" where it follows from the identities."""
    one = done.scenario.drivers[name]
    if one.course is None:
        return ""
    parts = [course(one.course, one.unit, 2, lang)]
    parts += [effect(e, one.unit, 2, lang) for e in one.effects]
    return "; ".join(parts)


def course(shape: Shape, unit: str, decimals: int, lang: str = "vi", *, total: bool = False) -> str:
    """A base course in words; total: of a running total, whose step is a year's amount."""
    _ = words(lang)

    def value(x: float) -> str:
        return value_text(x, unit_text(unit, lang), max(decimals, 0), lang)

    match shape:
        case Steps(0) | Growth(0) if not total:
            return _("scenario.said.none")
        case Growth(pct):
            way = "growth_up" if pct >= 0 else "growth_down"
            return _(f"scenario.said.{way}", pct=percent(abs(pct), 2, lang))
        case Steps(amount):
            way = "steps_total" if total else "steps_up" if amount >= 0 else "steps_down"
            return _(f"scenario.said.{way}", step=step_text(amount, unit, decimals, lang))
        case Line(end, year):
            return _("scenario.said.line", value=value(end), year=year)
        case Saturating(ceiling, pct):
            return _("scenario.said.saturating", pct=percent(pct, 2, lang), ceiling=value(ceiling))
        case Logistic(ceiling, pct):
            return _("scenario.said.logistic", pct=percent(pct, 2, lang), ceiling=value(ceiling))
        case Curve():
            return _("scenario.said.s_curve", value=value(shape.value), year=shape.year)
        case Own(values):
            return _("scenario.said.own", years=_years(values, decimals, lang))


def _years(values: Mapping[int, float], decimals: int, lang: str) -> str:
    named = sorted(values.items())
    parts = [f"{year}: {number(value, decimals, lang)}" for year, value in named]
    return "; ".join(parts if len(parts) <= _OF_OWN else [parts[0], "…", parts[-1]])


def effect(one: Effect, unit: str, decimals: int, lang: str = "vi") -> str:
    """What disturbs a course, in words."""
    _ = words(lang)
    match one:
        case Shock(year, pct, recovery):
            way = "shock_down" if pct < 0 else "shock_up"
            after = ""
            if recovery != 1:
                key = "never" if recovery is None else "recovered"
                after = _(f"scenario.said.{key}", n=recovery)
            return _(f"scenario.said.{way}", year=year, pct=percent(abs(pct), 2, lang), after=after)
        case Project(year, amount, ramp):
            size = _amount(amount, unit, decimals, lang)
            full = _("scenario.said.ramp", n=ramp) if ramp > 1 else ""
            return _("scenario.said.project", year=year, amount=size, ramp=full)
        case Delay(years):
            return _("scenario.said.delay", n=years)


def _amount(amount: float, unit: str, decimals: int, lang: str) -> str:
    shown = unit if unit == "%" else unit_text(unit, lang)
    return change_text(amount, shown, decimals, lang).removeprefix("+")
