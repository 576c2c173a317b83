"""Cells that name a period: text, a year as a number, or a date that Excel made of it."""

from __future__ import annotations

from typing import Any

from indicators.periods import Period

from . import spans
from .cells import said
from .dates import day_of, day_text
from .grid import DATE, NUMBER, Cell
from .text import plain


def period_of(cell: Cell | None, *, date_1904: bool) -> tuple[Period | None, str, dict[str, Any]]:
    """The period that a cell names, with the code and the places of a finding, "" for none."""
    if cell is not None and cell.kind == DATE and isinstance(cell.value, float):
        return _period_of_date(cell.value, cell.number_format, date_1904)
    if cell is not None and cell.kind == NUMBER and isinstance(cell.value, float):
        period = spans.of_year_number(cell.value)
    else:
        period = spans.of_cell(said(cell))
    if period:
        return period, "", {}
    return None, "P02", {"text": plain(said(cell)) if cell else ""}


def _period_of_date(
    serial: float, number_format: str, date_1904: bool
) -> tuple[Period | None, str, dict[str, Any]]:
    shown = day_text(serial)
    period = spans.of_date(serial, number_format, date_1904=date_1904)
    if period:
        return period, "P06", {"shown": shown, "period": period.text}
    day = day_of(serial)
    year, month = (str(day.year), str(day.month)) if day else ("?", "?")
    return None, "P07", {"shown": shown, "year": year, "month": month, "month2": month.zfill(2)}
