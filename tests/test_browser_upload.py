"""Handing in as a new officer would, in Chromium; and hostile files while others work."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from playwright.sync_api import Page, expect

from tests.browser import DESK, PHONE, open_page, settled, violations
from tests.server import Server, serving
from tests.tab import Tab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOSTILE = Path(__file__).parent / "data" / "intake" / "hostile"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path) as running:
        yield running


def wide_report(
    visits: object = "ba triệu", abroad: object = "12,420", revenue: object = "#DIV/0!"
) -> bytes:
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
        [1, "Tổng lượt khách du lịch", "lượt", 5_600_000, visits],
        [2, "Lượt khách du lịch quốc tế", "lượt", 120_000, abroad],
        [3, "Tổng thu từ khách du lịch", "tỷ đồng", 7_100, revenue],
        [4, "Một chỉ tiêu khác của ngành", "cái", 10, 12],
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A3:E3")
    sheet.column_dimensions["B"].width = 40
    for cell in ("E7", "E8", "E9"):
        sheet[cell].number_format, sheet[cell].font = "#,##0", Font(bold=True)
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
    report = wide_report()
    hand_over(page, server, report)
    expect(page.locator("text=Không nhận")).to_be_visible()
    expect(page.locator("text=Đọc được 0 số liệu; 3 lỗi phải sửa")).to_be_visible()
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
    shows_the_corrections(taken(page, "Tải tệp đã đánh dấu"))
    page.reload()  # the corrections are in the draft
    page.wait_for_selector("text=Đọc được 3 số liệu")
    settled(page)
    for box in page.get_by_role("checkbox").all():
        box.check(force=True)
        settled(page)
    page.get_by_role("button", name="Xác nhận và lưu").click()
    page.wait_for_selector("h1:has-text('Đã lưu: lần nộp số 1')")
    settled(page)
    expect(page.locator("text=Ô đã sửa bằng tay trước khi lưu (3)")).to_be_visible()
    expect(page.locator("text=ba triệu").first).to_be_visible()
    wide_and_clean(page)
    shows_the_corrections(taken(page, "Tải tệp đã đánh dấu"))
    assert taken(page, "Tải tệp đã nộp") == report
    page.context.close()


def test_a_value_is_withdrawn_and_put_back_and_plans_are_taken_over(browser, server):
    page = open_page(browser, PHONE, "dark")
    hand_over(page, server, wide_report(3_000_000, 62_000, 3_600))
    page.get_by_text("Cột Kế hoạch: lấy 3 số làm kế hoạch năm").click()
    page.get_by_role("textbox", name="Văn bản giao kế hoạch").fill("NQ 12/NQ-HĐND")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Ghi 3 kế hoạch năm").click()
    page.wait_for_selector("text=Đã ghi kế hoạch năm: thêm 3")
    settled(page)
    page.get_by_role("link", name="Đến bước 4: xác nhận và lưu").click()
    page.get_by_role("button", name="Xác nhận và lưu").click()
    page.wait_for_selector("h1:has-text('Đã lưu: lần nộp số 1')")
    settled(page)
    page.get_by_text("Rút từng số liệu", exact=True).click()
    page.get_by_role("combobox", name="Số liệu cần rút").focus()
    page.keyboard.press("ArrowDown")  # opens the list
    option = page.get_by_role("option", name="Tổng lượt khách")
    option.wait_for()
    while option.get_attribute("data-focused") != "true":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("textbox", name="Lý do rút").fill("nhầm kỳ")
    page.keyboard.press("Tab")
    settled(page)
    wide_and_clean(page)
    page.get_by_role("button", name="Rút 1 số liệu").click()
    page.wait_for_selector("h1:has-text('Đã rút số liệu: lần nộp số 2')")
    settled(page)
    wide_and_clean(page)
    page.get_by_text("Hoàn tác lần nộp số 2").first.click()
    page.get_by_role("button", name="Hoàn tác lần nộp số 2").click()
    page.wait_for_selector("h1:has-text('Đã hoàn tác: lần nộp số 3')")
    settled(page)
    wide_and_clean(page)
    page.context.close()


def test_what_was_said_of_columns_is_proposed_for_the_next_file(browser, server):
    page = open_page(browser)
    said = {"A": "Mã chỉ tiêu", "B": "Bỏ qua", "C": "Giá trị", "D": "Kỳ báo cáo"}
    for name in ("tháng 6.xlsx", "tháng 7.xlsx"):
        hand_over(page, server, strange_heads(), name)
        wide_and_clean(page)
        if name == "tháng 7.xlsx":
            page.get_by_role("button", name="Dùng lại lựa chọn này").click()
        else:
            for letter, kind in said.items():
                page.get_by_role("combobox", name=f"Cột {letter} là").fill(kind)
                page.get_by_role("option", name=kind, exact=True).click()
            page.get_by_role("button", name="Đọc lại theo lựa chọn này").click()
        page.wait_for_selector("text=Đọc được 2 số liệu")
        settled(page)
        wide_and_clean(page)
    page.context.close()


def test_the_page_is_english_to_the_last_fix(browser, server):
    page = open_page(browser)
    page.goto(server.url + "/upload?lang=en")
    settled(page)
    file = {"name": "a.xlsx", "mimeType": SHEET, "buffer": wide_report()}
    page.set_input_files("input[type=file]", file)
    page.wait_for_selector(".a-outcome", timeout=60_000)
    settled(page)
    findings = page.locator("table.a-table").first.inner_text()
    assert "'12,420' may be 12.42 or 12,420." in findings
    assert "Enter it as a number cell." in findings
    assert "Nhập lại" not in findings
    page.context.close()


def strange_heads() -> bytes:
    """A list whose headings nobody knows."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Tháng 6"
    for row in (
        ["BÁO CÁO SỐ LIỆU"],
        [],
        ["Mã hiệu", "Diễn giải", "Con số", "Thời đoạn"],
        ["DL-01", "Khách", 3_000_000, "2026-H1"],
        ["DL-02", "Khách quốc tế", 62_000, "2026-H1"],
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def taken(page: Page, name: str) -> bytes:
    """What a link of the page gives to take away."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def shows_the_corrections(data: bytes) -> None:
    """The returned workbook: new values in their cells' format, marked, told, and listed."""
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Kết quả kiểm tra", "Biểu 01"]
    sheet = book["Biểu 01"]
    said = [("E7", 3_000_000, "ba triệu", "3.000.000"), ("E8", 62_000, "12,420", "62.000")]
    for cell, value, old, new in said:
        assert (sheet[cell].value, sheet[cell].number_format) == (value, "#,##0")
        assert sheet[cell].font.b
        assert f"Đã sửa trên trang Nhập số liệu: “{old}” → “{new}”" in sheet[cell].comment.text
        assert sheet[cell].fill.fgColor.rgb == "00E2EFDA"
    assert str(next(iter(sheet.merged_cells.ranges))) == "A3:E3"
    assert sheet.column_dimensions["B"].width == 40
    front = [[cell.value for cell in row] for row in book["Kết quả kiểm tra"].iter_rows()]
    listed = [row[4:6] for row in front if row[1] == "Đã sửa"]
    assert listed[0] == ["E7", "“ba triệu” → “3.000.000”"]
    assert len(listed) == 3


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
    expect(page.locator("text=dòng 2, Giá trị").first).to_be_visible()
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
