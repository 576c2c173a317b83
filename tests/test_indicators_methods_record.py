"""What is said of the checks of the methods, against a fresh count."""

from collections import Counter

from indicators.methods.registry import METHODS, assess_case
from indicators.methods_record import CHECKED, Checked
from tests.test_indicators_methods_cases import ALL, agrees


def test_the_printed_counts_are_those_of_a_fresh_count():
    asked, given = Counter(), Counter()
    for case_id, method, series, target, as_of, label, number in ALL:
        kind = (method, case_id.startswith("RULE-"))
        asked[kind] += 1
        given[kind] += agrees(assess_case(method, series, target, as_of), label, number)
    fresh = {
        method: Checked(
            asked[method, False], given[method, False], asked[method, True], given[method, True]
        )
        for method in METHODS
    }
    assert fresh == CHECKED
