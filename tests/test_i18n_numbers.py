"""Numbers as people read and type them."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from i18n.numbers import (
    change_percent,
    change_text,
    decimals_apart,
    number,
    percent,
    range_text,
    scale_of,
    short_text,
    signed,
    value_text,
)
from i18n.parsing import parse_number

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (12420.5, 1, "12.420,5", "12,420.5"),
        (9_000_000, 0, "9.000.000", "9,000,000"),
        (-3.2, 1, "\u22123,2", "\u22123.2"),
        (75.0, 1, "75", "75"),
        (0.0, 1, "0", "0"),
        (-0.04, 1, "0", "0"),  # no minus in front of nothing
        (2.5, 0, "3", "3"),  # half away from zero, not to the even neighbour
        (-2.5, 0, "\u22123", "\u22123"),
        (1.005, 2, "1,01", "1.01"),  # as written, not as stored in binary
        (999.95, 1, "1.000", "1,000"),
        (549755813888.154, 4, "549.755.813.888,154", "549,755,813,888.154"),
        (2026, 0, "2.026", "2,026"),
    ],
)
def test_a_number_is_written_as_the_language_writes_it(value, decimals, vi, en):
    assert number(value, decimals) == vi
    assert number(value, decimals, "en") == en


def test_absent_is_a_dash_and_never_zero():
    assert number(None) == "–"
    assert number(float("nan")) == "–"
    assert value_text(None, "tỷ đồng") == "–"
    assert percent(None) == change_percent(None) == signed(None) == short_text(None, "lượt") == "–"


def test_an_infinite_number_or_another_language_is_refused():
    with pytest.raises(ValueError, match="inf"):
        number(float("inf"))
    with pytest.raises(ValueError, match="'fr'"):
        number(1.0, 1, "fr")


def test_a_number_beyond_every_unit_is_still_written():
    assert number(2.0**100, 2, "en") == f"{2**100:,}"
    assert number(-(2.0**100), 2) == f"\u2212{2**100:,}".replace(",", ".")


def test_zeros_at_the_end_stay_only_where_asked():
    assert number(84.0, 1, fixed=True) == "84,0"
    assert number(84.0, 1) == "84"
    assert number(12400, 0) == "12.400"


def test_the_unit_does_not_break_from_its_number_and_percent_has_no_blank():
    assert value_text(12420.5, "tỷ đồng") == f"12.420,5{NB}tỷ đồng"
    assert value_text(75, "%") == "75%"
    assert range_text(100, 150, "dự án", 0) == f"100–150{NB}dự án"
    assert range_text(2, 2.5, "%", 1, "en") == "2–2.5%"


def test_changes_carry_their_sign_and_rates_change_in_points():
    assert change_percent(8.9) == "+8,9%"
    assert change_text(1.2, "%") == f"+1,2{NB}điểm{NB}%"
    assert change_text(1.2, "%", lang="en") == f"+1.2{NB}pp"
    assert change_text(-250, "tỷ đồng") == f"\u2212250{NB}tỷ đồng"
    assert signed(0.0) == "0"
    assert signed(0.04, 1) == "0"


def test_big_counts_are_written_short_where_asked():
    assert short_text(9_000_000, "lượt") == f"9{NB}triệu{NB}lượt"
    assert short_text(4_923_456, "lượt") == f"4,92{NB}triệu{NB}lượt"
    assert short_text(1_500_000_000, "đồng") == f"1,5{NB}tỷ{NB}đồng"
    assert short_text(3_420, "doanh nghiệp") == f"3.420{NB}doanh nghiệp"
    # the unit is a billion already: no million of billions
    assert short_text(9_414_000, "tỷ đồng") == f"9.414.000{NB}tỷ đồng"
    assert scale_of(9e6, "lượt", "en") == (1e6, "million")


def test_value_and_target_get_the_decimals_that_show_the_verdict():
    assert decimals_apart(90.04, 90, 1, "more_than") == 2  # 90,0 would look like missed
    assert decimals_apart(74.96, 75, 1, "at_least") == 2
    assert decimals_apart(74.9996, 75, 1, "at_least") == 4
    assert decimals_apart(0.4, 0, 0, "at_most") == 1
    assert decimals_apart(75.04, 75, 1, "at_least") == 1  # met, and 75 reads as met
    assert decimals_apart(75, 75, 1, "at_least") == 1


@given(
    st.floats(-1e12, 1e12) | st.integers(-(10**9), 10**9).map(lambda n: n / 1000),
    st.integers(0, 4),
    st.sampled_from(["vi", "en"]),
)
def test_numbers_agree_with_babel(value, decimals, lang):
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(value)).quantize(step, ROUND_HALF_UP)
    expected = format_decimal(
        abs(rounded) if rounded == 0 else rounded, "#,##0." + "0" * decimals, locale=lang
    )
    assert number(value, decimals, lang, fixed=True) == expected.replace("-", "\u2212")


@given(st.integers(-(10**9), 10**9), st.integers(0, 2), st.sampled_from(["vi", "en"]))
def test_what_is_shown_is_read_back_or_asked_about_never_misread(digits, decimals, lang):
    value = digits / 10**decimals
    typed = parse_number(number(value, decimals, lang), lang, "tỷ đồng")
    assert typed.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.420,5", 12420.5),
        ("12,420.5", 12420.5),
        ("12420.5", 12420.5),
        ("12420,5", 12420.5),
        ("12.420", 12420),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("5 300 000", 5300000),
        (f"5{NB}300", 5300),
        ("４５", 45),
        ("12,42", 12.42),
        ("0,375", 0.375),
        ("-3,2", -3.2),
        ("\u2212 3,2", -3.2),
        ("54.300 lượt", 54300),
        ("9 triệu", 9_000_000),
        ("92 nghìn lượt", 92_000),
    ],
)
def test_a_typed_number_with_one_reading_is_understood(text, value):
    typed = parse_number(text, "vi", "lượt")
    assert (typed.value, typed.readings) == (value, ())
    assert typed.echo == f"Đã hiểu: {number(value, 6)}"


def test_a_typed_number_with_two_readings_is_asked_back():
    typed = parse_number("12,420", "vi", "lượt")
    assert typed.value is None
    assert typed.readings == (12.42, 12420)
    assert typed.echo == "“12,420” có thể là 12,42 hoặc 12.420. Hãy ghi rõ."


def test_english_mirrors_the_doubt():
    assert parse_number("12,420", "en").value == 12420
    assert parse_number("12.420", "en").readings == (12.42, 12420)


def test_a_share_is_not_read_in_thousands():
    assert parse_number("84,375", "vi", "%").value == 84.375
    assert parse_number("84,375%", "vi", "%").value == 84.375
    assert parse_number("73.400", "vi", "%").readings == (73.4, 73400)


def test_a_scale_word_counts_once():
    assert parse_number("6,9 tỷ", "vi", "tỷ đồng").value == 6.9
    assert parse_number("6,9 tỷ đồng", "vi", "tỷ đồng").value == 6.9
    assert parse_number("6,9 triệu", "vi", "tỷ đồng").value is None


@pytest.mark.parametrize("text", ["abc", "12.4.5", "1.234.5", "12.", "100 - 150", "12,4O0", "--3"])
def test_what_is_no_number_is_said_and_not_read(text):
    typed = parse_number(text)
    assert typed.value is None
    assert typed.echo == f"“{text}” không đọc được thành số."


def test_an_empty_field_says_nothing():
    assert parse_number("  ") == parse_number("")
    assert parse_number("").value is None
    assert parse_number("").echo == ""
