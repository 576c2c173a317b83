"""The second guard: the first statement of every page."""

from __future__ import annotations

import time
from html import escape

import streamlit as st

from i18n.words import Words, words
from services import accounts, sessions, startup
from services.access import LOCAL, Actor
from services.sessions import Visit

from . import address, html, person
from .navigation import HOME, NEEDS


def require_access(page: str) -> Actor:
    """Whoever may open a page; for anybody else the run ends here with one sentence.

    It also sets the page's title in the browser.

    Args:
        page: the file's own name, as in ui/navigation.py.
    """
    _ = words(address.language())
    title = _(f"frame.page_{page}")
    st.set_page_config(page_title=f"{title} · {_('frame.title')}", layout="wide")
    actor = _who()
    if actor is None and _must_sign_in():
        person.leave_for_sign_in(_)
    if actor is not None:
        person.signed_in(actor, _)
    if actor is None or page not in NEEDS or not actor.may(NEEDS[page]):
        said = escape(_("frame.refused"))
        st.html(f'<div class="a-refused" role="alert"><h1>{said}</h1></div>{_way_on(actor, _)}')
        st.stop()
    return actor


def _way_on(actor: Actor | None, _: Words) -> str:
    """The way to the first page, for whoever may open that one."""
    if actor is None or not actor.may(NEEDS[HOME]):
        return ""
    return f"<p>{html.link(address.link(HOME), _(f'frame.page_{HOME}'))}</p>"


def who() -> Actor | None:
    """Whoever this run is for, None for somebody who is not let in."""
    return _who()


def _who() -> Actor | None:
    """Whose session it is, asked of the store in every run; without accounts the local user.

    What the first guard let in counts for the websocket's whole life: a session that ended
    since, or an account that was disabled, is found out here.
    """
    if not _must_sign_in():
        return LOCAL
    visit = visit_now()
    return None if visit is None or visit.must_change else visit.actor


def visit_now() -> Visit | None:
    """The session that the websocket was opened with, if it still holds."""
    session = str(st.user.get("session") or "")
    return sessions.visit(startup.the_store(), session, time.time_ns() // 1000)


def _must_sign_in() -> bool:
    return accounts.needed(startup.the_store())
