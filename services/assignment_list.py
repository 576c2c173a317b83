"""Who reports and leads which target: what stands, and what a form may choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db import register, tables
from db.engine import Store
from db.rows import Assignment
from db.standing import Open, standing
from db.versioned import Key
from i18n.dates import day_text
from i18n.sorting import sort_key

from .assignments import ALL_AREAS, LEAD, REPORT
from .moments import today_of
from .register_known import STANDING, known
from .target_areas import areas_by_target


@dataclass(frozen=True, slots=True)
class Held:
    """One assignment that stands. area: "" for all; to_come: it counts from a later day.

    follows: it replaces another one on that day, and is taken back rather than ended.
    """

    key: Key
    agency: str
    name: str
    area: str
    role: str
    since: str
    document: str
    note: str
    to_come: bool
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One target with who reports and who leads it. lead: the text's own words."""

    code: str
    name: str
    field: str
    lead: str
    held: tuple[Held, ...]

    def by(self, role: str) -> tuple[Held, ...]:
        """What stands of a role: the whole target first, then area by area."""
        return tuple(one for one in self.held if one.role == role)

    @property
    def is_reported(self) -> bool:
        """Whether an agency reports it today; one that will from a later day does not yet."""
        return any(not one.to_come for one in self.by(REPORT))

    @property
    def agencies(self) -> frozenset[str]:
        """The agencies that report or lead it, by key."""
        return frozenset(one.agency for one in self.held)


@dataclass(frozen=True, slots=True)
class Board:
    """All targets, and what a form offers. areas: target -> (code, name) of its areas."""

    lines: tuple[Line, ...]
    agencies: tuple[tuple[str, str], ...]
    areas: Mapping[str, tuple[tuple[str, str], ...]]

    @property
    def reported(self) -> int:
        """How many targets some agency reports today, wholly or for some areas."""
        return sum(line.is_reported for line in self.lines)

    def areas_of(self, targets: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """The areas that all of these targets have."""
        if not targets:
            return ()
        common = set.intersection(*(set(self.areas.get(code, ())) for code in targets))
        return tuple(one for one in self.areas.get(targets[0], ()) if one in common)


def board(store: Store, as_of: int, lang: str = "vi") -> Board:
    """What stands, in the register's order.

    Args:
        store: ready.
        as_of: microseconds since 1970 (UTC), for what is still to come.
        lang: "vi" or "en".
    """
    with store.read() as tx:
        there = known(tx)
        now = register.assignments(tx, as_of)
        stands = standing(tx, tables.assignments)
        targets = register.targets(tx, STANDING)
    agencies = _names(there.rows["agencies"])
    places = _names(there.rows["areas"], "full_name_vi")
    held: dict[str, list[Held]] = {}
    later = [_assignment(row) for row in stands.values() if row.known_from > as_of]
    for one, waits in [*((one, False) for one in now), *((one, True) for one in later)]:
        to_come = waits or (one.starts is not None and one.starts > today_of(as_of))
        told = _held(one, agencies, places, lang, to_come=to_come, follows=waits)
        held.setdefault(one.target, []).append(told)
    return Board(
        lines=tuple(
            Line(
                one.code,
                one.name_vi if lang == "vi" else one.name_en or one.name_vi,
                one.field,
                one.lead_vi,
                tuple(sorted(held.get(one.code, ()), key=lambda h: (h.role == LEAD, h.key[1]))),
            )
            for one in targets
        ),
        agencies=tuple(sorted(agencies.items(), key=lambda pair: sort_key(pair[1]))),
        areas={
            code: tuple((area, places.get(area, area)) for area in sorted(allowed))
            for code, allowed in areas_by_target(there).items()
        },
    )


def _assignment(row: Open) -> Assignment:
    starts = str(row.values["starts"])
    day = date.fromisoformat(starts) if starts else today_of(row.known_from)
    return Assignment(**{**row.values, "starts": day})


def _held(
    one: Assignment,
    agencies: Mapping[str, str],
    places: Mapping[str, str],
    lang: str,
    *,
    to_come: bool,
    follows: bool,
) -> Held:
    return Held(
        key=(one.target, one.area, one.role),
        agency=one.agency,
        name=agencies.get(one.agency, one.agency),
        area="" if one.area == ALL_AREAS else places.get(one.area, one.area),
        role=one.role,
        since=day_text(one.starts, lang) if one.starts else "",
        document=one.document,
        note=one.note,
        to_come=to_come,
        follows=follows,
    )


def _names(rows: Mapping[Key, Open], column: str = "name_vi") -> dict[str, str]:
    return {key[0]: str(row.values[column] or row.values["name_vi"]) for key, row in rows.items()}
