"""Correcting small mistakes where they are shown: what is typed counts in the place of the cell."""

from __future__ import annotations

from html import escape

import streamlit as st

from i18n.words import Words
from services import drafts, preview, startup
from services.access import Actor
from services.drafts import Draft
from services.preview import Correctable
from services.uploads import Checked

from .clock import now
from .words import plain

AT_ONCE = 20


def ask(actor: Actor, draft: Draft, checked: Checked, _: Words) -> None:
    """A field for each cell that is wrong, odd or typed over; the whole file is checked anew."""
    found = preview.correctable(checked, _.lang)
    if not found or draft.kind != drafts.UPLOAD:
        return
    title = _("upload.fix_title", n=len(found))
    wrong = checked.result.outcome == "reject"
    with st.expander(title, expanded=wrong or bool(draft.choices.corrections)):
        if len(found) > AT_ONCE:
            st.html(f"<p>{_('upload.fix_first', n=AT_ONCE)}</p>")
        key = f"upload.fix.{draft.id}.{draft.choices.key}"
        with st.form(key, border=False):
            typed = {(one.sheet, one.cell): _field(one, key, _) for one in found[:AT_ONCE]}
            pressed = st.form_submit_button(_("upload.fix_check"), type="primary")
    if pressed:
        corrections = drafts.corrected(draft.choices.corrections, found, typed)
        choices = drafts.retyped(draft.choices, corrections=corrections)
        drafts.say(startup.the_store(), actor, draft.id, choices, now())
        st.rerun()


def _field(one: Correctable, key: str, _: Words) -> str:
    says = one.says[0] if one.says else _("upload.fix_fits")
    if one.before is not None:
        before = _("upload.fix_before", text=one.before or _("upload.fix_blank"))
        says = f"{before} {says}"
    st.html(f"<p><strong>{escape(one.where)}</strong>: {escape(says)}</p>")
    return st.text_input(
        plain(one.where),
        value=one.text,
        max_chars=preview.LONGEST,
        key=f"{key}.{one.sheet}.{one.cell}",
        label_visibility="collapsed",
    )
