"""XLS (Excel 97 and before) through xlrd: stored results, number formats, what is hidden."""

from __future__ import annotations

import struct
from collections.abc import Callable

import xlrd

from .cell_values import cell_of, is_blank
from .compound import MAGIC, Compound
from .faults import damaged, refused
from .grid import BOOL, ERROR, TEXT, Cell, Sheet, Workbook
from .limits import MAX_COLUMN, MAX_MERGES, MAX_NAMES, MAX_SHEETS, MAX_STYLES, MAX_VALUES
from .merges import drop_covered
from .number_formats import plain
from .xls_links import links_of

# xlrd checks little of what it reads: a broken file fails wherever its numbers lead.
_BROKEN = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
_MACROS = {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"}


class _Nowhere:
    """Takes what xlrd prints about a broken file."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        return None


def read_xls(data: bytes, tell: Callable[[float], None]) -> Workbook:
    """The workbook in the bytes of an XLS.

    Formulas come as their stored results; the file does not say which were never computed.

    Raises:
        Refused: F06 encrypted, F07 damaged, F11 beyond the limits.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=_Nowhere()
        )
        return _converted(book, data, tell)
    except _BROKEN as error:
        if "encrypted" in str(error):
            raise refused("F06") from None
        raise damaged("old_workbook") from None


def _converted(book: xlrd.Book, data: bytes, tell: Callable[[float], None]) -> Workbook:
    for what, number, limit in (
        ("sheets", book.nsheets, MAX_SHEETS),
        ("names", len(book.name_obj_list), MAX_NAMES),
        ("styles", len(book.xf_list), MAX_STYLES),
    ):
        if number > limit:
            raise refused("F11", what=what, number=number, limit=limit)
    formats = [_code(book, style.format_key) for style in book.xf_list]
    box = Compound(data) if data.startswith(MAGIC) else None
    macros = box is not None and bool(box.names & _MACROS)
    workbook = Workbook("xls", date_1904=bool(book.datemode), has_macros=macros)
    links = links_of(box.stream("Workbook") if box is not None else data)
    values = 0
    for index, source in enumerate(book.sheets()):
        sheet = _sheet(source, formats, workbook.date_1904)
        _hand_on(links.get(sheet.name, {}), sheet)
        values += sum(map(len, sheet.rows.values()))
        if values > MAX_VALUES:
            raise refused("F11", sheet.name, what="values", number=values, limit=MAX_VALUES)
        workbook.sheets.append(sheet)
        tell((index + 1) / book.nsheets)
    for name in book.name_obj_list:
        result = getattr(name, "result", None)
        workbook.names.setdefault(name.name, str(getattr(result, "text", "") or ""))
    return workbook


def _code(book: xlrd.Book, key: int) -> str:
    found = book.format_map.get(key)
    return plain(str(found.format_str)) if found is not None else ""


def _sheet(source: xlrd.sheet.Sheet, formats: list[str], date_1904: bool) -> Sheet:
    sheet = Sheet(str(source.name), hidden=source.visibility != 0)
    if len(source.merged_cells) > MAX_MERGES:
        number = len(source.merged_cells)
        raise refused("F11", sheet.name, what="merges", number=number, limit=MAX_MERGES)
    sheet.merged = [
        (top + 1, left + 1, bottom, right) for top, bottom, left, right in source.merged_cells
    ]
    for row in range(source.nrows):
        cells = {
            column: cell
            for column, found in enumerate(source.row(row), 1)
            if (cell := _cell(found, formats, date_1904)) is not None
        }
        if not cells:
            continue
        if max(cells) > MAX_COLUMN:
            raise refused("F11", sheet.name, what="column", number=max(cells), limit=MAX_COLUMN)
        sheet.rows[row + 1] = cells
        shown = source.rowinfo_map.get(row)
        if shown is not None and shown.hidden:
            sheet.hidden_rows.add(row + 1)
    sheet.hidden_columns = {
        column + 1 for column, shown in source.colinfo_map.items() if shown.hidden
    }
    drop_covered(sheet)
    return sheet


def _hand_on(links: dict[tuple[int, int], str], sheet: Sheet) -> None:
    for (row, column), link in links.items():
        cell = sheet.rows.get(row, {}).get(column)
        if cell is not None:
            sheet.rows[row][column] = cell._replace(link=link)


def _cell(found: xlrd.sheet.Cell, formats: list[str], date_1904: bool) -> Cell | None:
    code = formats[found.xf_index] if found.xf_index is not None else ""
    match found.ctype:
        case xlrd.XL_CELL_TEXT:
            text = str(found.value).replace("\0", "\ufffd")
            return None if is_blank(text) else Cell(TEXT, text, code)
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            return cell_of(float(found.value), code, date_1904=date_1904)
        case xlrd.XL_CELL_BOOLEAN:
            return Cell(BOOL, bool(found.value), code)
        case xlrd.XL_CELL_ERROR:
            name = xlrd.error_text_from_code.get(found.value, "#VALUE!")
            return Cell(ERROR, str(name), code)
        case _:
            return None
