"""Looking into a large submission: which figures it is about, and those of one place."""

from __future__ import annotations

import sqlalchemy as sa

from .engine import Tx
from .submissions import Cell
from .tables_figures import submission_cells as table


def values(tx: Tx, submission: int, name: str) -> list[str]:
    """The indicators, periods or areas of a submission's cells, each once, in order.

    Raises:
        ValueError: the name is another.
    """
    if name not in ("indicator", "period", "area"):
        raise ValueError(f"no part of a figure's key: {name!r}")
    column = table.c[name]
    query = sa.select(column).where(table.c.submission_id == submission).distinct().order_by(column)
    return [str(row[0]) for row in tx.plain(query)]


def cells(
    tx: Tx, submission: int, *, indicator: str = "", period: str = "", area: str | None = None
) -> list[Cell]:
    """What the cells of a submission did, in order, of one indicator, period or area where given.

    area: "" is the whole scope, None any.
    """
    query = (
        sa.select(*(table.c[name] for name in Cell._fields))
        .where(table.c.submission_id == submission)
        .order_by(table.c.position)
    )
    if indicator:
        query = query.where(table.c.indicator == indicator)
    if period:
        query = query.where(table.c.period == period)
    if area is not None:
        query = query.where(table.c.area == area)
    return [Cell(*row) for row in tx.plain(query)]
