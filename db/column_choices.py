"""What officers said of columns whose headings were not recognised, by the headings' shape."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from .engine import Tx
from .tables_figures import column_choices


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """The newest choice for one shape: column letters -> field, by whom and when."""

    shape: str
    columns: Mapping[str, str]
    by: str
    at: int


def known(tx: Tx, shapes: Collection[str]) -> dict[str, ColumnChoice]:
    """Shape -> what was last said of its columns; shapes nobody has spoken of are left out."""
    query = sa.select(column_choices).where(column_choices.c.shape.in_(list(shapes)))
    return {
        shape: ColumnChoice(shape, json.loads(columns), by, at)
        for shape, columns, by, at in tx.plain(query)
    }


def keep(tx: Tx, choice: ColumnChoice) -> None:
    """Remember a choice in the place of an older one for the same shape."""
    tx.must_write()
    same = column_choices.c.shape == choice.shape
    tx.connection.execute(sa.delete(column_choices).where(same))
    row = {
        "shape": choice.shape,
        "columns": json.dumps(dict(choice.columns), sort_keys=True),
        "by": choice.by,
        "at": choice.at,
    }
    tx.connection.execute(sa.insert(column_choices).values(row))
