import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.forecast import LEAST, LEVELS, MOST, forecast
from indicators.forecast_mix import Part, draws, probability_below, quantiles
from indicators.forecast_models import (
    GRID,
    filtered,
    filtered_from_within,
    filtered_with_noise,
)
from indicators.forecast_scales import scale_for, scale_of
from indicators.model import Indicator

VISITS = [4.4e6, 4.56e6, 4.9e6, 5.2e6, 5.3e6]
YEARS = [2021, 2022, 2023, 2024, 2025]
NOISY = [50.0, 46, 57, 52, 61, 55]


def medians(found):
    return [ahead.mean for ahead in found.years]


# --- the filter, held against a slow one -------------------------------------------------


def slow_filter(model, years, values, drift, horizons):
    """One model by textbook matrices: errors, their variances, forecasts and their variances."""
    d = GRID.damping[model]
    move = np.array([[1, d], [0, d]])
    push = np.array([drift * (1 - d), drift * (1 - d)]) if d else np.zeros(2)
    noise = np.diag([GRID.shock[model], 0.0]) + GRID.change[model] * np.array([[0, 0], [0, 1.0]])
    look = np.array([1.0, 0.0])
    state = np.array([values[0], drift if d else 0.0])
    spread = np.diag([GRID.irregular[model], GRID.start[model]])
    errors, variances = [], []
    for place in range(1, len(years)):
        for _ in range(years[place] - years[place - 1]):
            state, spread = move @ state + push, move @ spread @ move.T + noise
        variance = look @ spread @ look + GRID.irregular[model]
        error = values[place] - look @ state
        gain = spread @ look / variance
        state, spread = state + gain * error, spread - np.outer(gain, look @ spread)
        errors.append(error)
        variances.append(variance)
    ahead = {}
    for h in range(1, max(horizons) + 1):
        state, spread = move @ state + push, move @ spread @ move.T + noise
        ahead[h] = (state[0], spread[0, 0] + GRID.irregular[model])
    return errors, variances, [ahead[h] for h in horizons]


@pytest.mark.parametrize("model", range(GRID.size))
def test_the_maps_give_what_a_slow_kalman_filter_gives(model):
    years, values, drift, horizons = (0, 1, 3, 4), np.array([1.0, 1.3, 1.2, 1.7]), 0.02, (1, 3)
    errors, variances, ahead = slow_filter(model, years, values, drift, horizons)
    maps = filtered(years, horizons)
    figures = np.append(values, drift)
    assert maps.residual[model] @ figures == pytest.approx(
        [e / math.sqrt(v) for e, v in zip(errors, variances, strict=True)]
    )
    assert maps.log_scale[model] == pytest.approx(0.5 * sum(math.log(v) for v in variances))
    assert maps.ahead[model] @ figures == pytest.approx([mean for mean, _ in ahead])
    assert np.diag(maps.spread[model]) == pytest.approx([variance for _, variance in ahead])


def test_errors_of_two_years_belong_together_as_in_a_random_walk():
    # The first model is a level alone, no irregular: errors 1 and 3 years ahead share a shock.
    assert (GRID.damping[0], GRID.irregular[0], GRID.shock[0]) == (0, 0, 1)
    assert filtered((0, 1, 2), (1, 3)).spread[0] == pytest.approx(np.array([[1, 1], [1, 3]]))


def test_the_true_value_of_an_estimated_year_lies_between_forecast_and_estimate():
    # Level alone, shock 1: the forecast of the second year is 10 ± 1. An estimate of 16 with
    # variance 2 moves it by 1/(1+2) of the way, to 12, and leaves a variance of 2/3.
    extra = np.zeros((2, GRID.size))
    extra[1] = 2.0
    maps = filtered_with_noise((0, 1), (0, 1), extra)
    figures = np.array([10.0, 16.0, 0.0])
    assert maps.ahead[0] @ figures == pytest.approx([12, 12])
    assert maps.spread[0] == pytest.approx(np.array([[2 / 3, 2 / 3], [2 / 3, 2 / 3 + 1]]))


def test_a_figure_from_within_its_year_leaves_that_part_of_a_step_to_its_end():
    # Level alone, shock 1: half a year is half a step, so 0,5 to the year's end, 1,5 to the next;
    # the two share the first half-year.
    maps = filtered_from_within((0, 1), (0, 1), 6)
    assert maps.ahead[0] @ np.array([10.0, 12.0, 0.0]) == pytest.approx([12, 12])
    assert maps.spread[0] == pytest.approx(np.array([[0.5, 0.5], [0.5, 1.5]]))


# --- mixtures ------------------------------------------------------------------------------


def part(degrees, weight, mean, scale):
    weights, means, scales = (np.array(x, float) for x in (weight, mean, scale))
    spread = scales[:, :, None] ** 2 * np.eye(1)
    return Part(degrees, weights, means, scales, spread)


def test_one_component_has_the_published_quantiles_of_students_t():
    # Tables of Student's t with 4 degrees: 97,5 % at 2,776; 90 % at 1,533.
    found = quantiles([part(4.0, [1.0], [[10.0]], [[2.0]])], LEVELS)[0]
    asked = [10 - 2 * 2.7764, 10 - 2 * 1.5332, 10, 10 + 2 * 1.5332, 10 + 2 * 2.7764]
    assert found == pytest.approx(asked, abs=0.003)


def test_quantiles_of_a_mixture_are_where_its_share_below_says():
    parts = [
        part(2.5, [0.3, 0.2], [[0.0], [5.0]], [[1.0], [0.3]]),
        part(9.0, [0.5], [[2.0]], [[3.0]]),
    ]
    found = quantiles(parts, LEVELS)[0]
    assert probability_below(parts, 0, found) == pytest.approx(LEVELS, abs=0.002)


def test_a_sharp_peak_inside_a_wide_mixture_is_found():
    # 60 % within a millionth of 7, the rest wide around 100: a median of 7, 90 % far above.
    parts = [part(30.0, [0.6, 0.4], [[7.0], [100.0]], [[1e-6], [5.0]])]
    found = quantiles(parts, LEVELS)[0]
    assert found[:3] == pytest.approx([7, 7, 7], abs=1e-4)
    assert found[3] == pytest.approx(100 + 5 * 0.683, abs=0.1)  # 75 % of t with 30 degrees


def test_draws_spread_as_the_mixture_says():
    parts = [part(6.0, [0.25, 0.75], [[0.0], [10.0]], [[1.0], [2.0]])]
    paths = draws(parts, 8000, 1)[:, 0]
    for value in (0.0, 2.0, 10.0, 13.0):
        share = probability_below(parts, 0, np.array([value]))[0]
        assert np.mean(paths < value) == pytest.approx(share, abs=0.02)


# --- the forecast --------------------------------------------------------------------------


@pytest.mark.parametrize(("scale", "value"), [("count", 1200.0), ("money", 5.5), ("rate", 75.0)])
def test_a_constant_series_stays(scale, value):
    found = forecast(range(2018, 2026), [value] * 8, scale, range(1, 6))
    assert medians(found) == pytest.approx([value] * 5, rel=0.01)


def test_a_constant_growth_rate_stays_exactly():
    found = forecast(range(2018, 2026), [8.0] * 8, "growth", range(1, 6))
    assert medians(found) == pytest.approx([8.0] * 5)


def test_a_steady_rise_goes_on_but_not_faster():
    found = forecast(YEARS, [100, 110, 120, 130, 140], "count", [1, 5])
    first, last = medians(found)
    assert 143 < first < 152
    assert 150 < last < 195


def test_farther_years_are_less_sure():
    found = forecast(YEARS, VISITS, "count", range(1, 6))
    widths = [a.quantiles[0.9] - a.quantiles[0.1] for a in found.years]
    assert widths == sorted(widths)
    assert widths[-1] > 1.5 * widths[0]


@pytest.mark.parametrize("scale", ["count", "money"])
def test_what_counts_is_never_negative(scale):
    found = forecast(YEARS, [90, 40, 25, 6, 1], scale, range(1, 6))
    assert all(a.quantiles[0.025] >= 0 for a in found.years)
    assert found.years[0].at_least(0) == 1
    assert found.paths().min() >= 0


def test_a_rate_stays_within_0_and_100_and_may_reach_100():
    found = forecast(YEARS, [70, 80, 88, 95, 99], "rate", range(1, 6))
    assert all(0 <= a.quantiles[q] <= 100 for a in found.years for q in LEVELS)
    assert found.years[-1].at_least(100) > 0.1
    assert found.years[-1].at_least(100.1) == 0


def test_a_growth_rate_may_fall_below_zero():
    found = forecast(YEARS, [4.0, 2.5, 3.5, 1.0, 0.5], "growth", [1, 2])
    assert found.years[0].quantiles[0.1] < 0
    assert 0 < found.years[0].at_least(-20) - found.years[0].at_least(20) <= 1


def test_the_higher_the_target_the_smaller_the_chance():
    for scale, values in (("count", VISITS), ("rate", NOISY[:5]), ("growth", [8, 7, -3, 9, 8])):
        ahead = forecast(YEARS, values, scale, [3]).years[0]
        targets = np.linspace(-2 * max(values), 4 * max(values), 61)
        chances = [ahead.at_least(t) for t in targets]
        assert all(a >= b for a, b in pairwise(chances))


def test_quantiles_and_probabilities_are_one_distribution():
    for scale, values in (("count", VISITS), ("rate", NOISY[:5]), ("growth", [8, 7, -3, 9, 8])):
        ahead = forecast(YEARS, values, scale, [2]).years[0]
        for level, value in ahead.quantiles.items():
            assert ahead.at_least(value) == pytest.approx(1 - level, abs=0.003)


def test_another_unit_gives_the_same_forecast_in_that_unit():
    in_visits = forecast(YEARS, VISITS, "count", [1, 5])
    in_millions = forecast(YEARS, [v / 1e6 for v in VISITS], "count", [1, 5])
    for a, b in zip(in_visits.years, in_millions.years, strict=True):
        assert [v / 1e6 for v in a.quantiles.values()] == pytest.approx(list(b.quantiles.values()))
        assert a.prob(6e6) == pytest.approx(b.prob(6))


def test_a_year_without_a_figure_may_be_named_or_left_out():
    named = forecast([2018, 2019, 2022, 2023], [1.0, None, 1.2, 1.3], "money", [1, 2])
    left_out = forecast([2018, 2022, 2023], [1.0, 1.2, 1.3], "money", [1, 2])
    assert [a.quantiles for a in named.years] == [a.quantiles for a in left_out.years]
    assert named.points == 3


def test_years_ahead_count_from_the_last_figure():
    found = forecast([2022, 2023, 2024], [5.0, 6.0, None], "money", [1, 2])
    assert (found.last, [a.year for a in found.years]) == (2023, [2024, 2025])
    assert found.of(2025).mean == found.years[1].mean
    assert found.of(2030) is None


def test_one_point_gives_no_forecast_and_says_why():
    found = forecast([2025], [5.0], "count", [1, 2])
    assert found.years == ()
    assert [r.key for r in found.reasons] == ["forecast_one_point"]
    assert [r.key for r in forecast([], [], "count", [1]).reasons] == ["forecast_no_points"]


@pytest.mark.parametrize(
    ("points", "keys"), [(2, ["forecast_few_points"]), (3, ["forecast_few_points"]), (4, [])]
)
def test_two_and_three_points_are_forecast_and_called_uncertain(points, keys):
    found = forecast(range(2022, 2022 + points), [5.0, 5.5, 5.2, 5.9][:points], "money", [1, 2])
    assert len(found.years) == 2
    assert [r.key for r in found.reasons] == keys


def test_probabilities_are_never_stated_below_4_or_above_96_percent():
    ahead = forecast(YEARS, VISITS, "count", [1]).years[0]
    assert ahead.at_least(5e7) < LEAST
    assert (ahead.prob(5e7), ahead.prob(1.0)) == (LEAST, MOST) == (0.04, 0.96)


def test_the_disrupted_years_are_mixed_in_and_named():
    years, values = list(range(2016, 2026)), [10.0, 11, 12, 13, 5, 4, 14, 15, 16, 17]
    found = forecast(years, values, "count", [1])
    without = forecast(
        years,
        [None if y in (2020, 2021) else v for y, v in zip(years, values, strict=True)],
        "count",
        [1],
    )
    assert [(r.key, r.numbers["years"]) for r in found.reasons] == [
        ("forecast_disruption", (2020, 2021))
    ]
    assert without.reasons == ()
    wide, narrow = (f.years[0].quantiles[0.9] - f.years[0].quantiles[0.1] for f in (found, without))
    assert wide > narrow


def test_a_history_that_ends_in_the_disruption_is_still_forecast_for_the_same_years():
    found = forecast([2017, 2018, 2019, 2020], [10.0, 11, 12, 5], "count", [1, 2])
    assert [a.year for a in found.years] == [2021, 2022]


def test_a_sure_estimate_counts_as_a_figure_and_an_unsure_one_hardly():
    known = forecast([2022, 2023, 2024, 2025], [10.0, 11, 12, 20], "money", [1])
    before = forecast([2022, 2023, 2024], [10.0, 11, 12], "money", [1, 2])
    sure = forecast([2022, 2023, 2024, 2025], [10.0, 11, 12, 20], "money", [0, 1], {2025: 0.001})
    unsure = forecast([2022, 2023, 2024, 2025], [10.0, 11, 12, 20], "money", [0, 1], {2025: 500.0})
    assert [a.year for a in sure.years] == [2025, 2026]
    assert sure.of(2025).mean == pytest.approx(20, rel=0.001)
    assert known.of(2026).mean > 15
    assert unsure.of(2025).mean == pytest.approx(before.of(2025).mean, rel=0.05)
    width = [f.of(2025).quantiles[0.9] - f.of(2025).quantiles[0.1] for f in (sure, unsure)]
    assert width[0] < 0.1 * width[1]


def test_the_end_of_a_year_lies_between_its_figure_and_the_next_years_forecast():
    years, rates = [2021, 2022, 2023, 2024, 2025], [50.0, 53.0, 56.0, 59.0, 62.0]
    december = forecast(years, rates, "rate", [1])
    july = forecast(years, rates, "rate", [0, 1], months_left=5)
    assert [a.year for a in july.years] == [2025, 2026]
    assert 62 < july.of(2025).mean < december.of(2026).mean < july.of(2026).mean
    width = [a.quantiles[0.9] - a.quantiles[0.1] for a in (july.of(2025), december.of(2026))]
    assert width[0] < width[1]


def test_farther_from_the_end_than_tested_is_said():
    reasons = forecast(YEARS, VISITS, "count", range(1, 8)).reasons
    assert [r.key for r in reasons] == ["forecast_disruption", "forecast_far"]


def test_paths_agree_with_each_years_distribution_and_repeat():
    found = forecast(YEARS, VISITS, "count", [1, 3])
    paths = found.paths()
    assert np.array_equal(paths, found.paths())
    for place, ahead in enumerate(found.years):
        for level in (0.1, 0.5, 0.9):
            assert np.mean(paths[:, place] < ahead.quantiles[level]) == pytest.approx(
                level, abs=0.03
            )
    assert np.corrcoef(paths.T)[0, 1] > 0.3


@pytest.mark.parametrize(
    ("years", "values"),
    [
        (YEARS, [0.0] * 5),
        (YEARS, [100.0] * 5),
        (YEARS, [0, 0, 0, 0, 7]),
        (YEARS, [1e-9, 1e12, 3, 4, 5]),
    ],
)
@pytest.mark.parametrize("scale", ["count", "money", "rate", "growth"])
def test_odd_series_give_finite_numbers(years, values, scale):
    found = forecast(years, values, scale, range(1, 7))
    assert all(math.isfinite(v) for a in found.years for v in a.quantiles.values())
    assert all(a.quantiles[p] <= a.quantiles[q] for a in found.years for p, q in pairwise(LEVELS))
    assert all(LEAST <= a.prob(t) <= MOST for a in found.years for t in (0, 50, 100, 1e15))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"scale": "index"}, "no scale 'index'"),
        ({"years": [2024, 2023]}, "years do not rise"),
        ({"values": [1.0]}, "2 years, but 1 values"),
        ({"values": [1.0, math.inf]}, "no number in 2025"),
        ({"horizons": [0, 1]}, "no year ahead: 0"),
        ({"horizons": [2, 1]}, "horizons do not rise"),
        ({"noise": {2024: 1.0}}, "only the last year"),
        ({"noise": {2025: -1.0}}, "no standard deviation"),
        ({"months_left": 12}, "no 12 months left"),
        ({"months_left": 3, "noise": {2025: 1.0}}, "either an estimate or"),
    ],
)
def test_a_wrong_call_is_named(change, message):
    call = {
        "years": [2024, 2025],
        "values": [1.0, 2.0],
        "scale": "count",
        "horizons": [1],
        **change,
    }
    with pytest.raises(ValueError, match=message):
        forecast(**call)


figure = st.one_of(st.none(), st.floats(0, 1e12), st.integers(0, 150).map(float))


@given(
    values=st.lists(figure, min_size=1, max_size=12),
    scale=st.sampled_from(["count", "money", "rate", "growth"]),
    end=st.integers(2015, 2030),
    noise=st.one_of(st.none(), st.floats(0, 1e6)),
)
@settings(max_examples=60, deadline=None)
def test_whatever_the_figures_the_answer_is_a_distribution(values, scale, end, noise):
    years = list(range(end - len(values) + 1, end + 1))
    last = max((y for y, v in zip(years, values, strict=True) if v is not None), default=None)
    estimated = None if noise is None or last is None else {last: noise}
    found = forecast(years, values, scale, [0, 1, 4] if estimated else [1, 4], estimated)
    assert bool(found.years) == (sum(v is not None for v in values) >= 2)
    assert found.years or found.reasons
    for ahead in found.years:
        table = list(ahead.quantiles.values())
        assert all(math.isfinite(v) for v in table)
        assert table == sorted(table)
        assert 0.0 <= ahead.at_least(50.0) <= 1.0
    if found.years:
        assert np.isfinite(found.paths(100)).all()


# --- scales --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "values"),
    [("count", [3.0, 900, 40]), ("rate", [0.0, 37.5, 100]), ("growth", [-8.0, 0, 12])],
)
def test_there_and_back_is_the_value_again(kind, values):
    scale = scale_for(kind, values)
    assert scale.back(scale.forward(np.array(values))) == pytest.approx(values)


@pytest.mark.parametrize(
    ("indicator", "scale"),
    [
        (Indicator("DL-01", "flow", decimals=0, minimum=0), "count"),
        (Indicator("DL-03", "flow", decimals=1, minimum=0), "money"),
        (Indicator("NL-01", "rate", minimum=0, maximum=100), "rate"),
        (Indicator("KT-02", "rate"), "growth"),
        (Indicator("HTX-05", "stock", decimals=0, minimum=0), "count"),
        (Indicator("MT-02", "done", minimum=0, maximum=1), None),
    ],
)
def test_the_register_says_on_which_scale_an_indicator_is_forecast(indicator, scale):
    assert scale_of(indicator) == scale
