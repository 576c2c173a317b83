"""Lines of the audit by who, what, about what, a text and days; newest first, page by page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import sqlalchemy as sa

from .audit import COLUMNS, Entry
from .audit_subjects import touches
from .engine import Tx
from .tables_people import audit

_AT_ONCE = 5_000
_TEXTS = ("by", "subject", "old", "new", "why", "came_from")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty values look for everything.

    account: number of who did it. by: the name that was recorded. actions: beginnings of
    actions; other: instead, what begins with none of them. subjects: any of them; codes: of
    targets and indicators; of both together one is enough. text: in any column of text, small
    and capital letters alike. since, until: moments, both included.
    """

    account: int | None = None
    by: str = ""
    actions: tuple[str, ...] = ()
    other: bool = False
    subjects: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    text: str = ""
    since: int | None = None
    until: int | None = None


def page(tx: Tx, wanted: Wanted, *, before: int | None = None, limit: int = 100) -> list[Entry]:
    """So many lines, newest first; before: only lines older than the one with that number."""
    query = sa.select(*COLUMNS).where(*_conditions(tx, wanted)).order_by(audit.c.id.desc())
    if before is not None:
        query = query.where(audit.c.id < before)
    return [Entry(*row) for row in tx.plain(query.limit(limit))]


def oldest_first(tx: Tx, wanted: Wanted) -> Iterator[Entry]:
    """Every line, oldest first, some thousands at once."""
    last = 0
    while True:
        query = sa.select(*COLUMNS).where(audit.c.id > last, *_conditions(tx, wanted))
        rows = tx.plain(query.order_by(audit.c.id).limit(_AT_ONCE))
        yield from (Entry(*row) for row in rows)
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1][0]


def count(tx: Tx, wanted: Wanted) -> int:
    """How many lines there are."""
    query = sa.select(sa.func.count()).select_from(audit).where(*_conditions(tx, wanted))
    return int(tx.connection.execute(query).scalar_one())


def newer(tx: Tx, wanted: Wanted, than: int, limit: int) -> int | None:
    """The number of the line that a page of newer ones is read before; None for the newest page.

    than: the newest line of the page that is shown.
    """
    query = sa.select(audit.c.id).where(audit.c.id > than, *_conditions(tx, wanted))
    rows = tx.plain(query.order_by(audit.c.id).limit(limit + 1))
    return int(rows[-1][0]) if len(rows) > limit else None


def names(tx: Tx) -> list[str]:
    """Every name that was recorded, sorted by its bytes."""
    query = sa.select(audit.c.by).distinct()
    return sorted(row[0] for row in tx.plain(query) if row[0])


def _conditions(tx: Tx, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.account is not None:
        found.append(audit.c.account_id == wanted.account)
    if wanted.by:
        found.append(audit.c.by == wanted.by)
    if wanted.actions:
        begins = sa.or_(*(_begins(one) for one in wanted.actions))
        found.append(sa.not_(begins) if wanted.other else begins)
    about: list[sa.ColumnElement[bool]] = []
    if wanted.subjects:
        about.append(audit.c.subject.in_(wanted.subjects))
    if wanted.codes:
        about.append(touches(wanted.codes))
    if about:
        found.append(sa.or_(*about))
    if wanted.text:
        found.append(_says(tx, wanted.text))
    if wanted.since is not None:
        found.append(audit.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(audit.c.at <= wanted.until)
    return found


def _begins(prefix: str) -> sa.ColumnElement[bool]:
    """Actions with a beginning, as a span of the index."""
    return sa.and_(
        audit.c.action >= prefix, audit.c.action < prefix[:-1] + chr(ord(prefix[-1]) + 1)
    )


def _says(tx: Tx, text: str) -> sa.ColumnElement[bool]:
    """Whether a text stands in a line, small and capital letters alike.

    SQLite only knows that a is A, so there Python looks. A server in the C locale knows no more:
    of other letters it is asked for each usual way to write the text.
    """
    whole: sa.ColumnElement[str] = audit.c[_TEXTS[0]]
    for name in _TEXTS[1:]:
        whole = whole + "\n" + audit.c[name]
    if tx.is_sqlite:
        raw = cast(sqlite3.Connection, tx.connection.connection.driver_connection)
        raw.create_function("says", 2, _holds, deterministic=True)
        return sa.func.says(whole, text.lower()) == 1
    ways = {text, text.lower(), text.upper(), text.capitalize(), text.title()}
    plain = {one.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for one in ways}
    return sa.or_(*(whole.ilike(f"%{one}%", escape="\\") for one in sorted(plain)))


def _holds(whole: str, part: str) -> bool:
    return part in whole.lower()
