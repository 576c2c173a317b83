"""Scenarios run over what is known: trial sums beside the figures, stored nowhere by this.

What comes back is marked as a scenario and holds no observation; nothing that stores or exports
figures takes it.
"""

from __future__ import annotations

from typing import Any

from db.engine import Store
from i18n.forecast_reasons import probability_text
from i18n.scenario_reasons import sentence
from indicators.model import Reason, Settings
from indicators.scenarios_odds import BAND_LEVELS

from .moments import iso
from .scenario_documents import Scenario, read, read_bytes
from .scenario_fields import Fault
from .scenario_runs import Result, Run, run
from .snapshot import Snapshot, snapshot

Json = dict[str, Any]

__all__ = ["as_json", "problem_lines", "read", "run", "run_bytes", "run_document"]


def run_bytes(store: Store, as_of: int, settings: Settings, content: bytes) -> Json:
    """The trajectories of a scenario file (docs/scenario.schema.json), as plain data.

    Args:
        store: ready; nothing is written to it.
        as_of: microseconds since 1970 (UTC).
        settings: what the province decided.
        content: the file's bytes.

    Returns:
        scenario (always true: this is no observation), name, note, as_of, data_version, demo,
        targets, drivers, reached, total, clashes, problems; with problems nothing else is filled.
    """
    known = snapshot(store, as_of, settings)
    scenario, faults = read_bytes(content)
    return _answer(known, scenario, faults)


def run_document(known: Snapshot, document: object) -> Json:
    """The same of a document that is at hand as plain data."""
    scenario, faults = read(document)
    return _answer(known, scenario, faults)


def _answer(known: Snapshot, scenario: Scenario | None, faults: list[Fault]) -> Json:
    if scenario is None:
        return _frame(known, "", "") | {"problems": problem_lines(faults)}
    return as_json(known, run(known, scenario))


def as_json(known: Snapshot, done: Run) -> Json:
    """A run as plain data, numbers unrounded and in the register's unit."""
    frame = _frame(known, done.scenario.name, done.scenario.note)
    if done.faults:
        return frame | {"problems": problem_lines(done.faults)}
    return frame | {
        "seed": done.scenario.seed,
        "paths": done.scenario.count,
        "targets": [_target(one) for one in done.results],
        "drivers": [
            {
                "name": name,
                "unit": done.scenario.drivers[name].unit,
                "label": done.scenario.drivers[name].label,
                "years": [{"year": year, "value": value} for year, value in values.items()],
            }
            for name, values in done.drivers.items()
        ],
        "reached": sum(one.reached for one in done.results),
        "total": len(done.results),
        "clashes": [{"message_vi": sentence(one, "vi"), "message_en": sentence(one, "en")}
                    for one in done.clashes],
    }  # fmt: skip


def problem_lines(faults: list[Fault] | tuple[Fault, ...], lang: str = "vi") -> list[Json]:
    """What is wrong, one object each: where, key, message."""
    return [
        {"where": one.where, "key": one.reason.key, "message": sentence(one.reason, lang)}
        for one in faults
    ]


def _frame(known: Snapshot, name: str, note: str) -> Json:
    """What every answer holds; the marks stand first."""
    return {
        "scenario": True,
        "note_vi": sentence(Reason("not_forecast"), "vi"),
        "note_en": sentence(Reason("not_forecast"), "en"),
        "name": name,
        "note": note,
        "as_of": iso(known.as_of),
        "data_version": known.data_version,
        "demo": known.demo,
        "targets": [],
        "drivers": [],
        "reached": 0,
        "total": 0,
        "clashes": [],
        "problems": [],
    }


def _target(one: Result) -> Json:
    target = one.basis.target
    chance = one.odds.chance if one.odds else None
    return {
        "code": target.code,
        "indicator": one.basis.indicator.code,
        "name_vi": target.name_vi,
        "name_en": target.name_en,
        "unit": target.unit,
        "decimals": one.basis.indicator.decimals,
        "kind": target.kind,
        "comparator": target.comparator,
        "target": target.low,
        "target_high": target.high,
        "by": target.end,
        "area": one.basis.area or None,
        "from": {"period": one.basis.period, "value": one.basis.start.counted},
        "years": _years(one),
        "value": one.end,
        "reached": one.reached,
        "reached_year": one.reached_year,
        "missed_years": list(one.missed),
        "gap": one.gap,
        "gap_to_target": one.end - target.low,
        "chance": chance,
        "chance_vi": "" if chance is None else probability_text(100 * chance, "vi"),
        "expected_year": one.odds.expected_year if one.odds else None,
        "reached_by": {str(year): share for year, share in one.odds.reached_by.items()}
        if one.odds
        else {},
        "held_years": list(one.course.held),
        "given_by": one.given_by or None,
    }


def _years(one: Result) -> list[Json]:
    bands = one.odds.bands if one.odds else {}
    path, rows = one.basis.standing.full_path, []
    course = one.course
    for year, value, amount in zip(course.years, course.values, course.amounts, strict=True):
        asked = path.in_year(year) if path else None
        row: Json = {
            "year": year,
            "value": value,
            "amount": amount,
            "path": asked.value if asked else None,
        }
        if year in bands:
            named = zip(BAND_LEVELS, bands[year], strict=True)
            row["quantiles"] = {f"{level:g}": edge for level, edge in named}
        rows.append(row)
    return rows
