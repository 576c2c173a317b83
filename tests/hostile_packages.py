"""Files made to hurt their reader, built in code: packages of Excel and OpenDocument.

Each says by which codes it may be refused; "" among them: it may be read, and then ``VALUES``
must be its figures, no others.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.packages import (
    BOOK,
    BOOK_RELATIONS,
    RELATIONS,
    SHEET_SPACE,
    TOP,
    parts,
    zipped,
)
from tests.packages import sheet as part_of

VALUES = {("KT-01", "2025", "", 4150.0), ("HTX-01", "2025", "", 1012.0)}
ROWS = (
    ("Mã", "Kỳ", "Giá trị", "Trạng thái", "Ghi chú"),
    ("KT-01", 2025, 4150, "chính thức", ""),
    ("HTX-01", 2025, 1012, "chính thức", "x"),
)
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@dataclass(frozen=True)
class Hostile:
    """One file: how to make it, its name, and how it may end."""

    what: str
    make: Callable[[], bytes]
    name: str = "a.xlsx"
    codes: str = "F07"

    def __str__(self) -> str:
        return self.what


def cell(at: str, value: object) -> str:
    if value == "":
        return ""
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{at}"><v>{value}</v></c>'


def rows(changed: dict[str, str] | None = None) -> str:
    """The rows of a sound table; ``changed`` gives other XML for some cells."""
    found = ""
    for row, line in enumerate(ROWS, 1):
        cells = {f"{'ABCDE'[at]}{row}": value for at, value in enumerate(line)}
        xml = "".join((changed or {}).get(at, cell(at, value)) for at, value in cells.items())
        found += f'<row r="{row}">{xml}</row>'
    return found


def book(before: str = "", after: str = "", more: str = "", **changed: str | bytes) -> bytes:
    """A sound workbook with some of its parts changed."""
    if "sheet" not in changed:
        changed["sheet"] = part_of(rows() + more, before, after)
    return zipped(parts(**changed))


def with_cell(at: str, xml: str) -> Callable[[], bytes]:
    return lambda: book(sheet=part_of(rows({at: xml})))


def in_part(name: str, declaration: str) -> Callable[[], bytes]:
    """A declaration in front of a part that nothing needs, or of one that is needed."""

    def make() -> bytes:
        content = parts(rows())
        known = content.get(name, b"<x>&a;</x>").decode()
        text = known if known.startswith("<") and not known.startswith("<?xml") else known[38:]
        content[name] = f'<?xml version="1.0"?>{declaration}{text}'.encode()
        return zipped(content)

    return make


EVERY_PART = (
    "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "xl/workbook.xml",
    "xl/sharedStrings.xml", "xl/styles.xml", "xl/theme/theme1.xml", "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml", "xl/drawings/drawing1.xml", "customXml/item1.xml",
    "xl/externalLinks/externalLink1.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels",
    "[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/tables/table1.xml",
    "xl/media/image1.svg", "xl/printerSettings/printerSettings1.bin", "xl/richData/x.dat",
)  # fmt: skip


def declarations() -> Iterator[Hostile]:
    for part in EVERY_PART:
        yield Hostile(f"many laughs in {part}", in_part(part, LAUGHS), codes="F08")
        yield Hostile(f"a local file in {part}", in_part(part, OUTSIDE), codes="F08")


def repeated(xml: str, times: int) -> str:
    return xml * times


def flood(before: str = "", xml: str = "", times: int = 0, after: str = "") -> Callable[[], bytes]:
    """An element again and again behind the rows."""
    return lambda: book(after=before + repeated(xml, times) + after)


def relation(target: str, mode: str = "") -> Callable[[], bytes]:
    """A sheet whose part lies elsewhere."""
    said = BOOK_RELATIONS.replace("worksheets/sheet1.xml", f'{target}"{mode} x="')
    return lambda: book(relations=said)


def merges(*ranges: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{r}"/>' for r in ranges) + "</mergeCells>"


def names(*formulas: str) -> str:
    listed = "".join(
        f'<definedName name="n{at}">{formula}</definedName>' for at, formula in enumerate(formulas)
    )
    return BOOK.replace("</workbook>", f"<definedNames>{listed}</definedNames></workbook>")


def many_sheets(count: int) -> bytes:
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, count + 1))
    related = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, count + 1)
    )
    content = {f"xl/worksheets/sheet{n}.xml": part_of("") for n in range(2, count + 1)}
    head = f'<workbook xmlns="{SHEET_SPACE}" xmlns:r="{RELATIONS}"><sheets>'
    space = TOP.partition(">")[0] + ">"
    return book(
        book=f"{head}{listed}</sheets></workbook>",
        relations=f"{space}{related}</Relationships>",
        **content,
    )


def nested(depth: int) -> bytes:
    """A workbook in a workbook in a workbook, each as a picture of the next."""
    data = book()
    for _ in range(depth):
        data = book(**{"xl/media/image1.png": data})
    return data


def renamed(old: str, new: str) -> bytes:
    content = parts(rows())
    content[new] = content.pop(old)
    return zipped(content)


def wrong_sum(name: str) -> bytes:
    """A sound package but for one byte of a part's checksum, in both of its places."""
    data = bytearray(book())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as file:
        entry = file.getinfo(name)
        crc = struct.pack("<I", entry.CRC)
    return bytes(data).replace(crc, struct.pack("<I", entry.CRC ^ 1))


def packed_with(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in parts(rows()).items():
            file.writestr(name, data)
    return out.getvalue()


def far(row: int, column: str) -> Callable[[], bytes]:
    last = f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'
    return lambda: book(sheet=part_of(rows() + last))


def formula(xml: str, value: str = "", kind: str = "") -> Callable[[], bytes]:
    return with_cell("C2", f'<c r="C2"{kind}>{xml}{value}</c>')


STRUCTURE = [
    Hostile("a workbook five deep in itself", lambda: nested(5), codes="F05"),
    Hostile("a part of 101 MB of blanks",
            lambda: book(**{"xl/x.xml": b"<x>" + b" " * (101 << 20) + b"</x>"}), codes="F05"),
    Hostile("five parts of 60 MB",
    lambda: book(**{f"xl/{n}.bin": bytes(60 << 20) for n in range(5)}),
            codes="F05"),
    Hostile("2,000 entries", lambda: book(**{f"x/{n}": b"" for n in range(2000)}), codes="F05"),
    Hostile("a name of 60,000 letters", lambda: book(**{"x" * 60_000: b"x"}), codes=",F10,F07"),
    Hostile("a checksum that is wrong", lambda: wrong_sum("xl/worksheets/sheet1.xml")),
    Hostile("packed with LZMA", lambda: packed_with(zipfile.ZIP_LZMA)),
    Hostile("packed with BZIP2", lambda: packed_with(zipfile.ZIP_BZIP2)),
    Hostile("the sheet's part is a picture", lambda: book(sheet=b"\x89PNG\r\n\x1a\n" + bytes(99))),
    Hostile("the sheet's part is empty", lambda: book(sheet=b"")),
    Hostile("the workbook's part is missing", lambda: renamed("xl/workbook.xml", "xl/w.xml")),
    Hostile("types that are missing", lambda: renamed("[Content_Types].xml", "types.xml"),
            codes="F07,F03"),
    Hostile("relations that climb out", relation("../../../../etc/passwd")),
    Hostile("relations from the root", relation("/etc/passwd")),
    Hostile("relations to a local file", relation("file:///etc/passwd", ' TargetMode="External')),
    Hostile("relations to the network",
            relation("http://127.0.0.1:9/x", ' TargetMode="External')),
    Hostile("relations with a drive", relation("C:\\\\windows\\\\win.ini")),
    Hostile("relations that name themselves",
            lambda: book(relations=BOOK_RELATIONS.replace("worksheets/sheet1.xml",
            "workbook.xml"))),
    Hostile("20,000 relations", lambda: book(relations=BOOK_RELATIONS.replace(
        "</Relationships>", "".join(f'<Relationship Id="x{n}" Type="x" Target="y"/>'
                                    for n in range(20_000)) + "</Relationships>"))),
    Hostile("one relation twice", lambda: book(relations=BOOK_RELATIONS.replace(
        "</Relationships>", '<Relationship Id="r1" Type="x" Target="y"/></Relationships>'))),
    Hostile("no sheet at all", lambda: book(book=BOOK.replace(
        '<sheet name="Biểu 1" sheetId="1" r:id="r1"/>', ""))),
    Hostile("two sheets of one name", lambda: book(book=BOOK.replace(
        "</sheets>", '<sheet name="BIỂU 1" sheetId="2" r:id="r1"/></sheets>'))),
    Hostile("two sheets of one part", lambda: book(book=BOOK.replace(
        "</sheets>", '<sheet name="B" sheetId="2" r:id="r1"/></sheets>'))),
    Hostile("101 sheets", lambda: many_sheets(101), codes="F11"),
    Hostile("100 sheets", lambda: many_sheets(100), codes=""),
    Hostile("a sheet's name of markup", lambda: book(book=BOOK.replace(
        "Biểu 1", "&lt;script&gt;alert(1)&lt;/script&gt;")), codes=""),
    Hostile("a sheet's name that turns round", lambda: book(book=BOOK.replace(
        "Biểu 1", "\u202excod.\u202c")), codes=""),
    Hostile("a sheet's name of 5,000 letters", lambda: book(book=BOOK.replace("Biểu 1",
    "x" * 5000))),
    Hostile("a macro in a workbook without", lambda: book(**{"xl/vbaProject.bin": b"x"}),
            codes=",F03"),
    Hostile("a macro sheet", lambda: book(**{"xl/macrosheets/sheet1.xml": part_of("")}), codes=""),
    Hostile("an encoding nobody knows", lambda: book(
        sheet=part_of(rows()).replace("UTF-8", "UTF-7").encode())),
    Hostile("an encoding that the text has not", lambda: book(
        sheet=part_of(rows()).replace("UTF-8", "UTF-16").encode())),
    Hostile("UTF-32", lambda: book(sheet=part_of(rows()).encode("utf-32"))),
    Hostile("EBCDIC", lambda: book(sheet=part_of("").encode("cp037"))),
    Hostile("bytes that are no UTF-8", lambda: book(
        sheet=part_of(rows()).encode().replace(b"HTX", b"H\xff\xfe"))),
    Hostile("a byte of zero", lambda: book(sheet=part_of(rows()).encode().replace(b"HTX", b"H\0X")),
            codes="F07"),
    Hostile("two roots", lambda: book(sheet=part_of(rows()) + part_of(rows())[38:])),
]  # fmt: skip
