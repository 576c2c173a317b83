"""Sentences about scenarios: what a target takes, and what is wrong with assumptions.

A reason is a key and its numbers (indicators/scenarios*.py, services/scenario*.py); the words
stand in the catalogue ``scenario``.
"""

from __future__ import annotations

from collections.abc import Mapping

from .forecast_reasons import ReasonLike
from .labels import unit_text
from .numbers import NO_BREAK, number, percent, value_text
from .words import words

_VALUES = ("aim", "from", "limit", "rest")
_MOST_DECIMALS = 6


def sentence(reason: ReasonLike, lang: str = "vi") -> str:
    """The sentence of one reason.

    Args:
        reason: of a goal, a document or a formula.
        lang: "vi" or "en".

    Raises:
        ValueError: no sentence for the key, or one of its numbers is missing.
    """
    given = reason.numbers
    places = {name: _plain(value, lang) for name, value in given.items()}
    if reason.key.startswith("goal_"):
        places |= _values(given, lang)
    if "step" in given:
        places |= _pace(given, lang)
    return words(lang)(f"scenario.{_key(reason)}", **places).strip()


def step_text(value: float, unit: str, decimals: int, lang: str = "vi") -> str:
    """A yearly step without its sign: 683.333 lượt · 2,8 điểm %."""
    points = "điểm" + NO_BREAK + "%" if lang == "vi" else "pp"
    shown = points if unit == "%" else unit_text(unit, lang)
    return value_text(abs(value), shown, step_decimals(value, decimals), lang)


def step_decimals(value: float, decimals: int) -> int:
    """Decimals of a yearly step: as the indicator's, one or two more where it is small."""
    size = abs(value)
    if size >= 100:
        return decimals
    return min(decimals + (2 if size < 1 else 1), _MOST_DECIMALS)


def _key(reason: ReasonLike) -> str:
    """The words' key; a few keys have a second sentence for another case."""
    given = reason.numbers
    if reason.key == "goal_over" and given.get("met"):
        return "goal_over_met"
    if reason.key == "goal_met" and _is_nothing(given.get("step")):
        return "goal_keep"
    return reason.key


def _is_nothing(step: object) -> bool:
    return not isinstance(step, int | float) or step == 0


def _plain(value: object, lang: str) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float):
        return number(value, _MOST_DECIMALS, lang)
    return str(value)


def _values(given: Mapping[str, object], lang: str) -> dict[str, str]:
    unit, decimals = unit_text(str(given.get("unit", "")), lang), _decimals(given)
    found = {
        name: value_text(value, unit, decimals, lang)
        for name in _VALUES
        if isinstance(value := given.get(name), int | float)
    }
    aim = given.get("aim")
    if isinstance(aim, float) and round(aim, decimals) != aim:  # a weak end between two decimals
        found["aim"] = value_text(aim, unit, min(decimals + 2, _MOST_DECIMALS), lang)
    asked = given.get("asked") if given.get("comparator") == "about" else None
    if "aim" in found and isinstance(asked, int | float):
        about = number(asked, decimals, lang)
        found["aim"] = words(lang)("scenario.piece.about", aim=found["aim"], asked=about)
    return found


def _decimals(given: Mapping[str, object]) -> int:
    decimals = given.get("decimals", 1)
    return decimals if isinstance(decimals, int) else 1


def _pace(given: Mapping[str, object], lang: str) -> dict[str, str]:
    """The pieces of a sentence on what it takes: move, growth, past, strict, start."""
    _ = words(lang)
    step, growth = given.get("step"), given.get("growth_pct")
    unit, decimals = str(given.get("unit", "")), _decimals(given)
    pieces = {"move": "", "growth": "", "step": ""}
    if isinstance(step, int | float):
        pieces["step"] = step_text(step, unit, decimals, lang)
        pieces["move"] = _("scenario.piece.more" if step >= 0 else "scenario.piece.less",
                           step=pieces["step"])  # fmt: skip
    if isinstance(growth, int | float):
        pieces["growth"] = _("scenario.piece.growth", growth=percent(growth, 1, lang))
    may = isinstance(step, int | float) and step < 0
    pieces["may"] = _("scenario.piece.may_fall" if may else "scenario.piece.may_rise",
                      step=pieces["step"])  # fmt: skip
    pieces["strict"] = _("scenario.piece.strict") if given.get("strict") else ""
    pieces["past"] = _past(given, lang)
    pieces["start"] = _start(given, lang)
    best = _best(given, lang)
    pieces["best"] = _("scenario.piece.best_alone", move=best) if best else ""
    return pieces


def _past(given: Mapping[str, object], lang: str) -> str:
    """; ba năm qua bình quân thêm 40; năm tốt nhất trong 5 năm thêm 210 (21%)."""
    _ = words(lang)
    recent, years = given.get("recent_step"), given.get("recent_years")
    if not isinstance(recent, int | float):
        return ""
    said = _("scenario.piece.recent", years=years, move=_moved(recent, given, lang))
    best = _best(given, lang)
    return said + (_("scenario.piece.best", move=best) if best else "")


def _best(given: Mapping[str, object], lang: str) -> str:
    """The best year of the last five, "" where none is known: thêm 210 (21%)."""
    best, growth = given.get("best_step"), given.get("best_growth_pct")
    if not isinstance(best, int | float):
        return ""
    top = _moved(best, given, lang)
    if isinstance(growth, int | float) and not given.get("total"):
        top = f"{top} ({percent(abs(growth), 1, lang)})"
    return top


def _moved(step: float, given: Mapping[str, object], lang: str) -> str:
    key = "amount" if given.get("total") else "more" if step >= 0 else "less"
    text = step_text(step, str(given.get("unit", "")), _decimals(given), lang)
    return words(lang)(f"scenario.piece.{key}", step=text)


def _start(given: Mapping[str, object], lang: str) -> str:
    """How late the best pace may begin, whether today's is enough, that the figure is old."""
    _, year = words(lang), given.get("start_year")
    said = "" if year is None else _("scenario.piece.start", year=year)
    said += _("scenario.piece.enough") if given.get("enough") else ""
    if given.get("stale"):
        said += _("scenario.piece.stale", year=given.get("from_year"))
    return said
