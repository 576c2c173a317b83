"""Date cells: serial days of the 1900 system and what their number formats show."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

SHIFT_1904 = 1462  # days by which the 1904 system starts later

_EPOCH = date(1899, 12, 30)
_LAST = (date(9999, 12, 31) - _EPOCH).days
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_CLOCK = re.compile(r"h+[^ymd]*?m+|m+[^ymdh]*?s+|[hs]+", re.IGNORECASE)


def day_of(serial: float) -> date | None:
    """The day of a serial; None outside the calendar or for a time alone."""
    return _EPOCH + timedelta(days=int(serial)) if 1 <= serial <= _LAST else None


def day_text(serial: float) -> str:
    """18/07/1905; a time alone as 12:30."""
    day = day_of(serial)
    if day is not None:
        return f"{day:%d/%m/}{day.year:04d}"
    minutes = round(serial % 1 * 1440) if serial == serial and abs(serial) < 1e9 else 0
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@lru_cache(maxsize=512)
def shown_parts(number_format: str) -> frozenset[str]:
    """Which of y, m, d and t (a time) a date format shows."""
    bare = _QUOTED.sub(" ", number_format.split(";")[0]).lower()
    dates, clocks = _CLOCK.subn(" ", bare)
    parts = {sign for sign in "ymd" if sign in dates}
    return frozenset(parts | {"t"} if clocks else parts)
