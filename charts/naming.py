"""The words of the detail chart: what names what, and where it may stand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from i18n.labels import status_text
from i18n.periods import period_short
from i18n.words import Translator

from .axes import at_period
from .history import History, Reading
from .lines import short_value
from .model import Figure, Label, Series
from .placing import Wish
from .svg import LINE_HEIGHT

NARROW = 520
_APART = 12.0
_AROUND_LINE = (
    (-6, -12, "end"), (6, 12, "start"), (0, -14, "middle"), (0, 14, "middle"),
    (6, -12, "start"), (-6, 12, "end"), (10, 0, "start"), (-10, 0, "end"),
    (0, -24, "middle"), (0, 24, "middle"),
)  # fmt: skip


def end_labels(data: History, _: Translator) -> list[Label]:
    """Names at the right end: target, fan, scenarios."""
    aim = data.aim
    key = "chart.label.every_year" if aim.every_year else "chart.label.target"
    middle = aim.low if aim.high is None else (aim.low + aim.high) / 2
    labels = [Label((aim.text, _(key, year=aim.end)), "target", aim.end, middle, dx=10, bold=True)]
    if data.fan:
        last = data.fan[-1]
        trend = f"{_('chart.label.trend')} {short_value(data, last.middle, _.lang)}"
        labels.append(Label((trend,), "fan_middle", aim.end, last.middle, dx=10))
        labels += [
            Label((_("chart.label.range", share=share),), "muted", aim.end, value, dx=10)
            for share, value in (("80%", last.high80), ("95%", last.high95))
        ]
    labels += [
        Label(
            (scenario.name, short_value(data, scenario.steps[-1].value, _.lang)),
            "ink",
            aim.end,
            scenario.steps[-1].value,
            dx=10,
        )
        for scenario in data.scenarios
        if scenario.steps
    ]
    return labels


def inner_labels(data: History, figure: Figure, _: Translator) -> list[Wish]:
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
    narrow = figure.width < NARROW
    wishes += [
        Wish(_around(_reading_label(data, reading, _, narrow))) for reading in _named_readings(data)
    ]
    last = max([at_period(r.period) for r in data.readings], default=figure.x.low)
    outlook = (last + figure.x.high) / 2
    notes = {
        _("chart.path"): _("chart.note.path"),
        _("chart.label.plan"): _("chart.note.plan"),
        _("chart.label.other"): _("chart.note.other"),
        _("chart.label.shorter"): _("chart.note.shorter"),
    }
    for series in figure.series:
        if series.name in notes and series.line and series.role == "path":
            places = _places_along(series, outlook)
            wishes.append(Wish(_beside(series.name, "path", places), notes[series.name]))
        elif series.marker in ("small", "square"):
            role = "path" if series.role == "path" else "muted"
            note = notes.get(series.name) or _("chart.note.part", name=series.name)
            wishes.append(Wish(_beside(series.name, role, _lone_points(series, figure)), note))
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
    lines = (short_value(data, reading.value, _.lang), said)
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


def _places_along(series: Series, near: float) -> list[tuple[float, float]]:
    """Places on a line, the nearest to ``near`` first."""
    points = [p for p in series.points if p is not None]
    places = [(p.x, p.y) for p in points]
    for one, other in pairwise(points):
        places += [
            (one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share)
            for share in (0.25, 0.4, 0.5, 0.6, 0.75)
        ]
    return sorted(places, key=lambda place: abs(place[0] - near))


def _lone_points(series: Series, figure: Figure) -> list[tuple[float, float]]:
    """The two newest points that no point of another series covers."""
    others = [
        (figure.across(p.x), figure.down(p.y))
        for other in figure.series
        if other is not series and other.marker
        for p in other.points
        if p is not None
    ]
    lone = [
        (p.x, p.y)
        for p in series.points[::-1]
        if p is not None
        and all(abs(figure.across(p.x) - x) + abs(figure.down(p.y) - y) > _APART for x, y in others)
    ]
    return lone[:2]


def _beside(name: str, role: str, places: list[tuple[float, float]]) -> list[Label]:
    return [
        Label((name,), role, x, y, dx, dy, anchor)
        for x, y in places
        for dx, dy, anchor in _AROUND_LINE
    ]
