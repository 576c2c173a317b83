"""Small pieces of HTML: every text that goes in is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from charts.model import Figure
from charts.statuses import status_uri
from charts.svg import data_uri, to_svg
from i18n.labels import scale_text


def attributes(given: Mapping[str, str]) -> str:
    """Attributes of a tag, empty ones left out: ``{"href": "/x"}`` gives `` href="/x"``."""
    return "".join(f' {name}="{escape(value)}"' for name, value in given.items() if value)


def image(figure: Figure | None, theme: str) -> str:
    """A figure as an image with its alt text; nothing for none."""
    if figure is None:
        return ""
    given = {
        "src": data_uri(to_svg(figure, theme)),
        "alt": figure.alt,
        "width": f"{figure.width:g}",
        "height": f"{figure.height:g}",
        "class": _drawn(theme),
    }
    return f"<img{attributes(given)}>"


def mark(scale: str, theme: str, lang: str) -> str:
    """The mark of a status, silent for screen readers: its word stands beside it."""
    given = {"src": status_uri(scale, theme, lang), "width": "16", "height": "16"}
    return f'<img alt=""{attributes({**given, "class": _drawn(theme)})}>'


def _drawn(theme: str) -> str:
    """Light lines for a dark page are turned round on paper."""
    return "a-light" if theme == "dark" else ""


def verdict(scale: str, text: str, theme: str, lang: str) -> str:
    """Mark and word of a status; without a text the plain word."""
    said = escape(text or scale_text(scale, lang))
    return f'<span class="a-verdict">{mark(scale, theme, lang)}<span>{said}</span></span>'


def link(href: str, text: str, **given: str) -> str:
    """A link; ``class_`` gives the class."""
    named = {name.rstrip("_"): value for name, value in given.items()}
    return f'<a href="{escape(href)}"{attributes(named)}>{escape(text)}</a>'


def source(text: str, url: str) -> str:
    """A source, a link where it has an address on the web, which opens apart."""
    if url.startswith(("https://", "http://")):
        return f'<a href="{escape(url)}" target="_blank" rel="noopener">{escape(text or url)}</a>'
    return escape(text)


def options(choices: Iterable[tuple[str, str]], chosen: str) -> str:
    """The options of a select, (value, text) each."""
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(text)}</option>"
        for value, text in choices
    )


def select(name: str, label: str, choices: Iterable[tuple[str, str]], chosen: str) -> str:
    """A labelled select of a filter form; its id keeps the focus over a rerun."""
    return (
        f'<label for="f-{escape(name)}">{escape(label)}'
        f'<select id="f-{escape(name)}" name="{escape(name)}">{options(choices, chosen)}</select>'
        "</label>"
    )


def table(head: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """A plain table; on a phone each row becomes a block with its columns' names before the cells.

    head: (text, class) of each column. rows: cells that are HTML already, the first one the
    row's heading. caption: shown above.
    """
    titles = "".join(
        f'<th scope="col" role="columnheader"{_class(name)}>{escape(text)}</th>'
        for text, name in head
    )
    body = "".join(f'<tr role="row">{_cells(row, head)}</tr>' for row in rows)
    above = f"<caption>{escape(caption)}</caption>" if caption else ""
    return (
        f'<table class="a-table a-plain" role="table">{above}'
        f'<thead role="rowgroup"><tr role="row">{titles}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _cells(row: Sequence[str], head: Sequence[tuple[str, str]]) -> str:
    first, *rest = zip(row, head, strict=True)
    cells = [f'<th scope="row" role="rowheader"{_class(first[1][1])}>{first[0]}</th>']
    for cell, (text, name) in rest:
        label = f' data-label="{escape(text)}"' if cell else ""
        cells.append(f'<td role="cell"{_class(name)}{label}>{cell}</td>')
    return "".join(cells)


def fold(summary: str, inside: str, *, opened: bool = False) -> str:
    """A section that opens on request; what is inside is HTML already."""
    state = " open" if opened else ""
    return f'<details class="a-fold"{state}><summary>{escape(summary)}</summary>{inside}</details>'


def _class(name: str) -> str:
    return f' class="{escape(name)}"' if name else ""
