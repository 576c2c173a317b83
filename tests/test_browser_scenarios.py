"""Kịch bản as a planner tries it in Chromium: a bad 2027, what it takes, saved, taken away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser import DESK, PHONE, chromium, open_page, problems, settled, violations
from tests.server import Server, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("scenarios")) as running:
        yield running


def typed(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).first.fill(text)
    page.keyboard.press("Tab")
    settled(page)


def said(page: Page, text: str) -> None:
    page.get_by_text(text).first.wait_for(timeout=30_000)


def test_a_planner_tries_a_bad_year_saves_it_and_takes_it_away(browser, server, tmp_path):
    page = open_page(browser)
    found = problems(page)
    page.goto(f"{server.url}/scenarios")
    settled(page)
    box = page.get_by_role("combobox", name="Chỉ tiêu trong kịch bản")
    box.click()
    box.fill("DL-03")
    page.get_by_role("option", name="DL-03").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    said(page, "Đang xem và nhập giả định cho")
    page.get_by_text("Thêm: năm xấu, dự án, chậm tiến độ").click()
    typed(page, "Năm xảy ra", "2027")
    typed(page, "Thay đổi so với lẽ ra", "-30")
    said(page, "Đã hiểu: −30")
    said(page, "Sau năm 2027: để đạt")
    typed(page, "Tên kịch bản", "Năm 2027 xấu")
    page.get_by_role("button", name="Lưu", exact=True).click()
    said(page, "do người dùng tại máy lập")
    said(page, "Cả kịch bản")
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải Excel có công thức").click()
    file = tmp_path / "kich-ban.xlsx"
    download.value.save_as(file)
    assert load_workbook(file).sheetnames == ["Kịch bản", "DL-01", "DL-03"]
    assert found == []
    check_reload(page)
    page.context.close()


def check_reload(page: Page) -> None:
    page.goto(page.url)
    settled(page)
    said(page, "Sau năm 2027: để đạt")
    expect(page.get_by_label("Năm xảy ra")).to_have_value("2027")


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (DESK, "dark"), (PHONE, "light"), (PHONE, "dark")]
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_is_accessible_and_needs_no_sideways_scrolling(
    browser, server, size, scheme, lang
):
    page = open_page(browser, size, scheme)
    found = problems(page)
    page.goto(f"{server.url}/scenarios?code=GD-01&lang={lang}")
    settled(page)
    said(page, "84,4%" if lang == "vi" else "84.4%")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert found == []
    page.context.close()


def test_everything_is_reached_by_keyboard(browser, server):
    page = open_page(browser)
    page.goto(f"{server.url}/scenarios?code=GD-01")
    settled(page)
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "() => document.activeElement.getAttribute('aria-label')"
                " || document.activeElement.innerText || document.activeElement.id"
            )
        )
    text = " ".join(str(one) for one in reached)
    for name in ("Diễn biến giả định", "Thêm: năm xấu", "Tên kịch bản", "Tải CSV"):
        assert name in text, text
    page.context.close()
