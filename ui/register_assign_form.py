"""Assigning: the form for several targets at once, and the file; each previewed, then stored."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from html import escape

import streamlit as st

from i18n.words import Words
from services import assigning, assignments, startup
from services.access import Actor
from services.assigning import KINDS, ROLES, NewAgency, Wanted
from services.assignment_lines import SAME, Line
from services.assignment_list import Board
from services.assignments import FilePreview
from services.file_report import FileReport
from services.refusals import Conflict

from . import html
from .clock import now
from .moment import Moment
from .register_told import done, fresh, refuse

ANOTHER = "+"  # in the list of agencies: one that the register does not have yet
SHOWN = 100


def by_form(actor: Actor, found: Board, _: Words) -> None:
    """The form, folded; its preview stays until a field changes."""
    with st.expander(_("adminstate.assign_title"), expanded=not found.reported):
        _form(actor, found, _)


def _form(actor: Actor, found: Board, _: Words) -> None:
    wanted = _wanted(found, _)
    kept = fresh("assign.previewed")
    if st.button(_("adminstate.assign_preview"), key=fresh("assign.preview")):
        st.session_state[kept] = wanted
        st.session_state.pop(f"{kept}.seen", None)
    if st.session_state.get(kept) != wanted:
        return
    answer = assigning.preview(startup.the_store(), actor, wanted, now=now(), lang=_.lang)
    if answer.problems:
        refuse(answer.problems)
        return
    st.html(_preview(answer.lines, _))
    if answer.count(SAME) == len(answer.lines):
        st.html(f'<p role="status">{escape(_("adminstate.nothing_new"))}</p>')
        return
    # what the preview showed when the button was pressed, not what stands in this very run
    seen = st.session_state.get(f"{kept}.seen") or answer.seen
    st.session_state[f"{kept}.seen"] = answer.seen
    label = _("adminstate.assign_save", n=len(answer.lines) - answer.count(SAME))
    if st.button(label, type="primary", key=fresh("assign.save")):
        _store(actor, wanted, seen, _)


def _store(actor: Actor, wanted: Wanted, seen: str, _: Words) -> None:
    stored = assigning.assign(startup.the_store(), actor, wanted, seen=seen, now=now(), lang=_.lang)
    if stored.problems:
        refuse(stored.problems)
    elif stored.moved:
        refuse([_("adminstate.assign_moved")])
    else:
        changed = len(stored.lines) - stored.count(SAME)
        done(_("adminstate.assign_saved", n=changed, agency=stored.lines[0].new))


def _wanted(found: Board, _: Words) -> Wanted:
    """What the fields say."""
    names = {one.code: f"{one.code} · {one.name}" for one in found.lines}
    agencies = dict(found.agencies)
    targets = st.multiselect(
        _("adminstate.field_targets"),
        list(names),
        format_func=lambda code: names[code],
        placeholder=_("adminstate.hint_targets"),
        key=fresh("assign.targets"),
    )
    left, right = st.columns(2)
    agency = left.selectbox(
        _("adminstate.field_agency"),
        [ANOTHER, *agencies],
        index=None,
        format_func=lambda key: agencies.get(key, _("adminstate.agency_new")),
        placeholder=_("adminstate.hint_agency"),
        key=fresh("assign.agency"),
    )
    role = right.selectbox(
        _("adminstate.field_role"),
        ROLES,
        format_func=lambda one: _(f"adminstate.role_{one}"),
        key=fresh("assign.role"),
    )
    new = _new_agency(_) if agency == ANOTHER else None
    areas = dict(found.areas_of(tuple(targets)))
    chosen: list[str] = []
    if areas:
        chosen = st.multiselect(
            _("adminstate.field_areas"),
            list(areas),
            format_func=lambda code: areas[code],
            placeholder=_("adminstate.all_areas"),
            key=fresh("assign.areas"),
        )
    first, second, third = st.columns([1, 2, 2])
    return Wanted(
        targets=tuple(targets),
        agency="" if new else agency or "",
        new=new,
        role=role or ROLES[0],
        areas=tuple(chosen),
        starts=first.text_input(
            _("adminstate.field_from"),
            placeholder="31/12/2026",
            help=_("adminstate.from_says"),
            max_chars=40,
            key=fresh("assign.from"),
        ),
        document=second.text_input(
            _("adminstate.field_document"), max_chars=300, key=fresh("assign.document")
        ),
        note=third.text_input(
            _("adminstate.field_note_of"), max_chars=300, key=fresh("assign.note")
        ),
    )


def _new_agency(_: Words) -> NewAgency:
    first, second, third = st.columns([3, 2, 2])
    name = first.text_input(
        _("adminstate.agency_name"), max_chars=300, key=fresh("assign.new.name")
    )
    short = second.text_input(
        _("adminstate.agency_short"), max_chars=100, key=fresh("assign.new.short")
    )
    kind = third.selectbox(
        _("adminstate.agency_kind"),
        KINDS,
        format_func=lambda one: _(f"adminstate.kind_{one}"),
        key=fresh("assign.new.kind"),
    )
    return NewAgency(name, short, kind or KINDS[0])


def _preview(lines: Sequence[Line], _: Words) -> str:
    """Old and new of each assignment."""
    names = ("target", "area", "role", "old", "new", "from", "effect")
    head = [(_(f"adminstate.col_{name}"), "") for name in names]
    rows = (
        (
            f'{escape(one.name)} <span class="a-muted">{escape(one.target)}</span>',
            escape(one.area or _("adminstate.all_areas")),
            escape(_(f"adminstate.role_{one.role}")),
            escape(one.old or _("adminstate.nobody")),
            escape(one.new),
            escape(one.since),
            escape(_(f"adminstate.effect_{one.effect}")),
        )
        for one in lines[:SHOWN]
    )
    title = _("adminstate.preview_title", n=len(lines))
    return html.table(head, rows, title)


def by_file(actor: Actor, seen: Moment, _: Words) -> None:
    """The same from a file: checked at once, stored at the press of the button."""
    with st.expander(_("adminstate.file_title")):
        st.html(f"<p>{escape(_('adminstate.file_says'))}</p>")
        file = st.file_uploader(
            _("adminstate.file_field"), type=["csv", "xlsx", "xls", "ods"], key=fresh("assign.file")
        )
        if file is None:
            return
        found = _checked(actor, file.getvalue(), file.name, seen, _)
        st.html(_report(found.report, _) + (_preview(found.lines, _) if found.lines else ""))
        # what stood when the button was shown, not what stands in this very run
        shown = st.session_state.get(fresh("assign.file.seen"), ("", ""))
        before = shown[1] if shown[0] == file.file_id else found.seen
        st.session_state[fresh("assign.file.seen")] = file.file_id, found.seen
        count = found.report.added + found.report.changed
        if found.report.refused or not count:
            return
        label = _("adminstate.assign_save", n=count)
        if st.button(label, type="primary", key=fresh("assign.file.save")):
            _store_file(actor, file.getvalue(), file.name, before, _)


def _checked(actor: Actor, content: bytes, name: str, seen: Moment, _: Words) -> FilePreview:
    """What the file would do, read once as long as neither it nor the store changes."""
    key = hashlib.sha256(content).hexdigest(), name, seen.version, _.lang
    kept = st.session_state.get(fresh("assign.file.kept"))
    if kept is None or kept[0] != key:
        store = startup.the_store()
        kept = key, assignments.preview(store, actor, content, name, now=now(), lang=_.lang)
        st.session_state[fresh("assign.file.kept")] = kept
    found: FilePreview = kept[1]
    return found


def _store_file(actor: Actor, content: bytes, name: str, shown: str, _: Words) -> None:
    try:
        stored = assignments.add(startup.the_store(), actor, content, name, seen=shown, now=now())
    except Conflict:
        refuse([_("adminstate.assign_moved")])
        return
    if stored.refused:
        st.html(_report(stored, _))
    else:
        done(_("adminstate.file_saved", n=stored.added + stored.changed, name=name))


def _report(found: FileReport, _: Words) -> str:
    """Counts of a file's rows and what is wrong with them."""
    key = "file_refused" if found.refused else "file_counts"
    counts = _(f"adminstate.{key}", added=found.added, changed=found.changed, same=found.same)
    items = "".join(
        f"<li>{escape(f'{one.where}: {one.message} {one.fix}')}</li>"
        for one in found.findings[:SHOWN]
    )
    kind = "reject" if found.refused else "accept"
    return (
        f'<div class="a-outcome {kind}" role="status"><p>{escape(counts)}</p><ul>{items}</ul></div>'
    )
