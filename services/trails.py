"""The history of one assignment, day or state in words, and the way to take a step of it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db import register
from db.engine import Store
from i18n.dates import day_text, moment_text
from i18n.words import words

from . import register_undo
from .access import Actor
from .duty_days import shown_day
from .register_known import STANDING
from .register_undo import Entry, NotReverted

MOST = 30


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a row, in words. old, new: what stood before and after, "" for nothing.

    rows: how many rows the change touched in all, which an undo takes back together.
    refused: why it cannot be taken back (register_undo.REASONS), "" where it can.
    """

    change: int
    when: str
    by: str
    row: str
    old: str
    new: str
    why: str
    rows: int
    refused: str


@dataclass(frozen=True, slots=True)
class _Names:
    agencies: Mapping[str, str]
    areas: Mapping[str, str]
    lang: str


def of(
    store: Store, actor: Actor, table: str, key: tuple[str, ...], lang: str = "vi"
) -> list[Step]:
    """The changes of the rows whose key begins so, newest first.

    Args:
        store: ready.
        actor: who asks.
        table: assignments, duty_days or states.
        key: the first parts of a key: a target; a duty; subject and code.
        lang: "vi" or "en".

    Raises:
        Denied: the actor may not change the register.
    """
    found = register_undo.listing(store, actor, key=(table, key[0]), limit=100_000)
    with store.read() as tx:
        names = _Names(
            {one.key: one.name_vi for one in register.agencies(tx, STANDING)},
            {one.code: one.full_name_vi or one.name_vi for one in register.areas(tx, STANDING)},
            lang,
        )
    steps = [step for entry in found for step in _steps(entry, table, key, names)]
    return steps[:MOST]


def take_back(
    store: Store, actor: Actor, change: int, why: str, *, now: int, lang: str = "vi"
) -> str:
    """Undo a change whole; the sentence that says why not, "" where it is done.

    Raises:
        Denied: the actor may not change the register.
    """
    try:
        register_undo.undo(store, actor, change, why=why.strip()[:300], now=now)
    except NotReverted as refused:
        return words(lang)(f"adminstate.undo_{refused.key}")
    return ""


def _steps(entry: Entry, table: str, key: tuple[str, ...], names: _Names) -> list[Step]:
    return [
        Step(
            change=entry.id,
            when=moment_text(entry.at, names.lang),
            by=entry.by,
            row=_row(table, one.key, names),
            old=_said(table, one.old, names),
            new=_said(table, one.new, names),
            why=entry.why,
            rows=len(entry.effects),
            refused=entry.refused,
        )
        for one in entry.effects
        if one.table == table and one.key[: len(key)] == key
    ]


def _row(table: str, key: tuple[str, ...], names: _Names) -> str:
    """Which row of those a page shows together: role and area of an assignment, part of a year."""
    _ = words(names.lang)
    if table == "assignments":
        area = names.areas.get(key[1], key[1]) if key[1] else _("adminstate.all_areas")
        return f"{_(f'adminstate.role_{key[2]}')} · {area}"
    return ""


def _said(table: str, values: Mapping[str, object] | None, names: _Names) -> str:
    if values is None:
        return ""
    told = {name: str(value or "") for name, value in values.items()}
    _ = words(names.lang)
    if table == "assignments":
        agency = names.agencies.get(told["agency"], told["agency"])
        since = _("adminstate.since", day=_day(told["starts"], names.lang))
        parts = (agency, since, told["document"], told["note"])
    elif table == "duty_days":
        parts = (shown_day(told["day"]), told["source"], "", "")
    else:
        state = _(f"adminstate.state_{told['state']}")
        parts = (state, _day(told["day"], names.lang), told["evidence"], told["note"])
    return " · ".join(part for part in parts if part)


def _day(text: str, lang: str) -> str:
    return day_text(date.fromisoformat(text), lang) if text else ""
