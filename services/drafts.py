"""Open uploads: kept in the store under an id in the address, so that a reload loses nothing."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from db import drafts as stored
from db.engine import Store

from . import uploads
from .access import SUBMIT, Actor, require
from .moments import today_of
from .refusals import Denied
from .submissions import File, Receipt
from .uploads import Checked

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person has said so far.

    confirmed: (code, sheet, cell) -> reason. mapping: shape of a sheet -> column -> field.
    """

    confirmed: Mapping[Key, str] = field(default_factory=dict)
    mapping: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """An open upload: its file and what was said of it."""

    id: str
    owner: str
    file: File
    created: int
    choices: Choices


def begin(store: Store, actor: Actor, file: File, now: int) -> str:
    """Keep an upload; its id, which nobody can guess. Drafts untouched for 14 days go.

    Raises:
        Denied: the actor may not submit.
    """
    require(actor, SUBMIT)
    number = secrets.token_urlsafe(16)
    with store.write() as tx:
        stored.remove_old(tx, now)
        draft = stored.Draft(number, now, now, actor.name, "upload", file.name, file.content, "{}")
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
    if found.owner != actor.name:
        raise Denied(actor.name, SUBMIT)
    said = json.loads(found.state or "{}")
    choices = Choices(
        {(code, sheet, cell): why for code, sheet, cell, why in said.get("confirmed", ())},
        said.get("mapping", {}),
    )
    file = File(found.file, found.content or b"")
    return Draft(found.id, found.owner, file, found.created, choices)


def listing(store: Store, actor: Actor) -> list[Draft]:
    """A person's open uploads, the newest first, without their bytes."""
    require(actor, SUBMIT)
    with store.read() as tx:
        return [
            Draft(one.id, one.owner, File(one.file, b""), one.created, Choices())
            for one in stored.of_owner(tx, actor.name)
        ]


def say(store: Store, actor: Actor, number: str, choices: Choices, now: int) -> None:
    """Keep what the person has confirmed or mapped by now."""
    load(store, actor, number)
    state = {
        "confirmed": [[*key, why] for key, why in choices.confirmed.items()],
        "mapping": {shape: dict(columns) for shape, columns in choices.mapping.items()},
    }
    with store.write() as tx:
        stored.save(tx, number, json.dumps(state, ensure_ascii=False), now)


def discard(store: Store, actor: Actor, number: str) -> None:
    """Throw an open upload away; nothing was stored of it."""
    if load(store, actor, number) is None:
        return
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
    mapping = json.dumps(draft.choices.mapping, sort_keys=True)
    key = (store.url, draft.id, mapping, today, version)
    found = _KEPT.get(key)
    if found is None:
        result = uploads.check(
            store,
            draft.file.content,
            draft.file.name,
            today=today,
            as_of=as_of,
            mapping=draft.choices.mapping,
            on_progress=on_progress,
        )
        found = uploads.preview(store, result, as_of)
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = found
    return found


def commit(
    store: Store, actor: Actor, draft: Draft, preview: Checked, *, why: str = "", now: int
) -> Receipt:
    """Store an open upload whole and close it.

    Raises:
        Denied: not this actor's.
        Conflict: the stored figures moved since the preview; nothing was stored.
        ValueError: a warning is not confirmed, or the file has errors.
    """
    receipt = uploads.commit(
        store,
        actor,
        draft.file,
        preview,
        confirmed=draft.choices.confirmed,
        today=today_of(now),
        why=why,
        now=now,
    )
    discard(store, actor, draft.id)
    return receipt


_MOST_KEPT = 4
_KEPT: dict[tuple[str, str, str, date, int], Checked] = {}
