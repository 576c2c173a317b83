"""Tổng quan: what needs attention."""

from html import escape

import streamlit as st

from i18n.words import words
from ui import address, blocks, cached, goals, mine, overview
from ui.gate import require_access
from ui.moment import moment

actor = require_access("overview")

_ = words(address.language())
theme = blocks.theme()
seen = moment()
view = cached.overview_of(seen, _.lang)
asked = overview.asked(view, mine.own(actor, seen))

st.html(
    "".join(
        (
            blocks.head(_, seen, escape(view.first or view.sentence), demo=view.demo),
            f'<p class="a-lead">{escape(view.sentence)}</p>' if view.first else "",
            overview.chips(view, asked, _, theme),
            overview.filters(view, asked, _),
            overview.rows(view, asked, _, theme),
            blocks.foot(_, view.sources, blocks.download(_)),
            overview.waiting(view, asked, _),
            overview.milestones(view.milestones, asked, _),
            goals.section(cached.goals_of(seen, _.lang), asked, _),
        )
    )
)
blocks.sidebar(_)
