"""More files made to hurt their reader: each is refused in one sentence or read safely."""

from __future__ import annotations

from datetime import date

import pytest

from intake.check import CheckResult, check
from tests.hostile_others import MASKS, OLD, OPEN, TABLES
from tests.hostile_packages import STRUCTURE, VALUES, Hostile, declarations
from tests.hostile_sheets import CELLS, SHEETS
from tests.intake_store import the_register

LONGEST_SENTENCE = 400
SLOW = {
    "a part of 101 MB of blanks", "five parts of 60 MB", "three million blank cells with a style",
    "a million merged ranges", "600,000 shared strings", "a million blank rows with a style",
}  # fmt: skip
QUICK = [*declarations(), *STRUCTURE, *OLD, *MASKS, *OPEN]
HEAVY = [*SHEETS, *CELLS, *TABLES]


def checked(one: Hostile) -> CheckResult:
    return check(one.make(), one.name, the_register(), (), date(2026, 11, 30))


def hold(one: Hostile, result: CheckResult) -> None:
    codes = {found.code for found in result.findings}
    allowed = set(one.codes.split(","))
    if result.outcome == "reject":
        assert codes & allowed
    else:
        assert "" in allowed
        assert {(f.indicator, f.period, f.area, f.value) for f in result.figures} == VALUES
    for found in result.findings:
        assert len(found.message) <= LONGEST_SENTENCE
        assert found.message.isprintable()
        assert "root:" not in found.message
    if any(
        found.code.startswith("F0") or found.code in ("F10", "F11") for found in result.findings
    ):
        assert len(result.findings) == 1


@pytest.mark.parametrize("one", [one for one in QUICK if one.what not in SLOW], ids=str)
def test_a_file_made_to_hurt_is_refused_or_read(one):
    hold(one, checked(one))


@pytest.mark.slow
@pytest.mark.parametrize("one", [*HEAVY, *(one for one in QUICK if one.what in SLOW)], ids=str)
def test_a_large_file_made_to_hurt_is_refused_or_read(one):
    hold(one, checked(one))


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["a.xlsx", "a.xls", "a.ods", "a.csv"])
def test_a_file_cut_at_every_tenth_byte_is_refused_or_read(kind):
    sound = {one.name: one for one in [*reversed(QUICK), *TABLES[:1]] if one.codes == ""}
    made = sound[kind] if kind in sound else OPEN[-1]
    data = made.make()
    for end in range(10, len(data), 10):
        result = check(data[:end], kind, the_register(), (), date(2026, 11, 30))
        assert result.findings or result.figures
