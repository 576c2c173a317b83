"""The audit: who did what, when, from where. It can be added to; the database refuses the rest.

Each line carries the digest of the line before it and its own over both: a chain, in which a
line that was changed, taken out or put in later no longer fits. Writers come one after the
other (``Store.write``), so there is one chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from .engine import Tx
from .tables_people import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit; old and new are JSON text, "" where there is none.

    account_id: of who did it, None for the local user and the shell. change_id: the number of
    the change of data. previous, digest: its place in the chain.
    """

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
    change_id: int | None
    previous: str
    digest: str


NAMES = tuple(Entry.__dataclass_fields__)
COLUMNS = tuple(audit.c[name] for name in NAMES)
# What a digest is over, in this order, after the digest of the line before. The number is not
# among it: the database gives it, and the order stands in the chain itself.
_DIGESTED = (
    *("at", "by", "account_id", "action", "subject", "old", "new", "why", "came_from"),
    "change_id",
)


def digest(previous: str, line: Mapping[str, object]) -> str:
    """SHA-256 over the digest before a line and what the line says.

    Both as one JSON list without spaces, in ASCII: no two lines are written alike.
    """
    said = [previous, *(line[name] for name in _DIGESTED)]
    text = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


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
    rows: bool = True,
) -> None:
    """Write one line; old and new are kept as JSON.

    With a change, the rows that it has put or ended in this transaction are told by themselves:
    what they said before in old, what they say now in new (``Touched.told``), unless ``rows``
    is False.
    """
    tx.must_write()
    if change is not None and rows:
        old, new = _with_rows(tx, change, old, new)
    row: dict[str, object] = {
        "at": at,
        "by": by,
        "account_id": account,
        "action": action,
        "subject": subject,
        "old": _json(old),
        "new": _json(new),
        "why": why,
        "came_from": came_from,
        "change_id": change,
        "previous": newest_digest(tx),
    }
    row["digest"] = digest(str(row["previous"]), row)
    tx.connection.execute(sa.insert(audit).values(row))


def newest_digest(tx: Tx) -> str:
    """The digest of the newest line, "" before the first."""
    newest = sa.select(audit.c.digest).order_by(audit.c.id.desc()).limit(1)
    return str(tx.connection.execute(newest).scalar() or "")


def _with_rows(tx: Tx, change: int, old: object, new: object) -> tuple[object, object]:
    was, became = tx.touched.told(change)
    if was and (old is None or isinstance(old, dict)):
        old = {**(old or {}), **was}
    if became and (new is None or isinstance(new, dict)):
        new = {**(new or {}), **became}
    return old, new


def _json(said: object) -> str:
    return "" if said is None else json.dumps(said, ensure_ascii=False, default=str)


def listing(
    tx: Tx, *, since: int = 0, until: int | None = None, subject: str = "", limit: int = 1000
) -> list[Entry]:
    """Lines of a span of moments, newest first; subject: only what is about it."""
    query = sa.select(*COLUMNS).where(audit.c.at >= since).order_by(audit.c.id.desc()).limit(limit)
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
