from __future__ import annotations

from pathlib import Path

import pytest

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


OUTSIDE = "\x01\x01C\x03Báo cáo\x03Tổng hợp.xls"


@pytest.mark.parametrize(
    ("tokens", "link"),
    [
        ("3a 0100 0000 00c0", "Tổng hợp.xls"),  # [1]Sheet1!A1
        ("5b 0100 0000 0900 0000 0000", "Tổng hợp.xls"),  # the same as a value, A1:A10
        ("1e 0500 17 02 00 6162 19 04 0100 0000 0000 3a 0100 0000 00c0 03", "Tổng hợp.xls"),
        ("3a 0000 0000 00c0", ""),  # a sheet of the file itself
        ("3a 0900 0000 00c0", ""),  # a place that is not there
        ("17 03 00 3a0100 1e 3a01 03", ""),  # the same bytes inside a text and a number
        ("44 0000 00c0 1e 0200 05", ""),  # A1*2
        ("ff ff ff", ""),
        ("", ""),
    ],
)
def test_formulas_of_an_old_workbook_that_read_another_name_it(tokens, link):
    book = OldWorkbook(link=OUTSIDE)
    book.number(1, 1, 3)
    book.formula(2, 2, 42.5, bytes.fromhex(tokens))
    book.formula(3, 2, 1)
    found = read(book.data(), "a.xls").sheets[0]
    assert found.rows == {
        1: {1: Cell(NUMBER, 3.0)},
        2: {2: Cell(NUMBER, 42.5, "", link)},
        3: {2: Cell(NUMBER, 1.0)},
    }


def test_an_array_formula_of_an_old_workbook_names_the_other_one_in_all_its_cells():
    book = OldWorkbook(link=OUTSIDE)
    for row in (1, 2, 3):
        book.formula(row, 1, row, bytes.fromhex("01 0000 0000"))
        if row == 1:
            book.array(1, 1, 2, bytes.fromhex("5b 0100 0000 0100 0000 0000"))
    rows = read(book.data(), "a.xls").sheets[0].rows
    assert [rows[row][1].link for row in (1, 2, 3)] == ["Tổng hợp.xls", "Tổng hợp.xls", ""]
