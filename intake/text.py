"""Text as it is compared: one form for all the ways in which people type the same words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BLANKS = re.compile(r"[\s\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME_WORD = ((re.compile(r"\btỉ\b"), "tỷ"), (re.compile(r"\blí\b"), "lý"))
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_PUNCTUATION = re.compile(r"[^\w%]+")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """NFC, full-width signs made plain, every kind of blank one blank, ends trimmed."""
    if text.isascii():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH)
    return _BLANKS.sub(" ", composed).strip()


@lru_cache(maxsize=65536)
def lower(text: str) -> str:
    """``plain`` in small letters, with the two spellings of tỷ and lý made one."""
    small = plain(text).lower()
    for pattern, word in _SAME_WORD:
        small = pattern.sub(word, small)
    return small


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """What two texts share that differ in case, blanks and the place of the tone mark only.

    The tone of a word is moved to its end: hoà and hòa, Qùynh and Quỳnh are one. For
    comparing only, never for showing.
    """
    small = lower(text)
    return small if small.isascii() else " ".join(_tone_last(word) for word in small.split(" "))


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(sign for sign in letters if sign in _TONES)
    bare = "".join(sign for sign in letters if sign not in _TONES)
    return unicodedata.normalize("NFC", bare) + tones


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Small letters without any diacritics; đ becomes d."""
    letters = unicodedata.normalize("NFD", plain(text).lower().replace("đ", "d"))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


@lru_cache(maxsize=65536)
def words_only(text: str) -> str:
    """``fold`` with punctuation made blanks: how names are compared for nearness."""
    return _PUNCTUATION.sub(" ", fold(text)).strip()


def plain_dashes(text: str) -> str:
    """Every dash and the minus sign as "-"."""
    return text.translate(_DASHES)


@lru_cache(maxsize=16384)
def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a text, its ends included."""
    padded = f"^{text}$"
    return frozenset(padded[i : i + 2] for i in range(len(padded) - 1))


def may_be_near(one: str, other: str, most: int) -> bool:
    """Whether two texts can be so few letters apart: quick, and never wrongly no.

    A letter that is changed, added or dropped touches two pairs in each text.
    """
    apart = abs(len(one) - len(other)) > most
    return not apart and len(pairs(one) ^ pairs(other)) <= 4 * most


def distance(one: str, other: str, most: int) -> int:
    """Letters to change, add or drop to make one text the other; ``most + 1`` where more."""
    if not may_be_near(one, other, most):
        return most + 1
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    one, other = one[same:], other[same:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return min(_changes(one, other, most), most + 1)


def _changes(one: str, other: str, most: int) -> int:
    """As ``distance``, for texts with neither beginning nor end in common."""
    before = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != wanted)))
        if min(row) > most:
            return most + 1
        before = row
    return before[-1]
