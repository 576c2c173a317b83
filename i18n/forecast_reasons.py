"""Sentences about forecasts and chances, made from the reasons that the maths gives.

A reason is a key and its numbers (`indicators/forecast*.py`); the words stand in the catalogue
``forecast``. Forecast values are written with three significant figures: more would
pretend to a knowledge that a forecast does not have.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10
from typing import Protocol

from .labels import unit_text
from .numbers import number, percent, value_text
from .periods import period_text
from .words import words

_FORECAST_VALUES = ("low", "middle", "high", "value", "part_value", "whole_value")
_STEP_PCT = 5.0
_FIGURES = 3


class ReasonLike(Protocol):
    """A key and its numbers, as ``indicators.model.Reason``."""

    @property
    def key(self) -> str:
        """Which sentence."""
        ...

    @property
    def numbers(self) -> Mapping[str, object]:
        """What it is filled with."""
        ...


def sentence(reason: ReasonLike, lang: str = "vi") -> str:
    """The sentence of one reason.

    Args:
        reason: of a forecast, a chance or a contradiction.
        lang: "vi" or "en".

    Raises:
        ValueError: the key is not one of the forecast's, a number is missing, or the
            language is another.
    """
    numbers = reason.numbers
    places: dict[str, object] = {key: str(value) for key, value in numbers.items()}
    places |= _values(numbers, lang) | _lists(numbers)
    if "bound" in numbers:
        places["goal"] = _goal(numbers, lang)
    if "probability_pct" in numbers:
        places["probability"] = probability_text(_number(numbers["probability_pct"]), lang)
    if "weight_pct" in numbers:
        places["weight"] = percent(_number(numbers["weight_pct"]), 0, lang)
    if "period" in numbers:
        places["period"] = period_text(str(numbers["period"]), lang)
    if "figures" in numbers:
        kind = "figures" if numbers["figures"] else "forecast"
        places["kind"] = words(lang)(f"forecast.kind.{kind}")
    return words(lang)(f"forecast.{reason.key}", **places)


def _values(numbers: Mapping[str, object], lang: str) -> dict[str, str]:
    """Values with their unit (written once in "from … to …"): forecasts rounded, figures not."""
    unit, decimals = _unit(numbers, lang)
    texts = {
        name: _rounded(_number(numbers[name]), "" if name == "low" else unit, decimals, lang)
        for name in _FORECAST_VALUES
        if name in numbers
    }
    if "so_far" in numbers:
        texts["so_far"] = value_text(_number(numbers["so_far"]), unit, decimals, lang)
    return texts


def _lists(numbers: Mapping[str, object]) -> dict[str, str]:
    """Years and codes, joined."""
    return {
        name: ", ".join(str(item) for item in listed)
        for name in ("years", "parts")
        if isinstance(listed := numbers.get(name), tuple | list)
    }


def _unit(numbers: Mapping[str, object], lang: str) -> tuple[str, int]:
    """Unit in the language, and decimals."""
    decimals = int(_number(numbers.get("decimals", 1)))
    return unit_text(str(numbers.get("unit", "")), lang), decimals


def probability_text(pct: float, lang: str = "vi") -> str:
    """A chance as it is stated, to 5 points: khoảng 35% · dưới 5% · trên 95%.

    Args:
        pct: 0 to 100.
        lang: "vi" or "en".
    """
    _ = words(lang)
    if pct < _STEP_PCT:
        return _("forecast.probability.low")
    if pct > 100 - _STEP_PCT:
        return _("forecast.probability.high")
    share = floor(pct / _STEP_PCT + 0.5) * _STEP_PCT
    return _("forecast.probability.about", share=percent(share, 0, lang))


def _goal(numbers: Mapping[str, object], lang: str) -> str:
    """What is asked for: đạt từ 9.000.000 lượt trở lên · không quá 0 hợp tác xã."""
    _ = words(lang)
    unit, decimals = _unit(numbers, lang)
    comparator = str(numbers.get("comparator", ""))
    bound = value_text(_number(numbers["bound"]), unit, decimals, lang)
    if comparator == "between" and "bound_high" in numbers:
        high = value_text(_number(numbers["bound_high"]), unit, decimals, lang)
        bare = number(_number(numbers["bound"]), decimals, lang)
        return _("forecast.goal.between", bound=bare, high=high)
    if comparator in ("more_than", "less_than"):
        return _(f"forecast.goal.{comparator}", bound=bound)
    if numbers.get("down"):
        return _("forecast.goal.at_most", bound=bound)
    full = numbers.get("unit") == "%" and numbers["bound"] == 100
    return _("forecast.goal.exactly" if full else "forecast.goal.at_least", bound=bound)


def _rounded(value: float, unit: str, decimals: int, lang: str) -> str:
    """A forecast value with three significant figures and never more than its decimals."""
    spare = _FIGURES - 1 - floor(log10(abs(value))) if value else decimals
    kept = min(decimals, spare)
    return value_text(round(value, kept), unit, max(kept, 0), lang)


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        raise ValueError(f"no number: {value!r}")
    return float(value)
