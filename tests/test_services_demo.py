from collections import Counter
from datetime import date

import pytest

from db import meta, observations, submissions
from db import register as rows
from db.changes import begin, record
from indicators.model import Settings
from seed import invented
from services.demo import HasSubmissions, demo
from services.moments import day_start
from services.seeding import seed
from services.status import status

NOW = day_start(date(2026, 11, 22))
LATER = NOW + 60_000_000


def figures(store, as_of=LATER):
    with store.read() as tx:
        return observations.known(tx, as_of)


def test_a_new_store_is_filled_and_marked(store):
    count = demo(store, NOW)
    found = figures(store)
    assert count == len(found) > 3000
    assert {one.source for one in found} == {invented.SOURCE}
    document = status(store, LATER, Settings())
    assert document["demo"] is True
    with_figures = [one for one in document["targets"] if one["latest"]]
    with_areas = [one for one in document["targets"] if one["areas"]]
    assert len({one["code"] for one in with_figures + with_areas}) == 32
    assert len(Counter(one["verdict"]["scale"] for one in document["targets"])) >= 4


def test_nothing_real_joins_the_invented_figures(store):
    demo(store, NOW)
    seed(store, NOW + 1)
    assert {one.source for one in figures(store)} == {invented.SOURCE}


def test_published_figures_are_withdrawn_from_a_store_that_had_them(store):
    seed(store, NOW)
    before = figures(store, NOW)
    demo(store, NOW + 1)
    assert {one.source for one in figures(store)} == {invented.SOURCE}
    assert figures(store, NOW) == before  # as of then it is what it was
    seed(store, NOW + 2)
    assert {one.source for one in figures(store)} == {invented.SOURCE}
    with store.read() as tx:
        plans = rows.yearly_plans(tx, LATER)
    assert {one.document for one in plans} == {invented.SOURCE}


def test_again_changes_nothing(store):
    first = demo(store, NOW)
    before = figures(store)
    assert demo(store, NOW + 1) == first
    assert figures(store) == before


def test_a_store_with_submissions_is_refused_and_left_as_it_is(store):
    seed(store, NOW)
    with store.write() as tx:
        change = begin(tx, "submission", "An", "x", NOW + 1)
        record(tx, change)
        submissions.add(tx, {"at": change.at, "kind": "upload", "by": "An", "change_id": change.id})
    before = figures(store)
    with pytest.raises(HasSubmissions):
        demo(store, NOW + 2)
    assert figures(store) == before
    with store.read() as tx:
        assert not meta.is_demo(tx)
