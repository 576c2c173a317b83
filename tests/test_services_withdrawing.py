"""Withdrawing: a figure ends without another, with a reason; the past stays, undo restores it."""

from __future__ import annotations

import pytest

from db import audit, observations
from services.access import LOCAL, Actor, Denied, capabilities
from services.refusals import Conflict, NotUndone
from services.submissions import (
    Figure,
    Given,
    Seen,
    commit,
    listing,
    still_standing,
    undo,
    withdraw,
)

KEY = ("DL-01", "", "2026-H1")
OTHER = ("DL-02", "", "2026-H1")
VIEWER = Actor("Sang", capabilities(("viewer",)))
STRANGER = Actor("Minh", capabilities(("officer",)), agency="so-y-te")


def hand_in(store, value, now, key=KEY):
    figure = Figure(*key, float(value), "estimate", "BC 1")
    return commit(store, LOCAL, [figure], kind="upload", expected=None, given=Given(), now=now)


def take_back(store, value, now, key=KEY, by=LOCAL, why="nhầm kỳ"):
    return withdraw(store, by, {key: Seen(float(value), "estimate")}, why=why, now=now)


def standing(store, as_of):
    with store.read() as tx:
        rows = observations.known(tx, as_of)
    return {(one.indicator, one.area, one.period.text): one.value for one in rows}


def test_a_withdrawn_figure_is_gone_now_and_stands_as_of_before(store):
    hand_in(store, 3e6, now=100)
    hand_in(store, 7, now=110, key=OTHER)
    receipt = take_back(store, 3e6, now=200)
    assert standing(store, 199) == {KEY: 3e6, OTHER: 7.0}
    assert standing(store, 200) == {OTHER: 7.0}
    (cell,) = receipt.cells
    assert (cell.old, cell.new, cell.effect) == (3e6, None, "removed")


def test_a_withdrawal_is_listed_with_its_reason_and_stands_in_the_audit(store):
    hand_in(store, 3e6, now=100)
    take_back(store, 3e6, now=200, why="  số của năm khác ")
    newest = listing(store)[0]
    assert (newest.kind, newest.why, newest.file) == ("withdraw", "số của năm khác", "")
    with store.read() as tx:
        line = audit.listing(tx)[0]
    assert (line.action, line.new, line.why) == (
        "submission.withdraw",
        '{"removed": 1}',
        "số của năm khác",
    )


def test_undoing_a_withdrawal_puts_the_figure_back_under_its_own_submission(store):
    first = hand_in(store, 3e6, now=100)
    taken = take_back(store, 3e6, now=200)
    undo(store, LOCAL, taken.submission, why="", now=300)
    assert [standing(store, at) for at in (199, 299, 300)] == [{KEY: 3e6}, {}, {KEY: 3e6}]
    with store.read() as tx:
        (one,) = observations.known(tx, 300)
    assert one.submission == first.submission
    assert set(still_standing(store, first.submission, [KEY])) == {KEY}


def test_a_figure_handed_in_since_stands_against_the_undo_of_a_withdrawal(store):
    hand_in(store, 3e6, now=100)
    taken = take_back(store, 3e6, now=200)
    hand_in(store, 4e6, now=300)
    with pytest.raises(NotUndone) as refused:
        undo(store, LOCAL, taken.submission, why="", now=400)
    assert refused.value.key == "later"
    assert standing(store, 400) == {KEY: 4e6}


def test_the_submission_of_a_withdrawn_figure_is_not_undone_over_it(store):
    first = hand_in(store, 3e6, now=100)
    take_back(store, 3e6, now=200)
    with pytest.raises(NotUndone):
        undo(store, LOCAL, first.submission, why="", now=300)


@pytest.mark.parametrize("seen", [3.1e6, 0.0])
def test_what_moved_since_it_was_seen_is_not_withdrawn(store, seen):
    hand_in(store, 3e6, now=100)
    with pytest.raises(Conflict):
        take_back(store, seen, now=200)
    with pytest.raises(Conflict):
        take_back(store, 3e6, now=200, key=OTHER)
    assert standing(store, 300) == {KEY: 3e6}
    assert len(listing(store)) == 1


@pytest.mark.parametrize("why", ["", "  \n"])
def test_a_withdrawal_needs_a_reason(store, why):
    hand_in(store, 3e6, now=100)
    with pytest.raises(ValueError, match="reason"):
        take_back(store, 3e6, now=200, why=why)
    assert standing(store, 300) == {KEY: 3e6}


@pytest.mark.parametrize("by", [VIEWER, STRANGER])
def test_who_may_not_hand_in_a_figure_may_not_withdraw_it(store, by):
    hand_in(store, 3e6, now=100)
    with pytest.raises(Denied):
        take_back(store, 3e6, now=200, by=by)
    assert standing(store, 300) == {KEY: 3e6}
