"""Files and forms of the register from the open change to the receipt, on both databases."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from db import audit, register, tables, versioned
from indicators.model import Settings
from services import access, drafts, register_drafts, register_undo, register_words
from services import register as files
from services.access import Actor
from services.amendments import amendments
from services.chosen import assessment
from services.moments import day_start
from services.register_drafts import BASELINE, DOCUMENT, FILE, PLAN_FILE, PLANS, TARGET
from services.register_effect import compared, counts_later
from services.register_forms import NEW_DOCUMENT
from services.register_preview import Gone, Moved, commit, preview
from services.register_templates import plans_template, register_template
from services.seeding import seed
from services.status import status
from services.submissions import File
from tests import annex

pytestmark = pytest.mark.slow

NOW = day_start(date(2026, 11, 22))
ADMIN = access.shell("Quản trị")
DL_01 = {"code": "DL-01", "document": "CTHD-DU", "value_low": "9.000.000"}
DECISION = {
    "document": NEW_DOCUMENT,
    "doc_number": "77/QĐ-UBND",
    "doc_issued": "01/09/2026",
    "doc_title_vi": "Điều chỉnh chỉ tiêu",
    "doc_term": "2025-2030",
}


@pytest.fixture
def seeded(store):
    seed(store, NOW)
    return store


def begun(store, kind, *, file=None, actor=ADMIN, now=NOW + 1, **fields):
    number = register_drafts.begin(store, actor, kind, file=file, fields=fields, now=now)
    return register_drafts.load(store, actor, number)


def seen(store, draft, now=NOW + 2, actor=ADMIN):
    """The preview, as the page shows it."""
    found = preview(store, actor, draft, now=now)
    register_drafts.show(store, actor, draft, found.fingerprint, now)
    return found


def stored(store, draft, now=NOW + 3):
    shown = seen(store, draft)
    assert shown.may_commit, (shown.problems, shown.findings)
    again = register_drafts.load(store, ADMIN, draft.id)
    return commit(store, ADMIN, again, now=now)


def annexed(store, content=None):
    file = File("phu-luc-01.xlsx", content or annex.workbook())
    return begun(store, FILE, file=file)


def targets(store, as_of):
    return {
        one["code"]: one for one in status(store, as_of, Settings(), forecasts=False)["targets"]
    }


def path_of(state):
    return {year: (before, after) for year, before, after in state.path}


def plain(text):
    return text.replace("\u00a0", " ")


def plans_of(store, code, as_of):
    with store.read() as tx:
        found = [one for one in register.yearly_plans(tx, as_of) if one.indicator == code]
    return {one.period.year: one.value for one in found if one.period.year >= 2025}


def test_an_annex_of_20_targets_comes_in_with_its_doubts_and_is_taken_back(seeded):
    before = targets(seeded, NOW)
    draft = annexed(seeded)
    shown = seen(seeded, draft)
    assert not shown.refused
    assert register_words.doubts(shown.effects) == annex.DOUBTS == 3
    told = register_words.told(seeded, shown.effects, NOW)
    asked = {one.key: plain(one.asked) for one in told if one.table == "targets"}
    assert len(asked) == 20
    assert asked["PL-03"] == "15.000–20.000 ha vào năm 2030"
    assert asked["PL-05"] == "không quá 8% vào năm 2030"
    assert asked["PL-07"] == "trên 120.000 tỷ đồng trong cả giai đoạn 2026–2030"
    assert [one.doubt for one in told if one.key == "PL-16" and one.doubt] == [
        "Không rõ chuẩn nghèo"
    ]
    change = stored(seeded, draft)
    after = targets(seeded, NOW + 4)
    assert set(after) - set(before) == set(annex.CODES)
    assert {after[code]["kind"] for code in annex.CODES} == {
        "level", "every_year", "cumulative", "each_area",
    }  # fmt: skip
    assert after["PL-16"]["doubt"] == "Không rõ chuẩn nghèo"
    assert register_drafts.load(seeded, ADMIN, draft.id) is None
    register_undo.undo(seeded, ADMIN, change, now=NOW + 5)
    assert targets(seeded, NOW + 6).keys() == before.keys()


def test_nothing_is_stored_that_was_not_shown(seeded):
    draft = annexed(seeded)
    with pytest.raises(Moved):  # nobody has looked yet
        commit(seeded, ADMIN, draft, now=NOW + 3)
    seen(seeded, draft)
    shown = register_drafts.load(seeded, ADMIN, draft.id)
    head = "key,number,title_vi\n"
    other = (head + "PL-01,77/QĐ-UBND,Một phụ lục khác\n").encode()
    assert not files.add(seeded, ADMIN, other, "khac.csv", now=NOW + 3).refused
    with pytest.raises(Moved):
        commit(seeded, ADMIN, shown, now=NOW + 4)
    assert "PL-02" not in targets(seeded, NOW + 5)
    stored(seeded, shown, now=NOW + 6)  # looked at again
    assert "PL-02" in targets(seeded, NOW + 7)
    with pytest.raises(Gone):
        commit(seeded, ADMIN, shown, now=NOW + 8)


def test_what_is_wrong_in_a_file_is_told_at_its_cell_and_refuses_all(seeded):
    rows = annex.rows()
    rows[3]["Mức đề ra"] = "gần 50"
    rows[7]["Cách giao"] = "mỗi quý"
    shown = seen(seeded, annexed(seeded, annex.workbook(rows)))
    assert shown.refused
    errors = [(one.sheet, one.cell, one.code) for one in shown.findings if one.severity == "error"]
    assert errors == [("Chỉ tiêu", "H7", "R05"), ("Chỉ tiêu", "F11", "R07")]
    assert not shown.may_commit


def test_the_same_file_again_has_nothing_to_store(seeded):
    stored(seeded, annexed(seeded))
    shown = seen(seeded, annexed(seeded), now=NOW + 9)
    assert (shown.effects, shown.may_commit, shown.same) == ((), False, 21)


def test_the_templates_headings_are_all_read(seeded):
    shown = seen(seeded, annexed(seeded, register_template()))
    assert {one.code for one in shown.findings} == {"R29"}  # tables without rows, nothing unknown
    book = openpyxl.load_workbook(io.BytesIO(plans_template()))
    sheet = book.worksheets[0]
    for column, value in enumerate(("DL-01", 2027, "", "6.200.000", "592/NQ-HĐND"), start=1):
        sheet.cell(4, column, value)
    out = io.BytesIO()
    book.save(out)
    draft = begun(seeded, PLAN_FILE, file=File("ke-hoach.xlsx", out.getvalue()))
    stored(seeded, draft)
    assert plans_of(seeded, "DL-01", NOW + 4) == {2027: 6_200_000.0}


def test_a_target_is_amended_by_a_new_document_from_its_day(seeded):
    draft = begun(seeded, TARGET, **DL_01 | DECISION | {"value_low": "8,5 triệu"})
    shown = seen(seeded, draft)
    assert shown.echoes["value_low"] == "Đã hiểu: 8.500.000"
    (state,) = compared(seeded, shown.effects, assessment(), now=NOW, lang="vi")
    lines = {name: (plain(before), plain(after)) for name, before, after in state.lines}
    assert lines["asked"] == (
        "ít nhất 9.000.000 lượt vào năm 2030",
        "ít nhất 8.500.000 lượt vào năm 2030",
    )
    assert path_of(state)["2030"][1].startswith("8.500.000")
    change = stored(seeded, draft)
    september = day_start(date(2026, 9, 1))
    assert targets(seeded, september)["DL-01"]["value_low"] == 8.5e6
    assert targets(seeded, september - 1)["DL-01"]["value_low"] == 9e6
    (step,) = amendments(seeded, "DL-01", NOW + 9)
    assert (step.day, step.by, step.where) == (
        "01/09/2026", "77/QĐ-UBND", "CTHD-DU, Phần II, đề án 3",
    )  # fmt: skip
    assert step.wording == "đến năm 2030 tổng lượt khách du lịch đạt 9 triệu lượt/năm"
    assert amendments(seeded, "DL-01", september - 1) == []
    register_undo.undo(seeded, ADMIN, change, now=NOW + 10)
    back, _first = amendments(seeded, "DL-01", NOW + 11)
    assert (back.back, plain(back.became)) == (True, "ít nhất 9.000.000 lượt vào năm 2030")


def test_an_amendment_of_a_later_day_is_told_before_it_counts(seeded):
    fields = DL_01 | DECISION | {"doc_issued": "01/03/2027", "value_low": "8.500.000"}
    draft = begun(seeded, TARGET, **fields)
    assert counts_later(seen(seeded, draft).effects, NOW) == ["2027-03-01"]
    stored(seeded, draft)
    assert targets(seeded, NOW + 9)["DL-01"]["value_low"] == 9e6
    (step,) = amendments(seeded, "DL-01", NOW + 9)
    assert (step.to_come, step.day) == (True, "01/03/2027")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"value_low": "gần chín triệu"}, "value_low"),
        ({"value_low": ""}, "value_low"),
        ({"value_low": "9,000"}, "value_low"),  # 9 or 9000: nothing is guessed
        ({"period_start": "2031", "period_end": "2030"}, "period_end"),
        ({"comparator": "between", "value_high": "8.000.000"}, "value_high"),
        ({**DECISION, "doc_number": ""}, "doc_number"),
        ({**DECISION, "doc_title_vi": " "}, "doc_title_vi"),
        ({**DECISION, "doc_issued": "32/13/2026"}, "doc_issued"),
    ],
)
def test_a_form_with_something_wrong_names_its_field_and_loses_nothing(untouched, fields, wrong):
    draft = begun(untouched, TARGET, **DL_01 | fields)
    shown = seen(untouched, draft)
    assert shown.refused
    assert set(shown.problems) == {wrong}
    assert register_drafts.load(untouched, ADMIN, draft.id).fields == DL_01 | fields


def test_a_baseline_is_set_with_its_source_and_taken_away(seeded):
    fields = {"target": "GD-02", "area": "", "period": "năm 2024", "value": "68,5"}
    source = {"source": "Báo cáo Sở GDĐT", "source_url": "https://example.org/bc.pdf"}
    draft = begun(seeded, BASELINE, **fields, **source)
    shown = seen(seeded, draft)
    assert shown.echoes == {"value": "Đã hiểu: 68,5"}
    (state,) = compared(seeded, shown.effects, assessment(), now=NOW)
    before, after = path_of(state)["2024"]
    assert (before, after.startswith("68,5%")) == ("", True)
    stored(seeded, draft)
    base = targets(seeded, NOW + 4)["GD-02"]["baseline"]
    assert base == {"period": "2024", "value": 68.5, "rule": "set"}
    away = begun(seeded, BASELINE, target="GD-02", area="", withdraw="1")
    stored(seeded, away, now=NOW + 5)
    assert targets(seeded, NOW + 6)["GD-02"]["baseline"] is None
    assert targets(seeded, NOW + 5 - 1)["GD-02"]["baseline"] is not None
    with seeded.read() as tx:
        actions = [line.action for line in audit.listing(tx, limit=2)]
    assert actions == ["baselines.withdraw", "baselines.set"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"source": ""}, "source"),
        ({"value": "khoảng 40"}, "value"),
        ({"value": "140"}, "value"),  # a share above 100 %
        ({"period": "2024-H1"}, "period"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"area": "03646"}, "area"),
        ({"target": "XX-99"}, "target"),
        ({"target": "DT-01", "value": "3"}, "target"),  # a running total starts at 0
    ],
)
def test_a_baseline_that_cannot_be_is_refused_at_its_field(untouched, fields, wrong):
    given = {"target": "GD-02", "period": "2024", "value": "68", "source": "Báo cáo"}
    shown = seen(untouched, begun(untouched, BASELINE, **given | fields))
    assert (shown.refused, set(shown.problems)) == (True, {wrong})


def test_plans_of_the_years_are_set_changed_and_taken_away_in_one_change(seeded):
    first = {"target": "DL-01", "document": "592/NQ-HĐND", "locator": "Biểu 1"}
    years = {"year_2026": "5.400.000", "year_2027": "6,2 triệu", "year_2028": ""}
    stored(seeded, begun(seeded, PLANS, **first, **years))
    assert plans_of(seeded, "DL-01", NOW + 4) == {2026: 5.4e6, 2027: 6.2e6}
    second = {"year_2026": "", "year_2027": "6.000.000", "year_2028": "5.900.000"}
    draft = begun(seeded, PLANS, **first | {"document": "600/NQ-HĐND"}, **second)
    shown = seen(seeded, draft, now=NOW + 5)
    assert {
        (one.key[2], one.old and one.old["value"], one.new and one.new["value"])
        for one in shown.effects
    } == {("2026", 5.4e6, None), ("2027", 6.2e6, 6e6), ("2028", None, 5.9e6)}
    assert shown.warnings == (
        "DL-01: kế hoạch năm 2028 (5.900.000) thấp hơn năm 2027 (6.000.000 lượt).",
    )
    change = stored(seeded, draft, now=NOW + 6)
    assert plans_of(seeded, "DL-01", NOW + 7) == {2027: 6e6, 2028: 5.9e6}
    register_undo.undo(seeded, ADMIN, change, now=NOW + 8)
    assert plans_of(seeded, "DL-01", NOW + 9) == {2026: 5.4e6, 2027: 6.2e6}


def test_plans_that_cannot_be_are_refused_at_their_year(untouched):
    given = {"target": "NL-01", "document": "592/NQ-HĐND"}
    wrong = {"year_2026": "70", "year_2027": "170", "year_2028": "nhiều"}
    shown = seen(untouched, begun(untouched, PLANS, **given, **wrong))
    assert set(shown.problems) == {"year_2028"}
    shown = seen(untouched, begun(untouched, PLANS, **given, **wrong | {"year_2028": "75"}))
    assert set(shown.problems) == {"year_2027"}
    without = {"target": "NL-01", "document": " ", "year_2026": "70"}
    assert set(seen(untouched, begun(untouched, PLANS, **without)).problems) == {"document"}


def test_plans_that_do_not_add_up_or_fall_short_are_told(seeded):
    sums = {f"year_{year}": "1" for year in range(2026, 2031)}
    low = begun(seeded, PLANS, target="DL-01", document="QĐ 1", year_2030="8.000.000")
    assert seen(seeded, low).warnings == (
        "DL-01: kế hoạch năm 2030 (8.000.000) chưa bằng mức đề ra (9.000.000 lượt).",
    )
    with seeded.read() as tx:
        total = {one.code: one for one in register.targets(tx, NOW)}["DT-01"]
    years = {name: value for name, value in sums.items() if int(name[5:]) >= total.start}
    years |= {f"year_{year}": "1" for year in range(total.start, total.end + 1)}
    shown = seen(seeded, begun(seeded, PLANS, target="DT-01", document="QĐ 1", **years))
    (warning,) = shown.warnings
    assert warning.startswith(f"DT-01: cộng các năm được {total.end - total.start + 1}, chưa đủ")


def test_open_changes_are_ones_own_and_no_open_uploads(seeded):
    draft = annexed(seeded)
    other = Actor("Hoa", access.ROLES["administrator"], account=7)
    assert register_drafts.load(seeded, other, draft.id) is None
    assert register_drafts.listing(seeded, other, FILE) == []
    assert [one.id for one in register_drafts.listing(seeded, ADMIN, FILE)] == [draft.id]
    assert drafts.listing(seeded, ADMIN) == []
    assert drafts.load(seeded, ADMIN, draft.id) is None
    with pytest.raises(ValueError, match="upload"):
        register_drafts.begin(seeded, ADMIN, "upload", now=NOW)
    register_drafts.discard(seeded, other, draft.id)
    assert register_drafts.load(seeded, ADMIN, draft.id) is not None
    register_drafts.discard(seeded, ADMIN, draft.id)
    assert register_drafts.load(seeded, ADMIN, draft.id) is None


def test_a_row_that_was_taken_back_and_comes_again_is_read_once_a_day(seeded):
    change = stored(seeded, annexed(seeded))
    register_undo.undo(seeded, ADMIN, change, now=NOW + 5)
    stored(seeded, annexed(seeded), now=NOW + 9)
    with seeded.read() as tx:
        made = versioned.history(tx, tables.targets, ("PL-04",))
        for as_of in (day_start(date(2026, 10, 1)), NOW + 4, NOW + 20):
            assert [one.code for one in register.targets(tx, as_of)].count("PL-04") == 1
        assert "PL-04" not in {one.code for one in register.targets(tx, NOW + 5)}
    assert [one.known_to is None for one in made] == [False, True]


def test_a_documents_missing_number_and_day_are_filled_in_from_now(seeded):
    words = {"doc_number": "12-CTr/ĐU", "doc_issued": "20/11/2025", "doc_title_vi": "Chương trình"}
    draft = begun(seeded, DOCUMENT, code="CTHD-DU", **words)
    change = stored(seeded, draft)
    with seeded.read() as tx:
        found = {one.key: one for one in register.documents(tx, NOW + 4)}["CTHD-DU"]
        before = {one.key: one for one in register.documents(tx, NOW + 2)}["CTHD-DU"]
    assert (found.number, found.issued, found.term) == (
        "12-CTr/ĐU", date(2025, 11, 20), (2025, 2030),
    )  # fmt: skip
    assert (before.number, before.issued) == ("", None)
    register_undo.undo(seeded, ADMIN, change, now=NOW + 5)
    wrong = begun(seeded, DOCUMENT, code="CTHD-DU", doc_title_vi="", doc_issued="hôm qua")
    assert set(seen(seeded, wrong).problems) == {"doc_title_vi", "doc_issued"}


def test_a_plan_counts_from_the_day_of_the_document_that_has_its_number(seeded):
    text = "key,number,issued,title_vi\nNQ-592,592/NQ-HĐND,2026-10-05,Kế hoạch 2027\n"
    assert not files.add(seeded, ADMIN, text.encode(), "nq.csv", now=NOW + 1).refused
    draft = begun(seeded, PLANS, target="DL-01", document="592/NQ-HĐND", year_2027="6.200.000")
    stored(seeded, draft)
    october = day_start(date(2026, 10, 5))
    assert plans_of(seeded, "DL-01", october) == {2027: 6.2e6}
    assert plans_of(seeded, "DL-01", october - 1) == {}


def test_a_form_typed_in_english_is_read_in_english_whoever_opens_it(seeded):
    draft = begun(seeded, TARGET, **DL_01 | {"value_low": "8,500,000", "lang": "en"})
    (effect,) = seen(seeded, draft).effects
    assert effect.new["value_low"] == 8.5e6
