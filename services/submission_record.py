"""How a submission itself is written down: its row, file, cells, findings and audit line."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from db import audit, changes
from db import submissions as stored
from db.engine import Tx
from db.submissions import Cell

from .access import Actor
from .submission_values import CHANGED, NEW, REMOVED, RESTORED, SAME, Given, Receipt


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
    """Write the line of the audit."""
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
