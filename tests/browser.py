"""Chromium for tests: one way to start it, and no silent skipping."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)

from benchmarks.browser import CHROMIUM, FLAGS, settled

__all__ = [
    "AXE",
    "DESK",
    "LOOKS",
    "PHONE",
    "chromium",
    "open_page",
    "problems",
    "settled",
    "violations",
]

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
PHONE_AGENT = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/128.0.0.0 Mobile Safari/537.36"
)
DESK = (1440, 900)
PHONE = (390, 844)

# Each page as in daily use, wide and light, and small and dark; the other two are for the soak.
LOOKS = [
    pytest.param(DESK, "light", id="desk-light"),
    pytest.param(DESK, "dark", id="desk-dark", marks=pytest.mark.soak),
    pytest.param(PHONE, "light", id="phone-light", marks=pytest.mark.soak),
    pytest.param(PHONE, "dark", id="phone-dark"),
]

expect.set_options(timeout=30_000)  # as long as waiting for a selector: machines are shared


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; without one the test is skipped with that said, or fails where CI=true."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no browser at {CHROMIUM}")
        pytest.skip(f"NOT RUN: no browser at {CHROMIUM} (scripts/system-packages.sh installs it)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def open_page(
    browser: Browser, size: tuple[int, int] = DESK, scheme: str = "light", locale: str = "vi-VN"
) -> Page:
    """A fresh visitor with a window of a size; a small one is a phone's, with touch."""
    phone = size[0] < 600
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=locale,
        timezone_id="Asia/Ho_Chi_Minh",
        has_touch=phone,
        is_mobile=phone,
        user_agent=PHONE_AGENT if phone else None,
    )
    return context.new_page()


def problems(page: Page) -> list[str]:
    """A list that fills with what the page complains of: refused loads, failed addresses."""
    found: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= 400:
            found.append(f"{response.status} {response.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("response", answered)
    return found


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, one line each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "async () => (await axe.run(document, {runOnly: ["
        "'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})).violations"
    )
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]
