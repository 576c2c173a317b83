"""Figures from another system: a plain CSV, checked line by line, taken whole or not at all.

Columns, in any order: indicator, period, area, value, status, source (and note). A program
wrote it, so nothing is guessed: codes, canonical periods (2026, 2026-H1, 2026-Q1, 2026-05,
2026-9M) and numbers with a decimal point; area is a code, a present name, or nothing for the
whole scope. A line without a value is passed over, as in the template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db import register
from db.engine import Store
from db.submissions import as_json
from indicators.model import LEVEL, OFFICIAL, Indicator, Target
from intake.findings import REJECT, Collector, Finding
from intake.request import TargetInfo, target_infos

from . import submissions
from .access import SUBMIT, Actor, require
from .collector import collector_at_rest
from .figures_csv import read
from .moments import today_of
from .submissions import FIGURES, Confirmation, Figure, File, Given, Receipt, Seen

_WHOLE = ("", "toàn tỉnh", "tỉnh sơn la")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the file. outcome: accept, accept_with_warnings or reject.

    receipt: None where nothing was stored; findings: what is wrong or odd, by line.
    """

    outcome: str
    receipt: Receipt | None
    findings: tuple[Finding, ...]


def take(store: Store, actor: Actor, file: File, *, now: int, why: str = "") -> Taken:
    """Check a CSV of figures and store it as one submission, or say why not.

    Warnings do not hold it up: another system has nobody to confirm them.

    Raises:
        Denied: the actor may not submit.
        Conflict: somebody stored other figures meanwhile; nothing was stored.
    """
    require(actor, SUBMIT)
    with collector_at_rest():
        return _take(store, actor, file, now, why)


def _take(store: Store, actor: Actor, file: File, now: int, why: str) -> Taken:
    out = Collector()
    with store.read() as tx:
        as_of = 2**62  # what is stored by now, whatever the clock says
        infos = _infos(register.targets(tx, as_of), register.indicators(tx, as_of))
        areas = {area.code: (area.name_vi, area.full_name_vi) for area in register.areas(tx, as_of)}
    figures = list(read(file, infos, _area_names(areas), today_of(now), out))
    found = submissions.seen(store, (figure[:3] for figure in figures)) if figures else {}
    _check_stored(figures, found, out)
    outcome = out.outcome()
    if outcome == REJECT or not figures:
        return Taken(outcome, None, tuple(out.kept()))
    given = Given(
        file=file,
        findings=[_kept(one) for one in out.kept()],
        why=why,
        as_of=today_of(now).isoformat(),
    )
    receipt = submissions.commit(
        store, actor, figures, kind=FIGURES, expected=found, given=given, now=now
    )
    return Taken(outcome, receipt, tuple(out.kept()))


def _infos(targets: Sequence[Target], indicators: Sequence[Indicator]) -> dict[str, TargetInfo]:
    known = {info.code: info for info in target_infos(targets, indicators)}
    for one in indicators:
        known.setdefault(
            one.code,
            TargetInfo(
                code=one.code,
                names=(one.name_vi,),
                unit=one.unit,
                kind=LEVEL,
                comparator="",
                scope="",
                measure=one.measure,
                decimals=one.decimals,
                minimum=one.minimum,
                maximum=one.maximum,
                rollup=one.area_rollup,
            ),
        )
    return known


def _area_names(areas: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Every writing that names one area only."""
    names: dict[str, str] = {}
    doubtful = set()
    for code, writings in areas.items():
        for writing in {text.casefold() for text in writings if text}:
            if names.setdefault(writing, code) != code:
                doubtful.add(writing)
    known = {writing: code for writing, code in names.items() if writing not in doubtful}
    return {**known, **{code: code for code in areas}, **dict.fromkeys(_WHOLE, "")}


# --- against what is stored --------------------------------------------------------


def _check_stored(
    figures: Sequence[Figure], found: Mapping[tuple[str, str, str], Seen], out: Collector
) -> None:
    """An official figure is only ever replaced by an official one."""
    for figure in figures:
        old = found.get(figure[:3])
        if old is None or old.status != OFFICIAL or figure.status == OFFICIAL:
            continue
        if old.value != figure.value:
            args = {"old": old.value, "new": figure.value, "status": figure.status}
            out.add("D04", "", figure.cell, args)


def _kept(one: Finding) -> Confirmation:
    args = as_json(dict(one.args))
    return Confirmation(one.code, one.severity, one.sheet, one.cell, one.message, args)
