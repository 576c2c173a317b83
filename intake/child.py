"""Reading and checking a file in a process of its own, which may die without harm.

A file can end its reader or fill the memory whatever the reader does; the server that asked
must live and answer others meanwhile. So each file gets a child process with limits of time and
memory, and a child that ends before its answer is an answer too: F09.
"""

from __future__ import annotations

import json
import logging
import os
import selectors
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from .faults import FileFault
from .limits import CHILDREN_AT_ONCE, MEGABYTE, READ_MEGABYTES, READ_SECONDS
from .precheck import precheck

_ROOT = Path(__file__).resolve().parent.parent
PROGRAM = (sys.executable, "-B", "-X", "utf8", "-m", "intake.inside")  # -B: it may write nothing
# Where Python and its libraries lie; nothing else of the server's environment is handed on.
_HANDED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
_LARGEST_ANSWER = 256 * MEGABYTE
_PIECE = 1 << 18
_LOG = logging.getLogger(__name__)

_places = threading.BoundedSemaphore(CHILDREN_AT_ONCE)

WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may take: seconds by the clock, megabytes beyond the bare interpreter."""

    seconds: float = READ_SECONDS
    megabytes: int = READ_MEGABYTES


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a file.

    faults: why it is refused, none where it was read. report: what the check said, None where
    the file was refused. seconds: how long the child lived, 0 where the pre-check refused.
    """

    faults: tuple[FileFault, ...] = ()
    report: dict[str, Any] | None = None
    seconds: float = 0.0


def run(
    data: bytes,
    name: str,
    request: dict[str, Any],
    *,
    on_progress: Callable[[str, float], None] | None = None,
    limits: Limits | None = None,
    program: Sequence[str] = PROGRAM,
) -> Answer:
    """Pre-check a file, then read and check it in a child process.

    Only the calling thread waits, also while other files have all the places.

    Args:
        data: the bytes of the file.
        name: its name, whose extension says what it should be.
        request: what ``intake.check.check_in_child(workbook, request)`` needs, JSON values only.
        on_progress: is called in this thread with a phase (``WAIT``, ``progress.READ``,
            ``progress.CHECK``) and the share of it that is done; what it raises ends the child.
        limits: of the child.
        program: the command of a child that calls ``inside.serve``.

    Returns:
        The report of the check, or faults: of the pre-check, of the reader, or F09 where the
        child took too much or died.
    """
    fault = precheck(data, name)
    if fault is not None:
        return Answer(faults=(fault,))
    bounds = limits or Limits()
    order = {
        "name": name,
        "request": request,
        "seconds": bounds.seconds,
        "memory": bounds.megabytes,
    }
    tell = on_progress or _nobody
    tell(WAIT, 0.0)
    with _places, tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as errors:
        source.write(json.dumps(order, ensure_ascii=True).encode("ascii") + b"\n")
        source.write(data)
        source.seek(0)
        started = time.monotonic()
        answer = _ask(program, source, errors, started + bounds.seconds, tell)
        return _understood(answer, bounds, time.monotonic() - started)


def _nobody(_phase: str, _share: float) -> None:
    return None


def _ask(
    program: Sequence[str],
    source: IO[bytes],
    errors: IO[bytes],
    deadline: float,
    tell: Callable[[str, float], None],
) -> bytes | None:
    """The last line that a child writes before the deadline; None where it fails."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own module
        list(program),
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=errors,
        cwd=_ROOT,
        env={key: os.environ[key] for key in _HANDED_ON if key in os.environ},
        start_new_session=True,
    )
    try:
        answer = _collected(process, deadline, tell)
        if answer is not None:
            process.wait(max(deadline - time.monotonic(), 0.1))
    except subprocess.TimeoutExpired:
        answer = None
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    if answer is None or process.returncode != 0:
        errors.seek(0)
        tail = errors.read(MEGABYTE)[-2000:].decode("utf-8", "replace")
        _LOG.warning("reading ended with %s: %s", process.returncode, tail.strip())
        return None
    return answer


def _collected(
    process: subprocess.Popen[bytes], deadline: float, tell: Callable[[str, float], None]
) -> bytes | None:
    """Everything written after the lines of progress; None at the deadline or when too long."""
    if process.stdout is None:
        raise ValueError("the child has no standard output")
    pipe = process.stdout.fileno()
    waiting = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(left):
                return None
            piece = os.read(pipe, _PIECE)
            if not piece:
                return bytes(waiting)
            waiting += piece
            _tell_progress(waiting, tell)
            if len(waiting) > _LARGEST_ANSWER:
                return None
    return None


def _tell_progress(waiting: bytearray, tell: Callable[[str, float], None]) -> None:
    """Take whole lines of progress off the front and tell them."""
    while waiting.startswith(b'{"progress"') and (end := waiting.find(b"\n")) >= 0:
        said = _from_json(bytes(waiting[:end])).get("progress")
        del waiting[: end + 1]
        match said:
            case [str(phase), int() | float() as share]:
                tell(phase, float(share))


def _from_json(text: bytes) -> dict[str, Any]:
    """The object that a text spells, {} for anything else: what a child says is not trusted."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _understood(answer: bytes | None, limits: Limits, seconds: float) -> Answer:
    said = _from_json(answer or b"")
    if isinstance(said.get("report"), dict):
        return Answer(report=said["report"], seconds=seconds)
    told = said.get("faults")
    faults = [_fault(fault) for fault in told] if isinstance(told, list) else []
    known = tuple(fault for fault in faults if fault is not None)
    if known:
        return Answer(faults=known, seconds=seconds)
    stopped = FileFault("F09", {"seconds": limits.seconds, "memory": limits.megabytes})
    return Answer(faults=(stopped,), seconds=seconds)


def _fault(said: Any) -> FileFault | None:
    match said:
        case {"code": str(code), "args": dict(args), "sheet": str(sheet), "cell": str(cell)}:
            kept = {
                key: value for key, value in args.items() if isinstance(value, str | int | float)
            }
            return FileFault(code, kept, sheet, cell)
    return None
