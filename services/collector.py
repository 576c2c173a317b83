"""Memory of very many small values: the garbage collector out of the way, and all given back."""

from __future__ import annotations

import ctypes
import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_LARGE = 10_000  # figures below which the collector's own time is not worth it
_SOON = 2.0  # seconds after which the run of a page that asked for it has ended

_LOCK = threading.Lock()
_AWAITED: list[threading.Timer] = []


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Leave the garbage collector alone meanwhile.

    Of a hundred thousand figures each becomes a few tuples, none of them in a circle: looking
    through them again and again would double the time that the store is locked.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def sweep(figures: int) -> None:
    """After a large file: give back at once the memory that it needed.

    A page's run that ends early keeps what it had in its traceback until the collector comes
    by, and the C library keeps freed memory for itself until it is asked.
    """
    if figures <= _LARGE:
        return
    gc.collect()
    _trim()


def sweep_soon(figures: int) -> None:
    """After very many figures were read: give memory back once they are no longer needed.

    Whoever read them still holds them now. It is done once, however many ask meanwhile.
    """
    if figures <= _LARGE:
        return
    with _LOCK:
        if _AWAITED:
            return
        timer = threading.Timer(_SOON, _sweep_now)
        timer.daemon = True  # a command of the shell does not wait for it
        _AWAITED.append(timer)
        timer.start()


def _sweep_now() -> None:
    with _LOCK:
        _AWAITED.clear()
    _trim()


def _trim() -> None:
    with suppress(AttributeError, OSError):  # other systems than glibc's have no such call
        ctypes.CDLL(None).malloc_trim(0)
