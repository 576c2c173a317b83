"""The part of Kịch bản that is drawn again with every move: fields, chart, what comes out.

It runs by itself (a fragment), so that a slider does not wait for the rest of the page. What the
rest needs (to save, to take away) it leaves in ``Now``, which both hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import streamlit as st

from charts.detail import MOST_SCENARIOS
from charts.history import History
from i18n.words import Words
from services import scenario_desk
from services.access import Actor
from services.scenario_desk import Desk, View
from services.scenario_presets import presets
from services.scenario_ranges import Beginning
from services.scenario_weights import weights

from . import chart, gate, scenario_form, scenario_saved, scenarios
from . import scenario_widgets as widgets
from .scenarios import Here

Json = dict[str, Any]


@dataclass(slots=True)
class Now:
    """What stands on the screen: the document that the fields say, worked out, and its chart.

    ready: whether it could be worked out when the rest of the page was drawn last.
    """

    document: Json | None = None
    view: View = scenario_desk.NOTHING
    history: History | None = None
    ready: bool | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What the part is drawn with; none of it changes with a move.

    units, firsts: of each target. history: of the target in focus as its own page draws it.
    others: saved scenarios that are compared.
    """

    actor: Actor
    at: Desk
    here: Here
    code: str
    start: Beginning
    units: dict[str, str]
    firsts: dict[str, int]
    history: History | None
    others: Sequence[View]
    theme: str


@st.fragment
def live(around: Around, now: Now, _: Words) -> None:
    """Draw the part; where the rest of the page has to follow, all of it."""
    if now.ready is not None and gate.who() != around.actor:
        st.rerun()  # a session that ended since: the page's own gate says so
    left, right = st.columns([2, 3], gap="large")
    with left:
        typed = _fields(around, _)
    view = scenario_desk.NOTHING
    if typed.document is not None:
        view = scenario_desk.view(around.at, typed.document, _.lang)
    now.document, now.view, now.history = typed.document, view, None
    with right:
        if typed.wrong or view.problems:
            st.html(scenarios.problems({**typed.wrong, **view.problems}, _))
        _picture(around, now, _)
    tables = scenarios.clashes(view) + scenarios.overview(view, _) + scenarios.drivers(view, _)
    if tables := tables + scenario_saved.comparison(view, around.others, _):
        st.html(tables)
    scenarios.keep(around.here)
    ready = bool(view.answer)
    if now.ready is not None and now.ready != ready:
        st.rerun()
    now.ready = ready


def _fields(around: Around, _: Words) -> scenario_form.Typed:
    """The form, and the document that it says."""
    form = around.here.form
    panel = widgets.Panel(form, around.here.turn, around.start, _)
    st.html(f'<p class="a-muted">{escape(_("scenario.form.live_say"))}</p>')
    widgets.assumptions(panel, around.code, around.units[around.code])
    widgets.formulas(panel, frozenset(around.units), presets(around.at, around.code))
    widgets.spread(panel)
    typed = scenario_form.read(form, around.units, around.firsts, _)
    widgets.say(panel.slots, typed.echoes, typed.wrong)
    return typed


def _picture(around: Around, now: Now, _: Words) -> None:
    """The chart with the scenario on it, and what comes out in words and numbers."""
    code = around.code
    shown = next((one for one in now.view.shown if one.code == code), None)
    if around.history is not None:
        lines = [*([shown.line] if shown else []), *scenario_saved.lines(around.others, code)]
        history = replace(around.history, scenarios=tuple(lines[:MOST_SCENARIOS]))
        if shown is not None:
            history = replace(history, sentence=scenarios.said(shown, _))
        now.history = history
        chart.history_chart(history, _, around.theme, key=f"scenarios.chart.{code}")
    if shown is not None:
        found = weights(around.at, now.document, code, _.lang) if now.document else []
        tables = scenarios.years(shown, _) + scenarios.weights(found, _)
        st.html(scenarios.outcome(shown, _) + tables)
