"""The register grows from the page: an annex of 20 targets, an amendment, plans, and back again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from services.seeding import seed
from services.store import open_ready
from tests import annex
from tests.browser import DESK, PHONE, open_page, problems, settled, violations
from tests.people import NOW, PASSWORD, add_people
from tests.server import Server, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STORED = "text=Đã lưu vào sổ chỉ tiêu."


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    store = open_ready(f"sqlite:///{tmp_path / 'store.db'}")
    seed(store, NOW)
    add_people(store)
    store.close()
    with serving(tmp_path) as running:
        yield running


def signed_in(browser: Browser, server: Server, size: tuple[int, int], scheme: str) -> Page:
    page = open_page(browser, size, scheme)
    page.goto(server.url + "/login?next=%2Fadmin")
    page.fill("#login", "quantri")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    settled(page)
    return page


def section(page: Page, server: Server, query: str) -> None:
    page.goto(f"{server.url}/admin?part=register&{query}")
    settled(page)


def until(page: Page, what: str) -> None:
    page.wait_for_selector(what, timeout=60_000)
    settled(page)


def wide_and_clean(page: Page) -> None:
    """No sideways scrolling, and nothing that axe-core complains of."""
    wide, room = page.evaluate(
        "() => { const main = document.querySelector('[data-testid=\"stMain\"]');"
        " return [main.scrollWidth, main.clientWidth]; }"
    )
    assert wide <= room
    assert violations(page) == []


def handed_over(page: Page, data: bytes, name: str = "phu-luc-01.xlsx") -> None:
    page.set_input_files("input[type=file]", {"name": name, "mimeType": SHEET, "buffer": data})
    until(page, f"h2:has-text('Xem trước tệp {name}')")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def shown(page: Page) -> str:
    return page.locator('[data-testid="stMain"]').inner_text().replace("\u00a0", " ")


def taken_back(page: Page, why: str) -> None:
    page.locator("summary", has_text="Hoàn tác lần thay đổi").click()
    page.get_by_label("Lý do hoàn tác").fill(why)
    press(page, "Hoàn tác lần")
    until(page, "text=Đã hoàn tác.")


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_an_annex_of_20_targets_added_amended_and_taken_back(browser, server, size, scheme):
    page = signed_in(browser, server, size, scheme)
    complaints = problems(page)
    section(page, server, "what=documents")
    assert "Sổ có 2 văn bản với 32 chỉ tiêu định lượng." in shown(page)
    wide_and_clean(page)

    rows = annex.rows()
    rows[4]["Mức đề ra"] = "tám"
    handed_over(page, annex.workbook(rows), "sai.xlsx")
    assert "1 lỗi phải sửa" in shown(page)
    assert "Chỉ tiêu!H8" in shown(page)
    assert page.get_by_role("button", name="Lưu vào sổ chỉ tiêu").count() == 0
    wide_and_clean(page)
    press(page, "Bỏ, không lưu")
    until(page, "text=Thêm văn bản và chỉ tiêu từ tệp")

    handed_over(page, annex.workbook())
    text = shown(page)
    assert "thêm 1 văn bản, thêm 20 chỉ tiêu" in text
    assert "3 dòng có điểm chưa rõ" in text
    assert all(name in text for name in annex.NAMES)
    assert "Điểm chưa rõ: Không rõ chuẩn nghèo" in text
    wide_and_clean(page)
    page.reload()  # the open change is in the store
    until(page, "h2:has-text('Xem trước tệp phu-luc-01.xlsx')")
    press(page, "Lưu vào sổ chỉ tiêu")
    until(page, STORED)
    assert "Người quantri" in shown(page)
    wide_and_clean(page)
    annex_change = page.url

    page.goto(server.url + "/")
    settled(page)
    assert page.locator(f"text={annex.NAMES[0]}").count() > 0
    page.goto(server.url + "/target?code=PL-16")
    settled(page)
    assert "2–3% mỗi năm" in shown(page)
    assert "Không rõ chuẩn nghèo" in shown(page)

    section(page, server, "what=targets&code=PL-16")
    page.get_by_label("Mức trên (%)").fill("3,5")
    press(page, "Xem trước")
    until(page, "text=Nếu lưu: sửa 1 chỉ tiêu")
    assert "Mức trên: 3 → 3,5" in shown(page)
    wide_and_clean(page)
    press(page, "Lưu vào sổ chỉ tiêu")
    until(page, STORED)
    page.goto(server.url + "/target?code=PL-16")
    settled(page)
    assert "trước đó 2–3% mỗi năm" in shown(page)
    wide_and_clean(page)

    page.goto(annex_change)
    settled(page)
    assert "những lần thay đổi sau đã sửa cùng các dòng này" in shown(page)
    page.get_by_role("link", name="lần 3").click()
    until(page, "h2:has-text('Lần thay đổi 3')")
    taken_back(page, "nhập nhầm mức")
    page.goto(annex_change)
    settled(page)
    taken_back(page, "nhầm phụ lục")

    page.goto(server.url + "/")
    settled(page)
    assert page.locator(f"text={annex.NAMES[0]}").count() == 0
    section(page, server, "what=changes")
    text = shown(page)
    for said in ("Hoàn tác lần thay đổi 2", "Hoàn tác lần thay đổi 3", "phu-luc-01.xlsx"):
        assert said in text
    assert "5 lần thay đổi" in text
    wide_and_clean(page)
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_plans_and_a_baseline_typed_the_vietnamese_way(browser, server, size, scheme):
    page = signed_in(browser, server, size, scheme)
    section(page, server, "what=plans")
    assert "có kế hoạch năm" in shown(page)
    wide_and_clean(page)
    section(page, server, "what=plans&code=DL-01")
    page.get_by_label("Kế hoạch năm 2027").fill("6,2 triệu")
    page.get_by_label("Kế hoạch năm 2028").fill("nhiều hơn")
    page.get_by_label("Văn bản giao kế hoạch").fill("592/NQ-HĐND")
    press(page, "Xem trước")
    until(page, "text=1 lỗi phải sửa")
    assert "“nhiều hơn” không đọc được thành số." in shown(page)
    assert "Đã hiểu: 6.200.000" in shown(page)
    assert page.get_by_label("Văn bản giao kế hoạch").input_value() == "592/NQ-HĐND"
    wide_and_clean(page)
    page.get_by_label("Kế hoạch năm 2028").fill("6.100.000")
    press(page, "Xem trước")
    until(page, "text=Nếu lưu: thêm 2 kế hoạch năm")
    assert "thấp hơn năm 2027" in shown(page)
    assert "6.200.000 lượt (kế hoạch năm)" in shown(page)
    wide_and_clean(page)
    press(page, "Lưu vào sổ chỉ tiêu")
    until(page, STORED)

    section(page, server, "what=baselines")
    wide_and_clean(page)
    section(page, server, "what=baselines&code=DL-02")
    page.get_by_label("Năm của số liệu gốc").fill("2024")
    page.get_by_label("Giá trị (lượt)").fill("45.000")
    press(page, "Xem trước")
    until(page, "text=Ghi nguồn của số liệu.")
    wide_and_clean(page)
    page.get_by_label("Nguồn", exact=True).fill("Báo cáo Sở VHTTDL")
    press(page, "Xem trước")
    until(page, "text=Nếu lưu: thêm 1 gốc so sánh")
    press(page, "Lưu vào sổ chỉ tiêu")
    until(page, STORED)
    section(page, server, "what=baselines")
    assert "do quản trị đặt" in shown(page)
    page.context.close()


def test_the_template_is_offered_and_what_it_holds_is_read(browser, server, tmp_path):
    page = signed_in(browser, server, DESK, "light")
    section(page, server, "what=documents")
    with page.expect_download() as waiting:
        press(page, "Tải mẫu sổ chỉ tiêu")
    path = tmp_path / "mau.xlsx"
    waiting.value.save_as(path)
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    assert book.sheetnames[:2] == ["Văn bản", "Chỉ tiêu"]
    assert [cell.value for cell in book["Chỉ tiêu"][3]][:3] == [
        "Mã chỉ tiêu", "Lĩnh vực", "Tên chỉ tiêu",
    ]  # fmt: skip
    page.context.close()
