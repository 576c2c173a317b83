"""Rows of the register that name other rows: what a change may not leave without its object."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from db import observations
from db.effects import Effect
from db.engine import Tx
from db.standing import standing
from db.tables import metadata
from seed.register import WITHOUT_AREAS

from .register_known import STANDING

# Table, column, the table that it names. "" names nothing; a list of areas is named by its scope.
LINKS = (
    ("targets", "document", "documents"),
    ("targets", "indicator", "indicators"),
    ("targets", "scope", "target_areas"),
    ("milestones", "document", "documents"),
    ("qualitative_goals", "document", "documents"),
    ("duties", "document", "documents"),
    ("target_areas", "area", "areas"),
    ("yearly_plans", "indicator", "indicators"),
    ("yearly_plans", "area", "areas"),
    ("baselines", "indicator", "indicators"),
    ("baselines", "area", "areas"),
    ("assignments", "target", "targets"),
    ("assignments", "agency", "agencies"),
    ("assignments", "area", "areas"),
    ("duty_days", "duty", "duties"),
)
FIGURES = "observations"


@dataclass(frozen=True, slots=True)
class Loose:
    """A row that names what is no longer there. key: its key in one text."""

    table: str
    key: str
    names: str


def loose(tx: Tx, done: Iterable[Effect]) -> list[Loose]:
    """Rows that stand and, after what was done, name something that does not.

    Only what these effects can have caused: rows that name a row which they ended, and rows that
    they put. Of figures one row stands for all of an indicator.
    """
    effects = list(done)
    ended = {(one.table, one.key[0]) for one in effects if one.new is None}
    put = {(one.table, one.key) for one in effects if one.new is not None}
    put_in = {table for table, _ in put}
    found: dict[tuple[str, str], Loose] = {}
    for table, column, named in LINKS:
        if table not in put_in and not any(name == named for name, _ in ended):
            continue
        there = {key[0] for key in standing(tx, metadata.tables[named])}
        if named == "target_areas":
            there |= set(WITHOUT_AREAS)
        for key, row in standing(tx, metadata.tables[table]).items():
            text = str(row.values[column] or "")
            caused = (named, text) in ended or (table, key) in put
            if text and caused and text not in there:
                found[table, " ".join(key)] = Loose(table, _told(key), text)
    return [*found.values(), *_states(tx, ended), *_figures(tx, ended)]


def _states(tx: Tx, ended: set[tuple[str, str]]) -> list[Loose]:
    """What was told of milestones and goals that are gone."""
    subjects = {"milestone": "milestones", "goal": "qualitative_goals"}
    return [
        Loose("states", _told(key), key[1])
        for key in standing(tx, metadata.tables["states"])
        if (subjects.get(key[0], ""), key[1]) in ended
    ]


def _figures(tx: Tx, ended: set[tuple[str, str]]) -> list[Loose]:
    """Figures of indicators that are gone."""
    gone = {code for table, code in ended if table == "indicators"}
    if not gone:
        return []
    codes = sorted({row[0] for row in observations.tuples(tx, STANDING, sorted(gone))})
    return [Loose(FIGURES, code, code) for code in codes]


def _told(key: Iterable[str]) -> str:
    return " ".join(part for part in key if part)
