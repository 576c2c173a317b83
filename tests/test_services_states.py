"""What is told of milestones and goals: many at once, with day and evidence, each taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db import audit, register
from services import access, states, trails
from services.chosen import assessment
from services.goals import goals
from services.moments import day_end, day_start
from services.overview import overview
from services.refusals import Denied
from services.seeding import seed
from services.states import GOAL, MILESTONE, Entry

NOW = day_start(date(2026, 11, 22))
ADMIN = access.shell("Quản trị")


@pytest.fixture
def seeded(store):
    seed(store, NOW, with_actuals=False)
    return store


def milestone(code="DA-01", state="done", day="20/11/2025", evidence="NQ 05-NQ/ĐU", **more):
    return Entry(MILESTONE, code, state, day, evidence, **more)


def save(store, *entries, now=NOW + 10, **more):
    return states.save(store, ADMIN, entries, now=now, **more)


def entry(store, code):
    return next(one.entry for one in states.listing(store) if one.code == code)


def test_the_register_has_13_milestones_and_39_goals_and_nobody_has_told_anything(untouched):
    found = states.listing(untouched)
    assert [one.subject for one in found].count(MILESTONE) == 13
    assert [one.subject for one in found].count(GOAL) == 39
    assert {one.entry.state for one in found} == {""}
    assert found[0].code == "DA-01"
    assert found[0].due == "30/11/2025"
    assert found[13].locator == "Phần II, đề án 1"


def test_39_goals_are_told_in_one_press_each_a_change_of_its_own(seeded):
    given = [
        replace(one.entry, state="under_way", note=f"ghi {one.code}")
        for one in states.listing(seeded)
        if one.subject == GOAL
    ]
    done = save(seeded, *given, common_day="31/10/2026")
    assert done.problems == {}
    assert len(done.stored) == 39
    assert len(set(done.stored.values())) == 39
    assert entry(seeded, "QL-39").day == "31/10/2026"
    assert goals(seeded, NOW + 10_000).told == 39


def test_rows_that_say_what_stands_change_nothing(seeded):
    save(seeded, milestone())
    again = [one.entry for one in states.listing(seeded)]
    assert save(seeded, *again, common_day="31/10/2026", now=NOW + 99) == states.Saved()
    assert save(seeded, replace(entry(seeded, "DA-01"), day="20-11-2025")) == states.Saved()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"day": ""}, "cần ngày"),
        ({"day": "30/02/2026"}, "“30/02/2026” không phải là một ngày"),
        ({"day": "23/11/2026"}, "Ngày 23/11/2026 chưa đến (hôm nay là 22/11/2026)"),
        ({"day": "01/01/1999"}, "sớm hơn năm 2020"),
        ({"evidence": ""}, "cần căn cứ"),
        ({"state": "dropped", "evidence": "  "}, "“đã dừng” cần căn cứ"),
        ({"evidence": "xem http://xa.vn/a.pdf"}, "phải bắt đầu bằng https://"),
        ({"evidence": "javascript://x"}, "phải bắt đầu bằng https://"),
        ({"note": "x" * 1001}, "dài quá 1.000"),
        ({"state": "", "evidence": "NQ 05"}, "chưa chọn tình trạng"),
        ({"state": "under_way", "day": ""}, "tính đến ngày nào"),
    ],
)
def test_a_wrong_row_is_named_and_then_none_of_the_rows_is_stored(untouched, wrong, said):
    done = save(untouched, milestone("DA-02"), replace(milestone(), **wrong))
    assert list(done.problems) == [(MILESTONE, "DA-01")]
    assert said in done.problems[MILESTONE, "DA-01"][0]
    assert entry(untouched, "DA-02").state == ""


@pytest.mark.parametrize(
    "wrong", [milestone("XX-1"), milestone(state="late"), Entry("target", "DL-01", "done")]
)
def test_what_the_register_does_not_have_is_a_wrong_call(untouched, wrong):
    with pytest.raises(ValueError, match="no such entry"):
        save(untouched, wrong)


def test_who_has_not_seen_the_newest_entry_does_not_overwrite_it(seeded):
    save(seeded, milestone())
    late = save(seeded, milestone(state="under_way"), now=NOW + 50)
    assert "Quản trị vừa ghi lúc 22/11/2026" in late.problems[MILESTONE, "DA-01"][0]
    assert entry(seeded, "DA-01").state == "done"
    seen = entry(seeded, "DA-01").seen
    assert save(seeded, milestone(state="under_way", seen=seen), now=NOW + 60).stored


def told_of(store, code, as_of):
    view = overview(store, as_of, assessment())
    return next(one for one in view.milestones if one.code == code)


def test_the_overview_tells_it_as_of_the_moment_asked_for(seeded):
    save(seeded, milestone(evidence="NQ 05-NQ/ĐU, https://sonla.gov.vn/nq05"))
    before = told_of(seeded, "DA-01", day_end(date(2026, 11, 21)))
    assert before.text == "chưa có thông tin thực hiện (hạn 30/11/2025)"
    assert before.evidence == ""
    after = told_of(seeded, "DA-01", NOW + 20)
    assert after.text == "đã hoàn thành ngày 20/11/2025 (hạn 30/11/2025)"
    assert after.evidence == "NQ 05-NQ/ĐU, https://sonla.gov.vn/nq05"
    assert told_of(seeded, "DA-02", NOW + 20).text == before.text


def test_an_entry_is_taken_back_to_nothing_and_again_by_the_history(seeded):
    stored = save(seeded, milestone(), milestone("DA-02")).stored
    seen = entry(seeded, "DA-01").seen
    save(seeded, Entry(MILESTONE, "DA-01", "", seen=seen), now=NOW + 30)
    assert entry(seeded, "DA-01").state == ""
    steps = trails.of(seeded, ADMIN, "states", (MILESTONE, "DA-01"))
    said = "đã hoàn thành · 20/11/2025 · NQ 05-NQ/ĐU"
    assert [(one.old, one.new) for one in steps] == [(said, ""), ("", said)]
    assert trails.take_back(seeded, ADMIN, steps[0].change, "", now=NOW + 40) == ""
    assert entry(seeded, "DA-01").state == "done"
    other = trails.take_back(seeded, ADMIN, stored[MILESTONE, "DA-02"], "", now=NOW + 50)
    assert other == ""
    assert entry(seeded, "DA-02").state == ""
    assert entry(seeded, "DA-01").state == "done"


def test_the_log_has_a_line_for_each_entry(seeded):
    save(seeded, milestone(), milestone("DA-02"))
    with seeded.read() as tx:
        lines = [one for one in audit.listing(tx) if one.action == "states.save"]
    assert [one.subject for one in lines] == ["milestone DA-02", "milestone DA-01"]
    assert "NQ 05-NQ/ĐU" in lines[0].new


def test_the_goals_stand_by_document_with_what_was_told(seeded):
    save(seeded, Entry(GOAL, "QL-19", "under_way", "01/11/2026"))
    view = goals(seeded, NOW + 20)
    assert (view.told, view.total) == (1, 39)
    assert [(one.document, len(one.lines)) for one in view.groups] == [
        ("CTHD-DU", 11),
        ("CTR-2045", 28),
    ]
    lines = {one.code: one for group in view.groups for one in group.lines}
    said = "đang thực hiện, theo báo cáo ngày 01/11/2026 (hạn 31/12/2030)"
    assert lines["QL-19"].told.text == said
    assert lines["QL-01"].told.text == "chưa có thông tin thực hiện"
    assert lines["QL-07"].asks.startswith("Chính sách đã được ban hành")
    assert goals(seeded, NOW).told == 0


def test_only_who_may_change_the_register_tells_states(untouched):
    officer = access.Actor("Lan", access.capabilities(("officer",)), agency="so-tai-chinh")
    with pytest.raises(Denied):
        states.save(untouched, officer, [milestone()], now=NOW)
    with untouched.read() as tx:
        assert register.states(tx, NOW + 99) == []
