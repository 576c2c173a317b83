"""Where a scenario of each target starts: its latest yearly figure or its running total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from indicators.bounds import goes_down
from indicators.facts import Standing
from indicators.model import (
    AT_LEAST,
    CUMULATIVE,
    DONE,
    MORE_THAN,
    RATE,
    Indicator,
    Reason,
    Target,
)
from indicators.periods import whole_year
from indicators.scenarios import Limits, Start
from indicators.scenarios_past import Achieved, achieved

from .snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Basis:
    """One target with what a scenario of it starts from.

    period: of the figure, of a running total its end. values: year -> figure (amounts of the
    years of a cumulative target). area: of an each_area target the area whose figures these are.
    """

    target: Target
    indicator: Indicator
    standing: Standing
    start: Start
    period: str
    values: Mapping[int, float]
    area: str = ""

    @property
    def limits(self) -> Limits:
        """What values are possible."""
        return Limits(self.indicator.minimum, self.indicator.maximum)

    @property
    def whole(self) -> bool:
        """Whether values are whole numbers, which are compared rounded."""
        return self.indicator.decimals == 0 and self.indicator.measure != RATE

    @property
    def enough(self) -> Target:
        """The target with a bound that is enough to reach.

        What has to be passed ("trên 90%") is met by its last digit more, or by half of what is
        still possible where that is less.
        """
        target, high = self.target, self.indicator.maximum
        if target.comparator != MORE_THAN:
            return target
        more = 10.0**-self.indicator.decimals
        if high is not None:
            more = min(more, max(high - target.low, 0.0) / 2)
        low = round(target.low + more, self.indicator.decimals + 2)
        return replace(target, comparator=AT_LEAST, low=low)

    @property
    def past(self) -> Achieved | None:
        """The paces of the last years."""
        down = goes_down(self.target.comparator, self.target.direction)
        return achieved(self.values, down=down, total=self.target.kind == CUMULATIVE)


def basis_of(known: Snapshot, target: Target) -> Basis | Reason:
    """Where a scenario of a target starts, or why there is none."""
    numbers: dict[str, object] = {"code": target.code}
    if target.comparator == DONE:
        return Reason("goal_done", numbers)
    standing = known.standing_of(target)
    values = {one.year: one.value for one in standing.series if one.year <= known.day.year}
    if target.kind == CUMULATIVE:
        found = _of_total(standing, values)
    elif values:
        last = max(values)
        period = next(one.period for one in standing.series if one.year == last)
        found = Start(last, values[last]), period.text
    else:
        found = None
    if found is None:
        return Reason("goal_no_figure", numbers)
    indicator = known.indicator_of(target)
    return Basis(target, indicator, standing, *found, values, standing.area or "")


def _of_total(standing: Standing, values: Mapping[int, float]) -> tuple[Start, str] | None:
    """The running total; a year's amount is its last whole year's, else what the months make."""
    target, total = standing.target, standing.total
    before = target.start - 1
    if total is None:
        earlier = [year for year in values if year <= before]
        if not earlier:
            return None
        return Start(before, values[max(earlier)], total=0.0), whole_year(before).text
    year, months = total.end.year, total.end.last
    counted = (year - total.start.year) * 12 + months
    whole = [one for one in values if one <= year]
    amount = values[max(whole)] if whole else total.value * 12 / counted
    start = Start(year, amount, total=total.value, open_share=(12 - months) / 12)
    return start, total.end.text
