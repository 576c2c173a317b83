"""Courses that are kept: the answer is the same as drawn anew, and there are never too many."""

from __future__ import annotations

import numpy as np

from db.engine import Store
from indicators.model import Settings
from indicators.scenarios_odds import Odds
from services.scenario_desk import Desk, view
from services.scenario_draws import KEPT, Drawn
from services.snapshot import snapshot

AT = 1_795_000_000_000_000


def document(pct: float, **more: object) -> dict:
    targets = {
        "DL-01": {"shape": {"kind": "growth", "pct": pct}},
        "GD-01": {"shape": {"kind": "steps", "amount": 2}},
    }
    return {"targets": targets, **more}


def test_what_was_drawn_before_changes_no_answer(untouched: Store):
    known = snapshot(untouched, AT, Settings())
    used = Desk(known)
    own = {"spread": {"kind": "own", "pct": 9}}
    wanted = [document(8), document(12), document(8, seed=5), document(8, **own), document(8)]
    for one in wanted:
        assert view(used, one).answer == view(Desk(known), one).answer
    assert len(used.kept.found) == 2 + 1 + 2 + 2  # GD-01 is drawn anew for another seed or spread


def test_what_was_unused_for_longest_goes():
    kept, one = Drawn(), (np.zeros((1, 1)), Odds(0.0, {}, None, {}, np.zeros((1, 1))))
    for number in range(KEPT):
        kept.put((number,), one)
    assert kept.get((0,)) is one
    kept.put(("new",), one)
    assert len(kept.found) == KEPT
    assert kept.get((1,)) is None
    assert kept.get((0,)) is one
