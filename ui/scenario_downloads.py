"""The files of a scenario: each marked as a trial sum, none of them figures to hand in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from charts.history import History
from i18n.words import Words
from services import scenario_brief, scenario_files
from services.access import Actor
from services.scenario_desk import Desk, View
from services.scenario_saves import Saved

OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX, DOCX = f"{OFFICE}.spreadsheetml.sheet", f"{OFFICE}.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Made:
    """What the files are made of: the run, the chart of one target, who made it, its state."""

    document: dict[str, object]
    shown: View
    code: str
    history: History | None
    author: str
    state: str


def made(
    document: dict[str, object] | None,
    shown: View,
    code: str,
    history: History | None,
    saved: Saved | None,
    actor: Actor,
) -> Made | None:
    """What is on the screen, for the files; None where nothing could be worked out.

    A saved scenario that was changed since is an open one, by whoever changed it.
    """
    if document is None or not shown.answer:
        return None
    state, author = scenario_brief.OPEN, actor.name
    if saved is not None and saved.document == document:
        state = scenario_brief.LOCKED if saved.locked else scenario_brief.SAVED
        author = saved.author
    return Made(document, shown, code, history, author, state)


def downloads(at: Desk, one: Made | None, _: Words) -> None:
    """Word, Excel, CSV, pictures and the scenario itself; each is made once it is asked for."""
    if one is None:
        return
    with st.container(horizontal=True):
        for kind, file, name, mime in _files(at, one, _):
            st.download_button(
                _(f"scenario.page.get_{kind}"),
                file,
                file_name=name,
                mime=mime,
                on_click="ignore",
                key=f"scenarios.get_{kind}",
            )


File = tuple[str, Callable[[], bytes], str, str]


def _files(at: Desk, one: Made, _: Words) -> list[File]:
    """Kind, what makes it, name and type of each file."""
    given, drawn = one.document, one.history
    files: list[File] = [
        ("docx", lambda: _brief(at, one, _), "kich-ban.docx", DOCX),
        ("xlsx", lambda: scenario_files.workbook(at, given, _.lang), "kich-ban.xlsx", XLSX),
        ("csv", lambda: scenario_files.table(at, given), "kich-ban.csv", "text/csv"),
    ]
    if drawn is not None:
        svg, png = "image/svg+xml", "image/png"
        files += [
            ("png", lambda: scenario_files.photo(drawn, _.lang), "kich-ban.png", png),
            ("svg", lambda: scenario_files.picture(drawn, _.lang).encode(), "kich-ban.svg", svg),
        ]
    plain = "application/json"
    files.append(("json", lambda: _as_file(given), "kich-ban.json", plain))
    return files


def _brief(at: Desk, one: Made, _: Words) -> bytes:
    return scenario_brief.brief(
        at, one.document, one.code, one.history, author=one.author, state=one.state, lang=_.lang
    )


def _as_file(document: dict[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
