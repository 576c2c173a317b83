"""Findings of the file as a whole: macros, encodings, dates of 1904, nothing to read."""

from __future__ import annotations

from .desk import Desk

_PLAIN_ENCODINGS = frozenset({"", "utf-8", "utf-8-sig", "utf8", "ascii"})
_SHOWN = {"\t": "tab"}


def _why_nothing(desk: Desk) -> dict[str, str]:
    """What more there is to say where a table was seen but nothing could be read of it."""
    if not desk.undated:
        return {}
    return {
        "more": f"Trang {desk.undated}: không cột nào cho biết kỳ; hãy ghi năm, quý hoặc tháng"
        " vào tiêu đề cột hay tiêu đề biểu (ví dụ 'Ước thực hiện năm 2026')."
    }


def tell_file(desk: Desk) -> None:
    """F12, F14, F15 and S11."""
    book, out = desk.book, desk.out
    if book.has_macros:
        out.add("F12", "", "")
    unusual = book.encoding.lower() not in _PLAIN_ENCODINGS or book.separator not in ("", ",")
    if desk.is_csv and unusual:
        separator = _SHOWN.get(book.separator, book.separator)
        out.add("F15", "", "", {"encoding": book.encoding, "sep": separator})
    if book.date_1904 and desk.dates_read:
        out.add("S11", "", "")
    told = any(code in out for code in ("S01", "S02", "S04"))
    if not desk.filled and not told:
        out.add("F14", "", "", _why_nothing(desk))
