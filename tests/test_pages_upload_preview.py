"""The preview on the upload page: groups, pages, the rows around a cell, which column is which."""

from __future__ import annotations

import pytest

from services import startup, submissions
from tests.app import failed, html_of, opened, page
from tests.handin import draft_of, handed_in, workbook

pytestmark = pytest.mark.slow

VISITS = ["DL-01", "2026-H1", "", 3_000_000, "ước tính", "Sở VHTTDL"]
OWN = ["Thời gian", "Kết quả", "Tên gọi"]


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    opened(tmp_path, monkeypatch)


def test_a_file_with_errors_shows_what_was_understood_and_what_was_not():
    app = handed_in(workbook(VISITS, ["DL-03", "2026-H1", "", "mười <i>tỷ</i>", "ước tính", "S"]))
    html = html_of(app)
    assert "Mới <b>1</b>" in html
    assert "Không đọc được <b>1</b>" in html
    unread = html_of(page("upload", draft=draft_of(app), show="unread"))
    assert "mười &lt;i&gt;tỷ&lt;/i&gt;" in unread
    assert "Các ô này không đọc được" in unread
    assert not [button for button in app.button if button.key == "upload.save"]


def test_a_long_preview_is_paged_and_each_figure_leads_to_its_cell():
    rows = [["DL-01", str(year), "", year, "chính thức", "Sở"] for year in range(1960, 2020)]
    app = handed_in(workbook(*rows))
    assert "Trang 1 trong 2" in html_of(app)
    last = html_of(page("upload", draft=draft_of(app), show="new", p="2"))
    assert "Trang 2 trong 2" in last
    assert "Bảng, ô D61" in last
    assert "Bảng, ô D51<" not in last

    shown = html_of(page("upload", draft=draft_of(app), sheet="Bảng", cell="D30"))
    assert "Ô D30 trong trang Bảng" in shown
    assert "<td aria-current=true>1988</td>" in shown


@pytest.mark.parametrize("values", [{"p": "x"}, {"p": "9" * 30}, {"show": "<b>"}, {"f": "-1"}])
def test_an_address_that_names_no_page_shows_one_all_the_same(values):
    app = handed_in(workbook(VISITS))
    again = page("upload", draft=draft_of(app), **values)
    assert not failed(again)
    assert "3.000.000\xa0lượt" in html_of(again)


def test_a_cell_that_is_none_is_said():
    app = handed_in(workbook(VISITS))
    shown = page("upload", draft=draft_of(app), sheet="Bảng", cell="ZZ")
    assert "Không tìm thấy ô này trong tệp." in html_of(shown)


def test_the_officer_says_which_column_is_which_and_is_asked_once_the_next_time():
    app = handed_in(workbook(["2026-H1", 1048, "Số hợp tác xã"], head=OWN))
    assert "Không nhận" in html_of(app)
    for letter, field in (("A", "period"), ("B", "value"), ("C", "name")):
        [box] = [one for one in app.selectbox if one.label == f"Cột {letter} là"]
        box.select(field)
    [press] = [one for one in app.button if one.label == "Đọc lại theo lựa chọn này"]
    press.click().run()
    assert not failed(app)
    assert "1.048\xa0hợp tác xã" in html_of(app)

    other = page("upload")
    other.file_uploader(key="upload.file.0").set_value(
        ("khác.xlsx", workbook(["2026", 1050, "Số hợp tác xã"], head=OWN), "")
    ).run()
    assert "1.050\xa0hợp tác xã" not in html_of(other)  # proposed, not applied in silence
    inside = "".join(one.proto.body for one in other.get("html"))
    assert "Lần đó chọn" in inside
    [again] = [one for one in other.button if one.key == "upload.proposal.0"]
    again.click().run()
    assert "1.050\xa0hợp tác xã" in html_of(other)
    assert submissions.listing(startup.the_store()) == []


def test_a_mistake_is_corrected_on_the_page_and_the_receipt_says_so():
    app = handed_in(workbook(["DL-01", "2026-H1", "", "ba triệu", "ước tính", "Sở VHTTDL"]))
    assert "Không nhận" in html_of(app)
    [field] = app.text_input
    assert field.value == "ba triệu"
    field.input("3.000.000")
    [again] = [one for one in app.button if one.label == "Kiểm tra lại"]
    again.click().run()
    assert "Đạt – có thể lưu" in html_of(app)
    app.button(key="upload.save").click().run()
    html = html_of(app)
    assert "Ô đã sửa bằng tay trước khi lưu (1)" in html
    assert "ba triệu" in html
    listed = submissions.listing(startup.the_store())
    assert [one.new for one in listed] == [1]


def test_a_column_of_plans_is_taken_over_with_its_document():
    head = ["TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch năm 2026", "Ước TH 6 tháng 2026"]
    row = [1, "Tổng lượt khách du lịch", "lượt", 5_600_000, 3_000_000]
    app = handed_in(workbook(row, head=head))
    assert app.button(key="upload.plans.take").disabled
    [document] = [one for one in app.text_input if one.key.endswith(".document")]
    document.input("QĐ 12/QĐ-UBND").run()
    app.button(key="upload.plans.take").click().run()
    assert not failed(app)
    assert "Đã ghi kế hoạch năm: " in html_of(app)
    assert submissions.listing(startup.the_store()) == []


def test_of_many_mistakes_those_left_are_asked_once_the_first_are_corrected():
    rows = [["DL-01", f"{1990 + n}", "", f"số {n}", "chính thức", "Sở"] for n in range(25)]
    app = handed_in(workbook(*rows))
    fields = [one for one in app.text_input if one.key.startswith("upload.fix.")]
    assert len(fields) == 20
    for number, field in enumerate(fields):
        field.input(str(1000 + number))
    [again] = [one for one in app.button if one.label == "Kiểm tra lại"]
    again.click().run()
    values = [one.value for one in app.text_input if one.key.startswith("upload.fix.")]
    assert values[-5:] == [f"số {n}" for n in range(20, 25)]
    assert len(values) == 20
