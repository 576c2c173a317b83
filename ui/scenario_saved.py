"""Saving scenarios, the list of those saved, several side by side, and files to take away."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from charts.history import Scenario as ChartLine
from i18n.dates import moment_text
from i18n.numbers import ABSENT, number
from i18n.periods import capital
from i18n.words import Words
from services import scenario_saves, startup
from services.access import PLAN, Actor
from services.refusals import Denied
from services.scenario_comparison import MOST, compare, moved
from services.scenario_desk import Desk, Shown, View, view
from services.scenario_saves import Basis, Edited, Locked, NoSuch, Saved

from . import address, html
from .moment import Moment
from .scenarios import Here

Json = dict[str, Any]


def now() -> int:
    """The clock, in microseconds since 1970 (UTC)."""
    return time.time_ns() // 1000


def state(saved: Saved, at: Desk, _: Words) -> str:
    """Which saved scenario this is, whose, on which data, and what newer data changed."""
    text = _(
        "scenario.saved.state",
        name=saved.name,
        author=saved.author,
        by=saved.by,
        at=moment_text(saved.at, _.lang),
        as_of=moment_text(saved.as_of, _.lang),
    )
    marks = [_("scenario.saved.shared" if saved.shared else "scenario.saved.private")]
    if saved.locked:
        marks.append(_("scenario.saved.locked"))
    note = f"<p>{escape(saved.note)}</p>" if saved.note else ""
    fresh = html.link(address.link("scenarios"), _("scenario.saved.fresh"))
    return (
        f'<div class="a-past"><p>{escape(text)} {escape(capital(" · ".join(marks)))}.</p>{note}'
        f"{_moved(saved, at, _)}<p>{fresh}</p></div>"
    )


def _moved(saved: Saved, at: Desk, _: Words) -> str:
    """What the scenario as it was saved gives on newer data, whatever is typed by now."""
    if saved.data_version == at.known.data_version:
        return ""
    shown = view(at, saved.document, _.lang)
    if not shown.answer:
        return ""
    names = {one.code: one for one in shown.shown}
    lines = [
        _("scenario.saved.moved", code=one.code, then=_short(one.then["value"], _),
          now=names[one.code].value)
        for one in moved(saved.results, shown.answer)
        if one.then["value"] != one.now["value"] and one.code in names
    ]  # fmt: skip
    if not lines:
        return ""
    items = "".join(f"<li>{escape(text)}</li>" for text in lines)
    return f"<p>{escape(_('scenario.saved.moved_title'))}</p><ul>{items}</ul>"


def _short(value: float, _: Words) -> str:
    return number(value, 2, _.lang)


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed, on which scenario, with what is to be saved."""

    what: str
    here: Here
    document: dict[str, Any]
    shared: bool


def fields(here: Here, actor: Actor, _: Words, *, ready: bool) -> str:
    """Name, note, whether others see it, and the buttons; the one that was pressed, else ""."""
    form, saved, turn = here.form, here.saved, here.turn
    st.html(f"<h2>{escape(_('scenario.saved.title'))}</h2>")
    if not actor.may(PLAN):
        st.html(f'<p class="a-muted">{escape(_("scenario.saved.no_right"))}</p>')
        return ""
    for name, most, place in zip(("name", "note"), (200, 1000), st.columns(2), strict=True):
        with place:
            text = st.text_input(
                _(f"scenario.field.{name}"),
                value=getattr(form, name),
                max_chars=most,
                key=f"scenarios.{turn}.{name}",
            )
            setattr(form, name, text)
    st.checkbox(_("scenario.field.shared"), value=bool(saved and saved.shared), key=_shared(turn))
    named = bool(form.name.strip())
    if not named:
        st.html(f'<p class="a-muted">{escape(_("scenario.saved.needs_name"))}</p>')
    may = saved is not None and saved.may_change(actor)
    pressed = ""
    with st.container(horizontal=True):
        for what in ("save", "save_new", "lock", "remove") if may else ("save_new",):
            words_of = "save" if what == "save_new" and saved is None else what
            needs = what.startswith("save")
            if st.button(
                _(f"scenario.saved.{words_of}"),
                type="primary" if what in ("save", "save_new")[: 1 if may else 2] else "secondary",
                disabled=needs and not (ready and named),
                key=f"scenarios.{what}",
            ):
                pressed = what
    return pressed


def _shared(turn: int) -> str:
    return f"scenarios.{turn}.shared"


def press(what: str, here: Here, document: Json | None) -> Press | None:
    """What a pressed button is to do; None where nothing was pressed or nothing can be saved."""
    if not what or document is None:
        return None
    named = {**document, "name": here.form.name.strip(), "note": here.form.note.strip()}
    return Press(what, here, named, bool(st.session_state.get(_shared(here.turn))))


def act(pressed: Press | None, actor: Actor, shown: View, seen: Moment, _: Words) -> None:
    """Do what was pressed; where that is refused, say why and keep everything as it is."""
    if pressed is None:
        return
    try:
        _do(pressed, actor, shown, seen, _)
    except Edited as error:
        link = html.link(address.link("scenarios", {"key": error.key}), _("scenario.saved.reopen"))
        refuse(_("scenario.saved.edited", by=error.by, at=moment_text(error.at, _.lang)), link)
    except Locked:
        refuse(_("scenario.saved.is_locked"))
    except (NoSuch, Denied):
        refuse(_("scenario.saved.gone"))


def _do(pressed: Press, actor: Actor, shown: View, seen: Moment, _: Words) -> None:
    store, saved, opened = startup.the_store(), pressed.here.saved, pressed.here.opened
    if pressed.what == "lock" and saved:
        scenario_saves.lock(store, actor, saved.key, opened, now=now())
        open_scenario(saved.key)
    if pressed.what == "remove" and saved:
        scenario_saves.remove(store, actor, saved.key, opened, now=now())
        open_scenario("")
    over = saved if pressed.what == "save" else None
    done = scenario_saves.save(
        store,
        actor,
        pressed.document,
        Basis(seen.at, seen.version, tuple(shown.answer.get("targets", ()))),
        now=now(),
        key=over.key if over else "",
        seen=opened if over else 0,
        shared=pressed.shared,
        based_on=saved.key if saved and not over else "",
    )
    if isinstance(done, Saved):
        open_scenario(done.key)
    refuse(_("scenario.page.problems"))


def refuse(text: str, link: str = "") -> None:
    """Say why nothing was done; link: HTML already."""
    st.html(f'<p class="a-wrong" role="alert">{escape(text)} {link}</p>')


def open_scenario(key: str) -> None:
    """On to a saved scenario, in the address as well; the run ends here."""
    kept = {name: value for name, value in address.kept().items() if value}
    st.query_params.from_dict({**kept, **({"key": key} if key else {})})
    st.session_state.pop("scenarios.here", None)
    st.rerun()


def listing(found: Sequence[Saved], _: Words) -> str:
    """The saved scenarios, the newest first, each a link."""
    if not found:
        return f'<p class="a-muted">{escape(_("scenario.saved.none"))}</p>'
    head = [(_(f"scenario.col.{name}"), "") for name in ("name", "author", "at", "state", "note")]
    return html.table(head, (_line(one, _) for one in found), _("scenario.saved.list"))


def _line(one: Saved, _: Words) -> tuple[str, ...]:
    marks = [_("scenario.saved.shared" if one.shared else "scenario.saved.private")]
    if one.locked:
        marks.append(_("scenario.saved.locked"))
    return (
        html.link(address.link("scenarios", {"key": one.key}), one.name),
        escape(one.author),
        escape(moment_text(one.at, _.lang)),
        escape(" · ".join(marks)),
        escape(one.note),
    )


def chosen(found: Sequence[Saved], _: Words) -> list[Saved]:
    """The saved scenarios that are to be compared with what is on the screen, three at most."""
    if not found:
        return []
    by_key = {one.key: one for one in found}
    picked = st.multiselect(
        _("scenario.saved.compare"),
        list(by_key),
        format_func=lambda key: f"{by_key[key].name} ({by_key[key].author})",
        max_selections=MOST - 1,
        key="scenarios.compare",
        placeholder=_("scenario.saved.choose"),
    )
    return [by_key[key] for key in picked]


def others(at: Desk, picked: Sequence[Saved], lang: str) -> list[View]:
    """The saved scenarios, worked out on the data of now."""
    return [view(at, one.document, lang) for one in picked]


def lines(views: Sequence[View], code: str) -> list[ChartLine]:
    """Their lines of one target, for the chart."""
    return [one.line for shown in views for one in shown.shown if one.code == code]


def comparison(mine: View, views: Sequence[View], _: Words) -> str:
    """Up to four scenarios side by side: the end of each target, and whether it reaches."""
    if not views or not mine.answer:
        return ""
    every = [mine, *(one for one in views if one.answer)]
    if len(every) < 2:
        return ""
    names = [one.name or _("scenario.page.unnamed") for one in every]
    names[0] = _("scenario.saved.mine", name=names[0])
    by_code: list[Mapping[str, str]] = [
        {one.code: _compared(one) for one in shown.shown} for shown in every
    ]
    head = [(_("scenario.col.target"), ""), *((name, "") for name in names)]
    rows = [
        (
            f"<strong>{escape(line.code)}</strong>" if line.differs else escape(line.code),
            *(found.get(line.code, ABSENT) for found in by_code),
        )
        for line in compare([one.answer for one in every])
    ]
    heading = f"<h2>{escape(_('scenario.saved.comparison'))}</h2>"
    return heading + html.table(head, rows, _("scenario.saved.differs"))


def _compared(one: Shown) -> str:
    """One target of one scenario: where it ends, how sure that is, what is assumed for it."""
    ends = " · ".join(text for text in (one.value, one.outcome, one.chance) if text)
    return f"{escape(ends)}<br><span class='a-muted'>{escape(one.how)}</span>"
