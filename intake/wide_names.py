"""Names in wide tables: what people write around an indicator's name, and rows that are none."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from . import units
from .names import Meant, Names
from .text import fold, plain

_BEFORE = re.compile(
    r"(?:(?:trong đó|tr\. ?đó|tr đó|t\. ?đó|trđ|tđ|bao gồm|gồm|chia ra)(?![^\W_])[ :;,.-]*"
    r"|[-–—+*•·]+ *\)? *|(?:\d{1,2}|[IVX]{1,5}|[a-zđ])(?:\.\d{1,2})*(?:[.)]\s*(?=\D)|\.? (?=\D))"
    r"|\d{1,2}(?:\.\d{1,2})+\.? +)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
_CODE_IN_FRONT = re.compile(r"[(\[]([^()\[\]]{2,12})[)\]][ :.–-]*")
_FOOTNOTE = re.compile(r"[\d*†‡ ,]{0,4}")
_AFTER = " :;,.*†‡¹²³⁰⁴⁵⁶⁷⁸⁹"
_MARKED = re.compile(r" ?\d{1,2}\)$")  # "Số hợp tác xã 1)"
_UNIT_BEHIND = re.compile(r" ?[,–-] ?([^,–-]+)$")
_TOTAL = re.compile(
    r"(?:tong|cong|tong cong|tong so|trung binh|binh quan|toan tinh|ca tinh)"
    r"(?: (?:cong|so|chung|toan tinh|ca tinh|cua tinh|toan nganh|cac xa phuong|cac phuong|cac xa"
    r"|75 xa phuong|08 phuong|8 phuong))*"
)
_GROUP = re.compile(r"(?:khu vuc|cac xa|cac phuong|khoi|cum|vung)\b.*")
_LONGEST = 600  # no name is longer, and patterns are looked for in it again and again
_HAS_LETTER = re.compile(r"[^\W\d_]")


class Bare(NamedTuple):
    """A name freed of what stands around it: its unit and code where brackets told them."""

    name: str
    unit: str = ""
    code: str = ""


def bare_name(text: str, names: Names, register_units: frozenset[str]) -> Bare:
    """A name without numbering, dash, "Trong đó:", and what brackets at its end tell."""
    name, unit, code = plain(text), "", ""
    while found := _BEFORE.match(name):
        if found.end() == len(name) or not found.end():
            break
        name = name[found.end() :]
    name = name.rstrip(_AFTER)
    front = _CODE_IN_FRONT.match(name)
    if front and names.by_code(front[1]):
        code, name = front[1], name[front.end() :]
    while found := _BRACKETS.search(name):
        inside = plain(found[1])
        if names.by_code(inside):
            code = code or inside
        elif units.is_known(inside, register_units):
            unit = unit or inside
        elif not _FOOTNOTE.fullmatch(inside):
            break
        name = name[: found.start()].rstrip(_AFTER)
    name = _MARKED.sub("", name).rstrip(_AFTER)
    behind = _UNIT_BEHIND.search(name)
    if behind and not unit and units.is_known(behind[1], register_units):
        before = name[: behind.start()].rstrip(_AFTER)
        if names.by_name(before).target:
            return Bare(before, plain(behind[1]), code)
    return Bare(name, unit, code)


def is_total(text: str) -> bool:
    """Whether a row sums up or averages others, or heads a group of areas."""
    folded = re.sub(r"[^\w]+", " ", fold(text)).strip()
    return bool(_TOTAL.fullmatch(folded) or _GROUP.fullmatch(folded))


def row_code(text: str) -> str:
    """A code cell's code, "" where it holds a row number."""
    return text if _HAS_LETTER.search(text) else ""


def meant_by_row(
    names: Names, code: str, text: str, register_units: frozenset[str]
) -> tuple[Meant, Bare]:
    """What a row means, its name looked up as it stands first; finding I06 for no indicator."""
    whole = plain(text)[:_LONGEST]
    as_it_stands = names.by_name(whole) if whole and not code else None
    if as_it_stands and as_it_stands.target and not as_it_stands.code:
        return as_it_stands, Bare(whole)
    bare = bare_name(whole, names, register_units)
    code = code or bare.code
    if not code:
        code, name = _leading_code(bare.name, names)
        bare = bare._replace(name=name)
    if code and names.by_code(code):
        return names.meant(code, bare.name), bare
    meant = names.by_name(bare.name) if bare.name else Meant(None, "I03")
    if meant.code == "I03":
        return _unknown(whole or code), bare
    if code:
        return names.meant(code, bare.name), bare  # I01: a known name beside an unknown code
    return meant, bare


def _unknown(name: str) -> Meant:
    args: dict[str, Any] = {"name": name}
    return Meant(None, "I06", args, at_name=True)


def _leading_code(name: str, names: Names) -> tuple[str, str]:
    """A code at the front of a name and the rest: "DL-01: Tổng lượt khách"."""
    found = re.match(r"([^\W\d_]{2,4} ?[-–—]? ?\d{1,3})(?!\d) ?[-–—:.]* ?", name)
    if found and names.by_code(found[1]):
        return found[1], name[found.end() :]
    return "", name
