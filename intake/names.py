"""Which indicator a code and a name mean."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from .request import Register, TargetInfo
from .text import distance, fold, key, pairs, plain, plain_dashes, words_only

_CODE = re.compile(r"([a-z]+(?:-[a-z]+)*)-*0*(\d+)")
_CODE_BLANKS = re.compile(r"[\s.\-_]+")
_SPELT_OUT = ((re.compile(r"\bhtx\b"), "hop tac xa"), (re.compile(r"\bdn\b"), "doanh nghiep"))
_MENTION = re.compile(r"(?<![^\W_])[a-z]{2,6}[ -]{0,3}\d{1,3}(?![^\W_])")
_FEWEST_WORDS = 4
BLANK = "(để trống)"  # in a sentence about a cell that says nothing
_LONGEST = 600  # letters of a code or name that are looked at; none is longer
_LOOKED_AT = 8  # codes among which the nearest is looked for letter by letter


class Meant(NamedTuple):
    """What a code and a name mean: the indicator or None, and the finding, code "" for none.

    at_name: the finding stands at the name cell, not at the code cell.
    """

    target: TargetInfo | None
    code: str = ""
    args: dict[str, Any] = {}  # noqa: RUF012 # a constant of the tuple, never written to
    at_name: bool = False


@lru_cache(maxsize=8192)
def code_key(text: str) -> str:
    """A code without case, blanks, dashes and leading zeros; Đ counts as D; "" if no code."""
    bare = plain_dashes(fold(text))
    found = _CODE.fullmatch(_CODE_BLANKS.sub("-", bare).strip("-"))
    return f"{found[1].replace('-', '')}{found[2]}" if found else ""


def near_form(name: str) -> str:
    """A name without diacritics and punctuation, HTX and DN written out."""
    form = words_only(name)
    for pattern, spelt in _SPELT_OUT:
        form = pattern.sub(spelt, form)
    return form


class Names:
    """Finds the indicator of a code and a name; every pair of texts is worked out once."""

    def __init__(self, register: Register) -> None:
        self._by_code = {code_key(t.code): t for t in register.targets}
        self._by_name: dict[str, list[TargetInfo]] = {}
        self._forms: list[tuple[str, TargetInfo]] = []
        for target in register.targets:
            for name in target.names:
                self._by_name.setdefault(key(name), []).append(target)
                self._forms.append((near_form(name), target))
        self._words = [frozenset(form.split()) for form, _ in self._forms]
        self._meant: dict[tuple[str, str], Meant] = {}

    def meant(self, code: str, name: str) -> Meant:
        """What a row of a plain table means: its code counts, the name is only compared."""
        pair = (code, name)
        known = self._meant.get(pair)
        if known is None:
            known = self._meant[pair] = self._work_out(
                plain(code)[:_LONGEST], plain(name)[:_LONGEST]
            )
        return known

    def by_code(self, text: str) -> TargetInfo | None:
        """The target of a code in any writing."""
        return self._by_code.get(code_key(text))

    def mentioned(self, text: str) -> list[TargetInfo]:
        """The targets whose codes stand in a text, in order, each once."""
        found = (
            self._by_code.get(code_key(m[0])) for m in _MENTION.finditer(plain_dashes(fold(text)))
        )
        return list(dict.fromkeys(target for target in found if target))

    def named_in(self, text: str) -> list[TargetInfo]:
        """The targets whose whole name stands in a text; longer names hide those inside them."""
        rest, found = f" {near_form(text)} ", []
        for form, target in sorted(self._forms, key=lambda pair: -len(pair[0])):
            if form and f" {form} " in rest:
                rest = rest.replace(f" {form} ", " # ")
                found.append(target)
        return list(dict.fromkeys(found))

    def by_name(self, name: str) -> Meant:
        """What a name alone means."""
        equal = self._by_name.get(key(name), [])
        if len(equal) == 1:
            return Meant(equal[0])
        near = equal or self._near(name)
        if len(near) == 1:
            args = {"name": name, "code": near[0].code, "register_name": near[0].names[0]}
            return Meant(near[0], "I02", args, at_name=True)
        several = near or self._in_order(name)
        if len(several) > 1:
            codes = [target.code for target in several]
            return Meant(None, "I04", {"name": name, "codes": codes}, at_name=True)
        return Meant(None, "I03", {"name": name or BLANK}, at_name=True)

    def _work_out(self, code: str, name: str) -> Meant:
        if not code:
            return self.by_name(name)
        target = self._by_code.get(code_key(code))
        if target is None:
            return Meant(None, "I01", {"code": code, "nearest": self._nearest(code)})
        other = self._other(target, name)
        if other:
            args = {"code": target.code, "name": name, "other": other.code}
            return Meant(None, "I05", args)
        return Meant(target)

    def _other(self, target: TargetInfo, name: str) -> TargetInfo | None:
        """The one other indicator that a name beside a code means."""
        meant = self.by_name(name) if name else None
        if meant and meant.code == "I04":  # near to several: another one unless it is among them
            near = self._near(name)
            return None if target in near or not near else near[0]
        if meant is None or meant.target is None or meant.target.code == target.code:
            return None
        return meant.target

    def _near(self, name: str) -> list[TargetInfo]:
        """The targets whose names are nearest, at most one letter in eight (1 to 6) off."""
        form = near_form(name)
        if not form:
            return []
        best = 7
        found: list[TargetInfo] = []
        for wanted, target in self._forms:
            most = max(1, min(6, len(wanted) // 8))
            if abs(len(form) - len(wanted)) > most:
                continue
            off = distance(form, wanted, min(most, best))
            if off > most or off > best:
                continue
            if off < best:
                best, found = off, []
            found.append(target)
        return list(dict.fromkeys(found))

    def _in_order(self, name: str) -> list[TargetInfo]:
        """The targets in whose names four or more words of this one stand in this order."""
        words = near_form(name).split()
        if len(words) < _FEWEST_WORDS:
            return []
        needed = set(words)
        longer = [(form.split(), t) for form, t in self._holding(needed)]
        return list(dict.fromkeys(t for form, t in longer if _stands_in(words, form)))

    def _holding(self, needed: set[str]) -> list[tuple[str, TargetInfo]]:
        """The names that hold all of some words, in any order."""
        return [pair for pair, held in zip(self._forms, self._words, strict=True) if needed <= held]

    def _nearest(self, code: str) -> str:
        bare = code_key(code) or fold(code)
        shared = sorted(self._by_code, key=lambda known: (-len(pairs(bare) & pairs(known)), known))
        codes = sorted(shared[:_LOOKED_AT], key=lambda known: (distance(bare, known, 20), known))
        return self._by_code[codes[0]].code if codes else ""


def _stands_in(words: list[str], longer: list[str]) -> bool:
    rest = iter(longer)
    return all(word in rest for word in words)
