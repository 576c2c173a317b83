"""Days of the province as moments of the store: microseconds since 1970 UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from i18n.dates import PROVINCE_TIME

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def start_of(day: date) -> int:
    """The first moment of a day in Asia/Ho_Chi_Minh."""
    return (datetime.combine(day, time(), PROVINCE_TIME) - _EPOCH) // _MICROSECOND


def end_of(day: date) -> int:
    """The last moment of a day in Asia/Ho_Chi_Minh."""
    return start_of(day + timedelta(days=1)) - 1


def day_of(moment: int) -> date:
    """The day of a moment in Asia/Ho_Chi_Minh."""
    return (_EPOCH + moment * _MICROSECOND).astimezone(PROVINCE_TIME).date()
