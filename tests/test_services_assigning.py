"""Assigning from a form: previewed, stored with a new agency, ended, taken back; rights follow."""

from __future__ import annotations

from datetime import date

import pytest

from db import audit, register
from services import access, assigning, mine, preferences, rights, status, trails
from services.assigning import NewAgency, Wanted
from services.assignment_list import board
from services.chosen import assessment
from services.moments import day_start
from services.overview import overview
from services.preferences import Preferences
from services.refusals import Denied
from services.seeding import seed

NOW = day_start(date(2026, 11, 22))
ADMIN = access.shell("Quản trị")
DECISION = "15/QĐ-UBND"


@pytest.fixture
def seeded(store):
    seed(store, NOW, with_actuals=False)
    return store


def wanted(*targets, agency="so-tai-chinh", document=DECISION, **more):
    return Wanted(targets, agency, document=document, **more)


def assign(store, form, now=NOW + 10, seen=None):
    if seen is None:
        seen = assigning.preview(store, ADMIN, form, now=now).seen
    return assigning.assign(store, ADMIN, form, seen=seen, now=now)


def line(store, code, as_of=NOW + 99):
    return next(one for one in board(store, as_of).lines if one.code == code)


def test_nobody_is_assigned_at_first_and_the_texts_words_stand_beside(untouched):
    found = board(untouched, NOW)
    assert (len(found.lines), found.reported) == (32, 0)
    assert line(untouched, "DL-01").lead == "UBND tỉnh"


def test_several_targets_are_assigned_at_once_and_the_preview_says_old_and_new(seeded):
    form = wanted("DL-01", "DL-02")
    before = assigning.preview(seeded, ADMIN, form, now=NOW + 10)
    assert [(one.target, one.old, one.new, one.since, one.effect) for one in before.lines] == [
        ("DL-01", "", "Sở Tài chính", "22/11/2026", "new"),
        ("DL-02", "", "Sở Tài chính", "22/11/2026", "new"),
    ]
    assert board(seeded, NOW + 99).reported == 0
    assert assign(seeded, form).change is not None
    assert board(seeded, NOW + 99).reported == 2
    changed = assigning.preview(
        seeded, ADMIN, wanted("DL-01", "DL-03", agency="ubnd-tinh"), now=NOW + 20
    )
    assert [(one.old, one.new, one.effect) for one in changed.lines] == [
        ("Sở Tài chính", "UBND tỉnh", "changed"),
        ("", "UBND tỉnh", "new"),
    ]
    same = assign(seeded, form, now=NOW + 30)
    assert (same.count("same"), same.change) == (2, None)


def test_a_new_agency_comes_with_its_first_assignment(seeded):
    new = NewAgency("Sở Văn hóa, Thể thao và Du lịch", "Sở VHTTDL", "department")
    assert new.key == "so-van-hoa-the-thao-va-du-lich"
    done = assign(seeded, wanted("DL-01", agency="", new=new))
    assert done.lines[0].new == "Sở Văn hóa, Thể thao và Du lịch"
    assert line(seeded, "DL-01").held[0].name == "Sở Văn hóa, Thể thao và Du lịch"
    again = assigning.preview(
        seeded, ADMIN, wanted("DL-02", agency="", new=NewAgency("sở vhttdl")), now=NOW + 20
    )
    assert "Đã có cơ quan tên “sở vhttdl”" in again.problems[0]


def test_from_a_later_day_the_former_agency_reports_until_then(seeded):
    assign(seeded, wanted("DL-01"))
    assign(seeded, wanted("DL-01", agency="ubnd-tinh", starts="01/01/2027"), now=NOW + 20)
    held = line(seeded, "DL-01").held
    assert [(one.name, one.to_come) for one in held] == [
        ("Sở Tài chính", False),
        ("UBND tỉnh", True),
    ]
    later = line(seeded, "DL-01", day_start(date(2027, 1, 1))).held
    assert [(one.name, one.to_come) for one in later] == [("UBND tỉnh", False)]
    ended = assigning.end(seeded, ADMIN, ("DL-01", "", "report"), "đổi ý", now=NOW + 30)
    assert "01/01/2027" in ended.problem


def test_one_that_begins_later_reports_nothing_yet(seeded):
    assign(seeded, wanted("DL-01", starts="01/01/2027"))
    assert board(seeded, NOW + 99).reported == 0
    assert line(seeded, "DL-01").held[0].to_come


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (wanted(), "Chưa chọn chỉ tiêu"),
        (wanted("DL-01", agency=""), "Chưa chọn cơ quan"),
        (wanted("DL-01", document=" "), "Chưa ghi quyết định"),
        (wanted("DL-01", starts="31/02/2027"), "không phải là một ngày"),
        (wanted("DL-01", starts="1/1/1990"), "sớm hơn năm 2020"),
        (wanted("XX-01"), "không có chỉ tiêu XX-01"),
        (wanted("DL-01", agency="so-la"), "không có cơ quan so-la"),
        (wanted("DL-01", agency="", new=NewAgency(" ", "", "other")), "còn trống"),
        (wanted("DL-01", agency="", new=NewAgency("Sở Tài chính")), "Đã có cơ quan"),
        (wanted("DL-01", agency="", new=NewAgency("SO TAI CHINH")), "Đã có cơ quan"),
        (wanted("DL-01", areas=("03646",)), "không tính theo địa bàn Phường Tô Hiệu"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_and_nothing_is_stored(untouched, form, said):
    found = assigning.assign(untouched, ADMIN, form, seen="", now=NOW + 10)
    assert said in found.problems[0]
    assert board(untouched, NOW + 99).reported == 0


def test_who_has_not_seen_the_newest_assignment_does_not_overwrite_it(seeded):
    seen = assigning.preview(seeded, ADMIN, wanted("DL-01"), now=NOW).seen
    assign(seeded, wanted("DL-01", agency="ubnd-tinh"))
    late = assign(seeded, wanted("DL-01"), now=NOW + 50, seen=seen)
    assert late.moved
    assert late.change is None
    assert line(seeded, "DL-01").held[0].name == "UBND tỉnh"


def officer(agency="so-tai-chinh"):
    return access.Actor("Lan", access.capabilities(("officer",)), agency=agency, account=7)


def may(store, agency, indicator, area="", at=NOW + 99):
    with store.read() as tx:
        return rights.not_theirs(tx, officer(agency), [(indicator, area, "2026")], at) == []


def test_pages_json_and_rights_follow_at_once(seeded):
    assert not may(seeded, "so-tai-chinh", "DL-01")
    assign(seeded, wanted("DL-01"))
    assert may(seeded, "so-tai-chinh", "DL-01")
    assert not may(seeded, "ubnd-tinh", "DL-01")
    told = {
        one["code"]: one["agency"]
        for one in status.status(seeded, NOW + 99, assessment(), forecasts=False)["targets"]
    }
    assert told["DL-01"] == "so-tai-chinh"
    assert told["DL-02"] is None
    view = overview(seeded, NOW + 99, assessment())
    row = next(one for one in view.waiting if one.code == "DL-01")
    assert (row.agency, row.lead) == ("Sở Tài chính", "UBND tỉnh")
    assigning.end(seeded, ADMIN, ("DL-01", "", "report"), "giao nhầm", now=NOW + 120)
    assert not may(seeded, "so-tai-chinh", "DL-01", at=NOW + 130)
    assert may(seeded, "so-tai-chinh", "DL-01", at=NOW + 99)  # of that moment, still


def test_an_area_of_a_target_is_its_agencys_alone(seeded):
    assign(seeded, wanted("MT-01", agency="ubnd-03646", areas=("03646",)))
    assert may(seeded, "ubnd-03646", "MT-01", "03646")
    assert not may(seeded, "ubnd-03646", "MT-01", "03664")


def test_ending_needs_a_reason_which_the_log_keeps(seeded):
    assign(seeded, wanted("DL-01"))
    key = ("DL-01", "", "report")
    assert "lý do" in assigning.end(seeded, ADMIN, key, "  ", now=NOW + 20).problem
    other = assigning.end(seeded, ADMIN, key, "sáp nhập", agency="ubnd-tinh", now=NOW + 20)
    assert other.change is None  # not the one that was shown
    assert assigning.end(seeded, ADMIN, key, "sáp nhập", now=NOW + 20).problem == ""
    assert "đã kết thúc" in assigning.end(seeded, ADMIN, key, "lần nữa", now=NOW + 30).problem
    with seeded.read() as tx:
        newest = audit.listing(tx)[0]
    assert (newest.action, newest.why) == ("assignments.end", "sáp nhập")
    assert "so-tai-chinh" in newest.old


def test_an_assignment_with_its_new_agency_is_taken_back_whole(seeded):
    new = NewAgency("Sở Y tế", "SYT")
    done = assign(seeded, wanted("YT-01", "DL-01", agency="", new=new))
    step = trails.of(seeded, ADMIN, "assignments", ("YT-01",))[0]
    assert (step.change, step.rows, step.old) == (done.change, 3, "")
    assert step.new == "Sở Y tế · từ 22/11/2026 · 15/QĐ-UBND"
    assert step.row == "báo cáo · Tất cả địa bàn"
    assert trails.take_back(seeded, ADMIN, step.change, "", now=NOW + 40) == ""
    assert board(seeded, NOW + 99).reported == 0
    with seeded.read() as tx:
        assert "so-y-te" not in {one.key for one in register.agencies(tx, NOW + 99)}


def test_ones_own_targets_are_those_followed_and_those_of_the_agency(seeded):
    assign(seeded, wanted("DL-01"))
    assign(seeded, wanted("MT-01", areas=("03646",)), now=NOW + 20)
    assign(seeded, wanted("DL-02", starts="01/01/2027"), now=NOW + 30)
    me = access.Actor("Lan", frozenset({access.READ}), agency="so-tai-chinh")
    assert mine.codes(seeded, me, "agency", NOW + 99) == {"DL-01", "MT-01"}
    assert "DL-02" in mine.codes(seeded, me, "agency", day_start(date(2027, 1, 1)))
    assert "DT-01" in mine.codes(
        seeded, access.Actor("x", frozenset(), agency="ubnd-tinh"), "agency", NOW + 99
    )  # the text gives it to UBND tỉnh
    assert mine.choices(seeded, me) == ("agency",)
    preferences.save(seeded, me, Preferences(follows=("KT-01",)), now=NOW + 40)
    assert mine.choices(seeded, me) == ("followed", "agency")
    assert mine.codes(seeded, me, "followed", NOW + 99) == {"KT-01"}


def test_only_who_may_change_the_register_assigns(untouched):
    for run in (
        lambda: assigning.preview(untouched, officer(), wanted("DL-01"), now=NOW),
        lambda: assigning.assign(untouched, officer(), wanted("DL-01"), seen="", now=NOW),
        lambda: assigning.end(untouched, officer(), ("DL-01", "", "report"), "x", now=NOW),
    ):
        with pytest.raises(Denied):
            run()


def test_who_leads_and_who_reports_an_area_stand_in_the_row(seeded):
    assign(seeded, wanted("MT-01", agency="ubnd-03646", areas=("03646",)))
    assign(seeded, wanted("MT-01", role="lead"), now=NOW + 20)
    view = overview(seeded, NOW + 99, assessment())
    row = next(one for one in view.waiting if one.code == "MT-01")
    assert (row.agency, row.led_by) == ("", "Sở Tài chính")
    assert row.by_area == "1 địa bàn có cơ quan báo cáo riêng"
    assert may(seeded, "so-tai-chinh", "MT-01", "03664") is False  # who leads does not report
