"""Sổ chỉ tiêu › Văn bản: the documents, and adding one with its targets from a file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from i18n.words import Words
from services import register_lists, register_templates, startup
from services.access import Actor
from services.register_drafts import FILE
from services.register_lists import DocumentLine

from . import html, register_changes, register_open
from .moment import Moment

WHAT = "documents"


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """How many documents, the file that brings more, the list, the history."""
    draft = register_open.asked(actor, (FILE,), _)
    if draft is not None:
        register_open.show(actor, draft, WHAT, seen, _)
        return
    lines = register_lists.documents(startup.the_store(), seen.at, _.lang)
    st.html(f'<p class="a-lead">{escape(_sentence(lines, _))}</p>{_table(lines, _)}')
    _file(actor, _)
    register_open.draw(
        register_open.open_ones(actor, (FILE,), WHAT, _),
        register_changes.recent(actor, ("documents", "targets"), _),
    )


def _sentence(lines: Sequence[DocumentLine], _: Words) -> str:
    targets = sum(one.targets for one in lines)
    return _("adminreg.documents_sentence", n=len(lines), targets=targets)


def _file(actor: Actor, _: Words) -> None:
    st.html(
        f"<h2>{escape(_('adminreg.add_file'))}</h2><p>{escape(_('adminreg.add_file_says'))}</p>"
    )
    st.download_button(
        _("adminreg.template"),
        lambda: register_templates.register_template(_.lang),
        file_name=register_templates.REGISTER_NAME,
        key="admin.template.register",
        on_click="ignore",
    )
    register_open.take(actor, FILE, _("adminreg.file"), WHAT, _)


def _table(lines: Sequence[DocumentLine], _: Words) -> str:
    head = [
        (_("adminreg.head_document"), ""),
        (_("adminreg.head_day"), "a-nowrap"),
        (_("adminreg.head_term"), "a-nowrap"),
        *((_(f"adminreg.head_{name}"), "a-number") for name in ("targets", "goals", "milestones")),
    ]
    return html.table(head, (_row(one, _) for one in lines))


def _row(one: DocumentLine, _: Words) -> tuple[str, ...]:
    number = one.number or _("adminreg.no_number")
    title = f'<div class="a-muted">{escape(one.title)}</div>' if one.title else ""
    later = escape(_("adminreg.from_day", day=one.later)) if one.later else ""
    key = f'<span class="a-muted">{escape(one.key)}</span>'
    return (
        f"{escape(one.kind)} {escape(number)} {key}{title}",
        f"{escape(one.issued or _('adminreg.no_day'))}<div>{later}</div>",
        escape(one.term.replace("-", "–")) or "–",
        str(one.targets),
        str(one.goals),
        str(one.milestones),
    )
