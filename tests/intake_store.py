"""The register and the stored figures that intake tests check against, from the seed's files."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from intake.request import AreaInfo, FormerInfo, Register, Stored, target_infos
from seed import areas, register

CORPUS = Path(__file__).parent / "data" / "intake" / "corpus"


@cache
def the_register() -> Register:
    """The seed's targets and areas as a check asks for them."""
    spelt: dict[str, list[str]] = {}
    for alias in areas.former_unit_aliases():
        spelt.setdefault(alias.old_code, []).append(alias.also_spelled)
    return Register(
        targets=target_infos(register.targets(), register.indicators()),
        areas=tuple(AreaInfo(a.code, a.name_vi, a.kind) for a in areas.areas()),
        former=tuple(
            FormerInfo(
                u.old_code,
                (u.old_name_vi, *spelt.get(u.old_code, ())),
                u.old_kind,
                u.old_district,
                u.new_code,
            )
            for u in areas.former_units()
        ),
        older=tuple(o.name_vi for o in areas.older_names()),
        spellings={row.as_written: row.area for row in register.scope_areas()},
    )


@cache
def stored_figures() -> tuple[Stored, ...]:
    """The figures that the corpus expects in the store."""
    with (CORPUS / "stored.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            Stored(r["indicator"], r["period"], r["area"], float(r["value"]), r["status"])
            for r in csv.DictReader(file)
        )
