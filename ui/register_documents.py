"""Sổ chỉ tiêu › Văn bản: the documents, and adding one with its targets from a file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from i18n.words import Words
from services import register_lists, register_templates, startup
from services.access import Actor
from services.register_drafts import DOCUMENT, FILE, Draft
from services.register_lists import DocumentLine

from . import address, html, register_changes, register_fields, register_open
from .moment import Moment
from .register_fields import Typed

WHAT = "documents"
_WORDS = ("number", "issued", "title_vi", "kind_vi", "issuer_vi", "term")


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """How many documents, the file that brings more, the list, the history."""
    draft = register_open.asked(actor, (FILE, DOCUMENT), _)
    if draft is not None and draft.kind == FILE:
        register_open.show(actor, draft, WHAT, seen, _)
        return
    lines = register_lists.documents(startup.the_store(), seen.at, _.lang)
    code = draft.fields.get("code", "") if draft else address.asked("code")
    line = next((one for one in lines if one.key == code), None)
    if line is not None:
        _amend(actor, line, draft, seen, _)
        return
    st.html(f'<p class="a-lead">{escape(_sentence(lines, _))}</p>{_table(lines, _)}')
    _file(actor, _)
    register_open.draw(
        register_open.open_ones(actor, (FILE, DOCUMENT), WHAT, _),
        register_changes.recent(actor, ("documents", "targets"), _),
    )


def fields(typed: Typed, _: Words) -> dict[str, str]:
    """The fields of a document's words; ``doc_`` before each name."""
    columns = st.columns(2)
    given = {}
    for place, name in enumerate(_WORDS):
        with columns[place % 2]:
            label = _(f"adminreg.doc_{name}")
            given[f"doc_{name}"] = typed.text(f"doc_{name}", label, _, most=1000)
    return given


def _amend(actor: Actor, line: DocumentLine, draft: Draft | None, seen: Moment, _: Words) -> None:
    """The words of one document, filled in or corrected, then the preview."""
    stands = {f"doc_{name}": text for name, text in line.values.items()}
    typed = register_fields.typed(actor, f"document.{line.key}", draft, stands, _)
    back = address.link("admin", {"part": "register", "what": WHAT})
    st.html(
        f"<p>{html.link(back, _('adminreg.back_to_documents'))}</p>"
        f"<h2>{escape(_('adminreg.document_of', code=line.key))}</h2>"
    )
    if register_fields.previewed(actor, draft, typed, WHAT, seen, _):
        return
    with st.form(typed.key("form"), border=False):
        given = {"code": line.key, **fields(typed, _)}
        pressed = st.form_submit_button(_("adminreg.preview"), type="primary")
    if pressed:
        register_fields.keep(actor, DOCUMENT, WHAT, draft, given, _)
    register_open.draw(register_changes.recent(actor, ("documents",), _, key=line.key))


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
        (_("adminreg.head_amend"), ""),
    ]
    return html.table(head, (_row(one, _) for one in lines))


def _row(one: DocumentLine, _: Words) -> tuple[str, ...]:
    number = one.number or _("adminreg.no_number")
    title = f'<div class="a-muted">{escape(one.title)}</div>' if one.title else ""
    later = escape(_("adminreg.from_day", day=one.later)) if one.later else ""
    href = address.link("admin", {"part": "register", "what": WHAT, "code": one.key})
    key = f'<span class="a-muted">{escape(one.key)}</span>'
    return (
        f"{escape(one.kind)} {escape(number)} {key}{title}",
        f"{escape(one.issued or _('adminreg.no_day'))}<div>{later}</div>",
        escape(one.term.replace("-", "–")) or "–",
        str(one.targets),
        str(one.goals),
        str(one.milestones),
        html.link(href, _("adminreg.amend_one", code=one.key)),
    )
