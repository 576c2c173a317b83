import pytest

from indicators.forecast_chance import Chance
from indicators.forecast_differs import differs
from indicators.model import Reason


def chance_of(probability, **numbers):
    return Chance(probability, 2030, (Reason("chance_level", {"bound": 75.0, **numbers}),))


@pytest.mark.parametrize(
    ("scale", "probability", "meets_now", "key"),
    [
        ("on_track", 0.49, False, "differs_on_track"),
        ("on_track", 0.49, True, "differs_met_now"),
        ("at_risk", 0.5, False, "differs_at_risk"),
        ("on_track", 0.5, False, None),
        ("at_risk", 0.49, False, None),
        ("behind", 0.1, False, None),
        ("behind", 0.9, False, None),
        ("on_track", None, False, None),
    ],
)
def test_the_two_differ_below_and_from_one_half(scale, probability, meets_now, key):
    found = differs(scale, chance_of(probability), meets_now=meets_now)
    assert (found and found.key) == key


def test_a_value_to_be_kept_on_both_sides_is_told_by_its_range():
    both = chance_of(0.3, comparator="between", bound_high=80.0)
    assert differs("on_track", both, meets_now=True).key == "differs_wide"


def test_the_reason_carries_the_numbers_of_the_chance():
    assert differs("at_risk", chance_of(0.7), meets_now=False).numbers["bound"] == 75.0
