"""Cá nhân: who I am here, my password, my language, where I begin, what I follow."""

from html import escape

import streamlit as st

from i18n.words import words
from ui import address, blocks, cached, profile
from ui.gate import require_access
from ui.moment import moment

actor = require_access("profile")

_ = words(address.language())
seen = moment()
view = cached.overview_of(seen, _.lang)

st.html(f"<h1>{escape(_('frame.page_profile'))}</h1>{profile.person(actor, _)}")
profile.settings_form(actor, view, _)
st.html(profile.followed(actor, view, _, blocks.theme()))
blocks.sidebar(_)
