"""How a command answers: one document on standard output, messages on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import settings
from services.moments import micros, moment
from services.store import Store, open_ready, present

DONE, REFUSED, WRONG = 0, 1, 2


class WrongUse(Exception):
    """Words on the command line, or a setting, that cannot be used; one sentence."""


def now() -> int:
    """This moment in microseconds since 1970 (UTC)."""
    return micros(datetime.now(UTC))


def chosen() -> settings.Settings:
    """The settings of the environment."""
    return settings.read()


def store() -> Store:
    """The store that DATABASE_URL names, at the newest schema."""
    return open_ready(chosen().database_url)


def as_of(text: str | None, opened: Store) -> int:
    """The moment to read at: what --as-of names, else the present.

    Raises:
        WrongUse: no day and no time.
    """
    if not text:
        return present(opened, now())
    try:
        return moment(text)
    except ValueError as error:
        message = f"--as-of takes a day (2026-06-05) or a time with offset, not {text!r}"
        raise WrongUse(message) from error


def content(path: str) -> bytes:
    """The bytes of a file that the user named.

    Raises:
        WrongUse: it cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise WrongUse(f"{path}: {error.strerror}") from error


def write(path: str, data: bytes) -> None:
    """Write a file that the user named.

    Raises:
        WrongUse: it cannot be written.
    """
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise WrongUse(f"{path}: {error.strerror}") from error


def say(text: str) -> None:
    """A message for the person at the shell."""
    print(text, file=sys.stderr)


def answer(document: object, as_json: bool, text: Callable[[], str] | None = None) -> None:
    """Print the answer: the document as JSON, or a short text for a person."""
    if as_json or text is None:
        print(json.dumps(document, ensure_ascii=False, default=_plain))
    else:
        print(text())


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
