"""The courses around a scenario, drawn once: a moved slider draws only what it moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from indicators.forecast_models import Array
from indicators.scenarios import Limits, Trajectory
from indicators.scenarios_drivers import Settled, settle
from indicators.scenarios_odds import (
    COUNT,
    Odds,
    Spread,
    courses,
    forecast_spread,
    judged,
    own_spread,
)

from .scenario_gathering import Work, units_of

KEPT = 96  # courses of targets: three whole programmes, half a megabyte each


@dataclass(slots=True)
class Drawn:
    """Courses and odds that were drawn lately, under everything that they depend on.

    Sessions side by side share one.
    """

    found: dict[tuple[object, ...], tuple[Array, Odds]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def get(self, key: tuple[object, ...]) -> tuple[Array, Odds] | None:
        """What was drawn under a key, which then counts as used last."""
        with self._lock:
            one = self.found.pop(key, None)
            if one is not None:
                self.found[key] = one
            return one

    def put(self, key: tuple[object, ...], one: tuple[Array, Odds]) -> None:
        """Keep courses; those unused for longest go."""
        with self._lock:
            self.found[key] = one
            while len(self.found) > KEPT:
                del self.found[next(iter(self.found))]


class Courses:
    """The courses around everything that is assumed.

    own: code -> years after its start × count; odds: code -> what they say of the target.
    joined: name -> the years of the identities × count.
    """

    def __init__(
        self,
        work: Work,
        drivers: Mapping[str, Trajectory],
        years: Sequence[int],
        settled: Settled,
        kept: Drawn,
    ) -> None:
        self._work = work
        self._drivers = drivers
        self._years = years
        self._settled = settled
        self._kept = kept
        self._spreads = self._spread()
        drawn = {code: self._drawn(code) for code in self._spreads}
        self.own = {code: one[0] for code, one in drawn.items()}
        self.odds = {code: one[1] for code, one in drawn.items()}

    def _spread(self) -> dict[str, Spread]:
        pct, found = self._work.scenario.spread_pct, {}
        for code, course in self._work.assumed.items():
            spread = (
                forecast_spread(course, self._work.forecast(code))
                if pct is None
                else own_spread(course, pct)
            )
            if spread is not None:
                found[code] = spread
        return found

    def _drawn(self, code: str) -> tuple[Array, Odds]:
        scenario, course = self._work.scenario, self._work.assumed[code]
        yearly = tuple(self._spreads[code].yearly.items())
        key = (code, course, yearly, scenario.count, scenario.seed)
        found = self._kept.get(key)
        if found is None:
            found = self._draw(code)
            if scenario.count <= COUNT:
                self._kept.put(key, found)
        return found

    def _draw(self, code: str) -> tuple[Array, Odds]:
        basis, scenario = self._work.bases[code], self._work.scenario
        course = self._work.assumed[code]
        drawn = courses(code, course, self._spreads[code], limits=basis.limits,
                        count=scenario.count, seed=scenario.seed,
                        adds_up=basis.start.total is not None)  # fmt: skip
        return drawn, judged(basis.target, course.years[1:], drawn, self._work.known.settings,
                             whole=basis.whole)  # fmt: skip

    @cached_property
    def joined(self) -> Mapping[str, Array]:
        """What the identities make of the courses; drivers vary by an own spread only.

        Nothing where nothing varies: one course ten thousand times would look like certainty.
        """
        scenario = self._work.scenario
        if not scenario.identities or set(self._work.assumed) != set(self.own):
            return {}
        if not self.own and scenario.spread_pct is None:
            return {}
        given: dict[str, Array] = {}
        for code, drawn in self.own.items():
            first = self._work.assumed[code].years[1]
            given[code] = drawn[[year - first for year in self._years]]
        for name, course in self._drivers.items():
            spread = (
                Spread({})
                if scenario.spread_pct is None
                else own_spread(course, scenario.spread_pct)
            )
            drawn = courses(name, course, spread, limits=Limits(), count=scenario.count,
                            seed=scenario.seed)  # fmt: skip
            given[name] = drawn[[year - course.years[1] for year in self._years]]
        return settle(scenario.identities, units_of(self._work), given).values if given else {}
