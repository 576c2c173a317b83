"""Sổ chỉ tiêu › Phân công, Ngày báo cáo, Mốc và mục tiêu as an administrator uses them."""

from __future__ import annotations

import pytest

from services import duty_days, mine, startup, states
from services.access import LOCAL
from services.assignment_list import board
from tests.app import failed, html_of, opened, page
from ui.clock import now

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    opened(tmp_path, monkeypatch)
    return startup.the_store()


def section(what, **query):
    app = page("admin", part="register", what=what, **query)
    assert not failed(app)
    return app


def press(app, label):
    button = next(one for one in app.button if one.label == label)
    button.click()
    app.run()
    assert not failed(app)
    return html_of(app)


def field(app, start):
    return next(
        one
        for one in [*app.text_input, *app.selectbox, *app.multiselect]
        if one.label.replace("\\", "").startswith(start)
    )


# --- assignments ------------------------------------------------------------------------------


def test_all_targets_are_listed_with_the_texts_lead_and_nobody_assigned(store):
    html = html_of(section("assignments"))
    assert "0 trong 32 chỉ tiêu đã có cơ quan báo cáo; 32 chỉ tiêu chưa phân công." in html
    assert html.count("</span> chưa phân công") == 32
    assert html.count(">UBND tỉnh</td>") == 29
    assert html.count("Ban Tổ chức Đảng ủy UBND tỉnh</td>") == 3


def assigned(app):
    field(app, "Chỉ tiêu (chọn").set_value(["DL-01", "DL-03"])
    field(app, "Cơ quan").set_value("so-tai-chinh")
    field(app, "Theo quyết định").set_value("15/QĐ-UBND")
    app.run()
    html = press(app, "Xem trước")
    assert "Xem trước 2 phân công" in html
    return press(app, "Lưu 2 phân công")


def test_two_targets_are_assigned_previewed_stored_and_filtered(store):
    html = assigned(section("assignments"))
    assert "Đã lưu 2 phân công cho Sở Tài chính." in html
    assert "2 trong 32 chỉ tiêu đã có cơ quan báo cáo" in html
    assert field(section("assignments"), "Chỉ tiêu (chọn").value == []
    only = html_of(section("assignments", who="so-tai-chinh"))
    assert only.count('role="rowheader"') == 2
    assert html_of(section("assignments", who="-")).count('role="rowheader"') == 30
    overview = html_of(page("overview"))
    assert '<option value="Sở Tài chính">' in overview
    assert "<dt>Cơ quan báo cáo</dt><dd>Sở Tài chính</dd>" in html_of(page("target", code="DL-03"))


def test_what_is_missing_is_said_and_what_was_typed_stays(store):
    app = section("assignments")
    field(app, "Theo quyết định").set_value("15/QĐ-UBND")
    app.run()
    html = press(app, "Xem trước")
    assert "Chưa chọn chỉ tiêu nào." in html
    assert "Chưa chọn cơ quan." in html
    assert field(app, "Theo quyết định").value == "15/QĐ-UBND"


def test_a_preview_is_gone_once_a_field_changes(store):
    app = section("assignments")
    field(app, "Chỉ tiêu (chọn").set_value(["DL-01"])
    field(app, "Cơ quan").set_value("so-tai-chinh")
    field(app, "Theo quyết định").set_value("15/QĐ-UBND")
    app.run()
    press(app, "Xem trước")
    assert [one.label for one in app.button if one.label.startswith("Lưu")] == ["Lưu 1 phân công"]
    field(app, "Theo quyết định").set_value("16/QĐ-UBND")
    app.run()
    assert [one.label for one in app.button if one.label.startswith("Lưu")] == []


def test_a_new_agency_and_areas_are_offered_when_they_fit(store):
    app = section("assignments")
    field(app, "Chỉ tiêu (chọn").set_value(["MT-01", "CN-01"])
    field(app, "Cơ quan").set_value("+")
    app.run()
    assert len(field(app, "Địa bàn").options) == 8
    field(app, "Tên cơ quan mới").set_value("Sở <b>Xây</b> dựng")
    field(app, "Theo quyết định").set_value("15/QĐ-UBND")
    app.run()
    press(app, "Xem trước")
    html = press(app, "Lưu 2 phân công")
    assert "Sở &lt;b&gt;Xây&lt;/b&gt; dựng" in html
    assert "<b>Xây</b>" not in html
    field(app, "Chỉ tiêu (chọn").set_value(["DL-01", "MT-01"])
    app.run()
    assert not any(one.label.startswith("Địa bàn") for one in app.multiselect)


def test_an_assignment_is_ended_with_a_reason_and_the_end_taken_back(store):
    assigned(section("assignments"))
    app = section("assignments", code="DL-01")
    html = html_of(app)
    assert "Văn bản ghi chủ trì: UBND tỉnh." in html
    assert "Sở Tài chính · từ " in html
    assert "Hãy ghi lý do" in press(app, "Kết thúc phân công")
    field(app, "Lý do kết thúc").set_value("sáp nhập")
    html = press(app, "Kết thúc phân công")
    assert "Đã kết thúc phân công DL-01 cho Sở Tài chính." in html
    assert board(store, now()).reported == 1
    html = press(app, "Hoàn tác")
    assert "Đã hoàn tác." in html
    assert board(store, now()).reported == 2


# --- days -------------------------------------------------------------------------------------


def test_the_days_that_the_texts_name_stand_and_the_others_have_a_form(store):
    app = section("days")
    html = html_of(app)
    assert "2 trong 7 nghĩa vụ báo cáo chưa có ngày" in html
    assert "trước ngày 05/6 hằng năm" in html
    assert "báo cáo khi phát sinh" in html
    fields = [one.label for one in app.text_input if one.label.startswith("Hạn hằng năm")]
    assert len(fields) == 3


def test_a_day_is_set_and_the_next_due_day_follows(store):
    app = section("days")
    field(app, "Hạn hằng năm của báo cáo cả năm").set_value("2/1")
    second = [one for one in app.text_input if one.label == "Theo văn bản, quyết định nào"][1]
    second.set_value("CV 12-CV/ĐU")
    button = [one for one in app.button if one.label == "Lưu ngày báo cáo"][1]
    button.click()
    app.run()
    assert not failed(app)
    html = html_of(app)
    assert "Đã lưu ngày báo cáo của BC-DU-N" in html
    assert "cả năm: trước 02/01 (CV 12-CV/ĐU)" in html
    line = next(one for one in duty_days.listing(store, now()) if one.key == "BC-DU-N")
    assert line.next_due.startswith("trước 02/01/")


def test_a_wrong_day_is_said_and_kept_in_its_field(store):
    app = section("days")
    field(app, "Hạn hằng năm của báo cáo cả năm").set_value("31/2")
    [one for one in app.button if one.label == "Lưu ngày báo cáo"][1].click()
    app.run()
    html = html_of(app)
    assert "“31/2” không phải là ngày và tháng" in html
    assert field(app, "Hạn hằng năm của báo cáo cả năm").value == "31/2"


# --- states -----------------------------------------------------------------------------------


def test_several_milestones_are_told_in_one_press(store):
    app = section("states")
    html = html_of(app)
    assert "Đã có thông tin của 0 trong 13 mốc và 0 trong 39 mục tiêu định tính." in html
    field(app, "DA-01: tình trạng").set_value("done")
    field(app, "DA-01: ngày").set_value("20/11/2025")
    field(app, "DA-01: căn cứ").set_value("NQ 05 <b>https://sonla.gov.vn/a.pdf</b>")
    field(app, "DA-02: tình trạng").set_value("under_way")
    html = press(app, "Lưu các dòng đã sửa")
    assert "Đã lưu 2 dòng: DA-01, DA-02." in html
    assert 'href="https://sonla.gov.vn/a.pdf"' in html
    assert "<b>https" not in html
    overview = html_of(page("overview"))
    assert "đã hoàn thành ngày 20/11/2025 (hạn 30/11/2025)" in overview
    assert 'href="https://sonla.gov.vn/a.pdf"' in overview
    assert overview.count("chưa có thông tin thực hiện (hạn 3") == 12


def test_a_wrong_row_is_named_and_nothing_typed_is_lost(store):
    app = section("states")
    field(app, "DA-01: tình trạng").set_value("done")
    field(app, "DA-02: tình trạng").set_value("under_way")
    html = press(app, "Lưu các dòng đã sửa")
    assert "DA-01: “đã hoàn thành” cần ngày" in html
    assert "DA-01: “đã hoàn thành” cần căn cứ" in html
    assert field(app, "DA-02: tình trạng").value == "under_way"
    assert {one.entry.state for one in states.listing(store)} == {""}


def test_somebody_elses_entry_is_not_overwritten_unseen(store):
    app = section("states")
    given = states.Entry("milestone", "DA-01", "done", "20/11/2025", "NQ 05")
    states.save(store, LOCAL, [given], now=now())
    field(app, "DA-01: tình trạng").set_value("under_way")
    html = press(app, "Lưu các dòng đã sửa")
    assert "DA-01: người dùng tại máy vừa ghi lúc" in html
    assert field(app, "DA-01: tình trạng").value == "under_way"
    html = press(app, "Lưu các dòng đã sửa")
    assert "Đã lưu 1 dòng: DA-01." in html


def test_the_goals_of_a_document_are_a_group_and_each_has_its_history(store):
    app = section("states", group="CTR-2045")
    assert sum(one.label.endswith("tình trạng") for one in app.selectbox) == 28
    field(app, "QL-19: tình trạng").set_value("under_way")
    press(app, "Lưu các dòng đã sửa")
    left = section("states", group="CTR-2045", only="unknown")
    assert sum(one.label.endswith("tình trạng") for one in left.selectbox) == 27
    one = section("states", group="CTR-2045", code="QL-19")
    assert "đang thực hiện" in html_of(one)
    assert "Đã hoàn tác." in press(one, "Hoàn tác")
    assert {line.entry.state for line in states.listing(store)} == {""}


def test_nobody_follows_anything_at_first(store):
    assert mine.choices(store, LOCAL) == ()
