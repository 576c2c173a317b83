"""Accounts: made, listed, disabled, reset; their passwords; every change in the audit."""

from __future__ import annotations

import re
from collections.abc import Sequence

import settings
from db import accounts as stored
from db import audit, register
from db import sessions as stored_sessions
from db.accounts import Account
from db.engine import Store, Tx

from . import passwords, throttle
from .access import ACCOUNTS, LOCAL, ROLES, Actor, require
from .account_lines import Line, agencies, listing, open_sessions
from .places import Bodies
from .refusals import AccountRefused
from .signin import plain_login

__all__ = [
    "Line",
    "add",
    "agencies",
    "change",
    "change_password",
    "disable",
    "enable",
    "end_sessions",
    "listing",
    "needed",
    "plain_login",
    "reset",
    "unlock",
]

ADMINISTRATOR, OFFICER = "administrator", "officer"
_LOGIN = re.compile(r"\w[\w.@ -]{1,63}")
_FOREVER = 2**62


def needed(store: Store) -> bool:
    """Whether one has to sign in: once there is an account, or a provider is set.

    Once there was one it stays so for this process: nothing that happens to the store later
    may open the doors again.
    """
    return settings.read().oidc is not None or _exist(store)


def _exist(store: Store) -> bool:
    if store.url not in _WITH_ACCOUNTS:
        with store.read() as tx:
            if not stored.exist(tx):
                return False
        _WITH_ACCOUNTS.add(store.url)
    return True


_WITH_ACCOUNTS: set[str] = set()


def add(
    store: Store,
    actor: Actor,
    *,
    login: str,
    roles: Sequence[str],
    name: str = "",
    agency: str = "",
    password: str | None = None,
    now: int,
) -> str:
    """Make a local account; the password for one use where none is given, else "".

    Args:
        store: ready.
        actor: who makes it.
        login: what is typed to sign in.
        roles: keys of ``access.ROLES``, at least one.
        name: what is recorded and shown; the login where it is blank.
        agency: key or name of the person's agency; officers need one.
        password: the person's own.
        now: the clock, in microseconds since 1970 (UTC).

    Raises:
        Denied: the actor may not manage accounts.
        AccountRefused: bad_login, taken, bad_name, name_taken, no_role, unknown_role,
            unknown_agency, needs_agency, first_administrator (the first account has to be
            one), or a weak password (short, long, own_name, common).
    """
    require(actor, ACCOUNTS)
    plain, shown = plain_login(login), " ".join((name or login).split())
    if not _LOGIN.fullmatch(plain):
        raise AccountRefused("bad_login", login=login)
    wanted = _checked(roles)
    given = passwords.for_one_use() if password is None else password
    if password is not None:
        _must_be_strong(password, plain, shown)
    kept = passwords.hashed(given)
    with store.write() as tx:
        if stored.by_login(tx, plain):
            raise AccountRefused("taken", login=plain)
        _must_be_free(tx, shown)
        if not stored.exist(tx) and ADMINISTRATOR not in wanted:
            raise AccountRefused("first_administrator")
        row = {
            "login": plain,
            "name": shown,
            "agency": _agency(tx, agency),
            "roles": wanted,
        }
        _must_have_agency(wanted, str(row["agency"]))
        number = stored.add(
            tx,
            now,
            login=plain,
            name=shown,
            agency=str(row["agency"]),
            roles=wanted,
            password_hash=kept,
            must_change=password is None,
        )
        _write(tx, actor, "account.add", number, now, new=row)
    return "" if password is not None else given


def disable(store: Store, actor: Actor, login: str, *, why: str = "", now: int) -> int:
    """Let an account in no more; its open sessions end at once, their number comes back.

    Raises:
        Denied: the actor may not manage accounts.
        AccountRefused: unknown, disabled already, oneself, or last_administrator.
    """
    require(actor, ACCOUNTS)
    with store.write() as tx:
        account = _known(tx, login)
        _must_be_another(actor, account)
        if account.disabled:
            raise AccountRefused("is_disabled", login=account.login)
        _must_leave_an_administrator(tx, account)
        ended = open_sessions(tx, account.id, now)
        stored.change(tx, account.id, disabled=1)
        stored_sessions.revoke(tx, now, account_id=account.id)
        said = {"disabled": True, "sessions": ended}
        _write(
            tx,
            actor,
            "account.disable",
            account.id,
            now,
            why=why,
            old={"disabled": False},
            new=said,
        )
    return ended


def enable(store: Store, actor: Actor, login: str, *, why: str = "", now: int) -> None:
    """Let an account in again, also one that is locked after wrong passwords.

    Raises:
        Denied: the actor may not manage accounts.
        AccountRefused: unknown.
    """
    require(actor, ACCOUNTS)
    with store.write() as tx:
        account = _known(tx, login)
        stored.change(tx, account.id, disabled=0)
        old, new = {"disabled": account.disabled}, {"disabled": False}
        _write(tx, actor, throttle.ENABLED, account.id, now, why=why, old=old, new=new)


def unlock(store: Store, actor: Actor, login: str, *, why: str = "", now: int) -> None:
    """Listen to an account's passwords again before the lock has run out.

    Raises:
        Denied: the actor may not manage accounts.
        AccountRefused: unknown, or not_locked.
    """
    require(actor, ACCOUNTS)
    with store.write() as tx:
        account = _known(tx, login)
        if throttle.locked_until(tx, f"account:{account.id}") <= now:
            raise AccountRefused("not_locked", login=account.login)
        _write(tx, actor, throttle.UNLOCKED, account.id, now, why=why)


def end_sessions(
    store: Store, actor: Actor, login: str, *, but: str = "", why: str = "", now: int
) -> int:
    """End every open session of an account, in every browser; how many there were.

    but: the hash of a session that stays open, one's own.

    Raises:
        Denied: the actor may not manage accounts.
        AccountRefused: unknown, or no_sessions.
    """
    require(actor, ACCOUNTS)
    with store.write() as tx:
        account = _known(tx, login)
        ended = open_sessions(tx, account.id, now, but=but)
        if not ended:
            raise AccountRefused("no_sessions", login=account.login)
        stored_sessions.revoke(tx, now, account_id=account.id, but=but)
        _write(tx, actor, "account.sessions", account.id, now, why=why, new={"sessions": ended})
    return ended


def reset(store: Store, actor: Actor, login: str, *, why: str = "", now: int) -> str:
    """Give an account a password for one use, which comes back; its open sessions end.

    Raises:
        Denied: the actor may not manage accounts.
        AccountRefused: unknown, oneself (there is a page to change one's own), or elsewhere (it
            signs in at a provider).
    """
    require(actor, ACCOUNTS)
    given = passwords.for_one_use()
    kept = passwords.hashed(given)
    with store.write() as tx:
        account = _known(tx, login)
        _must_be_another(actor, account)
        if account.subject:
            raise AccountRefused("elsewhere", login=account.login)
        stored.change(tx, account.id, password_hash=kept, password_set=now, must_change=1)
        said = {"sessions": open_sessions(tx, account.id, now), "must_change": True}
        stored_sessions.revoke(tx, now, account_id=account.id)
        _write(tx, actor, throttle.RESET, account.id, now, why=why, new=said)
    return given


def change(
    store: Store,
    actor: Actor,
    login: str,
    *,
    roles: Sequence[str] | None = None,
    agency: str | None = None,
    name: str | None = None,
    why: str = "",
    now: int,
) -> None:
    """Other roles, agency or name; what is None stays. It counts from the next click on.

    Raises:
        Denied: the actor may not manage accounts.
        AccountRefused: as ``add`` and ``disable``; elsewhere_rights: roles and agency of whoever
            signs in at a provider are the provider's to change.
    """
    require(actor, ACCOUNTS)
    with store.write() as tx:
        account = _known(tx, login)
        if account.subject and not (roles is None and agency is None):
            raise AccountRefused("elsewhere_rights", login=account.login)
        wanted = account.roles if roles is None else _checked(roles)
        row: dict[str, object] = {"name": account.name, "agency": account.agency, "roles": wanted}
        if agency is not None:
            row["agency"] = _agency(tx, agency)
        if name is not None and " ".join(name.split()) != account.name:
            row["name"] = " ".join(name.split())
            _must_be_free(tx, str(row["name"]), account.id)
        _must_have_agency(wanted, str(row["agency"]))
        if ADMINISTRATOR in account.roles and ADMINISTRATOR not in wanted:
            _must_be_another(actor, account)
            _must_leave_an_administrator(tx, account)
        old = {"name": account.name, "agency": account.agency, "roles": account.roles}
        if row != old:
            stored.change(tx, account.id, **row)
            _write(tx, actor, "account.change", account.id, now, why=why, old=old, new=row)


def change_password(
    store: Store, actor: Actor, current: str, new: str, *, session: str = "", now: int
) -> None:
    """Set one's own password; every other open session of the account ends.

    Args:
        store: ready.
        actor: whose password it is.
        current: the one that counts until now.
        new: the one to come.
        session: the hash of the session that stays open.
        now: the clock.

    Raises:
        AccountRefused: wrong (current password), locked, same, elsewhere, or a weak one.
    """
    place = throttle.network(actor.came_from)
    with store.read() as tx:
        account = stored.one(tx, actor.account or 0)
        if account is None or not account.password_hash:
            raise AccountRefused("elsewhere", login="")
        waits = throttle.locked(tx, f"account:{account.id}", place, now)
    if waits:
        raise AccountRefused("locked", minutes=throttle.SPAN_MINUTES)
    if not passwords.fits(current, account.password_hash):
        with store.write() as tx:
            throttle.refuse(
                tx,
                f"account:{account.id}",
                place,
                now,
                reason="password",
                by=account.login,
                account=account.id,
            )
        raise AccountRefused("wrong")
    _must_be_strong(new, account.login, account.name)
    if passwords.fits(new, account.password_hash):
        raise AccountRefused("same")
    kept = passwords.hashed(new)
    with store.write() as tx:
        stored.change(tx, account.id, password_hash=kept, password_set=now, must_change=0)
        said = {"sessions": open_sessions(tx, account.id, now, but=session)}
        stored_sessions.revoke(tx, now, account_id=account.id, but=session)
        _write(tx, actor, "account.password", account.id, now, new=said)


# --- what is checked ---------------------------------------------------------------


def _known(tx: Tx, login: str) -> Account:
    account = stored.by_login(tx, plain_login(login))
    if account is None:
        raise AccountRefused("unknown", login=login)
    return account


def _checked(roles: Sequence[str]) -> tuple[str, ...]:
    for role in roles:
        if role not in ROLES:
            raise AccountRefused("unknown_role", role=role, roles=", ".join(ROLES))
    if not roles:
        raise AccountRefused("no_role", roles=", ".join(ROLES))
    return tuple(role for role in ROLES if role in set(roles))


def _agency(tx: Tx, text: str) -> str:
    if not text.strip():
        return ""
    found = Bodies.of(register.agencies(tx, _FOREVER)).key(text)
    if not found:
        raise AccountRefused("unknown_agency", agency=text)
    return found


def _must_have_agency(roles: tuple[str, ...], agency: str) -> None:
    if OFFICER in roles and not agency:
        raise AccountRefused("needs_agency")


def _must_be_strong(password: str, login: str, name: str) -> None:
    weak = passwords.weakness(password, login, name)
    if weak:
        raise AccountRefused(weak, shortest=passwords.SHORTEST, longest=passwords.LONGEST)


def _must_be_free(tx: Tx, name: str, own: int = 0) -> None:
    """Names stand beside figures for ever: no two people have one, nor the local user's."""
    if not name or len(name) > 100:
        raise AccountRefused("bad_name", name=name[:100])
    taken = {one.name.casefold() for one in stored.listing(tx) if one.id != own}
    if name.casefold() in {*taken, LOCAL.name.casefold()}:
        raise AccountRefused("name_taken", name=name)


def _must_be_another(actor: Actor, account: Account) -> None:
    """Nobody shuts the door behind themselves: another administrator does it."""
    if actor.account == account.id:
        raise AccountRefused("oneself", login=account.login)


def _must_leave_an_administrator(tx: Tx, account: Account) -> None:
    others = [
        one
        for one in stored.listing(tx)
        if one.id != account.id and ADMINISTRATOR in one.roles and not one.disabled
    ]
    if ADMINISTRATOR in account.roles and not account.disabled and not others:
        raise AccountRefused("last_administrator", login=account.login)


def _write(
    tx: Tx,
    actor: Actor,
    action: str,
    number: int,
    now: int,
    *,
    why: str = "",
    old: object = None,
    new: object = None,
) -> None:
    audit.add(
        tx,
        now,
        actor.name,
        action,
        f"account:{number}",
        account=actor.account,
        old=old,
        new=new,
        why=why,
        came_from=actor.came_from,
    )
