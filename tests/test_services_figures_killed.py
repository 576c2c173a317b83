"""What a hundred thousand figures leave behind when the power goes, and when two come at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import changes, observations, tables, versioned
from services import figures
from services.access import LOCAL
from services.moments import moment
from services.submissions import File, listing

ROOT = Path(__file__).resolve().parents[1]
NOW = moment("2026-11-22T08:00:00+07:00")
LINES = 100_000

# Reads the file that it is given and says when it begins.
PROGRAM = f"""
import pathlib, sys
from db.engine import open_store
from services import figures
from services.access import shell
from services.submissions import File
store = open_store(sys.argv[1])
content = pathlib.Path(sys.argv[2]).read_bytes()
print("begins", flush=True)
taken = figures.take(store, shell("drill"), File("figures.csv", content), now={NOW})
print(taken.receipt.new, flush=True)
"""


def write_csv(path, lines, first=0):
    codes = [f"X-{number:05d}" for number in range(first, first + lines // 10)]
    rows = [
        f"{code},{year},,{place + year},official,Báo cáo\n"
        for place, code in enumerate(codes)
        for year in range(2016, 2026)
    ]
    path.write_text("indicator,period,area,value,status,source\n" + "".join(rows), "utf-8")
    return path


def add_indicators(store, number):
    rows = [{"code": f"X-{place:05d}", "measure": "flow"} for place in range(number)]
    with store.write() as tx:
        change = changes.begin(tx, "seed", "seed", "", 1)
        versioned.put(tx, tables.indicators, rows, change, added_from=0)


def start(url, path):
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, url, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout.readline() == "begins\n"
    return child


def is_writing(store):
    """Whether the other program is in the middle of writing its figures."""
    if store.is_sqlite:
        wal = Path(f"{store.path}-wal")
        return wal.exists() and wal.stat().st_size > 6_000_000
    with store.read() as tx:
        query = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY \"observations%'"
        return tx.connection.execute(sa.text(query)).scalar() > 0


@pytest.mark.slow
@pytest.mark.parametrize("moment_of_death", ["reading", "writing"])
def test_a_load_that_was_killed_is_there_whole_or_not_at_all(
    store, store_url, tmp_path, moment_of_death
):
    add_indicators(store, LINES // 10)
    path = write_csv(tmp_path / "figures.csv", LINES)
    child = start(store_url, path)
    while moment_of_death == "writing" and child.poll() is None and not is_writing(store):
        time.sleep(0.002)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()

    with store.read() as tx:
        there = len(observations.tuples(tx, NOW + LINES))
        if tx.is_sqlite:
            assert tx.connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert there in (0, LINES)
    assert [one.new for one in listing(store)] == ([LINES] if there else [])

    again = figures.take(store, LOCAL, File("figures.csv", path.read_bytes()), now=NOW)
    assert (again.receipt.new, again.receipt.same) == ((0, LINES) if there else (LINES, 0))
    with store.read() as tx:
        assert len(observations.tuples(tx, NOW + LINES)) == LINES


@pytest.mark.slow
def test_two_programs_that_load_at_once_are_both_whole(store, store_url, tmp_path):
    add_indicators(store, 2000)
    paths = [write_csv(tmp_path / f"{first}.csv", 10_000, first) for first in (0, 1000)]
    children = [start(store_url, path) for path in paths]
    assert [child.communicate()[0].strip() for child in children] == ["10000", "10000"]
    first, second = listing(store)
    assert (first.new, second.new) == (10_000, 10_000)
    assert first.at != second.at
    with store.read() as tx:
        assert len(observations.tuples(tx, NOW + LINES)) == 20_000
