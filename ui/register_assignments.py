"""Sổ chỉ tiêu › Phân công: which agency reports and leads which target, and how it was assigned."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from i18n.words import Words
from services import assigning, startup
from services.access import Actor
from services.assignment_list import Board, Held, Line, board
from services.assignments import LEAD, REPORT

from . import address, html
from .clock import now
from .moment import Moment
from .register_assign_form import by_file, by_form
from .register_told import done, fresh, history, refuse, said
from .words import plain

NOBODY = "-"  # in the address: targets that nobody reports
MOST_NAMES = 3


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """Who reports what, or one target's assignments, as the address asks."""
    said()
    found = board(startup.the_store(), seen.at, _.lang)
    code = address.asked("code")
    line = next((one for one in found.lines if one.code == code), None)
    if line is not None:
        _target(actor, line, _)
        return
    st.html(f'<p class="a-lead">{escape(_sentence(found, _))}</p>')
    by_form(actor, found, _)
    by_file(actor, seen, _)
    st.html(_filters(found, _) + _table(found, _))


def _sentence(found: Board, _: Words) -> str:
    total = len(found.lines)
    return _(
        "adminstate.assign_sentence", n=found.reported, total=total, none=total - found.reported
    )


def _filters(found: Board, _: Words) -> str:
    every = ("", _("page.overview.all"))
    fields = list(dict.fromkeys(one.field for one in found.lines if one.field))
    named = {key for one in found.lines for key in one.agencies}
    agencies = [(key, name) for key, name in found.agencies if key in named]
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in {
            **address.kept(),
            "part": address.asked("part"),
            "what": address.asked("what"),
        }.items()
        if value
    )
    selects = (
        html.select(
            "who",
            _("adminstate.filter_who"),
            [every, (NOBODY, _("adminstate.nobody")), *agencies],
            address.asked("who"),
        ),
        html.select(
            "field",
            _("page.overview.field"),
            [every, *((one, one) for one in fields)],
            address.asked("field"),
        ),
    )
    return f'<form class="a-filter" method="get" action="/admin">{hidden}{"".join(selects)}</form>'


def _table(found: Board, _: Words) -> str:
    who, field = address.asked("who"), address.asked("field")
    shown = [
        one
        for one in found.lines
        if (not field or one.field == field)
        and (not who or (not one.is_reported if who == NOBODY else who in one.agencies))
    ]
    if not shown:
        return f"<p>{escape(_('page.overview.none'))}</p>"
    names = ("target", "text_lead", "reports", "leads", "more")
    head = [(_(f"adminstate.col_{name}"), "") for name in names]
    caption = _("adminstate.assign_caption", n=len(shown), total=len(found.lines))
    return html.table(head, (_row(one, _) for one in shown), caption)


def _row(one: Line, _: Words) -> tuple[str, ...]:
    target = html.link(address.link("target", {"code": one.code}), one.name)
    more = html.link(
        address.here(code=one.code),
        _("adminstate.assign_more", code=one.code),
        id=f"f-{one.code}",
        class_="a-nowrap",
    )
    return (
        f'{target} <span class="a-muted">{escape(one.code)} · {escape(one.field)}</span>',
        escape(one.lead),
        _held(one.by(REPORT), _) or _nobody(_("adminstate.nobody")),
        _held(one.by(LEAD), _) or f'<span class="a-muted">{escape(_("adminstate.as_text"))}</span>',
        more,
    )


def _nobody(text: str) -> str:
    return f'<span aria-hidden="true">○</span> {escape(text)}'


def _held(found: Sequence[Held], _: Words) -> str:
    """The agencies, the whole target first; of many areas only how many they are."""
    whole = [one for one in found if not one.area]
    areas = [one for one in found if one.area]
    said = [_agency(one, _) for one in whole]
    said += [_agency(one, _) for one in areas[:MOST_NAMES]]
    if len(areas) > MOST_NAMES:
        said.append(escape(_("adminstate.more_areas", n=len(areas) - MOST_NAMES)))
    return "".join(f"<div>{one}</div>" for one in said)


def _agency(one: Held, _: Words) -> str:
    shape = "◔" if one.to_come else "●"
    since = _("adminstate.since_to_come" if one.to_come else "adminstate.since", day=one.since)
    place = f"{escape(one.area)}: " if one.area else ""
    return (
        f'<span aria-hidden="true">{shape}</span> {place}{escape(one.name)}'
        f'<div class="a-muted">{escape(since)} · {escape(one.document)}</div>'
    )


def _target(actor: Actor, line: Line, _: Words) -> None:
    """One target: who stands for it, the way to end that, its history."""
    back = html.link(address.here(code=""), _("adminstate.back"), class_="a-button", id="f-back")
    st.html(
        f"<h2>{escape(line.code)} · {escape(line.name)}</h2>"
        f"<p>{escape(_('adminstate.text_says', lead=line.lead))}</p><p>{back}</p>"
        + (_standing(line, _) if line.held else f"<p>{_nobody(_('adminstate.nobody'))}</p>")
    )
    if any(not one.follows for one in line.held):
        _end(actor, line, _)
    history(actor, "assignments", (line.code,), line.code, _)


def _standing(line: Line, _: Words) -> str:
    names = ("agency", "role", "area", "from", "decision", "note")
    head = [(_(f"adminstate.col_{name}"), "") for name in names]
    rows = (
        (
            escape(one.name),
            escape(_(f"adminstate.role_{one.role}")),
            escape(one.area or _("adminstate.all_areas")),
            escape(
                _("adminstate.since_to_come" if one.to_come else "adminstate.since", day=one.since)
            ),
            escape(one.document),
            escape(one.note),
        )
        for one in line.held
    )
    return html.table(head, rows)


def _end(actor: Actor, line: Line, _: Words) -> None:
    """End one of the assignments that stand, with the reason."""
    held = {one.key: one for one in line.held if not one.follows}
    with st.form(f"admin.end.{line.code}", border=False):
        key = st.selectbox(
            plain(_("adminstate.end_which")),
            list(held),
            format_func=lambda one: _choice(held[one], _),
            key=fresh(f"end.which.{line.code}"),
        )
        why = st.text_input(
            _("adminstate.end_reason"), max_chars=300, key=fresh(f"end.why.{line.code}")
        )
        pressed = st.form_submit_button(_("adminstate.end"))
    if not pressed or key is None:
        return
    ended = assigning.end(
        startup.the_store(), actor, key, why, agency=held[key].agency, now=now(), lang=_.lang
    )
    if ended.problem:
        refuse([ended.problem])
    else:
        done(_("adminstate.ended", name=held[key].name, code=line.code))


def _choice(one: Held, _: Words) -> str:
    area = one.area or _("adminstate.all_areas")
    return f"{one.name} · {_(f'adminstate.role_{one.role}')} · {area}"
