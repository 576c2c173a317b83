"""Yearly plans proposed from a saved scenario: a planner proposes, an administrator decides."""

from __future__ import annotations

from html import escape

import streamlit as st

from i18n.numbers import number
from i18n.words import Words
from services import scenario_plans, startup
from services.access import PLAN, REGISTER, Actor
from services.refusals import Denied
from services.scenario_desk import View
from services.scenario_saves import NoSuch, Saved

from . import html
from .scenario_saved import now, open_scenario, refuse
from .words import plain


def proposals(actor: Actor, saved: Saved | None, code: str, shown: View, _: Words) -> None:
    """What was proposed from this scenario, and the way to propose or to decide."""
    if saved is None or not (saved.proposals or actor.may(PLAN)):
        return
    with st.expander(_("scenario.plan.title"), expanded=bool(saved.proposals)):
        st.html(f'<p class="a-muted">{escape(_("scenario.plan.says"))}</p>{_table(saved, _)}')
        if actor.may(PLAN):
            _propose(actor, saved, code, shown, _)
        if actor.may(REGISTER):
            _decide(actor, saved, _)


def _table(saved: Saved, _: Words) -> str:
    if not saved.proposals:
        return ""
    head = [(_(f"scenario.col.{name}"), "") for name in ("target", "years", "decision", "state")]
    rows = (
        (
            escape(one["code"]),
            escape("; ".join(f"{y}: {number(v, 6, _.lang)}" for y, v in one["values"].items())),
            escape(f"{one['decision']} · {one['by']}"),
            escape(
                " · ".join(t for t in (_(f"scenario.plan.{one['state']}"), one.get("why")) if t)
            ),
        )
        for one in saved.proposals
    )
    return html.table(head, rows)


def _propose(actor: Actor, saved: Saved, code: str, shown: View, _: Words) -> None:
    target = next((t for t in shown.answer.get("targets", ()) if t["code"] == code), None)
    if target is None:
        return
    decision = st.text_input(
        _("scenario.plan.decision", code=code), max_chars=200, key=f"scenarios.decision.{saved.key}"
    )
    if st.button(
        _("scenario.plan.propose"), disabled=not decision.strip(), key="scenarios.propose"
    ):
        try:
            scenario_plans.propose(
                startup.the_store(), actor, saved.key, target, decision, now=now()
            )
        except (NoSuch, Denied):
            refuse(_("scenario.saved.gone"))
            return
        open_scenario(saved.key)


def _decide(actor: Actor, saved: Saved, _: Words) -> None:
    """Two buttons for each proposal that waits."""
    for one in saved.proposals:
        if one["state"] != scenario_plans.WAITING:
            continue
        name = plain(f"{one['code']} · {one['decision']}")
        why = st.text_input(_("scenario.plan.why", name=name), key=f"scenarios.why.{one['id']}")
        with st.container(horizontal=True):
            yes = st.button(_("scenario.plan.confirm", name=name), key=f"scenarios.yes.{one['id']}")
            no = st.button(_("scenario.plan.refuse", name=name), key=f"scenarios.no.{one['id']}")
        try:
            if yes:
                _confirm(actor, saved, one["id"], _)
            elif no:
                scenario_plans.refuse(
                    startup.the_store(), actor, saved.key, one["id"], why, now=now()
                )
                open_scenario(saved.key)
        except (NoSuch, Denied):
            refuse(_("scenario.saved.gone"))


def _confirm(actor: Actor, saved: Saved, proposal: str, _: Words) -> None:
    report = scenario_plans.confirm(startup.the_store(), actor, saved.key, proposal, now=now())
    if not report.refused:
        open_scenario(saved.key)
    refuse(" ".join(f"{one.message} {one.fix}" for one in report.findings))
