"""Signing in with a password, and out; the audit has every try but those of a locked name."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from db import accounts as stored
from db import audit
from db import sessions as stored_sessions
from db.accounts import Account
from db.engine import Store, Tx

from . import passwords, sessions, throttle
from .throttle import SIGNED_IN

ONE_USE_DAYS = 7
_MINUTE = 60_000_000
_DAY = 24 * 60 * _MINUTE


@dataclass(frozen=True, slots=True)
class Opened:
    """Signed in. cookie: what the browser keeps; must_change: the password is for one use."""

    cookie: str
    must_change: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Not signed in: wrong (name or password), locked, disabled or expired (one-time password).

    minutes: until a locked name or address is listened to again.
    """

    key: str
    minutes: int = 0


def sign_in(
    store: Store, login: str, password: str, *, address: str, browser: str, now: int
) -> Opened | Refused:
    """Check a name and a password and open a session.

    Args:
        store: ready.
        login: as typed.
        password: as typed.
        address: where the request came from.
        browser: what the browser says it is.
        now: the clock, in microseconds since 1970 (UTC).
    """
    name, place = plain_login(login), throttle.network(address)
    sessions.key(store)  # the first time it is made, in a transaction of its own
    with store.read() as tx:
        account = stored.by_login(tx, name)
        subject = _subject(store, account, name)
        waits = throttle.locked(tx, subject, place, now)
    if waits:
        return _wait(waits, now)
    held = account.password_hash if account else ""
    right = passwords.fits(password, held)
    # Hashing takes long on purpose: never while other writers wait.
    newer = passwords.hashed(password) if right and passwords.is_outdated(held) else ""
    with store.write() as tx:
        # Of many tries at once only the first few count, whatever was found out meanwhile.
        waits = throttle.locked(tx, subject, place, now)
        if waits:
            return _wait(waits, now)
        account = stored.by_login(tx, name)
        if account and account.password_hash != held:  # changed or reset meanwhile
            right, newer = passwords.fits(password, account.password_hash), ""
        if account is None or not right or not account.password_hash:
            return _refuse(tx, "wrong", account, subject, place, now)
        if account.disabled:
            return _refuse(tx, "disabled", account, subject, place, now)
        if account.must_change and now - (account.password_set or 0) > ONE_USE_DAYS * _DAY:
            return _refuse(tx, "expired", account, subject, place, now)
        if newer:
            stored.change(tx, account.id, password_hash=newer)
        return open_session(store, tx, account, address=address, browser=browser, now=now)


def open_session(
    store: Store, tx: Tx, account: Account, *, address: str, browser: str, now: int
) -> Opened:
    """Open a session for somebody whose identity is certain, and say so in the audit."""
    secret = sessions.begin(tx, account, f"{address} {browser}".strip(), now)
    audit.add(
        tx,
        now,
        account.name,
        SIGNED_IN,
        f"account:{account.id}",
        account=account.id,
        came_from=throttle.network(address),
    )
    return Opened(sessions.cookie_of(store, secret), account.must_change)


def sign_out(store: Store, session: str, *, now: int) -> None:
    """End a session; nothing happens where there is none."""
    with store.read() as tx:
        found = stored_sessions.with_account(tx, session)
    if found is None or found[0].revoked is not None:
        return
    kept, account = found
    with store.write() as tx:
        stored_sessions.revoke(tx, now, token_hash=session)
        audit.add(
            tx,
            now,
            account.name,
            "signin.end",
            f"account:{account.id}",
            account=account.id,
            came_from=throttle.network(kept.client.partition(" ")[0]),
        )


def plain_login(text: str) -> str:
    """A login as it is kept: one form of each letter, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())[:100]


def _subject(store: Store, account: Account | None, login: str) -> str:
    if account:
        return f"account:{account.id}"
    return throttle.unknown(login, sessions.key(store))


def _wait(waits: throttle.Locked, now: int) -> Refused:
    return Refused("locked", max(1, -(-(waits.until - now) // _MINUTE)))


def _refuse(
    tx: Tx, key: str, account: Account | None, subject: str, place: str, now: int
) -> Refused:
    throttle.refuse(
        tx,
        subject,
        place,
        now,
        reason=key,
        by=account.login if account else "",
        account=account.id if account else None,
    )
    return Refused(key)
