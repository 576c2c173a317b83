"""Wide tables as reports really have them: names in headings, units in places, odd columns."""

from __future__ import annotations

import pytest

from intake.grid import DATE, Cell
from tests.intake_cases import DL1, DL2, DL3, DN, HTX, LD, VB, Case, case, seen, wanted

SAVED = {"HTX-01 2025": 1012}
MONEY = {"DL-03 2025": 6.4}
DAY = Cell(DATE, 46000.0, "dd/mm/yyyy")

NAMES = [
    *(
        case(f"the name column is called {head or 'nothing'}",
             [["STT", head, "ĐVT", "TH 2025"], [1, HTX, "HTX", 1012]], SAVED)
        for head in ("Nội dung", "Hạng mục", "Lĩnh vực / Chỉ tiêu", "Chỉ tiêu Nghị quyết",
                     "Chỉ tiêu (đơn vị tính)", "Các chỉ tiêu chủ yếu", "TÊN CHỈ TIÊU, ĐƠN VỊ", "")
    ),
    case("an unknown heading without numbering or units, its names known",
         [["Hạng mục báo cáo", "TH 2025"], ["KINH TẾ"], [HTX, 1012]], SAVED),
    case("a line of text over figures is no heading",
         [["", "BÁO CÁO NĂM 2025", "x"], [HTX, 1012]], {}, "F14"),
    case("rows of figures without any heading are no headings of each other",
         [["HTX-01", HTX, "HTX", "2025", "", 1012],
         ["KT-01", DN, "DN", "2025", "", 4150]], {}, "F14"),
    case("a row of names and periods is no heading either",
         [["HTX-01", "Tên khác", "2025", 1012], [HTX, "x", "2025", 4150]], {}, "F14"),
    case("dates in a row of figures make no heading of it",
         [["TT", "Chỉ tiêu", "TH 2025"], [1, HTX, 1012], [2, DN, DAY]], SAVED, "V18 C3"),
    case("marks of footnotes behind names",
         [["TT", "Chỉ tiêu", "TH 2025"], [1, f"{HTX} (1)", 1012], [2, f"{DN}*", 4150],
          [3, f"{DL3}²", 6400], [4, f"{LD} 1)", 66.5]],
         {**SAVED, "KT-01 2025": 4150, "DL-03 2025": 6400, "NL-01 2025": 66.5}),
    case("units behind names",
         [["TT", "Chỉ tiêu", "TH 2025"], [1, f"{DL3}, tỷ đồng", 6400],
         [2, f"{DL1} - nghìn lượt", 5300],
          [3, f"{LD} (%)", 66.5], [4, f"- {DL2} [nghìn lượt]", 85]],
         {"DL-03 2025": 6400, "DL-01 2025": 5300000, "NL-01 2025": 66.5, "DL-02 2025": 85000},
         "U02 B3, U02 B5"),
    case("words in front of names",
         [["TT", "Chỉ tiêu", "TH 2025"], [1, f"Tr.đó: {DL2}", 5], [2, f"Trong đó {VB}", 30],
          [3, f"T.đó: {HTX}", 1012], [4, f"+) {DN}", 4], [5, f"a. {DL3}", 6], ["", f"· {LD}", 66]],
         {**SAVED, "DL-02 2025": 5, "NL-02 2025": 30, "KT-01 2025": 4, "DL-03 2025": 6,
          "NL-01 2025": 66}),
    case("codes in front of and behind names",
         [["TT", "Chỉ tiêu", "TH 2025"], [1, f"HTX-01: {HTX}", 1012], [2, f"{DN} (KT 01)", 4150],
          [3, f"DL-03 - {DL3}", 6400], [4, f"(KT-02) {DN}", 5]],
         {**SAVED, "KT-01 2025": 4150, "DL-03 2025": 6400}, "I05 B5"),
    case("a row with a day of signing is no row of figures",
         [["Ngày in", DAY], ["TT", "Chỉ tiêu", "TH 2025"], [1, HTX, 1012], ["Ngày ký", DAY, DAY]],
         SAVED),
]  # fmt: skip

UNITS = [
    case("a unit line in two cells", [["", "", "", "Đơn vị tính:", "Triệu đồng"],
         ["TT", "Chỉ tiêu", "TH 2025"], [1, DL3, 6400]], MONEY, "U02 E1"),
    case("a unit below its heading", [["TT", "Chỉ tiêu", "TH 2025"], ["", "", "(triệu đồng)"],
         [1, DL3, 6400]], MONEY, "U02 C2"),
    case("a unit in the heading", [["TT", "Chỉ tiêu", "TH 2025 (triệu đồng)"], [1, DL3, 6400]],
         MONEY, "U02 C1"),
    case("the heading's unit is nearer than the line's",
         [["ĐVT: triệu đồng"], ["TT", "Chỉ tiêu", "TH 2025 (tỷ đồng)", "TH 2024"],
         [1, DL3, 6400, 5900]],
         {"DL-03 2025": 6400, "DL-03 2024": 5.9}, "U02 A1, P05 D2"),
    case("the row's unit is nearest of all",
         [["ĐVT: triệu đồng"], ["TT", "Chỉ tiêu", "ĐVT", "TH 2025 (nghìn đồng)"],
          [1, DL3, "tỷ đồng", 6400]], {"DL-03 2025": 6400}),
    case("a line of several units: each indicator takes its own",
         [["ĐVT: Triệu đồng, lượt, %"], ["TT", "Chỉ tiêu", "TH 2025"], [1, DL3, 6400],
         [2, DL1, 1012],
          [3, LD, 66]], {**MONEY, "DL-01 2025": 1012, "NL-01 2025": 66}, "U02 A1"),
    case("a line that fits one and not another",
         [["Đơn vị tính: tỷ đồng"], ["TT", "Chỉ tiêu", "TH 2025"], [1, DL3, 6400], [2, HTX, 1012]],
         {"DL-03 2025": 6400}, "U01 A1"),
    case("an agency is no unit", [["Đơn vị: Sở Văn hóa"], ["Đơn vị báo cáo", "Sở Tài chính"],
         ["TT", "Chỉ tiêu", "TH 2025"], [1, DL3, 6400]], {"DL-03 2025": 6400}),
    case("a unit merged over its rows is told once",
         [["TT", "Chỉ tiêu", "ĐVT", "TH 2025"], [1, DL1, "nghìn lượt", 5300], [2, DL2, "", 85],
          [3, HTX, "HTX", 1012]],
         {**SAVED, "DL-01 2025": 5300000, "DL-02 2025": 85000}, "U02 C2", merged="C2:C3"),
    case("a scale in the cell beside a scaled unit line",
         [["ĐVT: nghìn lượt"], ["TT", "Chỉ tiêu", "TH 2025"], [1, DL1, "5,3 triệu"],
         [2, DL2, "85"]],
         {"DL-02 2025": 85000}, "U05 C3, V03 C4, U02 A1"),
    case("units of another kind in a row are refused once for all its columns",
         [["TT", "Chỉ tiêu", "ĐVT", "TH 2024", "TH 2025"], [1, DL3, "lượt", 1, 2]], {}, "U01 C2"),
]  # fmt: skip

COLUMNS = [
    case("plan, result and share below each year",
         [["TT", "Chỉ tiêu", "Năm 2025", "", "", "Năm 2026", "", ""],
          ["", "", "KH", "TH", "TH/KH (%)", "KH", "Ước TH", "Ước TH/KH (%)"],
          [1, HTX, 1000, 1012, 101, 1050, 1048, 99]],
         {**SAVED, "HTX-01 2026": 1048}, "S03 C2, S03 E2, S03 F2, S03 H2",
         merged="A1:A2 B1:B2 C1:E1 F1:H1"),
    case("a monthly report",
         [["TÌNH HÌNH KT-XH THÁNG 5 VÀ 5 THÁNG ĐẦU NĂM 2026"],
          ["TT", "Chỉ tiêu", "Thực hiện tháng 4", "Ước thực hiện tháng 5", "Cộng dồn 5 tháng",
           "Tháng 5 so tháng 4 (%)", "5 tháng so cùng kỳ (%)"], [1, DL3, 500, 510, 2500, 102, 110]],
         {"DL-03 2026-04": 500, "DL-03 2026-05": 510, "DL-03 2026-5M": 2500},
         "S03 F2, S03 G2, T01"),
    case("a quarterly report",
         [["KẾT QUẢ QUÝ III VÀ 9 THÁNG NĂM 2026"],
          ["TT", "Chỉ tiêu", "Quý III/2026", "9 tháng 2026", "Ước quý IV"],
          [1, DL3, 1450, 5435.5, 1500]],
         {"DL-03 2026-Q3": 1450, "DL-03 2026-9M": 5435.5, "DL-03 2026-Q4": 1500}, "T01"),
    case("last year in words is left aside",
         [["NĂM 2026"], ["TT", "Chỉ tiêu", "TH năm trước", "KH năm", "Ước TH 6 tháng"],
          [1, HTX, 1, 2, 1012]], {"HTX-01 2026-H1": 1012}, "S03 C2, S03 D2"),
    case("statuses below years",
         [["TT", "Chỉ tiêu", 2024, 2025, 2026], ["", "", "Chính thức", "Sơ bộ", "Ước tính"],
          [1, HTX, 990, 1012, 1048]],
         {**SAVED, "HTX-01 2024": 990, "HTX-01 2026": 1048}, "P05 C2"),
    case("statuses above years, merged",
         [["TT", "Chỉ tiêu", "Chính thức", "", "Ước"], ["", "", 2024, 2025, 2026],
          [1, HTX, 990, 1012, 1048]],
         {**SAVED, "HTX-01 2024": 990, "HTX-01 2026": 1048}, "P05 C2", merged="C1:D1 A1:A2 B1:B2"),
    case("sums of columns are no period",
         [["TT", "Chỉ tiêu", "Ước quý I/2026", "Ước quý II/2026", "Tổng cộng", "Cộng"],
          [1, DL3, 1900, 2085.5, 3985.5, 1]],
         {"DL-03 2026-Q1": 1900, "DL-03 2026-Q2": 2085.5}, "S03 E1, S03 F1"),
    case("two tables side by side are not taken apart, and nothing is read",
         [["TT", "Chỉ tiêu", "TH 2025", "", "TT", "Chỉ tiêu", "TH 2025"],
         [1, HTX, 1012, "", 2, DN, 4]],
         {}, "S03 E1, S03 F1, S04 G1"),
    case("a hidden column of plans hides no value",
         [["TT", "Chỉ tiêu", "KH 2026", "TH 2025"], [1, HTX, 1, 1012]], SAVED, "S03 C1",
         hidden_columns={3}),
]  # fmt: skip


@pytest.mark.parametrize("one", [*NAMES, *UNITS, *COLUMNS], ids=str)
def test_a_report_is_read_as_an_officer_means_it(one: Case):
    assert seen(one) == wanted(one)
