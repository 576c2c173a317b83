"""The common scale: each rule in its order, on situations written by hand."""

import random
from datetime import date

import pytest

from indicators.methods.registry import METHODS
from indicators.model import Settings, Target
from indicators.verdicts import Situation, areas_verdict, exceeds, judge, meets

TODAY = date(2026, 11, 22)
AFTER = date(2031, 1, 1)


def target(**changes):
    facts = {
        "code": "X-01", "field": "", "name_vi": "", "name_en": "", "unit": "%", "kind": "level",
        "comparator": "at_least", "low": 75.0, "high": None, "start": 2030, "end": 2030,
        "direction": "up", "scope": "province", "document": "", "locator": "",
    }  # fmt: skip
    return Target(**(facts | changes))


def situation(series, day=TODAY, changes=None, **facts):
    """Whole-year figures only; the last one stands as the newest unless told otherwise."""
    last = max(series, default=None)
    known = {
        "series": series,
        "current": series.get(last),
        "latest_value": series.get(last),
        "latest_end": None if last is None else date(last, 12, 31),
        "has_figure": bool(series),
    }
    return Situation(target(**(changes or {})), day, **(known | facts))


def scale_of(*args, **facts):
    return judge(situation(*args, **facts)).scale


RISING = {2021: 50.0, 2022: 55.0, 2023: 60.0, 2024: 65.0, 2025: 70.0}


# --- levels before their day: 5 a year against (75 - 70) / 5 = 1 a year


def test_a_pace_that_suffices_is_on_track():
    verdict = judge(situation(RISING))
    assert (verdict.scale, verdict.label, verdict.provisional) == ("on_track", "sun", False)
    assert verdict.reason.numbers["need"] == pytest.approx(1.0)
    assert verdict.reason.numbers["had"] == pytest.approx(5.0)


@pytest.mark.parametrize(
    ("pace", "label", "scale"),
    [  # the gap is 10 and five years are left: open share = 1 - pace / 2
        (1.92, "sun", "on_track"),  # 4 % open
        (1.9, "partly_cloudy", "behind"),  # 5 %
        (1.6, "partly_cloudy", "behind"),  # 20 %
        (1.5, "cloudy", "at_risk"),  # 25 %
        (0.0, "thunderstorm", "at_risk"),
        (-1.0, "thunderstorm", "at_risk"),
    ],
)
def test_the_share_of_the_gap_that_stays_open_decides(pace, label, scale):
    series = {2025 - back: 65 - back * pace for back in range(5, -1, -1)}
    verdict = judge(situation(series))
    assert (verdict.label, verdict.scale) == (label, scale)
    if pace > 0:
        assert verdict.number == pytest.approx(1 - pace / 2)


def test_how_much_of_the_gap_may_stay_open_is_a_setting():
    slow = {2025 - back: 65 - back * 1.5 for back in range(5, -1, -1)}  # 25 % stay open
    assert judge(situation(slow, settings=Settings(slow_pct=30))).scale == "behind"
    assert judge(situation(slow, settings=Settings(near_pct=26, slow_pct=30))).scale == "on_track"


def test_only_the_last_six_figures_count():
    series = {2010: 5.0, 2015: 99.0} | RISING | {2020: 45.0}
    assert judge(situation(series)).reason.numbers["first_year"] == 2020


@pytest.mark.parametrize(("years", "provisional"), [(2, True), (3, True), (4, False), (5, False)])
def test_two_or_three_figures_give_a_provisional_verdict(years, provisional):
    series = dict(list(RISING.items())[-years:])
    verdict = judge(situation(series))
    assert (verdict.scale, verdict.provisional, verdict.points) == ("on_track", provisional, years)


def test_one_figure_never_makes_a_trend():
    verdict = judge(situation({2025: 60.0}))
    assert (verdict.scale, verdict.label) == ("cannot_judge", "not_assessed")
    assert verdict.reason.key == "one_figure"


def test_one_figure_that_meets_the_target_early_is_on_track():
    assert scale_of({2025: 75.0}) == "on_track"


def test_a_target_met_early_is_on_track_even_while_figures_fall():
    verdict = judge(situation({2022: 90.0, 2023: 86.0, 2024: 80.0, 2025: 76.0}))
    assert (verdict.scale, verdict.label) == ("on_track", "partly_cloudy")


def test_a_part_of_the_year_alone_cannot_be_held_against_the_year():
    now = situation({}, has_figure=True, latest_value=3e6, latest_end=date(2026, 6, 30))
    assert judge(now).scale == "cannot_judge"
    assert judge(now).reason.key == "no_whole_year"


def test_a_percentage_at_its_ceiling_is_met():
    series = dict.fromkeys(range(2021, 2026), 100.0)
    verdict = judge(situation(series, changes={"low": 100.0}))
    assert (verdict.scale, verdict.label) == ("on_track", "sun")


def test_a_ceiling_of_nothing_is_approached_and_met():
    down = {"comparator": "at_most", "direction": "down", "low": 0.0}
    falling = {2022: 20.0, 2023: 16.0, 2024: 12.0, 2025: 8.0}  # 4 a year, 8 left, five years
    assert scale_of(falling, changes=down) == "on_track"
    assert scale_of({**falling, 2026: 0.0}, changes=down) == "on_track"
    assert scale_of({2030: 0.0}, AFTER, changes=down) == "met"
    assert scale_of({2030: 1.0}, AFTER, changes=down) == "missed"


def test_years_without_a_figure_count_as_time_that_passed():
    gaps = {2015: 50.0, 2019: 54.0, 2021: 58.0, 2025: 60.0}  # 10 in ten years, 15 to go in five
    verdict = judge(situation(gaps))
    assert verdict.reason.numbers["had"] == pytest.approx(1.0)
    assert (verdict.scale, verdict.label) == ("at_risk", "cloudy")
    assert verdict.number == pytest.approx(1 - 5 / 15)


def test_figures_from_nothing_and_below_nothing_are_ordinary_figures():
    from_zero = {2022: 0.0, 2023: 10.0, 2024: 20.0, 2025: 30.0}  # 10 a year, 45 to go: 50
    assert scale_of(from_zero) == "on_track"
    below = {2022: -12.0, 2023: -8.0, 2024: -6.0, 2025: -3.0}  # 3 a year, 11 to go: 15
    assert scale_of(below, changes={"low": 8.0}) == "on_track"


# --- no figure, old figures, other definitions


def test_without_figures_there_is_no_data():
    verdict = judge(situation({}))
    assert (verdict.scale, verdict.label, verdict.points) == ("no_data", "not_assessed", 0)


def test_figures_of_another_definition_are_not_judged():
    verdict = judge(situation({}, only_alternatives=True, has_figure=True))
    assert (verdict.scale, verdict.reason.key) == ("cannot_judge", "only_alternatives")


def test_no_data_comes_before_not_due():
    assert scale_of({}, changes={"kind": "every_year", "start": 2027}) == "no_data"


@pytest.mark.parametrize(
    ("day", "scale"),
    [(date(2027, 12, 31), "on_track"), (date(2028, 1, 1), "cannot_judge")],
)
def test_a_figure_is_too_old_after_24_months(day, scale):
    verdict = judge(situation(RISING, day))
    assert verdict.scale == scale
    if scale == "cannot_judge":
        assert (verdict.reason.key, verdict.label) == ("stale", "not_assessed")
        assert verdict.reason.numbers["stale_year"] == 2025


def test_how_old_a_figure_may_be_is_a_setting():
    old = situation(RISING, date(2028, 1, 1), settings=Settings(stale_months=36))
    assert judge(old).scale == "on_track"


# --- the last day has passed


@pytest.mark.parametrize(("value", "scale"), [(75.1, "exceeded"), (75.0, "met"), (74.9, "missed")])
def test_after_the_last_day_the_figure_of_the_last_year_decides(value, scale):
    assert scale_of({2029: 70.0, 2030: value}, AFTER) == scale
    assert scale_of({2029: 70.0, 2030: value}, date(2030, 12, 31)) in (
        "on_track",
        "behind",
        "at_risk",
    )


def test_what_came_after_the_last_year_changes_nothing():
    assert scale_of({2029: 70.0, 2030: 74.0, 2031: 80.0}, date(2032, 3, 1)) == "missed"


def test_an_old_final_figure_still_decides():
    assert scale_of({2030: 80.0}, date(2040, 1, 1)) == "exceeded"


def test_without_the_last_years_figure_the_trend_stands_and_says_so():
    verdict = judge(situation({2026: 60.0, 2027: 62.0, 2028: 64.0, 2029: 66.0}, AFTER))
    assert verdict.scale == "at_risk"  # 9 to go in one year, 2 a year
    assert verdict.reason.numbers["awaited_year"] == 2030


# --- every year


YEARLY = {"kind": "every_year", "low": 8.0, "start": 2025, "direction": "keep"}


def test_the_last_closed_year_decides_not_the_running_one():
    series = {2024: 9.0, 2025: 7.0, 2026: 9.0}
    verdict = judge(situation(series, changes=YEARLY))
    assert (verdict.scale, verdict.reason.numbers["year"]) == ("missed", 2025)
    assert scale_of(series, date(2027, 1, 1), changes=YEARLY) == "met"


def test_years_met_are_counted_among_those_of_the_term():
    series = {2024: 9.0, 2025: 7.0, 2026: 8.0, 2027: 8.5}
    numbers = judge(situation(series, date(2028, 2, 1), changes=YEARLY)).reason.numbers
    assert (numbers["years_met"], numbers["years_closed"]) == (2, 3)


def test_before_its_first_year_has_closed_it_is_not_due():
    assert scale_of({2024: 3.0}, date(2025, 12, 31), changes=YEARLY) == "not_due"


def test_a_year_before_the_term_is_no_year_of_it():
    verdict = judge(situation({2023: 9.0, 2024: 9.0}, changes=YEARLY))
    assert (verdict.scale, verdict.reason.key) == ("cannot_judge", "no_closed_year")


def test_one_closed_year_is_met_or_missed_without_a_trend():
    verdict = judge(situation({2025: 8.0}, changes=YEARLY))
    assert (verdict.scale, verdict.label, verdict.provisional) == ("met", "not_assessed", False)


def test_more_than_is_strict_each_year():
    strict = YEARLY | {"comparator": "more_than", "low": 90.0}
    assert scale_of({2025: 90.0}, changes=strict) == "missed"
    assert scale_of({2025: 90.01}, changes=strict) == "met"


def test_about_each_year_has_a_tolerance_and_a_good_side():
    about = YEARLY | {"comparator": "about", "low": 75.0}
    assert scale_of({2025: 71.25}, changes=about) == "met"  # 75 less 5 %
    assert scale_of({2025: 71.2}, changes=about) == "missed"
    assert scale_of({2025: 120.0}, changes=about) == "met"
    wide = situation({2025: 68.0}, changes=about, settings=Settings(about_pct=10))
    assert judge(wide).scale == "met"


# --- running totals


PROJECTS = {
    "kind": "cumulative", "comparator": "between", "low": 100.0, "high": 150.0, "start": 2025,
}  # fmt: skip


def test_a_running_total_is_judged_by_its_own_pace():
    slow = {2024: 0.0, 2025: 10.0, 2026: 20.0}  # 80 to go in four years, 10 a year
    verdict = judge(situation(slow, date(2027, 2, 1), changes=PROJECTS))
    assert (verdict.scale, verdict.points, verdict.provisional) == ("at_risk", 2, True)
    fast = {2024: 0.0, 2025: 20.0, 2026: 40.0}
    assert scale_of(fast, date(2027, 2, 1), changes=PROJECTS) == "on_track"


def test_the_start_of_a_running_total_is_no_figure():
    verdict = judge(situation({2024: 0.0, 2025: 10.0}, changes=PROJECTS))
    assert (verdict.scale, verdict.points) == ("cannot_judge", 1)


def test_a_total_with_a_hole_is_judged_only_once_it_meets():
    hole = {"total_has_hole": True, "latest_end": date(2026, 12, 31)}
    short = situation({2024: 0.0, 2025: 60.0}, changes=PROJECTS, current=90.0, **hole)
    assert (judge(short).scale, judge(short).reason.key) == ("cannot_judge", "total_hole")
    enough = situation({2024: 0.0, 2025: 60.0}, changes=PROJECTS, current=101.0, **hole)
    assert judge(enough).scale == "on_track"
    ended = situation({2024: 0.0}, AFTER, changes=PROJECTS, current=90.0, **hole)
    assert judge(ended).scale == "cannot_judge"
    over = situation({2024: 0.0}, AFTER, changes=PROJECTS, current=151.0, **hole)
    assert judge(over).scale == "exceeded"


def test_a_half_year_can_bring_a_total_over_its_target():
    now = situation(
        {2024: 0.0, 2025: 90.0}, changes=PROJECTS, current=104.0, latest_end=date(2026, 6, 30)
    )
    assert judge(now).scale == "on_track"


@pytest.mark.parametrize(
    ("total", "scale"), [(99.0, "missed"), (100.0, "met"), (150.0, "met"), (151.0, "exceeded")]
)
def test_a_total_is_final_after_its_term(total, scale):
    series = {2024: 0.0, 2025: 50.0, 2030: total}
    assert scale_of(series, AFTER, changes=PROJECTS) == scale


# --- done or not


PLANT = {"comparator": "done", "low": 1.0, "start": 2026}


@pytest.mark.parametrize(
    ("value", "reported", "day", "scale"),
    [
        (0.0, date(2026, 6, 30), TODAY, "not_due"),
        (1.0, date(2026, 6, 30), TODAY, "on_track"),
        (1.0, date(2026, 6, 30), AFTER, "met"),
        (0.0, date(2030, 12, 31), AFTER, "missed"),
        (0.0, date(2029, 12, 31), AFTER, "cannot_judge"),
        (0.0, date(2020, 12, 31), TODAY, "not_due"),
    ],
)
def test_what_is_to_be_done(value, reported, day, scale):
    now = situation({}, day, changes=PLANT, current=value, latest_end=reported, has_figure=True)
    assert judge(now).scale == scale


# --- areas


def area(value, day=TODAY):
    return situation({2024: value - 1, 2025: value}, day, changes={"kind": "each_area"})


def of_areas(verdicts, reaching, total, worst):
    whole = situation({2025: 1.0}, changes={"kind": "each_area"})
    return areas_verdict(whole, verdicts, reaching, len(verdicts), total, worst)


def test_the_worst_area_gives_the_verdict_and_the_count_stands_beside():
    verdicts = {"03646": judge(area(40.0)), "03650": judge(area(80.0))}
    verdict = of_areas(verdicts, 1, 8, "03646")
    assert verdict.scale == "at_risk"
    numbers = verdict.reason.numbers
    assert (numbers["reaching"], numbers["with_figures"], numbers["total"]) == (1, 2, 8)
    assert numbers["area"] == "03646"


def test_without_any_area_with_figures_there_is_no_data():
    assert of_areas({}, 0, 75, None).scale == "no_data"


def test_areas_that_cannot_be_judged_are_not_hidden_by_those_not_due():
    plant = situation({}, changes=PLANT, current=0.0, latest_end=date(2026, 6, 30), has_figure=True)
    verdicts = {"1": judge(plant), "2": judge(situation({2025: 3.0}))}
    assert of_areas(verdicts, 0, 3, "1").scale == "cannot_judge"
    assert of_areas({"1": judge(plant)}, 0, 3, "1").scale == "not_due"


# --- whatever the figures


def random_situations(count):
    rng = random.Random(5)
    for _ in range(count):
        kind = rng.choice(["level", "level", "every_year", "cumulative"])
        comparator = rng.choice(["at_least", "more_than", "about", "between", "at_most"])
        down = comparator == "at_most"
        years = range(rng.randint(2018, 2025), 2027)
        if kind == "cumulative":
            series, total = {2024: 0.0}, 0.0
            for year in range(2025, 2027):
                total += rng.uniform(0, 60)
                series[year] = total
        else:
            series = {year: rng.uniform(0, 100) for year in years if rng.random() < 0.8}
        facts = {
            "kind": kind, "comparator": comparator, "low": 50.0, "start": 2025,
            "high": 70.0 if comparator == "between" else None,
            "direction": "down" if down else "up",
        }  # fmt: skip
        day = date(rng.randint(2026, 2032), rng.randint(1, 12), 15)
        yield situation(series, day, changes=facts)


def test_a_target_that_is_met_is_never_at_risk():
    seen = 0
    for now in random_situations(600):
        verdict = judge(now)
        facts = now.target
        value = verdict.reason.numbers.get("value")
        if verdict.scale in ("at_risk", "behind", "missed") and value is not None:
            seen += 1
            assert not meets(value, facts.comparator, facts.low, facts.high)
    assert seen > 50


def test_every_situation_has_a_verdict_with_a_reason():
    scales = {judge(now).scale for now in random_situations(600)}
    assert scales >= {"on_track", "at_risk", "met", "missed", "cannot_judge"}


@pytest.mark.parametrize("method", METHODS)
def test_any_method_can_be_the_default(method):
    now = situation(RISING, settings=Settings(method=method))
    verdict = judge(now)
    assert verdict.method == method
    assert verdict.scale in ("on_track", "behind", "at_risk", "cannot_judge")


def test_an_unknown_default_method_is_named():
    with pytest.raises(ValueError, match="weather"):
        judge(situation(RISING, settings=Settings(method="weather")))


def test_down_mirrors_up():
    rng = random.Random(6)
    for _ in range(200):
        series = {year: rng.uniform(-50, 50) for year in range(2021, 2026)}
        low = rng.uniform(-50, 50)
        turned = {"comparator": "at_most", "direction": "down", "low": -low}
        up = judge(situation(series, changes={"low": low}))
        down = judge(situation({y: -v for y, v in series.items()}, changes=turned))
        assert (up.scale, up.label) == (down.scale, down.label)


# --- what a target asks of one value


@pytest.mark.parametrize(
    ("value", "comparator", "low", "high", "met", "over"),
    [
        (75.0, "at_least", 75.0, None, True, False),
        (75.1, "at_least", 75.0, None, True, True),
        (90.0, "more_than", 90.0, None, False, False),
        (99.0, "more_than", 90.0, None, True, False),
        (0.0, "at_most", 0.0, None, True, False),
        (4.0, "at_most", 5.0, None, True, True),
        (99.0, "between", 100.0, 150.0, False, False),
        (150.0, "between", 100.0, 150.0, True, False),
        (151.0, "between", 100.0, 150.0, True, True),
        (5225.0, "about", 5500.0, None, True, False),
        (5224.0, "about", 5500.0, None, False, False),
        (5776.0, "about", 5500.0, None, True, True),
        (1.0, "done", 1.0, None, True, False),
        (0.1 + 0.2, "at_most", 0.3, None, True, False),
    ],
)
def test_meeting_and_exceeding(value, comparator, low, high, met, over):
    assert meets(value, comparator, low, high, 5.0) is met
    assert exceeds(value, comparator, low, high, 5.0) is over


def test_a_two_sided_about_has_no_good_side():
    assert not meets(80.0, "about", 75.0, None, 5.0, two_sided=True)
    assert meets(77.0, "about", 75.0, None, 5.0, two_sided=True)
    assert not exceeds(80.0, "about", 75.0, None, 5.0, two_sided=True)


@pytest.mark.parametrize("method", METHODS)
def test_another_default_starts_from_the_targets_own_baseline(method):
    """Figures from 2021 on, the base year of the methods' own is 2015: the baseline counts."""
    facts = {"baseline_year": 2021, "baseline_value": 50.0}
    verdict = judge(situation(RISING, settings=Settings(method=method), **facts))
    if METHODS[method].from_baseline and "base_year" in verdict.reason.numbers:
        assert verdict.reason.numbers["base_year"] == 2021
    assert verdict.scale in ("on_track", "behind", "at_risk")
