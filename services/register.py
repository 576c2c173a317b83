"""Add and amend the register from a file: documents, targets, areas and what belongs to them.

A file is taken whole or not at all. An amended row keeps its former version: the newer one
counts from the day of the document that it names, if that bears one, else from now; a target
names what it supersedes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db import audit, changes, versioned
from db.changes import Change
from db.effects import Effect
from db.engine import Store, Tx
from db.standing import Open
from db.versioned import Key
from indicators.model import CUMULATIVE, DONE, DONE_MEASURE, FLOW, RATE, STOCK
from intake.grid import Workbook

from . import access
from .access import Actor
from .file_findings import Finding, Findings
from .file_tables import read_file, tables
from .moments import day_start
from .register_known import TABLES, known
from .register_reading import Reading, Row
from .register_rows import read_tables
from .register_shapes import SHAPES


@dataclass(frozen=True, slots=True)
class RowEffect:
    """What a file does to one row: added, amended or unchanged."""

    table: str
    key: str
    effect: str


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """What a file did, or would do in a dry run; nothing where it is refused.

    effects: of the rows of the file; what they imply (a new body, how an indicator behaves)
    is told by notes among the findings.
    """

    effects: tuple[RowEffect, ...]
    findings: tuple[Finding, ...]
    refused: bool

    def count(self, effect: str) -> int:
        """How many rows are added, amended or unchanged."""
        return sum(one.effect == effect for one in self.effects)

    def as_json(self) -> dict[str, object]:
        """Counts, rows and findings, as the shell's contract names them."""
        return {
            **{effect: self.count(effect) for effect in ("added", "amended", "unchanged")},
            "rows": [
                {"table": one.table, "key": one.key, "effect": one.effect} for one in self.effects
            ],
            "findings": [one.as_json() for one in self.findings],
        }


def add(
    store: Store, actor: Actor, content: bytes, name: str, *, dry_run: bool = False, now: int
) -> RegisterReport:
    """Check a register file, then store it whole; with an error in it nothing is stored.

    Args:
        store: ready.
        actor: who adds.
        content: the bytes of a CSV or workbook whose sheets have the register's columns.
        name: the file's name.
        dry_run: only check.
        now: microseconds since 1970 (UTC).

    Raises:
        Denied: the actor may not change the register.
    """
    access.require(actor, access.REGISTER)
    findings = Findings(name)
    book = read_file(content, name, findings)
    if book is None:
        return _refused(findings)
    with store.read() if dry_run else store.write() as tx:
        reading = understood(tx, book, findings)
        if reading is None:
            return _refused(findings)
        effects = _effects(tx, reading)
        if not dry_run:
            stored(tx, reading, actor, name, now)
    return RegisterReport(effects, findings.listed(), refused=False)


def understood(tx: Tx, book: Workbook, findings: Findings) -> Reading | None:
    """The rows of a register file with what they imply; None where an error refuses it."""
    reading = read_tables(tables(book, SHAPES, findings), known(tx), findings)
    if findings.refuses:
        return None
    _imply(reading)
    _name_superseded(reading)
    return reading


def planned(tx: Tx, reading: Reading, at: int) -> list[Effect]:
    """What storing the rows at a moment would do, implied rows included; table by table."""
    starts, first = _starts_and_first(reading, at)
    found = []
    for name, rows in reading.rows.items():
        for key, old, new in versioned.differing(tx, TABLES[name], rows.values()):
            start = starts.get((name, key), first)
            if old is not None:
                start = _amended_from(reading.known.rows[name].get(key), start, at)
            found.append(Effect(name, key, old, new, start))
    return found


def stored(tx: Tx, reading: Reading, actor: Actor, name: str, now: int) -> int | None:
    """Store the rows of a file or form; the number of the change, None where nothing differs."""
    change = changes.begin(tx, "register", actor.name, name, now)
    _store(tx, reading, change, actor, name)
    return change.id


def _refused(findings: Findings) -> RegisterReport:
    return RegisterReport((), findings.listed(), refused=True)


def _imply(reading: Reading) -> None:
    """Rows that the file implies: how a new target's indicator behaves, renamed indicators."""
    for (code,), target in list(reading.rows.get("targets", {}).items()):
        if target.get("indicator"):
            continue
        named = {name: target.get(name, "") for name in ("name_vi", "name_en", "unit")}
        row = reading.rows.get("indicators", {}).get((code,))
        if row is not None:
            row.update(named)
            continue
        was = reading.known.values("indicators", code)
        if was:
            reading.make("indicators", (code,), {**was, **named})
            continue
        row = {"code": code, **usual_behaviour(target), **named}
        reading.make("indicators", (code,), row)
        shown = {key: "–" if value is None else value for key, value in row.items()}
        reading.places_in_file["targets", (code,)].wrong("R16", "code", **shown)


def usual_behaviour(target: Row) -> Row:
    """How the indicator of a target without a row of its own is taken to behave.

    A running total adds up, a share is a rate, something done is 0 or 1, the rest is a stock.
    """
    unit, kind, comparator = (target.get(name) for name in ("unit", "kind", "comparator"))
    if comparator == DONE:
        return {"measure": DONE_MEASURE, "decimals": 0, "minimum": 0.0, "maximum": 1.0}
    if kind == CUMULATIVE:
        return {"measure": FLOW, "decimals": 1, "minimum": 0.0, "maximum": None}
    if unit == "%":
        return {"measure": RATE, "decimals": 1, "minimum": 0.0, "maximum": 100.0}
    return {"measure": STOCK, "decimals": 1, "minimum": 0.0, "maximum": None}


def _name_superseded(reading: Reading) -> None:
    """Amended targets say which clause they supersede, unless the file says it."""
    for (code,), row in reading.rows.get("targets", {}).items():
        was = reading.known.values("targets", code)
        said = reading.places_in_file["targets", (code,)].has("supersedes")
        if was and not said and any(was.get(name) != value for name, value in row.items()):
            row["supersedes"] = f"{was['document']}, {was['locator']}"


def _effects(tx: Tx, reading: Reading) -> tuple[RowEffect, ...]:
    """What each row of the file does; implied rows are not counted."""
    effects = []
    for name, rows in reading.rows.items():
        found = versioned.compare(tx, TABLES[name], rows.values())
        for effect, keys in (
            ("added", found.added),
            ("amended", found.amended),
            ("unchanged", found.unchanged),
        ):
            effects += [
                RowEffect(name, " ".join(key), effect)
                for key in keys
                if (name, key) not in reading.made
            ]
    return tuple(effects)


def _store(tx: Tx, reading: Reading, change: Change, actor: Actor, name: str) -> None:
    starts, first = _starts_and_first(reading, change.at)
    done = {"added": 0, "amended": 0}
    for table in (one for one in TABLES if one in reading.rows):
        groups: dict[tuple[int, int], list[Row]] = {}
        for key, row in reading.rows[table].items():
            start = starts.get((table, key), first)
            amended = _amended_from(reading.known.rows[table].get(key), start, change.at)
            groups.setdefault((start, amended), []).append(row)
        for (start, amended), rows in groups.items():
            put = versioned.put(
                tx, TABLES[table], rows, change, added_from=start, amended_from=amended
            )
            done["added"] += len(put.added)
            done["amended"] += len(put.amended)
    if change.id is not None:
        audit.add(
            tx,
            change.at,
            actor.name,
            "register.add",
            name,
            account=actor.account,
            new=done,
            came_from=actor.came_from,
            change=change.id,
        )


def _starts_and_first(reading: Reading, at: int) -> tuple[dict[tuple[str, Key], int], int]:
    """From when each row counts that names a document, and from when the others do."""
    starts = _starts(reading, at)
    return starts, min([at, *starts.values()])


def _starts(reading: Reading, at: int) -> dict[tuple[str, Key], int]:
    """From when each row counts that names a document: from its day, else from now.

    A row that named that document before is corrected, not amended: that counts from now.
    """
    starts: dict[tuple[str, Key], int] = {}
    for table, rows in reading.rows.items():
        for key, row in rows.items():
            document = key[0] if table == "documents" else row.get("document")
            if not isinstance(document, str) or not document:
                continue
            was = reading.known.values(table, *key)
            corrected = bool(was) and was.get("document", document) == document
            day = 0 if corrected else _day_of(reading, document)
            starts[table, key] = day or at
    return starts


def _day_of(reading: Reading, document: str) -> int:
    issued = str(reading.values("documents", document).get("issued", ""))
    return day_start(date.fromisoformat(issued)) if issued else 0


def _amended_from(standing: Open | None, start: int, at: int) -> int:
    """From when a newer version counts: never from before the version that it closes."""
    if standing is None:
        return start
    return start if start > standing.known_from else max(at, standing.known_from + 1)
