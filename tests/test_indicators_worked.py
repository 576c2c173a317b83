"""The steps of a worked example: each formula gives its result, the last what was judged by."""

import ast
import math
import operator
import re
from datetime import date

import pytest

from indicators.comparison import all_methods
from indicators.methods.case import read_case
from indicators.methods.registry import METHODS
from indicators.model import Target
from indicators.situation import Situation, case_of
from indicators.worked import steps
from tests.test_indicators_methods_cases import ALL

WORDS = {"−": "-", "×": "*", "^": "**"}
DOES = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
CALLS = {"ln": math.log, "exp": math.exp, "size": abs}


def worked_out(text):
    """A formula as it is printed, by a calculator that knows nothing of the methods."""
    for printed, python in WORDS.items():
        text = text.replace(printed, python)
    text = re.sub(r"\|([^|]*)\|", r"size(\1)", text)

    def of(node):
        if isinstance(node, ast.BinOp):
            return DOES[type(node.op)](of(node.left), of(node.right))
        if isinstance(node, ast.UnaryOp):
            return -of(node.operand)
        if isinstance(node, ast.Call):
            return CALLS[node.func.id](of(node.args[0]))
        return float(node.value)

    return of(ast.parse(text, mode="eval").body)


def filled(step):
    return step.formula.format_map({k: f"({n.value!r})" for k, n in step.numbers.items()})


def of_case(method, series, target, as_of):
    case = read_case(series, target, as_of)
    result = METHODS[method].judge(case)
    return result, steps(result, case)


def test_every_formula_worked_out_gives_its_result():
    checked = 0
    for _, method, series, target, as_of, _, _ in ALL:
        for step in of_case(method, series, target, as_of)[1]:
            assert worked_out(filled(step)) == pytest.approx(step.result.value, rel=1e-9, abs=1e-9)
            checked += 1
    assert checked > 1500


# What the method judged by: the step that gives it, and what its number is multiplied with.
DECIDES = {
    "destatis": ("left_open", 1),
    "vn_plan": ("completion", 100),
    "healthy_people": ("way", 100),
    "statcan": ("pace_share", 1),
    "eurostat": ("pace_share", 1),
    "unsd": ("way", 1),
    "sdg_index": ("pace_share", 1),
    "escap_csi": ("index", 1),
    "escap_api": ("index", 1),
}


@pytest.mark.parametrize("method", METHODS)
def test_the_step_that_decides_gives_the_methods_own_number(method):
    key, times = DECIDES[method]
    found = 0
    for _, name, series, target, as_of, _, _ in ALL:
        if name != method:
            continue
        result, sums = of_case(name, series, target, as_of)
        for step in sums:
            if step.key == key and result.number is not None:
                assert times * step.result.value == pytest.approx(result.number, rel=1e-9)
                found += 1
    assert found


def test_the_value_of_the_target_year_is_the_one_that_the_index_took():
    found = 0
    for _, method, series, target, as_of, _, _ in ALL:
        if method != "escap_api":
            continue
        result, sums = of_case(method, series, target, as_of)
        for step in sums:
            if step.key == "logit_ahead":
                assert step.result.value == pytest.approx(result.numbers["at_value"])
                found += 1
    assert found > 20


def situation(series, kind="level"):
    asked = (50.0, None, 2025, 2030, "up", "province", "", "")
    target = Target("X", "", "", "", "%", kind, "at_least", *asked)
    return Situation(target, date(2027, 6, 1), series=series)


@pytest.mark.parametrize(("kind", "key"), [("level", "met_early"), ("every_year", "year_met")])
def test_a_verdict_of_the_newest_value_shows_value_and_change(kind, key):
    now = situation({2023: 48.0, 2025: 55.0, 2026: 54.0}, kind)
    german = all_methods(now)[0]
    assert german.reason.key == key
    compared, change = steps(german, case_of(now))
    assert (compared.key, compared.result.value) == ("compared", 4.0)  # 54 of 50
    assert (change.key, change.result.value) == ("yearly_change", 2.0)  # from 48 in three years


def test_where_one_figure_is_no_trend_nothing_is_worked_out_but_the_completion():
    now = situation({2026: 40.0})
    sums = {one.method: steps(one, case_of(now)) for one in all_methods(now)}
    assert {method for method, found in sums.items() if found} == {"vn_plan"}
    assert sums["vn_plan"][0].result.value == 0.8  # 40 of 50
