"""Computed things that are dear, kept under the data version that they were computed from."""

from __future__ import annotations

import sqlalchemy as sa

from .engine import Tx
from .tables_figures import kept


def value(tx: Tx, key: str, data_version: int) -> str | None:
    """What was kept under a key for that data version."""
    query = sa.select(kept.c.body).where(kept.c.key == key, kept.c.data_version == data_version)
    return tx.connection.execute(query).scalar()


def values(tx: Tx, prefix: str, data_version: int) -> dict[str, str]:
    """Everything kept for a data version whose key starts so."""
    query = sa.select(kept.c.key, kept.c.body).where(
        kept.c.data_version == data_version, kept.c.key.startswith(prefix, autoescape=True)
    )
    return dict(tx.plain(query))


def keep(tx: Tx, bodies: dict[str, str], data_version: int, now: int) -> None:
    """Keep bodies under their keys; what was kept under them for that version goes."""
    tx.must_write()
    same = sa.and_(kept.c.data_version == data_version, kept.c.key.in_(list(bodies)))
    tx.connection.execute(sa.delete(kept).where(same))
    rows = [
        {"key": key, "data_version": data_version, "at": now, "body": body}
        for key, body in bodies.items()
    ]
    if rows:
        tx.connection.execute(sa.insert(kept), rows)


def forget(tx: Tx, older_than: int) -> int:
    """Throw away what was kept for data versions before this one; how many."""
    tx.must_write()
    return tx.connection.execute(sa.delete(kept).where(kept.c.data_version < older_than)).rowcount
