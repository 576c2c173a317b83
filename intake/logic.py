"""Rules between figures: parts and wholes, jumps, missing areas, repeats, what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import isclose
from typing import Any

from indicators import periods
from indicators.model import AGENCY, OFFICIAL, PROVINCE, STATUSES

from .desk import Desk
from .findings import Collector
from .request import Stored, TargetInfo
from .result import Figure
from .statuses import SHOWN

Key = tuple[str, str, str]  # indicator, period, area
_RANK = {status: rank for rank, status in enumerate(STATUSES)}

_JUMP, _JUMP_POINTS = 5.0, 30.0
_UNIT_LOW, _UNIT_HIGH = 500.0, 2000.0
_QUARTERS_OFF = 0.01
_MOST_NAMED = 8

_PARTS = ("", "H1", "H2", *(f"Q{q}" for q in range(1, 5)), *(f"{m:02d}" for m in range(1, 13)),
          *(f"{m}M" for m in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11)))  # fmt: skip


class Known:
    """Figures by key: those of the file first, then the stored ones."""

    def __init__(self, figures: Iterable[Figure], stored: Iterable[Stored]) -> None:
        self.of_file: dict[Key, Figure] = {}
        for figure in figures:
            self.of_file.setdefault((figure.indicator, figure.period, figure.area), figure)
        self.of_store: dict[Key, Stored] = {}
        self._years: dict[tuple[str, str, str], list[tuple[int, float]]] = {}
        for row in stored:
            place = (row.indicator, row.period, row.area)
            if place in self.of_store and row.origin != AGENCY:
                continue  # beside an agency's figure a published one does not count
            self.of_store[place] = row
        for (indicator, period, area), row in self.of_store.items():
            years = self._years.setdefault((indicator, period[4:], area), [])
            years.append((int(period[:4]), row.value))
        for years in self._years.values():
            years.sort()

    def value(self, indicator: str, period: str, area: str) -> float | None:
        """The figure of a key, from the file or else from the store."""
        figure = self.of_file.get((indicator, period, area))
        if figure is not None:
            return figure.value
        row = self.of_store.get((indicator, period, area))
        return row.value if row else None

    def last(self, figure: Figure) -> tuple[str, float] | None:
        """Period and value of the latest stored figure of the same part of an earlier year."""
        years = self._years.get((figure.indicator, figure.period[4:], figure.area))
        if not years:
            return None
        year = int(figure.period[:4])
        earlier = [pair for pair in years if pair[0] < year]
        return (f"{earlier[-1][0]}{figure.period[4:]}", earlier[-1][1]) if earlier else None


def judge(desk: Desk) -> None:
    """Apply every rule between figures to what the file says."""
    known = Known(desk.figures, desk.request.stored)
    targets = {target.code: target for target in desk.request.register.targets}
    _tell_repeats(desk, known)
    _tell_stored(desk.out, known, targets)
    _tell_jumps(desk, known, targets)
    for target in targets.values():
        if target.part_of.startswith("mean:"):
            continue
        if target.part_of in targets:
            _tell_part(desk.out, known, target.code, target.part_of)
    for whole, parts in _means(targets).items():
        _tell_mean(desk.out, known, whole, parts)
    _tell_flows(desk.out, known, targets)
    _tell_missing(desk, known, targets)


def _tell_repeats(desk: Desk, known: Known) -> None:
    """D01 and D02: a key that stands in the file again."""
    for figure in desk.figures:
        first = known.of_file[(figure.indicator, figure.period, figure.area)]
        if first is figure:
            continue
        args = {
            "code": figure.indicator,
            "period": figure.period,
            "area": desk.places.name_of(figure.area),
            "cell1": first.cell if first.sheet == figure.sheet else f"{first.sheet}!{first.cell}",
            "cell2": figure.cell,
            "v1": first.value,
            "v2": figure.value,
        }
        code = "D02" if same(first.value, figure.value) else "D01"
        desk.out.add(code, figure.sheet, figure.cell, args)


def same(one: float, other: float) -> bool:
    """Whether two values are one, but for the last bit of a calculation."""
    return one == other or isclose(one, other, rel_tol=1e-12)


def _tell_stored(out: Collector, known: Known, targets: Mapping[str, TargetInfo]) -> None:
    """D03 to D06: what an agency's stored figure would become."""
    for place, figure in known.of_file.items():
        row = known.of_store.get(place)
        if row is None or row.origin != AGENCY:
            continue
        code = stored_finding(row, figure.value, figure.status)
        if code:
            args = {
                "old": row.value,
                "new": figure.value,
                "old_status": SHOWN[row.status],
                "status": SHOWN[figure.status],
            }
            out.add(code, figure.sheet, figure.cell, args)


def stored_finding(row: Stored, value: float, status: str) -> str:
    """D03, D04, D05 or D06 for a figure that meets an agency's stored one."""
    equal = same(row.value, value)
    if equal and _RANK[status] <= _RANK[row.status]:
        return "D05"
    if row.status == OFFICIAL:
        return "D03" if status == OFFICIAL else "D04"
    return "D06"


def _tell_jumps(desk: Desk, known: Known, targets: Mapping[str, TargetInfo]) -> None:
    """L03 and U06: far from the same part of an earlier year."""
    if not known.of_store:
        return
    for figure in desk.figures:
        last = known.last(figure)
        if last is None:
            continue
        code = _jump(figure.value, last[1], targets[figure.indicator].is_percent)
        if code:
            args = {"value": figure.value, "last_period": last[0], "last": last[1]}
            desk.out.add(code, figure.sheet, figure.cell, args)


def _jump(value: float, last: float, is_percent: bool) -> str:
    if is_percent:
        return "L03" if abs(value - last) > _JUMP_POINTS else ""
    if value <= 0 or last <= 0:
        return ""
    times = max(value / last, last / value)
    if _UNIT_LOW <= times <= _UNIT_HIGH:
        return "U06"
    return "L03" if times >= _JUMP else ""


def _tell_part(out: Collector, known: Known, part: str, whole: str) -> None:
    """L01: a part above its whole, same period and area."""
    touched = dict.fromkeys(
        (period, area) for code, period, area in known.of_file if code in (part, whole)
    )
    for period, area in touched:
        less, more = known.value(part, period, area), known.value(whole, period, area)
        if less is None or more is None or less <= more:
            continue
        at = known.of_file.get((part, period, area)) or known.of_file[(whole, period, area)]
        args = {"part": part, "whole": whole, "value_part": less, "value_whole": more}
        out.add("L01", at.sheet, at.cell, {**args, "period": period})


def _means(targets: Mapping[str, TargetInfo]) -> dict[str, list[str]]:
    """Whole -> the parts between whose least and greatest it lies."""
    found: dict[str, list[str]] = {}
    for target in targets.values():
        whole = target.part_of.removeprefix("mean:")
        if whole != target.part_of and whole in targets:
            found.setdefault(whole, []).append(target.code)
    return found


def _tell_mean(out: Collector, known: Known, whole: str, parts: list[str]) -> None:
    """L02: a whole outside the range of its parts."""
    codes = (whole, *parts)
    touched: dict[tuple[str, str], Figure] = {}
    for (code, period, area), figure in known.of_file.items():
        if code == whole or (code in parts and (period, area) not in touched):
            touched[(period, area)] = figure
    for (period, area), at in touched.items():
        values = [v for code in codes if (v := known.value(code, period, area)) is not None]
        if len(values) < len(codes):
            continue
        low, high = min(values[1:]), max(values[1:])
        if not low <= values[0] <= high:
            out.add("L02", at.sheet, at.cell, {"value": values[0], "low": low, "high": high})


@cache
def _inside() -> dict[str, tuple[str, ...]]:
    """Part of a year -> the shorter parts that lie in it, the longest first."""
    spans = {part: periods.parse(f"2001-{part}" if part else "2001") for part in _PARTS}
    return {
        part: tuple(
            sorted(
                (p for p, s in spans.items() if span.contains(s) and s.months < span.months),
                key=lambda p: -spans[p].months,
            )
        )
        for part, span in spans.items()
    }


@cache
def _around() -> dict[str, tuple[str, ...]]:
    """Part of a year -> the longer parts that hold it."""
    return {part: tuple(p for p in _PARTS if part in _inside()[p]) for part in _PARTS}


def _tell_flows(out: Collector, known: Known, targets: Mapping[str, TargetInfo]) -> None:
    """L04 and L05: periods that hold shorter ones, and quarters that add up."""
    flows = {code for code, target in targets.items() if target.is_flow}
    sums: dict[tuple[str, str, str, str], None] = {}
    for (code, period, area), figure in known.of_file.items():
        if code not in flows:
            continue
        year, part = period[:4], period[5:]
        if not _tell_longer(out, known, figure, year, _inside()[part]):
            _tell_shorter(out, known, figure, year, _around()[part])
        if part in ("", "Q1", "Q2", "Q3", "Q4"):
            sums[(code, year, "", area)] = None
        if part in ("H1", "Q1", "Q2"):
            sums[(code, year, "H1", area)] = None
    for code, year, part, area in sums:
        _tell_sum(out, known, code, year, part, area)


def _tell_longer(
    out: Collector, known: Known, figure: Figure, year: str, shorter: Iterable[str]
) -> bool:
    for part in shorter:
        inner = f"{year}-{part}"
        value = known.value(figure.indicator, inner, figure.area)
        if value is not None and value > figure.value:
            args = {"period": figure.period, "value": figure.value, "inner": inner}
            out.add("L04", figure.sheet, figure.cell, {**args, "value_inner": value})
            return True
    return False


def _tell_shorter(
    out: Collector, known: Known, figure: Figure, year: str, longer: Iterable[str]
) -> None:
    for part in longer:
        outer = f"{year}-{part}" if part else year
        place = (figure.indicator, outer, figure.area)
        row = known.of_store.get(place)
        if row is not None and place not in known.of_file and figure.value > row.value:
            args = {"period": outer, "value": row.value, "inner": figure.period}
            out.add("L04", figure.sheet, figure.cell, {**args, "value_inner": figure.value})
            return


def _tell_sum(out: Collector, known: Known, code: str, year: str, part: str, area: str) -> None:
    period = f"{year}-{part}" if part else year
    quarters = [f"{year}-Q{q}" for q in range(1, 3 if part else 5)]
    value = known.value(code, period, area)
    parts = [v for q in quarters if (v := known.value(code, q, area)) is not None]
    if value is None or len(parts) < len(quarters):
        return
    if abs(sum(parts) - value) <= abs(value) * _QUARTERS_OFF:
        return
    at = known.of_file.get((code, period, area)) or next(
        known.of_file[(code, q, area)]
        for q in reversed(quarters)
        if (code, q, area) in known.of_file
    )
    out.add("L05", at.sheet, at.cell, {"sum": sum(parts), "period": period, "value": value})


def _tell_missing(desk: Desk, known: Known, targets: Mapping[str, TargetInfo]) -> None:
    """C01: areas of a scope without a figure for a period that the file reports."""
    told: dict[tuple[str, str], set[str]] = {}
    first: dict[tuple[str, str], str] = {}
    for (code, period, area), figure in known.of_file.items():
        if targets[code].by_area:
            told.setdefault((code, period), set()).add(area)
            first.setdefault((code, period), figure.sheet)
    if not told:
        return
    for code, period, area in known.of_store:
        if (code, period) in told:
            told[(code, period)].add(area)
    for (code, period), areas in told.items():
        missing = [area for area in targets[code].areas if area not in areas]
        if missing:
            desk.out.add(
                "C01", first[(code, period)], "", _missing(desk, targets[code], missing, period)
            )


def _missing(desk: Desk, target: TargetInfo, areas: list[str], period: str) -> dict[str, Any]:
    names = [desk.places.name_of(area) for area in areas if area != PROVINCE]
    if len(names) > _MOST_NAMED:
        names = [*names[:_MOST_NAMED], "…"]
    args = {"code": target.code, "period": period, "n": len(areas), "total": len(target.areas)}
    return {**args, "names": names}
