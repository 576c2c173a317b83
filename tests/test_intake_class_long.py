"""Plain tables and the template in every make: columns in any order, rows that are none, texts."""

from __future__ import annotations

from itertools import permutations

import pytest

from intake.grid import DATE, ERROR, UNCALCULATED, Cell
from tests.intake_cases import DN, HTX, Case, case, seen, wanted
from tests.intake_grids import HEAD, examine, figures, sheet, told

H = ["Mã", "Kỳ", "Giá trị", "Trạng thái"]
R = ["KT-01", 2025, 4150, "chính thức"]
S = ["HTX-01", 2025, 1012, "chính thức"]
KT, BOTH = {"KT-01 2025": 4150}, {"KT-01 2025": 4150, "HTX-01 2025": 1012}
MARK = [["MẪU NHẬP SỐ LIỆU"], ["Phiên bản mẫu: SL-NHAP-1.0"], [], [*HEAD]]
OLD = [["MẪU"], ["Phiên bản mẫu: SL-NHAP-0.9"], []]
FULL = ["KT-01", DN, "doanh nghiệp", "2025", "", 4150, "chính thức", "Cục Thống kê", ""]

LAYOUTS = [
    case("three headings suffice where two of them are not ordinary", [H[:3], R[:3]], KT, "T01"),
    case("two headings do not", [["Mã", "Giá trị"], ["KT-01", 1]], {}, "F14"),
    case("name, unit and value alone are any table's headings",
         [["Chỉ tiêu", "ĐVT", "Giá trị"], [DN, "DN", 1]], {}, "F14"),
    case("name, unit, period and value are a plain table's",
         [["Chỉ tiêu", "ĐVT", "Kỳ", "Giá trị thực hiện"], [DN, "DN", 2025, 4150]], KT, "T01"),
    case("without code and name", [H[1:], R[1:]], {}, "S02 A1"),
    case("without value", [["Mã", "Kỳ", "Trạng thái"], ["KT-01", 2025, "ước"]], {}, "S02 A1"),
    case("without period, below blank rows and columns",
         [[], [], ["", "Mã", "Giá trị", "Trạng thái"], ["", "KT-01", 1, "ước"]], {}, "S02 B3"),
    case("headings in the thirtieth row", [*[["x"]] * 29, H, R], KT),
    case("headings in the row after that", [*[["x"]] * 30, H, R], {}, "F14"),
    case("headings that nobody knows", [["Ngày nhập", *H, "Người nhập", "Kế hoạch"],
         ["2/12", *R, "An", 5]], KT, "S03 A1, S03 F1, S03 G1"),
    case("a known heading twice", [[*H, "Ghi chú", "Ghi chú"], [*R, "a"]], {}, "S04 F1"),
    case("two headings of one meaning", [["Mã", "Mã CT", *H[1:]], ["KT-01", *R]], {}, "S04 B1"),
    case("silent variants of headings",
         [["TT", "MÃ CT", "Chỉ tiêu", "ĐVT", "Kỳ", "Xã, phường", "Giá trị thực hiện",
           "Trạng thái số liệu", "Nguồn số liệu", "Ghi chú"],
          [1, "YT-01", "", "bác sĩ/trạm", 2026, "Mai Sơn", 2, "ước", "x", ""]],
         {"YT-01 2026 04105": 2}, "C01"),
    case("the same headings again and the numbers of the columns are no rows",
         [H, ["A", "B", 1, 2], R, H, ["(1)", "(2)", "(3)", "(4)"], S], BOTH),
    case("a second table below, with its columns in another order",
         [H, R, [], ["Bảng 2"], ["Kỳ", "Mã", "Trạng thái", "Giá trị"], [S[1], S[0], S[3], S[2]]],
         BOTH),
    case("signatures below", [H, R, [], ["", "", "Sơn La, ngày 5 tháng 12 năm 2026"],
         ["Người lập", "", "THỦ TRƯỞNG ĐƠN VỊ"], ["Nguyễn Văn A", "", "Trần Văn B"]], KT),
    case("a row below a day of signing that names an indicator is a row",
         [H, ["", "", "ngày 5 tháng 12 năm 2026"], R], KT),
    case("merged keys count for each of their rows, what is wrong with them once",
         [["Mã", "Địa bàn", "Kỳ", "Giá trị", "Trạng thái"], ["YT-01", "Mai Sơn", 2026, 2, "tạm"],
          ["", "Yên Châu", "", 3, ""], ["ZZ-1", "", "2O26", 1, "ước"], ["", "", "", 1, "ước"]],
         {"YT-01 2026 04105": 2, "YT-01 2026 04075": 3}, "T02 E2, I01 A4, P02 C4, C01",
         merged="A2:A3 C2:C3 E2:E3 A4:A5 C4:C5"),
    case("a value merged over two rows", [H, R, [*S[:2], "", S[3]]], {}, "S10 C2", merged="C2:C3"),
    case("a value merged with the column beside", [H, R[:3]], {}, "S10 C2", merged="C2:D2"),
    case("words merged over two values are no figure",
         [H, [*R[:2], "chưa có số liệu", R[3]]], {}, "V08 C2", merged="C2:C3"),
    case("hidden value column, hidden row", [H, R, S], BOTH, "S06 C1, S06 C3",
         hidden_columns={3}, hidden_rows={3}),
    case("a hidden column of keys hides no value", [H, R], KT, hidden_columns={1, 2}),
    case("rows without a value are skipped whatever else they hold",
         [HEAD, ["ZZ", "zz", "zz", "zz", "zz", "", "zz", "=", "@"],
          ["ZZ", "", "", "", "", " \u00a0", ""], FULL], KT),
    case("every fault of a row is told at once",
         [HEAD, ["ZZ-9", DN, "zzz", "bad", "Hà Nội", "abc", "??", "=1", "@"]], {},
         "A01 E2, I01 A2, N03 H2, N03 I2, P02 D2, T02 G2, V02 F2"),
    case("a unit line over the table counts for rows without a unit, told once",
         [["ĐVT: triệu đồng"], ["Mã", "ĐVT", "Kỳ", "Giá trị", "Trạng thái"],
          ["DL-03", "", 2025, 6400, "ct"], ["KT-04", "", 2025, 1500, "ct"],
          ["DL-03", "tỷ đồng", 2024, 5.9, "ct"]],
         {"DL-03 2025": 6.4, "KT-04 2025": 1.5, "DL-03 2024": 5.9}, "U02 A1, P05 C5"),
    case("the template asks for the source of what is official",
         [*MARK, [*FULL[:7], ""], ["HTX-01", "", "", 2025, "", 1012, "ct", "–"],
          ["HTX-02", "", "", 2025, "", 62, "ước"]],
         {**BOTH, "HTX-02 2025": 62}, "N01 H5, N01 H6", name="Số liệu"),
    case("another sheet's mark makes no template", [*MARK, [*FULL[:7], ""]], KT, name="Nhập"),
    case("a plain table called Số liệu is no template", [HEAD, [*FULL[:7], ""]], KT,
         name="Số liệu"),
    case("an old template is read", [*OLD, HEAD, FULL], KT, "S05 A2", name="Số liệu"),
    case("an old template says so beside what is missing",
         [*OLD, [h for h in HEAD if h != "Kỳ báo cáo"], ["KT-01"]], {}, "S05 A2, S02 A4",
         name="Số liệu"),
    case("a later template is no old one",
         [["MẪU"], ["Phiên bản mẫu: SL-NHAP-1.1"], [], HEAD, FULL], KT, name="Số liệu"),
    case("a template without its headings", [*MARK[:3], FULL], {}, "S01", name="SỐ LIỆU"),
    case("an empty template", MARK, {}, "F14", name="Số liệu"),
    case("a defined name makes a template too",
         [sheet([HEAD, [*FULL[:7], ""]], "Số liệu")], KT, "N01 H2",
         names={"phien_ban_mau": "'Số liệu'!$A$2"}),
    case("a hidden sheet with rows is told, a list sheet and an empty one are not",
         [sheet([H, R], "A"), sheet([H, S], "B", hidden=True), sheet([H], "C", hidden=True),
          sheet([H, S], "_danhmuc", hidden=True), sheet([["x"], ["y"]], "D", hidden=True)],
         KT, "S07"),
    case("a file whose only rows are hidden away holds none", [sheet([H, S], hidden=True)], {},
         "S07, F14"),
]  # fmt: skip


@pytest.mark.parametrize("one", LAYOUTS, ids=str)
def test_a_plain_table_is_read_as_the_contract_says(one: Case):
    assert seen(one) == wanted(one)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_columns_changes_no_value(order):
    rows = [[row[at] for at in order] for row in (H, R, S)]
    assert figures(examine(sheet(rows))) == {
        ("KT-01", "2025", ""): 4150,
        ("HTX-01", "2025", ""): 1012,
    }


@pytest.mark.parametrize("above", [0, 1, 7, 29])
@pytest.mark.parametrize("left", [0, 1, 9])
def test_blank_rows_and_columns_and_lines_of_a_title_change_no_value(above, left):
    lines = [[f"Dòng {n}", "", "", "báo cáo"] for n in range(above)]
    rows = [*lines, *([""] * left + row for row in (H, R, S))]
    desk = examine(sheet(rows))
    assert figures(desk) == {("KT-01", "2025", ""): 4150, ("HTX-01", "2025", ""): 1012}
    assert told(desk) == set()


STATUSES = {
    "official": ("chính thức", "CHÍNH THỨC", "CT", "Thực hiện", "TH", "th"),
    "estimate": ("ước tính", "Ước", "số ước", "UT", "ƯTH"),
    "preliminary": ("sơ bộ", "Sơ  bộ", "SB"),
}


@pytest.mark.parametrize(("status", "text"), [(s, t) for s, ts in STATUSES.items() for t in ts])
def test_a_status_is_known_in_its_silent_variants(status, text):
    desk = examine(sheet([H, ["KT-01", 2025, 4150, text]]))
    assert ([f.status for f in desk.figures], told(desk)) == ([status], set())


@pytest.mark.parametrize(
    ("text", "code"),
    [("tạm tính", "T02"), ("chinh thuc", "T02"), ("kế hoạch", "T02"), ("-", "T02"), (5, "T02"),
     ("", "T01"), (" ", "T01"), (None, "T01")],
)  # fmt: skip
def test_a_status_that_is_blank_or_unknown_is_told_and_an_estimate(text, code):
    desk = examine(sheet([H, ["KT-01", 2026, 4150, text]]))
    assert [f.status for f in desk.figures] == ["estimate"]
    assert told(desk) == {f"{code} D2"}


@pytest.mark.parametrize(
    ("cell", "code"),
    [(Cell(DATE, 2026.0, "dd/mm/yyyy"), "P06"), (Cell(DATE, 46143.0, "mmm-yy"), "P06"),
     (Cell(DATE, 46143.0, "yyyy"), "P06"), (Cell(DATE, 46143.0, "dd/mm/yyyy"), "P07"),
     (Cell(DATE, 46143.0, "d-mmm"), "P07"), (Cell(ERROR, "#N/A"), "P02"), (2026.5, "P02"),
     (Cell(UNCALCULATED, None), "P02"), (True, "P02"), ("", "P02"), (26, "P02")],
)  # fmt: skip
def test_a_period_cell_that_is_no_text_and_no_year_is_told(cell, code):
    desk = examine(sheet([H, ["KT-01", cell, 4150, "ước"]]))
    assert told(desk) == {f"{code} B2"}
    assert len(desk.figures) == (code == "P06")


@pytest.mark.parametrize(
    ("name", "source", "note", "says"),
    [
        (DN, "Báo cáo", "", ""), ("-", "-", "–", "I05"), ("=A1", "x", "", "N03 B2"),
        ("", "+x", "@y", "N03 H2, N03 I2"), ("", "\tx", "-x", "N03 H2, N03 I2"),
        ("x" * 501, "", "", "N02 B2"), ("", "y" * 2001, "z" * 2001, "N02 H2, N02 I2"),
        ("x" * 500, "y" * 2000, "z" * 2000, ""), ("- " + DN, "", "", "N03 B2"),
    ],
)  # fmt: skip
def test_texts_that_are_too_long_or_like_formulas_are_told(name, source, note, says):
    desk = examine(sheet([HEAD, ["KT-01", name, "", 2025, "", 4150, "ct", source, note]]))
    assert told(desk) == {text for text in says.split(", ") if text and text != "I05"}
    assert len(desk.figures) == 1


@pytest.mark.parametrize(
    ("code", "name", "says", "target"),
    [
        ("kt 1", "", "", "KT-01"), ("KT–01", DN, "", "KT-01"), ("ĐT01", "", "", "DT-01"),
        ("ｋｔ－０１", "", "", "KT-01"), ("KT_001", "", "", "KT-01"), ("KT-99", "", "I01 A2", ""),
        ("KT-O1", "", "I01 A2", ""), ("1", DN, "I01 A2", ""), ("", DN.upper(), "", "KT-01"),
        ("", "So doanh nghiep dang hoat dong", "I02 B2", "KT-01"),
        ("", "Số HTX", "I02 B2", "HTX-01"),
        ("", "Số hợp tác xã ", "", "HTX-01"), ("", "Số hợp tác xạ", "I02 B2", "HTX-01"),
        ("", "Diện tích rừng", "I03 B2", ""), ("", "", "I03 B2", ""),
        ("", "Tỷ lệ trường đạt chuẩn quốc gia", "I04 B2", ""), ("KT-01", HTX, "I05 A2", ""),
        ("KT-01", "So hop tac xa", "I05 A2", ""), ("KT-01", "Tên khác hẳn", "", "KT-01"),
        ("GD-02", "Tỷ lệ trường đạt chuẩn quốc gia", "", "GD-02"),
    ],
)  # fmt: skip
def test_an_indicator_is_found_by_code_and_its_name_is_compared(code, name, says, target):
    rows = [["Mã", "Chỉ tiêu", "Kỳ", "Giá trị", "Trạng thái"], [code, name, 2025, 5, "ước"]]
    desk = examine(sheet(rows))
    assert [f.indicator for f in desk.figures] == ([target] if target else [])
    assert told(desk) == ({says} if says else set())
