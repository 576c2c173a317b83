"""What it takes, against cases worked out by hand and against the trajectory itself."""

from __future__ import annotations

import pytest

from indicators.model import Settings, Target
from indicators.scenarios import Limits, Start, trajectory
from indicators.scenarios_goal import goal, latest_start
from indicators.scenarios_past import achieved, changes
from indicators.scenarios_shapes import Delay, Growth, Project, Shock, Steps

EXACT = 1e-9
SETTINGS = Settings()
RATE = Limits(0, 100)


def target(
    low: float,
    kind: str = "level",
    comparator: str = "at_least",
    *,
    high: float | None = None,
    start: int = 2026,
    end: int = 2030,
    direction: str = "up",
) -> Target:
    return Target(
        "XX-01", "", "", "", "", kind, comparator, low, high, start, end, direction,
        "province", "D", "L",
    )  # fmt: skip


def test_growth_and_step_to_a_level():
    found = goal(target(200), Start(2026, 100.0), SETTINGS)
    # fourth root of 2
    assert found.growth_pct == pytest.approx(18.920711500272103, abs=EXACT)
    assert found.step == pytest.approx(25, abs=EXACT)
    assert (found.by, found.reachable, found.met) == (2030, True, False)
    assert found.reason.key == "goal_level"


def test_another_year_until_which():
    found = goal(target(121), Start(2026, 100.0), SETTINGS, by=2028)
    assert found.growth_pct == pytest.approx(10, abs=EXACT)
    assert found.step == pytest.approx(10.5, abs=EXACT)


def test_a_rate_close_to_100_is_reached_to_the_last_digit():
    found = goal(target(100), Start(2026, 99.9), SETTINGS, limits=RATE)
    assert found.reachable
    assert found.step == pytest.approx(0.025, abs=EXACT)
    assert 99.9 * (1 + found.growth_pct / 100) ** 4 == pytest.approx(100, abs=EXACT)


def test_a_rate_above_100_is_not_reachable_and_says_why():
    found = goal(target(100.5), Start(2026, 99.0), SETTINGS, limits=RATE)
    assert not found.reachable
    assert found.growth_pct is None
    assert found.step is None
    assert found.reason.key == "goal_above_most"
    assert found.reason.numbers["limit"] == 100


def test_down_to_a_ceiling():
    found = goal(
        target(64, comparator="at_most", direction="down", end=2028), Start(2026, 100.0), SETTINGS
    )
    assert found.growth_pct == pytest.approx(-20, abs=EXACT)
    assert found.step == pytest.approx(-18, abs=EXACT)
    assert found.down


def test_down_to_nothing_has_a_step_but_no_even_growth():
    found = goal(
        target(0, comparator="at_most", direction="down", end=2030), Start(2026, 12.0), SETTINGS
    )
    assert found.reachable
    assert found.growth_pct is None
    assert found.step == pytest.approx(-3, abs=EXACT)


def test_from_nothing_there_is_a_step_but_no_growth():
    found = goal(target(20), Start(2026, 0.0), SETTINGS)
    assert found.reachable
    assert (found.growth_pct, found.step) == (None, 5)


def test_about_is_enough_at_its_weak_end():
    found = goal(target(100, comparator="about", end=2027), Start(2026, 90.0), SETTINGS)
    assert found.aim == 95  # tolerance of 5 %
    assert found.step == pytest.approx(5, abs=EXACT)


def test_between_is_enough_at_the_end_on_the_way():
    up = goal(target(100, comparator="between", high=150, end=2027), Start(2026, 90.0), SETTINGS)
    down = goal(
        target(100, comparator="between", high=150, end=2027, direction="down"),
        Start(2026, 180.0),
        SETTINGS,
    )
    assert (up.aim, up.step) == (100, 10)
    assert (down.aim, down.step) == (150, -30)


def test_more_than_has_to_be_passed_and_says_so():
    found = goal(target(90, comparator="more_than"), Start(2026, 86.0), SETTINGS, limits=RATE)
    assert found.strict
    assert found.step == pytest.approx(1, abs=EXACT)
    assert found.reason.numbers["strict"] is True
    at_bound = goal(target(90, comparator="more_than"), Start(2026, 90.0), SETTINGS)
    assert not at_bound.met


def test_every_year_asks_already_for_the_next_one():
    found = goal(target(8, "every_year"), Start(2026, 6.4), SETTINGS)
    assert (found.first, found.by) == (2027, 2030)
    assert found.step == pytest.approx(1.6, abs=EXACT)
    assert found.growth_pct == pytest.approx(25, abs=EXACT)


def test_every_year_that_is_met_may_lose_only_what_the_last_year_can_bear():
    found = goal(target(8, "every_year"), Start(2026, 10.0), SETTINGS)
    assert found.met
    assert found.step == pytest.approx(-0.5, abs=EXACT)  # 10, 9.5, 9, 8.5, 8
    assert found.reason.key == "goal_met"


def test_a_total_asks_for_an_even_amount_a_year():
    found = goal(target(100, "cumulative"), Start(2026, 10.0, total=20.0), SETTINGS)
    assert found.step == pytest.approx(20, abs=EXACT)
    q = 1 + found.growth_pct / 100
    assert 20 + 10 * (q + q**2 + q**3 + q**4) == pytest.approx(100, abs=EXACT)


def test_the_growth_of_a_total_is_known_where_it_is_a_round_number():
    # 20 + 10·(2 + 4) = 80: amounts that double
    found = goal(target(80, "cumulative", end=2028), Start(2026, 10.0, total=20.0), SETTINGS)
    assert found.growth_pct == pytest.approx(100, abs=EXACT)


def test_what_a_year_has_not_counted_yet_takes_its_share():
    # 70 left over 2 months and 5 years
    start = Start(2025, 36.0, total=30.0, open_share=1 / 6)
    found = goal(target(100, "cumulative"), start, SETTINGS)
    assert found.step == pytest.approx(70 / (5 + 1 / 6), abs=EXACT)
    assert trajectory(start, Steps(found.step), 2030).values[-1] == pytest.approx(100, abs=EXACT)


def test_a_total_that_is_enough_cannot_be_lost_again():
    found = goal(target(100, "cumulative"), Start(2026, 10.0, total=120.0), SETTINGS)
    assert found.met
    assert found.reason.key == "goal_met_total"


@pytest.mark.parametrize(
    "effects",
    [
        [Shock(2027, -30, recovery=2)],
        [Shock(2029, -30, recovery=None)],
        [Project(2028, 25.0, ramp=2)],
        [Delay(2)],
        [Delay(1), Shock(2029, -10, recovery=3), Project(2030, 5)],
    ],
)
@pytest.mark.parametrize("start", [Start(2026, 100.0), Start(2026, 100.0, total=40.0)])
def test_what_it_takes_with_effects_arrives_exactly(effects, start):
    kind = "level" if start.total is None else "cumulative"
    asked = target(170.0 if start.total is None else 700.0, kind)
    found = goal(asked, start, SETTINGS, effects=effects)
    grown = trajectory(start, Growth(found.growth_pct), 2030, effects)
    stepped = trajectory(start, Steps(found.step), 2030, effects)
    assert grown.values[-1] == pytest.approx(asked.low, abs=1e-7)
    assert stepped.values[-1] == pytest.approx(asked.low, abs=1e-7)


def test_a_delay_that_leaves_no_year_is_not_reachable():
    found = goal(target(170), Start(2026, 100.0), SETTINGS, effects=[Delay(4)])
    assert (found.reachable, found.reason.key) == (False, "goal_no_time")


def test_a_period_that_is_over_is_said():
    missed = goal(target(170), Start(2030, 100.0), SETTINGS)
    reached = goal(target(90), Start(2030, 100.0), SETTINGS)
    assert (missed.reachable, missed.reason.key) == (False, "goal_over")
    assert reached.reachable
    assert reached.met


def test_done_or_not_has_no_path():
    with pytest.raises(ValueError, match="XX-01"):
        goal(target(1, comparator="done"), Start(2026, 0.0), SETTINGS)


def test_the_latest_start_of_a_pace():
    found = goal(target(146.41, end=2033), Start(2026, 100.0), SETTINGS)
    # four years of 10 %: 2030, 2031, 2032, 2033
    assert latest_start(found, growth_pct=10) == 2030
    assert latest_start(found, step=10) == 2029  # five years for 46.41
    assert latest_start(found, growth_pct=1) is None
    assert latest_start(found, step=-3) is None
    with pytest.raises(ValueError, match="pace"):
        latest_start(found)


def test_the_latest_start_of_a_total_keeps_todays_amounts_until_then():
    found = goal(target(100, "cumulative"), Start(2026, 10.0, total=20.0), SETTINGS)
    # 20 + 10 + 10 + 30 + 30 = 100: from 2029 on
    assert latest_start(found, step=30) == 2029
    assert latest_start(found, step=19) is None


def test_beside_it_what_was_ever_achieved():
    values = {2019: 50.0, 2020: 40.0, 2021: 44.0, 2022: 66.0, 2023: 66.0, 2024: 72.6}
    found = achieved(values)
    assert (found.first, found.last) == (2019, 2024)
    assert found.best_growth_pct == pytest.approx(50, abs=EXACT)
    assert found.mean_growth_pct == pytest.approx(100 * ((72.6 / 50) ** 0.2 - 1), abs=EXACT)
    assert found.best_step == pytest.approx(22, abs=EXACT)
    assert found.mean_step == pytest.approx(4.52, abs=EXACT)
    assert found.recent_step == pytest.approx((72.6 - 44) / 3, abs=EXACT)
    assert found.recent_first == 2021


def test_over_a_gap_the_pace_is_that_of_one_year():
    [one] = changes({2021: 100.0, 2023: 121.0})
    assert one.growth_pct == pytest.approx(10, abs=EXACT)
    assert one.step == pytest.approx(10.5, abs=EXACT)


def test_where_down_is_better_the_best_is_the_lowest():
    found = achieved({2022: 100.0, 2023: 80.0, 2024: 90.0}, down=True)
    assert found.best_step == -20


def test_of_a_total_a_step_is_a_years_amount():
    found = achieved({2023: 10.0, 2024: 30.0}, total=True)
    assert (found.best_step, found.mean_step) == (30, 20)


def test_one_figure_shows_no_pace():
    assert achieved({2024: 1.0}) is None
