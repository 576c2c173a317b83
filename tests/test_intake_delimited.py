from __future__ import annotations

import csv
import io
import unicodedata

import pytest

from intake.reading import read_workbook
from tests.packages import (
    cells,
    read,
)


def test_plain_digits_of_a_csv_are_numbers_and_all_else_is_text():
    found = read("Mã,Giá trị\n2026,-5\n03664,0\n1.5,+7\n1e5, 12 \n".encode(), "a.csv")
    assert found.sheets[0].name == ""
    assert cells(found.sheets[0]) == {
        (1, 1): "Mã", (1, 2): "Giá trị", (2, 1): 2026.0, (2, 2): -5.0, (3, 1): "03664",
        (3, 2): 0.0, (4, 1): "1.5", (4, 2): "+7", (5, 1): "1e5", (5, 2): 12.0,
    }  # fmt: skip


ROWS = [
    ["Mã chỉ tiêu", "Tên chỉ tiêu", "Kỳ báo cáo", "Giá trị"],
    ["DL-01", "Tổng lượt khách du lịch", "6 tháng đầu năm 2026", "1.190.000"],
    ["DL-03", "Tổng thu từ khách du lịch", "Quý III/2026", "1450,5"],
    ["HTX-01", "Số hợp tác xã, tổ hợp tác", "", "12;5"],
]


def written(separator: str) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=separator).writerows(ROWS)
    return target.getvalue()


def as_1258(text: str) -> bytes:
    """As Windows writes it: tone marks behind their letters."""
    spelled = b""
    for sign in text:
        try:
            spelled += sign.encode("cp1258")
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFD", sign)
            tones = "".join(mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", apart.translate(dict.fromkeys(map(ord, tones))))
            spelled += base.encode("cp1258") + tones.encode("cp1258")
    return spelled


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "encode"),
    [
        ("UTF-8", str.encode),
        ("UTF-8", lambda text: text.encode("utf-8-sig")),
        ("UTF-16", lambda text: text.encode("utf-16")),
        ("UTF-16", lambda text: text.encode("utf-16-le")),
        ("UTF-16", lambda text: b"\xfe\xff" + text.encode("utf-16-be")),
        ("windows-1258", as_1258),
    ],
)
def test_encoding_and_separator_are_found_out(separator, encoding, encode):
    found = read(encode(written(separator)), "a.csv")
    assert (found.encoding, found.separator) == (encoding, separator)
    assert cells(found.sheets[0]) == {
        (row, column): text
        for row, line in enumerate(ROWS, 1)
        for column, text in enumerate(line, 1)
        if text
    }


@pytest.mark.parametrize(
    ("encoding", "spelled"),
    [
        # "Chỉ tiêu;Giá trị;Đơn vị tính" as fonts of the ABC keyboard, VNI and VISCII spell it
        ("TCVN3 (ABC)", b"Ch\xd8 ti\xaau;Gi\xb8 tr\xde;\xa7\xacn v\xde t\xddnh\n"),
        ("VNI", b"Ch\xe6 ti\xeau;Gi\xf9 tr\xf2;\xd1\xf4n v\xf2 t\xednh\n"
                .replace(b"ti\xeau", b"tie\xe2u").replace(b"Gi\xf9", b"Gia\xf9")),
        ("VISCII", b"Ch\xef ti\xeau;Gi\xe1 tr\xb8;\xd0\xbdn v\xb8 t\xednh\n"),
    ],
)  # fmt: skip
def test_older_vietnamese_encodings_are_found_out(encoding, spelled):
    found = read(spelled, "a.csv")
    assert found.encoding == encoding
    assert [cell.value for cell in found.sheets[0].rows[1].values()] == [
        "Chỉ tiêu",
        "Giá trị",
        "Đơn vị tính",
    ]


def test_quotes_line_breaks_blank_lines_and_a_said_separator_are_read():
    data = 'sep=;\r\n"Tên ""A"" ; B";2\r\n\r\n"dòng một\nhai";3\r\nx"y";4'
    found = read(data.encode(), "a.csv")
    assert found.separator == ";"
    assert cells(found.sheets[0]) == {
        (1, 1): 'Tên "A" ; B', (1, 2): 2.0, (3, 1): "dòng một\nhai", (3, 2): 3.0,
        (4, 1): 'x"y"', (4, 2): 4.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'a;"b\n' + b"c;d\n" * 1000, "F07"),
        (b'"a"b;c\n"d', "F07"),
        (b"a," * 1_000_000, ""),
        (b"a," * 500 + b"b", "F11"),
        (b"a\n" * 200_001, "F11"),
        (b"\n" * 200_001, ""),
        (b"a" * (10 * 2**20), ""),
        (b"\x81\x8d\x8f\x90\x9d,", "F07"),
        (b"a,\0b", "F03"),
        (b'"' * 999_999, "F07"),
    ],
)
def test_a_csv_is_held_to_the_limits(data, code):
    expected = "F11" if data[:2] == b"a," and len(data) > 10_000 else code
    found = read_workbook(data, "a.csv")
    assert (found[0].code if isinstance(found, list) else "") == expected
