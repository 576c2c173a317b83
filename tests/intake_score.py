"""Holds a check against a manifest of workbooks: outcome, findings by code and cell, values."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from i18n.findings import NOTE, severity

Place = tuple[str, str, str]  # code, sheet, cell


@dataclass
class Score:
    """Counts over many files; ``faults`` names each difference."""

    files: int = 0
    outcomes: int = 0
    wanted: int = 0
    given: int = 0
    found: int = 0
    notes: int = 0
    notes_found: int = 0
    values: int = 0
    values_given: int = 0
    values_found: int = 0
    faults: list[str] = field(default_factory=list)


def manifest(folder: Path) -> list[dict[str, str]]:
    """The rows of a folder's manifest."""
    with (folder / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def add(score: Score, row: dict[str, str], said: dict[str, Any], areas: dict[str, str]) -> None:
    """Hold what was said of one file against its row of the manifest."""
    is_csv = row["file"].lower().endswith(".csv")
    wanted = [_wanted(text, is_csv) for text in _parts(row["expected_findings"])]
    given = [_given(finding, is_csv) for finding in said["findings"]]
    score.files += 1
    score.outcomes += said["outcome"] == row["expected_outcome"]
    if said["outcome"] != row["expected_outcome"]:
        score.faults.append(f"{row['file']}: {said['outcome']}, not {row['expected_outcome']}")
    notes = [place for place in wanted if severity(place[0]) == NOTE]
    grave = [place for place in wanted if severity(place[0]) != NOTE]
    _, missed_notes, _ = _paired(notes, [p for p in given if severity(p[0]) == NOTE])
    rest = [p for p in given if severity(p[0]) != NOTE]
    found, missed, extra = _paired(grave, rest)
    score.wanted, score.given = score.wanted + len(grave), score.given + len(rest)
    score.found += found
    score.notes += len(notes)
    score.notes_found += len(notes) - len(missed_notes)
    for word, places in (("missed", missed + missed_notes), ("extra", extra)):
        score.faults += [f"{row['file']}: {word} {place}" for place in places]
    _add_values(score, row, said, areas)


def _add_values(
    score: Score, row: dict[str, str], said: dict[str, Any], areas: dict[str, str]
) -> None:
    wanted = []
    for text in _parts(row["expected_values"]):
        indicator, period, area, value = text.split("|")
        wanted.append((indicator, period, areas.get(area, area), float(value)))
    given = [(v["indicator"], v["period"], v["area"], v["value"]) for v in said["values"]]
    rest, found = list(given), 0
    for one in wanted:
        match = next((g for g in rest if g[:3] == one[:3] and _equal(g[3], one[3])), None)
        if match is None:
            score.faults.append(f"{row['file']}: value missed {one}")
            continue
        rest.remove(match)
        found += 1
    score.faults += [f"{row['file']}: value extra {value}" for value in rest]
    score.values, score.values_given = score.values + len(wanted), score.values_given + len(given)
    score.values_found += found


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(other))


def _parts(text: str) -> list[str]:
    return [part for part in (text or "").split(";") if part]


def _wanted(text: str, is_csv: bool) -> Place:
    code, rest = text.split("@", 1)
    sheet, cell = rest.rsplit("!", 1)
    return code, "" if is_csv else _plain(sheet), cell


def _given(finding: dict[str, str], is_csv: bool) -> Place:
    return finding["code"], "" if is_csv else _plain(finding["sheet"]), finding["cell"]


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", name)).strip().casefold()


def _paired(
    wanted: Iterable[Place], given: Iterable[Place]
) -> tuple[int, list[Place], list[Place]]:
    rest, missed, found = list(given), [], 0
    for place in wanted:
        match = next((g for g in rest if _same(place, g)), None)
        if match is None:
            missed.append(place)
        else:
            rest.remove(match)
            found += 1
    return found, missed, rest


def _same(wanted: Place, given: Place) -> bool:
    sheet = not wanted[1] or not given[1] or wanted[1] == given[1]
    return wanted[0] == given[0] and sheet and (not wanted[2] or wanted[2] == given[2])
