"""What a check needs to know of the store: the register, the areas, the stored figures, today.

Everything turns into plain JSON and back, because the check runs in a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, NamedTuple

from indicators.model import (
    AGENCY,
    DONE_MEASURE,
    EACH_AREA,
    FLOW,
    PROVINCE,
    RATE,
    Indicator,
    Target,
)

SHARE_OF_AREAS = "share_of_areas"
ColumnMapping = Mapping[str, Mapping[str, str]]
Corrections = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class TargetInfo:
    """What the check asks of one target.

    names: the official name first, then other names that are as good.
    areas: the codes that the scope names, () where it is the province or the party committee.
    low: the target's value; of a rate it tells whether a figure below 1 can be meant.
    term_start: first year of the document's term.
    part_of: "" · the whole's code · "mean:CODE".
    """

    code: str
    names: tuple[str, ...]
    unit: str
    kind: str
    comparator: str
    scope: str
    measure: str = RATE
    areas: tuple[str, ...] = ()
    decimals: int = 1
    minimum: float | None = 0.0
    maximum: float | None = None
    low: float = 0.0
    term_start: int = 0
    part_of: str = ""
    rollup: str = ""

    @property
    def is_percent(self) -> bool:
        """Whether the unit is %."""
        return self.unit == "%"

    @property
    def is_flow(self) -> bool:
        """Whether the parts of a year add up to the year."""
        return self.measure == FLOW

    @property
    def by_area(self) -> bool:
        """Whether each area reports a figure of its own, and the province none."""
        return self.kind == EACH_AREA

    @property
    def counts_whole(self) -> bool:
        """Whether it counts things that have no halves."""
        return self.decimals == 0 and not self.is_percent

    def is_yes_no(self, area: str) -> bool:
        """Whether a figure of that area can only be 1 or 0."""
        return self.measure == DONE_MEASURE or (self.rollup == SHARE_OF_AREAS and area != PROVINCE)

    @property
    def may_be_yes_no(self) -> bool:
        """Whether it depends on the area if a figure can only be 1 or 0."""
        return self.rollup == SHARE_OF_AREAS

    def covers(self, area: str) -> bool:
        """Whether an area's figure is asked for."""
        if area == PROVINCE or self.rollup == SHARE_OF_AREAS:
            return True
        return area in self.areas


@dataclass(frozen=True, slots=True)
class AreaInfo:
    """An area in force: five-digit code, name without its kind, kind (xã, phường)."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class FormerInfo:
    """A unit before 1 July 2025, every spelling of its name, and the area it lies in now."""

    code: str
    names: tuple[str, ...]
    kind: str
    district: str
    present: str


@dataclass(frozen=True, slots=True)
class Register:
    """Targets and areas as they stand in the store.

    older: names in force before 1 February 2025 only. spellings: other writings of present
    names that the documents use -> code ("Chiềng Coi").
    """

    targets: tuple[TargetInfo, ...]
    areas: tuple[AreaInfo, ...]
    former: tuple[FormerInfo, ...] = ()
    older: tuple[str, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As plain lists and texts."""
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Register:
        """Back from ``to_json``, also after a way through JSON text."""
        return Register(
            targets=tuple(
                TargetInfo(**{**t, "names": tuple(t["names"]), "areas": tuple(t["areas"])})
                for t in data["targets"]
            ),
            areas=tuple(AreaInfo(**a) for a in data["areas"]),
            former=tuple(FormerInfo(**{**f, "names": tuple(f["names"])}) for f in data["former"]),
            older=tuple(data["older"]),
            spellings=dict(data["spellings"]),
        )


class Stored(NamedTuple):
    """One figure of the main series as the store holds it; period in canonical spelling."""

    indicator: str
    period: str
    area: str
    value: float
    status: str
    origin: str = AGENCY


@dataclass(frozen=True, slots=True)
class Request:
    """One check: against what, on which day, under which file name.

    mapping: shape key of a sheet -> column letters -> what an officer said they are: a field
    of ``headings.FIELDS``, ``ignore``, or ``figure``, ``figure:2026-H1``,
    ``figure:2026-H1:official`` for a column of a wide table.
    corrections: sheet -> cell -> what an officer typed in the place of what stands there.
    """

    register: Register
    stored: tuple[Stored, ...]
    today: date
    name: str = ""
    mapping: ColumnMapping = field(default_factory=dict)
    corrections: Corrections = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As plain lists and texts."""
        return {
            "register": self.register.to_json(),
            "stored": [list(figure) for figure in self.stored],
            "today": self.today.isoformat(),
            "name": self.name,
            "mapping": {shape: dict(columns) for shape, columns in self.mapping.items()},
            "corrections": {sheet: dict(cells) for sheet, cells in self.corrections.items()},
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Request:
        """Back from ``to_json``, also after a way through JSON text."""
        return Request(
            register=Register.from_json(data["register"]),
            stored=tuple(Stored(*row) for row in data["stored"]),
            today=date.fromisoformat(data["today"]),
            name=data["name"],
            mapping=data["mapping"],
            corrections=data["corrections"],
        )


def target_info(target: Target, indicator: Indicator | None) -> TargetInfo:
    """What the check asks of a target, from the register's two values.

    A target without a row in indicators.csv is a rate where its unit is %, else a stock
    that may have decimals; neither may be negative.
    """
    behaviour = indicator or Indicator(
        target.code,
        RATE if target.unit == "%" else "stock",
        minimum=0.0,
        maximum=100.0 if target.unit == "%" else None,
    )
    return TargetInfo(
        code=target.code,
        names=(target.name_vi,),
        unit=target.unit,
        kind=target.kind,
        comparator=target.comparator,
        scope=target.scope,
        measure=behaviour.measure,
        areas=target.areas,
        decimals=behaviour.decimals,
        minimum=behaviour.minimum,
        maximum=behaviour.maximum,
        low=target.low,
        term_start=target.term[0],
        part_of=behaviour.part_of,
        rollup=behaviour.area_rollup,
    )


def target_infos(
    targets: Iterable[Target], indicators: Iterable[Indicator]
) -> tuple[TargetInfo, ...]:
    """``target_info`` of each target, in their order."""
    behaviour = {indicator.code: indicator for indicator in indicators}
    return tuple(target_info(t, behaviour.get(t.indicator or t.code)) for t in targets)
