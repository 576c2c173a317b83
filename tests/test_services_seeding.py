"""Seeding on both databases: whole, once, and later only what changed."""

from datetime import date

import pytest

from db import changes, meta, observations, tables, versioned
from db import register as rows
from indicators.current import choose
from seed import actuals, areas, files
from seed import register as seeded
from services.moments import day_end, day_start
from services.seed_rows import Content, own_content
from services.seeding import seed

NOW = day_start(date(2026, 11, 22))
LATER = NOW + 60_000_000


@pytest.fixture
def full(store):
    seed(store, NOW)
    return store


def read(store, what, as_of=LATER):
    with store.read() as tx:
        return what(tx, as_of)


def test_everything_of_the_seed_is_in_the_store(full):
    counted = {
        rows.documents: 2,
        rows.targets: 32,
        rows.goals: 39,
        rows.milestones: 13,
        rows.duties: 7,
        rows.areas: 75,
        rows.former_units: 200,
        rows.former_unit_aliases: 11,
        rows.older_names: 19,
        rows.indicators: 32 + 59,
        rows.agencies: 9 + 75,
        rows.yearly_plans: 6,
        rows.history_targets: 50,
        rows.odd_figures: 18,
        rows.assignments: 0,
        observations.known: 267,
    }
    for what, count in counted.items():
        assert len(read(full, what)) == count, what.__name__


def test_what_comes_out_is_what_the_seed_says(full):
    assert {one.code: one for one in read(full, rows.targets)} == {
        one.code: one for one in seeded.targets()
    }
    assert {one.code: one for one in read(full, rows.indicators)} == {
        one.code: one for one in (*seeded.indicators(), *actuals.related_indicators())
    }
    stored = read(full, observations.known)
    said = {one[:10]: one for one in actuals.observations()}
    assert {one[:10] for one in stored} == set(said)
    for one in stored:
        assert one.known_from == said[one[:10]].known_from
        assert one.known_assumed == said[one[:10]].known_assumed


def test_the_choice_among_contradictions_is_the_same_in_the_store(full):
    stored = choose(read(full, observations.known)).current
    said = choose(actuals.observations()).current
    assert {one[:7] for one in stored} == {one[:7] for one in said}


def test_every_published_figure_keeps_its_citation(full):
    found = read(full, observations.known)
    with full.read() as tx:
        cited = observations.citations(tx, [one.id for one in found])
    assert len(cited) == 267
    assert all(one.publisher and one.source_url and one.quote for one in cited.values())


def test_the_register_is_known_always_and_a_figure_from_its_day(full):
    assert len(read(full, rows.targets, 0)) == 32
    assert read(full, observations.known, 0) == []
    on_day = [one.value for one in read(full, observations.known, day_end(date(2025, 1, 4)))]
    before = [one.value for one in read(full, observations.known, day_end(date(2025, 1, 3)))]
    assert 4_900_000.0 in on_day
    assert 4_900_000.0 not in before


def test_twice_changes_nothing(full):
    with full.read() as tx:
        version = changes.data_version(tx, LATER)
    assert not seed(full, LATER).did
    with full.read() as tx:
        assert changes.data_version(tx, LATER + 1) == version
        assert len(changes.listing(tx)) == 1


def test_without_actuals_the_register_stands_alone_and_they_may_follow(store):
    seed(store, NOW, with_actuals=False)
    assert (len(read(store, rows.targets)), read(store, observations.known)) == (32, [])
    assert read(store, rows.yearly_plans) == []
    assert not seed(store, LATER).did  # a start of the program leaves it as it was made
    assert seed(store, LATER, with_actuals=True).added == 267 + 6 + 50 + 18
    assert not seed(store, LATER + 1, with_actuals=False).did
    assert len(read(store, observations.known)) == 267


def changed_seed(part, name, change):
    """The seed with one table that says something else."""

    def rows_of_part():
        found = own_content().parts[part]()
        return {**found, name: change([dict(row) for row in found[name]])}

    return Content("another", {**own_content().parts, part: rows_of_part})


def test_a_changed_row_closes_the_older_version(full):
    def change(given):
        for row in given:
            if row["code"] == "DL-01":
                row["value_low"] = 9_100_000.0
        return given

    other = changed_seed("register", "targets", change)
    report = seed(full, LATER, content=other)
    assert (report.added, report.amended, report.withdrawn) == (0, 1, 0)
    with full.read() as tx:
        former, newer = versioned.history(tx, tables.targets, ("DL-01",))
    assert (former.values["value_low"], former.known_from) == (9_000_000.0, 0)
    assert (newer.values["value_low"], newer.known_from) == (9_100_000.0, former.known_to)
    assert not seed(full, LATER + 1, content=other).did


def test_a_row_that_left_the_seed_is_withdrawn_and_a_new_one_counts_from_now(full):
    def change(given):
        return [*given[1:], {**given[0], "code": "DA-99"}]

    report = seed(full, LATER, content=changed_seed("register", "milestones", change))
    assert (report.added, report.amended, report.withdrawn) == (1, 0, 1)
    now = {one.code for one in read(full, rows.milestones, LATER)}
    before = {one.code for one in read(full, rows.milestones, LATER - 1)}
    assert now - before == {"DA-99"}
    assert before - now == {"DA-01"}


def test_what_somebody_amended_in_the_store_is_left_alone(full):
    with full.write() as tx:
        row = versioned.history(tx, tables.targets, ("DL-01",))[-1].values
        change = changes.begin(tx, "register", "An", "sửa", LATER)
        amended = {**row, "value_low": 9_500_000.0}
        versioned.put(tx, tables.targets, [amended], change, added_from=LATER)
    other = changed_seed(
        "register", "targets", lambda given: [{**row, "doubt": "another doubt"} for row in given]
    )
    report = seed(full, LATER + 5, content=other)
    assert report.kept == (("targets", ("DL-01",)),)
    assert report.amended == 31
    found = {one.code: one for one in read(full, rows.targets, LATER + 9)}
    assert (found["DL-01"].low, found["DL-01"].doubt) == (9_500_000.0, "")
    assert found["DL-02"].doubt == "another doubt"


def test_the_seed_of_a_store_is_remembered_by_its_digest(full):
    with full.read() as tx:
        assert files.digest() in meta.value(tx, "seed")


def test_areas_of_every_commune_are_those_in_force(full):
    scope = [one.area for one in read(full, rows.target_areas) if one.scope == "every_commune"]
    assert scope == [one.code for one in areas.areas()]


def test_a_figure_that_a_later_seed_brings_is_seen_from_now_with_its_own_day(full):
    def change(given):
        return [*given, {**given[0], "source_url": "https://example.org/new"}]

    other = changed_seed("actuals", "observations", change)
    assert seed(full, LATER, content=other).added == 1

    def new(as_of):
        found = read(full, observations.known, as_of)
        return [one.known_from for one in found if one.source_url == "https://example.org/new"]

    assert new(LATER - 1) == []
    assert new(LATER) == [date(2025, 1, 4)]
