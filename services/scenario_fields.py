"""Plain JSON taken apart: records, lists, texts and numbers, every fault kept with its place."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from indicators.model import Reason

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a document: where, and why."""

    where: str
    reason: Reason


class Fields:
    """Reads what a document should hold; ``faults`` fills with what is wrong."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def wrong(self, where: str, key: str, **numbers: object) -> None:
        """Keep a fault."""
        self.faults.append(Fault(where, Reason(key, numbers)))

    def members(
        self,
        top: Mapping[str, object],
        name: str,
        most: int,
        read_one: Callable[[object, str], T],
    ) -> dict[str, T]:
        """The members of an object under a name, each read on its own."""
        given = self.record({} if top.get(name) is None else top[name], name, None)
        if len(given) > most:
            self.wrong(name, "doc_many", most=most)
            return {}
        return {str(key): read_one(one, f"{name}.{key}") for key, one in given.items()}

    def record(self, given: object, where: str, known: set[str] | None) -> Mapping[str, object]:
        """A JSON object whose names are all known; {} where it is none."""
        if not isinstance(given, dict):
            self.wrong(where, "doc_no_object")
            return {}
        for name in sorted(set(given) - known) if known is not None else ():
            at = f"{where}.{name}" if where else name
            self.wrong(at[:120], "doc_unknown", name=str(name)[:40])
        return given

    def listing(self, given: object, where: str, most: int) -> list[object]:
        """A JSON array, not too long; [] where it is none. Null is an empty one."""
        if given is None:
            return []
        if not isinstance(given, list):
            self.wrong(where, "doc_no_list")
            return []
        if len(given) > most:
            self.wrong(where, "doc_many", most=most)
            return []
        return given

    def text(self, one: Mapping[str, object], name: str, where: str, most: int) -> str:
        """A text, "" without one."""
        given = "" if one.get(name) is None else one[name]
        at = f"{where}.{name}" if where else name
        if not isinstance(given, str):
            self.wrong(at, "doc_no_text")
            return ""
        if len(given) > most:
            self.wrong(at, "doc_long", most=most)
        return given[:most].strip()

    def number(
        self,
        one: Mapping[str, object],
        name: str,
        where: str,
        low: float | None = None,
        high: float | None = None,
    ) -> float:
        """A number within its ends.

        Raises:
            ValueError: it is none, which is told as a fault before; whoever asks gives up.
        """
        given, at = one.get(name), f"{where}.{name}" if where else name
        if isinstance(given, bool) or not isinstance(given, int | float) or not _finite(given):
            self.wrong(at, "doc_no_number")
            raise ValueError(at)
        value = float(given)
        if (low is not None and value < low) or (high is not None and value > high):
            self.wrong(at, "doc_range", low=low, high=high)
            raise ValueError(at)
        return value

    def tried(self, one: Mapping[str, object], name: str, where: str, *ends: float) -> float | None:
        """The same, None where it is none, which is told as a fault."""
        try:
            return self.number(one, name, where, *ends)
        except ValueError:
            return None

    def whole(
        self, one: Mapping[str, object], name: str, where: str, low: int, high: int
    ) -> int | None:
        """A whole number within its ends, None without one; what is none is told as a fault."""
        given, at = one.get(name), f"{where}.{name}" if where else name
        if given is None:
            return None
        if isinstance(given, bool) or not isinstance(given, int | float) or given != given // 1:
            self.wrong(at, "doc_no_whole")
            return None
        if not low <= given <= high:
            self.wrong(at, "doc_range", low=float(low), high=float(high))
            return None
        return int(given)

    def needed(self, one: Mapping[str, object], name: str, where: str, low: int, high: int) -> int:
        """A whole number that has to be there; ValueError, told as a fault, without one."""
        found = self.whole(one, name, where, low, high)
        if found is None:
            if one.get(name) is None:
                self.wrong(f"{where}.{name}", "doc_no_whole")
            raise ValueError(where)
        return found

    def growth(self, one: Mapping[str, object], where: str) -> float:
        """A growth a year in %: above -100, at most 1000."""
        value = self.number(one, "pct", where)
        if not -100 < value <= 1000:
            self.wrong(f"{where}.pct", "doc_growth", value=value)
            raise ValueError(where)
        return value


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number longer than a float holds
        return False
