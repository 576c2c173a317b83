"""Files made to hurt their reader: sheets, styles, strings and cells of workbooks."""

from __future__ import annotations

from tests.hostile_packages import (
    Hostile,
    book,
    cell,
    far,
    flood,
    formula,
    merges,
    names,
    repeated,
    rows,
    with_cell,
)
from tests.packages import BOOK, SHEET_SPACE, TOP
from tests.packages import sheet as part_of

DEEP, WIDE = 200_000, 1_000_000
SHEETS = [
    Hostile("a dimension of the whole sheet",
            lambda: book(before='<dimension ref="A1:XFD1048576"/>'), codes=""),
    Hostile("a dimension that is none", lambda: book(before='<dimension ref="A0:ZZZZ99999999"/>'),
            codes=""),
    Hostile("a million blank rows with a style", lambda: book(more="".join(
        f'<row r="{n}" s="1" customFormat="1"/>' for n in range(4, 1_048_577))), codes=""),
    Hostile("three million blank cells with a style", lambda: book(more="".join(
        f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/><c r="XFD{n}" s="1"/></row>'
        for n in range(4, 1_000_000))), codes=",F05,F09"),
    Hostile("500,000 columns", lambda: book(before="<cols>" + repeated(
        '<col min="1" max="16384" hidden="1"/>', 500_000) + "</cols>"), codes="F11"),
    Hostile("a column without bounds", lambda: book(
        before='<cols><col min="-1" max="99999999999" hidden="1"/></cols>')),
    Hostile("row 0", lambda: book(more='<row r="0"><c r="A0"><v>1</v></c></row>')),
    Hostile("row −1", lambda: book(more='<row r="-1"><c r="A-1"><v>1</v></c></row>')),
    Hostile("row 1e9", lambda: book(more='<row r="1000000000"/>')),
    Hostile("a row in words", lambda: book(more='<row r="&#x664;"><c><v>1</v></c></row>')),
    Hostile("a cell beyond the last row", far(1_048_577, "A"), codes="F11"),
    Hostile("a value in the last cell", far(1_048_576, "XFD"), codes="F11"),
    Hostile("a value in row 200,001", far(200_001, "A"), codes="F11"),
    Hostile("a value in column 501", far(9, "SG"), codes="F11"),
    Hostile("a cell in another row", lambda: book(more='<row r="9"><c r="A8"><v>1</v></c></row>')),
    Hostile("a cell twice", lambda: book(more='<row r="3"><c r="C3"><v>9</v></c></row>')),
    Hostile("two values in a cell", with_cell("C2", '<c r="C2"><v>1</v><v>2</v></c>')),
    Hostile("a cell in a cell", with_cell("C2", '<c r="C2"><c r="D2"><v>1</v></c><v>2</v></c>')),
    Hostile("a row in a row", lambda: book(more='<row r="9"><row r="10"/></row>')),
    Hostile("a million merged ranges", lambda: book(after=merges(*["A5:B6"] * WIDE)), codes="F11"),
    Hostile("9,999 ranges over everything", lambda: book(after=merges(*["F6:XFD1048576"] * 9999)),
            codes=""),
    Hostile("9,999 ranges in a staircase", lambda: book(after=merges(
        *[f"F{n}:XFD{n + 5000}" for n in range(10, 10_009)])), codes=""),
    Hostile("a merged range that is none", lambda: book(after=merges("A1:ZZZZZZZZ9"))),
    Hostile("9,999 names in a circle", lambda: book(book=names(
        *[f"n{(n + 1) % 9999}" for n in range(9999)])), codes=""),
    Hostile("10,001 names", lambda: book(book=names(*["1"] * 10_001)), codes="F11"),
    Hostile("a name of 5 MB", lambda: book(book=names("A" * (5 << 20))), codes=""),
    Hostile("200,000 elements deep in a sheet", lambda: book(
        after="<x>" * DEEP + "</x>" * DEEP)),
    Hostile("200,000 elements deep in the styles", lambda: book(
        styles=f'<styleSheet xmlns="{SHEET_SPACE}">' + "<x>" * DEEP + "</x>" * DEEP
        + "</styleSheet>")),
    Hostile("200,000 elements deep in the relations", lambda: book(
        top=TOP.replace("</Relationships>", "<x>" * DEEP + "</x>" * DEEP + "</Relationships>"))),
    Hostile("a million hyperlinks", flood("<hyperlinks>", '<hyperlink ref="A1" r="x"/>', WIDE,
                                          "</hyperlinks>"), codes=""),
    Hostile("a million rules of colour", flood("", "<conditionalFormatting/>", WIDE), codes=""),
    Hostile("a million comments of XML", flood("", "<!--x-->", WIDE), codes=""),
    Hostile("a million instructions", flood("", "<?x y?>", WIDE), codes=""),
    Hostile("a tag of 20 MB", lambda: book(after='<x y="' + "z" * (20 << 20) + '"/>')),
    Hostile("100,000 attributes", lambda: book(
        after="<x " + " ".join(f'a{n}=""' for n in range(100_000)) + "/>"), codes=""),
    Hostile("an attribute twice", lambda: book(after='<x y="1" y="2"/>')),
    Hostile("100,000 namespaces", lambda: book(
        after="<x " + " ".join(f'xmlns:a{n}="u{n}"' for n in range(100_000)) + "/>"), codes=",F09"),
    Hostile("a shared string that is not there", with_cell("C2", '<c r="C2" t="s"><v>999</v></c>')),
    Hostile("a shared string before the first", with_cell("C2", '<c r="C2" t="s"><v>-1</v></c>')),
    Hostile("600,000 shared strings", lambda: book(strings=f'<sst xmlns="{SHEET_SPACE}">' + "".join(
        f"<si><t>chuỗi {n}</t></si>" for n in range(600_000)) + "</sst>"), codes=",F09"),
    Hostile("a shared string of 32 MB", lambda: book(
        strings=f'<sst xmlns="{SHEET_SPACE}"><si><t>' + "x" * (32 << 20) + "</t></si></sst>"),
        codes=",F09"),
    Hostile("a million pieces of one string", lambda: book(
        strings=f'<sst xmlns="{SHEET_SPACE}"><si>' + "<r><t>x</t></r>" * WIDE + "</si></sst>"),
        codes=",F09"),
    Hostile("65,000 styles", lambda: book(styles=f'<styleSheet xmlns="{SHEET_SPACE}"><cellXfs>'
        + '<xf numFmtId="0"/>' * 65_000 + "</cellXfs></styleSheet>"), codes="F11"),
    Hostile("a format of 20 MB", lambda: book(styles=f'<styleSheet xmlns="{SHEET_SPACE}"><numFmts>'
        f'<numFmt numFmtId="170" formatCode="{"0" * (20 << 20)}"/></numFmts></styleSheet>'),
        codes="F07"),
    Hostile("a format that asks much of a pattern", lambda: book(
        styles=f'<styleSheet xmlns="{SHEET_SPACE}"><numFmts><numFmt numFmtId="170" formatCode="'
        + "[" * 900 + '"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs></styleSheet>'),
        codes=""),
]  # fmt: skip

LONG = 8 << 20
CELLS = [
    Hostile(f"8 MB in {at}", with_cell(at, cell(at, "x" * LONG)), codes=codes)
    for at, codes in (("A2", "I01"), ("B2", "P02"), ("C2", "V02"), ("D2", "T02"), ("E2", "N02"),
                      ("A1", "S02"), ("E1", ""))
] + [
    Hostile("digits without end", with_cell("C2", f'<c r="C2"><v>{"9" * LONG}</v></c>'),
    codes="V15"),
    Hostile("a number of a thousand zeros", with_cell("C2", '<c r="C2"><v>1e99999</v></c>'),
            codes="V15"),
    Hostile("an exponent of many digits", with_cell("C2", cell("C2", "1e999999999")), codes="V02"),
    Hostile("brackets without end", with_cell("C2", cell("C2", "(" * 5000)), codes="V02"),
    Hostile("doubts without end", with_cell("C2", cell("C2", "khoảng " * 5000 + "5")), codes="V02"),
    Hostile("groups without end", with_cell("C2", cell("C2", "1" + ".000" * 40 + ",")),
    codes="V02"),
    Hostile("blanks without end", with_cell("C2", cell("C2", "5" + " " * 90 + "x")), codes="V02"),
    Hostile("control signs in a saved text", formula(
        "<f>A1</f>", "<v>_x0000__x0001_41_x001F_50</v>", ' t="str"'), codes="V02"),
    Hostile("half a sign in a saved text", formula("<f>A1</f>", "<v>_xD800_</v>", ' t="str"'),
            codes="V02"),
    Hostile("letters that combine without end", with_cell("A2", cell("A2",
    "a" + "\u0301" * 50_000)),
            codes="I01"),
    Hostile("a formula that starts a program", formula("<f>cmd|'/C calc'!A0</f>", "<v>4150</v>"),
            codes=""),
    Hostile("a formula that fetches", formula('<f>WEBSERVICE("http://127.0.0.1:9/")</f>',
                                              "<v>4150</v>"), codes=""),
    Hostile("a formula of 2 MB", formula("<f>" + "A1+" * 700_000 + "A1</f>", "<v>4150</v>"),
    codes=""),
    Hostile("brackets of a link without end", formula("<f>" + "[1" * 4000 + "</f>", "<v>4150</v>"),
            codes=""),
    Hostile("an array over the whole sheet", lambda: book(
        sheet=part_of(rows({"C2": '<c r="C2"><f t="array" ref="A1:XFD1048576">[1]X!A1</f>'
                                  "<v>4150</v></c>"})),
        book=BOOK.replace("</workbook>", '<externalReferences><externalReference r:id="r9"/>'
                          "</externalReferences></workbook>")), codes=""),
    Hostile("50,000 shared formulas", lambda: book(more="".join(
        f'<row r="{n}"><c r="H{n}"><f t="shared" si="{n}" ref="H1:H99">A1</f><v>1</v></c></row>'
        for n in range(10, 50_010))), codes=""),
    Hostile("true and false in every place", lambda: book(sheet=part_of(
        "".join(f'<row r="{r}">' + "".join(f'<c r="{c}{r}" t="b"><v>1</v></c>' for c in "ABCDE")
                + "</row>" for r in range(1, 40)))), codes="F14"),
    Hostile("30 rows of 500 headings", lambda: book(sheet=part_of("".join(
        f'<row r="{r}">' + "".join(
            cell("", f"Chỉ tiêu số {r} của năm {c}").replace(' r=""', "") for c in range(500))
        + "</row>" for r in range(1, 31)))), codes="F14"),
    Hostile("20,000 printed pages", lambda: book(sheet=part_of("".join(
        f'<row r="{r}">' + "".join(cell(f"{c}{r}", v) for c, v in zip("ABC", (
            ("TT", "Chỉ tiêu", "TH 2025") if r % 2 else (r, "Số lạ", 5)), strict=True)) + "</row>"
        for r in range(1, 40_001)))), codes="F14,F09"),
    Hostile("20,000 names that nobody knows", lambda: book(more="".join(
        f'<row r="{r}">{cell(f"A{r}", f"mã {r * 7919} lạ")}{cell(f"C{r}", 5)}</row>'
        for r in range(4, 20_004))), codes="I01,F09"),
]  # fmt: skip
