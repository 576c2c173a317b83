"""The register: documents, targets, indicators, milestones, duties, goals, and who is named."""

from __future__ import annotations

from datetime import date
from functools import cache

from indicators.model import COMPARATORS, KINDS, Indicator, Target

from . import areas as places
from .files import day, number, table, years
from .rows import Agency, Document, Duty, Milestone, QualitativeGoal, ScopeArea

EVERY_COMMUNE = "every_commune"
WITHOUT_AREAS = frozenset({"province", "party_committee"})


@cache
def documents() -> tuple[Document, ...]:
    """The programmes, in the register's order."""
    return tuple(
        Document(
            key=row["key"],
            kind_vi=row["kind_vi"],
            number=row["number"],
            issued=day(row["issued"]),
            issuer_vi=row["issuer_vi"],
            title_vi=row["title_vi"],
            term=years(row["term"]),
            note=row["note"],
        )
        for row in table("register/documents.csv")
    )


@cache
def targets() -> tuple[Target, ...]:
    """The quantitative targets, in the register's order, the areas of their scope as codes.

    Raises:
        ValueError: a row names an unknown document, kind, comparator or scope.
    """
    terms = {document.key: document.term for document in documents()}
    lists = scope_codes()
    return tuple(_target(row, terms, lists) for row in table("register/targets.csv"))


def _target(
    row: dict[str, str], terms: dict[str, tuple[int, int]], lists: dict[str, tuple[str, ...]]
) -> Target:
    known = (
        row["document"] in terms
        and row["kind"] in KINDS
        and row["comparator"] in COMPARATORS
        and (row["scope"] in lists or row["scope"] in WITHOUT_AREAS)
    )
    low = number(row["value_low"])
    if not known or low is None:
        raise ValueError(f"register/targets.csv, {row['code']}: {row}")
    return Target(
        code=row["code"],
        field=row["field"],
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        unit=row["unit"],
        kind=row["kind"],
        comparator=row["comparator"],
        low=low,
        high=number(row["value_high"]),
        start=int(row["period_start"]),
        end=int(row["period_end"]),
        direction=row["direction"],
        scope=row["scope"],
        document=row["document"],
        locator=row["locator"],
        wording_vi=row["wording_vi"],
        lead_vi=row["lead_vi"],
        doubt=row["doubt"],
        areas=lists.get(row["scope"], ()),
        term=terms[row["document"]],
        indicator=row["code"],
    )


@cache
def scope_areas() -> tuple[ScopeArea, ...]:
    """The areas that targets name, list by list, in the text's order.

    Raises:
        ValueError: a name is not one of the areas in force, letter by letter.
    """
    codes = places.codes_by_name()
    rows = table("register/target_areas.csv")
    for row in rows:
        if row["area_name_vi"] not in codes:
            raise ValueError(f"register/target_areas.csv: no area {row['area_name_vi']!r}")
    return tuple(
        ScopeArea(
            scope=row["scope"],
            area=codes[row["area_name_vi"]],
            name_vi=row["area_name_vi"],
            as_written=row["as_written"],
        )
        for row in rows
    )


@cache
def scope_codes() -> dict[str, tuple[str, ...]]:
    """Name of a list of areas -> its codes, sorted; ``every_commune`` holds all in force."""
    lists: dict[str, list[str]] = {EVERY_COMMUNE: [area.code for area in places.areas()]}
    for row in scope_areas():
        lists.setdefault(row.scope, []).append(row.area)
    return {scope: tuple(sorted(codes)) for scope, codes in lists.items()}


@cache
def indicators() -> tuple[Indicator, ...]:
    """How the indicators of the register behave, with the target's names and unit."""
    named = {target.code: target for target in targets()}
    return tuple(
        Indicator(
            code=row["code"],
            measure=row["measure"],
            decimals=int(row["decimals"]),
            minimum=number(row["minimum"]),
            maximum=number(row["maximum"]),
            part_of=row["part_of"],
            area_rollup=row["area_rollup"],
            name_vi=named[row["code"]].name_vi,
            name_en=named[row["code"]].name_en,
            unit=named[row["code"]].unit,
        )
        for row in table("register/indicators.csv")
    )


@cache
def milestones() -> tuple[Milestone, ...]:
    """The deliverables with a due day."""
    return tuple(
        Milestone(
            code=row["code"],
            name_vi=row["name_vi"],
            due=date.fromisoformat(row["due"]),
            lead_vi=row["lead_vi"],
            support_vi=row["support_vi"],
            document=row["document"],
            locator=row["locator"],
        )
        for row in table("register/milestones.csv")
    )


@cache
def duties() -> tuple[Duty, ...]:
    """The duties to report."""
    return tuple(Duty(**row) for row in table("register/reporting.csv"))


@cache
def qualitative_goals() -> tuple[QualitativeGoal, ...]:
    """The goals without a figure."""
    return tuple(
        QualitativeGoal(
            code=row["code"],
            document=row["document"],
            locator=row["locator"],
            wording_vi=row["wording_vi"],
            what_would_show_it=row["what_would_show_it"],
            due=day(row["due"]),
            lead_vi=row["lead_vi"],
            doubt=row["doubt"],
        )
        for row in table("register/qualitative.csv")
    )


@cache
def agencies() -> tuple[Agency, ...]:
    """The bodies that the register names, then the People's Committee of each area, by code.

    Collective names ("các sở, ban, ngành …") are no bodies: they stay wording of duties.
    """
    named = [Agency(**row) for row in table("register/agencies.csv")]
    local = [
        Agency(f"ubnd-{area.code}", f"UBND {area.kind} {area.name_vi}", "commune", area.code)
        for area in places.areas()
    ]
    return (*named, *local)
