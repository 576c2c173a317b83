"""What is wrong or odd in a file that brings register rows, plans or assignments."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from i18n.words import words
from intake.cells import column_of
from intake.findings import Finding as FileFinding

ERROR, NOTE = "error", "note"

# Nothing of a file is stored while one finding is an error; notes only tell.
NOTES = frozenset({"R02", "R16", "R17", "R18", "R27", "R29", "R33"})
MOST = 2000  # of errors, and of notes; the rest is only counted
_CUT = 80
_CELL = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, at a file, sheet and cell ("" where it is about the whole of one)."""

    code: str
    severity: str
    file: str
    sheet: str
    cell: str
    message: str
    fix: str

    @property
    def where(self) -> str:
        """File, sheet and cell in one line: steps.xlsx, Kế hoạch!C5."""
        place = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell
        return f"{self.file}, {place}" if place else self.file

    def as_json(self) -> dict[str, str]:
        """All parts under their names."""
        parts = ("code", "severity", "file", "sheet", "cell", "where", "message", "fix")
        return {name: getattr(self, name) for name in parts}


@dataclass(slots=True)
class Findings:
    """Collects the findings of one file."""

    file: str
    lang: str = "vi"
    found: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, code: str, sheet: str = "", cell: str = "", /, **facts: Any) -> None:
        """Note one finding; facts fill its sentences."""
        severity = NOTE if code in NOTES else ERROR
        self.counts[severity] += 1
        if self.counts[severity] > MOST:
            return
        say = words(self.lang)
        shown = {name: _short(str(value)) for name, value in facts.items()}
        self.found.append(
            Finding(
                code,
                severity,
                self.file,
                sheet,
                cell,
                say(f"regfile.{code}.message", sheet=sheet, **shown),
                say(f"regfile.{code}.fix", sheet=sheet, **shown),
            )
        )

    def take(self, one: FileFinding) -> None:
        """Note a finding of the reader: the file itself is refused."""
        self.counts[one.severity] += 1
        message = one.said(self.lang)
        self.found.append(
            Finding(one.code, one.severity, self.file, one.sheet, one.cell, message, one.fix)
        )

    def listed(self) -> tuple[Finding, ...]:
        """They as they stand in the file: sheet by sheet, row by row; how many more at the end."""
        place = {one.sheet: -number for number, one in enumerate(reversed(self.found))}
        listed = sorted(self.found, key=lambda one: (place[one.sheet], _place(one.cell)))
        more = self.counts.total() - len(listed)
        if more:
            rest = Findings(self.file, self.lang)
            rest.add("R33", n=more)
            listed += rest.found
        return tuple(listed)

    @property
    def refuses(self) -> bool:
        """Whether one of them is an error."""
        return self.counts[ERROR] > 0


def _place(cell: str) -> tuple[int, int]:
    found = _CELL.fullmatch(cell)
    return (int(found[2]), column_of(found[1])) if found else (0, 0)


def _short(text: str) -> str:
    clean = "".join(sign if sign.isprintable() else " " for sign in text)
    return clean if len(clean) <= _CUT else clean[: _CUT - 1] + "…"
