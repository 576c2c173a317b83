"""Plain values that the store hands out where ``indicators/model.py`` has none.

Days are ``date`` or None, texts "" where absent. Field names are those of the tables' columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """A programme or decision; term is its first and last year, (0, 0) where it has none."""

    key: str
    kind_vi: str
    number: str
    issued: date | None
    issuer_vi: str
    title_vi: str
    term: tuple[int, int]
    note: str


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that leads or reports; area: the commune whose committee it is, else ""."""

    key: str
    name_vi: str
    name_en: str
    short_vi: str
    kind: str
    area: str
    parent: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which agency leads or reports a target; area "" is every area; starts: from which day."""

    target: str
    area: str
    role: str
    agency: str
    starts: date | None
    document: str
    note: str


@dataclass(frozen=True, slots=True)
class Area:
    """A commune or ward; code has five digits, area_km2 and population may be unknown."""

    code: str
    name_vi: str
    kind: str
    full_name_vi: str
    name_ascii: str
    former_district: str
    merged_from: tuple[str, ...]
    area_km2: float | None
    population: int | None
    source_url: str
    note: str
    valid_from: date | None


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """A unit of before 1 July 2025 and the area it lies in now."""

    old_code: str
    old_name_vi: str
    old_kind: str
    old_district: str
    new_code: str
    part: str


@dataclass(frozen=True, slots=True)
class FormerUnitAlias:
    """Another spelling of a former unit's name."""

    old_code: str
    also_spelled: str
    old_name_vi: str
    seen_in: str


@dataclass(frozen=True, slots=True)
class OlderName:
    """A name in force before 1 February 2025 only."""

    code: str
    name_vi: str
    kind: str
    district: str
    same_code_on_2025_06_30: str
    note: str


@dataclass(frozen=True, slots=True)
class ScopeArea:
    """One area of a list that targets name, and how the text spells it."""

    scope: str
    area: str
    as_written: str


@dataclass(frozen=True, slots=True)
class HistoryTarget:
    """A target of an earlier term or other document, or a bare plan figure (kind: target, plan)."""

    kind: str
    document: str
    indicator: str
    period: str
    comparator: str
    value: float | None
    value_high: float | None
    unit: str
    source: str
    source_title: str
    publisher: str
    source_url: str
    quote: str
    published_on: str
    note: str


@dataclass(frozen=True, slots=True)
class OddFigure:
    """A published figure of a span that is no reporting period: a note beside the series."""

    indicator: str
    period: str
    series: str
    value: float | None
    unit: str
    status: str
    bound: str
    source: str
    source_title: str
    publisher: str
    source_url: str
    quote: str
    published_on: str
    note: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal without a figure (chỉ tiêu định tính)."""

    code: str
    document: str
    locator: str
    wording_vi: str
    what_would_show_it: str
    due: date | None
    lead_vi: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A deliverable with its due day."""

    code: str
    name_vi: str
    due: date | None
    lead_vi: str
    support_vi: str
    document: str
    locator: str


@dataclass(frozen=True, slots=True)
class State:
    """What somebody told us of a goal or milestone (subject): its state, day and evidence."""

    subject: str
    code: str
    state: str
    day: date | None
    evidence: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty to report."""

    key: str
    who_vi: str
    to_whom_vi: str
    what_vi: str
    period: str
    due_rule: str
    document: str
    locator: str


@dataclass(frozen=True, slots=True)
class DutyDay:
    """The day ("MM-DD") that an administrator set for a duty whose text names none."""

    duty: str
    part: str
    day: str
    source: str
    by: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a target is behind and what is done about it, by an agency, for a period."""

    target: str
    area: str
    period: str
    agency: str
    cause: str
    action: str
    proposal: str
    by: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A saved scenario; body is JSON of assumptions and trajectories."""

    key: str
    name: str
    owner: str
    shared: str
    based_on: str
    body: str
