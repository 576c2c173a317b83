"""The page Kịch bản: what it takes, what is typed, what is saved; nothing typed is ever lost."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from i18n.words import words
from indicators.model import Settings
from services import scenario_saves, startup
from services.access import LOCAL
from services.snapshot import snapshot
from tests.app import NOW, failed, html_of, opened, page
from ui.scenario_form import Form, read, unpacked, written

pytestmark = pytest.mark.slow

END = NOW * 2
VI, EN = words("vi"), words("en")


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch) -> None:
    opened(tmp_path, monkeypatch)


@pytest.fixture
def app() -> AppTest:
    found = page("scenarios")
    assert not failed(found)
    return found


def text(app: AppTest) -> str:
    return html_of(app).replace("\N{NO-BREAK SPACE}", " ")


def field(app: AppTest, name: str, code: str = "DL-01"):
    return next(
        one
        for kind in ("text_input", "text_area", "selectbox")
        for one in getattr(app, kind)
        if one.key and one.key.endswith(f".{code}.{name}")
    )


def grow(app: AppTest, pct: str) -> AppTest:
    field(app, "kind").set_value("growth").run()
    field(app, "pct").set_value(pct).run()
    assert not failed(app)
    return app


def press(app: AppTest, name: str) -> AppTest:
    next(one for one in app.button if one.key == f"scenarios.{name}").click().run()
    assert not failed(app)
    return app


def save(app: AppTest, name: str) -> AppTest:
    next(one for one in app.text_input if one.label == "Tên kịch bản").set_value(name).run()
    return press(app, "save_new")


def test_the_page_opens_with_what_it_takes_and_says_that_it_is_a_trial(app):
    html = text(app)
    assert "<h1>Để đạt 9.000.000 lượt năm 2030, mỗi năm cần thêm 683.333 lượt (10,7%/năm)" in html
    assert "Kịch bản là phép tính thử, không phải dự báo." in html
    assert "Năm tốt nhất trong 5 năm: thêm 1.200.000 lượt (36,4%)." in html


def test_typed_assumptions_are_drawn_at_once_with_what_was_understood(app):
    grow(app, "12,5")
    html = text(app)
    assert "Đã hiểu: 12,5" in html
    assert f"{round(4_900_000 * 1.125**6):,}".replace(",", ".") in html
    [chart] = app.get("plotly_chart")
    assert "Kịch bản này" in [one["name"] for one in json.loads(chart.proto.spec)["data"]]
    assert chart.proto.alt.startswith("Theo kịch bản, năm 2030")


def test_a_bad_year_says_what_it_takes_afterwards(app):
    grow(app, "8")
    field(app, "shock_year").set_value("2027").run()
    field(app, "shock_pct").set_value("-30").run()
    # 2027 ends at 4.9 million × 1.08³ × 0.7; three years are left
    value = 4_900_000 * 1.08**3 * 0.7
    step = f"{round((9_000_000 - value) / 3):,}".replace(",", ".")
    assert f"Sau năm 2027: để đạt 9.000.000 lượt năm 2030, mỗi năm cần thêm {step} lượt" in text(
        app
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mười", "“mười” không đọc được thành số."),
        ("-100", "phải lớn hơn −100% và không quá 1.000%"),
        ("1000000", "phải lớn hơn −100% và không quá 1.000%"),
        ("", "Chưa nhập số."),
    ],
)
def test_what_cannot_be_meant_is_told_and_stays_in_its_field(app, typed, said):
    grow(app, typed)
    assert said in text(app)
    assert field(app, "pct").value == typed
    assert app.get("plotly_chart")


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("DL-03 = __import__('os').system('x')", "ký tự không dùng được"),
        ("DL-03 = DL-01 * DL-03", "quay vòng"),
        ("DL-03 = DL-01 + DL-02 <b>", "ký tự không dùng được: “&lt;”"),
    ],
)
def test_a_formula_that_is_none_is_told_and_stays(app, formula, said):
    next(one for one in app.text_area if one.key.endswith(".identities")).set_value(formula).run()
    assert not failed(app)
    assert said in text(app)
    assert next(one for one in app.text_area if one.key.endswith(".identities")).value == formula


def test_a_formula_gives_another_target_and_its_driver(app):
    grow(app, "12")
    identity = next(one for one in app.text_area if one.key.endswith(".identities"))
    identity.set_value("DL-03 = DL-01 * chi_tieu").run()
    field(app, "unit", "chi_tieu").set_value("triệu đồng/lượt").run()
    field(app, "pct", "chi_tieu").set_value("4").run()
    assert not failed(app)
    revenue = 5800 * 1.12**6 * 1.04**6
    assert f"{revenue:,.1f}".translate(str.maketrans(",.", ".,")) in text(app)
    assert "2 trong 2 chỉ tiêu đạt" in text(app)
    identity = next(one for one in app.text_area if one.key.endswith(".identities"))
    identity.set_value("DL-03 = DL-01 * ").run()
    identity = next(one for one in app.text_area if one.key.endswith(".identities"))
    identity.set_value("DL-03 = DL-01 * chi_tieu").run()
    assert field(app, "unit", "chi_tieu").value == "triệu đồng/lượt"


def test_own_values_are_pasted_as_a_sheet_gives_them(app):
    field(app, "kind").set_value("own").run()
    field(app, "own").set_value("2027\t5.600.000\n2030\t9.100.000").run()
    assert "Đã hiểu: 2027: 5.600.000; 2030: 9.100.000" in text(app)
    assert "9.100.000 lượt; mức đề ra ít nhất 9 triệu: đạt" in text(app)


def test_a_reload_or_a_link_gives_back_all_that_was_typed(app):
    grow(app, "mười hai")
    packed = app.query_params["s"]
    again = page("scenarios", s=packed if isinstance(packed, str) else packed[0])
    assert field(again, "pct").value == "mười hai"
    assert field(again, "kind").value == "growth"


def test_typing_faster_than_the_address_follows_loses_nothing(app):
    field(app, "kind").set_value("growth").run()
    older = app.query_params["s"]
    field(app, "pct").set_value("12").run()
    app.query_params["s"] = older  # the browser had not yet taken the newer address over
    field(app, "shock_year").set_value("2027").run()
    assert field(app, "pct").value == "12"
    assert field(app, "shock_year").value == "2027"


@pytest.mark.parametrize("s", ["x", "e30", "A" * 9000, "eNoDAAAAAAE", "%00"])
def test_an_address_that_holds_no_form_opens_the_page_as_new(s):
    found = page("scenarios", s=unquote(s))
    assert not failed(found)
    assert "Để đạt 9.000.000" in text(found)


def test_saved_listed_and_opened_again(app):
    save(grow(app, "13"), "Tăng nhanh")
    [kept] = scenario_saves.listing(startup.the_store(), LOCAL, END)
    assert kept.name == "Tăng nhanh"
    assert kept.document["targets"]["DL-01"]["shape"] == {"kind": "growth", "pct": 13.0}
    again = page("scenarios", key=kept.key)
    assert field(again, "pct").value == "13"
    assert "Kịch bản “Tăng nhanh” do người dùng tại máy lập" in text(again)


def test_who_saves_over_a_newer_version_is_told_and_keeps_what_was_typed(app):
    save(grow(app, "13"), "Chung")
    [first] = scenario_saves.listing(startup.the_store(), LOCAL, END)
    mine = page("scenarios", key=first.key)
    other = page("scenarios", key=first.key)
    press(grow(other, "14"), "save")
    field(mine, "pct").set_value("15").run()
    press(mine, "save")
    assert "Chưa lưu: người dùng tại máy vừa lưu một bản khác" in text(mine)
    assert field(mine, "pct").value == "15"
    [kept] = scenario_saves.listing(startup.the_store(), LOCAL, END)
    assert kept.document["targets"]["DL-01"]["shape"]["pct"] == 14.0


def test_a_locked_scenario_offers_a_copy_and_no_change(app):
    save(grow(app, "13"), "Căn cứ")
    press(app, "lock")
    assert "đã khóa" in text(app)
    changing = {"scenarios.save", "scenarios.lock", "scenarios.remove"}
    assert not changing & {one.key for one in app.button}
    assert "scenarios.save_new" in {one.key for one in app.button}


def test_a_proposal_is_decided_on_the_page(app):
    save(grow(app, "13"), "Kế hoạch")
    field = next(one for one in app.text_input if one.label.startswith("Số, ký hiệu"))
    field.set_value("45/NQ-HĐND").run()
    press(app, "propose")
    assert "chờ xác nhận" in text(app)
    next(one for one in app.button if one.label.startswith("Xác nhận")).click().run()
    assert not failed(app)
    assert "đã xác nhận" in text(app)
    plans = snapshot(startup.the_store(), END, Settings()).plans["DL-01"][""]
    assert plans[2027].document == "45/NQ-HĐND"
    assert plans[2027].value == round(4_900_000 * 1.13**3)


def test_two_scenarios_side_by_side(app):
    save(grow(app, "13"), "Nhanh")
    field(app, "pct").set_value("9").run()
    app.multiselect(key="scenarios.compare").set_value(
        [scenario_saves.listing(startup.the_store(), LOCAL, END)[0].key]
    ).run()
    assert not failed(app)
    assert "So sánh các kịch bản" in text(app)
    [chart] = app.get("plotly_chart")
    assert "Nhanh" in chart.proto.spec


def test_the_page_speaks_english_too():
    html = text(page("scenarios", lang="en"))
    assert "To reach 9,000,000 visits in 2030 it takes 683,333 visits more each year" in html
    assert "A scenario is a trial sum, not a forecast." in html


DOCUMENT = {
    "scenario": 1,
    "name": "x",
    "note": "",
    "targets": {
        "DL-01": {
            "shape": {"kind": "growth", "pct": 12.5},
            "effects": [
                {"kind": "shock", "year": 2027, "pct": -30.0, "recovery": 2},
                {"kind": "project", "year": 2028, "amount": 200000.0},
                {"kind": "delay", "years": 1},
            ],
        },
        "DL-03": {"effects": []},
        "GD-01": {"shape": {"kind": "saturating", "ceiling": 100.0, "pct": 12.125}, "effects": []},
        "HTX-01": {
            "shape": {"kind": "own", "values": {"2026": 1050.0, "2030": 1390.0}},
            "effects": [],
        },
        "NL-01": {
            "shape": {"kind": "s_curve", "value": 75.0, "year": 2030, "steepness": 2.0},
            "effects": [],
        },
    },
    "identities": ["DL-03 = DL-01 * chi_tieu", "khac = DL-01 * 2"],
    "drivers": {
        "chi_tieu": {
            "unit": "triệu đồng/lượt",
            "label": "Chi tiêu",
            "from": {"year": 2024, "value": 1.184},
            "shape": {"kind": "growth", "pct": 4.0},
        },
        "khac": {"unit": "lượt", "shape": {"kind": "steps", "amount": 1.0}},
    },
    "spread": {"kind": "own", "pct": 4.5},
    "seed": 7,
}


@pytest.mark.parametrize("_", [VI, EN], ids=["vi", "en"])
def test_a_saved_document_comes_back_from_its_fields_unchanged(_):
    units = {"DL-01": "lượt", "GD-01": "%", "HTX-01": "hợp tác xã", "NL-01": "%"}
    form = unpacked(written(DOCUMENT, _).packed())
    assert isinstance(form, Form)
    typed = read(form, units, {}, _)
    assert typed.wrong == {}
    assert typed.document == DOCUMENT


@pytest.mark.parametrize(
    ("own", "values"),
    [
        ("2027 5.600.000\n2028 6.400.000", {"2027": 5.6e6, "2028": 6.4e6}),
        ("2027: 5600000\n2028: 6400000", {"2027": 5.6e6, "2028": 6.4e6}),
        ("2027\t2028\n5.600.000\t6.400.000", {"2027": 5.6e6, "2028": 6.4e6}),
        ("5.600.000\n6.400.000", {"2026": 5.6e6, "2027": 6.4e6}),
        ("5.600.000\t6.400.000", {"2026": 5.6e6, "2027": 6.4e6}),
        ("2027;5,6 triệu", {"2027": 5.6e6}),
    ],
)
def test_pasted_values_are_read_in_each_usual_form(own, values):
    form = Form(targets={"DL-01": {"kind": "own", "own": own}})
    typed = read(form, {"DL-01": "lượt"}, {"DL-01": 2026}, VI)
    assert typed.wrong == {}
    assert typed.document["targets"]["DL-01"]["shape"]["values"] == values


@pytest.mark.parametrize("own", ["", "2027\tnhiều", "mai\t5", "2027 1 2 3"])
def test_values_that_are_none_are_told(own):
    form = Form(targets={"DL-01": {"kind": "own", "own": own}})
    assert "DL-01.own" in read(form, {"DL-01": "lượt"}, {"DL-01": 2026}, VI).wrong


def slide(app: AppTest, name: str, place: float, code: str = "DL-01") -> AppTest:
    end = f".{code}.{name}.slider"
    next(one for one in app.select_slider if one.key.endswith(end)).set_value(place).run()
    assert not failed(app)
    return app


def test_the_page_opens_with_a_pace_that_reaches_and_a_slider_for_it(app):
    assert field(app, "pct").value == "10,7"
    [slider] = app.select_slider
    assert slider.value == 10.5  # its nearest place
    assert "đạt, từ năm 2030" in text(app)


def test_a_slider_types_into_its_field_and_the_result_follows(app):
    slide(app, "pct", 12.5)
    assert field(app, "pct").value == "12,5"
    assert "Đã hiểu: 12,5" in text(app)
    assert f"{round(4_900_000 * 1.125**6):,}".replace(",", ".") in text(app)
    field(app, "pct").set_value("8,2").run()
    assert app.select_slider[0].value == 8.0
    assert field(app, "pct").value == "8,2"


def test_a_bad_year_can_be_slid_once_its_year_is_typed(app):
    field(app, "shock_year").set_value("2027").run()
    slide(app, "shock_pct", -30.0)
    assert field(app, "shock_pct").value == "−30"
    assert "Sau năm 2027: để đạt" in text(app)


def test_another_course_begins_with_numbers_and_the_former_ones_come_back(app):
    grow(app, "13")
    for kind in ("logistic", "steps", "line", "saturating", "s_curve", "own"):
        field(app, "kind").set_value(kind).run()
        assert not failed(app)
        assert "Chưa tính được" not in text(app), kind
        assert ": đạt" in text(app), kind
    field(app, "kind").set_value("growth").run()
    assert field(app, "pct").value == "13"


def test_the_whole_programme_is_chosen_at_once(app):
    next(one for one in app.button if one.key == "scenarios.all_trend").click().run()
    assert not failed(app)
    assert "Chưa tính được" not in text(app)
    assert "trong 10 chỉ tiêu đạt theo kịch bản này." in text(app)
    next(one for one in app.button if one.key == "scenarios.all_goal").click().run()
    assert not failed(app)
    assert "10 trong 10 chỉ tiêu đạt" in text(app)


def test_newer_data_tell_what_they_changed_and_typing_does_not(app):
    save(grow(app, "13"), "Cũ")
    [kept] = scenario_saves.listing(startup.the_store(), LOCAL, END)
    again = page("scenarios", key=kept.key)
    assert "số liệu mới làm thay đổi" not in text(grow(again, "20"))


def test_a_ready_formula_says_what_each_visit_has_to_spend(app):
    field(app, "kind").set_value("goal").run()
    picked = next(one for one in app.multiselect if one.key.endswith(".targets"))
    picked.set_value(["DL-01", "DL-03"]).run()
    next(one for one in app.radio if one.key.endswith(".focus")).set_value("DL-03").run()
    field(app, "kind", "DL-03").set_value("goal").run()
    next(one for one in app.button if one.key == "scenarios.preset.spend").click().run()
    assert not failed(app)
    # 12,420 billion over 9 million visits: 1.38 million each
    assert "1,38 triệu đồng/lượt (2030)" in text(app)
    assert field(app, "unit", "chi_tieu").value == "triệu đồng/lượt"


def test_a_part_above_its_whole_is_told(app):
    picked = next(one for one in app.multiselect if one.key.endswith(".targets"))
    picked.set_value(["DL-01", "DL-02"]).run()
    next(one for one in app.radio if one.key.endswith(".focus")).set_value("DL-02").run()
    field(app, "kind", "DL-02").set_value("line").run()
    field(app, "value", "DL-02").set_value("20 triệu").run()
    assert "lớn hơn Tổng lượt khách du lịch" in text(app) or "lớn hơn DL-01" in text(app)


def test_what_is_assumed_stands_beside_each_target_and_scenario(app):
    save(grow(app, "13"), "Nhanh")
    field(app, "pct").set_value("9").run()
    app.multiselect(key="scenarios.compare").set_value(
        [scenario_saves.listing(startup.the_store(), LOCAL, END)[0].key]
    ).run()
    html = text(app)
    assert "mỗi năm tăng 13%" in html
    assert "mỗi năm tăng 9%" in html
    next(one for one in app.button if one.key == "scenarios.all_trend").click().run()
    html = text(app)
    assert "giữ xu hướng như dự báo" in html
    # DL-02 and HTX-02 are met today, DT-01 in 2028: 2 by this year, 3 by then
    assert "3 trong 10 chỉ tiêu đạt theo kịch bản này. Cộng dồn đến 2026: 2; đến 2028: 3." in html


def test_taking_the_target_in_focus_out_shows_another(app):
    picked = next(one for one in app.multiselect if one.key.endswith(".targets"))
    picked.set_value(["DL-01", "DL-03", "GD-01"]).run()
    next(one for one in app.radio if one.key.endswith(".focus")).set_value("DL-03").run()
    picked = next(one for one in app.multiselect if one.key.endswith(".targets"))
    picked.set_value(["DL-01", "GD-01"]).run()
    assert not failed(app)
    assert "<h1>Để đạt 9.000.000 lượt" in text(app)
    next(one for one in app.button if one.key == "scenarios.all_goal").click().run()
    next(one for one in app.selectbox if one.key.endswith(".focus_one")).set_value("NL-01").run()
    assert "<h1>Để đạt 75%" in text(app)
    picked = next(one for one in app.multiselect if one.key.endswith(".targets"))
    picked.set_value([]).run()
    assert not failed(app)
    assert "Kịch bản: điều gì phải xảy ra" in text(app)
