"""Tables of areas: down with periods or indicators across, beside indicators, and their names."""

from __future__ import annotations

import unicodedata

import pytest

from tests.intake_cases import CN1, DL3, HTX, MT1, YT1, Case, case, seen, wanted
from tests.intake_grids import HEAD, examine, long_sheet, sheet, told

T2026 = ["SỐ BÁC SĨ TẠI MỖI TRẠM Y TẾ CẤP XÃ NĂM 2026 (ƯỚC)"]
HD = ["TT", "Xã, phường"]

DOWN = [
    case(
        "the indicator of the title, half-years across",
        [["ĐỘ BAO PHỦ CẤP NƯỚC (CN-01)"], [*HD, "TH 6 tháng 2026", "Ước TH năm 2026"],
         [1, "Tô Hiệu", 95, 95.9], [2, "Chiềng An", 94, 95]],
        {"CN-01 2026-H1 03646": 95, "CN-01 2026 03646": 95.9, "CN-01 2026-H1 03664": 94,
         "CN-01 2026 03664": 95}, "C01",
    ),
    case(
        "two rows of headings, years above indicators",
        [["CẤP NƯỚC"], [*HD, "Chính thức 2025", "", "Ước năm 2026", ""],
         ["", "", "CN-01 (%)", "MT-01 (%)", "CN-01 (%)", "MT-01 (%)"],
         [1, "Tô Hiệu", 95.2, 41, 95.9, 44]],
        {"CN-01 2025 03646": 95.2, "MT-01 2025 03646": 41, "CN-01 2026 03646": 95.9,
         "MT-01 2026 03646": 44}, "P05 C3, P05 D3, C01", merged="A2:A3 B2:B3 C2:D2 E2:F2",
    ),
    case(
        "two rows of headings, indicators above years",
        [["CẤP NƯỚC"], [*HD, "Cấp nước tại phường (CN-01)", "", "Nước thải (MT-01)", ""],
         ["", "", "TH 2025", "Ước 2026", "TH 2025", "Ước 2026"],
         [1, "Tô Hiệu", 95.2, 95.9, 41, 44]],
        {"CN-01 2025 03646": 95.2, "MT-01 2025 03646": 41, "CN-01 2026 03646": 95.9,
         "MT-01 2026 03646": 44}, "P05 C3, P05 E3, C01", merged="A2:A3 B2:B3 C2:D2 E2:F2",
    ),
    case(
        "indicator and period of the title, the heading says it in short",
        [["x"], ["y"], ["ĐỘ BAO PHỦ XỬ LÝ NƯỚC THẢI (MT-01) 6 THÁNG NĂM 2027"],
         [*HD, "Số hộ", "Độ bao phủ (%)"], [1, "Tô Hiệu", 900, 44]],
        {"MT-01 2027-H1 03646": 44}, "P03 A3, T01, S03 C4, C01",
    ),
    case(
        "a share in a heading is a comparison, and the sheet says what it lacks",
        [["CN-01 NĂM 2026 (ƯỚC)"], [*HD, "Tỷ lệ (%)"], [1, "Tô Hiệu", 95]], {}, "S03 C2, F14",
    ),
    case(
        "units of the rows are converted and told there",
        [["DL-01 THEO XÃ NĂM 2026 (ƯỚC)"], ["STT", "Xã, phường", "ĐVT", "Kết quả"],
         [1, "Tô Hiệu", "nghìn lượt", 2], [2, "Mai Sơn", "lượt", 500],
         [3, "Yên Châu", "tỷ đồng", 5]],
        {"DL-01 2026 03646": 2000, "DL-01 2026 04105": 500},
        "U02 C3, U01 C5, A07 B3, A07 B4, A07 B5",
    ),
    case(
        "units called đơn vị that are communes",
        [T2026, ["STT", "Đơn vị", "Số bác sĩ"], [1, "Tô Hiệu", 2], [2, "Mai Sơn", 3]],
        {"YT-01 2026 03646": 2, "YT-01 2026 04105": 3}, "C01",
    ),
    case(
        "codes alone stand down",
        [T2026, ["Mã xã", "Số bác sĩ"], ["03646", 2], [3664, 3], ["99999", 1]],
        {"YT-01 2026 03646": 2, "YT-01 2026 03664": 3}, "A01 A5, C01",
    ),
    case(
        "three rows of headings: names, codes, units",
        [["NĂM 2026 (ƯỚC)"], [*HD, CN1, MT1, YT1], ["", "", "CN-01", "MT-01", "YT-01"],
         ["", "", "%", "%", "bác sĩ/trạm"], ["A", "B", 1, 2, 3], [1, "Tô Hiệu", 95, 44, 2]],
        {"CN-01 2026 03646": 95, "MT-01 2026 03646": 44, "YT-01 2026 03646": 2}, "C01",
        merged="A2:A4 B2:B4",
    ),
    case(
        "plans and comparisons beside the result of each area",
        [["CN-01 (%)"], [*HD, "KH 2026", "Ước 2026", "Ước/KH"], [1, "Tô Hiệu", 95, 94, 99]],
        {"CN-01 2026 03646": 94}, "S03 C2, S03 E2, C01",
    ),
    case(
        "names in the headings",
        [["NĂM 2026 (ƯỚC)"], [*HD, CN1, MT1], [1, "Tô Hiệu", 95.9, 44]],
        {"CN-01 2026 03646": 95.9, "MT-01 2026 03646": 44}, "C01",
    ),
    case(
        "codes and names down in two columns, numbers without their zero",
        [T2026, ["STT", "Mã xã", "Tên xã, phường", "Số bác sĩ/trạm"], [1, 3646, "Tô Hiệu", 2],
         [2, "03664", "Phường Chiềng An", 3]],
        {"YT-01 2026 03646": 2, "YT-01 2026 03664": 3}, "C01",
    ),
    case(
        "code and name that disagree are asked about",
        [T2026, ["Mã xã", "Tên xã", "Kết quả"], ["03664", "Tô Hiệu", 2], ["03664", "Chiềng An", 2]],
        {"YT-01 2026 03664": 2}, "A05 B3, C01",
    ),
    case(
        "groups and sums of areas are passed over",
        [T2026, [*HD, "Kết quả"], ["I", "KHU VỰC MỘC CHÂU"], [1, "Mộc Châu", 2],
         [2, "Thảo Nguyên", 3], ["", "Cộng", 5], ["II", "Các xã còn lại"], [3, "Mai Sơn", 2],
         ["", "Tổng số", 7], ["", "Bình quân toàn tỉnh", 2.3]],
        {"YT-01 2026 03980": 2, "YT-01 2026 03982": 3, "YT-01 2026 04105": 2}, "C01",
    ),
    case(
        "every way in which an area can be wrong is told at its name",
        [T2026, [*HD, "Kết quả"], [1, "Chieng An", 2], [2, "Chiềng Ân", 2], [3, "TP Sơn La", 2],
         [4, "Chiềng Chung", 2], [5, "Hà Nội", 2], [6, "Viêng Lán", 2], [7, "Yên Châu", 2]],
        {"YT-01 2026 03850": 2, "YT-01 2026 04075": 2},
        "A02 B3, A04 B4, A06 B5, A05 B6, A01 B7, A01 B8, C01",
    ),
    case(
        "an area twice with another value and with the same",
        [T2026, [*HD, "Kết quả"], [1, "Tô Hiệu", 2], [2, "phường Tô Hiệu", 3], [3, "03646", 2]],
        {"YT-01 2026 03646": 2}, "D01 C4, D02 C5, C01",
    ),
    case(
        "signs for no figure are told in their cells and count as missing",
        [T2026, [*HD, "Kết quả"], [1, "Tô Hiệu", "..."], [2, "Chiềng An", "-"], [3, "Mai Sơn", 2]],
        {"YT-01 2026 04105": 2}, "V08 C3, V09 C4, C01",
    ),
    case(
        "a rate of the province by area is kept as detail and asked about once a row",
        [["HTX-01 (HTX)"], [*HD, "TH 2024", "TH 2025"], [1, "Tô Hiệu", 10, 12]],
        {"HTX-01 2024 03646": 10, "HTX-01 2025 03646": 12}, "A07 B3, P05 C2",
    ),
    case(
        "an area outside the wards is kept as detail",
        [["CN-01 NĂM 2026 (ƯỚC)"], [*HD, "Kết quả"], [1, "Mai Sơn", 90], [2, "Tô Hiệu", 95]],
        {"CN-01 2026 04105": 90, "CN-01 2026 03646": 95}, "A07 B3, C01",
    ),
    case(
        "free of drugs is a yes or a no of each commune",
        [["AN-01 NĂM 2026 (ƯỚC)"], [*HD, "Kết quả"], [1, "Tô Hiệu", 1], [2, "Mai Sơn", 0],
         [3, "Yên Châu", 60], [4, "Phù Yên", "1"]],
        {"AN-01 2026 03646": 1, "AN-01 2026 04105": 0, "AN-01 2026 04075": 60,
         "AN-01 2026 03910": 1}, "V16 C5, V03 C6",
    ),
    case(
        "hidden columns and rows of areas are read",
        [T2026, [*HD, "Kết quả"], [1, "Tô Hiệu", 2], [2, "Mai Sơn", 3]],
        {"YT-01 2026 03646": 2, "YT-01 2026 04105": 3}, "S06 C2, S06 C4, C01",
        hidden_columns={3}, hidden_rows={4},
    ),
    case(
        "scaled units of a heading are converted and told there",
        [["THU DU LỊCH NĂM 2026 (ƯỚC)"], [*HD, "DL-03 (triệu đồng)"], [1, "Tô Hiệu", 12000]],
        {"DL-03 2026 03646": 12}, "U02 C2, A07 B3",
    ),
    case(
        "indicator, area and periods: both stand down, in any order",
        [["Đơn vị tính: %"], ["Địa bàn", "Mã CT", "Chỉ tiêu", "TH 2026-H1", "Ước 2026"],
         ["Tô Hiệu", "CN-01", CN1, 95, 96], ["Tô Hiệu", "MT-01", MT1, 43, 44],
         ["", "KT-02", "", 7, 8]],
        {"CN-01 2026-H1 03646": 95, "CN-01 2026 03646": 96, "MT-01 2026-H1 03646": 43,
         "MT-01 2026 03646": 44, "KT-02 2026-H1": 7, "KT-02 2026": 8}, "C01",
    ),
    case(
        "no figure of the province where each area reports",
        [["TT", "Chỉ tiêu", "Ước 2026"], [1, CN1, 95], [2, HTX, 1048]],
        {"CN-01 2026": 95, "HTX-01 2026": 1048}, "A08 B2, C01",
    ),
]  # fmt: skip


@pytest.mark.parametrize("one", DOWN, ids=str)
def test_a_table_of_areas_is_read_as_the_contract_says(one: Case):
    assert seen(one) == wanted(one)


def area_of(text: str, period: object = "2026", code: str = "YT-01") -> tuple[str | None, set[str]]:
    desk = examine(long_sheet((code, period, text, 1)))
    found = [f.area for f in desk.figures]
    return (found[0] if found else None), {t for t in told(desk) if t[0] == "A"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tô Hiệu", "03646"), ("phường Tô Hiệu", "03646"), ("P. Tô Hiệu", "03646"),
        ("P.Tô Hiệu", "03646"), ("TÔ HIỆU", "03646"), ("xã  Mai\u00a0Sơn", "04105"),
        ("X. Mai Sơn", "04105"), ("Xã Mai Sơn, tỉnh Sơn La", "04105"), ("03664", "03664"),
        ("3664", "03664"), ("03664 - Chiềng An", "03664"), ("3664 – phường Chiềng An", "03664"),
        ("Chiềng An (03664)", "03664"), ("Chiềng Coi", "03670"), ("Chiềng Cơi", "03670"),
        ("Qùynh Nhai", "03703"), ("Chiềng La", "03754"), ("Chiềng Lao", "03814"),
        (unicodedata.normalize("NFD", "Chiềng Sơ"), None), ("Mường\u200bLầm", "04183"),
    ],
)  # fmt: skip
def test_an_area_is_found_by_code_or_exact_name(text, code):
    found, says = area_of(text)
    if code is None:  # Chiềng Sơ is a commune of its own, one letter from Chiềng Sơn
        assert found not in (None, "03985")
    else:
        assert found == code
    assert says == set()


@pytest.mark.parametrize(
    ("text", "finding", "code"),
    [
        ("To Hieu", "A02", None), ("Tô Hiêu", "A02", None), ("Chiềng Sơnn", "A02", None),
        ("Mường Lấm", "A02", None), ("Kim Bôn", "A02", None), ("Chieng La", "A02", None),
        ("Hà Nội", "A01", None), ("99999", "A01", None), ("1", "A01", None),
        ("Sơn La", "A01", None),
        ("Viêng Lán", "A01", None), ("Phiêng Luông", "A01", None), ("03.646", "A01", None),
        ("huyện Mai Sơn", "A06", None), ("thành phố Sơn La", "A06", None),
        ("TX Mộc Châu", "A06", None), ("H. Thuận Châu", "A06", None),
        ("Chiềng Chung", "A05", None), ("03664 - Tô Hiệu", "A05", None),
        ("Chiềng Chung (Mai Sơn)", "A04", "04117"), ("xã Hát Lót", "A04", "04105"),
        ("thị trấn Hát Lót", "A04", "04105"), ("Chiềng Ân", "A04", "03850"),
        ("03649", "A04", "03646"), ("phường Quyết Thắng", "A04", "03646"),
        ("Nặm Ét", "A04", "03712"), ("Thị trấn Bắc Yên", "A04", "03856"),
    ],
)  # fmt: skip
def test_an_area_that_is_not_plainly_in_force_is_told(text, finding, code):
    assert area_of(text) == (code, {f"{finding} E2"})


@pytest.mark.parametrize(
    "text",
    [
        "Chiềng An, Chiềng Coi",
        "Tô Hiệu và Chiềng An",
        "Mai Sơn; Yên Châu",
        "Chiềng Ân (Mộc Châu)",
    ],
)
def test_two_areas_in_a_cell_or_a_district_that_it_was_never_in_are_not_read(text):
    found, says = area_of(text)
    assert found is None
    assert says in ({"A01 E2"}, {"A02 E2"})


@pytest.mark.parametrize(("period", "says"), [("2024", {"A05 E2"}), ("2025-H1", {"A05 E2"}),
                                              ("2025-Q3", set()), ("2025", set())])  # fmt: skip
def test_a_name_that_was_a_district_too_is_asked_about_before_july_2025(period, says):
    assert area_of("Mộc Châu", period)[1] == says
    assert area_of("phường Mộc Châu", period)[1] == set()
    assert area_of("Tô Hiệu", period)[1] == set()


@pytest.mark.parametrize("text", ["", "Toàn tỉnh", "tỉnh Sơn La", "TOÀN TỈNH", " \u00a0"])
def test_the_province_is_blank_or_named(text):
    assert area_of(text, code="HTX-01") == ("", set())
    assert area_of(text, code="XD-03") == ("", set())
    assert area_of(text, code="YT-01") == ("", {"A08 E2"})


def test_rules_that_need_the_area_are_left_out_where_it_is_unknown():
    rows = [("AN-01", "2026", "Chieng An", 1), ("AN-01", "2026", "Hà Nội", 60),
            ("MT-01", "2026", "Hà Nội", 120), ("HTX-01", "2026", "To Hieu", -5)]  # fmt: skip
    desk = examine(long_sheet(*rows))
    assert told(desk) == {"A02 E2", "A01 E3", "A01 E4", "V10 F4", "A02 E5", "V11 F5"}
    assert desk.figures == []


def test_an_area_of_two_scopes_is_told_for_each_indicator_in_its_own_row():
    rows = [["CN-01", "", "", "2026", "Mai Sơn", 90, "ước", "x"],
            ["MT-01", "", "", "2026", "Mai Sơn", 40, "ước", "x"],
            ["CN-02", "", "", "2026", "Mai Sơn", 91, "ước", "x"]]  # fmt: skip
    says = {"A07 E2", "A07 E3", "C01"}
    assert told(examine(sheet([HEAD, *rows]))) == says


def test_a_former_name_twice_is_the_same_area_twice():
    rows = [("YT-01", "2026", "Chiềng Ân", 2), ("YT-01", "2026", "Chiềng Hoa", 3)]
    assert told(examine(long_sheet(*rows))) == {"A04 E2", "D01 F3", "C01"}


def test_missing_areas_are_told_once_for_each_indicator_and_period():
    rows = [("MT-02", "2026", "Mai Sơn", 1), ("MT-02", "2025", "Mai Sơn", 0),
            ("MT-02", "2026", "Yên Châu", 0), ("MT-02", "2026", "Phù Yên", "...")]  # fmt: skip
    desk = examine(long_sheet(*rows))
    missing = [f.args for f in desk.out.kept() if f.code == "C01"]
    assert [(m["period"], m["n"]) for m in missing] == [("2026", 1), ("2025", 2)]
    assert told(desk) == {"V08 F5", "P05 D3", "C01"}


def test_units_of_a_line_count_for_areas_and_are_told_once():
    rows = [["DU LỊCH NĂM 2026 (ƯỚC)"], ["", "", "ĐVT: triệu đồng"], [*HD, DL3],
            [1, "Tô Hiệu", 1500], [2, "Chiềng An", 2500]]  # fmt: skip
    desk = examine(sheet(rows))
    assert told(desk) == {"U02 C2", "A07 B4", "A07 B5"}
    assert [f.value for f in desk.figures] == [1.5, 2.5]


def test_a_named_heading_needs_its_period_and_is_asked_for_it():
    assert told(examine(sheet([["Y TẾ"], [*HD, YT1], [1, "Tô Hiệu", 2]]))) == {"P02 C2"}
