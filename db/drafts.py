"""Drafts: open uploads that outlive a reload, under an id that stands in the address."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from .engine import Tx
from .tables_figures import drafts

KEPT_DAYS = 14
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """An open upload. content: its file's bytes, None for typed figures; state: JSON text."""

    id: str
    created: int
    updated: int
    owner: str
    kind: str
    file: str
    content: bytes | None
    state: str


def add(tx: Tx, draft: Draft) -> None:
    """Keep a draft under its id, which nobody can guess (the caller's secrets.token_urlsafe)."""
    tx.must_write()
    row = {name: getattr(draft, name) for name in Draft.__dataclass_fields__}
    tx.connection.execute(sa.insert(drafts).values(row))


def one(tx: Tx, number: str) -> Draft | None:
    """The draft with that id."""
    row = tx.connection.execute(sa.select(drafts).where(drafts.c.id == number)).one_or_none()
    return None if row is None else Draft(*row)


def listing(tx: Tx) -> list[Draft]:
    """Every draft, the newest first, without its bytes."""
    names = [name for name in Draft.__dataclass_fields__ if name != "content"]
    query = sa.select(*(drafts.c[name] for name in names)).order_by(drafts.c.updated.desc())
    return [Draft(*(*row[:6], None, row[6])) for row in tx.plain(query)]


def save(tx: Tx, number: str, state: str, now: int, *, before: str | None = None) -> bool:
    """Write a draft's state anew; whether there is such a draft, with the state ``before``.

    before: the state that this one follows; where it is another by now nothing is written.
    """
    tx.must_write()
    which = _of(number, before)
    saved = tx.connection.execute(sa.update(drafts).where(*which).values(state=state, updated=now))
    return saved.rowcount == 1


def remove(tx: Tx, number: str, *, state: str | None = None) -> bool:
    """Throw a draft away, where a state is given only in that state; whether it went."""
    tx.must_write()
    return tx.connection.execute(sa.delete(drafts).where(*_of(number, state))).rowcount == 1


def _of(number: str, state: str | None) -> list[sa.ColumnElement[bool]]:
    found = [drafts.c.id == number]
    return found if state is None else [*found, drafts.c.state == state]


def remove_old(tx: Tx, now: int) -> int:
    """Throw away what nobody touched for KEPT_DAYS; how many drafts."""
    tx.must_write()
    old = drafts.c.updated < now - KEPT_DAYS * _DAY
    return tx.connection.execute(sa.delete(drafts).where(old)).rowcount
