"""Open uploads: they outlive a reload, are their owner's alone, and go when nobody comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db import drafts as stored
from services import drafts, uploads
from services.access import LOCAL, Actor, Denied, capabilities, shell
from services.refusals import Conflict, DraftMoved
from services.seeding import seed
from services.submissions import Figure, File, Given, commit, listing
from tests.handin import workbook

NOW = 1_795_000_000_000_000
DAY = 86_400_000_000
OFFICER, CONSOLIDATOR = capabilities(("officer",)), capabilities(("consolidator",))
LAN = Actor("Lan", OFFICER, "so-tai-chinh", account=1)
HOA = Actor("Hoa", OFFICER, "so-tai-chinh", account=3)  # a colleague
MINH = Actor("Lan", OFFICER, "ubnd-tinh", account=2)  # another agency's person of that name
ALONE = Actor("Lan", OFFICER, account=4)  # of no agency
SUM = Actor("Tổng hợp", CONSOLIDATOR, account=5)
VIEWER = Actor("Sang", capabilities(("viewer",)), "so-tai-chinh", account=6)
ADMIN = Actor("Quản trị", capabilities(("administrator",)), "so-tai-chinh", account=7)
VISITS = ["DL-01", "2026-H1", "", 3_000_000, "ước tính", "Sở"]
REVENUE = ["DL-03", "2026-H1", "", 30_000, "ước tính", "Sở"]  # 3.500 the year before


@pytest.fixture
def ready(store):
    seed(store, NOW)
    return store


def begun(store, actor=LOCAL, *rows, now=NOW):
    return drafts.begin(store, actor, File("tep.xlsx", workbook(*(rows or [VISITS]))), now)


def checked(store, draft, version=1):
    return drafts.checked(store, draft, as_of=NOW + 10, version=version)


def test_a_draft_is_found_again_whole_under_its_id(ready):
    number = begun(ready, LOCAL, REVENUE)
    first = drafts.load(ready, LOCAL, number)
    choices = replace(
        first.choices,
        confirmed={("L03", "Bảng", "D2"): "đã kiểm tra"},
        mapping={"abc": {"A": "code"}},
        corrections={"Bảng": {"D2": "5"}},
        form={"period": "2026-H1"},
    )
    drafts.say(ready, LOCAL, number, choices, NOW + 5)
    again = drafts.load(ready, LOCAL, number)
    assert again.choices == choices
    assert (again.file, again.created, again.updated) == (first.file, NOW, NOW + 5)


@pytest.mark.parametrize("other", [MINH, ALONE, VIEWER, ADMIN], ids=lambda one: one.key)
def test_a_draft_stays_closed_to_other_agencies_to_viewers_and_to_administrators(ready, other):
    number = begun(ready, LAN)
    draft = drafts.load(ready, LAN, number)
    found = checked(ready, draft)
    for attempt in (
        lambda: drafts.load(ready, other, number),
        lambda: drafts.say(ready, other, number, drafts.Choices(), NOW + 1),
        lambda: drafts.discard(ready, other, number),
        lambda: drafts.commit(ready, other, draft, found, now=NOW + 20),
    ):
        with pytest.raises(Denied):
            attempt()
    try:
        listed = drafts.listing(ready, other)
    except Denied:
        listed = []
    assert listed == []
    assert drafts.load(ready, LAN, number).choices == draft.choices


def test_two_people_of_no_agency_are_no_colleagues(ready):
    number = begun(ready, ALONE)
    with pytest.raises(Denied):
        drafts.load(ready, replace(ALONE, account=9), number)
    assert [one.id for one in drafts.listing(ready, ALONE)] == [number]
    with pytest.raises(Denied):
        begun(ready, VIEWER)


@pytest.mark.parametrize("other", [HOA, SUM], ids=lambda one: one.key)
def test_a_colleague_and_the_consolidator_find_a_draft_and_who_began_it(ready, other):
    number = begun(ready, LAN)
    [listed] = drafts.listing(ready, other)
    assert (listed.id, listed.file.name, listed.created) == (number, "tep.xlsx", NOW)
    assert (listed.trail.by, listed.trail.agency) == ("Lan", "so-tai-chinh")
    assert drafts.load(ready, other, number).file.content == workbook(VISITS)
    with pytest.raises(Denied):
        drafts.discard(ready, other, number)  # it is left, not thrown away
    assert drafts.load(ready, LAN, number) is not None


def test_what_a_colleague_goes_on_with_is_stored_under_their_name(ready):
    number = begun(ready, LAN)
    other = shell("Tổng hợp")
    draft = drafts.load(ready, other, number)
    done = drafts.commit(ready, other, draft, checked(ready, draft), now=NOW + 20)
    [line] = listing(ready)
    assert (line.id, line.by) == (done.submission, "Tổng hợp")
    assert line.why == "Tiếp bản nháp do Lan bắt đầu."
    assert drafts.listing(ready, LAN) == []


def test_an_own_draft_bears_no_word_about_who_began_it(ready):
    draft = drafts.load(ready, LOCAL, begun(ready))
    drafts.commit(ready, LOCAL, draft, checked(ready, draft), now=NOW + 20)
    assert [line.why for line in listing(ready)] == [""]


def test_of_two_who_write_in_one_draft_the_second_is_asked_again(ready):
    number = begun(ready, LAN)
    lan, hoa = drafts.load(ready, LAN, number), drafts.load(ready, HOA, number)
    first = drafts.retyped(lan.choices, corrections={"Bảng": {"D2": "1"}})
    drafts.say(ready, LAN, number, first, NOW + 1, before=lan.choices)
    second = drafts.retyped(hoa.choices, corrections={"Bảng": {"D2": "2"}})
    with pytest.raises(DraftMoved):
        drafts.say(ready, HOA, number, second, NOW + 2, before=hoa.choices)
    with pytest.raises(DraftMoved):
        drafts.commit(ready, HOA, hoa, checked(ready, hoa), now=NOW + 20)
    assert drafts.load(ready, HOA, number).choices == first
    drafts.say(ready, HOA, number, second, NOW + 3, before=first)
    again = drafts.load(ready, LAN, number)
    assert (again.choices, again.trail.last_by) == (second, "Hoa")
    with pytest.raises(DraftMoved):
        drafts.discard(ready, LAN, number, before=first)
    assert listing(ready) == []


def test_of_two_who_commit_one_draft_the_second_changes_nothing(ready):
    number = begun(ready, LAN)
    first, other = shell("Hoa"), shell("Minh")
    shown = [drafts.load(ready, one, number) for one in (first, other)]
    found = checked(ready, shown[0])
    drafts.commit(ready, first, shown[0], found, now=NOW + 20)
    with pytest.raises(DraftMoved):
        drafts.commit(ready, other, shown[1], found, now=NOW + 21)
    with pytest.raises(DraftMoved):
        drafts.say(ready, other, number, drafts.Choices(), NOW + 22, before=shown[1].choices)
    assert len(listing(ready)) == 1


def test_it_is_kept_who_typed_over_which_cell(ready):
    number = begun(ready, LAN)
    for person, cells in ((LAN, {"D2": "1", "E2": "x"}), (HOA, {"D2": "1", "E2": "y"})):
        stood = drafts.load(ready, person, number).choices
        said = drafts.retyped(stood, corrections={"Bảng": cells})
        drafts.say(ready, person, number, said, NOW + 1, before=stood)
    trail = drafts.load(ready, LAN, number).trail
    assert trail.typed_by == {"Bảng": {"D2": "Lan", "E2": "Hoa"}}


def test_a_draft_that_an_earlier_version_kept_is_its_owners_alone(ready):
    number = begun(ready, LAN)
    with ready.write() as tx:
        stored.save(tx, number, '{"confirmed": [["L03", "Bảng", "D2", "đúng"]]}', NOW)
    assert drafts.load(ready, LAN, number).choices.confirmed == {("L03", "Bảng", "D2"): "đúng"}
    with pytest.raises(Denied):
        drafts.load(ready, HOA, number)


def test_the_list_has_the_newest_first_and_says_what_each_is(ready):
    file = begun(ready)
    form = drafts.begin_entry(ready, LOCAL, {"period": "2026-H1"}, NOW + 1)
    assert [(one.id, one.kind) for one in drafts.listing(ready, LOCAL)] == [
        (form, "entry"),
        (file, "upload"),
    ]


def test_a_draft_that_nobody_touched_for_two_weeks_goes(ready):
    old, kept = begun(ready), begun(ready)
    drafts.say(ready, LOCAL, kept, drafts.Choices(), NOW + 10 * DAY)
    begun(ready, now=NOW + 15 * DAY)
    assert drafts.load(ready, LOCAL, old) is None
    assert drafts.load(ready, LOCAL, kept) is not None


def test_a_draft_thrown_away_leaves_nothing(ready):
    number = begun(ready)
    checked(ready, drafts.load(ready, LOCAL, number))
    drafts.discard(ready, LOCAL, number)
    assert drafts.load(ready, LOCAL, number) is None
    assert listing(ready) == []
    drafts.discard(ready, LOCAL, number)  # again is no fault


def test_a_check_is_kept_until_the_store_or_what_was_said_moves(ready):
    number = begun(ready)
    draft = drafts.load(ready, LOCAL, number)
    first = checked(ready, draft)
    assert checked(ready, draft) is first
    assert checked(ready, draft, version=2) is not first
    said = drafts.retyped(draft.choices, corrections={"Bảng": {"D2": "4.000.000"}})
    other = checked(ready, replace(draft, choices=said), version=2)
    assert [one.value for one in other.figures] == [4_000_000.0]
    confirmed = replace(said, confirmed={("X", "", ""): ""})
    assert checked(ready, replace(draft, choices=confirmed), version=2) is other


def test_progress_is_told_while_a_file_is_read(ready):
    rows = [["DL-01", str(1900 + n % 90), "", n, "chính thức", "S"] for n in range(6_000)]
    draft = drafts.load(ready, LOCAL, begun(ready, LOCAL, *rows))
    told = []
    drafts.checked(
        ready,
        draft,
        as_of=NOW + 10,
        version=1,
        on_progress=lambda phase, share: told.append((phase, share)),
    )
    assert told[0] == ("wait", 0.0)
    assert {phase for phase, _share in told} > {"wait"}
    assert all(0 <= share <= 1 for _phase, share in told)


def test_a_draft_whose_figures_moved_meanwhile_is_not_stored_over_them(ready):
    draft = drafts.load(ready, LOCAL, begun(ready))
    shown = checked(ready, draft)
    other = Figure("DL-01", "", "2026-H1", 2_900_000.0, "estimate")
    commit(ready, LOCAL, [other], kind="entry", expected=None, given=Given(), now=NOW + 1)
    with pytest.raises(Conflict):
        drafts.commit(ready, LOCAL, draft, shown, now=NOW + 20)
    assert drafts.load(ready, LOCAL, draft.id) is not None
    anew = checked(ready, draft, version=3)
    assert [cell.old for cell in anew.cells] == [2_900_000.0]
    assert drafts.commit(ready, LOCAL, draft, anew, now=NOW + 30).changed == 1


def test_a_warning_that_nobody_confirmed_keeps_a_draft_from_being_stored(ready):
    draft = drafts.load(ready, LOCAL, begun(ready, LOCAL, REVENUE))
    found = checked(ready, draft)
    assert uploads.unconfirmed(found.result, {}) == {"L03"}
    with pytest.raises(ValueError, match="L03"):
        drafts.commit(ready, LOCAL, draft, found, now=NOW + 20)
