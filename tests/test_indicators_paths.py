import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.model import SetBaseline
from indicators.paths import Baseline, Path, baseline, bound_path, last_closed, shares_of
from indicators.periods import parse, whole_year
from indicators.series import yearly
from tests.figures import figures, target


def base(year, value):
    return Baseline(year, whole_year(year), value, "base_year")


# --- baseline ---------------------------------------------------------------------


def test_the_baseline_is_the_year_before_the_documents_term():
    series = yearly(figures(y2022=3.3e6, y2024=4.9e6, y2025=5.3e6), "flow")
    found = baseline(target(), series)
    assert (found.year, found.value, found.rule) == (2024, 4.9e6, "base_year")


def test_without_it_the_latest_of_the_three_years_before_stands():
    series = yearly(figures(y2020=50, y2021=57, y2023=61), "rate")
    found = baseline(target(term=(2025, 2030)), series)
    assert (found.year, found.rule) == (2023, "earlier")
    assert baseline(target(), yearly(figures(y2020=50), "rate")) is None


def test_else_the_first_in_the_term_named_with_its_period():
    series = yearly(figures(y2020=1, y2025_H1=3942, y2026=4100), "stock")
    found = baseline(target(), series)
    assert (found.year, found.period.text, found.rule) == (2025, "2025-H1", "in_term")


def test_a_baseline_set_by_hand_stands_before_all_and_a_total_starts_at_zero():
    fixed = SetBaseline("DL-01", "", parse("2023"), 4.5e6, "Quyết định")
    series = yearly(figures(y2024=4.9e6), "flow")
    assert baseline(target(), series, fixed).value == 4.5e6
    found = baseline(target(kind="cumulative", start=2025), series, fixed)
    assert (found.year, found.value, found.rule) == (2024, 0.0, "zero")


# --- path -------------------------------------------------------------------------


def test_counts_grow_at_a_constant_rate():
    path = Path(target(low=1600.0), "stock", base(2024, 100.0))
    # 1600 / 100 = 16 = 2 ** 4 over six years; after three years 100 * 16 ** 0.5 = 400
    assert path.in_year(2027).value == pytest.approx(400)
    assert path.in_year(2027).rule == "growth"
    assert path.in_year(2030).value == 1600
    assert path.in_year(2023) is None
    assert path.in_year(2032).value == 1600


def test_rates_and_whatever_touches_zero_go_straight():
    rate = Path(target(low=75.0), "rate", base(2024, 63.0))
    assert (rate.in_year(2025).value, rate.in_year(2025).rule) == (65, "line")
    stopped = Path(target(low=0.0, comparator="at_most"), "stock", base(2024, 60.0))
    assert (stopped.in_year(2029).value, stopped.in_year(2029).rule) == (10, "line")


def test_yearly_plans_are_official_steps_and_the_rest_lies_between_and_beyond():
    path = Path(target(low=75.0), "rate", base(2023, 61.0), {2025: 65.0, 2022: 1.0})
    assert [path.in_year(y).value for y in (2024, 2025, 2026)] == [63, 65, 67]
    assert [path.in_year(y).rule for y in (2024, 2025, 2026)] == ["line", "official", "line"]


def test_a_running_total_rises_evenly_and_a_years_plan_takes_its_share():
    asked = target(kind="cumulative", start=2025, low=100.0, comparator="between", high=150.0)
    even = Path(asked, "flow", base(2024, 0.0))
    assert even.in_year(2027).value == pytest.approx(50)
    planned = Path(asked, "flow", base(2024, 0.0), {2026: 50.0})
    # the five other years share the other 50: 10 a year
    assert [planned.in_year(y).value for y in (2025, 2026, 2027)] == [10, 60, 70]
    assert planned.in_year(2026).rule == "official"


def test_within_a_year_a_flow_asks_for_its_usual_share_and_else_for_the_calendars():
    path = Path(target(low=200.0), "flow", base(2028, 50.0), shares={"H1": 0.6})
    assert (path.at(parse("2029-H1")).value, path.at(parse("2029-H1")).rule) == (60, "season")
    assert path.at(parse("2029-Q1")).value == 25
    assert path.at(parse("2029-Q1")).rule == "calendar"
    assert path.at(parse("2028-H1")) is None


def test_within_a_year_a_running_total_asks_for_its_part_of_the_years_rise():
    asked = target(kind="cumulative", start=2025, low=120.0)
    path = Path(asked, "flow", base(2024, 0.0), shares={"H1": 0.25})
    # 20 a year: 20 at the end of 2025, then a quarter of the next 20
    assert path.at(parse("2026-H1")).value == 25


def test_within_a_year_a_rate_asks_for_the_line_at_the_periods_end():
    path = Path(target(low=75.0), "rate", base(2024, 63.0))
    assert path.at(parse("2026-H1")).value == 66
    assert path.at(parse("2026-Q4")).value == path.in_year(2026).value == 67
    assert path.at(parse("2024-H1")).value == 63


def test_within_a_year_a_count_on_its_way_to_zero_goes_straight_too():
    path = Path(target(low=0.0, comparator="at_most"), "stock", base(2024, 60.0))
    # 10 fewer a year: 40 at the end of 2026, 45 half a year before
    assert (path.at(parse("2026-H1")).value, path.at(parse("2026-H1")).rule) == (45, "line")


def test_the_usual_share_is_the_median_of_years_that_have_both_without_2020_and_2021():
    known = figures(
        y2018=100, y2018_H1=50, y2019=100, y2019_Q1=20, y2019_Q2=40, y2020=100, y2020_H1=5,
        y2022=100, y2022_H1=70, y2023=100, y2026_H1=1,
    )  # fmt: skip
    assert shares_of(known, yearly(known, "flow"), {"H1", "9M"}) == {"H1": 0.6}


def test_an_every_year_bound_is_asked_for_in_its_years_only():
    asked = target(kind="every_year", start=2025, end=2030, low=75.0)
    assert (bound_path(asked, 2026).value, bound_path(asked, 2026).rule) == (75, "bound")
    assert bound_path(asked, 2024) is None


def test_without_a_figure_the_path_is_that_of_the_months_that_have_closed():
    assert last_closed(date(2026, 11, 22)).text == "2026-10M"
    assert last_closed(date(2026, 1, 15)).text == "2025"
    assert last_closed(date(2026, 12, 31)).text == "2026"


@given(
    st.floats(1, 1e7), st.floats(1, 1e7), st.sampled_from(["rate", "stock", "flow"]),
    st.floats(1e-3, 1e3),
)  # fmt: skip
def test_a_path_stays_between_its_ends_runs_one_way_and_scales_with_the_unit(
    start, end, measure, k
):
    path = Path(target(low=end), measure, base(2024, start))
    scaled = Path(target(low=end * k), measure, base(2024, start * k))
    values = [path.in_year(year).value for year in range(2024, 2031)]
    low, high = min(start, end) * (1 - 1e-9), max(start, end) * (1 + 1e-9)
    assert all(low <= value <= high for value in values)
    steps = [b - a for a, b in itertools.pairwise(values)]
    assert all(s * (end - start) >= -1e-6 * max(start, end) ** 2 for s in steps)
    for year, value in zip(range(2024, 2031), values, strict=True):
        assert scaled.in_year(year).value == pytest.approx(value * k, rel=1e-9)
