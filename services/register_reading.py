"""A register file while it is read: its rows on top of what stands, and what they name.

A column that the file leaves out keeps what stands; a blank cell is blank.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from db.versioned import Key

from .file_findings import Findings
from .file_tables import Record
from .places import is_one_body
from .register_known import Known

YEARS = (1990, 2200)
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


def document_of(reading: Reading, record: Record) -> str:
    """The document that a row names by key or by its number; unknown ones are wrong."""
    text = record.text("document", required=True)
    names = reading.names("documents")
    if not text or text in names:
        return text
    numbered = [key for key in names if reading.values("documents", key).get("number") == text]
    if len(numbered) == 1:
        return numbered[0]
    record.wrong("R11", "document", text=text, allowed=", ".join(sorted(names)))
    return text


def area_of(reading: Reading, record: Record, column: str, *, required: bool = False) -> str:
    """The code of the area that a cell names; "" where blank or wrong."""
    text = record.text(column, required=required)
    code = reading.known.places.code(text) if text else ""
    if code is None:
        finding, names = reading.known.places.why(text)
        record.wrong(finding, column, text=text, present=names)
    elif text and not code:
        record.wrong("R14", column, text=text)  # the province is no commune
    return code or ""


def lead(reading: Reading, record: Record) -> None:
    """Add the body that leads where it is new; a wording for many is told, not added."""
    text = record.text("lead_vi") if record.has("lead_vi") else ""
    if not text or reading.known.bodies.key(text) is not None:
        return
    if not is_one_body(text):
        record.wrong("R27", "lead_vi", text=text)
        return
    key = slug(text, reading.names("agencies"))
    reading.make("agencies", (key,), {"key": key, "name_vi": text, "kind": "other"})
    reading.known.bodies.add(text, key)
    record.wrong("R17", "lead_vi", text=text, key=key)


def texts(record: Record, *columns: str) -> Row:
    """The texts of the columns that the table has."""
    return {column: record.text(column) for column in columns if record.has(column)}


def bare(text: str) -> str:
    """Without diacritics, capitals kept."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


def slug(text: str, taken: Iterable[str]) -> str:
    """A stable ASCII key of a name: its words by hyphens, a number where it is taken."""
    plain = "".join(
        sign if sign.isascii() and sign.isalnum() else " " for sign in bare(text).lower()
    )
    start = "-".join(plain.split())[:50] or "co-quan"
    names, number, key = set(taken), 2, start
    while key in names:
        key, number = f"{start}-{number}", number + 1
    return key
