"""What an open change of the register would do, and doing it: all of it, or nothing.

Files and forms pass the same checks. A commit stores only what the person was shown: where the
register has moved since, the preview is to be looked at again.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from db.effects import Effect
from db.engine import Store, Tx
from intake.grid import Workbook

from . import access, baselines, plans, register, register_drafts
from .access import Actor
from .file_findings import Finding, Findings
from .file_tables import read_file
from .plan_warnings import warnings
from .register_drafts import BASELINE, DOCUMENT, FILE, PLAN_FILE, PLANS, TARGET, Draft
from .register_forms import NEW_DOCUMENT, document_book, plans_of, target_book

TYPED_IN = "lang"  # the field with the language in which a form's numbers were typed
Stored = Callable[[Tx, Actor, int], int | None]


class Moved(Exception):
    """The register has changed since the preview was shown: nothing was stored, look again."""


class Gone(Exception):
    """There is no such open change: it was stored or thrown away."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an open change would do.

    effects: what storing it would do to each row, implied rows included. same: how many rows of
    it say what stands already. findings: of a file or form, at their cells. problems: of a form
    by field. echoes: of a form's numbers what was understood. warnings: sentences that do not
    stand against it. fingerprint: of the effects.
    """

    effects: tuple[Effect, ...] = ()
    same: int = 0
    findings: tuple[Finding, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    echoes: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    refused: bool = False

    @property
    def fingerprint(self) -> str:
        """The same for the same effects, whenever they are worked out."""
        told = [
            (one.table, one.key, sorted((one.old or {}).items()), sorted((one.new or {}).items()))
            for one in self.effects
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    @property
    def may_commit(self) -> bool:
        """Whether there is something to store and nothing stands against it."""
        return bool(self.effects) and not self.refused


def preview(store: Store, actor: Actor, draft: Draft, *, now: int, lang: str = "vi") -> Preview:
    """What an open change would do if it were stored now.

    Raises:
        Denied: the actor may not change the register.
    """
    access.require(actor, access.REGISTER)
    findings = Findings(draft.file.name if draft.file else draft.kind, lang)
    book = _book(store, draft, findings)
    with store.read() as tx:
        return _worked_out(tx, draft, book, findings, now, lang)[0]


def commit(store: Store, actor: Actor, draft: Draft, *, now: int, lang: str = "vi") -> int:
    """Store an open change that was shown, whole, and close it; the number of the change.

    Raises:
        Denied: the actor may not change the register.
        Gone: it is no longer open.
        Moved: it would do something else by now than what the person was shown; nothing was
            stored.
    """
    access.require(actor, access.REGISTER)
    found = register_drafts.load(store, actor, draft.id)
    if found is None:
        raise Gone(draft.id)
    findings = Findings(found.file.name if found.file else found.kind, lang)
    book = _book(store, found, findings)
    with store.write() as tx:
        shown, stored = _worked_out(tx, found, book, findings, now, lang)
        if not shown.may_commit or stored is None or shown.fingerprint != draft.seen:
            raise Moved(draft.id)
        change = stored(tx, actor, now)
        if change is None:
            raise Moved(draft.id)
    register_drafts.discard(store, actor, draft.id)
    return change


def _worked_out(
    tx: Tx, draft: Draft, book: Workbook | None, findings: Findings, now: int, lang: str
) -> tuple[Preview, Stored | None]:
    if findings.refuses:
        return Preview(findings=findings.listed(), refused=True), None
    lang = draft.fields.get(TYPED_IN, lang)
    if draft.kind == BASELINE:
        return _baseline(tx, draft, now, lang)
    if draft.kind in (PLANS, PLAN_FILE):
        return _plans(tx, draft, book, findings, now, lang)
    return _register(tx, draft, book, findings, now, lang)


def _register(
    tx: Tx, draft: Draft, book: Workbook | None, findings: Findings, now: int, lang: str
) -> tuple[Preview, Stored | None]:
    form = None
    if draft.kind == TARGET:
        form = target_book(tx, draft.fields, lang)
    elif draft.kind == DOCUMENT:
        form = document_book(draft.fields, lang)
    found = form.book() if form else book
    reading = register.understood(tx, found, findings) if found else None
    if form:
        form.blame(findings.found)
    problems = form.problems if form else {}
    echoes = form.echoes if form else {}
    if reading is None or problems:
        return Preview((), 0, findings.listed(), problems, echoes, (), refused=True), None
    effects = tuple(register.planned(tx, reading, now))
    own = {(name, key) for name, rows in reading.rows.items() for key in rows} - reading.made
    same = own - {(one.table, one.key) for one in effects}
    name = draft.file.name if draft.file else _from(draft)
    kept = reading

    def stored(tx: Tx, actor: Actor, now: int) -> int | None:
        return register.stored(tx, kept, actor, name, now)

    return Preview(effects, len(same), findings.listed(), {}, echoes), stored


def _from(draft: Draft) -> str:
    """What a form is about, and by which document: DL-01 · 77/QĐ-UBND."""
    said = draft.fields
    document = said.get("document", "")
    by = said.get("doc_number", "") if document == NEW_DOCUMENT else document
    return " · ".join(part for part in (said.get("code", ""), by.strip()) if part)


def _plans(
    tx: Tx, draft: Draft, book: Workbook | None, findings: Findings, now: int, lang: str
) -> tuple[Preview, Stored | None]:
    problems: Mapping[str, str] = {}
    echoes: Mapping[str, str] = {}
    if draft.kind == PLANS:
        form = plans_of(tx, draft.fields, findings, lang)
        found, problems, echoes = form.plans, form.problems, form.echoes
    else:
        found = plans.understood(tx, book, findings) if book else None
    if found is None or problems:
        return Preview((), 0, findings.listed(), problems, echoes, (), refused=True), None
    effects = tuple(plans.planned(tx, found, now))
    name = draft.file.name if draft.file else str(draft.fields.get("document", ""))
    kept = found
    same = len(found.rows) + len(found.withdrawn) - len(effects)
    told = tuple(warnings(tx, found, lang))

    def stored(tx: Tx, actor: Actor, now: int) -> int | None:
        return plans.stored(tx, kept, actor, name, now)

    return Preview(effects, same, findings.listed(), {}, echoes, told), stored


def _baseline(tx: Tx, draft: Draft, now: int, lang: str) -> tuple[Preview, Stored | None]:
    asked = baselines.understood(tx, draft.fields, lang)
    if asked.problems:
        return Preview(problems=asked.problems, echoes=asked.echoes, refused=True), None
    effects = tuple(baselines.planned(tx, asked, now))

    def stored(tx: Tx, actor: Actor, now: int) -> int | None:
        return baselines.stored(tx, asked, actor, now)

    return Preview(effects, 0 if effects else 1, echoes=asked.echoes), stored


# --- files that were read once ----------------------------------------------------------

_MOST_KEPT = 3
_KEPT: dict[tuple[str, str], tuple[Workbook | None, tuple[Finding, ...]]] = {}
_LOCK = threading.Lock()


def _book(store: Store, draft: Draft, findings: Findings) -> Workbook | None:
    """The cells of a draft's file, read in a process of their own, once; None for a form."""
    if draft.kind not in (FILE, PLAN_FILE) or draft.file is None:
        return None
    key = (store.url, draft.id)
    with _LOCK:
        kept = _KEPT.get(key)
    if kept is None:
        book = read_file(draft.file.content, draft.file.name, findings)
        kept = book, tuple(findings.found)
        with _LOCK:
            _KEPT[key] = kept
            while len(_KEPT) > _MOST_KEPT:
                del _KEPT[next(iter(_KEPT))]
    else:
        for one in kept[1]:
            findings.found.append(one)
            findings.counts[one.severity] += 1
    return kept[0]
