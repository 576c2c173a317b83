"""The bullet of an overview row: actual, path and target in 180 × 22 pixels.

After Stephen Few, "Bullet Graph Design Specification" (2013), without its bands for good and
poor: the documents name none, so the one shade goes to what the path asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from i18n.labels import unit_text
from i18n.numbers import number, range_text, with_unit
from i18n.periods import capital
from i18n.words import Words, words

from .model import FINE_DASH, Axis, Bar, Figure, Margins, Mark, Rule

WIDTH, HEIGHT = 180.0, 22.0
TRACK, BAR = 14.0, 6.0
_MOST_CELLS = 20
_EDGE = Margins(left=2, right=2)
_FLAT = Axis(0.0, 1.0)

YEAR_STATES = ("met", "missed", "running", "no_data", "to_come")
_YEAR_ROLES = {
    "met": "met",
    "missed": "missed",
    "running": "actual",
    "no_data": "no_data",
    "to_come": "control",
}


@dataclass(frozen=True, slots=True)
class Bullet:
    """What a bullet shows, in the indicator's unit; absent is None.

    actual: a whole year's or a running total's value, never half a year's against a year's
        target. path: what the path asks for at the figure's own period. low, high: the value
        asked for; high only for a range. hollow: the figure is an estimate. at_least: the
        figure is a lower bound (a total with a hole, "trên …"). from_zero: whether the scale
        starts at zero; else a dot takes the bar's place, and start is where the scale starts.
    """

    actual: float | None
    path: float | None
    low: float
    high: float | None = None
    unit: str = ""
    decimals: int = 1
    hollow: bool = False
    at_least: bool = False
    from_zero: bool = True


def bullet(data: Bullet, lang: str = "vi") -> Figure:
    """The bullet of one target, with its sentence as alt text."""
    axis = _scale(data)
    start = max(axis.low, 0.0) if data.from_zero else axis.low
    bars = [Bar("ground", "ground", axis.low, axis.high, TRACK)]
    rules, marks = [], []
    if data.path is not None:
        bars.append(Bar("shade", "shade", start, data.path, TRACK))
        rules.append(Rule("path", "path", data.path, line=FINE_DASH, width=1.5, length=20))
    if axis.low < 0 < axis.high:
        rules.append(Rule("zero", "control", 0.0, length=TRACK))
    if data.actual is not None and data.from_zero:
        fill = "hollow" if data.hollow else "solid"
        bars.append(Bar("actual", "actual", start, data.actual, BAR, fill=fill))
        if data.at_least:
            marks.append(Mark("more", "actual", "more", data.actual, size=14))
    elif data.actual is not None:
        shape = "dot_hollow" if data.hollow else "dot"
        marks.append(Mark("actual", "actual", shape, data.actual, size=11))
    if data.high is None:
        rules.append(Rule("target", "target", data.low, width=3, length=18))
    else:
        bars.append(Bar("target", "target", data.low, data.high, 2))
        marks.append(Mark("target", "target", "bracket_open", data.low, size=18))
        marks.append(Mark("target", "target", "bracket_close", data.high, size=18))
    return Figure(
        WIDTH, HEIGHT, axis, _FLAT, bullet_alt(data, lang), _EDGE,
        bars=tuple(bars), rules=tuple(rules), marks=tuple(marks),
    )  # fmt: skip


def _scale(data: Bullet) -> Axis:
    """From zero (or the least value where that is not wanted) to a little past the greatest."""
    values = [v for v in (data.actual, data.path, data.low, data.high) if v is not None]
    low, high = min(values), max(values)
    if data.from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    room = (high - low) or abs(high) or 1.0
    below = 0.0 if data.from_zero and low == 0 else 0.12
    return Axis(low - below * room, high + 0.06 * room)


def bullet_alt(data: Bullet, lang: str = "vi") -> str:
    """Thực hiện 3.420, lộ trình 3.900, mức đề ra 5.500 doanh nghiệp."""
    _ = words(lang)

    def shown(value: float) -> str:
        text = number(value, data.decimals, lang)
        return with_unit(text, "%") if data.unit == "%" else text

    if data.actual is None:
        parts = [_("chart.bullet.none")]
    else:
        key = "chart.bullet.at_least" if data.at_least else "chart.bullet.actual"
        text = _(key, value=shown(data.actual))
        parts = [_("chart.estimate", text=text) if data.hollow else text]
    if data.path is not None:
        parts.append(_("chart.bullet.path", value=shown(data.path)))
    unit = unit_text(data.unit, lang)
    asked = (
        with_unit(number(data.low, data.decimals, lang), unit)
        if data.high is None
        else range_text(data.low, data.high, unit, data.decimals, lang)
    )
    parts.append(_("chart.bullet.target", value=asked))
    return ", ".join(parts)


def year_squares(states: Sequence[tuple[int, str]], lang: str = "vi") -> Figure:
    """One square a year of an every-year target.

    Args:
        states: (year, met | missed | running | no_data | to_come), in order of years.
        lang: "vi" or "en".

    Raises:
        ValueError: another state.
    """
    for year, state in states:
        if state not in YEAR_STATES:
            raise ValueError(f"no state {state!r} of {year}")
    _ = words(lang)
    step = min(WIDTH / max(len(states), 1), 30.0)
    marks = tuple(
        Mark(str(year), _YEAR_ROLES[state], f"year_{state}", (index + 0.5) * step, 0.5, 16)
        for index, (year, state) in enumerate(states)
    )
    alt = capital(", ".join(_spans(states, _)))
    return Figure(WIDTH, HEIGHT, Axis(0, WIDTH), _FLAT, alt, marks=marks)


def _spans(states: Sequence[tuple[int, str]], _: Words) -> list[str]:
    """Neighbouring years of one state are said together: năm 2027–2030 chưa đến."""
    said = []
    for state, group in groupby(states, key=lambda pair: pair[1]):
        years = [year for year, _state in group]
        span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
        said.append(_(f"chart.year.{state}", year=span))
    return said


def area_counts(reaching: int, with_figures: int, total: int, lang: str = "vi") -> Figure:
    """How many areas reach the target, do not, and have no figure yet.

    Up to twenty areas have a cell each, more share one bar.

    Raises:
        ValueError: not 0 ≤ reaching ≤ with_figures ≤ total, or no area at all.
    """
    if not 0 <= reaching <= with_figures <= total or not total:
        raise ValueError(f"no counts of areas: {reaching}, {with_figures}, {total}")
    groups = (
        ("reaching", "actual", "solid", reaching),
        ("short", "actual", "hollow", with_figures - reaching),
        ("missing", "no_data", "dashed", total - with_figures),
    )
    bars: list[Bar] = []
    first = 0
    for name, role, fill, count in groups:
        ends = range(first, first + count) if total <= _MOST_CELLS else [first][:count]
        width = 1 if total <= _MOST_CELLS else count
        gap = 0.08 if total <= _MOST_CELLS else 0.004 * total
        bars += [Bar(name, role, at + gap, at + width - gap, TRACK, fill=fill) for at in ends]
        first += count
    _ = words(lang)
    parts = [_.plural("chart.areas.reaching", reaching, total=number(total, 0, lang))]
    if with_figures > reaching:
        parts.append(_.plural("chart.areas.short", with_figures - reaching))
    if total > with_figures:
        parts.append(_.plural("chart.areas.missing", total - with_figures))
    return Figure(WIDTH, HEIGHT, Axis(0, total), _FLAT, ", ".join(parts), _EDGE, bars=tuple(bars))
