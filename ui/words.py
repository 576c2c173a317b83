"""Texts for labels that Streamlit reads as Markdown."""

from __future__ import annotations


def plain(text: str) -> str:
    """The text with every sign that would be a mark taken as itself."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>()#+-.!|~:$" else sign for sign in text)
