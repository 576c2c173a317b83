"""What a value cell says: a number, no number, or nothing that can be understood."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from . import units
from .cells import said
from .dates import day_text
from .grid import BOOL, DATE, ERROR, NUMBER, UNCALCULATED, Cell
from .text import fold, plain, plain_dashes
from .units import converted

LARGEST = 1e15
LONGEST = 200  # characters; no number is longer

_NO_FIGURE = frozenset({
    "x", "n/a", "n.a.", "n.a", "chua co so lieu", "chua co", "khong co so lieu",
    "kxd", "khong xac dinh", "chua xac dinh", "chua co so",
})  # fmt: skip
_DOTS = re.compile(r"[.…](?: ?[.…])+|…")
_DASH = re.compile(r"-+")
_ERRORS = frozenset({
    "#div/0!", "#n/a", "#ref!", "#value!", "#name?", "#num!", "#null!", "#spill!", "#calc!",
})  # fmt: skip
_QUALIFIER = re.compile(
    r"(?:(?:khoang|tren|hon|gan|duoi|uoc(?: dat| tinh)?|xap xi)\b|>=|<=|[≥≤><~≈])\.? ?"
)
_NUMBER = re.compile(r"([+-]?) ?(\d[\d.,]*(?: \d[\d.,]*)*)(?:e([+-]?\d{1,3}))? ?(|[^\d+-].*)")
_BRACKETS = re.compile(r"\( ?(\d[^()]*)\) ?(.*)")

_DIGITS = re.compile(r"\d+")
_VI_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?")
_VI_DECIMALS = re.compile(r"\d+,\d+")
_EN_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[1-9]\d{0,2}(?: \d{3})+\.\d+")
_EN_DECIMALS = re.compile(r"\d+\.\d+")
_ONE_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
_ONE_DOT = re.compile(r"[1-9]\d{0,2}\.\d{3}")

PERCENT = "%"


class Said(NamedTuple):
    """What a value cell says.

    value: in the unit of its unit cell, None where nothing is read. findings: codes and what
    fills their places. percent: the cell itself says %. scaled: the cell carries its unit, so
    the value is in the register's unit already.
    """

    value: float | None
    findings: tuple[tuple[str, dict[str, Any]], ...] = ()
    percent: bool = False
    scaled: bool = False


def read(cell: Cell, unit: str, column_factor: Decimal | None, *, csv: bool = False) -> Said:
    """What a value cell that is not blank says.

    Args:
        cell: the cell.
        unit: the register's unit, "" where the indicator is not known.
        column_factor: what the unit cell multiplies by; None where that is not known.
        csv: the file is a CSV, in which every number is text.
    """
    kind, value, number_format, _ = cell
    if kind == NUMBER and isinstance(value, float):
        return _number_cell(value, number_format, unit)
    if kind == ERROR:
        return Said(None, (("V06", {"error": str(value)}),))
    if kind == UNCALCULATED:
        return Said(None, (("V07", {}),))
    if kind == DATE and isinstance(value, float):
        return Said(None, (("V18", {"shown": day_text(value)}),))
    if kind == BOOL:
        return Said(None, (("V02", {"raw": said(cell)}),))
    return read_text(str(value), unit, column_factor, csv)


def _number_cell(value: float, number_format: str, unit: str) -> Said:
    if not -LARGEST <= value <= LARGEST:  # also where it is no number (NaN)
        return Said(None, (("V15", {"raw": repr(value)}),))
    if number_format and unit == PERCENT and shows_percent(number_format):
        return Said(converted(value, Decimal(100)), percent=True)
    return Said(value)


@lru_cache(maxsize=512)
def shows_percent(number_format: str) -> bool:
    """Whether a number format shows hundredths as percent."""
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", number_format)


@lru_cache(maxsize=16384)
def read_text(text: str, unit: str, column_factor: Decimal | None, csv: bool) -> Said:
    """What a text in a value cell says; see ``read``."""
    if len(text) > LONGEST:
        return Said(None, (("V02", {"raw": text[:LONGEST]}),))
    shown = plain(text)
    said = plain_dashes(fold(text))
    if said in _ERRORS:
        return Said(None, (("V06", {"error": shown}),))
    if said.rstrip(". ") in _NO_FIGURE or said in _NO_FIGURE or _DOTS.fullmatch(said):
        return Said(None, (("V08", {"raw": shown}),))
    if _DASH.fullmatch(said):
        return Said(None, (("V09", {}),))
    return _Written(shown, unit, column_factor, csv).read(said)


class _Written(NamedTuple):
    """A text that should hold one number."""

    shown: str
    unit: str
    column_factor: Decimal | None
    csv: bool

    def read(self, said: str) -> Said:
        doubt = ""
        while found := _QUALIFIER.match(said):
            doubt, said = "V17", said[found.end() :]
        brackets = _BRACKETS.fullmatch(said)
        if brackets:
            doubt, said = "V14", "-" + " ".join(part.strip() for part in brackets.groups() if part)
        number = _NUMBER.fullmatch(said)
        return self._measured(number, doubt) if number else self._unread()

    def _unread(self) -> Said:
        return Said(None, (("V02", {"raw": self.shown}),))

    def _measured(self, found: re.Match[str], doubt: str) -> Said:
        """With its sign, its exponent and the words behind it."""
        sign, digits, exponent, suffix = found.groups()
        readings = _readings(digits, self.unit)
        factor = self._suffix_factor(suffix)
        if not readings or factor is None:
            return self._unread()
        power = Decimal(10) ** int(exponent or 0) * (-1 if sign == "-" else 1)
        exact = [number * power for number, _ in readings]
        if len(exact) > 1:
            values = {"value1": float(exact[0] * factor), "value2": float(exact[1] * factor)}
            return Said(None, (("V05", {"raw": self.shown, **values}),))
        if suffix and suffix != PERCENT and self.column_factor not in (None, 1):
            return Said(None, (("U05", {"raw": self.shown}),))
        value = float(exact[0] * factor)
        if not -LARGEST <= value <= LARGEST:
            return Said(None, (("V15", {"raw": self.shown}),))
        english = readings[0][1] == "en"
        plain_digits = bool(_DIGITS.fullmatch(digits)) and not suffix
        silent = plain_digits if self.csv else not self.unit and _needs_unit(digits, factor)
        codes = self._codes(doubt, english, factor != 1, silent)
        args = {"raw": self.shown, "value": value}
        return Said(value, tuple((code, args) for code in codes), suffix == PERCENT, bool(suffix))

    def _suffix_factor(self, suffix: str) -> Decimal | None:
        """What the words behind the number multiply by; None where they do not belong there."""
        if not suffix:
            return Decimal(1)
        if self.unit:
            return units.ratio(suffix, self.unit)
        unit = units.parse(suffix)  # without an indicator any unit may be right
        return Decimal(unit.scale) if unit else None

    def _codes(self, doubt: str, english: bool, scaled: bool, silent: bool) -> list[str]:
        codes = [doubt] if doubt else []
        if scaled and self.unit:
            codes.append("U04")
        if english:
            codes.append("V04")
        if not codes and not silent:
            codes.append("V03")
        return codes


def _readings(digits: str, unit: str) -> list[tuple[Decimal, str]]:
    """What the digits can mean, each with the convention: one, two, or none.

    A share is not counted in thousands, so in % one comma and three digits are decimals,
    while one dot and three digits may be either; in other units it is the other way round.
    """
    if _DIGITS.fullmatch(digits):
        return [(Decimal(digits), "vi")]
    if unit != PERCENT and unit and _ONE_COMMA.fullmatch(digits):
        return [(_vi(digits), "vi"), (_en(digits), "en")]
    if unit == PERCENT and _ONE_DOT.fullmatch(digits):
        return [(_vi(digits), "vi"), (_en(digits), "en")]
    if _VI_GROUPS.fullmatch(digits) or _VI_DECIMALS.fullmatch(digits):
        return [(_vi(digits), "vi")]
    if _EN_GROUPS.fullmatch(digits) or _EN_DECIMALS.fullmatch(digits):
        return [(_en(digits), "en")]
    return []


def _needs_unit(digits: str, factor: Decimal) -> bool:
    """Whether only the indicator's unit tells what was written."""
    either = _ONE_COMMA.fullmatch(digits) or _ONE_DOT.fullmatch(digits)
    return bool(either) or factor != 1


def _vi(digits: str) -> Decimal:
    return Decimal(digits.replace(".", "").replace(" ", "").replace(",", "."))


def _en(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "").replace(" ", ""))
