"""Figures typed in: the rows of a form, what is understood, the same checks and receipt."""

from __future__ import annotations

import pytest

from indicators.model import Settings
from services import assignments, drafts, entry, handin
from services.access import LOCAL, Actor, capabilities
from services.seeding import seed
from services.submissions import listing

NOW = 1_795_000_000_000_000  # 18/11/2026
OFFICER = Actor("Lan", capabilities(("officer",)), agency="so-tai-chinh", account=None)


@pytest.fixture
def ready(store):
    seed(store, NOW)
    return store


def form_of(store, actor=LOCAL, **made_for):
    return entry.form(store, actor, {"period": "2026-H1", **made_for}, NOW + 10, Settings())


def opened(store, form, *values, actor=LOCAL, status="estimate", source="BC 12"):
    """A draft of a form whose first rows were given these values."""
    made_for = {"period": form.period}
    number = drafts.begin_entry(store, actor, made_for, NOW)
    given = [(value, status, source) for value in values]
    given += [("", status, source)] * (len(form.rows) - len(given))
    draft = drafts.load(store, actor, number)
    choices = drafts.retyped(draft.choices, entries=entry.typed(form.rows, form.period, given))
    drafts.say(store, actor, number, choices, NOW + 1)
    return drafts.load(store, actor, number)


def checked(store, draft):
    return drafts.checked(store, draft, as_of=NOW + 10, version=1)


def test_two_figures_need_no_workbook(ready):
    form = form_of(ready, field="Du lịch")
    assert [row.code for row in form.rows] == ["DL-01", "DL-02", "DL-03"]
    assert form.rows[0].last.startswith("4.600.000\xa0lượt (10 tháng đầu năm 2025, ")
    assert form.rows[0].last_source

    draft = opened(ready, form, "3.000.000", "21.400")
    found = checked(ready, draft)
    assert found.result.outcome == "accept"
    assert [(one.indicator, one.period, one.value, one.source) for one in found.figures] == [
        ("DL-01", "2026-H1", 3_000_000.0, "BC 12"),
        ("DL-02", "2026-H1", 21_400.0, "BC 12"),
    ]
    receipt = drafts.commit(ready, LOCAL, draft, found, now=NOW + 20)
    (listed,) = listing(ready)
    assert (listed.kind, listed.new, listed.file, listed.size) == ("entry", 2, "", None)
    page = handin.submission_page(ready, LOCAL, receipt.submission, NOW + 30)
    assert page.cells[0].where == "dòng 1, Giá trị"
    assert drafts.load(ready, LOCAL, draft.id) is None


@pytest.mark.parametrize(
    ("text", "unit", "value", "says"),
    [
        ("12.420,5", "tỷ đồng", 12420.5, "Đã hiểu: 12.420,5"),
        ("12420.5", "tỷ đồng", 12420.5, "Đã hiểu: 12.420,5"),
        ("9 triệu", "lượt", 9e6, "Đã hiểu: 9.000.000"),
        ("84,375", "%", 84.375, "Đã hiểu: 84,375"),
        ("", "lượt", None, ""),
    ],
)
def test_what_is_shown_as_understood_is_what_is_checked(ready, text, unit, value, says):
    assert entry.understood(text, unit) == (value, says)
    if value is None:
        return
    code = {"tỷ đồng": "DL-03", "lượt": "DL-01", "%": "DT-02"}[unit]
    rows = [row for row in form_of(ready).rows if row.code == code]
    form = entry.Form("2026-H1", "", tuple(rows))
    found = checked(ready, opened(ready, form, text))
    assert [one.value for one in found.result.figures] == [value]
    assert not {"V03", "V04", "V05", "U04"} & set(found.result.counts)


def test_what_is_not_understood_is_said_under_the_field_and_in_the_check(ready):
    form = form_of(ready, field="Du lịch")
    value, says = entry.understood("12,420", "lượt")
    assert value is None
    assert "12.420" in says
    assert "12,42" in says
    found = checked(ready, opened(ready, form, "12,420", "", "mười"))
    assert found.result.outcome == "reject"
    lines = handin.finding_lines(found.result.findings)
    assert [line.where for line in lines if line.severity == "error"] == [
        "dòng 1, Giá trị",
        "dòng 3, Giá trị",
    ]
    with pytest.raises(ValueError, match="not ready"):
        drafts.commit(ready, LOCAL, opened(ready, form, "mười"), found, now=NOW + 20)


def test_a_form_of_an_area_has_what_each_area_reports(ready):
    whole, area = form_of(ready), form_of(ready, area="03646")
    codes = {row.code for row in area.rows}
    assert {"MT-01", "AN-01"} <= codes
    assert "DL-01" not in codes
    assert "MT-01" not in {row.code for row in whole.rows}
    assert {row.area for row in area.rows} == {"03646"}
    assert "Tô Hiệu" in area.title


def test_an_officer_gets_the_rows_of_the_own_agency_only(ready):
    assert form_of(ready, OFFICER).rows == ()
    assign = "target,agency,document\nDL-01,so-tai-chinh,QĐ 1\n".encode()
    report = assignments.add(ready, LOCAL, assign, "phan-cong.csv", now=NOW)
    assert report.added == 1
    assert [row.code for row in form_of(ready, OFFICER).rows] == ["DL-01"]
    assert [key for key, _name in entry.choices(ready, NOW + 10).agencies] == ["so-tai-chinh"]
    assert len(form_of(ready, agency="so-tai-chinh").rows) == 1


def test_the_form_offers_the_period_that_falls_due_next(ready):
    assert entry.choices(ready, NOW + 10).period == "2026"  # reports of the year, due in December


def test_a_period_that_is_none_is_a_wrong_call(ready):
    with pytest.raises(ValueError, match="2026-13"):
        form_of(ready, period="2026-13")
