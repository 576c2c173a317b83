from datetime import date

import numpy as np
import pytest

from indicators.forecast import forecast
from indicators.forecast_chance import History, chance, outlook
from indicators.forecast_nowcast import nowcast
from indicators.model import Settings
from tests.figures import indicator, target

TODAY = date(2026, 8, 1)
VISITS = {2022: 4.4e6, 2023: 4.56e6, 2024: 4.9e6, 2025: 5.2e6}
FLOW = indicator("flow", decimals=0, minimum=0)
RATE = indicator("rate", decimals=1, minimum=0, maximum=100)
GROWTH = indicator("rate", decimals=1)


def keys(found):
    return [reason.key for reason in found.reasons]


def chance_of(history, subject=FLOW, today=TODAY, settings=None, **changes):
    known = history if isinstance(history, History) else History(history)
    return outlook(target(**changes), subject, known, today, settings).chance


# --- level ---------------------------------------------------------------------------------


def test_a_level_asks_the_last_years_value():
    ahead = forecast(list(VISITS), list(VISITS.values()), "count", range(1, 6)).of(2030)
    found = chance_of(VISITS, low=6e6)
    assert found.year == 2030
    # Whole visits: 5.999.999,5 is already counted as 6 million.
    assert found.probability == pytest.approx(ahead.prob(6e6 - 0.5))
    assert keys(found) == ["chance_level"]
    numbers = found.reasons[0].numbers
    assert (numbers["low"], numbers["high"]) == (ahead.quantiles[0.1], ahead.quantiles[0.9])


def test_a_ceiling_asks_the_other_way_round():
    floor = chance_of(VISITS, indicator("flow", decimals=1, minimum=0), low=6e6)
    ceiling = chance_of(
        VISITS, indicator("flow", decimals=1, minimum=0), low=6e6, comparator="at_most"
    )
    assert floor.probability + ceiling.probability == pytest.approx(1)


def test_a_count_can_reach_zero_since_it_is_compared_rounded():
    history = {2021: 40, 2022: 28, 2023: 15, 2024: 6, 2025: 2}
    zero = {"low": 0.0, "comparator": "at_most", "direction": "down"}
    count = chance_of(history, indicator("stock", "HTX-05", decimals=0, minimum=0), **zero)
    assert 0.3 < count.probability <= 0.96
    ahead = forecast(list(history), list(history.values()), "count", range(1, 6)).of(2030)
    assert count.probability == pytest.approx(1 - ahead.at_least(0.5))


def test_more_than_a_whole_number_asks_for_the_next_one():
    more = chance_of({2022: 4, 2023: 5, 2024: 5, 2025: 6}, low=7, comparator="more_than")
    least = chance_of({2022: 4, 2023: 5, 2024: 5, 2025: 6}, low=8, comparator="at_least")
    assert more.probability == least.probability


def test_about_asks_for_its_weak_end_and_the_tolerance_is_a_setting():
    about = chance_of(VISITS, low=6e6, comparator="about")
    at_least = chance_of(VISITS, low=5.7e6)
    assert about.probability == at_least.probability
    wide = chance_of(VISITS, settings=Settings(about_pct=10), low=6e6, comparator="about")
    assert wide.probability == chance_of(VISITS, low=5.4e6).probability


def test_about_that_is_to_be_kept_asks_for_neither_too_little_nor_too_much():
    rates = {2022: 50.0, 2023: 52.0, 2024: 49.0, 2025: 51.0}
    found = chance_of(rates, RATE, low=50, comparator="about", direction="keep", unit="%")
    ahead = forecast(list(rates), list(rates.values()), "rate", range(1, 6)).of(2030)
    assert found.probability == pytest.approx(ahead.at_least(47.5) - ahead.at_least(52.5))


def test_an_interval_asks_for_its_weak_end():
    up = chance_of(VISITS, low=5e6, high=6e6, comparator="between")
    assert up.probability == chance_of(VISITS, low=5e6).probability
    down = chance_of(VISITS, low=5e6, high=6e6, comparator="between", direction="down")
    assert down.probability == chance_of(VISITS, low=6e6, comparator="at_most").probability


def test_all_of_a_hundred_percent_can_be_kept():
    full = chance_of({2022: 100, 2023: 100, 2024: 100, 2025: 100}, RATE, low=100, unit="%")
    assert full.probability == 0.96


def test_the_running_year_may_be_an_estimate_from_its_first_half():
    halves = {2023: 2.28e6, 2024: 2.45e6, 2025: 2.6e6, 2026: 4e6}
    running = nowcast(halves, VISITS, 2026, "count")
    with_half = chance_of(History(VISITS, running), low=8e6)
    without = chance_of(VISITS, low=8e6)
    assert with_half.probability > without.probability + 0.1


def test_the_estimate_gives_way_to_the_years_own_figure():
    halves = {2023: 2.28e6, 2024: 2.45e6, 2025: 4e6}
    running = nowcast(halves, {y: v for y, v in VISITS.items() if y < 2025}, 2025, "count")
    assert chance_of(History(VISITS, running)) == chance_of(VISITS)


def test_a_figure_in_the_middle_of_the_last_year_leaves_its_end_open():
    rates = {2027: 60.0, 2028: 64.0, 2029: 68.0, 2030: 74.0}
    july = date(2030, 8, 10)
    open_end = chance_of(History(rates, months_left=5), RATE, july, low=75, unit="%")
    assert (open_end.year, keys(open_end)) == (2030, ["chance_level"])
    ahead = forecast(list(rates), list(rates.values()), "rate", [0], months_left=5).years[0]
    assert open_end.probability == ahead.prob(75)
    assert 0.2 < open_end.probability < 0.8
    closed = chance_of(History(rates), RATE, july, low=75, unit="%")
    assert (closed.probability, keys(closed)) == (None, ["chance_known"])


def test_a_figure_too_old_gives_no_chance():
    old = chance_of({2017: 1.0, 2018: 2.0, 2019: 3.0}, today=date(2026, 8, 1))
    assert (old.probability, keys(old)) == (None, ["chance_stale"])
    fresh = {"stale_months": 96}
    assert chance_of({2017: 1.0, 2019: 3.0}, settings=Settings(**fresh)).probability is not None


def test_a_figure_of_the_middle_of_a_year_is_too_old_from_the_middle_of_a_year_on():
    july = History({2021: 60.0, 2022: 62.0, 2024: 66.0}, months_left=5)
    asked = {"low": 75.0, "unit": "%"}
    assert keys(chance_of(july, RATE, date(2026, 7, 31), **asked))[0] == "chance_level"
    assert keys(chance_of(july, RATE, date(2026, 8, 1), **asked)) == ["chance_stale"]
    december = History(july.years)
    assert keys(chance_of(december, RATE, date(2026, 12, 31), **asked))[0] == "chance_level"
    assert keys(chance_of(december, RATE, date(2027, 1, 1), **asked)) == ["chance_stale"]


@pytest.mark.parametrize(
    ("history", "key"), [({}, "forecast_no_points"), ({2025: 5e6}, "forecast_one_point")]
)
def test_too_few_figures_give_no_chance_and_the_reason(history, key):
    found = chance_of(history)
    assert (found.probability, keys(found)) == (None, [key])


def test_two_figures_give_a_chance_that_is_called_uncertain():
    found = chance_of({2024: 4.9e6, 2025: 5.2e6}, low=6e6)
    assert 0.04 < found.probability < 0.96
    assert keys(found) == ["chance_level", "forecast_few_points"]


def test_a_capped_chance_says_so():
    found = chance_of(VISITS, low=2e7)
    assert found.probability == 0.04
    assert keys(found) == ["chance_level", "chance_capped"]


def test_the_last_year_passed_without_a_figure_is_still_forecast():
    found = chance_of(VISITS, low=5e6, start=2025, end=2026, today=date(2027, 3, 1))
    assert (found.year, keys(found)) == (2026, ["chance_level"])


# --- every year ----------------------------------------------------------------------------


def test_every_year_asks_the_running_year():
    growth = {2021: 7.1, 2022: 8.4, 2023: 6.9, 2024: 8.2, 2025: 7.7}
    asked = {"low": 8.0, "kind": "every_year", "start": 2025, "direction": "keep", "unit": "%"}
    found = chance_of(growth, GROWTH, **asked)
    ahead = forecast(list(growth), list(growth.values()), "growth", [1]).years[0]
    assert (found.year, found.probability) == (2026, ahead.prob(8.0))
    assert keys(found)[0] == "chance_every_year"


def test_every_year_before_the_term_asks_its_first_year_and_after_it_nothing():
    asked = {"low": 5e6, "kind": "every_year", "start": 2028, "end": 2030, "direction": "keep"}
    assert chance_of(VISITS, **asked).year == 2028
    later = {**VISITS, 2029: 5e6, 2030: 5e6}
    over = chance_of(later, today=date(2031, 2, 1), **asked)
    assert (over.probability, keys(over)) == (None, ["chance_over"])


# --- cumulative ----------------------------------------------------------------------------

PROJECTS = {2023: 18.0, 2024: 21.0, 2025: 20.0}
TERM = {"kind": "cumulative", "low": 120.0, "start": 2025, "end": 2030, "unit": "dự án"}


def test_a_total_adds_possible_years_to_the_known_ones_path_by_path():
    found = outlook(target(**TERM), FLOW, History(PROJECTS), TODAY)
    paths, hits = found.forecast.paths(), 0
    for path in paths:
        total = PROJECTS[2025]  # 2023 and 2024 lie before the term
        for ahead, value in zip(found.forecast.years, path, strict=True):
            total += value if 2026 <= ahead.year <= 2030 else 0
        hits += total >= 119.5  # whole projects
    assert found.chance.probability == pytest.approx(hits / len(paths))
    assert 0.2 < found.chance.probability < 0.9


def test_the_years_of_a_total_are_not_taken_as_independent():
    found = outlook(target(**TERM), FLOW, History(PROJECTS), TODAY)
    paths = found.forecast.paths()
    shuffled = np.random.default_rng(1).permuted(paths, axis=0).sum(axis=1)
    spread, independent = (
        np.subtract(*np.quantile(total, [0.9, 0.1])) for total in (paths.sum(axis=1), shuffled)
    )
    assert spread > 1.2 * independent
    numbers = found.chance.reasons[0].numbers
    assert numbers["high"] - numbers["low"] == pytest.approx(spread)


def test_what_is_counted_in_the_running_year_is_not_lost_again():
    without = chance_of(PROJECTS, **TERM)
    begun = chance_of(History(PROJECTS, begun={2026: 60.0}), **TERM)
    assert begun.probability > without.probability + 0.05


def test_a_total_that_is_already_enough_needs_no_forecast():
    found = chance_of(History({2025: 90.0}, begun={2026: 31.0}), **TERM)
    assert (found.probability, keys(found)) == (0.96, ["chance_reached"])


def test_a_hole_in_the_term_gives_no_chance_of_the_total():
    found = chance_of({2023: 18.0, 2024: 21.0, 2026: 20.0}, today=date(2027, 2, 1), **TERM)
    assert (found.probability, keys(found)) == (None, ["chance_hole"])
    assert found.reasons[0].numbers["years"] == (2025,)


def test_a_full_term_leaves_nothing_to_forecast():
    full = dict.fromkeys(range(2025, 2031), 10.0)
    found = chance_of(full, today=date(2031, 2, 1), **TERM)
    assert (found.probability, keys(found)) == (None, ["chance_known"])


# --- no chance -----------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{"kind": "each_area"}, {"comparator": "done", "low": 1.0}])
def test_areas_and_deliverables_have_no_chance(changes):
    found = outlook(target(**changes), FLOW, History(VISITS), TODAY)
    assert (found.chance.probability, keys(found.chance)) == (None, ["chance_none"])
    again = chance(target(**changes), FLOW, found.forecast, History(VISITS), TODAY)
    assert again == found.chance
