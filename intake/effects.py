"""What storing the figures of a file would change: new, changed (old to new), or the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from indicators.model import AGENCY

from .logic import stored_finding
from .request import Stored
from .result import Figure

NEW, CHANGED, SAME = "new", "changed", "same"


class Effect(NamedTuple):
    """What one figure would do.

    old, old_status, old_origin: what is stored for its key, None and "" for nothing. A
    published figure is shown as the old one, but what an agency first says beside it is new.
    """

    figure: Figure
    effect: str
    old: float | None = None
    old_status: str = ""
    old_origin: str = ""

    @property
    def difference(self) -> float | None:
        """New less old, in the unit; None where there is no old one."""
        return None if self.old is None else self.figure.value - self.old


def effects(figures: Iterable[Figure], stored: Iterable[Stored]) -> list[Effect]:
    """The effect of each figure, in the file's order; of a key that comes again only the first."""
    known: dict[tuple[str, str, str], Stored] = {}
    for row in stored:
        place = (row.indicator, row.period, row.area)
        if place not in known or row.origin == AGENCY:
            known[place] = row
    first: dict[tuple[str, str, str], Figure] = {}
    for figure in figures:
        first.setdefault((figure.indicator, figure.period, figure.area), figure)
    return [_effect(figure, known.get(place)) for place, figure in first.items()]


def _effect(figure: Figure, row: Stored | None) -> Effect:
    if row is None:
        return Effect(figure, NEW)
    if row.origin != AGENCY:
        return Effect(figure, NEW, row.value, row.status, row.origin)
    equal = stored_finding(row, figure.value, figure.status) == "D05"
    return Effect(figure, SAME if equal else CHANGED, row.value, row.status, row.origin)
