"""Submissions: committed whole or not at all, taken back whole, listed.

The kinds: upload (a workbook), entry (typed in), figures (another system's CSV), undo, withdraw.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from db import submissions as stored
from db.engine import Store, Tx
from db.submissions import Cell, Confirmation, FigureKey, Stored, Submission
from indicators.model import STATUSES
from indicators.periods import parse

from .access import SUBMIT, Actor, require
from .collector import collector_at_rest
from .refusals import Conflict, Moved
from .rights import require_theirs
from .submission_record import Opened, open_submission, receipt, record
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
    WITHDRAWAL,
    Expected,
    Figure,
    File,
    Given,
    Receipt,
    Seen,
)
from .undoing import undo
from .withdrawing import still_standing, withdraw

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
    "WITHDRAWAL",
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
    "still_standing",
    "undo",
    "withdraw",
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
    lines = sorted(
        f"{'|'.join(key)}|{one.value!r}|{one.status}"
        for key, one in found.items()
        if one.value is not None
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def preview(values: Iterable[Figure], found: Mapping[FigureKey, Seen]) -> list[Cell]:
    """What storing the figures would do, one cell each, in their order.

    Raises:
        ValueError: a key comes twice, or a figure is none.
    """
    given = list(values)
    _check(given)
    return _effects(given, found)


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
        NotTheirs: some figures are not reported by the actor's agency; nothing was stored.
        Conflict: the stored figures moved since the preview; nothing was stored.
        ValueError: a key comes twice, or a figure is none.
    """
    require(actor, SUBMIT)
    figures = list(values)
    keys = _check(figures)
    with collector_at_rest(), store.write() as tx:
        require_theirs(tx, actor, keys, now)
        standing = stored.standing(tx, {key[0] for key in keys})
        _must_stand(keys, standing, expected)
        cells = _effects(figures, standing)
        opened = open_submission(tx, actor, kind, given, now, cells)
        _write(tx, opened, figures, cells, standing)
        record(tx, actor, opened, "submission.commit", cells, given.why)
    return receipt(opened, cells)


def listing(store: Store, as_of: int | None = None) -> list[Submission]:
    """Every submission (by a moment), newest first."""
    with store.read() as tx:
        return stored.listing(tx, as_of)


# --- what is written ---------------------------------------------------------------


_NOTHING = Seen(None, "")


def _check(figures: Sequence[Figure]) -> list[FigureKey]:
    """The figures' keys, in their order; a hundred thousand are looked through, so by tuple."""
    for period in {figure[2] for figure in figures}:
        if parse(period).text != period:
            raise ValueError(f"no canonical period: {period}")
    known = {figure[4] for figure in figures} <= _RANK.keys()
    if not known or not all(map(math.isfinite, map(itemgetter(3), figures))):
        raise ValueError(f"no figure: {next(one for one in figures if not _is_figure(one))}")
    keys = [figure[:3] for figure in figures]
    if len(set(keys)) != len(keys):
        raise ValueError("a figure comes twice")
    return keys


def _is_figure(figure: Figure) -> bool:
    return figure.status in _RANK and math.isfinite(figure.value)


def _effects(
    figures: Sequence[Figure], found: Mapping[FigureKey, Seen] | Mapping[FigureKey, Stored]
) -> list[Cell]:
    if not found:  # the usual large file is all new
        return [
            Cell(sheet, cell, indicator, period, area, None, value, NEW)
            for indicator, area, period, value, _, _, _, sheet, cell in figures
        ]
    return [_effect(figure, found.get(figure[:3])) for figure in figures]


def _effect(figure: Figure, found: Seen | Stored | None) -> Cell:
    indicator, area, period, value, status, _, _, sheet, cell = figure
    if found is None or found.value is None:
        return Cell(sheet, cell, indicator, period, area, None, value, NEW)
    same = found.value == value and _RANK[status] <= _RANK[found.status]
    effect = SAME if same else CHANGED
    return Cell(sheet, cell, indicator, period, area, found.value, value, effect)


_RANK = {status: rank for rank, status in enumerate(STATUSES)}


def _must_stand(
    keys: Sequence[FigureKey], standing: Mapping[FigureKey, Stored], expected: Expected
) -> None:
    """Refuse where what is stored is not what the preview showed."""
    if expected is None:
        return
    now = {
        key: Seen(standing[key].value, standing[key].status)
        for key in (keys if standing else ())
        if key in standing
    }
    if isinstance(expected, str):
        if fingerprint(now) != expected:
            raise Conflict
        return
    if now == expected:
        return
    moved = [
        Moved(*key, *expected.get(key, _NOTHING), *now.get(key, _NOTHING))
        for key in keys
        if expected.get(key, _NOTHING) != now.get(key, _NOTHING)
    ]
    if moved:
        raise Conflict(moved)


def _write(
    tx: Tx,
    opened: Opened,
    figures: Sequence[Figure],
    cells: Sequence[Cell],
    standing: Mapping[FigureKey, Stored],
) -> None:
    number, at, change = opened
    written = [one for one, cell in zip(figures, cells, strict=True) if cell[7] != SAME]
    written.sort()
    if standing:
        ended = [standing[key].id for key in (one[:3] for one in written) if key in standing]
        stored.end_figures(tx, ended, submission=number, at=at)
    rows = (figure[:7] for figure in written)
    stored.add_figures(tx, rows, submission=number, at=at, change=change)
