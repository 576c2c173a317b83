"""The store under load: figures of 100,000 rows, and the status of 10,000 targets.

Both are ratios or counts against a bare reader in the same run, so that what else the machine
does hits both alike.
"""

from __future__ import annotations

import csv
import io
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter

from services import access, figures, register
from services.chosen import assessment
from services.moments import micros
from services.status import status
from services.store import Store, open_ready
from services.submissions import File

from .servers import ROOT

DOCUMENT = ["key", "kind_vi", "number", "issued", "issuer_vi", "title_vi", "term", "note"]
TARGET = [
    *("code", "field", "name_vi", "name_en", "unit", "kind", "comparator", "value_low"),
    *("value_high", "period_start", "period_end", "direction", "scope", "document", "locator"),
    *("wording_vi", "lead_vi", "doubt"),
]
INDICATOR = ["code", "measure", "decimals", "minimum", "maximum", "part_of", "area_rollup"]
FIGURE = ["indicator", "period", "area", "value", "status", "source"]
YEARS = range(2016, 2026)


def measure(targets: int = 10_000) -> dict[str, Any]:
    """Seconds and ratios of both drills on a new SQLite file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = open_ready(f"sqlite:///{folder / 'bench.db'}")
        _fill_register(store, targets)
        rows = list(_figure_rows(targets))
        data = _csv(FIGURE, rows)
        start = time.perf_counter()
        taken = figures.take(store, access.shell("bench"), File("bench.csv", data), now=_now())
        seconds = time.perf_counter() - start
        if taken.receipt is None:
            raise RuntimeError(str(taken.findings[:3]))
        bare = _bare_reading(folder, rows)
        return {
            "figures": {
                "rows": len(rows),
                "seconds": seconds,
                "calamine_reading": bare,
                "ratio": seconds / bare,
            },
            "status": _status(store, folder, targets),
        }


def _status(store: Store, folder: Path, targets: int) -> dict[str, Any]:
    """Whole processes, as other systems call them."""
    document = status(store, _now(), assessment(), forecasts=False)
    judged = sum(one["verdict"]["scale"] != "no_data" for one in document["targets"])
    plain = min(_run_status(folder, "--without-forecasts") for _ in range(3))
    first = _run_status(folder)
    keeping = _run(folder, "forecast", "--all")
    kept = min(_run_status(folder) for _ in range(3))
    return {
        "targets": targets,
        "judged": judged,
        "without_forecasts": plain,
        "before_forecasts_are_kept": first,
        "keeping_forecasts": keeping,
        "with_kept_forecasts": kept,
        "bar": 3.0,
    }


def _run_status(folder: Path, *words: str) -> float:
    return _run(folder, "status", "--json", *words)


def _run(folder: Path, *words: str) -> float:
    command = [sys.executable, "manage.py", *words]
    environment = {"DATABASE_URL": f"sqlite:///{folder / 'bench.db'}", "PATH": "/usr/bin:/bin"}
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _now() -> int:
    return micros(datetime.now(UTC))


def _fill_register(store: Store, count: int) -> None:
    documents = [["BENCH", "Kế hoạch", "1", "2025-01-01", "UBND", "Đo tốc độ", "2025-2030", ""]]
    targets, indicators = [], []
    for number in range(count):
        code = f"B{number:05d}"
        rate = number % 2 == 0
        unit, measure_, maximum = ("%", "rate", "100") if rate else ("lượt", "flow", "")
        kind, start = (("level", 2030), ("every_year", 2025))[number % 5 == 4]
        direction = "keep" if kind == "every_year" else "up"
        targets.append(
            [
                *(code, "Đo", f"Chỉ tiêu {number}", f"Target {number}", unit, kind, "at_least"),
                *(70, "", start, 2030, direction, "province", "BENCH", "Mục 1", "đạt 70"),
                *("UBND tỉnh", ""),
            ]
        )
        indicators.append([code, measure_, 1 if rate else 0, 0, maximum, "", ""])
    actor = access.shell("bench")
    for heading, rows in ((DOCUMENT, documents), (TARGET, targets), (INDICATOR, indicators)):
        report = register.add(store, actor, _csv(heading, rows), "bench.csv", now=_now())
        if report.refused:
            raise RuntimeError(str(report.findings[:3]))


def _figure_rows(targets: int) -> Iterator[list[object]]:
    dice = random.Random(1)
    for number in range(targets):
        value = dice.randint(20, 60)
        for year in YEARS:
            value += dice.randint(-1, 3)
            yield [f"B{number:05d}", str(year), "", value, "official", "đo tốc độ"]


def _csv(heading: list[str], rows: list[list[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heading)
    writer.writerows(rows)
    return out.getvalue().encode()


def _bare_reading(folder: Path, rows: list[list[object]]) -> float:
    path = folder / "bench.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    start = time.perf_counter()
    read = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    seconds = time.perf_counter() - start
    if len(read) != len(rows):
        raise RuntimeError(f"calamine read {len(read)} of {len(rows)} rows")
    return seconds
