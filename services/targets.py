"""One target in full: clause, figures with their sources and revisions, path, context."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from charts.history import History
from db import observations, register
from db.engine import Store, Tx
from db.rows import Document
from i18n.dates import day_text
from i18n.forecast_reasons import sentence as said
from i18n.labels import kind_text
from i18n.labels import unit_text as unit_in
from i18n.numbers import percent, value_text
from i18n.periods import period_text
from i18n.seed_texts import seed_text, source_text
from i18n.words import words
from indicators.facts import Standing
from indicators.model import (
    Observation,
    Settings,
    Target,
)
from indicators.standing import elapsed_pct

from .assessments import MethodLine, method_lines
from .odds import Odds, chances
from .outlooks import outlook_of
from .rows import Row, row, shown_decimals
from .snapshot import Snapshot, read
from .target_chart import chart
from .target_lines import (
    MOST,
    AreaLine,
    Earlier,
    FigureLine,
    Lines,
    PathLine,
    Related,
    RevisionLine,
    area_lines,
    earlier,
    odd,
    path_lines,
    revisions,
)


@dataclass(frozen=True, slots=True)
class TargetPage:
    """Everything the page of one target shows, in one language.

    figures, revisions, alternatives: the newest MOST of them; counts: how many there are.
    """

    row: Row
    target: Target
    document_title: str
    document_number: str
    wording: str
    kind: str
    elapsed: str
    baseline: str
    chart: History
    chances: tuple[str, ...]
    methods: tuple[MethodLine, ...]
    figures: tuple[FigureLine, ...]
    revisions: tuple[RevisionLine, ...]
    alternatives: tuple[FigureLine, ...]
    path: tuple[PathLine, ...]
    areas: tuple[AreaLine, ...]
    related: tuple[Related, ...]
    earlier: tuple[Earlier, ...]
    odd: tuple[FigureLine, ...]
    data_version: int = 0
    as_of: int = 0
    day: str = ""
    demo: bool = False
    method: str = ""
    neighbours: tuple[str, str] = field(default=("", ""))
    document_note: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


def codes(store: Store, as_of: int, lang: str = "vi") -> list[tuple[str, str]]:
    """Code and name of every target, for a chooser."""
    with store.read() as tx:
        return [
            (one.code, one.name_vi if lang == "vi" else one.name_en)
            for one in register.targets(tx, as_of)
        ]


def target_page(
    store: Store, as_of: int, code: str, settings: Settings, lang: str = "vi"
) -> TargetPage | None:
    """One target in full; None where there is no such code at that moment."""
    with store.read() as tx:
        known = read(tx, as_of, settings)
    target = next((one for one in known.targets if one.code == code), None)
    if target is None:
        return None
    odds = chances(store, known, code, aside=True)
    with store.read() as tx:
        return _page(tx, known, target, odds[code], lang)


def _page(tx: Tx, known: Snapshot, target: Target, odds: Odds, lang: str) -> TargetPage:
    code = target.indicator or target.code
    standing = known.standing_of(target)
    ahead = outlook_of(known, target)
    decimals = shown_decimals(standing, known.indicator_of(target).decimals)
    documents = {one.key: one for one in register.documents(tx, known.as_of)}
    document = documents.get(target.document)
    figures = _own_figures(known, code)
    others = list(known.alternatives.get(code, ()))
    related = [one for one in known.indicators.values() if code in one.related_to]
    context = {one.code: _own_figures(known, one.code)[:MOST] for one in related}
    shown = [*figures[:MOST], *others[:MOST], *chain.from_iterable(context.values())]
    cited = observations.citations(tx, [one.id for one in shown if one.id])
    lines = Lines(known, cited, lang)
    before = list(revisions(tx, known, figures, target.unit, decimals, lang))
    return TargetPage(
        row=row(known, standing, lang, odds),
        target=target,
        document_title=document.title_vi if document else target.document,
        document_number=_document_number(document, lang),
        document_note=seed_text(document.note, lang) if document else "",
        wording=target.wording_vi,
        kind=kind_text(target.kind, lang),
        elapsed=percent(elapsed_pct(target, known.day), 0, lang),
        baseline=_baseline(standing, decimals, lang),
        chart=chart(known, standing, figures, others, ahead, decimals, lang),
        chances=tuple(said(one, lang) for one in odds.reasons),
        methods=tuple(method_lines(known, standing, lang)),
        figures=tuple(lines.of(one, target.unit, decimals) for one in figures[:MOST]),
        revisions=tuple(before[:MOST]),
        alternatives=tuple(lines.of(one, target.unit, decimals) for one in others[:MOST]),
        counts={
            "figures": len(figures),
            "revisions": len(before),
            "alternatives": len(others),
        },
        path=tuple(path_lines(standing, known.day.year, decimals, lang)),
        areas=tuple(area_lines(known, standing, decimals, lang)),
        related=tuple(
            Related(
                one.code,
                one.name_vi if lang == "vi" else one.name_en,
                seed_text(one.why, lang),
                tuple(lines.of(f, one.unit, one.decimals) for f in context[one.code]),
            )
            for one in related
            if context[one.code]
        ),
        earlier=tuple(
            earlier(one, decimals, lang)
            for one in register.history_targets(tx, known.as_of)
            if one.indicator == code
        ),
        odd=tuple(
            odd(one, decimals, lang)
            for one in register.odd_figures(tx, known.as_of)
            if one.indicator == code
        ),
        data_version=known.data_version,
        as_of=known.as_of,
        day=day_text(known.day, lang),
        demo=known.demo,
        method=standing.verdict.method,
        neighbours=_neighbours(known, target),
    )


def _own_figures(known: Snapshot, code: str) -> list[Observation]:
    """Current figures of the main series, newest first, the whole scope before its areas."""
    found = [one for group in known.figures.get(code, {}).values() for one in group.values()]
    return sorted(found, key=lambda o: (o.area != "", -o.period.year, -o.period.last, o.area))


def _document_number(document: Document | None, lang: str) -> str:
    _ = words(lang)
    if document is None or not document.number:
        return _("target.no_number")
    if document.issued is None:
        return document.number
    return _("target.number", number=document.number, day=day_text(document.issued, lang))


def _baseline(standing: Standing, decimals: int, lang: str) -> str:
    base = standing.baseline
    if base is None:
        return ""
    unit = unit_in(standing.target.unit, lang)
    return words(lang)(
        f"target.baseline_{base.rule}",
        value=value_text(base.value, unit, decimals, lang),
        period=period_text(base.period.text, lang),
        source=source_text(base.source, lang),
    )


def _neighbours(known: Snapshot, target: Target) -> tuple[str, str]:
    order = [one.code for one in known.targets]
    place = order.index(target.code)
    before = order[place - 1] if place else ""
    return before, order[place + 1] if place + 1 < len(order) else ""
