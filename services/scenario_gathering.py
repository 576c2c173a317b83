"""What a scenario's assumptions make: where each target starts, and its own trajectory."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from indicators.forecast import Forecast
from indicators.model import Reason
from indicators.scenarios import Start, Trajectory, trajectory
from indicators.scenarios_drivers import problems, settle
from indicators.scenarios_goal import goal
from indicators.scenarios_shapes import MOST_YEARS, Growth, Own, Shape, Steps

from .outlooks import outlook_of
from .scenario_assumptions import ToGoal, Trend
from .scenario_bases import Basis, basis_of
from .scenario_documents import Assumption, Driver, Scenario
from .scenario_fields import Fault
from .snapshot import Snapshot


@dataclass(slots=True)
class Work:
    """What is gathered on the way."""

    known: Snapshot
    scenario: Scenario
    faults: list[Fault] = field(default_factory=list)
    bases: dict[str, Basis] = field(default_factory=dict)
    assumed: dict[str, Trajectory] = field(default_factory=dict)
    shapes: dict[str, Shape] = field(default_factory=dict)
    forecasts: dict[str, Forecast] = field(default_factory=dict)

    def wrong(self, where: str, key: str, **numbers: object) -> None:
        """Keep a fault."""
        self.faults.append(Fault(where, Reason(key, numbers)))

    def forecast(self, code: str) -> Forecast:
        """The target's own forecast, worked out once."""
        if code not in self.forecasts:
            found = outlook_of(self.known, self.bases[code].target).forecast
            self.forecasts[code] = found
        return self.forecasts[code]


def find_bases(work: Work) -> None:
    """Where each target named in the scenario starts."""
    targets = {one.code: one for one in work.known.targets}
    named = dict.fromkeys(work.scenario.targets)
    for formula in work.scenario.identities:
        named |= dict.fromkeys(n for n in (formula.result, *formula.inputs) if n in targets)
    for code in named:
        where = f"targets.{code}"
        if code not in targets:
            work.wrong(where[:120], "doc_unknown_code", code=code[:40])
            continue
        basis = basis_of(work.known, targets[code])
        if isinstance(basis, Basis):
            work.bases[code] = basis
        elif code in work.scenario.targets:
            work.faults.append(Fault(where, basis))


def identity_faults(work: Work) -> list[Fault]:
    """What is wrong with the identities as they are written."""
    found = problems(work.scenario.identities, units_of(work))
    return [Fault("identities", one) for one in found]


def units_of(work: Work) -> dict[str, str]:
    """Every name that an identity may use, with its unit."""
    units = {one.code: one.unit for one in work.known.targets}
    return units | {name: one.unit for name, one in work.scenario.drivers.items()}


def last_year(work: Work) -> int:
    """The last year of every trajectory: the latest end of the targets, or the one asked for."""
    if not work.bases:
        work.wrong("targets", "doc_empty")
        return 0
    ends = [one.target.end for one in work.bases.values()]
    asked = work.scenario.until
    last = max([*ends, asked or 0])
    latest = max(one.start.year for one in work.bases.values())
    if not latest < last <= min(one.start.year for one in work.bases.values()) + MOST_YEARS:
        work.wrong("until", "doc_until", until=last, year=latest)
    return last


def assume(work: Work, code: str, one: Assumption, until: int) -> None:
    """Work out one target's trajectory from its own assumptions."""
    basis = work.bases[code]
    shape = _shape_of(work, code, one, until)
    if shape is None:
        return
    if isinstance(shape, Growth) and basis.start.value <= 0:
        work.wrong(f"targets.{code}.shape", "doc_zero_start", code=code)
        return
    for place, effect in enumerate(one.effects):
        year = getattr(effect, "year", None)
        if year is not None and year <= basis.start.year:
            work.wrong(f"targets.{code}.effects[{place}].year", "doc_past", year=year,
                       last=basis.start.year)  # fmt: skip
    work.shapes[code] = shape
    work.assumed[code] = trajectory(basis.start, shape, until, one.effects, basis.limits)


def _shape_of(work: Work, code: str, one: Assumption, until: int) -> Shape | None:
    """The base course, of "trend" and "goal" worked out."""
    basis, course = work.bases[code], one.course
    if isinstance(course, Trend):
        values = {ahead.year: ahead.mean for ahead in work.forecast(code).years}
        if not any(year > basis.start.year for year in values):
            work.wrong(f"targets.{code}.shape", "doc_no_forecast", code=code)
            return None
        return Own(values)
    if isinstance(course, ToGoal):
        return _to_goal(work, code, one, course)
    return course


def _to_goal(work: Work, code: str, one: Assumption, course: ToGoal) -> Shape | None:
    basis = work.bases[code]
    found = goal(basis.enough, basis.start, work.known.settings, effects=one.effects,
                 limits=basis.limits)  # fmt: skip
    pace = found.growth_pct if course.by == "growth" else found.step
    if pace is None:
        reason = found.reason if not found.reachable else Reason("doc_zero_start")
        numbers = {"code": code, "unit": basis.target.unit, **reason.numbers}
        work.faults.append(Fault(f"targets.{code}.shape", Reason(reason.key, numbers)))
        return None
    return Growth(pct=pace) if course.by == "growth" else Steps(pace)


def assumed_drivers(work: Work, until: int) -> dict[str, Trajectory]:
    """The drivers that are assumed; those without a course have to follow."""
    found = {}
    for name, one in work.scenario.drivers.items():
        if one.course is None:
            continue
        start = _driver_start(work, name, one)
        if start is None:
            work.wrong(f"drivers.{name}.from", "driver_no_start", name=name)
        elif not start.year < until <= start.year + MOST_YEARS:
            work.wrong(f"drivers.{name}.from.year", "doc_until", until=until, year=start.year)
        else:
            found[name] = trajectory(start, one.course, until, one.effects)
    return found


def _driver_start(work: Work, name: str, one: Driver) -> Start | None:
    """The driver's own first value, else what the identities make of the newest figures."""
    if one.year is not None and one.value is not None:
        return Start(one.year, one.value)
    units = units_of(work)
    years = {year for basis in work.bases.values() for year in basis.values}
    for year in sorted(years, reverse=True):
        figures = {
            code: np.array([basis.values[year]])
            for code, basis in work.bases.items()
            if year in basis.values
        }
        figures |= {
            other: np.array([driver.value])
            for other, driver in work.scenario.drivers.items()
            if driver.value is not None
        }
        value = settle(work.scenario.identities, units, figures).values.get(name)
        if value is not None and np.isfinite(value[0]):
            return Start(year, float(value[0]))
    return None
