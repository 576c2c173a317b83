"""Rules between figures: of the file, of the store, of both, at their bounds."""

from __future__ import annotations

import pytest

from intake.request import Stored
from tests.intake_cases import DL1, HTX
from tests.intake_grids import examine, long_sheet, sheet

File = tuple[str, ...]


def says(file: str, store: str = "") -> list[str]:
    """Findings of rows "DL-01 2026 5 [status] [@area]", one a ";", against stored ones."""
    rows = []
    for code, period, value, status, area in map(_parts, file.split(";")):
        rows.append((code, "", "", period, area, float(value), status or "ước tính", "BC"))
    stored = [
        Stored(code, period, area, float(value), status or "official")
        for code, period, value, status, area in map(_parts, filter(None, store.split(";")))
    ]
    found = examine(long_sheet(*rows), stored=stored).out.kept()
    return sorted(f"{f.code} {f.cell}".strip() for f in found)


def _parts(text: str) -> tuple[str, str, str, str, str]:
    said, _, area = text.strip().partition(" @")
    code, period, value, *status = said.split(maxsplit=3)
    return code, period, value, status[0] if status else "", area


Q = "DL-03 2026-Q1 {0};DL-03 2026-Q2 {0};DL-03 2026-Q3 {0};DL-03 2026-Q4 {0}"
GD = "GD-02 2026 70;GD-03 2026 72.5;GD-04 2026 75;GD-05 2026 90"


@pytest.mark.parametrize(
    ("file", "store", "want"),
    [
        ("DL-02 2026 6;DL-01 2026 5", "", "L01 F2"), ("DL-01 2026 5;DL-02 2026 6", "", "L01 F3"),
        ("DL-02 2026 5;DL-01 2026 5", "", ""), ("DL-02 2026 6", "DL-01 2026 5 estimate", "L01 F2"),
        ("DL-01 2026 5", "DL-02 2026 6 estimate", "L01 F2"),
        ("NL-02 2026 31;NL-01 2026 30", "", "L01 F2"),
        ("DL-02 2026-Q1 6;DL-01 2026 5", "", ""), ("DL-02 2026 6;DL-01 2025 5", "", ""),
        ("DL-02 2026 6;DL-01 2026 5;DL-01 2026 9", "", "L01 F2,D01 F4"),
        ("DL-02 2026 6 ước @Mai Sơn;DL-01 2026 5 ước @Mai Sơn", "", "L01 F2,A07 E2,A07 E3"),
        ("DL-02 2026 6;DL-01 2026 7", "DL-01 2026 5 estimate", "D06 F3"),
    ],
)  # fmt: skip
def test_a_part_is_never_greater_than_its_whole(file, store, want):
    assert says(file, store) == sorted(filter(None, want.split(",")))


@pytest.mark.parametrize(
    ("file", "store", "want"),
    [
        (f"GD-01 2026 95;{GD}", "", "L02 F2"), (f"{GD};GD-01 2026 69.9", "", "L02 F6"),
        (f"GD-01 2026 90;{GD}", "", ""), (f"GD-01 2026 70;{GD}", "", ""),
        (GD, "GD-01 2026 95 estimate", "L02 F2"), ("GD-01 2026 95", GD, "L02 F2"),
        ("GD-03 2026 72.5", f"GD-01 2026 95 estimate;{GD}", "L02 F2,D05 F2"),
        (f"GD-01 2026 95;{GD[:-14]}", "", ""), (f"GD-01 2025 95;{GD}", "", ""),
    ],
)  # fmt: skip
def test_a_mean_lies_between_its_parts_where_all_are_known(file, store, want):
    assert says(file, store) == sorted(filter(None, want.split(",")))


@pytest.mark.parametrize(
    ("file", "store", "want"),
    [
        ("KT-01 2026 5000", "KT-01 2025 1000", "L03 F2"),
        ("KT-01 2026 4999", "KT-01 2025 1000", ""),
        ("KT-01 2026 200", "KT-01 2025 1000", "L03 F2"), ("KT-01 2026 201", "KT-01 2025 1000", ""),
        ("NL-01 2026 60", "NL-01 2025 30", ""), ("NL-01 2026 60.1", "NL-01 2025 30", "L03 F2"),
        ("NL-01 2026 29.9", "NL-01 2025 60", "L03 F2"), ("NL-01 2026 5", "NL-01 2025 0.5", ""),
        ("KT-01 2026 5000", "KT-01 2025 4000;KT-01 2024 10", ""),
        ("KT-01 2026 5000", "KT-01 2024 10", "U06 F2"), ("KT-01 2025 9", "KT-01 2026 90", ""),
        ("DL-03 2026-H1 9", "DL-03 2025 90;DL-03 2025-H2 90", ""),
        ("KT-01 2026 9", "KT-01 2025 0", ""),
        ("DL-03 2026-H1 9", "DL-03 2025-H1 90", "L03 F2"), ("KT-01 2026 0", "KT-01 2025 90", ""),
        ("KT-02 2026 -30", "KT-02 2025 8", "L03 F2"),
        ("KT-01 2026 5000", "KT-01 2025 10", "U06 F2"),
        ("KT-01 2026 20000", "KT-01 2025 10", "U06 F2"),
        ("KT-01 2026 20010", "KT-01 2025 10", "L03 F2"),
        ("KT-01 2026 4990", "KT-01 2025 10", "L03 F2"),
        ("KT-01 2026 5", "KT-01 2025 5000", "U06 F2"),
        ("NL-01 2026 60", "NL-01 2025 0.06", "L03 F2"),
        ("YT-01 2026 9 ước @Mai Sơn", "YT-01 2025 1 official @04105", "L03 F2,C01"),
        ("YT-01 2026 9 ước @Yên Châu", "YT-01 2025 1 official @04105", "C01"),
    ],
)  # fmt: skip
def test_a_jump_is_told_against_the_same_part_of_the_latest_earlier_year(file, store, want):
    assert says(file, store) == sorted(filter(None, want.split(",")))


@pytest.mark.parametrize(
    ("file", "store", "want"),
    [
        ("DL-03 2026 9;DL-03 2026-H1 10", "", "L04 F2"),
        ("DL-03 2026 9", "DL-03 2026-05 10", "L04 F2"),
        ("DL-03 2026-05 10", "DL-03 2026 9 estimate", "L04 F2"),
        ("DL-03 2026 9;DL-03 2026-H1 9", "", ""),
        ("DL-03 2026-9M 9;DL-03 2026-Q3 10", "", "L04 F2"),
        ("DL-03 2026-9M 9;DL-03 2026-Q4 10", "", ""),
        ("DL-03 2026-H1 9", "DL-03 2026-05 10;DL-03 2026 8 estimate", "L04 F2"),
        ("DL-03 2026 9;DL-03 2026-H1 10;DL-03 2026-Q1 11", "", "L04 F2,L04 F3"),
        ("KT-01 2026 9;KT-01 2026-H1 10", "", ""),
        ("HTX-02 2026 9;HTX-02 2026-Q1 10", "", "L04 F2"),
        ("DT-01 2026 9;DT-01 2025-Q1 10", "", ""),
        ("DL-03 2026-05 10;DL-03 2026-06 10", "DL-03 2026-H1 9", "L04 F2,L04 F3"),
        ("DL-03 2026-H1 8;DL-03 2026-05 9", "DL-03 2026-05 4", "L04 F2,D03"),
    ],
)  # fmt: skip
def test_a_period_holds_no_less_than_one_inside_it(file, store, want):
    found = [text for text in says(file, store) if text[0] == "L"]
    assert found == sorted(text for text in want.split(",") if text[:1] == "L")


@pytest.mark.parametrize(
    ("file", "store", "want"),
    [
        (f"DL-03 2026 100;{Q.format(24)}", "", "L05 F2"),
        (f"DL-03 2026 100;{Q.format(24.75)}", "", ""),
        (f"DL-03 2026 100;{Q.format(25.3)}", "", "L05 F2"),
        (Q.format(24), "DL-03 2026 100 estimate", "L05 F5"),
        ("DL-03 2026 100;DL-03 2026-Q2 20", Q.format(20), "L05 F2,D05"),
        ("DL-03 2026-H1 100;DL-03 2026-Q1 20;DL-03 2026-Q2 20", "", "L05 F2"),
        ("DL-03 2026-Q2 20;DL-03 2026-Q1 20", "DL-03 2026-H1 100 estimate", "L05 F2"),
        ("DL-03 2026-H1 100;DL-03 2026-Q1 20", "", ""),
        ("DL-03 2026-07 1", f"DL-03 2026 100;{Q.format(20)}", ""),
        (f"KT-01 2026 100;{Q.format(24).replace('DL-03', 'KT-01')}", "", ""),
    ],
)  # fmt: skip
def test_quarters_add_up_to_their_year_and_half_year(file, store, want):
    found = [text for text in says(file, store) if text[0] == "L"]
    assert found == sorted(text for text in want.split(",") if text[:1] == "L")


@pytest.mark.parametrize(
    ("stored", "status", "same", "other"),
    [
        ("official", "chính thức", "D05", "D03"), ("official", "sơ bộ", "D05", "D04"),
        ("official", "ước", "D05", "D04"), ("preliminary", "chính thức", "D06", "D06"),
        ("preliminary", "sơ bộ", "D05", "D06"), ("preliminary", "ước", "D05", "D06"),
        ("estimate", "chính thức", "D06", "D06"), ("estimate", "sơ bộ", "D06", "D06"),
        ("estimate", "ước", "D05", "D06"),
    ],
)  # fmt: skip
def test_what_is_stored_meets_what_comes(stored, status, same, other):
    assert says(f"KT-01 2025 4150 {status}", f"KT-01 2025 4150 {stored}") == [f"{same} F2"]
    assert says(f"KT-01 2025 4151 {status}", f"KT-01 2025 4150 {stored}") == [f"{other} F2"]


def test_a_status_that_nobody_knows_never_replaces_an_official_figure():
    assert says("KT-01 2025 4151 tạm", "KT-01 2025 4150") == ["D04 F2", "T02 G2"]


@pytest.mark.parametrize(
    ("file", "want"),
    [
        ("KT-01 2025 5;KT-01 2025 5", "D02 F3"),
        ("KT-01 2025 5;KT-01 2025 6;KT-01 2025 5", "D01 F3,D02 F4"),
        ("KT-01 2025 5;KT-01 2025 6;KT-01 2025 6", "D01 F3,D01 F4"),
        ("DL-03 2026-H1 5;DL-03 2026-6M 5", "D02 F3"), ("DL-03 2026-Q1 5;DL-03 2026-3M 5", ""),
        ("YT-01 2026 2 ước @03646;YT-01 2026 3 ước @phường Tô Hiệu", "D01 F3,C01"),
        ("YT-01 2026 2 ước @03646;YT-01 2026 2 ước @03664", "C01"),
    ],
)  # fmt: skip
def test_a_key_that_comes_again_is_told_at_each_later_cell(file, want):
    assert says(file) == sorted(filter(None, want.split(",")))


def test_only_the_first_of_a_key_is_held_against_the_store():
    assert says("KT-01 2025 7 ct;KT-01 2025 5 ct", "KT-01 2025 5") == ["D01 F3", "D03 F2"]


@pytest.mark.parametrize(
    ("file", "want"),
    [
        ("KT-01 2027 5", "P03 D2"), ("KT-01 2027 5 ct", "P03 D2,P04 G2"),
        ("KT-01 2026-12 5", "P03 D2"),
        ("KT-01 2026-11 5 ct", ""), ("KT-01 2026-Q4 5 ct", "P04 G2"), ("KT-01 2026-Q3 5 ct", ""),
        ("KT-01 2026 5 ct", "P04 G2"), ("KT-01 2026 5 sơ bộ", ""), ("KT-01 2026-11M 5 ct", ""),
        ("KT-01 2024 5", "P05 D2"), ("KT-01 2025 5", ""), ("AN-01 2025 50", "P05 D2"),
        ("KT-01 2026-H2 5 ct", "P04 G2"), ("KT-01 2026 5 tạm", "T02 G2"),
        ("ZZ-1 2024 5 ct", "I01 A2"),
        ("ZZ-1 2027 5 ct", "I01 A2,P03 D2,P04 G2"), ("KT-01 2024 5 ct @Hà Nội", "A01 E2"),
    ],
)  # fmt: skip
def test_a_period_is_held_against_the_day_and_the_term(file, want):
    assert says(file) == sorted(filter(None, want.split(",")))


def test_missing_areas_count_what_is_stored_and_what_cannot_be_read():
    assert says("MT-02 2026 1 ước @Mai Sơn;MT-02 2026 0 ước @Yên Châu") == ["C01"]
    stored = "MT-02 2026 1 estimate @03910"
    assert says("MT-02 2026 1 ước @Mai Sơn;MT-02 2026 0 ước @Yên Châu", stored) == []
    assert says("MT-02 2026 1 ước @Mai Sơn", "MT-02 2025 1 estimate @03910") == ["C01"]
    assert says("KT-01 2026 1") == []


def test_a_figure_in_two_sheets_of_two_layouts_is_told_in_the_second():
    plain = long_sheet(("HTX-01", "2025", "", 1012))
    wide = sheet([["TT", "Chỉ tiêu", "Ước 2025"], [1, HTX, 1013], [2, DL1, 5]], "Rộng")
    found = examine(plain, wide).out.kept()
    assert [(f.code, f.sheet, f.cell) for f in found] == [("D01", "Rộng", "C2")]
    found = examine(wide, plain).out.kept()
    assert [(f.code, f.sheet, f.cell) for f in found] == [("D01", "Nhập", "F2")]
