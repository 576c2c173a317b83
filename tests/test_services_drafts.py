"""Open uploads: they outlive a reload, are their owner's alone, and go when nobody comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services import drafts, uploads
from services.access import LOCAL, Actor, Denied, capabilities
from services.refusals import Conflict
from services.seeding import seed
from services.submissions import Figure, File, Given, commit, listing
from tests.handin import workbook

NOW = 1_795_000_000_000_000
DAY = 86_400_000_000
LAN = Actor("Lan", capabilities(("consolidator",)), account=1)
MINH = Actor("Lan", capabilities(("consolidator",)), account=2)  # another person of that name
VIEWER = Actor("Sang", capabilities(("viewer",)))
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


def test_two_peoples_drafts_stay_apart(ready):
    number = begun(ready, LAN)
    for other in (MINH, LOCAL):
        with pytest.raises(Denied):
            drafts.load(ready, other, number)
        with pytest.raises(Denied):
            drafts.discard(ready, other, number)
        assert drafts.listing(ready, other) == []
    assert [one.id for one in drafts.listing(ready, LAN)] == [number]
    with pytest.raises(Denied):
        begun(ready, VIEWER)


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
