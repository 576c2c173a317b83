"""Areas and agencies by what people write: exact names or codes, never by nearness."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from db.rows import Agency
from intake.places import Places as Found
from intake.request import Register
from intake.text import key, lower

FORMER, NEAR, UNKNOWN = "R31", "R34", "R14"


class Places:
    """Areas by the rules of the intake; former names are not read but explained."""

    def __init__(self, register: Register) -> None:
        self._found = Found(register)
        self._new: dict[str, str] = {}

    def add(self, text: str, code: str) -> None:
        """Know one more spelling of an area that a file adds."""
        self._new[key(text)] = code

    def code(self, text: str) -> str | None:
        """The code of an area in force, "" for the province, None for what is neither."""
        new = self._new.get(key(text))
        if new:
            return new
        place = self._found.meant(text, None)
        return None if place.finding else place.code

    def why(self, text: str) -> tuple[str, str]:
        """The finding of a text without an area, and the names that may be meant."""
        place = self._found.meant(text, None)
        if place.code:
            return FORMER, self._found.name_of(place.code)
        names = place.args.get("suggestions") or place.args.get("names") or ()
        return (NEAR if names else UNKNOWN), ", ".join(map(str, names))


@dataclass(frozen=True, slots=True)
class Bodies:
    """Agencies by key and by name."""

    keys: dict[str, str]

    @staticmethod
    def of(agencies: Iterable[Agency]) -> Bodies:
        """Lookups for the agencies; of a name that several share none is found."""
        keys: dict[str, str] = {}
        shared: set[str] = set()
        for agency in agencies:
            for text in {key(agency.name_vi), key(agency.short_vi)} - {""}:
                if keys.setdefault(text, agency.key) != agency.key:
                    shared.add(text)
        for text in shared:
            keys[text] = ""
        return Bodies({**keys, **{key(agency.key): agency.key for agency in agencies}})

    def add(self, text: str, agency: str) -> None:
        """Know one more name of an agency."""
        self.keys[key(text)] = agency

    def key(self, text: str) -> str | None:
        """The agency's key; "" where several have the name, None where none has it."""
        return self.keys.get(key(text))


def is_one_body(text: str) -> bool:
    """Whether a wording names one body, not a group ("Các sở, ban, ngành")."""
    start = lower(text)
    return bool(start) and not start.startswith("các ") and not {",", ";"} & set(start)
