"""Small builders that tests of the maths share: a target, an indicator, figures by text."""

from __future__ import annotations

from indicators.model import Indicator, Observation, Target
from indicators.periods import Period, parse


def target(**changes: object) -> Target:
    """DL-01 as the register has it, with changes."""
    fields: dict[str, object] = {
        "code": "DL-01",
        "field": "Du lịch",
        "name_vi": "Tổng lượt khách du lịch",
        "name_en": "Tourist visits",
        "unit": "lượt",
        "kind": "level",
        "comparator": "at_least",
        "low": 9_000_000.0,
        "high": None,
        "start": 2030,
        "end": 2030,
        "direction": "up",
        "scope": "province",
        "document": "CTHD-DU",
        "locator": "Phần II, đề án 3",
        "term": (2025, 2030),
        "indicator": "DL-01",
    }
    return Target(**{**fields, **changes})  # type: ignore[arg-type]


def indicator(measure: str = "flow", code: str = "DL-01", **changes: object) -> Indicator:
    """An indicator of a measure."""
    return Indicator(code, measure, **changes)  # type: ignore[arg-type]


def figures(status: str = "official", area: str = "", **values: float) -> dict[Period, Observation]:
    """Figures by period, spelt y2025, y2025_H1, y2025_9M, y2025_07."""
    found = {}
    for name, value in values.items():
        period = parse(name[1:].replace("_", "-"))
        found[period] = Observation("DL-01", area, period, value, status, source="kiểm thử")
    return found
