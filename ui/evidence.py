"""What somebody told of a milestone or goal: the shape of its state, evidence with links."""

from __future__ import annotations

import re
from html import escape

from . import html

_LINK = re.compile(r"https://[^\s<>\"]*[^\s<>\".,;:)]")


SHAPES = {"": "◌", "not_started": "○", "under_way": "◐", "done": "✓", "dropped": "✕"}


def state(key: str, text: str) -> str:
    """HTML: a state by its shape and its word."""
    return f'<span aria-hidden="true">{SHAPES[key]}</span> {escape(text)}'


def evidence(text: str) -> str:
    """HTML: a text whose https addresses are links that open apart."""
    parts, last = [], 0
    for found in _LINK.finditer(text):
        parts += [escape(text[last : found.start()]), html.source(found[0], found[0])]
        last = found.end()
    return "".join([*parts, escape(text[last:])])


def proof(text: str, note: str) -> str:
    """HTML below a state: its evidence and note, nothing where there is none."""
    return "".join(
        f'<div class="a-muted">{said}</div>' for said in (evidence(text), escape(note)) if said
    )
