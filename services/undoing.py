"""Taking a submission back whole, as a submission of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db import submissions as stored
from db.engine import Store, Tx
from db.submissions import Cell, FigureKey, Stored, Submission

from .access import UNDO, UNDO_ANY, Actor, require
from .collector import collector_at_rest
from .refusals import Later, NotUndone
from .rights import is_own, require_theirs
from .submission_record import Opened, open_submission, receipt, record
from .submission_values import REMOVED, RESTORED, UNDOING, Given, Receipt


def undo(store: Store, actor: Actor, submission: int, *, why: str, now: int) -> Receipt:
    """Take a submission back whole, as a new submission: every read is then as before it.

    Raises:
        Denied: the actor may not undo, or not what another agency handed in.
        NotTheirs: another agency reports some of the figures by now.
        NotUndone: no such submission, already taken back, or later submissions changed the
            same figures (listed); nothing was changed.
    """
    require(actor, UNDO)
    with collector_at_rest(), store.write() as tx:
        known = _must_be_there(tx, submission)
        if not is_own(actor, known):
            require(actor, UNDO_ANY)
        put, ended = stored.put_by(tx, submission), stored.ended_by(tx, submission)
        touched = sorted(put.keys() | ended.keys())
        require_theirs(tx, actor, touched, now)
        standing = stored.standing(tx, {key[0] for key in touched})
        _must_be_untouched(tx, submission, touched, put, standing)
        cells = [_taken_back(key, standing.get(key), ended.get(key)) for key in touched]
        given = Given(why=why)
        opened = open_submission(tx, actor, UNDOING, given, now, cells, undoes=submission)
        _put_back(tx, opened, touched, standing, ended)
        record(tx, actor, opened, "submission.undo", cells, why)
    return receipt(opened, cells)


def _must_be_there(tx: Tx, submission: int) -> Submission:
    known = stored.one(tx, submission)
    if known is None:
        raise NotUndone("unknown", submission)
    if known.undone_by is not None:
        raise NotUndone("undone", submission, by_submission=known.undone_by)
    return known


def _must_be_untouched(
    tx: Tx,
    submission: int,
    touched: Sequence[FigureKey],
    put: Mapping[FigureKey, Stored],
    standing: Mapping[FigureKey, Stored],
) -> None:
    """Refuse where what stands now is not what the submission left behind.

    A later change that was itself taken back leaves the same contents: it does not count.
    """
    moved = [key for key in touched if _content(put.get(key)) != _content(standing.get(key))]
    if not moved:
        return
    known = {one.id: one for one in stored.listing(tx)}
    later = []
    for key in moved:
        number = stored.last_to_touch(tx, key)
        one = known[submission if number is None else number]
        now = standing.get(key)
        later.append(Later(one.id, one.at, one.by, *key, now.value if now else None))
    raise NotUndone("later", submission, later)


def _content(one: Stored | None) -> tuple[float, str, str, str, int] | None:
    return None if one is None else one.content


def _taken_back(key: FigureKey, now: Stored | None, before: Stored | None) -> Cell:
    indicator, area, period = key
    return Cell(
        "",
        "",
        indicator,
        period,
        area,
        now.value if now else None,
        before.value if before else None,
        RESTORED if before else REMOVED,
    )


def _put_back(
    tx: Tx,
    opened: Opened,
    touched: Sequence[FigureKey],
    standing: Mapping[FigureKey, Stored],
    before: Mapping[FigureKey, Stored],
) -> None:
    number, at, change = opened
    ended = [standing[key].id for key in touched if key in standing]
    stored.end_figures(tx, ended, submission=number, at=at)
    rows = [
        (*key, one.value, one.status, one.source, one.note, one.credited, one.credited_from)
        for key, one in sorted(before.items())
    ]
    stored.put_figures_back(tx, rows, submission=number, at=at, change=change)
