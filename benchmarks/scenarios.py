"""How long the courses of a whole programme take, and how long a slider's move does.

The courses stand beside drawing their numbers and nothing else, the move beside an empty page.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from indicators.model import Settings, Target
from indicators.scenarios import Limits, Start, trajectory
from indicators.scenarios_odds import COUNT, odds, own_spread
from indicators.scenarios_shapes import Growth

from . import sliders

TARGETS, RUNS, FIRST, LAST = 32, 7, 2024, 2030


def measure() -> dict[str, Any]:
    """Both measures."""
    return {"courses": courses(), "slider": sliders.measure()}


def courses() -> dict[str, float]:
    """Seconds of the courses and of the bare draws, and the ratio with 0.2 s left aside."""
    targets = [_target(number) for number in range(TARGETS)]
    course = trajectory(Start(FIRST, 100.0), Growth(8), LAST)
    spread, limits = own_spread(course, 5), Limits(0, 1e9)

    def bare() -> None:
        for number in range(TARGETS):
            np.random.default_rng(number).standard_normal((LAST - FIRST, COUNT))

    def full() -> None:
        for target in targets:
            odds(target, course, spread, Settings(), limits=limits)

    drawn, worked = _seconds(bare), _seconds(full)
    return {
        "courses": COUNT,
        "targets": TARGETS,
        "bare_draws_s": drawn,
        "odds_s": worked,
        "ratio_beyond_0.2_s": max(worked - 0.2, 0.0) / drawn,
    }


def _target(number: int) -> Target:
    return Target(
        f"XX-{number:02d}", "", "", "", "", "level", "at_least", 150.0, None, LAST, LAST, "up",
        "province", "D", "L",
    )  # fmt: skip


def _seconds(work: Callable[[], None]) -> float:
    found = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return median(found)
