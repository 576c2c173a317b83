"""Which figures of a submission can still be withdrawn: searched in a large one, in words."""

from __future__ import annotations

from dataclasses import dataclass

from db import submission_search as search
from db import submissions as stored
from db.engine import Store
from db.submissions import FigureKey
from i18n.periods import capital, period_text

from . import rights
from .access import Actor
from .handin import TAKING_BACK, cell_line, names_of
from .submissions import Seen, still_standing

MOST_CHOSEN = 300  # figures that a list to choose from can bear


@dataclass(frozen=True, slots=True)
class Find:
    """What is looked for in a large submission; "" is any, an area None any, "" the province."""

    indicator: str = ""
    period: str = ""
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """What can be looked for: (value, text) each, in order."""

    indicators: tuple[tuple[str, str], ...]
    periods: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Withdrawable:
    """A figure that can be withdrawn: its key, what stands, and both in words."""

    key: FigureKey
    seen: Seen
    says: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of what can be withdrawn; how many pages, of how many figures."""

    figures: tuple[Withdrawable, ...]
    number: int
    pages: int
    total: int


def places(store: Store, number: int, as_of: int, lang: str = "vi") -> Places:
    """What can be looked for in a submission."""
    with store.read() as tx:
        found = {name: search.values(tx, number, name) for name in ("indicator", "period", "area")}
        names = names_of(tx, as_of, lang)
    return Places(
        tuple((one, f"{one} {names.indicators.get(one, ('',))[0]}") for one in found["indicator"]),
        tuple((one, capital(period_text(one, lang))) for one in found["period"]),
        tuple((one, names.areas.get(one, one)) for one in found["area"]),
    )


def listed(
    store: Store,
    actor: Actor,
    number: int,
    as_of: int,
    find: Find,
    page: int = 1,
    lang: str = "vi",
) -> Listed:
    """The figures of a submission that still stand as it put them and are the actor's.

    Args:
        store: ready.
        actor: who would withdraw.
        number: of the submission.
        as_of: microseconds since 1970 (UTC), for the names and the assignments.
        find: what is looked for.
        page: of MOST_CHOSEN figures, from 1; the nearest that there is.
        lang: of the words.
    """
    with store.read() as tx:
        submission = stored.one(tx, number)
        if submission is None or submission.kind in TAKING_BACK:
            return Listed((), 1, 1, 0)
        cells = {
            (one.indicator, one.area, one.period): one
            for one in search.cells(
                tx, number, indicator=find.indicator, period=find.period, area=find.area
            )
        }
        foreign = set(rights.not_theirs(tx, actor, cells, as_of))
        names = names_of(tx, as_of, lang)
    standing = still_standing(store, number, cells)
    keys = sorted(standing.keys() - foreign)
    pages = max(1, -(-len(keys) // MOST_CHOSEN))
    at = min(max(page, 1), pages)
    found = []
    for key in keys[(at - 1) * MOST_CHOSEN : at * MOST_CHOSEN]:
        line = cell_line(cells[key]._replace(old=None, new=standing[key].value), names)
        parts = (line.name, line.area, line.period, line.new)
        says = " · ".join(part for part in parts if part)
        found.append(Withdrawable(key, standing[key], says))
    return Listed(tuple(found), at, pages, len(keys))
