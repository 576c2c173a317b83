"""Python's garbage collector, out of the way while very many small values are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
