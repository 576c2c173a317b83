"""The rows of a register file, table by table, what others point at first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from seed.register import EVERY_COMMUNE

from .file_findings import Findings
from .file_tables import FileTable, Record
from .register_known import Known
from .register_reading import YEARS, Reading, Row, area_of, bare, document_of, lead, texts
from .register_targets import indicator, target


def read_tables(found: Iterable[FileTable], known: Known, findings: Findings) -> Reading:
    """The rows of the tables of a file; what is wrong with them is noted in ``findings``."""
    reading = Reading(known, findings)
    for name, read_row in _READERS.items():
        for table in found:
            if table.name == name:
                for record in table.records:
                    read_row(reading, record)
    return reading


def _document(reading: Reading, record: Record) -> None:
    code = record.code("key")
    row: Row = {"title_vi": record.text("title_vi", required=True)}
    row |= texts(record, "kind_vi", "number", "issuer_vi", "note")
    if record.has("issued"):
        day = record.day("issued")
        row["issued"] = day.isoformat() if day else ""
    if record.has("term"):
        row["term"] = _term(record)
    if code:
        reading.add("documents", (code,), {"key": code, **row}, record, "key")


def _term(record: Record) -> str:
    text = record.text("term")
    first, dash, last = text.partition("-")
    if text and not (first.isdigit() and (last.isdigit() or not dash)):
        record.wrong("R09", "term", text=text, low=YEARS[0], high=YEARS[1])
        return ""
    if dash and int(first) > int(last):
        record.wrong("R13", "term", first=first, last=last)
    return text


def _agency(reading: Reading, record: Record) -> None:
    code = record.code("key")
    row: Row = {"name_vi": record.text("name_vi", required=True)}
    row["kind"] = record.one_of(
        "kind", ("province", "department", "commune", "party", "other"), default="other"
    )
    row |= texts(record, "name_en", "short_vi", "parent")
    if record.has("area"):
        row["area"] = area_of(reading, record, "area")
    if code:
        reading.add("agencies", (code,), {"key": code, **row}, record, "key")
        reading.known.bodies.add(str(row["name_vi"]), code)


def _area(reading: Reading, record: Record) -> None:
    code = record.code("code", most=5)
    code = code.zfill(5) if code.isdigit() else code
    name = record.text("name_vi", required=True)
    kind = record.one_of("kind", ("xã", "phường"))
    full = record.text("full_name_vi") or f"{kind.capitalize()} {name}"
    row: Row = {"name_vi": name, "kind": kind, "full_name_vi": full}
    row |= texts(record, "former_district", "source_url", "note")
    if record.has("merged_from"):
        parts = (part.strip() for part in record.text("merged_from").split(";"))
        row["merged_from"] = ";".join(part for part in parts if part)
    row["name_ascii"] = record.text("name_ascii") or bare(name)
    if record.has("area_km2"):
        row["area_km2"] = record.figure("area_km2", "km2")
    if record.has("population"):
        row["population"] = record.whole("population", 0, 100_000_000)
    if record.has("valid_from"):
        day = record.day("valid_from")
        row["valid_from"] = day.isoformat() if day else ""
    if not code.isdigit() or len(code) != 5:
        if code:
            record.wrong("R25", "code", text=code, most=5)
        return
    reading.add("areas", (code,), {"code": code, **row}, record, "code")
    for text in (name, full, code):
        reading.known.places.add(text, code)
    if not reading.known.values("areas", code):
        _with_new_area(reading, record, code, f"UBND {kind} {name}")


def _with_new_area(reading: Reading, record: Record, code: str, committee: str) -> None:
    reading.make("target_areas", (EVERY_COMMUNE, code), {"scope": EVERY_COMMUNE, "area": code})
    key = f"ubnd-{code}"
    if key not in reading.names("agencies"):
        row: Row = {"key": key, "name_vi": committee, "kind": "commune", "area": code}
        reading.make("agencies", (key,), row)
        record.wrong("R17", "name_vi", text=committee, key=key)


def _target_area(reading: Reading, record: Record) -> None:
    scope = record.code("scope")
    code = area_of(reading, record, "area_name_vi", required=True)
    written = record.text("as_written") or record.text("area_name_vi")
    if scope and code:
        row: Row = {"scope": scope, "area": code, "as_written": written}
        reading.add("target_areas", (scope, code), row, record, "area_name_vi")


def _milestone(reading: Reading, record: Record) -> None:
    code = record.code("code")
    due = record.day("due", required=True)
    row: Row = {
        "code": code,
        "name_vi": record.text("name_vi", required=True),
        "due": due.isoformat() if due else "",
        "document": document_of(reading, record),
        **texts(record, "lead_vi", "support_vi", "locator"),
    }
    lead(reading, record)
    if code:
        reading.add("milestones", (code,), row, record, "code")


def _goal(reading: Reading, record: Record) -> None:
    code = record.code("code")
    row: Row = {
        "code": code,
        "wording_vi": record.text("wording_vi", required=True),
        "what_would_show_it": record.text("what_would_show_it"),
        "document": document_of(reading, record),
        **texts(record, "lead_vi", "locator", "doubt"),
    }
    if record.has("due"):
        due = record.day("due")
        row["due"] = due.isoformat() if due else ""
    lead(reading, record)
    if code:
        reading.add("qualitative_goals", (code,), row, record, "code")


def _duty(reading: Reading, record: Record) -> None:
    code = record.code("key")
    row: Row = {
        "key": code,
        "who_vi": record.text("who_vi", required=True),
        "due_rule": record.text("due_rule", required=True),
        "document": document_of(reading, record),
        **texts(record, "to_whom_vi", "what_vi", "period", "locator"),
    }
    if code:
        reading.add("duties", (code,), row, record, "key")


_READERS: dict[str, Callable[[Reading, Record], None]] = {
    "documents": _document,
    "areas": _area,
    "agencies": _agency,
    "target_areas": _target_area,
    "targets": target,
    "indicators": indicator,
    "milestones": _milestone,
    "qualitative": _goal,
    "reporting": _duty,
}
