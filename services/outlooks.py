"""Forecasts of the targets, and the chance of reaching each that follows from them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from db.engine import Store
from i18n.forecast_reasons import sentence
from indicators.forecast import Forecast
from indicators.forecast_chance import Outlook, outlook
from indicators.forecast_parts import MEAN, contradictions, medians
from indicators.history import history
from indicators.model import Reason, Settings, Target

from .odds import Odds, chances, keep
from .snapshot import Snapshot, snapshot


def work_out(known: Snapshot, code: str | None = None) -> dict[str, Odds]:
    """The chance of each target, or of one and its parts and wholes; not kept."""
    targets = known.targets if code is None else _family(known, code)
    found = {target.code: outlook_of(known, target) for target in targets}
    forecasts = {target.indicator or target.code: found[target.code].forecast for target in targets}
    against = _contradictions(known, forecasts)
    return {
        target.code: Odds(
            found[target.code].chance.probability,
            _as_text(
                found[target.code].chance.reasons,
                against.get(target.indicator or target.code, ()),
            ),
        )
        for target in targets
    }


def _family(known: Snapshot, code: str) -> list[Target]:
    """The targets whose forecasts one target's must fit: its whole, its parts, their fellows."""

    def whole(target: Target) -> str:
        return known.indicator_of(target).part_of.removeprefix(MEAN)

    own = next(target for target in known.targets if target.code == code)
    heads = {own.indicator or own.code, whole(own)} - {""}
    return [
        target
        for target in known.targets
        if target is own or (target.indicator or target.code) in heads or whole(target) in heads
    ]


def _as_text(*kinds: tuple[Reason, ...]) -> str:
    plain = [[[one.key, one.numbers] for one in reasons] for reasons in kinds]
    return json.dumps(plain, ensure_ascii=False, default=list)


def outlook_of(known: Snapshot, target: Target) -> Outlook:
    """Forecast and chance of one target."""
    indicator = known.indicator_of(target)
    standing = known.standing_of(target)
    figures = known.figures.get(indicator.code, {}).get("", {})
    past = history(standing, indicator, figures, known.day)
    return outlook(target, indicator, past, known.day, known.settings)


def forecast(store: Store, as_of: int, settings: Settings, code: str) -> dict[str, Any] | None:
    """The forecast of one target as plain data; None where there is no such code.

    Args:
        store: ready.
        as_of: microseconds since 1970 (UTC).
        settings: what the province decided.
        code: the target's.

    Returns:
        code, points, periods (period, mean, quantiles), probability, reason_vi, reason_en.
    """
    known = snapshot(store, as_of, settings)
    target = next((one for one in known.targets if one.code == code), None)
    if target is None:
        return None
    ahead, odds = outlook_of(known, target).forecast, chances(store, known, code)[code]
    reasons = (*odds.reasons, *odds.contradictions)
    return {
        "code": code,
        "points": ahead.points,
        "periods": [
            {
                "period": str(year.year),
                "mean": year.mean,
                "quantiles": {f"{level:g}": value for level, value in year.quantiles.items()},
            }
            for year in ahead.years
        ],
        "probability": odds.probability,
        "reason_vi": " ".join(sentence(one, "vi") for one in reasons),
        "reason_en": " ".join(sentence(one, "en") for one in reasons),
    }


def keep_all(store: Store, as_of: int, settings: Settings) -> int:
    """Work out and keep the chances of every target as of a moment; how many targets."""
    return len(keep(store, snapshot(store, as_of, settings)))


def _contradictions(
    known: Snapshot, forecasts: Mapping[str, Forecast]
) -> dict[str, tuple[Reason, ...]]:
    part_of = {code: known.indicators[code].part_of for code in forecasts}
    units = {target.indicator or target.code: target.unit for target in known.targets}
    named = {code: whole for code, whole in part_of.items() if whole}
    return contradictions(medians(forecasts), named, units=units)
