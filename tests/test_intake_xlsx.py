from __future__ import annotations

import datetime
import io
import math
import random
import zipfile

import openpyxl
import pytest
import xlsxwriter

from intake.grid import BOOL, DATE, ERROR, NUMBER, TEXT, UNCALCULATED, Cell, Sheet, Workbook
from intake.number_formats import shows_date
from intake.reading import read_workbook
from tests.packages import (
    BOOK,
    BOOK_RELATIONS,
    RELATIONS,
    SHEET_SPACE,
    STRINGS,
    cells,
    parts,
    read,
    sheet,
    workbook,
    zipped,
)


def first(rows: str, **changed: str | bytes) -> Sheet:
    return read(workbook(rows, **changed)).sheets[0]


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_what_openpyxl_writes_comes_back():
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Số liệu"
    page.append(["Mã chỉ tiêu", "Giá trị", None, "  "])
    page.append(["DL-01", 12420.5, True, datetime.datetime(2026, 5, 1)])  # noqa: DTZ001
    page.append(["#DIV/0!", "=1+1", -1e-7, "dòng một\nhai"])
    page["D2"].number_format = "mm/yyyy"
    page["B2"].number_format = "0.00%"
    page.merge_cells("A5:C7")
    page["A5"] = "gộp"
    page.row_dimensions[3].hidden = True
    page.column_dimensions["B"].hidden = True
    book.create_sheet("Ẩn").sheet_state = "veryHidden"
    found = read(saved(book))
    page = found.sheets[0]
    assert [(one.name, one.hidden) for one in found.sheets] == [("Số liệu", False), ("Ẩn", True)]
    assert page.rows[1] == {1: Cell(TEXT, "Mã chỉ tiêu"), 2: Cell(TEXT, "Giá trị")}
    assert page.rows[2] == {
        1: Cell(TEXT, "DL-01"),
        2: Cell(NUMBER, 12420.5, "0.00%"),
        3: Cell(BOOL, True),
        4: Cell(DATE, 46143.0, "mm/yyyy"),
    }
    assert page.rows[3] == {
        1: Cell(ERROR, "#DIV/0!"),
        2: Cell(UNCALCULATED, None),
        3: Cell(NUMBER, -1e-7),
        4: Cell(TEXT, "dòng một\nhai"),
    }
    assert page.rows[5] == {1: Cell(TEXT, "gộp")}
    assert page.merged == [(5, 1, 7, 3)]
    assert (page.hidden_rows, page.hidden_columns) == ({3}, {2})


def test_what_xlsxwriter_writes_comes_back():
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet("Biểu 01")
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    page.write_rich_string(0, 0, bold, "Tổng ", red, "lượt khách", " (DL-01)")
    page.write_formula(1, 0, "=SUM(B1:B3)", None, 42.5)
    page.write_formula(1, 1, '=IF(TRUE,"đạt","")', None, "đạt")
    page.write_formula(1, 3, "=1/0", None, "#DIV/0!")
    page.write_blank(2, 0, None, bold)
    page.write_number(3, 400, 7)
    page.set_row(3, None, None, {"hidden": True})
    page.autofilter(0, 0, 3, 3)
    book.define_name("phien_ban_mau", '="SL-NHAP-1.0"')
    book.close()
    found = read(target.getvalue())
    assert cells(found.sheets[0]) == {
        (1, 1): "Tổng lượt khách (DL-01)",
        (2, 1): 42.5,
        (2, 2): "đạt",
        (2, 4): "#DIV/0!",
        (4, 401): 7.0,
    }
    assert found.sheets[0].rows[2][4].kind == ERROR
    assert found.sheets[0].hidden_rows == {4}
    assert found.names["phien_ban_mau"] == '"SL-NHAP-1.0"'


@pytest.mark.parametrize("seed", range(20))
def test_random_grids_come_back_as_written(seed):
    chance = random.Random(seed)
    book = openpyxl.Workbook()
    page = book.active
    written = {}
    for _ in range(chance.randint(1, 300)):
        row, column = chance.randint(1, 60), chance.randint(1, 40)
        value = chance.choice(
            [
                chance.randint(-(10**12), 10**12),
                round(chance.uniform(-1e6, 1e6), 6),
                chance.choice("ăâđêôơưẬỠỰ&<>\"'") * chance.randint(1, 5),
                chance.random() < 0.5,
            ]
        )
        page.cell(row, column).value = value
        written[row, column] = float(value) if type(value) is int else value
    found = read(saved(book)).sheets[0]
    assert cells(found) == written
    assert list(found.rows) == sorted(found.rows)
    assert all(list(line) == sorted(line) for line in found.rows.values())


def test_every_type_of_cell_is_told():
    found = first(
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><r><t>a</t></r>'
        '<r><t xml:space="preserve"> b</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
        '<c r="C1" t="str"><f>A1</f><v>chữ</v></c><c r="D1" t="b"><v>0</v></c>'
        '<c r="E1" t="e"><v>#N/A</v></c><c r="F1" t="d"><v>2026-05-01</v></c>'
        '<c r="G1" s="2"><v>46143</v></c><c r="H1" s="1"><v>0.75</v></c>'
        '<c r="I1" s="3"/><c r="J1"><f>B1</f></c><c r="K1"><f>B1</f><v/></c>'
        '<c r="L1" t="str"><f>""</f><v></v></c><c r="M1"><v>abc</v></c><c r="N1"><v> 5 </v></c>'
        "</row>"
    )
    assert found.rows[1] == {
        1: Cell(TEXT, "Giá trị"),
        2: Cell(TEXT, "a b"),
        3: Cell(TEXT, "chữ"),
        4: Cell(BOOL, False),
        5: Cell(ERROR, "#N/A"),
        6: Cell(DATE, 46143.0, "dd/mm/yyyy"),
        7: Cell(DATE, 46143.0, "mm/yyyy"),
        8: Cell(NUMBER, 0.75, "0.00%"),
        10: Cell(UNCALCULATED, None),
        11: Cell(UNCALCULATED, None),
        13: Cell(TEXT, "abc"),
        14: Cell(NUMBER, 5.0),
    }


@pytest.mark.parametrize("text", ["NaN", "INF", "-Infinity", "1E+308", "9e999"])
def test_numbers_beyond_all_bounds_are_handed_on(text):
    cell = first(f'<row r="1"><c r="A1"><v>{text}</v></c></row>').rows[1][1]
    assert cell.kind == NUMBER
    assert isinstance(cell.value, float)
    assert not math.isfinite(cell.value) or cell.value == 1e308


@pytest.mark.parametrize("text", ["1_000", "0x10", "1,5", "--1", "1e"])
def test_what_only_looks_like_a_number_stays_text(text):
    assert first(f'<row r="1"><c r="A1"><v>{text}</v></c></row>').rows[1][1] == Cell(TEXT, text)


def test_dates_of_the_1904_system_are_moved():
    book = BOOK.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    found = read(workbook('<row r="1"><c r="A1" s="2"><v>44681</v></c></row>', book=book))
    assert found.date_1904
    assert found.sheets[0].rows[1][1] == Cell(DATE, 46143.0, "mm/yyyy")


@pytest.mark.parametrize(
    ("code", "date"),
    [
        ("", False), ("General", False), ("0.00%", False), ("#,##0", False), ("@", False),
        ("dd/mm/yyyy", True), ("[$-42A]mmmm yyyy", True), ("h:mm", True), ("[h]:mm", True),
        ('0" triệu đồng"', False), ("0.00E+00", False), ("[Red]0", False), ("#,##0_d", False),
        ('#,##0\\ "₫"', False), ("yyyy", True), ("[>1]0;dd", False), ("_(* #,##0_);_(* (#,##0)",
        False), ("\\d0", False), ("[$-F800]dddd, mmmm dd", True),
    ],
)  # fmt: skip
def test_formats_that_show_dates_are_told_from_those_that_do_not(code, date):
    assert shows_date(code) is date


def test_escaped_signs_are_written_out_and_what_is_no_text_is_marked():
    strings = STRINGS.replace("Chỉ tiêu", "a_x000D_b_x0000_c_xD800_d_x005F_x")
    assert first('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings).rows[1][
        1
    ] == Cell(TEXT, "a\rb\ufffdc\ufffdd_x")


def test_texts_of_blanks_only_are_blank():
    strings = STRINGS.replace("Chỉ tiêu", " \u00a0\u200b\ufeff ")
    assert first('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings).rows == {}


def test_cells_and_rows_without_reference_follow_the_last():
    found = first(
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c>'
        "</row><row><c><v>5</v></c></row>"
    )
    assert cells(found) == {(1, 1): 1, (1, 2): 2, (5, 3): 3, (5, 4): 4, (6, 1): 5}


def test_rows_and_cells_out_of_order_are_put_in_order():
    found = first(
        '<row r="9"><c r="B9"><v>4</v></c><c r="A9"><v>3</v></c></row>'
        '<row r="2"><c r="C2" t="str"><v>x</v></c><c r="A2"><v>1</v></c></row>'
    )
    assert list(found.rows) == [2, 9]
    assert [list(line) for line in found.rows.values()] == [[1, 3], [1, 2]]


PLAIN = (
    '<row r="{0}" spans="1:2"><c r="A{0}" t="s"><v>0</v></c><c r="B{0}" s="1"><v>{0}</v></c></row>'
)


def test_plain_rows_and_others_mix():
    """The short way for plain rows and the parser's way give one sheet."""
    odd = PLAIN.replace('t="s"><v>0</v>', 't="str"><f>B1</f><v>x</v>')
    rows = [(PLAIN if n % 3 else odd).format(n) for n in range(1, 4000)]
    spread = first("\n  ".join(rows))
    assert {row: line[2].value for row, line in spread.rows.items()} == {
        n: float(n) for n in range(1, 4000)
    }
    assert {row for row, line in spread.rows.items() if line[1].value == "x"} == {
        n for n in range(1, 4000) if n % 3 == 0
    }


@pytest.mark.parametrize("wrap", ["<!--{}-->", "<?a {}?>", "<x:a>{}</x:a>"])
def test_what_looks_like_a_row_elsewhere_is_none(wrap):
    row = PLAIN.format(1)
    page = sheet(
        wrap.format(row) + PLAIN.format(2) if "x:" not in wrap else PLAIN.format(2),
        before=wrap.format(row) if "x:" in wrap else "",
    ).replace("<worksheet ", '<worksheet xmlns:x="urn:x" ')
    found = read_workbook(workbook(sheet=page), "a.xlsx")
    if "x:" in wrap:  # rows outside sheetData: no workbook has them
        assert isinstance(found, list)
    else:
        assert isinstance(found, Workbook)
        assert list(found.sheets[0].rows) == [2]


def test_a_prefix_for_the_main_namespace_and_the_strict_one_are_read():
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    row = PLAIN.format(1)
    prefixed = (
        sheet(row).replace("<worksheet xmlns=", "<x:worksheet xmlns:x=")
        .replace("</worksheet", "</x:worksheet").replace("<sheetData", "<x:sheetData")
        .replace("</sheetData", "</x:sheetData").replace("<row", "<x:row")
        .replace("</row", "</x:row").replace("<c ", "<x:c ").replace("</c>", "</x:c>")
        .replace("<v>", "<x:v>").replace("</v>", "</x:v>")
    )  # fmt: skip
    for page in (prefixed, sheet(row).replace(SHEET_SPACE, strict), sheet(row)):
        found = read(workbook(sheet=page)).sheets[0]
        assert cells(found) == {(1, 1): "Chỉ tiêu", (1, 2): 1.0}


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig"])
def test_parts_in_other_unicode_forms_are_read(codec):
    page = sheet(PLAIN.format(1)).removeprefix('<?xml version="1.0" encoding="UTF-8"?>')
    found = read(workbook(sheet=page.encode(codec))).sheets[0]
    assert cells(found) == {(1, 1): "Chỉ tiêu", (1, 2): 1.0}


def test_sheets_are_found_by_relation_not_by_name_or_place():
    book = BOOK.replace(
        "</sheets>", '<sheet name="Hai" state="hidden" sheetId="9" r:id="r9"/></sheets>'
    )
    relations = BOOK_RELATIONS.replace("worksheets/sheet1.xml", "/xl/worksheets/Z%20z.xml").replace(
        "</Relationships>",
        f'<Relationship Id="r9" Type="{RELATIONS}/worksheet" Target="./x/../worksheets/sheet1.xml"'
        "/>"
        "</Relationships>",
    )
    data = zipped(
        {
            **parts(PLAIN.format(1), book=book, relations=relations),
            "xl/worksheets/z z.xml": sheet(PLAIN.format(7)).encode(),
        }
    )
    found = read(data)
    assert [(one.name, one.hidden, list(one.rows)) for one in found.sheets] == [
        ("Biểu 1", False, [7]),
        ("Hai", True, [1]),
    ]


def test_charts_in_place_of_a_sheet_are_left_out():
    book = BOOK.replace("</sheets>", '<sheet name="Đồ thị" sheetId="2" r:id="r4"/></sheets>')
    relations = BOOK_RELATIONS.replace(
        "</Relationships>",
        f'<Relationship Id="r4" Type="{RELATIONS}/chartsheet" Target="chart.xml"/></Relationships>',
    )
    found = read(workbook(PLAIN.format(1), book=book, relations=relations))
    assert [one.name for one in found.sheets] == ["Biểu 1"]


def test_only_the_first_cell_of_a_merged_range_counts():
    merges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C1:XFD1048576"/></mergeCells>'
    rows = "".join(PLAIN.format(n) for n in (1, 2, 3)) + '<row r="4"><c r="C4"><v>1</v></c></row>'
    found = first("", sheet=sheet(rows, after=merges))
    assert cells(found) == {(1, 1): "Chỉ tiêu", (3, 1): "Chỉ tiêu", (3, 2): 3.0}
    assert found.merged == [(1, 1, 2, 2), (1, 3, 1048576, 16384)]


def test_hidden_rows_and_columns_are_named_where_there_are_cells():
    columns = '<cols><col min="2" max="16384" hidden="1"/><col min="1" max="1" width="0"/></cols>'
    rows = '<row r="1" hidden="1"/>' + PLAIN.format(2).replace("<row", '<row hidden="true"')
    rows += PLAIN.format(3).replace('spans="1:2"', 'ht="0" customHeight="1"')
    rows += PLAIN.format(4).replace('spans="1:2"', 'spans="1:2" hidden="1"')
    found = first("", sheet=sheet(rows, before=columns))
    assert found.hidden_rows == {2, 3, 4}
    assert found.hidden_columns == set(range(1, 501))


def linked(rows: str) -> bytes:
    book = BOOK.replace(
        "</workbook>",
        '<externalReferences><externalReference r:id="r7"/></externalReferences>'
        "<definedNames><definedName name=\"ngoai\">'[1]Tháng 6'!$B$2</definedName>"
        "</definedNames></workbook>",
    )
    relations = BOOK_RELATIONS.replace(
        "</Relationships>",
        f'<Relationship Id="r7" Type="{RELATIONS}/externalLink" Target="externalLinks/e1.xml"/>'
        "</Relationships>",
    )
    target = BOOK_RELATIONS.replace(
        'Target="worksheets/sheet1.xml"',
        'Target="file:///C:\\Báo%20cáo\\Tổng%20hợp.xlsx" TargetMode="External"',
    )
    return zipped(
        {
            **parts(rows, book=book, relations=relations),
            "xl/externalLinks/e1.xml": b"<externalLink/>",
            "xl/externalLinks/_rels/e1.xml.rels": target.encode(),
        }
    )


@pytest.mark.parametrize(
    ("formula", "is_link"),
    [
        ("[1]Sheet1!B2", True),
        ("SUM('[1]Tháng 6 (lần 2)'!B2:B9)*2", True),
        ("[1]!Tong", True),
        ("ngoai*2", True),
        ("NGOAI", True),
        ("Bang1[[#This Row],[1]]", False),
        ("Bang1[1]", False),
        ('"[1]Sheet1!B2"', False),
        ("[2]Sheet1!B2", False),
        ("A1+B1", False),
        ("ngoai_2", False),
    ],
)
def test_formulas_that_read_another_workbook_name_it(formula, is_link):
    data = linked(f'<row r="1"><c r="A1"><f>{formula}</f><v>5</v></c></row>')
    cell = read(data).sheets[0].rows[1][1]
    assert cell == Cell(NUMBER, 5.0, "", "Tổng hợp.xlsx" if is_link else "")


def test_a_conversation_with_another_program_is_named_too():
    dde = f'<externalLink xmlns="{SHEET_SPACE}"><ddeLink ddeService="Excel" ddeTopic="a.xls"/>'
    data = linked('<row r="1"><c r="A1"><f>[1]!B</f><v>5</v></c></row>')
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        content = {name: file.read(name) for name in file.namelist() if "/_rels/e1" not in name}
    content["xl/externalLinks/e1.xml"] = f"{dde}</externalLink>".encode()
    assert read(zipped(content)).sheets[0].rows[1][1].link == "Excel|a.xls"


def test_macros_are_noted_whatever_the_file_is_called():
    assert not read(workbook()).has_macros
    assert read(zipped({**parts(), "xl/vbaProject.bin": b"x"})).has_macros
    assert read(zipped({**parts(), "xl/macrosheets/sheet1.xml": b"<a/>"})).has_macros


def test_shared_and_array_formulas_hand_their_link_on():
    data = linked(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="3">[1]S!A1</f><v>1</v></c>'
        '<c r="B1"><f t="array" ref="B1:B2">[1]S!A1:A2</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="3"/><v>2</v></c><c r="B2"><v>2</v></c></row>'
    )
    rows = read(data).sheets[0].rows
    assert {cell.link for line in rows.values() for cell in line.values()} == {"Tổng hợp.xlsx"}
