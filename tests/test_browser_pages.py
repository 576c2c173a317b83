"""The pages in a real Chromium: seen, driven by keyboard, on a phone, in the dark, on paper."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from datetime import date

import httpx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from services.moments import today_of
from tests.browser import DESK, LOOKS, PHONE, open_page, problems, settled, violations
from tests.server import Server, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = ["/", "/target?code=DL-01", "/target?code=CN-01", "/upload", "/?lang=en&scale=at_risk"]
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = open_page(browser)
    yield opened
    opened.context.close()


def today() -> date:
    return today_of(time.time_ns() // 1000)


def go(page: Page, address: str) -> None:
    page.goto(address)
    settled(page)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_a_page_is_whole_accessible_and_needs_no_sideways_scrolling(
    browser, server, path, size, scheme
):
    page = open_page(browser, size, scheme)
    complaints = problems(page)
    go(page, server.url + path)
    assert violations(page) == []
    wide, room = page.evaluate(
        "() => { const main = document.querySelector('[data-testid=\"stMain\"]');"
        " return [main.scrollWidth, main.clientWidth]; }"
    )
    assert wide <= room
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_sentence_and_three_targets_stand_above_the_fold(browser, server, size):
    page = open_page(browser, size)
    go(page, server.url)
    rows = page.locator("table.a-rows tbody tr")
    third = rows.nth(2).bounding_box()
    assert page.locator("h1").bounding_box()["y"] > 0
    assert third["y"] + third["height"] <= size[1]
    page.context.close()


def test_no_english_word_of_the_framework_is_left_on_a_vietnamese_page(page, server):
    go(page, server.url + "/upload")
    page.wait_for_selector("text=Chọn tệp")
    texts = page.evaluate(
        "() => [...document.querySelectorAll("
        "'button, [aria-label], [title], [placeholder], small')]"
        ".filter((one) => !one.closest('.stHtml'))"
        ".flatMap((one) => [one.innerText, one.ariaLabel, one.title, one.placeholder])"
        ".filter(Boolean)"
    )
    shown = " | ".join(texts)
    for word in ("Upload", "Browse", "Drag", "Limit", "sidebar", "Skip", "per file", "App pages"):
        assert word not in shown
    assert page.evaluate("document.documentElement.lang") == "vi"


def test_a_filter_stays_in_the_address_and_keeps_the_keyboards_place(page, server):
    go(page, server.url)
    sockets = []
    page.on("websocket", lambda opened: sockets.append(opened.url))
    page.focus("#f-field")
    page.select_option("#f-field", "Du lịch")
    page.wait_for_function("() => document.querySelectorAll('.a-rows tbody tr').length === 3")
    assert "field=Du" in page.url
    assert page.evaluate("document.activeElement.id") == "f-field"
    assert sockets == []  # the same session, nothing loaded anew

    page.reload()
    settled(page)
    assert page.locator(".a-rows tbody tr").count() == 3
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('.a-rows tbody tr').length === 11")


def test_a_chip_and_a_target_are_reached_by_keyboard_alone(page, server):
    go(page, server.url)
    page.focus("#f-at_risk")
    page.keyboard.press("Enter")
    page.wait_for_selector('#f-at_risk[aria-current="true"]')
    assert "scale=at_risk" in page.url
    page.locator(".a-rows tbody a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Theo văn bản")
    assert "/target?code=" in page.url


def test_the_language_chosen_goes_along_to_the_next_page(page, server):
    go(page, server.url + "/?lang=en")
    page.locator('[data-testid="stSidebarNavLink"]').nth(1).click()
    page.wait_for_selector("text=In the document")
    assert "lang=en" in page.url


def test_an_unknown_address_leads_to_the_overview(page, server):
    go(page, server.url + "/nothing-here")
    page.wait_for_selector("table.a-rows")


def test_the_paper_has_the_table_and_the_day_but_no_buttons(page, server):
    go(page, server.url)
    page.emulate_media(media="print")
    expect(page.locator("table.a-rows")).to_be_visible()
    expect(page.locator("text=Số liệu cập nhật đến ngày").first).to_be_visible()
    assert not page.locator('[data-testid="stSidebar"]').is_visible()
    assert not page.locator("form.a-filter").first.is_visible()
    assert not page.locator("button.a-print").is_visible()


def test_the_main_job_from_template_to_undo(page, server):
    """Template for DL-01, filled, handed in, confirmed, seen, taken back."""
    made = httpx.get(f"{server.url}/download/template?targets=DL-01&period=2026-H1")
    book = load_workbook(io.BytesIO(made.content))
    sheet = book["Số liệu"]
    sheet["F5"], sheet["G5"], sheet["H5"] = 3_000_000, "ước tính", "Sở VHTTDL"
    filled = io.BytesIO()
    book.save(filled)

    go(page, server.url + "/upload")
    file = {"name": "mẫu.xlsx", "mimeType": SHEET, "buffer": filled.getvalue()}
    page.set_input_files("input[type=file]", file)
    page.wait_for_selector("text=Đạt – có thể lưu")
    page.wait_for_selector("#f-show-new")
    assert "draft=" in page.url

    page.reload()  # a draft is in the store, not in the session
    page.wait_for_selector("#f-show-new")
    page.get_by_role("button", name="Xác nhận và lưu").click()
    page.wait_for_selector("h1:has-text('Đã lưu: lần nộp số 1')")

    go(page, server.url)
    row = page.locator(".a-rows tbody tr", has_text="DL-01").inner_text()
    assert "3.000.000" in row
    assert "so với cùng kỳ" in row
    go(page, server.url + "/target?code=DL-01")
    page.get_by_text("Bảng số liệu").first.click()
    expect(page.locator("text=lần nộp số 1").first).to_be_visible()

    go(page, server.url + "/upload?submission=1")
    page.get_by_text("Hoàn tác lần nộp số 1").first.click()
    page.get_by_role("button", name="Hoàn tác lần nộp số 1").click()
    page.wait_for_selector("h1:has-text('Đã hoàn tác: lần nộp số 2')")
    go(page, server.url)
    row = page.locator(".a-rows tbody tr", has_text="DL-01").inner_text()
    assert "4.600.000" in row


def test_a_file_of_fifty_megabytes_gets_our_own_answer(page, server, tmp_path):
    large = tmp_path / "lớn.csv"
    large.write_bytes(b"0" * 50 * 1024 * 1024)
    go(page, server.url + "/upload")
    page.set_input_files("input[type=file]", large)
    page.wait_for_selector("text=F04", timeout=60_000)
    expect(page.locator("text=Không nhận – phải sửa lỗi rồi tải lên lại")).to_be_visible()


def test_a_picture_handed_in_by_name_only_is_refused_in_vietnamese(page, server):
    go(page, server.url + "/upload")
    file = {"name": "ảnh.png", "mimeType": "image/png", "buffer": b"x"}
    page.set_input_files("input[type=file]", file)
    page.wait_for_selector("text=Không nhận tệp")
