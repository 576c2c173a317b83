"""Reads the CSV files that lie beside this module."""

from __future__ import annotations

import calendar
import csv
import hashlib
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def table(name: str) -> list[dict[str, str]]:
    """Rows of one file, heading -> text; texts trimmed and in Unicode NFC.

    Args:
        name: path below the data folder, e.g. ``register/targets.csv``.

    Raises:
        ValueError: a row has more or fewer cells than the heading; the row is named.
    """
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise ValueError(f"{name}, line {reader.line_num}: wrong number of cells")
            rows.append(
                {key: unicodedata.normalize("NFC", text.strip()) for key, text in row.items()}
            )
    return rows


@cache
def digest() -> str:
    """SHA-256 over all data files, names and bytes: the same while nothing changed."""
    total = hashlib.sha256()
    for path in sorted(DATA.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(DATA).as_posix().encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def number(text: str) -> float | None:
    """The number of a seed file (point for decimals), None where blank."""
    return float(text) if text else None


def day(text: str) -> date | None:
    """The ISO day of a seed file, None where blank."""
    return date.fromisoformat(text) if text else None


def years(text: str) -> tuple[int, int]:
    """First and last year of ``2025-2030`` or ``2030``."""
    first, _, last = text.partition("-")
    return int(first), int(last or first)


def last_day(text: str) -> tuple[date | None, bool]:
    """The day of a publication, and whether it is assumed.

    A day stands as it is; of a month or a year alone the last day is assumed; blank gives None.
    """
    parts = [int(part) for part in text.split("-")] if text else []
    if not parts:
        return None, True
    if len(parts) == 3:
        return date(*parts), False
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    return date(year, month, calendar.monthrange(year, month)[1]), True
