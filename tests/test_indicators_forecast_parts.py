from indicators.forecast import forecast
from indicators.forecast_parts import contradictions, medians

PART_OF = {"DL-01": "", "DL-02": "DL-01", "GD-02": "mean:GD-01", "GD-03": "mean:GD-01"}


def test_a_part_above_its_whole_is_named_at_both_with_its_worst_year():
    values = {"DL-01": {2029: 10.0, 2030: 10.0}, "DL-02": {2028: 99.0, 2029: 11.0, 2030: 13.0}}
    found = contradictions(values, PART_OF)
    assert set(found) == {"DL-01", "DL-02"}
    (reason,) = found["DL-02"]
    assert reason.key == "part_above_whole"
    assert (reason.numbers["year"], reason.numbers["part_value"]) == (2030, 13.0)


def test_a_part_up_to_its_whole_is_no_contradiction():
    assert contradictions({"DL-01": {2030: 10.0}, "DL-02": {2030: 10.0}}, PART_OF) == {}
    assert contradictions({"DL-02": {2030: 10.0}}, PART_OF) == {}


def test_a_whole_outside_its_parts_is_named_at_all_of_them():
    values = {"GD-01": {2030: 70.0}, "GD-02": {2030: 80.0}, "GD-03": {2030: 75.0}}
    found = contradictions(values, PART_OF)
    assert set(found) == {"GD-01", "GD-02", "GD-03"}
    numbers = found["GD-01"][0].numbers
    assert (numbers["low"], numbers["high"], numbers["whole_value"]) == (75.0, 80.0, 70.0)


def test_a_whole_between_its_parts_or_with_a_part_unknown_is_no_contradiction():
    between = {"GD-01": {2030: 78.0}, "GD-02": {2030: 80.0}, "GD-03": {2030: 75.0}}
    unknown = {"GD-01": {2030: 70.0}, "GD-02": {2030: 80.0}}
    assert contradictions(between, PART_OF) == contradictions(unknown, PART_OF) == {}


def test_values_in_another_unit_are_not_compared():
    values = {"DL-01": {2030: 10.0}, "DL-02": {2030: 13.0}}
    other = {"DL-01": "nghìn lượt", "DL-02": "lượt"}
    assert contradictions(values, PART_OF, units=other) == {}
    same = contradictions(values, PART_OF, units={"DL-01": "lượt", "DL-02": "lượt"})
    assert same["DL-01"][0].numbers["unit"] == "lượt"


def test_forecasts_are_compared_by_their_medians():
    slow = forecast([2023, 2024, 2025], [100.0, 100.0, 100.0], "count", range(1, 6))
    fast = forecast([2023, 2024, 2025], [40.0, 65.0, 92.0], "count", range(1, 6))
    values = medians({"DL-01": slow, "DL-02": fast})
    assert values["DL-01"][2030] == slow.of(2030).mean
    assert contradictions(values, PART_OF)["DL-01"][0].numbers["year"] == 2030
