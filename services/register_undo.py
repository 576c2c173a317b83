"""The history of the register and its undo: every change with what it did, newest first.

Undoing a change is a change of its own: what stood before stands again as newer versions, what
was read of an earlier moment is read still, and an undo can be undone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from db import audit, changes, effects, reverting, tables
from db.effects import UNDO, Effect, Effects
from db.engine import Store, Tx

from . import access
from .access import Actor
from .register_links import Loose, loose

TABLES = {
    table.name: table
    for table in (
        *(tables.documents, tables.agencies, tables.areas, tables.indicators, tables.targets),
        *(tables.target_areas, tables.baselines, tables.yearly_plans, tables.assignments),
        *(tables.states, tables.duty_days, tables.milestones, tables.qualitative_goals),
        *(tables.duties,),
    )
}
NEVER = frozenset({"seed", "demo"})  # what came with the program

# Why a change is not undone: unknown, seed (came with the program), undone (already),
# later (later changes of the same rows still count), links (rows would name what is gone).
REASONS = ("unknown", "seed", "undone", "later", "links")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of the register, as its history lists it.

    at: microseconds since 1970 (UTC). what: the file or document that it came from. effects: in
    the order of the tables. undoes: the change that it takes back. undone_by: the undo that
    holds. refused: why it cannot be undone, one of REASONS, "" where it can. later: the changes
    that stand against it. why: the reason that was given.
    """

    id: int
    at: int
    by: str
    kind: str
    what: str
    effects: tuple[Effect, ...]
    undoes: int | None = None
    undone_by: int | None = None
    refused: str = ""
    later: tuple[int, ...] = ()
    why: str = ""

    def count(self, effect: str) -> int:
        """How many rows it added, amended or removed."""
        return sum(effect_of(one) == effect for one in self.effects)


class NotReverted(Exception):
    """A change of the register is not undone; nothing was changed.

    key: one of REASONS. later: the changes that stand against it. loose: rows that would name
    what is gone.
    """

    def __init__(
        self, key: str, change: int, later: Sequence[Entry] = (), loose_rows: Sequence[Loose] = ()
    ) -> None:
        super().__init__(f"change {change} is not undone: {key}")
        self.key = key
        self.change = change
        self.later = tuple(later)
        self.loose = tuple(loose_rows)


def effect_of(one: Effect) -> str:
    """added, amended or removed."""
    if one.old is None:
        return "added"
    return "amended" if one.new is not None else "removed"


def listing(
    store: Store,
    actor: Actor,
    *,
    only: Collection[str] = (),
    key: tuple[str, str] | None = None,
    limit: int = 50,
) -> list[Entry]:
    """The changes of the register, newest first; what came with the program last of all.

    Args:
        store: ready.
        actor: who asks.
        only: names of tables: changes that touched one of them; none is every table.
        key: a table and the first part of a key: changes that touched a row of it.
        limit: the most entries.

    Raises:
        Denied: the actor may not change the register.
        ValueError: no such table.
    """
    access.require(actor, access.REGISTER)
    asked = set(only) | ({key[0]} if key else set())
    if unknown := asked - set(TABLES):
        raise ValueError(f"no table of the register: {', '.join(sorted(unknown))}")
    with store.read() as tx:
        known = Effects(tx, TABLES.values())
        chosen = [number for number in reversed(known.changes) if _asked(known, number, asked, key)]
        chosen = chosen[:limit]
        reasons = effects.whys(tx, chosen)
    return [_entry(known, number, reasons) for number in chosen]


def one(store: Store, actor: Actor, change: int) -> Entry | None:
    """One change of the register; None where there is none of that number.

    Raises:
        Denied: the actor may not change the register.
    """
    access.require(actor, access.REGISTER)
    with store.read() as tx:
        known = Effects(tx, TABLES.values())
        reasons = effects.whys(tx, [change])
    return _entry(known, change, reasons) if known.of(change) else None


def undo(store: Store, actor: Actor, change: int, *, why: str = "", now: int) -> Entry:
    """Take a change back whole: what stood before it stands again, from now on.

    What was to count from a later day never begins to. Every read of an earlier moment stays as
    it was.

    Args:
        store: ready.
        actor: who takes it back.
        change: the number of the change; an undo can be undone too.
        why: the reason, for the audit.
        now: microseconds since 1970 (UTC).

    Returns:
        The undo itself.

    Raises:
        Denied: the actor may not change the register.
        NotReverted: no such change, one that came with the program or is already taken back;
            later changes of the same rows count still; or rows would name what is gone.
    """
    access.require(actor, access.REGISTER)
    with store.write() as tx:
        known = Effects(tx, TABLES.values())
        refused, later = _refused(known, change)
        if refused:
            raise NotReverted(refused, change, [_entry(known, other, {}) for other in later])
        begun = changes.begin(tx, UNDO, actor.name, str(change), now)
        done = reverting.take_back(tx, known, change, begun)
        if broken := loose(tx, done):
            raise NotReverted("links", change, (), broken)
        _note(tx, actor, change, begun.at, begun.id, why)
        after = Effects(tx, TABLES.values())
    made = begun.id or 0
    return _entry(after, made, {made: why} if why else {})


def _note(tx: Tx, actor: Actor, change: int, at: int, number: int | None, why: str) -> None:
    audit.add(
        tx,
        at,
        actor.name,
        "register.undo",
        str(change),
        account=actor.account,
        why=why,
        came_from=actor.came_from,
        change=number,
    )


def _asked(known: Effects, number: int, only: set[str], key: tuple[str, str] | None) -> bool:
    found = known.of(number)
    if key:
        return any((one.table, one.key[0]) == key for one in found)
    return any(not only or one.table in only for one in found)


def _entry(known: Effects, number: int, reasons: Mapping[int, str]) -> Entry:
    change = known.changes[number]
    refused, later = _refused(known, number)
    order = {name: place for place, name in enumerate(TABLES)}
    done = sorted(known.of(number), key=lambda one: (order[one.table], one.key))
    return Entry(
        id=number,
        at=change.at,
        by=change.by,
        kind=change.kind,
        what=change.what,
        effects=tuple(done),
        undoes=known.undoes.get(number),
        undone_by=known.undone_by.get(number),
        refused=refused,
        later=later,
        why=reasons.get(number, ""),
    )


def _refused(known: Effects, number: int) -> tuple[str, tuple[int, ...]]:
    """Why a change cannot be undone, and the later changes that stand against it."""
    if number not in known.changes or not known.of(number):
        return "unknown", ()
    if known.changes[known.root(number)[0]].kind in NEVER:
        return "seed", ()
    if number in known.undone_by:
        return "undone", ()
    later = known.standing_against(number)
    return ("later", tuple(later)) if later else ("", ())
