"""What value cells say: the contract's table of numbers, and forms beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.numbers import number
from intake.grid import BOOL, DATE, ERROR, NUMBER, UNCALCULATED, Cell
from intake.numerals import read, read_text, shows_percent

ONE = Decimal(1)


def said(text: str, unit: str = "lượt", factor: Decimal = ONE, *, csv: bool = False):
    answer = read_text(text, unit, factor, csv)
    return answer.value, [code for code, _ in answer.findings]


@pytest.mark.parametrize(
    ("text", "unit", "value", "codes"),
    [
        # Vietnamese
        ("12.420,5", "tỷ đồng", 12420.5, ["V03"]),
        ("1.234.567", "lượt", 1234567, ["V03"]),
        ("1.234.567,25", "tỷ đồng", 1234567.25, ["V03"]),
        ("5 300 000", "lượt", 5300000, ["V03"]),
        ("5\u00a0300\u202f000", "lượt", 5300000, ["V03"]),
        ("1 250,5", "tỷ đồng", 1250.5, ["V03"]),
        ("４５", "%", 45, ["V03"]),
        ("68,4%", "%", 68.4, ["V03"]),
        ("70 %", "%", 70, ["V03"]),
        ("68,4 phần trăm", "%", 68.4, ["V03"]),
        ("54.300 lượt", "lượt", 54300, ["V03"]),
        ("54.300 lượt khách", "lượt", 54300, ["V03"]),
        ("84,375", "%", 84.375, ["V03"]),
        ("4.390", "doanh nghiệp", 4390, ["V03"]),
        ("0,125", "tỷ đồng", 0.125, ["V03"]),
        ("1234,567", "tỷ đồng", 1234.567, ["V03"]),
        ("+92,6", "%", 92.6, ["V03"]),
        ("−1,2", "%", -1.2, ["V03"]),
        ("6,9 tỷ", "tỷ đồng", 6.9, ["V03"]),
        ("6.920,5 tỷ đồng", "tỷ đồng", 6920.5, ["V03"]),
        # two readings
        ("73.400", "%", None, ["V05"]),
        ("12,420", "lượt", None, ["V05"]),
        ("1,510 tỷ đồng", "tỷ đồng", None, ["V05"]),
        # English
        ("12,420.5", "tỷ đồng", 12420.5, ["V04"]),
        ("1,234,567", "lượt", 1234567, ["V04"]),
        ("24.85", "%", 24.85, ["V04"]),
        ("0.125", "tỷ đồng", 0.125, ["V04"]),
        ("1234.567", "%", 1234.567, ["V04"]),
        ("0.75", "%", 0.75, ["V04"]),
        ("5 300.5", "tỷ đồng", 5300.5, ["V04"]),
        # scale words
        ("9 triệu", "lượt", 9000000, ["U04"]),
        ("92 nghìn lượt", "lượt", 92000, ["U04"]),
        ("4,39 ngàn", "doanh nghiệp", 4390, ["U04"]),
        ("6,9 nghìn tỷ", "tỷ đồng", 6900, ["U04"]),
        ("500 triệu đồng", "tỷ đồng", 0.5, ["U04"]),
        # qualifiers and brackets
        ("khoảng 4.390", "doanh nghiệp", 4390, ["V17"]),
        (">92,5", "%", 92.5, ["V17"]),
        ("≥ 92", "%", 92, ["V17"]),
        (">= 92", "%", 92, ["V17"]),
        ("trên 5.600.000", "lượt", 5600000, ["V17"]),
        ("ước 4.390", "doanh nghiệp", 4390, ["V17"]),
        ("hơn 5,6 triệu lượt", "lượt", 5600000, ["V17", "U04"]),
        ("(1,5)", "%", -1.5, ["V14"]),
        ("(34)", "hợp tác xã", -34, ["V14"]),
        # no figure
        ("...", "%", None, ["V08"]),
        ("…", "%", None, ["V08"]),
        ("x", "%", None, ["V08"]),
        ("N/A", "%", None, ["V08"]),
        ("n.a.", "%", None, ["V08"]),
        ("Chưa có", "%", None, ["V08"]),
        ("không có số liệu", "%", None, ["V08"]),
        ("KXĐ", "%", None, ["V08"]),
        ("-", "%", None, ["V09"]),
        ("–", "%", None, ["V09"]),
        ("—", "%", None, ["V09"]),
        # not to be understood
        ("100 - 150", "dự án", None, ["V02"]),
        ("15-20", "dự án", None, ["V02"]),
        ("bằng năm trước", "lượt", None, ["V02"]),
        ("1.234.5", "lượt", None, ["V02"]),
        ("12.34.567", "lượt", None, ["V02"]),
        ("54.300 người", "lượt", None, ["V02"]),
        ("68,4%", "lượt", None, ["V02"]),
        ("Infinity", "lượt", None, ["V02"]),
        ("(-1,5)", "%", None, ["V02"]),
        ("9" * 300, "lượt", None, ["V02"]),
        ("#DIV/0!", "lượt", None, ["V06"]),
        ("#n/a", "lượt", None, ["V06"]),
        ("1E+308", "lượt", None, ["V15"]),
        ("9" * 20, "lượt", None, ["V15"]),
    ],
)
def test_a_text_is_read_as_the_contract_says(text, unit, value, codes):
    assert said(text, unit) == (value, codes)


def test_a_zero_is_only_read_where_a_zero_is_written():
    assert said("0") == (0.0, ["V03"])
    assert all(said(text)[0] is None for text in ("-", "...", "x", "chưa có", "không"))


def test_both_readings_of_a_doubtful_number_are_named():
    (code, places), *_ = read_text("12,420", "lượt", ONE, False).findings
    assert (code, places["value1"], places["value2"]) == ("V05", 12.42, 12420.0)


def test_a_scale_word_beside_a_scaled_unit_is_refused_even_where_they_agree():
    assert said("92 nghìn", "lượt", Decimal(1000)) == (None, ["U05"])
    assert said("92 triệu", "lượt", Decimal(1000)) == (None, ["U05"])
    assert said("92.000", "lượt", Decimal(1000)) == (92000, ["V03"])


def test_plain_digits_of_a_csv_are_no_text_number():
    assert said("1190000", csv=True) == (1190000, [])
    assert said("1.190.000", csv=True) == (1190000, ["V03"])
    assert said("1190000") == (1190000, ["V03"])


@pytest.mark.parametrize(
    ("cell", "unit", "value", "codes"),
    [
        (Cell(NUMBER, 0.317, "0.0%"), "%", 31.7, []),
        (Cell(NUMBER, 0.7, ""), "%", 0.7, []),
        (Cell(NUMBER, 12.0, '0.0"%"'), "%", 12.0, []),
        (Cell(NUMBER, 0.5, "0%"), "lượt", 0.5, []),
        (Cell(NUMBER, float("nan")), "%", None, ["V15"]),
        (Cell(NUMBER, float("-inf")), "%", None, ["V15"]),
        (Cell(NUMBER, 1e300), "lượt", None, ["V15"]),
        (Cell(BOOL, True), "%", None, ["V02"]),
        (Cell(ERROR, "#REF!"), "%", None, ["V06"]),
        (Cell(UNCALCULATED, None), "%", None, ["V07"]),
        (Cell(DATE, 46145.0, "dd-mmm"), "%", None, ["V18"]),
        (Cell(DATE, 0.5208333, "hh:mm"), "%", None, ["V18"]),
    ],
)
def test_cells_of_other_kinds_are_read_or_refused(cell, unit, value, codes):
    answer = read(cell, unit, ONE)
    assert (answer.value, [code for code, _ in answer.findings]) == (value, codes)


def test_only_a_percent_sign_that_scales_counts():
    assert shows_percent("0.00%")
    assert shows_percent("#,##0.0 %;-0%")
    assert not shows_percent('0.0"%"')
    assert not shows_percent("0\\%")


@given(st.integers(-(10**12), 10**12), st.integers(0, 3))
def test_every_number_written_the_vietnamese_way_is_read_back(whole, decimals):
    value = whole / 10**decimals
    text = number(value, decimals, "vi")
    read_back, codes = said(text, "doanh nghiệp")
    if codes == ["V05"]:  # 1,234 alone may also be a thousand
        assert decimals == 3
        assert abs(value) < 1000
    else:
        assert read_back == pytest.approx(value, rel=1e-12)


@given(st.text(max_size=60), st.sampled_from(["%", "lượt", "tỷ đồng", ""]))
def test_no_text_breaks_the_reader_or_is_read_without_a_word(text, unit):
    answer = read_text(text, unit, ONE, False)
    assert answer.findings or not text.strip()
