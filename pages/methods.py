"""Phương pháp: how targets are judged, how chances are made, how far both can be trusted."""

from html import escape

import streamlit as st

from i18n.words import words
from ui import address, blocks, cached, methods
from ui.gate import require_access
from ui.moment import moment

actor = require_access("methods")

_ = words(address.language())
theme = blocks.theme()
seen = moment()
view = cached.methods_of(seen, address.asked("code"), _.lang)

st.html(
    "".join(
        (
            blocks.head(_, seen, escape(view.sentence), demo=view.demo),
            f'<p class="a-lead">{escape(view.lead)}</p>',
            methods.contents(view, _),
            methods.scale(view, _, theme),
            methods.default(view, _, theme),
            methods.forecast(view, _, theme),
            methods.others(view, _, theme),
            methods.settings(view, _),
            methods.current(view, _),
            blocks.foot(_, _("methodpage.foot", day=view.day)),
        )
    )
)
blocks.sidebar(_)
