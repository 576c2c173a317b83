"""Yearly plans from a scenario: a planner proposes them, an administrator confirms or refuses.

A proposal is a part of its scenario until then; confirmed, its values come in as any yearly
plan does, under the decision's number, with all the checks of a file of plans.
"""

from __future__ import annotations

import csv
import io
import secrets
from dataclasses import dataclass, replace
from typing import Any

from db.engine import Store

from . import access, plans
from .access import Actor
from .file_report import FileReport
from .scenario_saves import NoSuch, Saved, current, keep_proposals, listing

Json = dict[str, Any]
WAITING, CONFIRMED, REFUSED = "waiting", "confirmed", "refused"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits: of which scenario, by whom, the value of each year."""

    key: str
    scenario: str
    code: str
    decision: str
    by: str
    values: tuple[tuple[str, float], ...]

    @property
    def name(self) -> str:
        """Scenario and decision in one text."""
        return f"{self.scenario} · {self.decision}"


def waiting(store: Store, actor: Actor, as_of: int) -> list[Waiting]:
    """The proposals that nobody has decided on, those of the newest scenario first.

    Raises:
        Denied: the actor may not change the register.
    """
    access.require(actor, access.REGISTER)
    return [
        Waiting(
            found.key,
            found.name,
            one["code"],
            one["decision"],
            one["by"],
            tuple(sorted(one["values"].items())),
        )
        for found in listing(store, actor, as_of)
        for one in found.proposals
        if one["state"] == WAITING
    ]


def propose(
    store: Store,
    actor: Actor,
    key: str,
    target: Json,
    decision: str,
    *,
    now: int,
    locator: str = "",
) -> Saved:
    """Propose the yearly values that a scenario gives for a target.

    Args:
        store: ready.
        actor: a planner who may see the scenario.
        key: of the saved scenario.
        target: its result as ``scenarios.as_json`` gave it; the years after its figure are
            proposed, with the indicator's decimals (of a cumulative target each year's amount).
        decision: number of the decision that would set them.
        now: microseconds since 1970 (UTC).
        locator: where in the decision.

    Raises:
        Denied: no planner.
        NoSuch: there is no such scenario for this person.
        ValueError: no decision is named, or no year lies ahead.
    """
    access.require(actor, access.PLAN)
    if not decision.strip():
        raise ValueError("no decision")
    decimals = target["decimals"]
    values = {str(row["year"]): round(row["amount"], decimals) for row in target["years"][1:]}
    if not values:
        raise ValueError(f"no year ahead: {target['code']}")
    proposal: Json = {
        "id": secrets.token_urlsafe(6),
        "code": target["code"],
        "indicator": target["indicator"],
        "values": values,
        "decision": decision.strip()[:200],
        "locator": locator.strip()[:200],
        "by": actor.name,
        "at": now,
        "state": WAITING,
    }
    with store.write() as tx:
        found = replace(current(tx, actor, key, now), shared=True)  # who decides has to see it
        return keep_proposals(tx, actor, found, (*found.proposals, proposal), now, "propose")


def confirm(store: Store, actor: Actor, key: str, proposal: str, *, now: int) -> FileReport:
    """Take a proposal's values over as yearly plans; with an error nothing is stored.

    Raises:
        Denied: the actor may not change the register.
        NoSuch: there is no such proposal waiting.
    """
    access.require(actor, access.REGISTER)
    with store.read() as tx:
        one = _waiting(current(tx, actor, key, now), proposal)
    report = plans.add(store, actor, _csv(one), f"kich-ban-{key}.csv", now=now)
    if not report.refused:
        _decide(store, actor, key, proposal, CONFIRMED, "", now)
    return report


def refuse(store: Store, actor: Actor, key: str, proposal: str, why: str, *, now: int) -> Saved:
    """Refuse a proposal, with the reason.

    Raises:
        Denied, NoSuch: as ``confirm``.
    """
    access.require(actor, access.REGISTER)
    return _decide(store, actor, key, proposal, REFUSED, why, now)


def _decide(
    store: Store, actor: Actor, key: str, proposal: str, state: str, why: str, now: int
) -> Saved:
    with store.write() as tx:
        found = current(tx, actor, key, now)
        one = _waiting(found, proposal)
        decided = {**one, "state": state, "decided_by": actor.name, "decided_at": now, "why": why}
        left = tuple(decided if other is one else other for other in found.proposals)
        return keep_proposals(tx, actor, found, left, now, state)


def _waiting(found: Saved, proposal: str) -> Json:
    for one in found.proposals:
        if one["id"] == proposal and one["state"] == WAITING:
            return one
    raise NoSuch(proposal)


def _csv(one: Json) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["indicator", "period", "value", "document", "locator"])
    for year, value in one["values"].items():
        # Seven decimals: never taken for thousands, whichever way a point is read.
        row = [one["indicator"], year, f"{value:.7f}", one["decision"], one["locator"]]
        writer.writerow(row)
    return out.getvalue().encode()
