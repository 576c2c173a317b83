import re
from pathlib import Path

import pytest

import indicators
from i18n.forecast_reasons import probability_text, sentence
from indicators.model import Reason

LEVEL = {
    "year": 2030,
    "probability_pct": 33.4,
    "comparator": "at_least",
    "bound": 12420.0,
    "down": False,
    "unit": "tỷ đồng",
    "decimals": 1,
    "low": 9871.3,
    "middle": 11000.0,
    "high": 14214.9,
}


def plain(text):
    return text.replace("\u00a0", " ")


def test_a_chance_is_told_with_its_range_in_vietnamese():
    assert plain(sentence(Reason("chance_level", LEVEL))) == (
        "Nếu xu hướng giữ nguyên, 8 trong 10 khả năng giá trị năm 2030 nằm từ 9.870 đến "
        "14.200 tỷ đồng; khả năng đạt từ 12.420 tỷ đồng trở lên: khoảng 35%."
    )


def test_and_in_english():
    assert plain(sentence(Reason("chance_level", LEVEL), "en")) == (
        "If the trend goes on, there are 8 chances in 10 that the value of 2030 lies between "
        "9,870 and 14,200 billion VND; chance of at least 12,420 billion VND: about 35%."
    )


def test_a_bound_keeps_its_decimals_and_a_forecast_loses_them():
    text = plain(sentence(Reason("chance_level", {**LEVEL, "bound": 12420.5})))
    assert "12.420,5 tỷ đồng" in text
    rate = {**LEVEL, "unit": "%", "low": 61.234, "high": 78.9, "bound": 75.0}
    assert "từ 61,2 đến 78,9%; khả năng đạt từ 75% trở lên" in sentence(
        Reason("chance_level", rate)
    )


@pytest.mark.parametrize(
    ("change", "goal"),
    [
        ({"comparator": "more_than", "bound": 90.0}, "đạt trên 90%"),
        ({"comparator": "at_most", "bound": 5.0, "down": True}, "không quá 5%"),
        ({"comparator": "at_least", "bound": 100.0}, "đạt 100%"),
        (
            {"comparator": "between", "bound": 47.5, "bound_high": 52.5},
            "trong khoảng 47,5 đến 52,5%",
        ),
        ({"comparator": "about", "bound": 57.0}, "đạt từ 57% trở lên"),
    ],
)
def test_the_goal_is_worded_as_the_target_asks(change, goal):
    assert goal in sentence(Reason("chance_level", {**LEVEL, "unit": "%", **change}))


@pytest.mark.parametrize(
    ("pct", "text"),
    [
        (4, "dưới 5%"),
        (5, "khoảng 5%"),
        (12.5, "khoảng 15%"),
        (47, "khoảng 45%"),
        (95, "khoảng 95%"),
        (96, "trên 95%"),
    ],
)
def test_a_probability_is_stated_to_five_points(pct, text):
    assert probability_text(pct) == text


REASONS = [
    Reason("chance_level", LEVEL),
    Reason("chance_every_year", LEVEL),
    Reason("chance_total", LEVEL),
    Reason("chance_reached", LEVEL),
    Reason("chance_capped"),
    Reason("chance_none"),
    Reason("chance_stale", {"year": 2019}),
    Reason("chance_over", {"year": 2030}),
    Reason("chance_known", {"year": 2030}),
    Reason("chance_hole", {"years": (2026, 2027)}),
    Reason("forecast_no_points"),
    Reason("forecast_one_point", {"year": 2025}),
    Reason("forecast_few_points", {"points": 3}),
    Reason("forecast_disruption", {"years": (2020, 2021), "weight_pct": 30.0}),
    Reason("forecast_far", {"years": 6}),
    Reason(
        "forecast_nowcast",
        {
            "period": "2026-H1",
            "year": 2026,
            "so_far": 3500000.0,
            "value": 5716666.7,
            "years": (2023, 2024),
            "unit": "lượt",
            "decimals": 0,
        },
    ),
    Reason(
        "part_above_whole",
        {
            "part": "DL-02",
            "whole": "DL-01",
            "year": 2030,
            "part_value": 7.0,
            "whole_value": 6.0,
            "unit": "lượt",
            "figures": False,
        },
    ),
    Reason(
        "whole_outside_parts",
        {
            "whole": "GD-01",
            "parts": ("GD-02", "GD-03"),
            "year": 2030,
            "whole_value": 90.0,
            "low": 80.0,
            "high": 85.0,
            "unit": "%",
            "figures": True,
        },
    ),
]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.key)
def test_every_reason_is_one_whole_sentence(reason, lang):
    text = sentence(reason, lang)
    assert re.fullmatch(r"[^{}()]*(\([^{}()]*\)[^{}()]*)*\.", text)
    assert "None" not in text
    assert text[0].isupper() or text[0].isdigit()


def test_every_key_that_the_maths_gives_has_its_sentence():
    room = Path(indicators.__file__).parent
    sources = [path.read_text(encoding="utf-8") for path in sorted(room.glob("forecast*.py"))]
    given = set(
        re.findall(r'"((?:chance|forecast|part|whole)_(?!value)[a-z_]+)"', "".join(sources))
    )
    assert given == {reason.key for reason in REASONS}


def test_an_unknown_reason_or_a_missing_number_is_named():
    with pytest.raises(ValueError, match=r"forecast\.weather"):
        sentence(Reason("weather"))
    with pytest.raises(ValueError, match="year"):
        sentence(Reason("chance_stale"))
