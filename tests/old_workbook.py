"""Writes the few records of an Excel 97 workbook that the tests of its reader need."""

from __future__ import annotations

import struct

_XF_COUNT = 15


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<2H", kind, len(data)) + data


def _text(text: str, wide: str = "<H") -> bytes:
    return struct.pack(wide, len(text)) + b"\x01" + text.encode("utf-16-le")


class OldWorkbook:
    """Bare BIFF8 records of one sheet; ``data`` puts them together.

    formats: format codes; the n-th becomes the style ``n`` of the cells, from 1 on.
    link: address of another workbook, as the file encodes it; its first place has the number 1.
    """

    def __init__(
        self, formats: tuple[str, ...] = (), date_1904: bool = False, link: str = ""
    ) -> None:
        self._link = link
        self._formats = formats
        self._date_1904 = date_1904
        self._rows = b""
        self._cells = b""
        self._after = b""

    def _at(self, row: int, column: int, style: int) -> bytes:
        return struct.pack("<3H", row - 1, column - 1, _XF_COUNT + style)

    def text(self, row: int, column: int, text: str) -> None:
        self._cells += _record(0x0204, self._at(row, column, 0) + _text(text))

    def number(self, row: int, column: int, value: float, style: int = 0) -> None:
        self._cells += _record(0x0203, self._at(row, column, style) + struct.pack("<d", value))

    def blank(self, row: int, column: int, style: int = 0) -> None:
        self._cells += _record(0x0201, self._at(row, column, style))

    def error(self, row: int, column: int, code: int) -> None:
        self._cells += _record(0x0205, self._at(row, column, 0) + bytes([code, 1]))

    def truth(self, row: int, column: int, value: bool) -> None:
        self._cells += _record(0x0205, self._at(row, column, 0) + bytes([value, 0]))

    def formula(
        self, row: int, column: int, result: float, tokens: bytes = b"\x1e\x01\x00"
    ) -> None:
        """A formula with its stored result; by its tokens it would be 1."""
        data = struct.pack("<dHIH", result, 0, 0, len(tokens)) + tokens
        self._cells += _record(0x0006, self._at(row, column, 0) + data)

    def array(self, row: int, column: int, last_row: int, tokens: bytes) -> None:
        """An array formula over rows of one column; the cells must be formulas of their own."""
        area = struct.pack("<2H2BH", row - 1, last_row - 1, column - 1, column - 1, 0)
        self._cells += _record(0x0221, area + struct.pack("<IH", 0, len(tokens)) + tokens)

    def hide_row(self, row: int) -> None:
        self._rows += _record(0x0208, struct.pack("<6HI", row - 1, 0, 9, 255, 0, 0, 0x20))

    def hide_column(self, column: int) -> None:
        at = struct.pack("<6H", column - 1, column - 1, 2000, _XF_COUNT, 1, 0)
        self._after += _record(0x007D, at)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        ranges = struct.pack("<5H", 1, top - 1, bottom - 1, left - 1, right - 1)
        self._after += _record(0x00E5, ranges)

    def data(self, sheet: str = "Biểu 1", hidden: bool = False) -> bytes:
        """The whole file."""
        begin = struct.pack("<4H2I", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)
        fonts = _record(0x0031, struct.pack("<5H4B", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0)
                        + b"\x05\x00Arial") * 5  # fmt: skip
        codes = b"".join(
            _record(0x041E, struct.pack("<H", 170 + n) + _text(code))
            for n, code in enumerate(self._formats)
        )
        styles = _record(0x00E0, struct.pack("<3H", 0, 0, 0xFFF5) + bytes(14)) * _XF_COUNT
        for key in (0, *range(170, 170 + len(self._formats))):
            styles += _record(0x00E0, struct.pack("<3H", 0, key, 0x0001) + bytes(14))
        head = _record(0x0809, begin) + _record(0x0042, struct.pack("<H", 1200))
        head += _record(0x0022, struct.pack("<H", self._date_1904)) + fonts + codes + styles
        if self._link:
            books = _record(0x01AE, struct.pack("<2H", 1, 0x0401))
            books += _record(0x01AE, struct.pack("<H", 1) + _text(self._link) + _text("Sheet1"))
            books += _record(0x0017, struct.pack("<7H", 2, 0, 0, 0, 1, 0, 0))
        else:
            books = b""
        name = bytes([len(sheet), 1]) + sheet.encode("utf-16-le")
        length = len(head) + 4 + 6 + len(name) + len(books) + 4
        head += _record(0x0085, struct.pack("<I2B", length, int(hidden), 0) + name)
        head += books + _record(0x000A)
        body = _record(0x0809, begin.replace(b"\x05\x00", b"\x10\x00", 1))
        return head + body + self._rows + self._cells + self._after + _record(0x000A)
