"""Saved scenarios: whose they are, who sees them, in which version; nothing is overwritten unseen.

Every save is a new version of its row; earlier ones stay. A scenario that is locked stands as
the base of a decision: it can be copied, and never changed again.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db import audit, changes, versioned
from db.engine import Store, Tx
from db.tables_figures import scenarios as table

from . import access
from .access import Actor
from .refusals import Conflict, Denied
from .scenario_documents import MOST_BYTES, read
from .scenario_fields import Fault

SHARED = "shared"
_COLUMNS = ("key", "name", "owner", "shared", "based_on", "body", "known_from")
Json = dict[str, Any]


class Edited(Conflict):
    """Somebody else saved the scenario since it was opened; nothing was stored. by, at: who."""

    def __init__(self, key: str, by: str, at: int) -> None:
        super().__init__()
        self.key, self.by, self.at = key, by, at


class Locked(Exception):
    """The scenario is locked for a decision: it can only be copied."""


class NoSuch(Exception):
    """There is no scenario with that key that this person may see."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One version of a saved scenario.

    owner: ``Actor.key`` of whoever made it, author the name. version: to hand back when saving
    over it. at, by: when and by whom this version was saved.
    as_of, data_version: of the data that ``results`` were worked out on. results: code ->
    what the run gave then. proposals: yearly plans proposed from it.
    """

    key: str
    name: str
    owner: str
    shared: bool
    based_on: str
    version: int
    document: Json
    author: str = ""
    note: str = ""
    locked: bool = False
    by: str = ""
    at: int = 0
    as_of: int = 0
    data_version: int = 0
    results: Mapping[str, Json] = field(default_factory=dict)
    proposals: tuple[Json, ...] = ()

    def may_change(self, actor: Actor) -> bool:
        """Whether a person may save over it: a planner, the owner or, where shared, any."""
        own = self.owner == actor.key or self.shared
        return actor.may(access.PLAN) and own and not self.locked


@dataclass(frozen=True, slots=True)
class Basis:
    """The data that a scenario was worked out on, and what came out (``scenarios.as_json``)."""

    as_of: int
    data_version: int
    targets: tuple[Json, ...] = ()


def same(one: Json, other: Json) -> bool:
    """Whether two documents say the same scenario, its name and note left aside."""
    aside = ("name", "note")
    bare = [{k: v for k, v in doc.items() if k not in aside} for doc in (one, other)]
    return bare[0] == bare[1]


def save(
    store: Store,
    actor: Actor,
    document: Json,
    basis: Basis,
    *,
    now: int,
    key: str = "",
    seen: int = 0,
    shared: bool = False,
    based_on: str = "",
) -> Saved | list[Fault]:
    """Save a scenario, a new one or a newer version; what is wrong with it, where it cannot be.

    Args:
        store: ready.
        actor: a planner.
        document: as docs/scenario.schema.json; its name and note are the scenario's.
        basis: the data and results of the run that was on the screen.
        now: microseconds since 1970 (UTC).
        key: of the scenario to save over; "" makes a new one.
        seen: the version that was opened.
        shared: whether others may see it.
        based_on: of a copy the key that it was made from.

    Raises:
        Denied: no planner, or somebody else's private scenario.
        Edited: another version was saved since ``seen``.
        Locked: the scenario is locked.
        NoSuch: there is no such key.
    """
    access.require(actor, access.PLAN)
    scenario, faults = read(document)
    if scenario is None:
        return faults
    if len(json.dumps(document, ensure_ascii=False).encode()) > MOST_BYTES:
        raise ValueError(f"a document of more than {MOST_BYTES} bytes")
    body: Json = {
        "document": document,
        "as_of": basis.as_of,
        "data_version": basis.data_version,
        "results": {one["code"]: _kept(one) for one in basis.targets},
    }
    with store.write() as tx:
        older = _changeable(tx, actor, key, seen) if key else None
        row = {
            "key": key or secrets.token_urlsafe(9),
            "name": scenario.name,
            "owner": older.owner if older else actor.key,
            "shared": SHARED if shared else "",
            "based_on": older.based_on if older else based_on,
        }
        body["proposals"] = list(older.proposals) if older else []
        body["author"] = older.author if older else actor.name
        return _put(tx, actor, row, body, now, "save")


def load(store: Store, actor: Actor, key: str, as_of: int) -> Saved | None:
    """The scenario with a key as it was at a moment; None where there is none for this person."""
    with store.read() as tx:
        found = _one(tx, key, as_of)
    return found if found and _sees(found, actor) else None


def listing(store: Store, actor: Actor, as_of: int) -> list[Saved]:
    """Every scenario that a person may see, the newest first."""
    with store.read() as tx:
        found = [_saved(row) for row in versioned.read(tx, table, as_of, _COLUMNS)]
    return sorted((one for one in found if _sees(one, actor)), key=lambda one: -one.at)


def versions(store: Store, actor: Actor, key: str) -> list[Saved]:
    """Every version of a scenario that a person may see, oldest first."""
    with store.read() as tx:
        found = [
            _saved(tuple({**one.values, "known_from": one.known_from}[c] for c in _COLUMNS))
            for one in versioned.history(tx, table, (key,))
        ]
    return [one for one in found if _sees(one, actor)]


def copy(store: Store, actor: Actor, key: str, name: str, *, now: int) -> Saved:
    """A private copy of a scenario under another name.

    Raises:
        Denied: no planner.
        NoSuch: there is no such key for this person.
    """
    access.require(actor, access.PLAN)
    with store.write() as tx:
        found = _one(tx, key, max(now, changes.newest_moment(tx)))
        if found is None or not _sees(found, actor):
            raise NoSuch(key)
        row = {
            "key": secrets.token_urlsafe(9),
            "name": name.strip()[:200] or found.name,
            "owner": actor.key,
            "shared": "",
            "based_on": key,
        }
        body = _body(found)
        body["document"] = {**found.document, "name": row["name"]}
        body |= {"author": actor.name, "proposals": [], "locked": False}
        return _put(tx, actor, row, body, now, "copy")


def lock(store: Store, actor: Actor, key: str, seen: int, *, now: int) -> Saved:
    """Lock the version that was opened, and share it: a decision needs what all can see.

    Raises:
        Denied, Edited, Locked, NoSuch: as ``save``.
    """
    access.require(actor, access.PLAN)
    with store.write() as tx:
        found = _changeable(tx, actor, key, seen)
        row = {**_row(found), "shared": SHARED}
        return _put(tx, actor, row, {**_body(found), "locked": True}, now, "lock")


def remove(store: Store, actor: Actor, key: str, seen: int, *, now: int) -> None:
    """Take a scenario off the list; its versions stay in the store's history.

    Raises:
        Denied, Edited, Locked, NoSuch: as ``save``.
    """
    access.require(actor, access.PLAN)
    with store.write() as tx:
        found = _changeable(tx, actor, key, seen)
        change = changes.begin(tx, "scenarios", actor.name, key, now)
        versioned.withdraw(tx, table, [(key,)], change)
        _audit(tx, actor, change, "remove", found.name, key)


def keep_proposals(
    tx: Tx, actor: Actor, found: Saved, proposals: tuple[Json, ...], now: int, what: str
) -> Saved:
    """A newer version that differs in its proposals only; inside an open transaction."""
    body = {**_body(found), "proposals": list(proposals)}
    return _put(tx, actor, _row(found), body, now, what)


def current(tx: Tx, actor: Actor, key: str, now: int) -> Saved:
    """The newest version for this person, inside an open transaction.

    Raises:
        NoSuch: there is none.
    """
    found = _one(tx, key, max(now, changes.newest_moment(tx)))
    if found is None or not _sees(found, actor):
        raise NoSuch(key)
    return found


def _changeable(tx: Tx, actor: Actor, key: str, seen: int) -> Saved:
    found = current(tx, actor, key, seen)
    if found.locked:
        raise Locked(key)
    if not found.may_change(actor):
        raise Denied(actor.name, access.PLAN)
    if found.version != seen:
        raise Edited(key, found.by, found.at)
    return found


def _put(tx: Tx, actor: Actor, row: Mapping[str, str], body: Json, now: int, what: str) -> Saved:
    change = changes.begin(tx, "scenarios", actor.name, row["key"], now)
    body = {**body, "by": actor.name, "at": change.at}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    versioned.put(tx, table, [{**row, "body": text}], change, added_from=change.at)
    _audit(tx, actor, change, what, row["name"], row["key"])
    return _saved((*(row[name] for name in _COLUMNS[:5]), text, change.at))


def _audit(tx: Tx, actor: Actor, change: changes.Change, what: str, name: str, key: str) -> None:
    audit.add(
        tx,
        change.at,
        actor.name,
        f"scenarios.{what}",
        key,
        account=actor.account,
        new={"name": name},
        came_from=actor.came_from,
        change=change.id,
    )


def _one(tx: Tx, key: str, as_of: int) -> Saved | None:
    rows = versioned.read(tx, table, as_of, _COLUMNS, key=key)
    return _saved(rows[0]) if rows else None


def _sees(found: Saved, actor: Actor) -> bool:
    return actor.may(access.READ) and (found.shared or found.owner == actor.key)


def _saved(row: tuple[Any, ...]) -> Saved:
    key, name, owner, shared, based_on, text, version = row
    body = json.loads(text)
    document = body["document"]
    return Saved(
        key=key,
        name=name,
        owner=owner,
        shared=shared == SHARED,
        based_on=based_on,
        version=version,
        document=document,
        author=body["author"],
        note=str(document.get("note", "")),
        locked=bool(body.get("locked")),
        by=body["by"],
        at=body["at"],
        as_of=body["as_of"],
        data_version=body["data_version"],
        results=body["results"],
        proposals=tuple(body.get("proposals", ())),
    )


def _row(found: Saved) -> dict[str, str]:
    return {
        "key": found.key,
        "name": found.name,
        "owner": found.owner,
        "shared": SHARED if found.shared else "",
        "based_on": found.based_on,
    }


def _body(found: Saved) -> Json:
    return {
        "document": found.document,
        "author": found.author,
        "as_of": found.as_of,
        "data_version": found.data_version,
        "results": dict(found.results),
        "proposals": list(found.proposals),
        "locked": found.locked,
    }


def _kept(one: Json) -> Json:
    """Of a target's result what is compared when the scenario is run on newer data."""
    names = ("from", "value", "reached", "reached_year", "chance")
    return {name: one.get(name) for name in names}
