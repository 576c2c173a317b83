"""What the detail chart is given: plain values of one target, nothing worked out here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure: its period (2026, 2026-H1, 2026-9M), value and status."""

    period: str
    value: float
    status: str = OFFICIAL


@dataclass(frozen=True, slots=True)
class Step:
    """The value of a path, a plan or a scenario at a period's end."""

    period: str
    value: float


@dataclass(frozen=True, slots=True)
class Other:
    """A figure of another definition or counting body, shown muted, never joined."""

    period: str
    value: float
    name: str


@dataclass(frozen=True, slots=True)
class FanStep:
    """A forecast for a period: its middle and the ends of its 80 % and 95 % intervals."""

    period: str
    middle: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """A trial sum with a name; never an observation."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Aim:
    """The value asked for. every_year: it holds from start to end; else it is due at the end.

    text: what is asked in short words, e.g. "ít nhất 12.420".
    """

    low: float
    start: int
    end: int
    text: str
    high: float | None = None
    every_year: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """Everything the detail chart of one target shows, in the indicator's unit.

    sentence: the finding. subtitle: measure, place, time. source: of the newest figure.
    readings: of one definition; for a cumulative target the running totals. adds_up: a flow,
    whose half-years are drawn apart from its years and never joined with them. path: from the
    baseline to the end, in order. plans: yearly plans set by a decision. from_zero: counts
    and money; rates are free, and the chart says so.
    """

    sentence: str
    unit: str
    decimals: int
    aim: Aim
    today: date
    readings: tuple[Reading, ...] = ()
    adds_up: bool = False
    path: tuple[Step, ...] = ()
    plans: tuple[Step, ...] = ()
    others: tuple[Other, ...] = ()
    fan: tuple[FanStep, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    from_zero: bool = True
    subtitle: str = ""
    source: str = ""
