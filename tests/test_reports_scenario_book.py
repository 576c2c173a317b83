"""The workbook of a scenario: recalculated cell by cell it gives the page's numbers."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import Workbook, load_workbook

from db.engine import Store
from indicators.model import Settings
from services import scenario_files
from services.scenario_desk import Desk
from services.scenarios import run_document
from services.snapshot import snapshot

AT = 1_795_000_000_000_000
EFFECTS = [
    {"kind": "shock", "year": 2027, "pct": -30, "recovery": 2},
    {"kind": "project", "year": 2028, "amount": 7, "ramp": 2},
    {"kind": "delay", "years": 1},
]
_TOKEN = re.compile(
    r"(?P<sheet>'[^']+'!)?\$?(?P<col>[A-Z]{1,2})\$?(?P<row>\d+)|(?P<name>IF|MIN|MAX)|(?P<other>.)"
)


def recalculated(book: Workbook, sheet: str, cell: str) -> float | None:
    """A cell's value, its formula worked out from the cells that it names, again and again."""
    given = book[sheet][cell].value
    if not isinstance(given, str) or not given.startswith("="):
        return given

    def part(found: re.Match[str]) -> str:
        if found["col"]:
            where = found["sheet"][1:-2] if found["sheet"] else sheet
            return f"({recalculated(book, where, found['col'] + found['row'])!r})"
        names = {"IF": "_if", "MIN": "min", "MAX": "max"}
        return names.get(found["name"] or "", "**" if found["other"] == "^" else found[0])

    plain = re.sub(r"(?<=[(,])([^(),]+)<([^(),]+)(?=,)", r"\1<\2", given[1:])
    text = _TOKEN.sub(part, plain)
    return eval(text, {"_if": lambda test, yes, no: yes if test else no, "min": min, "max": max})


@pytest.fixture(scope="module")
def desk(untouched: Store) -> Desk:
    return Desk(snapshot(untouched, AT, Settings()))


def opened(desk: Desk, document: dict, lang: str = "vi") -> Workbook:
    return load_workbook(io.BytesIO(scenario_files.workbook(desk, document, lang)))


def years(book: Workbook, code: str) -> dict[int, float]:
    """Year -> the scenario's value, from the table below the assumptions."""
    sheet = book[code]
    rows = [r for r in range(1, sheet.max_row + 1) if isinstance(sheet.cell(r, 1).value, int)]
    return {sheet.cell(r, 1).value: recalculated(book, code, f"C{r}") for r in rows}


def expected(desk: Desk, document: dict, code: str) -> dict[int, float]:
    found = run_document(desk.known, document)
    assert found["problems"] == []
    one = next(one for one in found["targets"] if one["code"] == code)
    return {row["year"]: row["value"] for row in one["years"]}


@pytest.mark.parametrize("effects", [[], EFFECTS], ids=["plain", "disturbed"])
@pytest.mark.parametrize(
    "shape",
    [
        {"kind": "growth", "pct": 3.5},
        {"kind": "steps", "amount": -2.25},
        {"kind": "line", "value": 90, "year": 2029},
        {"kind": "saturating", "ceiling": 100, "pct": 12},
        {"kind": "logistic", "ceiling": 100, "pct": 30},
        {"kind": "s_curve", "value": 95, "year": 2030},
        {"kind": "own", "values": {"2027": 70, "2030": 88}},
        {"kind": "goal", "by": "growth"},
    ],
    ids=lambda shape: shape["kind"],
)
def test_the_workbook_gives_the_numbers_of_the_page(desk, shape, effects):
    document = {"targets": {"GD-01": {"shape": shape, "effects": effects}}}
    assert years(opened(desk, document), "GD-01") == pytest.approx(
        expected(desk, document, "GD-01"), abs=1e-9
    )


@pytest.mark.parametrize(
    "shape",
    [
        {"kind": "growth", "pct": 8},
        {"kind": "steps", "amount": 14},
        {"kind": "line", "value": 120, "year": 2029},
    ],
)
def test_so_does_that_of_a_running_total(desk, shape):
    document = {"targets": {"DT-01": {"shape": shape, "effects": EFFECTS[:2]}}}
    assert years(opened(desk, document), "DT-01") == pytest.approx(
        expected(desk, document, "DT-01"), abs=1e-9
    )


IDENTITY = {
    "name": "=cmd()",
    "targets": {"DL-01": {"shape": {"kind": "growth", "pct": 12}}},
    "drivers": {"chi_tieu": {"unit": "triệu đồng/lượt", "shape": {"kind": "growth", "pct": 4}}},
    "identities": ["DL-03 = DL-01 * chi_tieu"],
}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_derived_target_is_a_formula_over_the_other_sheets(desk, lang):
    book = opened(desk, IDENTITY, lang)
    assert years(book, "DL-03") == pytest.approx(expected(desk, IDENTITY, "DL-03"), abs=1e-6)
    last = book["DL-03"].max_row
    assert "'DL-01'!C" in book["DL-03"][f"C{last}"].value


def test_changing_an_assumption_moves_the_years(desk):
    document = {"targets": {"DL-01": {"shape": {"kind": "steps", "amount": 100000}}}}
    book = opened(desk, document)
    sheet = book["DL-01"]
    [row] = [r for r in range(1, sheet.max_row) if sheet.cell(r, 1).value == "Tăng thêm mỗi năm"]
    sheet.cell(row, 2).value = 700_000
    assert years(book, "DL-01")[2030] == 4_900_000 + 6 * 700_000


def test_effects_stay_live_on_own_values(desk):
    shape = {"kind": "own", "values": {"2026": 80, "2030": 80}}
    book = opened(desk, {"targets": {"GD-01": {"shape": shape, "effects": EFFECTS[:1]}}})
    sheet = book["GD-01"]
    [row] = [r for r in range(1, sheet.max_row) if sheet.cell(r, 1).value == "Thay đổi năm đó (%)"]
    assert years(book, "GD-01")[2027] == pytest.approx(56)
    sheet.cell(row, 2).value = -50
    assert years(book, "GD-01")[2027] == pytest.approx(40)


def test_every_sheet_says_that_it_is_a_trial_and_no_text_runs(desk):
    book = opened(desk, IDENTITY)
    for sheet in book:
        assert sheet["A1"].value.startswith("KỊCH BẢN: phép tính thử")
    assert book.worksheets[0]["A2"].value == "'=cmd()"


def test_the_csv_marks_every_row(desk):
    text = scenario_files.table(desk, IDENTITY).decode("utf-8-sig")
    head, *rows = text.splitlines()
    assert head.startswith("scenario,mark,code")
    assert len(rows) == 14
    assert all("phép tính thử" in row for row in rows)
    assert rows[0].startswith("'=cmd()")


def test_a_document_that_cannot_be_run_makes_no_file(desk):
    with pytest.raises(ValueError, match="doc_empty"):
        scenario_files.workbook(desk, {})
