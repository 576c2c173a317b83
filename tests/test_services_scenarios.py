"""Scenarios over the seeded store: the document's form, hand-worked runs, what does not fit."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from db.engine import Store
from indicators.model import Settings
from services.scenario_documents import read, read_bytes
from services.scenario_goals import goal_of
from services.scenarios import run_bytes, run_document
from services.snapshot import Snapshot, snapshot
from services.store import data_version

AT = 1_795_000_000_000_000  # 18/11/2026
SCHEMA = json.loads(
    (Path(__file__).resolve().parents[1] / "docs" / "scenario.schema.json").read_text("utf-8")
)
EXACT = 1e-9

FULL = {
    "scenario": 1,
    "name": "Năm 2027 xấu",
    "note": "thử",
    "targets": {
        "DL-01": {
            "shape": {"kind": "growth", "pct": 12},
            "effects": [
                {"kind": "shock", "year": 2027, "pct": -30, "recovery": 2},
                {"kind": "project", "year": 2028, "amount": 200000, "ramp": 2},
                {"kind": "delay", "years": 1},
            ],
        },
        "DL-03": {},
        "GD-01": {"shape": {"kind": "saturating", "ceiling": 100, "pct": 12}},
        "HTX-01": {"shape": {"kind": "own", "values": {"2026": 1050, "2030": 1390}}},
    },
    "drivers": {
        "chi_tieu": {"unit": "triệu đồng/lượt", "shape": {"kind": "steps", "amount": 0.05}}
    },
    "identities": ["DL-03 = DL-01 * chi_tieu"],
    "spread": {"kind": "own", "pct": 5},
    "paths": 500,
    "seed": 7,
    "until": 2032,
}


@pytest.fixture(scope="module")
def known(untouched: Store) -> Snapshot:
    return snapshot(untouched, AT, Settings())


def target(document: dict, code: str) -> dict:
    return next(one for one in document["targets"] if one["code"] == code)


def values(one: dict) -> dict[int, float]:
    return {row["year"]: row["value"] for row in one["years"]}


def assume(code: str, shape: dict, **more: object) -> dict:
    return {"targets": {code: {"shape": shape, **more}}}


EFFECT = "targets.DL-01.effects[0]"


def disturbed(effect: dict) -> dict:
    return assume("DL-01", {"kind": "growth", "pct": 1}, effects=[effect])


def test_a_full_document_runs_and_is_marked_as_a_scenario(known):
    found = run_document(known, FULL)
    assert found["problems"] == []
    assert found["scenario"] is True
    assert found["note_vi"] == "Kịch bản là phép tính thử, không phải dự báo."
    assert [one["code"] for one in found["targets"]] == ["DL-01", "DL-03", "GD-01", "HTX-01"]
    assert found["total"] == 4


def test_the_trajectory_is_the_one_worked_out_by_hand(known):
    one = target(run_document(known, FULL), "DL-01")
    grown = 4_900_000 * 1.12  # 2024 has the figure, 2025 waits, 2026 is the first year
    expected = {
        2024: 4_900_000,
        2025: 4_900_000,
        2026: grown,
        2027: grown * 1.12 * 0.7,
        2028: grown * 1.12**2 * 0.85 + 100_000,
        2029: grown * 1.12**3 + 200_000,
    }
    assert {year: values(one)[year] for year in expected} == pytest.approx(expected, abs=1e-6)
    assert one["from"] == {"period": "2024", "value": 4_900_000}


def test_a_derived_target_follows_its_drivers_from_the_figures(known):
    found = run_document(known, FULL)
    visits, revenue = values(target(found, "DL-01")), values(target(found, "DL-03"))
    spend_2024 = 5800 * 1e9 / 4_900_000 / 1e6  # what the figures of 2024 say, triệu đồng/lượt
    assert target(found, "DL-03")["given_by"] == "DL-03 = DL-01 * chi_tieu"
    for year in (2026, 2030):
        spend = spend_2024 + 0.05 * (year - 2024)
        assert revenue[year] == pytest.approx(visits[year] * spend * 1e6 / 1e9, abs=1e-6)
    [driver] = found["drivers"]
    assert driver["years"][-1]["value"] == pytest.approx(spend_2024 + 0.05 * 8, abs=EXACT)


def test_which_spend_a_revenue_needs(known):
    found = run_document(
        known,
        {
            "targets": {
                "DL-01": {"shape": {"kind": "line", "value": 9_000_000, "year": 2030}},
                "DL-03": {"shape": {"kind": "line", "value": 12420, "year": 2030}},
            },
            "drivers": {"chi_tieu": {"unit": "triệu đồng/lượt"}},
            "identities": ["DL-03 = DL-01 * chi_tieu"],
        },
    )
    assert found["problems"] == []
    assert found["drivers"][0]["years"][-1] == {"year": 2030, "value": pytest.approx(1.38)}


def test_what_it_takes_arrives_and_its_chance_is_even(known):
    found = run_document(
        known,
        {**assume("DL-01", {"kind": "goal", "by": "growth"}), "spread": {"kind": "own", "pct": 4}},
    )
    one = target(found, "DL-01")
    assert one["value"] == pytest.approx(9_000_000, abs=1e-6)
    assert one["reached"]
    assert one["reached_year"] == 2030
    assert one["chance"] == pytest.approx(0.5, abs=0.02)


def test_the_forecasts_trend_can_be_assumed(known):
    one = target(run_document(known, assume("DL-01", {"kind": "trend"})), "DL-01")
    assert values(one)[2025] > 4_900_000
    assert 0.2 < one["chance"] < 0.8


def test_a_running_total_goes_on_from_what_is_counted(known):
    one = target(run_document(known, assume("DT-01", {"kind": "steps", "amount": 12})), "DT-01")
    assert one["from"] == {"period": "2025-10M", "value": 30}
    assert values(one) == pytest.approx(
        {2025: 32, 2026: 44, 2027: 56, 2028: 68, 2029: 80, 2030: 92}
    )
    assert not one["reached"]
    assert one["gap"] == pytest.approx(-8)  # 100 is the weak end of 100 to 150


def test_every_year_names_the_years_that_fail(known):
    shape = {"kind": "own", "values": {"2026": 70, "2027": 72, "2028": 60, "2030": 75}}
    one = target(run_document(known, assume("HTX-02", shape)), "HTX-02")
    # the tolerance of "about 75" reaches down to 71.25; 2029 lies half way at 67.5
    assert one["missed_years"] == [2026, 2028, 2029]
    assert not one["reached"]


def test_the_same_seed_gives_the_same_answer(known):
    one, again = (run_document(known, FULL)["targets"] for _ in range(2))
    assert one == again
    other = run_document(known, {**FULL, "seed": 8})["targets"]
    assert (
        target({"targets": other}, "DL-01")["chance"] != target({"targets": one}, "DL-01")["chance"]
    )


def test_a_part_above_its_whole_is_told(known):
    found = run_document(
        known,
        {
            "targets": {
                "DL-01": {"shape": {"kind": "growth", "pct": -50}},
                "DL-02": {"shape": {"kind": "growth", "pct": 30}},
            }
        },
    )
    [clash] = found["clashes"]
    assert "DL-02" in clash["message_vi"]
    assert "là một phần" in clash["message_vi"]


def test_assumptions_that_contradict_an_identity_are_told(known):
    found = run_document(
        known,
        {
            "targets": {
                "DL-01": {"shape": {"kind": "line", "value": 9_000_000, "year": 2030}},
                "DL-03": {"shape": {"kind": "line", "value": 10_000, "year": 2030}},
            },
            "drivers": {
                "chi_tieu": {
                    "unit": "triệu đồng/lượt",
                    "from": {"year": 2024, "value": 1.2},
                    "shape": {"kind": "steps", "amount": 0.03},
                }
            },
            "identities": ["DL-03 = DL-01 * chi_tieu"],
        },
    )
    [clash] = found["clashes"]
    assert "năm 2030" in clash["message_vi"]


def test_running_stores_nothing(untouched):
    before = data_version(untouched, AT)
    found = run_bytes(untouched, AT, Settings(), json.dumps(FULL).encode())
    assert found["problems"] == []
    assert data_version(untouched, AT) == before


@pytest.mark.parametrize(
    ("shape", "field", "key"),
    [
        ({"kind": "growth", "pct": -100}, "pct", "doc_growth"),
        ({"kind": "growth", "pct": 1e6}, "pct", "doc_growth"),
        ({"kind": "growth", "pct": "12"}, "pct", "doc_no_number"),
        ({"kind": "growth", "pct": True}, "pct", "doc_no_number"),
        ({"kind": "growth"}, "pct", "doc_no_number"),
        ({"kind": "wild"}, "kind", "doc_choice"),
        ({"kind": "goal", "by": "luck"}, "by", "doc_choice"),
        ({"kind": "steps", "amount": 1, "x": 2}, "x", "doc_unknown"),
        ({"kind": "line", "value": 1, "year": 2030.5}, "year", "doc_no_whole"),
        ({"kind": "line", "value": 1}, "year", "doc_no_whole"),
        ({"kind": "own", "values": {}}, "values", "doc_no_values"),
        ({"kind": "own", "values": {"mai": 1}}, "values.mai", "doc_year"),
        ({"kind": "saturating", "ceiling": 100, "pct": 101}, "pct", "doc_range"),
    ],
)
def test_a_bad_course_is_told_with_its_place_and_the_schema_agrees(shape, field, key):
    refused(assume("DL-01", shape), f"targets.DL-01.shape.{field}", key)


@pytest.mark.parametrize(
    ("change", "where", "key"),
    [
        ({"targets": []}, "targets", "doc_no_object"),
        ({"targets": {}, "scenario": 2}, "scenario", "doc_form"),
        ({}, "targets", "doc_empty"),
        ([], "", "doc_no_object"),
        ({**FULL, "paths": 10**9}, "paths", "doc_range"),
        ({**FULL, "seed": -1}, "seed", "doc_range"),
        ({**FULL, "spread": {"kind": "own", "pct": 200}}, "spread.pct", "doc_range"),
        ({**FULL, "spread": {"kind": "wide"}}, "spread.kind", "doc_choice"),
        ({**FULL, "name": 5}, "name", "doc_no_text"),
        ({**FULL, "drivers": {"1x": {"unit": "đồng"}}}, "drivers.1x", "doc_name"),
        ({**FULL, "identities": [5]}, "identities[0]", "doc_no_text"),
        (disturbed({"kind": "shock", "year": 2027, "pct": -200}), EFFECT + ".pct", "doc_range"),
        (disturbed({"kind": "flood", "year": 2027}), EFFECT + ".kind", "doc_choice"),
        (disturbed({"kind": "delay", "years": 1.5}), EFFECT + ".years", "doc_no_whole"),
    ],
)
def test_bad_content_is_told_with_its_place_and_the_schema_agrees(change, where, key):
    refused(change, where, key)


def refused(change: object, where: str, key: str) -> None:
    scenario, faults = read(change)
    assert scenario is None
    assert (where, key) in [(one.where, one.reason.key) for one in faults]
    if key != "doc_empty":  # an empty scenario has the right form
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(change, SCHEMA)


def test_what_the_schema_allows_is_read():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(FULL, SCHEMA)
    scenario, faults = read(FULL)
    assert faults == []
    assert scenario.name == "Năm 2027 xấu"


@pytest.mark.parametrize(
    ("document", "key"),
    [
        (assume("XX-99", {"kind": "growth", "pct": 1}), "doc_unknown_code"),
        (assume("GD-02", {"kind": "growth", "pct": 1}), "goal_no_figure"),
        (assume("MT-02", {"kind": "growth", "pct": 1}), "goal_done"),
        (assume("HTX-02", {"kind": "trend"}), "doc_no_forecast"),
        (disturbed({"kind": "shock", "year": 2024, "pct": 1}), "doc_past"),
        ({"targets": {"DL-03": {"effects": [{"kind": "delay", "years": 1}]}}}, "doc_only_effects"),
        ({**assume("DL-01", {"kind": "growth", "pct": 1}), "until": 2099}, "doc_until"),
        ({**FULL, "identities": ["DL-03 = DL-01 + chi_tieu"]}, "formula_sum_units"),
        ({**FULL, "identities": ["DL-03 = DL-01 * chi_tieu", "DL-01 = DL-03"]}, "formula_loop"),
        ({**FULL, "identities": ["DL-03 = __import__('os')"]}, "formula_sign"),
        ({**FULL, "identities": []}, "driver_no_start"),
        ({**FULL, "drivers": {"chi_tieu": {"unit": "triệu đồng/lượt"}}}, "formula_open"),
    ],
)  # fmt: skip
def test_what_cannot_be_run_says_why_in_vietnamese(known, document, key):
    found = run_document(known, document)
    assert key in [one["key"] for one in found["problems"]]
    assert all(len(one["message"]) > 20 for one in found["problems"])
    assert found["targets"] == []


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{", b"[" * 50_000, b"x" * 300_000])
def test_bytes_that_are_no_document_are_told(content):
    scenario, faults = read_bytes(content)
    assert scenario is None
    assert faults[0].reason.key in ("doc_no_json", "doc_large")


def test_what_a_target_takes_stands_beside_what_was_achieved(untouched):
    found = goal_of(untouched, AT, Settings(), "DL-01")
    assert found["growth_pct"] == pytest.approx(100 * ((9 / 4.9) ** (1 / 6) - 1), abs=EXACT)
    assert found["step"] == pytest.approx(4_100_000 / 6, abs=1e-6)
    assert found["from"] == {"period": "2024", "value": 4_900_000}
    said = found["reason_vi"].replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith(
        "Để đạt 9.000.000 lượt năm 2030, mỗi năm cần thêm 683.333 lượt (10,7%/năm)"
    )
    assert "năm tốt nhất trong 5 năm" in said


def test_a_target_without_a_figure_says_so(untouched):
    found = goal_of(untouched, AT, Settings(), "GD-02")
    assert (found["from"], found["reachable"], found["growth_pct"]) == (None, False, None)
    assert "chưa có số liệu" in found["reason_vi"]
    assert goal_of(untouched, AT, Settings(), "XX-99") is None


@pytest.mark.parametrize("by", ["step", "growth"])
def test_just_what_it_takes_reaches_every_target_that_has_a_figure(untouched, known, by):
    for one in known.targets:
        pace = goal_of(untouched, AT, Settings(), one.code)
        if pace["step" if by == "step" else "growth_pct"] is None:
            continue
        found = run_document(known, assume(one.code, {"kind": "goal", "by": by}))
        assert found["targets"][0]["reached"], one.code


def test_a_year_that_lies_behind_is_not_reachable_and_says_why(untouched):
    found = goal_of(untouched, AT, Settings(), "DL-01", 2020)
    assert (found["reachable"], found["growth_pct"], found["by"]) == (False, None, 2020)
    assert found["reason_vi"] == (
        "Không thể đạt vì năm 2020 không còn ở phía trước: số liệu mới nhất đã là của năm 2024."
    )


@pytest.mark.parametrize("lang", ["reason_vi", "reason_en"])
def test_every_target_has_a_sentence(untouched, known, lang):
    for one in known.targets:
        assert goal_of(untouched, AT, Settings(), one.code)[lang].endswith(".")


def test_no_target_breaks_on_any_year(untouched, known):
    for target in known.targets:
        for by in (1990, 2026, 2028, 2035, 2100):
            found = goal_of(untouched, AT, Settings(), target.code, by)
            assert found is not None
            assert found["by"] == by
            assert found["reason_vi"]


def test_a_target_that_follows_from_what_never_varies_has_no_chance(known):
    drivers = {
        name: {"unit": "%", "from": {"year": 2025, "value": 75}, "shape": {"kind": "steps",
                                                                            "amount": 2}}
        for name in ("mn", "th")
    }  # fmt: skip
    schools = {
        name: {"unit": "trường", "from": {"year": 2025, "value": count},
               "shape": {"kind": "growth", "pct": 0}}
        for name, count in (("so_mn", 100), ("so_th", 300))
    }  # fmt: skip
    drivers["th"]["from"]["value"] = 71
    found = run_document(known, {
        "targets": {"GD-01": {}},
        "drivers": {**drivers, **schools},
        "identities": ["GD-01 = bq(mn: so_mn; th: so_th)"],
    })  # fmt: skip
    assert found["problems"] == []
    [one] = found["targets"]
    # 2030: (85 × 100 + 81 × 300) / 400
    assert one["value"] == pytest.approx(82.0, abs=1e-9)
    assert one["chance"] is None


@pytest.mark.parametrize(
    "name", ["name", "note", "drivers", "identities", "spread", "paths", "seed", "until"]
)
def test_null_is_read_as_left_out(known, name):
    plain = {"targets": {"GD-01": {"shape": {"kind": "goal"}, "effects": None}}}
    assert run_document(known, {**plain, name: None}) == run_document(known, plain)
