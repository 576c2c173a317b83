"""Accounts as an administrator sees them: who, which rights, in which state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import settings
from db import accounts as stored
from db import register
from db import sessions as stored_sessions
from db.accounts import Account
from db.engine import Store, Tx
from i18n.sorting import sort_key

from . import throttle
from .access import ACCOUNTS, Actor, require
from .signin import ONE_USE_DAYS

_FOREVER = 2**62
_MINUTE = 60_000_000
_DAY = 24 * 60 * _MINUTE


@dataclass(frozen=True, slots=True)
class Line:
    """One account as an administrator sees it. locked_until: 0 where it is not locked.

    local: signs in here, not at an OIDC provider. sessions: how many are open. expired: the
    password for one use was not used in time. agency_name: "" where the register knows none.
    provider: host of the OIDC provider, "" for a local account.
    """

    id: int
    login: str
    name: str
    agency: str
    roles: tuple[str, ...]
    local: bool
    disabled: bool
    must_change: bool
    locked_until: int
    created: int
    seen: int | None
    sessions: int
    expired: bool = False
    agency_name: str = ""
    provider: str = ""

    @property
    def usable(self) -> bool:
        """Whether one can sign in with it at this moment."""
        return not (self.disabled or self.locked_until or self.expired)


def listing(store: Store, actor: Actor, now: int) -> list[Line]:
    """Every account by login.

    Raises:
        Denied: the actor may not manage accounts.
    """
    require(actor, ACCOUNTS)
    with store.read() as tx:
        names = {one.key: one.name_vi for one in register.agencies(tx, _FOREVER)}
        return [_line(tx, one, names, now) for one in stored.listing(tx)]


def agencies(store: Store, actor: Actor) -> list[tuple[str, str]]:
    """Key and name of every agency that an account can belong to, by name.

    Raises:
        Denied: the actor may not manage accounts.
    """
    require(actor, ACCOUNTS)
    with store.read() as tx:
        found = register.agencies(tx, _FOREVER)
    return sorted(((one.key, one.name_vi) for one in found), key=lambda one: sort_key(one[1]))


def open_sessions(tx: Tx, account: int, now: int, *, but: str = "") -> int:
    """How many sessions of an account are open, one left out."""
    idle = settings.read().idle_minutes * _MINUTE
    found = stored_sessions.of_account(tx, account)
    return sum(
        one.expires > now and now - one.seen < idle and one.token_hash != but for one in found
    )


def _line(tx: Tx, one: Account, names: Mapping[str, str], now: int) -> Line:
    until = throttle.locked_until(tx, f"account:{one.id}")
    return Line(
        *(one.id, one.login, one.name, one.agency, one.roles, not one.subject, one.disabled),
        *(one.must_change, until if until > now else 0, one.created, one.seen),
        sessions=open_sessions(tx, one.id, now),
        expired=one.must_change and now - (one.password_set or 0) > ONE_USE_DAYS * _DAY,
        agency_name=names.get(one.agency, ""),
        provider=(urlsplit(one.issuer).hostname or one.issuer) if one.subject else "",
    )
