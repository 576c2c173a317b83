"""Numbers as people read them: 12.420,5 · −3,2 · 75% · 12.420 tỷ đồng · 100–150.

Vietnamese writes ``.`` between thousands and ``,`` before decimals, English the other way
round. A minus is U+2212, the blank before a unit never breaks, ``%`` has no blank. Rounding
is half away from zero, as taught and as Excel does. Absent (None, NaN) is "–", never 0.

Status over 10,000 targets writes 100,000 numbers, so nothing here asks Babel;
the tests hold the result against Babel's.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

LANGUAGES = ("vi", "en")
ABSENT = "–"
MINUS = "\u2212"
NO_BREAK = "\u00a0"

MORE_THAN, AT_MOST = "more_than", "at_most"
_MOST_DECIMALS = 6


def number(value: float | None, decimals: int = 1, lang: str = "vi", *, fixed: bool = False) -> str:
    """A number with at most so many decimals: 12.420,5 · 75 · −3,2 · – where there is none.

    Args:
        value: None and NaN are absent.
        decimals: decimals kept, 0 or more.
        lang: "vi" or "en".
        fixed: keep zeros at the end (84,0), for columns that line up.

    Raises:
        ValueError: the value is infinite, or the language another.
    """
    if value is None or value != value:
        return ABSENT
    text = _rounded(value, decimals)
    if decimals and not fixed:
        text = text.rstrip("0").rstrip(".")
    if text[0] == "-":
        bare = text[1:]
        text = MINUS + bare if bare.strip("0.,") else bare
    if lang == "vi":
        return text.replace(",", " ").replace(".", ",").replace(" ", ".")
    if lang == "en":
        return text
    raise ValueError(f"no language {lang!r}")


def _rounded(value: float, decimals: int) -> str:
    """With English separators and an ASCII minus, halves away from zero."""
    if not isfinite(value):
        raise ValueError(f"no finite number: {value!r}")
    scaled = abs(value) * 10**decimals
    # Near a half, or with more digits than a float holds, the binary form can round another
    # way than the number as it is written.
    if 1e10 <= scaled < 1e24 or abs(scaled % 1 - 0.5) < 1e-4:
        step = Decimal(1).scaleb(-decimals)
        return f"{Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP):,.{decimals}f}"
    return f"{value:,.{decimals}f}"


def with_unit(text: str, unit: str) -> str:
    """A written number with its unit: 75% · 12.420 tỷ đồng (the blank does not break)."""
    if not unit or text == ABSENT:
        return text
    return f"{text}%" if unit == "%" else f"{text}{NO_BREAK}{unit}"


def value_text(
    value: float | None, unit: str = "", decimals: int = 1, lang: str = "vi", *, fixed: bool = False
) -> str:
    """A number with its unit: 75% · 12.420,5 tỷ đồng · – where there is none."""
    return with_unit(number(value, decimals, lang, fixed=fixed), unit)


def range_text(low: float, high: float, unit: str = "", decimals: int = 1, lang: str = "vi") -> str:
    """Two ends and their unit: 100–150 dự án · 2–3%."""
    joined = f"{number(low, decimals, lang)}–{number(high, decimals, lang)}"
    return with_unit(joined, unit)


def signed(value: float | None, decimals: int = 1, lang: str = "vi") -> str:
    """A change with its sign: +8,9 · −3,2 · 0."""
    text = number(value, decimals, lang)
    return f"+{text}" if text[0].isdigit() and text != "0" else text


def change_text(value: float | None, unit: str = "", decimals: int = 1, lang: str = "vi") -> str:
    """A change in its unit: +250 tỷ đồng; of a rate in points: +1,2 điểm %."""
    points = {"vi": "điểm" + NO_BREAK + "%", "en": "pp"}[lang]
    return with_unit(signed(value, decimals, lang), points if unit == "%" else unit)


def percent(value: float | None, decimals: int = 1, lang: str = "vi") -> str:
    """A share: 61,9%."""
    return with_unit(number(value, decimals, lang), "%")


def change_percent(value: float | None, decimals: int = 1, lang: str = "vi") -> str:
    """A relative change: +8,9%."""
    return with_unit(signed(value, decimals, lang), "%")


_SCALES = ((1e9, {"vi": "tỷ", "en": "billion"}), (1e6, {"vi": "triệu", "en": "million"}))
_SCALED_UNITS = ("nghìn", "ngàn", "triệu", "tỷ", "tỉ", "thousand", "million", "billion")


def scale_of(largest: float, unit: str = "", lang: str = "vi") -> tuple[float, str]:
    """Factor and word to write big counts short: 9.000.000 lượt gives (1e6, "triệu").

    (1, "") below a million, and where the unit is itself a million or a billion of something.
    """
    if unit.split(" ")[0].lower() not in _SCALED_UNITS:
        for factor, word in _SCALES:
            if abs(largest) >= factor:
                return factor, word[lang]
    return 1.0, ""


def short_text(value: float | None, unit: str = "", decimals: int = 2, lang: str = "vi") -> str:
    """A big count in words: 9 triệu lượt · 4,92 triệu lượt; smaller ones in full.

    Args:
        value: the number, in its unit.
        unit: its unit, in the language.
        decimals: decimals of the scaled number; what is below a million keeps none.
        lang: "vi" or "en".
    """
    if value is None or value != value:
        return ABSENT
    factor, word = scale_of(value, unit, lang)
    if not word:
        return value_text(value, unit, decimals if abs(value) < 1000 else 0, lang)
    return with_unit(with_unit(number(value / factor, decimals, lang), word), unit)


def decimals_apart(value: float, bound: float, decimals: int, comparator: str = "") -> int:
    """How many decimals tell value and bound apart where the verdict does.

    90,04 against "trên 90" would be written 90 and look missed: it gets one decimal more, as
    many as are needed (at most six). Where the rounded pair says the same as the exact one,
    ``decimals`` comes back.

    Args:
        value: the figure.
        bound: what it is held against.
        decimals: those of the indicator.
        comparator: at_least (also for other words), more_than or at_most.
    """
    truth = _meets(value, bound, comparator)
    while decimals < _MOST_DECIMALS:
        shown, asked = (float(_rounded(x, decimals).replace(",", "")) for x in (value, bound))
        if _meets(shown, asked, comparator) == truth:
            break
        decimals += 1
    return decimals


def _meets(value: float, bound: float, comparator: str) -> bool:
    if comparator == MORE_THAN:
        return value > bound
    return value <= bound if comparator == AT_MOST else value >= bound
