"""The widgets that confirm warnings: all of a kind at once, or cell by cell, with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from i18n.words import Words
from services.handin import Key, WarningKind

from .words import plain

ONE_BY_ONE = 300  # cells that a list to choose from can bear


def confirmations(
    kinds: Sequence[WarningKind],
    said: Mapping[Key, str],
    draft: str,
    _: Words,
    *,
    former: str = "",
) -> dict[Key, str]:
    """Ask about each kind of warning; what is confirmed now, with its reason.

    Args:
        kinds: the warnings, one group a code.
        said: what the draft already holds: shown as it was.
        draft: id of the open upload and of what is read of it, part of the widgets' keys.
        _: words of the page's language.
        former: what ``draft`` was before a colleague wrote in it: a reason just typed is kept.
    """
    confirmed: dict[Key, str] = {}
    for kind in kinds:
        keys = [line.key for line in kind.lines]
        before = [key for key in keys if key in said]
        word = "page.upload.confirm" if len(keys) > 1 else "upload.confirm_one"
        label = _(word, code=kind.code, n=len(keys))
        every = st.checkbox(
            f"{label}: {plain(kind.says)}",
            value=len(before) == len(keys),
            key=f"upload.all.{draft}.{kind.code}",
        )
        chosen = keys if every else _some(kind, before, draft, _)
        typed = str(st.session_state.get(f"upload.why.{former}.{kind.code}", ""))
        why = next((said[key] for key in before if said[key]), typed)
        if kind.needs_reason and chosen:
            why = st.text_input(
                _("page.upload.reason", code=kind.code),
                value=why,
                key=f"upload.why.{draft}.{kind.code}",
                max_chars=500,
            )
        confirmed.update(dict.fromkeys(chosen, why))
    return confirmed


def _some(kind: WarningKind, before: Sequence[Key], draft: str, _: Words) -> list[Key]:
    """Cells chosen one by one, where there is more than one and not too many."""
    if not 1 < len(kind.lines) <= ONE_BY_ONE:
        return []
    places = {line.key: f"{line.where}: {line.message}" for line in kind.lines}
    return st.multiselect(
        _("page.upload.confirm_some", code=kind.code),
        options=list(places),
        default=list(before),
        format_func=lambda key: places[key],
        key=f"upload.some.{draft}.{kind.code}",
        placeholder=_("page.upload.choose_cells"),
    )
