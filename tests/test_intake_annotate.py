"""The annotated workbook: the officer's own file with each mistake in its cell."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from intake.annotate import CORRECTED_FILL, FILLS, HEADINGS, Annotated, Typed, annotated
from intake.check import check
from intake.findings import Finding, finding
from tests.intake_grids import HEAD, TODAY
from tests.intake_store import CORPUS, stored_figures, the_register


def book_of(*rows: list[Any], before: Any = None) -> bytes:
    """A plain table as .xlsx bytes; ``before`` may dress the sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Nhập"
    for values in (HEAD, *rows):
        sheet.append(values)
    if before:
        before(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row(**changes: object) -> list[object]:
    good = {"code": "DL-01", "name": "", "unit": "", "period": "2026-Q3", "area": "", "value": 5,
            "status": "ước tính", "source": "Sở", "note": ""}  # fmt: skip
    return list({**good, **changes}.values())


def checked(data: bytes, name: str = "số liệu.xlsx") -> tuple[list[Finding], Annotated]:
    result = check(data, name, the_register(), stored_figures(), TODAY)
    told = annotated(data, name, result.findings, result.outcome, result.counts)
    return list(result.findings), told


def opened(told: Annotated) -> Any:
    return load_workbook(io.BytesIO(told.data))


def test_each_mistake_stands_in_its_cell_and_on_the_sheet_in_front():
    data = book_of(row(value="khoảng 5"), row(code="DL-02", period="x"), row(code="DL-03"))
    _, told = checked(data)
    book = opened(told)
    assert told.whole
    assert told.name == "số liệu - đã đánh dấu.xlsx"
    assert book.sheetnames == ["Kết quả kiểm tra", "Nhập"]
    sheet = book["Nhập"]
    assert sheet["F2"].comment.text.startswith("Cảnh báo V17: ")
    assert sheet["D3"].comment.text.startswith("Lỗi P02: ")
    assert sheet["F2"].fill.fgColor.rgb == "00" + FILLS["warning"]
    assert sheet["D3"].fill.fgColor.rgb == "00" + FILLS["error"]
    assert sheet["F4"].comment is None
    front = [[cell.value for cell in line] for line in book["Kết quả kiểm tra"].iter_rows()]
    assert tuple(front[0]) == HEADINGS
    assert front[1][:5] == [1, "Lỗi", "P02", "Nhập", "D3"]
    assert front[2][:5] == [2, "Cảnh báo", "V17", "Nhập", "F2"]
    assert "Kết quả: Không nhận – phải sửa lỗi rồi tải lên lại." in [line[0] for line in front]
    assert book["Kết quả kiểm tra"]["E2"].hyperlink.location == "'Nhập'!D3"


def test_a_cell_with_several_findings_has_one_comment_the_gravest_first():
    rows = [finding("V03", "Nhập", "F2", {"raw": "x"}), finding("V11", "Nhập", "F2", {})]
    told = annotated(book_of(row()), "a.xlsx", rows, "reject")
    cell = opened(told)["Nhập"]["F2"]
    assert [line[:8] for line in cell.comment.text.split("\n")[::2]] == ["Lỗi V11:", "Lưu ý V0"]
    assert cell.fill.fgColor.rgb == "00" + FILLS["error"]


def test_what_the_officer_made_is_kept():
    def dress(book: Workbook, sheet: Any) -> None:
        sheet["A1"].font = Font(bold=True, name="Times New Roman")
        sheet["H2"].fill = PatternFill("solid", fgColor="00FF00")
        sheet["A2"].comment = Comment("hỏi lại chị Lan", "Lan")
        sheet["F2"].comment = Comment("số của quý", "Lan")
        sheet["F3"] = "=2+3"
        sheet.column_dimensions["B"].width = 44
        sheet.merge_cells("A6:C6")
        book.create_sheet("Nháp")["A1"] = "x"

    _, told = checked(book_of(row(value="khoảng 5"), row(code="DL-02"), before=dress))
    book = opened(told)
    sheet = book["Nhập"]
    assert sheet["A1"].font.bold
    assert sheet["H2"].fill.fgColor.rgb == "0000FF00"
    assert sheet["A2"].comment.text == "hỏi lại chị Lan"
    assert sheet["F2"].comment.text.endswith("số của quý")
    assert sheet["F3"].value == "=2+3"
    assert sheet.column_dimensions["B"].width == 44
    assert [str(r) for r in sheet.merged_cells.ranges] == ["A6:C6"]
    assert book["Nháp"]["A1"].value == "x"


def test_a_marked_workbook_can_be_corrected_and_checked_again():
    findings, told = checked(book_of(row(value="khoảng 5"), row(code="DL-02", period="x")))
    again, second = checked(told.data, told.name)
    assert [(f.code, f.cell) for f in again] == [(f.code, f.cell) for f in findings]
    book = opened(second)
    assert book.sheetnames.count("Kết quả kiểm tra") == 1
    assert book["Nhập"]["F2"].comment.text.count("V17") == 1
    book["Nhập"]["F2"], book["Nhập"]["D3"] = 1190000, "2026-Q3"
    out = io.BytesIO()
    book.save(out)
    last, third = checked(out.getvalue())
    assert not any(f.cell in ("F2", "D3") for f in last)
    cell = opened(third)["Nhập"]["F2"]
    assert cell.comment is None
    assert cell.fill.fill_type is None


def test_text_like_a_formula_stays_text():
    data = book_of(row(note="+84 212 gọi trước", source="@phong"))
    book = opened(checked(data)[1])
    sheet = book["Nhập"]
    assert (sheet["I2"].value, sheet["I2"].data_type) == ("+84 212 gọi trước", "s")
    assert sheet["I2"].quotePrefix
    front = book["Kết quả kiểm tra"]
    values = [cell for line in front.iter_rows() for cell in line if isinstance(cell.value, str)]
    assert all(cell.data_type == "s" for cell in values)
    assert not any(cell.value.startswith(("=", "+", "-", "@")) for cell in values)


def test_macros_and_links_to_other_files_are_not_copied():
    name = "d65_macro.xlsm"
    told = checked((CORPUS / name).read_bytes(), name)[1]
    assert told.name.endswith(".xlsx")
    assert not [n for n in zipfile.ZipFile(io.BytesIO(told.data)).namelist() if "vba" in n.lower()]
    name = "d66_external_link.xlsx"
    told = checked((CORPUS / name).read_bytes(), name)[1]
    parts = zipfile.ZipFile(io.BytesIO(told.data)).namelist()
    assert not [part for part in parts if "externalLink" in part]
    assert opened(told)["Số liệu"]["F5"].value == 1190000  # what was saved, not the formula


@pytest.mark.parametrize("name", ["d60_excel97.xls", "d61_libreoffice.ods", "d63_utf16_tab.csv"])
def test_other_files_get_the_findings_sheet_alone(name):
    told = checked((CORPUS / name).read_bytes(), name)[1]
    assert not told.whole
    assert opened(told).sheetnames == ["Kết quả kiểm tra"]


def test_a_file_that_was_refused_unread_is_never_opened():
    findings, told = checked(b"PK\x03\x04 cut off", "hỏng.xlsx")
    assert [f.code for f in findings] == ["F07"]
    assert not told.whole
    assert opened(told)["Kết quả kiểm tra"]["C2"].value == "F07"


def test_a_file_that_ends_its_reader_gets_the_findings_sheet_alone():
    # the check did not mind, but what stands here is no workbook that openpyxl opens
    told = annotated(b"not a workbook", "a.xlsx", [finding("V11", "A", "F2")], "reject")
    assert not told.whole
    assert opened(told)["Kết quả kiểm tra"]["E2"].value == "F2"


def test_cells_that_were_typed_over_are_marked_listed_and_keep_their_format():
    def dress(_book: Any, sheet: Any) -> None:
        sheet["F2"].number_format = "#,##0"
        sheet["F2"].font = Font(italic=True)
        sheet["F3"].number_format = "0.0%"
        sheet["F4"].comment = Comment("của tôi", "Lan")

    data = book_of(row(value="ba triệu"), row(value=0.5), row(value="=1+1"), before=dress)
    typed = [
        Typed("Nhập", "F2", "ba triệu", "3.000.000", "Lan", 3_000_000.0),
        Typed("Nhập", "F3", "0.5", "75", "Hoa", 75.0),
        Typed("Nhập", "F4", "2", "=cmd", "Hoa"),
        Typed("Nhập", "G2", "ước tính", "", "Lan"),
    ]
    found = [finding("V17", "Nhập", "F3", {})]
    book = opened(annotated(data, "a.xlsx", found, "accept_with_warnings", typed=typed))
    sheet = book["Nhập"]
    first = sheet["F2"]
    assert (first.value, first.number_format, first.font.i) == (3_000_000, "#,##0", True)
    assert first.fill.fgColor.rgb == "00" + CORRECTED_FILL
    assert first.comment.text == ("Đã sửa trên trang Nhập số liệu: “ba triệu” → “3.000.000” (Lan)")
    assert sheet["F3"].value == "75"  # a number there would be 7500%
    assert sheet["F3"].fill.fgColor.rgb == "00" + FILLS["warning"]
    assert sheet["F3"].comment.text.endswith("“0.5” → “75” (Hoa)")
    assert (sheet["F4"].value, sheet["F4"].data_type) == ("'=cmd", "s")
    assert sheet["F4"].comment.text.endswith("của tôi")
    assert sheet["G2"].value is None
    front = [[cell.value for cell in line] for line in book["Kết quả kiểm tra"].iter_rows()]
    at = next(n for n, line in enumerate(front) if str(line[0]).startswith("Ô đã sửa bằng tay"))
    assert front[at][0].endswith("(4):")
    assert front[at + 1] == [
        1, "Đã sửa", None, "Nhập", "F2", "“ba triệu” → “3.000.000”", "Người sửa: Lan",
    ]  # fmt: skip
    assert front[at + 4][5] == "“ước tính” → “(trống)”"
    again = opened(annotated(saved(book), "a.xlsx", [], "accept"))["Nhập"]
    assert again["F2"].comment is None
    assert again["F4"].comment.text == "của tôi"
    assert again["F2"].fill.fgColor.rgb != "00" + CORRECTED_FILL


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_corrections_of_a_file_that_cannot_be_marked_are_listed():
    typed = [Typed("Nhập", "F2", "x", "5", "Lan", 5.0)]
    told = annotated(b"a;b", "a.csv", [], "accept", typed=typed)
    front = [[cell.value for cell in line] for line in opened(told)["Kết quả kiểm tra"].iter_rows()]
    assert front[-1][1:6] == ["Đã sửa", None, "Nhập", "F2", "“x” → “5”"]
