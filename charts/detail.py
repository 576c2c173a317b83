"""The detail chart of one target: readings, path, target, today; fan and scenarios on request.

Every line and band is named where it ends or where it runs, so there is no legend box.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise

from i18n.dates import day_text
from i18n.labels import status_text, unit_text
from i18n.numbers import percent, scale_of, short_text, value_text
from i18n.periods import capital, part_text, period_short, period_text
from i18n.words import Translator, words

from .axes import at_day, at_period, value_axis, year_axis
from .history import OFFICIAL, History, Reading, Step
from .model import (
    DASH_DOT,
    DASHED,
    DOTTED,
    FINE_DASH,
    LONG_DASH,
    SOLID,
    Band,
    Figure,
    Label,
    Margins,
    Point,
    Rule,
    Series,
)
from .placing import Wish, beside, inside, text_width
from .svg import LINE_HEIGHT

MOST_SCENARIOS = 3
_NARROW = 520
_SCENARIO_LINES = (LONG_DASH, DASH_DOT, DOTTED)
_AROUND_LINE = (
    (-6, -12, "end"), (6, 12, "start"), (0, -14, "middle"), (0, 14, "middle"),
    (6, -12, "start"), (-6, 12, "end"), (0, -24, "middle"), (0, 24, "middle"),
)  # fmt: skip


def detail(data: History, lang: str = "vi", width: float = 760, height: float = 380) -> Figure:
    """The figure of a target's history and outlook.

    Args:
        data: what is shown.
        lang: "vi" or "en".
        width: pixels; below 520 the words are shorter.
        height: pixels.

    Raises:
        ValueError: a period is none, or there are more than three scenarios.
    """
    if len(data.scenarios) > MOST_SCENARIOS:
        raise ValueError(f"{len(data.scenarios)} scenarios, at most {MOST_SCENARIOS}")
    _ = words(lang)
    series, bands = _series(data, _), _bands(data, _)
    ends = _end_labels(data, _)
    bare = _frame(data, series, bands, ends, _, width, height)
    names, notes = inside(_inner_labels(data, bare, _), bare)
    edge = bare.width - bare.margins.right
    ends = [replace(label, dx=edge - bare.across(label.x) + 10) for label in ends]
    return replace(
        bare, labels=(*names, *beside(ends, bare)), notes=(*notes, *_notes(data, bare.y.low, _))
    )


def _shown(data: History, value: float, lang: str) -> str:
    return value_text(value, unit_text(data.unit, lang), data.decimals, lang)


def _short(data: History, value: float, lang: str) -> str:
    """Without its unit, which stands at the axis; percent keeps its sign."""
    if data.unit == "%":
        return percent(value, data.decimals, lang)
    return (
        short_text(value, "", data.decimals or 2, lang)
        if abs(value) >= 1e6
        else value_text(value, "", data.decimals, lang)
    )


# --- what is drawn ---------------------------------------------------------------


def _series(data: History, _: Translator) -> tuple[Series, ...]:
    return (*_plan_series(data, _), *_outlook_series(data, _), *_reading_series(data, _))


def _reading_series(data: History, _: Translator) -> list[Series]:
    """The readings as one line with gaps; of a flow one line for each part of the year."""

    def part(reading: Reading) -> str:
        return reading.period[5:] if data.adds_up else ""

    series = []
    for name, group in groupby(sorted(data.readings, key=part), key=part):
        points = _with_gaps(sorted(group, key=lambda r: at_period(r.period)), data, _)
        if name:
            series.append(Series(part_text(name, _.lang), "actual", points, DOTTED, "small", 1.5))
        else:
            series.append(Series(_("chart.actual"), "actual", points, SOLID, "dot"))
    return series[::-1]


def _with_gaps(readings: list[Reading], data: History, _: Translator) -> tuple[Point | None, ...]:
    """Points in order; a whole year without any figure is a gap."""
    points: list[Point | None] = []
    for reading in readings:
        x = at_period(reading.period)
        before = points[-1] if points else None
        if before is not None and x - before.x > 1.01:
            points.append(None)
        text = _(
            "chart.hover.reading",
            period=capital(period_text(reading.period, _.lang)),
            value=_shown(data, reading.value, _.lang),
            status=status_text(reading.status, _.lang),
        )
        points.append(Point(x, reading.value, text, hollow=reading.status != OFFICIAL))
    return tuple(points)


def _points(data: History, steps: tuple[Step, ...], key: str, _: Translator) -> tuple[Point, ...]:
    return tuple(
        Point(
            at_period(step.period),
            step.value,
            _(
                f"chart.hover.{key}",
                period=period_text(step.period, _.lang),
                value=_shown(data, step.value, _.lang),
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
                    value=_shown(data, other.value, _.lang),
                ),
                hollow=True,
            )
            for other in data.others
        )
        series.append(Series(_("chart.label.other"), "control", others, "", "small"))
    return series


def _outlook_series(data: History, _: Translator) -> list[Series]:
    """The forecast's middle and the scenarios, each from the last reading on."""
    start = _last_reading(data)
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
                    value=_shown(data, step.value, _.lang),
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


def _last_reading(data: History) -> tuple[Point, ...]:
    """Where an outlook starts: the newest reading that may stand beside a year's."""
    whole = [r for r in data.readings if not (data.adds_up and r.period[5:])]
    if not whole:
        return ()
    last = max(whole, key=lambda r: at_period(r.period))
    return (Point(at_period(last.period), last.value),)


def _bands(data: History, _: Translator) -> tuple[Band, ...]:
    if not data.fan:
        return ()
    start = tuple((p.x, p.y, p.y) for p in _last_reading(data))
    at = [at_period(step.period) for step in data.fan]
    wide = tuple((x, s.low95, s.high95) for x, s in zip(at, data.fan, strict=True))
    near = tuple((x, s.low80, s.high80) for x, s in zip(at, data.fan, strict=True))
    return (
        Band(_("chart.label.range", share="95%"), "fan95", start + wide, "fan_edge"),
        Band(_("chart.label.range", share="80%"), "fan80", start + near),
    )


# --- axes and margins ------------------------------------------------------------


def _frame(
    data: History,
    series: tuple[Series, ...],
    bands: tuple[Band, ...],
    ends: list[Label],
    _: Translator,
    width: float,
    height: float,
) -> Figure:
    """The figure without its words inside."""
    points = [p for s in series for p in s.points if p is not None]
    values = [p.y for p in points] + [v for b in bands for _x, *v2 in b.edges for v in v2]
    factor, word = scale_of(max(values), data.unit, _.lang)
    unit = unit_text(data.unit, _.lang)
    y = value_axis(
        values,
        from_zero=data.from_zero,
        factor=factor,
        lang=_.lang,
        title=f"{word} {unit}".strip(),
    )
    margins = Margins(
        left=max(text_width(tick.text) for tick in y.ticks) + 12,
        top=44,
        right=14 + max(text_width(line, bold=True) for end in ends for line in end.lines),
        bottom=28,
    )
    today = at_day(data.today)
    first = min([p.x for p in points] + [today])
    last = max([p.x for p in points] + [today])
    room = width - margins.left - margins.right
    x = year_axis(first - 0.35, last + 0.2, data.aim.end, room)
    rule = Rule(_("chart.label.today", day=day_text(data.today, _.lang)), "control", today,
                line=FINE_DASH)  # fmt: skip
    return Figure(
        width, height, x, y, data.sentence, margins, data.sentence, data.subtitle,
        bands=bands, series=series, rules=(rule,),
    )  # fmt: skip


def _notes(data: History, low: float, _: Translator) -> tuple[str, ...]:
    notes = []
    if any(reading.status != OFFICIAL for reading in data.readings):
        notes.append(_("chart.note.hollow"))
    if low != 0 and not data.from_zero:
        notes.append(_("chart.note.not_from_zero"))
    if data.source:
        notes.append(_("chart.note.source", source=data.source))
    return tuple(notes)


# --- words -----------------------------------------------------------------------


def _end_labels(data: History, _: Translator) -> list[Label]:
    """Names at the right end: target, fan, scenarios."""
    aim = data.aim
    key = "chart.label.every_year" if aim.every_year else "chart.label.target"
    middle = aim.low if aim.high is None else (aim.low + aim.high) / 2
    labels = [Label((aim.text, _(key, year=aim.end)), "target", aim.end, middle, dx=10, bold=True)]
    if data.fan:
        last = data.fan[-1]
        trend = f"{_('chart.label.trend')} {_short(data, last.middle, _.lang)}"
        labels.append(Label((trend,), "fan_middle", aim.end, last.middle, dx=10))
        labels += [
            Label((_("chart.label.range", share=share),), "muted", aim.end, value, dx=10)
            for share, value in (("80%", last.high80), ("95%", last.high95))
        ]
    labels += [
        Label(
            (scenario.name, _short(data, scenario.steps[-1].value, _.lang)),
            "ink",
            aim.end,
            scenario.steps[-1].value,
            dx=10,
        )
        for scenario in data.scenarios
        if scenario.steps
    ]
    return labels


def _inner_labels(data: History, figure: Figure, _: Translator) -> list[Wish]:
    """The words inside the plot, the most important first."""
    today = figure.rules[0]
    wishes = [
        Wish(
            [
                Label((today.name,), "muted", today.at, figure.y.high, dx, -10, anchor)
                for dx, anchor in ((0.0, "middle"), (4.0, "start"), (-4.0, "end"))
            ]
        )
    ]
    narrow = figure.width < _NARROW
    wishes += [
        Wish(_around(_reading_label(data, reading, _, narrow))) for reading in _named_readings(data)
    ]
    last = max([at_period(r.period) for r in data.readings], default=figure.x.low)
    outlook = (last + figure.x.high) / 2
    notes = {
        _("chart.path"): _("chart.note.path"),
        _("chart.label.plan"): _("chart.note.plan"),
        _("chart.label.other"): _("chart.note.other"),
    }
    for series in figure.series:
        if series.name in notes and series.role == "path":
            wishes.append(Wish(_along(series, "path", outlook), notes[series.name]))
        elif series.marker == "small":
            note = notes.get(series.name) or _("chart.note.part", name=series.name)
            wishes.append(Wish(_along(series, "muted", last), note))
    return wishes


def _named_readings(data: History) -> list[Reading]:
    """The newest reading, and of a flow the newest whole year as well."""
    newest = max(
        data.readings, key=lambda r: (at_period(r.period), len(r.period) == 4), default=None
    )
    if newest is None:
        return []
    whole = [r for r in data.readings if not r.period[5:]]
    if not (data.adds_up and newest.period[5:] and whole):
        return [newest]
    return [max(whole, key=lambda r: r.period), newest]


def _reading_label(data: History, reading: Reading, _: Translator, narrow: bool) -> Label:
    said = _(
        "chart.label.reading_short" if narrow else "chart.label.reading",
        period=period_short(reading.period, _.lang),
        status=status_text(reading.status, _.lang),
    )
    lines = (_short(data, reading.value, _.lang), said)
    return Label(lines, "ink", at_period(reading.period), reading.value, bold=True)


def _around(label: Label) -> list[Label]:
    """Above, below, and to the sides of a place."""
    away = 8 + LINE_HEIGHT * len(label.lines) / 2
    places: list[tuple[float, float, str]] = [
        (0, -away, "middle"), (-8, -away, "end"), (8, -away, "start"), (0, away, "middle"),
        (8, away, "start"), (-8, away, "end"), (12, 0, "start"), (-12, 0, "end"),
        (12, -away - 14, "start"), (-12, -away - 14, "end"), (12, away + 14, "start"),
    ]  # fmt: skip
    return [replace(label, dx=dx, dy=dy, anchor=anchor) for dx, dy, anchor in places]


def _along(series: Series, role: str, near: float) -> list[Label]:
    """Above or below a line and its points, the places nearest to ``near`` first."""
    points = [p for p in series.points if p is not None]
    places = [(p.x, p.y) for p in points]
    if series.line:
        for one, other in pairwise(points):
            places += [
                (one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share)
                for share in (0.25, 0.4, 0.5, 0.6, 0.75)
            ]
    places.sort(key=lambda place: abs(place[0] - near))
    return [
        Label((series.name,), role, x, y, dx, dy, anchor)
        for x, y in places
        for dx, dy, anchor in _AROUND_LINE
    ]
