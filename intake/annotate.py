"""The annotated workbook: the officer's own file with each mistake marked in its cell."""

from __future__ import annotations

import base64
import binascii
import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from i18n import findings as words

from . import child
from .findings import Finding
from .limits import MEGABYTE
from .plain_text import put_text
from .precheck import extension
from .sheets import FINDINGS_SHEET

HEADINGS = ("STT", "Mức", "Mã", "Trang", "Ô", "Nội dung", "Đề xuất sửa")
FILLS = {words.ERROR: "FFC7CE", words.WARNING: "FFEB9C", words.NOTE: "DDEBF7"}
OUTCOMES = {
    "accept": "Đạt – có thể lưu",
    "accept_with_warnings": "Cần xác nhận trước khi lưu",
    "reject": "Không nhận – phải sửa lỗi rồi tải lên lại",
}

CORRECTED = "Đã sửa"  # neither error nor warning: what a person typed over on the page
CORRECTED_FILL = "E2EFDA"
BLANK = "(trống)"

_WIDTHS = (6, 11, 7, 18, 8, 70, 60)
_PROGRAM = (sys.executable, "-X", "utf8", "-m", "intake.marking")
_LIMITS = child.Limits(seconds=40, megabytes=700)
_LARGEST = 4 * MEGABYTE  # above that the findings sheet alone, within seconds
_MARKED = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A workbook to take away.

    name: a file name for it. data: .xlsx bytes. whole: whether it is the officer's file with
    marks; else it holds the findings sheet alone.
    """

    name: str
    data: bytes
    whole: bool


class Typed(NamedTuple):
    """A cell that was typed over on the page: its text before and after, and who did it.

    number: what a number was read as, None for a text; a number stays one in the workbook.
    """

    sheet: str
    cell: str
    old: str
    new: str
    by: str = ""
    number: float | None = None

    def told(self) -> str:
        """“ba triệu” → “3.000.000”."""
        return f"“{self.old or BLANK}” → “{self.new or BLANK}”"


def annotated(
    data: bytes,
    name: str,
    findings: Sequence[Finding],
    outcome: str,
    counts: Mapping[str, int] | None = None,
    typed: Sequence[Typed] = (),
) -> Annotated:
    """The officer's .xlsx with marks, comments and the findings sheet in front.

    A cell that was typed over holds what was typed, so that the workbook gives the figures that
    the page showed; its comment says what stood there. Other types of files, files that were
    refused unread, and files too large to be opened whole get the findings sheet alone.

    Args:
        data: the bytes of the file that was checked.
        name: its name.
        findings: of the check.
        outcome: of the check.
        counts: findings by code where more were found than kept.
        typed: cells that were typed over.
    """
    summary = summary_of(outcome, counts or _counted(findings), len(findings))
    stem = name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].rsplit(".", 1)[0] or "tep"
    refused = any(f.code.startswith("F") and f.severity == words.ERROR and f.code != "F14"
                  for f in findings)  # fmt: skip
    if extension(name) in _MARKED and not refused and len(data) <= _LARGEST:
        marked = _marked(data, name, findings, summary, typed)
        if marked:
            return Annotated(f"{stem} - đã đánh dấu.xlsx", marked, whole=True)
    book = Workbook()
    sheet = book.create_sheet(FINDINGS_SHEET, 0)
    del book[book.sheetnames[-1]]
    write_findings(sheet, [row_of(f) for f in findings], summary, frozenset(), typed)
    out = io.BytesIO()
    book.save(out)
    return Annotated(f"{stem} - kết quả kiểm tra.xlsx", out.getvalue(), whole=False)


def row_of(finding: Finding) -> list[str]:
    """What the findings sheet says of one: severity, code, sheet, cell, message, fix."""
    return [
        finding.severity,
        finding.code,
        finding.sheet,
        finding.cell,
        finding.message,
        finding.fix,
    ]


def summary_of(outcome: str, counts: Mapping[str, int], kept: int) -> list[str]:
    """The lines below the findings: outcome, how many of each, how many are not listed."""
    numbers = {
        level: sum(n for code, n in counts.items() if words.severity(code) == level)
        for level in words.SEVERITIES
    }
    told = ", ".join(f"{n} {words.severity_word(level).lower()}" for level, n in numbers.items())
    lines = [f"Kết quả: {OUTCOMES[outcome]}.", f"Gồm {told}."]
    more = sum(numbers.values()) - kept
    return [*lines, f"Còn {more} phát hiện nữa không liệt kê ở đây."] if more > 0 else lines


def _counted(findings: Iterable[Finding]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    return counts


def _marked(
    data: bytes, name: str, findings: Sequence[Finding], summary: list[str], typed: Sequence[Typed]
) -> bytes | None:
    """The file with its marks, made in a process of its own; None where that fails."""
    request: dict[str, Any] = {
        "findings": [row_of(f) for f in findings],
        "summary": summary,
        "typed": [list(one) for one in typed],
    }
    answer = child.run(data, name, request, limits=_LIMITS, program=_PROGRAM)
    if answer.report is None:
        return None
    try:
        return base64.b64decode(answer.report["file"], validate=True)
    except (KeyError, binascii.Error):
        return None


def write_findings(
    sheet: Worksheet,
    rows: Sequence[Sequence[str]],
    summary: Sequence[str],
    names: frozenset[str],
    typed: Sequence[Typed] = (),
) -> None:
    """Fill the findings sheet.

    Args:
        sheet: an empty sheet.
        rows: as ``row_of`` gives them.
        summary: lines below the findings.
        names: the sheets of the same workbook, to which cells are linked.
        typed: cells that were typed over, listed below the summary.
    """
    for column, (head, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True), 1):
        put_text(sheet.cell(1, column), head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, (level, *texts) in enumerate(rows, 1):
        line = (words.severity_word(level), *texts)
        _write_line(sheet, number + 1, number, line, FILLS[level], names)
    at = len(rows) + 3
    for offset, line_text in enumerate(summary):
        put_text(sheet.cell(at + offset, 1), line_text).font = Font(bold=True)
    _write_typed(sheet, at + len(summary) + 1, typed, names)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:G{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


def _write_typed(sheet: Worksheet, at: int, typed: Sequence[Typed], names: frozenset[str]) -> None:
    if not typed:
        return
    title = f"Ô đã sửa bằng tay trên trang Nhập số liệu ({len(typed)}):"
    put_text(sheet.cell(at, 1), title).font = Font(bold=True)
    for number, one in enumerate(typed, 1):
        by = f"Người sửa: {one.by}" if one.by else ""
        line = (CORRECTED, "", one.sheet, one.cell, one.told(), by)
        _write_line(sheet, at + number, number, line, CORRECTED_FILL, names)


def _write_line(
    sheet: Worksheet,
    at: int,
    number: int,
    line: Sequence[str],
    color: str,
    names: frozenset[str],
) -> None:
    """One numbered line: level, code, sheet, cell (a link), and two texts."""
    _level, _code, name, cell, *_texts = line
    fill = PatternFill("solid", fgColor=color)
    for column, text in enumerate((str(number), *line), 1):
        there = put_text(sheet.cell(at, column), text)
        there.alignment = Alignment(vertical="top", wrap_text=column >= 4)
        if column <= 3:
            there.fill = fill
        if column == 5 and cell and name in names:
            quoted = name.replace("'", "''")
            there.hyperlink = Hyperlink(ref=there.coordinate, location=f"'{quoted}'!{cell}")
            there.font = Font(color="0563C1", underline="single")
    sheet.cell(at, 1).value = number
