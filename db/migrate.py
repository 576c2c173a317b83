"""Bring a store to the newest schema: Alembic revisions, each whole with its record or not at all.

Alembic is imported only where something is to do, so that an everyday start stays fast.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from .engine import Store, StoreError, without_references

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"
# Oldest first; the last is the newest.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
HEAD = REVISIONS[-1]

_version = sa.table("alembic_version", sa.column("version_num"))


def revision(store: Store) -> str | None:
    """The revision that the store records, None for a store without tables.

    Raises:
        StoreError: the database cannot be reached.
    """
    try:
        with store.read() as tx:
            return _revision(tx.connection)
    except sa.exc.DatabaseError as error:  # a file that is no database, for one
        raise StoreError("unreachable", f"the store cannot be used: {error.orig}") from error


def migrate(store: Store) -> bool:
    """Bring the store to HEAD; whether anything was done.

    Each revision runs in a writer's transaction of its own, so of two programs that start at
    once the second waits and then finds nothing to do.

    Raises:
        StoreError: the store is newer than this program, or cannot be reached.
    """
    current = revision(store)
    if _known(current) == HEAD:
        return False
    while current != HEAD:
        current = _one_step(store)
    return True


def _known(current: str | None) -> str | None:
    if current is not None and current not in REVISIONS:
        raise StoreError(
            "too_new", f"the store has schema {current}, this program knows {HEAD}: update it"
        )
    return current


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.select(_version.c.version_num)).scalar()
    return None if found is None else str(found)


def _one_step(store: Store) -> str:
    """Apply the next revision, if another program has not; the revision then reached."""
    from alembic import command

    with without_references(store).write() as tx:
        current = _known(_revision(tx.connection))
        if current == HEAD:
            return HEAD
        following = REVISIONS[0 if current is None else REVISIONS.index(current) + 1]
        command.upgrade(config(tx.connection), following)
        if tx.is_sqlite and tx.connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            raise StoreError("not_ready", f"revision {following} would break references")
        return following


def config(connection: sa.Connection) -> Config:
    """Alembic's configuration for an open transaction; there is no ini file."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings
