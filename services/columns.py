"""Which column is which: said by an officer, remembered by the headings, proposed next time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db import audit, column_choices
from db.column_choices import ColumnChoice
from db.engine import Store
from indicators.model import STATUSES
from indicators.periods import parse
from intake.check import CheckResult
from intake.headings import FIELDS, IGNORE
from intake.result import SheetSeen

from .access import SUBMIT, Actor, require

__all__ = ["FIELDS", "FIGURE", "IGNORE", "Column", "SheetColumns", "remember", "unrecognised"]

FIGURE = "figure"
UNKNOWN, OTHER = "", "other"
_OTHER_FIELDS = frozenset({UNKNOWN, OTHER})
WIDE_FIELDS = ("code", "name", "unit", "area", "area_code", "note")
MOST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Column:
    """One heading: its letter and text, what stands below it, what it is taken for.

    field: a field of the intake, ``ignore``, ``figure:PERIOD:STATUS``, "" for nothing.
    """

    letter: str
    text: str
    sample: str
    field: str


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """The headings of one sheet that were not all recognised.

    read: whether the sheet has a layout and was read. wide: whether its periods stand across.
    row: of the headings; figures of that row are not read. said: the officer's present choice;
    proposal: the one that was last made for headings of this shape, None where it is no other.
    """

    sheet: str
    row: int
    shape: str
    read: bool
    wide: bool
    columns: tuple[Column, ...]
    said: Mapping[str, str]
    proposal: ColumnChoice | None
    open: bool = True


def unrecognised(
    store: Store, result: CheckResult, mapping: Mapping[str, Mapping[str, str]]
) -> list[SheetColumns]:
    """The sheets with columns that were not recognised, those that were not read first.

    Args:
        store: ready.
        result: of the check.
        mapping: what the officer has said by now, by shape.
    """
    asides = {(one.sheet, _letters(one.cell)) for one in result.aside}
    found = [
        seen
        for seen in result.sheets
        if seen.shape in mapping
        or not seen.layout
        or any((seen.name, column.column) in asides for column in seen.columns)
    ]
    with store.read() as tx:
        known = column_choices.known(tx, {seen.shape for seen in found})
    strange = {one.sheet for one in result.aside if one.kind == OTHER}
    sheets = [
        _sheet(seen, mapping.get(seen.shape, {}), known.get(seen.shape), seen.name in strange)
        for seen in found
    ]
    return sorted(sheets, key=lambda one: one.read)


def _sheet(
    seen: SheetSeen, said: Mapping[str, str], known: ColumnChoice | None, strange: bool
) -> SheetColumns:
    columns = tuple(
        Column(
            one.column,
            one.text,
            one.sample,
            said.get(one.column) or (UNKNOWN if one.field in _OTHER_FIELDS else one.field),
        )
        for one in seen.columns[:MOST_COLUMNS]
    )
    other = known if known and dict(known.columns) != dict(said) else None
    wide = seen.layout in ("wide", "areas")
    asked = not seen.layout or strange or other is not None
    return SheetColumns(
        seen.name, seen.row, seen.shape, bool(seen.layout), wide, columns, said, other, asked
    )


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")


def is_field(text: str) -> bool:
    """Whether a text is something that a column can be said to be."""
    if text == IGNORE or text in FIELDS:
        return True
    kind, _, rest = text.partition(":")
    period, _, status = rest.partition(":")
    if kind != FIGURE or status not in ("", *STATUSES):
        return False
    return not period or _is_period(period)


def _is_period(text: str) -> bool:
    try:
        return parse(text).text == text
    except ValueError:
        return False


def remember(store: Store, actor: Actor, shape: str, columns: Mapping[str, str], now: int) -> None:
    """Remember what somebody said of the columns of a shape, to be proposed the next time.

    Raises:
        Denied: the actor may not submit.
        ValueError: a column is said to be what none can be.
    """
    require(actor, SUBMIT)
    wrong = [field for field in columns.values() if not is_field(field)]
    if wrong:
        raise ValueError(f"no field of a column: {', '.join(wrong)}")
    with store.write() as tx:
        before = column_choices.known(tx, {shape}).get(shape)
        column_choices.keep(tx, ColumnChoice(shape, dict(columns), actor.name, now))
        audit.add(
            tx,
            now,
            actor.name,
            "columns.remember",
            shape,
            account=actor.account,
            old=dict(before.columns) if before else None,
            new=dict(columns),
            came_from=actor.came_from,
        )
