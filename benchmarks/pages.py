"""Every page against an empty Streamlit page: a rerun over the websocket, and time to visible.

All are asked in turn in one run, so that what else the machine does hits them alike: on a store
with what was published, and on a demo's, which has figures of every target, area and period.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from services.demo import demo
from services.seeding import seed
from services.store import open_ready

from .browser import browser
from .servers import EMPTY_PAGE, ROOT, Server, Session, serve

BAR = 1.5  # of the overview; the others are to be seen, not judged
PAGES = {
    "overview": ("", ""),
    "target": ("target", "code=DL-01"),
    "target_of_areas": ("target", "code=CN-01"),
    "upload": ("upload", ""),
    "scenarios": ("scenarios", ""),
    "methods": ("methods", ""),
    "profile": ("profile", ""),
    "admin": ("admin", ""),
    "admin_register": ("admin", "part=register"),
}


def measure(rounds: int = 15) -> dict[str, Any]:
    """Medians of the pages in seconds, and their ratios to the empty page's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty = folder / "empty.py"
        empty.write_text(EMPTY_PAGE)
        stores = {kind: f"sqlite:///{folder / kind}.db" for kind in ("published", "demo")}
        _fill(stores)
        found: dict[str, Any] = {}
        with serve(empty, {}, folder) as plain:
            for kind, url in stores.items():
                with serve(ROOT / "app.py", {"DATABASE_URL": url}, folder) as ours:
                    found[f"reruns_{kind}"] = _reruns(plain, ours, rounds)
                    if kind == "published":
                        visible = _visible(plain, ours, max(5, rounds // 2))
                        found["overview_visible_warm"] = visible
    return found


def _fill(stores: dict[str, str]) -> None:
    now = time.time_ns() // 1000
    for kind, url in stores.items():
        store = open_ready(url)
        seed(store, now)
        if kind == "demo":
            demo(store, now)
        store.close()


def _reruns(plain: Server, ours: Server, rounds: int) -> dict[str, Any]:
    asked = {"empty": (Session(plain), "", "")}
    asked |= {name: (Session(ours), *where) for name, where in PAGES.items()}
    taken: dict[str, list[float]] = {name: [] for name in asked}
    first = {name: session.rerun(*where) for name, (session, *where) in asked.items()}
    for session, *where in asked.values():
        session.rerun(*where)
    for _ in range(rounds):
        for name, (session, *where) in asked.items():
            taken[name].append(session.rerun(*where))
            time.sleep(0.02)
    for session, *_where in asked.values():
        session.close()
    found = _ratios(taken)
    return {name: {**one, "first": first[name]} for name, one in found.items()}


def _visible(plain: Server, ours: Server, rounds: int) -> dict[str, Any]:
    pages = {"empty": (plain.url, "text=empty"), "overview": (ours.url, "table tbody tr")}
    taken: dict[str, list[float]] = {name: [] for name in pages}
    with browser() as chromium:
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        for url, seen in pages.values():
            _open(page, url, seen)
        for _ in range(rounds):
            for name, (url, seen) in pages.items():
                taken[name].append(_open(page, url, seen))
    return _ratios(taken)


def _open(page: Page, url: str, seen: str) -> float:
    page.goto("about:blank")
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(seen).first.wait_for(state="visible", timeout=60_000)
    return time.perf_counter() - start


def _ratios(taken: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    """Of each page the median seconds, and how many times the empty page's they are."""
    medians = {name: statistics.median(times) for name, times in taken.items()}
    found = {
        name: {"seconds": seconds, "ratio": seconds / medians["empty"]}
        for name, seconds in medians.items()
    }
    found["overview"]["bar"] = BAR
    return found
