from __future__ import annotations

import csv
import os
import sys
import threading
from pathlib import Path

import pytest

from intake import child
from intake.child import Answer, Limits, run
from tests.packages import workbook

pytestmark = pytest.mark.slow

HOSTILE = Path(__file__).parent / "data" / "intake" / "hostile"
SMALL = b"M\xc3\xa3,Gi\xc3\xa1 tr\xe1\xbb\x8b\nDL-01,5\n"


def program(*lines: str) -> tuple[str, ...]:
    """A child whose check consists of these lines; ``book`` and ``request`` are at hand."""
    body = "".join(f"    {line}\n" for line in lines)
    head = "import os, sys, time\nfrom intake import inside, progress\ndef check(book, request):\n"
    return (sys.executable, "-X", "utf8", "-c", f"{head}{body}inside.serve(check)\n")


PROGRAM = program(
    "return {'kind': book.kind, 'sheets': {sheet.name: sum(map(len, sheet.rows.values()))"
    " for sheet in book.sheets}, 'numbers': [cell.value for sheet in book.sheets"
    " for row in sheet.rows.values() for cell in row.values() if cell.kind == 'n'][:9]}"
)


def codes(answer: Answer) -> list[str]:
    return [fault.code for fault in answer.faults]


def small(*lines: str, limits: Limits | None = None) -> Answer:
    return run(SMALL, "a.csv", {"a": [1, "ậ"]}, limits=limits, program=program(*lines))


def manifest() -> list[dict[str, str]]:
    with (HOSTILE / "manifest.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


# What only the check of the content can find.
LATER = {"V15", "V02", "N02", "N03", "F12", "F13", "F14", "S01", "T02"}


@pytest.mark.parametrize("row", manifest(), ids=lambda row: row["file"])
def test_a_hostile_file_is_refused_or_read_as_its_manifest_says(row):
    answer = run((HOSTILE / row["file"]).read_bytes(), row["file"], {}, program=PROGRAM)
    wanted = set(row["codes"].split("|"))
    if answer.report is None:
        assert row["must"] != "read"
        assert set(codes(answer)) <= wanted
    else:
        assert row["must"] != "refuse" or wanted & LATER
        if row["must"] == "read":
            assert {1190000.0, 21400.0} <= set(answer.report["numbers"])


def test_what_the_check_says_comes_back_with_the_request():
    answer = small("return {'said': request['a'], 'rows': len(book.sheets[0].rows)}")
    assert answer.faults == ()
    assert answer.report == {"said": [1, "ậ"], "rows": 2}


def test_a_check_that_never_ends_is_ended():
    answer = small("time.sleep(600)", limits=Limits(seconds=1))
    assert codes(answer) == ["F09"]
    assert answer.faults[0].args == {"seconds": 1, "memory": 400}


def test_a_check_that_only_burns_time_is_ended():
    assert codes(small("while True: pass", limits=Limits(seconds=1))) == ["F09"]


def test_a_check_that_fills_the_memory_is_ended():
    filling = "return {'filled': len([bytes(10**7) for _ in range(100)])}"
    assert codes(small(filling, limits=Limits(megabytes=200))) == ["F09"]
    assert small(filling, limits=Limits(megabytes=1200)).report == {"filled": 100}


@pytest.mark.parametrize(
    "line",
    [
        "os.abort()",
        "os._exit(3)",
        "os._exit(0)",
        "raise ValueError('x')",
        "sys.setrecursionlimit(10**9); f = lambda: f(); f()",
        "sys.exit()",
        "return {'a': object()}",
    ],
)
def test_a_child_that_dies_is_an_answer(line):
    assert codes(small(line, limits=Limits(megabytes=100))) == ["F09"]


def test_a_child_that_says_something_else_is_an_answer():
    for said in (
        b"",
        b"nonsense",
        b"[1]",
        b'{"faults": []}',
        b'{"faults": 5}',
        b"[" * 100_000,
        b'{"progress": 5}\n{"progress"\n',
        b'{"report": [1]}',
    ):
        text = f"import os; os.write(1, {said!r})"
        answer = run(SMALL, "a.csv", {}, program=(sys.executable, "-c", text))
        assert codes(answer) == ["F09"]


def test_a_fault_without_form_is_no_reading():
    text = 'import os; os.write(1, b\'{"faults": [{"code": 5}]}\')'
    answer = run(SMALL, "a.csv", {}, program=(sys.executable, "-c", text))
    assert codes(answer) == ["F09"]


def test_a_child_that_floods_the_pipe_is_ended(monkeypatch):
    monkeypatch.setattr(child, "_LARGEST_ANSWER", 2**20)
    answer = run(
        SMALL, "a.csv", {}, program=(sys.executable, "-c", "while True: print('a' * 9999)")
    )
    assert codes(answer) == ["F09"]


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request as r; r.urlopen('http://127.0.0.1:9/')",
        "import subprocess; subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "import ctypes; ctypes.CDLL(None)",
    ],
)
def test_the_child_reaches_neither_network_nor_programs(attempt):
    answer = small(
        "try:", f"    {attempt}", "except PermissionError as error:",
        "    return {'refused': str(error)}", "return {'refused': ''}",
    )  # fmt: skip
    assert answer.report is not None
    assert answer.report["refused"]


def test_the_child_knows_nothing_of_the_servers_environment(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:secret@host/db")
    answer = small("return {'all': sorted(os.environ)}")
    assert answer.report is not None
    assert "PATH" in answer.report["all"]
    assert "DATABASE_URL" not in answer.report["all"]


def test_what_is_printed_while_reading_is_no_answer():
    assert small("print('{}')", "os.write(1, b'x')", "return {'a': 1}").report == {"a": 1}


def test_progress_is_told_in_the_calling_thread():
    told: list[tuple[str, float, int]] = []
    answer = run(
        SMALL,
        "a.csv",
        {},
        on_progress=lambda phase, share: told.append((phase, share, threading.get_ident())),
        program=program(
            "time.sleep(0.3); progress.tell('check', 0.5)",
            "time.sleep(0.3); progress.tell('check', 1.0); return {'a': 1}",
        ),
    )
    assert answer.report == {"a": 1}
    assert told == [
        ("wait", 0.0, threading.get_ident()),
        ("check", 0.5, threading.get_ident()),
        ("check", 1.0, threading.get_ident()),
    ]


class Stop(BaseException):
    """As a page raises it when its reader goes elsewhere."""


def test_a_page_that_stops_takes_its_child_along():
    children: list[int] = []

    def stop(phase: str, _share: float) -> None:
        if phase != "wait":
            children.append(int(phase))
            raise Stop

    slow = program("time.sleep(0.3); progress.tell(str(os.getpid()), 0.5); time.sleep(600)")
    with pytest.raises(Stop):
        run(SMALL, "a.csv", {}, on_progress=stop, program=slow)
    with pytest.raises(ProcessLookupError):
        os.kill(children[0], 0)
    assert run(SMALL, "a.csv", {}, program=PROGRAM).report is not None


def test_no_more_than_two_children_live_at_once_and_nobody_is_turned_away():
    spans: list[tuple[float, float]] = []
    busy = program(
        "begun = time.monotonic(); time.sleep(0.3); return {'span': [begun, time.monotonic()]}"
    )

    def one() -> None:
        answer = run(SMALL, "a.csv", {}, program=busy)
        assert answer.report is not None
        spans.append(tuple(answer.report["span"]))

    threads = [threading.Thread(target=one) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(spans) == 5
    for begun, _ in spans:
        assert sum(first <= begun <= last for first, last in spans) <= 2


def test_a_large_sheet_under_small_limits_is_refused_not_fatal():
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><v>{n:040}</v></c></row>' for n in range(1, 40_001)
    )
    data = workbook(rows)
    assert codes(run(data, "a.xlsx", {}, limits=Limits(megabytes=10), program=PROGRAM)) == ["F09"]
    assert codes(run(data, "a.xlsx", {}, limits=Limits(seconds=0.2), program=PROGRAM)) == ["F09"]
    answer = run(data, "a.xlsx", {}, program=PROGRAM)
    assert answer.report is not None
    assert answer.report["sheets"] == {"Biểu 1": 40_000}


def test_the_real_check_is_what_a_child_runs():
    """Without a program of the test's own the child answers with ``check_in_child``."""
    answer = run(b"x" * 2_000_000, "a.csv", {})
    assert (answer.report is None) == bool(answer.faults)
