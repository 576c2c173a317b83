"""Names of files to take away, which were given by whoever handed them in."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from api.downloads import attachment

PLAIN = re.compile(
    r"attachment; filename=\"([^\"\\\r\n]*)\"; filename\*=UTF-8''([A-Za-z0-9._~%-]*)"
)


def given(name: str) -> tuple[str, str]:
    """Both names of the header, the second one as a browser reads it."""
    found = PLAIN.fullmatch(attachment(name))
    assert found, attachment(name)
    return found[1], unquote(found[2])


@pytest.mark.parametrize("name", ["so-lieu.xlsx", "Báo cáo 6 tháng (lần 2).xlsx", "a;b,c='d'.csv"])
def test_a_name_stays_as_it_was(name):
    plain, full = given(name)
    assert full == name
    assert plain == "".join(sign if sign.isascii() else "_" for sign in name)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ('a"; filename="b.exe', "a_; filename=_b.exe"),
        ("a\r\nset-cookie: x=1.xlsx", "a__set-cookie_ x=1.xlsx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..\\..\\cmd.exe", "_.._cmd.exe"),
        ("anh\u202excod.exe", "anh_xcod.exe"),  # shown as anhexe.docx
        ("a\x00b\x1b[31m.csv", "a_b_[31m.csv"),
        ("a\u2028b\u200bc\ud800d.csv", "a_b_c_d.csv"),
        (".htaccess", "htaccess"),
        ("  ", "tep"),
        ("", "tep"),
        ("<img src=x onerror=alert(1)>.xlsx", "_img src=x onerror=alert(1)_.xlsx"),
        ("a%0d%0ab.csv", "a_0d_0ab.csv"),
    ],
    ids=ascii,
)
def test_what_is_no_name_of_a_file_is_left_out(name, kept):
    plain, full = given(name)
    assert full == kept
    assert plain == kept


def test_a_long_name_keeps_its_ending():
    plain, full = given("x" * 5000 + "ữ.xlsx")
    assert plain.endswith("x_.xlsx")
    assert full.endswith("xữ.xlsx")
    assert len(full) <= 150
