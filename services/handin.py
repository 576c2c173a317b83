"""What the upload page shows, in words: previews, findings, receipts, the list of submissions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from db import register
from db import submissions as stored
from db.engine import Store, Tx
from db.submissions import Cell, Confirmation, Submission
from i18n import findings as finding_words
from i18n.dates import moment_text
from i18n.labels import status_text, unit_text
from i18n.numbers import change_text, number, value_text
from i18n.periods import capital, period_text
from i18n.words import words
from intake.cells import column_of
from intake.entries import ENTRY_SHEET
from intake.findings import Finding
from intake.headings import HEAD

from . import rights
from .access import Actor
from .refusals import Later
from .submissions import (
    CHANGED,
    NEW,
    REMOVED,
    RESTORED,
    SAME,
    UNDOING,
    WITHDRAWAL,
    Figure,
)
from .uploads import needs_reason

MOST_DIGITS = 9  # of a submission's number: a longer one is none that a store could have
TAKING_BACK = frozenset({UNDOING, WITHDRAWAL})
SHOWN = 200  # lines of a table; the annotated workbook has them all

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class CellLine:
    """What one figure becomes. old, new and change (new less old) are "" where there is none.

    published: the published value that this figure will stand in front of, "" for none.
    where: sheet and cell as people write them.
    """

    effect: str
    effect_text: str
    code: str
    name: str
    period: str
    area: str
    old: str
    new: str
    status: str
    published: str
    where: str
    change: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding; where is sheet and cell as people write it, "" for the whole file."""

    code: str
    severity: str
    severity_text: str
    where: str
    message: str
    fix: str
    key: Key


@dataclass(frozen=True, slots=True)
class WarningKind:
    """The warnings of one code, which can be confirmed together or one by one."""

    code: str
    says: str
    needs_reason: bool
    lines: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """One submission of the list. state: "" holds, taken back, or takes back another."""

    id: int
    at: str
    by: str
    kind: str
    kind_text: str
    file: str
    counts: str
    why: str
    undoes: int | None
    undone_by: int | None


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A cell of the file that was typed over: where, its text before and after."""

    where: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """One submission in full.

    back: what taking it back would do to each figure. corrected: cells of the file that were
    typed over before it was committed.
    """

    line: SubmissionLine
    size: str
    sha256: str
    cells: tuple[CellLine, ...]
    back: tuple[CellLine, ...]
    findings: tuple[FindingLine, ...]
    confirmed: int
    total: int
    corrected: tuple[CorrectionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """How indicators and areas are written: code -> (name, unit, decimals), code -> name."""

    indicators: Mapping[str, tuple[str, str, int]] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    lang: str = "vi"

    def value(self, code: str, value: float | None) -> str:
        """A value with its unit, as the indicator is written; "" for none."""
        if value is None:
            return ""
        _name, unit, decimals = self.indicators.get(code, (code, "", 2))
        # a typed 12.420,55 is shown as it will be stored, not rounded to what is usual
        exact = max(decimals, _decimals(value))
        return value_text(value, unit_text(unit, self.lang), exact, self.lang)

    def change(self, code: str, old: float | None, new: float | None) -> str:
        """New less old with its sign and unit; "" where one of them is none, or they are equal."""
        if old is None or new is None or old == new:
            return ""
        _name, unit, decimals = self.indicators.get(code, (code, "", 2))
        by = float(Decimal(repr(new)) - Decimal(repr(old)))
        exact = max(decimals, _decimals(by))
        return change_text(by, unit_text(unit, self.lang), exact, self.lang)


def names_of(tx: Tx, as_of: int, lang: str = "vi") -> Names:
    """The register's names at a moment."""
    behaviour = {one.code: one for one in register.indicators(tx, as_of)}
    found: dict[str, tuple[str, str, int]] = {}
    for target in register.targets(tx, as_of):
        name = target.name_vi if lang == "vi" else target.name_en
        indicator = behaviour.get(target.indicator or target.code)
        decimals = indicator.decimals if indicator else 1
        found.setdefault(target.indicator or target.code, (name, target.unit, decimals))
    areas = {one.code: one.full_name_vi or one.name_vi for one in register.areas(tx, as_of)}
    return Names(found, areas, lang)


def finding_lines(findings: Iterable[Finding], lang: str = "vi") -> list[FindingLine]:
    """Findings in words, errors before warnings before notes, else in the file's order."""
    order = {level: place for place, level in enumerate(finding_words.SEVERITIES)}
    lines = [
        FindingLine(
            one.code,
            one.severity,
            finding_words.severity_word(one.severity, lang),
            where(one.sheet, one.cell, lang),
            one.said(lang),
            one.to_do(lang),
            (one.code, one.sheet, one.cell),
        )
        for one in findings
    ]
    return sorted(lines, key=lambda line: order[line.severity])


def warning_kinds(lines: Sequence[FindingLine]) -> list[WarningKind]:
    """The warnings grouped by code, in the order in which they first turn up."""
    groups: dict[str, list[FindingLine]] = {}
    for line in lines:
        if line.severity == finding_words.WARNING:
            groups.setdefault(line.code, []).append(line)
    return [
        WarningKind(code, group[0].message, needs_reason(code), tuple(group))
        for code, group in groups.items()
    ]


def not_theirs(
    store: Store, actor: Actor, figures: Iterable[Figure], as_of: int, lang: str = "vi"
) -> list[str]:
    """Targets, with their areas, whose figures another agency reports, or nobody; each once."""
    with store.read() as tx:
        keys = rights.not_theirs(tx, actor, (figure[:3] for figure in figures), as_of)
        names = names_of(tx, as_of, lang) if keys else Names()
    places = dict.fromkeys((indicator, area) for indicator, area, _period in keys)
    return [
        " · ".join(
            filter(None, (names.indicators.get(code, (code,))[0], names.areas.get(area, area)))
        )
        for code, area in places
    ]


def submission_lines(
    store: Store, actor: Actor, as_of: int, lang: str = "vi"
) -> list[SubmissionLine]:
    """Every submission that the actor may see, by a moment, newest first."""
    with store.read() as tx:
        found = stored.listing(tx, as_of)
        counts = stored.cell_counts(tx, [one.id for one in found if one.kind in TAKING_BACK])
    return [
        _submission_line(one, lang, counts.get(one.id, 0))
        for one in found
        if rights.may_see(actor, one)
    ]


def submission_page(
    store: Store, actor: Actor, number: int, as_of: int, lang: str = "vi"
) -> SubmissionPage | None:
    """One submission in full; None where the actor sees none of that number."""
    with store.read() as tx:
        found = stored.one(tx, number)
        if found is None or not rights.may_see(actor, found):
            return None
        names = names_of(tx, as_of, lang)
        cells = stored.cells(tx, number, first=SHOWN)
        moved = stored.cells(tx, number, first=SHOWN, but=SAME)
        total = stored.cell_counts(tx, [number]).get(number, 0) - found.same
        kept = stored.findings(tx, number)
        typed = stored.corrections(tx, number)
    lines = [cell_line(cell, names) for cell in cells]
    findings = [
        FindingLine(
            one.code,
            one.severity,
            finding_words.severity_word(one.severity, lang),
            where(one.sheet, one.cell, lang),
            _kept_message(one, lang),
            one.reason,
            (one.code, one.sheet, one.cell),
        )
        for one in kept[:SHOWN]
    ]
    return SubmissionPage(
        line=_submission_line(found, lang, total),
        size=_size(found.size, lang),
        sha256=found.sha256,
        cells=tuple(lines),
        back=tuple(_back_line(cell, names) for cell in moved),
        findings=tuple(findings),
        confirmed=sum(one.confirmed for one in kept),
        total=total,
        corrected=tuple(
            CorrectionLine(where(one.sheet, one.cell, lang), one.old, one.new) for one in typed
        ),
    )


def _kept_message(one: Confirmation, lang: str) -> str:
    """A finding of a submission in words: as it stood, in another language made anew."""
    if lang == "vi":
        return one.message
    return finding_words.message(one.code, json.loads(one.args or "{}"), lang)


def later_lines(store: Store, later: Iterable[Later], as_of: int, lang: str = "vi") -> list[str]:
    """Later figures that stand in the way of an undo, one sentence each."""
    _ = words(lang)
    with store.read() as tx:
        names = names_of(tx, as_of, lang)
    return [
        _(
            "handin.later",
            submission=one.submission,
            name=names.indicators.get(one.indicator, (one.indicator,))[0],
            period=period_text(one.period, lang),
            value=names.value(one.indicator, one.value) or _("handin.no_value"),
            by=one.by,
        )
        for one in later
    ]


def where(sheet: str, cell: str, lang: str = "vi") -> str:
    """Số liệu, ô F5 · the whole sheet · "" for the whole file."""
    if not cell:
        return sheet
    if sheet == ENTRY_SHEET:
        return _form_row(cell, lang)
    place = words(lang)("handin.cell", cell=cell)
    return f"{sheet}, {place}" if sheet else place


def _form_row(cell: str, lang: str) -> str:
    """A cell of typed rows: they stand below the headings, in the template's columns."""
    column = cell.rstrip("0123456789")
    field = tuple(HEAD)[column_of(column) - 1]
    _ = words(lang)
    row = int(cell[len(column) :]) - 1
    return _("handin.form_row", row=row, column=_(f"upload.field_{field}"))


def cell_line(
    cell: Cell, names: Names, status: str = "", published: float | None = None
) -> CellLine:
    """One figure in words: what stood there and what comes, with the difference."""
    name = names.indicators.get(cell.indicator, (cell.indicator,))[0]
    return CellLine(
        cell.effect,
        words(names.lang)(f"handin.effect_{cell.effect}"),
        cell.indicator,
        name,
        capital(period_text(cell.period, names.lang)),
        names.areas.get(cell.area, cell.area),
        names.value(cell.indicator, cell.old),
        names.value(cell.indicator, cell.new),
        status_text(status, names.lang) if status else "",
        names.value(cell.indicator, published),
        where(cell.sheet, cell.cell, names.lang),
        names.change(cell.indicator, cell.old, cell.new),
        cell.sheet,
        cell.cell,
    )


def _back_line(cell: Cell, names: Names) -> CellLine:
    """The same figure the other way round: what stands now, and what would stand again."""
    effect = RESTORED if cell.old is not None else REMOVED
    turned = cell._replace(old=cell.new, new=cell.old, effect=effect)
    return cell_line(turned, names)


def _submission_line(one: Submission, lang: str, cells: int) -> SubmissionLine:
    _ = words(lang)
    counts = Counter({NEW: one.new, CHANGED: one.changed, SAME: one.same})
    said = [
        _(f"handin.count_{effect}", n=number(counts[effect], 0, lang))
        for effect in (NEW, CHANGED, SAME)
        if counts[effect]
    ]
    if one.kind in TAKING_BACK and cells:
        said = [_(f"handin.count_{one.kind}", n=number(cells, 0, lang))]
    kind = _(f"handin.kind_{one.kind}")
    if one.kind == UNDOING and one.undoes is not None:
        kind = _("handin.kind_undo_of", id=one.undoes)
    return SubmissionLine(
        one.id,
        moment_text(one.at, lang),
        one.by,
        one.kind,
        kind,
        one.file,
        ", ".join(said),
        one.why,
        one.undoes,
        one.undone_by,
    )


def _size(size: int | None, lang: str) -> str:
    if size is None:
        return ""
    return f"{number(size / 1024, 1, lang)} kB"


def _decimals(value: float) -> int:
    """How many decimals a stored value has, at most six."""
    text = f"{value:.6f}".rstrip("0")
    return len(text.partition(".")[2])
