"""Kịch bản as HTML, and the form's way between the address and the session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from i18n.numbers import ABSENT
from i18n.words import Words
from services import scenario_saves, startup
from services.access import Actor
from services.scenario_desk import Desk, Shown, View
from services.scenario_saves import Saved
from services.scenario_weights import Weight

from . import address, html
from .moment import Moment
from .scenario_form import Form, unpacked, written
from .scenario_targets import begun

NUMBER = "a-number"
ECHOES = 20  # addresses that this session wrote last


@dataclass(frozen=True, slots=True)
class Here:
    """The form of this run, the saved scenario that it belongs to, and the widgets' turn.

    opened: the version of the saved scenario that the form started from, 0 without one: newer
    ones must not be saved over unseen.
    """

    form: Form
    saved: Saved | None
    opened: int
    turn: int


def form_here(actor: Actor, seen: Moment, at: Desk, first: str, _: Words) -> Here:
    """What the address and the session say.

    The address comes first: a link and a reload give what they gave. While it is one that this
    session wrote itself lately, the session's own form goes on.
    """
    state = st.session_state
    key, packed = address.asked("key"), str(st.query_params.get("s", ""))
    saved = scenario_saves.load(startup.the_store(), actor, key, seen.at) if key else None
    here = f"{key}|{packed}"
    if here not in state.get("scenarios.here", ()) or "scenarios.form" not in state:
        form = unpacked(packed)
        if form is None and saved is not None:
            form = written(saved.document, _)
        if form is None:
            form = Form(targets={first: begun(at, first, _)} if first else {})
        state["scenarios.form"] = form
        state["scenarios.here"] = [here]
        state["scenarios.turn"] = state.get("scenarios.turn", 0) + 1
    version = address.asked("v")
    opened = int(version) if version.isdecimal() else saved.version if saved else 0
    return Here(state["scenarios.form"], saved, opened, state["scenarios.turn"])


def keep(here: Here) -> None:
    """Put the form into the address, so that a reload loses nothing."""
    packed = here.form.packed()
    if here.saved is not None:
        st.query_params["v"] = str(here.opened)
    if packed != str(st.query_params.get("s", "")):
        if packed:
            st.query_params["s"] = packed
        elif "s" in st.query_params:
            del st.query_params["s"]
    # What is typed while the browser has not yet taken the newer address over comes back with an
    # older one: that is an echo, no wish to go back, and must not undo what was typed.
    written = st.session_state["scenarios.here"]
    written.append(f"{address.asked('key')}|{packed}")
    del written[:-ECHOES]


def notice(_: Words) -> str:
    """The mark that stands on everything of a scenario."""
    return f'<p class="a-trial" role="note">{escape(_("scenario.not_forecast"))}</p>'


def said(one: Shown, _: Words) -> str:
    """What stands at the end of a scenario, and whether that reaches."""
    return _(
        "scenario.page.result",
        year=one.year,
        value=one.value,
        asked=one.asked,
        outcome=one.outcome,
        gap=one.gap,
    )


def outcome(one: Shown, _: Words) -> str:
    """The line under the chart: the result, how sure, what it takes after a bad year."""
    more = (one.chance_says, one.expected, one.afterwards, one.held)
    extra = "".join(f"<p>{escape(text)}</p>" for text in more if text)
    by = ""
    if one.given_by:
        by = f'<p class="a-muted">{escape(_("scenario.page.given_by", text=one.given_by))}</p>'
    return f'<p class="a-lead" role="status">{escape(said(one, _))}</p>{extra}{by}'


def years(one: Shown, _: Words) -> str:
    """The numbers of the chart as a table."""
    head = [
        (_(f"scenario.col.{name}"), NUMBER if name != "year" else "")
        for name in ("year", "scenario", "path", "trend", "band")
    ]
    rows = (
        tuple(escape(text) for text in (y.year, y.value, y.path, y.trend, y.band))
        for y in one.years
    )
    return html.fold(_("scenario.page.table"), html.table(head, rows), opened=False)


def overview(view: View, _: Words) -> str:
    """Every target of the scenario in one table."""
    if len(view.shown) < 2:
        return ""
    head = [
        (_(f"scenario.col.{name}"), NUMBER if name in ("end", "gap") else "")
        for name in ("target", "asked", "end", "gap", "outcome", "chance")
    ]
    rows = (
        (
            f"{escape(one.name)} <span class='a-muted'>{escape(f'{one.code} · {one.how}')}</span>",
            escape(f"{one.asked} ({one.year})"),
            escape(one.value),
            escape(one.gap),
            escape(one.outcome),
            escape(one.chance or ABSENT),
        )
        for one in view.shown
    )
    heading = f"<h2>{escape(_('scenario.page.all'))}</h2><p>{escape(view.summary)}</p>"
    return heading + html.table(head, rows)


def drivers(view: View, _: Words) -> str:
    """What each driver has to do, or is assumed to do."""
    if not view.drivers:
        return ""
    names = ("driver", "first", "last", "growth", "given")
    head = [
        (_(f"scenario.col.{name}"), NUMBER if name in ("first", "last", "growth") else "")
        for name in names
    ]
    rows = (
        (
            escape(one.name),
            escape(one.first),
            escape(one.last),
            escape(one.growth or ABSENT),
            escape(one.given_by or _("scenario.page.assumed")),
        )
        for one in view.drivers
    )
    return f"<h2>{escape(_('scenario.page.drivers'))}</h2>" + html.table(head, rows)


def weights(found: Sequence[Weight], _: Words) -> str:
    """Which assumption matters most, folded."""
    if not found:
        return ""
    head = [
        (_(f"scenario.col.{name}"), NUMBER if name != "assumption" else "")
        for name in ("assumption", "less", "more")
    ]
    rows = (tuple(escape(text) for text in (one.what, one.less, one.more)) for one in found)
    table = html.table(head, rows, _("scenario.page.weights_say"))
    return html.fold(_("scenario.page.weights"), table, opened=False)


def clashes(view: View) -> str:
    """What does not fit together."""
    if not view.clashes:
        return ""
    items = "".join(f"<li>{escape(text)}</li>" for text in view.clashes)
    return f'<div class="a-past" role="alert"><ul>{items}</ul></div>'


def problems(found: Mapping[str, str], _: Words) -> str:
    """Why nothing could be worked out; what was typed stays where it is.

    found: place ("targets.DL-01.shape.pct", "DL-01.pct") -> text; of a place the target or
    driver is shown.
    """
    told = [f"{_owner(place)}{text}" for place, text in found.items()]
    items = "".join(f"<li>{escape(text)}</li>" for text in dict.fromkeys(told))
    heading = escape(_("scenario.page.problems"))
    return (
        f'<div class="a-past" role="alert"><p><strong>{heading}</strong></p><ul>{items}</ul></div>'
    )


def _owner(place: str) -> str:
    parts = place.split(".")
    if parts[0] in ("targets", "drivers") and len(parts) > 1:
        return f"{parts[1]}: "
    return f"{parts[0]}: " if len(parts) == 2 and parts[0] != "spread" else ""
