"""Which assumption matters most for one target: each moved by a tenth of itself, the rest kept."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from i18n.labels import unit_text
from i18n.numbers import value_text
from i18n.words import words
from indicators.scenarios_formula import Formula, read_formula

from .scenario_desk import Desk
from .scenario_documents import read
from .scenario_runs import run

Json = dict[str, Any]
SHARE, MOST = 0.1, 8
_NUMBERS = ("pct", "amount", "value", "ceiling")
_FEWEST_COURSES = 100  # no chance is asked for here


@dataclass(frozen=True, slots=True)
class Weight:
    """One assumption: what it is, and where the target ends with a tenth less and more of it."""

    what: str
    less: str
    more: str
    swing: float


def weights(at: Desk, document: Json, code: str, lang: str = "vi") -> list[Weight]:
    """The assumptions that one target depends on, the weightiest first; [] with fewer than two.

    Only yearly paces, ends, ceilings, shocks and projects are moved, not years. An assumption
    that cannot be moved so far (it would lie outside what is allowed) is left out.
    """
    places = [place for place in _places(document) if place[1] in _reaching(document, code)]
    if len(places) < 2:
        return []
    found = [one for place in places if (one := _weight(at, document, place, code, lang))]
    return sorted(found, key=lambda one: -one.swing)[:MOST]


Place = tuple[str, str, tuple[str | int, ...]]  # group, owner, the way to the number


def _places(document: Json) -> Iterator[Place]:
    """Every number that can be moved."""
    for group in ("targets", "drivers"):
        for owner, one in document.get(group, {}).items():
            shape = one.get("shape") or {}
            for name in _NUMBERS:
                if isinstance(shape.get(name), int | float):
                    yield group, owner, ("shape", name)
            for number, effect in enumerate(one.get("effects") or ()):
                for name in _NUMBERS:
                    if isinstance(effect.get(name), int | float):
                        yield group, owner, ("effects", number, name)


def _reaching(document: Json, code: str) -> set[str]:
    """The target itself and everything that formulas tie to it, directly or through others."""
    tied = [
        {formula.result, *formula.inputs}
        for text in document.get("identities", ())
        if isinstance(formula := read_formula(text), Formula)
    ]
    found = {code}
    for _formula in tied:
        for names in tied:
            if found & names:
                found |= names
    return found


def _weight(at: Desk, document: Json, place: Place, code: str, lang: str) -> Weight | None:
    ends = [_end(at, _moved(document, place, way), code) for way in (1 - SHARE, 1 + SHARE)]
    less, more = ends
    if less is None or more is None:
        return None
    target = next(one for one in at.known.targets if one.code == code)
    decimals = at.known.indicator_of(target).decimals
    unit = unit_text(target.unit, lang)
    low, high = (value_text(x, unit, decimals, lang) for x in (less, more))
    return Weight(_named(document, place, lang), low, high, abs(more - less))


def _moved(document: Json, place: Place, factor: float) -> Json:
    group, owner, way = place
    changed = copy.deepcopy(document)
    one: Any = changed[group][owner]
    for step in way[:-1]:
        one = one[step]
    one[way[-1]] *= factor
    return changed | {"paths": _FEWEST_COURSES}


def _end(at: Desk, document: Json, code: str) -> float | None:
    """Where the target ends; None where the document cannot be run."""
    scenario, _faults = read(document)
    if scenario is None:
        return None
    done = run(at.known, scenario, at.forecasts)
    return next((one.end for one in done.results if one.basis.target.code == code), None)


def _named(document: Mapping[str, Any], place: Place, lang: str) -> str:
    """The assumption in words: "DL-01: mức tăng mỗi năm"."""
    group, owner, way = place
    one = document[group][owner]
    kind = one["shape"]["kind"] if way[0] == "shape" else one["effects"][way[1]]["kind"]
    what = words(lang)(f"scenario.weight.{kind}_{way[-1]}")
    year = "" if way[0] == "shape" else f" ({one['effects'][way[1]]['year']})"
    return f"{one.get('label') or owner}: {what}{year}"
