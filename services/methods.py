"""What the page on the methods shows: each method, the scale, the forecast, what is in force."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db import observations
from db.engine import Store
from i18n.dates import day_text
from i18n.labels import kind_text, scale_text
from i18n.numbers import percent
from i18n.reasons import method_label_text, method_question_text, method_text
from i18n.words import Words, words
from indicators.current import CRITERIA, decided_by, key_of
from indicators.methods.case import DONE_KIND, Method
from indicators.methods.escap import ROOM
from indicators.methods.registry import METHODS
from indicators.methods_record import CHECKED, NOT_CHECKED
from indicators.model import CUMULATIVE, EVERY_YEAR, LEVEL, Observation, Settings
from indicators.verdicts import WORST_FIRST

from .forecast_told import ForecastRecord, told_record
from .method_examples import Example, Judged, conditions, example, judged
from .rows import SCALE_ORDER
from .snapshot import Snapshot, read

_KINDS = (LEVEL, EVERY_YEAR, CUMULATIVE, DONE_KIND)
_COUNTS_AREAS = ("vn_plan", "healthy_people")
_WITH_MISMATCHES = ("destatis", "sdg_index")


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """One of the nine marks: its word, what it means, how many targets have it now."""

    scale: str
    text: str
    meaning: str
    count: int


@dataclass(frozen=True, slots=True)
class Checks:
    """Cases that a method was checked on, in sentences; short: "300/314", "" without any."""

    short: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MethodInfo:
    """One method, explained in one language.

    formula: one line each; symbols: what its letters stand for. labels: (key, its word, when it
    is given), best first.
    judges: how many targets it can judge now. example: None where it can judge none.
    """

    key: str
    name: str
    question: str
    rule: str
    formula: tuple[str, ...]
    symbols: str
    origin: str
    reads: str
    needs: str
    weaknesses: str
    labels: tuple[tuple[str, str, str], ...]
    checks: Checks
    judges: int
    is_default: bool
    example: Example | None


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting in force, what it is otherwise, what it does."""

    name: str
    value: str
    usual: str
    says: str


@dataclass(frozen=True, slots=True)
class MethodsPage:
    """Everything the page on the methods shows, in one language.

    asked: the code that the examples were asked for, "" where there is no such target.
    criteria: (what is compared, on how many periods it decides now). contested: periods on
    which sources disagree.
    """

    sentence: str
    lead: str
    scale: tuple[ScaleLine, ...]
    default: MethodInfo
    others: tuple[MethodInfo, ...]
    outlooks: ForecastRecord
    settings: tuple[SettingLine, ...]
    criteria: tuple[tuple[str, int], ...]
    contested: int
    codes: tuple[tuple[str, str], ...]
    asked: str
    total: int
    day: str
    demo: bool

    @property
    def methods(self) -> tuple[MethodInfo, ...]:
        """All methods, the default one first."""
        return (self.default, *self.others)


def methods_page(
    store: Store, as_of: int, settings: Settings, lang: str = "vi", code: str = ""
) -> MethodsPage:
    """The page on the methods as of a moment.

    Args:
        store: ready.
        as_of: microseconds since 1970 (UTC).
        settings: what the province decided.
        lang: "vi" or "en".
        code: the target that the worked examples are made for; without one each method gets a
            target that it can judge.
    """
    with store.read() as tx:
        known = read(tx, as_of, settings)
        figures = observations.known(tx, as_of)
    _ = words(lang)
    asked = code if any(one.code == code for one in known.targets) else ""
    said = judged(known)
    infos = [_info(known, said, method, asked, _) for method in METHODS.values()]
    counts = Counter(one.verdict.scale for one in known.standings)
    decided = _decided(figures)
    told = told_record(lang)
    return MethodsPage(
        sentence=_(
            "methodpage.sentence", method=method_text(settings.method, lang), worst=told.worst
        ),
        lead=_(
            "methodpage.lead",
            judged=sum(counts[scale] for scale in WORST_FIRST),
            total=len(known.targets),
            others=len(METHODS) - 1,
        ),
        scale=tuple(_scale_line(scale, counts[scale], settings, _) for scale in SCALE_ORDER),
        default=next(one for one in infos if one.is_default),
        others=tuple(one for one in infos if not one.is_default),
        outlooks=told,
        settings=tuple(_settings(settings, _)),
        criteria=tuple((_(f"methodpage.current.{key}"), decided[key]) for key in CRITERIA),
        contested=sum(decided.values()),
        codes=tuple(
            (one.code, one.name_vi if lang == "vi" else one.name_en) for one in known.targets
        ),
        asked=asked,
        total=len(known.targets),
        day=day_text(known.day, lang),
        demo=known.demo,
    )


def _info(
    known: Snapshot, said: Sequence[Judged], method: Method, asked: str, _: Words
) -> MethodInfo:
    key, settings = method.key, known.settings
    place = list(METHODS).index(key)
    judges = sum(one.is_judged(place) for one in said)
    if key == settings.method:  # some verdicts follow from the common scale alone
        judges = sum(one.verdict.scale in WORST_FIRST for one in known.standings)
    about = percent(settings.about_pct, 1, _.lang)
    formula = tuple(_(f"methodpage.{key}.formula").split("\n"))
    return MethodInfo(
        key=key,
        name=method_text(key, _.lang),
        question=method_question_text(key, _.lang),
        rule=_(f"methodpage.{key}.rule", about=about, room=ROOM),
        formula=formula,
        symbols=_("methodpage.symbols") if _names_values(formula) else "",
        origin=_(f"methodpage.{key}.origin"),
        reads=", ".join(_reads(method, _)),
        needs=_("methodpage.needs_one")
        if method.needs == 1
        else _("methodpage.needs", n=method.needs),
        weaknesses=_(f"methodpage.{key}.weak"),
        labels=tuple(
            (
                label,
                method_label_text(key, label, _.lang),
                "; ".join(conditions(key, label, settings, _.lang)),
            )
            for label in method.labels[:-1]
        ),
        checks=_checks(key, _),
        judges=judges,
        is_default=key == settings.method,
        example=example(known, said, method, _.lang, asked),
    )


def _names_values(formula: Iterable[str]) -> bool:
    """Whether the letter v stands in a formula."""
    return any(re.search(r"\bv\b", line) for line in formula)


def _reads(method: Method, _: Words) -> Iterable[str]:
    for kind in _KINDS:
        if kind in method.reads:
            yield _("methodpage.reads.done") if kind == DONE_KIND else kind_text(kind, _.lang)
    form = "counted" if method.key in _COUNTS_AREAS else "worst"
    yield _(f"methodpage.reads_areas_{form}")


def _checks(key: str, _: Words) -> Checks:
    found = CHECKED.get(key, NOT_CHECKED)
    said = []
    if found.published:
        given, asked = found.reproduced, found.published
        cases = _(f"methodpage.{key}.cases")
        said.append(_("methodpage.checked_published", given=given, asked=asked, cases=cases))
        if given < asked and key in _WITH_MISMATCHES:
            said.append(_(f"methodpage.{key}.mismatch"))
    elif found.rules:
        said.append(_("methodpage.checked_no_published"))
    if found.rules:
        given, asked = found.rules_reproduced, found.rules
        said.append(_("methodpage.checked_rules", given=given, asked=asked))
    short = ""
    if found.published:
        short = _("methodpage.checked_short", given=found.reproduced, asked=found.published)
    return Checks(short, tuple(said) or (_("methodpage.checked_none"),))


def _scale_line(scale: str, count: int, settings: Settings, _: Words) -> ScaleLine:
    method = METHODS[settings.method]
    labels = ", ".join(
        f"“{method_label_text(method.key, label, _.lang)}”"
        for label in method.labels
        if method.scale.get(label) == scale
    )
    meaning = _(f"methodpage.scale.{scale}", labels=labels, months=settings.stale_months)
    return ScaleLine(scale, scale_text(scale, _.lang), meaning, count)


def _settings(settings: Settings, _: Words) -> Iterable[SettingLine]:
    usual = Settings()
    for key in ("method", "about_pct", "near_pct", "slow_pct", "stale_months"):
        yield SettingLine(
            _(f"methodpage.setting.{key}"),
            _setting_text(key, settings, _),
            _setting_text(key, usual, _),
            _(f"methodpage.setting.{key}_says"),
        )


def _setting_text(key: str, settings: Settings, _: Words) -> str:
    if key == "method":
        return method_text(settings.method, _.lang)
    if key == "stale_months":
        return _("methodpage.months", n=settings.stale_months)
    text = percent(getattr(settings, key), 1, _.lang)
    return f"±{text}" if key == "about_pct" else text


def _decided(figures: Iterable[Observation]) -> Counter[str]:
    """Of the periods on which sources disagree, how many each criterion decided."""
    groups: dict[object, list[Observation]] = {}
    for one in figures:
        if not one.series:
            groups.setdefault(key_of(one), []).append(one)
    contested = (group for group in groups.values() if len({one.value for one in group}) > 1)
    return Counter(decided_by(group) for group in contested)
