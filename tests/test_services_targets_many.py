"""The page of a target with very many figures: nothing is lost in the count, nothing is slow."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from db import observations
from i18n.words import words
from indicators.model import Settings
from services import access, submissions
from services.moments import micros
from services.seeding import seed
from services.submissions import Figure, Given
from services.targets import TargetPage, target_page
from ui import target

DAY = micros(datetime(2026, 11, 22, 3, 0, tzinfo=UTC))
MINUTE = 60_000_000
AREAS = ("03646", "03652", "03655", "03658", "03661", "03664", "03670", "03679")
MONTHS = [f"{year}-{month:02d}" for year in (2023, 2024, 2025, 2026) for month in range(1, 11)]


@pytest.fixture
def seeded(store):
    seed(store, DAY)
    return store


def hand_in(store, figures, at):
    return submissions.commit(
        store,
        access.shell("cán bộ"),
        figures,
        kind="upload",
        expected=None,
        given=Given(),
        now=at,
    )


def months(value: float) -> list[Figure]:
    """Eight areas, forty months: 320 figures."""
    return [Figure("YT-01", a, month, value, "official", "x") for a in AREAS for month in MONTHS]


def page(store, at) -> TargetPage:
    found = target_page(store, at, "YT-01", Settings())
    assert found is not None
    return found


def test_of_many_figures_the_newest_are_shown_and_all_are_counted(seeded):
    receipt = hand_in(seeded, months(1.0), DAY)
    found = page(seeded, receipt.at)
    assert found.counts["figures"] == 320
    assert len(found.figures) == 300
    # the twenty left out: January and February 2023 of all areas, March 2023 of four
    left = {("YT-01", a, m) for a in AREAS for m in MONTHS} - {one.key for one in found.figures}
    assert sorted(m for _, _, m in left) == ["2023-01"] * 8 + ["2023-02"] * 8 + ["2023-03"] * 4
    html = target.tables(found, words("vi"), "light")
    assert "Bảng số liệu (320)" in html
    assert "Bảng hiện 300 dòng đầu trong 320." in html


def test_few_figures_are_all_shown_and_nothing_is_said_of_lines_left_out(seeded):
    receipt = hand_in(seeded, months(1.0)[:300], DAY)
    found = page(seeded, receipt.at)
    assert (len(found.figures), found.counts["figures"]) == (300, 300)
    assert "dòng đầu trong" not in target.tables(found, words("vi"), "light")


def test_the_revisions_are_those_that_each_figure_tells_one_by_one(seeded):
    first = hand_in(seeded, months(1.0)[:30], DAY)
    changed = [one._replace(value=2.0) for one in months(1.0)[:20:2]]
    second = hand_in(seeded, changed, DAY + MINUTE)
    undone = submissions.undo(
        seeded, access.shell("b"), second.submission, why="nhầm", now=DAY + 2 * MINUTE
    )
    for at in (first.at, second.at, undone.at):
        found = page(seeded, at)
        slow = []
        for one in found.figures:
            with seeded.read() as tx:
                rows = observations.history(tx, *one.key, as_of=at)
            own = [row for row in rows if row.recorded_in is not None]
            slow += [(one.key[1:], row.recorded_in) for row in own] if len(own) > 1 else []
        names = {known: code for code, known in areas(found)}
        shown = [(names[line.area], line.submission) for line in found.revisions]
        assert shown == [(key[0], number) for key, number in slow]
        assert len(shown) == {first.at: 0, second.at: 20, undone.at: 30}[at]
        assert found.counts["revisions"] == len(shown)


def areas(found: TargetPage) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in found.areas]


def test_a_published_figure_beside_an_agencys_is_no_revision(seeded):
    receipt = hand_in(seeded, [Figure("DL-01", "", "2024", 4.8e6, "estimate", "Sở")], DAY)
    found = target_page(seeded, receipt.at, "DL-01", Settings())
    assert found is not None
    assert found.revisions == ()
