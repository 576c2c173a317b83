"""What LibreOffice makes of a scenario's files: the page's numbers, and two pages of A4."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from db.engine import Store, open_store
from indicators.model import Settings
from services import scenario_files
from services.demo import demo
from services.scenario_brief import brief
from services.scenario_desk import Desk, choices, view
from services.scenarios import run_document
from services.snapshot import snapshot
from services.targets import target_page
from tests.libreoffice import converted, pages

pytestmark = pytest.mark.slow

AT = 1_795_000_000_000_000
Json = dict[str, Any]
SHOCK = {"kind": "shock", "year": 2027, "pct": -30, "recovery": 2}
PROJECT = {"kind": "project", "year": 2028, "amount": 7, "ramp": 2}
DELAY = {"kind": "delay", "years": 1}
SHAPES: list[Json] = [
    {"kind": "growth", "pct": 3.5},
    {"kind": "steps", "amount": -2.25},
    {"kind": "line", "value": 90, "year": 2029},
    {"kind": "saturating", "ceiling": 100, "pct": 12},
    {"kind": "saturating", "ceiling": 99.5, "pct": 100},
    {"kind": "logistic", "ceiling": 100, "pct": 30},
    {"kind": "s_curve", "value": 95, "year": 2030},
    {"kind": "own", "values": {"2027": 70, "2030": 88}},
    {"kind": "goal", "by": "growth"},
    {"kind": "trend"},
]
IDENTITY: Json = {
    "targets": {"DL-01": {"shape": {"kind": "growth", "pct": 12}, "effects": [SHOCK]}},
    "drivers": {"chi_tieu": {"unit": "triệu đồng/lượt", "shape": {"kind": "growth", "pct": 4}}},
    "identities": ["DL-03 = DL-01 * chi_tieu"],
}


@pytest.fixture(scope="module")
def desk(untouched: Store) -> Desk:
    return Desk(snapshot(untouched, AT, Settings()))


def of(code: str, shape: Json, *effects: Json) -> Json:
    return {"targets": {code: {"shape": shape, "effects": list(effects)}}}


def expected(desk: Desk, document: Json) -> dict[str, dict[int, float]]:
    found = run_document(desk.known, document)
    assert found["problems"] == []
    return {
        one["code"]: {row["year"]: row["value"] for row in one["years"]} for one in found["targets"]
    }


def shown(book: Path) -> dict[str, dict[int, float]]:
    """Target -> year -> what stands in the recalculated cells."""
    sheets = load_workbook(book, data_only=True)
    return {
        sheet.title: {
            row[0]: row[2]
            for row in sheet.iter_rows(values_only=True)
            if isinstance(row[0], int) and len(row) > 3
        }
        for sheet in sheets.worksheets
        if sheet.title not in ("Kịch bản", "Biến")
    }


def check(desk: Desk, folder: Path, cases: list[tuple[Json, Callable[[Any], None] | None, Json]]):
    """Each case: a document, what is changed in its workbook, the document that this amounts to."""
    files = []
    for place, (document, change, _after) in enumerate(cases):
        file = folder / f"{place}.xlsx"
        file.write_bytes(scenario_files.workbook(desk, document))
        if change is not None:
            book = load_workbook(file)
            change(book)
            book.save(file)
        files.append(file)
    for file, (_document, _change, after) in zip(
        converted(files, "xlsx", folder), cases, strict=True
    ):
        given = shown(file)
        for code, values in expected(desk, after).items():
            assert given[code] == pytest.approx(values, rel=1e-12, abs=1e-9), (after, code)


def test_recalculated_by_libreoffice_the_workbook_gives_the_numbers_of_the_page(desk, tmp_path):
    documents = [of("GD-01", shape) for shape in SHAPES]
    documents += [of("GD-01", shape, SHOCK, PROJECT, DELAY) for shape in SHAPES]
    documents += [of("DT-01", shape, SHOCK, PROJECT) for shape in SHAPES[:4]]
    documents += [of("DT-01", SHAPES[1], DELAY), IDENTITY]
    check(desk, tmp_path, [(document, None, document) for document in documents])


def typed(code: str, label: str, value: float) -> Callable[[Any], None]:
    """What puts a number into the cell beside a label, as a planner types it."""

    def change(book: Any) -> None:
        sheet = book[code]
        [row] = [r for r in range(1, sheet.max_row) if sheet.cell(r, 1).value == label]
        sheet.cell(row, 2).value = value

    return change


def test_an_assumption_changed_in_the_workbook_gives_what_the_page_gives_for_it(desk, tmp_path):
    steps = {"kind": "steps", "amount": 14}
    faster = {**IDENTITY, "targets": {"DL-01": {"shape": {"kind": "growth", "pct": 7.25},
                                                "effects": [SHOCK]}}}  # fmt: skip
    check(desk, tmp_path, [
        (of("DL-01", {"kind": "growth", "pct": 12}, SHOCK),
         typed("DL-01", "Mức tăng mỗi năm (%)", 7.25),
         of("DL-01", {"kind": "growth", "pct": 7.25}, SHOCK)),
        (of("GD-01", SHAPES[7], SHOCK), typed("GD-01", "Thay đổi năm đó (%)", -50),
         of("GD-01", SHAPES[7], {**SHOCK, "pct": -50})),
        (of("GD-01", SHAPES[2]), typed("GD-01", "Năm đạt mức cuối", 2027),
         of("GD-01", {**SHAPES[2], "year": 2027})),
        (of("GD-01", SHAPES[3]), typed("GD-01", "Mỗi năm rút ngắn phần còn thiếu (%)", 100),
         of("GD-01", {**SHAPES[3], "pct": 100})),
        (of("GD-01", SHAPES[5], DELAY), typed("GD-01", "Chậm bao nhiêu năm", 3),
         of("GD-01", SHAPES[5], {**DELAY, "years": 3})),
        (of("DT-01", steps, SHOCK), typed("DT-01", "Tăng thêm mỗi năm", 21),
         of("DT-01", {**steps, "amount": 21}, SHOCK)),
        (IDENTITY, typed("DL-01", "Mức tăng mỗi năm (%)", 7.25), faster),
    ])  # fmt: skip


@pytest.fixture(scope="module")
def invented(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The whole programme with figures for every target."""
    path = tmp_path_factory.mktemp("demo") / "store.db"
    shutil.copy(migrated_file, path)
    store = open_store(f"sqlite:///{path}")
    demo(store, AT)
    return Desk(snapshot(store, AT, Settings()))


def written(at: Desk, document: Json, store: Store | None = None, lang: str = "vi") -> bytes:
    code = next(iter(document["targets"]))
    found = view(at, document, lang)
    assert found.problems == {}
    history = None
    if store is not None:
        page = target_page(store, AT, code, Settings(), lang)
        assert page is not None
        history = replace(page.chart, scenarios=(found.shown[0].line,))
    return brief(at, document, code, history, author="Nguyễn Thị Ánh " * 3, lang=lang)


LONG = {"name": "Kịch bản tăng trưởng " * 9, "note": "Ghi chú của cán bộ kế hoạch. " * 120}
OWN = {"kind": "own", "values": {str(year): 70.5 + year / 7 for year in range(2027, 2041)}}


def test_the_brief_has_two_pages_whatever_the_scenario_holds(desk, untouched, invented, tmp_path):
    codes = [code for code, _name in choices(invented)]
    assert len(codes) > 25
    many = {code: {"shape": {"kind": "goal"}} for code in codes}
    full = {
        code: {"shape": OWN, "effects": [SHOCK, PROJECT, DELAY, SHOCK, PROJECT]} for code in codes
    }
    made = {
        "one": written(desk, of("GD-01", SHAPES[3]), untouched),
        "two": written(desk, {**LONG, **IDENTITY}, untouched),
        "english": written(desk, {**LONG, **IDENTITY}, untouched, "en"),
        "far": written(desk, {**of("DL-01", SHAPES[0]), "until": 2070}, untouched),
        "seven": written(invented, {"targets": dict(list(full.items())[:7])}),
        "twelve": written(invented, {"targets": dict(list(full.items())[:12])}),
        "all": written(invented, {**LONG, "targets": many}),
        "all_full": written(invented, {**LONG, "targets": full}),
    }
    files = [tmp_path / f"{name}.docx" for name in made]
    for file, content in zip(files, made.values(), strict=True):
        file.write_bytes(content)
    found = {one.stem: pages(one) for one in converted(files, "pdf", tmp_path)}
    assert found == dict.fromkeys(made, 2)
