"""The one metadata of the store and the kinds of columns that its tables are made of."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Codes are compared and sorted by their bytes on both databases, whatever the server's locale.
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite counts up INTEGER only


def code(name: str, **more: Any) -> sa.Column[str]:
    """A code or another short text that keys are made of; absent is ""."""
    return sa.Column(name, CODE, nullable=False, server_default="", **more)


def words(name: str) -> sa.Column[str]:
    """Text for people; absent is ""."""
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def number(name: str) -> sa.Column[float]:
    """A figure; absent is NULL."""
    return sa.Column(name, sa.Double(), nullable=True)


def count(name: str, default: int | None = 0) -> sa.Column[int]:
    """A whole number; ``default`` None makes it one that may be absent."""
    if default is None:
        return sa.Column(name, NUMBER, nullable=True)
    return sa.Column(name, NUMBER, nullable=False, server_default=str(default))


def moment(name: str, *, absent: bool = False) -> sa.Column[int]:
    """Microseconds since 1970 in UTC."""
    return sa.Column(name, sa.BigInteger(), nullable=absent)


def own_id() -> sa.Column[int]:
    """The row's own number, counted up."""
    return sa.Column("id", NUMBER, primary_key=True, autoincrement=True)


def points_to(name: str, column: str, *, absent: bool = True) -> sa.Column[int]:
    """The number of a row of another table."""
    return sa.Column(name, NUMBER, sa.ForeignKey(column), nullable=absent)


def versioned(name: str, key: tuple[str, ...], *columns: sa.Column[Any]) -> sa.Table:
    """A table whose rows are never changed: a new version closes the older one.

    key: the columns that name one thing; of each thing at most one version is open.
    """
    table = sa.Table(
        name,
        metadata,
        own_id(),
        *columns,
        moment("known_from"),
        moment("known_to", absent=True),
        points_to("change_id", "changes.id", absent=False),
        info={"key": key},
    )
    sa.Index(
        f"uq_{name}_open",
        *(table.c[column] for column in key),
        unique=True,
        sqlite_where=table.c.known_to.is_(None),
        postgresql_where=table.c.known_to.is_(None),
    )
    return table


changes = sa.Table(
    "changes",
    metadata,
    own_id(),
    moment("at"),
    moment("effective_from"),
    code("kind"),
    words("by"),
    words("what"),
    sa.UniqueConstraint("at"),
)

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", CODE, primary_key=True),
    words("value"),
)
