"""What the store already has, as far as a register file is held against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db import register, tables
from db.engine import Tx
from db.standing import Open, standing
from db.versioned import Key

from .checking import register_of
from .places import Bodies, Places

STANDING = 2**62  # later than every moment: what stands now, also where it counts from a later day

TABLES = {
    table.name: table
    for table in (
        tables.documents,
        tables.agencies,
        tables.areas,
        tables.target_areas,
        tables.targets,
        tables.indicators,
        tables.milestones,
        tables.qualitative_goals,
        tables.duties,
    )
}


@dataclass(frozen=True, slots=True)
class Known:
    """What stands in the store: table name -> key -> open version."""

    rows: dict[str, dict[Key, Open]]
    places: Places
    bodies: Bodies

    def names(self, table: str) -> set[str]:
        """The first parts of the keys of a table: codes of targets, names of scopes."""
        return {key[0] for key in self.rows[table]}

    def values(self, table: str, *key: str) -> dict[str, object]:
        """The values of a row that stands, {} where there is none."""
        found = self.rows[table].get(key)
        return dict(found.values) if found else {}

    def issued(self, document: str) -> date | None:
        """The day of a document that stands, named by its key or, where one has it, its number."""
        row = self.values("documents", document)
        if not row:
            numbered = [
                one.values
                for one in self.rows["documents"].values()
                if document and one.values["number"] == document
            ]
            row = numbered[0] if len(numbered) == 1 else {}
        text = str(row.get("issued", ""))
        return date.fromisoformat(text) if text else None


def known(tx: Tx) -> Known:
    """Read what stands."""
    return Known(
        {name: standing(tx, table) for name, table in TABLES.items()},
        Places(register_of(tx, STANDING)),
        Bodies.of(register.agencies(tx, STANDING)),
    )
