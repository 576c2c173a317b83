"""The child's side of ``annotate``: opens the officer's workbook, marks it, hands it back."""

from __future__ import annotations

import base64
import io
import json
import warnings
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import PatternFill
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from i18n import findings as words

from .annotate import CORRECTED, CORRECTED_FILL, FILLS, Typed, write_findings
from .inside import serve_bytes
from .limits import MEGABYTE
from .plain_text import LIKE_FORMULA, put_text
from .sheets import FINDINGS_SHEET

AUTHOR = "Hệ thống"
_LONGEST_COMMENT = 1500
_MOST_XML = 30 * MEGABYTE
_BETWEEN = "\n——\n"
_OURS = (*(f"{words.severity_word(level)} " for level in words.SEVERITIES), f"{CORRECTED} ")
_FILLS = frozenset(f"00{color}" for color in (*FILLS.values(), CORRECTED_FILL))
_TOO_LARGE = b'{"stopped":"too large to be opened whole"}'

Row = Sequence[str]  # severity, code, sheet, cell, message, fix


class _InMemory(ExcelWriter):
    """Writes sheets without temporary files, which this process may not make."""

    _archive: Any

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet into the archive."""
        ws._drawing, out = SpreadsheetDrawing(), io.BytesIO()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer: Any = WorksheetWriter(ws, out=out)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


def mark(data: bytes, _name: str, request: dict[str, Any]) -> bytes:
    """The marked workbook as the one line of JSON that the parent waits for."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_XML:
            return _TOO_LARGE
    warnings.simplefilter("ignore")  # of what openpyxl does not keep
    typed = [Typed(*one) for one in request.get("typed", ())]
    book = marked(data, request["findings"], request["summary"], typed)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        _InMemory(book, archive).save()
    file = base64.b64encode(out.getvalue()).decode("ascii")
    return json.dumps({"report": {"file": file}}).encode("ascii")


def marked(
    data: bytes, findings: Sequence[Row], summary: Sequence[str], typed: Sequence[Typed] = ()
) -> Workbook:
    """The officer's workbook with comments, fills and the findings sheet in front."""
    book = load_workbook(io.BytesIO(data), keep_vba=False, keep_links=False)
    for name in [n for n in book.sheetnames if n == FINDINGS_SHEET]:
        del book[name]
    linked = any(_drop_marks(sheet) for sheet in book.worksheets)
    if linked:
        _freeze_links(book, data)
    by_cell: dict[tuple[str, str], list[Row]] = {}
    for row in findings:
        if row[2] and row[3]:
            by_cell.setdefault((row[2], row[3]), []).append(row)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    over = {(one.sheet, one.cell): one for one in typed}
    for name, cell in dict.fromkeys((*over, *by_cell)):
        if name in sheets:
            _mark_cell(sheets[name], cell, by_cell.get((name, cell), []), over.get((name, cell)))
    front = book.create_sheet(FINDINGS_SHEET, 0)
    write_findings(front, findings, summary, frozenset(sheets), typed)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is front
    book.active = 0
    book.calculation.fullCalcOnLoad = True
    return book


def _drop_marks(sheet: Worksheet) -> bool:
    """Take away what an earlier check left, guard text; whether a formula names another file."""
    linked = False
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell, MergedCell):
                continue
            if cell.comment and cell.comment.text.startswith(_OURS):
                _drop_mark(cell)
            if isinstance(cell.value, str) and cell.value.startswith(LIKE_FORMULA):
                if cell.data_type == "f":
                    linked = linked or "[" in cell.value
                else:
                    cell.quotePrefix = True
    return linked


def _drop_mark(cell: Any) -> None:
    _, _, own = cell.comment.text.partition(_BETWEEN)
    cell.comment = Comment(own, AUTHOR) if own else None
    if cell.fill.fgColor.rgb in _FILLS:
        cell.fill = PatternFill()


def _freeze_links(book: Workbook, data: bytes) -> None:
    """Put the saved value in the place of each formula that names another workbook."""
    saved = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f" and isinstance(cell.value, str) and "[" in cell.value:
                    value = saved[sheet.title][cell.coordinate].value
                    cell.value = value
                    if isinstance(value, str):
                        cell.data_type = "s"


def _mark_cell(sheet: Worksheet, where: str, rows: Sequence[Row], typed: Typed | None) -> None:
    """One comment, the fill of the gravest finding, and what was typed over the cell."""
    cell: Any = sheet[where]
    if isinstance(cell, MergedCell):
        cell = next(
            (sheet[r.coord.split(":")[0]] for r in sheet.merged_cells.ranges if where in r), None
        )
        if cell is None:
            return
    rows = sorted(rows, key=lambda row: words.SEVERITIES.index(row[0]))
    lines = [f"{words.severity_word(level)} {code}: {message}\n→ {fix}"
             for level, code, _, _, message, fix in rows]  # fmt: skip
    if typed:
        _type_over(cell, typed)
        by = f" ({typed.by})" if typed.by else ""
        lines.append(f"{CORRECTED} trên trang Nhập số liệu: {typed.told()}{by}")
    text = "\n".join(lines)[:_LONGEST_COMMENT]
    if cell.comment:
        text = f"{text}{_BETWEEN}{cell.comment.text}"[: 2 * _LONGEST_COMMENT]
    cell.comment = Comment(text, AUTHOR, width=360, height=min(60 + 40 * len(lines), 300))
    color = FILLS[rows[0][0]] if rows else CORRECTED_FILL
    cell.fill = PatternFill("solid", fgColor=color)


def _type_over(cell: Any, typed: Typed) -> None:
    """What was typed in the cell's place, in its format.

    In a cell of a share 75 would be shown, and read again, as 7500%: there it stays a text.
    """
    if not typed.new:
        cell.value = None
    elif typed.number is not None and "%" not in cell.number_format:
        cell.value = typed.number
    else:
        put_text(cell, typed.new)


if __name__ == "__main__":
    serve_bytes(mark)
