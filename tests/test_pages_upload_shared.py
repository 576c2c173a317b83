"""The upload page with accounts: own targets, colleagues' drafts, two people in one draft."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from services import (
    access,
    accounts,
    assignments,
    drafts,
    passwords,
    sessions,
    signin,
    startup,
    submissions,
)
from services.chosen import assessment
from services.templates import template
from tests.app import NOW, failed, html_of, opened
from tests.handin import draft_of, workbook
from tests.people import ADMIN, AGENCY_A, PASSWORD, add_people

pytestmark = pytest.mark.slow

MAIN = Path(__file__).resolve().parents[1] / "ui" / "main.py"
VISITS = ["DL-01", "2026-H1", "", "ba triệu", "ước tính", "Sở"]
ABROAD = ["DL-02", "2026-H1", "", "sáu", "ước tính", "Sở"]


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    """Officers with accounts; DL-01 and DL-02 are agency A's, agency B has nothing."""
    cheaper = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", cheaper)
    opened(tmp_path, monkeypatch)
    found = startup.the_store()
    add_people(found, "quantri", "lanhdao", "canbo.a", "canbo.b", "tonghop")
    accounts.add(
        found, ADMIN, login="dong.nghiep", roles=["officer"], name="Đồng nghiệp",
        agency=AGENCY_A, password=PASSWORD, now=NOW,
    )  # fmt: skip
    rows = "".join(f"{code},{AGENCY_A},,2026-01-01,QĐ 1\n" for code in ("DL-01", "DL-02"))
    file = f"target,agency,areas,from,document\n{rows}".encode()
    assert not assignments.add(found, ADMIN, file, "a.csv", now=NOW).refused
    return found


def cookie(login):
    from api.signin import now

    store = startup.the_store()
    done = signin.sign_in(store, login, PASSWORD, address="t", browser="t", now=now())
    assert isinstance(done, signin.Opened)
    return done.cookie


def page_of(login, **query):
    """The upload page as somebody sees it who follows a link."""
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    session = sessions.of_cookie(startup.the_store(), cookie(login))
    app.user = {"session": session}
    app.run()
    app.switch_page("../pages/upload.py")
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not failed(app)
    return app


def begun(login="canbo.a", *rows):
    """An upload that somebody began; its id."""
    app = page_of(login)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    given = ("so-lieu.xlsx", workbook(*(rows or (VISITS, ABROAD))), kind)
    app.file_uploader(key="upload.file.0").set_value(given).run()
    assert not failed(app)
    return app, draft_of(app)


def fields(app):
    """The fields for corrections, by cell."""
    return {
        one.key.rsplit(".", 1)[1]: one
        for one in app.text_input
        if one.key.startswith("upload.fix.")
    }


def press(app, label):
    [button] = [one for one in app.button if one.label == label]
    return button.click().run()


def test_a_colleague_finds_the_open_draft_and_an_officer_of_another_agency_does_not():
    _app, number = begun()
    listed = html_of(page_of("dong.nghiep"))
    assert "Bản nháp đang mở" in listed
    assert "so-lieu.xlsx" in listed
    assert "Người canbo.a, " in listed
    other = page_of("canbo.b")
    assert "Bản nháp đang mở" not in html_of(other)
    assert "Không còn tệp hoặc lần nộp này." in html_of(page_of("canbo.b", draft=number))


def test_a_colleague_goes_on_and_commits_under_the_own_name():
    _app, number = begun()
    app = page_of("dong.nghiep", draft=number)
    assert "Người canbo.a bắt đầu bản nháp này" in html_of(app)
    assert [one.label for one in app.button if one.key == "upload.drop"] == [
        "Đóng, giữ lại bản nháp"
    ]
    given = fields(app)
    given["D2"].input("3.000.000")
    given["D3"].input("62.000")
    press(app, "Kiểm tra lại")
    for box in app.checkbox:
        box.check()
    app.run()
    app.button(key="upload.save").click().run()
    html = html_of(app)
    assert "Đã lưu: lần nộp số 1" in html
    assert "Tiếp bản nháp do Người canbo.a bắt đầu." in html
    assert [one.by for one in submissions.listing(startup.the_store())] == ["Đồng nghiệp"]


def test_leaving_a_colleagues_draft_keeps_it():
    _app, number = begun()
    app = page_of("dong.nghiep", draft=number)
    app.button(key="upload.drop").click().run()
    assert "so-lieu.xlsx" in html_of(page_of("canbo.a"))


def test_of_two_corrections_at_once_none_is_lost_unseen():
    first, number = begun()
    second = page_of("dong.nghiep", draft=number)
    fields(first)["D2"].input("3.000.000")
    press(first, "Kiểm tra lại")
    fields(second)["D3"].input("62.000")
    press(second, "Kiểm tra lại")
    html = html_of(second)
    assert "Người canbo.a vừa sửa bản nháp này" in html
    given = fields(second)
    assert (given["D2"].value, given["D3"].value) == ("3.000.000", "62.000")
    press(second, "Kiểm tra lại")  # now both were seen
    assert "Đọc được 2 số liệu" in html_of(second)
    assert "vừa sửa bản nháp này" not in html_of(second)
    first.run()
    assert "Đồng nghiệp vừa sửa bản nháp này" in html_of(first)
    assert fields(first)["D3"].value == "62.000"


def test_a_press_that_belongs_to_what_a_colleague_changed_stores_nothing():
    first, number = begun("canbo.a", [*VISITS[:3], 3_000_000, *VISITS[4:]])
    second = page_of("dong.nghiep", draft=number)
    store = startup.the_store()
    actor = access.Actor("Đồng nghiệp", access.ROLES["officer"], AGENCY_A, account=9)
    said = drafts.load(store, actor, number).choices
    other = drafts.retyped(said, corrections={"Bảng": {"D2": "2.000.000"}})
    drafts.say(store, actor, number, other, NOW + 5, before=said)
    second.button(key="upload.save").click().run()
    assert "vừa sửa bản nháp này" in html_of(second)
    assert "2.000.000" in html_of(second)
    assert submissions.listing(store) == []
    second.button(key="upload.save").click().run()
    assert "Đã lưu: lần nộp số 1" in html_of(second)
    first.button(key="upload.save").click().run()
    assert "Bản nháp này đã được lưu hoặc hủy" in html_of(first)
    assert len(submissions.listing(store)) == 1


def entry_field(app, code):
    [found] = [one for one in app.text_input if one.key.endswith(f".{code}..value")]
    return found


def test_two_people_type_into_one_form_and_both_are_kept():
    first = page_of("canbo.a")
    first.selectbox(key="upload.entry.period").select("2026-H1")
    first.button(key="upload.entry.open").click().run()
    number = draft_of(first)
    second = page_of("dong.nghiep", draft=number)
    entry_field(first, "DL-01").input("3.000.000").run()
    entry_field(second, "DL-02").input("62.000").run()
    assert entry_field(second, "DL-01").value == "3.000.000"
    assert "Người canbo.a vừa ghi thêm" in html_of(second)
    entry_field(first, "DL-02").input("70.000").run()
    assert entry_field(first, "DL-02").value == "62.000"
    said = html_of(first)
    assert "bạn gõ “70.000”, Đồng nghiệp đã ghi “62.000”" in said
    entry_field(first, "DL-02").input("70.000").run()  # typed again, knowing of the other
    again = page_of("dong.nghiep", draft=number)
    assert [entry_field(again, code).value for code in ("DL-01", "DL-02")] == [
        "3.000.000", "70.000",
    ]  # fmt: skip


# --- own targets -------------------------------------------------------------------------


def offered(html):
    return re.findall(r'name="targets" value="([A-Z]+-\d+)"', html)


def test_an_officer_is_offered_the_own_agencys_targets():
    app = page_of("canbo.a")
    html = html_of(app)
    assert offered(html) == ["DL-01", "DL-02"]
    assert f'<input type="hidden" name="agency" value="{AGENCY_A}">' in html
    assert "theo phân công: 2" in html
    app.button(key="upload.entry.open").click().run()
    names = [one.key for one in app.text_input if one.key.endswith(".value")]
    assert [key.split(".")[-3] for key in names] == ["DL-01", "DL-02"]


def test_an_officer_whose_agency_has_nothing_is_told_what_to_do():
    app = page_of("canbo.b")
    html = html_of(app)
    assert "Chưa có chỉ tiêu nào được phân công cho" in html
    assert "đề nghị quản trị phân công" in html
    assert not [one for one in app.button if one.key == "upload.entry.open"]


def test_a_consolidator_may_take_any_target_the_own_agencys_first():
    app = page_of("tonghop")
    html = html_of(app)
    assert len(offered(html)) == 32
    assert f'<option value="{AGENCY_A}" selected>' in html
    assert "phân công cho" not in html
    agency = app.selectbox(key="upload.entry.agency")
    assert agency.value == AGENCY_A
    agency.select("")
    app.button(key="upload.entry.open").click().run()
    assert len([one for one in app.text_input if one.key.endswith(".value")]) > 20


def test_the_template_of_an_agency_names_it_and_holds_its_rows_only():
    store = startup.the_store()
    data = template(
        store, targets=["DL-01", "DL-03"], periods=["2026-H1"], areas=[], as_of=NOW + 10,
        settings=assessment(), agency=AGENCY_A,
    )  # fmt: skip
    sheet = load_workbook(io.BytesIO(data))["Số liệu"]
    assert sheet["A1"].value.endswith("– SỞ TÀI CHÍNH")
    assert sheet["A3"].value.startswith("Cơ quan báo cáo: Sở Tài chính. Kỳ báo cáo: ")
    assert [sheet.cell(row, 1).value for row in (5, 6)] == ["DL-01", None]
    assert sheet.protection.sheet
    assert sheet["A4"].protection.locked
    assert not sheet["F5"].protection.locked
    lists = {str(one.sqref).split(":")[0][0] for one in sheet.data_validations.dataValidation}
    assert lists == {"A", "D", "E", "G"}
    with pytest.raises(ValueError, match="không được phân công"):
        template(
            store, targets=["DL-03"], periods=[], areas=[], as_of=NOW + 10,
            settings=assessment(), agency=AGENCY_A,
        )  # fmt: skip
