"""Wide tables as officers make them for printing."""

from __future__ import annotations

import pytest

from intake.grid import DATE, Cell
from tests.intake_grids import examine, figures, sheet, told

OFFICE = ["ỦY BAN NHÂN DÂN TỈNH SƠN LA", "", "", "", "Biểu số 01/KTXH"]
TOTAL, ABROAD, MONEY = (
    "Tổng lượt khách du lịch", "Lượt khách du lịch quốc tế", "Tổng thu từ khách du lịch",
)  # fmt: skip


def printed(head: list[object], *rows: list[object], title: str = "TÌNH HÌNH", **more: object):
    """A sheet with a title block of four rows and headings in row 5."""
    return sheet([OFFICE, ["SỞ TÀI CHÍNH"], [title], [], head, *rows], **more)  # type: ignore[list-item]


def test_a_report_made_for_printing_is_read_and_the_rest_left_aside():
    desk = examine(
        printed(
            ["TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm", "Thực hiện 6 tháng",
             "Ước TH cả năm", "So với KH (%)", "Ghi chú"],
            ["A", "B", "C", 1, 2, 3, "4=3/1", 5],
            ["I", "DU LỊCH"],
            [1, TOTAL, "Nghìn lượt", 5600, 3262.4, 5634, 100.6, "đợt 1"],
            ["", f"Tr.đó: {ABROAD}", "Nghìn lượt", 90, 47.15, 90.5, 100.5],
            ["II", "NÔNG NGHIỆP"],
            [1, "Sản lượng cà phê nhân", "Tấn", 30000, "-", 31000, 100],
            ["", "Tổng cộng", "", 1, 2, 3],
            ["", "Ghi chú: số ước là số của 11 tháng."],
            ["", "NGƯỜI LẬP BIỂU", "", "", "Sơn La, ngày 02 tháng 12 năm 2026"],
            title="TÌNH HÌNH THỰC HIỆN NHIỆM VỤ 6 THÁNG ĐẦU NĂM 2026",
        )
    )  # fmt: skip
    assert figures(desk) == {
        ("DL-01", "2026-H1", ""): 3262400.0,
        ("DL-01", "2026", ""): 5634000.0,
        ("DL-02", "2026-H1", ""): 47150.0,
        ("DL-02", "2026", ""): 90500.0,
    }
    assert told(desk) == {"S03 D5", "S03 G5", "U02 C8", "U02 C9", "I06 B11"}
    assert {f.status for f in desk.figures} == {"official", "estimate"}
    assert [(u.name, u.figures) for u in desk.unknown] == [("Sản lượng cà phê nhân", 1)]
    assert [(p.indicator, p.period, p.value, p.cell) for p in desk.plans] == [
        ("DL-01", "2026", 5600000.0, "D8"),
        ("DL-02", "2026", 90000.0, "D9"),
    ]
    assert [(a.cell, a.kind) for a in desk.aside] == [("D5", "plan"), ("G5", "compare")]


@pytest.mark.parametrize(
    ("heading", "period", "status"),
    [
        ("Thực hiện năm 2025", "2025", "official"),
        ("TH 2025", "2025", "official"),
        ("Chính thức 2025", "2025", "official"),
        ("Năm 2025 (chính thức)", "2025", "official"),
        ("Sơ bộ 6 tháng 2026", "2026-H1", "preliminary"),
        ("Ước 6T/2026", "2026-H1", "estimate"),
        ("Ước\u00a0thực hiện\nnăm 2026", "2026", "estimate"),
        ("Ước TH 9 tháng 2026", "2026-9M", "estimate"),
        ("TH Quý III/2026", "2026-Q3", "official"),
        ("Thực hiện tháng 5/2026", "2026-05", "official"),
        ("Lũy kế TH 9 tháng 2026", "2026-9M", "official"),
    ],
)
def test_a_heading_tells_period_and_status(heading, period, status):
    desk = examine(printed(["TT", "Chỉ tiêu", heading], [1, TOTAL, 5]))
    assert [(f.period, f.status) for f in desk.figures] == [(period, status)]


@pytest.mark.parametrize(
    "heading",
    [
        "Kế hoạch 2026", "KH 2026", "Mục tiêu 2026", "Dự kiến 2026", "So sánh (%)",
        "Ước TH 2026/TH 2025", "So với cùng kỳ (%)", "Cùng kỳ năm 2025", "Tỷ lệ (%)", "% TH/KH",
        "Giai đoạn 2021-2025", "Tăng, giảm so với 2025", "Năm trước", "Đơn vị thực hiện",
        "Lũy kế đến tháng 5/2026", "BQ 2021-2025",
    ],
)  # fmt: skip
def test_plans_and_comparisons_are_left_aside_with_a_note(heading):
    desk = examine(printed(["TT", "Chỉ tiêu", "Ước năm 2026", heading], [1, TOTAL, 5634000, 100]))
    assert told(desk) == {"S03 D5"}
    assert figures(desk) == {("DL-01", "2026", ""): 5634000.0}


@pytest.mark.parametrize("merged", [["D5:E5", "F5:G5", "B5:B6"], []])
def test_groups_of_headings_count_merged_or_not(merged):
    desk = examine(
        printed(
            ["TT", "Chỉ tiêu", "ĐVT", "Năm 2025", "", "Năm 2026"],
            ["", "", "", "TH 6 tháng", "TH cả năm", "TH 6 tháng", "Ước cả năm"],
            [1, TOTAL, "lượt", 3050000, 5300000, 3262400, 5634000],
            merged=merged,
        )
    )
    assert {key[1]: value for key, value in figures(desk).items()} == {
        "2025-H1": 3050000, "2025": 5300000, "2026-H1": 3262400, "2026": 5634000,
    }  # fmt: skip
    assert told(desk) == set()


def test_quarters_and_months_below_a_group_take_its_year():
    head = ["TT", "Chỉ tiêu", "Quý"]
    rows = [["", "", "I", "II", 3], [1, TOTAL, 1600000, 1640000, 1190000]]
    desk = examine(printed(head, *rows, title="NĂM 2026 (SƠ BỘ)", merged=["C5:E5", "B5:B6"]))
    assert {key[1] for key in figures(desk)} == {"2026-Q1", "2026-Q2", "2026-Q3"}
    assert {f.status for f in desk.figures} == {"preliminary"}


def test_a_sheet_that_tells_no_status_is_an_estimate_told_once():
    desk = examine(
        printed(["TT", "Chỉ tiêu", 2025, 2026], [1, TOTAL, 5300000, 5634000], [2, ABROAD, 1, 2])
    )
    assert [f.code for f in desk.out.kept()] == ["T01"]
    assert {f.status for f in desk.figures} == {"estimate"}


def test_a_footnote_tells_no_status():
    head = ["TT", "Chỉ tiêu", 2026]
    note = ["Ghi chú: số liệu năm hiện hành là số ước thực hiện."]
    assert told(examine(printed(head, [1, TOTAL, 5], note))) == {"T01"}


@pytest.mark.parametrize(
    ("line", "cell"),
    [("Đơn vị tính: Nghìn lượt", "D4"), ("ĐVT: nghìn lượt", "D4"), ("(Đơn vị: nghìn lượt)", "D4")],
)
def test_a_unit_line_counts_for_rows_without_a_unit_and_is_told_once(line, cell):
    rows = [OFFICE, ["TỔNG HỢP"], [], ["", "", "", line], ["TT", "Chỉ tiêu", "ĐVT", "Ước 2026"],
            [1, TOTAL, "", 5634], [2, ABROAD, "", 90.5], [3, MONEY, "tỷ đồng", 6920.5]]  # fmt: skip
    desk = examine(sheet(rows))
    assert list(figures(desk).values()) == [5634000.0, 90500.0, 6920.5]
    assert [(f.code, f.cell) for f in desk.out.kept()] == [("U02", cell)]


def test_an_agency_in_the_title_is_no_unit_line():
    desk = examine(
        printed(["TT", "Chỉ tiêu", "Ước 2026"], [1, TOTAL, 5], title="Đơn vị: Sở Văn hóa")
    )
    assert told(desk) == set()


def test_two_columns_of_one_period_and_status_end_the_sheet():
    desk = examine(printed(["TT", "Chỉ tiêu", "TH 2025", "Thực hiện năm 2025"], [1, TOTAL, 5, 6]))
    assert told(desk) == {"S04 D5"}
    assert desk.figures == []


def test_findings_of_a_period_stand_once_at_its_heading():
    rows = [[1, TOTAL, 5634000, 6100000], [2, ABROAD, 90500, 95000]]
    desk = examine(printed(["TT", "Chỉ tiêu", "Chính thức 2026", "Ước 2027"], *rows))
    assert [(f.code, f.cell) for f in desk.out.kept()] == [("P03", "D5"), ("P04", "C5")]


def test_headings_that_are_dates_are_asked_about_or_not_read():
    head = ["TT", "Chỉ tiêu", Cell(DATE, 2026.0, "dd/mm/yyyy"), Cell(DATE, 46023.0, "dd/mm/yyyy")]
    desk = examine(printed(head, [1, TOTAL, 5634000, 7]))
    assert told(desk) == {"P06 C5", "P07 D5", "T01"}
    assert figures(desk) == {("DL-01", "2026", ""): 5634000.0}


def test_a_figure_merged_over_two_periods_is_refused_and_its_row_goes_on():
    head = ["TT", "Chỉ tiêu", "Ước quý I năm 2026", "Ước quý II năm 2026", "Ước 2026"]
    desk = examine(printed(head, [1, TOTAL, 3200000, "", 5634000], merged=["C6:D6"]))
    assert told(desk) == {"S10 C6"}
    assert figures(desk) == {("DL-01", "2026", ""): 5634000.0}


def test_codes_count_and_row_numbers_do_not():
    head = ["TT", "Mã", "Chỉ tiêu", "Ước 2026", "Ghi chú"]
    rows = [
        [1, "DL-01", TOTAL, 9],
        [2, "02", ABROAD, 2],
        [3, "ZZ-01", "Một chỉ tiêu khác hẳn", 3],
        [4, "ZZ-02", "Số hợp tác xã", 4],
        [5, "DL-02", MONEY, 5],
    ]
    desk = examine(printed(head, *rows))
    assert {key[0] for key in figures(desk)} == {"DL-01", "DL-02"}
    assert told(desk) == {"I06 C8", "I01 B9", "I05 B10"}


def test_hidden_rows_and_columns_are_read_and_told():
    head = ["TT", "Chỉ tiêu", "TH 2025", "Ước 2026"]
    rows = [[1, TOTAL, 5300000, 5634000], [2, ABROAD, 85000, 90500]]
    desk = examine(printed(head, *rows, hidden_rows={7}, hidden_columns={3}))
    assert told(desk) == {"S06 C7", "S06 C5"}
    assert len(desk.figures) == 4


def test_signatures_dates_and_page_headings_are_passed_over():
    head = ["TT", "Chỉ tiêu", "Ước 2026"]
    desk = examine(
        printed(
            head, [1, TOTAL, 5634000], head, [2, ABROAD, 90500],
            ["", "Nơi nhận:", "Sơn La, ngày 2 tháng 12 năm 2026"],
            ["", "(Ký, họ tên)", "THỦ TRƯỞNG ĐƠN VỊ"],
        )
    )  # fmt: skip
    assert told(desk) == set()
    assert len(desk.figures) == 2


def test_names_indented_over_two_columns_are_found():
    head = ["TT", "Chỉ tiêu", "", "Ước 2026"]
    rows = [[1, TOTAL, "", 5634000], ["", "", ABROAD, 90500]]
    desk = examine(printed(head, *rows, merged=["B5:C5"]))
    assert {key[0] for key in figures(desk)} == {"DL-01", "DL-02"}


def test_areas_down_take_the_indicator_of_the_title():
    desk = examine(
        printed(
            ["TT", "Phường", "Mã", "Năm 2025 (chính thức)", "Năm 2026 (ước)"],
            [1, "Tô Hiệu", "03646", 41, 44],
            [2, "Chiềng An", 3664, 38.5, 41],
            ["", "Bình quân", "", 39, 42],
            title="ĐỘ BAO PHỦ XỬ LÝ NƯỚC THẢI SINH HOẠT ĐÔ THỊ (MT-01)",
        )
    )
    assert figures(desk) == {
        ("MT-01", "2025", "03646"): 41, ("MT-01", "2026", "03646"): 44,
        ("MT-01", "2025", "03664"): 38.5, ("MT-01", "2026", "03664"): 41,
    }  # fmt: skip
    assert told(desk) == {"P05 D5", "C01"}


def test_areas_down_take_period_and_status_of_the_title_and_tell_there():
    desk = examine(
        printed(
            ["TT", "Xã, phường", "CN-01: Cấp nước tại phường (%)", "CN-02 (%)"],
            [1, "Tô Hiệu", 95.9],
            [2, "Quỳnh Nhai", "", 84],
            [3, "Toàn tỉnh", 90, 80],
            title="CẤP NƯỚC 6 THÁNG CUỐI NĂM 2026 (SỐ CHÍNH THỨC)",
        )
    )
    assert figures(desk) == {("CN-01", "2026-H2", "03646"): 95.9, ("CN-02", "2026-H2", "03703"): 84}
    assert told(desk) == {"P04 A3", "C01"}


def test_areas_down_with_faults_are_told_at_the_area():
    desk = examine(
        printed(
            ["TT", "Xã, phường", "YT-01"],
            [1, "Moc Chau", 2],
            [2, "Chiềng Ân", 3],
            [3, "huyện Mai Sơn", 3],
            [4, "Chiềng Sơ", "x"],
            title="NĂM 2026 (ƯỚC)",
        )
    )
    assert {"A02 B6", "A04 B7", "A06 B8", "V08 C9", "C01"} == told(desk)
    assert figures(desk) == {("YT-01", "2026", "03850"): 3}


def test_code_and_name_of_an_area_that_disagree_are_not_read():
    rows = [["03670", "Chiềng Sinh", 93], ["03646", "Tô Hiệu", 95]]
    desk = examine(printed(["Mã", "Tên", "Ước 2026"], *rows, title="CN-01"))
    assert "A05 B6" in told(desk)
    assert len(desk.figures) == 1


def test_areas_of_an_indicator_that_nobody_asks_for_are_noted():
    desk = examine(printed(["TT", "Xã", "Năm 2026"], [1, "Tô Hiệu", 2], title="TỶ LỆ HỘ NGHÈO"))
    assert told(desk) == {"I06 A3", "F14"}


def test_a_heading_that_names_an_indicator_without_a_period_is_told():
    desk = examine(printed(["TT", "Xã", "CN-01"], [1, "Tô Hiệu", 95], title="CẤP NƯỚC"))
    assert told(desk) >= {"P02 C5"}
    assert desk.figures == []


def test_indicators_and_areas_may_both_stand_down():
    head = ["TT", "Chỉ tiêu", "Địa bàn", "ĐVT", "Ước 2026"]
    name = "Độ bao phủ xử lý nước thải sinh hoạt đô thị"
    rows = [[1, name, "Tô Hiệu", "%", 44], ["", "", "Chiềng An", "%", 41]]
    desk = examine(printed(head, *rows, merged=["B6:B7"]))
    assert figures(desk) == {("MT-01", "2026", "03646"): 44, ("MT-01", "2026", "03664"): 41}


def test_a_province_figure_of_what_each_area_reports_is_refused():
    name = "Độ bao phủ xử lý nước thải sinh hoạt đô thị"
    desk = examine(printed(["TT", "Chỉ tiêu", "Ước 2026"], [1, name, 40]))
    assert "A08 B6" in told(desk)


def test_a_hidden_wide_sheet_is_told_only_where_it_holds_what_we_ask_for():
    head = ["TT", "Chỉ tiêu", "Ước 2026"]
    shown = printed(head, [1, TOTAL, 5634000])
    asked = printed(head, [1, ABROAD, 90500], name="Ẩn", hidden=True)
    other = printed(head, [1, "Thứ khác", 1], name="Khác", hidden=True)
    desk = examine(shown, asked, other)
    assert [(f.code, f.sheet) for f in desk.out.kept()] == [("S07", "Ẩn")]


def test_rows_that_are_not_in_the_register_alone_are_no_data():
    desk = examine(printed(["TT", "Chỉ tiêu", "Ước 2026"], [1, "Thứ khác", 1]))
    assert told(desk) == {"I06 B6", "F14"}


def test_two_tables_on_one_sheet_keep_their_own_titles():
    desk = examine(
        sheet([
            ["BIỂU A NĂM 2025 (CHÍNH THỨC)"], ["TT", "Chỉ tiêu", "Thực hiện"],
            [1, "Số hợp tác xã", 1012], [],
            ["BIỂU B NĂM 2026 (ƯỚC)"], ["TT", "Chỉ tiêu", "Thực hiện 6 tháng"],
            [1, "Số hợp tác xã", 1030],
        ])
    )  # fmt: skip
    assert figures(desk) == {("HTX-01", "2025", ""): 1012, ("HTX-01", "2026-H1", ""): 1030}


def test_what_an_officer_said_of_a_column_is_taken():
    rows = [["x"], ["TT", "Chỉ tiêu", "Kết quả kỳ này", "Kỳ trước"], [1, "Số hợp tác xã", 9, 8]]
    desk = examine(sheet(rows))
    assert told(desk) == {"F14", "S03 C2", "S03 D2"}
    assert [c.field for c in desk.sheets[0].columns] == ["numbering", "name", "", ""]
    given = {"C": "figure:2026-H1:official", "D": "ignore"}
    desk = examine(sheet(rows), mapping={desk.sheets[0].shape: given})
    assert figures(desk) == {("HTX-01", "2026-H1", ""): 9}
    assert told(desk) == set()


def test_a_heading_of_two_indicators_or_of_several_is_told_and_not_read():
    name = "Số bác sĩ tại mỗi trạm y tế cấp xã"
    head = ["TT", "Xã", f"CN-01: {name}", "Độ bao phủ cấp nước sinh hoạt", "YT-01"]
    desk = examine(printed(head, [1, "Tô Hiệu", 95, 94, 2], title="NĂM 2026 (ƯỚC)"))
    assert told(desk) == {"I05 C5", "I04 D5", "C01"}
    assert figures(desk) == {("YT-01", "2026", "03646"): 2}


def test_units_may_stand_in_a_row_of_their_own_below_the_headings():
    head = ["TT", "Xã", "DL-01", "CN-01"]
    rows = [["", "", "nghìn lượt", "(%)"], [1, "Tô Hiệu", 12.5, 95]]
    desk = examine(printed(head, *rows, title="NĂM 2026 (ƯỚC)"))
    assert figures(desk) == {("DL-01", "2026", "03646"): 12500, ("CN-01", "2026", "03646"): 95}
    assert {"U02 C6", "A07 B7"} <= told(desk)


def test_a_unit_of_another_kind_in_a_heading_is_refused():
    head = ["TT", "Xã", "CN-01 (lượt)"]
    desk = examine(printed(head, [1, "Tô Hiệu", 95], title="NĂM 2026 (ƯỚC)"))
    assert "U01 C5" in told(desk)
    assert desk.figures == []


def test_a_name_that_was_a_district_is_asked_about_only_below_the_years_before():
    head = ["TT", "Xã", "Năm 2024 (chính thức)", "Năm 2026 (ước)"]
    desk = examine(printed(head, [1, "Mai Sơn", 80, 84], title="CN-02"))
    assert "A05 B6" in told(desk)
    assert figures(desk) == {("CN-02", "2026", "04105"): 84}


def test_a_merged_figure_written_as_text_is_refused_too():
    head = ["TT", "Chỉ tiêu", "Ước quý I năm 2026", "Ước quý II năm 2026"]
    desk = examine(printed(head, [1, TOTAL, "3.200.000", ""], merged=["C6:D6"]))
    assert told(desk) == {"S10 C6"}
    words = examine(printed(head, [1, TOTAL, "chưa có số liệu", ""], merged=["C6:D6"]))
    assert told(words) == {"V08 C6"}


def test_a_footnote_of_one_table_is_no_title_of_the_next():
    desk = examine(
        sheet([
            ["BIỂU A NĂM 2025"], ["TT", "Chỉ tiêu", "Chính thức 2025"], [1, "Số hợp tác xã", 1012],
            ["Ghi chú: số ước năm 2024"], [],
            ["BIỂU B"], ["TT", "Chỉ tiêu", "Năm 2026"], [1, "Số hợp tác xã", 1048],
        ])
    )  # fmt: skip
    assert told(desk) == {"T01"}
    assert figures(desk) == {("HTX-01", "2025", ""): 1012, ("HTX-01", "2026", ""): 1048}
