"""Accounts: who may sign in, with which roles, for which agency."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from .engine import Tx
from .tables_people import accounts


@dataclass(frozen=True, slots=True)
class Account:
    """One person. issuer, subject: who they are at an OIDC provider, "" for a local account.

    password_hash "": signs in elsewhere. created, seen, password_set: moments.
    settings: what the person chose for themselves.
    """

    id: int
    login: str
    name: str
    agency: str
    roles: tuple[str, ...]
    issuer: str
    subject: str
    password_hash: str = field(repr=False)
    password_set: int | None
    must_change: bool
    disabled: bool
    created: int
    seen: int | None
    settings: dict[str, Any]


def add(
    tx: Tx,
    now: int,
    *,
    login: str,
    name: str,
    agency: str,
    roles: tuple[str, ...],
    password_hash: str = "",
    must_change: bool = False,
    issuer: str = "",
    subject: str = "",
) -> int:
    """Add an account; its number.

    Raises:
        ValueError: the login is taken.
    """
    tx.must_write()
    if by_login(tx, login) is not None:
        raise ValueError(f"taken: {login}")
    row = {
        "login": login,
        "name": name,
        "agency": agency,
        "roles": json.dumps(roles),
        "issuer": issuer,
        "subject": subject,
        "password_hash": password_hash,
        "password_set": now if password_hash else None,
        "must_change": int(must_change),
        "created": now,
        "settings": "{}",
    }
    added = sa.insert(accounts).values(row).returning(accounts.c.id)
    return int(tx.connection.execute(added).scalar_one())


def change(tx: Tx, number: int, **values: object) -> None:
    """Write some columns of an account anew; roles and settings are kept as JSON."""
    tx.must_write()
    row = {
        name: json.dumps(value, ensure_ascii=False) if name in {"roles", "settings"} else value
        for name, value in values.items()
    }
    tx.connection.execute(sa.update(accounts).where(accounts.c.id == number).values(row))


def exist(tx: Tx) -> bool:
    """Whether there is any account, disabled ones counted."""
    return tx.connection.execute(sa.select(accounts.c.id).limit(1)).scalar() is not None


def one(tx: Tx, number: int) -> Account | None:
    """The account with that number."""
    return _first(tx, accounts.c.id == number)


def by_login(tx: Tx, login: str) -> Account | None:
    """The account with that login."""
    return _first(tx, accounts.c.login == login)


def by_person(tx: Tx, issuer: str, subject: str) -> Account | None:
    """The account of a person at an OIDC provider."""
    return _first(tx, accounts.c.issuer == issuer, accounts.c.subject == subject)


def listing(tx: Tx) -> list[Account]:
    """Every account by login."""
    query = sa.select(*_COLUMNS).order_by(accounts.c.login)
    return [account(row) for row in tx.plain(query)]


def _first(tx: Tx, *conditions: sa.ColumnElement[bool]) -> Account | None:
    rows = tx.plain(sa.select(*_COLUMNS).where(*conditions).limit(1))
    return account(rows[0]) if rows else None


_COLUMNS = tuple(accounts.c[name] for name in Account.__dataclass_fields__)


def account(row: tuple[Any, ...]) -> Account:
    """An account from the columns of ``Account`` in their order."""
    (number, login, name, agency, roles, issuer, subject, hashed, since, *rest) = row
    must_change, disabled, created, seen, settings = rest
    return Account(
        *(number, login, name, agency, tuple(json.loads(roles or "[]")), issuer, subject),
        *(hashed, since, bool(must_change), bool(disabled), created, seen),
        json.loads(settings or "{}"),
    )
