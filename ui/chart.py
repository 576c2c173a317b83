"""The one interactive chart of a page."""

from __future__ import annotations

import streamlit as st

from charts.detail import detail
from charts.history import History
from charts.interactive import to_plotly
from i18n.words import Words

_DESK = (820, 380)
_PHONE = (360, 320)


def history_chart(data: History, _: Words, theme: str, key: str) -> None:
    """Draw a target's history: readings, path, aim; its sentence is the alt text.

    The words on the chart are placed for a width, which a phone does not have.
    """
    width, height = _PHONE if is_phone() else _DESK
    figure = detail(data, _.lang, width, height)
    st.plotly_chart(
        to_plotly(figure, theme, _.lang),
        width="stretch",
        theme=None,
        key=key,
        config={"displayModeBar": False, "scrollZoom": False},
        alt=figure.alt,
    )


def is_phone() -> bool:
    """Whether the visitor's browser calls itself a phone's."""
    agent = st.context.headers.get("user-agent", "") or ""
    return "Mobile" in agent and "iPad" not in agent
