"""What the address says: language, as-of moment, filters; kept over pages, shareable as it is."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

import settings

from .navigation import HOME

LANGUAGES = ("vi", "en")
KEPT = ("lang", "as_of")  # what one chose once holds for the pages that follow


def language() -> str:
    """The language of this run: that of the address, else the one chosen before, else the default.

    The menu's links carry no values: the session remembers the choice for them, and the script
    in the browser (static/frame.js) puts it back into the address, so that a reload or a copied
    link gives the same.
    """
    asked = _kept("lang")
    return asked if asked in LANGUAGES else settings.read().language


def as_of_text() -> str:
    """The as-of moment as written in the address, "" for now."""
    return _kept("as_of")


def _kept(name: str) -> str:
    here = st.query_params.get(name)
    if here is not None:
        st.session_state[f"address.{name}"] = here
        return str(here)
    return str(st.session_state.get(f"address.{name}", ""))


def asked(name: str) -> str:
    """One value of the address, "" where it has none; never longer than 200 characters.

    A NUL is left out: PostgreSQL takes no text that holds one.
    """
    return str(st.query_params.get(name, ""))[:200].replace("\x00", "")


def kept() -> dict[str, str]:
    """What goes along to other pages: language and as-of moment."""
    return {name: _kept(name) for name in KEPT}


def link(page: str, values: Mapping[str, str] | None = None) -> str:
    """The address of a page with its values; language and as-of moment go along.

    Empty values are left out, so that two ways to the same view are one address.
    """
    given = {**kept(), **(values or {})}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{path(page)}?{query}" if query else path(page)


def path(page: str) -> str:
    """A page's path; the first page has none of its own, else Streamlit would rewrite it."""
    return "/" if page == HOME else f"/{page}"


def values() -> dict[str, str]:
    """Everything that the address says."""
    return st.query_params.to_dict()


def here(**changed: str) -> str:
    """The address of this very view with some values changed; an empty one is left out."""
    given = {**values(), **changed}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"?{query}" if query else "?"


def go(**values: str) -> None:
    """On to another view of this page, in the address as well; the run ends here."""
    st.query_params.from_dict({**{k: v for k, v in kept().items() if v}, **values})
    st.rerun()
