"""The official template: what it looks like, and that what is filled in is what is read."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from intake.check import check_in_child
from intake.grid import Workbook
from intake.headings import HEAD
from intake.reading import read_workbook
from intake.request import Request
from intake.result import unpacked
from intake.template import (
    HEAD_ROW,
    HEADINGS,
    LastKnown,
    TemplateRow,
    template,
)
from tests.intake_store import the_register

REGISTER = the_register()
TARGETS = {target.code: target for target in REGISTER.targets}
LATER = date(2035, 1, 1)


def row(code: str, period: str = "2026", area: str = "", **more: Any) -> TemplateRow:
    target = TARGETS[code]
    return TemplateRow(
        code, target.names[0], target.unit, period, area, decimals=target.decimals, **more
    )


def filled(data: bytes, values: list[float], status: str = "ước tính") -> bytes:
    """The template with values typed into its rows, as an officer would."""
    book = load_workbook(io.BytesIO(data))
    for number, value in enumerate(values, HEAD_ROW + 1):
        book["Số liệu"].cell(number, 6).value = value
        book["Số liệu"].cell(number, 7).value = status
        book["Số liệu"].cell(number, 8).value = "Báo cáo"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def checked(data: bytes) -> dict[str, Any]:
    book = read_workbook(data, "mau.xlsx")
    assert isinstance(book, Workbook)
    return check_in_child(book, Request(REGISTER, (), LATER).to_json())


def areas_of(code: str) -> list[str]:
    """Every kind of area that an indicator has: its own ones, and the whole scope."""
    target = TARGETS[code]
    if target.by_area:
        return list(target.areas[:3])
    return ["", "03646"] if target.rollup == "share_of_areas" else [""]


PERIODS = ["2026", "2026-H1", "2026-H2", "2026-Q1", "2026-Q4", "2026-01", "2026-12", "2026-9M",
           "2026-11M", "2026-3M", "2027", "2030-H1"]  # fmt: skip


def test_every_indicator_period_and_area_comes_back_as_it_was_written():
    keys = [(c, p, a) for c in TARGETS for p in PERIODS for a in areas_of(c)]
    values = [_value(n, *key) for n, key in enumerate(keys)]
    data = filled(template([row(c, p, a) for c, p, a in keys], REGISTER), values)
    report = checked(data)
    read = {(f.indicator, f.period, f.area): f.value for f in unpacked(report["figures"])}
    assert read == dict(zip(keys, values, strict=True))
    assert all(
        f.status == "estimate" and f.source == "Báo cáo" for f in unpacked(report["figures"])
    )
    # invented figures may contradict each other, but each cell is understood
    assert {code[0] for code in report["counts"]} <= {"L", "C"}


def _value(number: int, code: str, _period: str, area: str) -> float:
    """A figure that the indicator may have."""
    target = TARGETS[code]
    if target.is_yes_no(area):
        return float(number % 2)
    if target.is_percent:
        return 10 + number % 80 + 0.25
    return float(number + 2) if target.counts_whole else number + 2 + 0.125


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["DL-03", "NL-01", "KT-04", "KT-02"]),
            st.sampled_from(PERIODS),
            st.decimals(1, 100, places=9).map(float),  # Excel keeps 15 digits
        ),
        min_size=1,
        max_size=8,
        unique_by=lambda one: one[:2],
    )
)
def test_any_number_typed_into_the_template_is_read_to_the_last_digit(rows):
    data = template([row(code, period) for code, period, _ in rows], REGISTER)
    report = checked(filled(data, [value for _, _, value in rows]))
    read = {(f.indicator, f.period): f.value for f in unpacked(report["figures"])}
    assert read == {(code, period): value for code, period, value in rows}


def test_the_empty_template_holds_no_figure_and_no_fault():
    report = checked(template([row("DL-01"), row("MT-01", area="03646")], REGISTER))
    assert report["counts"] == {"F14": 1}
    assert [sheet[1] for sheet in report["sheets"]] == ["template"]


def test_a_template_that_was_filled_in_beforehand_is_read_without_a_word():
    last = LastKnown("2025", 5300000.0, "official")
    data = template(
        [row("DL-01", "2026-H1", value=3262400.0, status="preliminary", source="BC 12", last=last)],
        REGISTER,
    )
    report = checked(data)
    assert report["outcome"] == "accept"
    assert report["counts"] == {}
    assert [(f.value, f.status, f.source) for f in unpacked(report["figures"])] == [
        (3262400.0, "preliminary", "BC 12")
    ]


def test_the_layout_is_that_of_the_contract():
    book = load_workbook(io.BytesIO(template([row("DL-01")], REGISTER, title="BIỂU NHẬP A")))
    sheet = book["Số liệu"]
    assert book.sheetnames == ["Số liệu", "Hướng dẫn", "_danhmuc"]
    assert (sheet["A1"].value, sheet["A2"].value) == (
        "BIỂU NHẬP A",
        "Phiên bản mẫu: SL-NHAP-1.0",
    )
    assert tuple(cell.value for cell in sheet[4]) == HEADINGS == tuple(HEAD.values())
    assert [cell.value for cell in sheet[5]][:5] == [
        "DL-01", "Tổng lượt khách du lịch", "lượt", "2026", None,
    ]  # fmt: skip
    assert book["_danhmuc"].sheet_state == "hidden"
    assert book["_danhmuc"]["A1"].value == "SL-NHAP-1.0"
    assert book.defined_names["phien_ban_mau"].attr_text == "_danhmuc!$A$1"
    guide = [cell.value for line in book["Hướng dẫn"].iter_rows() for cell in line if cell.value]
    assert "Ví dụ (không đọc):" in guide


def test_headings_are_locked_and_what_is_asked_for_is_open():
    sheet = load_workbook(io.BytesIO(template([row("DL-01")], REGISTER)))["Số liệu"]
    assert sheet.protection.sheet
    assert sheet["F4"].protection.locked
    assert sheet["A5"].protection.locked
    assert not any(sheet[cell].protection.locked for cell in ("D5", "F5", "G5", "H5", "I5", "A6"))
    assert sheet["D5"].number_format == "@"
    assert sheet["F5"].number_format == "#,##0"
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$4:$4", "landscape")


def test_the_lists_offer_codes_statuses_and_areas():
    book = load_workbook(io.BytesIO(template([row("DL-01")], REGISTER)))
    ranges = {
        str(v.sqref).split(":")[0]: v.formula1
        for v in book["Số liệu"].data_validations.dataValidation
    }
    offered = {}
    for cell, formula in ranges.items():
        found = re.fullmatch(r"=_danhmuc!\$(\w)\$(\d+):\$\w\$(\d+)", formula)
        column, first, last = found.groups()
        offered[cell] = [
            book["_danhmuc"][f"{column}{n}"].value for n in range(int(first), int(last) + 1)
        ]
    assert offered["A5"] == list(TARGETS)
    assert offered["G5"] == ["chính thức", "sơ bộ", "ước tính"]
    assert len(offered["E5"]) == 75
    assert "03664 - Chiềng An" in offered["E5"]


def test_the_last_known_figure_stands_beside_the_cell_and_in_the_guidance():
    last = LastKnown("2025", 3985.5, "official")
    book = load_workbook(io.BytesIO(template([row("DL-03", last=last)], REGISTER, made_on=LATER)))
    comment = book["Số liệu"]["F5"].comment.text
    assert comment == "Số gần nhất: 2025 = 3.985,5 tỷ đồng (chính thức)"
    texts = [cell.value for line in book["Hướng dẫn"].iter_rows() for cell in line]
    assert 3985.5 in texts
    assert "Số gần nhất đã lưu (tra ngày 01/01/2035):" in texts


def test_an_area_that_is_not_in_the_register_is_a_wrong_call():
    with pytest.raises(ValueError, match="99999"):
        template([row("MT-01", area="99999")], REGISTER)


def test_nothing_in_the_template_can_be_taken_for_a_formula():
    odd = TemplateRow("DL-01", "=cmd|' /C calc'!A0", "lượt", "2026")
    book = load_workbook(io.BytesIO(template([odd], REGISTER, title="=1+1")))
    sheet = book["Số liệu"]
    assert (sheet["A1"].data_type, sheet["B5"].data_type) == ("s", "s")
    assert sheet["B5"].value.startswith("'=")
