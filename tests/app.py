"""Pages run by Streamlit's own test driver over a fresh, seeded store."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from services import startup

ROOT = Path(__file__).resolve().parents[1]
NOW = 1_795_000_000_000_000  # 18/11/2026: when the stores of these tests are made


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A seeded store of its own for the pages of one test; its address."""
    url = f"sqlite:///{folder / 'store.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    st.cache_resource.clear()
    startup.ready(NOW)
    return url


def page(name: str, **query: str) -> AppTest:
    """A page as a first visitor sees it who follows a link with these values."""
    app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=30)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    if name != "overview":
        app.switch_page(f"../pages/{name}.py")
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
    return app


def html_of(app: AppTest) -> str:
    """All HTML of the main part of a page."""
    return "".join(element.proto.body for element in app.main.get("html"))


def failed(app: AppTest) -> bool:
    """Whether the page broke: an exception, or our own word about one."""
    return bool(app.exception) or "Mã sự cố" in html_of(app)
