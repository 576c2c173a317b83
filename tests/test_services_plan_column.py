"""A column of plans of a workbook becomes yearly plans: by whom, with which document, checked."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from db import register
from services import drafts, plan_column
from services.access import LOCAL, Actor, Denied, capabilities
from services.seeding import seed
from services.submissions import File, listing

NOW = 1_795_000_000_000_000  # 18/11/2026
OFFICER = Actor("Lan", capabilities(("officer",)), agency="so-tai-chinh")
ADMIN = Actor("Quản trị", capabilities(("administrator",)))


@pytest.fixture
def ready(store):
    seed(store, NOW)
    return store


def wide(*rows):
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    sheet.append(["TÌNH HÌNH THỰC HIỆN NĂM 2026"])
    sheet.append(["TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch năm 2026", "Ước TH 6 tháng 2026"])
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


VISITS = [1, "Tổng lượt khách du lịch", "lượt", 5_600_000, 3_000_000]
REVENUE = [2, "Tổng thu từ khách du lịch", "tỷ đồng", 7_100.125, 3_600]


def plans_of(store, *rows):
    number = drafts.begin(store, LOCAL, File("bieu.xlsx", wide(*rows)), NOW)
    draft = drafts.load(store, LOCAL, number)
    checked = drafts.checked(store, draft, as_of=NOW + 10, version=1)
    return plan_column.found_in(checked.result)


def take(store, figures, by=LOCAL, document="QĐ 12/QĐ-UBND", now=NOW + 20):
    return plan_column.take(
        store, by, figures, "bieu.xlsx", document=document, locator="Biểu 01", now=now
    )


def stored(store, as_of):
    with store.read() as tx:
        found = register.yearly_plans(tx, as_of)
    return {(one.indicator, one.period.text): one.value for one in found}


def test_plans_are_found_shown_and_stored_with_their_document(ready):
    figures = plans_of(ready, VISITS, REVENUE)
    lines = plan_column.lines(ready, figures, NOW + 10)
    assert [(one.code, one.period, one.value, one.where) for one in lines] == [
        ("DL-01", "Năm 2026", "5.600.000\xa0lượt", "Biểu 01, ô D3"),
        ("DL-03", "Năm 2026", "7.100,125\xa0tỷ đồng", "Biểu 01, ô D4"),
    ]
    before = stored(ready, NOW + 10)
    taken = take(ready, figures)
    assert taken.problems == ()
    assert (taken.added + taken.changed, taken.same) == (2, 0)
    after = stored(ready, NOW + 10**6)
    assert after["DL-01", "2026"] == 5_600_000.0
    assert after["DL-03", "2026"] == 7_100.125
    assert len(after) >= len(before)
    with ready.read() as tx:
        (plan,) = [
            one
            for one in register.yearly_plans(tx, NOW + 10**6)
            if (one.indicator, one.period.text) == ("DL-01", "2026")
        ]
    assert (plan.document, plan.locator) == ("QĐ 12/QĐ-UBND", "Biểu 01")
    assert listing(ready) == []  # a plan is no figure
    assert take(ready, figures, now=NOW + 2 * 10**6).same == 2


def test_a_plan_that_cannot_be_is_refused_with_its_cell_and_none_is_stored(ready):
    figures = plans_of(ready, VISITS)
    wrong = [*figures, figures[0]._replace(indicator="NL-01", value=160.0, cell="D9")]
    before = stored(ready, NOW + 10)
    taken = take(ready, wrong)
    assert (taken.added, taken.changed) == (0, 0)
    assert taken.problems[0].startswith("Biểu 01, ô D9: ")
    assert stored(ready, NOW + 10**6) == before


def test_only_who_keeps_the_register_takes_plans_over_and_only_with_a_document(ready):
    figures = plans_of(ready, VISITS)
    with pytest.raises(Denied):
        take(ready, figures, by=OFFICER)
    with pytest.raises(ValueError, match="document"):
        take(ready, figures, document="  ")
    assert take(ready, figures, by=ADMIN).problems == ()
