"""Files made to hurt their reader: OpenDocument, Excel 97, CSV, and files that are another kind."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

from tests.hostile_packages import LAUGHS, OUTSIDE, ROWS, Hostile, book
from tests.old_workbook import OldWorkbook
from tests.packages import CONTENT_TYPES, zipped
from tests.test_intake_ods import open_document, table

DEEP = 200_000


def tables(xml: str, name: str = "Biểu 1") -> Callable[[], bytes]:
    return lambda: open_document(table(xml, name))


def ods_row(*texts: object) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="float" office:value="{text}"/>'
        if not isinstance(text, str)
        else f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p>'
        "</table:table-cell>"
        for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"


SOUND = "".join(ods_row(*line) for line in ROWS)
TIMES = "table:number-{}-repeated"
FULL = '<table:table-cell office:value-type="float" office:value="1" {}/>'
OPEN = [
    Hostile("rows repeated", tables(SOUND + f'<table:table-row {TIMES.format("rows")}="1048000">'
            + FULL.format("") + "</table:table-row>"), "a.ods", "F11"),
    Hostile("columns repeated", tables(SOUND + "<table:table-row>"
            + FULL.format(TIMES.format("columns") + '="16384"') + "</table:table-row>"), "a.ods",
            "F11"),
    Hostile("both repeated", tables(
            SOUND + f'<table:table-row {TIMES.format("rows")}="9000">'
            + FULL.format(TIMES.format("columns") + '="400"') + "</table:table-row>"), "a.ods",
            "F11"),
    Hostile("repeated a thousand million times", tables(
            SOUND + f'<table:table-row {TIMES.format("rows")}="1000000000"/>'), "a.ods", ",F07"),
    Hostile("repeated less than nothing", tables(
            SOUND + f'<table:table-row {TIMES.format("rows")}="-5"/>'), "a.ods", "F07"),
    Hostile("blanks repeated", tables(ods_row("x").replace(
            "x</text:p>", '<text:s text:c="9999"/>' * 20_000 + "</text:p>") + SOUND), "a.ods",
            ""),
    Hostile("tables in tables", tables("<table:table>" * 300 + "</table:table>" * 300), "a.ods"),
    Hostile("deep elements", tables("<text:x>" * DEEP + "</text:x>" * DEEP), "a.ods"),
    Hostile("20,000 spans", tables(SOUND + "<table:table-row>" + (
            '<table:table-cell table:number-columns-spanned="9" table:number-rows-spanned="9"/>'
            * 20_000) + "</table:table-row>"), "a.ods", "F11"),
    Hostile("a number that is none", tables(SOUND.replace('"4150"', '"NaN"')), "a.ods", "V15"),
    Hostile("a day that is none", tables(SOUND.replace(
            'office:value-type="float" office:value="4150"',
            'office:value-type="date" office:date-value="9999-99-99"').replace(
            "/><table:table-cell office:value-type=\"string\"><text:p>chính",
            "><text:p>99/99/9999</text:p></table:table-cell>"
            '<table:table-cell office:value-type="string"><text:p>chính', 1)), "a.ods", "V02"),
    Hostile("two tables of one name",
            lambda: open_document(table(SOUND) + table(SOUND)), "a.ods"),
    Hostile("a DTD in the metadata", lambda: zipped({
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": b"<x/>", "meta.xml": f"{LAUGHS}<x>&c;</x>".encode()}), "a.ods", "F08"),
    Hostile("a local file in the settings", lambda: zipped({
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": b"<x/>", "settings.xml": f"{OUTSIDE}<x>&e;</x>".encode()}), "a.ods",
            "F08"),
]  # fmt: skip

CSV = "\r\n".join(",".join(map(str, line)) for line in ROWS)


def text(data: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: data.encode(encoding)


def old() -> bytes:
    """A sound workbook of Excel 97."""
    made = OldWorkbook()
    for row, line in enumerate(ROWS, 1):
        for column, value in enumerate(line, 1):
            if isinstance(value, str) and value:
                made.text(row, column, value)
            elif not isinstance(value, str):
                made.number(row, column, float(value))
    return made.data()


def records(change: Callable[[int, int, bytes], bytes | None]) -> Callable[[], bytes]:
    """The sound old workbook with each record changed; None keeps it."""

    def make() -> bytes:
        data, out, at = old(), b"", 0
        while at + 4 <= len(data):
            kind, length = struct.unpack_from("<2H", data, at)
            body = data[at + 4 : at + 4 + length]
            changed = change(kind, length, body)
            out += struct.pack("<2H", kind, length) + body if changed is None else changed
            at += 4 + length
        return out

    return make


def record(kind: int, body: bytes, length: int | None = None) -> bytes:
    return struct.pack("<2H", kind, len(body) if length is None else length) + body


SHEET, NAME, NUMBER, LABEL, DIMENSION, FILEPASS = 0x85, 0x18, 0x203, 0x204, 0x200, 0x2F
OLD = [
    Hostile("an old workbook as it should be", old, "a.xls", ""),
    Hostile("lengths beyond the end", records(
        lambda k, n, b: record(k, b, 0xFFFF) if k == NUMBER else None), "a.xls", "F07,F14"),
    Hostile("lengths of nothing", records(
        lambda k, n, b: record(k, b"") if k == LABEL else None), "a.xls", "F07"),
    Hostile("texts longer than they are", records(
        lambda k, n, b: record(k, b[:6] + b"\xff\xff" + b[8:]) if k == LABEL else None),
        "a.xls", ",F07,F14,S02"),
    Hostile("a sheet that begins behind the end", records(
        lambda k, n, b: record(k, b"\xff\xff\xff\x7f" + b[4:]) if k == SHEET else None), "a.xls"),
    Hostile("a sheet that begins in itself", records(
        lambda k, n, b: record(k, bytes(4) + b[4:]) if k == SHEET else None), "a.xls"),
    Hostile("the last row and column that there are", records(
        lambda k, n, b: record(k, b"\xff\xff\xff\xff" + b[4:]) if k == NUMBER else None),
        "a.xls", "F11,F07"),
    Hostile("a password", records(
        lambda k, n, b: record(FILEPASS, bytes(54)) + record(k, b) if k == 0x42 else None),
        "a.xls", "F06,F07"),
    Hostile("65,000 sheets", records(
        lambda k, n, b: record(k, b) * 65_000 if k == SHEET else None), "a.xls", "F07,F11,F09"),
    Hostile("old bytes cut short", lambda: old()[:-40], "a.xls", ",F07"),
    Hostile("a workbook of Excel 3", lambda: b"\x09\x02\x06\x00\x00\x00\x10\x00" + old()[20:],
            "a.xls", "F07,F14,F03"),
    Hostile("a container without end", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000,
            "a.xls"),
    Hostile("a container of one sector", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
            "a.xls"),
]  # fmt: skip

TABLES = [
    Hostile("a CSV as it should be", text(CSV), "a.csv", ""),
    Hostile("zero bytes in a CSV", text(CSV + "\0" * 50), "a.csv", "F03,F07"),
    Hostile("UTF-32", text(CSV, "utf-32"), "a.csv", "F03,F07"),
    Hostile("UTF-32 without a mark", text(CSV, "utf-32-le"), "a.csv", "F03,F07"),
    Hostile("UTF-7", text(CSV, "utf-7"), "a.csv", "F14"),
    Hostile("half of it in another encoding",
            lambda: CSV.encode() + "\r\nKT-01,2024,1,chính thức,Sở".encode("utf-16-le"), "a.csv",
            "F03,F07,F14"),
    Hostile("a letter of another encoding", lambda: CSV.encode() + b"\r\n\xe0\xff,1", "a.csv",
            ",F07,F14,T02,S02"),
    Hostile("half a sign of UTF-16", lambda: CSV.encode("utf-16") + b"\x00\xd8", "a.csv"),
    Hostile("a byte too many in UTF-16", lambda: CSV.encode("utf-16") + b"x", "a.csv"),
    Hostile("50 MB in one line", lambda: b"x" * (50 << 20), "a.csv", "F04"),
    Hostile("9 MB in one field", text(CSV + "\r\nKT-01,2024," + "x" * (9 << 20)), "a.csv", "V02"),
    Hostile("9 MB of separators", text(CSV + "\r\n" + "," * (9 << 20)), "a.csv", ",F11,F09"),
    Hostile("9 MB of line breaks", text(CSV + "\r\n" * (4 << 20)), "a.csv", ""),
    Hostile("9 MB of quotes", text(CSV + '\r\n"' + '"' * (9 << 20)), "a.csv", "F07,F14,I01"),
    Hostile("a quote that never closes", text(CSV + '\r\n"KT-01,2024,' + "5\r\n" * 9999), "a.csv"),
    Hostile("600 columns of values", text(CSV + "\r\n" + "1," * 600), "a.csv", "F11"),
    Hostile("two million short rows", text(CSV + "\r\n1" * 2_000_000), "a.csv", "F11"),
    Hostile("marks that turn text round", text(CSV.replace("HTX-01", "\u202eHTX-01\u202c")),
    "a.csv",
            ",I01"),
    Hostile("only a mark", lambda: b"\xef\xbb\xbf", "a.csv", "F01"),
    Hostile("only blanks", lambda: b" \r\n\t ;;; ", "a.csv", "F14,F01"),
]  # fmt: skip

HTML = b"<html><body><table><tr><td>1</td></tr></table></body></html>"
XML = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
LIES = {
    "HTML": HTML, "XML 2003": XML, "PDF": b"%PDF-1.7\n" + bytes(99),
    "RAR": b"Rar!\x1a\x07\x01" + bytes(9),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(99), "gzip": b"\x1f\x8b\x08" + bytes(99),
    "text": b"a,b\n1,2\n",
    "an image": b"\x89PNG\r\n\x1a\n" + bytes(99), "a program": b"MZ" + bytes(99),
    "nothing known": bytes(99),
    "RTF": b"{\\rtf1 x}", "a database": b"SQLite format 3\0" + bytes(99),
    "MHTML": b"MIME-Version: 1.0\r\n\r\n" + HTML, "zstd": b"\x28\xb5\x2f\xfd" + bytes(99),
}  # fmt: skip


def package(main: str) -> bytes:
    kind = CONTENT_TYPES.replace("spreadsheetml.sheet", main)
    return zipped({"[Content_Types].xml": kind.encode(), "x.xml": b"<x/>"})


def polyglot(before: bytes = b"", after: bytes = b"") -> Callable[[], bytes]:
    return lambda: before + book() + after


def stub() -> bytes:
    """Bytes in front of a package, with offsets that count them in."""
    out = io.BytesIO(b"%PDF-1.7\n" + bytes(500))
    out.seek(0, io.SEEK_END)
    with zipfile.ZipFile(out, "a") as file, zipfile.ZipFile(io.BytesIO(book())) as sound:
        for name in sound.namelist():
            file.writestr(name, sound.read(name))
    return out.getvalue()


MASKS = [
    *(Hostile(f"{what} called {name}", lambda data=data: data, name, "F03,F07,F01")
      for what, data in LIES.items() for name in ("a.xlsx", "a.xls", "a.ods", "a.csv")
      if (what, name) != ("text", "a.csv")),
    Hostile("a workbook called .xls", book, "a.xls", "F03"),
    Hostile("a workbook called .ods", book, "a.ods", "F03"),
    Hostile("a workbook called .csv", book, "a.csv", "F03"),
    Hostile("an open document called .xlsx", lambda: open_document(table(SOUND)), "a.xlsx", "F03"),
    Hostile("an old workbook called .csv", old, "a.csv", "F03"),
    Hostile("an old workbook called .xlsx", old, "a.xlsx", "F03"),
    Hostile("a letter", lambda: package("wordprocessingml.document"), codes="F03"),
    Hostile("slides", lambda: package("presentationml.presentation"), codes="F03"),
    Hostile("an open letter", lambda: zipped({
        "mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}), "a.ods",
        "F03"),
    Hostile("a PDF in front", polyglot(b"%PDF-1.7\n"), codes="F03,F10"),
    Hostile("a picture in front", polyglot(b"GIF89a" + bytes(20)), codes="F03,F10"),
    Hostile("a page in front", polyglot(HTML), codes="F03,F10"),
    Hostile("a PDF in front whose package knows", stub, codes="F03,F10"),
    Hostile("a page behind", polyglot(after=HTML), codes="F07,F10"),
    Hostile("another workbook behind", lambda: book() + book(), codes="F10,F07"),
    Hostile("no extension", book, "a", "F02"),
    Hostile("two extensions", book, "a.xlsx.exe", "F02"),
    Hostile("a workbook for macros without any", book, "a.xlsm", ""),
    Hostile("a name that climbs", book, "../../etc/a.xlsx", ""),
]  # fmt: skip
