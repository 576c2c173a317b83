"""What is known of one target on a day: the values that standings are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .model import Observation, SetBaseline, Settings, Target
from .paths import Baseline, Path, PathValue
from .periods import Period
from .series import Total, YearValue
from .verdicts import Situation, Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same period of the year before, and the change since.

    change: in the unit (of a rate: points). change_pct: in %, None for rates and from 0.
    """

    period: Period
    value: float
    change: float
    change_pct: float | None


@dataclass(frozen=True, slots=True)
class AreaCount:
    """Of areas that are counted: how many reach the target, have figures, are asked for."""

    reaching: int
    with_figures: int
    total: int


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the figures, the same for every area of a target.

    plans: area -> year -> value. fixed: area -> baseline set by an administrator.
    communes: every commune and ward in force. day: "today".
    """

    day: date
    settings: Settings = field(default_factory=Settings)
    plans: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    fixed: Mapping[str, SetBaseline] = field(default_factory=dict)
    communes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """One target on a day; absent is None.

    situation: what the verdict was made from, for the other methods. latest: the newest
    figure. current: what stands against the target itself (a flow's last
    whole year, the running total, else the newest figure), never half a year of a flow.
    gap: actual less path, sign kept; gap_pct in % of the path. gap_to_target: current less
    the value asked for. year_plan: of the newest figure's year. area: of an each_area target
    the area whose figures stand here. by_area: its areas, each on its own.
    """

    target: Target
    verdict: Verdict
    situation: Situation
    latest: Observation | None = None
    current: float | None = None
    series: tuple[YearValue, ...] = ()
    same_period: Comparison | None = None
    year_plan: float | None = None
    plan_pct: float | None = None
    baseline: Baseline | None = None
    path: PathValue | None = None
    full_path: Path | None = None
    gap: float | None = None
    gap_pct: float | None = None
    gap_to_target: float | None = None
    stale: bool = False
    total: Total | None = None
    area: str | None = None
    areas: AreaCount | None = None
    by_area: Mapping[str, Standing] = field(default_factory=dict)
    trend: str = ""
    alternative_only: bool = False
