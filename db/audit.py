"""The audit: who did what, when, from where. It can be added to; the database refuses the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass

import sqlalchemy as sa

from .engine import Tx
from .tables_people import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit; old and new are JSON text, "" where there is none."""

    id: int
    at: int
    by: str
    account_id: int | None
    action: str
    subject: str
    old: str
    new: str
    why: str
    came_from: str


def add(
    tx: Tx,
    at: int,
    by: str,
    action: str,
    subject: str,
    *,
    account: int | None = None,
    old: object = None,
    new: object = None,
    why: str = "",
    came_from: str = "",
    change: int | None = None,
) -> None:
    """Write one line; old and new are kept as JSON."""
    tx.must_write()
    row = {
        "at": at,
        "by": by,
        "account_id": account,
        "action": action,
        "subject": subject,
        "old": "" if old is None else json.dumps(old, ensure_ascii=False, default=str),
        "new": "" if new is None else json.dumps(new, ensure_ascii=False, default=str),
        "why": why,
        "came_from": came_from,
        "change_id": change,
    }
    tx.connection.execute(sa.insert(audit).values(row))


def listing(
    tx: Tx, *, since: int = 0, until: int | None = None, subject: str = "", limit: int = 1000
) -> list[Entry]:
    """Lines of a span of moments, newest first; subject: only what is about it."""
    names = list(Entry.__dataclass_fields__)
    query = (
        sa.select(*(audit.c[name] for name in names))
        .where(audit.c.at >= since)
        .order_by(audit.c.id.desc())
        .limit(limit)
    )
    if until is not None:
        query = query.where(audit.c.at <= until)
    if subject:
        query = query.where(audit.c.subject == subject)
    return [Entry(*row) for row in tx.plain(query)]


def recent(tx: Tx, subject: str, actions: tuple[str, ...], limit: int) -> list[tuple[int, str]]:
    """Moment and action of the newest lines about a subject with one of these actions."""
    query = (
        sa.select(audit.c.at, audit.c.action)
        .where(audit.c.subject == subject, audit.c.action.in_(actions))
        .order_by(audit.c.id.desc())
        .limit(limit)
    )
    return [(at, action) for at, action in tx.plain(query)]


def count(tx: Tx, action: str, came_from: str, since: int) -> int:
    """How many lines with an action came from an address after a moment."""
    lines = sa.select(sa.func.count()).where(
        audit.c.at > since, audit.c.action == action, audit.c.came_from == came_from
    )
    return int(tx.connection.execute(lines).scalar_one())
