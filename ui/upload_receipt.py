"""One submission on the upload page: its receipt, and the ways to take figures back."""

from __future__ import annotations

from html import escape

import streamlit as st

from i18n.words import Words
from services import collector, handin, startup, submissions, withdrawable
from services.access import SUBMIT, UNDO, Actor
from services.refusals import Conflict, Denied, NotUndone
from services.withdrawable import Find, Listed, Places

from . import address, html, upload
from .clock import now
from .moment import Moment


def submission(actor: Actor, number: str, seen: Moment, _: Words) -> None:
    """One submission: its receipt, and the way to take it back."""
    page = None
    if number.isdecimal() and len(number) <= handin.MOST_DIGITS:
        page = handin.submission_page(startup.the_store(), actor, int(number), seen.at, _.lang)
    if page is None:
        st.html(upload.gone(_))
        return
    fresh = address.asked("saved") == "1"
    if fresh:
        collector.sweep(page.total)
        collector.sweep_soon(page.total)
    steps = {"upload": upload.STEPS, "entry": upload.ENTRY_STEPS}.get(page.line.kind)
    done = upload.steps(5, _, steps) if fresh and steps else ""
    st.html(
        f"{done}{upload.receipt(page, _, fresh=fresh)}"
        f"<p>{html.link(address.link('upload'), _('page.upload.to_start'))}</p>"
    )
    if page.line.undone_by is None and actor.may(UNDO):
        _undo(actor, page, seen, _)
    if actor.may(SUBMIT):
        _withdraw(actor, page, seen, _)


def _undo(actor: Actor, page: handin.SubmissionPage, seen: Moment, _: Words) -> None:
    number = page.line.id
    with st.expander(_("page.upload.undo_title", n=number)):
        says = escape(_("page.upload.undo_says", n=page.total))
        st.html(f"<p>{says}</p>{upload.cells(page.back, _) if page.back else ''}")
        why = st.text_input(_("page.upload.undo_why"), key=f"upload.undo_why.{number}")
        if not st.button(_("page.upload.undo", n=number), key=f"upload.undo.{number}"):
            return
        try:
            receipt = submissions.undo(
                startup.the_store(), actor, number, why=why.strip(), now=now()
            )
        except NotUndone as error:
            _not_undone(error, seen, _)
            return
        except Denied:
            st.html(f'<p role="alert">{escape(_("page.upload.undo_denied"))}</p>')
            return
    address.go(submission=str(receipt.submission), saved="1")


def _not_undone(error: NotUndone, seen: Moment, _: Words) -> None:
    """Why it was not taken back; later changes are listed."""
    said = _(f"page.upload.not_undone_{error.key}", id=error.submission, by=error.by_submission)
    later = handin.later_lines(startup.the_store(), error.later, seen.at, _.lang)
    items = "".join(f"<li>{escape(line)}</li>" for line in later)
    st.html(f'<div role="alert"><p>{escape(said)}</p><ul>{items}</ul></div>')


def _withdraw(actor: Actor, page: handin.SubmissionPage, seen: Moment, _: Words) -> None:
    """Single figures that should not stand: chosen, with a reason, ended without another."""
    store, number = startup.the_store(), page.line.id
    many = page.total > withdrawable.MOST_CHOSEN
    if not many:
        offered = withdrawable.listed(store, actor, number, seen.at, Find(), lang=_.lang)
        if not offered.total:
            return
    with st.expander(_("upload.withdraw_title")):
        st.html(f"<p>{escape(_('upload.withdraw_says'))}</p>")
        key = f"upload.withdraw.{number}"
        if many:
            if not st.toggle(_("upload.withdraw_search"), key=f"{key}.search"):
                return  # looking through so many takes time, which no other visit shall cost
            find = _find(withdrawable.places(store, number, seen.at, _.lang), number, _)
            if find is None:
                return
            key += f".{find.indicator}.{find.period}.{find.area}"
            offered = withdrawable.listed(store, actor, number, seen.at, find, 1, _.lang)
            offered = _page(actor, number, find, offered, seen, _)
            key += f".{offered.number}"
        if not offered.total:
            st.html(f'<p role="status">{escape(_("upload.withdraw_none"))}</p>')
            return
        _choose(actor, number, offered, key, _)


def _find(places: Places, number: int, _: Words) -> Find | None:
    """What is looked for among more figures than a list can bear; None before a target is."""
    st.html(f"<p>{escape(_('upload.withdraw_find'))}</p>")
    indicator, period, area = st.columns(3)
    key = f"upload.withdraw.find.{number}"
    indicators, periods, areas = (
        dict(found) for found in (places.indicators, places.periods, places.areas)
    )
    chosen = indicator.selectbox(
        _("page.upload.col_target"),
        [*indicators],
        index=None,
        format_func=lambda one: indicators[one],
        placeholder=_("upload.withdraw_target"),
        key=f"{key}.indicator",
    )
    when = period.selectbox(
        _("page.upload.col_period"),
        ["", *periods],
        format_func=lambda one: periods.get(one) or _("upload.entry_any"),
        key=f"{key}.period",
    )
    anywhere = _("upload.entry_any")
    place = area.selectbox(
        _("page.upload.col_area"),
        [None, *areas],
        format_func=lambda one: anywhere if one is None else areas[one] or _("page.target.whole"),
        key=f"{key}.area",
    )
    return None if chosen is None else Find(chosen, when, place)


def _page(actor: Actor, number: int, find: Find, first: Listed, seen: Moment, _: Words) -> Listed:
    """The page of a long list that is chosen."""
    if first.pages == 1:
        return first
    at = st.selectbox(
        _("upload.pages"),
        range(1, first.pages + 1),
        format_func=lambda one: _("upload.page_of", n=one, pages=first.pages),
        key=f"upload.withdraw.page.{number}.{find.indicator}.{find.period}.{find.area}",
    )
    if at == 1:
        return first
    return withdrawable.listed(startup.the_store(), actor, number, seen.at, find, at, _.lang)


def _choose(actor: Actor, number: int, offered: Listed, key: str, _: Words) -> None:
    """The figures to choose from, the reason, the button."""
    chosen = st.multiselect(
        _("upload.withdraw_which"),
        offered.figures,
        format_func=lambda one: one.says,
        key=key,
        placeholder=_("upload.withdraw_choose"),
    )
    why = st.text_input(
        _("upload.withdraw_why"), max_chars=500, key=f"upload.withdraw_why.{number}"
    )
    ready = bool(chosen and why.strip())
    word = _("upload.withdraw", n=len(chosen)) if chosen else _("upload.withdraw_chosen")
    if not st.button(word, disabled=not ready, key=f"upload.withdraw.go.{number}"):
        return
    figures = {one.key: one.seen for one in chosen}
    try:
        receipt = submissions.withdraw(startup.the_store(), actor, figures, why=why, now=now())
    except Conflict:
        st.html(f'<p role="alert">{escape(_("upload.withdraw_moved"))}</p>')
        return
    except Denied:
        st.html(f'<p role="alert">{escape(_("upload.withdraw_denied"))}</p>')
        return
    address.go(submission=str(receipt.submission), saved="1")
