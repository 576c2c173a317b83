"""Nhập trực tiếp on the upload page: a form, what was understood, check, receipt, reload."""

from __future__ import annotations

import pytest

from services import startup, submissions
from services.access import LOCAL
from tests.app import NOW, failed, html_of, opened, page
from tests.handin import draft_of

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    opened(tmp_path, monkeypatch)


def form(field="Du lịch", period="2026-H1"):
    app = page("upload")
    app.selectbox(key="upload.entry.period").select(period)
    app.selectbox(key="upload.entry.field").select(field)
    app.button(key="upload.entry.open").click().run()
    assert not failed(app)
    return app


def field(app, ending):
    [found] = [one for one in app.text_input if one.key.endswith(ending)]
    return found


def status(app, value="estimate"):
    app.selectbox(key=f"upload.entry.{draft_of(app)}.status").select(value)


def test_two_typed_figures_become_a_submission():
    app = form()
    assert "6 tháng đầu năm 2026 · Du lịch" in html_of(app)
    assert "Gần nhất: 4.600.000" in "".join(one.proto.body for one in app.get("html"))
    assert app.button(key="upload.entry.check").disabled
    status(app)
    field(app, ".DL-01..value").input("3.000.000")
    field(app, ".DL-03..value").input("3.900,5").run()
    assert "Đã hiểu: 3.000.000" in html_of(app)
    assert "Đã hiểu: 3.900,5" in html_of(app)
    app.button(key="upload.entry.check").click().run()
    html = html_of(app)
    assert "Đạt – có thể lưu" in html or "Cần xác nhận" in html
    assert "3.900,5\xa0tỷ đồng" in html
    assert "dòng 3, Giá trị" in html
    for box in app.checkbox:
        box.check()
    app.run()
    app.button(key="upload.save").click().run()
    assert "nhập trên màn hình" in html_of(app)
    assert [(one.kind, one.new) for one in submissions.listing(startup.the_store())] == [
        ("entry", 2)
    ]


def test_what_was_typed_outlives_a_reload_and_is_listed_as_open():
    app = form()
    status(app)
    app.toggle(key=f"upload.entry.{draft_of(app)}.own").set_value(True).run()
    field(app, ".DL-01..value").input("3.000.000")
    field(app, ".DL-01..source").input("BC 7").run()
    again = page("upload", draft=draft_of(app))
    assert field(again, ".DL-01..value").value == "3.000.000"
    assert field(again, ".DL-01..source").value == "BC 7"
    assert not again.button(key="upload.entry.check").disabled
    assert "Nhập trực tiếp: 6 tháng đầu năm 2026" in html_of(page("upload"))


def test_a_mistake_is_told_at_its_row_and_can_be_changed():
    app = form()
    status(app)
    field(app, ".DL-02..value").input("hai <b>nghìn").run()
    assert "&lt;b&gt;" in html_of(app)
    app.button(key="upload.entry.check").click().run()
    assert "Không nhận" in html_of(app)
    assert "dòng 2, Giá trị" in html_of(app)
    assert "Sửa số đã nhập" in html_of(app)
    assert not [one for one in app.button if one.key == "upload.save"]


def test_a_form_without_a_row_says_what_to_do():
    assert "Không có chỉ tiêu nào để nhập" in html_of(form(field="Môi trường"))


def test_a_figure_is_withdrawn_with_a_reason_and_put_back_by_undo():
    figure = submissions.Figure("DL-01", "", "2026-H1", 3_000_000.0, "estimate")
    submissions.commit(
        startup.the_store(), LOCAL, [figure], kind="upload", expected=None,
        given=submissions.Given(), now=NOW,
    )  # fmt: skip
    app = page("upload", submission="1")
    assert app.button(key="upload.withdraw.go.1").disabled
    box = app.multiselect(key="upload.withdraw.1")
    assert "3.000.000\xa0lượt" in box.options[0]
    box.select(box.options[0])
    app.text_input(key="upload.withdraw_why.1").input("nhầm kỳ").run()
    app.button(key="upload.withdraw.go.1").click().run()
    html = html_of(app)
    assert "Đã rút số liệu: lần nộp số 2" in html
    assert "nhầm kỳ" in html
    assert "rút 1 số liệu" in html_of(page("upload"))
    gone = page("upload", submission="1")
    assert not gone.multiselect  # nothing is left to withdraw

    back = page("upload", submission="2")
    back.button(key="upload.undo.2").click().run()
    assert "Đã hoàn tác: lần nộp số 3" in html_of(back)
    assert page("upload", submission="1").multiselect


def test_one_figure_of_a_large_submission_is_found_and_withdrawn():
    store = startup.the_store()
    keys = [
        ("DL-01", "", f"{year}-{month:02d}") for year in range(1990, 2020) for month in range(1, 13)
    ]
    figures = [submissions.Figure(*key, 5.0, "estimate") for key in keys]
    submissions.commit(
        store, LOCAL, figures, kind="upload", expected=None, given=submissions.Given(), now=NOW
    )
    app = page("upload", submission="1")
    assert not app.multiselect
    app.toggle(key="upload.withdraw.1.search").set_value(True).run()
    assert not app.multiselect  # a target first
    app.selectbox(key="upload.withdraw.find.1.indicator").select("DL-01").run()
    [every] = app.multiselect
    assert len(every.options) == 300
    assert app.selectbox(key="upload.withdraw.page.1.DL-01..None").options == [
        "Trang 1 trong 2",
        "Trang 2 trong 2",
    ]
    app.selectbox(key="upload.withdraw.find.1.period").select("2001-05").run()
    [box] = app.multiselect
    assert len(box.options) == 1
    box.select(box.options[0])
    app.text_input(key="upload.withdraw_why.1").input("nhầm tháng").run()
    app.button(key="upload.withdraw.go.1").click().run()
    assert "Đã rút số liệu: lần nộp số 2" in html_of(app)
    assert "Tháng 5" in html_of(app)
