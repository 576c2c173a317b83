"""The step where headings were not recognised: the officer says which column is which."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from i18n.dates import moment_text
from i18n.labels import status_text
from i18n.periods import capital, period_text
from i18n.words import Words
from services import columns, drafts, handouts, startup
from services.access import Actor
from services.columns import FIGURE, Column, SheetColumns
from services.drafts import Draft
from services.uploads import Checked

from . import upload_shared
from .clock import now
from .moment import Moment
from .words import plain

MOST_SHEETS = 6


def ask(
    actor: Actor, draft: Draft, checked: Checked, seen: Moment, _: Words, *, at_once: bool
) -> None:
    """Ask about sheets with columns that were not recognised; a choice checks the file anew.

    at_once: those that cannot be read without an answer, or have headings that nobody knows;
    else the others, whose columns are only to be looked over.
    """
    store = startup.the_store()
    found = columns.unrecognised(store, checked.result, draft.choices.mapping)[:MOST_SHEETS]
    nothing = not checked.result.figures
    for place, sheet in enumerate(found):
        if sheet.open != at_once:
            continue
        opened = bool(sheet.proposal) or (nothing and not sheet.read)
        with st.expander(plain(_(_title(sheet), sheet=sheet.sheet)), expanded=opened):
            chosen = _proposal(sheet, place, _)
            if chosen is None:
                chosen = _form(sheet, draft, place, seen, _)
        if chosen is not None:
            columns.remember(store, actor, sheet.shape, chosen, now())
            _say(actor, draft, sheet.shape, chosen)


def _title(sheet: SheetColumns) -> str:
    if not sheet.read:
        return "upload.columns_none"
    return "upload.columns_other" if sheet.open else "upload.columns_look"


def _say(actor: Actor, draft: Draft, shape: str, chosen: dict[str, str]) -> None:
    mapping = {**draft.choices.mapping, shape: chosen}
    choices = drafts.retyped(draft.choices, mapping=mapping)
    upload_shared.say(actor, draft, choices)
    st.rerun()


def _proposal(sheet: SheetColumns, place: int, _: Words) -> dict[str, str] | None:
    """What was said of such headings before, to be taken with one press; never by itself."""
    known = sheet.proposal
    if known is None:
        return None
    texts = {column.letter: column.text for column in sheet.columns}
    said = "; ".join(
        f"{letter} “{texts.get(letter, '')}” → {_field_text(field, _)}"
        for letter, field in known.columns.items()
    )
    when = _("upload.proposed", by=known.by, at=moment_text(known.at, _.lang))
    st.html(f"<p><strong>{escape(when)}</strong></p><p>{escape(said)}</p>")
    if st.button(_("upload.take_proposal"), type="primary", key=f"upload.proposal.{place}"):
        return dict(known.columns)
    return None


def _field_text(field: str, _: Words) -> str:
    kind, _colon, rest = field.partition(":")
    period, _colon, status = rest.partition(":")
    parts = [_(f"upload.field_{kind}")]
    parts += [period_text(period, _.lang)] if period else []
    parts += [status_text(status, _.lang)] if status else []
    return ", ".join(parts)


def _form(
    sheet: SheetColumns, draft: Draft, place: int, seen: Moment, _: Words
) -> dict[str, str] | None:
    """A row a column; what was chosen, None until the button is pressed."""
    says = escape(_("upload.columns_says", row=sheet.row))
    st.html(f"<p>{says}</p>")
    across = sheet.wide or not sheet.read
    key = f"upload.columns.{draft.id}.{place}.{draft.choices.key}"
    chosen = {}
    for column in sheet.columns:
        field = _row(sheet, column, key, seen, across=across, _=_)
        if field and (field != column.field or column.letter in sheet.said):
            chosen[column.letter] = field
    word = _("upload.columns_apply")
    pressed = st.button(word, type="primary", key=f"{key}.apply")
    return chosen if pressed and chosen else None


def _row(
    sheet: SheetColumns, column: Column, key: str, seen: Moment, *, across: bool, _: Words
) -> str:
    """The choice for one column: what it is and, of figures, of which period and status."""
    kind = column.field.partition(":")[0]
    fields = _fields(sheet, kind)
    name, *more = st.columns([3, 2, 2, 2] if across else [3, 2])
    sample = f'<div class="a-muted">{escape(column.sample)}</div>' if column.sample else ""
    name.html(f"<strong>{column.letter}</strong> {escape(column.text)}{sample}")
    field = more[0].selectbox(
        _("upload.column_is", letter=column.letter),
        fields,
        index=fields.index(kind) if kind in fields else 0,
        format_func=lambda one: _(f"upload.field_{one or 'none'}"),
        key=f"{key}.{column.letter}",
    )
    if not across or field != FIGURE:
        return field or ""
    return ":".join([FIGURE, *_when(column, key, more[1:], seen, _)]).rstrip(":")


def _when(
    column: Column, key: str, places: Sequence[Any], seen: Moment, _: Words
) -> tuple[str, str]:
    """Period and status of a column of figures; "" where its heading says them."""
    _kind, _colon, rest = column.field.partition(":")
    period, _colon, status = rest.partition(":")
    periods = ["", *(text for text, _name in handouts.period_choices(seen.day, _.lang))]
    if period and period not in periods:
        periods.append(period)
    when = places[0].selectbox(
        _("upload.column_period"),
        periods,
        index=periods.index(period),
        format_func=lambda one: (
            capital(period_text(one, _.lang)) if one else _("upload.by_heading")
        ),
        key=f"{key}.{column.letter}.period",
    )
    how = places[1].selectbox(
        _("page.upload.col_status"),
        handouts.STATUS_CHOICES,
        index=handouts.STATUS_CHOICES.index(status),
        format_func=lambda one: status_text(one, _.lang) if one else _("upload.by_heading"),
        key=f"{key}.{column.letter}.status",
    )
    return when, how


def _fields(sheet: SheetColumns, kind: str) -> list[str]:
    """What a column of such a sheet can be said to be."""
    wide = [*columns.WIDE_FIELDS, FIGURE]
    fields = wide if sheet.wide else list(columns.FIELDS)
    if not sheet.wide and not sheet.read:
        fields.append(FIGURE)
    known = ["", *fields, columns.IGNORE]
    return known if kind in known else ["", kind, *known[1:]]
