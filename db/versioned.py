"""Rows in versions: put a newer one, close one, read them as of a moment, list their history.

A table made by ``columns.versioned`` names its natural key in ``table.info["key"]``. Nothing is
updated but known_to: so a reader at an earlier moment finds what a reader found then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import sqlalchemy as sa

from . import changes, columns
from .changes import Change
from .engine import Tx

Key = tuple[str, ...]
Row = Mapping[str, object]

# What the store itself writes: no part of what a row says.
_OWN = {
    *("id", "known_from", "known_to", "change_id"),
    *("submission_id", "credited_submission", "closed_by"),
}


@dataclass(frozen=True, slots=True)
class Put:
    """What putting rows did: the keys that are new, have a new version, or were the same."""

    added: tuple[Key, ...] = ()
    amended: tuple[Key, ...] = ()
    unchanged: tuple[Key, ...] = ()

    @property
    def did(self) -> bool:
        """Whether anything was written."""
        return bool(self.added or self.amended)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a row: its values, since and until when it was known, and by whom.

    known_from 0: always; known_to None: still.
    """

    values: dict[str, object]
    known_from: int
    known_to: int | None
    by: str
    at: int
    change: int


def compare(tx: Tx, table: sa.Table, rows: Iterable[Row]) -> Put:
    """What ``put`` would do with the rows, without doing it.

    Raises:
        ValueError: a row has a column that the table has not, or two rows have one key.
    """
    return _sorted_out(tx, table, rows)[0]


def differing(tx: Tx, table: sa.Table, rows: Iterable[Row]) -> list[tuple[Key, Row | None, Row]]:
    """What ``put`` would write: each key with what stands of it (None: nothing) and the new row.

    Raises:
        ValueError: as ``compare``.
    """
    _, new, _, older = _sorted_out(tx, table, rows)
    return [(key, older.get(key), row) for key, row in new]


def put(
    tx: Tx,
    table: sa.Table,
    rows: Iterable[Row],
    change: Change,
    *,
    added_from: int,
    amended_from: int | None = None,
) -> Put:
    """Store the rows: new keys are added, other values close the older version.

    Args:
        tx: a writer's transaction.
        table: a versioned table.
        rows: column names with values; what a row leaves out is absent ("" or None). Days may
            be ``date``, lists tuples of texts, terms tuples of two years. A row's own
            ``known_from`` goes before added_from; neither reaches into versions that have ended.
        change: the use case they belong to; it is recorded only if something is written.
        added_from: the moment from which new keys are known; 0 is always.
        amended_from: the moment from which newer versions count; the change's own, if None.

    Raises:
        ValueError: an unknown column, a key twice, or an amendment from before its older version.
    """
    tx.must_write()
    found, new, closed, older = _sorted_out(tx, table, rows)
    if not found.did:
        return found
    later = change.at if amended_from is None else amended_from
    amended = {key for key, _, _ in closed}
    over = _ends(tx, table) if found.added else {}
    starts = [
        later
        if key in amended
        else max(int(cast(int, row.get("known_from", added_from))), over.get(key, -1) + 1)
        for key, row in new
    ]
    number = changes.record(tx, change, min(starts))
    close(tx, table, closed, later)
    tx.connection.execute(
        sa.insert(table),
        [
            {**row, "known_from": start, "change_id": number}
            for (_, row), start in zip(new, starts, strict=True)
        ],
    )
    for key, row in new:
        tx.touched.note(number, table.name, key, older.get(key), row)
    return found


def close(tx: Tx, table: sa.Table, versions: Iterable[tuple[Key, int, int]], until: int) -> None:
    """End versions, given as (key, id, known_from), at a moment.

    Raises:
        ValueError: a version began at that moment or after it.
    """
    ids = []
    for key, number, start in versions:
        if start >= until:
            raise ValueError(f"{table.name} {key}: the version to close began at {start}")
        ids.append({"b_id": number, "b_until": until})
    if ids:
        tx.connection.execute(
            sa.update(table)
            .where(table.c.id == sa.bindparam("b_id"))
            .values(known_to=sa.bindparam("b_until")),
            ids,
        )


def withdraw(tx: Tx, table: sa.Table, keys: Iterable[Key], change: Change) -> int:
    """End the versions of the keys without a newer one; how many keys there were.

    A version that counts from a later day ends before it begins, with the one that counts now.
    """
    wanted = set(keys)
    standing = _open(tx, table)
    closed = [(key, number, start) for key, (number, start, _) in standing.items() if key in wanted]
    if closed:
        number = changes.record(tx, change)
        begun = [one for one in closed if one[2] < change.at]
        close(tx, table, begun, change.at)
        _never_begin(tx, table, [one[0] for one in closed if one[2] >= change.at], change.at)
        for key, _, _ in closed:
            tx.touched.note(number, table.name, key, _said(standing[key][2]), None)
    return len(closed)


def _never_begin(tx: Tx, table: sa.Table, keys: Sequence[Key], at: int) -> None:
    """End what counts now or later of the keys at a moment."""
    goes_on = sa.or_(table.c.known_to.is_(None), table.c.known_to > at)
    alive = sa.or_(table.c.known_to.is_(None), table.c.known_to > table.c.known_from)
    for key in keys:
        same = [table.c[name] == part for name, part in zip(table.info["key"], key, strict=True)]
        tx.connection.execute(
            sa.update(table).where(*same, goes_on, alive, *_only(table)).values(known_to=at)
        )


def _ends(tx: Tx, table: sa.Table) -> dict[Key, int]:
    """Of each key with ended versions the last moment of an end."""
    key = [table.c[name] for name in table.info["key"]]
    ended = [table.c.known_to.is_not(None), table.c.known_to > table.c.known_from]
    query = sa.select(*key, sa.func.max(table.c.known_to)).where(*ended, *_only(table))
    return {
        tuple(str(part) for part in row[:-1]): row[-1] for row in tx.plain(query.group_by(*key))
    }


def seen_at(table: sa.Table, as_of: int) -> sa.ColumnElement[bool]:
    """The condition that a row is known at a moment."""
    still = sa.or_(table.c.known_to.is_(None), table.c.known_to > as_of)
    return sa.and_(table.c.known_from <= as_of, still)


def halves(
    table: sa.Table,
    columns: Sequence[sa.ColumnElement[Any]],
    *conditions: sa.ColumnElement[bool],
    as_of: int | None = None,
) -> sa.CompoundSelect[Any]:
    """The rows that stand and those that have ended, each asked for in its own index.

    as_of: only those known at a moment.
    """
    standing: list[sa.ColumnElement[bool]] = [table.c.known_to.is_(None)]
    ended: list[sa.ColumnElement[bool]] = [table.c.known_to.is_not(None)]
    if as_of is not None:
        standing.append(table.c.known_from <= as_of)
        ended += [table.c.known_from <= as_of, table.c.known_to > as_of]
    return sa.union_all(
        sa.select(*columns).where(*standing, *conditions),
        sa.select(*columns).where(*ended, *conditions),
    )


def read(
    tx: Tx, table: sa.Table, as_of: int, names: Sequence[str], **equal: object
) -> list[tuple[Any, ...]]:
    """The named columns of the rows known at a moment, in the order of their natural key."""
    query = (
        sa.select(*(table.c[name] for name in names))
        .where(seen_at(table, as_of), *(table.c[name] == value for name, value in equal.items()))
        .order_by(*(table.c[name] for name in table.info["key"]), table.c.id)
    )
    return cast("list[tuple[Any, ...]]", tx.connection.execute(query).all())


def counts(tx: Tx, table: sa.Table) -> dict[Key, int]:
    """Of each key how many versions counted at some moment, or are still to."""
    key = [table.c[name] for name in table.info["key"]]
    begun = sa.or_(table.c.known_to.is_(None), table.c.known_to > table.c.known_from)
    query = sa.select(*key, sa.func.count()).where(begun).group_by(*key)
    return {tuple(str(part) for part in row[:-1]): row[-1] for row in tx.plain(query)}


def history(tx: Tx, table: sa.Table, key: Key) -> list[Version]:
    """Every version of one key, oldest first."""
    names = [column.name for column in table.c if column.name not in _OWN]
    same = [table.c[name] == part for name, part in zip(table.info["key"], key, strict=True)]
    listed = columns.changes
    query = (
        sa.select(table, listed.c.by.label("change_by"), listed.c.at.label("change_at"))
        .join(listed, listed.c.id == table.c.change_id)
        .where(*same)
        .order_by(table.c.known_from, table.c.id)
    )
    return [
        Version(
            {name: row[name] for name in names},
            row["known_from"],
            row["known_to"],
            row["change_by"],
            row["change_at"],
            row["change_id"],
        )
        for row in tx.connection.execute(query).mappings()
    ]


def _sorted_out(
    tx: Tx, table: sa.Table, rows: Iterable[Row]
) -> tuple[Put, list[tuple[Key, dict[str, object]]], list[tuple[Key, int, int]], dict[Key, Row]]:
    """What is new and what differs.

    It comes back as the summary, rows to insert, versions to close, and what these said.
    """
    standing = _open(tx, table)
    empty = _absent(table)
    added, amended, unchanged, new, closed = [], [], [], [], []
    older_rows: dict[Key, Row] = {}
    seen: set[Key] = set()
    for given in rows:
        row = _normal(table, empty, given)
        key = tuple(str(row[name]) for name in table.info["key"])
        if key in seen:
            raise ValueError(f"{table.name} {key} comes twice")
        seen.add(key)
        older = standing.get(key)
        if older is None:
            added.append(key)
            new.append((key, row))
        elif all(older[2][name] == row[name] for name in empty):
            unchanged.append(key)
        else:
            amended.append(key)
            new.append((key, row))
            closed.append((key, older[0], older[1]))
            older_rows[key] = _said(older[2])
    return Put(tuple(added), tuple(amended), tuple(unchanged)), new, closed, older_rows


def _said(row: Row) -> Row:
    """What a row says, without what the store itself writes."""
    return {name: value for name, value in row.items() if name not in _OWN}


def _open(tx: Tx, table: sa.Table) -> dict[Key, tuple[int, int, Mapping[str, object]]]:
    """The open version of every key: id, known_from, its columns."""
    key = table.info["key"]
    query = sa.select(table).where(table.c.known_to.is_(None), *_only(table))
    return {
        tuple(row[name] for name in key): (row["id"], row["known_from"], cast(Row, row))
        for row in tx.connection.execute(query).mappings()
    }


def _only(table: sa.Table) -> list[sa.ColumnElement[bool]]:
    """Published figures are versioned by their source; an agency's by its submissions."""
    return [table.c.origin == "published"] if table.name == "observations" else []


def _absent(table: sa.Table) -> dict[str, object]:
    """The value of each column that a row leaves out."""
    return {column.name: _default(column) for column in table.c if column.name not in _OWN}


def _default(column: sa.Column[Any]) -> object:
    """None, or the column's own default, in the column's type."""
    default = column.server_default
    if not isinstance(default, sa.DefaultClause):
        return None
    return column.type.python_type(str(default.arg))


def _normal(table: sa.Table, empty: Row, given: Row) -> dict[str, object]:
    unknown = set(given) - set(empty) - {"known_from"}
    if unknown:
        raise ValueError(f"{table.name} has no column {', '.join(sorted(unknown))}")
    row = dict(empty)
    for name, value in given.items():
        if value is None and name in empty:
            value = empty[name]
        row[name] = _plain(value)
    return row


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ("-" if value and isinstance(value[0], int) else ";").join(map(str, value))
    return value
