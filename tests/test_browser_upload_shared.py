"""Two officers of one agency, signed in, and one draft: one begins it, the other hands it in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from services import accounts, assignments
from services.seeding import seed
from services.store import open_ready
from tests.browser import DESK, PHONE, open_page, settled
from tests.people import ADMIN, AGENCY_A, NOW, PASSWORD, add_people
from tests.server import Server, serving
from tests.test_browser_upload import SHEET, wide_and_clean, wide_report

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Officers of two agencies; the three targets of tourism are agency A's."""
    folder = tmp_path_factory.mktemp("shared")
    store = open_ready(f"sqlite:///{folder / 'store.db'}")
    seed(store, NOW)
    add_people(store, "quantri", "canbo.a", "canbo.b")
    accounts.add(
        store, ADMIN, login="dong.nghiep", roles=["officer"], name="Đồng nghiệp",
        agency=AGENCY_A, password=PASSWORD, now=NOW,
    )  # fmt: skip
    rows = "".join(f"DL-0{n},{AGENCY_A},,2026-01-01,QĐ 1\n" for n in (1, 2, 3))
    file = f"target,agency,areas,from,document\n{rows}".encode()
    assert not assignments.add(store, ADMIN, file, "a.csv", now=NOW).refused
    store.close()
    with serving(folder) as running:
        yield running


def opened(
    browser: Browser, server: Server, login: str, size: tuple[int, int], scheme: str
) -> Page:
    """The upload page of somebody who signed in."""
    page = open_page(browser, size, scheme)
    page.goto(server.url + "/login?next=%2Fupload")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Nhập số liệu')", timeout=60_000)
    settled(page)
    return page


def test_a_draft_goes_from_a_desk_to_a_colleagues_phone(browser, server):
    desk = opened(browser, server, "canbo.a", DESK, "light")
    expect(desk.locator("text=theo phân công: 3")).to_be_visible()
    wide_and_clean(desk)
    file = {"name": "Báo cáo.xlsx", "mimeType": SHEET, "buffer": wide_report()}
    desk.set_input_files("input[type=file]", file)
    desk.wait_for_selector(".a-outcome", timeout=60_000)
    settled(desk)
    desk.get_by_role("textbox", name="Biểu 01, ô E7").fill("3.000.000")
    desk.get_by_role("button", name="Kiểm tra lại").click()
    desk.wait_for_selector("text=Đọc được 1 số liệu")
    settled(desk)

    phone = opened(browser, server, "dong.nghiep", PHONE, "dark")
    expect(phone.locator("text=Bản nháp đang mở")).to_be_visible()
    expect(phone.locator("text=Người canbo.a, ").first).to_be_visible()
    wide_and_clean(phone)
    phone.get_by_role("link", name="Báo cáo.xlsx").click()
    phone.wait_for_selector("text=Người canbo.a bắt đầu bản nháp này")
    settled(phone)
    for cell, text in (("E8", "62.000"), ("E9", "3.600")):
        phone.get_by_role("textbox", name=f"Biểu 01, ô {cell}").fill(text)
    phone.get_by_role("button", name="Kiểm tra lại").click()
    phone.wait_for_selector("text=Đọc được 3 số liệu")
    settled(phone)
    wide_and_clean(phone)

    desk.get_by_role("textbox", name="Biểu 01, ô E9").fill("3.700")
    desk.get_by_role("button", name="Kiểm tra lại").click()  # not knowing of the colleague's
    desk.wait_for_selector("text=Đồng nghiệp vừa sửa bản nháp này")
    settled(desk)
    wide_and_clean(desk)
    expect(desk.locator("text=Đọc được 3 số liệu")).to_be_visible()

    phone.get_by_role("button", name="Xác nhận và lưu").click()
    phone.wait_for_selector("h1:has-text('Đã lưu: lần nộp số 1')")
    settled(phone)
    expect(phone.locator("dd:has-text('Đồng nghiệp')")).to_be_visible()
    expect(phone.locator("text=Tiếp bản nháp do Người canbo.a bắt đầu.")).to_be_visible()
    wide_and_clean(phone)
    desk.reload()
    desk.wait_for_selector("text=Không còn tệp hoặc lần nộp này.")
    for page in (desk, phone):
        page.context.close()


def test_an_officer_without_targets_is_told_what_to_do(browser, server):
    page = opened(browser, server, "canbo.b", PHONE, "dark")
    expect(page.locator("text=Chưa có chỉ tiêu nào được phân công cho").first).to_be_visible()
    wide_and_clean(page)
    page.context.close()
