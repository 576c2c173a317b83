"""Open uploads: kept in the store, so that a reload loses nothing and a colleague can go on."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from db import drafts as stored
from db.engine import Store
from i18n.words import words
from intake.check import CheckResult

from . import uploads
from .access import SUBMIT, Actor, require
from .draft_choices import Choices, Correctable, Key, corrected, retyped
from .draft_trail import Trail, begun, from_state, to_state
from .moments import today_of
from .refusals import Denied, DraftMoved
from .rights import may_continue
from .submissions import File, Receipt
from .uploads import Checked

__all__ = [
    "ENTRY",
    "UPLOAD",
    "Choices",
    "Correctable",
    "Draft",
    "DraftMoved",
    "Key",
    "begin",
    "begin_entry",
    "checked",
    "commit",
    "corrected",
    "discard",
    "listing",
    "load",
    "retyped",
    "say",
]

UPLOAD, ENTRY = "upload", "entry"


@dataclass(frozen=True, slots=True)
class Draft:
    """An open upload, or an open form: its file, what was said of it, and by whom.

    kind: upload or entry. owner: key of who began it. created, updated: microseconds since 1970
    (UTC).
    """

    id: str
    owner: str
    file: File
    created: int
    choices: Choices
    kind: str = UPLOAD
    updated: int = 0
    trail: Trail = field(default_factory=Trail)


def begin(store: Store, actor: Actor, file: File, now: int) -> str:
    """Keep an upload; its id, which nobody can guess. Drafts untouched for 14 days go.

    Raises:
        Denied: the actor may not submit.
    """
    return _begin(store, actor, UPLOAD, file, Choices(), now)


def begin_entry(store: Store, actor: Actor, form: Mapping[str, str], now: int) -> str:
    """Keep an empty form for rows to be typed in; its id, as ``begin``."""
    return _begin(store, actor, ENTRY, None, Choices(form=form), now)


def _begin(
    store: Store, actor: Actor, kind: str, file: File | None, choices: Choices, now: int
) -> str:
    require(actor, SUBMIT)
    number = secrets.token_urlsafe(16)
    name, content = (file.name, file.content) if file else ("", None)
    with store.write() as tx:
        stored.remove_old(tx, now)
        state = to_state(choices, begun(actor))
        draft = stored.Draft(number, now, now, actor.key, kind, name, content, state)
        stored.add(tx, draft)
    return number


def load(store: Store, actor: Actor, number: str) -> Draft | None:
    """An open upload; None where there is none of that id.

    Raises:
        Denied: it is another agency's (``rights.may_continue``).
    """
    found = _found(store, actor, number)
    return None if found is None else _draft(found)


def _found(store: Store, actor: Actor, number: str) -> stored.Draft | None:
    require(actor, SUBMIT)
    with store.read() as tx:
        found = stored.one(tx, number)
    if found is None or found.kind not in (UPLOAD, ENTRY):
        return None
    _choices, trail = from_state(found.state)
    if not may_continue(actor, found.owner, trail.agency):
        raise Denied(actor.name, SUBMIT)
    return found


def _draft(one: stored.Draft) -> Draft:
    file = File(one.file, one.content) if one.content is not None else File(one.file, b"")
    choices, trail = from_state(one.state)
    return Draft(one.id, one.owner, file, one.created, choices, one.kind, one.updated, trail)


def listing(store: Store, actor: Actor) -> list[Draft]:
    """The open uploads that a person may go on with, the newest first, without their bytes."""
    require(actor, SUBMIT)
    with store.read() as tx:
        found = [_draft(one) for one in stored.listing(tx) if one.kind in (UPLOAD, ENTRY)]
    return [one for one in found if may_continue(actor, one.owner, one.trail.agency)]


def say(
    store: Store,
    actor: Actor,
    number: str,
    choices: Choices,
    now: int,
    *,
    before: Choices | None = None,
) -> None:
    """Keep what the person has confirmed, typed or mapped by now.

    Args:
        store: ready.
        actor: who says it; who typed over which cell is kept with it.
        number: of the draft.
        choices: all that is said of it.
        now: microseconds since 1970 (UTC).
        before: what the person had before their eyes; None writes over whatever stands.

    Raises:
        Denied: the draft is another agency's.
        DraftMoved: it says something else than ``before`` by now, or is closed.
    """
    found = _found(store, actor, number)
    if found is None:
        if before is None:
            return
        raise DraftMoved
    stood, trail = from_state(found.state)
    if before is not None and stood != before:
        raise DraftMoved
    state = to_state(choices, trail.after(actor, stood, choices))
    with store.write() as tx:
        if not stored.save(tx, number, state, now, before=found.state):
            raise DraftMoved


def discard(store: Store, actor: Actor, number: str, *, before: Choices | None = None) -> None:
    """Throw an open upload away; nothing was stored of it.

    Raises:
        Denied: the actor did not begin it: a colleague goes on with it or leaves it.
        DraftMoved: it says something else than ``before`` by now.
    """
    found = _found(store, actor, number)
    if found is None:
        return
    if found.owner != actor.key:
        raise Denied(actor.name, SUBMIT)
    if before is not None and from_state(found.state)[0] != before:
        raise DraftMoved
    _forget(store, number)
    with store.write() as tx:
        stored.remove(tx, number, state=found.state if before is not None else None)


def checked(
    store: Store,
    draft: Draft,
    *,
    as_of: int,
    version: int,
    on_progress: uploads.Progress | None = None,
) -> Checked:
    """The check and the preview of an open upload; kept while the store's figures stay.

    Args:
        store: ready.
        draft: the open upload.
        as_of: the present moment.
        version: the store's data version.
        on_progress: called with a phase and its share while the file is read.
    """
    today = today_of(as_of)
    key = (store.url, draft.id, draft.choices.key, today, version)
    with _LOCK:
        found = _KEPT.get(key)
    if found is None:
        result = _result(store, draft, today, as_of, on_progress)
        found = uploads.preview(store, result, as_of)
        _keep(key, found)
    return found


def _result(
    store: Store, draft: Draft, today: date, as_of: int, on_progress: uploads.Progress | None
) -> CheckResult:
    said = draft.choices
    if draft.kind == ENTRY:
        return uploads.check_entries(store, said.entries, today=today, as_of=as_of)
    return uploads.check(
        store,
        draft.file.content,
        draft.file.name,
        today=today,
        as_of=as_of,
        mapping=said.mapping,
        corrections=said.corrections,
        on_progress=on_progress,
    )


def commit(
    store: Store, actor: Actor, draft: Draft, preview: Checked, *, why: str = "", now: int
) -> Receipt:
    """Store an open upload whole and close it; the submission is of who commits.

    Raises:
        Denied: the draft is another agency's, or some figures are.
        DraftMoved: somebody said something else of it meanwhile, or closed it.
        Conflict: the stored figures moved since the preview; nothing was stored.
        ValueError: a warning is not confirmed, or the file has errors.
    """
    found = _found(store, actor, draft.id)
    if found is None or from_state(found.state)[0] != draft.choices:
        raise DraftMoved
    receipt = uploads.commit(
        store,
        actor,
        draft.file if draft.kind == UPLOAD else None,
        preview,
        confirmed=draft.choices.confirmed,
        today=today_of(now),
        why=why or _begun_by(actor, draft),
        now=now,
    )
    _forget(store, draft.id)
    with store.write() as tx:
        # what somebody writes at this very moment is not thrown away with it
        stored.remove(tx, draft.id, state=found.state)
    return receipt


def _begun_by(actor: Actor, draft: Draft) -> str:
    """A word on the submission where another person began it."""
    if draft.owner == actor.key or not draft.trail.by:
        return ""
    return words("vi")("upload.begun_by", by=draft.trail.by)


# --- checks that are kept ---------------------------------------------------------------

_MOST_KEPT = 4
_MOST_FIGURES = 120_000  # of all that are kept together: a large one stands alone
_KEPT: dict[tuple[str, str, str, date, int], Checked] = {}
_LOCK = threading.Lock()


def _keep(key: tuple[str, str, str, date, int], found: Checked) -> None:
    """Keep a check; what it replaces, and the oldest where there are too many, goes."""
    with _LOCK:
        for older in [one for one in _KEPT if one[:2] == key[:2]]:
            del _KEPT[older]
        _KEPT[key] = found
        while len(_KEPT) > 1 and (
            len(_KEPT) > _MOST_KEPT
            or sum(len(one.figures) for one in _KEPT.values()) > _MOST_FIGURES
        ):
            del _KEPT[next(iter(_KEPT))]


def _forget(store: Store, number: str) -> None:
    with _LOCK:
        for key in [one for one in _KEPT if one[:2] == (store.url, number)]:
            del _KEPT[key]
