"""What a scenario can assume: base courses, and effects that disturb them.

Base courses start from the newest figure; effects act on what they give, in their order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

LEAST_GROWTH_PCT, MOST_GROWTH_PCT = -100.0, 1000.0  # neither end is a growth anybody can mean
MOST_YEARS = 50


def _finite(value: float) -> None:
    if not math.isfinite(value):
        raise ValueError(f"no number: {value}")


def _within(what: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise ValueError(f"no {what}: {value}")


def _growth(pct: float) -> None:
    _within("growth a year", pct, LEAST_GROWTH_PCT, MOST_GROWTH_PCT)
    if pct == LEAST_GROWTH_PCT:
        raise ValueError(f"no growth a year: {pct}")


@dataclass(frozen=True, slots=True)
class Growth:
    """So many % more each year than in the year before (constant growth)."""

    pct: float

    def __post_init__(self) -> None:
        """Refuse a growth of -100 % and below, or above 1000 % (ValueError)."""
        _growth(self.pct)


@dataclass(frozen=True, slots=True)
class Steps:
    """So much more each year, in the unit; of a rate percentage points."""

    amount: float

    def __post_init__(self) -> None:
        """Refuse what is no number (ValueError)."""
        _finite(self.amount)


@dataclass(frozen=True, slots=True)
class Line:
    """Straight to a value in a year, which then stays."""

    value: float
    year: int

    def __post_init__(self) -> None:
        """Refuse what is no number (ValueError)."""
        _finite(self.value)


@dataclass(frozen=True, slots=True)
class Saturating:
    """Nearer to a ceiling each year by ``pct`` % of what is still missing.

    Source: exponential approach, as Bass, A new product growth model, 1969, without imitation.
    """

    ceiling: float
    pct: float

    def __post_init__(self) -> None:
        """Refuse a share outside 0 to 100 % (ValueError)."""
        _finite(self.ceiling)
        _within("share of what is missing", self.pct, 0, 100)


@dataclass(frozen=True, slots=True)
class Logistic:
    """Growth of ``pct`` % a year far below the ceiling, ever slower near it.

    Source: Verhulst, Notice sur la loi que la population suit dans son accroissement, 1838.
    """

    ceiling: float
    pct: float

    def __post_init__(self) -> None:
        """Refuse a growth of -100 % and below, or above 1000 % (ValueError)."""
        _finite(self.ceiling)
        _growth(self.pct)


@dataclass(frozen=True, slots=True)
class Curve:
    """An S from the start to a value in a year, which then stays.

    steepness: of the logistic curve a year, above 0. middle: year of its fastest change, the
    middle of the way if None.
    """

    value: float
    year: int
    steepness: float = 1.0
    middle: float | None = None

    def __post_init__(self) -> None:
        """Refuse a steepness that is none (ValueError)."""
        _finite(self.value)
        _within("steepness", self.steepness, 0.01, 20)


@dataclass(frozen=True, slots=True)
class Own:
    """Values of years, straight between them, the last one held."""

    values: Mapping[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse values that are no numbers, or none at all (ValueError)."""
        if not self.values:
            raise ValueError("no own values")
        for value in self.values.values():
            _finite(value)


Shape = Growth | Steps | Line | Saturating | Logistic | Curve | Own


@dataclass(frozen=True, slots=True)
class Shock:
    """One year's value is ``pct`` % off, and recovers evenly.

    recovery: years after which nothing of it is left, 1 or more; None: never.
    """

    year: int
    pct: float
    recovery: int | None = 1

    def __post_init__(self) -> None:
        """Refuse a shock below -100 % or above 1000 %, a recovery of no years (ValueError)."""
        _within("shock", self.pct, LEAST_GROWTH_PCT, MOST_GROWTH_PCT)
        _within("years of recovery", 1 if self.recovery is None else self.recovery, 1, MOST_YEARS)

    def share(self, year: int) -> float:
        """How much of the shock a year still feels, 0 to 1."""
        if year < self.year:
            return 0.0
        if self.recovery is None:
            return 1.0
        return max(0.0, 1 - (year - self.year) / self.recovery)


@dataclass(frozen=True, slots=True)
class Project:
    """A project that adds ``amount`` for good, built up evenly over ``ramp`` years."""

    year: int
    amount: float
    ramp: int = 1

    def __post_init__(self) -> None:
        """Refuse a project that is never built up (ValueError)."""
        _within("years to build up", self.ramp, 1, MOST_YEARS)
        _finite(self.amount)

    def share(self, year: int) -> float:
        """How much of the amount a year has, 0 to 1."""
        return min(max((year - self.year + 1) / self.ramp, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Delay:
    """Everything starts so many years later; until then the value stays."""

    years: int

    def __post_init__(self) -> None:
        """Refuse a delay that is none (ValueError)."""
        _within("delay", self.years, 0, MOST_YEARS)


Effect = Shock | Project | Delay
