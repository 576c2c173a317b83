"""Submissions: what was handed in, each cell's effect, and the figures they put and end."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from indicators.model import AGENCY

from . import bulk
from .engine import Tx
from .tables_figures import (
    observations,
    submission_cells,
    submission_corrections,
    submission_files,
    submission_findings,
    submissions,
)
from .versioned import halves

FigureKey = tuple[str, str, str]  # indicator, area, period
_MANY = 500


class Stored(NamedTuple):
    """An agency's figure as it stands: its row, what it says, and since when it is known.

    credited and credited_from: the submission that it is due to, and since when it is known.
    """

    id: int
    value: float
    status: str
    source: str
    note: str
    credited: int
    credited_from: int
    submission: int

    @property
    def content(self) -> tuple[float, str, str, str, int]:
        """What a reader sees of it: equal contents look the same whatever their row."""
        return self.value, self.status, self.source, self.note, self.credited


class Correction(NamedTuple):
    """A cell in whose place the officer typed something: its text before and after."""

    sheet: str
    cell: str
    old: str
    new: str


class Cell(NamedTuple):
    """What one cell of a submission did; effect: new, changed, same, restored, removed."""

    sheet: str
    cell: str
    indicator: str
    period: str
    area: str
    old: float | None
    new: float | None
    effect: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A finding as it stood when the submission was committed, and whether it was confirmed."""

    code: str
    severity: str
    sheet: str
    cell: str
    message: str
    args: str = "{}"
    confirmed: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission of the list; file, size and sha256 are "" and None for typed figures.

    undoes: the submission that this one takes back; undone_by: the one that took this back.
    as_of: the day that stood for today in its check. account: who handed it in, None for the
    local user and the shell.
    """

    id: int
    at: int
    kind: str
    by: str
    agency: str
    file: str
    size: int | None
    sha256: str
    new: int
    changed: int
    same: int
    undoes: int | None
    why: str
    as_of: str
    account: int | None = None
    undone_by: int | None = None


_COLUMNS = [
    submissions.c[name]
    for name in (
        *("id", "at", "kind", "by", "agency", "file", "size", "sha256", "new", "changed"),
        *("same", "undoes", "why", "as_of", "account_id"),
    )
]


def add(tx: Tx, row: dict[str, object]) -> int:
    """Record a submission; its number."""
    tx.must_write()
    number = sa.insert(submissions).values(row).returning(submissions.c.id)
    return int(tx.connection.execute(number).scalar_one())


def add_file(tx: Tx, submission: int, content: bytes) -> None:
    """Keep the bytes of a submission's file."""
    row = {"submission_id": submission, "content": content}
    tx.connection.execute(sa.insert(submission_files).values(row))


def add_cells(tx: Tx, submission: int, cells: Iterable[Cell]) -> None:
    """Keep what each cell did, in order."""
    rows = ((position, *cell) for position, cell in enumerate(cells))
    names = ["position", *Cell._fields]
    bulk.insert(tx, submission_cells, names, rows, {"submission_id": submission})


def add_findings(tx: Tx, submission: int, findings: Iterable[Confirmation]) -> None:
    """Keep the findings that stood, in order."""
    rows = [
        (
            *(position, one.code, one.severity, one.sheet, one.cell),
            *(one.message, one.args, int(one.confirmed), one.reason),
        )
        for position, one in enumerate(findings)
    ]
    names = ["position", "code", "severity", "sheet", "cell", "message", "args"]
    more = {"submission_id": submission}
    bulk.insert(tx, submission_findings, [*names, "confirmed", "reason"], rows, more)


def add_corrections(tx: Tx, submission: int, corrections: Iterable[Correction]) -> None:
    """Keep which cells were corrected by hand, in order."""
    rows = [(position, *one) for position, one in enumerate(corrections)]
    columns = ["position", *Correction._fields]
    bulk.insert(tx, submission_corrections, columns, rows, {"submission_id": submission})


def corrections(tx: Tx, submission: int) -> list[Correction]:
    """The cells of a submission's file that were corrected by hand."""
    table = submission_corrections
    query = (
        sa.select(*(table.c[name] for name in Correction._fields))
        .where(table.c.submission_id == submission)
        .order_by(table.c.position)
    )
    return [Correction(*row) for row in tx.plain(query)]


def listing(tx: Tx, as_of: int | None = None) -> list[Submission]:
    """Every submission (by then), newest first, with the undo that holds."""
    query = sa.select(*_COLUMNS).order_by(submissions.c.id)
    if as_of is not None:
        query = query.where(submissions.c.at <= as_of)
    rows = tx.plain(query)
    undone = undone_by(rows)
    return [Submission(*(*row, undone.get(row[0]))) for row in reversed(rows)]


def one(tx: Tx, number: int) -> Submission | None:
    """The submission with that number."""
    return next((row for row in listing(tx) if row.id == number), None)


def undone_by(rows: Sequence[tuple[Any, ...]]) -> dict[int, int]:
    """Which undo holds for which submission: an undo that was itself undone does not.

    rows: submissions as tuples of the columns above, oldest first.
    """
    place = [column.name for column in _COLUMNS].index("undoes")
    holds: dict[int, int] = {}
    for row in reversed(rows):  # a later undo decides whether an earlier one holds
        undoes = row[place]
        if undoes is not None and row[0] not in holds:
            holds.setdefault(undoes, row[0])
    return holds


def cells(tx: Tx, submission: int, *, first: int | None = None, but: str = "") -> list[Cell]:
    """What each cell of a submission did, in order.

    first: only so many. but: leave out those with this effect.
    """
    query = (
        sa.select(*(submission_cells.c[name] for name in Cell._fields))
        .where(submission_cells.c.submission_id == submission)
        .order_by(submission_cells.c.position)
        .limit(first)
    )
    if but:
        query = query.where(submission_cells.c.effect != but)
    return [Cell(*row) for row in tx.plain(query)]


def cell_counts(tx: Tx, numbers: Collection[int]) -> dict[int, int]:
    """How many cells each of these submissions has; those without any are left out."""
    table = submission_cells
    query = (
        sa.select(table.c.submission_id, sa.func.count())
        .where(bulk.among(tx, table.c.submission_id, numbers))
        .group_by(table.c.submission_id)
    )
    return dict(tx.plain(query)) if numbers else {}


def cells_of_figure(tx: Tx, submission: int, key: FigureKey) -> list[Cell]:
    """The cells of a submission that one figure came from."""
    table = submission_cells
    query = (
        sa.select(*(table.c[name] for name in Cell._fields))
        .where(
            table.c.submission_id == submission,
            table.c.indicator == key[0],
            table.c.area == key[1],
            table.c.period == key[2],
        )
        .order_by(table.c.position)
    )
    return [Cell(*row) for row in tx.plain(query)]


def findings(tx: Tx, submission: int) -> list[Confirmation]:
    """The findings that stood when a submission was committed."""
    table = submission_findings
    names = ("code", "severity", "sheet", "cell", "message", "args", "confirmed", "reason")
    query = (
        sa.select(*(table.c[name] for name in names))
        .where(table.c.submission_id == submission)
        .order_by(table.c.position)
    )
    return [Confirmation(*(*row[:6], bool(row[6]), row[7])) for row in tx.plain(query)]


def file_of(tx: Tx, submission: int) -> bytes | None:
    """The bytes of a submission's file, None where it had none."""
    query = sa.select(submission_files.c.content).where(
        submission_files.c.submission_id == submission
    )
    found = tx.connection.execute(query).scalar()
    return None if found is None else bytes(found)


# --- the figures of agencies -------------------------------------------------------

_STORED = [
    observations.c[name]
    for name in (
        *("id", "value", "status", "source", "note", "credited_submission", "credited_from"),
        *("submission_id", "indicator", "area", "period"),
    )
]


def standing(tx: Tx, indicators: Collection[str]) -> dict[FigureKey, Stored]:
    """The agencies' figures of these indicators that stand now."""
    table = observations
    conditions = [table.c.known_to.is_(None), table.c.origin == AGENCY, table.c.series == ""]
    if len(indicators) <= _MANY:
        conditions.append(table.c.indicator.in_(indicators))
    return _by_key(tx, sa.select(*_STORED).where(*conditions))


def put_by(tx: Tx, submission: int) -> dict[FigureKey, Stored]:
    """The figures that a submission put there, whether they still stand or not."""
    return _touched(tx, submission, observations.c.submission_id)


def ended_by(tx: Tx, submission: int) -> dict[FigureKey, Stored]:
    """The figures that a submission ended."""
    return _touched(tx, submission, observations.c.closed_by)


def last_to_touch(tx: Tx, key: FigureKey) -> int | None:
    """The newest submission that put or ended an agency's figure of the key."""
    table = observations
    same = (table.c.indicator == key[0], table.c.area == key[1], table.c.period == key[2])
    rows = tx.plain(halves(table, [table.c.submission_id, table.c.closed_by], *same))
    return max((number for row in rows for number in row if number is not None), default=None)


def _touched(tx: Tx, submission: int, column: sa.ColumnElement[int]) -> dict[FigureKey, Stored]:
    """The figures with a submission in that column, found by the indicators of its cells."""
    cell = submission_cells.c
    named = sa.select(cell.indicator).where(cell.submission_id == submission).distinct()
    codes = [row[0] for row in tx.plain(named)]
    conditions = [column == submission]
    if len(codes) <= _MANY:
        conditions.append(observations.c.indicator.in_(codes))
    return _by_key(tx, halves(observations, _STORED, *conditions))


def _by_key(tx: Tx, query: sa.Executable) -> dict[FigureKey, Stored]:
    return {row[8:]: Stored._make(row[:8]) for row in tx.plain(query)}


_FIGURE = ("indicator", "area", "period", "value", "status", "source", "note")
_CREDIT = ("credited_submission", "credited_from")


def add_figures(
    tx: Tx,
    rows: Iterable[tuple[str, str, str, float, str, str, str]],
    *,
    submission: int,
    at: int,
    change: int,
) -> None:
    """Add agencies' figures that a submission brings, known from ``at``.

    rows: indicator, area, period, value, status, source, note; sorted by these they enter the
    index in its own order, which costs a third less.
    """
    credit = dict(zip(_CREDIT, (submission, at), strict=True))
    bulk.insert(tx, observations, _FIGURE, rows, {**_put(submission, at, change), **credit})


def put_figures_back(
    tx: Tx,
    rows: Iterable[tuple[str, str, str, float, str, str, str, int, int]],
    *,
    submission: int,
    at: int,
    change: int,
) -> None:
    """Add figures again that stood before, known from ``at``, each still due to who brought it.

    rows: as of ``add_figures``, then the credited submission and since when it is credited
        (moment).
    """
    bulk.insert(tx, observations, (*_FIGURE, *_CREDIT), rows, _put(submission, at, change))


def _put(submission: int, at: int, change: int) -> dict[str, object]:
    """What every row of an agency's figures says that a submission puts there."""
    return {
        "origin": AGENCY,
        "known_from": at,
        "submission_id": submission,
        "change_id": change,
    }


def end_figures(tx: Tx, ids: Iterable[int], *, submission: int, at: int) -> None:
    """End figures at a moment, by a submission."""
    numbers = sorted(ids)
    if numbers:
        tx.connection.execute(
            sa.update(observations)
            .where(bulk.among(tx, observations.c.id, numbers))
            .values(known_to=at, closed_by=submission)
        )


def as_json(value: object) -> str:
    """A value as JSON text, Vietnamese letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
