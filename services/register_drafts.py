"""Open changes of the register: a file or a form, kept in the store so that a reload loses nothing.

Its id stands in the address. What the person has seen of its effects is kept beside it, so that a
commit stores nothing that was not seen.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from db import drafts as stored
from db.drafts import Draft as Row
from db.engine import Store

from . import access
from .access import Actor
from .submissions import File

FILE, DOCUMENT, TARGET, BASELINE, PLANS, PLAN_FILE = (
    "register.file",
    "register.document",
    "register.target",
    "register.baseline",
    "register.plans",
    "register.plan_file",
)
KINDS = (FILE, DOCUMENT, TARGET, BASELINE, PLANS, PLAN_FILE)


@dataclass(frozen=True, slots=True)
class Draft:
    """An open change: a file, or the fields of a form as they were typed.

    seen: fingerprint of the effects that the person was last shown, "" before that.
    """

    id: str
    kind: str
    file: File | None
    fields: Mapping[str, str]
    seen: str
    created: int
    updated: int


def begin(
    store: Store,
    actor: Actor,
    kind: str,
    *,
    file: File | None = None,
    fields: Mapping[str, str] | None = None,
    now: int,
) -> str:
    """Keep a file or the fields of a form; its id, which nobody can guess.

    Drafts untouched for 14 days go.

    Raises:
        Denied: the actor may not change the register.
        ValueError: another kind.
    """
    access.require(actor, access.REGISTER)
    if kind not in KINDS:
        raise ValueError(f"no kind of an open change: {kind}")
    number = secrets.token_urlsafe(16)
    state = _state(fields or {}, "")
    name, content = (file.name, file.content) if file else ("", None)
    with store.write() as tx:
        stored.remove_old(tx, now)
        stored.add(tx, Row(number, now, now, actor.key, kind, name, content, state))
    return number


def load(store: Store, actor: Actor, number: str) -> Draft | None:
    """An open change of this person; None where there is none of that id.

    Raises:
        Denied: the actor may not change the register.
    """
    access.require(actor, access.REGISTER)
    with store.read() as tx:
        found = stored.one(tx, number)
    if found is None or found.kind not in KINDS or found.owner != actor.key:
        return None
    return _draft(found)


def listing(store: Store, actor: Actor, *kinds: str) -> list[Draft]:
    """A person's open changes of some kinds, the newest first, without their bytes.

    Raises:
        Denied: the actor may not change the register.
    """
    access.require(actor, access.REGISTER)
    with store.read() as tx:
        found = stored.listing(tx)
    return [_draft(one) for one in found if one.owner == actor.key and one.kind in kinds]


def rewrite(store: Store, actor: Actor, draft: Draft, fields: Mapping[str, str], now: int) -> None:
    """Keep what a form says by now; what was seen of it counts no more."""
    _save(store, actor, replace(draft, fields=dict(fields), seen=""), now)


def show(store: Store, actor: Actor, draft: Draft, fingerprint: str, now: int) -> None:
    """Keep that the person was shown these effects."""
    if draft.seen != fingerprint:
        _save(store, actor, replace(draft, seen=fingerprint), now)


def discard(store: Store, actor: Actor, number: str) -> None:
    """Throw an open change away; nothing was stored of it."""
    if load(store, actor, number) is not None:
        with store.write() as tx:
            stored.remove(tx, number)


def _save(store: Store, actor: Actor, draft: Draft, now: int) -> None:
    if load(store, actor, draft.id) is not None:
        with store.write() as tx:
            stored.save(tx, draft.id, _state(draft.fields, draft.seen), now)


def _state(fields: Mapping[str, str], seen: str) -> str:
    return json.dumps({"fields": dict(fields), "seen": seen}, ensure_ascii=False)


def _draft(one: Row) -> Draft:
    said = json.loads(one.state or "{}")
    file = File(one.file, one.content or b"") if one.file else None
    fields, seen = said.get("fields", {}), said.get("seen", "")
    return Draft(one.id, one.kind, file, fields, seen, one.created, one.updated)
