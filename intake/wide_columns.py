"""The columns of a wide table: what each heading says of period, status, indicator and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from indicators.periods import Period

from . import spans, statuses, units
from .cells import brief
from .desk import Desk
from .grid import DATE, Cell
from .names import Meant
from .numerals import PERCENT
from .period_cells import period_of
from .request import TargetInfo
from .text import fold, plain, words_only
from .titles import Title

READ, PLAN, COMPARE, OTHER = "read", "plan", "compare", "other"

_COMPARE = re.compile(
    r"\b(?:so sanh|so voi|so cung|cung ky|ty le|ti le|ty trong|co cau|tang truong|chenh lech|tang"
    r"|giam|toc do|nam truoc|ky truoc|binh quan|luy ke|lui ke|cong don|nhiem ky)\b"
    r"|\b(?:th|uoc|uth|uoc th|thuc hien) ?/|/ ?(?:kh|th|ke hoach|thuc hien)\b"
    r"|%.*\b(?:kh|th|ke hoach|thuc hien)\b"
)
_PLAN = re.compile(
    r"\b(?:ke hoach|kh|muc tieu|du kien|phan dau|du toan|duoc giao|giao|chi tieu|nghi quyet|nq)\b"
)
_GROUP = re.compile(r"\bthuc hien ke hoach\b")
_RUNNING = re.compile(r"\b(?:luy ke|lui ke|cong don)\b")
_BRACKET = re.compile(r"\(([^()]*)\)")
_STATUS_WORDS = frozenset({
    "so", "lieu", "gia", "tri", "ket", "qua", "uoc", "tinh", "thuc", "hien", "th", "uth", "bo",
    "chinh", "dat", "duoc",
})  # fmt: skip
_REACHED = re.compile(r"(?:dat|ty le dat|muc dat)(?: duoc)?(?: %)?")  # a share of the plan
_COUNTED = re.compile(r"(?:cac )?(quy|thang)")
_COUNT = re.compile(r"\d\d?|iv|iii|ii|i")


@dataclass(frozen=True, slots=True)
class Level:
    """One cell of a heading that stands above a column."""

    cell: Cell
    where: str

    @property
    def text(self) -> str:
        """What it says."""
        return brief(self.cell)


@dataclass(slots=True)
class DataColumn:
    """One column of a wide table.

    kind: read, plan, compare, other. period_cell, status_cell: the cells that tell them.
    target: the indicator that the heading or the title names. unit: what the heading's
    brackets say. problems: findings of the heading, told once a figure stands below it.
    """

    column: int
    heading: str
    where: str
    kind: str = OTHER
    period: Period | None = None
    period_cell: str = ""
    status: str = ""
    status_cell: str = ""
    target: TargetInfo | None = None
    unit: str = ""
    unit_cell: str = ""
    is_date: bool = False
    problems: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)


def data_column(
    desk: Desk,
    column: int,
    levels: list[Level],
    title: Title,
    *,
    areas_down: bool,
    given: str = "",
) -> DataColumn:
    """What a column is, from the heading cells above it, the top one first.

    Args:
        desk: knows the indicators.
        column: its number.
        levels: the heading cells that say something.
        title: what the lines above the table tell.
        areas_down: the rows are areas, so that headings or the title name the indicator.
        given: what an officer said of it: figure, figure:2026-H1, figure:2026-H1:official.
    """
    unit, unit_cell, levels = _unit(desk, levels)
    last = levels[-1]
    found = DataColumn(column, " – ".join(level.text for level in levels), last.where)
    rest = _texts(levels)
    if areas_down:
        rest = _find_target(desk, found, levels, title)
    found.unit, found.unit_cell = unit, unit_cell
    if given:
        _take_given(found, given, title)
        return found
    found.kind = _aside(rest)
    if found.kind and found.kind != PLAN:
        return found
    if found.problems and found.target is None:
        found.kind = READ  # told at the heading once a figure stands below it
        return found
    _find_status(found, levels, rest, title)
    if not areas_down:
        found.status_cell = found.where
    if not _find_period(desk, found, levels, rest, title, areas_down):
        found.kind = found.kind or OTHER
    found.kind = found.kind or READ
    return found


def _texts(levels: list[Level]) -> list[str]:
    """What the levels say; a bare number below "Quý" or "Tháng" is completed."""
    texts = [level.text for level in levels]
    if len(texts) > 1 and _COUNT.fullmatch(fold(texts[-1])):
        counted = _COUNTED.fullmatch(fold(texts[-2]))
        if counted:
            texts[-1] = f"{counted[1]} {texts[-1]}"
    return texts


def _find_target(desk: Desk, found: DataColumn, levels: list[Level], title: Title) -> list[str]:
    """The indicator of a heading, else the title's; what the headings say besides."""
    rest = []
    for level in reversed(levels):
        meant, remaining = _named(desk, level.text) if not found.target else (None, level.text)
        if meant:
            found.target = meant.target
            if meant.code:
                found.problems.append((meant.code, level.where, meant.args))
        rest.append(remaining)
    if not found.problems:
        found.target = found.target or title.target
    return rest[::-1]


def _named(desk: Desk, text: str) -> tuple[Meant | None, str]:
    """The indicator that a heading names, and what is left of its text."""
    coded = desk.names.mentioned(text)
    bare = plain(_BRACKET.sub(" ", text)).strip(" :-–")
    if len(coded) == 1:
        other = desk.names.meant(coded[0].code, _after_code(bare))
        return (other if other.code else Meant(coded[0])), _without_names(text)
    meant = desk.names.by_name(bare) if bare and not coded else None
    if meant and meant.code != "I03":
        return meant, ""
    inside = desk.names.named_in(text)
    if len(inside) == 1:
        return Meant(inside[0]), _without_names(text)
    return None, text


def _after_code(text: str) -> str:
    """A heading's text behind its code: the name that stands beside it."""
    return re.sub(r"^\W*[^\W\d_]{2,6}[ –-]{0,3}\d{1,3}[ :.–-]*", "", text)


def _without_names(text: str) -> str:
    """Of a heading that names its indicator only what can still be a period or a status."""
    mention = spans.mentioned(text)
    words = " ".join(m[0] for m in _PLAN.finditer(fold(text)))
    kept = re.findall(r"(?:năm|tháng|quý|cả năm|thực hiện|ước|sơ bộ|chính thức|[\dIVX/]+)", text)
    return " ".join([*kept, words]) if mention.year or mention.part or words or kept else ""


def _unit(desk: Desk, levels: list[Level]) -> tuple[str, str, list[Level]]:
    """The unit that brackets or a heading of its own tell, its cell, and the other headings."""
    known = frozenset(t.unit for t in desk.request.register.targets)
    own = [level for level in levels if units.is_known(level.text, known)]
    rest = [level for level in levels if level not in own] or levels
    for level in reversed(levels):
        for inside in (level.text, *_BRACKET.findall(level.text)):
            if units.is_known(inside, known):
                return plain(inside).strip("()"), level.where, rest
    return "", "", rest


def _take_given(found: DataColumn, given: str, title: Title) -> None:
    """What an officer said: ``figure`` and, where the heading does not tell, period and status."""
    _, _, rest = given.partition(":")
    period, _, status = rest.partition(":")
    found.kind = READ
    found.period = spans.of_cell(period) if period else title.period
    found.status = status or statuses.in_heading(found.heading) or title.status
    found.period_cell = found.status_cell = found.where


def _aside(texts: list[str]) -> str:
    """Plan or compare for a column that holds no results, else ""."""
    folded = [fold(text) for text in texts]
    if len(folded) > 1:
        folded = [_GROUP.sub(" ", text) for text in folded[:-1]] + folded[-1:]
    whole = " | ".join(folded)
    if _RUNNING.search(whole) and spans.mentioned(texts[-1]).part in _JANUARY_ON:
        whole = _RUNNING.sub(" ", whole)
    reached = _REACHED.fullmatch(words_only(texts[-1]))
    if reached or _COMPARE.search(whole) or spans.mentioned(texts[-1]).doubtful:
        return COMPARE
    return PLAN if _PLAN.search(whole) else ""


_JANUARY_ON = frozenset({"H1", *(f"{n}M" for n in range(1, 12))})


def _find_status(found: DataColumn, levels: list[Level], texts: list[str], title: Title) -> None:
    for level, text in zip(reversed(levels), reversed(texts), strict=True):
        status = statuses.in_heading(_GROUP.sub(" ", fold(text)))
        if status:
            found.status, found.status_cell = status, level.where
            return
    found.status, found.status_cell = title.status, title.status_cell


def _find_period(
    desk: Desk,
    found: DataColumn,
    levels: list[Level],
    texts: list[str],
    title: Title,
    areas_down: bool,
) -> bool:
    """Set the period that the heading, with the title's help, gives; whether there is one."""
    found.period_cell = found.where
    cell = levels[-1].cell
    if cell.kind == DATE:
        found.period, code, args = period_of(cell, date_1904=desk.book.date_1904)
        found.is_date = True
        found.problems.append((code, found.where, args))
        return True
    mentions = [spans.mentioned(text) for text in reversed(texts)]
    if any(mention.doubtful for mention in mentions):
        return False
    year = next((m.year for m in mentions if m.year is not None), title.year)
    part = _part(mentions)
    if part is None and found.kind == PLAN:
        part = ""  # plans are set for years
    if part is not None and year is not None:
        found.period = spans.period(year, part)
        return True
    named = found.target is not None and found.target is not title.target
    silent = part is None and (
        named
        or all(
            _is_status(text)
            or _counts(text, title.target)
            or (areas_down and _shortens(text, title.target))
            for text in texts
        )
    )
    if silent and title.period and (found.target or not areas_down):
        found.period = title.period
        found.period_cell = title.period_cell if areas_down else found.where
        return True
    if named:
        found.problems.append(("P02", found.where, {"text": found.heading}))
    return named


def _is_status(text: str) -> bool:
    """Whether a heading says nothing but what kind of figures stand below it."""
    words = words_only(_BRACKET.sub(" ", text)).split()
    return bool(words) and _STATUS_WORDS.issuperset(words)


def _counts(text: str, target: TargetInfo | None) -> bool:
    """Whether a heading only says what the title's indicator counts: "Số bác sĩ/trạm"."""
    said = units.parse(text.casefold().removeprefix("số "))
    wanted = units.parse(target.unit) if target else None
    return bool(said and wanted and said.base == wanted.base != PERCENT)


def _shortens(text: str, target: TargetInfo | None) -> bool:
    """Whether a heading is the title's indicator in short: "Độ bao phủ (%)", "Số bác sĩ"."""
    words = words_only(_BRACKET.sub(" ", text)).split()
    return bool(words and target) and any(
        set(words) <= set(words_only(name).split()) for name in (target.names if target else ())
    )


def _part(mentions: list[spans.Mention]) -> str | None:
    """The part of the year that the lowest level tells; a year alone means the whole of it."""
    parts = [m.part for m in mentions if m.part]
    if mentions and mentions[0].part == "" and mentions[0].year is None:
        return ""  # "Cả năm" below a half-year
    if parts:
        return parts[0]
    return "" if any(m.part == "" for m in mentions) else None
