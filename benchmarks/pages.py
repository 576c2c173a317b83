"""The overview against an empty Streamlit page: a rerun over the websocket, and time to visible.

Both are asked in turn in one run, so that what else the machine does hits both alike.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from .servers import EMPTY_PAGE, ROOT, Session, serve

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def measure(rounds: int = 15) -> dict[str, Any]:
    """Medians of both pages in seconds, and their ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty = folder / "empty.py"
        empty.write_text(EMPTY_PAGE)
        store = {"DATABASE_URL": f"sqlite:///{folder / 'bench.db'}"}
        with serve(empty, {}, folder) as plain, serve(ROOT / "app.py", store, folder) as ours:
            reruns = _reruns(plain, ours, rounds)
            visible = _visible(plain, ours, max(5, rounds // 2))
    return {"overview_rerun": reruns, "overview_visible_warm": visible}


def _reruns(plain: int, ours: int, rounds: int) -> dict[str, float]:
    sessions = {"empty": Session(plain), "overview": Session(ours)}
    for session in sessions.values():
        for _ in range(3):
            session.rerun()
    taken: dict[str, list[float]] = {name: [] for name in sessions}
    for _ in range(rounds):
        for name, session in sessions.items():
            taken[name].append(session.rerun())
            time.sleep(0.05)
    for session in sessions.values():
        session.close()
    return _ratio(taken)


def _visible(plain: int, ours: int, rounds: int) -> dict[str, float]:
    pages = {
        "empty": (f"http://127.0.0.1:{plain}/", "text=empty"),
        "overview": (f"http://127.0.0.1:{ours}/", "table tbody tr"),
    }
    taken: dict[str, list[float]] = {name: [] for name in pages}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        for url, seen in pages.values():
            _open(page, url, seen)
        for _ in range(rounds):
            for name, (url, seen) in pages.items():
                taken[name].append(_open(page, url, seen))
        browser.close()
    return _ratio(taken)


def _open(page: Page, url: str, seen: str) -> float:
    page.goto("about:blank")
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(seen).first.wait_for(state="visible", timeout=60_000)
    return time.perf_counter() - start


def _ratio(taken: dict[str, list[float]]) -> dict[str, float]:
    medians = {name: statistics.median(times) for name, times in taken.items()}
    return {**medians, "ratio": medians["overview"] / medians["empty"], "bar": 1.5}
