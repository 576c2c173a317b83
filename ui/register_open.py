"""An open change of the register on screen: what it would do, what is wrong with it, confirming."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Protocol, TypeVar

import streamlit as st

from i18n.dates import day_text, moment_text
from i18n.words import Words
from services import register_drafts, register_effect, register_words, startup
from services.access import Actor
from services.chosen import assessment
from services.file_findings import Finding
from services.register_drafts import FILE, PLAN_FILE, Draft
from services.register_preview import Gone, Moved, Preview, commit, preview
from services.register_words import Told
from services.submissions import File

from . import address, html, register_effects
from .clock import now
from .moment import Moment

SHOWN_FINDINGS = 100
SHOWN_LINES, MANY_LINES = 200, 60
MOST_BYTES = 10 * 1024 * 1024  # a register is text: what is larger is none
_EMPTY_SHEET = "R29"


def draw(*parts: str) -> None:
    """Show HTML, where there is any."""
    whole = "".join(parts)
    if whole:
        st.html(whole)


class Named(Protocol):
    """A line that can be looked for by its code or name."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def name(self) -> str:
        """Its name."""


Line = TypeVar("Line", bound=Named)


def looked_for(lines: Sequence[Line], what: str, _: Words) -> tuple[list[Line], str]:
    """The lines that the address asks for, SHOWN_LINES at most, and a small form to look for some.

    The form stands only where there are more lines than fit on a page.
    """
    if len(lines) <= MANY_LINES:
        return list(lines), ""
    text = address.asked("q").strip()
    wanted = text.lower()
    found = [one for one in lines if wanted in f"{one.code} {one.name}".lower()]
    kept = {"part": "register", "what": what, **address.kept()}
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in kept.items()
        if value
    )
    form = (
        f'<form class="a-filter" method="get" action="/admin">{hidden}'
        f'<label for="f-q">{escape(_("adminreg.look_for"))}'
        f'<input type="text" id="f-q" name="q" value="{escape(text)}"></label>'
        f'<button class="a-button">{escape(_("adminreg.show"))}</button></form>'
    )
    more = len(found) - SHOWN_LINES
    if more > 0:
        form += f"<p>{escape(_.plural('adminreg.more_lines', more))}</p>"
    return found[:SHOWN_LINES], form


def take(actor: Actor, kind: str, label: str, what: str, _: Words) -> None:
    """A place to drop a file; what comes is kept as an open change and shown."""
    turn = st.session_state.get("admin.turn", 0)
    given = st.file_uploader(
        label, type=("csv", "xlsx", "xlsm", "xls", "ods"), key=f"admin.file.{what}.{turn}"
    )
    if given is None:
        return
    if given.size > MOST_BYTES:
        said = escape(_("adminreg.too_large", n=MOST_BYTES // 1024 // 1024))
        st.html(f'<p class="a-outcome reject" role="alert">{said}</p>')
        return
    file = File(given.name, given.getvalue())
    number = register_drafts.begin(startup.the_store(), actor, kind, file=file, now=now())
    st.session_state["admin.turn"] = turn + 1
    address.go(part="register", what=what, draft=number)


def asked(actor: Actor, kinds: Sequence[str], _: Words) -> Draft | None:
    """The open change that the address names; says where there is none any more."""
    number = address.asked("draft")
    if not number:
        return None
    found = register_drafts.load(startup.the_store(), actor, number)
    if found is None or found.kind not in kinds:
        st.html(f'<p class="a-past" role="alert">{escape(_("adminreg.gone"))}</p>')
        return None
    return found


def show(actor: Actor, draft: Draft, what: str, seen: Moment, _: Words, *, back: str = "") -> None:
    """Step 2 of every section: what it would do, and the buttons.

    back: the address of the form that it came from, "" for a file.
    """
    store, at = startup.the_store(), now()
    found = preview(store, actor, draft, now=at, lang=_.lang)
    rows = register_words.told(store, found.effects, at, _.lang)
    title = f"<h2>{escape(_title(draft, _))}</h2>"
    st.html(f"{title}{_outcome(found, rows, _)}{_findings(found, _)}")
    days = register_effect.counts_later(found.effects, at)
    later = f"<p>{escape(_later(days, _))}</p>" if days else ""
    changed = register_effect.compared(store, found.effects, assessment(), now=seen.at, lang=_.lang)
    told = "".join(f"<li>{escape(text)}</li>" for text in found.warnings)
    warned = f'<div class="a-outcome accept_with_warnings"><ul>{told}</ul></div>' if told else ""
    draw(warned, later, register_effects.table(rows, _), register_effects.compared(changed, _))
    _decide(actor, draft, found, what, _, back)


def problems(found: Preview, _: Words) -> None:
    """Above a form that cannot be stored as it is: how many fields, each sentence once."""
    said = _.plural("adminreg.refused", len(found.problems) or 1)
    items = "".join(f"<li>{escape(text)}</li>" for text in dict.fromkeys(found.problems.values()))
    st.html(
        f'<div class="a-outcome reject" role="alert"><p>{escape(said)}</p><ul>{items}</ul></div>'
    )


def _title(draft: Draft, _: Words) -> str:
    if draft.file is not None:
        return _("adminreg.preview_file", file=draft.file.name)
    return _("adminreg.preview_form")


def _outcome(found: Preview, rows: Sequence[Told], _: Words) -> str:
    """The sentence that answers first: what storing would do, or that nothing can be stored."""
    if found.refused:
        errors = sum(one.severity == "error" for one in found.findings) or len(found.problems)
        said = _.plural("adminreg.refused", errors)
        return f'<div class="a-outcome reject" role="alert"><p>{escape(said)}</p></div>'
    if not found.effects:
        return f'<div class="a-outcome accept"><p>{escape(_("adminreg.nothing_to_do"))}</p></div>'
    same = _.plural("adminreg.same", found.same) if found.same else ""
    said = _("adminreg.would", did=register_effects.did(rows, _), same=same)
    doubts = register_words.doubts(found.effects)
    more = f" {_.plural('adminreg.with_doubts', doubts)}" if doubts else ""
    return f'<div class="a-outcome accept"><p>{escape(said + more)}</p></div>'


def _findings(found: Preview, _: Words) -> str:
    """The findings at their cells, errors first; empty sheets of a template are no news."""
    told = [one for one in found.findings if one.code != _EMPTY_SHEET]
    told.sort(key=lambda one: one.severity != "error")
    if not told:
        return ""
    errors = [one for one in told if one.severity == "error"]
    notes = [one for one in told if one.severity != "error"]
    parts = ""
    if errors:
        parts += html.fold(
            _("adminreg.errors", n=len(errors)), _finding_table(errors, _), opened=True
        )
    if notes:
        parts += html.fold(_("adminreg.notes", n=len(notes)), _finding_table(notes, _))
    return parts


def _finding_table(found: Sequence[Finding], _: Words) -> str:
    head = [(_(f"adminreg.head_{name}"), "") for name in ("cell", "message", "fix")]
    rows = (
        (
            escape(f"{one.sheet}!{one.cell}" if one.sheet else one.cell) or "–",
            f'{escape(one.message)} <span class="a-muted">{escape(one.code)}</span>',
            escape(one.fix),
        )
        for one in found[:SHOWN_FINDINGS]
    )
    more = len(found) - SHOWN_FINDINGS
    rest = f"<p>{escape(_.plural('adminreg.more_rows', more))}</p>" if more > 0 else ""
    return html.table(head, rows) + rest


def _later(days: Sequence[str], _: Words) -> str:
    shown = ", ".join(day_text(date.fromisoformat(day), _.lang) for day in days)
    return _("adminreg.counts_later", days=shown)


def _decide(actor: Actor, draft: Draft, found: Preview, what: str, _: Words, back: str) -> None:
    """Store what was shown, go back to the form, or throw it away."""
    store = startup.the_store()
    with st.container(horizontal=True):
        yes = found.may_commit and st.button(
            _("adminreg.confirm"), type="primary", key=f"admin.confirm.{draft.id}"
        )
        no = st.button(_("adminreg.discard"), key=f"admin.discard.{draft.id}")
    if back:
        st.html(f"<p>{html.link(back, _('adminreg.back_to_form'))}</p>")
    elif draft.kind in (FILE, PLAN_FILE):
        st.html(f'<p class="a-muted">{escape(_("adminreg.file_again"))}</p>')
    if no:
        register_drafts.discard(store, actor, draft.id)
        address.go(part="register", what=what)
    if yes:
        _commit(actor, draft, _)
    register_drafts.show(store, actor, draft, found.fingerprint, now())


def _commit(actor: Actor, draft: Draft, _: Words) -> None:
    try:
        change = commit(startup.the_store(), actor, draft, now=now(), lang=_.lang)
    except Moved:
        st.html(f'<p class="a-outcome reject" role="alert">{escape(_("adminreg.moved"))}</p>')
        return
    except Gone:
        st.html(f'<p class="a-outcome reject" role="alert">{escape(_("adminreg.gone"))}</p>')
        return
    address.go(part="register", what="changes", change=str(change), saved="1")


def open_ones(actor: Actor, kinds: Sequence[str], what: str, _: Words) -> str:
    """HTML: the person's open changes of these kinds, to go on with."""
    found = register_drafts.listing(startup.the_store(), actor, *kinds)
    if not found:
        return ""
    links = (
        (address.link("admin", {"part": "register", "what": what, "draft": one.id}), one)
        for one in found[:10]
    )
    items = "".join(f"<li>{html.link(href, _name(one, _))}</li>" for href, one in links)
    return f"<h2>{escape(_('adminreg.open'))}</h2><ul>{items}</ul>"


def _name(one: Draft, _: Words) -> str:
    named = one.file.name if one.file else one.fields.get("code") or one.fields.get("target", "")
    return _("adminreg.open_one", name=named, at=moment_text(one.updated, _.lang))
