"""Formulas over indicators: DL-03 = DL-01 × chi_tieu; our own tokens and parser, nothing runs.

    formula  name "=" sum
    sum      product (("+" | "-") product)*
    product  factor (("*" | "/") factor)*
    factor   number | name | "-" factor | "(" sum ")" | "bq" "(" pair (";" pair)* ")"
    pair     sum ":" sum                    a value and its weight

A name is an indicator's code (DL-01) or a driver's (letters, digits, underscores). × and ÷ are
read as * and /. bq is the weighted mean (bình quân gia quyền).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from .forecast_models import Array
from .model import Reason
from .scenarios_units import ONE, Unit

MOST_SIGNS, MOST_TOKENS, DEEPEST = 400, 80, 12
MEAN = "bq"

_TOKEN = re.compile(
    r"\s*(?:(?P<code>[A-Z]{2,5}-\d{1,3}(?!\w))|(?P<number>\d+(?:[.,]\d+)?(?!\w))"
    r"|(?P<name>[^\W\d]\w*)|(?P<sign>[-+*/×÷−()=;:]))"
)
_SAME = {"×": "*", "÷": "/", "−": "-"}
NAME = re.compile(r"[^\W\d]\w{0,39}")

Value: TypeAlias = "float | Array"


class Number(NamedTuple):
    """A bare number."""

    value: float


class Name(NamedTuple):
    """An indicator's code or a driver's name."""

    name: str


class Binary(NamedTuple):
    """Two sides and a sign: + - * /."""

    sign: str
    left: Node
    right: Node


class Mean(NamedTuple):
    """A weighted mean: (value, weight) each."""

    pairs: tuple[tuple[Node, Node], ...]


Node: TypeAlias = "Number | Name | Binary | Mean"


@dataclass(frozen=True, slots=True)
class Formula:
    """One identity: what it gives, and what from. text: as it was written."""

    text: str
    result: str
    body: Node

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names on the right side, each once, in order."""
        return tuple(dict.fromkeys(names(self.body)))


class _Bad(Exception):
    """Ends the parsing; caught in ``read_formula``, which gives the reason as a value."""

    def __init__(self, key: str, **numbers: object) -> None:
        super().__init__(key)
        self.key = key
        self.numbers = numbers


def read_formula(text: str) -> Formula | Reason:
    """The identity that a text says, or why it says none; nothing of it is ever executed."""
    shown = text.strip()[:80]
    try:
        if len(text) > MOST_SIGNS:
            raise _Bad("formula_long", most=MOST_SIGNS)
        parser = _Parser(_tokens(unicodedata.normalize("NFC", text)))
        result = parser.taken("code", "name")
        parser.expect("=")
        body = parser.sum(0)
        parser.end()
    except _Bad as bad:
        return Reason(bad.key, {"text": shown, **bad.numbers})
    return Formula(text.strip(), result, body)


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place, text = 0, text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise _Bad("formula_sign", sign=text[place:].strip()[:1])
        kind = str(match.lastgroup)
        word = match[kind]
        found.append((kind, _SAME.get(word, word)))
        place = match.end()
        if len(found) > MOST_TOKENS:
            raise _Bad("formula_long", most=MOST_SIGNS)
    return found


class _Parser:
    """Recursive descent over the tokens, never deeper than DEEPEST."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._place = 0

    def _next(self) -> tuple[str, str]:
        return self._tokens[self._place] if self._place < len(self._tokens) else ("end", "")

    def taken(self, *kinds: str) -> str:
        kind, word = self._next()
        if kind not in kinds:
            raise self._unexpected()
        self._place += 1
        return word

    def _sees(self, *signs: str) -> str:
        kind, word = self._next()
        return word if kind == "sign" and word in signs else ""

    def expect(self, sign: str) -> None:
        if not self._sees(sign):
            raise _Bad("formula_expected", sign=sign)
        self._place += 1

    def end(self) -> None:
        if self._next()[0] != "end":
            raise self._unexpected()

    def _unexpected(self) -> _Bad:
        kind, word = self._next()
        return _Bad("formula_ends") if kind == "end" else _Bad("formula_unexpected", word=word[:40])

    def sum(self, depth: int) -> Node:
        return self._chain(self._product, "+-", depth)

    def _product(self, depth: int) -> Node:
        return self._chain(self._factor, "*/", depth)

    def _chain(self, part: Callable[[int], Node], signs: str, depth: int) -> Node:
        if depth > DEEPEST:
            raise _Bad("formula_deep", most=DEEPEST)
        found = part(depth)
        while sign := self._sees(*signs):
            self._place += 1
            found = Binary(sign, found, part(depth))
        return found

    def _factor(self, depth: int) -> Node:
        if self._sees("-"):
            self._place += 1
            if depth > DEEPEST:
                raise _Bad("formula_deep", most=DEEPEST)
            return Binary("*", Number(-1.0), self._factor(depth + 1))
        if self._sees("("):
            self._place += 1
            inside = self.sum(depth + 1)
            self.expect(")")
            return inside
        kind = self._next()[0]
        word = self.taken("number", "code", "name")
        if kind == "number":
            return Number(float(word.replace(",", ".")))
        if self._sees("("):
            if word != MEAN:
                raise _Bad("formula_function", word=word[:40])
            return self._mean(depth + 1)
        return Name(word)

    def _mean(self, depth: int) -> Node:
        self.expect("(")
        pairs = []
        while True:
            value = self.sum(depth)
            self.expect(":")
            pairs.append((value, self.sum(depth)))
            if not self._sees(";"):
                break
            self._place += 1
        self.expect(")")
        return Mean(tuple(pairs))


def names(node: Node) -> Iterator[str]:
    """Every name in a formula's body, as often as it stands there."""
    match node:
        case Name(name):
            yield name
        case Binary(_, left, right):
            yield from names(left)
            yield from names(right)
        case Mean(pairs):
            for value, weight in pairs:
                yield from names(value)
                yield from names(weight)
        case Number():
            return


def unit_of(formula: Formula, units: Mapping[str, Unit]) -> Unit | Reason:
    """What the right side counts, or why its parts do not fit; units: of each name."""
    try:
        return _unit(formula.body, units)
    except _Bad as bad:
        return Reason(bad.key, {"text": formula.text[:80], **bad.numbers})


def _unit(node: Node, units: Mapping[str, Unit]) -> Unit:
    match node:
        case Number():
            return ONE
        case Name(name):
            return units[name]
        case Mean(pairs):
            found = [_unit(value, units) for value, _ in pairs]
            weights = [_unit(weight, units) for _, weight in pairs]
            for kinds in (found, weights):
                for other in kinds[1:]:
                    _same(kinds[0], other)
            return found[0]
        case Binary(sign, left, right):
            one, other = _unit(left, units), _unit(right, units)
            if sign in "+-":
                _same(one, other)
                return one
            return one.times(other, 1 if sign == "*" else -1)


def _same(one: Unit, other: Unit) -> None:
    if not one.counts_as(other):
        raise _Bad("formula_sum_units", left=one.base_text, right=other.base_text)


def value_of(node: Node, values: Mapping[str, Value]) -> Value:
    """The body worked out; values: of each name, in base units, numbers or arrays alike.

    A division by 0 gives no number (NaN), which whoever asks has to look for.
    """
    match node:
        case Number(value):
            return value
        case Name(name):
            return values[name]
        case Mean(pairs):
            weights = [value_of(weight, values) for _, weight in pairs]
            parts = [
                value_of(value, values) * w for (value, _), w in zip(pairs, weights, strict=True)
            ]
            return _ratio(sum(parts), sum(weights))
        case Binary(sign, left, right):
            one, other = value_of(left, values), value_of(right, values)
            match sign:
                case "+":
                    return one + other
                case "-":
                    return one - other
                case "*":
                    return one * other
                case _:
                    return _ratio(one, other)


def _ratio(above: Value, below: Value) -> Value:
    if isinstance(below, float | int):
        return above / below if below else float("nan")
    with_zero = below == 0
    below = below.copy()
    below[with_zero] = 1.0
    found: Array = above / below
    found = found.copy()
    found[with_zero] = float("nan")
    return found
