"""The files of a scenario: each marked as a trial sum, none of them figures to hand in."""

from __future__ import annotations

import json
from collections.abc import Callable

import streamlit as st

from charts.history import History
from i18n.words import Words
from services import scenario_files
from services.scenario_desk import Desk, View

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def downloads(
    at: Desk, document: dict[str, object] | None, shown: View, history: History | None, _: Words
) -> None:
    """Excel, CSV, SVG and the scenario itself; each is made only once it is asked for."""
    if document is None or not shown.answer:
        return
    given = document
    files: list[tuple[str, Callable[[], bytes], str, str]] = [
        ("xlsx", lambda: scenario_files.workbook(at, given, _.lang), "kich-ban.xlsx", XLSX),
        ("csv", lambda: scenario_files.table(at, given), "kich-ban.csv", "text/csv"),
        (
            "json",
            lambda: json.dumps(given, ensure_ascii=False, indent=1).encode(),
            "kich-ban.json",
            "application/json",
        ),
    ]
    if history is not None:
        drawn = history
        files.append(
            ("svg", lambda: scenario_files.picture(drawn, _.lang), "kich-ban.svg", "image/svg+xml")
        )
    with st.container(horizontal=True):
        for kind, made, name, mime in files:
            st.download_button(
                _(f"scenario.page.get_{kind}"),
                made,
                file_name=name,
                mime=mime,
                on_click="ignore",
                key=f"scenarios.get_{kind}",
            )
