"""What a workbook is checked against: the register, the areas and the stored figures of today."""

from __future__ import annotations

from db import observations, register
from db.engine import Tx
from indicators.current import choose
from intake.request import AreaInfo, FormerInfo, Register, Stored, target_infos


def register_of(tx: Tx, as_of: int) -> Register:
    """Targets and areas as a check takes them."""
    aliases: dict[str, list[str]] = {}
    for alias in register.former_unit_aliases(tx, as_of):
        aliases.setdefault(alias.old_code, []).append(alias.also_spelled)
    areas = register.areas(tx, as_of)
    names = {area.code: area.name_vi for area in areas}
    return Register(
        targets=target_infos(register.targets(tx, as_of), register.indicators(tx, as_of)),
        areas=tuple(AreaInfo(area.code, area.name_vi, area.kind) for area in areas),
        former=tuple(
            FormerInfo(
                one.old_code,
                (one.old_name_vi, *aliases.get(one.old_code, ())),
                one.old_kind,
                one.old_district,
                one.new_code,
            )
            for one in register.former_units(tx, as_of)
        ),
        older=tuple(one.name_vi for one in register.older_names(tx, as_of)),
        spellings={
            one.as_written: one.area
            for one in register.target_areas(tx, as_of)
            if one.as_written and one.as_written != names.get(one.area)
        },
    )


def stored_of(tx: Tx, as_of: int) -> tuple[Stored, ...]:
    """The current figure of every key of the main series, published ones included."""
    return tuple(
        Stored(one.indicator, one.period.text, one.area, one.value, one.status, one.origin)
        for one in choose(observations.known(tx, as_of)).current
        if not one.series
    )
