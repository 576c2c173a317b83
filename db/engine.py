"""The store's door: one for SQLite and PostgreSQL, with readers and one writer at a time."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import event

from .touched import Touched

BUSY_SECONDS = 30
_CACHE, _WRITERS_CACHE = 4_000, 32_000  # KiB of pages that a SQLite connection keeps in memory
_AT_ONCE = 2_000  # rows
_WRITERS = 720_045_001  # the advisory lock that PostgreSQL writers queue for


class StoreError(Exception):
    """The store cannot be used; the message is one sentence that says why.

    key: what happened, for a translation: bad_url, unreachable, busy, too_new, not_ready.
    """

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True, slots=True)
class Tx:
    """One open transaction: what every query function takes first.

    writes: whether it was begun as a writer. touched: what it did to versioned rows, for the
    audit.
    """

    connection: sa.Connection
    writes: bool
    touched: Touched = field(default_factory=Touched, compare=False, repr=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is a SQLite file."""
        return self.connection.dialect.name == "sqlite"

    def plain(self, query: sa.Executable) -> list[tuple[Any, ...]]:
        """The answer as the driver's own tuples: for many rows of columns that need no turning."""
        answer = self.connection.execute(query)
        return cast("list[tuple[Any, ...]]", answer.cursor.fetchall()) if answer.cursor else []

    def streamed(self, query: sa.Executable) -> Iterator[tuple[Any, ...]]:
        """The same as ``plain`` a few at a time, so that they are never all in memory at once."""
        cursor: Any = self.connection.execute(query).cursor
        while some := cursor.fetchmany(_AT_ONCE):
            yield from some

    def must_write(self) -> None:
        """Refuse to write in a reader's transaction.

        Raises:
            ValueError: the transaction was begun by ``Store.read``.
        """
        if not self.writes:
            raise ValueError("this transaction only reads")


@dataclass(frozen=True, slots=True)
class Store:
    """The store that one address names; open as long as the process wants it."""

    engine: sa.Engine
    url: str
    busy_seconds: int = BUSY_SECONDS

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is a SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @property
    def path(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        return Path(self.engine.url.database or "") if self.is_sqlite else None

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A transaction that sees one state of the store from its first query to its end."""
        options: dict[str, Any] = {"sqlite_begin": "DEFERRED"}
        if not self.is_sqlite:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._begun(options) as connection:
            yield Tx(connection, writes=False)

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """A transaction that is kept whole or not at all; writers come one after the other.

        A second writer waits for the first, ``busy_seconds`` at most.

        Raises:
            StoreError: busy (the first took too long) or unreachable.
        """
        options: dict[str, Any] = {"sqlite_begin": "IMMEDIATE"} if self.is_sqlite else {}
        with self._begun(options) as connection:
            if not self.is_sqlite:
                wait = sa.func.set_config("lock_timeout", f"{self.busy_seconds}s", True)
                connection.execute(sa.select(wait))
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITERS)))
            yield Tx(connection, writes=True)

    @contextmanager
    def _begun(self, options: dict[str, Any]) -> Iterator[sa.Connection]:
        with _told(), self.engine.connect() as connection:
            with_options = connection.execution_options(**options)
            with with_options.begin():
                yield with_options

    def close(self) -> None:
        """Give back every connection; the store can still be used afterwards."""
        self.engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    """Turn what a database says of itself, not of a row, into a StoreError."""
    try:
        yield
    except sa.exc.OperationalError as error:
        said = str(error.orig).strip().replace("\n", " ")
        if "locked" in said or "lock timeout" in said:
            raise StoreError("busy", "another program is writing to the store") from error
        raise StoreError("unreachable", f"the store cannot be used: {said}") from error


def open_store(url: str, busy_seconds: int = BUSY_SECONDS) -> Store:
    """The store that an address names, its folder made; nothing is migrated or read yet.

    Args:
        url: sqlite:///file.db, or postgresql://user@host/name.
        busy_seconds: how long a writer waits for another.

    Raises:
        StoreError: the address is none that the program can use.
    """
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise StoreError("bad_url", "DATABASE_URL is no database address") from error
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"}:
        return Store(_sqlite(parsed, busy_seconds), url, busy_seconds)
    if parsed.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        engine = _postgres(parsed.set(drivername="postgresql+psycopg"))
        return Store(engine, url, busy_seconds)
    raise StoreError(
        "bad_url", f"DATABASE_URL names {parsed.drivername!r}: use sqlite:/// or postgresql://"
    )


def without_references(store: Store) -> Store:
    """A second door to the same store whose SQLite connections do not enforce references.

    Only for migrations: a table is rebuilt by copying and dropping it, which enforcement would
    turn into deletions, and the pragma does nothing once a transaction is open.
    """
    if not store.is_sqlite:
        return store
    engine = sa.create_engine(
        store.engine.url, poolclass=sa.NullPool, connect_args={"timeout": store.busy_seconds}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "connect", _ignore_references)
    event.listen(engine, "begin", _send_begin)
    return Store(engine, store.url)


def _ignore_references(raw: sqlite3.Connection, _record: object) -> None:
    raw.execute("PRAGMA foreign_keys = OFF")


def _sqlite(url: sa.URL, busy_seconds: int) -> sa.Engine:
    if not url.database or url.database == ":memory:":
        raise StoreError("bad_url", "DATABASE_URL names no file: use sqlite:///folder/file.db")
    try:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("unreachable", f"the store's folder cannot be made: {error}") from error
    engine = sa.create_engine(
        url, connect_args={"timeout": busy_seconds}, pool_size=8, pool_use_lifo=True
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _send_begin)
    event.listen(engine, "checkin", _give_back)
    return engine


def _postgres(url: sa.URL) -> sa.Engine:
    return sa.create_engine(url, pool_size=8, pool_pre_ping=True, pool_recycle=1800)


def _prepare_sqlite(raw: sqlite3.Connection, _record: object) -> None:
    raw.isolation_level = None  # the driver begins nothing by itself: _send_begin does
    raw.execute("PRAGMA foreign_keys = ON")
    # FULL, not NORMAL: a receipt that was shown must outlive a power cut; commits are few.
    raw.execute("PRAGMA synchronous = FULL")
    # Up to 32 MB wait in the WAL: a large hand-in is not copied a second time before its receipt.
    raw.execute("PRAGMA wal_autocheckpoint = 8000")
    raw.execute(f"PRAGMA cache_size = -{_CACHE}")
    _set_wal(raw)


def _set_wal(raw: sqlite3.Connection) -> None:
    """Switch the file to WAL; two programs that do so at once are not made to wait by SQLite."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            if raw.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                raw.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _send_begin(connection: sa.Connection) -> None:
    kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    if kind == "IMMEDIATE":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_WRITERS_CACHE}")
    connection.exec_driver_sql(f"BEGIN {kind}")


def _give_back(raw: sqlite3.Connection | None, _record: object) -> None:
    """A connection that waits in the pool keeps a reader's memory, whatever it did."""
    if raw is not None:
        raw.execute(f"PRAGMA cache_size = -{_CACHE}")
