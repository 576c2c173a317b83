from datetime import date

import pytest

from indicators.facts import Context
from indicators.model import Indicator, Observation, SetBaseline, Settings
from indicators.periods import parse
from indicators.standing import elapsed_pct, standing
from tests.figures import figures, indicator, target

DAY = date(2026, 11, 22)


def at(day=DAY, **more):
    return Context(day, **more)


def dl01(**values):
    return standing(target(), indicator("flow"), {"": figures(**values)}, at())


# --- level ------------------------------------------------------------------------


def test_half_a_year_is_held_against_the_half_years_path_never_the_years_target():
    # 1600 from 100 over 2024-2030 doubles every year and a half: 2026 asks for 100*16^(2/6)=251.98
    # and the first half for its usual 60 %: 151.19
    found = standing(
        target(low=1600.0),
        indicator("flow"),
        {"": figures(y2023=100, y2023_H1=60, y2024=100, y2025=160, y2026_H1=140)},
        at(),
    )
    assert found.latest.period.text == "2026-H1"
    assert (found.path.period.text, found.path.rule) == ("2026-H1", "season")
    assert found.path.value == pytest.approx(100 * 16 ** (2 / 6) * 0.6)
    assert found.gap == pytest.approx(140 - found.path.value)
    assert found.gap_pct == pytest.approx(found.gap / found.path.value * 100)
    assert found.current == 160  # the last whole year
    assert found.gap_to_target == 160 - 1600


def test_the_same_period_of_the_year_before_is_compared_in_number_and_percent():
    found = dl01(y2025_H1=3_000_000, y2025=5_000_000, y2026_H1=3_300_000)
    assert found.same_period.period.text == "2025-H1"
    assert found.same_period.change == 300_000
    assert found.same_period.change_pct == pytest.approx(10)


def test_a_rate_is_compared_in_points_only():
    found = standing(
        target(low=75.0, unit="%"), indicator("rate"), {"": figures(y2024=61, y2025=63.5)}, at()
    )
    assert found.same_period.change == 2.5
    assert found.same_period.change_pct is None


def test_percent_of_the_years_plan_counts_the_year_so_far():
    own = figures(y2025=100, y2026_Q1=20, y2026_Q2=40)
    found = standing(target(), indicator("flow"), {"": own}, at(plans={"": {2026: 120.0}}))
    assert found.latest.period.text == "2026-Q2"
    assert (found.year_plan, found.plan_pct) == (120, 50)


def test_without_the_first_quarter_there_is_no_percent_of_the_plan():
    own = figures(y2025=100, y2026_Q2=40)
    found = standing(target(), indicator("flow"), {"": own}, at(plans={"": {2026: 120.0}}))
    assert found.plan_pct is None


def test_a_stock_stands_against_the_target_with_its_newest_figure():
    own = figures(y2024=4000, y2025=4200, y2026_H1=4300)
    found = standing(target(low=5500.0), indicator("stock"), {"": own}, at())
    assert (found.current, found.gap_to_target) == (4300, -1200)


def test_a_figure_older_than_two_years_gives_no_verdict():
    found = dl01(y2021=1, y2022=2, y2023=3)
    assert found.stale
    assert found.verdict.scale == "cannot_judge"
    newer = dl01(y2021=1, y2022=2, y2023=3, y2024=4)
    assert not newer.stale


def test_stale_begins_the_day_after_two_years():
    own = {"": figures(y2022=2, y2023=3, y2024_H1=3)}
    on_the_day = standing(target(), indicator("stock"), own, at(date(2026, 6, 30)))
    day_after = standing(target(), indicator("stock"), own, at(date(2026, 7, 1)))
    assert (on_the_day.stale, day_after.stale) == (False, True)


def test_no_figure_is_no_data_and_has_no_path():
    found = dl01()
    assert found.verdict.scale == "no_data"
    assert found.latest is found.path is found.gap is found.gap_to_target is None


def test_a_baseline_that_was_set_gives_a_path_of_the_day_without_any_figure():
    fixed = {"": SetBaseline("DL-01", "", parse("2024"), 63.0, "Quyết định")}
    asked = target(low=75.0, unit="%")
    found = standing(asked, indicator("rate"), {}, at(fixed=fixed))
    # from 63 at the end of 2024, 2 points a year: ten months of 2026 ask for 65 + 2*10/12
    assert found.path.period.text == "2026-10M"
    assert found.path.value == pytest.approx(65 + 2 * 10 / 12)


def test_a_figure_of_another_definition_is_shown_and_nothing_is_judged_by_it():
    other = Observation("KT-03", "", parse("2025-06"), 60.0, "estimate", series="statement")
    asked = target(kind="every_year", start=2025, end=2030, low=25.0)
    found = standing(asked, indicator("rate"), {}, at(), [other])
    assert found.latest == other
    assert found.alternative_only
    assert found.gap is found.path is None
    assert found.verdict.scale == "cannot_judge"


# --- every year -------------------------------------------------------------------


def every_year(day=DAY, low=8.0, comparator="at_least", **values):
    asked = target(
        kind="every_year", comparator=comparator, low=low, start=2025, end=2030,
        direction="keep", unit="%",
    )  # fmt: skip
    return standing(asked, indicator("rate"), {"": figures(**values)}, at(day))


def test_an_every_year_target_is_judged_by_its_last_closed_year():
    found = every_year(y2024=9, y2025=7.5, y2026=8.2)
    assert found.verdict.scale == "missed"
    assert (found.path.period.text, found.path.value, found.path.rule) == ("2025", 8, "bound")
    assert found.gap == -0.5
    assert found.latest.period.text == "2026"  # beside it, "đang thực hiện"


def test_an_every_year_target_is_not_due_before_its_first_year_has_closed():
    assert every_year(date(2025, 12, 31), y2025=9).verdict.scale == "not_due"
    assert every_year(date(2026, 1, 1), y2025=9).verdict.scale == "met"


def test_strictly_more_than_is_not_met_by_the_bound_itself():
    assert every_year(low=90.0, comparator="more_than", y2025=90.0).verdict.scale == "missed"
    assert every_year(low=90.0, comparator="more_than", y2025=90.1).verdict.scale == "met"


def test_half_a_year_says_nothing_of_an_every_year_target():
    assert every_year(y2025_H1=9.0).gap is None


# --- cumulative -------------------------------------------------------------------


def cumulative(**values):
    asked = target(
        kind="cumulative", comparator="between", low=100.0, high=150.0, start=2025, unit="dự án"
    )
    return standing(asked, indicator("flow"), {"": figures(**values)}, at())


def test_a_running_total_is_held_against_its_own_way_from_zero():
    found = cumulative(y2024=24, y2025=18, y2026_H1=14)
    assert (found.total.value, found.total.end.text) == (32, "2026-H1")
    # 100/6 a year: all of 2025 and half of 2026's
    assert found.path.value == pytest.approx(100 / 6 * 1.5)
    assert found.gap == pytest.approx(32 - 25)
    assert found.gap_to_target == -68
    assert found.baseline.value == 0


def test_a_total_with_a_hole_names_it_and_has_no_gap():
    found = cumulative(y2025_10M=30, y2026_H1=14)
    assert [span.text for span in found.total.missing] == ["2025-11", "2025-12"]
    assert found.gap is None
    assert found.verdict.scale == "cannot_judge"


def test_a_total_with_a_hole_that_meets_the_target_all_the_same_is_judged():
    assert cumulative(y2025_10M=80, y2026_H1=30).verdict.scale == "on_track"


# --- areas ------------------------------------------------------------------------


def each_area(values, comparator="more_than", low=50.0, **more):
    asked = target(
        kind="each_area", comparator=comparator, low=low, start=2026, term=(2026, 2030),
        areas=("03646", "03664", "03670"), unit="%",
    )  # fmt: skip
    own = {area: figures(area=area, **given) for area, given in values.items()}
    return standing(asked, indicator(more.pop("measure", "rate")), own, at(**more))


def test_the_worst_area_that_can_be_judged_stands_for_the_target():
    found = each_area(
        {
            "03646": {"y2024": 60, "y2025": 70},
            "03664": {"y2024": 30, "y2025": 30.1},
            "03670": {"y2025": 10},
        }
    )
    assert found.area == "03664"  # 03670 has one figure only and cannot be judged
    assert found.latest.value == 30.1
    assert (found.areas.reaching, found.areas.with_figures, found.areas.total) == (1, 3, 3)
    assert found.verdict.scale == "at_risk"


def test_fifty_is_not_more_than_fifty_in_any_area():
    found = each_area({code: {"y2025": 50} for code in ("03646", "03664", "03670")})
    assert found.areas.reaching == 0


def test_no_area_with_a_figure_is_no_data():
    found = each_area({})
    assert found.verdict.scale == "no_data"
    assert (found.areas.with_figures, found.areas.total) == (0, 3)


def test_something_to_be_done_in_each_area_is_not_due_before_its_day():
    done = {"03646": {"y2026_H1": 1}, "03664": {"y2026_H1": 0}}
    found = each_area(done, comparator="done", low=1.0, measure="done")
    assert found.areas.reaching == 1
    assert found.verdict.scale == "not_due"
    assert found.path is None


SHARE = Indicator("AN-01", "rate", area_rollup="share_of_areas", maximum=100.0)
COMMUNES = ("03646", "03664", "03670", "03679")


def share(values, own=None):
    by_area = {
        area: {
            period: one._replace(indicator="AN-01")
            for period, one in figures(area=area, **given).items()
        }
        for area, given in values.items()
    }
    asked = target(code="AN-01", low=100.0, unit="%")
    return standing(asked, SHARE, {**by_area, "": own or {}}, at(communes=COMMUNES))


def test_the_share_of_areas_is_worked_out_once_every_area_has_a_figure_of_the_period():
    values = {code: {"y2025": 1.0} for code in COMMUNES}
    values["03679"] = {"y2025": 0.0}
    found = share(values)
    assert found.latest.value == 75
    assert found.areas.reaching == 3
    del values["03679"]
    partly = share(values)
    assert partly.latest is None
    assert (partly.areas.with_figures, partly.areas.total) == (3, 4)


def test_the_provinces_own_figure_stands_before_the_share_of_its_areas():
    values = {code: {"y2025": 1.0} for code in COMMUNES}
    assert share(values, figures(y2025=61.3)).latest.value == 61.3


def test_time_elapsed_runs_from_the_terms_first_day_to_the_targets_last():
    asked = target(term=(2026, 2030), end=2027)
    assert elapsed_pct(asked, date(2026, 12, 31)) == 50
    assert elapsed_pct(asked, date(2025, 1, 1)) == 0
    assert elapsed_pct(asked, date(2031, 1, 1)) == 100


def test_the_tolerance_of_about_is_a_setting():
    own = {"": figures(y2025=94)}
    asked = target(kind="every_year", comparator="about", low=100.0, start=2025, direction="keep")
    strict = standing(asked, indicator("flow"), own, at())
    lenient = standing(asked, indicator("flow"), own, at(settings=Settings(about_pct=10)))
    assert (strict.verdict.scale, lenient.verdict.scale) == ("missed", "met")
