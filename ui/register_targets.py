"""Sổ chỉ tiêu › Chỉ tiêu: every target, and amending one by a document and its day."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from i18n.words import Words
from services import register_lists, startup
from services.access import Actor
from services.register_drafts import TARGET, Draft
from services.register_forms import NEW_DOCUMENT
from services.register_labels import CHOICES
from services.register_lists import DocumentLine, TargetLine

from . import (
    address,
    html,
    register_changes,
    register_documents,
    register_fields,
    register_open,
)
from .moment import Moment
from .register_fields import Typed
from .words import plain

WHAT = "targets"
_PAIRS = (
    ("value_low", "value_high"),
    ("period_start", "period_end"),
    ("kind", "comparator"),
    ("direction", "name_vi"),
    ("field", "lead_vi"),
)
_CHOSEN = frozenset({"kind", "comparator", "direction"})


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """How many targets there are, the one that is amended, all of them, the history."""
    store = startup.the_store()
    lines = register_lists.targets(store, _.lang)
    draft = register_open.asked(actor, (TARGET,), _)
    code = draft.fields.get("code", "") if draft else address.asked("code")
    line = next((one for one in lines if one.code == code), None)
    if line is not None:
        _amend(actor, line, draft, seen, _)
        return
    amended = sum(one.versions > 1 for one in lines)
    said = _("adminreg.targets_sentence", n=len(lines), amended=amended)
    found, form = register_open.looked_for(lines, WHAT, _)
    st.html(f'<p class="a-lead">{escape(said)}</p>{form}{_table(found, _)}')
    register_open.draw(
        register_open.open_ones(actor, (TARGET,), WHAT, _),
        register_changes.recent(actor, ("targets",), _),
    )


def _table(lines: Sequence[TargetLine], _: Words) -> str:
    names = ("target", "asked", "document", "amend")
    head = [(_(f"adminreg.head_{name}"), "") for name in names]
    return html.table(head, (_row(one, _) for one in lines))


def _row(one: TargetLine, _: Words) -> tuple[str, ...]:
    href = address.link("admin", {"part": "register", "what": WHAT, "code": one.code})
    doubt = ""
    if one.doubt:
        doubt = f'<div class="a-doubt">{escape(_("adminreg.doubt", text=one.doubt))}</div>'
    versions = ""
    if one.versions > 1:
        said = _("adminreg.versions", n=one.versions)
        versions = f'<div class="a-muted">{escape(said)}</div>'
    return (
        f'{escape(one.name)} <span class="a-muted">{escape(one.code)}</span>{doubt}',
        escape(one.asked),
        f'{escape(one.document)}<div class="a-muted">{escape(one.locator)}</div>{versions}',
        html.link(href, _("adminreg.amend_one", code=one.code)),
    )


def _amend(actor: Actor, line: TargetLine, draft: Draft | None, seen: Moment, _: Words) -> None:
    """The form of one target, then its preview."""
    documents = register_lists.documents(startup.the_store(), seen.at, _.lang)
    typed = register_fields.typed(actor, f"target.{line.code}", draft, line.values, _)
    target = address.link("target", {"code": line.code})
    back = address.link("admin", {"part": "register", "what": WHAT})
    st.html(
        f"<p>{html.link(back, _('adminreg.back_to_targets'))}</p>"
        f"<h2>{escape(_('adminreg.amend', code=line.code, name=line.name))}</h2>"
        f"<p>{escape(_('adminreg.stands', asked=line.asked, document=line.document))} "
        f"{html.link(target, _('adminreg.to_target'))}</p>"
    )
    if register_fields.previewed(actor, draft, typed, WHAT, seen, _):
        return
    fields = _form(line, documents, typed, _)
    if fields is not None:
        register_fields.keep(actor, TARGET, WHAT, draft, fields, _)
    register_open.draw(register_changes.recent(actor, ("targets",), _, key=line.code))


def _form(
    line: TargetLine, documents: Sequence[DocumentLine], typed: Typed, _: Words
) -> dict[str, str] | None:
    """The fields; what was typed once the button is pressed."""
    fields = {"code": line.code}
    fields["document"] = _document(line, documents, typed, _)
    with st.form(typed.key("form"), border=False):
        if fields["document"] == NEW_DOCUMENT:
            fields |= register_documents.fields(typed, _)
        fields["locator"] = typed.text("locator", _("adminreg.col_locator"), _, most=500)
        label = _("adminreg.col_wording_vi")
        fields["wording_vi"] = typed.text("wording_vi", label, _, most=2000, area=True)
        for pair in _PAIRS:
            for name, column in zip(pair, st.columns(2), strict=True):
                with column:
                    fields[name] = _field(name, line, typed, _)
        label = _("adminreg.col_doubt")
        fields["doubt"] = typed.text("doubt", label, _, most=2000, area=True)
        pressed = st.form_submit_button(_("adminreg.preview"), type="primary")
    return fields if pressed else None


def _document(line: TargetLine, documents: Sequence[DocumentLine], typed: Typed, _: Words) -> str:
    """By which document: one that is there, or a new one whose fields then follow."""
    names = {one.key: _named(one) for one in documents}
    names[NEW_DOCUMENT] = _("adminreg.new_document")
    st.html(f"<h3>{escape(_('adminreg.by_document'))}</h3>")
    chosen = typed.choose("document", _("adminreg.col_document"), list(names), names)
    st.html(f'<p class="a-muted">{escape(_("adminreg.correction"))}</p>')
    return chosen


def _named(one: DocumentLine) -> str:
    parts = [one.kind, one.number or one.key, f"({one.issued})" if one.issued else ""]
    return " ".join(part for part in parts if part)


def _field(name: str, line: TargetLine, typed: Typed, _: Words) -> str:
    label = _(f"adminreg.col_{name}")
    if name in _CHOSEN:
        names = {key: register_lists.choice_name(name, key, _.lang) for key in CHOICES[name]}
        return typed.choose(name, label, list(names), names)
    if name in {"value_low", "value_high"}:
        label = f"{label} ({plain(line.unit)})"
    return typed.text(name, label, _)
