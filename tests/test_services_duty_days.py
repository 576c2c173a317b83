"""The day of a duty whose text names none: set, taken away, counted on, taken back."""

from __future__ import annotations

from datetime import date

import pytest

from db import audit
from services import access, duty_days, trails
from services.dues import next_reports
from services.moments import day_end, day_start
from services.refusals import Denied
from services.seeding import seed

NOW = day_start(date(2026, 11, 22))
ADMIN = access.shell("Quản trị")


@pytest.fixture
def seeded(store):
    seed(store, NOW, with_actuals=False)
    return store


def lines(store, at=NOW + 1):
    return {one.key: one for one in duty_days.listing(store, at)}


def set_days(store, duty, days, source="CV 12-CV/ĐU", now=NOW + 10, **more):
    seen = more.pop("seen", None)
    if seen is None:
        seen = lines(store)[duty].seen
    return duty_days.set_days(store, ADMIN, duty, days, source, seen=seen, now=now, **more)


def next_of(store, duty, day):
    found = {one.duty.key: one for one in next_reports(store, day_end(day))}[duty]
    return found.due and (found.due.day, found.due.period.text)


def test_the_duties_say_who_names_their_day(untouched):
    found = lines(untouched)
    assert {key: one.state for key, one in found.items()} == {
        "BC-CQ-6T": "by_text",
        "BC-CQ-N": "by_text",
        "BC-TC-6T": "by_text",
        "BC-TC-N": "by_text",
        "BC-DU-6T": "unset",
        "BC-DU-N": "unset",
        "BC-PS": "when_needed",
    }
    assert found["BC-CQ-6T"].rule == "trước ngày 05/6 hằng năm"
    assert found["BC-CQ-6T"].next_due == "trước 05/06/2027 (6 tháng đầu năm 2027)"
    assert found["BC-CQ-6T"].fields == ()
    parts = [(one.part, one.label, one.day) for one in found["BC-DU-6T"].fields]
    assert parts == [("1", "6 tháng đầu năm", ""), ("2", "6 tháng cuối năm", "")]
    assert [one.part for one in found["BC-DU-N"].fields] == [""]


def test_a_day_for_each_half_of_the_year_falls_due_in_turn(seeded):
    done = set_days(seeded, "BC-DU-6T", {"1": "15/6", "2": "ngày 15 tháng 01"})
    assert done.problems == ()
    assert next_of(seeded, "BC-DU-6T", date(2026, 11, 23)) == (date(2027, 1, 15), "2026-H2")
    assert next_of(seeded, "BC-DU-6T", date(2027, 1, 15)) == (date(2027, 6, 15), "2027-H1")
    line = lines(seeded, NOW + 20)["BC-DU-6T"]
    assert line.state == "set"
    assert [one.day for one in line.fields] == ["15/06", "15/01"]
    assert line.fields[0].by == "Quản trị"


def test_a_part_of_the_year_is_meant_however_near_another_one_ends(seeded):
    """15 October is nearer to the end of the year than to 30 June, yet it is the first half's."""
    set_days(seeded, "BC-DU-6T", {"1": "15/10"})
    assert next_of(seeded, "BC-DU-6T", date(2026, 11, 23)) == (date(2027, 10, 15), "2027-H1")


def test_before_it_was_set_there_was_none(seeded):
    set_days(seeded, "BC-DU-N", {"": "20/12"})
    assert next_of(seeded, "BC-DU-N", date(2026, 11, 21)) is None
    assert next_of(seeded, "BC-DU-N", date(2026, 11, 22)) == (date(2026, 12, 20), "2026")


def test_a_blank_day_takes_it_away_and_the_log_tells_both(seeded):
    set_days(seeded, "BC-DU-N", {"": "20/12"})
    set_days(seeded, "BC-DU-N", {"": ""}, now=NOW + 30)
    assert lines(seeded, NOW + 40)["BC-DU-N"].state == "unset"
    with seeded.read() as tx:
        newest, older = audit.listing(tx, subject="BC-DU-N")
    assert "12-20" in older.new
    assert "12-20" in newest.old


def test_the_same_days_again_change_nothing(seeded):
    set_days(seeded, "BC-DU-N", {"": "20/12"})
    assert set_days(seeded, "BC-DU-N", {"": "20-12"}, now=NOW + 30) == duty_days.Saved()


@pytest.mark.parametrize(
    ("days", "source", "said"),
    [
        ({"": "31/02"}, "CV 1", "không phải là ngày và tháng"),
        ({"": "tháng mười hai"}, "CV 1", "không phải là ngày và tháng"),
        ({"": "20/12/2026"}, "CV 1", "không phải là ngày và tháng"),
        ({"": "20/12"}, " ", "Chưa ghi văn bản"),
        ({"": "20/12"}, "x" * 501, "dài quá 500"),
    ],
)
def test_what_is_no_day_or_has_no_source_is_refused(untouched, days, source, said):
    done = set_days(untouched, "BC-DU-N", days, source)
    assert said in done.problems[0]
    assert lines(untouched)["BC-DU-N"].state == "unset"


def test_29_february_may_be_set(seeded):
    assert set_days(seeded, "BC-DU-N", {"": "29/02"}).problems == ()
    assert next_of(seeded, "BC-DU-N", date(2027, 1, 1)) == (date(2027, 2, 28), "2026")


@pytest.mark.parametrize(
    ("duty", "part"), [("BC-CQ-N", ""), ("BC-PS", ""), ("XX", ""), ("BC-DU-N", "3")]
)
def test_a_day_of_the_text_is_not_overruled(untouched, duty, part):
    with pytest.raises(ValueError, match=duty):
        set_days(untouched, duty, {part: "20/12"}, seen="")


def test_who_has_not_seen_the_newest_day_does_not_overwrite_it(seeded):
    seen = lines(seeded)["BC-DU-N"].seen
    set_days(seeded, "BC-DU-N", {"": "20/12"}, seen=seen)
    late = set_days(seeded, "BC-DU-N", {"": "10/12"}, seen=seen, now=NOW + 50)
    assert "vừa có người khác sửa" in late.problems[0]
    assert lines(seeded, NOW + 60)["BC-DU-N"].fields[0].day == "20/12"


def test_a_step_of_the_history_is_taken_back(seeded):
    set_days(seeded, "BC-DU-N", {"": "20/12"})
    set_days(seeded, "BC-DU-N", {"": "10/12"}, source="CV 13", now=NOW + 30)
    steps = trails.of(seeded, ADMIN, "duty_days", ("BC-DU-N",))
    assert [(one.old, one.new) for one in steps] == [
        ("20/12 · CV 12-CV/ĐU", "10/12 · CV 13"),
        ("", "20/12 · CV 12-CV/ĐU"),
    ]
    assert trails.take_back(seeded, ADMIN, steps[1].change, "", now=NOW + 40) != ""
    assert trails.take_back(seeded, ADMIN, steps[0].change, "gõ nhầm", now=NOW + 40) == ""
    assert lines(seeded, NOW + 60)["BC-DU-N"].fields[0].day == "20/12"
    steps = trails.of(seeded, ADMIN, "duty_days", ("BC-DU-N",))
    assert (steps[0].why, steps[1].refused) == ("gõ nhầm", "undone")


def test_only_who_may_change_the_register_sets_days(untouched):
    viewer = access.Actor("Lãnh đạo", access.capabilities(("viewer",)))
    with pytest.raises(Denied):
        duty_days.set_days(untouched, viewer, "BC-DU-N", {"": "20/12"}, "x", seen="", now=NOW)
