"""Scenarios side by side, and one scenario on newer data: what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
MOST = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One target in each of the scenarios compared, in their order; None where it is not in one.

    differs: whether the scenarios that hold it give different values.
    """

    code: str
    results: tuple[Json | None, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """What newer data changed for one target: then and now, each from, value, chance."""

    code: str
    then: Json
    now: Json


def compare(answers: Sequence[Json]) -> list[Line]:
    """The targets of up to four run scenarios (``scenarios.as_json``), the first one's first.

    Raises:
        ValueError: fewer than two, or more than four.
    """
    if not 2 <= len(answers) <= MOST:
        raise ValueError(f"{len(answers)} scenarios, not 2 to {MOST}")
    by_code = [{one["code"]: one for one in answer["targets"]} for answer in answers]
    codes = dict.fromkeys(code for found in by_code for code in found)
    lines = []
    for code in codes:
        results = tuple(found.get(code) for found in by_code)
        held = [one for one in results if one is not None]
        differs = any(one["value"] != held[0]["value"] for one in held)
        lines.append(Line(code, results, differs))
    return lines


def moved(results: Mapping[str, Json], answer: Json) -> list[Moved]:
    """What a scenario gives now other than when it was saved; only targets that differ."""
    found = []
    for one in answer["targets"]:
        then = results.get(one["code"])
        if then is None:
            continue
        now = {name: one[name] for name in then}
        if now != dict(then):
            found.append(Moved(one["code"], dict(then), now))
    return found
