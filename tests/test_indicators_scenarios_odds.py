"""The courses around a scenario: against the closed form, repeatable, and independent."""

from __future__ import annotations

import math

import numpy as np
import pytest

from indicators.forecast import forecast
from indicators.model import Settings, Target
from indicators.scenarios import Limits, Start, trajectory
from indicators.scenarios_odds import (
    COUNT,
    Spread,
    courses,
    forecast_spread,
    judged,
    normal_chance,
    odds,
    own_spread,
    value_meets,
)
from indicators.scenarios_shapes import Growth, Steps

SETTINGS = Settings()
SAMPLING = 4 * 0.5 / math.sqrt(COUNT)  # four standard errors of a share


def target(low: float, kind: str = "level", comparator: str = "at_least", **more: object) -> Target:
    given = {"start": 2026, "end": 2030, "direction": "up", "high": None, **more}
    return Target(
        "XX-01", "", "", "", "", kind, comparator, low, given["high"], given["start"],
        given["end"], given["direction"], "province", "D", "L",
    )  # fmt: skip


COURSE = trajectory(Start(2026, 100.0), Steps(10), 2030)
FIVE = Spread(dict.fromkeys(range(2027, 2031), 5.0))


@pytest.mark.parametrize("bound", [120.0, 135.0, 140.0, 148.0, 160.0])
def test_the_chance_is_that_of_the_closed_form(bound):
    found = odds(target(bound), COURSE, FIVE, SETTINGS)
    # four independent errors of 5: standard deviation 10
    assert found.chance == pytest.approx(normal_chance(140, 10, bound), abs=SAMPLING)


def test_where_down_is_better_the_other_side_counts():
    found = odds(target(135, comparator="at_most", direction="down"), COURSE, FIVE, SETTINGS)
    assert found.chance == pytest.approx(1 - normal_chance(140, 10, 135), abs=SAMPLING)


def test_the_bands_are_those_of_the_normal_distribution():
    low95, low80, middle, high80, high95 = odds(target(1), COURSE, FIVE, SETTINGS).bands[2030]
    assert middle == pytest.approx(140, abs=0.6)
    assert high80 - low80 == pytest.approx(2 * 12.8155, abs=1.2)
    assert high95 - low95 == pytest.approx(2 * 19.5996, abs=1.6)


def test_a_band_is_the_quantile_of_its_courses():
    found = odds(target(1), COURSE, FIVE, SETTINGS, count=777)
    slow = np.quantile(found.courses[2], [0.025, 0.1, 0.5, 0.9, 0.975])
    assert found.bands[2029] == pytest.approx(tuple(slow), abs=1e-9)


def test_the_same_seed_gives_the_same_courses_whatever_else_there_is():
    one, again = (courses("DL-01", COURSE, FIVE, seed=7) for _ in range(2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, courses("DL-01", COURSE, FIVE, seed=8))
    assert not np.array_equal(one, courses("DL-03", COURSE, FIVE, seed=7))


def test_without_any_spread_the_scenario_itself_decides():
    nothing = Spread({})
    assert odds(target(140), COURSE, nothing, SETTINGS).chance == 1.0
    assert odds(target(140.001), COURSE, nothing, SETTINGS).chance == 0.0
    assert odds(target(120), COURSE, nothing, SETTINGS).expected_year == 2028


def test_the_expected_year_is_the_one_by_which_half_have_reached_it():
    found = odds(target(119), COURSE, FIVE, SETTINGS)
    by_hand = next(y for y, share in found.reached_by.items() if share >= 0.5)
    assert found.expected_year == by_hand == 2028
    assert odds(target(500), COURSE, FIVE, SETTINGS).expected_year is None


def test_every_year_has_to_hold_in_every_year():
    flat = trajectory(Start(2026, 100.0), Growth(0), 2028)
    spread = Spread({2027: 5.0, 2028: 1e-12})
    found = odds(target(100, "every_year", end=2028), flat, spread, SETTINGS)
    assert found.chance == pytest.approx(0.5, abs=SAMPLING)


def test_of_a_total_the_errors_of_all_years_add_up():
    course = trajectory(Start(2026, 100.0, total=50.0), Growth(0), 2028)
    found = odds(target(260, "cumulative", end=2028), course, Spread({2027: 6.0, 2028: 8.0}),
                 SETTINGS)  # fmt: skip
    assert found.chance == pytest.approx(normal_chance(250, 10, 260), abs=SAMPLING)


def test_between_is_met_above_its_weak_end_and_a_kept_about_on_both_sides():
    between = odds(target(130, comparator="between", high=135), COURSE, FIVE, SETTINGS)
    assert between.chance == pytest.approx(normal_chance(140, 10, 130), abs=SAMPLING)
    kept = odds(target(140, comparator="about", direction="keep"), COURSE, FIVE, SETTINGS)
    both = normal_chance(140, 10, 133) - normal_chance(140, 10, 147)
    assert kept.chance == pytest.approx(both, abs=SAMPLING)


def test_a_rate_never_leaves_its_range():
    course = trajectory(Start(2026, 98.0), Steps(0.4), 2030)
    found = odds(target(99), course, FIVE, SETTINGS, limits=Limits(0, 100))
    assert found.courses.max() == 100.0
    assert found.bands[2030][4] == 100.0


def test_whole_numbers_are_compared_rounded():
    course = trajectory(Start(2026, 4.0), Steps(-0.91), 2030)  # ends at 0.36
    asked = target(0, comparator="at_most", direction="down")
    assert odds(asked, course, Spread({}), SETTINGS, whole=True).chance == 1.0
    assert odds(asked, course, Spread({}), SETTINGS).chance == 0.0


def test_what_is_just_enough_meets_even_where_rounding_would_lose_it():
    about = target(75, comparator="about")  # its weak end is 71.25
    course = trajectory(Start(2026, 71.25), Steps(0), 2030)
    assert odds(about, course, Spread({}), SETTINGS, whole=True).chance == 1.0
    assert value_meets(about, 71.25, SETTINGS, whole=True)
    assert not value_meets(about, 71.0, SETTINGS, whole=True)


def test_the_own_spread_is_a_share_of_each_years_value():
    assert own_spread(COURSE, 5).yearly == pytest.approx({2027: 5.5, 2028: 6, 2029: 6.5, 2030: 7})
    with pytest.raises(ValueError, match="101"):
        own_spread(COURSE, 101)


def test_the_forecasts_spread_is_as_wide_as_the_forecast():
    values = [50, 55, 57, 64, 66, 73, 75, 82, 100]
    ahead = forecast(range(2018, 2027), values, "money", range(1, 5))
    spread = forecast_spread(COURSE, ahead)
    total = 0.0
    for year in ahead.years:
        total += spread.yearly[year.year] ** 2
        half = (year.quantiles[0.9] - year.quantiles[0.1]) / 2
        assert math.sqrt(total) == pytest.approx(half / 1.2815515655446004, rel=1e-9)
    assert forecast_spread(COURSE, forecast([2026], [1.0], "money", [1])) is None


def test_no_year_ahead_has_no_chance():
    here = trajectory(Start(2026, 1.0), Steps(1), 2026)
    assert judged(target(1), here.years[1:], np.empty((0, 5)), SETTINGS).chance == 0.0
