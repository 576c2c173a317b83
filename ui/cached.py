"""Reads that are kept: each under the store, the data version, the day and who asks.

What is kept here is shared by all sessions, so whatever narrows a view (an agency, a role)
belongs to the key.
"""

from __future__ import annotations

import streamlit as st

import settings
from services import startup
from services.overview import Overview, overview

from .moment import Moment

SCOPE = "all"  # without accounts everybody sees the same


def overview_of(seen: Moment, lang: str) -> Overview:
    """The overview as of a moment."""
    return _overview(settings.read().database_url, SCOPE, seen.key, lang, seen.at)


@st.cache_resource(max_entries=64, show_spinner=False)
def _overview(_url: str, _scope: str, key: tuple[int, str], lang: str, _at: int) -> Overview:
    return overview(startup.the_store(), _at, settings.read().assessment(), lang)
