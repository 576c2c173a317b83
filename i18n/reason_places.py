"""What fills the places of a reason's sentence: amounts, paces, bounds and shares in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from math import isclose
from typing import Protocol, runtime_checkable

from .dates import day_text
from .labels import asked_text, unit_text
from .numbers import decimals_apart, number, percent, value_text, with_unit
from .words import catalogue, words

_MOST_EXTRA = 3
_JUDGED = ("missed", "at_risk", "behind", "on_track", "met", "exceeded")
# Key → a number, and the sentence to take where that number is 0 or below.
_BACKWARDS = {
    "projected_share": ("share_pct", "projected_back"),
    "way_done": ("done_pct", "way_lost"),
    "way_expected": ("done_pct", "way_not_expected"),
}
_SHOWN_PCT = 0.05  # a share that is not written as 0%
_SMALL = 100  # yearly changes below this are written with a decimal, of counts too


@runtime_checkable
class ReasonLike(Protocol):
    """A key and its numbers."""

    @property
    def key(self) -> str:
        """Which sentence."""

    @property
    def numbers(self) -> Mapping[str, object]:
        """What fills it."""


def filled(reason: ReasonLike, lang: str, area_names: Mapping[str, str]) -> str:
    """The sentence of a reason, every place filled, and what limits it.

    Raises:
        ValueError: no sentence for the key, or one of its numbers is missing.
    """
    facts = _Facts(reason, lang, area_names)
    key = reason.key
    if key in _BACKWARDS:
        share, other = _BACKWARDS[key]
        key = other if facts.of(share) <= 0 else key
    elif key == "pace_enough" and facts.of("open_pct") >= _SHOWN_PCT:
        key = "pace_enough_almost"  # within what the method lets pass, but not enough in full
    text = _template(f"reason.{key}", lang).format_map(_Places(facts))
    return text + _after(facts)


def _template(key: str, lang: str) -> str:
    found = catalogue(lang, "reason").gettext(key)
    if found == key:
        raise ValueError(f"no sentence for {key!r} in {lang!r}")
    return found


class _Facts:
    """A reason's numbers, read with their types."""

    def __init__(self, reason: ReasonLike, lang: str, area_names: Mapping[str, str]) -> None:
        self.key, self.numbers, self.lang = reason.key, reason.numbers, lang
        self.area_names = area_names
        self._apart: int | None = None

    def of(self, name: str) -> float:
        value = self.numbers.get(name)
        if isinstance(value, (int, float)):
            return float(value)
        raise ValueError(f"the reason {self.key!r} has no number {name!r}")

    def has(self, name: str) -> bool:
        return isinstance(self.numbers.get(name), (int, float))

    def text(self, name: str) -> str:
        return str(self.numbers.get(name) or "")

    @property
    def unit(self) -> str:
        return self.text("unit")

    @property
    def decimals(self) -> int:
        return int(self.of("decimals")) if self.has("decimals") else 1

    @property
    def is_total(self) -> bool:
        return self.text("kind") == "cumulative"

    def piece(self, name: str, **values: object) -> str:
        return words(self.lang)(f"reason.piece.{name}", **values)

    def amount(self, value: float, decimals: int | None = None) -> str:
        """A value in its unit."""
        shown = unit_text(self.unit, self.lang, one=value == 1)
        return value_text(value, shown, self.decimals if decimals is None else decimals, self.lang)

    def change(self, value: float, decimals: int) -> str:
        """The size of a change in its unit, of a rate in points."""
        if self.unit != "%":
            return self.amount(abs(value), decimals)
        points = "điểm\u00a0%" if self.lang == "vi" else "points"
        return with_unit(number(abs(value), decimals, self.lang), points)

    def bound(self) -> float | None:
        """What the value is held against, where the sentence names both."""
        for name in ("goal", "low", "plan"):
            if self.has(name):
                return self.of(name)
        return None

    def apart(self) -> int:
        """Decimals that tell value and bound apart where the verdict does."""
        bound = self.bound()
        if bound is None or not self.has("value"):
            return self.decimals
        if self._apart is None:
            comparator = self.text("comparator")
            if comparator not in ("more_than", "at_most"):
                comparator = "at_most" if self.numbers.get("down") else "at_least"
            self._apart = decimals_apart(self.of("value"), bound, self.decimals, comparator)
        return self._apart


def _pair_decimals(first: float, second: float, decimals: int) -> int:
    """Decimals at which two sizes differ if they do, and neither is written as 0 unless it is."""
    for extra in range(_MOST_EXTRA):
        a, b = round(abs(first), decimals + extra), round(abs(second), decimals + extra)
        vanished = (a == 0 and first != 0) or (b == 0 and second != 0)
        if not vanished and (a != b or isclose(abs(first), abs(second))):
            return decimals + extra
    return decimals + _MOST_EXTRA


def _pace(facts: _Facts, name: str) -> str:
    """What is needed or was had each year: tăng 462 doanh nghiệp/năm."""
    value = facts.of(name)
    other = facts.of("had" if name == "need" else "need") if _both(facts) else value
    if value == 0:
        return facts.piece(f"{name}_flat")
    decimals = facts.decimals
    if max(abs(value), abs(other)) < _SMALL:
        decimals = max(1, decimals)
    amount = facts.change(value, _pair_decimals(value, other, decimals))
    if facts.is_total and value > 0:
        return facts.piece(f"{name}_more", amount=amount)
    form = f"{name}_{'up' if value > 0 else 'down'}"
    return facts.piece(form, amount=amount, share=_share_of_value(facts, name, value, other))


def _both(facts: _Facts) -> bool:
    return facts.has("need") and facts.has("had")


def _share_of_value(facts: _Facts, name: str, value: float, other: float) -> str:
    """The yearly change in % of the latest value, for counts and money."""
    if facts.unit == "%" or facts.is_total or not _both(facts) or not facts.has("year"):
        return ""
    latest = facts.of("value")
    if not facts.key.startswith("pace_") or facts.key == "pace_ratio" or latest <= 0:
        return ""
    mine, theirs = 100 * abs(value) / latest, 100 * abs(other) / latest
    pct = percent(mine, _pair_decimals(mine, theirs, 1), facts.lang)
    if name == "need":
        return facts.piece("share_of", pct=pct, year=int(facts.of("year")))
    return facts.piece("share", pct=pct)


def _growth(facts: _Facts, name: str) -> str:
    """Compound growth per year: bình quân tăng 5,2%/năm."""
    value = facts.of(f"{name}_pct")
    if value == 0:
        return facts.piece(f"pct_{name}_flat")
    other = "need" if name == "had" else "had"
    theirs = facts.of(f"{other}_pct") if facts.has(f"{other}_pct") else value
    pct = percent(abs(value), _pair_decimals(value, theirs, 1), facts.lang)
    return facts.piece(f"pct_{name}_{'up' if value > 0 else 'down'}", pct=pct)


def _span(facts: _Facts, name: str) -> str:
    years = int(facts.of("year") - facts.of("first_year"))
    return facts.piece(f"{name}_one") if years == 1 else facts.piece(name, years=years)


def _goal(facts: _Facts) -> str:
    comparator, value = facts.text("comparator"), facts.amount(facts.of("goal"), facts.apart())
    if comparator in ("more_than", "less_than"):
        return facts.piece(comparator, value=value)
    if comparator in ("about", "between"):
        down = facts.numbers.get("down")
        return facts.piece("at_most_end" if down else "at_least_end", value=value)
    return value


def _asked(facts: _Facts) -> str:
    comparator = facts.text("comparator")
    high = facts.of("high") if facts.has("high") else None
    asked = asked_text(comparator, facts.of("low"), high, facts.unit, facts.apart(), facts.lang)
    if comparator != "about":
        return asked
    tolerance = percent(facts.of("tolerance_pct"), 1, facts.lang)
    return facts.piece("tolerance", asked=asked, pct=tolerance)


def _of_plan(facts: _Facts) -> str:
    plan = facts.amount(facts.of("plan"), facts.apart())
    if facts.text("comparator") in ("more_than", "less_than"):
        plan = facts.piece(facts.text("comparator"), value=plan)
    if not facts.has("done_pct"):
        return facts.piece("of_plan_zero", plan=plan)
    return facts.piece("of_plan", pct=_done(facts), plan=plan)


def _done(facts: _Facts) -> str:
    """The share done, never rounded to or from 100 %."""
    done = facts.of("done_pct")
    comparator = "at_most" if facts.numbers.get("down") else "at_least"
    return percent(done, decimals_apart(done, 100, 1, comparator), facts.lang)


def _ratio(facts: _Facts) -> str:
    ratio = facts.of("ratio_pct")
    if ratio < 0:
        return facts.piece("ratio_back")
    return facts.piece("ratio", pct=percent(ratio, 1, facts.lang))


def _elapsed(facts: _Facts) -> str:
    if not facts.has("elapsed_pct"):
        return ""
    return facts.piece("elapsed", pct=percent(facts.of("elapsed_pct"), 1, facts.lang))


def _counted(facts: _Facts) -> str:
    if not facts.has("years"):
        return ""
    return facts.piece("counted", met=int(facts.of("years_met")), years=int(facts.of("years")))


def _moving(facts: _Facts) -> str:
    if not facts.has("had"):
        return ""
    return facts.piece("moving", span=_span(facts, "span"), had=_pace(facts, "had"))


def _keep(facts: _Facts) -> str:
    """A warning where a target that is met moves away from it."""
    if not facts.has("had") or facts.is_total:
        return ""
    had = facts.of("had")
    if had == 0 or (had > 0) != bool(facts.numbers.get("down")):
        return ""
    return facts.piece("keep", span=_span(facts, "span"), had=_pace(facts, "had"))


def _so_far(facts: _Facts) -> str:
    if not facts.is_total:
        return ""
    value = facts.amount(facts.of("value"), facts.apart())
    return facts.piece("so_far", year=int(facts.of("year")), value=value)


def _of_latest(facts: _Facts) -> str:
    year = int(facts.of("year"))
    return facts.piece("latest_total" if facts.is_total else "latest", year=year)


def _area(facts: _Facts) -> str:
    code = facts.text("area")
    return facts.area_names.get(code) or facts.piece("area", code=code)


def _worst_area(facts: _Facts) -> str:
    form = "worst" if facts.text("scale") in _JUDGED else "example"
    return facts.piece(form, area=_area(facts))


def _of_area(facts: _Facts) -> str:
    inner = facts.numbers.get("of_area")
    if not isinstance(inner, ReasonLike):
        raise ValueError(f"the reason {facts.key!r} has no reason of an area")
    text = filled(inner, facts.lang, facts.area_names)
    return text[:1].lower() + text[1:] if facts.lang == "vi" else text


def _missing(facts: _Facts) -> str:
    count = int(facts.of("total") - facts.of("with_figures"))
    return facts.piece("missing", count=count) if count else ""


def _ended(facts: _Facts) -> str:
    ended = facts.numbers.get("ended")
    if not isinstance(ended, date):
        raise ValueError(f"the reason {facts.key!r} has no day")
    return day_text(ended, facts.lang)


def _whole(name: str) -> Callable[[_Facts], str]:
    return lambda facts: str(int(facts.of(name)))


def _amount(name: str) -> Callable[[_Facts], str]:
    return lambda facts: facts.amount(facts.of(name))


_PLACES: dict[str, Callable[[_Facts], str]] = {
    **{
        name: _whole(name)
        for name in (
            "year", "target_year", "base_year", "at_year", "first_year", "last_year", "start",
            "end", "stale_year", "months", "points", "needs", "reaching", "total", "judged",
            "years_met", "years_closed",
        )
    },
    **{name: _amount(name) for name in ("projected", "base_value", "at_value")},
    "value": lambda facts: facts.amount(facts.of("value"), facts.apart()),
    "term": lambda facts: f"{int(facts.of('start'))}–{int(facts.of('end'))}",
    "kind": lambda facts: words(facts.lang)(f"reason.kind.{facts.text('kind')}"),
    "open": lambda facts: percent(facts.of("open_pct"), 1, facts.lang),
    "near": lambda facts: percent(facts.of("near_pct"), 1, facts.lang),
    "share": lambda facts: percent(facts.of("share_pct"), 1, facts.lang),
    "need": lambda facts: _pace(facts, "need"),
    "had": lambda facts: _pace(facts, "had"),
    "need_pct": lambda facts: _growth(facts, "need"),
    "had_pct": lambda facts: _growth(facts, "had"),
    "span": lambda facts: _span(facts, "span"),
    "span_first": lambda facts: _span(facts, "span_first"),
    "goal": _goal,
    "asked": _asked,
    "of_plan": _of_plan,
    "done": _done,
    "ratio": _ratio,
    "elapsed": _elapsed,
    "counted": _counted,
    "moving": _moving,
    "keep": _keep,
    "so_far": _so_far,
    "of_latest": _of_latest,
    "area": _area,
    "worst_area": _worst_area,
    "of_area": _of_area,
    "missing": _missing,
    "ended": _ended,
}  # fmt: skip


class _Places(dict[str, str]):
    """Fills the places of a sentence as they are met."""

    def __init__(self, facts: _Facts) -> None:
        super().__init__()
        self.facts = facts

    def __missing__(self, name: str) -> str:
        if name not in _PLACES:
            raise ValueError(f"the sentence of {self.facts.key!r} has an unknown place {name!r}")
        return _PLACES[name](self.facts)


def _after(facts: _Facts) -> str:
    """What limits a verdict: a last year without figure, few points."""
    text = ""
    if facts.has("awaited_year"):
        text += facts.piece("awaited", year=int(facts.of("awaited_year")))
    if facts.has("provisional_points"):
        text += facts.piece("provisional", points=int(facts.of("provisional_points")))
    return text
