"""Python's garbage collector, out of the way while very many small values are made."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_LARGE = 10_000  # figures below which the collector's own time is not worth it


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
    with suppress(AttributeError, OSError):  # other systems than glibc's have no such call
        ctypes.CDLL(None).malloc_trim(0)
