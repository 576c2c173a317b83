"""Drafts that several people have open: the list, what a colleague changed, saying and leaving."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import streamlit as st

from i18n.dates import moment_text
from i18n.periods import period_text
from i18n.words import Words
from services import drafts, startup
from services.access import Actor
from services.drafts import Choices, Draft, DraftMoved

from . import address, html
from .clock import now


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a draft stands to what this window showed of it last.

    before: what was shown, None where nothing was. turn: part of the keys of widgets that are
    to be made anew after somebody else wrote in it. moved: whether that is just now. says: HTML.
    """

    before: Choices | None
    turn: int
    moved: bool
    says: str


def arrive(actor: Actor, draft: Draft, _: Words, told: str = "upload.changed_by") -> Arrival:
    """Compare a draft with what this window showed of it; keep it for the next run.

    told: id of the sentence about what somebody else has just changed.
    """
    seen, turns = f"upload.seen.{draft.id}", f"upload.turn.{draft.id}"
    before: Choices | None = st.session_state.get(seen)
    moved = before is not None and before != draft.choices
    if moved:
        st.session_state[turns] = st.session_state.get(turns, 0) + 1
    st.session_state[seen] = draft.choices
    return Arrival(
        before, st.session_state.get(turns, 0), moved, _told(actor, draft, told if moved else "", _)
    )


def _told(actor: Actor, draft: Draft, word: str, _: Words) -> str:
    """Who else works on it: said on each look; and what they did just now."""
    said = ""
    if draft.owner != actor.key:
        at = moment_text(draft.created, _.lang)
        said = f"<p>{escape(_('upload.shared', by=draft.trail.by, at=at))}</p>"
    if word:
        at = moment_text(draft.updated, _.lang)
        told = escape(_(word, by=draft.trail.last_by, at=at))
        said += f'<p class="a-past" role="alert">{told}</p>'
    return said


def say(actor: Actor, draft: Draft, choices: Choices) -> Draft:
    """Keep what was said; where somebody else was faster the page is shown anew."""
    store = startup.the_store()
    try:
        drafts.say(store, actor, draft.id, choices, now(), before=draft.choices)
    except DraftMoved:
        st.rerun()
    st.session_state[f"upload.seen.{draft.id}"] = choices
    return replace(draft, choices=choices)


def drop(actor: Actor, draft: Draft) -> None:
    """Throw a draft away, or leave it where a colleague began it; then on to the list."""
    if draft.owner == actor.key:
        try:
            drafts.discard(startup.the_store(), actor, draft.id, before=draft.choices)
        except DraftMoved:
            st.rerun()
    address.go()


def drop_word(actor: Actor, draft: Draft, word: str, _: Words) -> str:
    """What the button that ends the work is called: a colleague's draft is only left."""
    return _(word) if draft.owner == actor.key else _("upload.leave")


def held(key: str, theirs: str, base: str | None) -> str | None:
    """Put into a field what counts, before it is drawn; what was typed and does not, else None.

    Three texts meet: what stood here last, what is in the field, what is stored now. Who alone
    changed something wins; of two changes the stored one stands and the typed one is told.

    Args:
        key: of the field.
        theirs: what is stored.
        base: what this window last stored or showed, None for a field not yet shown.
    """
    state: MutableMapping[Any, Any] = st.session_state
    if key not in state:
        state[key] = theirs
        return None
    mine = str(state[key] or "")
    if base is None or theirs == base:
        return None
    state[key] = theirs
    return mine if mine not in (base, theirs) else None


def open_list(actor: Actor, _: Words) -> str:
    """The open drafts one may go on with: name, who began it, when, who wrote in it last."""
    found = drafts.listing(startup.the_store(), actor)
    if not found:
        return ""
    head = [(_(f"upload.open_{name}"), "") for name in ("name", "by", "last")]
    rows = ((_link(one, _), _begun(actor, one, _), _last(one, _)) for one in found)
    title, says = escape(_("upload.open")), escape(_("upload.open_says"))
    return f"<h2>{title}</h2><p>{says}</p>{html.table(head, rows)}"


def _link(draft: Draft, _: Words) -> str:
    return html.link(address.link("upload", {"draft": draft.id}), named(draft, _))


def _begun(actor: Actor, draft: Draft, _: Words) -> str:
    by = draft.trail.by or actor.name
    if draft.owner == actor.key:
        by = _("upload.open_you", by=by)
    return f"{escape(by)}, {escape(moment_text(draft.created, _.lang))}"


def _last(draft: Draft, _: Words) -> str:
    if draft.updated == draft.created:
        return ""
    return f"{escape(draft.trail.last_by)}, {escape(moment_text(draft.updated, _.lang))}"


def named(draft: Draft, _: Words) -> str:
    """What an open draft is called in the list."""
    if draft.kind != drafts.ENTRY:
        return draft.file.name
    form = draft.choices.form
    parts = (period_text(form.get("period", ""), _.lang), form.get("field", ""))
    return f"{_('upload.entry')}: {' · '.join(part for part in parts if part)}"
