"""Every method beside the others: who can read which kind, and what stands in each row."""

from datetime import date

import pytest

from indicators.comparison import all_methods, all_methods_of_areas
from indicators.methods.registry import METHODS
from indicators.model import Target
from indicators.verdicts import Situation, areas_verdict, judge

TODAY = date(2026, 11, 22)
BY_GROWTH = {"statcan", "eurostat", "unsd"}


def target(**changes):
    facts = {
        "code": "X-01", "field": "", "name_vi": "", "name_en": "", "unit": "%", "kind": "level",
        "comparator": "at_least", "low": 80.0, "high": None, "start": 2030, "end": 2030,
        "direction": "up", "scope": "province", "document": "", "locator": "",
    }  # fmt: skip
    return Target(**(facts | changes))


def situation(series, day=TODAY, changes=None, **facts):
    last = max(series, default=None)
    known = {
        "series": series,
        "current": series.get(last),
        "latest_end": None if last is None else date(last, 12, 31),
        "has_figure": bool(series),
        "baseline_year": 2024,
        "baseline_value": series.get(2024),
    }
    return Situation(target(**(changes or {})), day, **(known | facts))


def rows(*args, **facts):
    return {row.method: row for row in all_methods(situation(*args, **facts))}


LEVEL = {2021: 50.0, 2022: 54.0, 2023: 58.0, 2024: 62.0, 2025: 65.0}


def test_a_level_is_read_by_every_method_in_the_order_of_the_registry():
    found = all_methods(situation(LEVEL))
    assert [row.method for row in found] == list(METHODS)
    assert all(row.label in METHODS[row.method].labels[:-1] for row in found)


def test_the_default_methods_row_is_the_verdict():
    now = situation(LEVEL)
    verdict = judge(now)
    row = all_methods(now, verdict)[0]
    assert (row.method, row.label, row.reason) == ("destatis", verdict.label, verdict.reason)


def test_numbers_of_a_level_by_hand():
    found = rows(LEVEL)
    # 62 -> 65 is 3 of the 18 from 62 to 80, in one of six years
    assert found["healthy_people"].number == pytest.approx(100 * 3 / 18)
    assert found["healthy_people"].numbers["elapsed_pct"] == pytest.approx(100 / 6)
    assert found["escap_csi"].number == pytest.approx(10 * 3 / 18)
    assert found["vn_plan"].number == pytest.approx(100 * 65 / 80)
    # five years back is 2020, which has none: its neighbour 2021; 15 in four years
    # against 30 in nine
    assert found["sdg_index"].number == pytest.approx((15 / 4) / (30 / 9))
    # (65/62) - 1 against (80/62)^(1/6) - 1
    assert found["statcan"].number == pytest.approx((65 / 62 - 1) / ((80 / 62) ** (1 / 6) - 1))
    assert found["eurostat"].number == pytest.approx(found["statcan"].number)


def test_the_plan_is_not_due_before_its_day_and_missed_after():
    assert rows(LEVEL)["vn_plan"].label == "chua_den_han"
    after = LEVEL | {2030: 79.0}
    assert rows(after, date(2031, 1, 1))["vn_plan"].label == "khong_dat"
    assert rows(LEVEL | {2025: 81.0})["vn_plan"].label == "vuot"


def test_every_year_is_read_by_two_methods_only():
    yearly = {"kind": "every_year", "start": 2025, "low": 8.0, "direction": "keep"}
    found = rows({2024: 7.0, 2025: 9.0, 2026: 3.0}, changes=yearly)
    assert found["destatis"].label == "sun"
    assert (found["vn_plan"].label, found["vn_plan"].numbers["years"]) == ("vuot", 1)
    others = set(METHODS) - {"destatis", "vn_plan"}
    assert {found[key].label for key in others} == {"not_applicable"}
    assert {found[key].reason.key for key in others} == {"kind_not_read"}


def test_a_missed_year_is_missed_though_the_term_goes_on():
    yearly = {"kind": "every_year", "start": 2025, "low": 8.0, "direction": "keep"}
    assert rows({2025: 7.0}, changes=yearly)["vn_plan"].label == "khong_dat"


def test_growth_cannot_lead_to_nothing():
    down = {"comparator": "at_most", "direction": "down", "low": 0.0}
    found = rows({2022: 30.0, 2023: 25.0, 2024: 20.0, 2025: 15.0}, changes=down)
    assert {found[key].reason.key for key in BY_GROWTH} == {"zero_target"}
    assert found["healthy_people"].number == pytest.approx(25.0)
    assert found["vn_plan"].number is None
    assert found["escap_csi"].label == "slow_progress"


def test_a_running_total_is_the_share_of_its_target():
    total = {"kind": "cumulative", "comparator": "between", "low": 100.0, "high": 150.0}
    found = rows(
        {2024: 0.0, 2025: 12.0, 2026: 30.0}, date(2027, 1, 9), changes=total | {"start": 2025}
    )
    assert found["healthy_people"].number == pytest.approx(30.0)
    assert found["vn_plan"].number == pytest.approx(30.0)
    assert found["statcan"].label == "not_applicable"


def test_a_total_with_a_hole_is_left_open_by_the_plan_reading():
    total = {"kind": "cumulative", "low": 100.0, "start": 2025}
    found = rows({2024: 0.0, 2025: 12.0}, changes=total, current=40.0, total_has_hole=True)
    assert (found["vn_plan"].label, found["vn_plan"].reason.key) == ("not_assessed", "total_hole")


def test_what_is_to_be_done_is_achieved_or_not():
    plant = {"comparator": "done", "low": 1.0}
    found = rows({}, changes=plant, current=1.0, latest_end=date(2026, 6, 30), has_figure=True)
    assert (found["vn_plan"].label, found["statcan"].label) == ("dat", "target_achieved")
    found = rows({}, changes=plant, current=0.0, latest_end=date(2026, 6, 30), has_figure=True)
    assert found["statcan"].label == "target_not_achieved"
    assert found["vn_plan"].label == "chua_den_han"


@pytest.mark.parametrize("series", [{}, {2020: 55.0}])
def test_no_method_judges_what_is_absent_or_too_old(series):
    now = situation(series)
    verdict = judge(now)
    for row in all_methods(now, verdict):
        assert row.label == METHODS[row.method].labels[-1]
        assert row.reason == verdict.reason


def test_a_baseline_from_elsewhere_counts_for_the_methods_that_start_from_it():
    found = rows({2025: 65.0}, baseline_value=50.0)
    assert found["healthy_people"].number == pytest.approx(50.0)  # 15 of 30
    assert found["destatis"].label == "not_assessed"


def test_a_level_to_stay_near_is_read_from_both_sides():
    near = {"comparator": "about", "low": 60.0, "direction": "keep"}
    found = rows({2022: 90.0, 2023: 84.0, 2024: 78.0, 2025: 72.0}, changes=near)
    assert found["destatis"].label == "sun"  # 72 less 6 a year is past 63 by 2030
    # 10 - 10 * |60 - 72| / |60 - 78|
    assert found["escap_csi"].number == pytest.approx(10 - 10 * 12 / 18)
    assert found["statcan"].label in ("substantial_progress", "target_achieved")
    assert found["eurostat"].reason.key == "two_sided"


def of_areas(values, total=8, reaching=1, day=TODAY):
    single = {"kind": "each_area", "low": 50.0}
    situations = {
        code: situation({2024: value - 2, 2025: value}, day, changes=single)
        for code, value in values.items()
    }
    verdicts = {code: judge(now) for code, now in situations.items()}
    worst = min(values, key=values.get, default=None)
    whole = situation({2025: 1.0} if values else {}, day, changes=single)
    verdict = areas_verdict(whole, verdicts, reaching, len(values), total, worst)
    results = {code: all_methods(now) for code, now in situations.items()}
    found = all_methods_of_areas(results, verdict, reaching, len(values), total, True)
    return {row.method: row for row in found}


def test_of_many_areas_the_worst_is_named_and_the_share_counted():
    found = of_areas({"03646": 30.0, "03650": 60.0})
    assert list(found) == list(METHODS)
    assert found["vn_plan"].label == "chua_den_han"
    assert found["vn_plan"].number == pytest.approx(12.5)
    assert found["healthy_people"].number == pytest.approx(12.5)
    assert found["sdg_index"].reason.numbers["area"] == "03646"
    assert found["sdg_index"].reason.numbers["judged"] == 2


def test_the_plan_is_met_only_when_every_area_meets_it():
    assert of_areas({"1": 60.0, "2": 70.0}, total=2, reaching=2)["vn_plan"].label == "dat"
    assert of_areas({"1": 60.0, "2": 70.0}, total=3, reaching=2)["vn_plan"].label == "chua_den_han"


def test_without_figures_no_area_is_judged():
    found = of_areas({}, reaching=0)
    assert {row.reason.key for row in found.values()} == {"no_data_areas"}
