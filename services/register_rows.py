"""Rows of a register file, read and held against each other and against what stands.

A column that the file leaves out keeps what stands; a blank cell is blank.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from db.versioned import Key
from indicators.model import (
    AT_MOST,
    BETWEEN,
    COMPARATORS,
    EVERY_YEAR,
    KINDS,
    MEASURES,
)
from seed.register import EVERY_COMMUNE, WITHOUT_AREAS

from .file_findings import Findings
from .file_tables import FileTable, Record
from .places import is_one_body
from .register_known import Known

YEARS = (1990, 2200)
ROLLUPS = ("areas_reaching", "share_of_areas")
Row = dict[str, object]


@dataclass(slots=True)
class Reading:
    """What a register file says: table name -> key -> row, and where each row stood."""

    known: Known
    findings: Findings
    rows: dict[str, dict[Key, Row]] = field(default_factory=dict)
    places_in_file: dict[tuple[str, Key], Record] = field(default_factory=dict)
    made: set[tuple[str, Key]] = field(default_factory=set)

    def names(self, table: str) -> set[str]:
        """First parts of the keys of a table, of the store and the file."""
        return self.known.names(table) | {key[0] for key in self.rows.get(table, {})}

    def values(self, table: str, *key: str) -> Row:
        """The row of a key as it will stand, {} where there is none."""
        return self.rows.get(table, {}).get(key) or self.known.values(table, *key)

    def add(self, table: str, key: Key, row: Row, record: Record, column: str) -> None:
        """Keep a row on top of what stands; a key that comes twice is wrong."""
        rows = self.rows.setdefault(table, {})
        if key in rows and (table, key) not in self.made:
            first = self.places_in_file[table, key]
            where = f"{first.sheet}!{first.cell(column)}" if first.sheet else first.cell(column)
            record.wrong("R10", column, key=" ".join(key), first=where)
            return
        rows[key] = {**self.known.values(table, *key), **row}
        self.places_in_file[table, key] = record
        self.made.discard((table, key))

    def make(self, table: str, key: Key, row: Row) -> None:
        """Add a row that the file implies without holding it."""
        self.rows.setdefault(table, {})[key] = {**self.known.values(table, *key), **row}
        self.made.add((table, key))


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
    row |= _texts(record, "kind_vi", "number", "issuer_vi", "note")
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
    row |= _texts(record, "name_en", "short_vi", "parent")
    if record.has("area"):
        row["area"] = area_of(reading, record, "area")
    if code:
        reading.add("agencies", (code,), {"key": code, **row}, record, "key")


def _area(reading: Reading, record: Record) -> None:
    code = record.code("code", most=5)
    code = code.zfill(5) if code.isdigit() else code
    name = record.text("name_vi", required=True)
    kind = record.one_of("kind", ("xã", "phường"))
    full = record.text("full_name_vi") or f"{kind.capitalize()} {name}"
    row: Row = {"name_vi": name, "kind": kind, "full_name_vi": full}
    row |= _texts(record, "former_district", "merged_from", "source_url", "note")
    row["name_ascii"] = record.text("name_ascii") or _ascii(name)
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
        reading.known.places.add(text, code, full)
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


def _target(reading: Reading, record: Record) -> None:
    code = record.code("code")
    new = not reading.known.values("targets", code)
    row: Row = {"code": code}
    for column in ("field", "name_vi", "unit", "locator"):
        if new or record.has(column):
            row[column] = record.text(column, required=True)
    row |= _texts(record, "name_en", "wording_vi", "doubt", "supersedes", "lead_vi")
    row["document"] = document_of(reading, record)
    was = reading.known.values("targets", code)
    _shape(record, row, was)
    _values(record, row, was)
    _years(record, row, was)
    if new or record.has("scope"):
        row["scope"] = _scope(reading, record)
    if record.has("indicator"):
        row["indicator"] = _indicator_of(reading, record, code)
    lead(reading, record)
    if code:
        reading.add("targets", (code,), row, record, "code")


def _shape(record: Record, row: Row, was: Row) -> None:
    """kind, comparator, direction; a direction left out follows from the other two."""
    if not was or record.has("kind"):
        row["kind"] = record.one_of("kind", KINDS)
    if not was or record.has("comparator"):
        row["comparator"] = record.one_of("comparator", COMPARATORS)
    if not was or record.has("direction"):
        kind, comparator = row.get("kind", was.get("kind")), row.get("comparator")
        usual = "down" if comparator == AT_MOST else "keep" if kind == EVERY_YEAR else "up"
        row["direction"] = record.one_of("direction", ("up", "down", "keep"), default=usual)


def _values(record: Record, row: Row, was: Row) -> None:
    """value_low and value_high; a second value goes with between, and lies above the first."""
    unit = str(row.get("unit", was.get("unit", "")))
    row["value_low"] = low = record.figure("value_low", unit, required=True)
    comparator = row.get("comparator", was.get("comparator"))
    if record.has("value_high"):
        row["value_high"] = record.figure("value_high", unit)
    elif comparator != BETWEEN:
        row["value_high"] = None
    high = row.get("value_high", was.get("value_high"))
    between = comparator == BETWEEN
    fits = isinstance(high, float) and low is not None and high > low if between else high is None
    if comparator and low is not None and not fits:
        shown = "–" if high is None else high
        column = "value_high" if record.has("value_high") else "value_low"
        record.wrong("R12", column, comparator=comparator, low=low, high=shown)


def _years(record: Record, row: Row, was: Row) -> None:
    for column in ("period_start", "period_end"):
        if record.has(column) or (not was and column == "period_end"):
            year = record.whole(column, *YEARS, required=column == "period_end")
            if year is not None:
                row[column] = year
    if not was and "period_start" not in row and "period_end" in row:
        row["period_start"] = row["period_end"]
    first, last = (row.get(name, was.get(name)) for name in ("period_start", "period_end"))
    if isinstance(first, int) and isinstance(last, int) and first > last:
        record.wrong("R13", "period_end", first=first, last=last)


def _scope(reading: Reading, record: Record) -> str:
    text = record.text("scope") or "province"
    if text not in WITHOUT_AREAS and text not in reading.names("target_areas"):
        record.wrong("R19", "scope", text=text)
    return text


def _indicator_of(reading: Reading, record: Record, code: str) -> str:
    text = record.text("indicator")
    if text in {"", code}:
        return ""
    if text not in reading.names("indicators"):
        record.wrong("R15", "indicator", text=text)
    return text


def _indicator(reading: Reading, record: Record) -> None:
    code = record.code("code")
    if code and not {code} & (reading.names("targets") | reading.known.names("indicators")):
        record.wrong("R15", "code", text=code)
    row: Row = {"code": code, "measure": record.one_of("measure", MEASURES)}
    decimals = record.whole("decimals", 0, 6) if record.has("decimals") else None
    if decimals is not None:
        row["decimals"] = decimals
    for column in ("minimum", "maximum"):
        if record.has(column):
            row[column] = record.figure(column)
    if record.has("part_of"):
        row["part_of"] = _whole_of(reading, record)
    if record.has("area_rollup") and (rollup := record.text("area_rollup")):
        row["area_rollup"] = record.one_of("area_rollup", ROLLUPS) if rollup else ""
    if code:
        reading.add("indicators", (code,), row, record, "code")


def _whole_of(reading: Reading, record: Record) -> str:
    text = record.text("part_of")
    whole = text.removeprefix("mean:")
    if whole and whole not in reading.names("targets") | reading.names("indicators"):
        record.wrong("R15", "part_of", text=whole)
    return text


def _milestone(reading: Reading, record: Record) -> None:
    code = record.code("code")
    due = record.day("due", required=True)
    row: Row = {
        "code": code,
        "name_vi": record.text("name_vi", required=True),
        "due": due.isoformat() if due else "",
        "document": document_of(reading, record),
        **_texts(record, "lead_vi", "support_vi", "locator"),
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
        **_texts(record, "lead_vi", "locator", "doubt"),
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
        **_texts(record, "to_whom_vi", "what_vi", "period", "locator"),
    }
    if code:
        reading.add("duties", (code,), row, record, "key")


def document_of(reading: Reading, record: Record) -> str:
    """The document that a row names; unknown ones are wrong."""
    text = record.text("document", required=True)
    names = reading.names("documents")
    if text and text not in names:
        record.wrong("R11", "document", text=text, allowed=", ".join(sorted(names)))
    return text


def area_of(reading: Reading, record: Record, column: str, *, required: bool = False) -> str:
    """The code of the area that a cell names; "" where blank or wrong."""
    text = record.text(column, required=required)
    code = reading.known.places.code(text) if text else ""
    if code is None:
        now = reading.known.places.now(text)
        record.wrong("R31" if now else "R14", column, text=text, present=now)
    return code or ""


def lead(reading: Reading, record: Record) -> None:
    """Add the body that leads where it is new; a wording for many is told, not added."""
    text = record.text("lead_vi") if record.has("lead_vi") else ""
    if not text or reading.known.bodies.key(text) is not None:
        return
    if not is_one_body(text):
        record.wrong("R27", "lead_vi", text=text)
        return
    key = _slug(text, reading.names("agencies"))
    reading.make("agencies", (key,), {"key": key, "name_vi": text, "kind": "other"})
    reading.known.bodies.add(text, key)
    record.wrong("R17", "lead_vi", text=text, key=key)


def _texts(record: Record, *columns: str) -> Row:
    return {column: record.text(column) for column in columns if record.has(column)}


def _ascii(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


def _slug(text: str, taken: Iterable[str]) -> str:
    """A stable ASCII key of a name: its words by hyphens, a number where it is taken."""
    bare = "".join(sign if sign.isalnum() else " " for sign in _ascii(text).lower())
    start = "-".join(bare.split())[:50] or "co-quan"
    names, number, key = set(taken), 2, start
    while key in names:
        key, number = f"{start}-{number}", number + 1
    return key


_READERS: dict[str, Callable[[Reading, Record], None]] = {
    "documents": _document,
    "areas": _area,
    "agencies": _agency,
    "target_areas": _target_area,
    "targets": _target,
    "indicators": _indicator,
    "milestones": _milestone,
    "qualitative": _goal,
    "reporting": _duty,
}
