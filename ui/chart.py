"""The one interactive chart of a page, and its still picture for narrow screens and paper."""

from __future__ import annotations

from html import escape

import streamlit as st

from charts.detail import detail
from charts.history import History
from charts.interactive import CONFIG, to_plotly
from charts.svg import data_uri, to_svg
from i18n.words import Words

_DESK = (680, 380)  # as wide as beside the clause; more room only moves words apart
_PHONE = (360, 340)
_WIDE_KEY = "wide-chart"  # static/app.css hides it on a narrow screen and shows the picture


def history_chart(data: History, _: Words, theme: str, key: str) -> None:
    """Draw a target's history: readings, path, aim, forecast; its sentence is the alt text.

    Words on the chart are placed for a width. A narrow screen gets a picture placed for it,
    and a phone only that: the interactive chart would load four megabytes for a finger.
    """
    narrow = detail(data, _.lang, *_PHONE)
    if is_phone():
        st.html(_picture(narrow.alt, to_svg(narrow, theme)) + notes(narrow.notes))
        return
    wide = detail(data, _.lang, *_DESK)
    with st.container(key=_WIDE_KEY):
        st.plotly_chart(
            to_plotly(wide, theme, _.lang),
            width="stretch",
            theme=None,
            key=key,
            config=CONFIG,
            alt=wide.alt,
        )
    picture = _picture(narrow.alt, to_svg(narrow, theme), "a-narrow")
    st.html(picture + notes(wide.notes))


def notes(lines: tuple[str, ...]) -> str:
    """What the chart has no room to say on itself."""
    said = " ".join(lines)
    return f'<p class="a-muted">{escape(said)}</p>' if said else ""


def _picture(alt: str, svg: str, kind: str = "") -> str:
    return f'<img class="a-chart {kind}" alt="{escape(alt)}" src="{data_uri(svg)}">'


def is_phone() -> bool:
    """Whether the visitor's browser calls itself a phone's."""
    agent = st.context.headers.get("user-agent", "") or ""
    return "Mobile" in agent and "iPad" not in agent
