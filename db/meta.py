"""What the store says of itself: its id and whether it holds invented figures."""

from __future__ import annotations

import sqlalchemy as sa

from .columns import meta
from .engine import Tx

STORE_ID = "store_id"
DEMO = "demo"


def value(tx: Tx, key: str) -> str:
    """What stands under a key, "" where nothing does."""
    return str(
        tx.connection.execute(sa.select(meta.c.value).where(meta.c.key == key)).scalar() or ""
    )


def put(tx: Tx, key: str, text: str) -> None:
    """Write a key anew."""
    tx.must_write()
    tx.connection.execute(sa.delete(meta).where(meta.c.key == key))
    tx.connection.execute(sa.insert(meta).values(key=key, value=text))


def is_demo(tx: Tx) -> bool:
    """Whether the figures are invented (DỮ LIỆU MINH HỌA)."""
    return value(tx, DEMO) == "yes"


def mark_demo(tx: Tx) -> None:
    """Mark the store as one of invented figures, for good."""
    put(tx, DEMO, "yes")
