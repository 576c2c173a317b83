"""How far the work on one file has come; inside the child process, where there is one file."""

from __future__ import annotations

from collections.abc import Callable

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
