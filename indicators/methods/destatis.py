"""The weather symbols of the German sustainability indicators: would the recent pace suffice?

Source: Statistisches Bundesamt, German Sustainable Development Strategy, indicator status
method (October 2024). The mean yearly change of the last six values is carried on to the
target year; the share of today's gap that would stay open gives the symbol (thresholds 5 % and
20 %, unless set otherwise). Targets for every year, targets already reached and those whose year
has come are judged by their last value and the sign of the change; a mere direction by the mean
and by the last change.

Only the first and the last of the six values matter, so one odd year (2020) tips the symbol
for years; near the target the gap is small and the share jumps.
"""

from __future__ import annotations

from ..model import CUMULATIVE, EACH_AREA, EVERY_YEAR, LEVEL
from .case import DONE_KIND, Case, Method, Result, refused

SUN, PARTLY, CLOUDY, STORM = "sun", "partly_cloudy", "cloudy", "thunderstorm"
NOT_ASSESSED = "not_assessed"

WINDOW = 6
NEEDS = 4

_NOISE = 1e-9


def judge(case: Case, least: int = NEEDS) -> Result:
    """The symbol, with the share of the gap that stays open as its number.

    Args:
        case: the series and its target.
        least: fewest values to judge from. The method itself asks for four; the product
            also shows what the formula gives on two or three, marked as provisional.
    """
    kind = case.target.kind
    if kind in (EACH_AREA, DONE_KIND):
        return refused(case, METHOD, NOT_ASSESSED, "kind_not_read", kind=kind)
    if case.figures < least or len(case.values) < 2:
        return refused(case, METHOD, NOT_ASSESSED, "too_few")
    years, values = case.years[-WINDOW:], case.values[-WINDOW:]
    change = (values[-1] - values[0]) / (years[-1] - years[0])
    better = case.sign * change
    numbers: dict[str, object] = {
        "value": values[-1],
        "year": years[-1],
        "first_year": years[0],
        "had": change,
        "down": case.sign < 0,
    }
    number = None
    goal = case.goal
    if goal is None:
        label, key = _direction(case, better)
    elif _by_table(case, years[-1]):
        met = case.meets(values[-1])
        label, key = _table(met, better)
        numbers["goal"] = goal
    elif case.target.year is None:
        return refused(case, METHOD, NOT_ASSESSED, "no_target_year")
    else:
        label, key, number = _pace(case, goal, better, numbers)
    few = case.figures < NEEDS
    unused = case.unused + tuple(map(str, case.years[:-WINDOW]))
    reason = case.reason(key, **numbers)
    return Result(METHOD.key, label, number, len(years), NEEDS, reason, years, unused, few)


def _by_table(case: Case, last: int) -> bool:
    """Whether the last value decides: each year counts, it is reached, or its year has come."""
    target = case.target
    return (
        target.kind == EVERY_YEAR
        or case.meets(case.values[-1])
        or (target.year is not None and last >= target.year)
    )


def _table(met: bool, better: float) -> tuple[str, str]:
    if met:
        return (SUN, "met_steady") if better >= 0 else (PARTLY, "met_worsening")
    return (CLOUDY, "missed_improving") if better > 0 else (STORM, "missed_no_better")


def _pace(
    case: Case, goal: float, better: float, numbers: dict[str, object]
) -> tuple[str, str, float | None]:
    """Symbol, reason and open share of the gap of a level that is still to be reached."""
    target_year = case.target.year or 0
    left = target_year - case.years[-1]
    way = goal - case.values[-1]
    gap = case.sign * way
    numbers.update(goal=goal, target_year=target_year, need=way / left)
    if gap <= _NOISE * abs(goal):  # on a strict bound: nothing left but to pass it
        return (SUN if better > 0 else STORM), "on_strict_bound", None
    miss = (gap - better * left) / gap
    numbers["open_pct"], numbers["near_pct"] = 100 * miss, 100 * case.target.near
    if better <= 0:
        return STORM, "pace_none" if better == 0 else "pace_wrong", miss
    if miss < case.target.near - _NOISE:
        return SUN, "pace_enough", miss
    if miss <= case.target.slow + _NOISE:
        return PARTLY, "pace_nearly", miss
    return CLOUDY, "pace_short", miss


def _direction(case: Case, better: float) -> tuple[str, str]:
    last = case.sign * (case.values[-1] - case.values[-2])
    if better > 0:
        return (SUN, "heading_right") if last > 0 else (PARTLY, "heading_right_halted")
    return (CLOUDY, "heading_wrong_turned") if last > 0 else (STORM, "heading_wrong")


METHOD = Method(
    key="destatis",
    judge=judge,
    needs=NEEDS,
    labels=(SUN, PARTLY, CLOUDY, STORM, NOT_ASSESSED),
    source=(
        "Statistisches Bundesamt, German Sustainable Development Strategy, "
        "indicator status method, 2024"
    ),
    scale={SUN: "on_track", PARTLY: "behind", CLOUDY: "at_risk", STORM: "at_risk"},
    reads=frozenset({LEVEL, EVERY_YEAR, CUMULATIVE}),
)
