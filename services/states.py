"""What somebody tells of milestones and goals: state, day, evidence; many in one press.

Who has no entry is unknown ("chưa có thông tin thực hiện"), never late.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from db import audit, changes, register, tables, versioned
from db.engine import Store, Tx
from db.standing import Open, standing
from db.versioned import Key
from i18n.dates import day_text, moment_text
from i18n.numbers import number
from i18n.seed_texts import seed_text
from i18n.words import words

from . import access
from .access import Actor
from .file_tables import day_of
from .moments import today_of
from .register_known import STANDING

MILESTONE, GOAL = "milestone", "goal"
UNKNOWN = ""
NOT_STARTED, UNDER_WAY, DONE, DROPPED = "not_started", "under_way", "done", "dropped"
STATES = (UNKNOWN, NOT_STARTED, UNDER_WAY, DONE, DROPPED)
PROVED = frozenset({DONE, DROPPED})  # said only with what shows it
FIRST_DAY = date(2020, 1, 1)
MOST_TEXT = 1000
_ADDRESS = re.compile(r"\b[a-zA-Z][\w+.-]*://\S*")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form says of one milestone or goal; state "" takes back what was said.

    day: as typed, 31/12/2026. seen: ``Line.seen`` of what the form showed, 0 for no entry.
    """

    subject: str
    code: str
    state: str
    day: str = ""
    evidence: str = ""
    note: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One milestone or goal with what stands of it; entry: as a form takes it back.

    asks: what would show it. said_by, said_at: who told it and when, in words, "" for nobody.
    """

    subject: str
    code: str
    name: str
    asks: str
    due: str
    lead: str
    document: str
    locator: str
    doubt: str
    entry: Entry
    said_by: str = ""
    said_at: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did: which entries were stored, and by (subject, code) what is wrong.

    With a problem nothing is stored. stored: key -> number of its own change, so that each
    entry can be taken back alone.
    """

    stored: Mapping[Key, int] = field(default_factory=dict)
    problems: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)


def listing(store: Store, lang: str = "vi") -> list[Line]:
    """Every milestone, then every goal, in the register's order, with what stands of it."""
    with store.read() as tx:
        milestones = standing(tx, tables.milestones)
        goals = standing(tx, tables.qualitative_goals)
        told = standing(tx, tables.states)
        documents = {one.key: one for one in register.documents(tx, STANDING)}
    found = [
        *(_line(MILESTONE, row.values, row.values["name_vi"], "", told, lang)
          for row in milestones.values()),
        *(_line(GOAL, row.values, row.values["wording_vi"],
                seed_text(row.values["what_would_show_it"], lang), told, lang)
          for row in goals.values()),
    ]  # fmt: skip
    order = {key: place for place, key in enumerate(documents)}
    return sorted(found, key=lambda one: (one.subject == GOAL, order.get(one.document, 99)))


def save(
    store: Store,
    actor: Actor,
    entries: Iterable[Entry],
    *,
    common_day: str = "",
    now: int,
    lang: str = "vi",
) -> Saved:
    """Store what differs from what stands, all of it or, with one problem, nothing.

    Args:
        store: ready.
        actor: who tells it.
        entries: of a whole form; those that say what stands already change nothing.
        common_day: the day of the entries that say none, but for what is done or dropped.
        now: microseconds since 1970 (UTC); no day may lie after it.
        lang: of the problems.

    Raises:
        Denied: the actor may not change the register.
        ValueError: an unknown subject, code or state, or an entry twice.
    """
    access.require(actor, access.REGISTER)
    with store.write() as tx:
        told = standing(tx, tables.states)
        wanted = _wanted(tx, entries, told, common_day)
        problems = {}
        for key, one in wanted.items():
            if wrong := _problems(one, told.get(key), today_of(now), lang):
                problems[key] = wrong
        if problems:
            return Saved(problems=problems)
        return Saved({key: _store(tx, actor, one, now) for key, one in wanted.items()})


def entry_of(subject: str, code: str, row: Open | None) -> Entry:
    """What stands of a milestone or goal, as a form shows it."""
    if row is None:
        return Entry(subject, code, UNKNOWN)
    said = row.values
    day = str(said["day"])
    shown = day_text(date.fromisoformat(day)) if day else ""
    return Entry(
        subject, code, said["state"], shown, said["evidence"], said["note"], row.known_from
    )


def _line(
    subject: str,
    row: Mapping[str, str],
    name: str,
    asks: str,
    told: Mapping[Key, Open],
    lang: str,
) -> Line:
    code = row["code"]
    stands = told.get((subject, code))
    due = day_text(date.fromisoformat(row["due"]), lang) if row["due"] else ""
    return Line(
        subject=subject,
        code=code,
        name=name,
        asks=asks,
        due=due,
        lead=row["lead_vi"],
        document=row["document"],
        locator=row["locator"],
        doubt=seed_text(row.get("doubt", ""), lang),
        entry=entry_of(subject, code, stands),
        said_by=str(stands.values["by"]) if stands else "",
        said_at=moment_text(stands.known_from, lang) if stands else "",
    )


def _wanted(
    tx: Tx, entries: Iterable[Entry], told: Mapping[Key, Open], common_day: str
) -> dict[Key, Entry]:
    """The entries that differ from what stands, each with its day."""
    codes = {
        MILESTONE: {key[0] for key in standing(tx, tables.milestones)},
        GOAL: {key[0] for key in standing(tx, tables.qualitative_goals)},
    }
    found: dict[Key, Entry] = {}
    for given in entries:
        one = _trimmed(given)
        key = (one.subject, one.code)
        if one.code not in codes.get(one.subject, ()) or one.state not in STATES:
            raise ValueError(f"no such entry: {key} {one.state!r}")
        if key in found:
            raise ValueError(f"{key} comes twice")
        stands = entry_of(one.subject, one.code, told.get(key))
        if _same(one, stands):
            continue
        if one.state not in {UNKNOWN, *PROVED} and not one.day:
            one = replace(one, day=common_day.strip())
        if not _same(one, stands):
            found[key] = one
    return found


def _trimmed(one: Entry) -> Entry:
    return replace(one, day=one.day.strip(), evidence=one.evidence.strip(), note=one.note.strip())


def _same(one: Entry, other: Entry) -> bool:
    """Whether two entries say the same; an empty one says nothing whatever stands beside it."""
    if one.state == other.state == UNKNOWN:
        return not (one.day or one.evidence or one.note)
    day, its_day = day_of(one.day) or one.day, day_of(other.day) or other.day
    return (one.state, day, one.evidence, one.note) == (
        other.state, its_day, other.evidence, other.note,
    )  # fmt: skip


def _problems(one: Entry, stands: Open | None, today: date, lang: str) -> tuple[str, ...]:
    _ = words(lang)
    if one.seen != (stands.known_from if stands else 0):
        return (_moved(one, stands, lang),)
    if one.state == UNKNOWN:
        said = one.day or one.evidence or one.note
        return (_("adminstate.state_missing"),) if said and stands is None else ()
    found = _of_day(one, today, lang)
    if one.state in PROVED and not one.evidence:
        found.append(_("adminstate.state_no_evidence", state=_(f"adminstate.state_{one.state}")))
    for address in _ADDRESS.findall(one.evidence):
        if not address.startswith("https://") or len(address) < 12:
            found.append(_("adminstate.state_bad_link", text=address[:60]))
    if max(len(one.evidence), len(one.note)) > MOST_TEXT:
        found.append(_("adminstate.too_long", n=number(MOST_TEXT, 0, lang)))
    return tuple(found)


def _of_day(one: Entry, today: date, lang: str) -> list[str]:
    """What is wrong with the day: it is missing, none, before all programmes, or to come."""
    _ = words(lang)
    if not one.day:
        key = "state_no_day" if one.state in PROVED else "state_no_day_of"
        return [_(f"adminstate.{key}", state=_(f"adminstate.state_{one.state}"))]
    day = day_of(one.day)
    if day is None:
        return [_("adminstate.not_a_day", text=one.day[:40])]
    if day > today:
        return [_("adminstate.day_to_come", day=day_text(day, lang), today=day_text(today, lang))]
    if day < FIRST_DAY:
        return [_("adminstate.day_too_early", day=day_text(day, lang))]
    return []


def _moved(one: Entry, stands: Open | None, lang: str) -> str:
    """Somebody told another thing since the form was opened."""
    _ = words(lang)
    if stands is None:
        return _("adminstate.state_moved_away")
    now = entry_of(one.subject, one.code, stands)
    return _(
        "adminstate.state_moved",
        by=stands.values["by"],
        at=moment_text(stands.known_from, lang),
        state=_(f"adminstate.state_{now.state}"),
        day=now.day,
    )


def _store(tx: Tx, actor: Actor, one: Entry, now: int) -> int:
    """Put or take back one entry under a change of its own; the change's number."""
    key = (one.subject, one.code)
    change = changes.begin(tx, "states", actor.name, one.code, now)
    if one.state == UNKNOWN:
        versioned.withdraw(tx, tables.states, [key], change)
    else:
        versioned.put(tx, tables.states, [_row(one, actor.name)], change, added_from=change.at)
    number = changes.record(tx, change)
    audit.add(
        tx,
        change.at,
        actor.name,
        "states.save",
        " ".join(key),
        account=actor.account,
        came_from=actor.came_from,
        change=number,
    )
    return number


def _row(one: Entry, by: str) -> dict[str, object]:
    day = day_of(one.day)
    return {
        "subject": one.subject,
        "code": one.code,
        "state": one.state,
        "day": day.isoformat() if day else "",
        "evidence": one.evidence,
        "by": by,
        "note": one.note,
    }
