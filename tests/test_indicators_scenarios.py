"""Trajectories: each base course against its formula worked out by hand, effects on top."""

from __future__ import annotations

import math

import pytest

from indicators.scenarios import Limits, Start, Trajectory, trajectory
from indicators.scenarios_shapes import (
    Curve,
    Delay,
    Growth,
    Line,
    Logistic,
    Own,
    Project,
    Saturating,
    Shock,
    Steps,
)

TEN = Start(2025, 100.0)
EXACT = 1e-9


def values(*args: object, **more: object) -> list[float]:
    return list(trajectory(*args, **more).values)  # type: ignore[arg-type]


def test_growth_compounds_from_the_figure():
    assert values(TEN, Growth(10), 2027) == pytest.approx([100, 110, 121], abs=EXACT)


def test_a_fall_compounds_as_well():
    assert values(TEN, Growth(-20), 2027) == pytest.approx([100, 80, 64], abs=EXACT)


def test_yearly_steps_add_up():
    assert values(TEN, Steps(-7.5), 2028) == pytest.approx([100, 92.5, 85, 77.5], abs=EXACT)


def test_a_line_arrives_exactly_and_stays():
    found = values(TEN, Line(130.1, 2028), 2030)
    assert found[3:] == [130.1, 130.1, 130.1]
    assert found[1] == pytest.approx(100 + 30.1 / 3, abs=EXACT)


def test_a_rate_nears_its_ceiling_by_the_same_share_of_what_is_missing():
    # 60 of 100, half of the rest a year: 80, 90, 95
    assert values(Start(2025, 60.0), Saturating(100, 50), 2028) == pytest.approx(
        [60, 80, 90, 95], abs=EXACT
    )


def test_logistic_growth_multiplies_the_odds():
    # 20 of 100 are odds of 1:4; doubled they are 1:2 (33.3 %), then 1:1 (50 %), then 2:1
    assert values(Start(2025, 20.0), Logistic(100, 100), 2028) == pytest.approx(
        [20, 100 / 3, 50, 200 / 3], abs=EXACT
    )


def test_an_s_curve_is_half_way_in_the_middle_and_arrives():
    found = values(TEN, Curve(200, 2029, steepness=2.0), 2031)
    assert found[2] == pytest.approx(150, abs=EXACT)
    assert found[4:] == [200, 200, 200]
    low, high = 1 / (1 + math.exp(4)), 1 / (1 + math.exp(-4))
    first = (1 / (1 + math.exp(2)) - low) / (high - low)
    assert found[1] == pytest.approx(100 + 100 * first, abs=EXACT)


def test_own_values_are_taken_as_typed_and_straight_between():
    own = Own({2026: 90.0, 2029: 120.0, 2024: 1.0})
    assert values(TEN, own, 2030) == pytest.approx([100, 90, 100, 110, 120, 120], abs=EXACT)


def test_a_delay_keeps_the_value_and_moves_the_rest():
    assert values(TEN, Growth(10), 2028, [Delay(2)]) == pytest.approx(
        [100, 100, 100, 110], abs=EXACT
    )


def test_a_bad_year_recovers_evenly():
    # -30 % in 2026, two thirds of it in 2027, one third in 2028, nothing in 2029
    found = values(TEN, Steps(0), 2029, [Shock(2026, -30, recovery=3)])
    assert found == pytest.approx([100, 70, 80, 90, 100], abs=EXACT)


def test_a_shock_without_recovery_stays():
    found = values(TEN, Growth(10), 2027, [Shock(2026, -50, recovery=None)])
    assert found == pytest.approx([100, 55, 60.5], abs=EXACT)


def test_a_project_builds_up_and_lasts():
    found = values(TEN, Steps(10), 2029, [Project(2027, 60, ramp=2)])
    assert found == pytest.approx([100, 110, 150, 190, 200], abs=EXACT)


def test_effects_act_in_their_order():
    shock_first = values(TEN, Steps(0), 2026, [Shock(2026, -50), Project(2026, 10)])
    project_first = values(TEN, Steps(0), 2026, [Project(2026, 10), Shock(2026, -50)])
    assert shock_first[1] == pytest.approx(60, abs=EXACT)
    assert project_first[1] == pytest.approx(55, abs=EXACT)


def test_a_rate_is_held_at_its_end_and_that_is_said():
    found = trajectory(Start(2025, 98.0), Growth(2), 2027, limits=Limits(0, 100))
    assert found.values == pytest.approx((98, 99.96, 100), abs=EXACT)
    assert found.held == (2027,)


def test_a_running_total_sums_growing_amounts():
    start = Start(2026, 20.0, total=30.0)
    found = trajectory(start, Growth(10), 2028)
    assert found.values == pytest.approx((30, 52, 76.2), abs=EXACT)
    assert found.amounts == pytest.approx((0, 22, 24.2), abs=EXACT)


def test_of_a_year_not_counted_to_its_end_the_open_share_comes_on_top():
    start = Start(2025, 36.0, total=30.0, open_share=1 / 6)  # counted to October
    assert trajectory(start, Growth(0), 2026).values == pytest.approx((36, 72), abs=EXACT)
    assert trajectory(start, Steps(12), 2026).values == pytest.approx((32, 44), abs=EXACT)
    assert trajectory(start, Line(100, 2026), 2026).values == pytest.approx((40, 100), abs=EXACT)


def test_a_bad_year_of_a_running_total_is_lost_for_good():
    start = Start(2026, 10.0, total=0.0)
    found = trajectory(start, Steps(10), 2029, [Shock(2027, -100)])
    assert found.values == pytest.approx((0, 0, 10, 20), abs=EXACT)


def test_a_trajectory_gives_no_value_outside_its_years():
    found = trajectory(TEN, Growth(0), 2026)
    assert isinstance(found, Trajectory)
    assert (found.of(2024), found.of(2026), found.of(2027)) == (None, 100.0, None)


@pytest.mark.parametrize("pct", [-100.0, -250.0, 1_000_000.0, math.nan, math.inf])
def test_a_growth_that_nobody_can_mean_is_refused(pct):
    with pytest.raises(ValueError, match="growth"):
        Growth(pct)


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: Own({}), "own values"),
        (lambda: Shock(2026, -10, recovery=0), "recovery"),
        (lambda: Shock(2026, -101), "shock"),
        (lambda: Project(2026, 5, ramp=0), "build up"),
        (lambda: Delay(-1), "delay"),
        (lambda: Curve(1, 2030, steepness=0), "steepness"),
        (lambda: Saturating(100, 120), "missing"),
        (lambda: trajectory(TEN, Growth(1), 2024), "2024"),
        (lambda: trajectory(TEN, Growth(1), 2076), "2076"),
        (lambda: Start(2025, math.nan), "nan"),
    ],
)
def test_what_means_nothing_is_refused_by_name(make, named):
    with pytest.raises(ValueError, match=named):
        make()
