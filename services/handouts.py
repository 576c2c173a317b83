"""What can be chosen for a template, and the files that go back to whoever handed them in."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db import register
from db import submissions as stored
from db.engine import Store
from db.submissions import Confirmation
from i18n.findings import fix
from i18n.periods import capital, period_text
from i18n.sorting import sort_key
from indicators.model import STATUSES
from intake.findings import Finding, outcome
from intake.result import Corrected

from . import rights
from .access import SEE_ANY, SUBMIT, SUBMIT_ANY, Actor, require
from .rights import may_see
from .submissions import File
from .uploads import Checked

STATUS_CHOICES = ("", *STATUSES)
_DIGITS = re.compile(r"-?\d+(?:[.,]\d+)*")


def area_choices(store: Store, as_of: int) -> list[tuple[str, str]]:
    """Code and full name of every area in force, wards before communes, by name."""
    with store.read() as tx:
        found = register.areas(tx, as_of)
    found.sort(key=lambda one: (one.kind != "phường", sort_key(one.name_vi)))
    return [(one.code, one.full_name_vi or one.name_vi) for one in found]


def period_choices(day: date, lang: str = "vi") -> list[tuple[str, str]]:
    """Periods that one may want to report on a day, the likeliest first."""
    years = (day.year, day.year - 1, day.year - 2)
    parts = ("", "-H1", "-9M", "-Q1", "-Q2", "-Q3", "-Q4")
    texts = [f"{year}{part}" for year in years for part in parts]
    return [(text, capital(period_text(text, lang))) for text in texts]


def target_codes(store: Store, as_of: int, agency: str = "") -> list[str]:
    """The code of every target at a moment, as the documents have them; or of an agency's."""
    with store.read() as tx:
        if agency:
            return rights.targets_of(tx, agency, as_of)
        return [one.code for one in register.targets(tx, as_of)]


@dataclass(frozen=True, slots=True)
class Own:
    """What a person hands in: their agency's targets by assignment.

    agency, name: key and name, "" for none. targets: codes, in the documents' order. any: whether
    they may hand in any agency's.
    """

    agency: str
    name: str
    targets: tuple[str, ...]
    any: bool

    @property
    def only(self) -> bool:
        """Whether nothing else than the own targets is theirs to hand in."""
        return not self.any


def own(store: Store, actor: Actor, as_of: int) -> Own:
    """Which targets are a person's own at a moment."""
    with store.read() as tx:
        names = {one.key: one.name_vi for one in register.agencies(tx, as_of)}
        codes = rights.targets_of(tx, actor.agency, as_of) if actor.agency else []
    name = names.get(actor.agency, actor.agency)
    return Own(actor.agency, name, tuple(codes), actor.may(SUBMIT_ANY))


def agency_choices(store: Store, as_of: int) -> list[tuple[str, str]]:
    """Key and name of every agency that reports something at a moment, by name."""
    with store.read() as tx:
        names = {one.key: one.name_vi for one in register.agencies(tx, as_of)}
        reporting = set(rights.assigned(tx, as_of).agencies.values())
    found = [(key, names.get(key, key)) for key in reporting]
    return sorted(found, key=lambda one: sort_key(one[1]))


def file_of(store: Store, actor: Actor, number: int) -> File | None:
    """The very file of a submission; None where the actor sees none of that number.

    Raises:
        Denied: the actor sees no submissions at all.
    """
    if not actor.may(SEE_ANY):
        require(actor, SUBMIT)
    with store.read() as tx:
        found = stored.one(tx, number)
        if found is None or not may_see(actor, found):
            return None
        content = stored.file_of(tx, number)
    return None if content is None else File(found.file, content)


def marked_of(store: Store, actor: Actor, number: int) -> File | None:
    """The file of a submission with its findings and corrections at their cells.

    None where the actor sees none of that number, or it has no file.

    Raises:
        Denied: the actor sees no submissions at all.
    """
    file = file_of(store, actor, number)
    if file is None:
        return None
    with store.read() as tx:
        submission = stored.one(tx, number)
        kept = stored.findings(tx, number)
        typed = stored.corrections(tx, number)
        cells = stored.cells(tx, number) if typed else []
    read = {(one.sheet, one.cell): one.new for one in cells if one.new is not None}
    found = [_finding(one) for one in kept]
    over = [Corrected(*one) for one in typed]
    by = submission.by if submission else ""
    people = {one.sheet: dict.fromkeys((two.cell for two in over), by) for one in over}
    return _made(file, found, outcome(Counter(one.code for one in found)), None, over, people, read)


def _finding(one: Confirmation) -> Finding:
    args = json.loads(one.args or "{}")
    return Finding(one.code, one.severity, one.sheet, one.cell, args, fix(one.code, args))


def marked(
    file: File, checked: Checked, typed_by: Mapping[str, Mapping[str, str]] | None = None
) -> File:
    """The workbook of an open upload with each finding, and each correction, at its cell.

    Other kinds of files, and files that were refused unread, give the list of findings alone.

    Args:
        file: as it was handed over.
        checked: the file, checked.
        typed_by: sheet -> cell -> who typed over it, as the draft's trail has it.
    """
    result = checked.result
    read = {(one.sheet, one.cell): one.value for one in result.figures}
    said = (result.findings, result.outcome, result.counts)
    return _made(file, *said, result.corrected, typed_by or {}, read)


def _made(
    file: File,
    findings: Sequence[Finding],
    outcome: str,
    counts: Mapping[str, int] | None,
    corrected: Sequence[Corrected],
    people: Mapping[str, Mapping[str, str]],
    read: Mapping[tuple[str, str], float],
) -> File:
    from intake.annotate import Typed, annotated  # openpyxl: not before somebody asks for it

    typed = [
        Typed(*one, people.get(one.sheet, {}).get(one.cell, ""), _number(one, read))
        for one in corrected
    ]
    made = annotated(file.content, file.name, findings, outcome, counts, typed)
    return File(made.name, made.data)


def _number(one: Corrected, read: Mapping[tuple[str, str], float]) -> float | None:
    """The number that a typed text is, where the check read the very same; else None."""
    text = one.new.replace("−", "-")
    if not _DIGITS.fullmatch(text):
        return None
    if text.lstrip("-").isdecimal():
        return float(text)
    ways = [text.replace(".", "").replace(",", "."), text.replace(",", "")]
    numbers = [float(way) for way in ways if way.count(".") <= 1]
    return next((value for value in numbers if value == read.get((one.sheet, one.cell))), None)
