"""What a target asks of one value: its weak end, whether a value meets it or is better.

Every method and every verdict tests a value here, so that none of them can disagree about
what "about" or "between" means.
"""

from __future__ import annotations

from .model import ABOUT, AT_LEAST, AT_MOST, BETWEEN, DONE, MORE_THAN

LESS_THAN = "less_than"  # not in the register, but in published tables

# Computed values (a sum, a ratio, 95 % of a value) carry rounding noise; a figure that
# misses its bound by less than this share of it has not missed it.
_NOISE = 1e-9


def goes_down(comparator: str, direction: str) -> bool:
    """Whether a smaller value is the better one.

    The comparator decides where it can; "keep" asks for no less, unless it is a ceiling.
    """
    if comparator in (AT_MOST, LESS_THAN):
        return True
    if comparator in (AT_LEAST, MORE_THAN, DONE):
        return False
    return direction == "down"


def weak_end(
    comparator: str, low: float, high: float | None, tolerance_pct: float, down: bool = False
) -> float:
    """The value that is just enough: the weakest end of an interval or of "about".

    Args:
        comparator: at_least, more_than, at_most, less_than, about, between or done.
        low: the value, or the lower end of an interval.
        high: the upper end of an interval.
        tolerance_pct: what counts as "about", in % of the value.
        down: whether a smaller value is the better one.
    """
    if comparator == ABOUT:
        slack = abs(low) * tolerance_pct / 100
        return low + slack if down else low - slack
    if comparator == BETWEEN and down and high is not None:
        return high
    return low


def far_end(
    comparator: str, low: float, high: float | None, tolerance_pct: float, down: bool = False
) -> float:
    """The value beyond which the target is exceeded (vượt); arguments as for `weak_end`."""
    if comparator == ABOUT:
        return weak_end(comparator, low, high, tolerance_pct, not down)
    if comparator == BETWEEN and not down and high is not None:
        return high
    return low


def meets(
    value: float,
    comparator: str,
    low: float,
    high: float | None = None,
    tolerance_pct: float = 5.0,
    *,
    down: bool = False,
    two_sided: bool = False,
) -> bool:
    """Whether a value is what the target asks for, or better.

    Beyond the good side of "about" and above the top of an interval is no miss. With
    ``two_sided`` "about" has no good side: the value must lie within the tolerance.
    Other arguments as for `weak_end`.
    """
    if comparator == ABOUT and two_sided:
        slack = abs(low)
        return abs(value - low) <= slack * tolerance_pct / 100 + _NOISE * slack
    if comparator in (AT_MOST, LESS_THAN):
        down = True
    end = weak_end(comparator, low, high, tolerance_pct, down)
    noise = _NOISE * abs(end)
    if comparator == MORE_THAN:
        return value > end + noise
    if comparator == LESS_THAN:
        return value < end - noise
    return value <= end + noise if down else value >= end - noise


def exceeds(
    value: float,
    comparator: str,
    low: float,
    high: float | None = None,
    tolerance_pct: float = 5.0,
    *,
    down: bool = False,
    two_sided: bool = False,
) -> bool:
    """Whether a value is better than the target asks for (vượt).

    Strict bounds, "done" and a two-sided "about" are met or not, never exceeded.
    Arguments as for `meets`.

    Source: the plan reading of congress reviews, methods/vn_plan.py.
    """
    if comparator in (MORE_THAN, LESS_THAN, DONE) or two_sided:
        return False
    down = down or comparator == AT_MOST
    end = far_end(comparator, low, high, tolerance_pct, down)
    noise = _NOISE * abs(end)
    return value < end - noise if down else value > end + noise
