"""What is handed in and what comes back: figures, files, what a preview saw, receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from db.submissions import Cell, Confirmation, Correction, FigureKey

UPLOAD, ENTRY, FIGURES, UNDOING = "upload", "entry", "figures", "undo"
WITHDRAWAL = "withdraw"
NEW, CHANGED, SAME, RESTORED, REMOVED = "new", "changed", "same", "restored", "removed"


class Figure(NamedTuple):
    """One figure to store. area "" is the whole scope; period in its canonical spelling.

    sheet and cell say where it stood in the file.
    """

    indicator: str
    area: str
    period: str
    value: float
    status: str
    source: str = ""
    note: str = ""
    sheet: str = ""
    cell: str = ""

    @property
    def key(self) -> FigureKey:
        """What at most one figure of an agency can stand for."""
        return self.indicator, self.area, self.period


class Seen(NamedTuple):
    """What a preview found stored for one figure: value and status, None and "" for none."""

    value: float | None
    status: str


# What a preview found stored for its figures, or the fingerprint of that; None: no preview.
Expected = Mapping[FigureKey, Seen] | str | None


@dataclass(frozen=True, slots=True)
class File:
    """The file that was handed in."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Given:
    """What is recorded beside the figures.

    as_of: the ISO day that stood for today in the check. findings: those that stood, with the
    confirmations. corrections: cells of the file that were typed over. confirmed: anything more
    about how warnings were confirmed, as JSON.
    """

    file: File | None = None
    findings: Sequence[Confirmation] = ()
    corrections: Sequence[Correction] = ()
    confirmed: str = ""
    why: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a commit or an undo did. restored: of an undo, how many figures went back."""

    submission: int
    at: int
    new: int
    changed: int
    same: int
    cells: tuple[Cell, ...]
    restored: int = 0
