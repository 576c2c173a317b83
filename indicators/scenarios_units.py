"""Units of formulas: "triệu đồng/lượt" as a size and what it counts, so that sums make sense.

A unit is a number of base units: nghìn, triệu and tỷ before a word multiply, % is a hundredth,
"/" divides. Two quantities can be added only if they count the same thing, at whatever size:
the formula is worked out in base units and the result given in the unit that it is wanted in.
"""

from __future__ import annotations

from dataclasses import dataclass

_SIZES = {
    "nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9,
    "thousand": 1e3, "million": 1e6, "billion": 1e9,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """size: how many base units it is. powers: (word, power) in order, none with power 0."""

    size: float
    powers: tuple[tuple[str, int], ...] = ()

    def times(self, other: Unit, sign: int = 1) -> Unit:
        """The product; with sign -1 the quotient."""
        found = dict(self.powers)
        for word, power in other.powers:
            found[word] = found.get(word, 0) + sign * power
        kept = tuple(sorted((word, power) for word, power in found.items() if power))
        return Unit(self.size * other.size**sign, kept)

    def counts_as(self, other: Unit) -> bool:
        """Whether both count the same thing, at whatever size."""
        return self.powers == other.powers

    @property
    def base_text(self) -> str:
        """What it counts, in words: đồng/lượt; "" of a bare number."""
        above = [_powered(word, power) for word, power in self.powers if power > 0]
        below = [_powered(word, -power) for word, power in self.powers if power < 0]
        return "·".join(above) + "".join(f"/{word}" for word in below)


ONE = Unit(1.0)


def read_unit(text: str) -> Unit:
    """The unit that a text names: "tỷ đồng", "%", "triệu đồng/lượt", "" for a bare number."""
    found = ONE
    for place, part in enumerate(text.lower().split("/")):
        found = found.times(_word(" ".join(part.split())), -1 if place else 1)
    return found


def _word(text: str) -> Unit:
    if text in ("", "1", "lần"):
        return ONE
    if text == "%":
        return Unit(0.01)
    first, _, rest = text.partition(" ")
    if first in _SIZES:
        return Unit(_SIZES[first]).times(_word(rest))
    return Unit(1.0, ((text, 1),))


def _powered(word: str, power: int) -> str:
    return word if power == 1 else f"{word}^{power}"
