"""Which agency reports (or leads) which target, from when, by which decision (``assign``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db import audit, changes, tables, versioned
from db.changes import Change
from db.engine import Store, Tx
from db.standing import Open, standing
from db.versioned import Key
from intake.grid import Workbook

from . import access
from .access import Actor
from .assignment_lines import Line, lines, seen_of
from .file_findings import Findings
from .file_report import FileReport, refused, report
from .file_tables import Record, Shape, read_file
from .file_tables import tables as tables_in
from .moments import day_start, today_of
from .refusals import Conflict
from .register_known import Known, known
from .target_areas import areas_by_target

SHAPE = Shape(
    "assignments",
    ("target", "agency", "document"),
    ("areas", "from", "role", "note"),
    (
        ("Mã chỉ tiêu", "target"),
        ("Chỉ tiêu", "target"),
        ("Cơ quan", "agency"),
        ("Đơn vị", "agency"),
        ("Địa bàn", "areas"),
        ("Từ ngày", "from"),
        ("Văn bản", "document"),
        ("Quyết định", "document"),
        ("Vai trò", "role"),
        ("Ghi chú", "note"),
    ),
)
REPORT, LEAD = "report", "lead"
ALL_AREAS = ""

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class FilePreview:
    """What a file would do. seen: what stood, to be given back when it is stored."""

    report: FileReport
    lines: tuple[Line, ...] = ()
    seen: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """A file's assignments by their key, and what stands."""

    rows: dict[Key, Row]
    there: Known
    stands: Mapping[Key, Open]


def add(
    store: Store,
    actor: Actor,
    content: bytes,
    name: str,
    *,
    dry_run: bool = False,
    seen: str | None = None,
    now: int,
) -> FileReport:
    """Check a file of assignments, then store it whole; with an error nothing is stored.

    Another agency for a target and area replaces the former one: from the day of the file if
    that is still to come, else from now, with the day kept beside it.

    Args:
        store: ready.
        actor: who adds.
        content: the bytes of a CSV or workbook: target, agency (key or name), areas (names or
            codes between ";", blank for all), from, document; role is report or lead.
        name: the file's name.
        dry_run: only check.
        seen: ``FilePreview.seen`` of what was confirmed, where there was a preview.
        now: microseconds since 1970 (UTC).

    Raises:
        Denied: the actor may not change the register.
        Conflict: what stands is no longer what was seen; nothing was stored.
    """
    access.require(actor, access.REGISTER)
    findings = Findings(name)
    book = read_file(content, name, findings)
    if book is None:
        return refused(findings)
    with store.read() if dry_run else store.write() as tx:
        read = _read(tx, book, findings, today_of(now))
        if findings.refuses:
            return refused(findings)
        if seen is not None and seen != seen_of(read.stands, read.rows):
            raise Conflict
        found = versioned.compare(tx, tables.assignments, read.rows.values())
        if not dry_run:
            _store(tx, read.rows, actor, name, now)
    return report(found, findings)


def preview(
    store: Store, actor: Actor, content: bytes, name: str, *, now: int, lang: str = "vi"
) -> FilePreview:
    """What ``add`` would do with a file, line by line.

    Raises:
        Denied: the actor may not change the register.
    """
    access.require(actor, access.REGISTER)
    findings = Findings(name, lang)
    book = read_file(content, name, findings)
    if book is None:
        return FilePreview(refused(findings))
    with store.read() as tx:
        read = _read(tx, book, findings, today_of(now))
        if findings.refuses:
            return FilePreview(refused(findings))
        found = versioned.compare(tx, tables.assignments, read.rows.values())
    return FilePreview(
        report(found, findings),
        lines(read.there, read.stands, read.rows, lang),
        seen_of(read.stands, read.rows),
    )


def _read(tx: Tx, book: Workbook, findings: Findings, today: date) -> _Read:
    records = [one for table in tables_in(book, (SHAPE,), findings) for one in table.records]
    there, stands = known(tx), standing(tx, tables.assignments)
    return _Read(_rows(records, there, stands, today), there, stands)


def _store(tx: Tx, rows: dict[Key, Row], actor: Actor, name: str, now: int) -> None:
    change = changes.begin(tx, "assignments", actor.name, name, now)
    put(tx, rows, change)
    if change.id is not None:
        audit.add(
            tx,
            change.at,
            actor.name,
            "assignments.add",
            name,
            account=actor.account,
            new={"rows": len(rows)},
            came_from=actor.came_from,
            change=change.id,
        )


def put(tx: Tx, rows: Mapping[Key, Row], change: Change) -> None:
    """Store assignments by their key: new ones from now, others from their first day on."""
    groups: dict[int, list[Row]] = {}
    for row in rows.values():
        groups.setdefault(_counts_from(row, change.at), []).append(row)
    for start, group in groups.items():
        versioned.put(
            tx, tables.assignments, group, change, added_from=change.at, amended_from=start
        )


def _counts_from(row: Row, at: int) -> int:
    """From when an assignment replaces another: its first day, never before it is recorded."""
    return max(at, day_start(date.fromisoformat(str(row["starts"]))))


def _rows(
    records: list[Record], there: Known, stands: Mapping[Key, Open], today: date
) -> dict[Key, Row]:
    """One row a target, area and role; one that comes twice, or too early, is wrong."""
    areas = areas_by_target(there)
    rows: dict[Key, Row] = {}
    first: dict[Key, str] = {}
    for record in records:
        for row in _of_record(record, there, areas, today):
            key = (str(row["target"]), str(row["area"]), str(row["role"]))
            if key in rows:
                record.wrong("R10", "target", key=" ".join(key), first=first[key])
                continue
            if day := too_early(row, stands.get(key), today):
                record.wrong("R24", "from", key=" ".join(key), day=f"{day:%d/%m/%Y}")
            rows[key] = row
            first[key] = record.cell("target")
    return rows


def too_early(row: Mapping[str, object], older: Open | None, today: date) -> date | None:
    """The day of an assignment still to come that another one would begin before."""
    if older is None or older.values == {**older.values, **row}:
        return None
    begins = today_of(older.known_from)
    start = day_start(date.fromisoformat(str(row["starts"])))
    return begins if start <= older.known_from and begins > today else None


def _of_record(
    record: Record, there: Known, areas: dict[str, frozenset[str]], today: date
) -> list[Row]:
    document = record.text("document")
    if not document:
        record.wrong("R30", "document")
    starts = record.day("from") or today
    shared: Row = {
        "agency": _agency(record, there),
        "role": record.one_of("role", (REPORT, LEAD), default=REPORT),
        "starts": starts.isoformat(),
        "document": document,
        "note": record.text("note"),
    }
    rows: list[Row] = []
    for code in _parts(record.text("target", required=True)):
        if code not in areas:
            record.wrong("R15", "target", text=code)
            continue
        rows += [
            {**shared, "target": code, "area": area}
            for area in _areas(record, there, code, areas[code])
        ]
    return rows


def _agency(record: Record, there: Known) -> str:
    text = record.text("agency", required=True)
    key = there.bodies.key(text) if text else ""
    if key is None:
        record.wrong("R22", "agency", text=text)
    elif text and not key:
        record.wrong("R32", "agency", text=text)
    return key or ""


def _areas(record: Record, there: Known, target: str, allowed: frozenset[str]) -> list[str]:
    """The codes that a cell lists; one blank area stands for all."""
    found: list[str] = []
    for text in _parts(record.text("areas")):
        code = there.places.code(text)
        if code is None:
            finding, names = there.places.why(text)
            record.wrong(finding, "areas", text=text, present=names)
        elif code and code not in allowed:
            record.wrong("R23", "areas", area=text, code=target)
        elif code not in found:
            found.append(code)
    return found or [ALL_AREAS]


def _parts(text: str) -> list[str]:
    return [part for part in (one.strip() for one in re.split(r"[;,\n]", text)) if part]
