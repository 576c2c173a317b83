"""Chỉ tiêu: one target, its proof and its outlook."""

from html import escape

import streamlit as st

from i18n.words import words
from ui import address, amended, blocks, cached, chart, target
from ui.gate import require_access
from ui.moment import moment

actor = require_access("target")

_ = words(address.language())
theme = blocks.theme()
seen = moment()
codes = cached.codes_of(seen, _.lang)
code = address.asked("code") or (codes[0][0] if codes else "")
view = cached.target_of(seen, code, _.lang)
choose = target.chooser(codes, code, view, _)
blocks.sidebar(_)

if view is None:
    unknown = escape(_("page.target.unknown", code=code))
    st.html(choose + blocks.head(_, seen, unknown, demo=False))
    st.stop()

head = blocks.head(_, seen, target.title(view.row), demo=view.demo)
st.html(choose + head + target.state(view, _, theme))
about = target.facts(view, _) + target.clause(view, _) + amended.of_target(code, seen, _)
if view.chart.readings or view.chart.others:
    left, right = st.columns([3, 2], gap="medium")
    with left:
        chart.history_chart(view.chart, _, theme, key=f"target.chart.{code}")
    right.html(about)
else:
    st.html(about)
st.html(target.tables(view, _, theme) + blocks.foot(_, target.source_line(view, _)))
