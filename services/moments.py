"""Days and times of the province as moments of the store: microseconds since 1970 UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from i18n.dates import PROVINCE_TIME

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Of what the register's years may be: in the year 9999 a page would draw 8,000 years of path.
YEARS = (1990, 2200)


def micros(at: datetime) -> int:
    """An aware time as a moment.

    Raises:
        ValueError: the time has no offset.
    """
    if at.tzinfo is None:
        raise ValueError(f"a time without offset: {at.isoformat()}")
    return (at - _EPOCH) // _MICROSECOND


def moment(text: str) -> int:
    """The moment that ``--as-of`` names.

    text: a day, which is its end in the province (2026-06-05), or a time with offset
        (2026-06-05T10:00:00+07:00, 2026-06-05T03:00:00Z).

    Raises:
        ValueError: neither, or outside YEARS.
    """
    stripped = text.strip()
    if _DAY.match(stripped) and not YEARS[0] <= int(stripped[:4]) <= YEARS[1]:
        raise ValueError(f"no day from {YEARS[0]} to {YEARS[1]}: {text!r}")
    if _DAY.fullmatch(stripped):
        return day_end(date.fromisoformat(stripped))
    if not _DAY.match(stripped):
        raise ValueError(f"no day or time: {text!r}")
    return micros(datetime.fromisoformat(stripped))


def day_start(day: date) -> int:
    """The first moment of a day in Asia/Ho_Chi_Minh."""
    return micros(datetime.combine(day, time.min, PROVINCE_TIME))


def day_end(day: date) -> int:
    """The last moment of a day in Asia/Ho_Chi_Minh."""
    return micros(datetime.combine(day, time.max, PROVINCE_TIME))


def today_of(as_of: int) -> date:
    """The day in Asia/Ho_Chi_Minh that a moment lies in."""
    return _local(as_of).date()


def iso(at: int) -> str:
    """A moment as text in the province's time: 2026-11-22T10:00:00.123456+07:00.

    ``moment`` reads it back exactly.
    """
    return _local(at).isoformat(timespec="microseconds")


def _local(at: int) -> datetime:
    return (_EPOCH + at * _MICROSECOND).astimezone(PROVINCE_TIME)
