"""Targets and indicators of a register file."""

from __future__ import annotations

from indicators.model import AT_MOST, BETWEEN, COMPARATORS, EVERY_YEAR, KINDS, MEASURES
from seed.register import WITHOUT_AREAS

from .file_tables import Record
from .register_labels import key_of
from .register_reading import YEARS, Reading, Row, document_of, lead, texts

ROLLUPS = ("areas_reaching", "share_of_areas")


def target(reading: Reading, record: Record) -> None:
    """Read one row of a table targets."""
    code = record.code("code")
    if not code:
        return  # whether the row is new or an amendment is not known
    was = reading.known.values("targets", code)
    row: Row = {"code": code}
    for column in ("field", "name_vi", "unit", "locator"):
        if not was or record.has(column):
            row[column] = record.text(column, required=True)
    row |= texts(record, "name_en", "wording_vi", "doubt", "supersedes", "lead_vi")
    row["document"] = document_of(reading, record)
    _shape(record, row, was)
    _values(record, row, was)
    _years(record, row, was)
    if not was or record.has("scope"):
        row["scope"] = _scope(reading, record)
    if record.has("indicator"):
        row["indicator"] = _indicator_of(reading, record, code)
    lead(reading, record)
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
    text = key_of("scope", record.text("scope") or "province")
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


def indicator(reading: Reading, record: Record) -> None:
    """Read one row of a table indicators."""
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
