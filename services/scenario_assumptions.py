"""The assumptions of a scenario document: base courses and effects, each with its own fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from indicators.scenarios_shapes import (
    LEAST_GROWTH_PCT,
    MOST_GROWTH_PCT,
    MOST_YEARS,
    Curve,
    Delay,
    Effect,
    Growth,
    Line,
    Logistic,
    Own,
    Project,
    Saturating,
    Shape,
    Shock,
    Steps,
)

from .scenario_fields import Fields

T = TypeVar("T")

MOST_EFFECTS = 20
TREND, GOAL = "trend", "goal"
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Trend:
    """The middle of the forecast: nothing changes."""


@dataclass(frozen=True, slots=True)
class ToGoal:
    """Just what the target takes, with the effects given; by: growth or step."""

    by: str = "step"


Course = Shape | Trend | ToGoal


def read_course(reader: Fields, given: object, where: str, kinds: set[str]) -> Course | None:
    """A base course; ``kinds`` are those allowed here. None where it is wrong, told as a fault."""
    one = reader.record(given, where, None)
    kind = one.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        reader.wrong(f"{where}.kind", "doc_choice", choices=", ".join(sorted(kinds)))
        return None
    if kind == TREND:
        reader.record(given, where, {"kind"})
        return Trend()
    if kind == GOAL:
        reader.record(given, where, {"kind", "by"})
        by = one.get("by", "step")
        if by not in ("growth", "step"):
            reader.wrong(f"{where}.by", "doc_choice", choices="growth, step")
        return ToGoal(str(by))
    make, fields = _SHAPES[kind]
    reader.record(given, where, {"kind", *fields})
    return _made(reader, make, one, where)


def read_effects(reader: Fields, given: object, where: str) -> tuple[Effect, ...]:
    """What disturbs a course, in order."""
    found = []
    for place, one in enumerate(reader.listing(given, where, MOST_EFFECTS)):
        at = f"{where}[{place}]"
        known = reader.record(one, at, None)
        kind = known.get("kind")
        if not isinstance(kind, str) or kind not in _EFFECTS:
            reader.wrong(f"{at}.kind", "doc_choice", choices=", ".join(sorted(_EFFECTS)))
            continue
        make, fields = _EFFECTS[kind]
        reader.record(one, at, {"kind", *fields})
        effect = _made(reader, make, known, at)
        if effect is not None:
            found.append(effect)
    return tuple(found)


def _made(
    reader: Fields,
    make: Callable[[Fields, Mapping[str, object], str], T],
    one: Mapping[str, object],
    where: str,
) -> T | None:
    before = len(reader.faults)
    try:
        return make(reader, one, where)
    except ValueError:  # a field that is missing or wrong, told as a fault already
        if len(reader.faults) == before:
            reader.wrong(where, "doc_no_number")
        return None


def _year(reader: Fields, one: Mapping[str, object], where: str) -> int:
    return reader.needed(one, "year", where, FIRST_YEAR, LAST_YEAR)


def _growth(reader: Fields, one: Mapping[str, object], where: str) -> float:
    """A growth a year in %: above -100, at most 1000."""
    value = reader.number(one, "pct", where)
    if not LEAST_GROWTH_PCT < value <= MOST_GROWTH_PCT:
        reader.wrong(f"{where}.pct", "doc_growth", value=value)
        raise ValueError(where)
    return value


def _curve(reader: Fields, one: Mapping[str, object], where: str) -> Curve:
    steepness = reader.number(one, "steepness", where, 0.01, 20) if "steepness" in one else 1.0
    middle = reader.number(one, "middle", where, FIRST_YEAR, LAST_YEAR) if "middle" in one else None
    return Curve(reader.number(one, "value", where), _year(reader, one, where), steepness, middle)


def _own(reader: Fields, one: Mapping[str, object], where: str) -> Own:
    given = reader.record(one.get("values"), f"{where}.values", None)
    found: dict[int, float] = {}
    for name in given:
        at = f"{where}.values"
        if not (str(name).isdecimal() and FIRST_YEAR <= int(name) <= LAST_YEAR):
            reader.wrong(f"{at}.{name}"[:120], "doc_year", name=str(name)[:40])
            continue
        found[int(name)] = reader.number(given, name, at)
    if not found:
        reader.wrong(f"{where}.values", "doc_no_values")
    return Own(found)


def _shock(reader: Fields, one: Mapping[str, object], where: str) -> Shock:
    recovery: int | None = 1
    if "recovery" in one:
        recovery = reader.whole(one, "recovery", where, 1, MOST_YEARS)
    return Shock(_year(reader, one, where), reader.number(one, "pct", where, -100, 1000), recovery)


def _project(reader: Fields, one: Mapping[str, object], where: str) -> Project:
    ramp = reader.whole(one, "ramp", where, 1, MOST_YEARS)
    return Project(_year(reader, one, where), reader.number(one, "amount", where), ramp or 1)


_SHAPES: Mapping[
    str, tuple[Callable[[Fields, Mapping[str, object], str], Shape], tuple[str, ...]]
] = {
    "growth": (lambda r, one, at: Growth(_growth(r, one, at)), ("pct",)),
    "steps": (lambda r, one, at: Steps(r.number(one, "amount", at)), ("amount",)),
    "line": (lambda r, one, at: Line(r.number(one, "value", at), _year(r, one, at)),
             ("value", "year")),
    "saturating": (
        lambda r, one, at: Saturating(
            r.number(one, "ceiling", at), r.number(one, "pct", at, 0, 100)
        ),
        ("ceiling", "pct"),
    ),
    "logistic": (
        lambda r, one, at: Logistic(r.number(one, "ceiling", at), _growth(r, one, at)),
        ("ceiling", "pct"),
    ),
    "s_curve": (_curve, ("value", "year", "steepness", "middle")),
    "own": (_own, ("values",)),
}  # fmt: skip
_EFFECTS: Mapping[
    str, tuple[Callable[[Fields, Mapping[str, object], str], Effect], tuple[str, ...]]
] = {
    "shock": (_shock, ("year", "pct", "recovery")),
    "project": (_project, ("year", "amount", "ramp")),
    "delay": (lambda r, one, at: Delay(r.needed(one, "years", at, 0, MOST_YEARS)), ("years",)),
}
SHAPES, EFFECTS = tuple(_SHAPES), tuple(_EFFECTS)
