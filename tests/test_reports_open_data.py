import csv
import io
import json

import openpyxl
import pytest

from reports.open_data import Data, harmless, render

ROWS = [
    ["DL-01", 4_900_000.0, None, "Báo Sơn La; 'trên'"],
    ["=1+1", -3.25, True, "+84 212"],
    ["@x", 0.1, False, "dòng\nhai \x07"],
]
DATA = Data("figures", ["code", "value", "flag", "source"], ROWS, {"as_of": "2026", "demo": False})


def test_csv_opens_in_excel_with_vietnamese_and_without_formulas():
    content = render(DATA, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 4
    found = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert found[0] == ["code", "value", "flag", "source"]
    assert found[1] == ["DL-01", "4900000", "", "Báo Sơn La; 'trên'"]
    assert found[2] == ["'=1+1", "-3.25", "1", "'+84 212"]
    assert found[3][0] == "'@x"


def test_a_workbook_holds_numbers_as_numbers_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(render(DATA, "xlsx")))
    sheet = book["figures"]
    assert [cell.value for cell in sheet[2]] == ["DL-01", 4_900_000, None, "Báo Sơn La; 'trên'"]
    assert sheet["A3"].value == "'=1+1"
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
    assert [[cell.value for cell in row] for row in book["info"]] == [
        ["as_of", "2026"],
        ["demo", 0],
    ]


def test_json_holds_facts_and_rows_as_they_are():
    found = json.loads(render(DATA, "json"))
    assert found["as_of"] == "2026"
    assert found["figures"][1] == {
        "code": "=1+1",
        "value": -3.25,
        "flag": True,
        "source": "+84 212",
    }
    assert found["figures"][0]["flag"] is None


def test_a_document_of_its_own_goes_before_the_rows_in_json_only():
    data = Data("v", ["a"], [[1]], {}, {"targets": []})
    assert json.loads(render(data, "json")) == {"targets": []}
    assert render(data, "csv").decode("utf-8-sig") == "a\r\n1\r\n"


@pytest.mark.parametrize("text", ["=A1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_what_a_program_would_run_gets_an_apostrophe(text):
    assert harmless(text) == "'" + text


def test_other_text_stays():
    assert harmless("Số = 1") == "Số = 1"
    assert harmless("") == ""


def test_another_form_is_refused():
    with pytest.raises(ValueError, match="pdf"):
        render(DATA, "pdf")
