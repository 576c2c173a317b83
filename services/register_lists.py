"""What the register holds, as the administrator's page lists it."""

from __future__ import annotations

from dataclasses import dataclass

from db import register, tables
from db.engine import Store
from db.standing import standing
from db.versioned import counts
from i18n.dates import day_text
from i18n.labels import Asked, target_text, unit_text
from i18n.numbers import value_text
from i18n.seed_texts import seed_text, source_text
from i18n.words import words
from indicators.model import CUMULATIVE, EVERY_YEAR, Settings, Target

from .moments import today_of
from .register_known import STANDING
from .register_words import field_text
from .snapshot import read


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document: its words and how much of the register stands on it.

    values: every value by its column, days as people write them. later: the day from which its
    targets count first, "" where they count today.
    """

    key: str
    kind: str
    number: str
    issued: str
    title: str
    term: str
    targets: int
    goals: int
    milestones: int
    duties: int
    note: str
    later: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target as it stands, with every value by its column; versions: how many there were.

    first_year, last_year: the years that plans may be set for.
    """

    code: str
    name: str
    field: str
    unit: str
    asked: str
    document: str
    locator: str
    doubt: str
    kind: str
    values: dict[str, str]
    versions: int
    areas: tuple[str, ...]
    years: tuple[int, int]
    indicator: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """The yearly plans of one target for its whole scope, as texts by year; areas: of how many."""

    code: str
    name: str
    unit: str
    values: dict[int, str]
    areas: int


@dataclass(frozen=True, slots=True)
class BaselineLine:
    """What one target's path starts from; is_set: an administrator set it. "" is absent."""

    code: str
    name: str
    value: str
    rule: str
    source: str
    url: str
    is_set: bool


def documents(store: Store, now: int, lang: str = "vi") -> list[DocumentLine]:
    """Every document that stands, those first that came in last."""
    counted = {
        "targets": tables.targets,
        "goals": tables.qualitative_goals,
        "milestones": tables.milestones,
        "duties": tables.duties,
    }
    today = today_of(now)
    with store.read() as tx:
        found = standing(tx, tables.documents)
        of = {
            name: [str(row.values["document"]) for row in standing(tx, table).values()]
            for name, table in counted.items()
        }
    lines = []
    for (key,), row in reversed(found.items()):
        said = row.values
        counts = {name: rows.count(key) for name, rows in of.items()}
        later = today_of(row.known_from) if row.known_from > now else None
        lines.append(
            DocumentLine(
                key,
                said["kind_vi"],
                said["number"],
                field_text("issued", said["issued"], lang),
                said["title_vi"],
                said["term"],
                note=seed_text(said["note"], lang),
                later=day_text(later, lang) if later and later > today else "",
                values={name: field_text(name, value, "vi") for name, value in said.items()},
                **counts,
            )
        )
    return lines


def targets(store: Store, lang: str = "vi") -> list[TargetLine]:
    """Every target that stands, in the register's order, also where it counts from a later day."""
    with store.read() as tx:
        stands = standing(tx, tables.targets)
        known = register.targets(tx, STANDING)
        every = tuple(one.code for one in register.areas(tx, STANDING))
        rollups = {one.code for one in register.indicators(tx, STANDING) if one.area_rollup}
        versions = counts(tx, tables.targets)
    found = []
    for one in known:
        values = stands[(one.code,)].values
        own = one.indicator or one.code
        found.append(
            TargetLine(
                code=one.code,
                name=one.name_vi if lang == "vi" else one.name_en or one.name_vi,
                field=one.field,
                unit=one.unit,
                asked=asked(one, lang),
                document=one.document,
                locator=one.locator,
                doubt=seed_text(one.doubt, lang),
                kind=one.kind,
                values={name: _typed(value, lang) for name, value in values.items()},
                versions=versions[(one.code,)],
                areas=one.areas or (every if own in rollups else ()),
                years=_years(one),
                indicator=own,
            )
        )
    return found


def asked(target: Target, lang: str = "vi") -> str:
    """What a target asks for by when, in one line."""
    return target_text(
        Asked(
            target.kind,
            target.comparator,
            target.low,
            target.high,
            target.unit,
            6,
            target.start,
            target.end,
        ),
        lang,
    )


def choice_name(column: str, key: str, lang: str = "vi") -> str:
    """What people choose for a key of a column."""
    return field_text(column, key, lang)


def area_names(store: Store, codes: tuple[str, ...]) -> dict[str, str]:
    """Full names of areas by code, of those that are in force."""
    with store.read() as tx:
        found = register.areas(tx, STANDING)
    return {one.code: one.full_name_vi or one.name_vi for one in found if one.code in set(codes)}


def standing_plans(store: Store, indicator: str, area: str, lang: str = "vi") -> dict[int, str]:
    """The plans of an indicator and area by year, as a form shows them."""
    with store.read() as tx:
        found = standing(tx, tables.yearly_plans, indicator=indicator, area=area)
    return {int(key[2]): _typed(row.values["value"], lang) for key, row in found.items()}


def standing_baseline(store: Store, indicator: str, area: str, lang: str) -> dict[str, str]:
    """The baseline that was set for an indicator and area, {} where there is none."""
    with store.read() as tx:
        found = standing(tx, tables.baselines).get((indicator, area))
    return {name: _typed(value, lang) for name, value in found.values.items()} if found else {}


def _years(target: Target) -> tuple[int, int]:
    """The years of the document's term that lie on the target's way."""
    first = target.term[0] or target.start
    return first, max(target.end, first)


def _typed(value: object, lang: str) -> str:
    """A value as a field shows it: keys stay keys, numbers and days as people write them."""
    if isinstance(value, float):
        return field_text("", value, lang)
    return "" if value is None else str(value)


def plan_lines(store: Store, year: int, lang: str = "vi") -> list[PlanLine]:
    """Every target with its plans of two years back and all years ahead that any has."""
    with store.read() as tx:
        known = register.targets(tx, STANDING)
        plans = register.yearly_plans(tx, STANDING)
    by_code: dict[str, dict[int, str]] = {}
    areas: dict[str, set[str]] = {}
    for one in plans:
        if not one.period.is_year or one.period.year < year - 2:
            continue
        if one.area:
            areas.setdefault(one.indicator, set()).add(one.area)
        else:
            own = by_code.setdefault(one.indicator, {})
            own[one.period.year] = field_text("", one.value, lang)
    shown = sorted({year, year + 1, *(y for own in by_code.values() for y in own)})
    return [
        PlanLine(
            one.code,
            one.name_vi if lang == "vi" else one.name_en or one.name_vi,
            one.unit,
            {y: by_code.get(one.indicator or one.code, {}).get(y, "") for y in shown},
            len(areas.get(one.indicator or one.code, ())),
        )
        for one in known
    ]


def baselines(store: Store, settings: Settings, now: int, lang: str = "vi") -> list[BaselineLine]:
    """What the path of every target starts from that needs a figure for it."""
    with store.read() as tx:
        known = read(tx, now, settings)
        urls = {
            key: row.values["source_url"] for key, row in standing(tx, tables.baselines).items()
        }
    _ = words(lang)
    found = []
    for one in known.targets:
        if one.kind in (CUMULATIVE, EVERY_YEAR):
            continue
        base = known.standing_of(one).baseline
        own = one.indicator or one.code
        unit = unit_text(one.unit, lang)
        is_set = bool(base and base.rule == "set")
        found.append(
            BaselineLine(
                one.code,
                one.name_vi if lang == "vi" else one.name_en or one.name_vi,
                f"{value_text(base.value, unit, 6, lang)} ({base.period.text})" if base else "",
                _(f"adminreg.rule_{base.rule}") if base else "",
                source_text(base.source, lang) if base and is_set else "",
                str(urls.get((own, ""), "")) if is_set else "",
                is_set,
            )
        )
    return found
