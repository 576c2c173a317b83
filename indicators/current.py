"""Which of several figures for one indicator, area, period and series is the current one.

Published sources contradict each other; nothing is averaged and nothing dropped: one figure
is current, the others stay beside it as alternatives. The criteria, the first that differs
decides:

1. a figure reported by an agency stands before a published one;
2. the higher status: official, preliminary, estimate;
3. (published only, as all below) published when its period had ended, or undated, before
   published earlier;
4. the value that more sources give;
5. an exact figure before a bound ("hơn", "gần");
6. a figure whose day of publication is printed before one whose day is assumed;
7. the later day of publication;
8. the one recorded first. (Of two of an agency the one recorded last.)

Only figures known at a moment may be handed in for that moment: the choice is made among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from .model import AGENCY, PUBLISHED, STATUSES, Observation
from .periods import Period

CRITERIA = (
    "origin",
    "status",
    "after_period",
    "sources",
    "exact",
    "dated",
    "later",
    "order",
)

Key = tuple[str, str, Period, str]
Rank = tuple[bool, int, bool, int, bool, bool, date, int]


class Choice(NamedTuple):
    """Of every key one current figure; the others, best first within a key."""

    current: list[Observation]
    alternatives: list[Observation]


def key_of(observation: Observation) -> Key:
    """What at most one current figure can exist for: indicator, area, period, series."""
    return observation.indicator, observation.area, observation.period, observation.series


def choose(observations: Iterable[Observation]) -> Choice:
    """The current figure of each key, and the alternatives; keys in the order first met.

    Args:
        observations: those known at one moment, in the order in which they were recorded.
    """
    groups: dict[Key, list[Observation]] = {}
    for observation in observations:
        groups.setdefault(key_of(observation), []).append(observation)
    current: list[Observation] = []
    alternatives: list[Observation] = []
    for group in groups.values():
        if len(group) > 1:
            group = best_first(group)
            alternatives.extend(group[1:])
        current.append(group[0])
    return Choice(current, alternatives)


def best_first(group: Sequence[Observation]) -> list[Observation]:
    """The figures of one key, the current one first; given in the order of recording."""
    ranks = _ranks(group)
    order = sorted(range(len(group)), key=ranks.__getitem__, reverse=True)
    return [group[index] for index in order]


def decided_by(group: Sequence[Observation]) -> str:
    """The criterion that put the current figure of one key before the next best.

    Returns:
        One of ``CRITERIA``, "" for a single figure.
    """
    if len(group) < 2:
        return ""
    first, second = sorted(_ranks(group), reverse=True)[:2]
    differing = (name for name, a, b in zip(CRITERIA, first, second, strict=True) if a != b)
    return next(differing)


def _ranks(group: Sequence[Observation]) -> list[Rank]:
    """One tuple a figure, the greatest is current; position breaks the last tie."""
    sources: dict[float, set[str]] = {}
    for one in group:
        if one.origin == PUBLISHED:
            sources.setdefault(one.value, set()).add(one.source_url or one.source)
    return [_rank(one, position, sources) for position, one in enumerate(group)]


def _rank(one: Observation, position: int, sources: dict[float, set[str]]) -> Rank:
    status = STATUSES.index(one.status)
    known = one.known_from or one.period.end
    if one.origin == AGENCY:
        return True, status, True, 0, True, True, known, position
    return (
        False,
        status,
        known >= one.period.end,
        len(sources[one.value]),
        not one.bound,
        not one.known_assumed,
        known,
        -position,
    )
