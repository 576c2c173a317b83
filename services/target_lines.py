"""Lines of the tables on a target's page: figures, revisions, path, areas, earlier targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from db import observations
from db.engine import Tx
from db.observations import Citation, Revision
from db.rows import HistoryTarget, OddFigure
from i18n.dates import day_text, moment_text
from i18n.labels import (
    asked_text,
    origin_text,
    rule_text,
    scale_text,
    series_text,
    status_text,
)
from i18n.labels import unit_text as unit_in
from i18n.numbers import change_text, value_text
from i18n.periods import period_text, span_text
from i18n.seed_texts import seed_text
from i18n.words import Words, words
from indicators.facts import Standing
from indicators.model import (
    CUMULATIVE,
    EACH_AREA,
    Observation,
)
from indicators.series import yearly_totals

from .rows import order_of, unit_of_change
from .snapshot import Snapshot

MOST = 300  # lines of a table that somebody still reads; the open data have them all


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure as it stands in a table, with where it comes from.

    note: another definition's name, what is said of the figure, else its lower or upper bound.
    known: since when it is known.
    """

    period: str
    value: str
    status: str
    status_text: str
    area: str
    origin: str
    source: str
    source_url: str
    publisher: str
    quote: str
    known: str
    submission: int | None
    note: str
    key: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One row that a figure once had: what it said, from when to when, through whom."""

    period: str
    area: str
    value: str
    status_text: str
    since: str
    until: str
    by: str
    submission: int | None


@dataclass(frozen=True, slots=True)
class PathLine:
    """What one year asks for and what was reached."""

    year: str
    asked: str
    rule: str
    actual: str
    is_target: bool


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area of a target that areas answer."""

    code: str
    name: str
    value: str
    period: str
    gap: str
    scale: str
    scale_text: str


@dataclass(frozen=True, slots=True)
class Related:
    """A related indicator: context, never part of the verdict."""

    code: str
    name: str
    why: str
    figures: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A target or plan figure of an earlier term or other document."""

    document: str
    period: str
    asked: str
    source: str
    source_url: str
    quote: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Turns figures into lines of a table."""

    known: Snapshot
    cited: dict[int, Citation]
    lang: str

    def of(self, one: Observation, unit: str, decimals: int) -> FigureLine:
        """The line of one figure."""
        cited = self.cited.get(one.id)
        known = day_text(one.known_from, self.lang) if one.known_from else ""
        _ = words(self.lang)
        return FigureLine(
            period=period_text(one.period.text, self.lang),
            value=value_text(one.value, unit_in(unit, self.lang), decimals, self.lang),
            status=one.status,
            status_text=status_text(one.status, self.lang),
            area=self.known.area_names.get(one.area, one.area),
            origin=origin_text(one.origin, self.lang),
            source=cited.source_title if cited else _source(one, _),
            source_url=one.source_url,
            publisher=seed_text(cited.publisher, self.lang) if cited else "",
            quote=cited.quote if cited else "",
            known=_("target.known_assumed", day=known) if known and one.known_assumed else known,
            submission=one.submission,
            note=_note(one.series, one.note, one.bound, _),
            key=(one.indicator, one.area, one.period.text),
        )


def _source(one: Observation, _: Words) -> str:
    return _("target.source_areas") if one.source == "areas" else one.source


def _note(series: str, note: str, bound: str, _: Words) -> str:
    """What limits a figure; a note of a bound says so itself."""
    said = [_("target.series", name=series_text(series, _.lang))] if series else []
    if note:
        said.append(seed_text(note, _.lang))
    elif bound:
        said.append(_(f"target.bound_{bound}"))
    return "; ".join(said)


def path_lines(standing: Standing, this_year: int, decimals: int, lang: str) -> Iterable[PathLine]:
    """What each year asks for, beside what was reached; nothing where there is no path."""
    target, path = standing.target, standing.full_path
    if path is None:
        return
    unit = unit_in(target.unit, lang)
    actual = {point.year: point.value for point in standing.series}
    if target.kind == CUMULATIVE:
        actual = dict(yearly_totals(standing.series, target.start, target.end))
    for year in range(path.base.year, target.end + 1):
        value = path.in_year(year)
        if value is None:
            continue
        yield PathLine(
            year=str(year),
            asked=value_text(value.value, unit, decimals, lang),
            rule=rule_text(value.rule, lang) if year > path.base.year else "",
            actual=value_text(actual.get(year), unit, decimals, lang) if year <= this_year else "",
            is_target=year == target.end,
        )


def area_lines(known: Snapshot, standing: Standing, decimals: int, lang: str) -> Iterable[AreaLine]:
    """Every area that is asked for, worst first, those without a figure last."""
    target = standing.target
    if target.kind != EACH_AREA:
        return
    unit = unit_in(target.unit, lang)
    worst_first = sorted(standing.by_area, key=lambda code: order_of(standing.by_area[code]))
    silent = [code for code in target.areas or known.communes if code not in standing.by_area]
    for code in (*worst_first, *silent):
        one = standing.by_area.get(code)
        latest = one.latest if one else None
        scale = one.verdict.scale if one else "no_data"
        yield AreaLine(
            code,
            known.area_names.get(code, code),
            value_text(latest.value, unit, decimals, lang) if latest else "",
            period_text(latest.period.text, lang) if latest else "",
            change_text(one.gap, unit_of_change(target.unit, lang), decimals, lang)
            if one and one.gap is not None
            else "",
            scale,
            scale_text(scale, lang),
        )


def revisions(
    tx: Tx,
    known: Snapshot,
    figures: Sequence[Observation],
    unit: str,
    decimals: int,
    lang: str,
) -> Iterator[RevisionLine]:
    """What stood there before: of every figure that an agency ever gave more than once."""
    for code in dict.fromkeys(one.indicator for one in figures):
        before = observations.replaced(tx, code, known.as_of)
        own = (one for one in figures if one.indicator == code) if before else ()
        for key in dict.fromkeys((one.area, one.period.text) for one in own):
            rows = before.get(key, ())
            yield from (_revision(known, one, unit, decimals, lang) for one in rows)


def _revision(known: Snapshot, one: Revision, unit: str, decimals: int, lang: str) -> RevisionLine:
    figure = one.observation
    ended = one.known_to is not None and one.known_to <= known.as_of
    return RevisionLine(
        period_text(figure.period.text, lang),
        known.area_names.get(figure.area, figure.area),
        value_text(figure.value, unit_in(unit, lang), decimals, lang),
        status_text(figure.status, lang),
        moment_text(one.known_from, lang),
        moment_text(one.known_to, lang) if ended and one.known_to is not None else "",
        one.by,
        one.recorded_in,
    )


def earlier(one: HistoryTarget, decimals: int, lang: str) -> Earlier:
    """The line of a target of an earlier term, or of a bare plan figure."""
    asked = ""
    if one.value is not None and one.comparator:
        asked = asked_text(one.comparator, one.value, one.value_high, one.unit, decimals, lang)
    elif one.value is not None:
        asked = value_text(one.value, unit_in(one.unit, lang), decimals, lang)
    return Earlier(
        seed_text(one.document, lang) or words(lang)("target.plan_figure"),
        span_text(one.period, lang),
        asked,
        one.source_title or one.source,
        one.source_url,
        one.quote,
        seed_text(one.note, lang),
    )


def odd(one: OddFigure, decimals: int, lang: str) -> FigureLine:
    """The line of a published figure whose span is no reporting period."""
    return FigureLine(
        period=span_text(one.period, lang),
        value=value_text(one.value, unit_in(one.unit, lang), decimals, lang),
        status=one.status,
        status_text=status_text(one.status, lang),
        area="",
        origin=origin_text("published", lang),
        source=one.source_title,
        source_url=one.source_url,
        publisher=seed_text(one.publisher, lang),
        quote=one.quote,
        known=_published(one.published_on, lang),
        submission=None,
        note=_note(one.series, one.note, one.bound, words(lang)),
        key=(one.indicator, "", one.period),
    )


def _published(text: str, lang: str) -> str:
    """The day of a publication; a month or a year alone as it is printed."""
    try:
        return day_text(date.fromisoformat(text), lang)
    except ValueError:
        return text
