"""The upload page: the main job from a filled file to a receipt, and back."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from services import startup, submissions
from services.access import LOCAL
from services.submissions import Figure, Given
from tests.app import NOW, failed, html_of, opened, page

pytestmark = pytest.mark.slow

HEAD = ["Mã chỉ tiêu", "Kỳ báo cáo", "Địa bàn", "Giá trị", "Trạng thái", "Nguồn"]
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VISITS = ["DL-01", "2026-H1", "", 3_000_000, "ước tính", "Sở VHTTDL"]
REVENUE = ["DL-03", "2026-H1", "", 30_000, "ước tính", "Sở VHTTDL"]  # 3.500 the year before


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    opened(tmp_path, monkeypatch)


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Bảng"
    for row in (HEAD, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def handed_in(data: bytes, name: str = "so-lieu.xlsx") -> AppTest:
    """The page after a file was chosen."""
    app = page("upload")
    app.file_uploader(key="upload.file.0").set_value((name, data, KIND)).run()
    assert not failed(app)
    return app


def figures() -> list[submissions.Submission]:
    return submissions.listing(startup.the_store())


def test_a_filled_file_becomes_a_figure_and_can_be_taken_back():
    before = html_of(page("overview"))
    app = handed_in(workbook(VISITS))
    html = html_of(app)
    assert "Đạt – có thể lưu" in html
    assert "Mới <b>1</b>" in html
    assert "3.000.000\xa0lượt" in html
    assert figures() == []  # nothing is stored before the button

    app.button(key="upload.save").click().run()
    assert "Đã lưu: lần nộp số 1" in html_of(app)
    assert [(one.new, one.by) for one in figures()] == [(1, "người dùng tại máy")]
    row = re.search(r"<tr[^>]*>(?:(?!</tr>).)*DL-01.*?</tr>", html_of(page("overview"))).group(0)
    assert "3.000.000\xa0lượt" in row
    assert "6 tháng đầu năm 2026, ước tính" in row
    assert "so với cùng kỳ" in row
    assert "lần nộp số 1" in html_of(page("target", code="DL-01"))

    back = page("upload", submission="1")
    assert "đưa 1 số liệu về như trước" in html_of(back)
    back.button(key="upload.undo.1").click().run()
    assert "Đã hoàn tác: lần nộp số 2" in html_of(back)
    assert html_of(page("overview")) == before
    listed = html_of(page("upload"))
    assert "Lần nộp số 1" in listed
    assert "hoàn tác lần nộp 1" in listed
    assert "đã hoàn tác bởi lần nộp 2" in listed


def test_what_is_wrong_is_said_at_its_cell_and_nothing_can_be_stored():
    app = handed_in(
        workbook(["DL-01", "2026-H1", "", "ba <b>triệu</b>", "", ""], ["ZZ-9", "2026-H1", "", 1])
    )
    html = html_of(app)
    assert "Không nhận – phải sửa lỗi rồi tải lên lại" in html
    assert "Bảng, ô D2" in html
    assert "Bảng, ô A3" in html
    assert "<b>triệu" not in html
    assert not [button for button in app.button if button.key == "upload.save"]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "rong.xlsx", "F01"),
        (b"no workbook at all", "tep.xlsx", "F03"),
        (b"x" * (10 * 1024 * 1024 + 1), "lon.csv", "F04"),
    ],
)
def test_a_file_that_is_none_gets_one_clear_finding(data, name, code):
    app = handed_in(data, name)
    assert "Không nhận" in html_of(app)
    assert code in html_of(app)
    assert figures() == []


def test_a_file_above_the_limit_is_not_even_kept_as_a_draft():
    handed_in(b"x" * (10 * 1024 * 1024 + 1), "lon.csv")
    assert "Bản nháp đang mở" not in html_of(page("upload"))


def test_a_warning_has_to_be_confirmed_before_anything_is_stored():
    app = handed_in(workbook(VISITS, REVENUE))
    assert "Cần xác nhận trước khi lưu" in html_of(app)
    assert "còn cảnh báo chưa xác nhận" in html_of(app)
    assert app.button(key="upload.save").disabled

    [box] = app.checkbox
    box.check().run()
    assert not app.button(key="upload.save").disabled
    app.button(key="upload.save").click().run()
    assert "2 mới" in html_of(app)
    assert "đã xác nhận 1" in html_of(app)


def test_an_open_upload_survives_a_reload_with_what_was_confirmed():
    app = handed_in(workbook(VISITS, REVENUE))
    [box] = app.checkbox
    box.check().run()
    draft = app.query_params["draft"]
    again = page("upload", draft=draft[0] if isinstance(draft, list) else draft)
    assert [one.value for one in again.checkbox] == [True]
    assert not again.button(key="upload.save").disabled


def test_a_draft_can_be_thrown_away():
    app = handed_in(workbook(VISITS))
    app.button(key="upload.drop").click().run()
    assert "Bản nháp đang mở" not in html_of(page("upload"))
    assert figures() == []


def test_a_figure_that_moved_meanwhile_is_shown_anew_instead_of_overwritten():
    app = handed_in(workbook(VISITS))
    other = Figure("DL-01", "", "2026-H1", 2_900_000.0, "estimate")
    submissions.commit(
        startup.the_store(), LOCAL, [other], kind="entry", expected=None, given=Given(), now=NOW
    )
    app.button(key="upload.save").click().run()
    html = html_of(app)
    assert len(figures()) == 1
    assert "số liệu trong kho vừa thay đổi" in html
    assert "Thay đổi <b>1</b>" in html
    assert "2.900.000" in html

    app.button(key="upload.save").click().run()  # now it was seen
    assert [one.changed for one in figures()] == [1, 0]


def test_an_undo_that_later_figures_stand_against_is_refused_with_the_list():
    for value in (3_000_000.0, 3_100_000.0):
        figure = Figure("DL-01", "", "2026-H1", value, "estimate")
        submissions.commit(
            startup.the_store(), LOCAL, [figure], kind="entry", expected=None, given=Given(),
            now=NOW,
        )  # fmt: skip
    app = page("upload", submission="1")
    app.button(key="upload.undo.1").click().run()
    html = html_of(app)
    assert "Chưa hoàn tác được lần nộp số 1" in html
    assert "Lần nộp 2 của người dùng tại máy" in html
    assert "3.100.000" in html
    assert len(figures()) == 2


@pytest.mark.parametrize(
    "query",
    [{"draft": "nobody's"}, {"submission": "99"}, {"submission": "x"}, {"submission": "9" * 30}],
)
def test_what_is_no_longer_there_is_said_with_a_way_on(query):
    html = html_of(page("upload", **query))
    assert "Không còn tệp hoặc lần nộp này." in html
    assert 'href="/upload"' in html


def test_the_template_form_offers_every_target_and_area():
    html = html_of(page("upload"))
    assert len(re.findall(r'name="targets" value="([A-Z]+-\d+)"', html)) == 32
    assert len(re.findall(r'name="areas" value="(\d{5})"', html)) == 75
    assert '<option value="2026-H1">6 tháng đầu năm 2026</option>' in html
