"""The as-of moment of a run: now, or the past one that the address names."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from html import escape

from i18n.dates import day_text, moment_text
from i18n.words import Words
from services import startup
from services.moments import moment as moment_of
from services.moments import today_of
from services.store import data_version, present

from . import address


@dataclass(frozen=True, slots=True)
class Moment:
    """What a page is drawn as of.

    at: microseconds since 1970 (UTC). day: "today" there, in the province. version: the store's
    data version then. past: whether the address names it. unread: what the address says instead
    of a moment, "" otherwise.
    """

    at: int
    day: date
    version: int
    past: bool = False
    unread: str = ""

    @property
    def key(self) -> tuple[int, str]:
        """What a view depends on: data and day; of a past moment the moment itself."""
        return self.version, str(self.at) if self.past else self.day.isoformat()


def moment() -> Moment:
    """The moment that the address names, else now; a text that names none is kept to be said."""
    text = address.as_of_text()
    if not text:
        return present_moment()
    try:
        at = moment_of(text)
    except ValueError:
        return present_moment(unread=text[:60])
    version = data_version(startup.the_store(), at)
    return Moment(at, today_of(at), version, past=True)


def present_moment(unread: str = "") -> Moment:
    """Now, whatever the address says: what is handed in is never checked against a past."""
    opened = startup.the_store()
    at = present(opened, time.time_ns() // 1000)
    return Moment(at, today_of(at), data_version(opened, at), unread=unread)


def line(seen: Moment, _: Words) -> str:
    """HTML: on which day the figures are known, with the way to another day and back."""
    other = _another_day(seen, _)
    if seen.past:
        said = escape(_("frame.as_of_past", moment=moment_text(seen.at, _.lang)))
        back = escape(_("frame.as_of_leave"))
        here = escape(address.here(as_of=""))
        link = f'<a class="a-reload" href="{here}">{back}</a>'
        return f'<div class="a-past a-asof"><span>{said}</span>{link}{other}</div>'
    said = escape(_("frame.as_of_now", day=day_text(seen.day, _.lang)))
    bad = ""
    if seen.unread:
        bad = f'<p class="a-past" role="alert">{escape(_("frame.as_of_bad", text=seen.unread))}</p>'
    return f'{bad}<div class="a-asof"><span>{said}</span>{other}</div>'


def _another_day(seen: Moment, _: Words) -> str:
    """A small form that opens on request; what the address says otherwise stays."""
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in address.values().items()
        if name != "as_of" and value
    )
    today = seen.day.isoformat()
    return (
        f"<details><summary>{escape(_('frame.as_of_other'))}</summary>"
        f'<form class="a-filter" method="get">{kept}<label for="f-as-of">'
        f"{escape(_('frame.as_of_day'))}"
        f'<input type="date" id="f-as-of" name="as_of" value="{today}"></label>'
        f'<button class="a-button">{escape(_("frame.as_of_show"))}</button></form></details>'
    )
