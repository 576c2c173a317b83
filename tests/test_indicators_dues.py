from datetime import date

import pytest

from indicators.dues import Due, next_due, period_reported, yearly_day
from indicators.periods import parse

CTR = {"issued": date(2026, 3, 31), "term": (2026, 2030)}


@pytest.mark.parametrize(
    ("rule", "month_and_day"),
    [
        ("before 5 June, each year", (6, 5)),
        ("before 10 December, each year", (12, 10)),
        ("trước ngày 05/6 hằng năm", (6, 5)),
        ("Trước 10 tháng 12", (12, 10)),
        ("06-05", (6, 5)),
        ("no day in the text", None),
        ("without delay (kịp thời), no day in the text", None),
        ("before 5 Juno", None),
        ("trước ngày 31/13", None),
        ("", None),
    ],
)
def test_a_rule_gives_its_day_or_nothing(rule, month_and_day):
    assert yearly_day(rule) == month_and_day


def test_the_half_year_report_is_due_on_the_day_printed_after_before():
    due = next_due("before 5 June, each year", "half-year", date(2026, 6, 4), **CTR)
    assert due == Due(date(2026, 6, 5), parse("2026-H1"))


def test_on_the_due_day_the_report_is_late_and_the_next_one_counts():
    due = next_due("before 5 June, each year", "half-year", date(2026, 6, 5), **CTR)
    assert due == Due(date(2027, 6, 5), parse("2027-H1"))


def test_nothing_was_due_before_the_document_was_issued():
    due = next_due("before 5 December, each year", "year", date(2019, 1, 1), **CTR)
    assert due == Due(date(2026, 12, 5), parse("2026"))


def test_after_the_last_year_of_the_term_nothing_is_due():
    assert next_due("before 5 December, each year", "year", date(2030, 12, 5), **CTR) is None


def test_a_report_in_january_is_about_the_year_before_and_still_due_after_the_term():
    due = next_due("before 15 January, each year", "year", date(2030, 6, 1), **CTR)
    assert due == Due(date(2031, 1, 15), parse("2030"))
    assert next_due("before 15 January, each year", "year", date(2031, 1, 15), **CTR) is None


def test_a_duty_without_a_day_is_never_due():
    assert next_due("no day in the text", "year", date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "cadence", "period"),
    [
        (date(2026, 6, 5), "half-year", "2026-H1"),
        (date(2026, 12, 5), "half-year", "2026-H2"),
        (date(2027, 1, 10), "6 tháng", "2026-H2"),
        (date(2026, 3, 20), "quý", "2026-Q1"),
        (date(2026, 4, 10), "quarter", "2026-Q1"),
        (date(2026, 5, 3), "month", "2026-04"),
        (date(2026, 12, 10), "năm", "2026"),
    ],
)
def test_a_report_is_about_the_period_whose_end_lies_nearest(day, cadence, period):
    assert period_reported(day, cadence) == parse(period)


def test_a_duty_when_needed_has_no_period():
    assert period_reported(date(2026, 6, 5), "when needed") is None


def test_the_29th_of_february_is_the_28th_in_a_common_year():
    due = next_due("before 29 February, each year", "year", date(2026, 1, 1))
    assert due is not None
    assert due.day == date(2026, 2, 28)
