"""Kịch bản: what would have to happen, beside the official figures and never among them."""

from dataclasses import replace
from html import escape

import streamlit as st

from charts.detail import MOST_SCENARIOS
from i18n.words import words
from services import scenario_desk, scenario_saves, startup
from ui import address, blocks, cached, chart, scenario_form, scenario_saved, scenarios
from ui import scenario_widgets as widgets
from ui.gate import require_access
from ui.moment import moment
from ui.scenario_downloads import downloads, made
from ui.scenario_proposals import proposals

actor = require_access("scenarios")

_ = words(address.language())
theme = blocks.theme()
seen = moment()
blocks.sidebar(_)
at = cached.desk_of(seen)
choices = dict(scenario_desk.choices(at, _.lang))
asked = address.asked("code")
first = asked if asked in choices else next(iter(choices), "")
here = scenarios.form_here(actor, seen, first, _)
form, saved, turn = here.form, here.saved, here.turn

head = st.container()
picked = widgets.targets(form, choices, turn, _)
code = widgets.focus(picked, choices, turn, _)
if not code:
    title = escape(_("scenario.page.title"))
    head.html(blocks.head(_, seen, title, demo=at.known.demo) + scenarios.notice(_))
    st.stop()
takes, best = scenario_desk.lead(at, code, _.lang)
title = blocks.head(_, seen, escape(takes), demo=at.known.demo)
head.html(f'{title}{scenarios.notice(_)}<p class="a-lead">{escape(best)}</p>')

slots: widgets.Slots = {}
units, firsts = scenario_desk.units_and_firsts(at)
widgets.assumptions(form, code, units[code], turn, slots, _)
widgets.formulas(form, frozenset(units), turn, slots, _)
widgets.spread(form, turn, slots, _)
typed = scenario_form.read(form, units, firsts, _)
widgets.say(slots, typed.echoes, typed.wrong)
view = scenario_desk.view(at, typed.document, _.lang) if typed.document else scenario_desk.NOTHING
if typed.wrong or view.problems:
    st.html(scenarios.problems({**typed.wrong, **view.problems}, _))
if saved is not None:
    st.html(scenario_saved.state(saved, view, _))

found = scenario_saves.listing(startup.the_store(), actor, seen.at)
others = scenario_saved.others(at, scenario_saved.chosen(found, _), _.lang)
history = None
page = cached.target_of(seen, code, _.lang)
shown = next((one for one in view.shown if one.code == code), None)
if page is not None:
    lines = [*([shown.line] if shown else []), *scenario_saved.lines(others, code)]
    history = replace(page.chart, scenarios=tuple(lines[:MOST_SCENARIOS]))
    if shown is not None:
        history = replace(history, sentence=scenarios.said(shown, _))
    chart.history_chart(history, _, theme, key=f"scenarios.chart.{code}")
if shown is not None:
    st.html(scenarios.outcome(shown, _) + scenarios.years(shown, _))
tables = scenarios.overview(view, _) + scenarios.clashes(view)
if tables := tables + scenario_saved.comparison(view, others, _):
    st.html(tables)
what = scenario_saved.fields(here, actor, _, ready=bool(view.answer))
scenarios.keep(here)
scenario_saved.act(scenario_saved.press(what, here, typed.document), actor, view, seen, _)
proposals(actor, saved, code, view, _)
downloads(at, made(typed.document, view, code, history, saved, actor), _)
st.html(scenario_saved.listing(found, _) + blocks.foot(_, _("scenario.not_forecast")))
