from datetime import date

import pytest

from db import register as rows
from services import access, assignments
from services.moments import day_start
from services.refusals import Conflict, Denied
from services.seeding import seed

NOW = day_start(date(2026, 11, 22))
LATER = NOW + 3_600_000_000
ADMIN = access.shell("Quản trị")
HEAD = "target,agency,areas,from,document\n"


@pytest.fixture
def seeded(store):
    seed(store, NOW, with_actuals=False)
    return store


def add(store, text, **more):
    return assignments.add(store, ADMIN, text.encode(), "giao.csv", **{"now": LATER, **more})


def standing(store, as_of=LATER + 1):
    with store.read() as tx:
        return {(one.target, one.area): one for one in rows.assignments(tx, as_of)}


def test_a_target_is_assigned_whole_to_a_body_by_name_or_key(seeded):
    report = add(
        seeded,
        HEAD
        + "DL-01,Sở Tài chính,,01/12/2026,15/QĐ-UBND\n"
        + "DL-02; DL-03,so-tai-chinh,,,15/QĐ-UBND\n",
    )
    assert (report.added, report.changed, report.refused) == (3, 0, False)
    found = standing(seeded)
    assert found["DL-01", ""].agency == "so-tai-chinh"
    assert found["DL-01", ""].starts == date(2026, 12, 1)
    assert found["DL-03", ""].starts == date(2026, 11, 22)  # the day on which it was recorded
    assert found["DL-03", ""].document == "15/QĐ-UBND"


def test_areas_are_assigned_one_by_one(seeded):
    report = add(seeded, HEAD + "MT-01,ubnd-03646,Phường Tô Hiệu; 03664,,15/QĐ-UBND\n")
    assert report.added == 2
    assert set(standing(seeded)) == {("MT-01", "03646"), ("MT-01", "03664")}


def test_another_body_replaces_the_former_from_its_day_on(seeded):
    add(seeded, HEAD + "DL-01,Sở Tài chính,,,15/QĐ-UBND\n")
    report = add(seeded, HEAD + "DL-01,ubnd-tinh,,2027-01-01,99/QĐ-UBND\n", now=LATER + 5)
    assert (report.added, report.changed) == (0, 1)
    new_year = day_start(date(2027, 1, 1))
    assert standing(seeded, new_year - 1)["DL-01", ""].agency == "so-tai-chinh"
    assert standing(seeded, new_year)["DL-01", ""].agency == "ubnd-tinh"


def test_an_assignment_that_would_begin_before_one_to_come_is_refused(seeded):
    add(seeded, HEAD + "DL-01,Sở Tài chính,,,15/QĐ-UBND\n")
    add(seeded, HEAD + "DL-01,ubnd-tinh,,2027-01-01,99/QĐ-UBND\n", now=LATER + 5)
    report = add(seeded, HEAD + "DL-01,ubnd-03646,,2026-12-01,1/QĐ-UBND\n", now=LATER + 9)
    assert [one.code for one in report.findings] == ["R24"]
    assert "01/01/2027" in report.findings[0].message


def test_the_same_file_again_is_the_same(seeded):
    text = HEAD + "DL-01,Sở Tài chính,,2026-12-01,15/QĐ-UBND\n"
    add(seeded, text)
    report = add(seeded, text, now=LATER + 5)
    assert (report.added, report.changed, report.same) == (0, 0, 1)


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("XX-01,Sở Tài chính,,,15/QĐ-UBND", "R15", "A2"),
        ("DL-01,Sở Không Có,,,15/QĐ-UBND", "R22", "B2"),
        ("DL-01,,,,15/QĐ-UBND", "R04", "B2"),
        ("DL-01,Sở Tài chính,Tô Hiệu,,15/QĐ-UBND", "R23", "C2"),
        ("MT-01,Sở Tài chính,Chieng An,,15/QĐ-UBND", "R34", "C2"),
        ("DL-01,Sở Tài chính,,31/02/2026,15/QĐ-UBND", "R08", "D2"),
        ("DL-01,Sở Tài chính,,,", "R30", "E2"),
        ("DL-01,Sở Tài chính,,,a\nDL-01,ubnd-tinh,,,a", "R10", "A3"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell_and_nothing_is_stored(untouched, row, code, cell):
    report = add(untouched, HEAD + row + "\n")
    assert report.refused
    assert (code, cell) in [(one.code, one.cell) for one in report.findings]
    assert standing(untouched) == {}


def test_a_dry_run_stores_nothing(seeded):
    assert add(seeded, HEAD + "DL-01,Sở Tài chính,,,15/QĐ-UBND\n", dry_run=True).added == 1
    assert standing(seeded) == {}


def test_only_who_may_change_the_register_assigns(untouched):
    viewer = access.Actor("Lãnh đạo", access.capabilities(("viewer",)))
    with pytest.raises(Denied):
        assignments.add(untouched, viewer, HEAD.encode(), "a.csv", now=LATER)


def test_a_preview_says_old_and_new_and_stores_nothing(seeded):
    text = HEAD + "DL-01; MT-01,Sở Tài chính,,01/12/2026,15/QĐ-UBND\n"
    found = assignments.preview(seeded, ADMIN, text.encode(), "giao.csv", now=LATER)
    assert [(one.target, one.old, one.new, one.since, one.effect) for one in found.lines] == [
        ("DL-01", "", "Sở Tài chính", "01/12/2026", "new"),
        ("MT-01", "", "Sở Tài chính", "01/12/2026", "new"),
    ]
    assert standing(seeded) == {}
    add(seeded, text, seen=found.seen)
    again = assignments.preview(seeded, ADMIN, text.encode(), "giao.csv", now=LATER + 9)
    assert [one.effect for one in again.lines] == ["same", "same"]


def test_a_file_that_was_previewed_overwrites_nothing_that_came_since(seeded):
    text = HEAD + "DL-01,ubnd-tinh,,,15/QĐ-UBND\n"
    seen = assignments.preview(seeded, ADMIN, text.encode(), "giao.csv", now=LATER).seen
    add(seeded, HEAD + "DL-01,Sở Tài chính,,,99/QĐ-UBND\n")
    with pytest.raises(Conflict):
        add(seeded, text, seen=seen, now=LATER + 9)
    assert standing(seeded, LATER + 20)["DL-01", ""].agency == "so-tai-chinh"


def test_a_wrong_file_is_told_in_the_readers_language(untouched):
    text = HEAD + "XX-01,Sở Tài chính,,,15/QĐ-UBND\n"
    found = assignments.preview(untouched, ADMIN, text.encode(), "a.csv", now=LATER, lang="en")
    assert found.report.refused
    assert found.lines == ()
    assert "Chỉ tiêu" not in found.report.findings[0].message
