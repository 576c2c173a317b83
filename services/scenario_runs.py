"""From assumptions to trajectories, chances and what does not fit; plain values, no words yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from indicators.forecast import Forecast
from indicators.forecast_parts import contradictions
from indicators.model import EVERY_YEAR, Reason
from indicators.scenarios import Trajectory
from indicators.scenarios_drivers import Settled, settle
from indicators.scenarios_goal import goal
from indicators.scenarios_odds import (
    Odds,
    judged,
    value_meets,
)
from indicators.scenarios_shapes import Shape

from .scenario_bases import Basis
from .scenario_documents import Scenario
from .scenario_draws import Courses, Drawn
from .scenario_fields import Fault
from .scenario_gathering import (
    Work,
    assume,
    assumed_drivers,
    find_bases,
    identity_faults,
    last_year,
    units_of,
)
from .snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """One target under the scenario.

    odds: None where nothing gives a spread. given_by: the identity that it follows from, "" where
    it is assumed. reached: at the end (every_year: in each year asked for). reached_year: from
    which year on it stays met; missed: of an every_year target the years that fail.
    end: value of the target's last year. gap: that less the weak end's value.
    """

    basis: Basis
    course: Trajectory
    odds: Odds | None
    given_by: str
    reached: bool
    reached_year: int | None
    missed: tuple[int, ...]
    end: float
    gap: float


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What a scenario gives.

    drivers: name -> year -> value. clashes: what does not fit. shapes: code -> the base course,
    of "trend" and "goal" the one that was worked out. given: name -> identity it follows from.
    """

    scenario: Scenario
    results: tuple[Result, ...]
    drivers: Mapping[str, Mapping[int, float]]
    clashes: tuple[Reason, ...]
    faults: tuple[Fault, ...] = ()
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)


def run(
    known: Snapshot,
    scenario: Scenario,
    forecasts: dict[str, Forecast] | None = None,
    kept: Drawn | None = None,
) -> Run:
    """Trajectories, chances and contradictions of a scenario; faults where it cannot be run.

    forecasts, kept: of the same snapshot; what is worked out and drawn here is added.
    """
    work = Work(known, scenario, forecasts={} if forecasts is None else forecasts)
    find_bases(work)
    faults = identity_faults(work)
    work.faults += faults
    if work.faults:
        return Run(scenario, (), {}, (), tuple(work.faults))
    until = last_year(work)
    if work.faults:
        return Run(scenario, (), {}, (), tuple(work.faults))
    for code, one in scenario.targets.items():
        if one.course is not None:
            assume(work, code, one, until)
    drivers = assumed_drivers(work, until)
    if work.faults:
        return Run(scenario, (), {}, (), tuple(work.faults))
    settled, years = _settled(work, drivers)
    results = _results(work, settled, years, drivers, Drawn() if kept is None else kept)
    if work.faults:
        return Run(scenario, (), {}, (), tuple(work.faults))
    shown = {
        name: dict(zip(years, settled.values[name].tolist(), strict=True))
        for name in scenario.drivers
        if name in settled.values
    }
    return Run(
        scenario,
        results,
        shown,
        _clashes(work, settled, years, results),
        shapes=work.shapes,
        given=settled.given_by,
    )


def _settled(work: Work, drivers: Mapping[str, Trajectory]) -> tuple[Settled, tuple[int, ...]]:
    """Everything that is assumed and what the identities make of it, year by year."""
    given = {**work.assumed, **drivers}
    first = max((one.years[0] for one in given.values()), default=0) + 1
    last = min((one.years[-1] for one in given.values()), default=0)
    years = tuple(range(first, last + 1))
    values = {name: np.array([one.of(year) for year in years]) for name, one in given.items()}
    return settle(work.scenario.identities, units_of(work), values), years


def _results(
    work: Work,
    settled: Settled,
    years: tuple[int, ...],
    drivers: Mapping[str, Trajectory],
    kept: Drawn,
) -> tuple[Result, ...]:
    for name in settled.open:
        if name in work.scenario.targets or name in work.scenario.drivers:
            work.wrong("identities", "formula_open", name=name)
    drawn = Courses(work, drivers, years, settled, kept)
    found = []
    for code, basis in work.bases.items():
        if code in work.assumed:
            course = work.assumed[code]
            found.append(_judged(work, basis, course, drawn.odds.get(code), ""))
        elif code in settled.given_by:
            result = _derived(work, basis, settled, years, drawn)
            if result is not None:
                found.append(result)
        elif code in work.scenario.targets and code not in settled.open:
            work.wrong(f"targets.{code}", "formula_open", name=code)
    return tuple(found)


def _derived(
    work: Work, basis: Basis, settled: Settled, years: tuple[int, ...], drawn: Courses
) -> Result | None:
    """A target that follows from an identity; it starts at its own figure."""
    code = basis.target.code
    values = settled.values[code]
    if not np.isfinite(values).all():
        year = years[int(np.argmin(np.isfinite(values)))]
        work.wrong("identities", "formula_no_value", name=code, year=year)
        return None
    first = basis.start.year
    own = [year for year in years if year > first]
    gap = list(range(first + 1, own[0])) if own else []
    tail = [float(values[years.index(year)]) for year in own]
    between = (
        np.interp(gap, [first, own[0]], [basis.start.counted, tail[0]]).tolist() if own else []
    )
    all_values = (basis.start.counted, *between, *tail)
    course = Trajectory((first, *gap, *own), all_values, all_values)
    odds = None
    joined = drawn.joined.get(code)
    if joined is not None:
        rows = joined[[years.index(year) for year in own]]
        odds = judged(basis.target, own, rows, work.known.settings, whole=basis.whole)
    return _judged(work, basis, course, odds, settled.given_by[code])


def _judged(
    work: Work, basis: Basis, course: Trajectory, odds: Odds | None, given_by: str
) -> Result:
    target, settings = basis.target, work.known.settings
    met = {
        year: value_meets(target, value, settings, whole=basis.whole)
        for year, value in zip(course.years, course.values, strict=True)
        if year > basis.start.year or course.years[-1] == basis.start.year
    }
    last = min(max(target.end, course.years[0]), course.years[-1])
    asked = [last]
    if target.kind == EVERY_YEAR:
        asked = [year for year in met if target.start <= year <= last] or [last]
    missed = tuple(year for year in asked if not met.get(year, False))
    stays = None
    for year in sorted(met, reverse=True):
        if not met[year]:
            break
        stays = year
    end = course.values[last - course.years[0]]
    aim = goal(target, basis.start, settings, limits=basis.limits).aim
    return Result(basis, course, odds, given_by, not missed, None if missed else stays,
                  missed if target.kind == EVERY_YEAR else (), end, end - aim)  # fmt: skip


def _clashes(
    work: Work, settled: Settled, years: Sequence[int], results: Sequence[Result]
) -> tuple[Reason, ...]:
    """Identities whose sides differ, and parts that do not fit their wholes."""
    found = []
    for clash in settled.clashes:
        place = clash.numbers["place"]
        year = years[place] if isinstance(place, int) else 0
        found.append(Reason(clash.key, {**clash.numbers, "year": year}))
    values = {
        one.basis.indicator.code: dict(
            zip(one.course.years[1:], one.course.values[1:], strict=True)
        )
        for one in results
    }
    part_of = {code: work.known.indicators[code].part_of for code in values}
    units = {one.basis.indicator.code: one.basis.target.unit for one in results}
    against = contradictions(values, {c: w for c, w in part_of.items() if w}, units=units)
    seen: list[Reason] = []
    for reasons in against.values():
        seen += [one for one in reasons if one not in seen]
    return (*found, *seen)
