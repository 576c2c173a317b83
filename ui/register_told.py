"""What the sections of the register have in common: what was just done, history with its undo."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeVar

import streamlit as st

from i18n.words import Words
from services import startup, trails
from services.access import Actor
from services.trails import Step

from . import html
from .clock import now
from .evidence import evidence

_SAID, _ROUND = "admin.said", "admin.round"
Kept = TypeVar("Kept")


def done(text: str) -> None:
    """Run anew with fresh fields and say once, above what changed, what was done."""
    st.session_state[_SAID] = text
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


def fresh(name: str) -> str:
    """The key of a field that shows what is stored again once something was done."""
    return f"admin.{name}.{st.session_state.get(_ROUND, 0)}"


def shown_first(key: str, stored: Kept) -> Kept:
    """What was stored when a field was first drawn: a save compares, so that it overwrites nothing.

    Args:
        key: of the field.
        stored: what is stored now.
    """
    kept = f"{key}.first"
    if key not in st.session_state or kept not in st.session_state:
        st.session_state[kept] = stored
    first: Kept = st.session_state[kept]
    return first


def seen_now(key: str, stored: object) -> None:
    """The person has been told what is stored now: the next save may replace it."""
    st.session_state[f"{key}.first"] = stored


def said() -> None:
    """What was just done, if anything."""
    text = st.session_state.pop(_SAID, "")
    if text:
        st.html(f'<p class="a-past" role="status">{escape(text)}</p>')


def refuse(problems: Iterable[str]) -> None:
    """What speaks against it, one sentence each; nothing was stored."""
    items = "".join(f"<li>{escape(text)}</li>" for text in problems)
    st.html(f'<div class="a-outcome reject" role="alert"><ul>{items}</ul></div>')


def history(actor: Actor, table: str, key: tuple[str, ...], name: str, _: Words) -> None:
    """The changes of a row, newest first, and the way to take one back.

    Args:
        actor: who looks.
        table: assignments, duty_days or states.
        key: the first parts of the row's key.
        name: of the row, for headings and labels.
        _: words of the page's language.
    """
    steps = trails.of(startup.the_store(), actor, table, key, _.lang)
    st.html(f"<h3>{escape(_('adminstate.history', name=name))}</h3>{_table(steps, _)}")
    can = {step.change: step for step in steps if not step.refused}
    if not can:
        return
    name_of = ".".join((table, *key))
    with st.form(f"admin.undo.{name_of}", border=False):
        change = st.selectbox(
            _("adminstate.undo_which"),
            list(can),
            format_func=lambda number: _choice(can[number], _),
            key=fresh(f"undo.which.{name_of}"),
        )
        why = st.text_input(
            _("adminstate.undo_why"), max_chars=300, key=fresh(f"undo.why.{name_of}")
        )
        pressed = st.form_submit_button(_("adminstate.undo"))
    if not pressed or change is None:
        return
    problem = trails.take_back(startup.the_store(), actor, change, why, now=now(), lang=_.lang)
    if problem:
        refuse([problem])
    else:
        done(_("adminstate.undone"))


def _table(steps: list[Step], _: Words) -> str:
    if not steps:
        return f"<p>{escape(_('adminstate.no_history'))}</p>"
    head = [(_(f"adminstate.col_{name}"), "") for name in ("when", "old", "new", "by")]
    return html.table(head, (_line(step, _) for step in steps))


def _line(step: Step, _: Words) -> tuple[str, ...]:
    none = f'<span class="a-muted">{escape(_("adminstate.nothing"))}</span>'
    why = f'<div class="a-muted">{escape(step.why)}</div>' if step.why else ""
    row = f'<div class="a-muted">{escape(step.row)}</div>' if step.row else ""
    undone = ""
    if step.refused == "undone":
        undone = f'<div class="a-muted">{escape(_("adminstate.was_undone"))}</div>'
    return (
        f"{escape(step.when)}{row}",
        evidence(step.old) or none,
        evidence(step.new) or none,
        f"{escape(step.by)}{why}{undone}",
    )


def _choice(step: Step, _: Words) -> str:
    new = step.new or _("adminstate.nothing")
    text = f"{step.when}: {new[:80]}"
    return text if step.rows == 1 else f"{text} ({_('adminstate.undo_rows', n=step.rows)})"
