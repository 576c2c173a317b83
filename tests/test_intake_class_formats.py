"""One table in every kind of file, encoding and Unicode form: the same figures."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from intake.check import check_in_child
from intake.grid import Workbook
from intake.reading import read_workbook
from intake.request import Request
from intake.result import unpacked
from tests.intake_store import the_register
from tests.old_workbook import OldWorkbook
from tests.test_intake_delimited import as_1258
from tests.test_intake_ods import open_document, table

Line = Sequence[str | float | None]
Told = tuple[str, str, str, float, str]
H = ["Mã chỉ tiêu", "Kỳ báo cáo", "Địa bàn", "Đơn vị tính", "Giá trị", "Trạng thái"]


def xlsx(rows: Sequence[Line]) -> bytes:
    book = openpyxl.Workbook()
    for at, line in enumerate(rows, 1):
        for column, value in enumerate(line, 1):
            book.active.cell(at, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Sequence[Line]) -> bytes:
    book = OldWorkbook()
    for at, line in enumerate(rows, 1):
        for column, value in enumerate(line, 1):
            if isinstance(value, str) and value:
                book.text(at, column, value)
            elif isinstance(value, (int, float)):
                book.number(at, column, float(value))
    return book.data()


def ods(rows: Sequence[Line]) -> bytes:
    def cell(value: str | float | None) -> str:
        if value is None or value == "":
            return "<table:table-cell/>"
        if isinstance(value, str):
            return (
                '<table:table-cell office:value-type="string">'
                f"<text:p>{escape(value)}</text:p></table:table-cell>"
            )
        number = quoteattr(repr(float(value)))
        return f'<table:table-cell office:value-type="float" office:value={number}/>'

    lines = ("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in rows)
    return open_document(table("".join(lines)))


def vietnamese(value: str | float | None) -> str:
    """A number as a Vietnamese Excel writes it into a CSV."""
    if isinstance(value, (int, float)):
        whole = float(value).is_integer()
        return str(int(value)) if whole else repr(float(value)).replace(".", ",")
    return value or ""


def delimited(separator: str, encode: Callable[[str], bytes]) -> Callable[[Sequence[Line]], bytes]:
    def write(rows: Sequence[Line]) -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=separator).writerows([map(vietnamese, row) for row in rows])
        return encode(out.getvalue())

    return write


KINDS: dict[str, tuple[str, Callable[[Sequence[Line]], bytes]]] = {
    "xlsx": ("a.xlsx", xlsx),
    "xls": ("a.xls", xls),
    "ods": ("a.ods", ods),
    "csv utf-8 ;": ("a.csv", delimited(";", str.encode)),
    "csv utf-8 with mark ,": ("a.csv", delimited(",", lambda text: text.encode("utf-8-sig"))),
    "csv utf-16 tab": ("a.csv", delimited("\t", lambda text: text.encode("utf-16"))),
    "csv windows-1258 |": ("a.csv", delimited("|", as_1258)),
}


def read_as(kind: str, rows: Sequence[Line]) -> tuple[list[Told], set[str]]:
    """Figures and grave findings of the rows in a kind of file."""
    name, write = KINDS[kind]
    book = read_workbook(write(rows), name)
    assert isinstance(book, Workbook)
    request = Request(the_register(), (), date(2026, 11, 30), name)
    report = check_in_child(book, request.to_json())
    figures = unpacked(report["figures"])
    found = [(f.indicator, f.period, f.area, f.value, f.status) for f in figures]
    notes = {"V03", "F15"}
    return found, {f"{f[0]} {f[2]}".strip() for f in report["findings"] if f[0] not in notes}


PLAIN: list[Line] = [
    ["BÁO CÁO SỐ LIỆU, NĂM 2026; BẢN 1"],
    [],
    H,
    ["KT-01", "2026", "", "doanh nghiệp", 4390, "ước tính"],
    ["DL-03", "6 tháng đầu năm 2026", "Toàn tỉnh", "tỷ đồng", 3985.5, "chính thức"],
    ["MT-01", 2026, "phường Tô Hiệu", "%", 44, "ước"],
    ["MT-01", "2026", "Chieng An", "%", 41, "ước"],
    ["DL-01", "2026", "", "nghìn lượt", 5634, ""],
    ["HTX-01", "Quý V/2026", "", "HTX", 1012, "sơ bộ"],
    ["NL-01", "2026", "", "%", "khoảng 68,4", "sơ bộ"],
]
WIDE: list[Line] = [
    ["ỦY BAN NHÂN DÂN TỈNH SƠN LA"],
    ["KẾT QUẢ THỰC HIỆN NĂM 2026"],
    ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện 6 tháng", "Ước TH cả năm"],
    ["A", "B", "C", 1, 2, 3],
    ["I", "DU LỊCH"],
    [1, "Tổng lượt khách du lịch", "Nghìn lượt", 5600, 3262.4, 5634],
    ["", "Trong đó: Lượt khách du lịch quốc tế", "Nghìn lượt", 90, 47.15, "-"],
    [2, "Sản lượng cà phê nhân", "Tấn", 1, 2, 3],
]
SAYS = {"A02 C7", "U02 D8", "T01 F8", "P02 B9", "V17 E10", "C01"}
WIDE_SAYS = {"S03 D3", "U02 C6", "U02 C7", "V09 F7", "I06 B8"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_plain_table_is_the_same_in_every_kind_of_file(kind):
    figures, told = read_as(kind, PLAIN)
    assert figures == [
        ("KT-01", "2026", "", 4390.0, "estimate"),
        ("DL-03", "2026-H1", "", 3985.5, "official"),
        ("MT-01", "2026", "03646", 44.0, "estimate"),
        ("DL-01", "2026", "", 5634000.0, "estimate"),
        ("NL-01", "2026", "", 68.4, "preliminary"),
    ]
    assert told == SAYS


@pytest.mark.parametrize("kind", KINDS)
def test_a_wide_table_is_the_same_in_every_kind_of_file(kind):
    figures, told = read_as(kind, WIDE)
    assert [(f[0], f[1], f[3], f[4]) for f in figures] == [
        ("DL-01", "2026-H1", 3262400.0, "official"),
        ("DL-01", "2026", 5634000.0, "estimate"),
        ("DL-02", "2026-H1", 47150.0, "official"),
    ]
    assert told == WIDE_SAYS


FORMS = ["NFC", "NFD", "NFKC", "NFKD"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rows", [PLAIN, WIDE], ids=["plain", "wide"])
@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv utf-8 ;"])
def test_the_unicode_form_of_a_file_changes_nothing(kind, rows, form):
    spelt = [
        [unicodedata.normalize(form, v) if isinstance(v, str) else v for v in row] for row in rows
    ]
    assert read_as(kind, spelt) == read_as(kind, rows)


CODES = [t.code for t in the_register().targets if not t.is_percent and not t.areas]
line_of_figures = some.tuples(
    some.sampled_from(CODES),
    some.sampled_from(["2026", "2026-H1", "Quý I/2026", "Tháng 5/2026", "9 tháng 2026"]),
    some.sampled_from(["", "Tô Hiệu", "03664", "Xã Mai Sơn", "Toàn tỉnh"]),
    some.integers(0, 9_999_999) | some.integers(0, 99_999).map(lambda n: n + 0.5),
    some.sampled_from(["ước tính", "chính thức", "SB", ""]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.lists(line_of_figures, min_size=1, max_size=6))
def test_random_rows_are_the_same_in_every_kind_of_file(lines):
    rows: list[Line] = [H]
    rows += [[code, period, area, "", value, status] for code, period, area, value, status in lines]
    want = read_as("xlsx", rows)
    assert len(want[0]) == len(lines)
    for kind in KINDS:
        assert read_as(kind, rows) == want
