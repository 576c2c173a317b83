"""Chances of reaching the targets: worked out once for a data version and a day, then kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from db import kept
from db.engine import Store
from i18n.forecast_reasons import sentence
from indicators.forecast import Forecast
from indicators.forecast_chance import Outlook, outlook
from indicators.forecast_parts import contradictions, medians
from indicators.history import history
from indicators.model import Reason, Settings, Target

from .snapshot import Snapshot, snapshot

METHOD = 1  # raise it whenever the forecast itself changes: what was kept before is not read
_KEY = "chances"


@dataclass(frozen=True, slots=True)
class Odds:
    """The chance of reaching one target, 0.04 to 0.96 or None, with why and what contradicts it."""

    probability: float | None
    reasons: tuple[Reason, ...] = ()
    contradictions: tuple[Reason, ...] = ()


NO_ODDS = Odds(None)


def chances(store: Store, known: Snapshot) -> Mapping[str, Odds]:
    """The chance of each target of a snapshot: kept ones, else worked out and kept.

    Args:
        store: ready; what is worked out is written back to it.
        known: a snapshot of all targets.
    """
    key = _key(known)
    with store.read() as tx:
        found = kept.value(tx, key, known.data_version)
    if found is not None:
        return {code: _odds(row) for code, row in json.loads(found).items()}
    worked_out = work_out(known)
    body = json.dumps({code: asdict(odds) for code, odds in worked_out.items()}, default=list)
    with store.write() as tx:
        kept.keep(tx, {key: body}, known.data_version, known.as_of)
    return {code: _odds(row) for code, row in json.loads(body).items()}


def work_out(known: Snapshot) -> dict[str, Odds]:
    """The chance of each target, not kept."""
    forecasts: dict[str, Forecast] = {}
    found: dict[str, Odds] = {}
    for target in known.targets:
        one = outlook_of(known, target)
        forecasts[target.indicator or target.code] = one.forecast
        found[target.code] = Odds(one.chance.probability, one.chance.reasons)
    against = _contradictions(known, forecasts)
    return {
        target.code: Odds(
            found[target.code].probability,
            found[target.code].reasons,
            against.get(target.indicator or target.code, ()),
        )
        for target in known.targets
    }


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
    ahead, odds = outlook_of(known, target).forecast, chances(store, known)[code]
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


def _contradictions(
    known: Snapshot, forecasts: Mapping[str, Forecast]
) -> dict[str, tuple[Reason, ...]]:
    part_of = {code: known.indicators[code].part_of for code in forecasts}
    units = {target.indicator or target.code: target.unit for target in known.targets}
    named = {code: whole for code, whole in part_of.items() if whole}
    return contradictions(medians(forecasts), named, units=units)


def _key(known: Snapshot) -> str:
    """What the chances depend on beside the data version."""
    settings = json.dumps(asdict(known.settings), sort_keys=True)
    digest = hashlib.sha256(settings.encode()).hexdigest()[:16]
    return f"{_KEY}:{METHOD}:{known.day.isoformat()}:{digest}"


def _odds(row: Mapping[str, Any]) -> Odds:
    return Odds(
        row["probability"],
        tuple(Reason(one["key"], one["numbers"]) for one in row["reasons"]),
        tuple(Reason(one["key"], one["numbers"]) for one in row["contradictions"]),
    )
