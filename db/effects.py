"""What each change did to versioned tables, read off their versions alone.

A change that puts a version of a key ended the key's newest version at the moment from which its
own counts; a withdrawal ended versions at the change's own moment, which no other change has. A
version that is taken back before it begins to count is ended before it begins: nobody ever reads
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from .columns import changes
from .engine import Tx
from .tables_people import audit
from .versioned import Key

UNDO = (
    "register_undo"  # the kind of a change that takes another back; its ``what`` is that one's id
)
_OWN = {"id", "known_from", "known_to", "change_id"}

Place = tuple[str, Key]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change did to one key; old None: it was absent, new None: it is.

    since: from which moment the change counts for this key (microseconds since 1970 UTC).
    """

    table: str
    key: Key
    old: Mapping[str, object] | None
    new: Mapping[str, object] | None
    since: int

    @property
    def turned(self) -> Effect:
        """The same the other way round."""
        return Effect(self.table, self.key, self.new, self.old, self.since)


class Made(NamedTuple):
    """One stored version of a key."""

    id: int
    known_from: int
    known_to: int | None
    change: int
    values: dict[str, Any]


class Listed(NamedTuple):
    """A change as the list of changes has it."""

    id: int
    at: int
    kind: str
    by: str
    what: str


class Effects:
    """The versions of some tables, and what the changes did that made and ended them."""

    def __init__(self, tx: Tx, tables: Iterable[sa.Table]) -> None:
        """Read the tables; ``tx`` may only read."""
        self.tables = {table.name: table for table in tables}
        names = list(Listed._fields)
        query = sa.select(*(changes.c[name] for name in names)).order_by(changes.c.id)
        self.changes = {row[0]: Listed(*row) for row in tx.plain(query)}
        self._numbers = {one.at: one.id for one in self.changes.values()}
        self.undoes = {one.id: int(one.what) for one in self.changes.values() if one.kind == UNDO}
        self.undone_by: dict[int, int] = {}
        for number in sorted(self.undoes, reverse=True):
            if number not in self.undone_by:
                self.undone_by[self.undoes[number]] = number
        self.versions: dict[Place, list[Made]] = {}
        self._direct: dict[int, list[Effect]] = {}
        self._touching: dict[Place, set[int]] = {}
        for table in self.tables.values():
            self._read(tx, table)
        for place, made in self.versions.items():
            self._work_out(place, made)

    def of(self, number: int) -> list[Effect]:
        """What a change did; of an undo the inverse of what it took back. [] of unknown ones."""
        root, turned = self.root(number)
        found = self._direct.get(root, [])
        if root == number:
            return found
        at = self.changes[number].at
        seen = [one.turned for one in found] if turned else found
        return [replace(one, since=max(one.since, at)) for one in seen]

    def root(self, number: int) -> tuple[int, bool]:
        """The change that a chain of undos goes back to, and whether it is taken back by it."""
        turned = False
        while number in self.undoes:
            number, turned = self.undoes[number], not turned
        return number, turned

    def touched(self, place: Place) -> set[int]:
        """The changes that made or ended a version of a key."""
        return self._touching.get(place, set())

    def standing_against(self, number: int) -> dict[int, list[Place]]:
        """Later changes of the same keys that still count, with the keys; {} where none does.

        A later change and the undo that took it back leave what the first one left: neither
        counts.
        """
        found: dict[int, list[Place]] = {}
        for effect in self.of(number):
            place = (effect.table, effect.key)
            for other in self.touched(place):
                if other > number and not self._is_settled(other, number):
                    found.setdefault(other, []).append(place)
        return dict(sorted(found.items()))

    def _is_settled(self, other: int, number: int) -> bool:
        return other in self.undone_by or self.undoes.get(other, 0) > number

    def _read(self, tx: Tx, table: sa.Table) -> None:
        names = [column.name for column in table.c if column.name not in _OWN]
        own = [table.c[name] for name in ("id", "known_from", "known_to", "change_id")]
        query = sa.select(*own, *(table.c[name] for name in names)).order_by(table.c.id)
        key = table.info["key"]
        for number, start, end, change, *values in tx.plain(query):
            row = dict(zip(names, values, strict=True))
            place = table.name, tuple(str(row[name]) for name in key)
            self.versions.setdefault(place, []).append(Made(number, start, end, change, row))

    def _work_out(self, place: Place, made: list[Made]) -> None:
        touching = self._touching.setdefault(place, set())
        ended: dict[int, Made] = {}
        for index, one in enumerate(made):
            touching.add(one.change)
            before = made[index - 1] if index else None
            if one.change not in self.undoes:
                old = before.values if before and self._ended(before, one) else None
                effect = Effect(*place, old, one.values, one.known_from)
                self._direct.setdefault(one.change, []).append(effect)
            by = self._withdrawn_by(one, made[index + 1] if index + 1 < len(made) else None)
            if by:
                touching.add(by)
                ended[by] = one
        for by, one in ended.items():
            if by not in self.undoes:
                effect = Effect(*place, one.values, None, self.changes[by].at)
                self._direct.setdefault(by, []).append(effect)

    def _ended(self, before: Made, one: Made) -> bool:
        """Whether a version ended the one before, rather than that having ended earlier.

        Where both were taken back before they began, the older one bears the later moment.
        """
        begun = before.known_to is None or before.known_to > before.known_from
        if begun and before.known_to == one.known_from:
            return True
        return self._numbers.get(before.known_to or -1, 0) > one.change

    def _withdrawn_by(self, one: Made, after: Made | None) -> int:
        """The change that ended a version without putting the next in its place, else 0."""
        if one.known_to is None or (after is not None and after.known_from == one.known_to):
            return 0
        return self._numbers.get(one.known_to, 0)


def whys(tx: Tx, numbers: Iterable[int]) -> dict[int, str]:
    """The reason that the audit has of each change, for those that have one."""
    query = sa.select(audit.c.change_id, audit.c.why).where(
        audit.c.change_id.in_(list(numbers)), audit.c.why != ""
    )
    return {row[0]: row[1] for row in tx.plain(query)}
