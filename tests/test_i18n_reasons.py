"""The sentences of all reasons, in both languages, and that they never contradict the numbers."""

import re
from datetime import date

import pytest
from babel.messages.pofile import read_po

from i18n.numbers import LANGUAGES
from i18n.reasons import (
    chance_differs,
    gap_differs,
    method_label_text,
    method_limits_text,
    method_question_text,
    method_text,
    sentence,
)
from i18n.words import LOCALE
from indicators.comparison import all_methods, all_methods_of_areas
from indicators.methods.registry import METHODS, assess
from indicators.model import Reason, Target
from indicators.verdicts import Situation, areas_verdict, judge

TODAY, AFTER = date(2026, 11, 22), date(2031, 1, 2)
LETTERS = r"[A-Za-zÀ-ỹĐđ]"


def target(**changes):
    facts = {
        "code": "X-01", "field": "", "name_vi": "", "name_en": "", "unit": "%", "kind": "level",
        "comparator": "at_least", "low": 75.0, "high": None, "start": 2030, "end": 2030,
        "direction": "up", "scope": "province", "document": "", "locator": "",
    }  # fmt: skip
    return Target(**(facts | changes))


def situation(series, day=TODAY, changes=None, **facts):
    last = max(series, default=None)
    known = {
        "series": series,
        "current": series.get(last),
        "latest_end": None if last is None else date(last, 12, 31),
        "has_figure": bool(series),
        "baseline_year": min(series, default=None),
        "baseline_value": series.get(min(series, default=0)),
    }
    return Situation(target(**(changes or {})), day, **(known | facts))


YEARLY = {"kind": "every_year", "low": 8.0, "start": 2025, "direction": "keep"}
TOTAL = {
    "kind": "cumulative", "comparator": "between", "low": 100.0, "high": 150.0, "start": 2025,
    "unit": "dự án",
}  # fmt: skip
PLANT = {"comparator": "done", "low": 1.0, "unit": "nhà máy"}
HOLE = {"current": 40.0, "total_has_hole": True}


def done(value, reported, day=TODAY):
    facts = {"current": value, "latest_end": reported, "has_figure": True}
    return situation({}, day, PLANT, **facts)


def straight(first, step, years=range(2021, 2026)):
    return {year: first + step * index for index, year in enumerate(years)}


SITUATIONS = [
    situation(straight(50, 5)),
    situation(straight(65, 1.3)),  # 70.2; 4.8 to go, 6.5 more: enough
    situation(straight(62.2, 1.7)),  # 69; 6 to go, 8.5 more: enough
    situation(straight(65, 0.95)),  # 68.8; 6.2 to go, 4.75 more: 23 % open
    situation(straight(64, 1.15)),  # 68.6; 6.4 to go, 5.75 more: 10 % open
    situation(straight(60, 0)),
    situation(straight(60, -1)),
    situation(straight(80, 1)),
    situation(straight(80, -1)),
    situation({2025: 60.0}),
    situation({2020: 60.0}),
    situation({}),
    situation({}, only_alternatives=True),
    situation({}, has_figure=True, latest_end=date(2026, 6, 30)),
    situation({2029: 70.0, 2030: 76.0}, AFTER),
    situation({2029: 70.0, 2030: 75.0}, AFTER),
    situation({2029: 70.0, 2030: 74.0}, AFTER),
    situation({2028: 69.0, 2029: 70.0}, AFTER),
    situation({2022: 80.0, 2023: 85.0, 2024: 90.0, 2025: 90.0}, changes={
        "comparator": "more_than", "low": 90.0}),
    situation(straight(7.7, 0.2), changes=YEARLY),
    situation(straight(7.7, -0.2), changes=YEARLY),
    situation({2024: 8.0}, changes=YEARLY),
    situation({2024: 8.0}, date(2025, 5, 1), YEARLY),
    situation({2024: 0.0, 2025: 10.0, 2026: 22.0}, date(2027, 2, 1), TOTAL),
    situation({2024: 0.0, 2025: 60.0, 2026: 122.0}, date(2027, 2, 1), TOTAL),
    situation({2024: 0.0, 2030: 160.0}, AFTER, TOTAL),
    situation({2024: 0.0, 2030: 120.0}, AFTER, TOTAL),
    situation({2024: 0.0, 2030: 99.0}, AFTER, TOTAL),
    situation({2024: 0.0, 2025: 10.0}, changes=TOTAL, **HOLE),
    done(0.0, date(2026, 6, 30)),
    done(1.0, date(2026, 6, 30)),
    done(1.0, date(2026, 6, 30), AFTER),
    done(0.0, date(2030, 6, 30), AFTER),
    done(0.0, date(2029, 6, 30), AFTER),
    situation(straight(30, -4), changes={"comparator": "at_most", "low": 0.0, "direction": "down"}),
    situation(straight(30, 4), changes={"comparator": "about", "low": 60.0}),
    situation(straight(90, -5), changes={"comparator": "about", "low": 60.0, "direction": "keep"}),
    situation(straight(3e6, 4e5), changes={"low": 9e6, "unit": "lượt"}, decimals=0),
]  # fmt: skip

UP = {"direction": "up", "kind": "level", "comparator": "at_least", "value": 60.0}
UP |= {"base_year": 2015, "year": 2030}
CASES = [
    ({2015: 10.0, 2018: 12.0, 2019: 11.0, 2024: 13.0}, {"direction": "up"}),
    ({2015: 10.0, 2018: 12.0, 2019: 11.0, 2024: 9.0}, {"direction": "up"}),
    ({2015: 10.0, 2016: 9.0, 2018: 7.0, 2019: 8.0}, {"direction": "up"}),
    ({2015: 10.0, 2017: 11.0, 2018: 12.0, 2019: 11.0}, {"direction": "up"}),
    ({"1": 2.0, "2": 3.0, "3": 1.0}, UP | {"kind": "each_area", "value": 2.0}),
    ({2010: 2.0, 2011: 3.0}, UP),
    ({2015: -2.0, 2025: 3.0}, UP),
    ({2015: 60.0, 2025: 30.0}, UP),
    ({2015: 70.0, 2025: 30.0}, UP | {"scale": 40.0}),
    ({2015: 20.0, 2018: 30.0, 2020: 33.0, 2022: 39.0}, UP | {"scale": 100.0}),
    ({2015: 20.0, 2018: 30.0, 2020: 53.0, 2022: 59.0}, UP | {"scale": 100.0}),
    ({2015: 30.0, 2018: 28.0, 2020: 23.0, 2022: 19.0}, UP | {"scale": 100.0}),
    ({2015: 50.0, 2018: 40.0, 2020: 30.0, 2022: 20.0}, UP | {"year": None}),
    ({2022: 70.0, 2023: 68.0, 2024: 66.0, 2025: 64.0}, UP | {"kind": "every_year"}),
    ({2022: 60.0, 2023: 62.0, 2024: 64.0, 2025: 66.0}, UP | {"kind": "every_year"}),
    ({2022: 40.0, 2023: 42.0, 2024: 44.0, 2025: 46.0}, UP | {"kind": "every_year"}),
    ({2022: 50.0, 2023: 48.0, 2024: 46.0, 2025: 44.0}, UP | {"kind": "every_year"}),
    ({2015: 0.0, 2025: 3.0}, UP | {"value": 0.0, "comparator": "at_most", "direction": "down"}),
    ({2030: 9.0}, UP | {"value": None, "kind": "level"}),
    ({2030: 9.0}, UP | {"year": 2030}),
]


def of_areas(by_area, total):
    single = {"kind": "each_area", "low": 50.0}
    situations = {code: situation(series, changes=single) for code, series in by_area.items()}
    verdicts = {code: judge(now) for code, now in situations.items()}
    whole = situation({2025: 1.0} if by_area else {}, changes=single)
    worst = min(by_area, default=None)
    verdict = areas_verdict(whole, verdicts, 1, len(by_area), total, worst)
    results = {code: all_methods(now) for code, now in situations.items()}
    rows = all_methods_of_areas(results, verdict, 1, len(by_area), total, True)
    return [verdict.reason, *(row.reason for row in rows)]


def reasons():
    for now in SITUATIONS:
        verdict = judge(now)
        yield verdict.reason
        yield from (row.reason for row in all_methods(now, verdict))
    for series, asked in CASES:
        for method in METHODS:
            yield assess(method, series, asked, 2030).reason
    yield from of_areas({"03646": straight(20, 3), "03650": straight(60, 1)}, 8)
    yield from of_areas({"03646": {2025: 20.0}}, 8)
    yield from of_areas({}, 8)


ALL = list(reasons())
CHOSEN_BY_THE_WORDS = {"pace_enough_almost", "projected_back", "way_lost", "way_not_expected"}


def keys_with_words():
    with (LOCALE / "vi" / "LC_MESSAGES" / "reason.po").open("rb") as file:
        ids = [message.id for message in read_po(file) if message.id]
    names = {name.removeprefix("reason.") for name in ids}
    return {name for name in names if not name.startswith(("piece.", "kind."))}


def test_every_reason_has_words_and_all_words_have_a_reason():
    assert {reason.key for reason in ALL} == keys_with_words() - CHOSEN_BY_THE_WORDS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_is_a_sentence(lang):
    for reason in ALL:
        text = sentence(reason, lang)
        assert text.endswith("."), text
        assert not re.search(r"[{}]|nan|inf\b|None(?! of)|  | ,|\.\.", text), text
        first = text.lstrip("0123456789 ")[0]
        assert first == first.upper() or text[0].isdigit(), text


def test_vietnamese_sentences_hold_no_english_words():
    english = re.compile(r"\b(the|of|and|year|target|figure|from|by|area|over)\b")
    for reason in ALL:
        assert not english.search(sentence(reason, "vi")), reason.key


def test_a_pace_in_words():
    series = {2020: 3.0e6, 2025: 5.6e6} | {2021: 2e6, 2022: 3.2e6, 2023: 4.5e6, 2024: 4.9e6}
    now = situation(series, changes={"low": 9e6, "unit": "lượt"}, decimals=0)
    # (9 - 5.6) / 5 = 0.68 a year, 12.1 % of 5.6; had (5.6 - 3) / 5 = 0.52, 9.3 %; open 0.8 / 3.4
    assert sentence(judge(now).reason).replace("\u00a0", " ") == (
        "Cần tăng 680.000 lượt/năm (bằng 12,1% mức năm 2025) đến năm 2030; "
        "5 năm qua mới tăng bình quân 520.000 lượt/năm (9,3%). "
        "Giữ nhịp này thì đến hạn vẫn còn thiếu 23,5% khoảng cách đến 9.000.000 lượt."
    )


def test_a_pace_that_is_let_pass_is_not_called_enough():
    """3,5 % of the gap stay open: the symbol is the best, the sentence says what is missing."""
    series = {2022: 60.0, 2023: 61.9, 2024: 63.7, 2025: 65.5}
    text = sentence(judge(situation(series)).reason)
    assert "đủ để đạt" not in text
    assert "chỉ còn thiếu 3,5%" in text


def test_need_and_had_are_written_apart_where_they_differ():
    """68 now, 7 to go in five years is 1.4 a year; 1.36 would be rounded to the same."""
    text = sentence(judge(situation({2025 - back: 68 - back * 1.36 for back in range(4)})).reason)
    assert "Cần tăng 1,4\u00a0điểm\u00a0%/năm" in text
    assert "tăng bình quân 1,36\u00a0điểm\u00a0%/năm" in text
    assert "chỉ còn thiếu 2,9%" in text  # 0.2 of 7
    text = sentence(judge(situation({2025 - back: 68 - back * 1.4 for back in range(4)})).reason)
    assert "tăng bình quân 1,4\u00a0điểm\u00a0%/năm, đủ để đạt 75%" in text


def test_a_value_just_short_is_not_rounded_up_to_its_target():
    missed = sentence(judge(situation({2030: 74.96}, AFTER)).reason)
    assert "74,96%" in missed
    assert "không đạt" in missed
    strict = YEARLY | {"comparator": "more_than", "low": 90.0}
    met = sentence(judge(situation({2025: 90.04}, changes=strict)).reason)
    assert "90,04%" in met
    plan = assess("vn_plan", {2030: 74.99}, {"value": 75.0, "comparator": "at_least"}, 2030)
    assert "bằng 100%" not in sentence(plan.reason)


def test_the_worst_area_is_called_by_its_name():
    reason = of_areas({"03646": straight(20, 3)}, 8)[0]
    assert "phường Tô Hiệu" in sentence(reason, "vi", {"03646": "phường Tô Hiệu"})
    assert "địa bàn 03646" in sentence(reason, "vi")
    assert "7 địa bàn chưa có số liệu" in sentence(reason, "vi")


def test_a_reason_without_words_or_numbers_is_named():
    with pytest.raises(ValueError, match=r"no sentence for 'reason\.moonlight'"):
        sentence(Reason("moonlight"))
    with pytest.raises(ValueError, match="target_year"):
        sentence(Reason("pace_enough", {"open_pct": 0.0, "need": 1.0, "had": 2.0}))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_method_and_each_of_its_labels_has_words(lang):
    for key, method in METHODS.items():
        assert method_text(key, lang)
        assert method_question_text(key, lang).endswith("?")
        assert method_limits_text(key, lang).endswith(".")
        for label in (*method.labels, "not_applicable"):
            assert method_label_text(key, label, lang)


@pytest.mark.parametrize(
    ("scale", "better", "reason", "part"),
    [
        ("at_risk", 369_302.0, "pace_short", "tốt hơn lộ trình, nhưng nhịp các năm qua chưa đủ"),
        ("behind", 0.1, "pace_nearly", "tốt hơn lộ trình"),
        ("on_track", -2.0, "pace_enough", "kém lộ trình, nhưng nhịp các năm qua đủ"),
        ("on_track", 2.0, "pace_enough", ""),
        ("at_risk", -2.0, "pace_short", ""),
        ("at_risk", 0.0, "pace_short", ""),
        ("at_risk", None, "pace_short", ""),
        ("at_risk", 2.0, "areas_worst", ""),
    ],
)
def test_where_verdict_and_gap_differ_a_sentence_says_why(scale, better, reason, part):
    text = gap_differs(scale, better, reason=reason)
    assert bool(text) is bool(part)
    assert part in text


@pytest.mark.parametrize(
    ("scale", "chance", "part"),
    [
        ("on_track", 0.42, "khoảng 40%"),
        ("on_track", 0.04, "dưới 5%"),
        ("at_risk", 0.5, "khoảng 50%"),
        ("on_track", 0.5, ""),
        ("at_risk", 0.49, ""),
        ("behind", 0.9, ""),
        ("on_track", None, ""),
    ],
)
def test_where_verdict_and_chance_differ_a_sentence_says_why(scale, chance, part):
    text = chance_differs(scale, chance)
    assert bool(text) is bool(part)
    assert part in text
