import math

import pytest

from indicators.forecast_nowcast import nowcast


def test_the_year_is_the_half_over_the_usual_share_of_that_half():
    # Shares 0,50 and 0,40 and 0,44: the median is 0,44, and 220 / 0,44 = 500.
    halves = {2023: 100.0, 2024: 120.0, 2025: 176.0, 2026: 220.0}
    years = {2023: 200.0, 2024: 300.0, 2025: 400.0}
    found = nowcast(halves, years, 2026, "count")
    assert (found.value, found.typical, found.years) == (
        pytest.approx(500),
        0.44,
        (2023, 2024, 2025),
    )
    # Deviations from the median: 0,50/0,44 - 1 = 3/22, 0,40/0,44 - 1 = -2/22, 0; the usual 5 %
    # counts twice: variance (13/484 + 2·0,0025) / (2 + 2), for one more year times 1 + 1/3.
    assert found.noise == pytest.approx(500 * math.sqrt((13 / 484 + 0.005) / 4 * 4 / 3))


def test_only_the_last_five_years_without_the_disruption_count():
    halves = dict.fromkeys(range(2015, 2027), 50.0) | {2020: 5.0, 2021: 5.0, 2017: 1.0}
    years = dict.fromkeys(range(2015, 2026), 100.0)
    found = nowcast(halves, years, 2026, "money")
    assert found.years == (2019, 2022, 2023, 2024, 2025)
    assert found.value == pytest.approx(100)


def test_years_after_the_running_one_do_not_count():
    found = nowcast({2024: 40.0, 2025: 50.0, 2026: 90.0}, {2024: 100.0, 2026: 100.0}, 2025, "count")
    assert (found.value, found.years) == (pytest.approx(125), (2024,))


def test_one_past_year_gives_a_less_sure_estimate_than_three_alike():
    halves = {2023: 50.0, 2024: 50.0, 2025: 50.0, 2026: 50.0}
    three = nowcast(halves, {2023: 100.0, 2024: 100.0, 2025: 100.0}, 2026, "count")
    one = nowcast(halves, {2025: 100.0}, 2026, "count")
    assert one.value == three.value == 100
    assert one.noise > three.noise > 0


def test_without_a_past_ratio_there_is_no_estimate():
    assert nowcast({2026: 50.0}, {2025: 100.0}, 2026, "count") is None
    assert nowcast({2020: 5.0, 2026: 50.0}, {2020: 100.0}, 2026, "count") is None
    assert nowcast({2025: 0.0, 2026: 50.0}, {2025: 100.0}, 2026, "count") is None
    assert nowcast({2025: 0.0, 2026: 50.0}, {2025: 0.0}, 2026, "count") is None
    assert nowcast({2026: 50.0}, {2025: 100.0}, 2026, "rate") is None


def test_a_rate_moves_by_the_usual_change_since_the_middle_of_the_year():
    # Changes to the year's end: +2, +1, +3: the median is +2.
    halves = {2023: 60.0, 2024: 63.0, 2025: 65.0, 2026: 70.0}
    found = nowcast(halves, {2023: 62.0, 2024: 64.0, 2025: 68.0}, 2026, "rate")
    assert (found.value, found.typical) == (72.0, 2.0)


def test_a_growth_rate_may_be_estimated_below_zero():
    found = nowcast({2024: 2.0, 2025: 3.0, 2026: 1.0}, {2024: 0.0, 2025: 1.0}, 2026, "growth")
    assert found.value == -1.0


def test_a_wrong_call_is_named():
    with pytest.raises(ValueError, match="no part of 2026"):
        nowcast({2025: 1.0}, {2025: 2.0}, 2026, "count")
    with pytest.raises(ValueError, match="no scale 'share'"):
        nowcast({2026: 1.0}, {2025: 2.0}, 2026, "share")
