"""Changes of versioned tables and their undos against a slow model of every moment."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import changes, reverting, tables, versioned
from db.effects import UNDO, Effects
from db.standing import standing

TABLE = tables.baselines
AREAS = ("", "03646")
LAST = 70  # moments after the beginning of an example
_runs = itertools.count()

puts = st.tuples(
    st.just("put"),
    st.dictionaries(st.sampled_from(AREAS), st.sampled_from([1.0, 2.0, 3.0]), min_size=1),
    st.integers(0, 60),
)
acts = st.lists(
    st.one_of(
        puts,
        st.tuples(st.just("withdraw"), st.sets(st.sampled_from(AREAS), min_size=1)),
        st.tuples(st.just("undo"), st.integers(0, 11)),
        st.tuples(st.just("undo"), st.integers(0, 3)),
    ),
    min_size=2,
    max_size=12,
)


class Model:
    """What is read of each area at each moment; ``done`` has one entry a change."""

    def __init__(self):
        self.read = {area: [None] * LAST for area in AREAS}
        self.done = []

    def holds(self, number):
        return not any(
            what == "undo" and rest[0] == number and self.holds(by)
            for by, (what, _at, rest) in enumerate(self.done)
            if by > number
        )

    def areas(self, number):
        what, _at, rest = self.done[number]
        return self.areas(rest[0]) if what == "undo" else set(rest[0])

    def may_undo(self, number):
        def against(by):
            what, _at, rest = self.done[by]
            settled = what == "undo" and rest[0] > number
            return self.holds(by) and not settled and self.areas(by) & self.areas(number)

        return self.holds(number) and not any(
            against(by) for by in range(number + 1, len(self.done))
        )

    def replayed(self):
        """What would be read had only the changes been made that hold."""
        read = {area: [None] * LAST for area in AREAS}
        for number, (what, at, rest) in enumerate(self.done):
            if what != "undo" and self.holds(number):
                self.apply(read, what, at, rest)
        return read

    @staticmethod
    def apply(read, what, at, rest):
        given = rest[0]
        for area in given:
            value, start = given[area] if what == "put" else (None, at)
            read[area][start:] = [value] * (LAST - start)

    def make(self, what, at, *rest):
        self.done.append((what, at, rest))
        if what == "undo":
            replayed = self.replayed()
            for area in self.areas(rest[0]):
                self.read[area][at:] = replayed[area][at:]
        else:
            self.apply(self.read, what, at, rest)


def key(code, area):
    return (code, area)


def row(code, area, value):
    return {"indicator": code, "area": area, "period": "2024", "value": value, "source": "s"}


def put(store, model, code, values, start, at, base):
    """Put values from a moment on, as early as the versions that stand allow."""
    with store.write() as tx:
        stands = standing(tx, TABLE)
        begun = changes.begin(tx, "baselines", "Lan", "", base + at)
        assert begun.at == base + at
        given = {}
        for area, value in values.items():
            older = stands.get(key(code, area))
            if older is not None and older.values["value"] == value:
                continue
            first = start
            if older is not None:
                first = max(start, older.known_from - base + 1)
            elif seen := [t for t, was in enumerate(model.read[area]) if was is not None]:
                first = max(start, seen[-1] + 2)  # never into what has ended
            given[area] = (value, first)
            versioned.put(
                tx,
                TABLE,
                [row(code, area, value)],
                begun,
                added_from=base + start,
                amended_from=base + first,
            )
    if given:
        model.make("put", at, given)
    return begun.id


def withdraw(store, model, code, areas, at, base):
    with store.write() as tx:
        stands = standing(tx, TABLE)
        there = {area for area in areas if key(code, area) in stands}
        begun = changes.begin(tx, "baselines", "Lan", "", base + at)
        versioned.withdraw(tx, TABLE, {key(code, area) for area in there}, begun)
    if there:
        model.make("withdraw", at, dict.fromkeys(sorted(there)))
    return begun.id


def undo(store, number, at, base):
    with store.write() as tx:
        known = Effects(tx, [TABLE])
        begun = changes.begin(tx, UNDO, "Lan", str(number), base + at)
        reverting.take_back(tx, known, number, begun)
    return begun.id


def values(store, code, as_of):
    with store.read() as tx:
        rows = versioned.read(tx, TABLE, as_of, ["area", "value"], indicator=code)
    assert len({area for area, _ in rows}) == len(rows)
    return dict(rows)


@pytest.mark.slow
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(course=acts)
def test_every_moment_reads_as_the_model_says_after_every_act(store, course):
    code, model, numbers = f"X-{next(_runs)}", Model(), []
    with store.read() as tx:
        base = changes.newest_moment(tx) + LAST
    for place, (what, *rest) in enumerate(course):
        at = 2 + 3 * place
        if what == "put":
            made = put(store, model, code, rest[0], rest[1], at, base)
        elif what == "withdraw":
            made = withdraw(store, model, code, rest[0], at, base)
        else:
            back = len(numbers) - 1 - rest[0]
            if back < 0:
                continue
            with store.read() as tx:
                known = Effects(tx, [TABLE])
            number = numbers[back]
            may = number not in known.undone_by and not known.standing_against(number)
            assert may == model.may_undo(back)
            if not may:
                continue
            made = undo(store, number, at, base)
            model.make("undo", at, back)
        if made is not None:
            numbers.append(made)
        for moment in range(LAST):
            expected = {
                area: read[moment] for area, read in model.read.items() if read[moment] is not None
            }
            assert values(store, code, base + moment) == expected, (place, moment)


def test_an_undone_amendment_is_told_with_what_was_and_what_is(store):
    code, model = "X-told", Model()
    first = put(store, model, code, {"": 1.0}, 0, 2, 0)
    second = put(store, model, code, {"": 2.0}, 5, 5, 0)
    third = undo(store, second, 8, 0)
    with store.read() as tx:
        known = Effects(tx, [TABLE])
    told = {
        number: [(one.old and one.old["value"], one.new and one.new["value"], one.since)]
        for number in (first, second, third)
        for one in known.of(number)
    }
    assert told == {
        first: [(None, 1.0, 0)],
        second: [(1.0, 2.0, 5)],
        third: [(2.0, 1.0, 8)],
    }
    assert known.undone_by == {second: third}
    assert values(store, code, 4) == {"": 1.0}
    assert values(store, code, 7) == {"": 2.0}
    assert values(store, code, 8) == {"": 1.0}


def test_what_was_to_count_from_a_later_day_never_does_once_it_is_undone(store):
    code, model = "X-later", Model()
    put(store, model, code, {"": 1.0}, 0, 2, 0)
    second = put(store, model, code, {"": 2.0}, 50, 5, 0)
    assert values(store, code, 60) == {"": 2.0}
    undo(store, second, 8, 0)
    assert values(store, code, 60) == {"": 1.0}


def test_undoing_writes_in_a_writers_transaction_only_and_names_an_empty_change(store):
    put(store, Model(), "X-own", {"": 1.0}, 0, 2, 0)
    with store.write() as tx:
        begun = changes.begin(tx, UNDO, "Lan", "99", 9)
        with pytest.raises(ValueError, match="99"):
            reverting.take_back(tx, Effects(tx, [TABLE]), 99, begun)
    with store.read() as tx, pytest.raises(ValueError, match="only reads"):
        reverting.take_back(tx, Effects(tx, [TABLE]), 1, begun)
