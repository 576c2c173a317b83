"""Whether the audit's chain still fits, from its first line to its newest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from .audit import COLUMNS, NAMES, Entry, digest
from .engine import Tx
from .tables_people import audit

CHANGED, REMOVED, INSERTED = "changed", "removed", "inserted"
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Misfit:
    """The first line that does not fit, and how.

    kind: changed (the line says something else than was written), removed (lines before it are
    missing), inserted (it was put in between later, or stands out of its place).
    """

    kind: str
    line: Entry


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk along the chain found.

    lines: how many fit. newest, newest_at: digest and moment of the newest that fits. met:
    whether the digest looked for was met on the way.
    """

    lines: int
    newest: str
    newest_at: int
    met: bool
    misfit: Misfit | None


def walk(tx: Tx, wanted: str = "") -> Walked:
    """Walk along the chain to its end, or to the first line that does not fit.

    wanted: a digest that was noted earlier, to be met on the way.
    """
    before, moment, fitting, met = "", 0, 0, False
    for line in _lines(tx):
        kind = _how(tx, before, line)
        if kind:
            return Walked(fitting, before, moment, met, _told(tx, kind, before, line))
        before, moment, fitting = line.digest, line.at, fitting + 1
        met = met or line.digest == wanted
    return Walked(fitting, before, moment, met, None)


def _how(tx: Tx, before: str, line: Entry) -> str:
    """How a line does not fit behind a digest, "" where it fits."""
    whole = line.digest == digest(line.previous, {name: getattr(line, name) for name in NAMES})
    if line.previous == before:
        return "" if whole else CHANGED
    if not whole:
        return CHANGED
    return INSERTED if _id_of(tx, line.previous) else REMOVED


def _told(tx: Tx, kind: str, before: str, line: Entry) -> Misfit:
    """The line to name: where lines were put in between, the first of those."""
    number = _id_of(tx, line.previous) if kind == INSERTED else None
    if number is None or number >= line.id:
        return Misfit(kind, line)
    after = sa.select(*COLUMNS).where(audit.c.id > number).order_by(audit.c.id).limit(1)
    (row,) = tx.plain(after)
    return Misfit(kind, Entry(*row))


def _id_of(tx: Tx, wanted: str) -> int | None:
    found = sa.select(audit.c.id).where(audit.c.digest == wanted).limit(1)
    number = tx.connection.execute(found).scalar() if wanted else None
    return None if number is None else int(number)


def _lines(tx: Tx) -> Iterator[Entry]:
    """Every line, oldest first, some thousands at once."""
    last = 0
    while True:
        query = sa.select(*COLUMNS).where(audit.c.id > last).order_by(audit.c.id).limit(_AT_ONCE)
        rows = tx.plain(query)
        yield from (Entry(*row) for row in rows)
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1][0]
