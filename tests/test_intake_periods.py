"""Periods as people write them, in cells of their own and in headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import periods
from intake.grid import DATE, NUMBER, TEXT, Cell
from intake.period_cells import period_of
from intake.spans import mentioned, of_cell


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026", "2026"),
        (" 2026 ", "2026"),
        ("Năm 2026", "2026"),
        ("2026-H1", "2026-H1"),
        ("6 tháng 2026", "2026-H1"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("6T/2026", "2026-H1"),
        ("6 tháng cuối năm 2026", "2026-H2"),
        ("2026-Q1", "2026-Q1"),
        ("Quý I/2026", "2026-Q1"),
        ("quý iii/2026", "2026-Q3"),
        ("Quý 1 năm 2026", "2026-Q1"),
        ("Q1/2026", "2026-Q1"),
        ("Q1-2026", "2026-Q1"),
        ("QUÍ IV NĂM 2026", "2026-Q4"),
        ("2026-05", "2026-05"),
        ("Tháng 5/2026", "2026-05"),
        ("T5/2026", "2026-05"),
        ("05/2026", "2026-05"),
        ("9 tháng 2026", "2026-9M"),
        ("9 tháng đầu năm 2026", "2026-9M"),
        ("2026-9M", "2026-9M"),
        ("10 tháng 2026", "2026-10M"),
        ("3 tháng 2026", "2026-3M"),
        ("12 tháng 2026", "2026"),
    ],
)
def test_a_period_is_understood_in_each_of_its_spellings(text, period):
    assert of_cell(text).text == period


@pytest.mark.parametrize(
    "text",
    [
        "", "năm nay", "2026-13", "Quý V/2026", "2025-2030", "giai đoạn 2021-2025", "T13/2026",
        "01/01/2026", "6 tháng đầu năm", "3 tháng cuối năm 2026", "0 tháng 2026", "13 tháng 2026",
        "26", "2026-00", "Quý I", "nhiệm kỳ 2025-2030", "2026-H3",
    ],
)  # fmt: skip
def test_terms_ranges_and_riddles_are_no_periods(text):
    assert of_cell(text) is None


@given(
    st.integers(2000, 2060),
    st.sampled_from(["", "-H1", "-H2", "-Q1", "-Q4", "-01", "-12", "-9M", "-11M"]),
)
def test_every_canonical_spelling_means_itself(year, part):
    text = f"{year}{part}"
    assert of_cell(text) == periods.parse(text)


@pytest.mark.parametrize(
    ("cell", "period", "code"),
    [
        (Cell(NUMBER, 2026.0), "2026", ""),
        (Cell(NUMBER, 2026.5), None, "P02"),
        (Cell(NUMBER, 202605.0), None, "P02"),
        (None, None, "P02"),
        (Cell(TEXT, "2026-H1"), "2026-H1", ""),
        # 18/07/1905 is the day with serial 2026: Excel made a date of the year
        (Cell(DATE, 2026.0, "dd/mm/yyyy"), "2026", "P06"),
        # 46023 = 01/01/2026, 46143 = 01/05/2026
        (Cell(DATE, 46023.0, "yyyy"), "2026", "P06"),
        (Cell(DATE, 46143.0, "mm/yyyy"), "2026-05", "P06"),
        (Cell(DATE, 46143.0, "mmm-yy"), "2026-05", "P06"),
        (Cell(DATE, 46143.0, "[$-42A]mmmm yyyy;@"), "2026-05", "P06"),
        (Cell(DATE, 46023.0, "dd/mm/yyyy"), None, "P07"),
        (Cell(DATE, 46023.0, "dd-mmm"), None, "P07"),
    ],
)
def test_a_cell_that_is_no_text_is_asked_about_or_refused(cell, period, code):
    found, finding, _ = period_of(cell, date_1904=False)
    assert (found and found.text, finding) == (period, code)


def test_a_year_that_excel_made_a_date_is_found_in_the_1904_system_too():
    # the reader moves serials by 1462 days, the number typed was 2026
    found, code, _ = period_of(Cell(DATE, 2026.0 + 1462, "dd/mm/yyyy"), date_1904=True)
    assert (found.text, code) == ("2026", "P06")


@pytest.mark.parametrize(
    ("text", "year", "part"),
    [
        ("Ước thực hiện năm 2026", 2026, ""),
        ("Thực hiện\n6 tháng", None, "H1"),
        ("Ước 6 tháng 2026", 2026, "H1"),
        ("TH 2025", 2025, ""),
        ("Cả năm", None, ""),
        ("Quý III", None, "Q3"),
        ("Tháng 5", None, "05"),
        ("KẾT QUẢ 9 THÁNG NĂM 2026", 2026, "9M"),
        ("Sơn La, ngày 02 tháng 12 năm 2026", None, None),
        ("Đến 30/6/2026", None, None),
        ("Nam", None, None),  # men, not the year
        ("Thực hiện", None, None),
    ],
)
def test_a_heading_tells_year_and_part_by_themselves(text, year, part):
    found = mentioned(text)
    assert (found.year, found.part, found.doubtful) == (year, part, False)


@pytest.mark.parametrize(
    "text", ["Ước TH 2026/TH 2025", "Giai đoạn 2021-2025", "Quý I và Quý II năm 2026"]
)
def test_a_heading_of_several_periods_is_no_period(text):
    assert mentioned(text).doubtful
