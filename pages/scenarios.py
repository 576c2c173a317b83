"""Kịch bản: what would have to happen, beside the official figures and never among them."""

from html import escape

import streamlit as st

from i18n.words import words
from services import scenario_desk, scenario_saves, startup
from services.scenario_ranges import beginning
from ui import address, blocks, cached, scenario_saved, scenario_targets, scenarios
from ui.gate import require_access
from ui.moment import moment
from ui.scenario_downloads import downloads
from ui.scenario_live import Around, Now, live
from ui.scenario_proposals import proposals

actor = require_access("scenarios")

_ = words(address.language())
seen = moment()
blocks.sidebar(_)
at = cached.desk_of(seen)
choices = dict(scenario_desk.choices(at, _.lang))
asked = address.asked("code")
first = asked if asked in choices else next(iter(choices), "")
here = scenarios.form_here(actor, seen, at, first, _)
form, saved, turn = here.form, here.saved, here.turn

head = st.container()
picked = scenario_targets.targets(form, at, choices, turn, _)
code = scenario_targets.focus(picked, choices, turn, _)
if not code:
    title = escape(_("scenario.page.title"))
    head.html(blocks.head(_, seen, title, demo=at.known.demo) + scenarios.notice(_))
    st.stop()
takes, best = scenario_desk.lead(at, code, _.lang)
title = blocks.head(_, seen, escape(takes), demo=at.known.demo)
said = scenario_saved.state(saved, at, _) if saved is not None else ""
head.html(f'{title}{scenarios.notice(_)}<p class="a-lead">{escape(best)}</p>{said}')

found = scenario_saves.listing(startup.the_store(), actor, seen.at)
part = st.container()
with st.container():
    others = scenario_saved.others(at, scenario_saved.chosen(found, _), _.lang)
units, firsts = scenario_desk.units_and_firsts(at)
page = cached.target_of(seen, code, _.lang)
now = Now()
with part:
    live(
        Around(
            actor,
            at,
            here,
            code,
            beginning(at, code),
            units,
            firsts,
            page.chart if page is not None else None,
            others,
            blocks.theme(),
        ),
        now,
        _,
    )
what = scenario_saved.fields(here, actor, _, ready=bool(now.ready))
scenarios.keep(here)
scenario_saved.act(scenario_saved.press(what, here, now.document), actor, now.view, seen, _)
proposals(actor, saved, code, now.view, _)
downloads(at, now, code, saved, actor, _)
st.html(scenario_saved.listing(found, _) + blocks.foot(_, _("scenario.not_forecast")))
