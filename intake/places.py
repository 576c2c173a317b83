"""Which area a code or a name means. No name is ever taken for another that is near it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from indicators.model import PROVINCE
from indicators.periods import Period

from .request import AreaInfo, FormerInfo, Register
from .text import distance, fold, key, lower, plain, plain_dashes

IN_FORCE_FROM = (2025, 7)  # year and month of the present units
_MOST_SUGGESTED = 5
_LONGEST = 300  # letters of an area that are looked at; none is longer

_PROVINCE = frozenset(
    key(text)
    for text in ("toàn tỉnh", "tỉnh sơn la", "tỉnh", "cả tỉnh", "toàn tỉnh sơn la", "tỉnh sl")
)
_KIND = re.compile(r"(?P<kind>xã|phường|thị trấn|p\.|x\.|tt\.|tt(?= )) ?")
_KINDS = {"p.": "phường", "x.": "xã", "tt.": "thị trấn", "tt": "thị trấn"}
_DISTRICT = re.compile(r"(?:huyện|thị xã|thành phố|tp\.?|tx\.?|h\.) ?(?=\w)")
_CODE = re.compile(r"0?\d{4}|\d{5}|\d{6,}|\d{1,3}")
_CODE_AND_NAME = re.compile(
    r"(0?\d{4}|\d{5}) ?[-:. ] ?([^\d].*)|([^\d].*?) ?[-:(]? ?(0?\d{4}|\d{5})\)?"
)
_BESIDE = re.compile(r"(.+?) ?(?:, ?|\( ?| - )(.+?)\)?")


class Place(NamedTuple):
    """What an area cell means: the code ("" the province) or None, and a finding or none."""

    code: str | None
    finding: str = ""
    args: dict[str, Any] = {}  # noqa: RUF012 # a constant of the tuple, never written to


_ALL = Place(PROVINCE)


class Places:
    """Finds the area of a cell's text; every text is worked out once."""

    def __init__(self, register: Register) -> None:
        self._names = {area.code: area.name for area in register.areas}
        self._by_code = {area.code: area for area in register.areas}
        self._by_name: dict[str, AreaInfo] = {key(area.name): area for area in register.areas}
        for spelling, code in register.spellings.items():
            if code in self._by_code:
                self._by_name.setdefault(key(spelling), self._by_code[code])
        self._former_codes = {unit.code: unit for unit in register.former}
        self._former: dict[str, list[FormerInfo]] = {}
        for unit in register.former:
            for name in dict.fromkeys(key(name) for name in unit.names):
                self._former.setdefault(name, []).append(unit)
        self._older = frozenset(key(name) for name in register.older)
        districts = {key(_DISTRICT.sub("", lower(u.district))) for u in register.former}
        self._doubtful = frozenset(districts & set(self._by_name))
        self._known_names: dict[int, list[tuple[str, str, str]]] = {}
        for known in _spellings(register):
            self._known_names.setdefault(len(known[0]), []).append(known)
        self._meant: dict[tuple[str, bool], Place] = {}

    def name_of(self, code: str) -> str:
        """The present name of a code, "toàn tỉnh" for the province."""
        return self._names.get(code, code) if code else "toàn tỉnh"

    def is_code(self, text: str) -> bool:
        """Whether a text is a code in force, or was one."""
        code = text.strip().zfill(5)
        return code in self._by_code or code in self._former_codes

    def meant(self, text: str, period: Period | None) -> Place:
        """What an area cell means in a row of that period (None: not known)."""
        before = period is not None and (period.year, period.last) < IN_FORCE_FROM
        known = self._meant.get((text, before))
        if known is None:
            known = self._meant[(text, before)] = self._work_out(text, before)
        return known

    def agreed(self, code: str, name: str, period: Period | None) -> Place:
        """What a code and a name in one row mean: they must say the same."""
        if not plain(code) or not plain(name):
            return self.meant(code or name, period)
        coded = self.meant(code, period)
        named = self.meant(name, None)
        if coded.code is None:
            return coded
        if named.code != coded.code and not self._may_be(name, coded.code):
            return self._several(f"{plain(code)} – {plain(name)}", (coded.code, named.code))
        return named if named.finding == "A04" else coded

    def _work_out(self, text: str, before: bool) -> Place:
        text = plain(text)[:_LONGEST]
        said = plain_dashes(lower(text)).strip(" .,;:")
        if not said or key(said) in _PROVINCE:
            return _ALL
        if _CODE.fullmatch(said):
            return self._of_code(said.zfill(5), plain(text))
        both = _CODE_AND_NAME.fullmatch(said)
        if both:
            return self._of_both(both[1] or both[4], both[2] or both[3], plain(text))
        if _DISTRICT.match(said):
            return Place(None, "A06", {"area": plain(text)})
        return self._of_name(said, plain(text), before)

    def _of_code(self, code: str, shown: str) -> Place:
        if code in self._by_code:
            return Place(code)
        former = self._former_codes.get(code)
        if former is None:
            return Place(None, "A01", {"area": shown})
        return self._now(former.present, shown)

    def _of_both(self, code: str, name: str, shown: str) -> Place:
        coded, named = self._of_code(code.zfill(5), shown), self._of_name(name, shown, False)
        if coded.code is None:
            return coded
        if named.code != coded.code and not self._may_be(name, coded.code):
            return self._several(shown, (coded.code, named.code))
        return named if named.finding == "A04" else coded

    def _of_name(self, said: str, shown: str, before: bool) -> Place:
        found = _KIND.match(said)
        kind = _KINDS.get(found["kind"], found["kind"]) if found else ""
        bare = said[found.end() :] if found else said
        present = self._by_name.get(key(bare))
        if present and kind != "thị trấn":
            if before and not kind and key(bare) in self._doubtful:
                names = [f"{present.kind} {present.name}", f"huyện {present.name} (cũ)"]
                return Place(None, "A05", {"area": shown, "names": names})
            return Place(present.code)
        return self._of_former(bare, kind, shown) or self._unknown(bare, shown)

    def _of_former(self, bare: str, kind: str, shown: str) -> Place | None:
        units, district = self._former.get(key(bare), []), ""
        beside = _BESIDE.fullmatch(bare)
        if not units and beside:
            units, district = self._former.get(key(beside[1]), []), beside[2]
            present = self._by_name.get(key(beside[1]))
            if present and fold(district) in ("son la", "tinh son la"):
                return Place(present.code)
        if district:  # another place of that name, or two areas in one cell, is no such unit
            units = [u for u in units if _same_district(u.district, district)]
        units = [u for u in units if u.kind == kind] or units
        now = list(dict.fromkeys(u.present for u in units))
        if not now:
            return None
        return self._now(now[0], shown) if len(now) == 1 else self._several(shown, now)

    def _unknown(self, bare: str, shown: str) -> Place:
        if key(bare) in self._older:
            more = "Đây là tên trước 01/02/2025; chưa xác định được xã, phường hiện nay."
            return Place(None, "A01", {"area": shown, "more": more})
        near = self._near(bare)
        if near:
            return Place(None, "A02", {"area": shown, "suggestions": near})
        return Place(None, "A01", {"area": shown})

    def _near(self, bare: str) -> list[str]:
        """Names one or two letters off, or the same without diacritics; the nearest first."""
        folded, found = fold(bare), []
        for length in range(len(bare) - 2, len(bare) + 3):
            for small, plain_form, shown in self._known_names.get(length, ()):
                off = 0 if folded == plain_form else distance(bare, small, 2)
                if off <= 2:
                    found.append((off, shown))
        return list(dict.fromkeys(shown for _, shown in sorted(found)))[:_MOST_SUGGESTED]

    def _may_be(self, name: str, code: str) -> bool:
        """Whether one of several former units of that name lies in the area."""
        said = lower(name)
        found = _KIND.match(said)
        bare = said[found.end() :] if found else said
        return any(unit.present == code for unit in self._former.get(key(bare), []))

    def _now(self, code: str, shown: str) -> Place:
        return Place(code, "A04", {"area": shown, "name": self._names.get(code, code)})

    def _several(self, shown: str, codes: Iterable[str | None]) -> Place:
        names = [f"{self._names.get(code, code)} ({code})" for code in codes if code]
        return Place(None, "A05", {"area": shown, "names": names})


def _same_district(district: str, said: str) -> bool:
    """Whether a district is meant, with or without its kind."""
    return key(_DISTRICT.sub("", lower(district))) == key(_DISTRICT.sub("", lower(said)))


def _spellings(register: Register) -> list[tuple[str, str, str]]:
    """(small letters, without diacritics, as suggested) of present and former names."""
    present = [(a.name, a.name) for a in register.areas]
    names = {area.code: area.name for area in register.areas}
    former = [
        (name, f"{name} (cũ, nay thuộc {names.get(unit.present, unit.present)})")
        for unit in register.former
        for name in unit.names
    ]
    taken = {key(name) for name, _ in present}
    every = present + [pair for pair in former if key(pair[0]) not in taken]
    return [(lower(name), fold(name), shown) for name, shown in every]
