"""Sessions: who is signed in, since when, until when; known by the hash of a secret only."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from .accounts import Account, account
from .engine import Tx
from .tables_people import accounts, sessions

_KEPT_DAYS = 90
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in. seen: its last use; expires: its end at the latest; revoked: ended before."""

    token_hash: str
    account_id: int
    created: int
    seen: int
    expires: int
    revoked: int | None
    client: str


_COLUMNS = tuple(sessions.c[name] for name in Session.__dataclass_fields__)


def add(tx: Tx, session: Session) -> None:
    """Keep a session; those that ended long ago go."""
    tx.must_write()
    tx.connection.execute(
        sa.delete(sessions).where(sessions.c.expires < session.created - _KEPT_DAYS * _DAY)
    )
    row = {name: getattr(session, name) for name in Session.__dataclass_fields__}
    tx.connection.execute(sa.insert(sessions).values(row))


def with_account(tx: Tx, token_hash: str) -> tuple[Session, Account] | None:
    """A session and whose it is, whatever state they are in."""
    person = tuple(accounts.c[name] for name in Account.__dataclass_fields__)
    query = (
        sa.select(*_COLUMNS, *person)
        .join(accounts, accounts.c.id == sessions.c.account_id)
        .where(sessions.c.token_hash == token_hash)
    )
    rows = tx.plain(query)
    if not rows:
        return None
    return Session(*rows[0][: len(_COLUMNS)]), account(rows[0][len(_COLUMNS) :])


def of_account(tx: Tx, number: int) -> list[Session]:
    """A person's sessions that were not revoked, the newest first; some may have expired."""
    query = (
        sa.select(*_COLUMNS)
        .where(sessions.c.account_id == number, sessions.c.revoked.is_(None))
        .order_by(sessions.c.created.desc())
    )
    return [Session(*row) for row in tx.plain(query)]


def use(tx: Tx, token_hash: str, now: int) -> None:
    """Note that a session is in use."""
    tx.must_write()
    row = sessions.c.token_hash == token_hash
    tx.connection.execute(sa.update(sessions).where(row).values(seen=now))


def revoke(tx: Tx, now: int, *, token_hash: str = "", account_id: int = 0, but: str = "") -> int:
    """End one session, or all of an account but one; how many."""
    tx.must_write()
    which: list[sa.ColumnElement[bool]] = [sessions.c.revoked.is_(None)]
    if token_hash:
        which.append(sessions.c.token_hash == token_hash)
    else:
        which += [sessions.c.account_id == account_id, sessions.c.token_hash != but]
    ended = tx.connection.execute(sa.update(sessions).where(*which).values(revoked=now))
    return ended.rowcount
