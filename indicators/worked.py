"""What a method worked out for one target, step by step: its numbers put into its formula.

Each step is a formula with named places and the numbers for them; worked out, it gives the
step's own result, and the last ones give what the method judged by. The formulas are those that
the modules in ``methods/`` name with their sources.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .methods.case import Case, Result
from .methods.destatis import WINDOW
from .methods.escap import ROOM

# Reasons of the common scale (verdicts.py) beside a label that the newest value gave.
_BY_SCALE = ("year_met", "year_missed", "met_early", "final_exceeded", "final_met", "final_missed")

AMOUNT, YEAR, SHARE, PLAIN, COUNT = "amount", "year", "share", "plain", "count"


class Number(NamedTuple):
    """A number of a step and what it is: amount (in the unit), year, share, plain or count."""

    value: float
    form: str


class Step(NamedTuple):
    """One line of a worked example.

    key: what is worked out. formula: with ``{places}``, written with − × / ^ |x| ln exp.
    numbers: what stands at the places. result: what comes out.
    """

    key: str
    formula: str
    numbers: Mapping[str, Number]
    result: Number


def steps(result: Result, case: Case) -> tuple[Step, ...]:
    """The steps from the figures to what a method judged by; () where there is no formula.

    Args:
        result: of a method on the case.
        case: what the method was given; of one that starts from the baseline the case with it.
    """
    work = _WORK.get(result.method)
    if work is None:
        return ()
    given = {
        name: float(value)
        for name, value in result.reason.numbers.items()
        if isinstance(value, (int, float))
    }
    try:
        return work(result.reason.key, given, case)
    except (KeyError, ValueError, ZeroDivisionError, OverflowError):
        return ()  # the verdict rests on something else than the formula


def _amount(value: float) -> Number:
    return Number(value, AMOUNT)


def _year(value: float) -> Number:
    return Number(value, YEAR)


def _at(case: Case, year: float) -> float:
    return case.values[case.years.index(int(year))]


def _compared(given: Mapping[str, float], goal: float) -> Step:
    """How far the value is beyond what is asked for, in the wanted direction."""
    down = bool(given.get("down"))
    formula = "{goal} − {value}" if down else "{value} − {goal}"
    over = goal - given["value"] if down else given["value"] - goal
    numbers = {"value": _amount(given["value"]), "goal": _amount(goal)}
    return Step("compared", formula, numbers, _amount(over))


def _yearly_change(first: float, last: float, years: tuple[float, float], *, down: bool) -> Step:
    formula = "({first} − {last})" if down else "({last} − {first})"
    change = (last - first) / (years[1] - years[0])
    numbers = {
        "first": _amount(first),
        "last": _amount(last),
        "first_year": _year(years[0]),
        "last_year": _year(years[1]),
    }
    formula += " / ({last_year} − {first_year})"
    return Step("yearly_change", formula, numbers, _amount(-change if down else change))


def _german(key: str, given: Mapping[str, float], case: Case) -> tuple[Step, ...]:
    if key in _BY_SCALE:
        return _by_newest(given, case)
    down = bool(given.get("down"))
    first_year, year, last = given["first_year"], given["year"], given["value"]
    change = _yearly_change(_at(case, first_year), last, (first_year, year), down=down)
    if key in ("met_steady", "met_worsening", "missed_improving", "missed_no_better"):
        return _compared(given, given["goal"]), change
    if not key.startswith("pace_"):
        return ()
    goal, target_year = given["goal"], given["target_year"]
    gap = last - goal if down else goal - last
    left = gap - change.result.value * (target_year - year)
    return (
        change,
        Step(
            "gap",
            "{last} − {goal}" if down else "{goal} − {last}",
            {"goal": _amount(goal), "last": _amount(last)},
            _amount(gap),
        ),
        Step(
            "left_open",
            "({gap} − {change} × ({target_year} − {year})) / {gap}",
            {
                "gap": _amount(gap),
                "change": change.result,
                "target_year": _year(target_year),
                "year": _year(year),
            },
            Number(left / gap, SHARE),
        ),
    )


def _by_newest(given: Mapping[str, float], case: Case) -> tuple[Step, ...]:
    """What the rule for newest values stands on, where the common scale gave the reason."""
    if case.goal is None or len(case.years) < 2:
        return ()
    years, values = case.years[-WINDOW:], case.values[-WINDOW:]
    down = case.sign < 0
    compared = _compared({"value": given["value"], "down": float(down)}, case.goal)
    return compared, _yearly_change(values[0], values[-1], (years[0], years[-1]), down=down)


def _plan(key: str, given: Mapping[str, float], case: Case) -> tuple[Step, ...]:
    if not key.startswith("plan_") or key == "plan_areas":
        return ()
    value, plan = given["value"], given["plan"]
    if plan == 0:
        return (_compared(given, plan),)
    numbers = {"value": _amount(value), "plan": _amount(plan)}
    return (Step("completion", "{value} / {plan}", numbers, Number(value / plan, SHARE)),)


def _healthy(key: str, given: Mapping[str, float], case: Case) -> tuple[Step, ...]:
    value, base = given["value"], given["base_value"]
    numbers = {"value": _amount(value), "base": _amount(base)}
    found: tuple[Step, ...] = ()
    if key == "share_away":
        away = Number(abs(value - base) / abs(base), SHARE)
        found = (Step("way_away", "|{value} − {base}| / |{base}|", numbers, away),)
    elif key in ("share_toward", "achieved"):
        goal = given["goal"]
        found = (_compared(given, goal),) if key == "achieved" else ()
        if key == "share_toward" or "share_pct" in given:
            done = Number((value - base) / (goal - base), SHARE)
            formula = "({value} − {base}) / ({goal} − {base})"
            found += (Step("way", formula, {**numbers, "goal": _amount(goal)}, done),)
    if found and "target_year" in given and given["year"] <= given["target_year"]:
        found += (_elapsed(given),)
    return found


def _elapsed(given: Mapping[str, float]) -> Step:
    base, year, target = given["base_year"], given["year"], given["target_year"]
    return Step(
        "elapsed",
        "({year} − {base_year}) / ({target_year} − {base_year})",
        {"year": _year(year), "base_year": _year(base), "target_year": _year(target)},
        Number((year - base) / (target - base), SHARE),
    )


def _growth(key: str, start: float, end: float, years: tuple[float, float]) -> Step:
    """Compound growth per year; only of positive values, whose roots everybody can follow."""
    if start <= 0 or end <= 0:
        raise ValueError(f"no growth to show from {start} to {end}")
    return Step(
        key,
        "({end} / {start})^(1 / ({end_year} − {start_year})) − 1",
        {
            "start": _amount(start),
            "end": _amount(end),
            "start_year": _year(years[0]),
            "end_year": _year(years[1]),
        },
        Number((end / start) ** (1 / (years[1] - years[0])) - 1, SHARE),
    )


def _growth_ratio(key: str, given: Mapping[str, float], case: Case) -> tuple[Step, ...]:
    """Statistics Canada and Eurostat: growth that was, growth that is needed, their ratio."""
    if case.two_sided or key not in ("growth_ratio", "achieved"):
        return ()
    base, year = given["base_value"], (given["base_year"], given["year"])
    had = _growth("growth_had", base, given["value"], year)
    until = (given["base_year"], given["target_year"])
    need = _growth("growth_needed", base, given["goal"], until)
    down = bool(given.get("down"))
    ratio = (-1 if down else 1) * had.result.value / abs(need.result.value)
    formula = "−{had} / |{need}|" if down else "{had} / |{need}|"
    numbers = {"had": had.result, "need": need.result}
    found = had, need, Step("pace_share", formula, numbers, Number(ratio, SHARE))
    return (_compared(given, given["goal"]), *found) if key == "achieved" else found


def _projected(key: str, given: Mapping[str, float], case: Case) -> tuple[Step, ...]:
    """UN Statistics Division: growth that was, carried on, and the share of the way then done."""
    if key == "achieved":
        return (_compared(given, given["goal"]),)
    if key != "projected_share":
        return ()
    base, value, goal = given["base_value"], given["value"], given["goal"]
    year, target_year = given["year"], given["target_year"]
    had = _growth("growth_had", base, value, (given["base_year"], year))
    ahead = value * (1 + had.result.value) ** (target_year - year)
    projected = Step(
        "carried_on",
        "{value} × (1 + {had})^({target_year} − {year})",
        {
            "value": _amount(value),
            "had": had.result,
            "target_year": _year(target_year),
            "year": _year(year),
        },
        _amount(ahead),
    )
    return had, projected, _way(case, ahead, base, goal)


def _way(case: Case, now: float, base: float, goal: float) -> Step:
    """The share of the way from base to goal that is done; away from it is negative."""
    if (goal - base) * case.sign <= 0:
        raise ValueError("the base lies beyond the goal")
    numbers = {"value": _amount(now), "base": _amount(base), "goal": _amount(goal)}
    share = Number((now - base) / (goal - base), SHARE)
    return Step("way", "({value} − {base}) / ({goal} − {base})", numbers, share)


def _arrow(key: str, given: Mapping[str, float], case: Case) -> tuple[Step, ...]:
    if key == "achieved":
        return (_compared(given, given["goal"]),)
    if key != "pace_ratio":
        return ()
    years = given["first_year"], given["last_year"]
    first, goal, target_year = _at(case, years[0]), given["goal"], given["target_year"]
    had = _yearly_change(first, _at(case, years[1]), years, down=bool(given.get("down")))
    turn = -1 if given.get("down") else 1
    span = case.target.span or target_year - years[0]
    numbers = {"goal": _amount(goal), "first": _amount(first)}
    if case.target.span:
        over, numbers["span"] = "{span}", Number(span, PLAIN)
    else:
        over = "({target_year} − {first_year})"
        numbers |= {"target_year": _year(target_year), "first_year": _year(years[0])}
    way = "({first} − {goal})" if turn < 0 else "({goal} − {first})"
    change = _amount(turn * (goal - first) / span)
    need = Step("change_needed", f"{way} / {over}", numbers, change)
    both = {"had": had.result, "need": need.result}
    ratio = Number(had.result.value / need.result.value, SHARE)
    return had, need, Step("pace_share", "{had} / {need}", both, ratio)


def _index(key: str, given: Mapping[str, float], case: Case) -> tuple[Step, ...]:
    """ESCAP: the way done now, or by the target year with the logit carried on."""
    if key == "achieved":
        return (_compared(given, given["goal"]),)
    if key not in ("way_done", "way_lost", "way_expected", "way_not_expected", "expected_to_meet"):
        return ()
    base, now, goal = given["base_value"], given["at_value"], given["goal"]
    found = () if int(given["at_year"]) in case.years else _logit(given, case)
    if key == "expected_to_meet":
        return *found, _compared({**given, "value": now}, goal)
    numbers = {"value": _amount(now), "base": _amount(base), "goal": _amount(goal)}
    if case.two_sided:
        index = 10 - 10 * abs(goal - now) / abs(goal - base)
        formula = "10 − 10 × |{goal} − {value}| / |{goal} − {base}|"
    else:
        index = 10 * _way(case, now, base, goal).result.value
        formula = "10 × ({value} − {base}) / ({goal} − {base})"
    return *found, Step("index", formula, numbers, Number(index, PLAIN))


def _logit(given: Mapping[str, float], case: Case) -> tuple[Step, ...]:
    """The value of the target year: mean yearly change of the logit, carried on from the last."""
    scale = case.target.scale or ROOM * max(*case.values, case.target.value or 0.0)
    logits = [math.log(value / (scale - value)) for value in case.values]
    changes = [
        (logits[place] - logits[place - 1]) / (case.years[place] - case.years[place - 1])
        for place in range(1, len(logits))
    ]
    total, count = Number(sum(changes), PLAIN), Number(len(changes), COUNT)
    pace = Number(total.value / count.value, PLAIN)
    last = {"value": _amount(case.values[-1]), "scale": _amount(scale)}
    odds = Number(logits[-1], PLAIN)
    ahead = odds.value + pace.value * (given["at_year"] - case.years[-1])
    return (
        Step("logit_pace", "{total} / {count}", {"total": total, "count": count}, pace),
        Step("logit_last", "ln({value} / ({scale} − {value}))", last, odds),
        Step(
            "logit_ahead",
            "{scale} / (1 + exp(−({odds} + {pace} × ({target_year} − {year}))))",
            {
                "scale": _amount(scale),
                "odds": odds,
                "pace": pace,
                "target_year": _year(given["at_year"]),
                "year": _year(case.years[-1]),
            },
            _amount(scale / (1 + math.exp(-ahead))),
        ),
    )


_Work = Callable[[str, Mapping[str, float], Case], tuple[Step, ...]]

_WORK: dict[str, _Work] = {
    "destatis": _german,
    "vn_plan": _plan,
    "healthy_people": _healthy,
    "statcan": _growth_ratio,
    "eurostat": _growth_ratio,
    "unsd": _projected,
    "sdg_index": _arrow,
    "escap_csi": _index,
    "escap_api": _index,
}
