"""Units of measure: what is the same unit, what is another scale of it, what is another kind."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from .text import fold, plain_dashes

_SCALES = {
    "chuc": 10, "tram": 100, "nghin": 10**3, "ngan": 10**3, "1.000": 10**3, "1000": 10**3,
    "1,000": 10**3, "trieu": 10**6, "tr": 10**6, "ty": 10**9, "ti": 10**9,
}  # fmt: skip
_SAME = {
    "luot khach": "luot",
    "htx": "hop tac xa",
    "dn": "doanh nghiep",
    "phan tram": "%",
    "vnd": "dong",
    "d": "dong",
    "bac sy/tram": "bac si/tram",
}
_GLUED = (
    (re.compile(r"\btr\.?d\b"), "trieu dong"),
    (re.compile(r"\b(nghin|ngan|trieu|ty)d\b"), r"\1 dong"),
    (re.compile(r"\btr\."), "tr "),
)
_SLASH = re.compile(r" ?/ ?")


class Unit(NamedTuple):
    """A unit taken apart. base is folded, "" where only a scale is given ("triệu")."""

    scale: int
    base: str

    @property
    def is_scaled(self) -> bool:
        """Whether it counts thousands, millions or the like."""
        return self.scale != 1


@lru_cache(maxsize=4096)
def parse(text: str) -> Unit | None:
    """The scale and the base of a unit; None where nothing is written."""
    bare = _SLASH.sub("/", plain_dashes(fold(text)).strip("()[].:;, "))
    for pattern, spelt in _GLUED:
        bare = pattern.sub(spelt, bare)
    words = bare.split()
    if not words:
        return None
    scale = 1
    while words and words[0] in _SCALES:
        scale *= _SCALES[words.pop(0)]
    base = " ".join(words)
    return Unit(scale, _SAME.get(base, base))


@lru_cache(maxsize=4096)
def ratio(text: str, register_unit: str) -> Decimal | None:
    """What a number in the written unit is multiplied by to be in the register's.

    1 where they are the same or nothing is written; None where they are of another kind.
    """
    written, wanted = parse(text), parse(register_unit)
    if written is None or wanted is None:
        return Decimal(1) if written is None else None
    if written.base != wanted.base and (written.base or wanted.base == "%"):
        return None
    return Decimal(written.scale) / Decimal(wanted.scale)


def converted(value: float, factor: Decimal) -> float:
    """A number times a factor as people multiply, in decimals: 5.634 × 10⁶ is 5634000."""
    return value if factor == 1 else float(Decimal(repr(value)) * factor)


def is_known(text: str, register_units: frozenset[str]) -> bool:
    """Whether a text is some unit of the register at any scale."""
    return any(ratio(text, unit) is not None for unit in register_units) and parse(text) is not None
