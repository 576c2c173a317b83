"""Handing in as a new officer would, in Chromium; and hostile files while others work."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page

from tests.browser import DESK, PHONE, chromium, open_page, settled, violations
from tests.server import Server, serving
from tests.tab import Tab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOSTILE = Path(__file__).parent / "data" / "intake" / "hostile"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path) as running:
        yield running


def wide_report() -> bytes:
    """A report as offices print it, with three mistakes: a word, a thousand's mark, an error."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    rows = [
        ["UBND TỈNH SƠN LA"],
        ["SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"],
        ["TÌNH HÌNH THỰC HIỆN CHỈ TIÊU 6 THÁNG ĐẦU NĂM 2026"],
        [],
        ["TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch năm 2026", "Ước TH 6 tháng 2026"],
        ["I", "DU LỊCH"],
        [1, "Tổng lượt khách du lịch", "lượt", 5_600_000, "ba triệu"],
        [2, "Lượt khách du lịch quốc tế", "lượt", 120_000, "12,420"],
        [3, "Tổng thu từ khách du lịch", "tỷ đồng", 7_100, "#DIV/0!"],
        [4, "Một chỉ tiêu khác của ngành", "cái", 10, 12],
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A3:E3")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hand_over(page: Page, server: Server, data: bytes, name: str = "Báo cáo.xlsx") -> None:
    page.goto(server.url + "/upload")
    settled(page)
    file = {"name": name, "mimeType": SHEET, "buffer": data}
    page.set_input_files("input[type=file]", file)
    page.wait_for_selector(".a-outcome", timeout=60_000)
    settled(page)


def wide_and_clean(page: Page) -> None:
    """No sideways scrolling, and nothing that axe-core complains of."""
    wide, room = page.evaluate(
        "() => { const main = document.querySelector('[data-testid=\"stMain\"]');"
        " return [main.scrollWidth, main.clientWidth]; }"
    )
    assert wide <= room
    assert violations(page) == []


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_a_wide_report_with_three_mistakes_from_upload_to_receipt(browser, server, size, scheme):
    page = open_page(browser, size, scheme)
    hand_over(page, server, wide_report())
    assert page.locator("text=Không nhận").is_visible()
    assert page.locator("text=Đọc được 0 số liệu; 3 lỗi phải sửa").is_visible()
    wide_and_clean(page)

    page.get_by_role("link", name="Biểu 01, ô E8").first.click()
    page.wait_for_selector(".a-window td[aria-current]")
    assert page.locator(".a-window td[aria-current]").inner_text() == "12,420"
    page.get_by_role("link", name="Đóng").click()
    page.wait_for_selector(".a-window", state="detached")

    for cell, text in (("E7", "3.000.000"), ("E8", "62.000"), ("E9", "3.600")):
        page.get_by_role("textbox", name=f"Biểu 01, ô {cell}").fill(text)
    page.get_by_role("button", name="Kiểm tra lại").click()
    page.wait_for_selector("text=Đọc được 3 số liệu")
    settled(page)
    wide_and_clean(page)
    page.reload()  # the corrections are in the draft
    page.wait_for_selector("text=Đọc được 3 số liệu")
    settled(page)
    for box in page.get_by_role("checkbox").all():
        box.check(force=True)
        settled(page)
    page.get_by_role("button", name="Xác nhận và lưu").click()
    page.wait_for_selector("h1:has-text('Đã lưu: lần nộp số 1')")
    settled(page)
    assert page.locator("text=Ô đã sửa bằng tay trước khi lưu (3)").is_visible()
    assert page.locator("text=ba triệu").first.is_visible()
    wide_and_clean(page)
    page.context.close()


def test_two_figures_are_typed_on_a_phone(browser, server):
    page = open_page(browser, PHONE)
    page.goto(server.url + "/upload")
    settled(page)
    page.get_by_text("Nhập trực tiếp, không cần tệp").click()
    page.get_by_role("button", name="Mở biểu nhập").click()
    page.wait_for_selector("text=Gần nhất")
    settled(page)
    wide_and_clean(page)
    page.get_by_role("textbox", name="Giá trị dòng 1 (lượt)").fill("5.200.000")
    page.get_by_role("textbox", name="Giá trị dòng 2 (lượt)").fill("125.000,5")
    page.keyboard.press("Tab")
    page.wait_for_selector("text=Đã hiểu: 125.000,5")
    settled(page)
    page.get_by_role("button", name="Kiểm tra").click()
    page.wait_for_selector(".a-outcome")
    settled(page)
    assert page.locator("text=dòng 2, Giá trị").first.is_visible()
    wide_and_clean(page)
    page.context.close()


# --- hostile files -----------------------------------------------------------------------


class Reader(threading.Thread):
    """Another visitor who reads the overview again and again."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.server = server
        self.stop = threading.Event()
        self.answers = 0
        self.failed = ""

    def run(self) -> None:
        tab = Tab(self.server)
        while not self.stop.wait(0.2):
            if "a-rows" not in tab.run():
                self.failed = "a page without its rows"
                break
            self.answers += 1
        tab.close()


@pytest.mark.soak
def test_every_hostile_file_is_answered_on_the_page_while_another_page_is_read(browser, server):
    with (HOSTILE / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reader = Reader(server)
    reader.start()
    page = open_page(browser)
    for row in rows:
        data = (HOSTILE / row["file"]).read_bytes()
        if Path(row["file"]).suffix == ".docx":  # the browser's own field refuses it
            continue
        before = reader.answers
        hand_over(page, server, data, row["file"])
        said = page.locator(".a-outcome").inner_text()
        if row["must"] == "refuse":
            assert "Không nhận" in said, row
            findings = page.locator("table.a-table").first.inner_text()
            assert any(code in findings for code in row["codes"].split("|")), row
        assert "Mã sự cố" not in page.content()
        assert reader.failed == ""
        assert reader.answers > before or reader.is_alive()
    reader.stop.set()
    reader.join(60)
    assert reader.failed == ""
    assert reader.answers >= len(rows)
    page.context.close()
