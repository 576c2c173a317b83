"""The register as of a moment: documents, areas, agencies, indicators, targets, plans, duties.

Every function takes the open transaction and ``as_of`` in microseconds since 1970 (UTC), and
gives rows in the order of their key; targets in that of their documents.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast, get_type_hints

import sqlalchemy as sa

from indicators.model import Indicator, SetBaseline, Target, YearlyPlan
from indicators.periods import Period
from indicators.periods import parse as parse_period

from . import rows, tables, tables_figures
from .engine import Tx
from .versioned import read

T = TypeVar("T")


def documents(tx: Tx, as_of: int) -> list[rows.Document]:
    """Every document."""
    return _read(tx, tables.documents, rows.Document, as_of)


def agencies(tx: Tx, as_of: int) -> list[rows.Agency]:
    """Every agency."""
    return _read(tx, tables.agencies, rows.Agency, as_of)


def assignments(tx: Tx, as_of: int) -> list[rows.Assignment]:
    """Every assignment that stands, also those that start on a later day."""
    return _read(tx, tables.assignments, rows.Assignment, as_of)


def areas(tx: Tx, as_of: int) -> list[rows.Area]:
    """Every commune and ward, by code."""
    return _read(tx, tables.areas, rows.Area, as_of)


def former_units(tx: Tx, as_of: int) -> list[rows.FormerUnit]:
    """Every unit of before 1 July 2025."""
    return _read(tx, tables.former_units, rows.FormerUnit, as_of)


def former_unit_aliases(tx: Tx, as_of: int) -> list[rows.FormerUnitAlias]:
    """Other spellings of former units' names."""
    return _read(tx, tables.former_unit_aliases, rows.FormerUnitAlias, as_of)


def older_names(tx: Tx, as_of: int) -> list[rows.OlderName]:
    """Names in force before 1 February 2025 only."""
    return _read(tx, tables.older_names, rows.OlderName, as_of)


def target_areas(tx: Tx, as_of: int) -> list[rows.ScopeArea]:
    """The areas of every list that targets name."""
    return _read(tx, tables.target_areas, rows.ScopeArea, as_of)


def indicators(tx: Tx, as_of: int) -> list[Indicator]:
    """Every indicator, related ones included (their ``related_to`` is not empty)."""
    return _read(tx, tables.indicators, Indicator, as_of)


def baselines(tx: Tx, as_of: int) -> list[SetBaseline]:
    """The baselines that an administrator set."""
    return _read(tx, tables.baselines, SetBaseline, as_of)


def yearly_plans(tx: Tx, as_of: int) -> list[YearlyPlan]:
    """The yearly plans."""
    return _read(tx, tables.yearly_plans, YearlyPlan, as_of)


def history_targets(tx: Tx, as_of: int) -> list[rows.HistoryTarget]:
    """Targets of earlier terms, and plan figures that are no step of a path."""
    return _read(tx, tables.history_targets, rows.HistoryTarget, as_of)


def odd_figures(tx: Tx, as_of: int) -> list[rows.OddFigure]:
    """Published figures of spans that are no reporting period."""
    return _read(tx, tables.odd_figures, rows.OddFigure, as_of)


def goals(tx: Tx, as_of: int) -> list[rows.Goal]:
    """The goals without a figure."""
    return _read(tx, tables.qualitative_goals, rows.Goal, as_of)


def milestones(tx: Tx, as_of: int) -> list[rows.Milestone]:
    """The milestones."""
    return _read(tx, tables.milestones, rows.Milestone, as_of)


def states(tx: Tx, as_of: int) -> list[rows.State]:
    """What was told of goals and milestones; who has no row here is unknown, not late."""
    return _read(tx, tables.states, rows.State, as_of)


def duties(tx: Tx, as_of: int) -> list[rows.Duty]:
    """The duties to report."""
    return _read(tx, tables.duties, rows.Duty, as_of)


def duty_days(tx: Tx, as_of: int) -> list[rows.DutyDay]:
    """The days that were set for duties whose text names none."""
    return _read(tx, tables.duty_days, rows.DutyDay, as_of)


def explanations(tx: Tx, as_of: int) -> list[rows.Explanation]:
    """Every explanation."""
    return _read(tx, tables_figures.explanations, rows.Explanation, as_of)


def scenarios(tx: Tx, as_of: int) -> list[rows.Scenario]:
    """Every saved scenario."""
    return _read(tx, tables_figures.scenarios, rows.Scenario, as_of)


_TARGET = (
    *("code", "field", "name_vi", "name_en", "unit", "kind", "comparator"),
    *("value_low", "value_high", "period_start", "period_end", "direction"),
    *("scope", "document", "locator", "wording_vi", "lead_vi", "doubt"),
)


def targets(tx: Tx, as_of: int) -> list[Target]:
    """Every target with the areas of its scope and its document's term.

    In the order in which they first came in, which is that of their documents.
    """
    terms = {document.key: document.term for document in documents(tx, as_of)}
    lists: dict[str, tuple[str, ...]] = {}
    for one in target_areas(tx, as_of):
        lists[one.scope] = (*lists.get(one.scope, ()), one.area)
    place = _TARGET.index("scope")
    found = read(tx, tables.targets, as_of, [*_TARGET, "indicator"])
    made = []
    for *own, indicator in found:
        scope, document = own[place : place + 2]
        own += lists.get(scope, ()), terms.get(document, (0, 0)), indicator or own[0]
        made.append(Target(*own))
    came = _first_numbers(tx, tables.targets.c.code, tables.targets.c.id)
    return sorted(made, key=lambda target: came[target.code])


def _first_numbers(
    tx: Tx, code: sa.ColumnElement[str], number: sa.ColumnElement[int]
) -> dict[str, int]:
    """Of each code the number of the first row that ever had it."""
    query = sa.select(code, sa.func.min(number)).group_by(code)
    return {row[0]: row[1] for row in tx.plain(query)}


def _read(tx: Tx, table: sa.Table, kind: type[T], as_of: int) -> list[T]:
    """The rows of a table as values of a dataclass whose fields are named as its columns."""
    names = tuple(one.name for one in fields(kind))  # type: ignore[arg-type]  # a dataclass
    turned = [
        (place, turn) for place, turn in enumerate(_turns(cast(Hashable, kind))) if turn is not None
    ]
    found = read(tx, table, as_of, names)
    if not turned:
        return [kind(*row) for row in found]
    made = []
    for row in found:
        values = list(row)
        for place, turn in turned:
            values[place] = turn(values[place])
        made.append(kind(*values))
    return made


@cache
def _turns(kind: Hashable) -> tuple[Callable[[Any], Any] | None, ...]:
    """For each field the function that turns the stored value into the field's type."""
    hints = get_type_hints(kind)
    return tuple(_TURN.get(hints[one.name]) for one in fields(kind))  # type: ignore[arg-type]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _term(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return (int(first), int(last or first)) if first else (0, 0)


_TURN: dict[object, Callable[[Any], Any]] = {
    date | None: _day,
    tuple[str, ...]: _list,
    tuple[int, int]: _term,
    Period: parse_period,
}
