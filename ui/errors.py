"""What people see when something breaks: one sentence and a number to quote, never a traceback."""

from __future__ import annotations

import logging
import secrets
from html import escape

import streamlit as st

from i18n.words import words

from . import address

_log = logging.getLogger("app.incident")


def show_incident(error: Exception) -> bool:
    """Say that something broke, with the number under which the log has it.

    Returns:
        True: Streamlit shows nothing of its own.
    """
    number = secrets.token_hex(4)
    _log.error("incident %s: %s", number, type(error).__name__, exc_info=error)
    _ = words(address.language())
    sentence = escape(_("frame.incident", number=number))
    way_on = escape(_("frame.incident_next"))
    link = escape(_("frame.page_overview"))
    st.html(
        f'<div class="a-refused" role="alert"><p><strong>{sentence}</strong></p>'
        f'<p>{way_on} <a href="/">{link}</a></p></div>'
    )
    return True
