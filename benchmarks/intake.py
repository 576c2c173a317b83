"""A workbook of 100,000 rows: read, checked and previewed, then committed, on a new SQLite file.

Reading and checking is held against python-calamine that only reads the same file, committing
against a bare executemany of the same rows, both in the same run. The memory is that of this
process, which stands for the server's: what reads the file is a process of its own.
"""

from __future__ import annotations

import gc
import io
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import python_calamine

from indicators.model import Settings
from services import access, drafts, handin, preview
from services.moments import day_start
from services.seeding import seed
from services.snapshot import Snapshot, snapshot
from services.store import Store, data_version, open_ready
from services.submissions import File

from .workbooks import coming_rows, workbook

DAY = date(2061, 1, 15)  # after the last period
SEEDED = 1_795_000_000_000_000  # 18/11/2026
MEGABYTE = 1024 * 1024

# The figures as they are stored, put by one executemany in one transaction into a new file: into
# the same table with its indexes, and into one without any.
BARE = """
import json, sqlite3, sys, time
kept = sqlite3.connect(sys.argv[1])
made = kept.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'observations' AND sql <> ''")
same = [sql for (sql,) in made if sql.startswith("CREATE ")]
rows = kept.execute("SELECT * FROM observations WHERE submission_id = 1").fetchall()
names = [column[1] for column in kept.execute("PRAGMA table_info(observations)")]
seconds = []
for number, shape in enumerate((same, [f"CREATE TABLE observations ({', '.join(names)})"])):
    db = sqlite3.connect(f"{sys.argv[2]}-{number}", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    for sql in sorted(shape, key=lambda one: not one.startswith("CREATE TABLE")):
        db.execute(sql)
    start = time.perf_counter()
    db.execute("BEGIN IMMEDIATE")
    marks = ", ".join("?" * len(names))
    db.executemany(f"INSERT INTO observations VALUES ({marks})", rows)
    db.execute("COMMIT")
    seconds.append(time.perf_counter() - start)
print(json.dumps([len(rows), *seconds]))
"""


def measure(rows: int = 100_000) -> dict[str, Any]:
    """Seconds, ratios and megabytes of the way from a file to a receipt."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = open_ready(f"sqlite:///{folder / 'bench.db'}")
        seed(store, SEEDED)
        now = day_start(DAY) + 1
        known = snapshot(store, now, Settings())
        data = workbook(itertools.islice(coming_rows(known), rows))
        _small(store, known, now)  # what is loaded once is no cost of a large file
        bare_read = _calamine(data)
        before = _resident()
        found: dict[str, float] = _course(store, data, folder, now)
        gc.collect()
        found["megabytes_more_after"] = (_resident() - before) / MEGABYTE
        found["calamine_reading"] = bare_read
        found["seconds_over_3_readings"] = found["read_checked_previewed"] - 3 * bare_read
        found["commit_ratio"] = found["commit"] / found["bare_executemany"]
        found["commit_ratio_without_indexes"] = found["commit"] / found["bare_without_indexes"]
        return {"rows": rows, "file_megabytes": len(data) / MEGABYTE, **found}


def _small(store: Store, known: Snapshot, now: int) -> None:
    """One small file all the way to the preview."""
    data = workbook(itertools.islice(coming_rows(known), 80))
    actor = access.shell("bench")
    draft = drafts.load(store, actor, drafts.begin(store, actor, File("nhỏ.xlsx", data), now))
    if draft is None:
        raise RuntimeError("no draft")
    checked = drafts.checked(store, draft, as_of=now, version=data_version(store, now))
    preview.page(store, checked, now, preview.GROUPS[0], 1)
    drafts.discard(store, actor, draft.id)


def _course(store: Store, data: bytes, folder: Path, now: int) -> dict[str, float]:
    """From the bytes to the receipt, as the page goes."""
    actor = access.shell("bench")
    start = time.perf_counter()
    draft = drafts.load(store, actor, drafts.begin(store, actor, File("lớn.xlsx", data), now))
    if draft is None:
        raise RuntimeError("no draft")
    checked = drafts.checked(store, draft, as_of=now, version=data_version(store, now))
    preview.page(store, checked, now, preview.GROUPS[1], 1)
    handin.finding_lines(checked.result.findings)
    read = time.perf_counter() - start
    if checked.result.outcome != "accept":
        raise RuntimeError(str([one.message for one in checked.result.findings[:5]]))
    start = time.perf_counter()
    preview.page(store, checked, now, preview.GROUPS[1], 999)
    turned = time.perf_counter() - start
    start = time.perf_counter()
    receipt = drafts.commit(store, actor, draft, checked, now=now)
    commit = time.perf_counter() - start
    rows, bare, plain = _bare(folder)
    if rows != receipt.new:
        raise RuntimeError(f"{rows} rows, {receipt.new} stored")
    return {
        "read_checked_previewed": read,
        "another_page": turned,
        "commit": commit,
        "bare_executemany": bare,
        "bare_without_indexes": plain,
        "stored": receipt.new,
    }


def _calamine(data: bytes) -> float:
    """Seconds that python-calamine needs only to read the file; the best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        book.get_sheet_by_index(0).to_python()
        best = min(best, time.perf_counter() - start)
    return best


def _bare(folder: Path) -> tuple[int, float, float]:
    """How many rows the submission stored, and the seconds of both bare insertions."""
    command = [sys.executable, "-c", BARE, str(folder / "bench.db"), str(folder / "bare.db")]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    rows, same, plain = json.loads(done.stdout)
    return int(rows), float(same), float(plain)


def _resident() -> int:
    """Bytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
