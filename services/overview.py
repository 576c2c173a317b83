"""What the overview shows: one sentence, rows worst first, what waits for figures, milestones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db import register
from db.engine import Store
from db.rows import Milestone, State
from i18n.dates import day_text
from i18n.periods import period_text
from i18n.sorting import sort_key
from i18n.words import words
from indicators.dues import Due
from indicators.model import PUBLISHED, Settings

from . import dues
from .odds import NO_ODDS, chances
from .rows import SCALE_ORDER, Row, row
from .snapshot import Snapshot, read
from .state_words import told


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """One deliverable, what was told of it and since when; state "" is: nobody has said."""

    code: str
    name: str
    lead: str
    due: date | None
    state: str
    text: str
    document: str
    locator: str
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the overview draws, in one language.

    sentence: the state in one sentence. first: also said as long as no agency has reported.
    rows: with figures, worst first. waiting: without any. counts: scale -> how many of all.
    sources: the line under the table. newest: when the newest figure ended.
    register_order: the codes as the documents have them.
    """

    as_of: int
    day: date
    data_version: int
    demo: bool
    sentence: str
    first: str
    rows: tuple[Row, ...]
    waiting: tuple[Row, ...]
    counts: dict[str, int]
    next_due: str
    milestones: tuple[MilestoneLine, ...]
    sources: str
    fields: tuple[str, ...]
    documents: tuple[tuple[str, str], ...]
    leads: tuple[str, ...]
    register_order: tuple[str, ...]


def overview(store: Store, as_of: int, settings: Settings, lang: str = "vi") -> Overview:
    """The overview as of a moment.

    Args:
        store: ready.
        as_of: microseconds since 1970 (UTC).
        settings: what the province decided.
        lang: "vi" or "en".
    """
    with store.read() as tx:
        known = read(tx, as_of, settings)
        documents = register.documents(tx, as_of)
        milestones = register.milestones(tx, as_of)
        states = register.states(tx, as_of)
        reports = dues.read(tx, as_of)
    odds = chances(store, known, aside=True)
    rows = [row(known, one, lang, odds.get(one.target.code, NO_ODDS)) for one in known.standings]
    shown = sorted((one for one in rows if not one.waiting), key=lambda one: one.order)
    waiting = tuple(one for one in rows if one.waiting)
    counts = Counter(one.scale for one in rows)
    return Overview(
        as_of=as_of,
        day=known.day,
        data_version=known.data_version,
        demo=known.demo,
        sentence=_sentence(known, counts, len(rows), len(waiting), lang),
        first=_first(known, len(rows), len(waiting), lang),
        rows=tuple(shown),
        waiting=waiting,
        counts={scale: counts[scale] for scale in SCALE_ORDER if counts[scale]},
        next_due=_due_text(next((one.due for one in reports), None), lang),
        milestones=tuple(_milestones(milestones, states, lang)),
        sources=_sources(known, lang),
        fields=_sorted(one.field for one in rows),
        documents=tuple((one.key, one.title_vi) for one in documents),
        leads=_sorted(one.agency or one.lead for one in rows),
        register_order=tuple(one.code for one in rows),
    )


def _sentence(known: Snapshot, counts: Counter[str], total: int, waiting: int, lang: str) -> str:
    """Đến 30/06/2026: 3 nguy cơ không đạt, 5 chậm tiến độ; 21 trong 32 chỉ tiêu chưa có số liệu."""
    _ = words(lang)
    said = [
        _("overview.count", n=counts[scale], scale=_(f"scale.{scale}"))
        for scale in SCALE_ORDER
        if counts[scale] and scale != "no_data"
    ]
    day = day_text(known.day, lang)
    if not said:
        return _("overview.sentence_none", day=day, total=total)
    key = "overview.sentence_waiting" if waiting else "overview.sentence"
    return _(key, day=day, counts=", ".join(said), n=waiting, total=total)


def _first(known: Snapshot, total: int, waiting: int, lang: str) -> str:
    """Có số liệu công bố cho 11 trong 32 chỉ tiêu, mới nhất …; 21 chỉ tiêu chờ số liệu."""
    found = [one.latest for one in known.standings if one.latest is not None]
    if not waiting or known.demo or any(one.origin != PUBLISHED for one in found):
        return ""
    if not found:
        return ""
    newest = max(found, key=lambda o: (o.period.end, o.period.months))
    return words(lang)(
        "overview.first",
        n=total - waiting,
        total=total,
        newest=period_text(newest.period.text, lang),
        waiting=waiting,
    )


def _sources(known: Snapshot, lang: str) -> str:
    """Số liệu đến 22/11/2026 · mới nhất của năm 2025 · chính thức, ước tính · Nguồn: báo cáo."""
    _ = words(lang)
    found = [one.latest for one in known.standings if one.latest is not None]
    if not found:
        return _("overview.no_sources", day=day_text(known.day, lang))
    statuses = {one.status for one in found}
    newest = max(found, key=lambda o: (o.period.end, o.period.months))
    origins = {"demo"} if known.demo else {one.origin for one in found}
    return _(
        "overview.sources",
        day=day_text(known.day, lang),
        newest=period_text(newest.period.text, lang),
        statuses=", ".join(
            _(f"label.status.{s}") for s in ("official", "preliminary", "estimate") if s in statuses
        ),
        origins=", ".join(_(f"overview.origin.{o}") for o in sorted(origins)),
    )


def _due_text(due: Due | None, lang: str) -> str:
    if due is None:
        return ""
    _ = words(lang)
    period = period_text(due.period.text, lang) if due.period else ""
    return _("overview.next_due", day=day_text(due.day, lang), period=period)


def _milestones(
    milestones: Iterable[Milestone], states: Iterable[State], lang: str
) -> Iterable[MilestoneLine]:
    entries = {one.code: one for one in states if one.subject == "milestone"}
    for one in sorted(milestones, key=lambda m: (m.due or date.max, m.code)):
        said = told(entries.get(one.code), one.due, lang)
        yield MilestoneLine(
            one.code,
            one.name_vi,
            one.lead_vi,
            one.due,
            said.state,
            said.text,
            one.document,
            one.locator,
            said.evidence,
            said.note,
        )


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}, key=sort_key))
