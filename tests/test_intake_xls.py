from __future__ import annotations

from pathlib import Path

from intake.grid import BOOL, DATE, ERROR, NUMBER, TEXT, Cell
from intake.reading import read_workbook
from tests.old_workbook import OldWorkbook
from tests.packages import (
    read,
)

CORPUS = Path(__file__).parent / "data" / "intake" / "corpus"


def test_an_old_workbook_is_read_with_formats_and_what_is_hidden():
    book = OldWorkbook(formats=("0.0%", "mm/yyyy"))
    book.text(1, 1, "Tổng lượt khách")
    book.number(1, 2, 0.75, style=1)
    book.number(1, 3, 46143, style=2)
    book.error(2, 1, 7)
    book.truth(2, 2, True)
    book.blank(2, 3, 1)
    book.formula(3, 1, 42.5)
    book.number(5, 2, 9)
    book.merge(5, 1, 6, 2)
    book.hide_row(3)
    book.hide_column(2)
    found = read(book.data(), "a.xls").sheets[0]
    assert found.name == "Biểu 1"
    assert found.rows == {
        1: {
            1: Cell(TEXT, "Tổng lượt khách"),
            2: Cell(NUMBER, 0.75, "0.0%"),
            3: Cell(DATE, 46143.0, "mm/yyyy"),
        },
        2: {1: Cell(ERROR, "#DIV/0!"), 2: Cell(BOOL, True)},
        3: {1: Cell(NUMBER, 42.5)},
    }
    assert (found.hidden_rows, found.hidden_columns) == ({3}, {2})
    assert found.merged == [(5, 1, 6, 2)]


def test_an_old_workbook_of_the_1904_system_and_a_hidden_sheet():
    book = OldWorkbook(formats=("dd/mm/yyyy",), date_1904=True)
    book.number(1, 1, 44681, style=1)
    found = read(book.data(hidden=True), "a.xls")
    assert found.date_1904
    assert found.sheets[0].hidden
    assert found.sheets[0].rows[1][1].value == 46143.0


def test_an_old_workbook_that_is_cut_off_is_damaged_or_read():
    whole = (CORPUS / "d60_excel97.xls").read_bytes()
    codes = {
        found[0].code if isinstance(found := read_workbook(whole[:cut], "a.xls"), list) else ""
        for cut in range(0, len(whole), 97)
    }
    assert codes <= {"F07", ""}
    assert "F07" in codes
