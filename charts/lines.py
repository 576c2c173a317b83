"""What the detail chart draws: readings, path, plans, target, outlook as named lines and bands."""

from __future__ import annotations

from dataclasses import replace

from i18n.labels import status_text, unit_text
from i18n.numbers import percent, short_text, value_text
from i18n.periods import capital, part_text, period_text
from i18n.words import Translator

from .axes import at_period
from .history import OFFICIAL, History, Reading, Step
from .model import DASH_DOT, DASHED, DOTTED, LONG_DASH, SOLID, Band, Point, Series

_SCENARIO_LINES = (LONG_DASH, DASH_DOT, DOTTED)


def full_text(data: History, value: float, lang: str) -> str:
    """A value with its unit."""
    return value_text(value, unit_text(data.unit, lang), data.decimals, lang)


def short_value(data: History, value: float, lang: str) -> str:
    """Without its unit, which stands at the axis; percent keeps its sign."""
    if data.unit == "%":
        return percent(value, data.decimals, lang)
    return (
        short_text(value, "", data.decimals or 2, lang)
        if abs(value) >= 1e6
        else value_text(value, "", data.decimals, lang)
    )


def lines(data: History, _: Translator) -> tuple[Series, ...]:
    """Every line and set of points, the readings last so that nothing covers them."""
    return (*_plan_series(data, _), *_outlook_series(data, _), *_reading_series(data, _))


def _reading_series(data: History, _: Translator) -> list[Series]:
    """The readings as one line with gaps.

    Of a flow the whole years are that line; a part of the year that comes back (6 tháng đầu
    năm) or is the newest has a line of its own, what is left are single points.
    """
    readings = sorted(data.readings, key=lambda r: at_period(r.period))
    if not data.adds_up:
        return [_whole_years(readings, data, _)] if readings else []
    by_part: dict[str, list[Reading]] = {}
    for reading in readings:
        by_part.setdefault(reading.period[5:], []).append(reading)
    whole = by_part.pop("", [])
    newest = readings[-1].period[5:] if readings else ""
    series, single = [], list[Reading]()
    for part, group in by_part.items():
        if len(group) < 2 and part != newest:
            single += group
            continue
        points = _with_gaps(group, data, _)
        series.append(Series(part_text(part, _.lang), "actual", points, DOTTED, "small", 1.5))
    if single:
        spread = tuple(_reading_point(reading, data, _) for reading in single)
        series.append(Series(_("chart.label.shorter"), "actual", spread, "", "small"))
    return [*series, _whole_years(whole, data, _)] if whole else series


def _whole_years(readings: list[Reading], data: History, _: Translator) -> Series:
    return Series(_("chart.actual"), "actual", _with_gaps(readings, data, _), SOLID, "dot")


def _with_gaps(readings: list[Reading], data: History, _: Translator) -> tuple[Point | None, ...]:
    """Points in order of time; a calendar year without any figure is a gap."""
    points: list[Point | None] = []
    before = None
    for reading in readings:
        year = int(reading.period[:4])
        if before is not None and year - before > 1:
            points.append(None)
        points.append(_reading_point(reading, data, _))
        before = year
    return tuple(points)


def _reading_point(reading: Reading, data: History, _: Translator) -> Point:
    text = _(
        "chart.hover.reading",
        period=capital(period_text(reading.period, _.lang)),
        value=full_text(data, reading.value, _.lang),
        status=status_text(reading.status, _.lang),
    )
    return Point(at_period(reading.period), reading.value, text, reading.status != OFFICIAL)


def _points(data: History, steps: tuple[Step, ...], key: str, _: Translator) -> tuple[Point, ...]:
    return tuple(
        Point(
            at_period(step.period),
            step.value,
            _(
                f"chart.hover.{key}",
                period=period_text(step.period, _.lang),
                value=full_text(data, step.value, _.lang),
            ),
        )
        for step in steps
    )


def _plan_series(data: History, _: Translator) -> list[Series]:
    """Path, yearly plans, the target, figures of others."""
    aim, series = data.aim, []
    if data.path:
        points = _points(data, data.path, "path", _)
        series.append(Series(_("chart.path"), "path", points, DASHED, "", 1.6))
    if data.plans:
        points = _points(data, data.plans, "plan", _)
        series.append(Series(_("chart.label.plan"), "path", points, "", "square"))
    said = _("chart.hover.target", value=aim.text)
    if aim.every_year:
        first, last = (
            Point(float(aim.start - 1), aim.low, said),
            Point(float(aim.end), aim.low, said),
        )
        series.append(Series(_("chart.target"), "target", (first, last), SOLID, "", 2.4))
    else:
        ends = (aim.low,) if aim.high is None else (aim.low, aim.high)
        marks = tuple(Point(float(aim.end), end, said) for end in ends)
        line = "" if aim.high is None else SOLID
        series.append(Series(_("chart.target"), "target", marks, line, "tick"))
    if data.others:
        others = tuple(
            Point(
                at_period(other.period),
                other.value,
                _(
                    "chart.hover.other",
                    name=other.name,
                    period=period_text(other.period, _.lang),
                    value=full_text(data, other.value, _.lang),
                ),
                hollow=True,
            )
            for other in data.others
        )
        series.append(Series(_("chart.label.other"), "control", others, "", "small"))
    return series


def _outlook_series(data: History, _: Translator) -> list[Series]:
    """The forecast's middle and the scenarios, each from the last reading on."""
    start = last_whole(data)
    series = []
    if data.fan:
        steps = tuple(Step(step.period, step.middle) for step in data.fan)
        points = _points(data, steps, "trend", _)
        texts = [
            f"{point.text} · {_range(data, '80', step.low80, step.high80, _)}"
            f" · {_range(data, '95', step.low95, step.high95, _)}"
            for point, step in zip(points, data.fan, strict=True)
        ]
        middle = tuple(replace(p, text=t) for p, t in zip(points, texts, strict=True))
        series.append(Series(_("chart.label.trend"), "fan_middle", start + middle, DASHED))
    for scenario, line in zip(data.scenarios, _SCENARIO_LINES, strict=False):
        points = tuple(
            Point(
                at_period(step.period),
                step.value,
                _(
                    "chart.hover.other",
                    name=scenario.name,
                    period=period_text(step.period, _.lang),
                    value=full_text(data, step.value, _.lang),
                ),
            )
            for step in scenario.steps
        )
        series.append(Series(scenario.name, "ink", start + points, line, "", 1.8))
    return series


def _range(data: History, share: str, low: float, high: float, _: Translator) -> str:
    unit = unit_text(data.unit, _.lang)
    return _(
        "chart.hover.range",
        share=f"{share}%",
        low=value_text(low, unit if unit == "%" else "", data.decimals, _.lang),
        high=value_text(high, unit, data.decimals, _.lang),
    )


def last_whole(data: History) -> tuple[Point, ...]:
    """Where an outlook starts: the newest reading that may stand beside a year's."""
    whole = [r for r in data.readings if not (data.adds_up and r.period[5:])]
    if not whole:
        return ()
    last = max(whole, key=lambda r: at_period(r.period))
    return (Point(at_period(last.period), last.value),)


def bands(data: History, _: Translator) -> tuple[Band, ...]:
    """The 95 % and the 80 % interval of the forecast, from the last reading on."""
    if not data.fan:
        return ()
    start = tuple((p.x, p.y, p.y) for p in last_whole(data))
    at = [at_period(step.period) for step in data.fan]
    wide = tuple((x, s.low95, s.high95) for x, s in zip(at, data.fan, strict=True))
    near = tuple((x, s.low80, s.high80) for x, s in zip(at, data.fan, strict=True))
    return (
        Band(_("chart.label.range", share="95%"), "fan95", start + wide, "fan_edge"),
        Band(_("chart.label.range", share="80%"), "fan80", start + near),
    )
