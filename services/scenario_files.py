"""A scenario as files to take away: Excel with live formulas, CSV, the chart as SVG and PNG."""

from __future__ import annotations

from dataclasses import replace

from charts.detail import detail
from charts.framed import framed_svg
from charts.history import History
from i18n.dates import moment_text
from i18n.labels import asked_text
from i18n.words import words
from indicators.scenarios_formula import Formula
from reports.open_data import CSV, Cell, Data
from reports.open_data import render as render_data
from reports.pictures import png
from reports.scenario_book import Book, Driver, Target, render

from .scenario_desk import Desk
from .scenario_documents import Scenario, read
from .scenario_runs import Result, Run, run

PAGE_CM = 16.5
_COLUMNS = (
    *("scenario", "mark", "code", "name_vi", "unit", "year", "value", "path"),
    *("q10", "q90", "target", "as_of", "data_version"),
)


def workbook(at: Desk, document: object, lang: str = "vi") -> bytes:
    """The workbook of a scenario that can be run.

    Raises:
        ValueError: the document has faults.
    """
    scenario, done = _done(at, document)
    _ = words(lang)
    facts = [
        _("scenario.book.known", at=moment_text(at.known.as_of, lang)),
        *(one.text for one in scenario.identities),
    ]
    if at.known.demo:
        facts.insert(0, _("frame.demo"))
    units = {name: one.unit for name, one in scenario.drivers.items()}
    return render(
        Book(
            scenario.name,
            scenario.note,
            facts,
            [_target(scenario, done, one, lang) for one in done.results],
            [Driver(name, units[name], years) for name, years in done.drivers.items()],
        ),
        lang,
    )


def table(at: Desk, document: object) -> bytes:
    """The years of a scenario as CSV, marked in every row by its first column.

    Raises:
        ValueError: the document has faults.
    """
    scenario, done = _done(at, document)
    mark = words("vi")("scenario.book.mark")
    rows: list[list[Cell]] = []
    for one in done.results:
        target, path = one.basis.target, one.basis.standing.full_path
        for year, value in zip(one.course.years, one.course.values, strict=True):
            asked = path.in_year(year) if path else None
            band = one.odds.bands.get(year) if one.odds else None
            rows.append(
                [
                    *(scenario.name or "–", mark, target.code, target.name_vi, target.unit, year),
                    *(value, asked.value if asked else None),
                    *((band[1], band[3]) if band else (None, None)),
                    *(target.low, moment_text(at.known.as_of, "vi"), at.known.data_version),
                ]
            )
    return render_data(Data("scenario", _COLUMNS, rows), CSV)


def picture(history: History, lang: str = "vi") -> str:
    """The chart as SVG on white with its sentence and the scenario's mark, for paper and slides."""
    figure = detail(history, lang)
    marked = " · ".join(t for t in (words(lang)("scenario.brief.mark"), figure.subtitle) if t)
    return framed_svg(replace(figure, subtitle=marked), "paper")


def photo(history: History, lang: str = "vi") -> bytes:
    """The same as PNG, 300 dots an inch over the width of a page."""
    return png(picture(history, lang), PAGE_CM)


def _done(at: Desk, document: object) -> tuple[Scenario, Run]:
    scenario, faults = read(document)
    if scenario is None:
        raise ValueError(f"no scenario: {faults[0].reason.key}")
    done = run(at.known, scenario, at.forecasts, at.kept)
    if done.faults:
        raise ValueError(f"no scenario: {done.faults[0].reason.key}")
    return scenario, done


def _target(scenario: Scenario, done: Run, one: Result, lang: str) -> Target:
    basis, target = one.basis, one.basis.target
    assumed = scenario.targets.get(target.code)
    path = basis.standing.full_path
    asked = {year: path.in_year(year) for year in one.course.years} if path else {}
    text = asked_text(target.comparator, target.low, target.high, target.unit,
                      basis.indicator.decimals, lang)  # fmt: skip
    return Target(
        code=target.code,
        name=target.name_vi if lang == "vi" else target.name_en,
        unit=target.unit,
        decimals=basis.indicator.decimals,
        asked=f"{text}, {target.end}",
        aim=one.end - one.gap,
        start=basis.start,
        period=basis.period,
        course=one.course,
        limits=basis.limits,
        shape=done.shapes.get(target.code),
        effects=assumed.effects if assumed else (),
        path={year: value.value for year, value in asked.items() if value is not None},
        given_by=_identity(scenario, target.code) if one.given_by else None,
    )


def _identity(scenario: Scenario, code: str) -> Formula | None:
    return next((one for one in scenario.identities if one.result == code), None)
