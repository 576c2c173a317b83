from __future__ import annotations

from pathlib import Path

import pytest

from intake.grid import NUMBER, TEXT
from intake.reading import read_workbook
from tests.packages import (
    BOOK,
    BOOK_RELATIONS,
    SHEET_SPACE,
    STRINGS,
    TOP,
    fault_of,
    read,
    sheet,
    workbook,
)

HOSTILE = Path(__file__).parent / "data" / "intake" / "hostile"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('<row r="1"><c r="SG1"><v>1</v></c></row>', "F11"),
        ('<row r="1"><c r="SF1"><v>1</v></c></row>', ""),
        ('<row r="200001"><c r="A200001"><v>1</v></c></row>', "F11"),
        ('<row r="200000"><c r="A200000"><v>1</v></c></row>', ""),
        ('<row r="200001"><c r="A200001" t="str"><f>1</f></c></row>', "F11"),
        ('<row r="1048576"><c r="XFD1048576" s="1"/></row>', ""),
        ('<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>', "F11"),
        ('<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>', "F07"),
        ('<row r="-5"><c r="A-5"><v>1</v></c></row>', "F07"),
        ('<row r="0"><c r="A0"><v>1</v></c></row>', "F07"),
        ('<row r="99999999999"/>', "F07"),
        ('<row r="1"><c r="A2"><v>1</v></c></row>', "F07"),
        ('<row r="1"><c r="1A"><v>1</v></c></row>', "F07"),
        ('<row r="1"><c r="Á1"><v>1</v></c></row>', "F07"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "F07"),
        ('<row r="1"><c r="A1"><v>1</v></c></row>' * 2, "F07"),
        ('<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>', "F07"),
        ('<row r="1"><c r="A1" t="s"><v>2</v></c></row>', "F07"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "F07"),
        ('<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>', "F07"),
        ('<row r="1"><c r="A1" t="s"><v>' + "9" * 5000 + "</v></c></row>", "F07"),
        ('<row r="1"><row r="2"/></row>', "F07"),
        ('<c r="A1"><v>1</v></c>', "F07"),
        ('<row r="1"><c r="A1"><v>1</c></row>', "F07"),
        ("<a>" * 300 + "</a>" * 300, "F07"),
        ("<a>&b;</a>", "F07"),
    ],
)
def test_cells_that_no_workbook_has_are_refused(rows, code):
    found = read_workbook(workbook(rows), "a.xlsx")
    assert (found[0].code if isinstance(found, list) else "") == code


def test_a_far_cell_is_named():
    fault = fault_of(workbook('<row r="200001"><c r="B200001"><v>1</v></c></row>'))
    assert (fault.sheet, fault.cell) == ("Biểu 1", "B200001")
    assert fault.args == {"what": "row", "number": 200001, "limit": 200_000}


@pytest.mark.parametrize(
    ("changed", "detail"),
    [
        ({"top": TOP.replace("xl/workbook.xml", "xl/none.xml")}, "part_missing"),
        ({"top": TOP.replace("officeDocument", "else")}, "no_workbook"),
        ({"relations": BOOK_RELATIONS.replace("sheet1", "sheet2")}, "part_missing"),
        ({"relations": BOOK_RELATIONS.replace('"r1"', '"r8"')}, "relation"),
        ({"relations": BOOK_RELATIONS.replace('"r2"', '"r1"')}, "relation"),
        ({"relations": BOOK_RELATIONS.replace("worksheets/sheet1.xml", "workbook.xml")},
         "part_kind"),
        ({"relations": BOOK_RELATIONS.replace('sheet1.xml"', 'sheet1.xml" TargetMode="External"')},
         "relation"),
        ({"book": BOOK.replace("</sheets>", '<sheet name="Hai" sheetId="2" r:id="r1"/></sheets>')},
         "relation"),
        ({"book": BOOK.replace("</sheets>", '<sheet name="BIỂU 1" sheetId="2" r:id="r1"/></sheets>')
          }, "sheet_names"),
        ({"book": BOOK.replace("Biểu 1", "B" * 300)}, "sheet_names"),
        ({"book": BOOK.replace('<sheet name="Biểu 1" sheetId="1" r:id="r1"/>', "")}, "no_sheets"),
        ({"strings": STRINGS.encode().replace(b"Ch", b"\xff\xfe")}, "xml"),
        ({"strings": "<a/>"}, "part_kind"),
        ({"book": BOOK.replace("<sheets>", "<a>" * 5000 + "</a>" * 5000 + "<sheets>")}, "nesting"),
    ],
)  # fmt: skip
def test_a_broken_package_is_refused_with_the_reason(changed, detail):
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    fault = fault_of(workbook(row, **changed))
    assert (fault.code, fault.args["detail"]) == ("F07", detail)


def many(count: int, form: str) -> str:
    return "".join(form.format(n) for n in range(count))


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"sheet": sheet("", after="<mergeCells>" + many(10_001, '<mergeCell ref="A{0}1:B{0}1"/>')
                         + "</mergeCells>")}, "merges"),
        ({"book": BOOK.replace("<sheets>", "<sheets>" + many(101, '<sheet name="{0}" r:id="r1"/>'))
          }, "sheets"),
        ({"book": BOOK.replace("</sheets>", "</sheets><definedNames>" + many(10_001,
         '<definedName name="n{0}">n{0}</definedName>') + "</definedNames>")}, "names"),
        ({"styles": f'<styleSheet xmlns="{SHEET_SPACE}"><cellXfs>' + "<xf/>" * 64_001
         + "</cellXfs></styleSheet>"}, "styles"),
    ],
)  # fmt: skip
def test_too_much_of_anything_is_refused(changed, what):
    fault = fault_of(workbook("", **changed))
    assert (fault.code, fault.args["what"]) == ("F11", what)


def test_a_dtd_never_gets_past_the_reader_either():
    page = sheet("").replace("<worksheet", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet')
    fault = fault_of(workbook(sheet=page))
    assert (fault.code, fault.args["part"]) == ("F08", "xl/worksheets/sheet1.xml")


def test_a_type_that_is_not_accepted_is_refused():
    assert fault_of(b"x", "a.doc").code == "F02"


@pytest.mark.parametrize("name", ["h19", "h16", "h22", "h25", "h29", "h32"])
def test_odd_but_sound_files_are_read(name):
    path = next(HOSTILE.glob(f"{name}_*"))
    found = read(path.read_bytes(), path.name).sheets[0]
    assert {cell.value for line in found.rows.values() for cell in line.values()} >= {
        1190000.0,
        21400.0,
    }
    assert {cell.kind for line in found.rows.values() for cell in line.values()} <= {
        NUMBER,
        TEXT,
    }
