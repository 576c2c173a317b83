"""Which encoding a text file is in: Unicode, or one of the older Vietnamese ones.

The older ones give other meanings to the bytes of Western ones, so nothing in a file says which
it is. Every reading is tried, and the one with the most well-formed Vietnamese syllables wins.

Source: TCVN 5712:1993 (its third form is that of the ABC keyboard), RFC 1456 (VISCII), VNI.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from .faults import damaged

UTF8, UTF16 = "UTF-8", "UTF-16"

_SAMPLE = 200_000

_TCVN3 = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323"
    "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

# VNI writes the marks as a second letter behind the vowel.
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_ROUND, _BREVE = "\u0302", "\u0306"
_VNI_MARKS = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _ROUND, "á": _ROUND + _ACUTE, "à": _ROUND + _GRAVE, "å": _ROUND + _HOOK,
    "ã": _ROUND + _TILDE, "ä": _ROUND + _DOT,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = dict(zip("ôöñìíæóòîÔÖÑÌÍÆÓÒÎ", "ơưđìíỉĩịỵƠƯĐÌÍỈĨỊỴ", strict=True))
_VNI_PAIR = re.compile(
    f"([aeouyôö])([{''.join(_VNI_MARKS)}])|[{''.join(_VNI_LETTERS)}]", re.IGNORECASE
)

_WORD = re.compile(r"[^\W\d_]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
    r"(?:[aăâeêioôơuưy]|[iuyưoô][aăâeêioôơuưy]|[aăâeêoôơưu][iouy]|[iuyoươ][aăâeêioôơuy]{1,2}|ươ[iu])"
    r"(?:ch|ng|nh|[cmnpt])?"
)


def text_of(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of the encoding that it was found to be in.

    Raises:
        Refused: F07, no encoding gives a text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16"), UTF16
    silent = utf16_without_mark(data)
    if silent:
        return _decoded(data, silent), UTF16
    try:
        return data.decode("utf-8-sig"), UTF8
    except UnicodeDecodeError:
        return _older(data)


def utf16_without_mark(data: bytes) -> str:
    """The codec of UTF-16 without a byte order mark, "" where it is none.

    Digits, blanks and separators have a zero byte in one half of the pair, never in the other.
    """
    sample = data[:4096]
    if len(data) % 2:
        return ""
    first, second = sample[::2].count(0), sample[1::2].count(0)
    enough, few = max(3, len(sample) * 0.15), len(sample) * 0.005
    if second >= enough and first <= few:
        return "utf-16-le"
    if first >= enough and second <= few:
        return "utf-16-be"
    return ""


def _decoded(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        raise damaged("encoding", part="") from None


def _older(data: bytes) -> tuple[str, str]:
    sample = data[:_SAMPLE]
    best_name, best = "", 0
    for name, reading in _READINGS.items():
        text = reading(sample)
        if text is not None and (fit := _vietnamese(text)) > best:
            best_name, best = name, fit
    whole = _READINGS[best_name](data) if best_name else None
    if whole is None:
        raise damaged("encoding", part="")
    return whole, best_name


def _vietnamese(text: str) -> int:
    """How many words with marks are Vietnamese syllables, less those that are not."""
    fit = 0
    for word in set(_WORD.findall(text)):
        if word.isascii():
            continue
        if not (word.islower() or word.isupper() or word.istitle()):
            fit -= 1
            continue
        apart = unicodedata.normalize("NFD", word.lower())
        bare, tones = _TONES.subn("", apart)
        good = tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare))
        fit += 1 if good else -1
    return fit


def _windows_1258(data: bytes) -> str | None:
    try:
        return unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        return None


def _windows_1252(data: bytes) -> str | None:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _tcvn3(data: bytes) -> str | None:
    high = {0x80 + at: sign for at, sign in enumerate(_TCVN3)}
    return unicodedata.normalize("NFC", data.decode("latin-1").translate(high))


def _viscii(data: bytes) -> str | None:
    table = {0x80 + at: sign for at, sign in enumerate(_VISCII)} | _VISCII_LOW
    return data.decode("latin-1").translate(table)


def _vni(data: bytes) -> str | None:
    def marked(found: re.Match[str]) -> str:
        if not found[1]:
            return _VNI_LETTERS[found[0]]
        letter = _VNI_LETTERS.get(found[1], found[1])
        return letter + _VNI_MARKS[found[2].lower()]

    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return unicodedata.normalize("NFC", _VNI_PAIR.sub(marked, text))


_READINGS: dict[str, Callable[[bytes], str | None]] = {
    "windows-1258": _windows_1258,
    "TCVN3 (ABC)": _tcvn3,
    "VNI": _vni,
    "VISCII": _viscii,
    "windows-1252": _windows_1252,
}
