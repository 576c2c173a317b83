"""Plans that stand in a column of a workbook, taken over as yearly plans."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from db.engine import Store
from i18n.periods import capital, period_text
from indicators.periods import parse
from intake.check import CheckResult
from intake.result import Figure

from . import access, plans
from .access import Actor
from .handin import names_of, where

_COLUMNS = ("indicator", "period", "area", "value", "document", "locator")
_RAW = 3  # decimals that could be read as thousands


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan of a workbook in words; where: its sheet and cell."""

    code: str
    name: str
    period: str
    area: str
    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the plans: how many were added, changed, the same; what speaks against it.

    problems: one sentence each with the place in the workbook; with one nothing was stored.
    """

    added: int
    changed: int
    same: int
    problems: tuple[str, ...]


def found_in(result: CheckResult) -> list[Figure]:
    """The plans of whole years of a checked workbook; of a key that comes twice the first."""
    first: dict[tuple[str, str, str], Figure] = {}
    for one in result.plans:
        if parse(one.period).is_year:
            first.setdefault((one.indicator, one.area, one.period), one)
    return list(first.values())


def lines(store: Store, figures: Sequence[Figure], as_of: int, lang: str = "vi") -> list[PlanLine]:
    """Plans in words, in their order."""
    with store.read() as tx:
        names = names_of(tx, as_of, lang)
    return [
        PlanLine(
            one.indicator,
            names.indicators.get(one.indicator, (one.indicator,))[0],
            capital(period_text(one.period, lang)),
            names.areas.get(one.area, one.area),
            names.value(one.indicator, one.value),
            where(one.sheet, one.cell, lang),
        )
        for one in figures
    ]


def take(
    store: Store,
    actor: Actor,
    figures: Sequence[Figure],
    name: str,
    *,
    document: str,
    locator: str,
    now: int,
) -> Taken:
    """Store plans of a workbook as yearly plans, all of them or none.

    They pass the same checks as a file of plans (``plans.add``).

    Args:
        store: ready.
        actor: who takes them over.
        figures: as ``found_in`` gives them.
        name: the workbook's name.
        document: the decision that sets the plans.
        locator: where in it.
        now: microseconds since 1970 (UTC).

    Raises:
        Denied: the actor may not change the register.
        ValueError: no plan, or no document.
    """
    access.require(actor, access.REGISTER)
    if not figures or not document.strip():
        raise ValueError("plans need a figure and a document")
    table = _table(figures, document.strip(), locator.strip())
    report = plans.add(store, actor, table, f"{name}.csv", now=now)
    problems: tuple[str, ...] = ()
    if report.refused:
        told = ((_place(figures, one.cell), one.message) for one in report.findings)
        problems = tuple(": ".join(part for part in both if part) for both in told)
    return Taken(report.added, report.changed, report.same, problems)


def _table(figures: Sequence[Figure], document: str, locator: str) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(_COLUMNS)
    for one in figures:
        place = (one.indicator, one.period, one.area)
        rows.writerow((*place, _number(one.value), document, locator))
    return out.getvalue().encode()


def _number(value: float) -> str:
    """A number that reads alike in Vietnamese and in English."""
    whole, _point, decimals = f"{value:.6f}".rstrip("0").rstrip(".").partition(".")
    if len(decimals) == _RAW:
        decimals += "0"
    return f"{whole}.{decimals}" if decimals else whole


def _place(figures: Sequence[Figure], cell: str) -> str:
    """The place in the workbook of a cell of the table: its rows are the figures, in order."""
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    at = int(row) - 2 if row.isdecimal() else -1
    if not 0 <= at < len(figures):
        return ""
    return where(figures[at].sheet, figures[at].cell)
