"""When each duty to report falls due next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db import register
from db.engine import Store, Tx
from db.rows import Document, Duty, DutyDay
from indicators.dues import Due, next_due
from indicators.periods import Period, whole_year

from .moments import today_of


@dataclass(frozen=True, slots=True)
class NextReport:
    """A duty and what falls due next under it.

    due: None where the text prints no day and nobody set one, or the document's term is over.
    set_by_hand: the day is not the text's but an administrator's.
    """

    duty: Duty
    due: Due | None
    set_by_hand: bool = False


def next_reports(store: Store, as_of: int) -> list[NextReport]:
    """Every duty with its next due day, the soonest first, those without a day last.

    Args:
        store: ready.
        as_of: microseconds since 1970 (UTC); a report due on that very day is late already.
    """
    with store.read() as tx:
        return read(tx, as_of)


def read(tx: Tx, as_of: int) -> list[NextReport]:
    """The same as ``next_reports`` inside an open transaction."""
    day = today_of(as_of)
    documents = {one.key: one for one in register.documents(tx, as_of)}
    by_hand: dict[str, list[DutyDay]] = {}
    for one in register.duty_days(tx, as_of):
        by_hand.setdefault(one.duty, []).append(one)
    found = [
        _next(duty, by_hand.get(duty.key, []), documents.get(duty.document), day)
        for duty in register.duties(tx, as_of)
    ]
    return sorted(found, key=lambda one: (one.due is None, one.due.day if one.due else day))


def _next(
    duty: Duty, by_hand: Sequence[DutyDay], document: Document | None, day: date
) -> NextReport:
    """What falls due next under a duty: the soonest of its days."""
    rules = [(one.day, int(one.part) if one.part else None) for one in by_hand]
    dues = [
        next_due(
            rule,
            duty.period,
            day,
            issued=document.issued if document else None,
            term=document.term if document and document.term[0] else None,
            part=part,
        )
        for rule, part in rules or [(duty.due_rule, None)]
    ]
    known = [due for due in dues if due is not None]
    return NextReport(duty, min(known, key=lambda due: due.day, default=None), bool(rules))


def due_period(tx: Tx, as_of: int) -> Period:
    """The period whose report falls due next; this year where no day is known."""
    asked = [one.due.period for one in read(tx, as_of) if one.due and one.due.period]
    return asked[0] if asked else whole_year(today_of(as_of).year)
