"""What the seed's files hold besides targets, indicators, observations and plans; plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """A programme or decision that sets targets.

    number and issued are "" and None where the text at hand bears none.
    term: first and last year.
    """

    key: str
    kind_vi: str
    number: str
    issued: date | None
    issuer_vi: str
    title_vi: str
    term: tuple[int, int]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that leads, reports or is reported to; ``key`` is stable ASCII.

    kind: province, department, party, commune. area: the commune's code, else "".
    """

    key: str
    name_vi: str
    kind: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A commune (xã) or ward (phường) in force; ``code`` has five digits.

    merged_from: the units it was made of, as the resolution names them.
    area_km2 and population (count of the reorganisation, no statistical series): None where
    no source gives one. valid_from: the day from which the unit exists in this form.
    """

    code: str
    name_vi: str
    kind: str
    full_name_vi: str
    name_ascii: str
    former_district: str
    merged_from: tuple[str, ...]
    area_km2: float | None
    population: int | None
    valid_from: date
    source_url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """A unit in force on 30 June 2025 and the area (new_code) it lies in now; part: whole."""

    old_code: str
    old_name_vi: str
    old_kind: str
    old_district: str
    new_code: str
    part: str


@dataclass(frozen=True, slots=True)
class FormerUnitAlias:
    """Another spelling of a former unit's name, and the official list that has it."""

    old_code: str
    old_name_vi: str
    also_spelled: str
    seen_in: str


@dataclass(frozen=True, slots=True)
class OlderName:
    """A name in force before 1 February 2025 only; which unit took it over is not verified."""

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
    name_vi: str
    as_written: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """One deliverable (đề án, dự thảo) with its due day."""

    code: str
    name_vi: str
    due: date
    lead_vi: str
    support_vi: str
    document: str
    locator: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty to report. due_rule is the register's wording; ``indicators.dues`` reads it."""

    key: str
    who_vi: str
    to_whom_vi: str
    what_vi: str
    period: str
    due_rule: str
    document: str
    locator: str


@dataclass(frozen=True, slots=True)
class QualitativeGoal:
    """One goal without a figure whose outcome can still be checked."""

    code: str
    document: str
    locator: str
    wording_vi: str
    what_would_show_it: str
    due: date | None
    lead_vi: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a figure stands in print; published_on is as printed: a day, month, year or ""."""

    publisher: str
    title: str
    url: str
    published_on: str
    quote: str

    @property
    def source(self) -> str:
        """Publisher and title in one line."""
        return f"{self.publisher}: {self.title}"


@dataclass(frozen=True, slots=True)
class HistoryTarget:
    """A target or plan figure that is no step of today's paths: shown as history only.

    kind: "target" (of an earlier or other document) or "plan" (a published plan figure of a
    related indicator, or one that another published plan contradicts). period is as printed
    (2025, 2021-2025). document and comparator are "" for a bare plan figure.
    """

    kind: str
    document: str
    indicator: str
    period: str
    comparator: str
    value: float
    value_high: float | None
    unit: str
    citation: Citation
    note: str


@dataclass(frozen=True, slots=True)
class PeriodNote:
    """A published figure of a span that is no reporting period: beside the series, never in it.

    period is as published: 2019-YTD, 2021-2025, 2024-2025-SY, 2025-Tet, 2025-undated.
    status and bound as of an observation.
    """

    indicator: str
    period: str
    value: float
    unit: str
    status: str
    series: str
    bound: str
    citation: Citation
    note: str
