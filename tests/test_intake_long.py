"""Plain tables: headings, rows, and what each cell is found to be."""

from __future__ import annotations

import pytest

from intake.grid import BOOL, DATE, ERROR, NUMBER, UNCALCULATED, Cell
from intake.long_header import TEMPLATE_SHEET
from tests.intake_grids import HEAD, examine, figures, long_sheet, sheet, told

ROW = ("DL-01", "Tổng lượt khách du lịch", "lượt", "2026-Q3", "", 1190000, "ước tính", "Sở", "")


def row(**changes: object) -> list[object]:
    """The good row with some cells changed, by the heading's first letters."""
    keys = ("code", "name", "unit", "period", "area", "value", "status", "source", "note")
    return [changes.get(key, old) for key, old in zip(keys, ROW, strict=True)]


def template(*rows: object, mark: str = "Phiên bản mẫu: SL-NHAP-1.0", **book: object):
    """A sheet laid out as the official template."""
    return sheet(
        [["BIỂU NHẬP"], [mark], [], HEAD, *rows],  # type: ignore[list-item]
        TEMPLATE_SHEET,
        **book,
    )


def one(**changes: object):
    return examine(template(row(**changes)))


def test_a_good_row_is_read_without_a_word():
    desk = one()
    assert figures(desk) == {("DL-01", "2026-Q3", ""): 1190000.0}
    assert told(desk) == set()
    assert desk.out.outcome() == "accept"
    assert (desk.figures[0].status, desk.figures[0].source) == ("estimate", "Sở")


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"code": "DL-09"}, "I01 A5"),
        ({"code": "DL-02", "name": "Tổng thu từ khách du lịch"}, "I05 A5"),
        ({"code": "", "name": "Tổng lượt khách du lich"}, "I02 B5"),
        ({"code": "", "name": "Thứ khác"}, "I03 B5"),
        ({"period": ""}, "P02 D5"),
        ({"period": "2025-2030"}, "P02 D5"),
        ({"period": "2027"}, "P03 D5"),
        ({"period": "2024"}, "P05 D5"),
        ({"period": "2026", "status": "chính thức"}, "P04 G5"),
        ({"area": "Nà Sản"}, "A01 E5"),
        ({"area": "Moc Chau"}, "A02 E5"),
        ({"area": "Mộc Châu"}, "A07 E5"),
        ({"code": "MT-01", "name": "", "unit": "%", "value": 40}, "A08 E5"),
        ({"unit": "người"}, "U01 C5"),
        ({"unit": "nghìn lượt", "value": 1190}, "U02 C5"),
        ({"value": "1,2 triệu"}, "U04 F5"),
        ({"unit": "nghìn lượt", "value": "92 nghìn"}, "U05 F5"),
        ({"value": -5}, "V11 F5"),
        ({"value": 1.5}, "V12 F5"),
        ({"value": True}, "V02 F5"),
        ({"value": Cell(DATE, 46145.0, "dd-mmm")}, "V18 F5"),
        ({"value": Cell(NUMBER, 5.0, link="Tong hop.xlsx")}, "F13 F5"),
        ({"status": ""}, "T01 G5"),
        ({"status": "đã duyệt"}, "T02 G5"),
        ({"period": "2026-H1", "status": "chính thức", "source": ""}, "N01 H5"),
        ({"note": "=HYPERLINK(1)"}, "N03 I5"),
        ({"source": "+84 212"}, "N03 H5"),
        ({"note": "d" * 2001}, "N02 I5"),
        ({"name": "d" * 501}, "N02 B5"),
        ({"code": "NL-01", "name": "", "unit": "%", "value": 101}, "V10 F5"),
        ({"code": "NL-01", "name": "", "unit": "%", "value": 0.7}, "V13 F5"),
        ({"code": "MT-02", "name": "", "unit": "", "area": "Mai Sơn", "value": 0.5}, "V16 F5"),
        ({"code": "AN-01", "name": "", "unit": "", "area": "Mai Sơn", "value": 98}, "V16 F5"),
    ],
)
def test_each_fault_is_found_at_its_own_cell(changes, finding):
    assert finding in told(one(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "KT-02", "name": "", "unit": "%", "value": -1.2},
        {"code": "KT-02", "name": "", "unit": "%", "value": 120},
        {"code": "KT-02", "name": "", "unit": "%", "value": 0.8},
        {"code": "XD-03", "name": "", "unit": "%", "value": 0.9},
        {"code": "NL-01", "name": "", "unit": "%", "value": Cell(NUMBER, 0.684, "0.0%")},
        {"code": "AN-01", "name": "", "unit": "%", "area": "Mai Sơn", "value": 1},
        {"code": "AN-01", "name": "", "unit": "%", "area": "", "value": 62.7},
        {"code": "XD-01", "name": "", "unit": "%", "value": 92.6},
        {"code": "DL-03", "name": "", "unit": "tỷ đồng", "value": 3985.5},
        {"source": "-"},
    ],
)
def test_what_an_indicator_may_be_is_not_found_fault_with(changes):
    assert told(one(**changes)) == set()


def test_half_a_doctor_may_stand_in_an_average_but_no_half_enterprise():
    doctors = row(code="YT-01", name="", unit="", area="Mai Sơn", value=2.5)
    assert "V12 F5" not in told(examine(template(doctors)))
    assert "V12 F5" in told(one(code="KT-01", name="", unit="", value=4390.5))


def test_a_conversion_leaves_no_fraction_that_nobody_wrote():
    desk = one(unit="triệu lượt", value=5.634)
    assert told(desk) == {"U02 C5"}
    assert desk.figures[0].value == 5634000.0


def test_a_row_with_one_bad_cell_is_checked_to_its_end():
    findings = told(one(code="DL-09", period="x", area="Nà Sản", value="#REF!", status="?"))
    assert findings == {"I01 A5", "P02 D5", "A01 E5", "V06 F5", "T02 G5"}


def test_rules_that_need_the_indicator_are_left_out_without_one():
    assert told(one(code="DL-09", unit="người", value=0.5)) == {"I01 A5"}
    assert told(one(code="DL-09", value="12,420")) <= {"I01 A5", "V03 F5"}


def test_a_refused_value_still_stands_among_the_values():
    assert figures(one(value=-5)) == {("DL-01", "2026-Q3", ""): -5.0}
    assert figures(one(period="2027")) == {("DL-01", "2027", ""): 1190000.0}


def test_a_row_without_a_value_is_passed_over_silently():
    desk = examine(template(row(value="", status="", code="??"), row(value="  ")))
    assert told(desk) == {"F14"}


def test_headings_may_stand_anywhere_in_any_order_under_other_names():
    head = ("STT", "Kỳ", "Mã CT", "Giá trị thực hiện", "ĐVT", "Xã, phường", "Trạng thái số liệu",
            "Nguồn số liệu", "Người nhập")  # fmt: skip
    rows = [["SỞ VĂN HÓA"], [], [], [], [], ["", *head],
            ["", 1, "2026", "MT-02", 1, "nhà máy", "Mai Sơn", "ước tính", "Sở", "An"]]  # fmt: skip
    desk = examine(sheet(rows, "Bảng 3"))
    assert figures(desk) == {("MT-02", "2026", "04105"): 1.0}
    assert {"S03 J6", "C01"} == told(desk)


def test_an_own_table_without_a_source_is_not_asked_for_one():
    official = row(period="2026-H1", status="chính thức", source="")
    assert "N01 H5" in told(examine(template(official)))
    assert told(examine(sheet([HEAD, official], "Số liệu"))) == set()


def test_a_table_without_a_status_column_is_an_estimate_told_once():
    first = long_sheet(("DL-01", "", "", "2026-Q3", "", 5.0), head=HEAD[:6])
    second = long_sheet(("DL-02", "", "", "2026-Q3", "", 4.0), head=HEAD[:6], name="B")
    desk = examine(first, second)
    assert [f.code for f in desk.out.kept()] == ["T01", "T01"]
    assert {f.status for f in desk.figures} == {"estimate"}


@pytest.mark.parametrize(
    ("head", "finding"),
    [
        ((*HEAD[:3], *HEAD[4:]), "S02 A1"),  # no period
        ((*HEAD[:5], *HEAD[6:]), "S02 A1"),  # no value
        (HEAD[2:], "S02 A1"),  # neither code nor name
        ((*HEAD, "Giá trị"), "S04 J1"),
        ((*HEAD, "Mã CT"), "S04 J1"),
    ],
)
def test_a_heading_row_that_is_not_whole_ends_the_sheet(head, finding):
    desk = examine(sheet([head, [5] * len(head)], "Số liệu"))
    assert told(desk) == {finding}
    assert desk.figures == []


def test_the_sheet_of_the_template_without_headings_is_told():
    assert told(examine(sheet([ROW], "Số liệu"))) == {"S01"}
    assert told(examine(sheet([ROW], "Khác"))) == {"F14"}


def test_an_older_template_is_told_and_read():
    desk = examine(template(ROW, mark="Phiên bản mẫu: SL-NHAP-0.9"))
    assert told(desk) == {"S05 A2"}
    assert len(desk.figures) == 1
    newer = examine(template(ROW, mark="Phiên bản mẫu: SL-NHAP-1.0"))
    assert told(newer) == set()


def test_the_defined_name_makes_a_template_too():
    official = row(period="2026-H1", status="chính thức", source="")
    desk = examine(template(official, mark=""), names={"phien_ban_mau": "_danhmuc!$A$1"})
    assert told(desk) == {"N01 H5"}


def test_guidance_lists_and_our_own_findings_are_never_read():
    other = [sheet([HEAD, row(code="DL-02")], name)
             for name in ("Hướng dẫn", "_danhmuc", "Kết quả kiểm tra")]  # fmt: skip
    other[0].hidden = True
    assert len(examine(template(ROW), *other).figures) == 1
    assert told(examine(template(ROW), *other)) == set()


def test_a_hidden_sheet_with_figures_is_told_and_not_read():
    hidden = sheet([HEAD, row(code="DL-02")], "Cũ", hidden=True)
    empty = sheet([HEAD, row(value="")], "Trống", hidden=True)
    desk = examine(template(ROW), hidden, empty)
    assert [(f.code, f.sheet, f.cell) for f in desk.out.kept()] == [("S07", "Cũ", "")]
    assert len(desk.figures) == 1


def test_hidden_rows_and_columns_are_read_and_told():
    rows = [HEAD, row(), row(code="DL-02", name=""), row(code="DL-03", name="", unit="", value="")]
    desk = examine(sheet(rows, hidden_rows={3, 4}, hidden_columns={6}))
    assert told(desk) == {"S06 F3", "S06 F1"}
    assert len(desk.figures) == 2


def test_a_merged_key_cell_counts_for_every_row_and_is_told_once():
    rows = [HEAD, row(code="DL-0", name="", area=""), row(code="", name="", period="2026-Q1")]
    desk = examine(sheet(rows, merged=["A2:A3"]))
    assert [(f.code, f.cell) for f in desk.out.kept()] == [("I01", "A2")]
    rows = [HEAD, row(period="Quý III/2026"), row(code="DL-02", name="", period="")]
    desk = examine(sheet(rows, merged=["D2:D3"]))
    assert {key[1] for key in figures(desk)} == {"2026-Q3"}


def test_a_figure_merged_over_several_rows_is_not_read():
    desk = examine(sheet([HEAD, row(), row(code="DL-02", value="")], merged=["F2:F3"]))
    assert told(desk) == {"S10 F2"}
    assert desk.figures == []


def test_dates_of_the_1904_system_are_told_once_they_count():
    dated = row(period=Cell(DATE, 46143.0, "mm/yyyy"), value=415000)
    assert told(examine(template(dated), date_1904=True)) == {"P06 D5", "S11"}
    assert told(examine(template(ROW), date_1904=True)) == set()


def test_macros_and_unusual_csv_are_noted():
    assert told(examine(template(ROW), has_macros=True)) == {"F12"}
    csv = long_sheet(ROW)
    assert told(examine(csv, kind="csv", encoding="utf-8", separator=",")) == set()
    assert told(examine(csv, kind="csv", encoding="utf-8", separator=";")) == {"F15"}
    assert told(examine(csv, kind="csv", encoding="utf-16", separator=",")) == {"F15"}


def test_what_an_officer_said_of_columns_is_taken():
    rows = [["Thời gian", "Kết quả", "Cái gì"], ["2026-H1", 1048, "Số hợp tác xã"]]
    desk = examine(sheet(rows))
    assert told(desk) == {"F14"}
    shape = desk.sheets[0].shape
    assert [column.text for column in desk.sheets[0].columns] == rows[0]
    mapping = {shape: {"A": "period", "B": "value", "C": "name"}}
    desk = examine(sheet(rows), mapping=mapping)
    assert figures(desk) == {("HTX-01", "2026-H1", ""): 1048.0}
    # another file of the same shape, another of another
    assert figures(examine(sheet([rows[0], ["2026", 5, "Số hợp tác xã"]]), mapping=mapping))
    assert not figures(examine(sheet([["A", "B", "C"], rows[1]]), mapping=mapping))


def test_rows_that_are_no_data_of_a_printed_table_are_passed_over():
    rows = [
        HEAD,
        ["A", "B", "C", "(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        row(),
        HEAD,
        row(code="DL-02", name="", value=21400),
        ["", "Người lập biểu", "", "", "", "Sơn La, ngày 02 tháng 12 năm 2026"],
        ["", "", "", "", "", "THỦ TRƯỞNG ĐƠN VỊ"],
    ]
    desk = examine(sheet(rows))
    assert told(desk) == set()
    assert len(desk.figures) == 2


def test_a_row_with_a_code_is_never_taken_for_a_signature():
    desk = examine(sheet([HEAD, row(value="ngày 1 tháng 2 năm 2026")]))
    assert told(desk) == {"V02 F2"}


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (Cell(ERROR, "#N/A"), "#N/A"),
        (Cell(UNCALCULATED, None), "(công thức chưa tính)"),
        (Cell(DATE, 46143.0, "dd/mm/yyyy"), "01/05/2026"),
        (Cell(BOOL, False), "FALSE"),
    ],
)
def test_a_key_cell_that_is_broken_is_never_taken_for_a_blank_one(cell, shown):
    desk = examine(template(row(area=cell)))
    assert told(desk) == {"A01 E5"}
    assert shown in desk.out.kept()[0].message
    assert desk.figures == []
    assert told(one(unit=cell)) == {"U01 C5"}
    assert told(one(status=cell)) == {"T02 G5"}
    assert told(one(code=cell)) == {"I01 A5"}


def test_a_name_that_is_not_calculated_does_not_matter_beside_a_code():
    assert told(one(name=Cell(UNCALCULATED, None))) == set()
