"""Whose figures are whose: what a person may hand in by assignment, and which submissions they see.

An assignment names an agency for a target, for one area or ("") for all of them; the one for the
area goes before the one for all. What nobody is assigned is for the consolidator to hand in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db import register
from db.engine import Store, Tx
from db.submissions import FigureKey, Submission

from .access import SEE_ANY, SUBMIT, SUBMIT_ANY, Actor
from .assignments import ALL_AREAS, REPORT
from .moments import today_of
from .refusals import NotTheirs


@dataclass(frozen=True, slots=True)
class Assigned:
    """Which agency reports what on a day.

    targets: indicator -> codes of the targets that are set for it. agencies: target and area ->
    agency.
    """

    targets: Mapping[str, tuple[str, ...]]
    agencies: Mapping[tuple[str, str], str]

    def reporters(self, indicator: str, area: str) -> frozenset[str]:
        """The agencies that report a figure, one a target; none where nobody is assigned."""
        found = {self.reporter(target, area) for target in self.targets.get(indicator, ())}
        return frozenset(found - {""})

    def reporter(self, target: str, area: str) -> str:
        """The agency that reports a target for an area, "" where nobody is assigned."""
        own = self.agencies.get((target, area))
        return own or self.agencies.get((target, ALL_AREAS), "")


def assigned(tx: Tx, as_of: int) -> Assigned:
    """Who reports what at a moment."""
    day = today_of(as_of)
    targets: dict[str, tuple[str, ...]] = {}
    for one in register.targets(tx, as_of):
        indicator = one.indicator or one.code
        targets[indicator] = (*targets.get(indicator, ()), one.code)
    agencies = {
        (one.target, one.area): one.agency
        for one in register.assignments(tx, as_of)
        if one.role == REPORT and (one.starts is None or one.starts <= day)
    }
    return Assigned(targets, agencies)


def targets_of(tx: Tx, agency: str, as_of: int) -> list[str]:
    """Codes of the targets of which an agency reports at least one area, as documents have them."""
    own = {target for (target, _area), key in assigned(tx, as_of).agencies.items() if key == agency}
    return [one.code for one in register.targets(tx, as_of) if one.code in own]


def not_theirs(tx: Tx, actor: Actor, keys: Iterable[FigureKey], as_of: int) -> list[FigureKey]:
    """The figures that are not the actor's to hand in, in their order."""
    if actor.may(SUBMIT_ANY):
        return []
    who = assigned(tx, as_of)
    theirs: dict[tuple[str, str], bool] = {}
    found = []
    for key in keys:
        place = key[0], key[1]
        if place not in theirs:
            theirs[place] = bool(actor.agency) and actor.agency in who.reporters(*place)
        if not theirs[place]:
            found.append(key)
    return found


def require_theirs(tx: Tx, actor: Actor, keys: Iterable[FigureKey], as_of: int) -> None:
    """Let the actor hand in (or take back) these figures.

    Raises:
        NotTheirs: some are not theirs; the first of them are named.
    """
    found = not_theirs(tx, actor, keys, as_of)
    if found:
        raise NotTheirs(actor.name, SUBMIT_ANY, found)


def refused(store: Store, actor: Actor, keys: Iterable[FigureKey], as_of: int) -> list[FigureKey]:
    """``not_theirs`` for a preview."""
    with store.read() as tx:
        return not_theirs(tx, actor, keys, as_of)


def is_own(actor: Actor, submission: Submission) -> bool:
    """Whether somebody handed it in, or somebody of their agency."""
    if actor.account is None:
        own = submission.account is None and submission.by == actor.name
    else:
        own = submission.account == actor.account
    return own or bool(actor.agency and actor.agency == submission.agency)


def may_see(actor: Actor, submission: Submission) -> bool:
    """Whether somebody may see a submission with its cells, findings and file."""
    return actor.may(SEE_ANY) or (actor.may(SUBMIT) and is_own(actor, submission))


def may_continue(actor: Actor, owner: str, agency: str) -> bool:
    """Whether somebody may go on with an open draft.

    The one who began it, a colleague of the agency for which it was begun, and whoever may hand
    in any agency's figures and see its files. Without SUBMIT nobody, an administrator included.

    Args:
        actor: who asks.
        owner: key of who began it.
        agency: of that person when it was begun, "" for none.
    """
    if not actor.may(SUBMIT):
        return False
    colleague = bool(agency) and agency == actor.agency
    return owner == actor.key or colleague or (actor.may(SUBMIT_ANY) and actor.may(SEE_ANY))
