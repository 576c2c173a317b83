"""The second guard: the first statement of every page."""

from __future__ import annotations

from html import escape

import streamlit as st

from i18n.words import words
from services.access import LOCAL, Actor

from . import address
from .navigation import NEEDS


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
    if actor is None or page not in NEEDS or not actor.may(NEEDS[page]):
        st.html(f'<div class="a-refused" role="alert"><h1>{escape(_("frame.refused"))}</h1></div>')
        st.stop()
    return actor


def _who() -> Actor | None:
    """The account that the first guard let in; while there are no accounts the local user."""
    return LOCAL
