"""Kịch bản as a planner tries it in Chromium: slid, a bad 2027, formulas, saved, taken away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as Late

from tests.browser import DESK, LOOKS, PHONE, open_page, problems, settled, violations
from tests.server import Server, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 30_000  # milliseconds: a busy machine redraws late, never not at all


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("scenarios")) as running:
        yield running


def opened(page: Page, server: Server, query: str = "") -> None:
    page.goto(f"{server.url}/scenarios{query}")
    settled(page)
    expect(page.get_by_role("slider").first).to_be_visible(timeout=PATIENCE)


def typed(page: Page, label: str, text: str, echo: str = "") -> None:
    """Type into a field as one does, and wait until the page has said what it read."""
    box = page.get_by_label(label).first
    box.fill(text)
    page.keyboard.press("Tab")
    if echo:
        said(page, echo)
    settled(page)
    expect(box).to_have_value(text)


def unfold(page: Page, heading: str, field: str) -> None:
    """Open what is folded under a heading; again where a redraw swallowed the click."""
    box = page.get_by_label(field).first
    for _ in range(5):
        if box.is_visible():
            return
        page.get_by_text(heading).first.click()
        try:
            box.wait_for(timeout=3_000)
        except Late as error:
            last = error
    raise AssertionError(f"{heading} does not open: {last}")


def said(page: Page, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE)


def chosen(page: Page, code: str) -> None:
    """Put one more target into the scenario."""
    box = page.get_by_role("combobox", name="Chỉ tiêu trong kịch bản")
    box.click()
    box.fill(code)
    page.get_by_role("option", name=code).click()
    page.keyboard.press("Escape")
    said(page, "Đang xem và nhập giả định cho")
    settled(page)


def taken(page: Page, button: str, file: Path) -> Path:
    settled(page)
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("button", name=button).click()
    download.value.save_as(file)
    return file


def test_a_planner_tries_a_bad_year_saves_it_and_takes_it_away(browser, server, tmp_path):
    page = open_page(browser)
    found = problems(page)
    opened(page, server)
    chosen(page, "DL-03")
    unfold(page, "Thêm: năm xấu, dự án, chậm tiến độ", "Năm xảy ra")
    typed(page, "Năm xảy ra", "2027")
    typed(page, "Thay đổi so với lẽ ra", "-30", "Đã hiểu: −30")
    said(page, "Sau năm 2027: để đạt")
    said(page, "Cả kịch bản")
    typed(page, "Tên kịch bản", "Năm 2027 xấu")
    save = page.get_by_role("button", name="Lưu", exact=True)
    expect(save).to_be_enabled(timeout=PATIENCE)
    save.click()
    said(page, "do người dùng tại máy lập")
    book = taken(page, "Tải Excel có công thức", tmp_path / "kich-ban.xlsx")
    assert load_workbook(book).sheetnames == ["Kịch bản", "DL-01", "DL-03"]
    brief = Document(str(taken(page, "Tải bản tóm tắt 2 trang", tmp_path / "kich-ban.docx")))
    assert "Năm 2027 xấu" in [one.text for one in brief.paragraphs]
    assert any("Đã lưu." in one.text for one in brief.paragraphs)
    picture = taken(page, "Tải biểu đồ (PNG)", tmp_path / "kich-ban.png")
    assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert found == []
    check_reload(page)
    page.context.close()


def check_reload(page: Page) -> None:
    page.goto(page.url)
    settled(page)
    said(page, "Sau năm 2027: để đạt")
    expect(page.get_by_label("Năm xảy ra")).to_have_value("2027")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_slider_moves_by_keyboard_and_what_is_taken_away_follows(browser, server, tmp_path, size):
    page = open_page(browser, size)
    opened(page, server)
    slider, box = page.get_by_role("slider").first, page.get_by_label("Mức tăng mỗi năm (%)").first
    expect(box).to_have_value("10,7")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(box).to_have_value("11", timeout=PATIENCE)
    expect(slider).to_have_attribute("aria-valuetext", "11%")
    said(page, f"{round(4_900_000 * 1.11**6):,}".replace(",", "."))
    book = load_workbook(taken(page, "Tải Excel có công thức", tmp_path / "kich-ban.xlsx"))
    inputs = {row[0]: row[1] for row in book["DL-01"].iter_rows(values_only=True, max_col=2)}
    assert inputs["Mức tăng mỗi năm (%)"] == 11
    page.context.close()


def test_a_wrong_number_is_told_and_mended_where_it_stands(browser, server):
    page = open_page(browser)
    opened(page, server)
    typed(page, "Mức tăng mỗi năm (%)", "-100")
    said(page, "phải lớn hơn −100%")
    expect(page.get_by_role("button", name="Tải CSV")).to_have_count(0, timeout=PATIENCE)
    typed(page, "Mức tăng mỗi năm (%)", "9,5", "Đã hiểu: 9,5")
    said(page, f"{round(4_900_000 * 1.095**6):,}".replace(",", "."))
    expect(page.get_by_role("button", name="Tải CSV")).to_be_visible(timeout=PATIENCE)
    page.context.close()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
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
