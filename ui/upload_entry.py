"""Nhập trực tiếp: figures typed into a form, one row a target, then checked like a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from i18n.labels import status_text
from i18n.words import Words
from services import drafts, entry, handouts, startup
from services.access import Actor
from services.chosen import assessment
from services.drafts import Draft
from services.handouts import Own

from . import address, html, upload, upload_shared
from .clock import now
from .moment import Moment
from .upload_entry_rows import STATUSES, Fields, rows


def choose(actor: Actor, own: Own, seen: Moment, _: Words) -> None:
    """What a form is to be made for; the button opens it."""
    with st.expander(_("upload.entry_title")):
        st.html(f"<p>{escape(_('upload.entry_says'))}</p>")
        if own.only and not own.targets:
            st.html(f'<p role="status">{escape(_("upload.entry_nobodys"))}</p>')
            return
        made_for = _made_for(own, seen, _)
        if st.button(_("upload.entry_open"), key="upload.entry.open"):
            number = drafts.begin_entry(startup.the_store(), actor, made_for, now())
            address.go(draft=number)


def _made_for(own: Own, seen: Moment, _: Words) -> dict[str, str]:
    store = startup.the_store()
    offered = entry.choices(store, seen.at, own.targets if own.only else ())
    periods = dict(handouts.period_choices(seen.day, _.lang))
    areas = dict(handouts.area_choices(store, seen.at))
    agencies = dict(handouts.agency_choices(store, seen.at)) if own.any else {}
    fields = st.columns(4 if agencies else 3)
    names = list(periods)
    made_for = {
        "period": fields[0].selectbox(
            _("page.upload.period"),
            names,
            index=names.index(offered.period) if offered.period in names else 0,
            format_func=lambda one: periods[one],
            key="upload.entry.period",
        ),
        "field": fields[1].selectbox(
            _("upload.entry_field"),
            ["", *offered.fields],
            format_func=lambda one: one or _("upload.entry_any"),
            key="upload.entry.field",
        ),
        "area": fields[2].selectbox(
            _("page.upload.col_area"),
            ["", *areas],
            format_func=lambda one: areas.get(one) or _("page.target.whole"),
            key="upload.entry.area",
        ),
    }
    if agencies:
        made_for["agency"] = fields[3].selectbox(
            _("upload.entry_agency"),
            ["", *agencies],
            index=[*agencies].index(own.agency) + 1 if own.agency in agencies else 0,
            format_func=lambda one: agencies.get(one) or _("upload.entry_any"),
            key="upload.entry.agency",
        )
    elif own.only:
        made_for["agency"] = own.agency
    return made_for


def fill(actor: Actor, draft: Draft, seen: Moment, _: Words) -> None:
    """The form of an open draft: what is typed is kept at once, the button checks it."""
    store = startup.the_store()
    arrival = upload_shared.arrive(actor, draft, _, "upload.merged")
    form = entry.form(store, actor, draft.choices.form, seen.at, assessment(), _.lang)
    st.html(
        f"<h1>{escape(_('upload.entry'))}: {escape(form.title)}</h1>"
        f"{upload.steps(2, _, upload.ENTRY_STEPS)}{arrival.says}"
        f"<p>{escape(_('upload.entry_fill'))}</p>"
    )
    if not form.rows:
        st.html(f'<p role="status">{escape(_("upload.entry_none"))}</p>')
    fields = Fields(f"upload.entry.{draft.id}", draft.choices, arrival.before)
    told = st.empty()
    shared = _shared(fields, _)
    given = rows(form.rows, fields, shared, _)
    if fields.clashes:
        told.html(_clashed(draft, fields.clashes, _))
    if form.more:
        st.html(f"<p>{escape(_('upload.entry_more', n=form.more))}</p>")
    entries = entry.typed(form.rows, form.period, given)
    made_for = {**draft.choices.form, "status": shared[0], "source": shared[1]}
    choices = drafts.retyped(draft.choices, entries=entries, form=made_for)
    if choices != draft.choices:
        draft = upload_shared.say(actor, draft, choices)
    _on(actor, draft, any(one.value.strip() for one in entries), _)


def _shared(fields: Fields, _: Words) -> tuple[str, str]:
    """Status and source of every row that says none of its own."""
    status, source = st.columns([1, 2])
    how = _("upload.entry_status")
    chosen = status.selectbox(
        how,
        ("", *STATUSES),
        format_func=lambda one: status_text(one, _.lang) if one else _("upload.entry_choose"),
        key=fields.held("status", how),
    )
    where = _("upload.entry_source")
    said = source.text_input(where, max_chars=500, key=fields.held("source", where))
    return chosen, said.strip()


def _clashed(draft: Draft, clashes: Mapping[str, tuple[str, str]], _: Words) -> str:
    """What was typed and gave way to what a colleague had stored."""
    items = "".join(
        f"<li>{escape(_('upload.clash', field=name, mine=mine, theirs=theirs, by=by))}</li>"
        for by in (draft.trail.last_by,)
        for name, (mine, theirs) in clashes.items()
    )
    return f'<div class="a-past" role="alert"><ul>{items}</ul></div>'


def _on(actor: Actor, draft: Draft, some: bool, _: Words) -> None:
    with st.container(horizontal=True):
        go_on = st.button(
            _("page.upload.step_check"), type="primary", disabled=not some, key="upload.entry.check"
        )
        word = upload_shared.drop_word(actor, draft, "page.upload.drop", _)
        drop = st.button(word, key="upload.drop")
    if drop:
        upload_shared.drop(actor, draft)
    if go_on:
        address.go(draft=draft.id, step="check")


def back(draft: Draft, _: Words) -> str:
    """The way from the check back to the form."""
    href = address.link("upload", {"draft": draft.id})
    return f"<p>{html.link(href, _('upload.entry_back'), class_='a-button')}</p>"
