"""Chances of reaching the targets, kept for a data version and a day.

Reading kept ones needs no forecast, so that a status does not wait for numpy.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from db import kept
from db.engine import Store
from indicators.model import Reason

from .snapshot import Snapshot

METHOD = 2  # raise it whenever the forecast itself changes: what was kept before is not read
_KEY = "chances"
AT_ONCE = 300  # targets whose forecasts take less than half a second
_LOCK = threading.Lock()
_UNDER_WAY: set[tuple[str, str, int]] = set()


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


def chances(
    store: Store, known: Snapshot, code: str | None = None, *, aside: bool = False
) -> Mapping[str, Odds]:
    """The chance of each target of a snapshot, as far as nobody has to wait for it.

    Kept ones, where there are; of a register of up to AT_ONCE targets they are worked out and
    kept here and now. Of a larger one only the target asked for; the rest is missing until
    ``keep`` has worked it out.

    Args:
        store: ready.
        known: a snapshot of all targets.
        code: the one target that is needed.
        aside: in a server: where they are missing, begin to work them out in a thread.
    """
    with store.read() as tx:
        found = kept.value(tx, _key(known), known.data_version)
    if found is not None:
        return {name: Odds(*row) for name, row in json.loads(found).items()}
    if len(known.targets) <= AT_ONCE:
        return keep(store, known)
    if aside:
        _keep_aside(store, known)
    if code is None:
        return {}
    from .outlooks import work_out  # numpy, only where there is something to work out

    return work_out(known, code)


def keep(store: Store, known: Snapshot) -> Mapping[str, Odds]:
    """Work the chances of all targets out and keep them for the snapshot's data version."""
    from .outlooks import work_out

    odds = work_out(known)
    body = json.dumps({code: [one.probability, one.told] for code, one in odds.items()})
    with store.write() as tx:
        kept.keep(tx, {_key(known): body}, known.data_version, known.as_of)
    return odds


def _keep_aside(store: Store, known: Snapshot) -> None:
    """Keep them in a thread of the server; one at a time for each store and moment."""
    key = (store.url, _key(known), known.data_version)
    with _LOCK:
        if key in _UNDER_WAY:
            return
        _UNDER_WAY.add(key)

    def run() -> None:
        try:
            keep(store, known)
        finally:
            with _LOCK:
                _UNDER_WAY.discard(key)

    threading.Thread(target=run, name="chances", daemon=True).start()


def _key(known: Snapshot) -> str:
    """What the chances depend on beside the data version."""
    settings = json.dumps(asdict(known.settings), sort_keys=True)
    digest = hashlib.sha256(settings.encode()).hexdigest()[:16]
    return f"{_KEY}:{METHOD}:{known.day.isoformat()}:{digest}"
