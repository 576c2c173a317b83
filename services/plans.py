"""Yearly plans from a file: the official steps of the paths (``steps add``)."""

from __future__ import annotations

from dataclasses import dataclass

from db import audit, changes, tables, versioned
from db.effects import Effect
from db.engine import Store, Tx
from db.standing import Open, standing
from db.versioned import Key
from i18n.numbers import number
from indicators import periods
from intake.grid import Workbook

from . import access
from .access import Actor
from .file_findings import Findings
from .file_report import FileReport, refused, report
from .file_tables import Record, Shape, read_file
from .file_tables import tables as tables_in
from .moments import day_start
from .register_known import Known, known
from .target_areas import areas_by_target

SHAPE = Shape(
    "steps",
    ("indicator", "period", "value", "document"),
    ("area", "locator", "source_url", "note"),
    (
        ("Mã chỉ tiêu", "indicator"),
        ("Chỉ tiêu", "indicator"),
        ("Kỳ", "period"),
        ("Kỳ báo cáo", "period"),
        ("Năm", "period"),
        ("Địa bàn", "area"),
        ("Giá trị", "value"),
        ("Kế hoạch", "value"),
        ("Văn bản", "document"),
        ("Quyết định", "document"),
        ("Điều khoản", "locator"),
        ("Vị trí", "locator"),
        ("Ghi chú", "note"),
    ),
)

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What a plan of an indicator is held against; areas: the codes that its targets name."""

    unit: str
    minimum: float | None
    maximum: float | None
    areas: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plans:
    """Plans that were understood, by their key, with what stands, and plans to withdraw."""

    rows: dict[Key, Row]
    there: Known
    stands: dict[Key, Open]
    withdrawn: tuple[Key, ...] = ()

    def counts_from(self, key: Key, at: int) -> tuple[int, int]:
        """From when a plan counts as a new one, and as an amended one.

        From the day of its document where that is known; a value of the same document, or one
        from before what stands, corrects it from now.
        """
        document = str(self.rows[key]["document"])
        issued = self.there.issued(document)
        start = amended = day_start(issued) if issued else at
        older = self.stands.get(key)
        if older and (start <= older.known_from or older.values["document"] == document):
            amended = max(at, older.known_from + 1)
        return start, amended


def add(
    store: Store, actor: Actor, content: bytes, name: str, *, dry_run: bool = False, now: int
) -> FileReport:
    """Check a file of yearly plans, then store it whole; with an error nothing is stored.

    A plan counts from the day of its document where the register has that document and its day,
    else from now; another value for a year that has a plan keeps the former version.

    Args:
        store: ready.
        actor: who adds.
        content: the bytes of a CSV or workbook: indicator, period, area, value, document,
            locator.
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
        return refused(findings)
    with store.read() if dry_run else store.write() as tx:
        plans = understood(tx, book, findings)
        if plans is None:
            return refused(findings)
        found = versioned.compare(tx, tables.yearly_plans, plans.rows.values())
        if not dry_run:
            stored(tx, plans, actor, name, now)
    return report(found, findings)


def understood(tx: Tx, book: Workbook, findings: Findings) -> Plans | None:
    """The plans of a file or form; None where an error refuses it."""
    records = [one for table in tables_in(book, (SHAPE,), findings) for one in table.records]
    there = known(tx)
    rows = _rows(records, there)
    return None if findings.refuses else Plans(rows, there, standing(tx, tables.yearly_plans))


def planned(tx: Tx, plans: Plans, at: int) -> list[Effect]:
    """What storing the plans at a moment would do."""
    found = versioned.differing(tx, tables.yearly_plans, plans.rows.values())
    moments = {key: plans.counts_from(key, at) for key, _, _ in found}
    return [
        *(
            Effect("yearly_plans", key, old, row, moments[key][0 if old is None else 1])
            for key, old, row in found
        ),
        *(
            Effect("yearly_plans", key, plans.stands[key].values, None, at)
            for key in plans.withdrawn
        ),
    ]


def stored(tx: Tx, plans: Plans, actor: Actor, name: str, now: int) -> int | None:
    """Store the plans; the number of the change, None where nothing differs."""
    change = changes.begin(tx, "plans", actor.name, name, now)
    groups: dict[tuple[int, int], list[Row]] = {}
    for key, row in plans.rows.items():
        groups.setdefault(plans.counts_from(key, change.at), []).append(row)
    for (start, amended), group in groups.items():
        versioned.put(
            tx, tables.yearly_plans, group, change, added_from=start, amended_from=amended
        )
    versioned.withdraw(tx, tables.yearly_plans, plans.withdrawn, change)
    if change.id is not None:
        audit.add(
            tx,
            change.at,
            actor.name,
            "plans.add",
            name,
            account=actor.account,
            new={"rows": len(plans.rows) + len(plans.withdrawn)},
            came_from=actor.came_from,
            change=change.id,
        )
    return change.id


def _rows(records: list[Record], there: Known) -> dict[Key, Row]:
    """The rows by their key; a key that comes twice is wrong."""
    bounds = _bounds(there)
    rows: dict[Key, Row] = {}
    first: dict[Key, str] = {}
    for record in records:
        row = _row(record, bounds, there)
        key = (str(row["indicator"]), str(row["area"]), str(row["period"]))
        if key in rows:
            record.wrong("R10", "period", key=" ".join(key), first=first[key])
            continue
        rows[key] = row
        first[key] = record.cell("period")
    return rows


def _row(record: Record, bounds: dict[str, _Bounds], there: Known) -> Row:
    code = record.text("indicator", required=True)
    if code and code not in bounds:
        record.wrong("R15", "indicator", text=code)
    known_bounds = bounds.get(code, _Bounds("", None, None, frozenset()))
    document = record.text("document")
    if not document:
        record.wrong("R30", "document")
    return {
        "indicator": code,
        "period": _year(record),
        "area": _area(record, code, known_bounds, there),
        "value": _value(record, code, known_bounds),
        "document": document,
        "locator": record.text("locator"),
        "source_url": record.text("source_url"),
        "note": record.text("note"),
    }


def _year(record: Record) -> str:
    text = record.text("period", required=True).lower().removeprefix("năm ").strip()
    if not text:
        return ""
    try:
        period = periods.parse(text)
    except ValueError:
        period = None
    if period is None or not period.is_year:
        record.wrong("R21", "period", text=record.text("period"))
        return ""
    return period.text


def _area(record: Record, code: str, bounds: _Bounds, there: Known) -> str:
    text = record.text("area")
    area = there.places.code(text)
    if area is None:
        finding, names = there.places.why(text)
        record.wrong(finding, "area", text=text, present=names)
        return ""
    if area and area not in bounds.areas:
        record.wrong("R23", "area", area=text, code=code)
    return area


def _value(record: Record, code: str, bounds: _Bounds) -> float | None:
    value = record.figure("value", bounds.unit, required=True)
    if value is None:
        return None
    low, high = bounds.minimum, bounds.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        shown = {"value": number(value, 6), "low": number(low, 6), "high": number(high, 6)}
        record.wrong("R20", "value", code=code, unit=bounds.unit, **shown)
    return value


def _bounds(there: Known) -> dict[str, _Bounds]:
    """By indicator what a plan is held against; only indicators that a target asks for."""
    areas = areas_by_target(there)
    found: dict[str, _Bounds] = {}
    for (code,), target in there.rows["targets"].items():
        own = str(target.values["indicator"] or code)
        row = there.values("indicators", own)
        before = found[own].areas if own in found else frozenset()
        found[own] = _Bounds(
            str(target.values["unit"]),
            _float(row.get("minimum")),
            _float(row.get("maximum")),
            before | areas[code],
        )
    return found


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
