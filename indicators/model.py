"""What passes between rooms: targets, indicators, observations, plans; plain frozen values.

Numbers are floats in the indicator's own unit (percent as 75, not 0.75), never rounded.
Absent is None, never 0. An area is its 5-digit code, "" is the target's whole scope
(the province; for XD-* the party committee).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .periods import Period

LEVEL, EVERY_YEAR, CUMULATIVE, EACH_AREA = "level", "every_year", "cumulative", "each_area"
KINDS = (LEVEL, EVERY_YEAR, CUMULATIVE, EACH_AREA)

AT_LEAST, MORE_THAN, ABOUT = "at_least", "more_than", "about"
BETWEEN, AT_MOST, DONE = "between", "at_most", "done"
COMPARATORS = (AT_LEAST, MORE_THAN, ABOUT, BETWEEN, AT_MOST, DONE)

FLOW, STOCK, RATE, DONE_MEASURE = "flow", "stock", "rate", "done"
MEASURES = (FLOW, STOCK, RATE, DONE_MEASURE)

ESTIMATE, PRELIMINARY, OFFICIAL = "estimate", "preliminary", "official"
STATUSES = (ESTIMATE, PRELIMINARY, OFFICIAL)  # in rising rank

PUBLISHED, AGENCY = "published", "agency"

PROVINCE = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """How an indicator behaves (register/indicators.csv).

    measure: flow (adds up over the periods of a year), stock (stands at a period's end),
        rate (a share or growth in %), done (0 or 1).
    part_of: "" · the whole's code · "mean:CODE" (the whole lies between its parts).
    area_rollup: "" · areas_reaching · share_of_areas.
    related_to: register codes that a related (EXT) indicator is context for.
    """

    code: str
    measure: str
    decimals: int = 1
    minimum: float | None = None
    maximum: float | None = None
    part_of: str = ""
    area_rollup: str = ""
    name_vi: str = ""
    name_en: str = ""
    unit: str = ""
    related_to: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A value, range or duty that one clause of one document sets for an indicator.

    low, high: the register's value_low and value_high, in the unit.
    start, end: first and last calendar year of the period, both included.
    direction: up, down, keep. scope: province, party_committee, every_commune, or the name
    of a list of areas; ``areas`` are the codes of that list, sorted, () where the scope has none.
    term: first and last year of the document's term ("2025-2030" as (2025, 2030)).
    """

    code: str
    field: str
    name_vi: str
    name_en: str
    unit: str
    kind: str
    comparator: str
    low: float
    high: float | None
    start: int
    end: int
    direction: str
    scope: str
    document: str
    locator: str
    wording_vi: str = ""
    lead_vi: str = ""
    doubt: str = ""
    areas: tuple[str, ...] = ()
    term: tuple[int, int] = (0, 0)
    indicator: str = ""


class Observation(NamedTuple):
    """One reported value of an indicator (số liệu thực hiện), as it stands in the store.

    A tuple, because a status over 10,000 targets makes 100,000 of them.

    series: "" is the main series; another definition or counting body has a name.
    origin: published (a citation) or agency (a submission).
    bound: "" · lower ("hơn, trên") · upper ("gần").
    known_from: the day it was known, in the province's time; assumed where nobody printed it.
    """

    indicator: str
    area: str
    period: Period
    value: float
    status: str
    source: str = ""
    source_url: str = ""
    series: str = ""
    origin: str = AGENCY
    bound: str = ""
    known_from: date | None = None
    known_assumed: bool = False
    submission: int | None = None
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class YearlyPlan:
    """The value that a decision sets for one year: an official step of the path."""

    indicator: str
    period: Period
    area: str
    value: float
    document: str = ""
    locator: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class SetBaseline:
    """A baseline that an administrator set, with its source."""

    indicator: str
    area: str
    period: Period
    value: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is: a key and its numbers; ``i18n`` makes the sentence."""

    key: str
    numbers: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the province can decide otherwise, stated wherever a verdict is.

    about_pct: tolerance of "about", in % of the value.
    stale_months: a figure whose period ended longer ago gives no verdict.
    method: key of the default method.
    near_pct, slow_pct: of the gap to the target, the share that may stay open at the recent
        pace: below near_pct the German rule calls it on track, above slow_pct too slow.
    """

    about_pct: float = 5.0
    stale_months: int = 24
    method: str = "destatis"
    near_pct: float = 5.0
    slow_pct: float = 20.0
