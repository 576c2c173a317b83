"""Tables of open data as CSV, Excel and JSON; text that a program would run as a formula is not.

One heading row of stable English names; numbers plain, days ISO, absent cells empty.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

CSV, XLSX, JSON = "csv", "xlsx", "json"
FORMATS = (CSV, XLSX, JSON)

Cell = str | int | float | bool | None
_RUNS = (
    r"[=+\-@\uff1d\uff0b\uff0d\uff20]"  # the last four are wide signs, which some programs take too
)
_UNSEEN = r"[\s\u200b\ufeff]*"
_LIKE_FORMULA = re.compile(rf"{_UNSEEN}{_RUNS}|[\t\r\n]")
# Spreadsheets of Vietnam cut a CSV at ";" and take no notice of our quotes then: whatever may
# come to stand first in a cell has to be harmless as well.
_AFTER_CUT = re.compile(rf"([;\t\r\n][\s\u200b\ufeff\"']*)({_RUNS})")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767  # signs that a cell of Excel can hold


@dataclass(frozen=True, slots=True)
class Data:
    """What is given away: columns and rows in their order, and facts about the whole.

    facts: names with values (as_of, data_version, demo), on a second sheet or around the rows.
    document: what JSON holds instead of rows, where it has a form of its own.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    facts: Mapping[str, Cell] = field(default_factory=dict)
    document: Mapping[str, object] | None = None


def render(data: Data, form: str) -> bytes:
    """The bytes of the file.

    Raises:
        ValueError: a form other than csv, xlsx, json.
    """
    match form:
        case "csv":
            return _csv(data)
        case "xlsx":
            return _xlsx(data)
        case "json":
            return _json(data)
        case _:
            raise ValueError(f"no form {form!r}: {', '.join(FORMATS)}")


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before = + - @ and tab.

    Signs that no workbook can hold are shown as such, not left to end the export.

    Source: OWASP, "CSV Injection".
    """
    text = _NOT_IN_XML.sub("\ufffd", text)
    return f"'{text}" if _LIKE_FORMULA.match(text) else text


def _csv(data: Data) -> bytes:
    """UTF-8 with a mark, so that Excel shows Vietnamese; lines end as RFC 4180 says."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(data.columns)
    writer.writerows([_cut_anywhere(_flat(cell)) for cell in row] for row in data.rows)
    return out.getvalue().encode("utf-8-sig")


def _cut_anywhere(cell: Cell) -> Cell:
    """A cell that stays harmless wherever a program cuts the line."""
    return _AFTER_CUT.sub(r"\1'\2", cell) if isinstance(cell, str) else cell


def _flat(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, bool):
        return int(cell)
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else cell


def _xlsx(data: Data) -> bytes:
    from openpyxl import Workbook  # 60 ms to import, for those who ask for a workbook only

    book = Workbook(write_only=True)
    sheet = book.create_sheet(data.name)
    sheet.freeze_panes = "A2"
    sheet.append(list(data.columns))
    for row in data.rows:
        sheet.append([_writable(cell) for cell in row])
    facts = book.create_sheet("info")
    for name, value in data.facts.items():
        facts.append([name, _writable(value)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _writable(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return harmless(cell)[:_LONGEST]
    return _flat(cell)


def _json(data: Data) -> bytes:
    document: Mapping[str, object] = data.document or {
        **data.facts,
        data.name: list(_objects(data)),
    }
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    return text.encode() + b"\n"


def _objects(data: Data) -> Iterable[dict[str, Cell]]:
    return (dict(zip(data.columns, row, strict=True)) for row in data.rows)
