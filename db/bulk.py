"""Many rows at once, by the fastest road that each database has."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.dialects.postgresql import ARRAY

from .engine import Tx


def insert(
    tx: Tx, table: sa.Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Add rows given as tuples; left-out columns get their default.

    columns: in the order of the table's own.

    On SQLite one prepared statement, on PostgreSQL one COPY: no value passes through SQL text.

    Raises:
        ValueError: the columns come in another order.
    """
    tx.must_write()
    if not rows:
        return
    if tx.is_sqlite:
        statement = sa.insert(table).compile(dialect=tx.connection.dialect, column_keys=columns)
        if statement.positiontup != list(columns):
            raise ValueError(f"give {table.name} in the order {statement.positiontup}")
        tx.connection.exec_driver_sql(str(statement), list(rows))
        return
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    order = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
    raw: Any = tx.connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(order) as copy:
        for row in rows:
            copy.write_row(row)


def among(
    tx: Tx, column: sa.ColumnElement[int], numbers: Collection[int]
) -> sa.ColumnElement[bool]:
    """The condition that a column is one of many numbers, which go in as one parameter."""
    if tx.is_sqlite:
        listed = sa.func.json_each(json.dumps(list(numbers))).table_valued("value")
        return column.in_(sa.select(listed.c.value))
    return column == sa.func.any(sa.cast(list(numbers), ARRAY(sa.BigInteger())))
