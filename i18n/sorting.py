"""Vietnamese order and search: Đ after D, a ă â, tones last; search without diacritics.

The order is that of the Unicode collation for Vietnamese: letters of the whole text first,
then the tones (ngang, huyền, hỏi, ngã, sắc, nặng), then small before capital. It is done here
because SQLite and PostgreSQL sort "Đắk" after "Hà" unless they have ICU.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex and horn make letters of their own


SortKey = tuple[tuple[int, ...], str, str]


@lru_cache(maxsize=65536)
def sort_key(text: str) -> SortKey:
    """A key that sorts Vietnamese text: ``sorted(names, key=sort_key)``.

    Blanks come first, then other signs, digits, letters, and letters of other scripts.
    """
    pairs = _split(" ".join(text.split()))
    letters = tuple(_weight(base.lower()) for base, _ in pairs)
    cases = "".join("0" if base == base.lower() else "1" for base, _ in pairs)
    return letters, "".join(tone for _, tone in pairs), cases


def _weight(sign: str) -> int:
    if sign in _RANK:
        return 2_000_000 + _RANK[sign]
    if sign.isdecimal():
        return 1_500_000 + int(sign)
    return ord(sign[0]) + (3_000_000 if sign.isalpha() else 0)


def _split(text: str) -> list[tuple[str, str]]:
    """Letters with their shape marks, and the tone of each ("0" for none)."""
    pairs: list[tuple[str, str]] = []
    for sign in unicodedata.normalize("NFD", text):
        if sign in _TONES and pairs:
            pairs[-1] = (pairs[-1][0], _TONES[sign])
        elif sign in _SHAPES and pairs:
            pairs[-1] = (unicodedata.normalize("NFC", pairs[-1][0] + sign), pairs[-1][1])
        elif unicodedata.combining(sign):
            continue
        else:
            pairs.append((sign, "0"))
    return pairs


@lru_cache(maxsize=65536)
def search_key(text: str) -> str:
    """Small letters without diacritics, one blank between words: "Mộc Châu" gives "moc chau"."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(s for s in plain if not unicodedata.combining(s)).split())


def matches(query: str, text: str) -> bool:
    """Whether every word of the query stands in the text.

    A query word without diacritics finds any ("moc" finds "Mộc"); one with diacritics finds
    only itself ("mọc" does not).
    """
    composed = unicodedata.normalize("NFC", text.lower())
    bare = search_key(text)
    for word in unicodedata.normalize("NFC", query.lower()).split():
        if word not in (bare if word == search_key(word) else composed):
            return False
    return True
