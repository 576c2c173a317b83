"""The template that people take away: the right rows, and readable when it comes back."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from services import uploads
from services.moments import moment, today_of
from services.templates import template

AS_OF = moment("2026-05-20")
HEAD_ROW = 4


@pytest.fixture
def sheet(untouched):
    """Makes a template; its rows as (code, period, area) and the sheet."""
    from services.chosen import assessment

    def made(**asked):
        wanted = {"periods": [], "areas": [], **asked}
        data = template(untouched, as_of=AS_OF, settings=assessment(), **wanted)
        found = load_workbook(io.BytesIO(data))["Số liệu"]
        rows = [
            (row[0].value, row[3].value, row[4].value or "")
            for row in found.iter_rows(min_row=HEAD_ROW + 1)
            if row[0].value
        ]
        return rows, found, data

    return made


def test_a_target_and_a_period_give_one_row_with_the_last_known_figure_beside(sheet):
    rows, found, _ = sheet(targets=["DL-01"], periods=["2026-H1"])
    assert rows == [("DL-01", "2026-H1", "")]
    assert "2025-10M" in found["F5"].comment.text  # 4,6 triệu lượt, 10 tháng 2025
    assert "4.600.000" in found["F5"].comment.text


def test_without_a_period_it_asks_for_the_one_that_is_due_next(sheet):
    # 20/05/2026: the reports of half a year are due before 5 June
    rows, _, _ = sheet(targets=["DL-01", "KT-01"])
    assert rows == [("DL-01", "2026-H1", ""), ("KT-01", "2026-H1", "")]


def test_a_target_that_areas_answer_has_a_row_for_each_of_its_areas(sheet):
    rows, _, _ = sheet(targets=["CN-01"], periods=["2026"])
    assert len(rows) == 8
    assert all(area[5:8] == " - " for _, _, area in rows)


def test_areas_that_are_named_leave_the_others_out(sheet):
    _, first, _ = sheet(targets=["CN-01"], periods=["2026"])
    code = first["E5"].value[:5]
    rows, _, _ = sheet(targets=["CN-01", "DL-01"], periods=["2026"], areas=[code])
    assert [(row[0], row[2][:5]) for row in rows] == [("CN-01", code), ("DL-01", "")]


def test_a_share_of_communes_is_asked_for_by_commune(sheet):
    every, _, _ = sheet(targets=["AN-01"], periods=["2026"])
    some, _, _ = sheet(targets=["AN-01"], periods=["2026"], areas=["03664", "03646"])
    assert (len(every), len(some)) == (75, 2)


@pytest.mark.parametrize(
    "asked",
    [
        {"targets": []},
        {"targets": ["XX-1"]},
        {"targets": ["DL-01"], "periods": ["2026-13"]},
        {"targets": ["DL-01"], "areas": ["99999"]},
    ],
)
def test_what_does_not_exist_is_refused(sheet, asked):
    with pytest.raises(ValueError, match=r"Không|Chưa"):
        sheet(**asked)


def test_a_template_filled_in_comes_back_without_a_finding(sheet, untouched):
    _, _, data = sheet(targets=["DL-01"], periods=["2026-H1"])
    book = load_workbook(io.BytesIO(data))
    page = book["Số liệu"]
    page["F5"], page["G5"], page["H5"] = 3_000_000, "ước tính", "Sở VHTTDL"
    out = io.BytesIO()
    book.save(out)
    result = uploads.check(
        untouched, out.getvalue(), "mau.xlsx", today=today_of(AS_OF), as_of=AS_OF
    )
    assert [(one.indicator, one.period, one.value) for one in result.figures] == [
        ("DL-01", "2026-H1", 3_000_000.0)
    ]
    assert [one.code for one in result.findings] == ["P03"] or not result.findings
