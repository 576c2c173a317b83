"""What a form says as the cells of a register file, so that it passes the very same checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from i18n.parsing import parse_number
from intake.cells import column_of
from intake.grid import NUMBER, TEXT, Cell, Sheet, Workbook

from .file_findings import ERROR, Finding

FORM = "form"
DOCUMENTS, DOCUMENT_FIELD = "documents", "doc_"
_HEAD, _ROW = 1, 2


@dataclass(slots=True)
class FormBook:
    """Rows of a form by table, what was understood of its numbers, and what is wrong with them.

    problems, echoes: field of the form -> one sentence.
    """

    lang: str = "vi"
    tables: dict[str, list[dict[str, str | float]]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    echoes: dict[str, str] = field(default_factory=dict)

    def add(self, table: str, row: Mapping[str, str | float]) -> None:
        """One more row of a table; its columns are those of the table's first row."""
        self.tables.setdefault(table, []).append(dict(row))

    def number(self, name: str, text: str, unit: str) -> str | float:
        """A typed number; what cannot be read is kept as the field's problem."""
        if not text.strip():
            return ""
        typed = parse_number(text, self.lang, unit)
        if typed.value is None:
            self.problems[name] = typed.echo
            return ""
        self.echoes[name] = typed.echo
        return typed.value

    def book(self) -> Workbook:
        """The cells."""
        return Workbook(FORM, [_sheet(name, rows) for name, rows in self.tables.items()])

    def place(self, one: Finding) -> str:
        """The field that a finding is about: the column of its table, "" for none.

        Fields of a new document begin with ``doc_``. Rows after the first of a table have their
        number behind it: ``value.3`` is the third's.
        """
        rows = self.tables.get(one.sheet, [])
        letters = one.cell.rstrip("0123456789")
        if not rows or not letters:
            return ""
        names = list(rows[0])
        column = column_of(letters) - 1
        name = names[column] if column < len(names) else ""
        if name and one.sheet == DOCUMENTS:
            name = f"{DOCUMENT_FIELD}{name}"
        row = int(one.cell[len(letters) :] or _ROW) - _ROW
        return name if row <= 0 or not name else f"{name}.{row + 1}"

    def blame(self, findings: Sequence[Finding]) -> None:
        """Keep the errors as problems of their fields."""
        for one in findings:
            if one.severity == ERROR:
                self.problems.setdefault(self.place(one), f"{one.message} {one.fix}".strip())


def _sheet(name: str, rows: Sequence[Mapping[str, str | float]]) -> Sheet:
    names = list(rows[0])
    cells = {_HEAD: {place: Cell(TEXT, column) for place, column in enumerate(names, start=1)}}
    for number, row in enumerate(rows, start=_ROW):
        cells[number] = {
            place: Cell(NUMBER if isinstance(row[column], float) else TEXT, row[column])
            for place, column in enumerate(names, start=1)
            if row.get(column, "") != ""
        }
    return Sheet(name, cells)
