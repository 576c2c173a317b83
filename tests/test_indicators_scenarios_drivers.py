"""Identities: read without running anything, checked when written, worked out either way."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.model import Reason
from indicators.scenarios_drivers import problems, settle
from indicators.scenarios_formula import Formula, read_formula, value_of
from indicators.scenarios_units import read_unit

UNITS = {
    "DL-01": "lượt",
    "DL-02": "lượt",
    "DL-03": "tỷ đồng",
    "chi_tieu": "triệu đồng/lượt",
    "khach_noi_dia": "lượt",
    "GD-01": "%",
    "GD-02": "%",
    "GD-03": "%",
    "truong_mn": "trường",
    "truong_th": "trường",
    "đạt_chuẩn": "trường",
}


def read(text: str) -> Formula:
    found = read_formula(text)
    assert isinstance(found, Formula), found
    return found


def key(text: str) -> str:
    found = read_formula(text)
    assert isinstance(found, Reason)
    return found.key


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x = 1 + 2 * 3", 7),
        ("x = (1 + 2) × 3", 9),
        ("x = 8 ÷ 2 / 2", 2),
        ("x = 7 − 2 - 1", 4),
        ("x = -2 * -3", 6),
        ("x = 1,5 + 2.25", 3.75),
        ("x = bq(10: 1; 40: 2)", 30),
        ("x = 2 * bq(10: 1 + 1; 40: 2)", 50),
    ],
)
def test_arithmetic_is_read_as_it_is_written(text, value):
    assert value_of(read(text).body, {}) == pytest.approx(value, abs=1e-12)


def test_a_code_is_one_name_and_a_minus_stands_between_two():
    assert read("khach_noi_dia = DL-01-DL-02").inputs == ("DL-01", "DL-02")


def test_vietnamese_letters_make_a_name():
    assert read("đạt_chuẩn = truong_mn + truong_th").result == "đạt_chuẩn"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("DL-03 = __import__('os').system('x')", "formula_sign"),
        ('DL-03 = eval("1")', "formula_sign"),
        ("DL-03 = open(DL-01)", "formula_function"),
        ("DL-03 = DL-01.__class__", "formula_sign"),
        ("DL-03 = lambda: 1", "formula_unexpected"),
        ("DL-03 = [DL-01]", "formula_sign"),
        ("DL-03 = DL-01 ** 9", "formula_unexpected"),
        ("DL-03 = 9999999999x", "formula_sign"),
        ("DL-03", "formula_expected"),
        ("= DL-01", "formula_unexpected"),
        ("DL-03 = ", "formula_ends"),
        ("DL-03 = (DL-01", "formula_expected"),
        ("DL-03 = DL-01 DL-02", "formula_unexpected"),
        ("5 = DL-01", "formula_unexpected"),
        ("DL-03 = bq(DL-01)", "formula_expected"),
        ("x = " + "(" * 30 + "1" + ")" * 30, "formula_deep"),
        ("x = " + "-" * 60 + "1", "formula_deep"),
        ("x = " + "1 + " * 70 + "1", "formula_long"),
        ("x = 1" + " " * 500, "formula_long"),
        ("", "formula_ends"),
    ],
)
def test_what_is_no_formula_is_told_and_never_run(text, problem):
    assert key(text) == problem


def test_units_of_a_product_and_a_ratio_fit():
    assert problems([read("DL-03 = DL-01 * chi_tieu")], UNITS) == []
    assert problems([read("GD-01 = đạt_chuẩn / (truong_mn + truong_th)")], UNITS) == []
    assert problems([read("GD-01 = bq(GD-02: truong_mn; GD-03: truong_th)")], UNITS) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("DL-03 = DL-01 + DL-02", "formula_units"),
        ("DL-03 = DL-03 * 1 + DL-01", "formula_sum_units"),
        ("DL-01 = DL-02 + 5", "formula_sum_units"),
        ("GD-01 = bq(GD-02: truong_mn; GD-03: DL-01)", "formula_sum_units"),
        ("DL-03 = DL-99 * chi_tieu", "formula_unknown"),
        ("XX-01 = DL-01", "formula_unknown"),
    ],
)
def test_what_does_not_fit_is_told_when_it_is_written(text, problem):
    assert problem in [one.key for one in problems([read(text)], UNITS)]


def test_a_loop_is_named():
    [only] = problems([read("DL-01 = DL-02 * 1"), read("DL-02 = DL-01 * 1")], UNITS)
    assert only.key == "formula_loop"
    assert only.numbers["names"] == "DL-01 → DL-02 → DL-01"
    [own] = problems([read("DL-01 = DL-01 * 2")], UNITS)
    assert own.numbers["names"] == "DL-01 → DL-01"


def test_one_name_is_given_by_one_identity():
    found = problems([read("DL-01 = DL-02"), read("DL-01 = khach_noi_dia")], UNITS)
    assert [one.key for one in found] == ["formula_twice"]


def test_visits_times_spend_is_revenue_in_its_own_unit():
    # 9 triệu lượt × 1.38 triệu đồng/lượt = 12 420 tỷ đồng
    found = settle(
        [read("DL-03 = DL-01 * chi_tieu")],
        UNITS,
        {"DL-01": np.array([9e6, 5e6]), "chi_tieu": np.array([1.38, 1.2])},
    )
    assert found.values["DL-03"] == pytest.approx([12420, 6000], abs=1e-9)
    assert found.given_by == {"DL-03": "DL-03 = DL-01 * chi_tieu"}
    assert found.open == ()


def test_what_spend_a_revenue_needs():
    found = settle(
        [read("DL-03 = DL-01 * chi_tieu")],
        UNITS,
        {"DL-01": np.array([9e6]), "DL-03": np.array([12420.0])},
    )
    assert found.values["chi_tieu"] == pytest.approx([1.38], abs=1e-12)


def test_a_share_is_in_percent_and_gives_its_part_back():
    formula = read("GD-01 = đạt_chuẩn / truong_mn")
    share = settle(
        [formula], UNITS, {"đạt_chuẩn": np.array([211.0]), "truong_mn": np.array([250.0])}
    )
    assert share.values["GD-01"] == pytest.approx([84.4], abs=1e-12)
    part = settle([formula], UNITS, {"GD-01": np.array([84.4]), "truong_mn": np.array([250.0])})
    assert part.values["đạt_chuẩn"] == pytest.approx([211.0], abs=1e-9)
    whole = settle([formula], UNITS, {"GD-01": np.array([84.4]), "đạt_chuẩn": np.array([211.0])})
    assert whole.values["truong_mn"] == pytest.approx([250.0], abs=1e-9)


def test_a_weighted_mean_is_solved_for_a_value_and_for_a_weight():
    formula = read("GD-01 = bq(GD-02: truong_mn; GD-03: truong_th)")
    counts = {"truong_mn": np.array([100.0]), "truong_th": np.array([300.0])}
    mean = settle(
        [formula], UNITS, {**counts, "GD-02": np.array([80.0]), "GD-03": np.array([60.0])}
    )
    assert mean.values["GD-01"] == pytest.approx([65.0], abs=1e-12)
    value = settle(
        [formula], UNITS, {**counts, "GD-02": np.array([80.0]), "GD-01": np.array([65.0])}
    )
    assert value.values["GD-03"] == pytest.approx([60.0], abs=1e-9)
    known = {"GD-01": np.array([65.0]), "GD-02": np.array([80.0]), "GD-03": np.array([60.0])}
    weight = settle([formula], UNITS, {**known, "truong_mn": np.array([100.0])})
    assert weight.values["truong_th"] == pytest.approx([300.0], abs=1e-9)


@pytest.mark.parametrize("unknown", ["a", "b", "c", "d"])
def test_each_side_of_each_sign_can_be_solved_for(unknown):
    formula = (
        read("e = (a - b) * c - 5 * d / (2 + a * 0)")
        if unknown != "a"
        else read("e = (a - b) * c - 5 * d / 2")
    )
    units = dict.fromkeys("abcde", "")
    values = {"a": 7.0, "b": 3.0, "c": 6.0, "d": 4.0, "e": 4 * 6 - 10.0}
    given = {name: np.array([v]) for name, v in values.items() if name != unknown}
    found = settle([formula], units, given)
    assert found.values[unknown] == pytest.approx([values[unknown]], abs=1e-12)


def test_identities_wait_for_each_other():
    found = settle(
        [read("DL-03 = DL-01 * chi_tieu"), read("DL-01 = khach_noi_dia + DL-02")],
        UNITS,
        {
            "khach_noi_dia": np.array([8.9e6]),
            "DL-02": np.array([1e5]),
            "chi_tieu": np.array([1.38]),
        },
    )
    assert found.values["DL-03"] == pytest.approx([12420], abs=1e-9)


def test_what_nothing_gives_stays_open():
    found = settle([read("DL-03 = DL-01 * chi_tieu")], UNITS, {"DL-01": np.array([1.0])})
    assert found.open == ("DL-03", "chi_tieu")


def test_both_sides_assumed_and_different_is_a_clash():
    formula = read("DL-03 = DL-01 * chi_tieu")
    given = {"DL-01": np.array([1e6, 9e6]), "chi_tieu": np.array([1.0, 1.0])}
    fits = settle([formula], UNITS, {**given, "DL-03": np.array([1000.0, 9000.0])})
    assert fits.clashes == ()
    [clash] = settle([formula], UNITS, {**given, "DL-03": np.array([1000.0, 12420.0])}).clashes
    assert clash.key == "formula_clash"
    assert clash.numbers["place"] == 1
    assert clash.numbers["right_value"] == pytest.approx(9000, abs=1e-9)


def test_divided_by_nothing_is_no_number():
    found = settle(
        [read("GD-01 = đạt_chuẩn / truong_mn")],
        UNITS,
        {"đạt_chuẩn": np.array([5.0, 5.0]), "truong_mn": np.array([0.0, 10.0])},
    )
    assert np.isnan(found.values["GD-01"][0])
    assert found.values["GD-01"][1] == 50


def test_units_are_sizes_of_what_they_count():
    assert read_unit("tỷ đồng").size == 1e9
    assert read_unit("triệu đồng/lượt").counts_as(read_unit("nghìn đồng/lượt"))
    assert read_unit("%").size == 0.01
    assert read_unit("").base_text == ""
    assert read_unit("triệu đồng/lượt").base_text == "đồng/lượt"
    assert read_unit("lượt/lượt").base_text == ""
