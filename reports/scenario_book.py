"""A scenario as an Excel workbook with live formulas: change an assumption, the years follow."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from i18n.labels import unit_text
from i18n.words import Words, words
from indicators.scenarios import Limits, Start, Trajectory, trajectory
from indicators.scenarios_formula import Formula
from indicators.scenarios_shapes import Delay, Effect, Growth, Shape, Steps
from indicators.scenarios_units import read_unit

from . import scenario_cells as cells
from .open_data import harmless

_HEAD, _INPUTS = 8, "B"
_MARK = PatternFill("solid", fgColor="FFE9A8")
_TYPED = PatternFill("solid", fgColor="E4EDF8")
_BOLD = Font(bold=True)


@dataclass(frozen=True, slots=True)
class Target:
    """One target's sheet. path: year -> value the path asks for. shape: None where it follows."""

    code: str
    name: str
    unit: str
    decimals: int
    asked: str
    aim: float
    start: Start
    period: str
    course: Trajectory
    limits: Limits
    shape: Shape | None = None
    effects: Sequence[Effect] = ()
    path: Mapping[int, float] = field(default_factory=dict)
    given_by: Formula | None = None


@dataclass(frozen=True, slots=True)
class Driver:
    """One driver's row of years."""

    name: str
    unit: str
    years: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Book:
    """What the workbook holds; facts: lines on its first sheet, as the day of the data."""

    name: str
    note: str
    facts: Sequence[str]
    targets: Sequence[Target]
    drivers: Sequence[Driver] = ()


def render(book: Book, lang: str = "vi") -> bytes:
    """The bytes of the workbook; every sheet says that it is a trial sum."""
    _ = words(lang)
    made = Workbook()
    front = made.active
    if not isinstance(front, Worksheet):
        raise ValueError("a new workbook without a sheet")
    front.title = _("scenario.book.front")
    _marked(front, book.name or _("scenario.page.unnamed"), _)
    for row, text in enumerate([book.note, *book.facts], 4):
        front.cell(row, 1, harmless(text))
    front.column_dimensions["A"].width = 90
    places: dict[str, dict[int, str]] = {}
    if book.drivers:
        _drivers(made.create_sheet(_("scenario.book.drivers")), book.drivers, places, _)
    for one in sorted(book.targets, key=lambda target: target.given_by is not None):
        _target(made.create_sheet(one.code), one, places, book, _)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _marked(sheet: Worksheet, title: str, _: Words) -> None:
    sheet["A1"] = _("scenario.book.mark")
    sheet["A1"].fill, sheet["A1"].font = _MARK, _BOLD
    sheet["A2"] = harmless(title)
    sheet["A2"].font = Font(bold=True, size=14)
    if sheet.oddHeader is not None:
        sheet.oddHeader.center.text = _("scenario.book.mark")


def _drivers(
    sheet: Worksheet, drivers: Sequence[Driver], places: dict[str, dict[int, str]], _: Words
) -> None:
    _marked(sheet, _("scenario.book.drivers"), _)
    years = sorted({year for one in drivers for year in one.years})
    sheet.cell(4, 1, _("scenario.col.name")).font = _BOLD
    for column, year in enumerate(years, 2):
        sheet.cell(4, column, year).font = _BOLD
    for row, one in enumerate(drivers, 5):
        sheet.cell(row, 1, harmless(f"{one.name} ({one.unit})"))
        places[one.name] = {}
        for column, year in enumerate(years, 2):
            if year in one.years:
                cell = sheet.cell(row, column, one.years[year])
                cell.fill = _TYPED
                places[one.name][year] = f"'{sheet.title}'!{cell.coordinate}"
    sheet.column_dimensions["A"].width = 36


def _target(
    sheet: Worksheet, one: Target, places: dict[str, dict[int, str]], book: Book, _: Words
) -> None:
    _marked(sheet, f"{one.code} · {one.name}", _)
    sheet["A3"] = harmless(f"{one.asked} ({unit_text(one.unit, _.lang)})")
    inputs = cells.Inputs(_INPUTS, _HEAD)
    start = inputs.cell("start", one.start.value)
    total = inputs.cell("total", one.start.total) if one.start.total is not None else ""
    rows = _rows(one, start, total, inputs, places, book)
    aim = inputs.cell("aim", one.aim)
    sheet.cell(_HEAD - 1, 1, _("scenario.book.assumptions")).font = _BOLD
    for line, (key, number) in enumerate(inputs.rows, _HEAD):
        sheet.cell(line, 1, _(f"scenario.book.{key}"))
        sheet.cell(line, 2, number).fill = _TYPED
    head = _HEAD + len(inputs.rows) + 1
    names = ("year", "base", "value", "path", "gap")
    for column, name in enumerate(names, 1):
        sheet.cell(head, column, _(f"scenario.book.col_{name}")).font = _BOLD
    style = "#,##0" + ("." + "0" * one.decimals if one.decimals else "")
    places[one.code] = {}
    for row, (year, plain, value) in enumerate(rows, head + 1):
        sheet.cell(row, 1, year)
        texts = [text.format(row=row, before=row - 1) if isinstance(text, str) else text
                 for text in (plain, value)]  # fmt: skip
        for column, text in enumerate([*texts, one.path.get(year), f"=C{row}-{aim}"], 2):
            sheet.cell(row, column, text).number_format = style
        places[one.code][year] = f"'{one.code}'!C{row}"
    for letter, width in zip("ABCDE", (44, 18, 18, 18, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    for cell in sheet[head]:
        cell.alignment = Alignment(wrap_text=True)


Row = tuple[int, "str | float | None", "str | float | None"]


def _rows(
    one: Target,
    start: str,
    total: str,
    inputs: cells.Inputs,
    places: Mapping[str, Mapping[int, str]],
    book: Book,
) -> list[Row]:
    """Year, base and value of each row; "{row}" stands for the row's own number."""
    if one.given_by is not None and one.given_by.result == one.code:
        return _derived(one, start, places, book)
    if one.shape is None:
        return [
            (year, None, v) for year, v in zip(one.course.years, one.course.values, strict=True)
        ]
    delays = [effect for effect in one.effects if isinstance(effect, Delay)]
    plain = trajectory(one.start, one.shape, one.course.years[-1], delays)
    formula = None
    if isinstance(one.shape, Steps) and total and not delays:
        formula = inputs.cell("amount", one.shape.amount)
    elif cells.has_formula(one.shape) and (not total or isinstance(one.shape, Growth)):
        since = f"MAX(0,$A{{row}}-{one.start.year}-({cells.late(one.effects, inputs)}))"
        formula = cells.base(one.shape, start, since, inputs, one.start.year)
    effect = cells.disturbed(one.effects, inputs)
    rows: list[Row] = []
    for place, (year, amount) in enumerate(zip(plain.years, plain.amounts, strict=True)):
        if place == 0 and not total:
            rows.append((year, None, f"={start}"))
            continue
        part = repr(one.start.open_share) if total and place == 0 else "1"
        base: str | float = amount if formula is None else f"=({formula})*{part}"
        moved = cells.held(effect("B{row}", "$A{row}", part), one.limits)
        before = f"{total if place == 0 else 'C{before}'}+" if total else ""
        rows.append((year, base, f"={before}{moved}"))
    return rows


def _derived(
    one: Target, start: str, places: Mapping[str, Mapping[int, str]], book: Book
) -> list[Row]:
    """The years of a target that an identity gives, each a formula over the other sheets."""
    formula = one.given_by
    units = {t.code: t.unit for t in book.targets} | {d.name: d.unit for d in book.drivers}
    rows: list[Row] = []
    for year, value in zip(one.course.years, one.course.values, strict=True):
        if year == one.course.years[0] or formula is None:
            rows.append((year, None, f"={start}"))
            continue
        there = {
            name: f"({places[name][year]}*{read_unit(units[name]).size!r})"
            for name in formula.inputs
            if year in places.get(name, {})
        }
        if len(there) < len(formula.inputs):
            rows.append((year, None, value))
            continue
        body = cells.identity(formula.body, there)
        rows.append((year, None, f"={body}/{read_unit(one.unit).size!r}"))
    return rows
