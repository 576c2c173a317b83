"""Who began an open draft, for which agency, who wrote in it last, and who typed which cell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .access import Actor
from .draft_choices import Choices

_KEY = "trail"


@dataclass(frozen=True, slots=True)
class Trail:
    """The people of a draft, by the names they had.

    by, agency: who began it, and their agency then, "" for none. last_by: who wrote in it last.
    typed_by: sheet -> cell -> who typed over it.
    """

    by: str = ""
    agency: str = ""
    last_by: str = ""
    typed_by: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def after(self, actor: Actor, before: Choices, choices: Choices) -> Trail:
        """The trail once somebody's choices follow others."""
        typed: dict[str, dict[str, str]] = {}
        for sheet, cells in choices.corrections.items():
            stood, known = before.corrections.get(sheet, {}), self.typed_by.get(sheet, {})
            for cell, text in cells.items():
                same = stood.get(cell) == text
                typed.setdefault(sheet, {})[cell] = known.get(cell, "") if same else actor.name
        return replace(self, last_by=actor.name, typed_by=typed)


def begun(actor: Actor) -> Trail:
    """The trail of a draft that somebody begins."""
    return Trail(actor.name, actor.agency, actor.name)


def to_state(choices: Choices, trail: Trail) -> str:
    """Choices and trail as the store keeps them."""
    people = {
        "by": trail.by,
        "agency": trail.agency,
        "last_by": trail.last_by,
        "typed_by": {sheet: dict(cells) for sheet, cells in trail.typed_by.items()},
    }
    return json.dumps({**choices.as_dict(), _KEY: people}, ensure_ascii=False)


def from_state(text: str) -> tuple[Choices, Trail]:
    """Back from ``to_state``; a state without a trail has an empty one."""
    said = json.loads(text or "{}")
    return Choices.from_dict(said), Trail(**said.get(_KEY, {}))
