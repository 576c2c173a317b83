"""Files to take away from a store of attacks: no cell of any of them is run by a spreadsheet.

Each workbook is opened again as a spreadsheet would read it: only the scenario book has formulas,
and those are ours.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from indicators.model import Settings
from intake.plain_text import harmless as harmless_cell
from reports.open_data import CSV, JSON, XLSX, Data, harmless, render
from services import (
    access,
    audit_export,
    drafts,
    exports,
    handouts,
    scenario_brief,
    scenario_desk,
    scenario_files,
    targets,
    templates,
)
from services.scenario_saves import listing
from services.store import Store, data_version
from tests import hostile
from tests.hostile import CODE, EVIL, nasty, short
from tests.people import ADMIN, NOW

AT = NOW * 2
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
STARTS = [
    *("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1"),
    *("=cmd|' /C calc'!A0", '=HYPERLINK("https://evil.example")', "=DDE(1)", " =1", "\u00a0=1"),
    *("x;=1", "x;+1", "x\t@A1", "x\n=1", "x\r\n-1", 'x;"=1"', "x; =1", "a,b;=c", "\u200b=1"),
]


@pytest.fixture(scope="module")
def filled(untouched: Store) -> tuple[Store, access.Actor]:
    officer = hostile.fill(untouched)
    return untouched, officer


def texts_and_formulas(data: bytes) -> tuple[list[str], list[str]]:
    """Every text and every formula of a workbook."""
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    texts = [cell.value for cell in cells if isinstance(cell.value, str) and cell.data_type != "f"]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert not any(cell.hyperlink and EVIL in (cell.hyperlink.target or "") for cell in cells)
    for sheet in book.worksheets:
        assert len(sheet.title) <= 31
        for rule in sheet.data_validations.dataValidation:
            assert EVIL not in (rule.formula1 or "")
    return texts, formulas


def run_by_a_spreadsheet(text: str) -> list[str]:
    """Pieces that begin like a formula, however a program cuts the lines of a CSV.

    Spreadsheets of Vietnam cut at ";" and know no quotes of ours then.
    """
    pieces = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    for separator in ";\t":
        pieces += re.split(f"[{separator}\r\n]", text)
    return [one for one in pieces if one.strip(' "\u00a0\u200b').startswith(RUNS)]


@pytest.mark.parametrize("what", exports.KINDS)
@pytest.mark.parametrize("form", [CSV, XLSX, JSON])
def test_no_cell_of_open_data_is_run(filled, what, form):
    store, _officer = filled
    data = exports.export(store, what, form, as_of=AT, settings=Settings())
    assert "window.__hit" in data.decode("utf-8", "replace") or form == XLSX
    if form == JSON:
        json.loads(data)
    elif form == XLSX:
        texts, formulas = texts_and_formulas(data)
        assert any("window.__hit" in text for text in texts)
        assert formulas == []
        assert not [text for text in texts if text.startswith(RUNS)]
    else:
        numbers = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
        found = run_by_a_spreadsheet(data.decode("utf-8-sig"))
        assert [one for one in found if not numbers.fullmatch(one.strip('"'))] == []


@pytest.mark.parametrize("text", STARTS, ids=repr)
def test_a_text_like_a_formula_stays_text_in_every_form(text):
    rows = [["đầu", text, "x"], [text, "giữa", text]]
    data = Data("actuals", ["a", "b", "c"], rows)
    assert run_by_a_spreadsheet(render(data, CSV).decode("utf-8-sig")) == []
    found = list(csv.reader(io.StringIO(render(data, CSV).decode("utf-8-sig"))))
    assert found[1][1].replace("'", "") == text.replace("'", "")  # nothing but apostrophes is added
    texts, formulas = texts_and_formulas(render(data, XLSX))
    assert formulas == []
    assert not [one for one in texts if one.startswith(RUNS)]
    assert json.loads(render(data, JSON))["actuals"][0]["b"] == text  # a program gets it as it is


@pytest.mark.parametrize("text", ["Sở Tài chính", "5 - 6", "a+b", "12,5; 13", "x@y.vn", "", "'q'"])
def test_plain_texts_stay_as_they_are(text):
    assert harmless(text) == text
    assert harmless_cell(text) == text
    data = Data("actuals", ["a"], [[text]])
    assert next(iter(list(csv.reader(io.StringIO(render(data, CSV).decode("utf-8-sig"))))[1:])) in (
        [text],
        [],
    )


def test_signs_that_no_workbook_can_hold_are_left_out():
    text = "a\x00b\x07c\x1bd\ufffee\x0b"
    texts, _ = texts_and_formulas(render(Data("actuals", ["a"], [[text]]), XLSX))
    assert any(one.startswith("a") and one.endswith("\ufffd") for one in texts)


def test_the_template_of_a_hostile_target_is_text(filled):
    store, _officer = filled
    data = templates.template(
        store, targets=[CODE], periods=["2026"], areas=[], as_of=AT, settings=Settings()
    )
    texts, formulas = texts_and_formulas(data)
    assert any("window.__hit" in text for text in texts)
    assert not [text for text in texts if text.startswith(RUNS)]
    assert not [one for one in formulas if EVIL in one or "cmd" in one]


def test_the_marked_workbook_keeps_the_officers_cells_and_adds_no_formula(filled):
    store, officer = filled
    number = hostile.open_drafts(store, officer)["draft.bad"]
    draft = drafts.load(store, officer, number)
    assert draft is not None
    checked = drafts.checked(store, draft, as_of=AT, version=data_version(store, AT))
    found = handouts.marked(draft.file, checked)
    texts, formulas = texts_and_formulas(found.content)
    assert any("window.__hit" in text for text in texts)
    assert formulas == []
    book = load_workbook(io.BytesIO(found.content))
    findings = book[book.sheetnames[0]]
    said = [str(cell.value) for row in findings.iter_rows() for cell in row if cell.value]
    assert not [text for text in said if text.startswith(RUNS)]
    links = [cell.hyperlink for row in findings.iter_rows() for cell in row if cell.hyperlink]
    assert links  # to the cells of the same workbook
    assert not any(link.target for link in links)


def test_the_book_of_a_hostile_scenario_has_no_formula_but_ours(filled):
    store, _officer = filled
    planner = access.Actor("x", access.ROLES["planner"], account=5)
    saved = listing(store, planner, AT)[-1]
    desk = scenario_desk.desk(store, AT, Settings())
    texts, formulas = texts_and_formulas(scenario_files.workbook(desk, saved.document))
    assert any(short("tên kịch bản") in text for text in texts)
    assert any("window.__hit" in text for text in texts)
    assert not [text for text in texts if text.startswith(RUNS)]
    assert formulas
    for formula in formulas:
        assert re.fullmatch(r"=[-+*/^(),.<>$'!:\w\s]+", formula), formula
        called = set(re.findall(r"([A-Za-z_]+)\(", formula))
        assert called <= {"IF", "MIN", "MAX"}, formula
    assert (
        run_by_a_spreadsheet(scenario_files.table(desk, saved.document).decode("utf-8-sig")) == []
    )


@pytest.mark.parametrize("form", [CSV, XLSX, JSON])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_line_of_the_log_that_is_taken_away_is_run(filled, form, lang):
    """Names, reasons, file names, addresses of requests: whatever people brought stands there."""
    store, _officer = filled
    data = audit_export.export(store, ADMIN, form, lang=lang).content
    if form == JSON:
        assert "window.__hit" in json.dumps(json.loads(data))
    elif form == XLSX:
        texts, formulas = texts_and_formulas(data)
        assert any("window.__hit" in text for text in texts)
        assert formulas == []
        assert not [text for text in texts if text.startswith(RUNS)]
    else:
        assert b"window.__hit" in data
        assert run_by_a_spreadsheet(data.decode("utf-8-sig")) == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_word_brief_of_a_hostile_scenario_is_text(filled, lang):
    store, _officer = filled
    desk = scenario_desk.desk(store, AT, Settings())
    data = scenario_brief.brief(
        desk, hostile.runnable_document(), CODE, None, author=nasty("tác giả"), lang=lang
    )
    said = ""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            tree = ElementTree.fromstring(archive.read(name))
            said += "".join(tree.itertext())
            for one in tree.iter():
                kind = one.tag.rpartition("}")[2]
                assert kind not in {"fldSimple", "altChunk", "object", "control"}
                assert kind != "instrText" or (one.text or "").strip() == "PAGE"
                assert one.get("TargetMode") != "External"
                assert EVIL not in (one.get("Target") or "")
    assert short("tên kịch bản") in said
    assert "<img src=x onerror=" in said


def test_the_picture_of_a_hostile_target_has_words_only(filled):
    store, _officer = filled
    page = targets.target_page(store, AT, CODE, Settings(), "vi")
    assert page is not None
    tree = ElementTree.fromstring(scenario_files.picture(page.chart))
    kinds = {one.tag.rpartition("}")[2] for one in tree.iter()}
    assert not kinds & {"script", "a", "image", "foreignObject", "use", "style", "iframe"}
    names = {name for one in tree.iter() for name in one.attrib}
    assert not [name for name in names if name.startswith("on") or "href" in name]
    assert "window.__hit" in "".join(tree.itertext())


@pytest.mark.parametrize("name", ["a\x08b", "=1\x00", "x" * 200, "\ud800"])
def test_odd_signs_in_a_scenarios_name_end_no_export(filled, name):
    store, _officer = filled
    desk = scenario_desk.desk(store, AT, Settings())
    document = {**hostile.runnable_document(), "name": name, "note": name}
    data = scenario_files.workbook(desk, document)
    assert data[:2] == b"PK"
    assert scenario_files.table(desk, document)


def test_nasty_texts_are_what_they_claim():
    """The attacks begin like a formula and hold markup, Markdown and a statement."""
    text = nasty("chỗ này")
    assert text.startswith("=")
    for part in (*hostile.MARKS, *hostile.PARTS, "DROP TABLE"):
        assert part in text or part in short("x")
