"""How far the work on one file has come; inside the child process, where there is one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

READ, CHECK = "read", "check"

Listener = Callable[[str, float], None]


def _nobody(_phase: str, _share: float) -> None:
    return None


_listener: Listener = _nobody


def listen(listener: Listener) -> None:
    """Have every ``tell`` from now on call this function."""
    global _listener
    _listener = listener


def tell(phase: str, share: float) -> None:
    """Say that so much of a phase (``READ``, ``CHECK``) is done, 0 to 1; cheap, never fails."""
    _listener(phase, share)


class Share:
    """Tells the share of so many bytes that has been read.

    total: of all that will be watched. listener: takes the share, 0 to 1.
    """

    def __init__(self, total: int, listener: Callable[[float], None]) -> None:
        self._total = max(total, 1)
        self._done = 0
        self._listener = listener

    def watched(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The same chunks; each is counted once it has been used."""
        for chunk in chunks:
            yield chunk
            self._done += len(chunk)
            self._listener(min(self._done / self._total, 1.0))
