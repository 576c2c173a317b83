"""The two indices of the UN ESCAP: how much of the way is done, and how much will be by then?

Source: UN Economic and Social Commission for Asia and the Pacific, Asia and the Pacific SDG
Progress Report, annex 1; the projection is that of UNICEF Middle East and North Africa
(progress assessment with the same indices): values as shares of ``scale``, the mean yearly
change of their logit carried on from the last value. ESCAP itself weighs recent years more.

A missing base or current value is projected too, so the base may be an extrapolation; a target
near its base makes the index explode.
"""

from __future__ import annotations

import math

from ..model import LEVEL
from .case import Case, Method, Result, refused
from .growth import NOISE

ON_TRACK, SLOW, REGRESSION = "on_track", "slow_progress", "regression"
WILL_MEET, ACCELERATE, NO_PROGRESS = (
    "will_meet_target",
    "need_to_accelerate",
    "no_progress_expected",
)
INSUFFICIENT = "insufficient_data"

BASE_YEAR, TARGET_YEAR = 2015, 2030
ROOM = 10  # without a natural scale: so many times the largest value, nearly constant growth


def judge_status(case: Case) -> Result:
    """Current status index: tenths of the way from the base to the target that are done."""
    return _judge(case, CSI, case.as_of, "way_done")


def judge_anticipated(case: Case) -> Result:
    """Anticipated progress index: tenths of the way that will be done by the target year."""
    return _judge(case, API, case.target.year or TARGET_YEAR, "way_expected")


def _judge(case: Case, method: Method, year: int, key: str) -> Result:
    goal = case.target.value if case.two_sided else case.goal
    top, middle, low, _ = method.labels
    if case.target.kind != LEVEL or goal is None:
        return refused(case, method, INSUFFICIENT, "kind_not_read", kind=case.target.kind)
    if not case.values:
        return refused(case, method, INSUFFICIENT, "too_few")
    numbers: dict[str, object] = {
        "value": case.values[-1],
        "year": case.years[-1],
        "goal": goal,
        "target_year": case.target.year or TARGET_YEAR,
        "down": case.sign < 0,
    }
    if len(case.values) == 1:
        if case.meets(case.values[0]):
            return case.result(method, top, 10.0, "achieved", numbers, case.years)
        return refused(case, method, INSUFFICIENT, "too_few")
    base_year = case.target.base_year or BASE_YEAR
    base, now = _value_in(case, base_year), _value_in(case, year)
    if base is None or now is None:
        return refused(case, method, INSUFFICIENT, "outside_scale")
    numbers |= {"base_year": base_year, "base_value": base, "at_year": year, "at_value": now}
    if case.meets(now):
        key = "achieved" if now == case.values[-1] else "expected_to_meet"
        return case.result(method, top, 10.0, key, numbers, case.years)
    if base == goal:
        return case.result(method, low, None, "left_the_target", numbers, case.years)
    if case.two_sided:
        index = 10 - 10 * abs(goal - now) / abs(goal - base)
    else:
        index = 10 * case.sign * (now - base) / abs(goal - base)
    numbers["done_pct"] = 10 * index
    label = top if index > 9 + NOISE else middle if index > NOISE else low
    return case.result(method, label, index, key, numbers, case.years)


def _value_in(case: Case, year: int) -> float | None:
    """The value of a year, projected from the last one where there is none.

    None where a value lies outside its scale, so that it is no share.
    """
    if year in case.years:
        return case.values[case.years.index(year)]
    scale = case.target.scale
    if scale is None:
        scale = ROOM * max(*case.values, case.target.value or 0.0)
    if scale <= 0 or min(case.values) < 0 or max(case.values) > scale:
        return None
    pace = _logit_pace(case, scale)
    if pace is None:
        return case.values[-1]
    last = case.values[-1] / scale
    odds = math.log(last / (1 - last)) + pace * (year - case.years[-1])
    return scale / (1 + math.exp(-odds)) if odds > -700 else 0.0


def _logit_pace(case: Case, scale: float) -> float | None:
    """Mean yearly change of the logit; None where it is infinite or there is none."""
    logits = [_logit(value / scale) for value in case.values]
    total, count = 0.0, 0
    for position in range(1, len(logits)):
        change = logits[position] - logits[position - 1]
        if change == change:  # infinite less infinite is dropped
            total += change / (case.years[position] - case.years[position - 1])
            count += 1
    return total / count if count and math.isfinite(total) else None


def _logit(share: float) -> float:
    if share <= 0:
        return -math.inf
    return math.inf if share >= 1 else math.log(share / (1 - share))


_SOURCE = "UN ESCAP, Asia and the Pacific SDG Progress Report, annex 1, yearly"

CSI = Method(
    key="escap_csi",
    judge=judge_status,
    needs=2,
    labels=(ON_TRACK, SLOW, REGRESSION, INSUFFICIENT),
    source=_SOURCE,
    scale={ON_TRACK: "on_track", SLOW: "behind", REGRESSION: "at_risk"},
    from_baseline=True,
)
API = Method(
    key="escap_api",
    judge=judge_anticipated,
    needs=2,
    labels=(WILL_MEET, ACCELERATE, NO_PROGRESS, INSUFFICIENT),
    source=_SOURCE,
    scale={WILL_MEET: "on_track", ACCELERATE: "behind", NO_PROGRESS: "at_risk"},
    from_baseline=True,
)
