"""The annotated workbook: the officer's own file with each mistake marked in its cell."""

from __future__ import annotations

import base64
import binascii
import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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


def annotated(
    data: bytes,
    name: str,
    findings: Sequence[Finding],
    outcome: str,
    counts: Mapping[str, int] | None = None,
) -> Annotated:
    """The officer's .xlsx with marks, comments and the findings sheet in front.

    Other types of files, files that were refused unread, and files too large to be opened
    whole get the findings sheet alone.

    Args:
        data: the bytes of the file that was checked.
        name: its name.
        findings: of the check.
        outcome: of the check.
        counts: findings by code where more were found than kept.
    """
    summary = summary_of(outcome, counts or _counted(findings), len(findings))
    stem = name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].rsplit(".", 1)[0] or "tep"
    refused = any(f.code.startswith("F") and f.severity == words.ERROR and f.code != "F14"
                  for f in findings)  # fmt: skip
    if extension(name) in _MARKED and not refused and len(data) <= _LARGEST:
        marked = _marked(data, name, findings, summary)
        if marked:
            return Annotated(f"{stem} - đã đánh dấu.xlsx", marked, whole=True)
    book = Workbook()
    sheet = book.create_sheet(FINDINGS_SHEET, 0)
    del book[book.sheetnames[-1]]
    write_findings(sheet, [row_of(f) for f in findings], summary, frozenset())
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
    data: bytes, name: str, findings: Sequence[Finding], summary: list[str]
) -> bytes | None:
    """The file with its marks, made in a process of its own; None where that fails."""
    request: dict[str, Any] = {"findings": [row_of(f) for f in findings], "summary": summary}
    answer = child.run(data, name, request, limits=_LIMITS, program=_PROGRAM)
    if answer.report is None:
        return None
    try:
        return base64.b64decode(answer.report["file"], validate=True)
    except (KeyError, binascii.Error):
        return None


def write_findings(
    sheet: Worksheet, rows: Sequence[Sequence[str]], summary: Sequence[str], names: frozenset[str]
) -> None:
    """Fill the findings sheet.

    Args:
        sheet: an empty sheet.
        rows: as ``row_of`` gives them.
        summary: lines below the findings.
        names: the sheets of the same workbook, to which cells are linked.
    """
    for column, (head, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True), 1):
        put_text(sheet.cell(1, column), head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, 1):
        _write_row(sheet, number, row, names)
    for offset, line in enumerate(summary, len(rows) + 3):
        put_text(sheet.cell(offset, 1), line).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:G{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


def _write_row(sheet: Worksheet, number: int, row: Sequence[str], names: frozenset[str]) -> None:
    level, code, name, cell, message, fix = row
    texts = (str(number), words.severity_word(level), code, name, cell, message, fix)
    fill = PatternFill("solid", fgColor=FILLS[level])
    for column, text in enumerate(texts, 1):
        at = put_text(sheet.cell(number + 1, column), text)
        at.alignment = Alignment(vertical="top", wrap_text=column >= 4)
        if column <= 3:
            at.fill = fill
        if column == 5 and cell and name in names:
            quoted = name.replace("'", "''")
            at.hyperlink = Hyperlink(ref=at.coordinate, location=f"'{quoted}'!{cell}")
            at.font = Font(color="0563C1", underline="single")
    sheet.cell(number + 1, 1).value = number
