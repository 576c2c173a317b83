from collections import Counter
from datetime import date

import pytest

from indicators.current import choose, key_of
from indicators.model import PUBLISHED, STATUSES
from indicators.periods import parse
from seed import actuals, register
from seed.files import last_day


def figures(indicator, period, series=""):
    wanted = (indicator, "", parse(period), series)
    return [one for one in actuals.observations() if key_of(one) == wanted]


def current(indicator, period, day=date.max):
    known = [one for one in figures(indicator, period) if one.known_from <= day]
    return choose(known).current[0]


def test_every_row_is_a_result_a_note_a_plan_or_history():
    # 303 rows: 18 plans, 18 of odd spans, the rest results; 11 of the 32 codes have any.
    assert len(actuals.observations()) == 267
    assert len(actuals.period_notes()) == 18
    assert len(actuals.yearly_plans()) == 6
    # 39 of other documents, 10 plan figures of related indicators, 1 contradicted plan
    assert len(actuals.history_targets()) == 50
    codes = {target.code for target in register.targets()}
    assert len({one.indicator for one in actuals.observations()} & codes) == 11


def test_every_figure_has_a_citation_and_a_day():
    for one, citation in actuals.published():
        assert one.origin == PUBLISHED
        assert one.source_url.startswith("http")
        assert citation.publisher
        assert citation.quote
        assert one.known_from is not None
        assert one.status in STATUSES


def test_only_the_statistics_office_is_official():
    for one, citation in actuals.published():
        office = citation.publisher.startswith("General Statistics Office")
        assert (one.status == "official") <= office
    assert Counter(one.status for one in actuals.observations()) == {
        "preliminary": 114,
        "official": 77,
        "estimate": 76,
    }


def test_a_plan_is_never_a_result():
    values = {(one.indicator, one.period.text, one.value) for one in actuals.observations()}
    assert ("DL-01", "2024", 5500000.0) not in values
    assert ("DL-01", "2024", 4800000.0) not in values


def test_plans_of_whole_years_become_yearly_plans():
    plans = {(one.indicator, one.period.text): one.value for one in actuals.yearly_plans()}
    assert plans == {
        ("DL-01", "2019"): 2500000.0,
        ("DL-01", "2023"): 3900000.0,
        ("DL-01", "2024"): 4800000.0,
        ("DL-03", "2024"): 5500.0,
        ("NL-01", "2025"): 65.0,
        ("NL-02", "2025"): 30.0,
    }


def test_of_contradictory_plans_the_one_of_a_named_plan_stands_and_the_other_is_history():
    other = [
        (row.indicator, row.period, row.value)
        for row in actuals.history_targets()
        if not row.comparator and row.indicator == "DL-01"
    ]
    assert other == [("DL-01", "2024", 5500000.0)]


def test_bounds_are_said():
    assert current("DL-01", "2025-10M").bound == "lower"
    assert current("DL-01", "2025-H1").bound == "upper"
    assert current("DL-01", "2024").bound == ""


def test_named_series_stay_apart_from_the_main_one():
    assert [one.series for one in actuals.observations() if one.indicator == "KT-03"] == [
        "association-statement"
    ]
    assert figures("HTX-01", "2018") == []
    assert figures("HTX-01", "2018", "white-book")[0].value == 555.0


def test_spans_that_are_no_period_are_notes():
    spans = {row.period for row in actuals.period_notes()}
    assert spans == {
        "2019-YTD",
        "2021-2025",
        "2014-2019",
        "2024-2025-SY",
        "2025-Tet",
        "2023-holiday",
        "2024-undated",
        "2025-undated",
        "2025-08-17-YTD",
    }


@pytest.mark.parametrize(
    ("text", "day", "assumed"),
    [
        ("2025-01-04", date(2025, 1, 4), False),
        ("2024-02", date(2024, 2, 29), True),
        ("2025", date(2025, 12, 31), True),
        ("", None, True),
    ],
)
def test_of_a_month_or_year_alone_the_last_day_is_assumed(text, day, assumed):
    assert last_day(text) == (day, assumed)


def test_an_undated_figure_is_known_from_the_end_of_its_period():
    undated = figures("DL-01", "2023-H1")[0]
    assert (undated.known_from, undated.known_assumed) == (date(2023, 6, 30), True)


@pytest.mark.parametrize(
    ("indicator", "period", "value"),
    [
        ("DL-01", "2022", 3300000.0),  # a result stands before the November estimate of 3.2
        ("DL-03", "2022", 3000.0),  # published after the year, 2,800 before its end
        ("DL-01", "2024-H1", 3000000.0),
        ("DL-03", "2024-9M", 4565.0),  # exact before "over 4,500"
        ("KT-01", "2025-H1", 3942.0),  # 3,940 as often, as late: the first of the file
        ("EXT-30", "2025-09", 94000.0),  # three sources before a lone 79,000
        ("EXT-05", "2025-10M", 4522.0),  # a printed day before "November"
        ("EXT-01", "2025-9M", 27094.0),
        ("EXT-03", "2025", 61.8),
        ("EXT-06", "2025", 82789.0),
    ],
)
def test_of_contradictory_figures_one_is_current_by_the_rule(indicator, period, value):
    assert current(indicator, period).value == value
    assert len(figures(indicator, period)) > 1


def test_what_is_current_is_chosen_among_what_was_known():
    assert current("DL-03", "2022", date(2022, 12, 31)).value == 2800.0
    assert current("DL-03", "2022", date(2023, 5, 28)).value == 3000.0
    assert current("DL-01", "2022", date(2022, 12, 1)).value == 3200000.0


def test_related_indicators_say_how_they_behave_and_what_they_are_context_for():
    codes = {target.code for target in register.targets()}
    related = {one.code: one for one in actuals.related_indicators()}
    assert len(related) == 59
    assert related["EXT-05"].related_to == ("KT-03", "KT-04")
    assert all(set(one.related_to) <= codes and one.related_to for one in related.values())
    assert related["EXT-21"].measure == "stock"
    assert {one.indicator for one in actuals.observations()} <= codes | set(related)
