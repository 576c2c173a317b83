"""The corpus of workbooks as officers send them, through the child process as in life."""

from __future__ import annotations

import json
from datetime import date

import pytest

from intake.check import CheckResult, as_json, check
from tests.intake_score import Score, add, manifest
from tests.intake_store import CORPUS, stored_figures, the_register

CONTEXT = json.loads((CORPUS / "context.json").read_text(encoding="utf-8"))
AREAS = {area.name: area.code for area in the_register().areas}


def checked(name: str) -> CheckResult:
    today = date.fromisoformat(CONTEXT["as_of"])
    return check((CORPUS / name).read_bytes(), name, the_register(), stored_figures(), today)


@pytest.mark.slow
def test_every_workbook_of_the_corpus_is_understood():
    score = Score()
    for row in manifest(CORPUS):
        add(score, row, as_json(checked(row["file"])), AREAS)
    assert score.files == 64
    assert score.faults == []
    assert (score.found, score.given) == (score.wanted, score.wanted)
    assert score.values_found == score.values == score.values_given == 461


@pytest.mark.parametrize(
    "name",
    [
        "d05_ambiguous_separators.xlsx", "d50_wide_clean.xlsx", "d58_wide_areas_by_indicator.xlsx",
        "d60_excel97.xls", "d61_libreoffice.ods", "d63_utf16_tab.csv",
    ],
)  # fmt: skip
def test_a_workbook_of_each_kind_is_understood(name):
    score = Score()
    row = next(row for row in manifest(CORPUS) if row["file"] == name)
    add(score, row, as_json(checked(name)), AREAS)
    assert score.faults == []


def test_the_answer_says_what_was_seen_of_each_sheet():
    result = checked("d50_wide_clean.xlsx")
    (seen,) = result.sheets
    assert (seen.layout, seen.row) == ("wide", 6)
    assert [c.field for c in seen.columns][:5] == ["numbering", "name", "unit", "read", "plan"]
    assert [(p.indicator, p.value) for p in result.plans][:2] == [
        ("DL-01", 5600000),
        ("DL-02", 90000),
    ]
    assert result.count("note") == 9  # two S03, four D05, three D06
    assert all(f.message and f.fix for f in result.findings)


def test_the_scorer_finds_what_is_missed_and_what_is_too_much():
    score = Score()
    row = {
        "file": "a.xlsx",
        "expected_outcome": "reject",
        "expected_findings": "V05@Số liệu!F8;V03@Số liệu!F9",
        "expected_values": "DL-01|2026||5;DL-02|2026||6",
    }
    said = {
        "outcome": "accept",
        "findings": [{"code": "V05", "sheet": "Số liệu", "cell": "F7"}],
        "values": [{"indicator": "DL-01", "period": "2026", "area": "", "value": 5.1}],
    }
    add(score, row, said, {})
    assert (score.outcomes, score.found, score.given, score.notes_found) == (0, 0, 1, 0)
    assert len(score.faults) == 1 + 3 + 3
