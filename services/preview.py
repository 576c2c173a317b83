"""What a checked file would do, group by group and page by page; and the rows around a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.engine import Store
from i18n.findings import ERROR
from intake.cells import column_of
from intake.entries import ENTRY_SHEET
from intake.request import Corrections
from intake.window import Window, window

from .drafts import ENTRY, Correctable, Draft
from .handin import CellLine, FindingLine, cell_line, finding_lines, names_of, where
from .submissions import CHANGED, NEW, SAME
from .uploads import Checked

__all__ = [
    "ASIDE",
    "ENTRY_SHEET",
    "GROUPS",
    "UNREAD",
    "CellLine",
    "Correctable",
    "OtherLine",
    "Page",
    "Window",
    "around",
    "correctable",
    "page",
]

UNREAD, ASIDE = "unread", "aside"
GROUPS = (CHANGED, NEW, SAME, UNREAD, ASIDE)
PAGE = 50
LONGEST = 150  # of a text that can be typed over: longer ones are not told whole


@dataclass(frozen=True, slots=True)
class OtherLine:
    """Something of the file that gives no figure. sheet and cell: where; what: what stands there.

    says: why it is none, in words.
    """

    sheet: str
    cell: str
    where: str
    what: str
    says: str
    kind: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of one group: its lines, which page of how many, and the size of each group."""

    group: str
    number: int
    pages: int
    counts: Mapping[str, int]
    figures: tuple[CellLine, ...] = ()
    others: tuple[OtherLine, ...] = ()


def page(
    store: Store, checked: Checked, as_of: int, group: str, number: int, lang: str = "vi"
) -> Page:
    """One page of the preview.

    Args:
        store: ready.
        checked: the file, checked.
        as_of: microseconds since 1970 (UTC), for the names of targets and areas.
        group: of ``GROUPS``; the first that has lines where there is no such one.
        number: of the page, from 1; the nearest that there is.
        lang: of the words.
    """
    others = {UNREAD: _unread(checked, lang), ASIDE: _aside(checked, lang)}
    counts = {effect: checked.count(effect) for effect in (CHANGED, NEW, SAME)}
    counts |= {kind: len(lines) for kind, lines in others.items()}
    if not counts.get(group):
        group = next((one for one in GROUPS if counts[one]), NEW)
    pages = max(1, -(-counts[group] // PAGE))
    number = min(max(number, 1), pages)
    first, last = (number - 1) * PAGE, number * PAGE
    if group in others:
        return Page(group, number, pages, counts, others=tuple(others[group][first:last]))
    places = [at for at, cell in enumerate(checked.cells) if cell.effect == group][first:last]
    with store.read() as tx:
        names = names_of(tx, as_of, lang)
    lines = [
        cell_line(
            checked.cells[at],
            names,
            checked.figures[at].status,
            checked.published.get(checked.figures[at].key),
        )
        for at in places
    ]
    return Page(group, number, pages, counts, figures=tuple(lines))


def _unread(checked: Checked, lang: str) -> list[OtherLine]:
    """Cells with an error that gave no figure: what stands there is not understood."""
    result = checked.result
    read = {(one.sheet, one.cell) for one in result.figures}
    found: dict[tuple[str, str], OtherLine] = {}
    for one in result.findings:
        place = (one.sheet, one.cell)
        if one.severity == ERROR and one.cell and place not in read and place not in found:
            text = result.texts.get(place, "")
            at = where(*place, lang)
            found[place] = OtherLine(*place, at, text, one.said(lang), one.code)
    return list(found.values())


def _aside(checked: Checked, lang: str) -> list[OtherLine]:
    """Rows of no target of the register, columns and sheets that are not read."""
    result = checked.result
    rows = [
        OtherLine(one.sheet, one.cell, where(one.sheet, one.cell, lang), one.name, "", "row")
        for one in result.unknown
    ]
    columns = [
        OtherLine(one.sheet, one.cell, where(one.sheet, one.cell, lang), one.text, "", one.kind)
        for one in result.aside
    ]
    sheets = [
        OtherLine(one.name, "", one.name, " · ".join(c.text for c in one.columns[:6]), "", "sheet")
        for one in result.sheets
        if not one.layout
    ]
    return [*sheets, *rows, *columns]


def correctable(checked: Checked, lang: str = "vi") -> list[Correctable]:
    """The cells that can be typed over, in the file's order: wrong, odd, or typed over already."""
    texts = checked.result.texts
    says: dict[tuple[str, str], list[str]] = {}
    wrong: set[tuple[str, str]] = set()
    lines: Sequence[FindingLine] = finding_lines(checked.result.findings, lang)
    for line in lines:
        _code, sheet, cell = line.key
        if (sheet, cell) in texts:
            says.setdefault((sheet, cell), []).append(line.message)
            if line.severity == ERROR:
                wrong.add((sheet, cell))
    typed = {(one.sheet, one.cell): one for one in checked.result.corrected}
    found = [
        Correctable(*place, where(*place, lang), one.new, one.old, tuple(says.get(place, ())))
        for place, one in typed.items()
    ]
    found += [
        Correctable(*place, where(*place, lang), texts[place], None, tuple(said))
        for place, said in says.items()
        if place not in typed and len(texts[place]) < LONGEST
    ]
    found = [replace(one, wrong=(one.sheet, one.cell) in wrong) for one in found]
    sheets = {one.name: number for number, one in enumerate(checked.result.sheets)}
    return sorted(found, key=lambda one: (sheets.get(one.sheet, len(sheets)), *_place(one.cell)))


def _place(cell: str) -> tuple[int, int]:
    """Row and column of an address: 8, 5 for E8."""
    column = cell.rstrip("0123456789")
    return int(cell[len(column) :] or 0), column_of(column) if column else 0


def around(draft: Draft, checked: Checked, sheet: str, cell: str) -> Window | None:
    """The rows of a draft's file around a cell, as corrected; None where there is no such cell."""
    if draft.kind == ENTRY or not cell:
        return None
    heads = next((one.row for one in checked.result.sheets if one.name == sheet), 0)
    corrections: Corrections = draft.choices.corrections
    return window(draft.file.content, draft.file.name, sheet, cell, corrections, heads)
