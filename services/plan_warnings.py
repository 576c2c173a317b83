"""What is odd about yearly plans as they would stand: told, not refused."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from db import register
from db.engine import Tx
from i18n.numbers import number
from i18n.words import words
from indicators.bounds import goes_down
from indicators.model import CUMULATIVE, EACH_AREA, LEVEL, Target

from .plans import Plans
from .register_known import STANDING

Years = dict[int, float]


def warnings(tx: Tx, plans: Plans, lang: str = "vi") -> Iterator[str]:
    """One sentence for each oddity: a plan that turns back, or that misses what is asked.

    Args:
        tx: open.
        plans: as they were understood.
        lang: of the sentences.
    """
    touched = {key[:2] for key in (*plans.rows, *plans.withdrawn)}
    targets = register.targets(tx, STANDING)
    for one in targets:
        for indicator, area in sorted(touched):
            if indicator == (one.indicator or one.code):
                yield from _odd(one, _years(plans, indicator, area), lang)


def _years(plans: Plans, indicator: str, area: str) -> Years:
    """The plans of an indicator and area by year, as they would stand."""
    found: Years = {}
    for key, row in plans.stands.items():
        if key[:2] == (indicator, area) and key not in plans.withdrawn:
            found[int(key[2])] = float(row.values["value"])
    for key, given in plans.rows.items():
        if key[:2] == (indicator, area):
            found[int(key[2])] = float(str(given["value"]))
    return dict(sorted(found.items()))


def _odd(target: Target, years: Years, lang: str) -> Iterator[str]:
    _ = words(lang)
    said = {"code": target.code, "unit": target.unit}
    if target.kind == CUMULATIVE:
        own = [value for year, value in years.items() if target.start <= year <= target.end]
        complete = len(own) == target.end - target.start + 1
        if complete and sum(own) < target.low:
            yield _(
                "adminreg.plan_sum",
                total=number(sum(own), 6, lang),
                low=number(target.low, 6, lang),
                **said,
            )
        return
    if target.kind not in (LEVEL, EACH_AREA):
        return
    down = goes_down(target.comparator, target.direction)
    ahead = [(year, value) for year, value in years.items() if year >= target.term[0]]
    for (before, old), (year, new) in itertools.pairwise(ahead):
        if (new > old) if down else (new < old):
            key = "adminreg.plan_rises" if down else "adminreg.plan_falls"
            shown = {"old": number(old, 6, lang), "new": number(new, 6, lang)}
            yield _(key, before=before, year=year, **shown, **said)
    last = years.get(target.end)
    if last is not None and ((last > target.low) if down else (last < target.low)):
        shown = {"value": number(last, 6, lang), "low": number(target.low, 6, lang)}
        yield _("adminreg.plan_short", year=target.end, **shown, **said)
