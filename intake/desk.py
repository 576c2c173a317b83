"""One figure at a time: its parts are judged together and, where all are known, it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from indicators.model import OFFICIAL, PROVINCE
from indicators.periods import Period

from . import units
from .cells import address
from .findings import Collector
from .grid import Cell, Workbook
from .names import Names
from .numerals import LARGEST, PERCENT, Said, read
from .places import Place, Places
from .request import Request, TargetInfo
from .result import AsideColumn, Figure, SheetSeen, UnknownRow
from .statuses import SHOWN

LONGEST_TEXT, LONGEST_NAME = 2000, 500
MOST_UNKNOWN = 1000
ONE = Decimal(1)
_LIKE_FORMULA = ("=", "+", "-", "@", "\t")
_SMALLEST_SHARE = 10.0  # % below which a target's own figures can lie below 1 %


@dataclass(slots=True)
class Desk:
    """What the check of one file has gathered so far.

    undated: a sheet with a table none of whose columns has a period, "" for none.
    """

    request: Request
    book: Workbook
    names: Names
    places: Places
    out: Collector = field(default_factory=Collector)
    figures: list[Figure] = field(default_factory=list)
    plans: list[Figure] = field(default_factory=list)
    unknown: list[UnknownRow] = field(default_factory=list)
    aside: list[AsideColumn] = field(default_factory=list)
    sheets: list[SheetSeen] = field(default_factory=list)
    undated: str = ""
    filled: bool = False
    dates_read: bool = False

    @staticmethod
    def of(book: Workbook, request: Request) -> Desk:
        """An empty desk for a workbook."""
        return Desk(request, book, Names(request.register), Places(request.register))

    @property
    def today(self) -> date:
        """The day that stands for today."""
        return self.request.today

    @property
    def is_csv(self) -> bool:
        """Whether every number of the file is text."""
        return self.book.kind == "csv"

    def add_unknown(self, row: UnknownRow) -> None:
        """Keep a row for the preview, as long as the list is of use."""
        if len(self.unknown) < MOST_UNKNOWN:
            self.unknown.append(row)


class Where(Protocol):
    """The cells at which the findings of one figure stand; "" for none.

    shared: the cells of the parts count for other figures too, so that what is wrong with them
    is told once.
    """

    @property
    def value(self) -> str: ...  # noqa: D102
    @property
    def period(self) -> str: ...  # noqa: D102
    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def area(self) -> str: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def shared(self) -> bool: ...  # noqa: D102


class Cells(NamedTuple):
    """A ``Where`` whose cells are known beforehand."""

    value: str
    period: str
    status: str
    area: str
    unit: str
    shared: bool = False


class Span(NamedTuple):
    """A period with what is asked of it for every figure.

    text: its canonical spelling. open: whether it has not ended on the day of the check.
    """

    period: Period
    text: str
    year: int
    open: bool


class Parts(NamedTuple):
    """The parts of one figure as far as they are understood."""

    target: TargetInfo | None
    span: Span | None
    place: Place
    status: str
    unit: str
    source: str = ""
    note: str = ""


def take(desk: Desk, sheet: str, cell: Cell, parts: Parts, where: Where) -> bool:
    """Judge one value cell with its parts; whether a figure was read.

    Findings of the parts themselves (a period that is not understood, an unknown code) have
    been told; here are those of the value and of the parts together.
    """
    target, span, place, status, unit, source, note = parts
    factor: Decimal | None = ONE
    if unit and target:
        factor = units.ratio(unit, target.unit)
        if factor is None:
            said_units = {"unit": unit, "register_unit": target.unit, "code": target.code}
            _tell(desk, "U01", sheet, where.unit, said_units, where.shared, target.code)
    said = read(cell, target.unit if target else "", factor, csv=desk.is_csv)
    if said.findings:
        _tell_value(desk, sheet, where, said, unit)
    number = said.value
    if target is None or number is None or factor is None:
        _tell_area(desk, sheet, target, place, where)
        return False
    value = number if said.scaled or factor == 1 else units.converted(number, factor)
    if not -LARGEST <= value <= LARGEST:
        desk.out.add("V15", sheet, where.value, {"cell": where.value, "raw": repr(number)})
        return False
    _tell_area(desk, sheet, target, place, where)
    _tell_bounds(desk, sheet, where, target, place.code, value, said)
    if span is None or place.code is None:
        return False
    at = where.value
    raw = "" if cell.value == value else str(cell.value)
    desk.figures.append(
        Figure(sheet, at, target.code, span.text, place.code, value, status, source, note, raw)
    )
    if factor != 1 and not said.scaled:
        units_said = {"unit": unit, "register_unit": target.unit}
        _tell_shared(desk, "U02", sheet, where.unit, where, raw=number, value=value, **units_said)
    if span.year < target.term_start:
        term = f"từ năm {target.term_start}"
        _tell_shared(desk, "P05", sheet, where.period, where, period=span.text, term=term)
    if cell.link:
        desk.out.add("F13", sheet, at, {"cell": at, "link": cell.link})
    return True


def _tell_value(desk: Desk, sheet: str, where: Where, said: Said, unit: str) -> None:
    for code, args in said.findings:
        desk.out.add(code, sheet, where.value, {"cell": where.value, "unit": unit, **args})


def _tell_area(
    desk: Desk, sheet: str, target: TargetInfo | None, place: Place, where: Where
) -> None:
    """Findings of the area with the indicator."""
    code = place.code
    if target is None or code is None:
        return
    if code == PROVINCE:
        if target.by_area:
            args = {"code": target.code}
            _tell(desk, "A08", sheet, where.area, args, where.shared, target.code)
    elif not target.covers(code):
        args = {"area": desk.places.name_of(code), "code": target.code, "scope": _scope(target)}
        _tell(desk, "A07", sheet, where.area, args, where.shared, target.code)


def _tell(
    desk: Desk,
    code: str,
    sheet: str,
    cell: str,
    args: dict[str, Any],
    shared: bool,
    about: str = "",
) -> None:
    """A finding of a part, once where its cell counts for many figures."""
    if shared:
        desk.out.add_once(code, sheet, cell, args, about)
    else:
        desk.out.add(code, sheet, cell, args)


def _tell_shared(
    desk: Desk, code: str, sheet: str, cell: str, where: Where, **args: object
) -> None:
    _tell(desk, code, sheet, cell, args, where.shared)


def _scope(target: TargetInfo) -> str:
    if target.areas:
        return f"{len(target.areas)} xã, phường được nêu tên"
    return "Đảng bộ" if target.scope == "party_committee" else "toàn tỉnh"


def _tell_bounds(
    desk: Desk,
    sheet: str,
    where: Where,
    target: TargetInfo,
    area: str | None,
    value: float,
    said: Said,
) -> None:
    """What a figure of that indicator can never be, and what it hardly is."""
    code = target.code
    if area is None and target.may_be_yes_no:
        return  # which bounds hold depends on the area
    if target.is_yes_no(area or PROVINCE):
        if value not in (0, 1):
            desk.out.add("V16", sheet, where.value, {"code": code, "value": value})
        return
    if target.minimum is not None and value < target.minimum:
        desk.out.add("V11", sheet, where.value, {"code": code, "value": value})
    if target.unit == PERCENT:
        if target.maximum is not None and value > target.maximum:
            desk.out.add("V10", sheet, where.value, {"value": value})
        if 0 < value <= 1 and not said.percent and target.low >= _SMALLEST_SHARE:
            percent = units.converted(value, Decimal(100))
            args = {"code": code, "value": value, "percent": percent}
            desk.out.add("V13", sheet, where.value, args)
    elif value % 1 and target.counts_whole and float(f"{value:.15g}") % 1:
        args = {"code": code, "unit": target.unit, "value": value}
        desk.out.add("V12", sheet, where.value, args)


def span_of(desk: Desk, period: Period) -> Span:
    """A period with what is asked of it."""
    return Span(period, period.text, period.year, period.end > desk.today)


def tell_period(desk: Desk, sheet: str, span: Span, status: str, where: Where) -> None:
    """P03 and P04: a period that has not begun, or has not ended and is called official."""
    if span.period.start > desk.today:
        args = {"period": span.text, "today": f"{desk.today:%d/%m/%Y}"}
        _tell(desk, "P03", sheet, where.period, args, where.shared)
    if span.open and status == OFFICIAL:
        args = {"period": span.text, "status": SHOWN[OFFICIAL]}
        _tell(desk, "P04", sheet, where.status, args, where.shared)


def tell_text(desk: Desk, sheet: str, row: int, column: int, text: str, limit: int) -> None:
    """N02 and N03: text that is too long, or looks like a formula."""
    if len(text) > limit:
        where = address(row, column)
        desk.out.add("N02", sheet, where, {"cell": where, "n": len(text), "limit": limit})
    if text.startswith(_LIKE_FORMULA) and text.strip() not in ("-", "–"):
        where = address(row, column)
        desk.out.add("N03", sheet, where, {"cell": where, "char": text[0]})
