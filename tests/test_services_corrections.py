"""Cells corrected by hand: checked anew with the whole file, and named on the receipt."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from services import drafts, handin, handouts, preview
from services.access import LOCAL
from services.drafts import Correctable
from services.seeding import seed
from services.submissions import File
from tests.handin import workbook

NOW = 1_795_000_000_000_000
WRONG = ["DL-01", "2026-H1", "", "ba triệu", "ước tính", "Sở"]
REVENUE = ["DL-03", "2026-H1", "", 30_000, "ước tính", "Sở"]  # 3.500 the year before: a jump


@pytest.fixture
def ready(store):
    seed(store, NOW)
    return store


def opened(store, *rows):
    number = drafts.begin(store, LOCAL, File("tep.xlsx", workbook(*rows)), NOW)
    return drafts.load(store, LOCAL, number)


def checked(store, draft):
    return drafts.checked(store, draft, as_of=NOW + 10, version=1)


def typed_over(store, draft, **cells):
    """The draft after some cells of its only sheet were typed over on the page."""
    offered = preview.correctable(checked(store, draft))
    typed = {("Bảng", cell): text for cell, text in cells.items()}
    corrections = drafts.corrected(draft.choices.corrections, offered, typed)
    choices = drafts.retyped(draft.choices, corrections=corrections)
    drafts.say(store, LOCAL, draft.id, choices, NOW + 5)
    return drafts.load(store, LOCAL, draft.id)


def test_a_corrected_cell_is_checked_kept_stored_and_named_on_the_receipt(ready):
    draft = opened(ready, WRONG)
    (offered,) = preview.correctable(checked(ready, draft))
    assert (offered.where, offered.text, offered.before) == ("Bảng, ô D2", "ba triệu", None)
    assert checked(ready, draft).result.outcome == "reject"

    draft = typed_over(ready, draft, D2="3.000.000")
    found = checked(ready, draft)
    assert found.result.outcome == "accept"
    assert [one.value for one in found.figures] == [3_000_000.0]
    (offered,) = preview.correctable(found)
    assert (offered.text, offered.before, offered.says) == ("3.000.000", "ba triệu", ())

    receipt = drafts.commit(ready, LOCAL, draft, found, now=NOW + 20)
    page = handin.submission_page(ready, LOCAL, receipt.submission, NOW + 30)
    assert [(one.where, one.old, one.new) for one in page.corrected] == [
        ("Bảng, ô D2", "ba triệu", "3.000.000")
    ]


def test_typing_what_the_file_says_takes_a_correction_back(ready):
    draft = typed_over(ready, opened(ready, WRONG), D2="3000000")
    assert dict(draft.choices.corrections) == {"Bảng": {"D2": "3000000"}}
    draft = typed_over(ready, draft, D2="ba triệu")
    assert dict(draft.choices.corrections) == {}
    assert checked(ready, draft).result.corrected == ()


def test_what_was_not_touched_is_no_correction():
    shown = [Correctable("S", "A1", "S, ô A1", "x", None, ())]
    assert drafts.corrected({}, shown, {("S", "A1"): "x"}) == {}
    assert drafts.corrected({}, shown, {}) == {}
    assert drafts.corrected({"S": {"B2": "y"}}, shown, {("S", "A1"): ""}) == {
        "S": {"B2": "y", "A1": ""}
    }


def test_a_confirmation_does_not_outlive_the_figure_it_was_given_for(ready):
    draft = opened(ready, REVENUE)
    keys = {(f.code, f.sheet, f.cell): "đúng" for f in checked(ready, draft).result.findings}
    assert keys
    choices = replace(draft.choices, confirmed=keys)
    drafts.say(ready, LOCAL, draft.id, choices, NOW + 1)
    draft = drafts.load(ready, LOCAL, draft.id)
    assert dict(draft.choices.confirmed) == keys
    draft = typed_over(ready, draft, D2="40.000")  # another jump, at the same cell
    assert dict(draft.choices.confirmed) == {}
    with pytest.raises(ValueError, match="not ready"):
        drafts.commit(ready, LOCAL, draft, checked(ready, draft), now=NOW + 20)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("4.390", 4390.0),
        ("3.900.000", 3_900_000.0),
        ("-5", -5.0),
        ("4390.5", 4390.5),
        ("5 tr", None),
    ],
)
def test_the_marked_workbook_holds_the_number_that_was_read(ready, typed, number):
    draft = opened(ready, ["DL-01", "2026-H1", "", "bốn", "ước tính", "S"])
    said = drafts.retyped(draft.choices, corrections={"Bảng": {"D2": typed}})
    drafts.say(ready, LOCAL, draft.id, said, NOW + 1)
    draft = drafts.load(ready, LOCAL, draft.id)
    made = handouts.marked(draft.file, checked(ready, draft), draft.trail.typed_by)
    cell = load_workbook(io.BytesIO(made.content))["Bảng"]["D2"]
    assert cell.value == (typed if number is None else number)
    assert f"“bốn” → “{typed}” (người dùng tại máy)" in cell.comment.text


def test_what_can_be_typed_over_stands_in_the_files_order(ready):
    good = ["DL-02", "2026-H1", "", 60_000, "ước tính", "S"]
    rows = [WRONG, good, ["DL-03", "2026-H1", "", "mười", "tạm tính", "S"]]
    draft = typed_over(ready, opened(ready, *rows), D2="3.000.000")
    found = preview.correctable(checked(ready, draft))
    assert [(one.cell, one.wrong) for one in found] == [
        ("D2", False),
        ("D4", True),
        ("E4", True),
    ]
