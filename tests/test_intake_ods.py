from __future__ import annotations

import io
import zipfile

import pytest

from intake.grid import BOOL, DATE, ERROR, NUMBER, TEXT, UNCALCULATED, Cell
from tests.packages import (
    cells,
    fault_of,
    read,
    zipped,
)

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in [("office", "office"), ("table", "table"), ("text", "text"),
                        ("style", "style"), ("number", "datastyle")]
)  # fmt: skip
NAMES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'

ODS_STYLES = (
    '<office:automatic-styles><number:date-style style:name="N1">'
    '<number:month number:style="long"/>'
    '<number:text>/</number:text><number:year number:style="long"/></number:date-style>'
    '<number:percentage-style style:name="N2"><number:number number:decimal-places="1"/>'
    "<number:text>%</number:text></number:percentage-style>"
    '<style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="c2" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="c3" style:family="table-cell" style:parent-style-name="c2"/>'
    '<style:style style:name="t1" style:family="table"><style:table-properties'
    ' table:display="false"/></style:style></office:automatic-styles>'
)


def open_document(tables: str, after: str = "") -> bytes:
    content = (
        f"<office:document-content {NAMES}>{ODS_STYLES}<office:body><office:spreadsheet>"
        f"{tables}{after}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content.encode()})


def table(rows: str, name: str = "Biểu 1", style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def float_cell(value: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}" {more}/>'


def test_every_type_of_cell_of_an_open_document_is_told():
    row = (
        "<table:table-row>"
        '<table:table-cell office:value-type="string"><text:p>Tổng<text:s text:c="2"/>số</text:p>'
        "<text:p>hai</text:p><office:annotation><text:p>ghi chú</text:p></office:annotation>"
        "</table:table-cell>"
        + float_cell("12.5")
        + '<table:table-cell office:value-type="percentage" office:value="0.75" '
        'table:style-name="c3"/><table:table-cell office:value-type="percentage" '
        'office:value="0.5"/><table:table-cell office:value-type="date" '
        'office:date-value="2026-05-01" table:style-name="c1"/><table:table-cell '
        'office:value-type="time" office:time-value="PT12H30M00S"/><table:table-cell '
        'office:value-type="boolean" office:boolean-value="true"/><table:table-cell '
        'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
        '<text:p>#DIV/0!</text:p></table:table-cell><table:table-cell table:formula="of:=[.A1]"/>'
        "<table:table-cell table:formula=\"of:=['file:///C:/a/T%E1%BB%95ng.xlsx'#$Sheet1.A1]\" "
        'office:value-type="float" office:value="5"/><table:table-cell table:style-name="c2"/>'
        "</table:table-row>"
    )
    found = read(open_document(table(row)), "a.ods").sheets[0]
    assert found.rows[1] == {
        1: Cell(TEXT, "Tổng  số\nhai"),
        2: Cell(NUMBER, 12.5),
        3: Cell(NUMBER, 0.75, "0.0%"),
        4: Cell(NUMBER, 0.5, "0%"),
        5: Cell(DATE, 46143.0, "mm/yyyy"),
        6: Cell(DATE, 12.5 / 24, "h:mm"),
        7: Cell(BOOL, True),
        8: Cell(ERROR, "#DIV/0!"),
        9: Cell(UNCALCULATED, None),
        10: Cell(NUMBER, 5.0, "", "Tổng.xlsx"),
    }


def test_repeats_merges_and_what_is_hidden_in_an_open_document():
    rows = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="16000"/>'
        '<table:table-row table:number-rows-repeated="2" table:visibility="filter">'
        + '<table:table-cell table:number-columns-repeated="2"/>'
        + float_cell("1", 'table:number-columns-repeated="2"')
        + "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
        "<table:table-row>" + "</table:table-row>"
    )
    merged = (
        "<table:table-row>"
        + float_cell("3", 'table:number-columns-spanned="2" table:number-rows-spanned="2"')
        + '<table:covered-table-cell office:value-type="float" office:value="9"/></table:table-row>'
    )
    aside = (
        "<table:dde-links><table:dde-link>"
        + table(merged, "dde")
        + "</table:dde-link></table:dde-links>"
    )
    found = read(
        open_document(
            table(rows) + table(merged, "Hai", "t1") + table(merged, "'file:///a'#S"), aside
        ),
        "a.ods",
    )
    assert [(one.name, one.hidden) for one in found.sheets] == [("Biểu 1", False), ("Hai", True)]
    assert cells(found.sheets[0]) == {(1, 3): 1, (1, 4): 1, (2, 3): 1, (2, 4): 1}
    assert found.sheets[0].hidden_rows == {1, 2}
    assert found.sheets[0].hidden_columns == set(range(3, 501))
    assert cells(found.sheets[1]) == {(1, 1): 3.0}
    assert found.sheets[1].merged == [(1, 1, 2, 2)]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("<table:table-row>" + float_cell("1", 'table:number-columns-repeated="501"')
         + "</table:table-row>", "F11"),
        ('<table:table-row table:number-rows-repeated="200001">' + float_cell("1")
         + "</table:table-row>", "F11"),
        ('<table:table-row table:number-rows-repeated="5000">'
         + float_cell("1", 'table:number-columns-repeated="401"') + "</table:table-row>", "F11"),
        ('<table:table-row table:number-rows-repeated="99999999999999999999"/>', "F07"),
        ('<table:table-row table:number-rows-repeated="-3"/>', "F07"),
        ("<table:table-row><table:table-cell>" + table("", "in") + "</table:table-cell>"
         "</table:table-row>", "F07"),
        ("<a>" * 400 + "</a>" * 400, "F07"),
    ],
)  # fmt: skip
def test_an_open_document_is_held_to_the_limits(rows, code):
    assert fault_of(open_document(table(rows)), "a.ods").code == code


def test_external_entities_of_an_open_document_are_refused():
    data = zipped(
        {"content.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'}
    )
    assert fault_of(data, "a.ods").code == "F08"


def test_macros_of_an_open_document_are_noted():
    row = "<table:table-row>" + float_cell("1") + "</table:table-row>"
    plain = open_document(table(row))
    with zipfile.ZipFile(io.BytesIO(plain)) as file:
        content = {name: file.read(name) for name in file.namelist()}
    listed = zipped({**content, "Basic/Standard/script-lb.xml": b"<a/>"})
    macro = zipped({**content, "Basic/Standard/Module1.xml": b"<a/>"})
    marks = [read(data, "a.ods").has_macros for data in (plain, listed, macro)]
    assert marks == [False, False, True]


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        ('office:value-type="date" office:date-value="ngày 5"', "chữ"),
        ('office:value-type="time" office:time-value="5 giờ"', "chữ"),
        ('office:value-type="float" office:value="1_000"', "1_000"),
        ('office:value-type="float"', "chữ"),
        ('office:value-type="percentage" office:value="0,5"', "0,5"),
    ],
)
def test_what_is_no_value_of_its_type_stays_text(attributes, value):
    row = f"<table:table-cell {attributes}><text:p>chữ</text:p></table:table-cell>"
    found = read(open_document(table(f"<table:table-row>{row}</table:table-row>")), "a.ods")
    cell = found.sheets[0].rows[1][1]
    assert (cell.kind, cell.value) == (TEXT, value)


def test_rows_inside_rows_and_cells_outside_are_refused():
    inside = "<table:table-row><table:table-row/></table:table-row>"
    assert fault_of(open_document(table(inside)), "a.ods").code == "F07"
    assert fault_of(open_document(table(float_cell("1"))), "a.ods").code == "F07"
