"""Worked examples of the methods: a target of the store, its numbers put into the formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor, log10

from i18n.labels import unit_text
from i18n.numbers import MINUS, number, percent, value_text, with_unit
from i18n.reasons import method_label_text, sentence
from i18n.words import Words, words
from indicators.comparison import all_methods
from indicators.facts import Standing
from indicators.methods.case import Case, Method, Result
from indicators.methods.registry import METHODS
from indicators.model import EACH_AREA, Settings
from indicators.situation import case_of, from_baseline
from indicators.worked import AMOUNT, COUNT, PLAIN, YEAR, Number, Step, steps

from .assessments import results
from .rows import asked_in_full, scale_words, shown_decimals
from .snapshot import Snapshot

_FIGURES = 4  # significant ones of what was worked out
_MOST_DECIMALS = 4
_BY_NEWEST = ("destatis",)  # judges some targets by their newest value instead of the formula
_A_YEAR = ("yearly_change", "change_needed")
_DIFFERENCES = (*_A_YEAR, "gap", "compared")


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step in words: what is worked out, the sum with its numbers, what comes out."""

    what: str
    sum: str
    result: str


@dataclass(frozen=True, slots=True)
class Example:
    """One target under one method, from the figures to the label that its page shows.

    area: of a target that each area must meet the one that is worked out. figures: year and value
    of those that enter. steps: () where the label follows from something else than a formula.
    label: the method's own word, "" where it cannot judge the target. when: the condition under
    which the label is given. scale: the verdict on the common scale, of the default method
    only. beyond: whether a step comes out where the indicator cannot be, since the method carries
    the pace on without a bound.
    """

    code: str
    name: str
    area: str
    asked: str
    figures: tuple[tuple[int, str], ...]
    steps: tuple[StepLine, ...]
    label: str
    label_text: str
    when: str
    reason: str
    scale: str = ""
    scale_text: str = ""
    beyond: bool = False

    @property
    def judged(self) -> bool:
        """Whether the method gave a label of its own."""
        return bool(self.label)


@dataclass(frozen=True, slots=True)
class Judged:
    """A target and what every method says of it, in the registry's order."""

    standing: Standing
    results: tuple[Result, ...]

    def is_judged(self, place: int) -> bool:
        """Whether the method at a place gave a label that judges."""
        one = self.results[place]
        return one.label in METHODS[one.method].scale

    @property
    def count(self) -> int:
        """How many methods judge it."""
        return sum(map(self.is_judged, range(len(self.results))))


def judged(known: Snapshot) -> list[Judged]:
    """What every method says of every target."""
    return [Judged(one, tuple(results(known, one))) for one in known.standings]


def example(
    known: Snapshot, targets: Iterable[Judged], method: Method, lang: str, code: str = ""
) -> Example | None:
    """The worked example of a method; None where it can judge no target.

    Without a code the target is chosen that shows most: the formula decides, four figures or
    more, as many methods as possible judge it too.

    Args:
        known: the snapshot that the targets are of.
        targets: what every method says of them.
        method: a registered one.
        lang: "vi" or "en".
        code: the target to take, whether the method can judge it or not.
    """
    place = list(METHODS).index(method.key)
    if code:
        asked = [one for one in targets if one.standing.target.code == code]
        return _worded(known, asked[0], place, lang) if asked else None
    found = [
        one for one in targets if one.is_judged(place) and one.standing.target.kind != EACH_AREA
    ]
    best = max(found, key=lambda one: _shows(one, place), default=None)
    return _worded(known, best, place, lang) if best else None


def _shows(one: Judged, place: int) -> tuple[bool, bool, int, int]:
    """How much a target shows of a method: the greatest is the best example."""
    result = one.results[place]
    sums = steps(result, _case(one.standing, METHODS[result.method]))
    decided = bool(sums) and sums[0].key != "compared"
    return decided, not result.provisional, one.count, result.points


def _case(standing: Standing, method: Method) -> Case:
    case = case_of(standing.situation)
    return from_baseline(standing.situation, case) if method.from_baseline else case


def _worded(known: Snapshot, one: Judged, place: int, lang: str) -> Example:
    whole, said = one.standing, one.results[place]
    standing, result, area = _scope(whole, said, place)
    target, method = whole.target, METHODS[said.method]
    decimals = shown_decimals(standing, known.indicator_of(target).decimals)
    is_default = said.method == whole.verdict.method
    shown = one.is_judged(place)
    counted = target.kind == EACH_AREA and not area
    case = _case(standing, method)
    sums = () if counted or not shown else steps(result, case)
    form = _Form(target.unit, decimals, lang)
    indicator = known.indicator_of(target)
    bounds = indicator.minimum, indicator.maximum
    return Example(
        code=target.code,
        name=target.name_vi if lang == "vi" else target.name_en,
        area=known.area_names.get(area, area),
        asked=asked_in_full(target, decimals, lang),
        figures=() if counted else tuple(_figures(case, result, form)),
        steps=tuple(form.line(step) for step in sums),
        label=said.label if shown else "",
        label_text=method_label_text(said.method, said.label, lang),
        when=_when(said, sums, known.settings, lang) if shown else "",
        reason=sentence(said.reason, lang, known.area_names),
        scale=whole.verdict.scale if is_default else "",
        scale_text=scale_words(whole, lang) if is_default else "",
        beyond=any(_is_beyond(step, *bounds) for step in sums),
    )


def _is_beyond(step: Step, minimum: float | None, maximum: float | None) -> bool:
    """Whether a step's result is a value that the indicator cannot have."""
    value, form = step.result
    if form != AMOUNT or step.key in _DIFFERENCES:
        return False
    return (maximum is not None and value > maximum) or (minimum is not None and value < minimum)


def _scope(whole: Standing, said: Result, place: int) -> tuple[Standing, Result, str]:
    """What is worked out: the target itself, or the area that a method named of many."""
    area = said.reason.numbers.get("area")
    inner = whole.by_area.get(area) if isinstance(area, str) else None
    if inner is None:
        return whole, said, ""
    return inner, all_methods(inner.situation, inner.verdict)[place], str(area)


def conditions(method: str, label: str, settings: Settings, lang: str) -> tuple[str, ...]:
    """When a method gives a label: by its formula and, where it has the rule, by the newest value.

    Args:
        method: key of a registered one.
        label: one of its own words that judge.
        settings: the thresholds in force.
        lang: "vi" or "en".
    """
    _ = words(lang)
    near, slow = (percent(share, 1, lang) for share in (settings.near_pct, settings.slow_pct))
    by_formula = _(f"methodpage.{method}.label.{label}", near=near, slow=slow)
    if method not in _BY_NEWEST:
        return (by_formula,)
    newest = _(f"methodpage.{method}.newest.{label}")
    return by_formula, _("methodpage.newest", condition=newest)


def _when(result: Result, sums: tuple[Step, ...], settings: Settings, lang: str) -> str:
    found = conditions(result.method, result.label, settings, lang)
    if not sums:
        return "; ".join(found)
    return found[-1] if sums[0].key == "compared" else found[0]


def _figures(case: Case, result: Result, form: _Form) -> Iterable[tuple[int, str]]:
    for year, value in zip(case.years, case.values, strict=True):
        if year in result.used:
            yield year, form.amount(value)


class _Form:
    """Writes the numbers of one target's steps."""

    def __init__(self, unit: str, decimals: int, lang: str) -> None:
        self.unit, self.decimals, self.lang = unit, decimals, lang
        self._: Words = words(lang)

    def amount(self, value: float) -> str:
        """A figure with its unit."""
        unit = unit_text(self.unit, self.lang)
        return value_text(value, unit, self._spare(value), self.lang)

    def line(self, step: Step) -> StepLine:
        """A step in words."""
        return StepLine(
            self._(f"methodpage.step.{step.key}"),
            step.formula.format_map(self._places(step.numbers)),
            self._result(step),
        )

    def _places(self, numbers: Mapping[str, Number]) -> dict[str, str]:
        return {name: self._in_brackets(self._bare(one)) for name, one in numbers.items()}

    @staticmethod
    def _in_brackets(text: str) -> str:
        return f"({text})" if text.startswith(MINUS) else text

    def _bare(self, one: Number) -> str:
        """A number without its unit."""
        if one.form in (YEAR, COUNT):
            return str(int(one.value))
        if one.form == AMOUNT:
            return number(one.value, self._spare(one.value), self.lang)
        if one.form == PLAIN:
            return number(one.value, _MOST_DECIMALS, self.lang)
        return percent(100 * one.value, 2, self.lang)

    def _spare(self, value: float) -> int:
        """Decimals that keep four significant figures of what was worked out."""
        wanted = _FIGURES - 1 - floor(log10(abs(value))) if value else 0
        return max(self.decimals, min(wanted, _MOST_DECIMALS))

    def _result(self, step: Step) -> str:
        text = self._bare(step.result)
        if step.result.form != AMOUNT:
            return text
        points = self.unit == "%" and step.key in _DIFFERENCES
        unit = self._("methodpage.points") if points else unit_text(self.unit, self.lang)
        amount = with_unit(text, unit)
        return self._("methodpage.per_year", amount=amount) if step.key in _A_YEAR else amount
