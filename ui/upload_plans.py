"""A column of plans that was left aside: taken over as yearly plans by who may do that."""

from __future__ import annotations

from html import escape

import streamlit as st

from i18n.words import Words
from services import plan_column, startup
from services.access import REGISTER, Actor
from services.drafts import Draft
from services.plan_column import PlanLine
from services.uploads import Checked

from . import html
from .clock import now
from .moment import Moment

SHOWN = 50


def ask(actor: Actor, draft: Draft, checked: Checked, seen: Moment, _: Words) -> None:
    """Show the plans of the file, ask for the document that sets them, and take them over."""
    figures = plan_column.found_in(checked.result)
    said = st.session_state.pop("upload.plans.said", "")
    if said:
        st.html(f'<p class="a-past" role="status">{escape(said)}</p>')
    if not figures or not actor.may(REGISTER):
        return
    store = startup.the_store()
    with st.expander(_("upload.plans_title", n=len(figures))):
        lines = plan_column.lines(store, figures[:SHOWN], seen.at, _.lang)
        st.html(f"<p>{escape(_('upload.plans_says'))}</p>{_table(lines, _)}")
        key = f"upload.plans.{draft.id}"
        document = st.text_input(_("upload.plans_document"), max_chars=300, key=f"{key}.document")
        locator = st.text_input(_("upload.plans_locator"), max_chars=300, key=f"{key}.locator")
        pressed = st.button(
            _("upload.plans_take", n=len(figures)),
            disabled=not document.strip(),
            key="upload.plans.take",
        )
        if not pressed:
            return
        taken = plan_column.take(
            store, actor, figures, draft.file.name, document=document, locator=locator, now=now()
        )
        if taken.problems:
            items = "".join(f"<li>{escape(text)}</li>" for text in taken.problems[:SHOWN])
            none = escape(_("upload.plans_refused"))
            st.html(f'<div role="alert"><p>{none}</p><ul>{items}</ul></div>')
            return
    st.session_state["upload.plans.said"] = _(
        "upload.plans_taken", added=taken.added, changed=taken.changed, same=taken.same
    )
    st.rerun()


def _table(lines: list[PlanLine], _: Words) -> str:
    names = ("target", "period", "area", "new", "where")
    head = [(_(f"page.upload.col_{name}"), "a-number" if name == "new" else "") for name in names]
    rows = (
        (
            f'{escape(line.name)} <span class="a-muted">{escape(line.code)}</span>',
            escape(line.period),
            escape(line.area or _("page.target.whole")),
            escape(line.value),
            escape(line.where),
        )
        for line in lines
    )
    return html.table(head, rows)
