"""Withdrawing: a figure ends without another, with a reason; the past stays, undo restores it."""

from __future__ import annotations

import pytest

from db import audit, observations, register
from services import withdrawable
from services.access import LOCAL, Actor, Denied, capabilities
from services.refusals import Conflict, NotUndone
from services.seeding import seed
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
from services.withdrawable import Find
from services.withdrawing import standing_figures

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


def test_single_figures_of_a_large_submission_are_found_by_target_period_and_area(store):
    seed(store, 50)
    with store.read() as tx:
        areas = [one.code for one in register.areas(tx, 60)]
    keys = [("NL-01", area, f"{year}") for year in range(2020, 2026) for area in areas]
    keys += [("DL-01", "", "2026-H1")]
    figures = [Figure(*key, 50.0, "estimate") for key in keys]
    number = commit(
        store, LOCAL, figures, kind="upload", expected=None, given=Given(), now=100
    ).submission
    places = withdrawable.places(store, number, 200)
    assert [code for code, _name in places.indicators] == ["DL-01", "NL-01"]
    assert [period for period, _text in places.periods][-2:] == ["2025", "2026-H1"]
    assert len(places.areas) == 76
    every = withdrawable.listed(store, LOCAL, number, 200, Find("NL-01"))
    assert (every.total, every.pages, len(every.figures)) == (6 * 75, 2, 300)
    last = withdrawable.listed(store, LOCAL, number, 200, Find("NL-01"), 9)
    assert (last.number, len(last.figures)) == (2, 150)
    [one] = withdrawable.listed(store, LOCAL, number, 200, Find("NL-01", "2024", areas[7])).figures
    assert one.key == ("NL-01", areas[7], "2024")
    withdraw(store, LOCAL, {one.key: one.seen}, why="nhầm xã", now=300)
    assert withdrawable.listed(store, LOCAL, number, 400, Find("NL-01")).total == 449
    whole = withdrawable.listed(store, LOCAL, number, 400, Find(area=""))
    assert [one.key for one in whole.figures] == [("DL-01", "", "2026-H1")]
    assert withdrawable.listed(store, STRANGER, number, 400, Find("NL-01")).total == 0


def test_a_withdrawal_and_an_unknown_number_offer_nothing(store):
    seed(store, 50)
    first = hand_in(store, 3e6, now=100)
    assert withdrawable.listed(store, LOCAL, first.submission, 200, Find()).total == 1
    taken = take_back(store, 3e6, now=200)
    assert withdrawable.listed(store, LOCAL, taken.submission, 300, Find()).total == 0
    assert withdrawable.listed(store, LOCAL, 99, 300, Find()).total == 0


def test_figures_are_named_by_submission_or_by_indicator(store):
    number = hand_in(store, 3e6, now=100).submission
    hand_in(store, 7, now=110, key=OTHER)
    assert standing_figures(store, submission=number) == {KEY: Seen(3e6, "estimate")}
    assert set(standing_figures(store, indicator="DL-02")) == {OTHER}
    assert standing_figures(store, indicator="DL-02", area="03664") == {}
    assert standing_figures(store, submission=number, indicator="DL-02") == {}
    with pytest.raises(ValueError, match="needed"):
        standing_figures(store, period="2026")
    with pytest.raises(ValueError, match="sáu tháng"):
        standing_figures(store, indicator="DL-01", period="sáu tháng")
