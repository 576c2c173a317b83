"""Areas and agencies by what people write: exact names or codes, never by nearness."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from db.rows import Agency, Area, FormerUnit
from intake.text import key, lower, plain_dashes


@dataclass(frozen=True, slots=True)
class Places:
    """The areas in force, and where the units before them lie now."""

    codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    former: dict[str, frozenset[str]] = field(default_factory=dict)

    @staticmethod
    def of(areas: Iterable[Area], former: Iterable[FormerUnit] = ()) -> Places:
        """Lookups for the areas in force and the former units."""
        codes: dict[str, str] = {}
        names: dict[str, str] = {}
        for area in areas:
            names[area.code] = area.full_name_vi or area.name_vi
            for text in (area.code, area.name_vi, area.full_name_vi, f"{area.kind} {area.name_vi}"):
                codes[key(text)] = area.code
        lies: dict[str, set[str]] = {}
        for unit in former:
            for text in (
                unit.old_code,
                unit.old_name_vi,
                f"{unit.old_kind} {unit.old_name_vi}",
            ):
                lies.setdefault(key(text), set()).add(unit.new_code)
        return Places(codes, names, {text: frozenset(found) for text, found in lies.items()})

    def add(self, text: str, code: str, name: str) -> None:
        """Know one more spelling of an area; ``name`` is its full name."""
        self.codes[key(text)] = code
        self.names[code] = name

    def code(self, text: str) -> str | None:
        """The code of an area in force: by name with or without kind, by code, by both.

        A code that lost its leading zero (3664) is read; where code and name do not agree
        ("03664 - Chiềng Cơi") there is none.
        """
        wanted = plain_dashes(key(text))
        if wanted.isdigit():
            return self.codes.get(wanted.zfill(5))
        digits, dash, name = wanted.partition(" - ")
        if dash and digits.isdigit():
            code = self.codes.get(digits.zfill(5))
            return code if code and self.codes.get(name) == code else None
        return self.codes.get(wanted)

    def now(self, text: str) -> str:
        """The full names of the areas in which a former unit of that name lies, "" for none."""
        found = self.former.get(key(text), frozenset())
        return ", ".join(self.names.get(code, code) for code in sorted(found))


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
