"""Days and moments as people read them: 31/12/2026 · ngày 05 tháng 6 năm 2026 · 30/06/2026 14:02.

The province's time is UTC+7 without summer time, which needs no time zone database.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

PROVINCE_TIME = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day_text(day: date, lang: str = "vi") -> str:
    """A day on screen: 05/06/2026; in English 5 Jun 2026, which nobody reads as 6 May."""
    if lang == "vi":
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def day_in_document(day: date, lang: str = "vi") -> str:
    """A day in a document: ngày 05 tháng 6 năm 2026.

    Days below 10 and the months 1 and 2 have a zero in front (Nghị định 30/2020/NĐ-CP,
    Phụ lục I).
    """
    if lang == "vi":
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        return f"ngày {day.day:02d} tháng {month} năm {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_name(month: int, lang: str = "vi") -> str:
    """A month, 1 to 12: tháng 5 · May."""
    return f"tháng {month}" if lang == "vi" else _MONTHS[month - 1]


def local(moment: int | datetime) -> datetime:
    """A moment in the province's time.

    Args:
        moment: microseconds since 1970 UTC, or an aware time.

    Raises:
        ValueError: a time without offset.
    """
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise ValueError(f"a time without offset: {moment.isoformat()}")
        return moment.astimezone(PROVINCE_TIME)
    return (_EPOCH + timedelta(microseconds=moment)).astimezone(PROVINCE_TIME)


def moment_text(moment: int | datetime, lang: str = "vi", *, seconds: bool = False) -> str:
    """A moment in the province's time: 30/06/2026 14:02."""
    there = local(moment)
    clock = f"{there:%H:%M:%S}" if seconds else f"{there:%H:%M}"
    return f"{day_text(there.date(), lang)} {clock}"
