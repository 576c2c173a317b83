"""What a file of plans or assignments did, or would do."""

from __future__ import annotations

from dataclasses import dataclass

from db.versioned import Put

from .file_findings import Finding, Findings


@dataclass(frozen=True, slots=True)
class FileReport:
    """Counts of a file's rows, and its findings; refused: nothing is stored."""

    added: int
    changed: int
    same: int
    findings: tuple[Finding, ...]
    refused: bool = False

    def as_json(self) -> dict[str, object]:
        """The keys that the shell's contract names."""
        return {
            "added": self.added,
            "changed": self.changed,
            "same": self.same,
            "findings": [one.as_json() for one in self.findings],
        }


def refused(findings: Findings) -> FileReport:
    """The report of a file that is not taken."""
    return FileReport(0, 0, 0, findings.listed(), refused=True)


def report(found: Put, findings: Findings) -> FileReport:
    """The report of rows that are (or would be) stored."""
    return FileReport(len(found.added), len(found.amended), len(found.unchanged), findings.listed())
