"""The pages and their order: the one table that menu, addresses and links come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from i18n.words import Words
from services import access

FOLDER = Path(__file__).resolve().parents[1] / "pages"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its file in pages/ without ending, which is also its address.

    icon: a Material symbol. needs: the capability without which it is neither listed nor opened.
    Title: words ``frame.page_<name>``.
    """

    name: str
    icon: str
    needs: str


ENTRIES = (
    Entry("overview", ":material/monitoring:", access.READ),
    Entry("target", ":material/flag:", access.READ),
    Entry("scenarios", ":material/conversion_path:", access.READ),
    Entry("upload", ":material/upload_file:", access.SUBMIT),
    Entry("methods", ":material/balance:", access.READ),
    Entry("admin", ":material/admin_panel_settings:", access.REGISTER),
    Entry("profile", ":material/person:", access.READ),
)
HOME = ENTRIES[0].name
NEEDS = {entry.name: entry.needs for entry in ENTRIES}


def register(_: Words, actor: access.Actor | None) -> Page:
    """Register every page, before anything is shown, and give the one that was asked for.

    All are registered whoever asks: an address that is not would be rewritten to the first
    page, and the link that somebody followed would be lost. What may be opened the gate
    decides; the menu lists what the actor may open.
    """
    pages = [
        st.Page(
            FOLDER / f"{entry.name}.py",
            title=_(f"frame.page_{entry.name}"),
            icon=entry.icon,
            url_path=entry.name,
            default=entry.name == HOME,
            visibility="visible" if actor and actor.may(entry.needs) else "hidden",
        )
        for entry in ENTRIES
    ]
    return st.navigation(pages)
