"""What a server's memory is like before, during and after 100,000 rows came in through the page.

A person in Chromium sees the pages, hands in a workbook, confirms, and sees the pages again. The
server was warm before: each page had been seen once, and a small file handed in.
"""

from __future__ import annotations

import itertools
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from indicators.model import Settings
from services.moments import micros
from services.seeding import seed
from services.snapshot import snapshot
from services.store import open_ready

from .browser import browser, settled
from .servers import ROOT, Server, serve
from .workbooks import WORKBOOK, past_rows, workbook

MEGABYTE = 1024 * 1024
BAR = 100
PAGES = ("", "target?code=YT-01", "upload")


def measure(rows: int = 100_000) -> dict[str, Any]:
    """Megabytes more than before: at the preview, the receipt, the pages seen after it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'bench.db'}"
        small, large = _workbooks(url, rows)
        with (
            serve(ROOT / "app.py", {"DATABASE_URL": url}, folder) as server,
            browser() as chromium,
        ):
            page = chromium.new_page(viewport={"width": 1440, "height": 900})
            _see_pages(page, server)
            _hand_in(page, server, small)
            _see_pages(page, server)
            found = _course(page, server, large)
        return {"rows": rows, "file_megabytes": len(large) / MEGABYTE, **found, "bar": BAR}


def _course(page: Page, server: Server, data: bytes) -> dict[str, float]:
    before = server.resident

    def more() -> float:
        time.sleep(4)  # what a run leaves behind goes a little after it has ended
        return (server.resident - before) / MEGABYTE

    found = {"megabytes_before": before / MEGABYTE}
    start = time.perf_counter()
    _upload(page, server, data)
    found["seconds_to_preview"] = time.perf_counter() - start
    found["more_at_preview"] = more()
    start = time.perf_counter()
    _confirm(page)
    found["seconds_to_receipt"] = time.perf_counter() - start
    found["more_at_receipt"] = more()
    for address in PAGES:
        _see(page, server, address)
        name = address.partition("?")[0] or "overview"
        found[f"more_after_{name}"] = more()
    return found


def _workbooks(url: str, rows: int) -> tuple[bytes, bytes]:
    """A small and a large workbook for the store at that address, with different figures."""
    now = micros(datetime.now(UTC))
    store = open_ready(url)
    seed(store, now)
    every = past_rows(snapshot(store, now, Settings()))
    store.close()
    small = workbook(itertools.islice(every, 80))
    return small, workbook(itertools.islice(every, rows))


def _see_pages(page: Page, server: Server) -> None:
    for address in PAGES:
        _see(page, server, address)


def _see(page: Page, server: Server, address: str) -> None:
    page.goto(f"{server.url}/{address}")
    settled(page)


def _hand_in(page: Page, server: Server, data: bytes) -> None:
    _upload(page, server, data)
    _confirm(page)


def _upload(page: Page, server: Server, data: bytes) -> None:
    _see(page, server, "upload")
    file: Any = {"name": "lớn.xlsx", "mimeType": WORKBOOK, "buffer": data}
    page.set_input_files("input[type=file]", file)
    page.wait_for_selector(".a-outcome", timeout=180_000)
    settled(page)


def _confirm(page: Page) -> None:
    page.get_by_role("button", name="Xác nhận và lưu").click()
    page.wait_for_selector("h1:has-text('Đã lưu')", timeout=180_000)
    settled(page)
