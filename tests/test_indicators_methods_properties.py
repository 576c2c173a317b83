"""What must hold of the methods whatever the figures are."""

import random

import pytest

from indicators.methods.registry import METHODS, assess

FLIPPED = {"at_least": "at_most", "at_most": "at_least", "": ""}
PLAN_ORDER = ("khong_dat", "dat", "vuot")


def random_case(rng, scale=100.0):
    """A series of two to nine years and a level target, nothing at 0."""
    last = rng.randint(2018, 2026)
    years = sorted(rng.sample(range(2012, last + 1), min(rng.randint(2, 9), last - 2011)))
    value, series = rng.uniform(0.2, 0.6) * scale, {}
    for year in years:
        value = min(0.95 * scale, max(0.05 * scale, value + rng.uniform(-0.08, 0.1) * scale))
        series[year] = value
    up = rng.random() < 0.5
    target = {
        "value": rng.uniform(0.1, 0.9) * scale,
        "comparator": "at_least" if up else "at_most",
        "direction": "up" if up else "down",
        "year": 2030,
        "base_year": rng.choice([2012, 2015, years[0]]),
        "kind": "level",
        "scale": scale,
        "limit": scale,
    }
    if rng.random() < 0.2:
        target |= {"value": None, "comparator": "", "kind": "direction"}
    return series, target, last


def samples(count, seed):
    rng = random.Random(seed)
    return [random_case(rng) for _ in range(count)]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("factor", [0.001, 1000.0, 3.7])
def test_another_unit_changes_no_label(method, factor):
    for series, target, as_of in samples(150, 11):
        scaled = {key: value * factor for key, value in series.items()}
        other = target | {
            key: None if target[key] is None else target[key] * factor
            for key in ("value", "scale", "limit")
        }
        before = assess(method, series, target, as_of)
        after = assess(method, scaled, other, as_of)
        assert after.label == before.label


@pytest.mark.parametrize("method", [key for key in METHODS if key != "eurostat"])
def test_down_mirrors_up(method):
    """Values turned over: negated, for the ESCAP shares what is left to the whole."""
    whole = 100.0 if method.startswith("escap") else 0.0
    for series, target, as_of in samples(200, 12):
        if target["direction"] == "up":
            turned = {year: whole - value for year, value in series.items()}
            other = target | {"comparator": FLIPPED[target["comparator"]], "direction": "down"}
            other["limit"] = -100.0
            if target["value"] is not None:
                other["value"] = whole - target["value"]
            before = assess(method, series, target, as_of)
            assert assess(method, turned, other, as_of).label == before.label


@pytest.mark.parametrize("kind", ["level", "every_year", "cumulative"])
@pytest.mark.parametrize(
    ("comparator", "high"), [("at_least", None), ("between", 70.0), ("about", None)]
)
def test_better_data_never_worsens_the_plan_reading(kind, comparator, high):
    rng = random.Random(13)
    for _ in range(150):
        series = {year: rng.uniform(0, 40) for year in range(2025, 2029)}
        target = {"value": 50.0, "high": high, "comparator": comparator, "kind": kind}
        target |= {"direction": "up", "base_year": 2025, "year": 2030}
        better = dict(series)
        better[rng.choice([2025, 2028])] += rng.uniform(0, 60)
        before = assess("vn_plan", series, target, 2028)
        after = assess("vn_plan", better, target, 2028)
        assert PLAN_ORDER.index(after.label) >= PLAN_ORDER.index(before.label)
        assert after.number >= before.number


@pytest.mark.parametrize("method", METHODS)
def test_every_result_says_why_and_from_what(method):
    for series, target, as_of in samples(150, 14):
        result = assess(method, series, target, as_of)
        assert result.label in METHODS[method].labels
        assert result.reason.key
        assert result.points >= 0
        assert result.needs == METHODS[method].needs
        assert set(result.used) <= set(series) | {as_of}
        assert not set(map(str, result.used)) & set(result.unused)


ODD = {
    "nothing": {},
    "one value": {2024: 50.0},
    "zero base": {2015: 0.0, 2020: 5.0, 2024: 10.0},
    "all zero": {2015: 0.0, 2020: 0.0, 2023: 0.0, 2024: 0.0},
    "negative growth": {2015: 3.0, 2018: -2.0, 2021: -1.5, 2024: -4.0},
    "ceiling": {2015: 100.0, 2018: 100.0, 2021: 100.0, 2024: 100.0},
    "gaps": {2003: 10.0, 2015: 20.0, 2024: 30.0},
    "above the scale": {2015: 120.0, 2024: 140.0},
    "absent": {2020: None, 2021: float("nan"), 2022: 4.0, 2023: 5.0},
    "huge": {2015: 1e-9, 2024: 1e15},
}


ASKED = [
    ("at_least", "up", 60.0),
    ("at_most", "down", 0.0),
    ("more_than", "keep", 90.0),
    ("about", "keep", 30.0),
    ("between", "up", 100.0),
    ("at_least", "up", -1.0),
]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", ["level", "every_year", "cumulative", "done", "direction"])
def test_odd_figures_get_a_word_and_a_reason(method, kind):
    for name, series in ODD.items():
        for comparator, direction, value in ASKED:
            target = {"value": value, "comparator": comparator, "direction": direction}
            target |= {"kind": kind, "year": 2030, "base_year": 2015}
            target["high"] = 150.0 if comparator == "between" else None
            result = assess(method, series, target, 2025)
            assert result.label in METHODS[method].labels, name
            assert result.reason.key, name


def test_an_unknown_method_and_a_wrong_key_are_named():
    with pytest.raises(ValueError, match="'horoscope'"):
        assess("horoscope", {2020: 1.0}, {"value": 1.0}, 2024)
    with pytest.raises(ValueError, match="next year"):
        assess("destatis", {"next year": 1.0}, {"value": 1.0}, 2024)
    with pytest.raises(ValueError, match="seventy"):
        assess("destatis", {2020: 1.0}, {"value": "seventy"}, 2024)


def test_what_was_left_out_is_named():
    series = {"2020": None, "2021": float("nan"), "2022": 4.0, "2023": 5.0, "2027": 9.0}
    target = {"value": 6.0, "comparator": "at_least", "direction": "up", "year": 2030}
    result = assess("healthy_people", series, target, 2025)
    assert result.used == (2022, 2023)
    assert set(result.unused) == {"2020", "2021", "2027"}
    assert result.number == pytest.approx(50.0)  # 1 of the 2 from 4 to 6


def test_a_value_that_is_no_number_is_named():
    with pytest.raises(ValueError, match="about five"):
        assess("vn_plan", {2020: "about five"}, {"value": 6.0}, 2025)
