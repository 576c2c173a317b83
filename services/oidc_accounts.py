"""Accounts of people whom a provider vouches for: made at the first sign-in, kept by its claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from db import accounts as stored
from db import audit, register
from db.accounts import Account
from db.engine import Store, Tx
from settings import Provider

from . import sessions, throttle
from .access import LOCAL, ROLES
from .places import Bodies
from .signin import Opened, open_session, plain_login

_FOREVER = 2**62


class NoRole(Exception):
    """The provider's claims give the person no role here."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the claims describe them; agency: key or name, "" for none."""

    issuer: str
    subject: str
    login: str
    name: str
    roles: tuple[str, ...]
    agency: str

    @staticmethod
    def of(provider: Provider, claims: Mapping[str, Any]) -> Person:
        """The person of checked claims.

        Raises:
            NoRole: no claim gives one of our roles.
        """
        said = _texts(_at(claims, provider.role_claim), apart=True)
        mapping = dict(provider.roles)
        given = {mapping.get(one, "" if mapping else one) for one in said}
        roles = tuple(role for role in ROLES if role in given)
        if not roles:
            raise NoRole
        subject = str(claims["sub"])
        names = [str(claims.get(name) or "") for name in ("preferred_username", "email")]
        login = plain_login(next(filter(None, names), subject))
        shown = " ".join(str(claims.get("name") or login).split())[:100]
        agency = _texts(_at(claims, provider.agency_claim)) if provider.agency_claim else []
        return Person(provider.issuer, subject, login, shown, roles, agency[0] if agency else "")


def unknown_roles(provider: Provider) -> list[str]:
    """What the setting translates claims into that is none of our roles."""
    return sorted({role for _said, role in provider.roles if role not in ROLES})


def enter(store: Store, person: Person, *, came_from: str, browser: str, now: int) -> Opened | None:
    """Open a session for a person, their account made or brought up to date; None if disabled."""
    sessions.key(store)  # the first time it is made, in a transaction of its own
    place = throttle.network(came_from)
    with store.write() as tx:
        account = stored.by_person(tx, person.issuer, person.subject)
        if account is None:
            account = _made(tx, person, place, now)
        if account.disabled:
            audit.add(
                tx,
                now,
                account.login,
                throttle.REFUSED,
                f"account:{account.id}",
                account=account.id,
                new={"reason": "disabled"},
                came_from=place,
            )
            return None
        account = _brought_up_to_date(tx, account, person, place, now)
        return open_session(store, tx, account, address=came_from, browser=browser, now=now)


def turn_away(store: Store, claims: Mapping[str, Any], *, came_from: str, now: int) -> None:
    """Write down that somebody whom the provider vouches for has no role here."""
    names = [str(claims.get(name) or "") for name in ("preferred_username", "email", "sub")]
    with store.write() as tx:
        audit.add(
            tx,
            now,
            "",
            "signin.turned_away",
            f"person:{plain_login(next(filter(None, names), ''))}",
            new={"reason": "no_role"},
            came_from=throttle.network(came_from),
        )


def _made(tx: Tx, person: Person, place: str, now: int) -> Account:
    """A new account; a login that is taken is never taken over: it gets the provider's name."""
    login, name = person.login, person.name
    host = urlsplit(person.issuer).hostname or "oidc"
    if stored.by_login(tx, login):
        login = plain_login(f"{login} {host} {person.subject}")
    taken = {one.name.casefold() for one in stored.listing(tx)} | {LOCAL.name.casefold()}
    if name.casefold() in taken:
        name = f"{name} ({login})"
    agency = _agency(tx, person.agency)
    number = stored.add(
        tx,
        now,
        login=login,
        name=name,
        agency=agency,
        roles=person.roles,
        issuer=person.issuer,
        subject=person.subject,
    )
    row = {"login": login, "name": name, "agency": agency, "roles": person.roles}
    audit.add(tx, now, host, "account.add", f"account:{number}", new=row, came_from=place)
    found = stored.one(tx, number)
    if found is None:
        raise ValueError(f"no account {number}")
    return found


def _brought_up_to_date(tx: Tx, account: Account, person: Person, place: str, now: int) -> Account:
    """Roles and agency as the provider has them today."""
    row = {"roles": person.roles, "agency": _agency(tx, person.agency)}
    old = {"roles": account.roles, "agency": account.agency}
    if row != old:
        stored.change(tx, account.id, **row)
        host = urlsplit(person.issuer).hostname or "oidc"
        audit.add(
            tx,
            now,
            host,
            "account.change",
            f"account:{account.id}",
            old=old,
            new=row,
            came_from=place,
        )
    found = stored.one(tx, account.id)
    return found or account


def _agency(tx: Tx, text: str) -> str:
    """The key of an agency; one that the register does not know is none."""
    return Bodies.of(register.agencies(tx, _FOREVER)).key(text) or "" if text.strip() else ""


def _at(claims: Mapping[str, Any], path: str) -> Any:
    """A claim by its name, or by the names that lead to it (realm_access.roles)."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _texts(value: Any, *, apart: bool = False) -> list[str]:
    """The texts of a claim; one text is one, or several between spaces."""
    if isinstance(value, str):
        return value.split() if apart else [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
