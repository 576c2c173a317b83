"""What a method is given and what it gives back: one case in, one result out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..bounds import exceeds, goes_down, meets, weak_end
from ..model import ABOUT, CUMULATIVE, EACH_AREA, LEVEL, Reason

DIRECTION, DONE_KIND = "direction", "done"
NOT_APPLICABLE = "not_applicable"

DEFAULT_TOLERANCE = 0.05


class MethodTarget(NamedTuple):
    """A target as the methods read it; the keys of the published table of cases.

    value, high: the value asked for (of an interval the lower end) and the upper end.
    kind: level, every_year, cumulative, each_area, done, or direction (no value asked for).
    year, base_year: the target year and where the way begins; for a cumulative target
        ``base_year`` is the first counted year.
    tol: what counts as "about", as a share (0.05). limit: a natural end of the scale.
    window_end, span: last year of the trend and years to the target (SDG Index).
    near, slow: shares of the gap that may stay open under the German rule.
    scale: what a value is a share of (100 for %), for the logit of the ESCAP indices.
    unit, decimals: only carried on into the reason.
    """

    value: float | None = None
    comparator: str = ""
    direction: str = "up"
    year: int | None = None
    base_year: int | None = None
    kind: str = LEVEL
    high: float | None = None
    limit: float | None = None
    window_end: int | None = None
    span: float | None = None
    scale: float | None = None
    tol: float = DEFAULT_TOLERANCE
    unit: str = ""
    decimals: int = 1
    near: float = 0.05
    slow: float = 0.20


class Case:
    """One series under one target, ready to be judged; never changed once made.

    years, values: ascending, nothing after the as-of year; of a cumulative target the running
        totals, 0 in the year before the first counted one; of each_area no years, one value
        an area.
    as_of: the as-of year. unused: keys of the series that no method can use here.
    hole: the running total lacks a year.
    down: whether a smaller value is the better one.
    two_sided: whether a level must stay near its value: too much is as wrong as too little.
    sign: +1 where up is better, -1 where down is; two-sided: the way to the target.
    goal: the value that is just enough; None where only a direction is asked for.
    """

    __slots__ = (
        "as_of",
        "down",
        "goal",
        "hole",
        "sign",
        "target",
        "two_sided",
        "unused",
        "values",
        "years",
    )

    def __init__(
        self,
        years: tuple[int, ...],
        values: tuple[float, ...],
        target: MethodTarget,
        as_of: int,
        unused: tuple[str, ...] = (),
        hole: bool = False,
    ) -> None:
        self.years, self.values, self.target = years, values, target
        self.as_of, self.unused, self.hole = as_of, unused, hole
        comparator, value = target.comparator, target.value
        self.down = goes_down(comparator, target.direction)
        self.two_sided = comparator == ABOUT and target.direction == "keep" and target.kind == LEVEL
        self.sign = -1 if self.down else 1
        if self.two_sided and values and value is not None:
            self.sign = -1 if values[-1] > value else 1
        self.goal: float | None = None
        if value is not None and target.kind != DIRECTION:
            self.goal = weak_end(comparator, value, target.high, 100 * target.tol, self.sign < 0)

    def over(self, points: Mapping[int, float], target: MethodTarget | None = None) -> Case:
        """The same case over other points (year → value), under another target if given."""
        years = tuple(sorted(points))
        values = tuple(points[year] for year in years)
        return Case(years, values, target or self.target, self.as_of, self.unused, self.hole)

    @property
    def figures(self) -> int:
        """How many values were reported: the start of a running total is none."""
        return max(0, len(self.values) - (self.target.kind == CUMULATIVE))

    def meets(self, value: float) -> bool:
        """Whether a value is what the target asks for, or better; False without a value."""
        target = self.target
        if target.value is None or target.kind == DIRECTION:
            return False
        return meets(
            value,
            target.comparator,
            target.value,
            target.high,
            100 * target.tol,
            down=self.down,
            two_sided=self.two_sided,
        )

    def exceeds(self, value: float) -> bool:
        """Whether a value is better than the target asks for; False without a value."""
        target = self.target
        if target.value is None or target.kind == DIRECTION:
            return False
        return exceeds(
            value,
            target.comparator,
            target.value,
            target.high,
            100 * target.tol,
            down=self.down,
            two_sided=self.two_sided,
        )

    def reason(self, key: str, **numbers: object) -> Reason:
        """A reason that carries unit, decimals, kind and comparator beside its numbers."""
        target = self.target
        return Reason(
            key,
            {
                "unit": target.unit,
                "decimals": target.decimals,
                "kind": target.kind,
                "comparator": target.comparator,
                **numbers,
            },
        )

    def result(
        self,
        method: Method,
        label: str,
        number: float | None,
        key: str,
        numbers: dict[str, object],
        used: tuple[int, ...],
    ) -> Result:
        """A method's result on this case: label, number, reason and the years it used."""
        unused = self.unused
        if len(used) < len(self.years):
            unused += tuple([str(year) for year in self.years if year not in used])
        numbers["label"] = label
        target = self.target
        numbers["unit"], numbers["decimals"] = target.unit, target.decimals
        numbers["kind"], numbers["comparator"] = target.kind, target.comparator
        reason = Reason(key, numbers)
        return Result(method.key, label, number, len(used), method.needs, reason, used, unused)


class Result(NamedTuple):
    """What one method says of one case.

    label: the method's own word. number: the method's own figure, None where it has none.
    points, needs: how many values it had to go on, and how many it asks for.
    used, unused: keys of the series that entered the result, and that did not.
    provisional: the formula was applied to fewer points than the method asks for.
    """

    method: str
    label: str
    number: float | None
    points: int
    needs: int
    reason: Reason
    used: tuple[int, ...] = ()
    unused: tuple[str, ...] = ()
    provisional: bool = False

    @property
    def numbers(self) -> dict[str, float]:
        """The numbers behind the label, by name."""
        return {
            name: value
            for name, value in self.reason.numbers.items()
            if isinstance(value, (int, float))
        }


@dataclass(frozen=True, slots=True)
class Method:
    """One registered method.

    labels: its own words, best first, the last for "not judged".
    needs: how many values it asks for.
    scale: label → on_track, behind or at_risk, for a province that takes it as the default.
    source: author, title, year. reads: the kinds of target of the register that it
    can judge. from_baseline: whether it starts from the target's baseline. by_growth: whether it
    compares growth rates, so that no target of 0 can be reached.
    """

    key: str
    judge: Callable[[Case], Result]
    needs: int
    labels: tuple[str, ...]
    source: str
    scale: Mapping[str, str]
    reads: frozenset[str] = frozenset({LEVEL})
    from_baseline: bool = False
    by_growth: bool = False


def read_target(target: MethodTarget | Mapping[str, object]) -> MethodTarget:
    """A target from a mapping with the keys of `MethodTarget`; other keys are left out.

    Raises:
        ValueError: a value that must be a number is none.
    """
    if isinstance(target, MethodTarget):
        return target
    get = target.get
    value, year, base_year, high, limit, window_end, span, scale, tolerance = [
        None if (given := get(key)) is None else _number(key, given) for key in _NUMBERS
    ]
    return MethodTarget(
        value,
        str(get("comparator") or ""),
        str(get("direction") or "up"),
        None if year is None else int(year),
        None if base_year is None else int(base_year),
        str(get("kind") or (LEVEL if value is not None else DIRECTION)),
        high,
        limit,
        None if window_end is None else int(window_end),
        span,
        scale,
        DEFAULT_TOLERANCE if tolerance is None else tolerance,
        str(get("unit") or ""),
    )


def read_case(
    series: Mapping[int | str, float | None] | Mapping[int, float] | Mapping[str, float],
    target: MethodTarget | Mapping[str, object],
    as_of: int,
) -> Case:
    """The case of a series (year → value, or area → value) under a target in an as-of year.

    Values that are absent or no finite number, and years after the as-of year, are not used.

    Raises:
        ValueError: a key is no year, or a value of the target is no number.
    """
    wanted = read_target(target)
    if wanted.kind == EACH_AREA:
        areas = {str(k): v for k, v in series.items() if v is not None and math.isfinite(v)}
        left = tuple(str(k) for k in series if str(k) not in areas)
        return Case((), tuple(map(float, areas.values())), wanted, as_of, left)
    points, unused = _points(series, as_of)
    if wanted.kind == CUMULATIVE:
        points, before = _running_total(points, wanted.base_year)
        unused += before
    years, values = zip(*points, strict=True) if points else ((), ())
    return Case(years, values, wanted, as_of, tuple(unused))


def _points(
    series: Mapping[int | str, float | None] | Mapping[int, float] | Mapping[str, float],
    as_of: int,
) -> tuple[list[tuple[int, float]], list[str]]:
    """The points up to the as-of year in order, and the keys of what is left out."""
    try:  # nearly every series is whole: 90,000 of them are read in a second this way
        points = sorted(zip(map(int, series), map(float, series.values()), strict=True))  # type: ignore[arg-type]  # an absent value raises
        if not points or (points[-1][0] <= as_of and math.isfinite(sum(v for _, v in points))):
            return points, []
    except TypeError:
        points = [(int(k), math.nan if v is None else float(v)) for k, v in series.items()]
    kept = sorted(p for p in points if p[0] <= as_of and math.isfinite(p[1]))
    years = {year for year, _ in kept}
    return kept, [str(key) for key in series if int(key) not in years]


def refused(case: Case, method: Method, label: str, key: str, **numbers: object) -> Result:
    """A result without a judgement: the method's word for it and the reason."""
    return Result(
        method.key,
        label,
        None,
        case.figures,
        method.needs,
        case.reason(key, points=case.figures, needs=method.needs, **numbers),
        (),
        case.unused,
    )


def _running_total(
    points: list[tuple[int, float]], first: int | None
) -> tuple[list[tuple[int, float]], list[str]]:
    """Totals since the first counted year, 0 the year before; and the years before that."""
    counted = [point for point in points if first is None or point[0] >= first]
    before = [str(year) for year, _ in points[: len(points) - len(counted)]]
    if not counted:
        return [], before
    start = counted[0][0] if first is None else first
    totals = [(start - 1, 0.0)]
    for year, value in counted:
        totals.append((year, totals[-1][1] + value))
    return totals, before


_NUMBERS = (
    "value",
    "year",
    "base_year",
    "high",
    "limit",
    "window_end",
    "span",
    "scale",
    "tol",
)


def _number(key: str, value: object) -> float | None:
    if value == "":
        return None
    if isinstance(value, (int, float, str)):
        return float(value)
    raise ValueError(f"{key} of the target is no number: {value!r}")
