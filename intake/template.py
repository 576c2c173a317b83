"""The official template SL-NHAP-1.0, filled in beforehand for targets, areas and a period."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from i18n.findings import shown

from .headings import HEAD, VALUE
from .long_header import TEMPLATE_SHEET, VERSION, VERSION_NAME
from .plain_text import put_text
from .request import Register
from .statuses import SHOWN

GUIDE_SHEET, LISTS_SHEET = "Hướng dẫn", "_danhmuc"
TITLE = "BIỂU NHẬP SỐ LIỆU CHỈ TIÊU TỈNH SƠN LA"
HEADINGS = tuple(HEAD.values())
HEAD_ROW = 4
SPARE_ROWS = 30  # rows below the filled ones, for figures that nobody foresaw

_WIDTHS = (13, 46, 14, 13, 24, 16, 13, 30, 30)
_PERIOD_COLUMN, _AREA_COLUMN, _VALUE_COLUMN, _STATUS_COLUMN = 4, 5, 6, 7
_FIRST_LIST_ROW = 2
_HEAD_FILL = PatternFill("solid", fgColor="1F4E5F")
_LOCKED_FILL = PatternFill("solid", fgColor="F2F4F5")
_LINE = Side(style="thin", color="BFC7CC")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MOST_COMMENTS = 2000


@dataclass(frozen=True, slots=True)
class LastKnown:
    """The last stored figure, shown beside the cell to fill: canonical period, value, status."""

    period: str
    value: float
    status: str

    def text(self, unit: str) -> str:
        """Số gần nhất: 2025 = 5.300.000 lượt (chính thức)."""
        named = unit if unit == "%" else f" {unit}"
        return f"Số gần nhất: {self.period} = {shown(self.value)}{named} ({SHOWN[self.status]})"


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One figure to be filled in.

    code, name, unit, decimals: of the indicator. period: canonical spelling. area: five-digit
    code, "" for the whole scope. value, status, source: filled in beforehand where given;
    status is estimate, preliminary, official or "".
    """

    code: str
    name: str
    unit: str
    period: str
    area: str = ""
    decimals: int = 1
    last: LastKnown | None = None
    value: float | None = None
    status: str = ""
    source: str = ""


def template(
    rows: Sequence[TemplateRow],
    register: Register,
    *,
    title: str = TITLE,
    subtitle: str = "",
    made_on: date | None = None,
) -> bytes:
    """The template as .xlsx bytes: Số liệu, Hướng dẫn and the hidden lists.

    Args:
        rows: the figures to ask for, in the order of the sheet.
        register: what the drop-down lists offer.
        title: of A1.
        subtitle: of A3, e.g. the agency and the period; "" for a short instruction.
        made_on: the day on which the last known figures were looked up.
    """
    book = Workbook(write_only=False)
    sheet = book.create_sheet(TEMPLATE_SHEET, 0)
    del book[book.sheetnames[-1]]
    lists = _lists_sheet(book, register, rows)
    _fill(sheet, rows, _area_texts(register), title, subtitle)
    _offer(sheet, len(rows), lists)
    _guide(book, rows, register, made_on)
    book.move_sheet(LISTS_SHEET, offset=1)
    book.defined_names[VERSION_NAME] = DefinedName(VERSION_NAME, attr_text=f"{LISTS_SHEET}!$A$1")
    book.active = 0
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def area_text(code: str, name: str) -> str:
    """How the template writes an area: 03664 - Chiềng An."""
    return f"{code} - {name}"


def _area_texts(register: Register) -> dict[str, str]:
    texts = {area.code: area_text(area.code, area.name) for area in register.areas}
    return {"": "", **texts}


def _fill(
    sheet: Worksheet, rows: Sequence[TemplateRow], areas: dict[str, str], title: str, subtitle: str
) -> None:
    put_text(sheet.cell(1, 1), title).font = Font(bold=True, size=14)
    put_text(sheet.cell(2, 1), f"Phiên bản mẫu: {VERSION}").font = Font(color="5B6670")
    hint = subtitle or "Điền các ô trắng; để trống Giá trị nếu chưa có số. Xem trang Hướng dẫn."
    put_text(sheet.cell(3, 1), hint)
    for column, (head, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True), 1):
        cell = put_text(sheet.cell(HEAD_ROW, column), head)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD_FILL
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[HEAD_ROW].height = 30
    for number, row in enumerate(rows):
        _fill_row(sheet, HEAD_ROW + 1 + number, row, areas, number < _MOST_COMMENTS)
    for number in range(SPARE_ROWS):
        _spare_row(sheet, HEAD_ROW + 1 + len(rows) + number)
    _set_up(sheet, HEAD_ROW + len(rows) + SPARE_ROWS)


def _fill_row(
    sheet: Worksheet, at: int, row: TemplateRow, areas: dict[str, str], with_comment: bool
) -> None:
    if row.area not in areas:
        raise ValueError(f"no area {row.area!r}")
    status = SHOWN[row.status] if row.status else ""
    texts = (row.code, row.name, row.unit, row.period, areas[row.area], None, status, row.source)
    for column, text in enumerate((*texts, ""), 1):
        cell: Any = sheet.cell(at, column)
        if text:
            put_text(cell, text)
        _style(cell, column, row.decimals, locked=column <= 3)
    if row.value is not None:
        sheet.cell(at, _VALUE_COLUMN).value = row.value
    if row.last and with_comment:
        comment = Comment(row.last.text(row.unit), "Hệ thống", width=260, height=60)
        sheet.cell(at, _VALUE_COLUMN).comment = comment


def _spare_row(sheet: Worksheet, at: int) -> None:
    for column in range(1, len(HEADINGS) + 1):
        _style(sheet.cell(at, column), column, 3, locked=False)


def _style(cell: Any, column: int, decimals: int, *, locked: bool) -> None:
    cell.border = _BOX
    cell.protection = Protection(locked=locked)
    cell.alignment = Alignment(vertical="center", wrap_text=column in (2, 8, 9))
    if locked:
        cell.fill = _LOCKED_FILL
    if column == _VALUE_COLUMN:
        cell.number_format = "#,##0" if decimals == 0 else "#,##0.0##"
    else:
        cell.number_format = "@"


def _set_up(sheet: Worksheet, last_row: int) -> None:
    """Panes, filter, print and protection."""
    last = get_column_letter(len(HEADINGS))
    sheet.freeze_panes = f"C{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{last_row}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.print_area = f"A1:{last}{last_row}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.oddFooter:
        sheet.oddFooter.right.text = "Trang &P/&N"
    guard = sheet.protection
    guard.sheet = True
    guard.formatColumns = guard.formatRows = guard.formatCells = False
    guard.sort = guard.autoFilter = guard.insertRows = guard.deleteRows = False


def _lists_sheet(book: Workbook, register: Register, rows: Sequence[TemplateRow]) -> dict[int, str]:
    """Write the hidden lists; column of the data sheet -> the range that it chooses from."""
    sheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    put_text(sheet.cell(1, 1), VERSION)
    columns: dict[int, list[str]] = {
        1: [t.code for t in register.targets],
        2: [t.names[0] for t in register.targets],
        3: [t.unit for t in register.targets],
        4: sorted({row.period for row in rows}),
        5: list(SHOWN.values()),
        6: [text for text in _area_texts(register).values() if text],
    }
    for column, texts in columns.items():
        for offset, text in enumerate(texts):
            put_text(sheet.cell(_FIRST_LIST_ROW + offset, column), text)
    sources = {1: 1, _PERIOD_COLUMN: 4, _STATUS_COLUMN: 5, _AREA_COLUMN: 6}
    return {
        column: _range_of(source, len(columns[source]))
        for column, source in sources.items()
        if columns[source]
    }


def _range_of(column: int, count: int) -> str:
    letter = get_column_letter(column)
    return f"{LISTS_SHEET}!${letter}${_FIRST_LIST_ROW}:${letter}${_FIRST_LIST_ROW + count - 1}"


def _offer(sheet: Worksheet, filled: int, lists: dict[int, str]) -> None:
    """Drop-down lists; only the status insists, since the rest may be written in other ways."""
    last = HEAD_ROW + filled + SPARE_ROWS
    for column, source in lists.items():
        choice = DataValidation(type="list", formula1=f"={source}", allow_blank=True)
        choice.showErrorMessage = column == _STATUS_COLUMN
        choice.errorTitle = "Trạng thái"
        choice.error = "Chọn một trong: chính thức, sơ bộ, ước tính."
        sheet.add_data_validation(choice)
        letter = get_column_letter(column)
        choice.add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")


_INSTRUCTIONS = (
    "1. Mỗi dòng là một chỉ tiêu, một kỳ, một địa bàn. Không đổi tên trang và dòng tiêu đề.",
    "2. Kỳ báo cáo: 2026; 2026-H1 hoặc 6 tháng 2026; 2026-Q1 hoặc Quý I/2026; 2026-05; "
    "2026-9M hoặc 9 tháng 2026.",
    "3. Địa bàn để trống là toàn tỉnh (chỉ tiêu xây dựng Đảng: toàn Đảng bộ); "
    "xã, phường ghi mã 5 chữ số hoặc đúng tên hiện nay.",
    "4. Giá trị là số của đúng kỳ đó, theo đơn vị tính ghi ở cột C; tỷ lệ ghi 75, không ghi 0,75. "
    "Chưa có số thì để trống; bằng không thì ghi 0.",
    "5. Trạng thái: chính thức, sơ bộ hoặc ước tính. Số chính thức phải ghi Nguồn.",
    "6. Số gần nhất đã lưu nằm trong chú thích của ô Giá trị và ở cuối trang này.",
    "7. Dòng không có giá trị được bỏ qua. Có thể thêm dòng ở dưới.",
)


def _guide(
    book: Workbook, rows: Sequence[TemplateRow], register: Register, made_on: date | None
) -> None:
    sheet = book.create_sheet(GUIDE_SHEET)
    put_text(sheet.cell(1, 1), "HƯỚNG DẪN NHẬP SỐ LIỆU").font = Font(bold=True, size=14)
    for offset, text in enumerate(_INSTRUCTIONS, 2):
        put_text(sheet.cell(offset, 1), text)
    at = len(_INSTRUCTIONS) + 3
    put_text(sheet.cell(at, 1), "Ví dụ (không đọc):").font = Font(bold=True)
    _table_row(sheet, at + 1, HEADINGS, bold=True)
    example = ("DL-01", "Tổng lượt khách du lịch", "lượt", "2026-H1", "", "", "ước tính",
               "Báo cáo số 123/BC-SVHTTDL")  # fmt: skip
    _table_row(sheet, at + 2, example)
    sheet.cell(at + 2, HEADINGS.index(HEAD[VALUE]) + 1).value = 1234567
    _last_known(sheet, at + 4, rows, register, made_on)
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.protection.sheet = True


def _last_known(
    sheet: Worksheet,
    at: int,
    rows: Sequence[TemplateRow],
    register: Register,
    made_on: date | None,
) -> None:
    known = [row for row in rows if row.last][:_MOST_COMMENTS]
    if not known:
        return
    on = f" (tra ngày {made_on:%d/%m/%Y})" if made_on else ""
    put_text(sheet.cell(at, 1), f"Số gần nhất đã lưu{on}:").font = Font(bold=True)
    _table_row(sheet, at + 1, (*HEADINGS[:3], "Kỳ", *HEADINGS[4:7]), bold=True)
    areas = _area_texts(register)
    for offset, row in enumerate(known, at + 2):
        if row.last:
            texts = (row.code, row.name, row.unit, row.last.period, areas[row.area], "")
            _table_row(sheet, offset, (*texts, SHOWN[row.last.status]))
            cell = sheet.cell(offset, _VALUE_COLUMN)
            cell.value, cell.number_format = row.last.value, "#,##0.###"
            if row.decimals == 0:
                cell.number_format = "#,##0"


def _table_row(sheet: Worksheet, at: int, texts: Iterable[str], *, bold: bool = False) -> None:
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(at, column)
        cell.border = _BOX
        if text:
            put_text(cell, text).font = Font(bold=bold)
