"""What the store knew at a moment, read once: register, plans, current figures, alternatives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from db import changes, meta, observations, register
from db.engine import Store, Tx
from db.rows import Agency, Area, Assignment
from indicators.current import best_first
from indicators.facts import Context, Standing
from indicators.model import Indicator, Observation, SetBaseline, Settings, Target, YearlyPlan
from indicators.periods import Period
from indicators.standing import standing

from .collector import sweep_soon
from .moments import today_of

ByPeriod = dict[Period, Observation]
LEAD = "lead"  # the role of an assignment that reports nothing


@dataclass(frozen=True)
class Snapshot:
    """Everything that pages, reports and the shell read of one moment.

    as_of: microseconds since 1970 (UTC). figures: indicator -> area -> period -> the current
    figure of the main series. alternatives: indicator -> figures that are not current, and those
    of named series, newest first. communes: codes of the areas in force.
    """

    as_of: int
    day: date
    data_version: int
    demo: bool
    targets: tuple[Target, ...]
    indicators: Mapping[str, Indicator]
    figures: Mapping[str, Mapping[str, ByPeriod]]
    alternatives: Mapping[str, tuple[Observation, ...]]
    plans: Mapping[str, Mapping[str, Mapping[int, YearlyPlan]]]
    fixed: Mapping[str, Mapping[str, SetBaseline]]
    areas: tuple[Area, ...]
    agencies: Mapping[str, Agency]
    assignments: tuple[Assignment, ...]
    settings: Settings = field(default_factory=Settings)

    @cached_property
    def communes(self) -> tuple[str, ...]:
        """Codes of the communes and wards in force, in order."""
        return tuple(area.code for area in self.areas)

    @cached_property
    def area_names(self) -> dict[str, str]:
        """Code -> name with kind ("Phường Chiềng An")."""
        return {area.code: area.full_name_vi or area.name_vi for area in self.areas}

    @cached_property
    def assigned(self) -> dict[str, str]:
        """Target -> the agency that reports the whole of it, where one was named by the day."""
        return {one.target: one.agency for one in self._begun if one.role != LEAD and not one.area}

    @cached_property
    def led(self) -> dict[str, str]:
        """Target -> the agency that was named to lead the whole of it."""
        return {one.target: one.agency for one in self._begun if one.role == LEAD and not one.area}

    @cached_property
    def by_area(self) -> dict[str, int]:
        """Target -> for how many of its areas an agency of their own reports."""
        return Counter(one.target for one in self._begun if one.role != LEAD and one.area)

    @cached_property
    def _begun(self) -> tuple[Assignment, ...]:
        return tuple(
            one for one in self.assignments if one.starts is None or one.starts <= self.day
        )

    def indicator_of(self, target: Target) -> Indicator:
        """How the target's figures behave."""
        return self.indicators[target.indicator or target.code]

    def standing(self, target: Target) -> Standing:
        """Where one of the targets stands."""
        code = target.indicator or target.code
        plans = self.plans.get(code, {})
        context = Context(
            self.day,
            self.settings,
            {area: {y: p.value for y, p in years.items()} for area, years in plans.items()},
            self.fixed.get(code, {}),
            self.communes,
        )
        others = [o for o in self.alternatives.get(code, ()) if o.series and not o.area]
        return standing(target, self.indicators[code], self.figures.get(code, {}), context, others)

    def standing_of(self, target: Target) -> Standing:
        """The same, worked out once for all targets."""
        return self._by_code[target.code]

    @cached_property
    def _by_code(self) -> dict[str, Standing]:
        return {one.target.code: one for one in self.standings}

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Where every target stands, in the register's order."""
        return tuple(self.standing(target) for target in self.targets)


def snapshot(
    store: Store, as_of: int, settings: Settings, codes: Collection[str] | None = None
) -> Snapshot:
    """What the store knew at a moment.

    Args:
        store: ready (migrated).
        as_of: microseconds since 1970 (UTC).
        settings: what the province decided.
        codes: only these targets and their indicators; all without it.
    """
    with store.read() as tx:
        return read(tx, as_of, settings, codes)


def read(tx: Tx, as_of: int, settings: Settings, codes: Collection[str] | None = None) -> Snapshot:
    """The same as ``snapshot`` inside an open transaction."""
    targets = register.targets(tx, as_of)
    if codes is not None:
        targets = [target for target in targets if target.code in codes]
        codes = {target.indicator or target.code for target in targets}
    figures = observations.known(tx, as_of, codes)
    sweep_soon(len(figures))
    main, others = _split(figures)
    return Snapshot(
        as_of=as_of,
        day=today_of(as_of),
        data_version=changes.data_version(tx, as_of),
        demo=meta.is_demo(tx),
        targets=tuple(targets),
        indicators={one.code: one for one in register.indicators(tx, as_of)},
        figures=main,
        alternatives=others,
        plans=_plans(register.yearly_plans(tx, as_of)),
        fixed=_fixed(register.baselines(tx, as_of)),
        areas=tuple(register.areas(tx, as_of)),
        agencies={agency.key: agency for agency in register.agencies(tx, as_of)},
        assignments=tuple(register.assignments(tx, as_of)),
        settings=settings,
    )


def _split(
    known: list[Observation],
) -> tuple[dict[str, dict[str, ByPeriod]], dict[str, tuple[Observation, ...]]]:
    """Current figures of the main series, and the rest; nearly every key has one figure only."""
    main: dict[str, dict[str, ByPeriod]] = {}
    others: dict[str, list[Observation]] = {}
    contested: dict[tuple[str, str, Period], list[Observation]] = {}
    for one in known:
        if one.series:
            others.setdefault(one.indicator, []).append(one)
            continue
        by_period = main.setdefault(one.indicator, {}).setdefault(one.area, {})
        first = by_period.setdefault(one.period, one)
        if first is not one:
            contested.setdefault((one.indicator, one.area, one.period), [first]).append(one)
    for (indicator, area, period), group in contested.items():
        current, *left = best_first(group)
        main[indicator][area][period] = current
        others.setdefault(indicator, []).extend(left)
    return main, {
        code: tuple(sorted(group, key=lambda o: (o.period.end, o.period.months), reverse=True))
        for code, group in others.items()
    }


def _plans(plans: list[YearlyPlan]) -> dict[str, dict[str, dict[int, YearlyPlan]]]:
    found: dict[str, dict[str, dict[int, YearlyPlan]]] = {}
    for plan in plans:
        if plan.period.is_year:
            found.setdefault(plan.indicator, {}).setdefault(plan.area, {})[plan.period.year] = plan
    return found


def _fixed(baselines: list[SetBaseline]) -> dict[str, dict[str, SetBaseline]]:
    found: dict[str, dict[str, SetBaseline]] = {}
    for one in baselines:
        found.setdefault(one.indicator, {})[one.area] = one
    return found
