"""What a change of the register would do to the state of a target today: before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from db import register
from db.effects import Effect
from db.engine import Store
from i18n.periods import capital
from indicators.model import SetBaseline, Settings, Target, YearlyPlan
from indicators.periods import parse

from .moments import today_of
from .register_known import STANDING
from .rows import Row, row, shown_decimals
from .snapshot import Snapshot, read
from .target_lines import path_lines

_RENAMED = {
    "value_low": "low",
    "value_high": "high",
    "period_start": "start",
    "period_end": "end",
}
_SAME = (
    *("field", "name_vi", "name_en", "unit", "kind", "comparator", "direction", "scope"),
    *("document", "locator", "wording_vi", "lead_vi", "doubt"),
)
Term = tuple[int, int]
LINES = ("asked", "value", "path", "gap", "scale_text", "reason")


@dataclass(frozen=True, slots=True)
class Compared:
    """One target before and after. lines: (one of LINES, before, after), texts.

    path: (year, before, after): what is asked for in each year.
    """

    code: str
    name: str
    lines: tuple[tuple[str, str, str], ...]
    path: tuple[tuple[str, str, str], ...]
    scales: tuple[str, str]


def compared(
    store: Store, effects: Sequence[Effect], settings: Settings, *, now: int, lang: str = "vi"
) -> list[Compared]:
    """The targets whose state the effects would change, as they stand today.

    New targets are left out. What counts only from a later day is taken as if it counted already.
    """
    with store.read() as tx:
        known = read(tx, now, settings)
        terms = {one.key: one.term for one in register.documents(tx, STANDING)}
    after = _with(known, effects, terms | _terms(effects))
    found = []
    for before in known.targets:
        then = next((one for one in after.targets if one.code == before.code), None)
        if then is None or not _concerns(before, effects):
            continue
        found.append(_compared(known, after, before, then, lang))
    return found


def _concerns(target: Target, effects: Sequence[Effect]) -> bool:
    code = target.indicator or target.code
    keys = {(one.table, one.key[0]) for one in effects}
    by_indicator = {(name, code) for name in ("yearly_plans", "baselines", "indicators")}
    return bool(keys & (by_indicator | {("targets", target.code)}))


def _compared(
    known: Snapshot, after: Snapshot, before: Target, then: Target, lang: str
) -> Compared:
    rows = row(known, known.standing(before), lang), row(after, after.standing(then), lang)
    lines = tuple((name, _text(rows[0], name), _text(rows[1], name)) for name in LINES)
    paths = _path(known, before, lang), _path(after, then, lang)
    years = sorted({*paths[0], *paths[1]})
    return Compared(
        before.code,
        before.name_vi if lang == "vi" else before.name_en or before.name_vi,
        lines,
        tuple((year, paths[0].get(year, ""), paths[1].get(year, "")) for year in years),
        (rows[0].scale, rows[1].scale),
    )


def _text(shown: Row, name: str) -> str:
    text = str(getattr(shown, name))
    return capital(text) if name == "scale_text" else text


def _path(known: Snapshot, target: Target, lang: str) -> dict[str, str]:
    standing = known.standing(target)
    decimals = shown_decimals(standing, known.indicator_of(target).decimals)
    lines = path_lines(standing, known.day.year, decimals, lang)
    return {one.year: f"{one.asked} ({one.rule})" if one.rule else one.asked for one in lines}


def _with(known: Snapshot, effects: Sequence[Effect], terms: Mapping[str, Term]) -> Snapshot:
    """The snapshot as if the effects counted now."""
    targets = [_target(one, effects, terms) for one in known.targets]
    plans = {
        code: {area: dict(years) for area, years in by.items()} for code, by in known.plans.items()
    }
    fixed = {code: dict(by) for code, by in known.fixed.items()}
    for one in effects:
        if one.table == "yearly_plans":
            code, area, year = one.key
            years = plans.setdefault(code, {}).setdefault(area, {})
            years.pop(int(year), None)
            if one.new is not None:
                value = _float(one.new["value"])
                years[int(year)] = YearlyPlan(code, parse(year), area, value)
        elif one.table == "baselines":
            code, area = one.key
            fixed.setdefault(code, {}).pop(area, None)
            if one.new is not None:
                period, value = parse(str(one.new["period"])), _float(one.new["value"])
                source = str(one.new["source"])
                fixed[code][area] = SetBaseline(code, area, period, value, source)
    return replace(known, targets=tuple(targets), plans=plans, fixed=fixed)


def _target(target: Target, effects: Sequence[Effect], terms: Mapping[str, Term]) -> Target:
    for one in effects:
        if one.table == "targets" and one.key == (target.code,) and one.new is not None:
            term = terms.get(str(one.new["document"]), (0, 0))
            return replace(target, **_values(one.new), term=term)
    return target


def _terms(effects: Sequence[Effect]) -> dict[str, Term]:
    """The terms of documents that come in: "2026-2030" as (2026, 2030)."""
    found = {}
    for one in effects:
        if one.table == "documents" and one.new is not None:
            first, _dash, last = str(one.new["term"]).partition("-")
            found[one.key[0]] = (int(first), int(last or first)) if first else (0, 0)
    return found


def _values(new: Mapping[str, object]) -> dict[str, Any]:
    given = {name: new[name] for name in _SAME if name in new}
    return given | {own: new[name] for name, own in _RENAMED.items() if name in new}


def _float(value: object) -> float:
    return float(str(value))


def counts_later(effects: Sequence[Effect], now: int) -> list[str]:
    """Days (ISO) after today from which some of the effects count first."""
    today = today_of(now)
    days = {today_of(one.since) for one in effects if one.since > now}
    return sorted(day.isoformat() for day in days if day > today)
