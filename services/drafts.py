"""Open uploads: kept in the store under an id in the address, so that a reload loses nothing."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db import drafts as stored
from db.engine import Store
from intake.check import CheckResult

from . import uploads
from .access import SUBMIT, Actor, require
from .draft_choices import Choices, Correctable, Key, corrected, retyped
from .moments import today_of
from .refusals import Denied
from .submissions import File, Receipt
from .uploads import Checked

__all__ = [
    "ENTRY",
    "UPLOAD",
    "Choices",
    "Correctable",
    "Draft",
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
    """An open upload, or an open form: its file and what was said of it.

    kind: upload or entry. created, updated: microseconds since 1970 (UTC).
    """

    id: str
    owner: str
    file: File
    created: int
    choices: Choices
    kind: str = UPLOAD
    updated: int = 0


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
        state = choices.to_json()
        draft = stored.Draft(number, now, now, actor.key, kind, name, content, state)
        stored.add(tx, draft)
    return number


def load(store: Store, actor: Actor, number: str) -> Draft | None:
    """An open upload; None where there is none of that id.

    Raises:
        Denied: it is somebody else's.
    """
    require(actor, SUBMIT)
    with store.read() as tx:
        found = stored.one(tx, number)
    if found is None:
        return None
    if found.owner != actor.key:
        raise Denied(actor.name, SUBMIT)
    return _draft(found)


def _draft(one: stored.Draft) -> Draft:
    file = File(one.file, one.content) if one.content is not None else File(one.file, b"")
    choices = Choices.from_json(one.state)
    return Draft(one.id, one.owner, file, one.created, choices, one.kind, one.updated)


def listing(store: Store, actor: Actor) -> list[Draft]:
    """A person's open uploads, the newest first, without their bytes."""
    require(actor, SUBMIT)
    with store.read() as tx:
        return [_draft(one) for one in stored.of_owner(tx, actor.key)]


def say(store: Store, actor: Actor, number: str, choices: Choices, now: int) -> None:
    """Keep what the person has confirmed, typed or mapped by now."""
    load(store, actor, number)
    with store.write() as tx:
        stored.save(tx, number, choices.to_json(), now)


def discard(store: Store, actor: Actor, number: str) -> None:
    """Throw an open upload away; nothing was stored of it."""
    if load(store, actor, number) is None:
        return
    _forget(store, number)
    with store.write() as tx:
        stored.remove(tx, number)


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
    """Store an open upload whole and close it.

    Raises:
        Denied: not this actor's.
        Conflict: the stored figures moved since the preview; nothing was stored.
        ValueError: a warning is not confirmed, or the file has errors.
    """
    if draft.owner != actor.key:
        raise Denied(actor.name, SUBMIT)
    receipt = uploads.commit(
        store,
        actor,
        draft.file if draft.kind == UPLOAD else None,
        preview,
        confirmed=draft.choices.confirmed,
        today=today_of(now),
        why=why,
        now=now,
    )
    discard(store, actor, draft.id)
    return receipt


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
