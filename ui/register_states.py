"""Sổ chỉ tiêu › Mốc và mục tiêu: what is told of each, many rows in one press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from i18n.dates import day_text
from i18n.words import Words
from services import startup, states
from services.access import Actor
from services.states import GOAL, MILESTONE, STATES, Entry, Line

from . import address, html
from .clock import now
from .evidence import SHAPES, proof
from .moment import Moment
from .register_told import done, fresh, history, refuse, said, seen_now, shown_first

WIDTHS = (4.6, 2.8, 1.8, 4, 2.4)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand in one form: the milestones, or the goals of a document."""

    name: str
    title: str
    lines: tuple[Line, ...]

    @property
    def told(self) -> int:
        """Of how many somebody has said something."""
        return sum(bool(one.entry.state) for one in self.lines)


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """How much was told, the groups, the form of the one that the address names."""
    said()
    lines = states.listing(startup.the_store(), _.lang)
    groups = _groups(lines, _)
    st.html(f'<p class="a-lead">{escape(_sentence(lines, _))}</p>')
    if not groups:
        return
    group = next((one for one in groups if one.name == address.asked("group")), groups[0])
    only = address.asked("only") == "unknown"
    st.html(_menu(groups, group, _) + _only(only, _))
    code = address.asked("code")
    line = next((one for one in group.lines if one.code == code), None)
    if line is not None:
        _one(actor, line, _)
        return
    shown = [one for one in group.lines if not (only and one.entry.state)]
    if shown:
        _form(actor, group, shown, seen, _)
    else:
        st.html(f"<p>{escape(_('adminstate.states_none_left'))}</p>")
    st.html(_told(group, _))


def _groups(lines: Sequence[Line], _: Words) -> list[Group]:
    """The milestones, then the goals document by document."""
    names: dict[str, list[Line]] = {}
    for one in lines:
        names.setdefault(MILESTONE if one.subject == MILESTONE else one.document, []).append(one)
    return [
        Group(
            name,
            _("adminstate.group_milestones")
            if name == MILESTONE
            else _("adminstate.group_goals", document=name),
            tuple(found),
        )
        for name, found in names.items()
    ]


def _sentence(lines: Sequence[Line], _: Words) -> str:
    counts = {}
    for subject in (MILESTONE, GOAL):
        own = [one for one in lines if one.subject == subject]
        counts[subject] = sum(bool(one.entry.state) for one in own), len(own)
    (m_told, m_all), (g_told, g_all) = counts[MILESTONE], counts[GOAL]
    return _("adminstate.states_sentence", m=m_told, milestones=m_all, g=g_told, goals=g_all)


def _menu(groups: Sequence[Group], here: Group, _: Words) -> str:
    items = "".join(f"<li>{_chip(one, marked=one is here)}</li>" for one in groups)
    label = escape(_("adminstate.groups"))
    return f'<ul class="a-chips" aria-label="{label}">{items}</ul>'


def _chip(one: Group, *, marked: bool) -> str:
    given = {
        "href": address.here(group=one.name, code=""),
        "id": f"f-group-{one.name}",
        "aria-current": "true" if marked else "",
    }
    text = f"{escape(one.title)} <b>{one.told}/{len(one.lines)}</b>"
    return f"<a{html.attributes(given)}>{text}</a>"


def _only(only: bool, _: Words) -> str:
    """The way to what nobody has told anything of, and back."""
    href = address.here(only="" if only else "unknown", code="")
    text = _("adminstate.states_all" if only else "adminstate.states_unknown_only")
    return f"<p>{html.link(href, text, id='f-only')}</p>"


def _form(actor: Actor, group: Group, lines: Sequence[Line], seen: Moment, _: Words) -> None:
    """One row a milestone or goal, one press for all of them."""
    st.html(f'<p class="a-muted">{escape(_("adminstate.states_says"))}</p>')
    with st.form(f"admin.states.{group.name}", border=False):
        common = st.text_input(
            _("adminstate.states_common_day"),
            value=day_text(seen.day),
            max_chars=40,
            key=fresh(f"states.common.{group.name}"),
        )
        entries = []
        section = ""
        for one in lines:
            if one.subject == GOAL and one.locator != section:
                section = one.locator
                st.html(f"<h3>{escape(section)}</h3>")
            entries.append(_row(one, _))
        pressed = st.form_submit_button(_("adminstate.states_save"), type="primary")
    if pressed:
        _save(actor, lines, entries, common, _)


def _row(one: Line, _: Words) -> Entry:
    """The fields of one row, as they stand in the form."""
    key = f"states.{one.subject}.{one.code}"
    first = fresh(f"{key}.state")
    seen = shown_first(first, one.entry.seen)
    cells = st.columns(WIDTHS, gap="small")
    cells[0].html(_name(one, _))
    state = cells[1].selectbox(
        _("adminstate.field_state", code=one.code),
        STATES,
        index=STATES.index(one.entry.state),
        format_func=lambda state: _state(state, _),
        key=first,
        label_visibility="collapsed",
    )
    typed = [
        cell.text_input(
            _(f"adminstate.field_{name}", code=one.code),
            value=value,
            placeholder=_(f"adminstate.hint_{name}"),
            max_chars=most,
            key=fresh(f"{key}.{name}"),
            label_visibility="collapsed",
        )
        for cell, name, value, most in (
            (cells[2], "day", one.entry.day, 40),
            (cells[3], "evidence", one.entry.evidence, states.MOST_TEXT),
            (cells[4], "note", one.entry.note, states.MOST_TEXT),
        )
    ]
    day, proof, note = typed
    return Entry(one.subject, one.code, state or "", day, proof, note, seen)


def _name(one: Line, _: Words) -> str:
    """What it is, its due day, what would show it, the way to its history."""
    due = _("adminstate.due", day=one.due) if one.due else _("adminstate.no_due")
    href = address.here(code=one.code)
    link = html.link(href, _("adminstate.history_link", code=one.code), id=f"f-{one.code}")
    asks = f'<div class="a-muted">{escape(one.asks)}</div>' if one.asks else ""
    told = f" · {escape(_('adminstate.told_by', by=one.said_by, at=one.said_at))}"
    return (
        f"<strong>{escape(one.code)}</strong> {escape(one.name)}{asks}"
        f'<div class="a-muted">{escape(due)}{told if one.said_by else ""} · {link}</div>'
    )


def _state(state: str, _: Words) -> str:
    word = _(f"adminstate.state_{state}") if state else _("adminstate.state_unknown")
    return f"{SHAPES[state]} {word}"


def _save(
    actor: Actor, lines: Sequence[Line], entries: Sequence[Entry], common: str, _: Words
) -> None:
    found = states.save(
        startup.the_store(), actor, entries, common_day=common, now=now(), lang=_.lang
    )
    if found.problems:
        refuse(
            f"{code}: {text}"
            for (_subject, code), texts in found.problems.items()
            for text in texts
        )
        for one in lines:
            seen_now(fresh(f"states.{one.subject}.{one.code}.state"), one.entry.seen)
    elif found.stored:
        codes = ", ".join(code for _subject, code in found.stored)
        done(_("adminstate.states_saved", n=len(found.stored), codes=codes))
    else:
        done(_("adminstate.nothing_new"))


def _told(group: Group, _: Words) -> str:
    """What stands of the group, with evidence as links."""
    found = [one for one in group.lines if one.entry.state]
    if not found:
        return f"<p>{escape(_('adminstate.nothing_told'))}</p>"
    names = ("subject", "state", "day", "evidence", "by")
    head = [(_(f"adminstate.col_{name}"), "") for name in names]
    rows = (
        (
            f"{escape(one.code)} · {escape(one.name)}",
            escape(_state(one.entry.state, _)),
            escape(one.entry.day),
            proof(one.entry.evidence, one.entry.note),
            f'{escape(one.said_by)}<div class="a-muted">{escape(one.said_at)}</div>',
        )
        for one in found
    )
    title = _("adminstate.told_title", n=len(found), total=len(group.lines))
    return html.fold(title, html.table(head, rows))


def _one(actor: Actor, one: Line, _: Words) -> None:
    """One milestone or goal with its history and the way back to its group."""
    back = html.link(address.here(code=""), _("adminstate.back"), class_="a-button", id="f-back")
    doubt = f'<div class="a-doubt"><p>{escape(one.doubt)}</p></div>' if one.doubt else ""
    facts = " · ".join(part for part in (one.lead, one.locator, one.document) if part)
    st.html(
        f"<h2>{escape(one.code)} · {escape(one.name)}</h2>"
        f'<p class="a-muted">{escape(facts)}</p>{doubt}'
        f"<p>{escape(_state(one.entry.state, _))} {escape(one.entry.day)}</p><p>{back}</p>"
    )
    history(actor, "states", (one.subject, one.code), one.code, _)
