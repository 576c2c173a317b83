"""Formulas that planners of the province use, ready to be taken: nobody has to write the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .scenario_desk import Desk, choices


@dataclass(frozen=True, slots=True)
class Preset:
    """One formula. key: of its words. units: of each driver; codes: the targets it is about."""

    key: str
    formula: str
    units: Mapping[str, str]
    codes: Sequence[str]


_SCHOOLS = "trường"
_PRESETS = (
    Preset(
        "spend", "DL-03 = DL-01 * chi_tieu", {"chi_tieu": "triệu đồng/lượt"}, ("DL-01", "DL-03")
    ),
    Preset("abroad", "ty_le_quoc_te = DL-02 / DL-01", {"ty_le_quoc_te": "%"}, ("DL-01", "DL-02")),
    Preset(
        "schools",
        "GD-01 = bq(GD-02: so_mn; GD-03: so_th; GD-04: so_thcs; GD-05: so_thpt)",
        dict.fromkeys(("so_mn", "so_th", "so_thcs", "so_thpt"), _SCHOOLS),
        ("GD-01", "GD-02", "GD-03", "GD-04", "GD-05"),
    ),
    Preset(
        "levels",
        "GD-01 = bq(mn: so_mn; th: so_th; thcs: so_thcs; thpt: so_thpt)",
        dict.fromkeys(("so_mn", "so_th", "so_thcs", "so_thpt"), _SCHOOLS)
        | dict.fromkeys(("mn", "th", "thcs", "thpt"), "%"),
        ("GD-01",),
    ),
)


def presets(at: Desk, code: str) -> list[Preset]:
    """The formulas about a target of which every other target has a figure, too.

    The one that needs fewer figures is left out where the fuller one can be had.
    """
    known = {one for one, _name in choices(at)}
    found = [one for one in _PRESETS if code in one.codes and known.issuperset(one.codes)]
    keys = {one.key for one in found}
    return [one for one in found if one.key != "levels" or "schools" not in keys]
