"""The overview's filter for one's own targets: those one follows, those of one's agency."""

from __future__ import annotations

from dataclasses import dataclass

from i18n.words import Words
from services import mine, startup
from services.access import Actor

from . import address, html
from .moment import Moment


@dataclass(frozen=True, slots=True)
class Own:
    """choices: what somebody may ask for. which: what the address asks for, "" for no filter."""

    choices: tuple[str, ...] = ()
    which: str = ""
    codes: frozenset[str] = frozenset()

    def fits(self, code: str) -> bool:
        """Whether a target is among those asked for."""
        return not self.which or code in self.codes

    def select(self, _: Words) -> str:
        """HTML: the choice, nothing for somebody who has none."""
        if not self.choices:
            return ""
        every = ("", _("page.overview.all"))
        named = [(one, _(f"mine.{one}")) for one in self.choices]
        return html.select("mine", _("mine.label"), [every, *named], self.which)

    def none(self, _: Words) -> str:
        """Why nothing is among them, and where that is changed."""
        return _(f"mine.none_{self.which}") if self.which and not self.codes else ""


NOT_ASKED = Own()


def own(actor: Actor, seen: Moment) -> Own:
    """What somebody may ask for, and what they do."""
    store = startup.the_store()
    choices = mine.choices(store, actor)
    which = address.asked("mine")
    if which not in choices:
        return Own(choices)
    return Own(choices, which, mine.codes(store, actor, which, seen.at))
