"""Signing in with a real Chromium: by keyboard, on a phone, in the dark, and out in every tab."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from services import accounts
from services.seeding import seed
from services.store import open_ready
from tests.browser import DESK, LOOKS, PHONE, open_page, problems, settled, violations
from tests.people import ADMIN, NOW, PASSWORD, PEOPLE, add_people
from tests.server import Server, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("signin")
    store = open_ready(f"sqlite:///{folder / 'store.db'}")
    seed(store, NOW)
    add_people(store)
    accounts.add(store, ADMIN, login="moi", roles=["viewer"], password=PASSWORD, now=NOW)
    store.close()
    with serving(folder) as running:
        yield running


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    page.fill("#login", login)
    page.fill("#password", password)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("path", ["/login", "/login?lang=en&say=out", "/login?next=%2Fupload"])
@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_the_sign_in_is_whole_and_accessible(browser, server, path, size, scheme):
    page = open_page(browser, size, scheme)
    complaints = problems(page)
    page.goto(server.url + path)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.activeElement.id") == "login"
    wanted = "rgb(14, 17, 23)" if scheme == "dark" else "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == wanted
    assert complaints == []
    page.context.close()


def test_a_link_that_was_followed_is_not_lost_over_wrong_and_right_passwords(browser, server):
    page = open_page(browser)
    page.goto(server.url + "/target?code=NL-01")
    assert "/login?next=" in page.url
    sign_in(page, "canbo.a", "sai rồi nhé")
    alarm = page.locator('[role="alert"]')
    assert alarm.inner_text() == "Tên đăng nhập hoặc mật khẩu không đúng."
    assert page.input_value("#login") == "canbo.a"
    assert page.input_value("#password") == ""
    assert page.evaluate("document.activeElement.id") == "password"
    assert violations(page) == []
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    settled(page)
    assert page.url.endswith("/target?code=NL-01")
    page.wait_for_selector(".a-person >> text=Người canbo.a")
    page.reload()
    settled(page)
    page.wait_for_selector(".a-person >> text=Cán bộ thống kê")
    page.context.close()


def test_signing_out_in_one_tab_ends_the_other_at_its_next_step(browser, server):
    page = open_page(browser)
    page.goto(server.url + "/login")
    sign_in(page, "lanhdao")
    settled(page)
    other = page.context.new_page()
    other.goto(server.url + "/")
    settled(other)
    page.click(".a-person button")
    page.wait_for_url("**/login?say=out")
    assert "Đã đăng xuất." in page.inner_text("main")
    other.select_option("#f-field", "Du lịch")
    other.wait_for_url("**/login?say=ended&next=**")
    sign_in(other, "lanhdao")
    settled(other)
    assert "field=Du" in other.url
    page.go_back()
    page.wait_for_load_state()
    page.context.close()


def test_a_disabled_account_is_thrown_out_of_its_open_tab(browser, server):
    page = open_page(browser)
    page.goto(server.url + "/login")
    sign_in(page, "moi")
    settled(page)
    store = open_ready(server.database)
    accounts.disable(store, ADMIN, "moi", now=time.time_ns() // 1000)
    store.close()
    page.select_option("#f-field", "Du lịch")
    page.wait_for_url("**/login?say=ended&next=**")
    sign_in(page, "moi")
    assert "đã bị khóa" in page.inner_text('[role="alert"]')
    page.context.close()


@pytest.mark.soak  # test_browser_roles.py walks further with the same people
@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("login", PEOPLE)
def test_each_of_the_standing_people_sees_the_pages_of_their_roles(browser, server, login, size):
    page = open_page(browser, size)
    complaints = problems(page)
    page.goto(server.url + "/login")
    sign_in(page, login)
    settled(page)
    if size == PHONE:
        page.click('[data-testid="stExpandSidebarButton"]')
    page.wait_for_selector(f".a-person >> text=Người {login}")
    listed = page.locator('[data-testid="stSidebarNavLink"]').all_inner_texts()
    hands_in = PEOPLE[login][0] in {"officer", "consolidator"}
    assert any("Nhập số liệu" in one for one in listed) == hands_in
    assert any("Cá nhân" in one for one in listed)
    assert violations(page) == []
    page.goto(server.url + "/profile")
    settled(page)
    page.get_by_role("link", name="Đổi mật khẩu").wait_for()
    assert violations(page) == []
    page.goto(server.url + "/upload")
    settled(page)
    refused = page.locator(".a-refused").count() == 1
    assert refused != hands_in
    assert complaints == []
    page.context.close()


def test_a_language_that_one_sets_changes_the_page_and_stays(browser, server):
    page = open_page(browser)
    page.goto(server.url + "/login?next=/profile")
    sign_in(page, "canbo.b")
    settled(page)
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="English").click()
    page.get_by_role("button", name="Lưu").click()
    page.wait_for_url("**/profile?lang=en&saved=1")
    settled(page)
    page.wait_for_selector("text=Saved.")
    page.goto(server.url + "/methods")
    settled(page)
    assert page.url.endswith("/methods?lang=en")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.context.close()


def test_a_new_password_from_the_personal_page(browser, server):
    page = open_page(browser)
    page.goto(server.url + "/login?next=/profile")
    sign_in(page, "kehoach")
    settled(page)
    page.get_by_role("link", name="Đổi mật khẩu").click()
    page.wait_for_url("**/password?next=**")
    assert violations(page) == []
    page.fill("#current", PASSWORD)
    page.fill("#new", "bon nam sau bay")
    page.fill("#again", "bon nam sau tam")
    page.keyboard.press("Enter")
    assert "không giống nhau" in page.inner_text('[role="alert"]')
    page.fill("#current", PASSWORD)
    page.fill("#new", "bon nam sau bay")
    page.fill("#again", "bon nam sau bay")
    page.keyboard.press("Enter")
    page.wait_for_url("**/profile")
    settled(page)
    page.click(".a-person button")
    page.wait_for_url("**/login?say=out")
    sign_in(page, "kehoach", "bon nam sau bay")
    settled(page)
    page.context.close()
