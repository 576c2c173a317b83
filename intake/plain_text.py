"""Writing text into workbooks so that no program ever takes it for a formula."""

from __future__ import annotations

import re
from typing import Any

LIKE_FORMULA = ("=", "+", "-", "@", "\t")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_000  # Excel holds 32,767 characters


def harmless(text: str) -> str:
    """Text with a leading apostrophe where it starts like a formula, signs of no use dropped."""
    clean = _FORBIDDEN.sub("", text)[:_LONGEST]
    return f"'{clean}" if clean.startswith(LIKE_FORMULA) else clean


def put_text(cell: Any, text: str) -> Any:
    """Write text into a cell of openpyxl as text; the cell comes back."""
    cell.value = harmless(text)
    cell.data_type = "s"
    return cell
