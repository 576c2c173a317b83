"""Number formats of workbooks: the codes that files only number, and which of them show dates.

Source: ECMA-376 Part 1 (2016), 18.8.30 numFmt: implied format codes; those from 27 on show
dates in East Asian workbooks.
"""

from __future__ import annotations

import re
from functools import lru_cache

BUILT_IN: dict[int, str] = {
    0: "",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "dd/mm/yyyy"),
    **dict.fromkeys((*range(32, 36), 55, 56), "h:mm"),
}

# What only decorates: quoted text, an escaped sign, the width or filling of a sign, and all
# brackets but those of elapsed hours, minutes and seconds.
_DECORATION = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]?', re.IGNORECASE)
_DATE_SIGNS = re.compile(r"[dmyhs]", re.IGNORECASE)


@lru_cache(maxsize=4096)
def shows_date(code: str) -> bool:
    """Whether a format code shows a number as a date or a time of day."""
    if code.strip().casefold() in ("", "general", "standard", "@"):
        return False
    first = _DECORATION.sub("", code[:1000]).split(";", 1)[0]
    return bool(_DATE_SIGNS.search(first))


def plain(code: str) -> str:
    """The code as handed on: "" for General."""
    return "" if code.strip().casefold() in ("general", "standard") else code
