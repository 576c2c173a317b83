"""The targets that are somebody's own: those they follow, those of their agency."""

from __future__ import annotations

from db import register
from db.engine import Store

from . import preferences
from .access import Actor
from .moments import today_of

FOLLOWED, AGENCY = "followed", "agency"


def choices(store: Store, actor: Actor) -> tuple[str, ...]:
    """Which of the two somebody may choose from: what they follow, if anything; their agency."""
    follows = actor.account is not None or bool(preferences.of(store, actor).follows)
    return (*((FOLLOWED,) if follows else ()), *((AGENCY,) if actor.agency else ()))


def codes(store: Store, actor: Actor, which: str, as_of: int) -> frozenset[str]:
    """The targets that somebody follows, or that their agency reports or leads at a moment.

    An agency's are those that an assignment names it for, wholly or for an area, and those that
    the text itself gives it to.

    Raises:
        ValueError: ``which`` is neither.
    """
    if which == FOLLOWED:
        return frozenset(preferences.of(store, actor).follows)
    if which != AGENCY:
        raise ValueError(f"no such choice: {which!r}")
    if not actor.agency:
        return frozenset()
    day = today_of(as_of)
    with store.read() as tx:
        assigned = {
            one.target
            for one in register.assignments(tx, as_of)
            if one.agency == actor.agency and (one.starts is None or one.starts <= day)
        }
        names = {one.name_vi for one in register.agencies(tx, as_of) if one.key == actor.agency}
        led = {one.code for one in register.targets(tx, as_of) if one.lead_vi in names}
    return frozenset(assigned | led)
