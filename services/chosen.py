"""What the province decided about verdicts, from the settings of the environment."""

from __future__ import annotations

import settings
from indicators.methods.registry import METHODS
from indicators.model import Settings


def assessment() -> Settings:
    """Default method, tolerance of "about" and age of stale figures.

    Raises:
        settings.BadSetting: a value has the wrong form, or no method has that key.
    """
    own = settings.read()
    if own.method not in METHODS:
        known = ", ".join(sorted(METHODS))
        raise settings.BadSetting(f"DEFAULT_METHOD is one of {known}, not {own.method!r}")
    return Settings(
        about_pct=own.about_pct,
        stale_months=own.stale_months,
        method=own.method,
        near_pct=own.near_pct,
        slow_pct=own.slow_pct,
    )
