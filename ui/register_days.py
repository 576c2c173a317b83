"""Sổ chỉ tiêu › Ngày báo cáo: each duty to report, and its day where the text names none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from i18n.words import Words
from services import duty_days, startup
from services.access import Actor
from services.duty_days import SET, UNSET, DutyLine

from . import html
from .clock import now
from .moment import Moment
from .register_told import done, fresh, history, refuse, said, seen_now, shown_first
from .words import plain

SHAPES = {"set": "●", "unset": "○", "by_text": "■", "when_needed": "◇"}


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """How many duties have a day, the duties, a form for each whose day may be set."""
    said()
    lines = duty_days.listing(startup.the_store(), seen.at, _.lang)
    st.html(f'<p class="a-lead">{escape(_sentence(lines, _))}</p>{_table(lines, _)}')
    for line in lines:
        if line.state in {SET, UNSET}:
            _form(actor, line, _)


def _sentence(lines: Sequence[DutyLine], _: Words) -> str:
    open_ones = sum(one.state == UNSET for one in lines)
    key = "days_sentence" if open_ones else "days_sentence_all"
    return _(f"adminstate.{key}", n=open_ones, total=len(lines))


def _table(lines: Sequence[DutyLine], _: Words) -> str:
    names = ("duty", "who", "rule", "day", "next")
    head = [(_(f"adminstate.col_{name}"), "") for name in names]
    return html.table(head, (_row(one, _) for one in lines))


def _row(one: DutyLine, _: Words) -> tuple[str, ...]:
    days = "; ".join(
        f"{field.label}: {_('adminstate.before', day=field.day)} ({field.source})"
        for field in one.fields
        if field.day
    )
    state = f'<span aria-hidden="true">{SHAPES[one.state]}</span> '
    state += escape(_(f"adminstate.days_{one.state}"))
    return (
        f'{escape(one.what)} <span class="a-muted">{escape(one.key)}</span>',
        f'{escape(one.who)}<div class="a-muted">'
        f"{escape(_('adminstate.to_whom', name=one.to_whom))}</div>",
        f'{escape(one.rule)}<div class="a-muted">{escape(one.where)}</div>',
        f"{state}<div>{escape(days)}</div>",
        escape(one.next_due or _(f"adminstate.no_next_{one.state}")),
    )


def _form(actor: Actor, one: DutyLine, _: Words) -> None:
    """Days of the parts of the year and their source; what is blank is taken away."""
    title = _("adminstate.days_form", key=one.key, what=one.what)
    with st.expander(plain(title), expanded=one.state == UNSET):
        first = fresh(f"days.{one.key}.{one.fields[0].part}")
        seen = shown_first(first, one.seen)
        with st.form(f"admin.days.{one.key}", border=False):
            columns = st.columns(min(len(one.fields), 4))
            typed = {
                field.part: columns[place % len(columns)].text_input(
                    _("adminstate.days_field", part=plain(field.label)),
                    value=field.day,
                    placeholder="05/06",
                    max_chars=40,
                    key=fresh(f"days.{one.key}.{field.part}"),
                )
                for place, field in enumerate(one.fields)
            }
            source = st.text_input(
                _("adminstate.days_source"),
                value=next((field.source for field in one.fields if field.source), ""),
                max_chars=duty_days.MOST_TEXT,
                key=fresh(f"days.source.{one.key}"),
            )
            pressed = st.form_submit_button(_("adminstate.days_save"), type="primary")
        if pressed:
            _save(actor, replace(one, seen=seen), typed, source, _)
            seen_now(first, one.seen)
        history(actor, "duty_days", (one.key,), one.key, _)


def _save(actor: Actor, one: DutyLine, typed: dict[str, str], source: str, _: Words) -> None:
    found = duty_days.set_days(
        startup.the_store(), actor, one.key, typed, source, seen=one.seen, now=now(), lang=_.lang
    )
    if found.problems:
        refuse(found.problems)
    else:
        key = "days_saved" if found.change else "nothing_new"
        done(_(f"adminstate.{key}", key=one.key))
