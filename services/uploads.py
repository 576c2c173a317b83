"""A workbook comes in: checked, previewed, confirmed, committed whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.engine import Store
from db.submissions import Correction, FigureKey
from i18n.findings import WARNING
from intake import check as checks
from intake.check import CheckResult, as_json
from intake.entries import Entry
from intake.findings import ACCEPT, REJECT, Finding
from intake.request import ColumnMapping, Corrections

from . import submissions
from .access import SUBMIT, Actor, require
from .checking import register_of, stored_of
from .entry import as_checked
from .submissions import ENTRY, UPLOAD, Cell, Confirmation, Figure, File, Given, Receipt, Seen

__all__ = [
    "Checked",
    "Done",
    "as_json",
    "check",
    "check_entries",
    "commit",
    "needs_reason",
    "preview",
    "take",
]

ALL = "*"
NEEDS_REASON = frozenset({"D03"})

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked file with what storing it would do, also where errors forbid to store it.

    cells: one a figure, new, changed or same against what agencies have reported. seen: what
    was stored when the preview was made, and stood, its fingerprint. published: key -> the
    published value that an agency's figure would stand in front of.
    """

    result: CheckResult
    figures: tuple[Figure, ...]
    cells: tuple[Cell, ...]
    seen: Mapping[FigureKey, Seen]
    published: Mapping[FigureKey, float]
    stood: str = ""

    def count(self, effect: str) -> int:
        """How many figures are new, changed or same."""
        return sum(cell.effect == effect for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a file that was checked and committed in one go.

    receipt: None where nothing was stored. unconfirmed: codes of warnings nobody confirmed.
    """

    result: CheckResult
    receipt: Receipt | None
    unconfirmed: frozenset[str]


def check(
    store: Store,
    data: bytes,
    name: str,
    *,
    today: date,
    as_of: int,
    mapping: ColumnMapping | None = None,
    corrections: Corrections | None = None,
    on_progress: Progress | None = None,
) -> CheckResult:
    """Check a file against the store; nothing is stored.

    Args:
        store: ready.
        data: the bytes of the file.
        name: its name.
        today: the day that stands for today.
        as_of: the moment whose figures it is checked against.
        mapping: what an officer said of headings that were not recognised.
        corrections: sheet -> cell -> what an officer typed in its place.
        on_progress: called with a phase and the share of it that is done.
    """
    with store.read() as tx:
        register, stored = register_of(tx, as_of), stored_of(tx, as_of)
    return checks.check(
        data,
        name,
        register,
        stored,
        today,
        mapping=mapping,
        corrections=corrections,
        on_progress=on_progress,
    )


def check_entries(
    store: Store, entries: Sequence[Entry], *, today: date, as_of: int
) -> CheckResult:
    """Check rows typed into a form against the store, by the rules of a file; see ``check``."""
    with store.read() as tx:
        register, stored = register_of(tx, as_of), stored_of(tx, as_of)
    units = {one.code: one.unit for one in register.targets}
    return checks.check_entries(as_checked(entries, units), register, stored, today)


def preview(store: Store, result: CheckResult, as_of: int) -> Checked:
    """What storing a checked file would do; of a figure that comes twice the first counts."""
    figures: dict[FigureKey, Figure] = {}
    for one in result.figures:
        key = (one.indicator, one.area, one.period)
        if key not in figures:
            said = (one.status, one.source, one.note, one.sheet, one.cell)
            figures[key] = Figure(*key, one.value, *said)
    seen = submissions.seen(store, figures) if figures else {}
    with store.read() as tx:
        stored = stored_of(tx, as_of) if figures else ()
    published = {
        (one.indicator, one.area, one.period): one.value
        for one in stored
        if one.origin != "agency" and (one.indicator, one.area, one.period) in figures
    }
    cells = submissions.preview(figures.values(), seen) if figures else []
    stood = submissions.fingerprint(seen)
    return Checked(result, tuple(figures.values()), tuple(cells), seen, published, stood)


def commit(
    store: Store,
    actor: Actor,
    file: File | None,
    checked: Checked,
    *,
    confirmed: Mapping[tuple[str, str, str], str],
    today: date,
    why: str = "",
    now: int,
) -> Receipt:
    """Store a previewed file, or typed rows, whole.

    Args:
        store: ready.
        actor: who hands in.
        file: name and bytes, kept with the submission; None for rows that were typed in.
        checked: what the preview showed.
        confirmed: (code, sheet, cell) of each warning confirmed -> the reason written.
        today: the day that stood for today in the check.
        why: a word on the whole submission.
        now: the clock, in microseconds since 1970 (UTC).

    Raises:
        Denied: the actor may not submit.
        Conflict: the stored figures moved since the preview; nothing was stored.
        ValueError: the file has errors or no figure, or a warning is not confirmed.
    """
    require(actor, SUBMIT)
    result = checked.result
    open_warnings = unconfirmed(result, confirmed)
    if result.outcome == REJECT or not checked.figures or open_warnings:
        raise ValueError(f"not ready to be stored: {result.outcome}, {sorted(open_warnings)}")
    given = Given(
        file=file,
        findings=[_kept(one, confirmed) for one in result.findings],
        corrections=[Correction(*one) for one in result.corrected],
        confirmed=json.dumps(dict(result.counts)),
        why=why,
        as_of=today.isoformat(),
    )
    kind = UPLOAD if file else ENTRY
    return submissions.commit(
        store, actor, checked.figures, kind=kind, expected=checked.seen, given=given, now=now
    )


def take(
    store: Store,
    actor: Actor,
    data: bytes,
    name: str,
    *,
    today: date,
    accept: Collection[str],
    why: str = "",
    now: int,
) -> Done:
    """Check a file and, where nothing speaks against it, commit it: the shell's way.

    Args:
        store: ready.
        actor: who hands in.
        data: the bytes of the file.
        name: its name.
        today: the day that stands for today in the check.
        accept: codes of warnings that are confirmed, ``ALL`` for every one.
        why: the reason, where a warning asks for one.
        now: the clock, in microseconds since 1970 (UTC).

    Raises:
        Denied: the actor may not submit.
        Conflict: somebody stored other figures meanwhile; nothing was stored.
    """
    require(actor, SUBMIT)
    result = check(store, data, name, today=today, as_of=now)
    if result.outcome == REJECT:
        return Done(result, None, frozenset())
    confirmed = {
        (one.code, one.sheet, one.cell): why
        for one in result.findings
        if one.severity == WARNING and (ALL in accept or one.code in accept)
    }
    left = unconfirmed(result, confirmed)
    checked = preview(store, result, now)
    if left or not checked.figures:
        return Done(result, None, frozenset(left))
    receipt = commit(
        store,
        actor,
        File(name, data),
        checked,
        confirmed=confirmed,
        today=today,
        why=why,
        now=now,
    )
    return Done(result, receipt, frozenset())


def unconfirmed(
    result: CheckResult, confirmed: Mapping[tuple[str, str, str], str]
) -> frozenset[str]:
    """Codes of the warnings that still wait for a confirmation, or for their reason."""
    if result.outcome == ACCEPT:
        return frozenset()
    waiting = set()
    for one in result.findings:
        if one.severity != WARNING:
            continue
        reason = confirmed.get((one.code, one.sheet, one.cell))
        if reason is None or (needs_reason(one.code) and not reason.strip()):
            waiting.add(one.code)
    return frozenset(waiting)


def findings_json(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings as the shell's contract wants them."""
    return [
        {
            "code": one.code,
            "severity": one.severity,
            "sheet": one.sheet,
            "cell": one.cell,
            "message": one.message,
        }
        for one in findings
    ]


def needs_reason(code: str) -> bool:
    """Whether confirming this warning asks for a reason in words (a changed official figure)."""
    return code in NEEDS_REASON


def _kept(one: Finding, confirmed: Mapping[tuple[str, str, str], str]) -> Confirmation:
    key = (one.code, one.sheet, one.cell)
    return Confirmation(
        one.code,
        one.severity,
        one.sheet,
        one.cell,
        one.message,
        json.dumps(dict(one.args), ensure_ascii=False, default=str),
        key in confirmed,
        confirmed.get(key, ""),
    )
