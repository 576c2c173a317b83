"""Why a use case did not do what it was asked: values that entrances turn into sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class Denied(Exception):
    """This person may not do this. action: the capability that is missing."""

    def __init__(self, who: str, action: str) -> None:
        super().__init__(f"{who}: {action}")
        self.who = who
        self.action = action


class NotTheirs(Denied):
    """Figures of targets or areas that another agency reports, or nobody: nothing was stored.

    keys: (indicator, area, period) of each.
    """

    def __init__(self, who: str, action: str, keys: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(who, action)
        self.keys = tuple(keys)

    def __str__(self) -> str:
        named = "; ".join(" ".join(part for part in key if part) for key in self.keys[:5])
        return f"{self.who}: {self.action} ({named}{'…' if len(self.keys) > 5 else ''})"


@dataclass(frozen=True, slots=True)
class Moved:
    """A stored figure that is no longer what the preview showed; None is no figure."""

    indicator: str
    area: str
    period: str
    seen: float | None
    seen_status: str
    stored: float | None
    stored_status: str


class Conflict(Exception):
    """The stored figures moved since the preview: nothing was stored, show the preview anew.

    moved: which; empty where the preview kept only a fingerprint.
    """

    def __init__(self, moved: Sequence[Moved] = ()) -> None:
        super().__init__(f"{len(moved)} stored figures moved since the preview")
        self.moved = tuple(moved)


class DraftMoved(Conflict):
    """Somebody else changed the open draft since it was read, or closed it: look at it again."""


@dataclass(frozen=True, slots=True)
class Later:
    """A figure that a later submission changed, so that an earlier one cannot be undone."""

    submission: int
    at: int
    by: str
    indicator: str
    area: str
    period: str
    value: float | None


class NotUndone(Exception):
    """A submission cannot be taken back; nothing was changed.

    key: unknown (no such submission), undone (already taken back, ``by_submission`` did it) or
    later (later submissions changed the same figures: ``later`` lists them).
    """

    def __init__(
        self, key: str, submission: int, later: Sequence[Later] = (), by_submission: int = 0
    ) -> None:
        super().__init__(f"submission {submission} is not undone: {key}")
        self.key = key
        self.submission = submission
        self.later = tuple(later)
        self.by_submission = by_submission


class AccountRefused(Exception):
    """An account is not made or changed; nothing was stored.

    key: of the sentence ``account.refused_<key>``. values: what the sentence names.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}" if values else key)
        self.key = key
        self.values = values
