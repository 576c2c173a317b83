"""Texts for labels that Streamlit reads as Markdown."""

from __future__ import annotations

import re

_MARKS = r"\`*_{}[]<>()#+-.!|~:$"
# What is made a link without any mark: an address, a name of a site, a mail address.
_LINKED = re.compile(r"(https?)(?=://)|(www)(?=\.)|(@)(?=\S)", re.IGNORECASE)
_NOTHING = "\N{WORD JOINER}"  # is not seen, and no part of an address


def plain(text: str) -> str:
    """The text with every sign that would be a mark taken as itself, and no address a link."""
    apart = _LINKED.sub(lambda found: found[0] + _NOTHING, text)
    return "".join(f"\\{sign}" if sign in _MARKS else sign for sign in apart)
