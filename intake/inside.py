"""The child's side of ``child.run``: bounds itself, reads one file, checks it, answers, ends.

On standard input: one line of JSON (name, request, seconds, memory), then the bytes of the file.
On standard output: lines of JSON, ``{"progress": [phase, share]}`` and at last the answer.
Nothing heavy is imported: the start counts on every upload.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import progress
from .faults import FileFault
from .grid import Workbook
from .limits import MEGABYTE
from .reading import read_workbook

Check = Callable[[Workbook, dict[str, Any]], dict[str, Any]]

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn",
              "os.system", "os.remove", "os.rename", "os.kill", "shutil.", "ctypes.", "urllib.",
              "ftplib.", "http.", "smtplib.")  # fmt: skip
_TELL_EVERY = 0.2
_OUT_OF_MEMORY = b'{"stopped":"memory"}'


def serve(check: Check) -> None:
    """Answer the one request that waits on standard input, with a check of our own."""
    serve_bytes(lambda data, name, request: _answer(check, data, name, request))


def serve_bytes(work: Callable[[bytes, str, dict[str, Any]], bytes]) -> None:
    """Answer the one request with what becomes of the bytes of the file: one line of JSON."""
    answers = _own_output()
    source = sys.stdin.buffer
    order = json.loads(source.readline())
    data = source.read()
    gc.disable()  # a grid has no cycles, and looking for them costs a quarter of the time
    _bound(order["seconds"], order["memory"])
    progress.listen(_teller(answers))
    try:
        answer = work(data, order["name"], order["request"])
    except MemoryError:
        answer = _OUT_OF_MEMORY
    _write(answers, answer)
    os._exit(0)  # taking a large grid apart would take longer than reading it


def _answer(check: Check, data: bytes, name: str, request: dict[str, Any]) -> bytes:
    found = read_workbook(data, name, lambda share: progress.tell(progress.READ, share))
    answer: dict[str, Any]
    if isinstance(found, Workbook):
        answer = {"report": check(found, request)}
    else:
        answer = {"faults": [fault_to_json(fault) for fault in found]}
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def fault_to_json(fault: FileFault) -> dict[str, Any]:
    """A fault as plain values for JSON."""
    return {
        "code": fault.code,
        "args": dict(fault.args),
        "sheet": fault.sheet,
        "cell": fault.cell,
    }


def _own_output() -> int:
    """A handle of our own on the pipe; whatever else prints goes to standard error."""
    answers = os.dup(1)
    os.dup2(2, 1)
    return answers


def _write(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _teller(answers: int) -> progress.Listener:
    last = time.monotonic()

    def tell(phase: str, share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _TELL_EVERY:
            last = now
            _write(answers, b'{"progress":["%s",%.3f]}\n' % (phase.encode(), share))

    return tell


def _bound(seconds: float, megabytes: int) -> None:
    """Limits on memory, time, files, and no way out to network or processes."""
    sys.addaudithook(_refuse_the_outside)
    signal.setitimer(signal.ITIMER_REAL, seconds + 1)  # where the parent has died meanwhile
    _limit(resource.RLIMIT_CPU, int(seconds) + 1)
    _limit(resource.RLIMIT_AS, _address_space() + megabytes * MEGABYTE)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, MEGABYTE)
    _limit(resource.RLIMIT_NOFILE, 32)


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(kind, (value, value))
    except (ValueError, OSError):  # some systems know a limit without keeping it
        return


def _address_space() -> int:
    """What the interpreter itself takes, in bytes."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 1024 * MEGABYTE
    return pages * resource.getpagesize()


def _refuse_the_outside(event: str, _facts: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} while a file is read")


if __name__ == "__main__":
    from .check import check_in_child

    serve(check_in_child)
