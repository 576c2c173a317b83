"""What was told of a milestone or goal, in words; without an entry it is unknown, never late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.rows import State
from i18n.dates import day_text
from i18n.words import words


@dataclass(frozen=True, slots=True)
class Told:
    """state: "" is: nobody has said. text: state, day and due day in one phrase."""

    state: str
    text: str
    evidence: str = ""
    note: str = ""


def told(state: State | None, due: date | None, lang: str) -> Told:
    """What an entry says: đã hoàn thành ngày 20/11/2025 (hạn 30/11/2025)."""
    _ = words(lang)
    by = _("goal.due", day=day_text(due, lang)) if due else ""
    if state is None:
        return Told("", _("goal.unknown", due=by).rstrip())
    key = state.state if state.day else f"{state.state}_no_day"
    day = day_text(state.day, lang) if state.day else ""
    text = _(f"goal.{key}", day=day, due=by).rstrip()
    return Told(state.state, text, state.evidence, state.note)
