"""The detail chart of one target: readings, path, target, today; fan and scenarios on request.

Every line and band is named where it ends or where it runs, so there is no legend box.
"""

from __future__ import annotations

from dataclasses import replace

from i18n.dates import day_text
from i18n.labels import unit_text
from i18n.numbers import scale_of
from i18n.words import Translator, words

from .axes import at_day, at_period, value_axis, year_axis
from .history import OFFICIAL, History
from .lines import bands, lines
from .model import FINE_DASH, Band, Figure, Label, Margins, Rule, Series
from .naming import NARROW, end_labels, inner_labels
from .placing import beside, inside, text_width

MOST_SCENARIOS = 3


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
    data, left_out = _fewer(data) if width < NARROW else (data, False)
    series, areas = lines(data, _), bands(data, _)
    ends = end_labels(data, _)
    bare = _frame(data, series, areas, ends, _, width, height)
    edge = bare.width - bare.margins.right
    ends = beside([replace(one, dx=edge - bare.across(one.x) + 10) for one in ends], bare)
    names, notes = inside(inner_labels(data, bare, _), bare, ends)
    if left_out:
        notes.append(_("chart.note.left_out"))
    return replace(bare, labels=(*names, *ends), notes=(*notes, *_notes(data, bare.y.low, _)))


def _fewer(data: History) -> tuple[History, bool]:
    """A flow's whole years and the part of the year that is newest; whether others are left out.

    On a narrow picture the other parts would be a cloud without names around the years.
    """
    if not data.adds_up or not data.readings:
        return data, False
    newest = max(data.readings, key=lambda reading: at_period(reading.period)).period[5:]
    kept = tuple(r for r in data.readings if r.period[5:] in ("", newest))
    return replace(data, readings=kept), len(kept) < len(data.readings)


def _frame(
    data: History,
    series: tuple[Series, ...],
    areas: tuple[Band, ...],
    ends: list[Label],
    _: Translator,
    width: float,
    height: float,
) -> Figure:
    """The figure without its words inside."""
    points = [p for s in series for p in s.points if p is not None]
    values = [p.y for p in points] + [v for b in areas for _x, *v2 in b.edges for v in v2]
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
        bands=areas, series=series, rules=(rule,),
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
