"""Many rows at once, by the fastest road that each database has."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from .engine import Tx

_AT_ONCE = 10_000  # rows that are made before they go in: a hundred thousand would stay in memory


def insert(
    tx: Tx, table: sa.Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Add rows given as tuples; left-out columns get their default.

    columns: in the order of the table's own.

    On SQLite one prepared statement, on PostgreSQL one COPY: no value passes through SQL text.

    Raises:
        ValueError: the columns come in another order, or the transaction only reads.
    """
    tx.must_write()
    if not tx.is_sqlite:
        from . import bulk_postgres  # a start on SQLite need not load the other driver

        bulk_postgres.copy(tx.connection, table, columns, rows)
        return
    statement = sa.insert(table).compile(dialect=tx.connection.dialect, column_keys=columns)
    if statement.positiontup != list(columns):
        raise ValueError(f"give {table.name} in the order {statement.positiontup}")
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        tx.connection.exec_driver_sql(str(statement), some)


def among(
    tx: Tx, column: sa.ColumnElement[int], numbers: Collection[int]
) -> sa.ColumnElement[bool]:
    """The condition that a column is one of many numbers, which go in as one parameter."""
    if tx.is_sqlite:
        listed = sa.func.json_each(json.dumps(list(numbers))).table_valued("value")
        return column.in_(sa.select(listed.c.value))
    from . import bulk_postgres

    return bulk_postgres.among(column, numbers)
