"""What stands in a versioned table: the open version of every key, whenever it counts from."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa

from .engine import Tx
from .versioned import Key

_OWN = {"id", "known_from", "known_to", "change_id"}


class Open(NamedTuple):
    """One open version: its values, since when it is known (maybe later), its change."""

    values: dict[str, Any]
    known_from: int
    change: int


def standing(tx: Tx, table: sa.Table, **equal: object) -> dict[Key, Open]:
    """The open versions by their natural key, in the order in which they were recorded.

    equal: only rows with these values.
    """
    query = (
        sa.select(table)
        .where(table.c.known_to.is_(None), *(table.c[name] == equal[name] for name in equal))
        .order_by(table.c.id)
    )
    names = [column.name for column in table.c if column.name not in _OWN]
    return {
        tuple(str(row[name]) for name in table.info["key"]): Open(
            {name: row[name] for name in names}, row["known_from"], row["change_id"]
        )
        for row in tx.connection.execute(query).mappings()
    }
