"""Any course of commits and undos against a model that keeps every state in a list."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import observations
from services.access import LOCAL
from services.refusals import NotUndone
from services.submissions import Figure, Given, commit, listing, undo

PERIODS = ("2024", "2025-H1", "2025-09")
STATUSES = ("estimate", "preliminary", "official")
_runs = itertools.count()

values = st.dictionaries(
    st.sampled_from(PERIODS),
    st.tuples(st.sampled_from([0.0, 1.0, 2.0]), st.sampled_from(STATUSES)),
    min_size=1,
)
acts = st.lists(
    st.one_of(values, st.integers(1, 8).map(lambda back: -back)), min_size=1, max_size=12
)


class Model:
    """state[n]: period -> (value, status, credited submission) after submission n."""

    def __init__(self):
        self.states = [{}]
        self.undoes = [0]

    def commit(self, given):
        state, number = dict(self.states[-1]), len(self.states)
        for period, (value, status) in given.items():
            old = state.get(period)
            lower = old and STATUSES.index(status) <= STATUSES.index(old[1])
            if not (old and old[0] == value and lower):
                state[period] = (value, status, number)
        self.states.append(state)
        self.undoes.append(0)

    def holds(self, number):
        """Whether nobody has taken the submission back, or the taking back was taken back."""
        return not any(
            undone == number and self.holds(by)
            for by, undone in enumerate(self.undoes)
            if by > number
        )

    def may_undo(self, number):
        before, after, now = self.states[number - 1], self.states[number], self.states[-1]
        touched = [p for p in PERIODS if before.get(p) != after.get(p)]
        return self.holds(number) and all(after.get(p) == now.get(p) for p in touched)

    def undo(self, number):
        before, after, state = self.states[number - 1], self.states[number], {**self.states[-1]}
        for period in PERIODS:
            if before.get(period) != after.get(period):
                state.pop(period, None)
                if period in before:
                    state[period] = before[period]
        self.states.append(state)
        self.undoes.append(number)


def read(store, code, as_of):
    with store.read() as tx:
        rows = observations.tuples(tx, as_of, [code])
    return {row[2]: (row[3], row[4], row[12]) for row in rows}


@pytest.mark.slow
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(course=acts)
def test_every_moment_reads_as_the_list_of_states_says(store, course):
    code = f"X-{next(_runs)}"  # examples share the store, each has an indicator of its own
    model, numbers, moments = Model(), [0], [max([0, *(one.at for one in listing(store))])]
    for act in course:
        if isinstance(act, dict):
            figures = [Figure(code, "", period, *pair) for period, pair in act.items()]
            receipt = commit(
                store, LOCAL, figures, kind="entry", expected=None, given=Given(), now=0
            )
            model.commit(act)
        else:
            place = len(model.states) + act
            if place < 1:
                continue
            if not model.may_undo(place):
                with pytest.raises(NotUndone):
                    undo(store, LOCAL, numbers[place], why="", now=0)
                continue
            receipt = undo(store, LOCAL, numbers[place], why="", now=0)
            model.undo(place)
        numbers.append(receipt.submission)
        moments.append(receipt.at)
    for place, moment in enumerate(moments):
        expected = {
            period: (value, status, numbers[credited])
            for period, (value, status, credited) in model.states[place].items()
        }
        assert read(store, code, moment) == expected
        if place + 1 < len(moments):
            assert read(store, code, moments[place + 1] - 1) == expected
