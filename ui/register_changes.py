"""Sổ chỉ tiêu › Lịch sử: every change of the register, one in full, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from i18n.dates import moment_text
from i18n.words import Words
from services import register_undo, register_words, startup
from services.access import Actor
from services.register_undo import Entry, NotReverted

from . import address, html, register_effects
from .clock import now
from .moment import Moment

PAGE = 30
TABLES = tuple(register_undo.TABLES)


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """The change that the address names with its undo, else the list."""
    number = address.asked("change")
    if number.isdecimal() and len(number) <= 12:
        entry = register_undo.one(startup.the_store(), actor, int(number))
        if entry is not None:
            _whole(actor, entry, _)
            return
        st.html(f'<p class="a-past" role="alert">{escape(_("adminreg.no_change"))}</p>')
    _list(actor, _)


def recent(actor: Actor, tables: Sequence[str], _: Words, *, key: str = "") -> str:
    """HTML of a section's own history: the newest changes of some tables, each with its page.

    key: only changes of rows whose key begins so, of the first table.
    """
    store = startup.the_store()
    place = (tables[0], key) if key else None
    found = register_undo.listing(store, actor, only=() if place else tables, key=place, limit=5)
    if not found:
        return ""
    more = address.link("admin", {"part": "register", "what": "changes", "table": tables[0]})
    return (
        f"<h2>{escape(_('adminreg.recent'))}</h2>{_table(found, _, tables)}"
        f"<p>{html.link(more, _('adminreg.all_changes'))}</p>"
    )


def _list(actor: Actor, _: Words) -> None:
    wanted = address.asked("table")
    only = (wanted,) if wanted in TABLES else ()
    most = min(int(address.asked("n")) if address.asked("n").isdecimal() else PAGE, 2000)
    found = register_undo.listing(startup.the_store(), actor, only=only, limit=most + 1)
    shown = found[:most]
    last = moment_text(shown[0].at, _.lang) if shown else "–"
    sentence = _.plural("adminreg.changes_sentence", len(shown), last=last)
    more = ""
    if len(found) > most:
        href = address.here(n=str(most * 2))
        more = f"<p>{html.link(href, _('adminreg.older'))}</p>"
    chooser = _chooser(wanted if only else "", _)
    table = _table(shown, _) if shown else f"<p>{escape(_('adminreg.no_changes'))}</p>"
    st.html(f'<p class="a-lead">{escape(sentence)}</p>{chooser}{table}{more}')


def _chooser(wanted: str, _: Words) -> str:
    """A small form that shows the changes of one table only."""
    choices = [("", _("adminreg.every_table"))]
    choices += [(name, _(f"adminreg.table_{name}")) for name in TABLES]
    kept = {"part": "register", "what": "changes", **address.kept()}
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in kept.items()
        if value
    )
    select = html.select("table", _("adminreg.of_table"), choices, wanted)
    button = f'<button class="a-button">{escape(_("adminreg.show"))}</button>'
    return f'<form class="a-filter" method="get" action="/admin">{hidden}{select}{button}</form>'


def _table(found: Sequence[Entry], _: Words, tables: Sequence[str] = ()) -> str:
    head = [(_(f"adminreg.head_{name}"), "") for name in ("change", "by", "did", "state")]
    return html.table(head, (_line(one, _, tables) for one in found))


def _line(one: Entry, _: Words, tables: Sequence[str]) -> tuple[str, ...]:
    link = html.link(_href(one.id), moment_text(one.at, _.lang))
    number = f'<span class="a-muted">{escape(_("adminreg.number", n=one.id))}</span>'
    return (
        f"{link} {number}",
        escape(one.by),
        f'{escape(_kind(one, _))}<div class="a-muted">{escape(_did(one, _, tables))}</div>',
        escape(_state(one, _)),
    )


def _href(number: int) -> str:
    where = {"part": "register", "what": "changes", "change": str(number)}
    return address.link("admin", where)


def _kind(one: Entry, _: Words) -> str:
    if one.undoes is not None:
        return _("adminreg.kind_undo", n=one.undoes)
    known = {"register", "plans", "assignments", "baselines", "states", "duty_days", "seed"}
    kind = _(f"adminreg.kind_{one.kind}") if one.kind in known else one.kind
    return f"{kind}: {one.what}" if one.what and one.kind != "seed" else kind


def _did(one: Entry, _: Words, tables: Sequence[str] = ()) -> str:
    """thêm 20 chỉ tiêu, sửa 1 văn bản."""
    pairs = [(effect.table, register_undo.effect_of(effect)) for effect in one.effects]
    return register_effects.counted([pair for pair in pairs if not tables or pair[0] in tables], _)


def _state(one: Entry, _: Words) -> str:
    if one.undone_by is not None:
        return _("adminreg.state_undone", n=one.undone_by)
    return _("adminreg.state_seed") if one.refused == "seed" else ""


def _whole(actor: Actor, one: Entry, _: Words) -> None:
    """One change: who, when, from what, each row old and new; then its undo."""
    fresh = address.asked("saved") == "1"
    said = ""
    if fresh:
        word = "adminreg.undone_now" if one.undoes is not None else "adminreg.stored_now"
        said = f'<p class="a-outcome accept" role="status">{escape(_(word))}</p>'
    back = address.link("admin", {"part": "register", "what": "changes"})
    pairs = [("when", moment_text(one.at, _.lang, seconds=True)), ("who", one.by)]
    pairs += [("source", _kind(one, _)), ("effects", _did(one, _))]
    pairs += [("why", one.why)] if one.why else []
    pairs += [("state", _state(one, _))] if _state(one, _) else []
    facts = "".join(
        f"<dt>{escape(_(f'adminreg.fact_{name}'))}</dt><dd>{escape(text)}</dd>"
        for name, text in pairs
    )
    rows = register_words.told(startup.the_store(), one.effects, one.at, _.lang)
    st.html(
        f"{said}<h2>{escape(_('adminreg.change', n=one.id))}</h2>"
        f'<dl class="a-facts">{facts}</dl>{register_effects.table(rows, _)}'
    )
    _undo(actor, one, _)
    links = html.link(back, _("adminreg.all_changes"))
    overview = html.link(address.link("overview"), _("adminreg.to_overview"))
    st.html(f"<p>{links} · {overview}</p>")


def _undo(actor: Actor, one: Entry, _: Words) -> None:
    if one.refused == "later":
        links = ", ".join(
            html.link(_href(number), _("adminreg.number", n=number)) for number in one.later
        )
        said = escape(_("adminreg.not_undone_later"))
        st.html(f'<p class="a-muted">{said} {links}</p>')
        return
    if one.refused:
        st.html(f'<p class="a-muted">{escape(_(f"adminreg.not_undone_{one.refused}"))}</p>')
        return
    with st.expander(_("adminreg.undo_title", n=one.id)):
        st.html(f"<p>{escape(_('adminreg.undo_says'))}</p>")
        with st.form(f"admin.undo.{one.id}", border=False):
            why = st.text_input(_("adminreg.undo_why"), max_chars=300, key=f"admin.why.{one.id}")
            pressed = st.form_submit_button(_("adminreg.undo", n=one.id))
        if not pressed:
            return
        try:
            done = register_undo.undo(
                startup.the_store(), actor, one.id, why=why.strip(), now=now()
            )
        except NotReverted as error:
            st.html(_not_undone(error, _))
            return
    address.go(part="register", what="changes", change=str(done.id), saved="1")


def _not_undone(error: NotReverted, _: Words) -> str:
    """Why it was not taken back: the later changes, or the rows that would hang in the air."""
    items = [html.link(_href(one.id), _("adminreg.number", n=one.id)) for one in error.later]
    items += [
        escape(f"{_(f'adminreg.table_{one.table}')}: {one.key} → {one.names}")
        for one in error.loose[:20]
    ]
    listed = "".join(f"<li>{item}</li>" for item in items)
    said = escape(_(f"adminreg.not_undone_{error.key}"))
    return f'<div class="a-outcome reject" role="alert"><p>{said}</p><ul>{listed}</ul></div>'
