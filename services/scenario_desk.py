"""What the page Kịch bản shows: a scenario worked out and put in words, nothing stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from charts.history import Scenario as ChartLine
from charts.history import Step
from db.engine import Store
from i18n.forecast_reasons import probability_text
from i18n.labels import asked_short
from i18n.labels import unit_text as unit_in
from i18n.numbers import ABSENT, change_percent, change_text, number, value_text
from i18n.periods import period_text
from i18n.scenario_reasons import sentence
from i18n.words import words
from indicators.forecast import Forecast
from indicators.model import EVERY_YEAR, Reason, Settings
from indicators.scenarios import Start
from indicators.scenarios_formula import Formula, read_formula
from indicators.scenarios_shapes import Shock

from .outlooks import outlook_of
from .scenario_bases import Basis, basis_of
from .scenario_documents import Scenario, read
from .scenario_draws import Drawn
from .scenario_goals import Needed, needed, reason
from .scenario_runs import Result, Run, run
from .scenario_said import assumed
from .scenarios import as_json
from .snapshot import Snapshot, snapshot

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Desk:
    """What is known at a moment, with forecasts and courses worked out so far."""

    known: Snapshot
    forecasts: dict[str, Forecast] = field(default_factory=dict)
    kept: Drawn = field(default_factory=Drawn)

    def basis(self, code: str) -> Basis | Reason:
        """Where a scenario of a target starts, or why there is none; ValueError for no code."""
        for one in self.known.targets:
            if one.code == code:
                return basis_of(self.known, one)
        raise ValueError(f"no target {code!r}")

    def forecast(self, code: str) -> Forecast:
        """The target's own forecast, worked out once; ValueError for no code."""
        if code not in self.forecasts:
            target = next((one for one in self.known.targets if one.code == code), None)
            if target is None:
                raise ValueError(f"no target {code!r}")
            self.forecasts[code] = outlook_of(self.known, target).forecast
        return self.forecasts[code]


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year of the table: the scenario, the path, the forecast's middle, the 80 % band."""

    year: str
    value: str
    path: str
    trend: str
    band: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One target of a scenario in words; "" is nothing to say.

    outcome: what stands at the end and whether that reaches. takes: what it takes from today.
    afterwards: what it takes after a bad year. line: for the chart. held: years in which the
    possible range cut the value. given_by: the identity that it follows from. how: what is
    assumed of it.
    """

    code: str
    name: str
    asked: str
    year: str
    value: str
    reached: bool
    outcome: str
    gap: str
    chance: str
    chance_says: str
    expected: str
    takes: str
    afterwards: str
    held: str
    given_by: str
    how: str
    line: ChartLine
    years: tuple[YearLine, ...]


@dataclass(frozen=True, slots=True)
class DriverLine:
    """One driver: first and last year's value, the even growth between them, "" without one."""

    name: str
    first: str
    last: str
    growth: str
    given_by: str


@dataclass(frozen=True, slots=True)
class View:
    """A scenario on the screen.

    problems: place in the document -> what is wrong with it. summary: how many are reached.
    drivers: what the formulas make of each driver.
    answer: the run as plain data, as ``scenarios.as_json`` gives it.
    """

    name: str
    shown: tuple[Shown, ...]
    problems: Mapping[str, str]
    clashes: tuple[str, ...]
    summary: str
    answer: Json
    drivers: tuple[DriverLine, ...] = ()


_HALF, _OF_DRIVER = 0.5, 3  # decimals of a driver
_ON_CHART = 24  # signs of a scenario's name on the chart; everywhere else it stands in full
NOTHING = View("", (), {}, (), "", {})


def desk(store: Store, as_of: int, settings: Settings) -> Desk:
    """Everything that scenarios of a moment are worked out from."""
    return Desk(snapshot(store, as_of, settings))


def choices(at: Desk, lang: str = "vi") -> list[tuple[str, str]]:
    """Code and name of each target that has a figure to start from, in the register's order."""
    return [
        (one.code, one.name_vi if lang == "vi" else one.name_en)
        for one in at.known.targets
        if isinstance(basis_of(at.known, one), Basis)
    ]


def units_and_firsts(at: Desk) -> tuple[dict[str, str], dict[str, int]]:
    """Of each target its unit, and of those with a figure the first year to assume."""
    found = {one.code: basis_of(at.known, one) for one in at.known.targets}
    firsts = {code: one.start.year + 1 for code, one in found.items() if isinstance(one, Basis)}
    return {one.code: one.unit for one in at.known.targets}, firsts


def lead(at: Desk, code: str, lang: str = "vi") -> tuple[str, str]:
    """The page's first sentence, what a target takes; and a second one, the best ever achieved."""
    basis = at.basis(code)
    if isinstance(basis, Reason):
        return sentence(basis, lang), ""
    found = needed(basis, at.known.settings)
    why = reason(found)
    numbers = {"unit": basis.target.unit, "decimals": basis.indicator.decimals, **why.numbers}
    return _takes(found, lang, in_short=True), sentence(Reason("goal_more", numbers), lang)


def view(at: Desk, document: object, lang: str = "vi") -> View:
    """A scenario worked out and put in words; what is wrong in it stands in ``problems``."""
    scenario, faults = read(document)
    if scenario is None:
        return View("", (), _told(faults, lang), (), "", {})
    done = run(at.known, scenario, at.forecasts, at.kept)
    if done.faults:
        return View(scenario.name, (), _told(done.faults, lang), (), "", {})
    _ = words(lang)
    shown = tuple(_shown(at, done, one, lang) for one in done.results)
    return View(
        scenario.name,
        shown,
        {},
        tuple(sentence(one, lang) for one in done.clashes),
        _summary(done, at.known.day.year, lang),
        as_json(at.known, done),
        tuple(_driver(done, name, lang) for name in done.drivers),
    )


def _summary(done: Run, today: int, lang: str) -> str:
    """How many targets are reached, and how many of them by which year; today's is the first."""
    _, total = words(lang), len(done.results)
    years = [max(one.reached_year, today) for one in done.results if one.reached_year is not None]
    found = _("scenario.page.summary", n=sum(one.reached for one in done.results), total=total)
    if total < 2 or len(set(years)) < 2:
        return found
    by = "; ".join(
        _("scenario.page.summary_by", year=year, n=sum(one <= year for one in years))
        for year in sorted(set(years))
    )
    return f"{found} {_('scenario.page.summary_when', by=by)}"


def _driver(done: Run, name: str, lang: str) -> DriverLine:
    """What a driver does over the years, whether it is assumed or follows."""
    one, years = done.scenario.drivers[name], done.drivers[name]
    if not years:
        return DriverLine(one.label or name, ABSENT, ABSENT, "", done.given.get(name, ""))
    unit = unit_in(one.unit, lang)
    (first, low), (last, high) = min(years.items()), max(years.items())
    growth = ""
    if last > first and low > 0 and high > 0:
        pct = 100 * ((high / low) ** (1 / (last - first)) - 1)
        growth = words(lang)("scenario.page.driver_growth", pct=change_percent(pct, 2, lang))
    return DriverLine(
        one.label or name,
        f"{value_text(low, unit, _OF_DRIVER, lang)} ({first})",
        f"{value_text(high, unit, _OF_DRIVER, lang)} ({last})",
        growth,
        done.given.get(name, ""),
    )


def _told(faults: Any, lang: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in faults:
        said = sentence(one.reason, lang)
        found[one.where] = f"{found[one.where]} {said}" if one.where in found else said
    return found


_MORE = ("best_step", "best_growth_pct", "start_year", "enough", "stale")


def _takes(found: Needed, lang: str, *, in_short: bool = False) -> str:
    basis = found.basis
    why = reason(found)
    if in_short:
        why = Reason(why.key, {k: v for k, v in why.numbers.items() if k not in _MORE})
    numbers = {"unit": basis.target.unit, "decimals": basis.indicator.decimals, **why.numbers}
    return sentence(Reason(why.key, numbers), lang)


def _shown(at: Desk, done: Run, one: Result, lang: str) -> Shown:
    _, scenario = words(lang), done.scenario
    basis, target = one.basis, one.basis.target
    decimals, unit = basis.indicator.decimals, unit_in(target.unit, lang)
    value = value_text(one.end, unit, decimals, lang)
    last = min(target.end, one.course.years[-1])
    chance = probability_text(100 * one.odds.chance, lang) if one.odds else ""
    expected = ""
    if one.odds and target.kind != EVERY_YEAR:
        year = one.odds.expected_year
        never = _("scenario.page.expected_never")
        way = "expected" if one.odds.chance >= _HALF else "expected_not_kept"
        expected = _(f"scenario.page.{way}", year=year) if year else never
    return Shown(
        code=target.code,
        name=target.name_vi if lang == "vi" else target.name_en,
        asked=asked_short(target.comparator, target.low, target.high, target.unit, decimals, lang),
        year=str(last),
        value=value,
        reached=one.reached,
        outcome=_outcome(one, lang),
        gap=change_text(one.gap, "%" if target.unit == "%" else unit, decimals, lang),
        chance=chance,
        chance_says=_("scenario.page.chance", chance=chance, count=number(scenario.count, 0, lang))
        if chance
        else _("scenario.page.no_spread"),
        expected=expected,
        takes=_takes(needed(basis, at.known.settings), lang),
        afterwards=_afterwards(at, scenario, one, lang),
        held=_("scenario.page.held", years=", ".join(map(str, one.course.held)))
        if one.course.held
        else "",
        given_by=one.given_by,
        how=assumed(done, one, lang),
        line=ChartLine(
            _short(scenario.name) or _("scenario.page.unnamed"),
            tuple(
                Step(str(y), v)
                for y, v in zip(one.course.years[1:], one.course.values[1:], strict=True)
                if y <= max(target.end, last)
            ),
        ),
        years=tuple(_year_lines(at, one, lang)),
    )


def _short(name: str) -> str:
    """A scenario's name with room beside its line on the chart."""
    return name if len(name) <= _ON_CHART else name[: _ON_CHART - 1].rstrip() + "…"


def _outcome(one: Result, lang: str) -> str:
    _ = words(lang)
    if one.missed:
        return _("scenario.page.missed", years=", ".join(map(str, one.missed)))
    if one.reached:
        return _("scenario.page.reached", year=one.reached_year)
    return _("scenario.page.not_reached")


def _afterwards(at: Desk, scenario: Scenario, one: Result, lang: str) -> str:
    """What it takes from the value of the last bad year on."""
    code = one.basis.target.code
    assumed = scenario.targets.get(code)
    shocks = [e.year for e in assumed.effects if isinstance(e, Shock)] if assumed else []
    value = one.course.of(max(shocks)) if shocks else None
    start = one.basis.start
    if value is None or start.total is not None or max(shocks) >= one.basis.target.end:
        return ""
    found = needed(one.basis, at.known.settings, start=Start(max(shocks), value))
    plain = Needed(found.basis, found.goal, None, None)
    takes = _takes(plain, lang)
    return words(lang)(
        "scenario.page.afterwards", year=max(shocks), takes=takes[:1].lower() + takes[1:]
    )


def _year_lines(at: Desk, one: Result, lang: str) -> list[YearLine]:
    basis = one.basis
    decimals = basis.indicator.decimals
    path = basis.standing.full_path
    ahead = at.forecasts.get(basis.target.code)
    adds_up = basis.start.total is not None
    lines = []
    for year, value in zip(one.course.years, one.course.values, strict=True):
        asked = path.in_year(year) if path else None
        trend = ahead.of(year) if ahead and not adds_up else None
        band = one.odds.bands.get(year) if one.odds else None
        first = year == one.course.years[0]
        lines.append(
            YearLine(
                period_text(basis.period, lang) if first else str(year),
                value_text(value, "", decimals, lang),
                value_text(asked.value, "", decimals, lang) if asked else ABSENT,
                value_text(trend.mean, "", decimals, lang) if trend else ABSENT,
                f"{value_text(band[1], '', decimals, lang)} – "
                f"{value_text(band[3], '', decimals, lang)}"
                if band
                else ABSENT,
            )
        )
    return lines


def driver_names(identities: str, codes: frozenset[str]) -> list[str]:
    """The names in formulas, one a line, that are no target's code; what is none is left out."""
    found: dict[str, None] = {}
    for line in identities.splitlines():
        formula = read_formula(line) if line.strip() else None
        if isinstance(formula, Formula):
            found |= dict.fromkeys((formula.result, *formula.inputs))
    return [name for name in found if name not in codes]
