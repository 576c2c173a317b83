"""Findings (lỗi, cảnh báo, lưu ý): one thing wrong or odd in a workbook, at a sheet and cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from i18n import findings as words
from i18n.findings import ERROR, SEVERITIES, WARNING

MOST = 2000

ACCEPT, WITH_WARNINGS, REJECT = "accept", "accept_with_warnings", "reject"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. sheet and cell are "" where it is about the sheet or the file.

    args: what fills the message's places; fix: what to do, in Vietnamese.
    """

    code: str
    severity: str
    sheet: str
    cell: str
    args: Mapping[str, Any] = field(default_factory=dict)
    fix: str = ""

    @property
    def message(self) -> str:
        """The sentence in Vietnamese."""
        return words.message(self.code, self.args)

    def said(self, lang: str) -> str:
        """The sentence in a language."""
        return words.message(self.code, self.args, lang)

    def to_do(self, lang: str) -> str:
        """What to do about it, in a language."""
        return self.fix if lang == "vi" else words.fix(self.code, self.args, lang)


def finding(
    code: str, sheet: str = "", cell: str = "", args: Mapping[str, Any] | None = None
) -> Finding:
    """A finding with the severity and the fix of its code.

    Raises:
        ValueError: the catalogue has no such code.
    """
    places = args or {}
    return Finding(code, words.severity(code), sheet, cell, places, words.fix(code, places))


class Collector:
    """Findings as they turn up: the first 2,000 of each severity, the rest only counted."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._kept: dict[str, list[tuple[str, str, str, dict[str, Any]]]] = {
            level: [] for level in SEVERITIES
        }
        self._told: set[tuple[str, str, str, str]] = set()
        self._severity = {code: entry.severity for code, entry in words.catalogue().items()}

    def add(self, code: str, sheet: str, cell: str, args: dict[str, Any] | None = None) -> None:
        """Keep one finding, or only count it."""
        self.counts[code] += 1
        kept = self._kept[self._severity[code]]
        if len(kept) < MOST:
            kept.append((code, sheet, cell, args or {}))

    def add_once(
        self, code: str, sheet: str, cell: str, args: dict[str, Any], about: str = ""
    ) -> None:
        """Keep a finding of a cell that counts for many figures, the first time only.

        about: what else tells two findings of one code in one cell apart, e.g. an indicator.
        """
        told = (code, sheet, cell, about)
        if told not in self._told:
            self._told.add(told)
            self.add(code, sheet, cell, args)

    def __contains__(self, code: str) -> bool:
        return code in self.counts

    def kept(self) -> list[Finding]:
        """At most 2,000 findings, errors before warnings before notes where not all fit."""
        chosen: list[Finding] = []
        for level in SEVERITIES:
            room = MOST - len(chosen)
            chosen += [finding(c, s, cell, args) for c, s, cell, args in self._kept[level][:room]]
        return chosen

    def outcome(self) -> str:
        """accept, accept_with_warnings or reject."""
        return outcome(self.counts)


def outcome(counts: Mapping[str, int]) -> str:
    """What follows of so many findings by code."""
    levels = {words.severity(code) for code, n in counts.items() if n}
    if ERROR in levels:
        return REJECT
    return WITH_WARNINGS if WARNING in levels else ACCEPT
