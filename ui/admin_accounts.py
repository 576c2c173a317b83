"""Part of the administrator's page: accounts."""

from __future__ import annotations

from html import escape

import streamlit as st

from i18n.words import Words
from services.access import Actor

from .moment import Moment


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """Draw the part."""
    st.html(f"<h1>{escape(_('admin.part_accounts'))}</h1>")
