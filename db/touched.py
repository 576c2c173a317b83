"""What a transaction did to versioned rows, kept until the audit's line of it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MOST_ROWS = 40  # told in one line of the audit; the store's history has them all
_LONGEST = 200
_BY_DIGEST = {"body"}  # whole documents: their versions stand in the store's history

Row = Mapping[str, object]


@dataclass(slots=True)
class Touched:
    """The rows that a transaction put and ended, by the number of their change.

    rows: (change, table, key, old, new); old None: the row is new, new None: it ended. Of a
    change no more than MOST_ROWS are kept, ``more`` counts the rest.
    """

    rows: list[tuple[int, str, str, Row | None, Row | None]] = field(default_factory=list)
    kept: dict[int, int] = field(default_factory=dict)
    more: dict[int, int] = field(default_factory=dict)

    def note(
        self, change: int, table: str, key: tuple[str, ...], old: Row | None, new: Row | None
    ) -> None:
        """Keep that a row has a newer version, or has ended."""
        if self.kept.get(change, 0) >= MOST_ROWS:
            self.more[change] = self.more.get(change, 0) + 1
            return
        self.kept[change] = self.kept.get(change, 0) + 1
        self.rows.append((change, table, " ".join(part for part in key if part), old, new))

    def told(self, change: int) -> tuple[dict[str, object], dict[str, object]]:
        """What was, and what is, of a change: ``{"targets DL-01": {"value_low": 8.0}}``.

        Of an amended row only the columns that differ. What is told is forgotten.
        """
        old: dict[str, object] = {}
        new: dict[str, object] = {}
        for number, table, key, was, became in self.rows:
            if number != change:
                continue
            names = list(_differing(was, became))
            if was is not None:
                old[f"{table} {key}"] = {name: _short(name, was[name]) for name in names}
            if became is not None:
                new[f"{table} {key}"] = {name: _short(name, became[name]) for name in names}
        self.rows = [row for row in self.rows if row[0] != change]
        more = self.more.pop(change, 0)
        if more:
            new["more_rows"] = more
        return old, new


def _differing(old: Row | None, new: Row | None) -> Iterator[str]:
    """The columns to tell: of one row those that say something, of two those that differ."""
    if old is None or new is None:
        alone = old or new or {}
        yield from (name for name, value in alone.items() if value not in (None, ""))
        return
    yield from (name for name, value in new.items() if old.get(name) != value)


def _short(name: str, value: object) -> object:
    if name in _BY_DIGEST:
        return f"sha256:{hashlib.sha256(str(value).encode()).hexdigest()[:16]}"
    if isinstance(value, str) and len(value) > _LONGEST:
        return value[:_LONGEST] + "…"
    return value
