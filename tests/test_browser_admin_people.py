"""Quản trị › Tài khoản and Nhật ký in a real Chromium: at a desk, and on a phone in the dark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from services import accounts
from services.seeding import seed
from services.store import open_ready
from tests.browser import DESK, PHONE, open_page, problems, settled, violations
from tests.people import ADMIN, NOW, PASSWORD, add_people
from tests.server import Server, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LOOKS = [pytest.param(DESK, "light", id="desk"), pytest.param(PHONE, "dark", id="phone")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("people")
    store = open_ready(f"sqlite:///{folder / 'store.db'}")
    seed(store, NOW)
    add_people(store)
    accounts.add(store, ADMIN, login="khoa", name="Tên <b>đậm</b>", roles=["viewer"], now=NOW)
    accounts.disable(store, ADMIN, "khoa", why="<i>nghỉ</i>", now=NOW)
    store.close()
    with serving(folder) as running:
        yield running


def enter(browser: Browser, server: Server, size, scheme, path: str) -> tuple[Page, list[str]]:
    page = open_page(browser, size, scheme)
    complaints = problems(page)
    page.goto(f"{server.url}/login")
    page.fill("#login", "quantri")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)
    settled(page)
    page.goto(server.url + path)
    settled(page)
    return page, complaints


def is_whole(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_the_log_is_whole_and_what_was_and_is_unfolds(browser, server, size, scheme):
    page, complaints = enter(browser, server, size, scheme, "/admin?part=audit&kind=accounts")
    page.wait_for_selector("text=Khóa tài khoản")
    assert "Lý do: <i>nghỉ</i>" in page.inner_text("table")
    fold = page.locator("details.a-diff").first
    fold.locator("summary").click()
    expect(fold.locator("dl")).to_be_visible()
    is_whole(page)
    assert complaints == []
    page.context.close()


def test_a_search_is_an_address_and_a_file_holds_what_it_found(browser, server):
    page, complaints = enter(browser, server, DESK, "light", "/admin?part=audit")
    page.fill("#f-about", "khoa")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=2 dòng khớp, mới nhất ở trên")
    assert "about=khoa" in page.url
    with page.expect_download() as coming:
        page.click("text=Tải CSV")
    with open(coming.value.path(), encoding="utf-8-sig", newline="") as file:  # noqa: PTH123
        rows = list(csv.reader(io.StringIO(file.read(), newline="")))
    assert [row[6] for row in rows[1:]] == ["account.add", "account.disable"]
    page.fill("#f-text", "NGHỈ")
    page.fill("#f-first", "2026-11-01")
    page.fill("#f-last", "2026-11-30")
    page.click("button:has-text('Tìm')")
    page.wait_for_selector("text=1 dòng khớp, mới nhất ở trên")
    page.select_option("#f-kind", "signin")
    page.wait_for_selector("text=Không có dòng nào khớp")
    page.select_option("#f-person", label="người cài đặt")
    page.wait_for_url("**person=**")
    for part in ("part=audit", "kind=signin", "about=khoa", "first=2026-11-01", "last=2026-11-30"):
        assert part in page.url
    page.click("#f-clear")
    page.wait_for_selector("text=Nạp dữ liệu gốc của chương trình")
    page.reload()
    settled(page)
    assert page.url.endswith("/admin?part=audit")
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_the_accounts_are_whole_in_a_list_and_one_by_one(browser, server, size, scheme):
    page, complaints = enter(browser, server, size, scheme, "/admin?part=accounts")
    page.wait_for_selector("text=đã khóa")
    assert page.locator("b:has-text('đậm')").count() == 0
    page.click("summary:has-text('Thêm tài khoản')")
    page.wait_for_selector("text=Tên đăng nhập")
    is_whole(page)
    page.click("a:has-text('Tên <b>đậm</b>')")
    page.wait_for_selector("h1:has-text('Tên <b>đậm</b>')")
    page.click("summary:has-text('Đặt lại mật khẩu')")
    page.wait_for_selector("text=Tôi xác nhận đặt lại mật khẩu của Tên <b>đậm</b>")
    is_whole(page)
    assert complaints == []
    page.context.close()


def test_a_new_account_is_made_and_its_password_lets_in_once(browser, server):
    page, complaints = enter(browser, server, PHONE, "dark", "/admin?part=accounts")
    page.click("summary:has-text('Thêm tài khoản')")
    page.get_by_label("Tên đăng nhập").fill("hoa.mai")
    page.get_by_label("Họ và tên").fill("Cầm Thị Hoa Mai")
    page.click("label:has-text('Người xem')")
    page.click("button:has-text('Tạo tài khoản')")
    given = page.locator("code").inner_text(timeout=60_000)
    settled(page)
    is_whole(page)
    page.click("button:has-text('Đã ghi lại, ẩn mật khẩu')")
    page.wait_for_selector("code", state="detached")
    assert "login=hoa.mai" in page.url
    page.reload()
    settled(page)
    assert page.locator("code").count() == 0
    assert complaints == []
    page.context.close()
    other = open_page(browser)
    other.goto(f"{server.url}/login")
    other.fill("#login", "hoa.mai")
    other.fill("#password", given)
    other.keyboard.press("Enter")
    other.wait_for_url("**/password**")
    other.context.close()


def test_whoever_is_disabled_is_out_at_the_next_click(browser, server):
    theirs = open_page(browser)
    theirs.goto(f"{server.url}/login")
    theirs.fill("#login", "lanhdao")
    theirs.fill("#password", PASSWORD)
    theirs.keyboard.press("Enter")
    theirs.wait_for_selector(".a-person >> text=Người lanhdao")
    page, complaints = enter(browser, server, DESK, "light", "/admin?part=accounts&login=lanhdao")
    page.click("summary:has-text('Khóa tài khoản')")
    page.click("label:has-text('Tôi xác nhận khóa')")
    page.click("button:has-text('Khóa tài khoản')")
    page.wait_for_selector("text=kết thúc 1 phiên đang mở")
    assert complaints == []
    theirs.click("a[href*='methods']")
    theirs.wait_for_url("**/login**")
    page.context.close()
    theirs.context.close()
