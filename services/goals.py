"""The goals without a figure: their clause, what would show them, what was told of them."""

from __future__ import annotations

from dataclasses import dataclass

from db import register
from db.engine import Store
from i18n.seed_texts import seed_text

from .state_words import Told, told

GOAL = "goal"


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal in words. asks: what would show it. doubt: what is unclear in the text."""

    code: str
    wording: str
    asks: str
    lead: str
    locator: str
    told: Told
    doubt: str


@dataclass(frozen=True, slots=True)
class GoalGroup:
    """The goals of one document, in its order."""

    document: str
    title: str
    lines: tuple[GoalLine, ...]


@dataclass(frozen=True, slots=True)
class Goals:
    """All goals; told: of how many somebody has said something."""

    told: int
    total: int
    groups: tuple[GoalGroup, ...]


def goals(store: Store, as_of: int, lang: str = "vi") -> Goals:
    """The goals and what was known of them at a moment.

    Args:
        store: ready.
        as_of: microseconds since 1970 (UTC).
        lang: "vi" or "en".
    """
    with store.read() as tx:
        documents = register.documents(tx, as_of)
        found = register.goals(tx, as_of)
        states = {one.code: one for one in register.states(tx, as_of) if one.subject == GOAL}
    lines: dict[str, list[GoalLine]] = {one.key: [] for one in documents}
    for one in found:
        line = GoalLine(
            one.code,
            one.wording_vi,
            seed_text(one.what_would_show_it, lang),
            one.lead_vi,
            one.locator,
            told(states.get(one.code), one.due, lang),
            seed_text(one.doubt, lang),
        )
        lines.setdefault(one.document, []).append(line)
    titles = {one.key: f"{one.kind_vi} {one.number}".strip() for one in documents}
    return Goals(
        told=sum(one.code in states for one in found),
        total=len(found),
        groups=tuple(
            GoalGroup(key, titles.get(key, key), tuple(group))
            for key, group in lines.items()
            if group
        ),
    )
