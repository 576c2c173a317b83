"""Fill a store with invented, marked figures, to show and to try the program with."""

from __future__ import annotations

from datetime import date

from db import audit, changes, meta, observations, register, submissions, tables, versioned
from db.changes import Change
from db.engine import Store, Tx
from db.standing import standing
from indicators.model import Observation, YearlyPlan
from seed import invented

from .moments import day_start, today_of
from .seeding import seed

BY = "dữ liệu minh họa"


class HasSubmissions(Exception):
    """The store holds figures that somebody submitted: it is no place for invented ones."""

    def __init__(self) -> None:
        super().__init__(
            "Kho dữ liệu đã có số liệu do người dùng nộp: dữ liệu minh họa chỉ nạp vào kho mới."
        )


def demo(store: Store, now: int) -> int:
    """Mark the store as DỮ LIỆU MINH HỌA and fill it with invented figures; how many there are.

    Every target, area, half-year and year from 2019 to the last closed half-year. Published
    figures that the store had are withdrawn from now on, so that real and invented ones never
    stand side by side. Again changes nothing within the same half-year.

    Args:
        store: migrated; seeded or not.
        now: microseconds since 1970 (UTC).

    Raises:
        HasSubmissions: somebody submitted figures to it.
    """
    with store.read() as tx:
        _refuse(tx)
    seed(store, now, with_actuals=False)
    with store.write() as tx:
        _refuse(tx)
        change = changes.begin(tx, "demo", BY, invented.SOURCE, now)
        had_real = False if meta.is_demo(tx) else _withdraw_real(tx, change)
        figures = _invent(tx, change.at)
        since = change.at if had_real else 0
        observations.put_published(tx, [_row(one, since) for one in figures], change)
        plans = invented.plans(
            register.targets(tx, change.at), register.indicators(tx, change.at), figures
        )
        rows = [_plan_row(one, since) for one in plans]
        versioned.put(tx, tables.yearly_plans, rows, change, added_from=0)
        meta.mark_demo(tx)
        if change.id is not None:
            audit.add(
                tx,
                change.at,
                BY,
                "demo.load",
                "",
                new={"figures": len(figures), "plans": len(plans)},
                change=change.id,
                rows=False,  # invented, all of them
            )
    return len(figures)


def _refuse(tx: Tx) -> None:
    if submissions.listing(tx):
        raise HasSubmissions


def _withdraw_real(tx: Tx, change: Change) -> bool:
    """Close what was published; whether there was anything."""
    gone = observations.withdraw_published(tx, observations.published_keys(tx), change)
    for table in (tables.yearly_plans, tables.odd_figures):
        gone += versioned.withdraw(tx, table, standing(tx, table), change)
    return bool(gone)


def _invent(tx: Tx, at: int) -> list[Observation]:
    return invented.observations(
        register.targets(tx, at),
        register.indicators(tx, at),
        [area.code for area in register.areas(tx, at)],
        today_of(at),
    )


def _row(one: Observation, since: int) -> dict[str, object]:
    known = day_start(one.known_from or one.period.end)
    return {
        "indicator": one.indicator,
        "area": one.area,
        "period": one.period.text,
        "value": one.value,
        "status": one.status,
        "source": one.source,
        "note": one.note,
        "known_from": max(known, since),
    }


def _plan_row(one: YearlyPlan, since: int) -> dict[str, object]:
    return {
        "indicator": one.indicator,
        "area": one.area,
        "period": one.period.text,
        "value": one.value,
        "document": one.document,
        "source": one.document,
        "known_from": max(day_start(date(one.period.year, 1, 1)), since),
    }
