"""A scenario as a document: JSON in, assumptions or a list of what is wrong out.

The form is that of docs/scenario.schema.json; a test holds the two together. Bad content is
never an exception here: every fault names its place ("targets.DL-01.shape.pct") and a reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.model import Reason
from indicators.scenarios_formula import NAME, Formula, read_formula
from indicators.scenarios_odds import COUNT, SEED
from indicators.scenarios_shapes import Effect, Shape

from .scenario_assumptions import (
    FIRST_YEAR,
    GOAL,
    LAST_YEAR,
    SHAPES,
    TREND,
    Course,
    ToGoal,
    Trend,
    read_course,
    read_effects,
)
from .scenario_fields import Fault, Fields

FORM = 1
MOST_TARGETS, MOST_IDENTITIES, MOST_DRIVERS = 100, 20, 20
MOST_COURSES, MOST_BYTES = 100_000, 200_000
FORECAST, OWN = "forecast", "own"


@dataclass(frozen=True, slots=True)
class Assumption:
    """What is assumed of one target; without a course it has to follow from an identity."""

    course: Course | None
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Driver:
    """Something that is no indicator of the register, as spend per visit.

    year, value: where it starts; without them they follow from the identities and the figures.
    """

    unit: str
    label: str = ""
    year: int | None = None
    value: float | None = None
    course: Shape | None = None
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """The assumptions of one scenario. spread_pct: of an own spread, None for the forecast's."""

    name: str
    note: str = ""
    targets: Mapping[str, Assumption] = field(default_factory=dict)
    drivers: Mapping[str, Driver] = field(default_factory=dict)
    identities: tuple[Formula, ...] = ()
    spread_pct: float | None = None
    count: int = COUNT
    seed: int = SEED
    until: int | None = None


def read_bytes(content: bytes) -> tuple[Scenario | None, list[Fault]]:
    """The scenario of a file's bytes: UTF-8 JSON. None where something is wrong, and what."""
    if len(content) > MOST_BYTES:
        return None, [Fault("", Reason("doc_large", {"most": MOST_BYTES // 1000}))]
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return None, [Fault("", Reason("doc_no_json"))]
    return read(document)


def read(document: object) -> tuple[Scenario | None, list[Fault]]:
    """The scenario that a document says; None where something is wrong, and what."""
    reader = _Reader()
    found = reader.scenario(document)
    return (None if reader.faults else found), reader.faults


class _Reader(Fields):
    """Takes a document apart and keeps every fault on the way."""

    def scenario(self, given: object) -> Scenario:
        known = {
            *("scenario", "name", "note", "targets", "drivers", "identities"),
            *("spread", "paths", "seed", "until"),
        }
        top = self.record(given, "", known)
        if top.get("scenario", FORM) != FORM or isinstance(top.get("scenario"), bool):
            self.wrong("scenario", "doc_form", form=FORM)
        targets = self.members(top, "targets", MOST_TARGETS, self._target)
        drivers = self.members(top, "drivers", MOST_DRIVERS, self._driver)
        if not targets and not drivers and not self.faults:
            self.wrong("targets", "doc_empty")
        for name in drivers:
            if not NAME.fullmatch(name):
                self.wrong(f"drivers.{name}", "doc_name", name=name[:40])
        until = self.whole(top, "until", "", FIRST_YEAR, LAST_YEAR)
        count = self.whole(top, "paths", "", 100, MOST_COURSES)
        seed = self.whole(top, "seed", "", 0, 2**32 - 1)
        return Scenario(
            name=self.text(top, "name", "", 200),
            note=self.text(top, "note", "", 4000),
            targets=targets,
            drivers=drivers,
            identities=self._identities(top.get("identities", [])),
            spread_pct=self._spread(top.get("spread")),
            count=COUNT if count is None else count,
            seed=SEED if seed is None else seed,
            until=until,
        )

    def _target(self, given: object, where: str) -> Assumption:
        one = self.record(given, where, {"shape", "effects"})
        course = None
        if one.get("shape") is not None:
            course = read_course(self, one["shape"], f"{where}.shape", {*SHAPES, TREND, GOAL})
        effects = read_effects(self, one.get("effects", []), f"{where}.effects")
        if effects and one.get("shape") is None:
            self.wrong(f"{where}.effects", "doc_only_effects")
        return Assumption(course, effects)

    def _driver(self, given: object, where: str) -> Driver:
        one = self.record(given, where, {"unit", "label", "from", "shape", "effects"})
        course = None
        if one.get("shape") is not None:
            found = read_course(self, one["shape"], f"{where}.shape", set(SHAPES))
            course = None if isinstance(found, Trend | ToGoal) else found
        start: Mapping[str, object] = {}
        if one.get("from") is not None:
            start = self.record(one["from"], f"{where}.from", {"year", "value"})
        return Driver(
            unit=self.text(one, "unit", where, 60),
            label=self.text(one, "label", where, 200),
            year=self.whole(start, "year", f"{where}.from", FIRST_YEAR, LAST_YEAR),
            value=self.tried(start, "value", f"{where}.from") if start else None,
            course=course,
            effects=read_effects(self, one.get("effects", []), f"{where}.effects"),
        )

    def _identities(self, given: object) -> tuple[Formula, ...]:
        found = []
        for place, text in enumerate(self.listing(given, "identities", MOST_IDENTITIES)):
            where = f"identities[{place}]"
            if not isinstance(text, str):
                self.wrong(where, "doc_no_text")
                continue
            formula = read_formula(text)
            if isinstance(formula, Reason):
                self.faults.append(Fault(where, formula))
            else:
                found.append(formula)
        return tuple(found)

    def _spread(self, given: object) -> float | None:
        if given is None:
            return None
        one = self.record(given, "spread", {"kind", "pct"})
        if one.get("kind") == FORECAST:
            return None
        if one.get("kind") != OWN:
            self.wrong("spread.kind", "doc_choice", choices=f"{FORECAST}, {OWN}")
            return None
        return self.tried(one, "pct", "spread", 0, 100)
