"""The rows of Nhập trực tiếp: folded by field where there are many, merged with colleagues'."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from i18n.labels import status_text
from i18n.words import Words
from services import entry, handouts
from services.drafts import Choices
from services.entry import FormRow

from .upload_shared import held
from .words import plain

STATUSES = handouts.STATUS_CHOICES[1:]
FEW = 8  # rows that need no folding

Given = tuple[str, str, str]


class Fields:
    """The texts of a form's fields: as stored, as this window showed them, as they are typed.

    clashes: a field's name -> what was typed in it and what stands instead.
    """

    def __init__(self, key: str, stored: Choices, shown: Choices | None) -> None:
        self.clashes: dict[str, tuple[str, str]] = {}
        self.key = key
        self._stored = _texts(stored)
        self._shown = None if shown is None else _texts(shown)

    def text(self, name: str) -> str:
        """What is stored for a field."""
        return self._stored.get(name, "")

    def held(self, name: str, label: str) -> str:
        """The key of a field that now holds what counts; a clash is kept to be told."""
        key = f"{self.key}.{name}"
        base = None if self._shown is None else self._shown.get(name, "")
        given_way = held(key, self.text(name), base)
        if given_way is not None:
            self.clashes[label] = given_way, self.text(name)
        return key


def _texts(choices: Choices) -> dict[str, str]:
    """What each field of a form says; a row's own status and source only where they differ."""
    status, source = choices.form.get("status", ""), choices.form.get("source", "")
    texts = {"status": status, "source": source}
    for one in choices.entries:
        row = f"{one.code}.{one.area}"
        texts[f"{row}.value"] = one.value
        texts[f"{row}.status"] = entry.own_status(one, status)
        texts[f"{row}.source"] = "" if one.source == source else one.source
    return texts


def rows(
    found: Sequence[FormRow], fields: Fields, shared: tuple[str, str], _: Words
) -> list[Given]:
    """All rows; value, status and source of each as typed."""
    own = _own_fields(found, fields, _)
    groups: dict[str, list[int]] = {}
    for place, row in enumerate(found):
        groups.setdefault(row.field, []).append(place)
    given: dict[int, Given] = {}
    folded = len(found) > FEW and len(groups) > 1
    opened = _opened(found, fields) if folded else set()
    for field, places in groups.items():
        if not folded:
            given |= {at: _row(at + 1, found[at], fields, shared, own, _) for at in places}
            continue
        title = _("upload.entry_group", field=field, n=len(places))
        with st.expander(plain(title), expanded=field in opened):
            given |= {at: _row(at + 1, found[at], fields, shared, own, _) for at in places}
    return [given[at] for at in range(len(found))]


def _opened(found: Sequence[FormRow], fields: Fields) -> set[str]:
    """Fields that are open at first: those with a figure, else the first; then as they were."""
    name = f"{fields.key}.opened"
    if name not in st.session_state:
        typed = {one.field for one in found if fields.text(f"{one.code}.{one.area}.value")}
        st.session_state[name] = typed or {found[0].field}
    opened: set[str] = st.session_state[name]
    return opened


def _own_fields(found: Sequence[FormRow], fields: Fields, _: Words) -> bool:
    """Whether rows have fields for a status and a source of their own: on request, or in use."""
    places = [f"{one.code}.{one.area}" for one in found]
    if any(fields.text(f"{at}.status") or fields.text(f"{at}.source") for at in places):
        return True
    return bool(found) and st.toggle(_("upload.entry_own"), key=f"{fields.key}.own")


def _row(
    number: int, row: FormRow, fields: Fields, shared: tuple[str, str], own: bool, _: Words
) -> Given:
    """One target: what is known of it, and its fields."""
    at = f"{row.code}.{row.area}"
    with st.container(border=True):
        about, value, *more = st.columns([5, 3, 2, 3] if own else [5, 4])
        about.html(_about(number, row, _))
        label = _("upload.entry_value", n=number, unit=row.unit_text)
        shown = _("upload.entry_value", n=number, unit=plain(row.unit_text))
        text = value.text_input(shown, max_chars=60, key=fields.held(f"{at}.value", label))
        _found, echo = entry.understood(text, row.unit, _.lang)
        if echo:
            value.html(f'<p class="a-muted" role="status">{escape(echo)}</p>')
        if not own:
            return text.strip(), *shared
        how = _("upload.entry_own_status", n=number)
        status = more[0].selectbox(
            how,
            ("", *STATUSES),
            format_func=lambda one: status_text(one, _.lang) if one else _("upload.entry_as_above"),
            key=fields.held(f"{at}.status", how),
        )
        where = _("upload.entry_own_source", n=number)
        source = more[1].text_input(
            where,
            max_chars=500,
            placeholder=_("upload.entry_as_above"),
            key=fields.held(f"{at}.source", where),
        )
    return text.strip(), status or shared[0], source.strip() or shared[1]


def _about(number: int, row: FormRow, _: Words) -> str:
    last = escape(_("upload.entry_last", last=row.last)) if row.last else ""
    if row.last_source:
        last += f" · {escape(row.last_source)}"
    return (
        f"<strong>{number}. {escape(row.name)}</strong> "
        f'<span class="a-muted">{escape(row.code)} {escape(row.area_name)}</span>'
        f'<div class="a-muted">{last or escape(_("upload.entry_no_last"))}</div>'
    )
