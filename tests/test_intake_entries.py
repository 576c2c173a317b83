"""Rows typed into a form and cells corrected in the preview go through the same checks."""

from __future__ import annotations

import pytest

from intake.check import check, check_entries
from intake.entries import Entry, correct
from intake.grid import Workbook
from intake.request import Stored
from tests.intake_grids import TODAY, long_sheet, sheet
from tests.intake_store import CORPUS, stored_figures, the_register


def entered(*entries: Entry, stored: tuple[Stored, ...] = ()):
    result = check_entries(entries, the_register(), stored, TODAY)
    return {f"{f.code} {f.cell}" for f in result.findings}, result


def test_typed_rows_are_read_and_a_typed_number_is_no_finding():
    told, result = entered(
        Entry("DL-03", "2026-H1", "3.985,5", status="sơ bộ", source="BC 12"),
        Entry("MT-01", "2026", "44", area="03646", status="ước tính"),
    )
    assert told == {"C01 "}
    assert [(f.indicator, f.area, f.value, f.status) for f in result.figures] == [
        ("DL-03", "", 3985.5, "preliminary"),
        ("MT-01", "03646", 44.0, "estimate"),
    ]
    assert result.outcome == "accept"


def test_typed_rows_meet_the_rules_of_a_workbook():
    told, result = entered(
        Entry("DL-01", "2026-H1", "12,420", status="sơ bộ"),
        Entry("DL-01", "2027", "5"),
        Entry("DL-02", "2026-H1", ""),
        stored=(Stored("DL-01", "2026-H1", "", 5.0, "official"),),
    )
    assert told == {"V05 F2", "P03 D3", "T01 G3"}
    assert result.outcome == "reject"


def test_no_row_typed_is_nothing_to_store():
    assert entered()[0] == {"F14 "}


def test_a_corrected_cell_counts_in_the_place_of_what_stands_there():
    name = "d05_ambiguous_separators.xlsx"
    data = (CORPUS / name).read_bytes()
    typed = {"Số liệu": {"F8": "1510", "F9": "73,4"}}
    result = check(data, name, the_register(), stored_figures(), TODAY, corrections=typed)
    assert result.outcome == "accept_with_warnings"  # the English numbers are still asked about
    values = {f.cell: f.value for f in result.figures}
    assert (values["F8"], values["F9"]) == (1510.0, 73.4)


def test_a_cell_may_be_emptied_and_one_below_the_rest_be_filled():
    book = Workbook("xlsx", [long_sheet(("DL-01", "2026-Q3", "", 5)), sheet({3: ["x"]}, "B")])
    correct(book, {"Nhập": {"F2": ""}, "B": {"B2": "y", "AA9": "z"}})
    assert 6 not in book.sheets[0].rows[2]
    assert list(book.sheets[1].rows) == [2, 3, 9]
    assert book.sheets[1].rows[9][27].value == "z"


@pytest.mark.parametrize(("name", "cell"), [("Khác", "F2"), ("Nhập", "2F"), ("Nhập", "f2")])
def test_a_place_that_is_none_is_a_wrong_call(name, cell):
    with pytest.raises(ValueError, match="no "):
        correct(Workbook("xlsx", [long_sheet()]), {name: {cell: "5"}})
