"""The register's sections on the administrator's page, drawn by Streamlit's own driver."""

from __future__ import annotations

import pytest

from services import access, plans, register_drafts, scenario_plans, startup
from services import register as files
from services.register_drafts import FILE
from services.submissions import File
from tests import annex
from tests.app import NOW, failed, html_of, opened, page
from tests.test_services_scenario_saves import proposed

pytestmark = pytest.mark.slow

ADMIN = access.LOCAL
LATER = NOW + 1_000_000
PLANS = "indicator,period,area,value,document\n{code},2027,,{value},592/NQ-HĐND\n"


@pytest.fixture
def there(tmp_path, monkeypatch):
    opened(tmp_path, monkeypatch)
    return startup.the_store()


def section(what, **query):
    return page("admin", part="register", what=what, **query)


def said(app):
    return html_of(app).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("documents", "Sổ có 2 văn bản với 32 chỉ tiêu định lượng."),
        ("targets", "Sổ có 32 chỉ tiêu; 0 chỉ tiêu đã được sửa đổi."),
        ("baselines", "24 chỉ tiêu cần gốc so sánh: 0 do quản trị đặt"),
        ("plans", "0 trong 32 chỉ tiêu có kế hoạch năm"),
        ("changes", "1 lần thay đổi"),
    ],
)
def test_each_section_answers_in_one_sentence_first(there, what, sentence):
    app = section(what)
    assert not failed(app)
    assert sentence in said(app)
    assert not failed(section(what, lang="en"))


@pytest.mark.parametrize(
    ("what", "code"),
    [("documents", "CTHD-DU"), ("targets", "NL-01"), ("baselines", "NL-01"), ("plans", "NL-01")],
)
def test_the_form_of_one_row_opens_from_its_address(there, what, code):
    app = section(what, code=code)
    assert not failed(app)
    assert code in said(app)
    assert [one.label for one in app.button] == ["Xem trước"]


def test_markup_in_a_file_is_shown_as_text_everywhere(there):
    rows = annex.rows()
    evil = "<script>alert(1)</script>"
    rows[0] |= {"Tên chỉ tiêu": evil, "Điểm chưa rõ": evil, "Nguyên văn": evil}
    file = File(f"{evil}.xlsx", annex.workbook(rows))
    number = register_drafts.begin(there, ADMIN, FILE, file=file, now=LATER)
    report = files.add(there, ADMIN, file.content, "phu-luc.xlsx", now=LATER)
    assert not report.refused
    for app in (
        section("documents", draft=number),
        section("targets"),
        section("targets", code="PL-01"),
        section("changes", change="2"),
    ):
        assert not failed(app)
        assert "<script>" not in html_of(app)


def test_an_open_change_that_is_gone_and_one_of_nobodys_say_so(there):
    for app in (section("documents", draft="khong-co"), section("changes", change="999")):
        assert not failed(app)
        assert 'role="alert"' in html_of(app)


def test_a_change_that_moved_between_preview_and_press_is_shown_again(there):
    file = File("phu-luc.xlsx", annex.workbook())
    number = register_drafts.begin(there, ADMIN, FILE, file=file, now=LATER)
    app = section("documents", draft=number)
    other = b"key,number,title_vi\nPL-01,9/NQ,Khac\n"
    assert not files.add(there, ADMIN, other, "khac.csv", now=LATER).refused
    next(one for one in app.button if one.label == "Lưu vào sổ chỉ tiêu").click().run()
    assert "Chưa lưu: sổ chỉ tiêu đã thay đổi sau khi bạn xem trước" in said(app)
    next(one for one in app.button if one.label == "Lưu vào sổ chỉ tiêu").click().run()
    assert "Đã lưu vào sổ chỉ tiêu." in said(app)


def test_the_receipt_tells_what_was_done_and_takes_it_back(there):
    text = PLANS.format(code="DL-01", value="6.200.000")
    assert not plans.add(there, ADMIN, text.encode(), "ke-hoach.csv", now=LATER).refused
    app = section("changes", change="2", saved="1")
    assert "Kế hoạch năm: ke-hoach.csv" in said(app)
    app.text_input[0].set_value("sai năm")
    next(one for one in app.button if one.label.startswith("Hoàn tác lần")).click().run()
    text = said(app)
    assert "Hoàn tác lần thay đổi 2" in text
    assert "sai năm" in text


def test_the_history_of_one_kind_of_rows_leaves_out_the_others(there):
    text = PLANS.format(code="DL-01", value="6.200.000")
    plans.add(there, ADMIN, text.encode(), "ke-hoach.csv", now=LATER)
    assert "ke-hoach.csv" in said(section("changes", table="yearly_plans"))
    assert "ke-hoach.csv" not in said(section("changes", table="targets"))
    assert "ke-hoach.csv" in said(section("changes", table="nonsense"))


def test_plans_that_a_scenario_proposes_wait_above_the_others(there):
    found, proposal = proposed(there)
    text = said(section("plans"))
    assert "1 đề xuất kế hoạch từ kịch bản đang chờ quyết định" in text
    assert f"key={found.key}" in text
    assert "45/NQ-HĐND" in text
    scenario_plans.refuse(there, ADMIN, found.key, proposal["id"], "chưa rõ", now=LATER * 2)
    assert "đang chờ quyết định" not in said(section("plans"))
