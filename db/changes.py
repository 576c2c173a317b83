"""The store's own clock and its list of changes; the newest change known is the data version."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from .columns import changes
from .engine import Tx


@dataclass(slots=True)
class Change:
    """One use case that changes data, written to the list once something really changes.

    at: its moment, later than every earlier change's, in microseconds since 1970 (UTC).
    id: its number in the list, None as long as nothing has changed.
    """

    kind: str
    by: str
    what: str
    at: int
    id: int | None = None
    effective_from: int = field(default=0)


def begin(tx: Tx, kind: str, by: str, what: str, now: int) -> Change:
    """A change at ``now``, or just after the newest one where the clock has gone back.

    Raises:
        ValueError: the transaction only reads.
    """
    tx.must_write()
    return Change(kind, by, what, max(now, newest_moment(tx) + 1))


def record(tx: Tx, change: Change, effective_from: int | None = None) -> int:
    """The change's number in the list, written at the first call.

    effective_from: from which moment on a reader sees something of it (the change's own moment,
        when not given); of several calls the earliest counts.
    """
    start = change.at if effective_from is None else effective_from
    if change.id is None:
        change.effective_from = start
        row = {
            "at": change.at,
            "effective_from": start,
            "kind": change.kind,
            "by": change.by,
            "what": change.what,
        }
        number = sa.insert(changes).values(row).returning(changes.c.id)
        change.id = int(tx.connection.execute(number).scalar_one())
    elif start < change.effective_from:
        change.effective_from = start
        tx.connection.execute(
            sa.update(changes).where(changes.c.id == change.id).values(effective_from=start)
        )
    return change.id


def newest_moment(tx: Tx) -> int:
    """The moment of the newest change, 0 in an empty store."""
    return int(tx.connection.execute(sa.select(sa.func.max(changes.c.at))).scalar() or 0)


def data_version(tx: Tx, as_of: int) -> int:
    """The number of the newest change of which a reader at that moment sees something, else 0.

    Rows that become known at the start of a later day (published figures, amendments with a
    date) do not count up: keep things under the data version and the as-of day.
    """
    found = sa.select(sa.func.max(changes.c.id)).where(changes.c.effective_from <= as_of)
    return int(tx.connection.execute(found).scalar() or 0)


def listing(tx: Tx, limit: int = 200) -> list[Change]:
    """The newest changes, newest first."""
    newest = sa.select(changes).order_by(changes.c.id.desc()).limit(limit)
    return [
        Change(row.kind, row.by, row.what, row.at, row.id, row.effective_from)
        for row in tx.connection.execute(newest)
    ]
