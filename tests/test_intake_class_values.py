"""What stands in value cells and unit cells, in every writing that officers have."""

from __future__ import annotations

import pytest

from intake.grid import BOOL, DATE, ERROR, NUMBER, UNCALCULATED, Cell
from tests.intake_grids import HEAD, examine, long_sheet, sheet, told

LUOT, TY, PC, DN, TRAM = "DL-01", "DL-03", "NL-01", "KT-01", "YT-01"


def read(code: str, value: object, unit: str = "", **book: object) -> tuple[float | None, set[str]]:
    """The value read of one cell and the codes at it and at its unit."""
    area = "Mai Sơn" if code == TRAM else ""
    row = [code, "", unit, "2026", area, value, "ước tính", "BC"]
    desk = examine(sheet([HEAD, row]), **book)  # type: ignore[list-item]
    codes = {text for text in told(desk) if text.endswith((" F2", " C2"))}
    return (desk.figures[0].value if desk.figures else None), codes


def holds(code: str, value: object, want: float | None, says: str, unit: str = "") -> None:
    assert read(code, value, unit) == (want, set(says.split(", ")) if says else set())


@pytest.mark.parametrize(
    ("code", "text", "want", "says"),
    [
        (TY, "12.420,5", 12420.5, "V03"), (TY, "12.420", 12420, "V03"),
        (TY, "12420,5", 12420.5, "V03"),
        (LUOT, "5.634.567", 5634567, "V03"), (LUOT, "5 634 567", 5634567, "V03"),
        (LUOT, "5\u00a0634\u00a0567", 5634567, "V03"),
        (LUOT, "5\u2009634\u2009567", 5634567, "V03"),
        (LUOT, "5\u202f634\u202f567", 5634567, "V03"),
        (LUOT, "5\u200b634\u200b567", 5634567, "V03"),
        (LUOT, "\ufeff5634567\n", 5634567, "V03"), (DN, "４.３９０", 4390, "V03"),
        (DN, "4.390 DN", 4390, "V03"), (DN, "4.390 doanh nghiệp", 4390, "V03"),
        (PC, "75%", 75, "V03"),
        (PC, "68,4 %", 68.4, "V03"), (PC, "68,4 phần trăm", 68.4, "V03"),
        (PC, "84,375", 84.375, "V03"),
        (PC, "0,7%", 0.7, "V03"), (PC, "0,7", 0.7, "V03, V13"), (TY, "6,9 tỷ", 6.9, "V03"),
        (TY, "6.900 tỉ đồng", 6900, "V03"), (TRAM, "2,5", 2.5, "V03"), (DN, "0", 0, "V03"),
        (DN, "−5", -5, "V03, V11"), (TRAM, "0,125", 0.125, "V03"),
        (TRAM, "1234,567", 1234.567, "V03"),
    ],
)  # fmt: skip
def test_text_in_the_vietnamese_way_is_noted(code, text, want, says):
    holds(code, text, want, ", ".join(f"{one} F2" for one in says.split(", ")))


@pytest.mark.parametrize(
    ("code", "text", "want", "says"),
    [
        (TY, "12,420.5", 12420.5, "V04"), (LUOT, "5,634,567", 5634567, "V04"),
        (PC, "68.4", 68.4, "V04"),
        (TY, "24.85", 24.85, "V04"), (TRAM, "0.125", 0.125, "V04"),
        (TRAM, "1234.567", 1234.567, "V04"),
        (PC, "0.684", 0.684, "V04, V13"), (TY, "12 420.5", 12420.5, "V04"),
        (DN, "1.5E+03", 1500, "V04"),
        (LUOT, "5634.5", 5634.5, "V04, V12"),
    ],
)  # fmt: skip
def test_text_that_only_the_english_way_reads_is_asked_about(code, text, want, says):
    holds(code, text, want, ", ".join(f"{one} F2" for one in says.split(", ")))


@pytest.mark.parametrize(
    ("code", "text"),
    [(TY, "12,420"), (DN, "4,390"), (LUOT, "5,634 triệu"), (DN, "4,390 DN"), (PC, "73.400"),
     (PC, "68.400%"), (DN, "(4,390)"), (DN, "khoảng 4,390")],
)  # fmt: skip
def test_two_readings_of_one_text_are_asked_about_and_neither_is_read(code, text):
    holds(code, text, None, "V05 F2")


@pytest.mark.parametrize(
    ("code", "text", "unit", "want", "says"),
    [
        (LUOT, "9 triệu", "", 9e6, "U04 F2"), (LUOT, "5,6 triệu lượt", "lượt", 5.6e6, "U04 F2"),
        (LUOT, "92 nghìn lượt khách", "", 92e3, "U04 F2"), (LUOT, "5,6 tr", "", 5.6e6, "U04 F2"),
        (TY, "6,9 nghìn tỷ", "", 6900, "U04 F2"), (TY, "6.900.000 triệu đồng", "", 6900, "U04 F2"),
        (LUOT, "hơn 9 triệu", "", 9e6, "U04 F2, V17 F2"),
        (LUOT, "9 triệu", "triệu lượt", None, "U05 F2"),
        (LUOT, "9 nghìn", "triệu lượt", None, "U05 F2"),
        (LUOT, "5.634 nghìn lượt", "nghìn lượt", None, "U05 F2"),
        (TY, "6,9 nghìn tỷ", "tỷ đồng", 6900, "U04 F2"), (PC, "9 triệu", "", None, "V02 F2"),
        (TY, "9 triệu lượt", "", None, "V02 F2"), (LUOT, "75%", "", None, "V02 F2"),
        (TY, "5 USD", "", None, "V02 F2"),
    ],
)  # fmt: skip
def test_words_of_scale_beside_a_number_are_asked_about(code, text, unit, want, says):
    holds(code, text, want, says, unit)


@pytest.mark.parametrize(
    ("text", "want", "says"),
    [
        ("khoảng 4.390", 4390, "V17"), ("trên 4.390", 4390, "V17"), ("hơn 4390", 4390, "V17"),
        ("gần 4.400 doanh nghiệp", 4400, "V17"), ("dưới 4.400", 4400, "V17"),
        ("ước 4.390", 4390, "V17"),
        ("~4390", 4390, "V17"), (">4.390", 4390, "V17"), ("≥ 4.390", 4390, "V17"),
        ("<= 5", 5, "V17"),
        ("> 4.390,0", 4390, "V17"), ("(5)", -5, "V14, V11"), ("( 1.234 )", -1234, "V14, V11"),
    ],
)  # fmt: skip
def test_numbers_with_a_doubt_are_read_and_asked_about(text, want, says):
    holds(DN, text, want, ", ".join(f"{one} F2" for one in says.split(", ")))


@pytest.mark.parametrize(
    "text", ["...", "…", "..", ". . .", "x", "X", "N/A", "n.a.", "chưa có số liệu", "Chưa có",
    "KXĐ",
             "không có số liệu", "chưa có số liệu.", "\u00a0…\u00a0"],
)  # fmt: skip
def test_signs_for_a_figure_that_nobody_has_are_noted_and_never_zero(text):
    holds(DN, text, None, "V08 F2")


@pytest.mark.parametrize("text", ["-", "–", "—", "−", " - ", "--"])
def test_a_dash_is_no_zero(text):
    holds(DN, text, None, "V09 F2")


@pytest.mark.parametrize(
    "text",
    [
        "4.39O", "l234", "123*", "1.234 (1)", "4390²", "5 - 6", "5–6", "100 đến 150", "1/2",
        "12 42",
        "1.234.5", "1,234,5", "4390.", ",5", "bằng năm trước", "có", "không", "đạt 5", "5'634",
        "92k",
        "4390 (ước)", "giảm 1,5", "INF", "NaN", "5 634.567,5.1", "1.234,567.8", "5,634,56", "= 5",
        "1" + "0" * 300, "TRUE", "5 %%", "5 6 7", "01/05/2026", "Tháng 5",
    ],
)  # fmt: skip
def test_what_is_no_one_number_is_refused_and_never_guessed(text):
    holds(DN, text, None, "V02 F2")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (Cell(ERROR, "#DIV/0!"), "V06"), ("#REF!", "V06"), ("#n/a", "V06"), ("#VALUE!", "V06"),
        (Cell(UNCALCULATED, None), "V07"), (Cell(DATE, 46000.0, "dd/mm/yyyy"), "V18"),
        (Cell(DATE, 0.5, "h:mm"), "V18"), (Cell(BOOL, True), "V02"),
        (Cell(NUMBER, float("inf")), "V15"),
        (Cell(NUMBER, float("nan")), "V15"), (2e15, "V15"), (-1.1e15, "V15"), ("1E+308", "V15"),
    ],
)  # fmt: skip
def test_cells_that_hold_no_number_are_refused(cell, says):
    holds(DN, cell, None, f"{says} F2")


@pytest.mark.parametrize(
    ("code", "cell", "want", "says"),
    [
        (PC, Cell(NUMBER, 0.75, "0%"), 75, ""), (PC, Cell(NUMBER, 0.684, "0.0%"), 68.4, ""),
        (PC, Cell(NUMBER, 0.75), 0.75, "V13"), (PC, Cell(NUMBER, 1.0, '0"%"'), 1, "V13"),
        (PC, Cell(NUMBER, 0.005, "0.0%"), 0.5, ""), (DN, Cell(NUMBER, 4390.0, "0%"), 4390, ""),
        (PC, 100, 100, ""), (PC, 100.1, 100.1, "V10"), (PC, 0, 0, ""), (PC, -1, -1, "V11"),
        ("KT-02", 150, 150, ""), ("KT-02", -3.5, -3.5, ""), ("KT-02", 0.5, 0.5, ""),
        ("XD-03", 0.9, 0.9, ""), (DN, 4390.5, 4390.5, "V12"), (DN, -0.5, -0.5, "V11, V12"),
        (TY, 0.5, 0.5, ""), (TRAM, 2.5, 2.5, ""), ("AN-01", 1, 1, "V13"), (DN, 1e15, 1e15, ""),
    ],
)  # fmt: skip
def test_a_number_cell_is_taken_as_it_is_and_held_against_what_can_be(code, cell, want, says):
    holds(code, cell, want, ", ".join(f"{one} F2" for one in says.split(", ") if one))


@pytest.mark.parametrize(
    ("code", "unit", "want", "says"),
    [
        (LUOT, "lượt", 5000, ""), (LUOT, "Lượt khách", 5000, ""), (LUOT, "nghìn lượt", 5e6, "U02"),
        (LUOT, "Ngàn lượt khách", 5e6, "U02"), (LUOT, "1.000 lượt", 5e6, "U02"),
        (LUOT, "1000 lượt", 5e6, "U02"), (LUOT, "triệu lượt", 5e9, "U02"),
        (LUOT, "trăm nghìn lượt", 5e8, "U02"),
        (LUOT, "người", None, "U01"), (LUOT, "tỷ đồng", None, "U01"), (LUOT, "%", None, "U01"),
        (TY, "tỉ đồng", 5000, ""), (TY, "Tỷ", 5000, ""), (TY, "triệu đồng", 5, "U02"),
        (TY, "nghìn đồng", 0.005, "U02"), (TY, "đồng", 5e-6, "U02"),
        (TY, "nghìn tỷ đồng", 5e6, "U02"),
        (TY, "USD", None, "U01"), (DN, "DN", 5000, ""), (DN, "doanh  nghiệp", 5000, ""),
        (DN, "HTX", None, "U01"), ("HTX-01", "HTX", 5000, ""), ("HTX-01", "Hợp tác xã", 5000, ""),
        (TRAM, "Bác sỹ / trạm", 5000, ""), (TRAM, "người", None, "U01"), (DN, "", 5000, ""),
    ],
)  # fmt: skip
def test_a_unit_is_the_same_converted_or_refused(code, unit, want, says):
    holds(code, 5000, want, f"{says} C2" if says else "", unit)


@pytest.mark.parametrize("unit", ["%", "phần trăm", "Phần  Trăm", "(%)"])
def test_percent_is_percent_in_every_writing(unit):
    holds(PC, 50, 50, "", unit)
    holds(DN, 50, None, "U01 C2", unit)


def test_what_is_converted_may_then_have_a_fraction_or_be_too_large():
    holds(LUOT, 5.6345, 5634.5, "U02 C2, V12 F2", "nghìn lượt")
    holds(LUOT, 5.634, 5634000, "U02 C2", "triệu lượt")
    holds(LUOT, 1e13, None, "V15 F2", "nghìn lượt")


def test_no_rule_of_units_without_an_indicator():
    rows = [["ZZ-1", "", "nghìn lượt", 2026, "", "9 triệu", "ước"],
            ["ZZ-2", "", "zzz", 2026, "", "12,420", "ước"], ["ZZ-3", "", "%", 2026, "", 120, "ước"],
            ["ZZ-4", "", "", 2026, "", "abc", "ước"],
            ["ZZ-5", "", "", 2026, "", "-", "ước"]]  # fmt: skip
    says = {f"I01 A{n}" for n in range(2, 7)} | {"V02 F5", "V09 F6"}
    assert told(examine(sheet([HEAD, *rows]))) == says


def test_a_number_behind_a_link_is_asked_about_and_one_that_is_not_read_is_not():
    linked = Cell(NUMBER, 4390.0, "", "Khac.xlsx")
    assert read(DN, linked) == (4390, {"F13 F2"})
    assert read("ZZ-1", linked) == (None, set())


@pytest.mark.parametrize(("text", "says"), [("4390", ""), ("4.390", "V03 F2"),
("4390,5", "V03 F2, V12 F2"),
                                            ("4,390", "V05 F2"),
                                            ("4390.5", "V04 F2, V12 F2")])  # fmt: skip
def test_in_a_csv_plain_digits_are_no_text(text, says):
    found = read(DN, text, kind="csv", encoding="UTF-8", separator=",")
    assert found[1] == (set(says.split(", ")) if says else set())


def test_yes_or_no_of_a_commune_is_held_against_nothing_else():
    rows = [("MT-02", "2026", "Mai Sơn", 2), ("MT-02", "2026", "Yên Châu", 0.5),
            ("MT-02", "2026", "Phù Yên", -1), ("AN-01", "2026", "Mai Sơn", 150),
            ("AN-01", "2026", "Yên Châu", 0.5), ("AN-01", "2026", "Phù Yên", 1)]  # fmt: skip
    says = {"V16 F2", "V16 F3", "V16 F4", "V16 F5", "V16 F6"}
    assert told(examine(long_sheet(*rows))) == says
