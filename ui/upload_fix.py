"""Correcting small mistakes where they are shown: what is typed counts in the place of the cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from i18n.words import Words
from services import drafts, preview
from services.access import Actor
from services.drafts import Draft
from services.preview import Correctable
from services.uploads import Checked

from . import upload_shared
from .words import plain

AT_ONCE = 20


def ask(actor: Actor, draft: Draft, checked: Checked, _: Words) -> None:
    """A field for each cell that is wrong, odd or typed over; the whole file is checked anew."""
    found = preview.correctable(checked, _.lang)
    if not found or draft.kind != drafts.UPLOAD:
        return
    shown = _first(found)
    wrong = checked.result.outcome == "reject"
    fits = all(one.before is not None and not one.says for one in found)
    title = _("upload.fix_done" if fits else "upload.fix_title", n=len(found))
    with st.expander(title, expanded=wrong):
        if len(found) > AT_ONCE:
            st.html(f"<p>{_('upload.fix_first', n=AT_ONCE)}</p>")
        key = f"upload.fix.{draft.id}.{draft.choices.key}"
        unsaved = _unsaved(draft, key, shown)
        with st.form(key, border=False):
            typed = {_place(one): _field(one, key, unsaved, _) for one in shown}
            pressed = st.form_submit_button(_("upload.fix_check"), type="primary")
    if pressed:
        corrections = drafts.corrected(draft.choices.corrections, found, typed)
        upload_shared.say(actor, draft, drafts.retyped(draft.choices, corrections=corrections))
        st.rerun()


def _first(found: list[Correctable]) -> list[Correctable]:
    """As many as are asked at once, in the file's order: wrong ones before odd, then those done."""
    chosen = sorted(found, key=lambda one: (not one.wrong, not one.says))[:AT_ONCE]
    return sorted(chosen, key=found.index)


def _place(one: Correctable) -> tuple[str, str]:
    return one.sheet, one.cell


def _unsaved(draft: Draft, key: str, shown: Sequence[Correctable]) -> dict[tuple[str, str], str]:
    """What was typed into the fields as they were before a colleague changed the draft.

    Each reading of the file has fields of its own: what was in the former ones and is not
    stored is put into the new ones, to be sent once more.
    """
    state, name = st.session_state, f"upload.fix.shown.{draft.id}"
    former, texts = state.get(name, (key, {}))
    state[name] = key, {_place(one): one.text for one in shown}
    if former == key:
        return {}
    typed = {place: state.get(f"{former}.{'.'.join(place)}") for place in texts}
    return {
        place: text for place, text in typed.items() if text is not None and text != texts[place]
    }


def _field(one: Correctable, key: str, unsaved: Mapping[tuple[str, str], str], _: Words) -> str:
    says = one.says[0] if one.says else _("upload.fix_fits")
    if one.before is not None:
        before = _("upload.fix_before", text=one.before or _("upload.fix_blank"))
        says = f"{before} {says}"
    about, field = st.columns([3, 2], vertical_alignment="center")
    about.html(f"<p><strong>{escape(one.where)}</strong>: {escape(says)}</p>")
    name = f"{key}.{one.sheet}.{one.cell}"
    if name not in st.session_state:
        st.session_state[name] = unsaved.get(_place(one), one.text)
    return field.text_input(
        plain(one.where),
        max_chars=preview.LONGEST,
        key=name,
        label_visibility="collapsed",
    )
