"""Many rows at once, by the fastest road that each database has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from psycopg import sql

from .engine import Tx


def insert(
    tx: Tx, table: sa.Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Add rows given as tuples in the order of the columns; left-out columns get their default.

    On SQLite one prepared statement, on PostgreSQL one COPY: no value passes through SQL text.
    """
    tx.must_write()
    if not rows:
        return
    if tx.is_sqlite:
        statement = sa.insert(table).compile(dialect=tx.connection.dialect, column_keys=columns)
        place = [columns.index(name) for name in statement.positiontup or ()]
        if place != list(range(len(columns))):
            rows = [tuple(row[index] for index in place) for row in rows]
        tx.connection.exec_driver_sql(str(statement), list(rows))
        return
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    order = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
    raw: Any = tx.connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(order) as copy:
        for row in rows:
            copy.write_row(row)
