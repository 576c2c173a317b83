"""Observations as of a moment, their revisions, and how new ones get in.

A published figure is versioned by where it stands in print; of an agency's figures at most one
is open for each indicator, area, period and series.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from indicators.model import AGENCY, PUBLISHED, Observation
from indicators.periods import parse as parse_period

from . import versioned
from .changes import Change
from .engine import Tx
from .tables_figures import observations as table
from .tables_figures import submissions
from .versioned import Put, Row, halves, seen_at

_HOURS = timezone(timedelta(hours=7))  # Asia/Ho_Chi_Minh, without summer time since 1975
_DAY = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

COLUMNS = (
    *("indicator", "area", "period", "value", "status", "source", "source_url", "series"),
    *("origin", "bound", "known_from", "known_assumed", "submission", "note", "id"),
)
_STORED = [
    table.c[{"known_from": "credited_from", "submission": "credited_submission"}.get(name, name)]
    for name in COLUMNS
]
_REVISION = [*_STORED, *(table.c[n] for n in ("known_from", "known_to", "submission_id"))]
_REVISION.append(table.c.closed_by)
_MANY = 500


@dataclass(frozen=True, slots=True)
class Revision:
    """One row that a key ever had, with the moments between which it counted.

    observation.submission is the one that the figure is due to; ``recorded_in`` the one that
    put this row there (an undo puts an older figure there again), ``closed_by`` the one that
    ended it; both None for published figures. by: who recorded it.
    """

    observation: Observation
    known_from: int
    known_to: int | None
    recorded_in: int | None
    closed_by: int | None
    by: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a published figure stands in print."""

    source_title: str
    publisher: str
    source_url: str
    published_on: str
    quote: str


def tuples(tx: Tx, as_of: int, codes: Collection[str] | None = None) -> list[tuple[Any, ...]]:
    """Every figure known at a moment as a plain tuple in the order of COLUMNS.

    All series, published and agency's, sorted by indicator and within it in the order in which
    they were recorded. period is text, known_from in microseconds since 1970 (UTC; since when
    the figure itself was known, also where an undo put it back), known_assumed 0 or 1,
    submission the one that the figure is due to.

    codes: only these indicators.
    """
    return sorted(_known(tx, as_of, codes), key=_order)


def known(tx: Tx, as_of: int, codes: Collection[str] | None = None) -> list[Observation]:
    """The same as ``tuples``, as observations."""
    once: dict[str, str] = {}
    same = once.setdefault
    found = []
    for row in _known(tx, as_of, codes):
        code, area, period, value, status, source, url, series, origin, bound = row[:10]
        found.append(
            Observation(
                *(same(code, code), same(area, area), parse_period(period), value),
                *(same(status, status), same(source, source), same(url, url), series),
                *(same(origin, origin), bound, day_of(row[10]), bool(row[11]), *row[12:]),
            )
        )
    found.sort(key=_order)
    return found


def observation(row: tuple[Any, ...]) -> Observation:
    """The observation that a tuple of ``tuples`` stands for."""
    values = (*row[:2], parse_period(row[2]), *row[3:10], day_of(row[10]), bool(row[11]))
    return Observation(*values, *row[12:])


def _known(tx: Tx, as_of: int, codes: Collection[str] | None) -> Iterator[tuple[Any, ...]]:
    """What ``tuples`` gives, in no order."""
    if codes is not None and len(codes) <= _MANY:
        asked = table.c.indicator.in_(codes)
        return tx.streamed(halves(table, _STORED, asked, as_of=as_of))
    found = tx.streamed(sa.select(*_STORED).where(seen_at(table, as_of)))
    if codes is None:
        return found
    wanted = set(codes)
    return (row for row in found if row[0] in wanted)


def history(
    tx: Tx, indicator: str, area: str, period: str, as_of: int | None = None
) -> list[Revision]:
    """Every row that one indicator, area and period had (by then), oldest first."""
    same = (table.c.indicator == indicator, table.c.area == area, table.c.period == period)
    return _revisions(tx, halves(table, _REVISION, *same), as_of)


def replaced(tx: Tx, indicator: str, as_of: int) -> dict[tuple[str, str], list[Revision]]:
    """Of an indicator's figures that agencies gave more than once (by then): every row they had.

    (area, period) -> the rows that submissions put there, oldest first.
    """
    own = (table.c.indicator == indicator, table.c.submission_id.is_not(None))
    ended = (table.c.known_to.is_not(None), table.c.known_from <= as_of)
    if not tx.plain(sa.select(table.c.id).where(*own, *ended).limit(1)):
        return {}  # the usual case needs no look at what stands
    found: dict[tuple[str, str], list[Revision]] = {}
    for one in _revisions(tx, halves(table, _REVISION, *own), as_of):
        key = (one.observation.area, one.observation.period.text)
        found.setdefault(key, []).append(one)
    return {key: rows for key, rows in found.items() if len(rows) > 1}


def _revisions(tx: Tx, query: sa.Executable, as_of: int | None) -> list[Revision]:
    """The revisions that a query for the columns of one gives, oldest first."""
    rows = [row for row in tx.plain(query) if as_of is None or row[15] <= as_of]
    rows.sort(key=lambda row: (row[15], row[14]))
    names = _who(tx, {row[17] for row in rows if row[17] is not None})
    return [Revision(*(observation(row[:15]), *row[15:], names.get(row[17], ""))) for row in rows]


def _who(tx: Tx, numbers: set[int]) -> dict[int, str]:
    """Who handed in which submission."""
    query = sa.select(submissions.c.id, submissions.c.by).where(submissions.c.id.in_(numbers))
    return {row[0]: row[1] for row in tx.plain(query)}


def citations(tx: Tx, ids: Collection[int]) -> dict[int, Citation]:
    """Where the published figures with these numbers stand in print."""
    names = ("source_title", "publisher", "source_url", "published_on", "quote")
    query = sa.select(table.c.id, *(table.c[name] for name in names)).where(
        table.c.id.in_(ids), table.c.origin == PUBLISHED
    )
    return {row[0]: Citation(*row[1:]) for row in tx.connection.execute(query)}


def counts(tx: Tx, as_of: int) -> dict[str, int]:
    """How many figures each indicator has at a moment; without one it is left out."""
    query = (
        sa.select(table.c.indicator, sa.func.count())
        .where(seen_at(table, as_of))
        .group_by(table.c.indicator)
    )
    return {row[0]: row[1] for row in tx.connection.execute(query)}


def put_published(tx: Tx, rows: Iterable[Row], change: Change) -> Put:
    """Store published figures; each row names ``known_from``, its moment of publication.

    The natural key is indicator, area, period, series and source_url. A figure that is new to
    the store is known from its publication on; one that differs from the stored version closes
    that now, and counts from now on.

    Raises:
        ValueError: an unknown column, a key twice, or a row without known_from.
    """
    given = []
    for row in rows:
        if "known_from" not in row:
            raise ValueError(f"a published figure without known_from: {dict(row)}")
        more = {"origin": PUBLISHED, "credited_from": row["known_from"]}
        given.append({**row, **more, "known_assumed": int(bool(row.get("known_assumed")))})
    return versioned.put(tx, table, given, change, added_from=0)


def withdraw_published(tx: Tx, keys: Iterable[versioned.Key], change: Change) -> int:
    """Close published figures (indicator, area, period, series, source_url); how many."""
    return versioned.withdraw(tx, table, keys, change)


def published_keys(tx: Tx) -> set[versioned.Key]:
    """The keys of every published figure that stands."""
    query = sa.select(*(table.c[name] for name in table.info["key"])).where(
        table.c.known_to.is_(None), table.c.origin == PUBLISHED
    )
    return {tuple(row) for row in tx.connection.execute(query)}


def has_agency_figures(tx: Tx) -> bool:
    """Whether anybody ever submitted a figure."""
    query = sa.select(table.c.id).where(table.c.origin == AGENCY).limit(1)
    return tx.connection.execute(query).first() is not None


@lru_cache(maxsize=4096)
def day_of(moment: int) -> date:
    """The province's day of a moment in microseconds since 1970 (UTC)."""
    return (_EPOCH + timedelta(microseconds=moment)).astimezone(_HOURS).date()


def _order(row: tuple[Any, ...]) -> tuple[str, int]:
    return row[0], row[14]
