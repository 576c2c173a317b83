"""Nhập trực tiếp: figures typed into a form, one row a target, then checked like a workbook."""

from __future__ import annotations

from html import escape

import streamlit as st

from i18n.labels import status_text
from i18n.words import Words
from services import drafts, entry, handouts, startup
from services.access import Actor
from services.chosen import assessment
from services.drafts import Draft
from services.entry import FormRow

from . import address, html, upload
from .clock import now
from .moment import Moment
from .words import plain

STATUSES = handouts.STATUS_CHOICES[1:]


def choose(actor: Actor, seen: Moment, _: Words) -> None:
    """What a form is to be made for; the button opens it."""
    store = startup.the_store()
    offered = entry.choices(store, seen.at)
    periods = dict(handouts.period_choices(seen.day, _.lang))
    areas = dict(handouts.area_choices(store, seen.at))
    agencies = dict(offered.agencies)
    with st.expander(_("upload.entry_title")):
        st.html(f"<p>{escape(_('upload.entry_says'))}</p>")
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
                index=[*agencies].index(actor.agency) + 1 if actor.agency in agencies else 0,
                format_func=lambda one: agencies.get(one) or _("upload.entry_any"),
                key="upload.entry.agency",
            )
        if st.button(_("upload.entry_open"), key="upload.entry.open"):
            address.go(draft=drafts.begin_entry(store, actor, made_for, now()))


def fill(actor: Actor, draft: Draft, seen: Moment, _: Words) -> None:
    """The form of an open draft: what is typed is kept at once, the button checks it."""
    store = startup.the_store()
    form = entry.form(store, actor, draft.choices.form, seen.at, assessment(), _.lang)
    st.html(
        f"<h1>{escape(_('upload.entry'))}: {escape(form.title)}</h1>"
        f"{upload.steps(2, _, upload.ENTRY_STEPS)}<p>{escape(_('upload.entry_fill'))}</p>"
    )
    if not form.rows:
        st.html(f'<p role="status">{escape(_("upload.entry_none"))}</p>')
    before = {(one.code, one.area): one for one in draft.choices.entries}
    shared = _shared(draft, _)
    given = []
    for number, row in enumerate(form.rows, start=1):
        kept = before.get((row.code, row.area))
        given.append(_row(number, row, kept, draft, shared, _))
    if form.more:
        st.html(f"<p>{escape(_('upload.entry_more', n=form.more))}</p>")
    entries = entry.typed(form.rows, form.period, given)
    made_for = {**draft.choices.form, "status": shared[0], "source": shared[1]}
    choices = drafts.retyped(draft.choices, entries=entries, form=made_for)
    if choices != draft.choices:
        drafts.say(store, actor, draft.id, choices, now())
    _on(actor, draft, any(one.value.strip() for one in entries), _)


def _shared(draft: Draft, _: Words) -> tuple[str, str]:
    """Status and source of every row that says none of its own."""
    made_for = draft.choices.form
    status, source = st.columns([1, 2])
    chosen = status.selectbox(
        _("upload.entry_status"),
        STATUSES,
        index=STATUSES.index(made_for["status"]) if made_for.get("status") else None,
        format_func=lambda one: status_text(one, _.lang),
        placeholder=_("upload.entry_choose"),
        key=f"upload.entry.{draft.id}.status",
    )
    said = source.text_input(
        _("upload.entry_source"),
        value=made_for.get("source", ""),
        max_chars=500,
        key=f"upload.entry.{draft.id}.source",
    )
    return chosen or "", said.strip()


def _row(
    number: int,
    row: FormRow,
    kept: entry.Entry | None,
    draft: Draft,
    shared: tuple[str, str],
    _: Words,
) -> tuple[str, str, str]:
    """One target: what is known of it, and the fields; value, status and source as typed."""
    key = f"upload.entry.{draft.id}.{row.code}.{row.area}"
    with st.container(border=True):
        about, value, status, source = st.columns([5, 3, 2, 3])
        last = escape(_("upload.entry_last", last=row.last)) if row.last else ""
        if row.last_source:
            last += f" · {escape(row.last_source)}"
        about.html(
            f"<strong>{number}. {escape(row.name)}</strong> "
            f'<span class="a-muted">{escape(row.code)} {escape(row.area_name)}</span>'
            f'<div class="a-muted">{last or escape(_("upload.entry_no_last"))}</div>'
        )
        text = value.text_input(
            _("upload.entry_value", n=number, unit=plain(row.unit_text)),
            value=kept.value if kept else "",
            max_chars=60,
            key=f"{key}.value",
        )
        _found, echo = entry.understood(text, row.unit, _.lang)
        if echo:
            value.html(f'<p class="a-muted" role="status">{escape(echo)}</p>')
        own = ["", *STATUSES]
        before = entry.own_status(kept, shared[0])
        how = status.selectbox(
            _("upload.entry_own_status", n=number),
            own,
            index=own.index(before),
            format_func=lambda one: status_text(one, _.lang) if one else _("upload.entry_as_above"),
            key=f"{key}.status",
        )
        said = source.text_input(
            _("upload.entry_own_source", n=number),
            value=kept.source if kept and kept.source != shared[1] else "",
            max_chars=500,
            placeholder=_("upload.entry_as_above"),
            key=f"{key}.source",
        )
    return text.strip(), how or shared[0], said.strip() or shared[1]


def _on(actor: Actor, draft: Draft, some: bool, _: Words) -> None:
    with st.container(horizontal=True):
        go_on = st.button(
            _("page.upload.step_check"), type="primary", disabled=not some, key="upload.entry.check"
        )
        drop = st.button(_("page.upload.drop"), key="upload.drop")
    if drop:
        drafts.discard(startup.the_store(), actor, draft.id)
        address.go()
    if go_on:
        address.go(draft=draft.id, step="check")


def back(draft: Draft, _: Words) -> str:
    """The way from the check back to the form."""
    href = address.link("upload", {"draft": draft.id})
    return f"<p>{html.link(href, _('upload.entry_back'), class_='a-button')}</p>"
