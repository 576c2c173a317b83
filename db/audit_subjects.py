"""What lines of the audit are about: facts of a submission, and which lines are about a target."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from .columns import metadata
from .engine import Tx
from .tables_figures import observations, submissions
from .tables_people import audit

_NAMED_BY = ("target", "indicator", "code")  # columns of a key that hold a target's code


def submission(tx: Tx, number: int) -> dict[str, object]:
    """What the line of a submission tells of it beside its figures: file, undone submission."""
    names = ("file", "size", "sha256", "undoes")
    query = sa.select(*(submissions.c[name] for name in names)).where(submissions.c.id == number)
    rows = tx.plain(query)
    told = dict(zip(names, rows[0], strict=True)) if rows else {}
    return {name: value for name, value in told.items() if value not in (None, "")}


def touches(codes: Iterable[str]) -> sa.ColumnElement[bool]:
    """The condition that a line is about one of some targets or indicators.

    Either by its subject, or because its change put or ended a row of theirs.
    """
    wanted = sorted(set(codes))
    changed: list[sa.Select[tuple[int]]] = []
    for table in metadata.tables.values():
        for name in _NAMED_BY:
            if name in table.info.get("key", ()) and table.name != observations.name:
                changed.append(sa.select(table.c.change_id).where(table.c[name].in_(wanted)))
    mine = observations.c.indicator.in_(wanted)
    for half in (observations.c.known_to.is_(None), observations.c.known_to.is_not(None)):
        changed.append(sa.select(observations.c.change_id).where(half, mine))
    closed = sa.select(
        sa.literal("submission:") + sa.cast(observations.c.closed_by, sa.String())
    ).where(observations.c.known_to.is_not(None), mine, observations.c.closed_by.is_not(None))
    return sa.or_(
        audit.c.subject.in_(wanted),
        audit.c.change_id.in_(sa.union(*changed)),
        audit.c.subject.in_(closed),
    )
