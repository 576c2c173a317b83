"""CSV: encoding and separator are found out; plain digits are numbers, everything else is text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable

from .cell_values import TextCells, column_letters, is_blank
from .encodings import text_of
from .faults import damaged, refused
from .grid import NUMBER, Cell, Sheet, Workbook
from .limits import MAX_COLUMN, MAX_FILE_BYTES, MAX_ROW, MAX_VALUES

_SEPARATORS = ",;\t|"
_SAMPLE_SIGNS, _SAMPLE_ROWS = 200_000, 200
_PLAIN_DIGITS = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_SAID = re.compile(r'"?sep=([,;\t|])"?\r?\n', re.IGNORECASE)
# Put behind the last row: where it does not come back alone, a quotation mark never closed.
_LAST = "\ue000"


def read_csv(data: bytes, tell: Callable[[float], None]) -> Workbook:
    """The rows of a CSV as a workbook of one sheet without a name.

    Rows count as in a spreadsheet: blank lines count, a line ``sep=;`` in front does not.

    Raises:
        Refused: F07 no encoding fits or a quotation mark never closes, F11 beyond the limits.
    """
    text, encoding = text_of(data)
    if "\0" in text:
        raise refused("F03", ext=".csv", kind="binary")
    said = _SAID.match(text)
    separator = said[1] if said else _separator(text[:_SAMPLE_SIGNS])
    sheet = Sheet("")
    _fill(sheet, text[said.end() :] if said else text, separator, tell)
    return Workbook("csv", sheets=[sheet], encoding=encoding, separator=separator)


def _separator(sample: str) -> str:
    """The separator with which most rows have the same number of columns, and many of them."""
    lines = sample.splitlines()[:_SAMPLE_ROWS]
    best, most = ",", 0
    for separator in _SEPARATORS:
        rows = csv.reader(lines, delimiter=separator)
        widths = Counter(len(row) for row in _safely(rows) if len(row) > 1)
        score = max((count * (width - 1) for width, count in widths.items()), default=0)
        if score > most:
            best, most = separator, score
    return best


def _safely(rows: Iterable[list[str]]) -> list[list[str]]:
    try:
        return list(rows)
    except csv.Error:
        return []


def _fill(sheet: Sheet, text: str, separator: str, tell: Callable[[float], None]) -> None:
    csv.field_size_limit(2 * MAX_FILE_BYTES)
    source = io.StringIO(text.rstrip("\r\n\x1a") + "\n" + _LAST, newline="")
    texts = TextCells()
    values, closed, total = 0, False, max(len(text), 1)
    for number, row in enumerate(csv.reader(source, delimiter=separator), 1):
        closed = row == [_LAST]
        if closed:
            break
        _refuse_far(number, row)
        cells = {
            column: cell
            for column, field in enumerate(row, 1)
            if (cell := _cell(field, texts)) is not None
        }
        if not cells:
            continue
        values += len(cells)
        if values > MAX_VALUES:
            raise refused("F11", what="values", number=values, limit=MAX_VALUES)
        sheet.rows[number] = cells
        if not number % 4096:
            tell(min(source.tell() / total, 1.0))
    if not closed:
        raise damaged("open_quote")


def _cell(field: str, texts: TextCells) -> Cell | None:
    digits = field.strip()
    if digits and _PLAIN_DIGITS.fullmatch(digits):
        return Cell(NUMBER, float(digits))
    return texts.cell(field)


def _refuse_far(number: int, row: list[str]) -> None:
    """Refuse the first field beyond the limits that is not blank."""
    if number <= MAX_ROW and len(row) <= MAX_COLUMN:
        return
    first = 1 if number > MAX_ROW else MAX_COLUMN + 1
    for column, field in enumerate(row[first - 1 :], first):
        if not is_blank(field):
            what, far, limit = (
                ("row", number, MAX_ROW) if number > MAX_ROW else ("column", column, MAX_COLUMN)
            )
            cell = f"{column_letters(column)}{number}"
            raise refused("F11", cell=cell, what=what, number=far, limit=limit)
