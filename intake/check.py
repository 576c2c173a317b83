"""The check of one workbook: read in a child process, understood, judged, told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from i18n import findings as words

from . import child, progress
from .cells import column_of, said
from .desk import Desk
from .entries import ADDRESS, TYPED, Entry, correct, sheet_of_entries
from .faults import FileFault, told
from .files import tell_file
from .findings import Finding, finding, outcome
from .grid import Workbook
from .logic import judge
from .request import ColumnMapping, Corrections, Register, Request, Stored
from .result import AsideColumn, Corrected, Figure, SheetSeen, UnknownRow, packed, unpacked
from .sheets import read_sheets
from .text import plain

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check says of one file.

    outcome: accept, accept_with_warnings or reject. findings: at most 2,000, the errors first
    where not all fit; counts: of all, by code. figures: those read, also where a rule refuses
    them. plans: figures of columns left aside as plans. unknown: rows whose indicator is not
    in the register. aside: columns not read. sheets: what was made of each sheet. texts: sheet
    and cell -> what stands there, of cells with an error or a warning. corrected: cells that an
    officer typed over.
    """

    outcome: str
    findings: tuple[Finding, ...] = ()
    figures: tuple[Figure, ...] = ()
    plans: tuple[Figure, ...] = ()
    unknown: tuple[UnknownRow, ...] = ()
    aside: tuple[AsideColumn, ...] = ()
    sheets: tuple[SheetSeen, ...] = ()
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    corrected: tuple[Corrected, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def count(self, severity: str) -> int:
        """How many findings of a severity there are, those not kept included."""
        return sum(n for code, n in self.counts.items() if words.severity(code) == severity)


def check(
    data: bytes,
    name: str,
    register: Register,
    stored: tuple[Stored, ...],
    today: date,
    *,
    mapping: ColumnMapping | None = None,
    corrections: Corrections | None = None,
    on_progress: Callable[[str, float], None] | None = None,
) -> CheckResult:
    """Check a file against the register and what is stored; nothing is stored.

    Args:
        data: the bytes of the file.
        name: its name, whose extension says what it should be.
        register: targets and areas.
        stored: the current figures of the main series.
        today: the day that stands for today.
        mapping: shape key of a sheet -> column letter -> field, what an officer said.
        corrections: sheet -> cell -> text that an officer typed in its place, "" for blank.
        on_progress: is called with a phase and the share of it that is done.
    """
    request = Request(register, stored, today, name, mapping or {}, corrections or {})
    answer = child.run(data, name, request.to_json(), on_progress=on_progress)
    if answer.report is not None:
        result = result_of(answer.report, answer.seconds)
        typed = {(one.sheet, one.cell) for one in result.corrected}
        return _without_typed(result, lambda found: (found.sheet, found.cell) in typed)
    found = tuple(
        finding(fault.code, fault.sheet, fault.cell, _fault_args(name, fault))
        for fault in answer.faults
    )
    counts = {one.code: 1 for one in found}
    return CheckResult(outcome(counts), found, counts=counts, seconds=answer.seconds)


def _fault_args(name: str, fault: FileFault) -> dict[str, Any]:
    """What the sentences of a fault need, in both languages."""
    return {"file": name, **told(fault), "in_en": told(fault, "en")}


def check_in_child(book: Workbook, request: Mapping[str, Any]) -> dict[str, Any]:
    """The whole check of a workbook that has been read; JSON values in and out."""
    asked = Request.from_json(request)
    corrected = correct(book, asked.corrections)
    desk = examined(book, asked)
    kept = desk.out.kept()
    return {
        "outcome": desk.out.outcome(),
        "counts": dict(desk.out.counts),
        "findings": [[f.code, f.sheet, f.cell, f.args] for f in kept],
        "figures": packed(desk.figures),
        "plans": packed(desk.plans),
        "unknown": desk.unknown,
        "aside": desk.aside,
        "sheets": [sheet.to_json() for sheet in desk.sheets],
        "texts": _texts(book, kept),
        "corrected": corrected,
    }


def _texts(book: Workbook, findings: Sequence[Finding]) -> list[list[str]]:
    """Sheet, cell and text of each cell that an error or a warning names."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    told: dict[tuple[str, str], str] = {}
    for one in findings:
        at = ADDRESS.fullmatch(one.cell)
        if at and one.severity != words.NOTE and one.sheet in sheets:
            cells = sheets[one.sheet].rows.get(int(at[2]), {})
            told[one.sheet, one.cell] = said(cells.get(column_of(at[1])))[:_LONGEST]
    return [[*place, text] for place, text in told.items()]


def examined(book: Workbook, request: Request) -> Desk:
    """Read every sheet of a workbook, corrected or as it is, and apply every rule."""
    desk = Desk.of(book, request)
    progress.tell(progress.CHECK, 0.0)
    read_sheets(desk)
    judge(desk)
    tell_file(desk)
    progress.tell(progress.CHECK, 1.0)
    return desk


def check_entries(
    entries: Sequence[Entry], register: Register, stored: tuple[Stored, ...], today: date
) -> CheckResult:
    """Check rows that were typed into a form, by the rules of a plain table.

    Row n of the entries is row n + 2 of the sheet "Nhập trực tiếp" in the findings. That a
    number was typed is no finding.
    """
    request = Request(register, stored, today)
    found = result_of(check_in_child(sheet_of_entries(entries), request.to_json()))
    return _without_typed(found, lambda _one: True)


def _without_typed(result: CheckResult, typed: Callable[[Finding], bool]) -> CheckResult:
    """Without the notes that a number is stored as text, where a person typed it."""
    kept = tuple(one for one in result.findings if one.code != TYPED or not typed(one))
    left = result.counts.get(TYPED, 0) - (len(result.findings) - len(kept))
    counts = {**result.counts, TYPED: left}
    return replace(result, findings=kept, counts={code: n for code, n in counts.items() if n > 0})


def result_of(report: Mapping[str, Any], seconds: float = 0.0) -> CheckResult:
    """What ``check_in_child`` said, as a value."""
    return CheckResult(
        outcome=report["outcome"],
        findings=tuple(finding(*row) for row in report["findings"]),
        figures=unpacked(report["figures"]),
        plans=unpacked(report["plans"]),
        unknown=tuple(map(UnknownRow._make, report["unknown"])),
        aside=tuple(map(AsideColumn._make, report["aside"])),
        sheets=tuple(SheetSeen.from_json(row) for row in report["sheets"]),
        texts={(sheet, cell): text for sheet, cell, text in report["texts"]},
        corrected=tuple(map(Corrected._make, report["corrected"])),
        counts=report["counts"],
        seconds=seconds,
    )


def as_json(result: CheckResult) -> dict[str, Any]:
    """The contract's JSON of a check (section 6), with what more there is."""
    return {
        "outcome": result.outcome,
        "findings": [
            {
                "code": f.code,
                "severity": f.severity,
                "sheet": f.sheet,
                "cell": f.cell,
                "message": f.message,
                "fix": f.fix,
            }
            for f in result.findings
        ],
        "values": [
            {
                "indicator": v.indicator,
                "period": v.period,
                "area": v.area,
                "value": v.value,
                "status": v.status,
                "sheet": v.sheet,
                "cell": v.cell,
            }
            for v in result.figures
        ],
        "counts": dict(result.counts),
        "not_recognised": [
            {"sheet": r.sheet, "cell": r.cell, "name": plain(r.name)} for r in result.unknown
        ],
    }
