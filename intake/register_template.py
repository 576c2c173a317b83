"""The workbook in which new documents and targets are written down: headings, help, choices."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

HELP_ROW, HEAD_ROW = 2, 3
_ROWS = 300
_HEAD = PatternFill("solid", fgColor="E6ECF2")
_NEEDED = PatternFill("solid", fgColor="CFDCEB")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, one sentence of help, what may be chosen, whether it is needed."""

    heading: str
    help: str
    choices: tuple[str, ...] = ()
    needed: bool = False
    width: int = 18


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One sheet: its name, its title line, its columns, rows to begin with."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | float | None, ...], ...] = ()


def workbook(sheets: Sequence[TableSheet]) -> bytes:
    """The bytes of the workbook; needed columns have darker headings."""
    book = Workbook()
    for spare in book.worksheets:
        book.remove(spare)
    for one in sheets:
        _write(book.create_sheet(one.name), one)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, one: TableSheet) -> None:
    sheet["A1"] = one.title
    sheet["A1"].font = Font(bold=True, size=13)
    wrapped = Alignment(wrap_text=True, vertical="top")
    for place, column in enumerate(one.columns, start=1):
        letter = get_column_letter(place)
        help_cell = sheet.cell(HELP_ROW, place, column.help)
        help_cell.alignment = wrapped
        help_cell.font = Font(italic=True, size=9)
        head = sheet.cell(HEAD_ROW, place, column.heading)
        head.font = Font(bold=True)
        head.fill = _NEEDED if column.needed else _HEAD
        head.alignment = wrapped
        sheet.column_dimensions[letter].width = column.width
        if column.choices:
            listed = ",".join(column.choices)
            rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
            rule.showErrorMessage = False  # names of own lists may stand there too
            sheet.add_data_validation(rule)
            rule.add(f"{letter}{HEAD_ROW + 1}:{letter}{HEAD_ROW + _ROWS}")
    for number, row in enumerate(one.rows, start=HEAD_ROW + 1):
        for place, value in enumerate(row, start=1):
            sheet.cell(number, place, value)
    sheet.row_dimensions[HELP_ROW].height = 62
    sheet.freeze_panes = f"B{HEAD_ROW + 1}"
