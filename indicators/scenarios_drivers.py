"""Identities over indicators and drivers: checked when written, worked out in either direction.

Of each identity whatever side is not assumed follows from the rest: DL-03 = DL-01 × chi_tieu
gives the revenue from visits and spend, or the spend that a given revenue needs. Where
everything is assumed, the identity is a check, and what does not fit is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .forecast_models import Array
from .model import Reason
from .scenarios_formula import (
    Binary,
    Formula,
    Mean,
    Name,
    Node,
    Number,
    Value,
    names,
    unit_of,
    value_of,
)
from .scenarios_units import ONE, Unit, read_unit

_FITS = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """What the identities give.

    values: name -> values in the name's own unit, assumed and worked out. given_by: name that was
    worked out -> text of the identity. clashes: identities whose sides are both assumed and
    differ. open: names for which neither an assumption nor an identity gives a value.
    """

    values: Mapping[str, Array]
    given_by: Mapping[str, str]
    clashes: tuple[Reason, ...]
    open: tuple[str, ...]


def problems(formulas: Sequence[Formula], units: Mapping[str, str]) -> list[Reason]:
    """What is wrong with identities as they are written; empty where nothing is.

    Args:
        formulas: as ``read_formula`` gave them.
        units: every name that may be used, with its unit as in the register.
    """
    found: list[Reason] = []
    read = {name: read_unit(unit) for name, unit in units.items()}
    results: set[str] = set()
    for one in formulas:
        shown = one.text[:80]
        unknown = [name for name in (one.result, *one.inputs) if name not in units]
        found += [Reason("formula_unknown", {"text": shown, "name": name}) for name in unknown]
        if one.result in results:
            found.append(Reason("formula_twice", {"text": shown, "name": one.result}))
        results.add(one.result)
        if not unknown:
            found += _unit_problems(one, read, units)
    loop = _loop(formulas)
    if loop:
        found.append(Reason("formula_loop", {"names": " → ".join(loop)}))
    return found


def _unit_problems(
    one: Formula, read: Mapping[str, Unit], units: Mapping[str, str]
) -> list[Reason]:
    right = unit_of(one, read)
    if isinstance(right, Reason):
        return [right]
    if right.counts_as(read[one.result]):
        return []
    numbers: dict[str, object] = {
        "text": one.text[:80],
        "name": one.result,
        "left": units[one.result],
        "right": right.base_text,
    }
    return [Reason("formula_units", numbers)]


def _loop(formulas: Sequence[Formula]) -> list[str]:
    """Names that depend on themselves, in order and closed; [] without a loop."""
    after = {one.result: one.inputs for one in formulas}
    done: set[str] = set()
    for start in after:
        trail: list[str] = []
        if _walk(start, after, trail, done):
            return trail[trail.index(trail[-1]) :]
    return []


def _walk(name: str, after: Mapping[str, Sequence[str]], trail: list[str], done: set[str]) -> bool:
    if name in trail:
        trail.append(name)
        return True
    if name in done or name not in after:
        return False
    trail.append(name)
    for other in after[name]:
        if _walk(other, after, trail, done):
            return True
    trail.pop()
    done.add(name)
    return False


def settle(
    formulas: Sequence[Formula], units: Mapping[str, str], assumed: Mapping[str, Array]
) -> Settled:
    """Work out whatever the identities give of what is assumed.

    Args:
        formulas: without ``problems``.
        units: of each name.
        assumed: name -> values in its own unit, all of one shape.

    An identity with several unknown sides waits until others have given all but one. An unknown
    that stands more than once on the right is not solved for and stays open.
    """
    sizes = {name: read_unit(units[name]).size for name in units}
    known: dict[str, Value] = {name: values * sizes[name] for name, values in assumed.items()}
    given: dict[str, str] = {}
    left = list(formulas)
    while left:
        step = next(
            ((one, name) for one in left if (name := _next_unknown(one, known)) is not None), None
        )
        if step is None:
            break
        one, name = step
        left.remove(one)
        if name:
            known[name] = _worked_out(one, name, known)
            given[name] = one.text
    clashes = [c for one in formulas if one not in left and (c := _clash(one, known, sizes, given))]
    used = dict.fromkeys(name for one in formulas for name in (one.result, *one.inputs))
    shape = next(iter(assumed.values())).shape if assumed else (0,)
    return Settled(
        {name: np.broadcast_to(np.asarray(v / sizes[name], dtype=float), shape)
         for name, v in known.items()},
        given,
        tuple(clashes),
        tuple(name for name in used if name not in known),
    )  # fmt: skip


def _next_unknown(one: Formula, known: Mapping[str, Value]) -> str | None:
    """The one name that the identity can give now, "" where it has only to be checked."""
    unknown = [name for name in (one.result, *one.inputs) if name not in known]
    if not unknown:
        return ""
    if len(unknown) > 1:
        return None
    name = unknown[0]
    if name != one.result and list(names(one.body)).count(name) > 1:
        return None
    return name


def _worked_out(one: Formula, name: str, known: Mapping[str, Value]) -> Value:
    if name == one.result:
        return value_of(one.body, known)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _solved(one.body, name, known[one.result], known)


def _solved(node: Node, name: str, wanted: Value, known: Mapping[str, Value]) -> Value:
    """The value of a name that stands once in the body, from what the body has to give."""
    match node:
        case Name():
            return wanted
        case Mean(pairs):
            return _solved_mean(pairs, name, wanted, known)
        case Binary(sign, left, right):
            inside, other = (left, right) if name in names(left) else (right, left)
            there = value_of(other, known)
            return _solved(inside, name, _undone(sign, wanted, there, inside is left), known)
        case Number():
            raise ValueError(f"{name!r} does not stand in the formula")


def _undone(sign: str, wanted: Value, other: Value, is_left: bool) -> Value:
    """What one side of a sign has to be."""
    match sign:
        case "+":
            return wanted - other
        case "-":
            return wanted + other if is_left else other - wanted
        case "*":
            return _divided(wanted, other)
        case _:
            return wanted * other if is_left else _divided(other, wanted)


def _divided(above: Value, below: Value) -> Value:
    """A quotient; where nothing is divided by, no number."""
    found: Array = np.divide(above, np.where(np.asarray(below) == 0, np.nan, below))
    return found


def _solved_mean(
    pairs: Sequence[tuple[Node, Node]], name: str, wanted: Value, known: Mapping[str, Value]
) -> Value:
    """Of a weighted mean: sum of weight × (value - mean) is 0."""
    rest: Value = 0.0
    for value, weight in pairs:
        if name in names(value) or name in names(weight):
            inside = (value, weight)
            continue
        rest = rest + value_of(weight, known) * (value_of(value, known) - wanted)
    value, weight = inside
    if name in names(value):
        needed = wanted - _divided(rest, value_of(weight, known))
        return _solved(value, name, needed, known)
    return _solved(weight, name, _divided(-rest, value_of(value, known) - wanted), known)


def _clash(
    one: Formula, known: Mapping[str, Value], sizes: Mapping[str, float], given: Mapping[str, str]
) -> Reason | None:
    """Where both sides were assumed and differ: the place where they do most."""
    if one.text in given.values():
        return None
    size = sizes.get(one.result, ONE.size)
    left = np.atleast_1d(np.asarray(known[one.result], dtype=float)) / size
    right = np.atleast_1d(np.asarray(value_of(one.body, known), dtype=float)) / size
    left, right = np.broadcast_arrays(left, right)
    apart = np.abs(left - right) - _FITS * np.maximum(np.abs(left), np.abs(right))
    if np.isnan(apart).all() or not (np.nanmax(apart) > 0):
        return None
    place = int(np.nanargmax(apart))
    return Reason(
        "formula_clash",
        {
            "text": one.text[:80],
            "name": one.result,
            "place": place,
            "left_value": float(left.flat[place]),
            "right_value": float(right.flat[place]),
        },
    )
