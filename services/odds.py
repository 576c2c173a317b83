"""Chances of reaching the targets, kept for a data version and a day.

Reading kept ones needs no forecast, so that a status does not wait for numpy.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from db import kept
from db.engine import Store
from indicators.model import Reason

from .snapshot import Snapshot

METHOD = 2  # raise it whenever the forecast itself changes: what was kept before is not read
_KEY = "chances"


@dataclass(frozen=True, slots=True)
class Odds:
    """The chance of reaching one target, 0.04 to 0.96 or None, with why and what contradicts it.

    told: both kinds of reasons as JSON text, read only where somebody asks for them: a status
    over 10,000 targets asks for none.
    """

    probability: float | None
    told: str = "[[], []]"

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What is said of the chance, or why there is none."""
        return self._told(0)

    @property
    def contradictions(self) -> tuple[Reason, ...]:
        """Where the forecast of a part does not fit that of its whole."""
        return self._told(1)

    def _told(self, place: int) -> tuple[Reason, ...]:
        return tuple(Reason(key, numbers) for key, numbers in json.loads(self.told)[place])


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
        return {code: Odds(*row) for code, row in json.loads(found).items()}
    from .outlooks import work_out  # numpy, only where there is something to work out

    odds = work_out(known)
    body = json.dumps({code: [one.probability, one.told] for code, one in odds.items()})
    with store.write() as tx:
        kept.keep(tx, {key: body}, known.data_version, known.as_of)
    return odds


def _key(known: Snapshot) -> str:
    """What the chances depend on beside the data version."""
    settings = json.dumps(asdict(known.settings), sort_keys=True)
    digest = hashlib.sha256(settings.encode()).hexdigest()[:16]
    return f"{_KEY}:{METHOD}:{known.day.isoformat()}:{digest}"
