"""Open data of a moment: figures, targets and verdicts, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db import changes, meta, observations, register
from db.engine import Store, Tx
from db.observations import Citation
from indicators.current import choose
from indicators.model import Observation, Settings
from reports.open_data import FORMATS, Cell, Data, render

from .moments import iso
from .status import status

ACTUALS, TARGETS, VERDICTS = "actuals", "targets", "verdicts"
KINDS = (ACTUALS, TARGETS, VERDICTS)

DEMO_MARK = "DỮ LIỆU MINH HỌA"

_FIGURE = (
    *("indicator", "name_vi", "unit", "area", "area_name", "period", "value", "status"),
    *("bound", "series", "origin", "current", "source", "source_url", "publisher", "title"),
    *("published_on", "quote", "known_from", "known_assumed", "submission", "note"),
)
_TARGET = (
    *("code", "field", "name_vi", "name_en", "unit", "kind", "comparator", "value_low"),
    *("value_high", "period_start", "period_end", "direction", "scope", "areas", "indicator"),
    *("measure", "document", "document_number", "document_issued", "document_title"),
    *("locator", "wording_vi", "lead_vi", "doubt"),
)
_NESTED: Mapping[str, tuple[str, ...]] = {
    "latest": ("period", "value", "status", "source", "source_url", "submission", "series"),
    "same_period": ("period", "value", "change", "change_pct"),
    "baseline": ("period", "value", "rule"),
    "path": ("period", "value", "rule"),
    "verdict": ("method", "label", "scale", "provisional", "reason_vi", "reason_en"),
    "total": ("from", "to", "value", "missing"),
    "areas": ("reaching", "with_figures", "total"),
}
_VERDICT = (
    *("code", "field", "name_vi", "name_en", "unit", "kind", "comparator", "value_low"),
    *("value_high", "period_start", "period_end", "direction", "scope", "document", "locator"),
    *("lead_vi", "agency", "latest", "same_period", "plan_pct", "baseline", "path", "gap"),
    *("gap_pct", "gap_to_target", "stale", "verdict", "probability", "total", "area", "areas"),
    "doubt",
)


def export(store: Store, what: str, form: str, *, as_of: int, settings: Settings) -> bytes:
    """One table of open data as the bytes of a file.

    Args:
        store: ready.
        what: actuals, targets or verdicts.
        form: csv, xlsx or json.
        as_of: microseconds since 1970 (UTC).
        settings: what the province decided about verdicts.

    Raises:
        ValueError: another what or form.
    """
    if form not in FORMATS:
        raise ValueError(f"no form {form!r}: {', '.join(FORMATS)}")
    match what:
        case "verdicts":
            return render(_verdicts(status(store, as_of, settings)), form)
        case "actuals" | "targets":
            with store.read() as tx:
                data = _actuals(tx, as_of) if what == ACTUALS else _targets(tx, as_of)
            return render(data, form)
        case _:
            raise ValueError(f"no export {what!r}: {', '.join(KINDS)}")


def _facts(tx: Tx, as_of: int) -> dict[str, Cell]:
    demo = meta.is_demo(tx)
    facts: dict[str, Cell] = {
        "as_of": iso(as_of),
        "data_version": changes.data_version(tx, as_of),
        "demo": demo,
    }
    return {**facts, "note": DEMO_MARK} if demo else facts


def _actuals(tx: Tx, as_of: int) -> Data:
    found = observations.known(tx, as_of)
    choice = choose(found)
    current = {one.id for one in choice.current}
    named = {one.code: one for one in register.indicators(tx, as_of)}
    areas = {area.code: area.full_name_vi for area in register.areas(tx, as_of)}
    cited = observations.citations(tx, [one.id for one in found if one.origin == "published"])
    nothing = Citation("", "", "", "", "")
    rows = []
    for one in sorted(found, key=_order):
        indicator = named.get(one.indicator)
        names = (indicator.name_vi, indicator.unit) if indicator else ("", "")
        citation = cited.get(one.id, nothing)
        rows.append(_figure_row(one, names, areas.get(one.area, ""), citation, one.id in current))
    return Data(ACTUALS, _FIGURE, rows, _facts(tx, as_of))


def _figure_row(
    one: Observation, names: tuple[str, str], area: str, citation: Citation, current: bool
) -> tuple[Cell, ...]:
    return (
        one.indicator,
        *names,
        one.area,
        area,
        one.period.text,
        one.value,
        one.status,
        one.bound or None,
        one.series or None,
        one.origin,
        current,
        one.source or None,
        one.source_url or None,
        citation.publisher or None,
        citation.source_title or None,
        citation.published_on or None,
        citation.quote or None,
        one.known_from.isoformat() if one.known_from else None,
        one.known_assumed,
        one.submission,
        one.note or None,
    )


def _order(one: Observation) -> tuple[str, str, str, str, int]:
    return one.indicator, one.area, one.period.end.isoformat(), one.series, one.id


def _targets(tx: Tx, as_of: int) -> Data:
    documents = {one.key: one for one in register.documents(tx, as_of)}
    measures = {one.code: one.measure for one in register.indicators(tx, as_of)}
    rows: list[tuple[Cell, ...]] = []
    for one in register.targets(tx, as_of):
        document = documents.get(one.document)
        issued = document.issued if document else None
        rows.append(
            (
                *(one.code, one.field, one.name_vi, one.name_en, one.unit, one.kind),
                *(one.comparator, one.low, one.high, one.start, one.end, one.direction),
                *(one.scope, "; ".join(one.areas) or None, one.indicator),
                measures.get(one.indicator or one.code),
                one.document,
                document.number or None if document else None,
                issued.isoformat() if issued else None,
                document.title_vi if document else None,
                *(one.locator, one.wording_vi, one.lead_vi or None, one.doubt or None),
            )
        )
    return Data(TARGETS, _TARGET, rows, _facts(tx, as_of))


def _verdicts(document: dict[str, Any]) -> Data:
    """The status of every target, its parts as columns latest_value, path_rule and so on."""
    columns = [
        f"{name}_{part}" if part else name for name in _VERDICT for part in _NESTED.get(name, ("",))
    ]
    rows = [
        [
            _plain((target[name] or {}).get(part) if part else target[name])
            for name in _VERDICT
            for part in _NESTED.get(name, ("",))
        ]
        for target in document["targets"]
    ]
    facts = {name: document[name] for name in ("as_of", "data_version", "demo")}
    if document["demo"]:
        facts["note"] = DEMO_MARK
    return Data(VERDICTS, columns, rows, facts, document)


def _plain(value: Any) -> Cell:
    return "; ".join(map(str, value)) or None if isinstance(value, list) else value
