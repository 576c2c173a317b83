"""Chances of reaching the targets: kept for a data version, never waited for in a large store."""

from __future__ import annotations

import pytest

from indicators.model import Settings
from services import access, odds, outlooks, submissions
from services.seeding import seed
from services.snapshot import snapshot
from services.status import status
from services.submissions import Figure, Given

DAY = 1_795_316_400_000_000  # 22/11/2026, 10:00 in the province
MINUTE = 60_000_000


@pytest.fixture
def seeded(store):
    seed(store, DAY)
    return store


@pytest.fixture
def large(monkeypatch):
    """A register of 32 targets that counts as a large one."""
    monkeypatch.setattr(odds, "AT_ONCE", 10)


def hand_in(store, *figures, at):
    actor = access.shell("cán bộ")
    given = Given()
    return submissions.commit(
        store, actor, figures, kind="entry", expected=None, given=given, now=at
    )


def of(store, code, at=DAY):
    (found,) = status(store, at, Settings(), code)["targets"]
    return found["probability"]


def test_what_is_kept_is_what_was_worked_out(seeded):
    known = snapshot(seeded, DAY, Settings())
    fresh = outlooks.work_out(known)
    odds.chances(seeded, known)
    kept = odds.chances(seeded, snapshot(seeded, DAY, Settings()))
    assert kept == fresh
    assert kept["DL-01"].reasons


def test_a_new_figure_changes_the_chance_and_a_former_moment_keeps_its_own(seeded):
    before = of(seeded, "DL-01")
    figures = [
        Figure("DL-01", "", "2025", 7_000_000.0, "official", "x"),
        Figure("DL-01", "", "2026", 8_500_000.0, "estimate", "x"),
    ]
    receipt = hand_in(seeded, *figures, at=DAY + MINUTE)
    assert of(seeded, "DL-01", receipt.at) > before
    assert of(seeded, "DL-01") == before


def test_a_large_register_is_not_waited_for(seeded, large):
    document = status(seeded, DAY, Settings())
    assert {one["probability"] for one in document["targets"]} == {None}
    assert outlooks.keep_all(seeded, DAY, Settings()) == 32
    kept = {one["code"]: one["probability"] for one in status(seeded, DAY, Settings())["targets"]}
    assert 0.04 <= kept["DL-01"] <= 0.96


def test_one_target_of_a_large_register_is_worked_out_at_once(seeded, large):
    alone = of(seeded, "DL-01")
    outlooks.keep_all(seeded, DAY, Settings())
    assert of(seeded, "DL-01") == alone


def test_a_part_that_is_forecast_above_its_whole_says_so_on_both(seeded, large):
    years = range(2021, 2026)
    figures = [
        Figure("NL-02", "", str(y), 20.0 + 8 * (y - 2021), "official", "x") for y in years
    ] + [Figure("NL-01", "", str(y), 57.0, "official", "x") for y in years]
    receipt = hand_in(seeded, *figures, at=DAY)
    known = snapshot(seeded, receipt.at, Settings())
    for code in ("NL-01", "NL-02"):
        (reason,) = odds.chances(seeded, known, code)[code].contradictions
        assert reason.key == "part_above_whole"
