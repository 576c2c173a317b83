"""The seed as rows of the store's tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

from db import tables, tables_figures
from db.versioned import Row
from indicators.model import Observation, Target, YearlyPlan
from seed import actuals, areas, files, register
from seed.files import last_day
from seed.rows import Citation

from .moments import day_start

REGISTER, ACTUALS = "register", "actuals"
_FORM = "1"  # to be raised where the same files shall give other rows

Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Content:
    """What a seed consists of.

    digest: another one whenever the rows may be others. parts: how the rows are made, table
    name -> rows, only asked for where they are needed.
    """

    digest: str
    parts: Mapping[str, Callable[[], Tables]]


def own_content() -> Content:
    """The seed that the program carries."""
    digest = f"{_FORM}-{files.digest()}"
    return Content(digest, {REGISTER: register_rows, ACTUALS: actuals_rows})


def register_rows() -> Tables:
    """Table name -> rows of everything that the register and the areas consist of."""
    return {
        tables.documents.name: _plain(register.documents()),
        tables.agencies.name: _plain(register.agencies()),
        tables.areas.name: _plain(areas.areas()),
        tables.former_units.name: _plain(areas.former_units()),
        tables.former_unit_aliases.name: _plain(areas.former_unit_aliases()),
        tables.older_names.name: _plain(areas.older_names()),
        tables.indicators.name: _plain((*register.indicators(), *actuals.related_indicators())),
        tables.target_areas.name: _scopes(),
        tables.targets.name: [target_row(target) for target in register.targets()],
        tables.qualitative_goals.name: _plain(register.qualitative_goals()),
        tables.milestones.name: _plain(register.milestones()),
        tables.duties.name: _plain(register.duties()),
    }


def actuals_rows() -> Tables:
    """Table name -> rows of everything published: figures, plans, history, notes.

    Observations name the moment from which they were known.
    """
    return {
        tables.yearly_plans.name: [_plan(*pair) for pair in actuals.cited_plans()],
        tables.history_targets.name: [
            {
                "kind": row.kind,
                "document": row.document,
                "indicator": row.indicator,
                "period": row.period,
                "comparator": row.comparator,
                "value": row.value,
                "value_high": row.value_high,
                "unit": row.unit,
                "note": row.note,
                **_cited(row.citation),
            }
            for row in actuals.history_targets()
        ],
        tables.odd_figures.name: [
            {
                "indicator": row.indicator,
                "period": row.period,
                "series": row.series,
                "value": row.value,
                "unit": row.unit,
                "status": row.status,
                "bound": row.bound,
                "note": row.note,
                **_cited(row.citation),
            }
            for row in actuals.period_notes()
        ],
        tables_figures.observations.name: [_figure(*pair) for pair in actuals.published()],
    }


def target_row(target: Target) -> Row:
    """A target as a row of the store's table; areas and term stand in other tables."""
    return {
        "code": target.code,
        "field": target.field,
        "name_vi": target.name_vi,
        "name_en": target.name_en,
        "unit": target.unit,
        "kind": target.kind,
        "comparator": target.comparator,
        "value_low": target.low,
        "value_high": target.high,
        "period_start": target.start,
        "period_end": target.end,
        "direction": target.direction,
        "scope": target.scope,
        "document": target.document,
        "locator": target.locator,
        "wording_vi": target.wording_vi,
        "lead_vi": target.lead_vi,
        "doubt": target.doubt,
        "indicator": "" if target.indicator == target.code else target.indicator,
    }


def _scopes() -> list[Row]:
    written = {(row.scope, row.area): row.as_written for row in register.scope_areas()}
    return [
        {"scope": scope, "area": code, "as_written": written.get((scope, code), "")}
        for scope, codes in register.scope_codes().items()
        for code in codes
    ]


def _plain(values: Iterable[object]) -> list[Row]:
    return [asdict(value) for value in values]  # type: ignore[call-overload]  # dataclasses all


def _plan(plan: YearlyPlan, citation: Citation) -> Row:
    """Known from its publication; a page without a day is known from the end of the year."""
    published, _ = last_day(citation.published_on)
    return {
        "indicator": plan.indicator,
        "area": plan.area,
        "period": plan.period.text,
        "value": plan.value,
        "document": plan.document,
        "locator": plan.locator,
        "known_from": day_start(published or plan.period.end),
        **_cited(citation),
    }


def _figure(one: Observation, citation: Citation) -> Row:
    published = day_start(one.known_from or one.period.end)
    return {
        "indicator": one.indicator,
        "area": one.area,
        "period": one.period.text,
        "value": one.value,
        "status": one.status,
        "series": one.series,
        "bound": one.bound,
        "note": one.note,
        "origin": one.origin,
        "known_from": published,
        "credited_from": published,
        "known_assumed": int(one.known_assumed),
        **_cited(citation),
    }


def _cited(citation: Citation) -> dict[str, object]:
    return {
        "source": citation.source,
        "source_title": citation.title,
        "publisher": citation.publisher,
        "source_url": citation.url,
        "quote": citation.quote,
        "published_on": citation.published_on,
    }
