"""Many rows at once, by the fastest road that each database has."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count, islice, repeat
from typing import Any

import sqlalchemy as sa

from .engine import Tx

_AT_ONCE = 10_000  # rows that are made before they go in: a hundred thousand would stay in memory
_TOGETHER = 100  # rows of one statement: each statement costs as much as two or three rows
_NOTHING_FIXED: Mapping[str, object] = {}


def insert(
    tx: Tx,
    table: sa.Table,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    fixed: Mapping[str, object] = _NOTHING_FIXED,
) -> None:
    """Add rows given as tuples; left-out columns get their default.

    columns: what the tuples hold, in their order. fixed: columns that are the same in every row.

    On SQLite a few statements of very many rows, on PostgreSQL one COPY: no value passes through
    SQL text.

    Raises:
        ValueError: the transaction only reads.
    """
    tx.must_write()
    if not tx.is_sqlite:
        from . import bulk_postgres  # a start on SQLite need not load the other driver

        bulk_postgres.copy(tx.connection, table, columns, rows, fixed)
        return
    _insert_sqlite(tx.connection, table, columns, rows, fixed)


def _insert_sqlite(
    connection: sa.Connection,
    table: sa.Table,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    fixed: Mapping[str, object],
) -> None:
    """A statement gives up Python's lock once a row with one row, once a hundred with VALUES.

    Whoever waits for that lock then keeps it for milliseconds: beside other people's pages the
    number of statements matters more than what each of them costs.
    """
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        common, names, left = _in_common(columns, some)
        same = {**fixed, **common}
        whole = len(some) // _TOGETHER
        for groups, size in ((whole, _TOGETHER), (1, len(some) % _TOGETHER)):
            given = [
                (*same.values(), *chain.from_iterable(islice(left, size))) for _ in range(groups)
            ]
            if size and given:
                statement = _statement(connection, table, names, same, size)
                connection.exec_driver_sql(statement, given)


def _in_common(
    columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> tuple[dict[str, object], Sequence[str], Iterator[tuple[Any, ...]]]:
    """What is the same text, or absent, in all of many rows, and so need be given only once.

    Returns:
        Those columns; the names of the others; the rows without those columns.
    """
    if len(rows) <= _TOGETHER:
        return {}, columns, iter(rows)
    common: dict[str, object] = {}
    others: dict[str, tuple[Any, ...]] = {}
    for name, values in zip(columns, zip(*rows, strict=True), strict=True):
        first = values[0]
        if (first is None or isinstance(first, str)) and values.count(first) == len(values):
            common[name] = first
        else:
            others[name] = values
    left = zip(*others.values(), strict=True) if others else repeat((), len(rows))
    return common, list(others), left


def _statement(
    connection: sa.Connection,
    table: sa.Table,
    columns: Sequence[str],
    fixed: Mapping[str, object],
    rows: int,
) -> str:
    """An insertion of so many rows; the fixed values come first and are given once."""
    prepare = connection.dialect.identifier_preparer
    names = ", ".join(prepare.format_column(table.c[name]) for name in (*fixed, *columns))
    numbers = count(len(fixed) + 1)
    same = [f"?{place}" for place in range(1, len(fixed) + 1)]
    values = ", ".join(
        f"({', '.join([*same, *(f'?{next(numbers)}' for _ in columns)])})" for _ in range(rows)
    )
    return f"INSERT INTO {prepare.format_table(table)} ({names}) VALUES {values}"  # noqa: S608 - names and marks, no values


def among(
    tx: Tx, column: sa.ColumnElement[int], numbers: Collection[int]
) -> sa.ColumnElement[bool]:
    """The condition that a column is one of many numbers, which go in as one parameter."""
    if tx.is_sqlite:
        listed = sa.func.json_each(json.dumps(list(numbers))).table_valued("value")
        return column.in_(sa.select(listed.c.value))
    from . import bulk_postgres

    return bulk_postgres.among(column, numbers)
