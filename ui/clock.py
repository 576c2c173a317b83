"""The clock of what people do on a page."""

from __future__ import annotations

import time


def now() -> int:
    """The clock, in microseconds since 1970 (UTC)."""
    return time.time_ns() // 1000
