"""Phân công, Ngày báo cáo, Mốc và mục tiêu as an administrator uses them in Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser import DESK, PHONE, open_page, problems, settled, violations
from tests.server import Server, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("duties")) as running:
        yield running


def opened(browser: Browser, server: Server, what: str, **query: str) -> Page:
    page = open_page(browser)
    more = "".join(f"&{name}={value}" for name, value in query.items())
    page.goto(f"{server.url}/admin?part=register&what={what}{more}")
    settled(page)
    return page


def chosen(page: Page, form: Locator, label: str, text: str) -> None:
    """Type into a list to choose from, and take the first that fits."""
    box = form.get_by_role("combobox", name=label).first
    box.click()
    box.fill(text)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    settled(page)


def typed(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).first.fill(text)
    page.keyboard.press("Tab")
    settled(page)


def said(page: Page, text: str) -> None:
    page.get_by_text(text).first.wait_for(timeout=30_000)


def test_an_administrator_assigns_two_targets_to_a_new_agency(browser, server):
    page = opened(browser, server, "assignments")
    found = problems(page)
    form = page.locator("details", has_text="Phân công chỉ tiêu").first
    form.wait_for()
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    chosen(page, form, "Chỉ tiêu (chọn", "DL-01")
    chosen(page, form, "Chỉ tiêu (chọn", "DL-03")
    page.keyboard.press("Escape")
    chosen(page, form, "Cơ quan", "Cơ quan mới")
    typed(page, "Tên cơ quan mới", "Sở Văn hóa, Thể thao và Du lịch")
    typed(page, "Theo quyết định", "15/QĐ-UBND")
    page.get_by_role("button", name="Xem trước").click()
    said(page, "Xem trước 2 phân công")
    page.get_by_role("button", name="Lưu 2 phân công").click()
    said(page, "Đã lưu 2 phân công cho Sở Văn hóa, Thể thao và Du lịch.")
    said(page, "2 trong 32 chỉ tiêu đã có cơ quan báo cáo")
    page.get_by_role("link", name="Xem DL-01").click()
    said(page, "Lịch sử của DL-01")
    page.goto(f"{server.url}/target?code=DL-01")
    settled(page)
    said(page, "Sở Văn hóa, Thể thao và Du lịch")
    assert found == []
    page.context.close()


def test_a_file_of_assignments_is_previewed_line_by_line_then_stored(browser, server):
    page = opened(browser, server, "assignments")
    found = problems(page)
    page.locator("summary", has_text="Phân công từ tệp").click()
    rows = "Mã chỉ tiêu,Cơ quan,Văn bản\nKT-01; KT-02,Sở Tài chính,15/QĐ-UBND\n"
    file = {"name": "phan-cong.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
    said(page, "Đọc được: 2 phân công mới, 0 thay đổi, 0 như đang lưu.")
    assert page.get_by_role("row", name="KT-02").count() == 2  # the preview and the list
    page.get_by_role("button", name="Lưu 2 phân công").click()
    said(page, "Đã lưu 2 phân công từ tệp phan-cong.csv.")
    assert found == []
    page.context.close()


def test_many_goals_are_told_in_one_press_by_keyboard(browser, server):
    page = opened(browser, server, "states", group="CTR-2045")
    found = problems(page)
    for code in ("QL-12", "QL-13", "QL-19"):
        box = page.get_by_role("combobox", name=f"{code}: tình trạng")
        box.focus()
        page.keyboard.type("đang thực")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("BC 15/BC-UBND https://sonla.gov.vn/bc15.pdf")
    page.get_by_role("button", name="Lưu các dòng đã sửa").click()
    said(page, "Đã lưu 3 dòng: QL-12, QL-13, QL-19.")
    page.goto(f"{server.url}/")
    settled(page)
    page.get_by_text("3 trong 39 mục tiêu định tính có thông tin").click()
    assert page.get_by_role("link", name="https://sonla.gov.vn/bc15.pdf").count() == 3
    assert found == []
    page.context.close()


VIEWS = ["what=assignments", "what=assignments&code=DL-02", "what=days", "what=states",
         "what=states&group=CTR-2045", "what=states&code=DA-01"]  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_the_sections_are_accessible_and_need_no_sideways_scrolling(
    browser, server, view, size, scheme
):
    page = open_page(browser, size, scheme)
    found = problems(page)
    page.goto(f"{server.url}/admin?part=register&{view}")
    settled(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert found == []
    page.context.close()


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_the_goals_of_the_overview_are_accessible_when_unfolded(browser, server, size, scheme):
    page = open_page(browser, size, scheme)
    page.goto(server.url)
    settled(page)
    page.get_by_text("mục tiêu định tính có thông tin").click()
    page.get_by_text("mốc công việc, đề án").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.context.close()
