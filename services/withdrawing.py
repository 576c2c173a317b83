"""Withdrawing stored figures: they end without another in their place, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db import submission_search as search
from db import submissions as stored
from db.engine import Store
from db.submissions import Cell, FigureKey, Stored
from indicators.periods import parse

from .access import SUBMIT, Actor, require
from .collector import collector_at_rest
from .refusals import Conflict, Moved
from .rights import require_theirs
from .submission_record import open_submission, receipt, record
from .submission_values import REMOVED, WITHDRAWAL, Given, Receipt, Seen


def withdraw(
    store: Store, actor: Actor, figures: Mapping[FigureKey, Seen], *, why: str, now: int
) -> Receipt:
    """End agencies' figures as a submission of its own; as of earlier moments they still stand.

    A published figure of the same key is then the current one again. The submission can be
    taken back like any other.

    Args:
        store: the store.
        actor: who withdraws.
        figures: key -> what the person saw stored for it.
        why: the reason; it is kept with the submission and in the audit.
        now: the clock, in microseconds since 1970 (UTC).

    Raises:
        Denied: the actor may not submit.
        NotTheirs: another agency reports some of the figures.
        Conflict: what is stored is not what was seen; nothing was changed.
        ValueError: no figure, or no reason.
    """
    require(actor, SUBMIT)
    reason = why.strip()
    if not figures or not reason:
        raise ValueError("a withdrawal needs a figure and a reason")
    keys = sorted(figures)
    with collector_at_rest(), store.write() as tx:
        require_theirs(tx, actor, keys, now)
        standing = stored.standing(tx, {key[0] for key in keys})
        _must_stand(figures, standing)
        cells = [_withdrawn(key, standing[key]) for key in keys]
        opened = open_submission(tx, actor, WITHDRAWAL, Given(why=reason), now, cells)
        ended = [standing[key].id for key in keys]
        stored.end_figures(tx, ended, submission=opened.submission, at=opened.at)
        record(tx, actor, opened, "submission.withdraw", cells, reason)
    return receipt(opened, cells)


def still_standing(
    store: Store, submission: int, keys: Iterable[FigureKey]
) -> dict[FigureKey, Seen]:
    """Which of a submission's figures stand as it put them: those that can be withdrawn."""
    wanted = set(keys)
    with store.read() as tx:
        standing = stored.standing(tx, {key[0] for key in wanted})
    return {
        key: Seen(one.value, one.status)
        for key, one in standing.items()
        if key in wanted and one.credited == submission
    }


def standing_figures(
    store: Store,
    *,
    submission: int | None = None,
    indicator: str = "",
    period: str = "",
    area: str | None = None,
) -> dict[FigureKey, Seen]:
    """Agencies' figures that stand, of one submission or of one indicator.

    Args:
        store: ready.
        submission: only what stands as this one put it.
        indicator: its code, "" for any of the submission.
        period: canonical, "" for any.
        area: "" the whole scope, None any.

    Raises:
        ValueError: neither a submission nor an indicator, or the period is none.
    """
    if submission is None and not indicator:
        raise ValueError("a submission or an indicator is needed")
    period = parse(period).text if period else ""
    with store.read() as tx:
        if submission is not None:
            found = search.cells(tx, submission, indicator=indicator, period=period, area=area)
            keys = {(one.indicator, one.area, one.period) for one in found}
        else:
            keys = set(stored.standing(tx, {indicator}))
        standing = stored.standing(tx, {key[0] for key in keys})
    return {
        key: Seen(one.value, one.status)
        for key, one in standing.items()
        if key in keys
        and (submission is None or one.credited == submission)
        and period in ("", key[2])
        and area in (None, key[1])
    }


def _must_stand(figures: Mapping[FigureKey, Seen], standing: Mapping[FigureKey, Stored]) -> None:
    """Refuse where what is stored is not what the person saw."""
    moved = []
    for key, seen in figures.items():
        one = standing.get(key)
        now = Seen(one.value, one.status) if one else Seen(None, "")
        if one is None or now != seen:
            moved.append(Moved(*key, *seen, *now))
    if moved:
        raise Conflict(moved)


def _withdrawn(key: FigureKey, one: Stored) -> Cell:
    indicator, area, period = key
    return Cell("", "", indicator, period, area, one.value, None, REMOVED)
