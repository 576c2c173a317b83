"""The store, ready to use; what ``--as-of`` means stands in ``moments``."""

from __future__ import annotations

from db import changes
from db.engine import Store, StoreError, open_store
from db.migrate import migrate

from .moments import day_end, day_start, iso, micros, moment, today_of

__all__ = [
    "Store",
    "StoreError",
    "data_version",
    "day_end",
    "day_start",
    "iso",
    "micros",
    "moment",
    "open_ready",
    "present",
    "today_of",
]


def open_ready(url: str) -> Store:
    """The store that DATABASE_URL names, made where there is none, at the newest schema.

    Nothing is seeded.

    Raises:
        StoreError: no usable address, no such server, or a store newer than the program; the
            message is one sentence.
    """
    store = open_store(url)
    migrate(store)
    return store


def present(store: Store, now: int) -> int:
    """The moment to read the store's present state at: now, or its newest change if later.

    A clock that was set back would otherwise hide what was stored just before.
    """
    with store.read() as tx:
        return max(now, changes.newest_moment(tx))


def data_version(store: Store, as_of: int) -> int:
    """The number of the newest change seen at a moment, 0 in an empty store."""
    with store.read() as tx:
        return changes.data_version(tx, as_of)
