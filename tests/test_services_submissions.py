import json
import threading

import pytest

from db import audit, changes, observations
from db import submissions as stored
from indicators.model import AGENCY
from services.access import ALL, LOCAL, SUBMIT_ANY, Actor, Denied, capabilities, shell
from services.refusals import Conflict, NotUndone
from services.submissions import (
    Confirmation,
    Figure,
    File,
    Given,
    Seen,
    commit,
    fingerprint,
    listing,
    preview,
    seen,
    undo,
)

# Whose figures are whose is asked in test_services_rights.py; here anybody hands in anything.
HANDS_IN = capabilities(("officer",)) | {SUBMIT_ANY}
LAN = Actor("Lan", HANDS_IN, agency="so-du-lich", came_from="10.0.0.7")
MINH = Actor("Minh", HANDS_IN, agency="so-y-te")
CONSOLIDATOR = Actor("Hà", capabilities(("consolidator",)), agency="so-tai-chinh")
KEY = ("DL-01", "", "2026-H1")


def figure(value, status="estimate", period="2026-H1", code="DL-01", **more):
    return Figure(code, "", period, float(value), status, **more)


def hand_in(store, *figures, now, by=LAN, expected=None, **given):
    return commit(
        store, by, figures, kind="upload", expected=expected, given=Given(**given), now=now
    )


def standing(store, as_of):
    """What a reader sees: key -> (value, status, submission it is due to)."""
    with store.read() as tx:
        rows = observations.known(tx, as_of)
    return {
        (one.indicator, one.area, one.period.text): (one.value, one.status, one.submission)
        for one in rows
    }


# --- committing ---------------------------------------------------------------------


def test_a_first_figure_is_new_and_known_from_its_commit_on(store):
    receipt = hand_in(store, figure(3e6, source="Báo cáo 05/6", note="lần 1"), now=100)
    assert (receipt.new, receipt.changed, receipt.same, receipt.at) == (1, 0, 0, 100)
    assert standing(store, 99) == {}
    assert standing(store, 100) == {KEY: (3e6, "estimate", receipt.submission)}
    with store.read() as tx:
        (one,) = observations.known(tx, 100)
    assert (one.origin, one.source, one.note) == (AGENCY, "Báo cáo 05/6", "lần 1")
    assert not one.known_assumed


def test_a_correction_ends_the_older_figure_and_the_past_stays(store):
    first = hand_in(store, figure(3e6), now=100)
    second = hand_in(store, figure(3.1e6, "official"), now=200)
    assert (second.new, second.changed) == (0, 1)
    (cell,) = second.cells
    assert (cell.old, cell.new, cell.effect) == (3e6, 3.1e6, "changed")
    assert standing(store, 199) == {KEY: (3e6, "estimate", first.submission)}
    assert standing(store, 200) == {KEY: (3.1e6, "official", second.submission)}


@pytest.mark.parametrize(
    ("older", "newer", "effect"),
    [
        ("official", "official", "same"),
        ("official", "estimate", "same"),  # D05: an equal value of a lower status says nothing new
        ("estimate", "preliminary", "changed"),
    ],
)
def test_an_equal_value_changes_something_only_with_a_higher_status(store, older, newer, effect):
    hand_in(store, figure(5, older), now=100)
    receipt = hand_in(store, figure(5, newer), now=200)
    assert [cell.effect for cell in receipt.cells] == [effect]
    assert standing(store, 200)[KEY][1] == (older if effect == "same" else newer)


def test_zero_is_a_figure_and_not_none(store):
    hand_in(store, figure(0), now=100)
    receipt = hand_in(store, figure(0), now=200)
    assert receipt.same == 1
    assert standing(store, 200)[KEY][0] == 0.0


def test_a_submission_keeps_file_findings_and_each_cell(store):
    one = figure(3e6, sheet="Số liệu", cell="F5")
    warned = Confirmation(
        "T01", "warning", "Số liệu", "G5", "Chưa ghi trạng thái", "{}", True, "ok"
    )
    receipt = hand_in(
        store,
        one,
        now=100,
        file=File("báo cáo.xlsx", b"PK\x03"),
        findings=[warned],
        why="theo mẫu",
        as_of="2026-06-05",
    )
    (listed,) = listing(store)
    assert (listed.id, listed.kind, listed.by, listed.agency) == (1, "upload", "Lan", "so-du-lich")
    assert (listed.file, listed.size, listed.new, listed.why) == ("báo cáo.xlsx", 3, 1, "theo mẫu")
    # printf 'PK\003' | sha256sum
    assert listed.sha256.startswith("91d7d090")
    with store.read() as tx:
        assert stored.file_of(tx, receipt.submission) == b"PK\x03"
        assert stored.findings(tx, receipt.submission) == [warned]
        assert stored.cells(tx, receipt.submission) == list(receipt.cells)
        (cell,) = stored.cells_of_figure(tx, receipt.submission, KEY)
    assert (cell.sheet, cell.cell, cell.effect) == ("Số liệu", "F5", "new")


def test_every_commit_and_undo_is_in_the_audit(store):
    hand_in(store, figure(1), now=100)
    undo(store, LAN, 1, why="nhầm", now=200)
    with store.read() as tx:
        newest, oldest = audit.listing(tx)
    assert (oldest.by, oldest.action, oldest.subject) == (
        "Lan",
        "submission.commit",
        "submission:1",
    )
    told = json.loads(oldest.new)
    assert (told.pop("new"), oldest.old, oldest.came_from) == (1, "", "10.0.0.7")
    ((key, value),) = told.items()
    assert key == " ".join(("figure", KEY[0], KEY[2]))
    assert (json.loads(newest.old), json.loads(newest.new)["undoes"]) == ({key: value}, 1)
    assert (newest.action, newest.subject, newest.why) == (
        "submission.undo",
        "submission:2",
        "nhầm",
    )


def test_moments_rise_even_when_the_clock_goes_back(store):
    hand_in(store, figure(1), now=500)
    assert hand_in(store, figure(2), now=100).at == 501
    assert [standing(store, at)[KEY][0] for at in (500, 501)] == [1.0, 2.0]


def test_the_data_version_of_a_moment_before_does_not_move(store):
    hand_in(store, figure(1), now=100)
    hand_in(store, figure(2), now=200)
    with store.read() as tx:
        assert [changes.data_version(tx, at) for at in (99, 100, 199, 200)] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    "wrong",
    [
        [figure(1), figure(2)],
        [figure(1, "plan")],
        [figure(float("nan"))],
        [figure(1, period="6 tháng 2026")],
        [figure(1, period="2026-6M")],  # readable, but 2026-H1 is its one spelling
    ],
)
def test_what_is_no_figure_is_refused_and_nothing_kept(store, wrong):
    with pytest.raises(ValueError):  # noqa: PT011 - each has its own words
        hand_in(store, *wrong, now=100)
    assert listing(store) == []


# --- between preview and commit -----------------------------------------------------


def test_what_the_preview_says_is_what_the_commit_does(store):
    hand_in(store, figure(1), figure(2, period="2025"), now=100)
    given = [figure(1), figure(3, period="2025"), figure(4, period="2024")]
    found = seen(store, [one.key for one in given])
    shown = preview(given, found)
    assert [(cell.effect, cell.old) for cell in shown] == [
        ("same", 1.0),
        ("changed", 2.0),
        ("new", None),
    ]
    receipt = hand_in(store, *given, now=200, expected=found)
    assert list(receipt.cells) == shown


@pytest.mark.parametrize("as_fingerprint", [False, True])
def test_a_stale_preview_is_refused_instead_of_overwriting_unseen(store, as_fingerprint):
    found = seen(store, [KEY])
    hand_in(store, figure(1), now=100, by=MINH)
    expected = fingerprint(found) if as_fingerprint else found
    with pytest.raises(Conflict) as refused:
        hand_in(store, figure(2), now=200, expected=expected)
    assert standing(store, 300) == {KEY: (1.0, "estimate", 1)}
    assert len(listing(store)) == 1
    if not as_fingerprint:
        (moved,) = refused.value.moved
        assert (moved.indicator, moved.seen, moved.stored) == ("DL-01", None, 1.0)


@pytest.mark.parametrize("as_fingerprint", [False, True])
def test_a_preview_of_other_figures_is_not_disturbed(store, as_fingerprint):
    found = seen(store, [KEY])
    hand_in(store, figure(1, period="2024"), now=100, by=MINH)
    expected = fingerprint(found) if as_fingerprint else found
    assert hand_in(store, figure(2), now=200, expected=expected).new == 1


def test_a_change_of_status_alone_makes_a_preview_stale(store):
    hand_in(store, figure(1), now=100)
    found = seen(store, [KEY])
    assert found == {KEY: Seen(1.0, "estimate")}
    hand_in(store, figure(1, "official"), now=200)
    with pytest.raises(Conflict):
        hand_in(store, figure(2), now=300, expected=found)


def test_a_preview_may_say_of_a_figure_that_there_is_none(store):
    nothing = {KEY: Seen(None, "")}
    assert fingerprint(nothing) == fingerprint({})
    assert preview([figure(1)], nothing)[0].effect == "new"
    assert hand_in(store, figure(1), now=100, expected=nothing).new == 1


def test_of_two_commits_at_once_the_second_asks_again(store):
    found = seen(store, [KEY])
    gate = threading.Barrier(2)
    outcomes = []

    def one(value):
        gate.wait()
        try:
            outcomes.append(hand_in(store, figure(value), now=100, expected=found).new)
        except Conflict:
            outcomes.append("asks again")

    threads = [threading.Thread(target=one, args=(value,)) for value in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["1", "asks again"]
    assert len(standing(store, 10**18)) == 1


def test_two_commits_of_other_figures_at_once_are_both_whole(store):
    gate = threading.Barrier(2)

    def one(code):
        gate.wait()
        figures = [figure(year, period=str(year), code=code) for year in range(1950, 2026)]
        hand_in(store, *figures, now=100)

    threads = [threading.Thread(target=one, args=(code,)) for code in ("DL-01", "DL-02")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(standing(store, 10**18)) == 2 * 76
    assert [one.at for one in listing(store)] == [101, 100]


# --- taking back --------------------------------------------------------------------


def test_an_undone_first_figure_is_gone_and_both_stay_listed(store):
    before = standing(store, 99)
    hand_in(store, figure(1), now=100)
    receipt = undo(store, LAN, 1, why="nhầm kỳ", now=200)
    assert receipt.restored == 1
    assert [cell.effect for cell in receipt.cells] == ["removed"]
    assert standing(store, 200) == before == {}
    newest, oldest = listing(store)
    assert (newest.kind, newest.undoes, newest.why) == ("undo", 1, "nhầm kỳ")
    assert oldest.undone_by == newest.id


def test_after_an_undo_every_read_is_as_before(store):
    hand_in(store, figure(1, source="s", note="n"), now=100)
    with store.read() as tx:
        before = [row[:14] for row in observations.tuples(tx, 150)]
    hand_in(store, figure(2, "official"), now=200)
    undo(store, LAN, 2, why="", now=300)
    with store.read() as tx:
        assert [row[:14] for row in observations.tuples(tx, 300)] == before
    assert standing(store, 250)[KEY][0] == 2.0  # what was seen then is still seen as of then


def test_an_undo_is_refused_where_a_later_submission_changed_the_same(store):
    hand_in(store, figure(1), figure(7, period="2025"), now=100)
    hand_in(store, figure(2), now=200, by=MINH)
    with pytest.raises(NotUndone) as refused:
        undo(store, LAN, 1, why="", now=300)
    assert refused.value.key == "later"
    (later,) = refused.value.later
    assert (later.submission, later.by, later.at, later.value) == (2, "Minh", 200, 2.0)
    assert (later.indicator, later.area, later.period) == KEY
    assert len(listing(store)) == 2
    assert standing(store, 300)[KEY] == (2.0, "estimate", 2)


def test_after_the_later_one_is_undone_the_earlier_can_be_too(store):
    hand_in(store, figure(1), now=100)
    hand_in(store, figure(2), now=200)
    undo(store, LAN, 2, why="", now=300)
    assert standing(store, 300) == {KEY: (1.0, "estimate", 1)}
    undo(store, LAN, 1, why="", now=400)
    assert standing(store, 400) == {}


def test_an_undo_can_itself_be_undone(store):
    hand_in(store, figure(1), now=100)
    hand_in(store, figure(2), now=200)
    undo(store, LAN, 2, why="", now=300)
    undo(store, LAN, 3, why="", now=400)
    assert standing(store, 400) == {KEY: (2.0, "estimate", 2)}
    undone = {one.id: one.undone_by for one in listing(store)}
    assert undone == {1: None, 2: None, 3: 4, 4: None}
    undo(store, LAN, 2, why="", now=500)  # it holds again, so it can be taken back again
    assert standing(store, 500) == {KEY: (1.0, "estimate", 1)}


def test_a_value_handed_in_again_later_is_not_the_earlier_submission_s(store):
    hand_in(store, figure(5), now=100)
    hand_in(store, figure(6), now=200)
    hand_in(store, figure(5), now=300)
    with pytest.raises(NotUndone):
        undo(store, LAN, 1, why="", now=400)


def test_a_submission_that_changed_nothing_can_be_undone(store):
    hand_in(store, figure(1), now=100)
    hand_in(store, figure(1), now=200)
    assert undo(store, LAN, 2, why="", now=300).restored == 0
    assert standing(store, 300) == {KEY: (1.0, "estimate", 1)}


@pytest.mark.parametrize(("number", "key"), [(99, "unknown"), (1, "undone")])
def test_what_is_not_there_or_already_undone_is_not_undone(store, number, key):
    hand_in(store, figure(1), now=100)
    undo(store, LAN, 1, why="", now=200)
    with pytest.raises(NotUndone) as refused:
        undo(store, LAN, number, why="", now=300)
    assert refused.value.key == key
    assert refused.value.by_submission == (2 if key == "undone" else 0)
    assert len(listing(store)) == 2


# --- rights -------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["viewer", "planner", "administrator"])
def test_who_may_not_submit_stores_nothing(store, role):
    stranger = Actor("X", capabilities((role,)))
    with pytest.raises(Denied):
        hand_in(store, figure(1), now=100, by=stranger)
    with pytest.raises(Denied):
        undo(store, stranger, 1, why="", now=100)
    assert listing(store) == []


def test_an_officer_takes_back_only_what_the_own_agency_handed_in(store):
    hand_in(store, figure(1), now=100)
    with pytest.raises(Denied):
        undo(store, MINH, 1, why="", now=200)
    colleague = Actor("Hoa", HANDS_IN, agency="so-du-lich")
    undo(store, colleague, 1, why="", now=300)
    hand_in(store, figure(1), now=400)
    undo(store, CONSOLIDATOR, 3, why="", now=500)
    assert standing(store, 500) == {}


def test_the_local_user_and_the_shell_may_do_everything(store):
    assert LOCAL.capabilities == shell("Lan").capabilities == ALL
    assert shell("  ").name == LOCAL.name == "người dùng tại máy"
    hand_in(store, figure(1), now=100, by=shell("Lan"))
    assert listing(store)[0].by == "Lan"


def test_a_role_that_does_not_exist_is_no_role():
    with pytest.raises(ValueError, match="king"):
        capabilities(("viewer", "king"))
