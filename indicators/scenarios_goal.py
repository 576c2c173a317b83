"""What it takes: the growth, yearly step or start year that just reaches a target, exactly.

Closed form wherever there is one: with effects a year's value is ``v * m + a``, so that the
base value that is needed is ``(bound - a) / m``. Only the growth of a cumulative target's yearly
amounts is found by Newton's method, to the last digit, since it is the root of a polynomial.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .bounds import goes_down, meets, weak_end
from .model import CUMULATIVE, DONE, EVERY_YEAR, MORE_THAN, Reason, Settings, Target
from .scenarios import Limits, Start, scaled
from .scenarios_shapes import Delay, Effect

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Goal:
    """What it takes to reach a target from where it stands.

    by: the year until which; first: the first year whose value has to meet the bound (of an
    every_year target the next one, else ``by``). aim: the value that is just enough; strict:
    it has to be passed, not only reached. growth_pct: % a year; of a cumulative target the
    growth of the yearly amounts; None where no even growth leads there (from or to 0 and below).
    step: in the unit a year; of a cumulative target each year's amount. Either may be negative:
    then so much may be lost. met: whether the value meets the bound today. reachable: whether
    the figures can get there at all; ``reason`` says what it takes, or why not.
    """

    start: Start
    by: int
    first: int
    aim: float
    strict: bool
    down: bool
    met: bool
    reachable: bool
    growth_pct: float | None
    step: float | None
    reason: Reason


def goal(
    target: Target,
    start: Start,
    settings: Settings,
    *,
    by: int | None = None,
    effects: Sequence[Effect] = (),
    limits: Limits | None = None,
) -> Goal:
    """The even growth and the yearly step that just reach a target.

    Args:
        target: of any kind; each area's on its own.
        start: the latest yearly figure, or the running total.
        settings: the tolerance of "about", whose weak end is enough.
        by: the year until which; the target's last, if None.
        effects: what happens on the way (a bad year, a project, a delay).
        limits: what values are possible.

    Raises:
        ValueError: the target is "done or not", which no path leads to.
    """
    if target.comparator == DONE:
        raise ValueError(f"{target.code} is done or not")
    last = target.end if by is None else by
    down = goes_down(target.comparator, target.direction)
    aim = weak_end(target.comparator, target.low, target.high, settings.about_pct, down)
    first = last
    if target.kind == EVERY_YEAR:
        first = min(max(start.year + 1, target.start), last)
    met = meets(start.counted, target.comparator, target.low, target.high, settings.about_pct,
                down=down)  # fmt: skip
    asked = range(first, last + 1)
    hindrance = _hindrance(aim, last, start, limits, met=met, down=down)
    growth = step = None
    if hindrance is None:
        growth, step = _needed(target, start, aim, asked, effects, down=down)
        if growth is None and step is None:
            hindrance = Reason("goal_no_time", {"year": last})
    reachable = hindrance is None or (met and hindrance.key == "goal_over")
    found = Goal(
        start, last, first, aim, target.comparator == MORE_THAN, down, met, reachable, growth, step,
        hindrance or Reason(""),
    )  # fmt: skip
    return found if hindrance else _told(found, target)


def _hindrance(
    aim: float, last: int, start: Start, limits: Limits | None, *, met: bool, down: bool
) -> Reason | None:
    """Why no path leads there at all."""
    over = start.year >= last if start.total is None or not start.open_share else start.year > last
    if over:
        return Reason("goal_over", {"year": last, "last": start.year, "met": met})
    if limits is None or start.total is not None:
        return None
    if not down and limits.high is not None and aim > limits.high:
        return Reason("goal_above_most", {"aim": aim, "limit": limits.high})
    if down and limits.low is not None and aim < limits.low:
        return Reason("goal_below_least", {"aim": aim, "limit": limits.low})
    return None


def _needed(
    target: Target,
    start: Start,
    aim: float,
    asked: Iterable[int],
    effects: Sequence[Effect],
    *,
    down: bool,
) -> tuple[float | None, float | None]:
    """Growth in % and step; the hardest of the years that are asked."""
    if target.kind == CUMULATIVE and start.total is not None:
        return _of_total(start, start.total, aim, max(asked), effects)
    late = sum(one.years for one in effects if isinstance(one, Delay))
    growths: list[float | None] = []
    steps: list[float] = []
    for year in asked:
        factor, added = scaled(effects, year)
        left = year - start.year - late
        if left <= 0 or factor <= 0:
            return None, None
        base = (aim - added) / factor
        growths.append(_even_growth(start.value, base, left))
        steps.append((base - start.value) / left)
    hardest = min if down else max
    known = [one for one in growths if one is not None]
    return hardest(known) if len(known) == len(growths) else None, hardest(steps)


def _even_growth(value: float, end: float, years: float) -> float | None:
    """% a year from a value to another; None from or to 0 and below."""
    if value <= 0 or end <= 0:
        return None
    return 100 * math.expm1(math.log(end / value) / years)


def _of_total(
    start: Start, total: float, aim: float, last: int, effects: Sequence[Effect]
) -> tuple[float | None, float | None]:
    """Growth of the yearly amounts and the even yearly amount that fill the rest of a total.

    Of the start's own year only the open share counts, at today's amount.
    """
    late = sum(one.years for one in effects if isinstance(one, Delay))
    weights, added = [], 0.0
    for year in range(start.year, last + 1):
        part = start.open_share if year == start.year else 1.0
        factor, more = scaled(effects, year)
        weights.append(factor * part)
        added += more * part
    rest = aim - total - added
    held = sum(weights[: late + 1]) * start.value
    open_years = sum(weights[late + 1 :] if late else weights)
    step = (rest - held * bool(late)) / open_years if open_years > 0 else None
    return _growth_of_amounts(start.value, rest - held, weights[late + 1 :]), step


def _growth_of_amounts(amount: float, rest: float, weights: Sequence[float]) -> float | None:
    """% a year so that amounts growing from ``amount`` add up to the rest; None where none do.

    The root above 0 of w1 q + w2 q² + … = rest / amount. The left side rises and bends
    upward, so Newton's method from above never leaves the way down to it.
    """
    if amount <= 0 or rest <= 0 or not any(weight > 0 for weight in weights):
        return None
    wanted = rest / amount
    q: float = min(math.pow(wanted / w, 1 / k) for k, w in enumerate(weights, 1) if w > 0)
    for _ in range(200):
        value = slope = 0.0
        for weight in reversed(weights):
            slope = slope * q + value
            value = value * q + weight
        slope, value = slope * q + value, value * q
        nearer = q - (value - wanted) / slope
        if abs(nearer - q) <= 1e-16 * q:
            break
        q = nearer
    return 100 * (q - 1)


def _told(found: Goal, target: Target) -> Goal:
    """The same with the sentence's key and numbers."""
    numbers: dict[str, object] = {
        "code": target.code,
        "aim": found.aim,
        "by": found.by,
        "first": found.first,
        "from": found.start.counted,
        "from_year": found.start.year,
        "strict": found.strict,
        "down": found.down,
        "growth_pct": found.growth_pct,
        "step": found.step,
        "met": found.met,
    }
    kind = "goal_total" if found.start.total is not None else "goal_level"
    if target.kind == EVERY_YEAR:
        kind = "goal_every_year"
    if found.met:
        kind = "goal_met_total" if found.start.total is not None else "goal_met"
    return Goal(
        found.start, found.by, found.first, found.aim, found.strict, found.down, found.met,
        found.reachable, found.growth_pct, found.step, Reason(kind, numbers),
    )  # fmt: skip


def latest_start(
    found: Goal, *, growth_pct: float | None = None, step: float | None = None
) -> int | None:
    """The last year that may still be the first of a pace, the value kept until then.

    Args:
        found: what it takes; its ``first`` year has to meet the bound.
        growth_pct: the pace as % a year; of a cumulative target that of the yearly amounts.
        step: or as an amount a year.

    Returns:
        None where the pace, kept from the first year on, does not lead there in time; the
        year after ``first`` where nothing has to change.

    Raises:
        ValueError: neither pace, or both.
    """
    if (growth_pct is None) == (step is None):
        raise ValueError("one pace: growth_pct or step")
    if found.start.total is not None:
        return _latest_of_total(found, found.start.total, growth_pct, step)
    if found.met:
        return found.first + 1
    years = _years_needed(found.start.value, found.aim, growth_pct, step)
    if years is None or years > found.first - found.start.year + _ROUNDING:
        return None
    return found.first - math.ceil(years - _ROUNDING) + 1


def _years_needed(
    value: float, aim: float, growth_pct: float | None, step: float | None
) -> float | None:
    """Years of a pace from a value to the aim; None where it leads elsewhere."""
    if step is not None:
        years = (aim - value) / step if step else math.inf
    elif growth_pct and growth_pct > -100 and value > 0 and aim > 0:
        years = math.log(aim / value) / math.log1p(growth_pct / 100)
    else:
        return None
    return years if 0 <= years < math.inf else None


def _latest_of_total(
    found: Goal, total: float, growth_pct: float | None, step: float | None
) -> int | None:
    """The same of a running total: until then the amounts of today go on."""
    start, latest = found.start, None
    for first in range(start.year + 1, found.by + 2):
        amount, filled = start.value, total + start.value * start.open_share
        for year in range(start.year + 1, found.by + 1):
            if step is not None:
                amount = step if year >= first else start.value
            elif year >= first:
                amount *= 1 + (growth_pct or 0.0) / 100
            filled += amount
        if filled >= found.aim - _ROUNDING * abs(found.aim):
            latest = first
    return latest
