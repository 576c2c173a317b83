"""PostgreSQL's roads for many rows; loaded only where the store is one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.dialects.postgresql import ARRAY


def copy(
    connection: sa.Connection,
    table: sa.Table,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    fixed: Mapping[str, object],
) -> None:
    """Add rows by COPY, in the connection's open transaction."""
    same = tuple(fixed.values())
    names = sql.SQL(", ").join(map(sql.Identifier, (*fixed, *columns)))
    order = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(order) as stream:
        for row in rows:
            stream.write_row((*same, *row))


def among(column: sa.ColumnElement[int], numbers: Collection[int]) -> sa.ColumnElement[bool]:
    """The condition that a column is one of the numbers of one array parameter."""
    return column == sa.func.any(sa.cast(list(numbers), ARRAY(sa.BigInteger())))
