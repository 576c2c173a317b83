"""Assignments that would be stored, line by line: who was there before, who comes, from when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from db.standing import Open
from db.versioned import Key
from i18n.dates import day_text

from .register_known import Known

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True, slots=True)
class Line:
    """One assignment that would be stored. effect: new, changed, same; old: "" for nobody.

    area: "" for all. since: the day from which it counts.
    """

    target: str
    name: str
    area: str
    role: str
    old: str
    new: str
    since: str
    effect: str


def lines(
    there: Known,
    stands: Mapping[Key, Open],
    rows: Mapping[Key, Mapping[str, object]],
    lang: str,
    *,
    newcomer: str = "",
) -> tuple[Line, ...]:
    """What storing the rows would do, in their order; newcomer: name of an agency still to come."""
    return tuple(
        _line(there, stands.get(key), key, row, lang, newcomer) for key, row in rows.items()
    )


def seen_of(stands: Mapping[Key, Open], keys: Iterable[Key]) -> str:
    """What stands of some keys, to be compared when they are stored."""
    return ";".join(f"{stands[key].change}" if key in stands else "-" for key in keys)


def area_name(there: Known, code: str) -> str:
    """The name of an area with its kind."""
    row = there.values("areas", code)
    return str(row.get("full_name_vi") or row.get("name_vi") or code)


def _line(
    there: Known,
    older: Open | None,
    key: Key,
    row: Mapping[str, object],
    lang: str,
    newcomer: str,
) -> Line:
    code, area, role = key
    effect = NEW if older is None else CHANGED
    if older and older.values == {**older.values, **row}:
        effect = SAME
    starts = str(row["starts"])
    return Line(
        target=code,
        name=str(there.values("targets", code).get("name_vi") or code),
        area=area_name(there, area) if area else "",
        role=role,
        old=_agency(there, str(older.values["agency"])) if older else "",
        new=newcomer or _agency(there, str(row["agency"])),
        since=day_text(date.fromisoformat(starts), lang) if starts else "",
        effect=effect,
    )


def _agency(there: Known, key: str) -> str:
    return str(there.values("agencies", key).get("name_vi") or key)
