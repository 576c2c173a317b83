"""The files of a scenario: each marked as a trial sum, none of them figures to hand in."""

from __future__ import annotations

import json
from collections.abc import Callable

import streamlit as st

from charts.history import History
from i18n.words import Words
from services import scenario_brief, scenario_files
from services.access import Actor
from services.scenario_desk import Desk
from services.scenario_saves import Saved, same

from .scenario_live import Now

OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX, DOCX = f"{OFFICE}.spreadsheetml.sheet", f"{OFFICE}.wordprocessingml.document"


def downloads(at: Desk, now: Now, code: str, saved: Saved | None, actor: Actor, _: Words) -> None:
    """Word, Excel, CSV, pictures and the scenario itself; each is made once it is asked for.

    What is made is what stands on the screen then, not when the buttons were drawn.
    """
    if now.document is None or not now.ready:
        return
    with st.container(horizontal=True):
        for kind, file, name, mime in _files(at, now, code, saved, actor, _):
            st.download_button(
                _(f"scenario.page.get_{kind}"),
                file,
                file_name=name,
                mime=mime,
                on_click="ignore",
                key=f"scenarios.get_{kind}",
            )


File = tuple[str, Callable[[], bytes], str, str]


def _files(
    at: Desk, now: Now, code: str, saved: Saved | None, actor: Actor, _: Words
) -> list[File]:
    """Kind, what makes it, name and type of each file."""
    lang = _.lang
    files: list[File] = [
        ("docx", lambda: _brief(at, now, code, saved, actor, _), "kich-ban.docx", DOCX),
        ("xlsx", lambda: scenario_files.workbook(at, now.document, lang), "kich-ban.xlsx", XLSX),
        ("csv", lambda: scenario_files.table(at, now.document), "kich-ban.csv", "text/csv"),
    ]
    if now.history is not None:
        files += [
            ("png", lambda: scenario_files.photo(_drawn(now), lang), "kich-ban.png", "image/png"),
            ("svg", lambda: scenario_files.picture(_drawn(now), lang).encode(), "kich-ban.svg",
             "image/svg+xml"),
        ]  # fmt: skip
    files.append(("json", lambda: _as_file(now), "kich-ban.json", "application/json"))
    return files


def _drawn(now: Now) -> History:
    if now.history is None:
        raise ValueError("no chart on the screen")
    return now.history


def _brief(at: Desk, now: Now, code: str, saved: Saved | None, actor: Actor, _: Words) -> bytes:
    """The brief; a saved scenario that was changed since is an open one, by whoever changed it."""
    state, author = scenario_brief.OPEN, actor.name
    if saved is not None and now.document is not None and same(saved.document, now.document):
        state = scenario_brief.LOCKED if saved.locked else scenario_brief.SAVED
        author = saved.author
    return scenario_brief.brief(
        at, now.document, code, now.history, author=author, state=state, lang=_.lang
    )


def _as_file(now: Now) -> bytes:
    return json.dumps(now.document, ensure_ascii=False, indent=1).encode()
