from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.periods import Period, from_january, half_year, months_after, parse, whole_year

TEXTS = st.builds(
    lambda year, part: f"{year}{part}",
    st.integers(1900, 2100),
    st.sampled_from(
        ["", "-H1", "-H2", *(f"-Q{q}" for q in range(1, 5)), *(f"-{m:02d}" for m in range(1, 13))]
        + [f"-{m}M" for m in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11)]
    ),
)


@given(TEXTS)
def test_every_spelling_reads_back_as_itself(text):
    assert parse(text).text == text


@given(TEXTS, TEXTS)
def test_one_period_contains_another_exactly_when_its_days_do(one, other):
    a, b = parse(one), parse(other)
    assert a.contains(b) == (a.start <= b.start and b.end <= a.end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-9M", date(2026, 1, 1), date(2026, 9, 30)),
    ],
)
def test_a_period_begins_and_ends_on_the_days_a_reader_expects(text, start, end):
    assert (parse(text).start, parse(text).end) == (start, end)


def test_six_months_from_january_are_the_half_year_and_twelve_the_year():
    assert parse("2026-6M") == from_january(2026, 6) == half_year(2026, 1)
    assert from_january(2026, 12) == whole_year(2026)


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026-13", "2026-00", "2026-5", "2026-H3", "2026-12M", "2026-0M", "0026", " 2026"],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match="no period"):
        parse(text)


def test_the_same_part_of_another_year_keeps_its_part():
    assert parse("2026-9M").in_year(2025) == parse("2025-9M")
    assert isinstance(parse("2026"), Period)


def test_months_after_a_month_end_is_a_month_end():
    assert months_after(date(2024, 6, 30), 24) == date(2026, 6, 30)
    assert months_after(date(2023, 12, 31), 2) == date(2024, 2, 29)
