"""Which indicator, unit and status is meant."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import statuses, units
from intake.names import Names
from intake.text import distance
from intake.wide_names import bare_name, is_total, meant_by_row
from tests.intake_store import the_register

NAMES = Names(the_register())
UNITS = frozenset(target.unit for target in the_register().targets)


def meant(code: str, name: str) -> tuple[str | None, str]:
    found = NAMES.meant(code, name)
    return (found.target and found.target.code), found.code


@pytest.mark.parametrize(
    "code", ["DL-01", "dl-01", " DL 01 ", "DL–01", "ĐL-01", "đl01", "DL1", "dl\u00a001", "DL_01"]
)
def test_a_code_is_known_in_every_writing(code):
    assert meant(code, "") == ("DL-01", "")


@pytest.mark.parametrize(
    ("code", "name", "target", "finding"),
    [
        ("", "Tổng lượt khách du lịch", "DL-01", ""),
        ("", "TỔNG LƯỢT  KHÁCH DU LỊCH", "DL-01", ""),
        ("", "Tỉ lệ lao động qua đào tạo", "NL-01", ""),
        ("", "Số hợp tác sã", "HTX-01", "I02"),
        ("", "So doanh nghiep dang hoat dong", "KT-01", "I02"),
        ("", "Số HTX thành lập mới trong năm", "HTX-02", "I02"),
        ("", "Số DN đang hoạt động", "KT-01", "I02"),
        ("", "Tỷ lệ trường đạt chuẩn quốc gia", None, "I04"),
        ("", "Độ bao phủ cấp nước sinh hoạt", None, "I04"),
        ("", "Chỉ số hài lòng của người dân", None, "I03"),
        ("", "", None, "I03"),
        ("DL-09", "Tổng lượt khách du lịch", None, "I01"),
        ("12", "", None, "I01"),
        ("DL-02", "Tổng thu từ khách du lịch", None, "I05"),
        ("DL-02", "Tong thu tu khach du lich", None, "I05"),
        ("DL-02", "Khách nước ngoài", "DL-02", ""),  # near none: the code counts
        ("DL-02", "Lượt khách du lich quốc tế", "DL-02", ""),
    ],
)
def test_code_and_name_together_say_what_is_meant(code, name, target, finding):
    assert meant(code, name) == (target, finding)


def test_an_unknown_code_names_the_nearest():
    assert NAMES.meant("DL-09", "").args["nearest"] in ("DL-01", "DL-02", "DL-03")


def test_every_name_of_the_register_means_its_own_indicator():
    for target in the_register().targets:
        assert meant("", target.names[0]) == (target.code, "")
        assert meant(target.code, target.names[0]) == (target.code, "")


@pytest.mark.parametrize(
    ("text", "name", "unit", "code"),
    [
        ("Trong đó: Lượt khách du lịch quốc tế", "Lượt khách du lịch quốc tế", "", ""),
        ("Tr.đó: - Lượt khách", "Lượt khách", "", ""),
        ("- Số hợp tác xã", "Số hợp tác xã", "", ""),
        ("1.2. Số hợp tác xã (HTX)", "Số hợp tác xã", "HTX", ""),
        ("a) Số hợp tác xã (HTX-01)", "Số hợp tác xã", "", "HTX-01"),
        ("IV. Tổng thu từ khách du lịch (tỷ đồng):", "Tổng thu từ khách du lịch", "tỷ đồng", ""),
        ("Số hợp tác xã (1)", "Số hợp tác xã", "", ""),
        ("Số hợp tác xã (toàn tỉnh)", "Số hợp tác xã (toàn tỉnh)", "", ""),
    ],
)
def test_a_name_in_a_wide_table_is_freed_of_what_stands_around_it(text, name, unit, code):
    assert bare_name(text, NAMES, UNITS) == (name, unit, code)


def test_the_register_is_looked_up_before_a_row_is_called_a_total():
    found, _ = meant_by_row(NAMES, "", "Tổng lượt khách du lịch", UNITS)
    assert found.target.code == "DL-01"
    assert meant_by_row(NAMES, "", "Tổng cộng", UNITS)[0].code == "I06"


@pytest.mark.parametrize(
    "text",
    ["Tổng", "Tổng cộng", "TỔNG SỐ", "Cộng:", "Bình quân toàn tỉnh", "Trung bình", "Toàn tỉnh",
     "Khu vực II", "Các phường"],
)  # fmt: skip
def test_a_row_that_sums_up_others_is_known(text):
    assert is_total(text)


@pytest.mark.parametrize("text", ["Tổng sản phẩm trên địa bàn", "Cộng đồng", "Số hợp tác xã"])
def test_a_row_that_only_begins_so_is_no_total(text):
    assert not is_total(text)


@pytest.mark.parametrize(
    ("written", "register", "factor"),
    [
        ("lượt", "lượt", "1"),
        ("Lượt khách", "lượt", "1"),
        ("HTX", "hợp tác xã", "1"),
        ("DN", "doanh nghiệp", "1"),
        ("phần trăm", "%", "1"),
        ("(%)", "%", "1"),
        ("tỉ đồng", "tỷ đồng", "1"),
        ("bác sĩ / trạm", "bác sĩ/trạm", "1"),
        ("", "lượt", "1"),
        ("nghìn lượt", "lượt", "1000"),
        ("ngàn lượt", "lượt", "1000"),
        ("1.000 lượt", "lượt", "1000"),
        ("1000 lượt", "lượt", "1000"),
        ("trăm nghìn lượt", "lượt", "100000"),
        ("triệu lượt", "lượt", "1000000"),
        ("triệu", "lượt", "1000000"),
        ("Triệu đồng", "tỷ đồng", "0.001"),
        ("tr.đồng", "tỷ đồng", "0.001"),
        ("nghìn đồng", "tỷ đồng", "0.000001"),
        ("đồng", "tỷ đồng", "1E-9"),
        ("nghìn tỷ đồng", "tỷ đồng", "1000"),
        ("tỷ", "tỷ đồng", "1"),
        ("người", "lượt", None),
        ("nghìn người", "%", None),
        ("nghìn", "%", None),
        ("lượt", "tỷ đồng", None),
    ],
)
def test_a_unit_is_the_same_another_scale_or_another_kind(written, register, factor):
    assert units.ratio(written, register) == (None if factor is None else Decimal(factor))


def test_a_conversion_is_exact_in_decimals():
    # 5.634 * 1000000 is 5634000.000000001 in binary
    assert units.converted(5.634, Decimal(1000000)) == 5634000.0
    assert units.converted(0.317, Decimal(100)) == 31.7


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("chính thức", "official"), ("Chính Thức ", "official"), ("CT", "official"),
        ("thực hiện", "official"), ("TH", "official"), ("sơ bộ", "preliminary"),
        ("SB", "preliminary"), ("ước tính", "estimate"), ("ước", "estimate"),
        ("số ước", "estimate"), ("ƯTH", "estimate"), ("UT", "estimate"),
        ("đã duyệt", None), ("kế hoạch", None), ("", None),
    ],
)  # fmt: skip
def test_a_status_is_known_by_its_words_and_short_forms(text, status):
    assert statuses.of_cell(text) == status


def test_a_title_tells_less_of_the_status_than_a_heading():
    assert statuses.in_heading("Thực hiện 6 tháng") == "official"
    assert statuses.in_heading("Ước thực hiện cả năm") == "estimate"
    assert statuses.in_title("TÌNH HÌNH THỰC HIỆN CÁC CHỈ TIÊU") == ""
    assert statuses.in_title("CẤP NƯỚC NĂM 2026 (SỐ SƠ BỘ)") == "preliminary"
    assert statuses.in_title("CẤP NƯỚC NĂM 2026") == ""  # "nước" holds no "ước"


def slow_distance(one: str, other: str) -> int:
    """Letters to change, add or drop, by the textbook."""
    if not one or not other:
        return len(one) + len(other)
    cost = one[-1] != other[-1]
    return min(
        slow_distance(one[:-1], other) + 1,
        slow_distance(one, other[:-1]) + 1,
        slow_distance(one[:-1], other[:-1]) + cost,
    )


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 6))
def test_the_quick_distance_is_the_slow_one_up_to_its_bound(one, other, most):
    assert distance(one, other, most) == min(slow_distance(one, other), most + 1)
