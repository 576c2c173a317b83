"""Submissions: committed whole or not at all, taken back whole, listed.

The kinds: upload (a workbook), entry (typed in), figures (another system's CSV), undo.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from db import audit, changes
from db import submissions as stored
from db.engine import Store, Tx
from db.submissions import Cell, Confirmation, FigureKey, Stored, Submission
from indicators.model import STATUSES
from indicators.periods import parse

from .access import SUBMIT, UNDO, UNDO_ANY, Actor, require
from .collector import collector_at_rest
from .refusals import Conflict, Later, Moved, NotUndone
from .submission_values import (
    CHANGED,
    ENTRY,
    FIGURES,
    NEW,
    REMOVED,
    RESTORED,
    SAME,
    UNDOING,
    UPLOAD,
    Expected,
    Figure,
    File,
    Given,
    Receipt,
    Seen,
)

__all__ = [
    "CHANGED",
    "ENTRY",
    "FIGURES",
    "NEW",
    "REMOVED",
    "RESTORED",
    "SAME",
    "UNDOING",
    "UPLOAD",
    "Cell",
    "Confirmation",
    "Figure",
    "File",
    "Given",
    "Receipt",
    "Seen",
    "Submission",
    "commit",
    "fingerprint",
    "listing",
    "preview",
    "seen",
    "undo",
]


def seen(store: Store, keys: Iterable[FigureKey]) -> dict[FigureKey, Seen]:
    """What agencies' figures are stored for the keys: to show in a preview and hand to ``commit``.

    A key for which none is stored is left out. Published figures are not among them: an
    agency's figure stands beside those, it does not change them.
    """
    wanted = set(keys)
    with store.read() as tx:
        standing = stored.standing(tx, {key[0] for key in wanted})
    return {key: Seen(one.value, one.status) for key, one in standing.items() if key in wanted}


def fingerprint(found: Mapping[FigureKey, Seen]) -> str:
    """A short text that is equal only where the stored figures are: for a draft to keep."""
    lines = sorted(f"{'|'.join(key)}|{one.value!r}|{one.status}" for key, one in found.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def preview(values: Iterable[Figure], found: Mapping[FigureKey, Seen]) -> list[Cell]:
    """What storing the figures would do, one cell each, in their order.

    Raises:
        ValueError: a key comes twice, or a figure is none.
    """
    given = list(values)
    _check(given)
    return [_effect(figure, found.get(figure[:3])) for figure in given]


def commit(
    store: Store,
    actor: Actor,
    values: Iterable[Figure],
    *,
    kind: str,
    expected: Expected,
    given: Given,
    now: int,
) -> Receipt:
    """Store the figures as one submission: all of them or none.

    A figure equal to the stored one (same value, same or lower status) is the same: nothing is
    written for it. Another closes the stored one, which stays readable as of earlier moments.

    Args:
        store: the store.
        actor: who hands in.
        values: each key once.
        kind: upload, entry or figures.
        expected: what the preview found stored (``seen``) or its ``fingerprint``; None to
            store without a preview.
        given: file, findings and confirmations, reason.
        now: the clock, in microseconds since 1970 (UTC); the moment of the submission is that,
            or just after the store's newest change.

    Raises:
        Denied: the actor may not submit.
        Conflict: the stored figures moved since the preview; nothing was stored.
        ValueError: a key comes twice, or a figure is none.
    """
    require(actor, SUBMIT)
    figures = list(values)
    _check(figures)
    with collector_at_rest(), store.write() as tx:
        standing = stored.standing(tx, {figure.indicator for figure in figures})
        _must_stand(figures, standing, expected)
        cells = [_effect(figure, standing.get(figure[:3])) for figure in figures]
        opened = _open(tx, actor, kind, given, now, cells)
        _write(tx, opened, figures, cells, standing)
        _record(tx, actor, opened, "submission.commit", cells, given.why)
    return _receipt(opened, cells)


def undo(store: Store, actor: Actor, submission: int, *, why: str, now: int) -> Receipt:
    """Take a submission back whole, as a new submission: every read is then as before it.

    Raises:
        Denied: the actor may not undo, or not what somebody else handed in.
        NotUndone: no such submission, already taken back, or later submissions changed the
            same figures (listed); nothing was changed.
    """
    require(actor, UNDO)
    with collector_at_rest(), store.write() as tx:
        known = _must_be_there(tx, submission)
        if known.by != actor.name and (not actor.agency or known.agency != actor.agency):
            require(actor, UNDO_ANY)
        put, ended = stored.put_by(tx, submission), stored.ended_by(tx, submission)
        touched = sorted(put.keys() | ended.keys())
        standing = stored.standing(tx, {key[0] for key in touched})
        _must_be_untouched(tx, submission, touched, put, standing)
        cells = [_taken_back(key, standing.get(key), ended.get(key)) for key in touched]
        given = Given(why=why)
        opened = _open(tx, actor, UNDOING, given, now, cells, undoes=submission)
        _put_back(tx, opened, touched, standing, ended)
        _record(tx, actor, opened, "submission.undo", cells, why)
    return _receipt(opened, cells)


def listing(store: Store, as_of: int | None = None) -> list[Submission]:
    """Every submission (by a moment), newest first."""
    with store.read() as tx:
        return stored.listing(tx, as_of)


# --- what is written ---------------------------------------------------------------


class _Opened(NamedTuple):
    submission: int
    at: int
    change: int


_NOTHING = Seen(None, "")


def _check(figures: Sequence[Figure]) -> None:
    for period in {figure.period for figure in figures}:
        if parse(period).text != period:
            raise ValueError(f"no canonical period: {period}")
    for figure in figures:
        if figure.status not in _RANK or not math.isfinite(figure.value):
            raise ValueError(f"no figure: {figure}")
    if len({figure[:3] for figure in figures}) != len(figures):
        raise ValueError("a figure comes twice")


def _effect(figure: Figure, found: Seen | Stored | None) -> Cell:
    indicator, area, period, value, status, _, _, sheet, cell = figure
    if found is None:
        return Cell(sheet, cell, indicator, period, area, None, value, NEW)
    same = found.value == value and _RANK[status] <= _RANK[found.status]
    effect = SAME if same else CHANGED
    return Cell(sheet, cell, indicator, period, area, found.value, value, effect)


_RANK = {status: rank for rank, status in enumerate(STATUSES)}


def _must_stand(
    figures: Sequence[Figure], standing: Mapping[FigureKey, Stored], expected: Expected
) -> None:
    """Refuse where what is stored is not what the preview showed."""
    if expected is None:
        return
    now = {
        key: Seen(standing[key].value, standing[key].status)
        for key in (figure[:3] for figure in figures)
        if key in standing
    }
    if isinstance(expected, str):
        if fingerprint(now) != expected:
            raise Conflict
        return
    moved = [
        Moved(*key, *expected.get(key, _NOTHING), *now.get(key, _NOTHING))
        for key in (figure[:3] for figure in figures)
        if expected.get(key) != now.get(key)
    ]
    if moved:
        raise Conflict(moved)


def _open(
    tx: Tx,
    actor: Actor,
    kind: str,
    given: Given,
    now: int,
    cells: Sequence[Cell],
    undoes: int | None = None,
) -> _Opened:
    """Record the submission itself with its file, cells and findings."""
    change = changes.begin(tx, kind, actor.name, given.file.name if given.file else "", now)
    number = changes.record(tx, change)
    effects = [cell.effect for cell in cells]
    content = given.file.content if given.file else None
    submission = stored.add(
        tx,
        {
            "at": change.at,
            "kind": kind,
            "by": actor.name,
            "agency": actor.agency,
            "file": given.file.name if given.file else "",
            "size": None if content is None else len(content),
            "sha256": "" if content is None else hashlib.sha256(content).hexdigest(),
            **{effect: effects.count(effect) for effect in (NEW, CHANGED, SAME)},
            "undoes": undoes,
            "why": given.why,
            "as_of": given.as_of,
            "confirmed": given.confirmed,
            "change_id": number,
        },
    )
    if content is not None:
        stored.add_file(tx, submission, content)
    stored.add_cells(tx, submission, cells)
    stored.add_findings(tx, submission, given.findings)
    return _Opened(submission, change.at, number)


def _write(
    tx: Tx,
    opened: _Opened,
    figures: Sequence[Figure],
    cells: Sequence[Cell],
    standing: Mapping[FigureKey, Stored],
) -> None:
    number, at, change = opened
    written = [figure for figure, cell in zip(figures, cells, strict=True) if cell.effect != SAME]
    ended = [standing[key].id for key in (one[:3] for one in written) if key in standing]
    stored.end_figures(tx, ended, submission=number, at=at)
    rows = [(*figure[:7], number, at) for figure in written]
    stored.add_figures(tx, rows, submission=number, at=at, change=change)


def _record(
    tx: Tx, actor: Actor, opened: _Opened, action: str, cells: Sequence[Cell], why: str
) -> None:
    effects = [cell.effect for cell in cells]
    audit.add(
        tx,
        opened.at,
        actor.name,
        action,
        f"submission:{opened.submission}",
        account=actor.account,
        new={effect: effects.count(effect) for effect in dict.fromkeys(effects)},
        why=why,
        came_from=actor.came_from,
        change=opened.change,
    )


def _receipt(opened: _Opened, cells: Sequence[Cell]) -> Receipt:
    effects = [cell.effect for cell in cells]
    return Receipt(
        opened.submission,
        opened.at,
        effects.count(NEW),
        effects.count(CHANGED),
        effects.count(SAME),
        tuple(cells),
        effects.count(RESTORED) + effects.count(REMOVED),
    )


# --- taking back -------------------------------------------------------------------


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
    opened: _Opened,
    touched: Sequence[FigureKey],
    standing: Mapping[FigureKey, Stored],
    before: Mapping[FigureKey, Stored],
) -> None:
    number, at, change = opened
    ended = [standing[key].id for key in touched if key in standing]
    stored.end_figures(tx, ended, submission=number, at=at)
    rows = [
        (*key, one.value, one.status, one.source, one.note, one.credited, one.credited_from)
        for key, one in before.items()
    ]
    stored.add_figures(tx, rows, submission=number, at=at, change=change)
