"""How a submission itself is written down: its row, file, cells, findings and audit line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from db import audit, audit_subjects, changes
from db import submissions as stored
from db.engine import Tx
from db.submissions import Cell

from .access import Actor
from .submission_values import CHANGED, NEW, REMOVED, RESTORED, SAME, Given, Receipt

MOST_FIGURES = 40  # told in the audit's line; the submission itself keeps every cell


class Opened(NamedTuple):
    """A submission that is being written: its number, its moment, its change's number."""

    submission: int
    at: int
    change: int


def open_submission(
    tx: Tx,
    actor: Actor,
    kind: str,
    given: Given,
    now: int,
    cells: Sequence[Cell],
    undoes: int | None = None,
) -> Opened:
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
            "account_id": actor.account,
        },
    )
    if content is not None:
        stored.add_file(tx, submission, content)
    stored.add_cells(tx, submission, cells)
    stored.add_findings(tx, submission, given.findings)
    stored.add_corrections(tx, submission, given.corrections)
    return Opened(submission, change.at, number)


def record(
    tx: Tx, actor: Actor, opened: Opened, action: str, cells: Sequence[Cell], why: str
) -> None:
    """Write the line of the audit: counts, file, and the first figures as they were and are."""
    effects = [cell.effect for cell in cells]
    figures = list(islice(_written(cells), MOST_FIGURES))
    old = {_key(cell): cell.old for cell in figures if cell.old is not None}
    new = {_key(cell): cell.new for cell in figures if cell.new is not None}
    counts = {effect: effects.count(effect) for effect in dict.fromkeys(effects)}
    audit.add(
        tx,
        opened.at,
        actor.name,
        action,
        f"submission:{opened.submission}",
        account=actor.account,
        old=old or None,
        new={**counts, **audit_subjects.submission(tx, opened.submission), **new},
        why=why,
        came_from=actor.came_from,
        change=opened.change,
    )


def _written(cells: Sequence[Cell]) -> Iterator[Cell]:
    return (cell for cell in cells if cell.effect != SAME)


def _key(cell: Cell) -> str:
    return " ".join(part for part in ("figure", cell.indicator, cell.period, cell.area) if part)


def receipt(opened: Opened, cells: Sequence[Cell]) -> Receipt:
    """What the person gets."""
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
