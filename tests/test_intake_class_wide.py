"""Wide tables of many makes: title blocks, groups of headings, sections, notes between tables."""

from __future__ import annotations

import pytest

from intake.grid import DATE, Cell
from tests.intake_cases import DL1, DL2, DL3, DN, HTX, LD, VB, Case, case, seen, wanted
from tests.intake_grids import sheet

UB = ["ỦY BAN NHÂN DÂN TỈNH SƠN LA"]
DAY = ["", "", "Sơn La, ngày 05 tháng 12 năm 2026"]

TITLES = [
    case(
        "a label in front of the title hides neither its year nor its period",
        [UB, ["Biểu số 01: Kết quả thực hiện các chỉ tiêu 6 tháng đầu năm 2026"],
         ["TT", "Chỉ tiêu", "Thực hiện"], [1, HTX, 1030]],
        {"HTX-01 2026-H1": 1030},
    ),
    case(
        "a label alone tells no period",
        [["Biểu số 05/2025"], ["BÁO CÁO NĂM 2026"], ["TT", "Chỉ tiêu", "Ước TH"], [1, HTX, 1048]],
        {"HTX-01 2026": 1048},
    ),
    case(
        "the day of signing and the decision's day are no period",
        [UB, DAY, ["BÁO CÁO ƯỚC THỰC HIỆN QUÝ IV NĂM 2026"],
         ["(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 15/6/2024 của UBND tỉnh)"],
         ["TT", "Chỉ tiêu", "Ước TH"], [1, DL3, 1450]],
        {"DL-03 2026-Q4": 1450},
    ),
    case(
        "a year beside its word in the title block is the table's year",
        [["Năm báo cáo:", 2026], ["TT", "Chỉ tiêu", "Ước TH cả năm"], [1, HTX, 1048]],
        {"HTX-01 2026": 1048},
    ),
    case(
        "a period in a cell of its own in the title block is the table's",
        [["Kỳ báo cáo:", "2026-H1"], ["TT", "Chỉ tiêu", "Thực hiện"], [1, HTX, 1030]],
        {"HTX-01 2026-H1": 1030},
    ),
    case(
        "a title of two years dates no heading, so that nothing is read",
        [["KẾT QUẢ NĂM 2025, KẾ HOẠCH NĂM 2026"], ["TT", "Chỉ tiêu", "Ước thực hiện"],
         [1, HTX, 1048]],
        {}, "F14",
    ),
    case(
        "a title of two half-years dates headings that name their half",
        [["Kết quả 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2026"],
         ["TT", "Chỉ tiêu", "TH 6 tháng đầu năm", "Ước cả năm"], [1, HTX, 1030, 1048]],
        {"HTX-01 2026-H1": 1030, "HTX-01 2026": 1048},
    ),
    case(
        "the situation of carrying out is no status, a year that runs is an estimate",
        [["TÌNH HÌNH THỰC HIỆN NHIỆM VỤ NĂM 2026"], ["TT", "Chỉ tiêu", "Năm 2026"], [1, HTX, 9]],
        {"HTX-01 2026": 9}, "T01",
    ),
    case(
        "a preliminary title counts for headings without a status",
        [["SỐ LIỆU SƠ BỘ NĂM 2025"], ["TT", "Chỉ tiêu", "2025", "Chính thức 2024"],
         [1, HTX, 1012, 990]],
        {"HTX-01 2025": 1012, "HTX-01 2024": 990}, "P05 D2",
    ),
    case(
        "twenty lines of a title block do not hide the table",
        [*[[f"Dòng {n}"] for n in range(20)], ["TT", "Chỉ tiêu", "TH 2025"], [1, HTX, 1012]],
        {"HTX-01 2025": 1012},
    ),
]  # fmt: skip

HEADINGS = [
    case(
        "two rows of headings, years above, halves below, key cells merged down",
        [["TT", "Chỉ tiêu", "ĐVT", "Năm 2025", "", "Năm 2026", ""],
         ["", "", "", "6 tháng", "Cả năm", "6 tháng", "Cả năm"],
         [1, DL3, "tỷ đồng", 3700, 6400, 3985.5, 6920.5]],
        {"DL-03 2025-H1": 3700, "DL-03 2025": 6400, "DL-03 2026-H1": 3985.5, "DL-03 2026": 6920.5},
        "T01", merged="A1:A2 B1:B2 C1:C2 D1:E1 F1:G1",
    ),
    case(
        "three rows of headings: status, year, quarter",
        [["TT", "Chỉ tiêu", "Thực hiện", "", "Ước thực hiện", ""],
         ["", "", "Năm 2025", "", "Năm 2026", ""],
         ["", "", "Quý I", "Quý II", "Quý III", "Quý IV"],
         [1, DL3, 1500, 1600, 1450, 1500]],
        {"DL-03 2025-Q1": 1500, "DL-03 2025-Q2": 1600, "DL-03 2026-Q3": 1450,
         "DL-03 2026-Q4": 1500},
        merged="A1:A3 B1:B3 C1:D1 E1:F1 C2:D2 E2:F2",
    ),
    case(
        "a plan beside its result below one year is left aside",
        [["TT", "Chỉ tiêu", "Năm 2026", "", ""], ["", "", "Kế hoạch", "Ước TH", "Ước TH/KH (%)"],
         [1, HTX, 1050, 1048, 99.8]],
        {"HTX-01 2026": 1048}, "S03 C2, S03 E2", merged="A1:A2 B1:B2 C1:E1",
    ),
    case(
        "comparisons below a group of their own are left aside",
        [["TT", "Chỉ tiêu", "TH 2025", "Ước 2026", "So sánh (%)", ""],
         ["", "", "", "", "Năm 2026 với 2025", "TH/KH năm 2026"], [1, HTX, 1012, 1048, 103.6, 99]],
        {"HTX-01 2025": 1012, "HTX-01 2026": 1048}, "S03 E2, S03 F2",
        merged="A1:A2 B1:B2 C1:C2 D1:D2 E1:F1",
    ),
    case(
        "a share of the plan that was reached is no figure",
        [["KẾT QUẢ NĂM 2026"], ["TT", "Chỉ tiêu", "Kế hoạch", "Ước TH", "Đạt (%)"],
         [1, HTX, 1050, 1048, 99.8]],
        {"HTX-01 2026": 1048}, "S03 C2, S03 E2",
    ),
    case(
        "up to a month is no month",
        [["NĂM 2026"], ["TT", "Chỉ tiêu", "Ước TH cả năm", "Thực hiện đến tháng 6",
                        "TH đến hết quý III"], [1, HTX, 1048, 1030, 1040]],
        {"HTX-01 2026": 1048}, "S03 D2, S03 E2",
    ),
    case(
        "two quarters or months in one heading are no quarter and no month",
        [["NĂM 2026"], ["TT", "Chỉ tiêu", "Ước cả năm", "TH quý I và II", "TH quý I+II",
                        "TH tháng 5, 6", "TH quý I-II"], [1, HTX, 1048, 1, 2, 3, 4]],
        {"HTX-01 2026": 1048}, "S03 D2, S03 E2, S03 F2, S03 G2",
    ),
    case(
        "months across below the title's year",
        [["DU LỊCH NĂM 2026 (SƠ BỘ)"], ["TT", "Chỉ tiêu", "Tháng 1", "Tháng 2", "T3", "Tháng 04"],
         [1, DL3, 400, 410, 420, 430]],
        {"DL-03 2026-01": 400, "DL-03 2026-02": 410, "DL-03 2026-03": 420, "DL-03 2026-04": 430},
    ),
    case(
        "half-years across",
        [["TT", "Chỉ tiêu", "6 tháng đầu năm 2026 (TH)", "6 tháng cuối năm 2026 (ước)"],
         [1, DL3, 3985.5, 2935]],
        {"DL-03 2026-H1": 3985.5, "DL-03 2026-H2": 2935},
    ),
    case(
        "running months across",
        [["TT", "Chỉ tiêu", "TH 9 tháng 2025", "TH 9 tháng 2026", "Ước 11 tháng 2026"],
         [1, DL3, 4700, 5435.5, 6300]],
        {"DL-03 2025-9M": 4700, "DL-03 2026-9M": 5435.5, "DL-03 2026-11M": 6300},
    ),
    case(
        "years as numbers, as text and as words side by side",
        [["TT", "Chỉ tiêu", 2024, "2025", "Năm 2026"], [1, HTX, 990, 1012, 1048]],
        {"HTX-01 2024": 990, "HTX-01 2025": 1012, "HTX-01 2026": 1048}, "T01, P05 C1",
    ),
    case(
        "one silent heading among others asks once for the sheet",
        [["TT", "Chỉ tiêu", "TH 2025", "Năm 2026", "2024"], [1, HTX, 1012, 1048, 990]],
        {"HTX-01 2025": 1012, "HTX-01 2026": 1048, "HTX-01 2024": 990}, "T01, P05 E1",
    ),
    case(
        "an average, a share and a growth are comparisons",
        [["TT", "Chỉ tiêu", "Ước 2026", "Bình quân 2021-2025", "Tốc độ tăng 2026", "Tỷ trọng 2026",
          "Tăng/giảm so với 2025", "Cùng kỳ 2025"], [1, HTX, 1048, 1, 2, 3, 4, 5]],
        {"HTX-01 2026": 1048}, "S03 D1, S03 E1, S03 F1, S03 G1, S03 H1",
    ),
    case(
        "goals, forecasts and duties are plans",
        [["TT", "Chỉ tiêu", "Ước 2026", "KH 2026", "Mục tiêu 2030", "Dự kiến 2027",
          "Nghị quyết ĐH 2026"], [1, HTX, 1048, 1, 2, 3, 4]],
        {"HTX-01 2026": 1048}, "S03 D1, S03 E1, S03 F1, S03 G1",
    ),
    case(
        "a heading that Excel made a month of is asked about once",
        [["TT", "Chỉ tiêu", Cell(DATE, 46143.0, "mm/yyyy"), "Ước tháng 6/2026"],
         [1, DL3, 560, 570], [2, DN, 4300, 4310]],
        {"DL-03 2026-05": 560, "DL-03 2026-06": 570, "KT-01 2026-05": 4300, "KT-01 2026-06": 4310},
        "P06 C1, T01",
    ),
    case(
        "headings of no period are other columns",
        [["TT", "Chỉ tiêu", "Ước 2026", "Cơ quan chủ trì", "Căn cứ"], [1, HTX, 1048, "Sở", "NQ"]],
        {"HTX-01 2026": 1048}, "S03 D1, S03 E1",
    ),
    case(
        "a unit of the headings in brackets is no other column",
        [["TT", "Chỉ tiêu", "ĐVT", "Thực hiện\nnăm 2025", "Ước TH\u00a0\nnăm 2026"],
         [1, LD, "%", 66.5, 68.4]],
        {"NL-01 2025": 66.5, "NL-01 2026": 68.4},
    ),
    case(
        "the same period with two statuses is two columns, not one twice",
        [["TT", "Chỉ tiêu", "Ước 2025", "Chính thức 2025"], [1, HTX, 1010, 1010]],
        {"HTX-01 2025": 1010}, "D02 D2",
    ),
    case(
        "estimates in short are estimates",
        [["TT", "Chỉ tiêu", "UTH 2025", "Ư.TH 2024", "U. TH 2023", "ƯTH 2022"],
        [1, HTX, 4, 3, 2, 1]],
        {"HTX-01 2025": 4, "HTX-01 2024": 3, "HTX-01 2023": 2, "HTX-01 2022": 1},
        "P05 D1, P05 E1, P05 F1",
    ),
    case(
        "printed pages repeat the headings, and the title's year still counts",
        [["BÁO CÁO NĂM 2026"], ["TT", "Chỉ tiêu", "KH", "Ước TH"], [1, HTX, 1050, 1048],
         ["II", "KINH TẾ"], ["TT", "Chỉ tiêu", "KH", "Ước TH"], [2, DN, 4400, 4390]],
        {"HTX-01 2026": 1048, "KT-01 2026": 4390}, "S03 C2",
    ),
    case(
        "repeated headings of years in numbers, merged, are no figures",
        [["TT", "Chỉ tiêu", 2025, ""], ["", "", "6T", "Cả năm"], [1, HTX, 1001, 1012],
         ["TT", "Chỉ tiêu", 2025, ""], ["", "", "6T", "Cả năm"], [2, DN, 4100, 4150]],
        {"HTX-01 2025-H1": 1001, "HTX-01 2025": 1012, "KT-01 2025-H1": 4100, "KT-01 2025": 4150},
        "T01", merged="A1:A2 B1:B2 C1:D1 A4:A5 B4:B5 C4:D4",
    ),
    case(
        "a table of plans and shares only says why nothing is read",
        [["KẾ HOẠCH"], ["TT", "Chỉ tiêu", "KH 2026", "Tỷ lệ (%)"], [1, HTX, 1050, 99]],
        {}, "S03 C2, S03 D2, F14",
    ),
    case(
        "an empty group below blank columns at the left",
        [[], ["", "", "BÁO CÁO NĂM 2026"], [], ["", "", "STT", "Tên chỉ tiêu", "Ước TH năm"],
         ["", "", 1, HTX, 1048]],
        {"HTX-01 2026": 1048},
    ),
]  # fmt: skip

ROWS = [
    case(
        "sections, numbering and dashes do not hide names",
        [["TT", "Chỉ tiêu", "TH 2025"], ["A", "KINH TẾ"], ["I", "DU LỊCH"], ["1", DL1, 5300000],
         ["1.1", f"- Trong đó: {DL2}", 85000], ["a)", f"+ {DL3} (tỷ đồng)", 6400],
         ["II.", "KINH TẾ TẬP THỂ"], ["", f"2. {HTX}:", 1012], ["", f"* {DN} (KT-01)", 4150]],
        {"DL-01 2025": 5300000, "DL-02 2025": 85000, "DL-03 2025": 6400, "HTX-01 2025": 1012,
         "KT-01 2025": 4150},
    ),
    case(
        "capitals are a section without figures and a name with them",
        [["TT", "Chỉ tiêu", "TH 2025"], ["I", "SỐ HỢP TÁC XÃ"], [1, DN.upper(), 4150]],
        {"KT-01 2025": 4150},
    ),
    case(
        "totals and averages are passed over, a name that begins like one is read",
        [["TT", "Chỉ tiêu", "TH 2025"], [1, DL1, 5300000], ["", "Tổng cộng", 1], ["", "Cộng:", 2],
         ["", "Trung bình", 3], ["", "Bình quân chung", 4], ["", "Toàn tỉnh", 5],
         ["", "Khu vực I", 6]],
        {"DL-01 2025": 5300000},
    ),
    case(
        "labels of columns and page headings in between are passed over",
        [["TT", "Chỉ tiêu", "ĐVT", "TH 2025"], ["A", "B", "C", 1], [1, HTX, "HTX", 1012],
         ["TT", "Chỉ tiêu", "ĐVT", "TH 2025"], ["(1)", "(2)", "(3)", "(4)"], [2, DN, "DN", 4150]],
        {"HTX-01 2025": 1012, "KT-01 2025": 4150},
    ),
    case(
        "rows of other indicators are noted one by one",
        [["TT", "Chỉ tiêu", "TH 2025"], [1, "Sản lượng cà phê nhân", 30000], [2, HTX, 1012],
         [3, "Tổng đàn trâu", 120000], [4, "Diện tích rừng", "x"]],
        {"HTX-01 2025": 1012}, "I06 B2, I06 B4",
    ),
    case(
        "a near name is asked about once for all its columns",
        [["TT", "Chỉ tiêu", "TH 2024", "TH 2025"], [1, "So hop tac xa", 990, 1012]],
        {"HTX-01 2024": 990, "HTX-01 2025": 1012}, "I02 B2, P05 C1",
    ),
    case(
        "a name that may be several is refused once",
        [["TT", "Chỉ tiêu", "TH 2024", "TH 2025"],
         [1, "Tỷ lệ trường đạt chuẩn quốc gia", 70, 72.4], [2, HTX, 990, 1012]],
        {"HTX-01 2024": 990, "HTX-01 2025": 1012}, "I04 B2, P05 C1",
    ),
    case(
        "a merged name counts for all its rows",
        [["TT", "Chỉ tiêu", "Địa bàn", "Ước 2026"],
         [1, "Số bác sĩ tại mỗi trạm y tế cấp xã", "Mai Sơn", 2], ["", "", "Yên Châu", 3],
         ["", "", "Phù Yên", 2]],
        {"YT-01 2026 04105": 2, "YT-01 2026 04075": 3, "YT-01 2026 03910": 2}, "C01",
        merged="B2:B4 A2:A4",
    ),
    case(
        "footnotes, notes and signatures below are no rows",
        [["TT", "Chỉ tiêu", "TH 2025"], [1, f"{HTX} (1)", 1012], ["Ghi chú:"],
         ["(1) Không tính 34 hợp tác xã đã ngừng hoạt động"], ["", "Nguồn: Sở Tài chính, 2026"],
         ["", "NGƯỜI LẬP", "", "GIÁM ĐỐC"], ["", "Nguyễn Văn A", "Trần Văn B"]],
        {"HTX-01 2025": 1012},
    ),
    case(
        "values in words, signs, errors and dates are told in their cells",
        [["TT", "Chỉ tiêu", "TH 2023", "TH 2024", "TH 2025", "Ước 2026"],
         [1, HTX, "...", "-", Cell("e", "#REF!"), Cell(DATE, 46000.0, "dd/mm/yyyy")],
         [2, DN, "x", "–", "4.150", "khoảng 4.390"],
         [3, LD, "66.5", "(1,5)", Cell("f", None), True]],
        {"KT-01 2025": 4150, "KT-01 2026": 4390, "NL-01 2023": 66.5, "NL-01 2024": -1.5},
        "V08 C2, V09 D2, V06 E2, V18 F2, V08 C3, V09 D3, V03 E3, V17 F3, V04 C4, V14 D4, V11 D4, "
        "V07 E4, V02 F4, P05 C1, P05 D1",
    ),
    case(
        "percent by format and by sign is percent",
        [["TT", "Chỉ tiêu", "ĐVT", "TH 2025", "Ước 2026"],
         [1, LD, "%", Cell("n", 0.665, "0.0%"), "68,4%"],
         [2, VB, "%", Cell("n", 0.302, "0%"), 0.3]],
        {"NL-01 2025": 66.5, "NL-01 2026": 68.4, "NL-02 2025": 30.2, "NL-02 2026": 0.3},
        "V03 E2, V13 E3",
    ),
]  # fmt: skip

TABLES = [
    case(
        "two tables on a sheet with a note between them",
        [["BIỂU A. DU LỊCH NĂM 2025 (CHÍNH THỨC)"], ["TT", "Chỉ tiêu", "Năm 2025"], [1, DL3, 6400],
         ["Ghi chú: nguồn Sở Văn hóa, Thể thao và Du lịch"], [],
         ["BIỂU B. HỢP TÁC XÃ NĂM 2026 (ƯỚC)"], ["STT", "Tên chỉ tiêu", "Năm 2026"],
         [1, HTX, 1048]],
        {"DL-03 2025": 6400, "HTX-01 2026": 1048},
    ),
    case(
        "sheets of different layouts are all read",
        [sheet([["TT", "Chỉ tiêu", "TH 2025"], [1, HTX, 1012]], "Rộng"),
         sheet([["Mã", "Kỳ", "Giá trị", "Trạng thái"], ["KT-01", 2025, 4150, "chính thức"]], "Dài"),
         sheet([["CN-01 NĂM 2025 (CHÍNH THỨC)"], ["Xã, phường", "Kết quả"], ["Tô Hiệu", 95.2]],
               "Xã"),
         sheet([["Chỉ là ghi chú"], ["của phòng"]], "Ghi chú")],
        {"HTX-01 2025": 1012, "KT-01 2025": 4150, "CN-01 2025 03646": 95.2}, "P05 A1, C01",
    ),
    case(
        "guidance and lists are never read, whatever they hold",
        [sheet([["TT", "Chỉ tiêu", "TH 2025"], [1, HTX, 1012]], "Rộng"),
         sheet([["Mã", "Kỳ", "Giá trị"], ["KT-01", 2025, 1]], "Hướng dẫn"),
         sheet([["Mã", "Kỳ", "Giá trị"], ["KT-01", 2025, 1]], "_danhmuc", hidden=True)],
        {"HTX-01 2025": 1012},
    ),
    case(
        "a sheet that cannot be read leaves the others",
        [sheet([["Mã", "Địa bàn", "Giá trị", "Trạng thái"], ["KT-01", "", 1, "ước"]], "A"),
         sheet([["TT", "Chỉ tiêu", "TH 2025", "TH 2025"], [1, HTX, 1, 2]], "B"),
         sheet([["TT", "Chỉ tiêu", "TH 2025"], [1, HTX, 1012]], "C")],
        {"HTX-01 2025": 1012}, "S02 A1, S04 D1",
    ),
]  # fmt: skip


@pytest.mark.parametrize("one", [*TITLES, *HEADINGS, *ROWS, *TABLES], ids=str)
def test_a_wide_table_is_read_as_the_contract_says(one: Case):
    assert seen(one) == wanted(one)
