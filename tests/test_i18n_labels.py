"""Fixed words, periods, days and Vietnamese order."""

import unicodedata
from datetime import UTC, date, datetime

import pytest

from i18n.dates import day_in_document, day_text, local, moment_text
from i18n.labels import (
    SCALES,
    Asked,
    asked_short,
    asked_text,
    scale_in_full,
    scale_text,
    status_text,
    target_label,
    target_text,
    trend_text,
    unit_text,
)
from i18n.periods import capital, part_text, period_short, period_text, years_text
from i18n.sorting import matches, search_key, sort_key
from indicators.periods import parse

NB = "\u00a0"


@pytest.mark.parametrize(
    ("period", "vi", "short", "en"),
    [
        ("2026", "năm 2026", "2026", "2026"),
        ("2026-H1", "6 tháng đầu năm 2026", "6T/2026", "first half of 2026"),
        ("2026-H2", "6 tháng cuối năm 2026", "6T cuối/2026", "second half of 2026"),
        ("2026-Q1", "quý I năm 2026", "Q1/2026", "Q1 2026"),
        ("2026-Q4", "quý IV năm 2026", "Q4/2026", "Q4 2026"),
        ("2026-05", "tháng 5 năm 2026", "T5/2026", "May 2026"),
        ("2026-9M", "9 tháng đầu năm 2026", "9T/2026", "first 9 months of 2026"),
    ],
)
def test_a_period_is_said_as_reports_say_it(period, vi, short, en):
    assert parse(period).text == period
    assert period_text(period) == vi
    assert period_short(period) == short
    assert period_text(period, "en") == en


@pytest.mark.parametrize(
    "text", ["", "26", "2026-", "2026-H3", "2026-Q5", "2026-13", "2026-12M", "2026-5"]
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match="no period"):
        period_text(text)


def test_parts_and_spans_of_years():
    assert [part_text(p) for p in ("", "H1", "Q3", "05", "9M")] == [
        "cả năm", "6 tháng đầu năm", "quý III", "tháng 5", "9 tháng đầu năm",
    ]  # fmt: skip
    assert part_text("H1", "en") == "first half"
    assert years_text(2030, 2030) == "năm 2030"
    assert years_text(2025, 2030) == "giai đoạn 2025–2030"
    assert capital("đến năm 2030") == "Đến năm 2030"


def test_days_on_screen_and_in_documents():
    assert day_text(date(2026, 12, 31)) == "31/12/2026"
    assert day_text(date(2026, 6, 5), "en") == "5 Jun 2026"
    assert day_in_document(date(2026, 6, 5)) == "ngày 05 tháng 6 năm 2026"
    assert day_in_document(date(2026, 2, 15)) == "ngày 15 tháng 02 năm 2026"


def test_moments_are_in_the_province_s_time():
    # 17:30 UTC on 30 June is half past midnight on 1 July there
    late = datetime(2026, 6, 30, 17, 30, tzinfo=UTC)
    assert moment_text(late) == "01/07/2026 00:30"
    assert moment_text(int(late.timestamp()) * 1_000_000 + 5, seconds=True) == "01/07/2026 00:30:00"
    with pytest.raises(ValueError, match="without offset"):
        local(datetime(2026, 6, 30))  # noqa: DTZ001


def test_what_a_clause_asks_for_is_said_with_its_comparator():
    assert asked_text("at_least", 75, None, "%") == "ít nhất 75%"
    assert asked_text("more_than", 90, None, "%") == "trên 90%"
    assert asked_text("about", 5500, None, "doanh nghiệp") == f"khoảng 5.500{NB}doanh nghiệp"
    assert asked_text("between", 100, 150, "dự án") == f"100–150{NB}dự án"
    assert asked_text("at_most", 0, None, "hợp tác xã") == f"không quá 0{NB}hợp tác xã"
    assert asked_text("done", 1, None, "nhà máy") == "hoàn thành"
    assert asked_text("between", 100, 150, "dự án", 0, "en") == f"100–150{NB}projects"
    with pytest.raises(ValueError, match="nearly"):
        asked_text("nearly", 1)


def test_what_is_asked_is_short_where_the_unit_stands_elsewhere():
    assert asked_short("at_least", 9e6, None, "lượt", 0) == f"ít nhất 9{NB}triệu"
    assert asked_short("at_least", 84.4, None, "%") == "ít nhất 84,4%"
    assert asked_short("at_least", 12420, None, "tỷ đồng") == "ít nhất 12.420"
    assert asked_short("between", 100, 150, "dự án", 0) == "100–150"
    assert asked_short("about", 5500, None, "doanh nghiệp", 0, "en") == "about 5,500"


def test_a_target_is_said_with_its_years():
    def said(kind, comparator, low, high, unit, start, end, lang="vi"):
        return target_text(Asked(kind, comparator, low, high, unit, 1, start, end), lang)

    assert said("level", "at_least", 75, None, "%", 2030, 2030) == "ít nhất 75% vào năm 2030"
    assert said("level", "at_least", 30, None, "%", 2025, 2030) == (
        "ít nhất 30% trong cả giai đoạn 2025–2030"
    )
    assert said("every_year", "at_least", 8, None, "%", 2025, 2030) == (
        "ít nhất 8% mỗi năm, giai đoạn 2025–2030"
    )
    assert said("cumulative", "between", 100, 150, "dự án", 2025, 2030) == (
        f"100–150{NB}dự án trong cả giai đoạn 2025–2030"
    )
    assert said("each_area", "done", 1, None, "nhà máy", 2026, 2030) == (
        "hoàn thành tại mỗi địa bàn, giai đoạn 2026–2030"
    )
    assert said("every_year", "about", 75, None, "hợp tác xã", 2025, 2030, "en") == (
        f"about 75{NB}cooperatives each year, 2025–2030"
    )
    assert target_label(2030, 2030) == "mức đề ra năm 2030"
    assert target_label(2025, 2030) == "mức đề ra cả giai đoạn 2025–2030"


def test_every_status_has_a_word_in_both_languages():
    assert len({scale_text(scale) for scale in SCALES}) == 9
    assert len({scale_text(scale, "en") for scale in SCALES}) == 9
    assert scale_text("at_risk") == "nguy cơ không đạt"
    assert status_text("preliminary") == "sơ bộ"
    assert trend_text("down") == "↘ giảm"


def test_a_status_says_its_year_and_that_it_is_provisional():
    assert scale_in_full("met", year=2025) == "đạt (năm 2025)"
    assert scale_in_full("cannot_judge", stale_year=2021) == (
        "chưa đủ cơ sở đánh giá (số liệu năm 2021)"
    )
    assert scale_in_full("behind", provisional=True) == "chậm tiến độ (tạm đánh giá)"
    assert scale_in_full("met", year=2025, provisional=True) == "đạt (năm 2025, tạm đánh giá)"


def test_a_unit_that_nobody_translated_stays_as_it_is():
    assert unit_text("tỷ đồng", "en") == "billion VND"
    assert unit_text("thùng", "en") == "thùng"
    assert unit_text("tỷ đồng") == "tỷ đồng"


def test_vietnamese_names_sort_as_in_vietnamese():
    ordered = [
        "An",
        "Ăn",
        "Ân",
        "Bắc Yên",
        "Co Mạ",
        "Cò Nòi",
        "Dung",
        "Dũng",
        "Đắk",
        "Ê",
        "Hà",
        "Hà Nội",
        "Mương",
        "Mường",
        "Mường La",
        "Ôn",
        "Ơn",
        "Tô Hiệu",
        "Tú Nang",
    ]
    mixed = ordered[1::2] + ordered[::2]
    assert sorted(mixed, key=sort_key) == ordered


def test_tones_order_words_that_are_spelt_alike():
    assert sorted(["mạ", "mã", "má", "mả", "mà", "ma"], key=sort_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ",
    ]  # fmt: skip


def test_decomposed_text_sorts_and_is_found_like_composed():
    name = "Mộc Châu"
    apart = unicodedata.normalize("NFD", name)
    assert apart != name
    assert sort_key(apart) == sort_key(name)
    assert search_key(apart) == "moc chau"
    assert matches(apart, name)


def test_search_needs_no_diacritics_and_heeds_those_that_are_typed():
    assert matches("moc chau", "Phường Mộc Châu")
    assert matches("duong", "Đường bộ")
    assert matches("Mộc", "Mộc Châu")
    assert not matches("Mọc", "Mộc Châu")
    assert not matches("son", "Mộc Châu")
