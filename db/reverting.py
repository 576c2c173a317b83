"""Taking a change back: what stood before stands again, as newer versions.

A reader of an earlier moment still reads what was read then. What counts only from a later day
is ended before it begins, and what it would have replaced goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import sqlalchemy as sa

from . import changes
from .changes import Change
from .effects import Effect, Effects, Made
from .engine import Tx


class _Segment(NamedTuple):
    """Values that shall count from a moment, until another or for good."""

    start: int
    end: int | None
    values: Mapping[str, object]


def take_back(tx: Tx, effects: Effects, number: int, change: Change) -> list[Effect]:
    """Take a change back, under ``change``; what that did.

    Args:
        tx: a writer's transaction.
        effects: as they stand in this transaction.
        number: the change that is taken back: one whose keys no later change still counts for.
        change: of kind ``UNDO``, begun now.

    Raises:
        ValueError: the change did nothing to these tables.
    """
    tx.must_write()
    root, again = effects.root(number)
    direct = effects.of(root)
    if not direct:
        raise ValueError(f"change {number} did nothing to {', '.join(effects.tables)}")
    made_by = changes.record(tx, change)
    for table in effects.tables.values():
        ends: list[dict[str, int]] = []
        rows: list[dict[str, object]] = []
        for effect in (one for one in direct if one.table == table.name):
            versions = effects.versions[effect.table, effect.key]
            cut, segments = _wanted(effects, root, effect, versions, change.at, again=again)
            ends += [{"b_id": id_, "b_until": end} for id_, end in _cut(versions, cut, change.at)]
            rows += [
                {**one.values, "known_from": one.start, "known_to": one.end, "change_id": made_by}
                for one in segments
            ]
        _write(tx, table, ends, rows)
    done = [one if again else one.turned for one in direct]
    done = [replace(one, since=max(one.since, change.at)) for one in done]
    for one in done:
        tx.touched.note(made_by, one.table, one.key, one.old, one.new)
    return done


def _wanted(
    effects: Effects, root: int, effect: Effect, versions: list[Made], now: int, *, again: bool
) -> tuple[int, list[_Segment]]:
    """From when on a key's versions are replaced, and by what."""
    if effect.new is not None:
        start = max(now, effect.since)
        values = effect.new if again else effect.old
        return start, [] if values is None else [_Segment(start, None, values)]
    return now, [] if again else list(_withdrawn(versions, effects.changes[root].at, now))


def _withdrawn(versions: list[Made], at: int, now: int) -> Iterator[_Segment]:
    """What a withdrawal ended: what was read then, and what would have followed on later days."""
    ended = [one for one in versions if one.known_to == at]
    for index, one in enumerate(ended):
        end = ended[index + 1].known_from if index + 1 < len(ended) else None
        if end is None or end > now:
            yield _Segment(max(now, one.known_from), end, one.values)


def _cut(versions: list[Made], cut: int, now: int) -> Iterator[tuple[int, int]]:
    """(id, known_to) of the versions that count at ``cut`` or later, ended there."""
    for one in versions:
        goes_on = one.known_to is None or one.known_to > max(cut, one.known_from)
        if goes_on:
            yield one.id, cut if one.known_from < cut else now


def _write(
    tx: Tx, table: sa.Table, ends: list[dict[str, int]], rows: list[dict[str, object]]
) -> None:
    if ends:
        tx.connection.execute(
            sa.update(table)
            .where(table.c.id == sa.bindparam("b_id"))
            .values(known_to=sa.bindparam("b_until")),
            ends,
        )
    if rows:
        tx.connection.execute(sa.insert(table), rows)
