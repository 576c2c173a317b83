"""What the lines above a wide table tell: year, period, status, unit, indicator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indicators.periods import Period

from . import spans, statuses, units
from .cells import address, brief
from .grid import NUMBER, TEXT, Cell, Sheet
from .names import Names
from .request import TargetInfo
from .text import fold, lower

_UNIT_LINE = re.compile(r"(?:đơn vị tính|đvt|don vi tinh|dvt) ?[:.]? ?([^()]+)", re.IGNORECASE)
_UNIT_WORD = re.compile(
    r"\(?(?:đơn vị(?: tính)?|đvt|don vi(?: tinh)?|dvt) ?[:.]?", re.IGNORECASE
)  # the unit itself may stand in the next cell
_AGENCY_OR_UNIT = re.compile(r"\(?(?:đơn vị|don vi) ?: ?([^()]+)", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"\bkem theo\b|\bban hanh\b|\bngay\b.*\bthang\b.*\bnam\b"
    r"|^cong hoa\b|^doc lap\b|^so:|^don vi\b|^dvt\b|^ghi chu\b|^nguon\b|^nguoi lap\b"
    r"|^noi nhan\b|\bky, "
)
_LABEL = re.compile(  # "Biểu số 05/2025" numbers a form; what follows it is its title
    r"(?:biểu|mẫu|phụ lục|bảng)(?: (?:mẫu|biểu))?(?: số)?[ :]*(?!(?:19|20|21)\d\d\b)"
    r"[\w./-]*\d[\w./-]*[ :.–-]*",
    re.IGNORECASE,
)
_TIME_WORDS = re.compile(r"\b(?:nam|ky)\b")
_OFFICE = re.compile(
    r"(?:ủy ban|uỷ ban|ubnd|sở|tỉnh|cục|chi cục|ban|văn phòng|đảng ủy|công an|phòng|trung tâm)\b"
)
_SEVERAL_UNITS = re.compile(r"[,;]| và ")


@dataclass(frozen=True, slots=True)
class Told:
    """Something that a title tells, and the cell that tells it."""

    text: str
    cell: str


@dataclass(slots=True)
class Title:
    """What is told above a table.

    year: the one year named. period: the one period named, with its cell. status: "" for none.
    unit: the unit line's text. target: the one indicator named. heading: the line nearest to
    the table that is no office's name.
    """

    year: int | None = None
    year_cell: str = ""
    period: Period | None = None
    period_cell: str = ""
    status: str = ""
    status_cell: str = ""
    unit: Told | None = None
    target: TargetInfo | None = None
    heading: Told | None = None


def title_of(
    sheet: Sheet, above: int, names: Names, register_units: frozenset[str], after: int = 0
) -> Title:
    """What the rows between ``after`` and ``above`` (both left out) tell."""
    title = Title()
    lines = _lines(sheet, after, above)
    _find_unit(title, lines, register_units)
    lines = [_without_label(line) for line in lines]
    lines = [line for line in lines if line.text and not _NO_TITLE.search(fold(line.text))]
    _find_period(title, lines)
    for line in lines:
        status = statuses.in_title(line.text)
        if status and not title.status:
            title.status, title.status_cell = status, line.cell
    named = _targets(lines, names)
    title.target = named[0] if len(named) == 1 else None
    headings = [line for line in lines if not _OFFICE.match(lower(line.text))]
    title.heading = headings[-1] if headings else None
    return title


def _lines(sheet: Sheet, after: int, above: int) -> list[Told]:
    """The texts above a table; those of a table before it end with its last figure."""
    found: list[Told] = []
    for row, cells in sheet.between(after, above):
        telling = _telling(cells)
        if after and len(telling) < len(cells):
            found = []
            continue
        texts = ((brief(cell), column) for column, cell in telling.items())
        found += [Told(text, address(row, column)) for text, column in texts if text]
    return found


def _telling(cells: Mapping[int, Cell]) -> dict[int, Cell]:
    """The texts of a row, and a year that stands beside the word "năm" or "kỳ"."""
    found = {column: cell for column, cell in cells.items() if cell.kind == TEXT}
    years = [c for c, cell in cells.items() if cell.kind == NUMBER and _is_year(cell)]
    if years and any(_TIME_WORDS.search(fold(str(cell.value))) for cell in found.values()):
        found |= {column: cells[column] for column in years}
    return found


def _row_of(line: Told) -> str:
    return line.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _is_year(cell: Cell) -> bool:
    return isinstance(cell.value, float) and spans.of_year_number(cell.value) is not None


def _without_label(line: Told) -> Told:
    found = _LABEL.match(line.text)
    return Told(line.text[found.end() :], line.cell) if found else line


def _find_unit(title: Title, lines: list[Told], register_units: frozenset[str]) -> None:
    for at, line in enumerate(lines):
        beside = lines[at + 1] if at + 1 < len(lines) else None
        if _UNIT_WORD.fullmatch(line.text) and beside and _row_of(beside) == _row_of(line):
            if units.is_known(beside.text, register_units):
                title.unit = beside
                return
            continue
        found = _UNIT_LINE.search(line.text)
        if not found:
            found = _AGENCY_OR_UNIT.match(line.text)
            if not found or not units.is_known(found[1], register_units):
                continue
        title.unit = Told(found[1].strip(), line.cell)
        return


def _find_period(title: Title, lines: list[Told]) -> None:
    """The one year and the one period; several different ones tell nothing."""
    told = [(spans.mentioned(line.text), line.cell) for line in lines]
    dated = [(mention.year, cell) for mention, cell in told if mention.year is not None]
    if len({year for year, _ in dated}) != 1:
        return
    title.year, title.year_cell = dated[0]
    parts = [(mention.part, cell) for mention, cell in told if mention.part]
    chosen = parts or [(mention.part, cell) for mention, cell in told if mention.part == ""]
    several = any(mention.doubtful for mention, _ in told)
    if title.year is not None and not several and len({part for part, _ in chosen}) == 1:
        part, title.period_cell = chosen[0]
        title.period = spans.period(title.year, part or "")


def _targets(lines: list[Told], names: Names) -> list[TargetInfo]:
    """The indicators named, by code or else by their whole names."""
    coded = [target for line in lines for target in names.mentioned(line.text)]
    found = coded or [target for line in lines for target in names.named_in(line.text)]
    return list(dict.fromkeys(found))


def unit_for(line: Told | None, register_unit: str) -> str:
    """The unit of a unit line that goes with an indicator: of several the one that fits."""
    if line is None:
        return ""
    several = [part.strip() for part in _SEVERAL_UNITS.split(line.text)]
    fitting = [part for part in several if units.ratio(part, register_unit) is not None]
    return fitting[0] if fitting and len(several) > 1 else line.text
