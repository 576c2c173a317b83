"""Why the default verdict and the chance of reaching a target point different ways.

The verdict carries on the mean pace of the last years in a straight line; the forecast gives
recent years more weight, lets a pace fade, and counts what may come in between. Where one
says on track and the other "rather not", or the other way round, a reader is told which.
"""

from __future__ import annotations

from .forecast_chance import Chance
from .model import Reason

ON_TRACK, AT_RISK = "on_track", "at_risk"
EVEN = 0.5


def differs(scale: str, chance: Chance, *, meets_now: bool) -> Reason | None:
    """The reason to show beside verdict and chance; None where they agree or one is missing.

    Args:
        scale: the verdict's key on the common scale.
        chance: of the same target on the same day.
        meets_now: whether the newest value already is what the target asks for.
    """
    if chance.probability is None or not chance.reasons:
        return None
    numbers = chance.reasons[0].numbers
    if scale == ON_TRACK and chance.probability < EVEN:
        if numbers.get("comparator") == "between" and "bound_high" in numbers:
            return Reason("differs_wide", numbers)
        return Reason("differs_met_now" if meets_now else "differs_on_track", numbers)
    if scale == AT_RISK and chance.probability >= EVEN:
        return Reason("differs_at_risk", numbers)
    return None
