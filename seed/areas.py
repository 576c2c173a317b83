"""The areas of the province: those in force, the units before them, and older names."""

from __future__ import annotations

from datetime import date
from functools import cache

from .files import DATA, number, table
from .rows import Area, FormerUnit, FormerUnitAlias, OlderName

IN_FORCE_FROM = date(2025, 7, 1)


@cache
def areas() -> tuple[Area, ...]:
    """The 67 communes and 8 wards in force since 1 July 2025, by code."""
    rows = sorted(table("areas/communes.csv"), key=lambda row: row["code"])
    return tuple(_area(row) for row in rows)


def _area(row: dict[str, str]) -> Area:
    return Area(
        code=row["code"],
        name_vi=row["name_vi"],
        kind=row["kind"],
        full_name_vi=row["full_name_vi"],
        name_ascii=row["name_ascii"],
        former_district=row["former_district"],
        merged_from=tuple(part for part in row["merged_from"].split("; ") if part),
        area_km2=number(row["area_km2"]),
        population=int(row["population"]) if row["population"] else None,
        valid_from=IN_FORCE_FROM,
        source_url=row["source_url"],
        note=row["note"],
    )


@cache
def codes_by_name() -> dict[str, str]:
    """Name without its kind -> code; names are unique among the areas in force."""
    return {area.name_vi: area.code for area in areas()}


@cache
def former_units() -> tuple[FormerUnit, ...]:
    """The units in force on 30 June 2025 with the area that each lies in now."""
    return tuple(
        FormerUnit(
            old_code=row["old_code"],
            old_name_vi=row["old_name_vi"],
            old_kind=row["old_kind"],
            old_district=row["old_district"],
            new_code=row["new_code"],
            part=row["part"],
        )
        for row in table("areas/former_units.csv")
    )


@cache
def former_unit_aliases() -> tuple[FormerUnitAlias, ...]:
    """Other spellings of former units' names, found in official lists."""
    return tuple(
        FormerUnitAlias(
            old_code=row["old_code"],
            old_name_vi=row["old_name_vi"],
            also_spelled=row["also_spelled"],
            seen_in=row["where"],
        )
        for row in table("areas/former_unit_aliases.csv")
    )


@cache
def older_names() -> tuple[OlderName, ...]:
    """Names in force before 1 February 2025 that ``former_units`` does not have."""
    return tuple(OlderName(**row) for row in table("areas/older_names_before_2025_02.csv"))


@cache
def boundaries() -> str:
    """The areas' boundaries for display (GeoJSON, WGS84; ``id`` and property code = area)."""
    return (DATA / "areas/communes.geojson").read_text(encoding="utf-8")
