"""What every page has: its head with day and data status, its foot with source and print."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from i18n.words import Words

from . import address, html, moment
from .moment import Moment


def theme() -> str:
    """Light or dark, as the visitor's page is shown; pictures cannot find out by themselves."""
    return "dark" if st.context.theme.type == "dark" else "light"


def head(_: Words, seen: Moment, title: str, *, demo: bool) -> str:
    """The top of a page as HTML: demo strip, the sentence that is the title, the as-of day.

    title: HTML already.
    """
    return f"{demo_strip(_) if demo else ''}<h1>{title}</h1>{moment.line(seen, _)}"


def demo_strip(_: Words) -> str:
    """The strip that says that every figure is invented."""
    return (
        f'<p class="a-demo"><strong>{escape(_("frame.demo"))}.</strong> '
        f"{escape(_('frame.demo_says'))}</p>"
    )


def foot(_: Words, source: str, *links: str) -> str:
    """The bottom of a number block as HTML: source line, further links, print.

    links: HTML already.
    """
    button = f'<button type="button" class="a-button a-print">{escape(_("page.print"))}</button>'
    return f'<div class="a-source"><span>{escape(source)}</span>{"".join(links)}{button}</div>'


def download(_: Words) -> str:
    """The way to the table of all targets and verdicts as a workbook, of the same moment."""
    query = urlencode({name: value for name, value in address.kept().items() if value})
    href = f"/download/table?what=verdicts&format=xlsx{'&' if query else ''}{query}"
    return html.link(href, _("page.download_table"), class_="a-button", download="")


def sidebar(_: Words) -> None:
    """Below the menu: the way to the other language."""
    other = "en" if _.lang == "vi" else "vi"
    link = html.link(
        address.here(lang=other), _("frame.other_language"), class_="a-reload", lang=other
    )
    st.sidebar.html(f'<p class="a-language">{link}</p>')
