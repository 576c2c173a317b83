"""How the forecast did on series whose later years are known: shown where it is explained.

The numbers are those of ``python -m benchmarks.forecast`` on benchmarks/data (UK, Canada and
other countries); tests/test_benchmarks_forecast.py holds them against a fresh run.
"""

from __future__ import annotations

from typing import NamedTuple


class Tenth(NamedTuple):
    """Target questions whose stated chance lay in one tenth: mean, share come true, cases."""

    stated: float
    came_true: float
    cases: int


SERIES, FORECASTS, FORECAST_YEARS = 452, 3268, 14752

# Error of the central forecast and of the whole distribution, as a share of those of the
# forecast "as last year"; share of the true values inside the stated intervals.
ERROR_SHARE, DISTRIBUTION_ERROR_SHARE = 0.950, 0.852
INSIDE_80_PCT, INSIDE_95_PCT = 81.1, 93.2
BRIER_SKILL = 0.120

CALIBRATION = (
    Tenth(0.055, 0.051, 6374),
    Tenth(0.150, 0.141, 5522),
    Tenth(0.252, 0.221, 6764),
    Tenth(0.354, 0.332, 9935),
    Tenth(0.451, 0.442, 14620),
    Tenth(0.546, 0.532, 12373),
    Tenth(0.646, 0.672, 6754),
    Tenth(0.748, 0.767, 4901),
    Tenth(0.849, 0.851, 3917),
    Tenth(0.935, 0.911, 2600),
)
