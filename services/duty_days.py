"""The day of a duty to report where its text names none: set by an administrator, with a source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db import audit, changes, register, tables, versioned
from db.engine import Store, Tx
from db.rows import Document, Duty
from db.standing import Open, standing
from db.versioned import Key
from i18n.dates import day_text, moment_text
from i18n.periods import period_text
from i18n.seed_texts import seed_text
from i18n.words import words
from indicators.dues import parts_of_year, yearly_day

from . import access, dues
from .access import Actor
from .dues import NextReport
from .register_known import STANDING

SET, UNSET, BY_TEXT, WHEN_NEEDED = "set", "unset", "by_text", "when_needed"
_DAY = re.compile(
    r"(?:trước\s+)?(?:ngày\s+)?(\d{1,2})\s*(?:/|-|\.|\s*tháng\s+)\s*(\d{1,2})", re.IGNORECASE
)
_LEAP = 2024  # 29 February may be set; in other years it is the 28th
MOST_TEXT = 500


@dataclass(frozen=True, slots=True)
class DayField:
    """The day of one part of the year: as typed (05/06), "" where none is set.

    part: "" for the whole year, else its number. since: when it was set, in words.
    """

    part: str
    label: str
    day: str
    source: str = ""
    by: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty in words. state: set, unset, by_text (the text names the day) or when_needed.

    fields: where a day may be set; none by_text and when_needed. next_due: "" where unknown.
    seen: what ``set_days`` compares, so that nobody overwrites what they have not seen.
    """

    key: str
    who: str
    to_whom: str
    what: str
    cadence: str
    rule: str
    where: str
    state: str
    fields: tuple[DayField, ...]
    next_due: str
    seen: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What setting days did; with a problem nothing is stored. change: None where all was so."""

    problems: tuple[str, ...] = ()
    change: int | None = None


def listing(store: Store, as_of: int, lang: str = "vi") -> list[DutyLine]:
    """Every duty with its days, in the register's order.

    Args:
        store: ready.
        as_of: microseconds since 1970 (UTC), for the next due day.
        lang: "vi" or "en".
    """
    with store.read() as tx:
        duties = register.duties(tx, as_of)
        documents = {one.key: one for one in register.documents(tx, as_of)}
        reports = {one.duty.key: one for one in dues.read(tx, as_of)}
        days = standing(tx, tables.duty_days)
    return [_line(one, documents.get(one.document), reports[one.key], days, lang) for one in duties]


def set_days(
    store: Store,
    actor: Actor,
    duty: str,
    days: Mapping[str, str],
    source: str,
    *,
    seen: str,
    now: int,
    lang: str = "vi",
) -> Saved:
    """Set the days of one duty, or take them away where they are blank.

    Args:
        store: ready.
        actor: who sets them.
        duty: its key.
        days: part of the year ("" for the whole) -> the day as typed: 05/06, ngày 5 tháng 6.
        source: the decision or letter that says so.
        seen: ``DutyLine.seen`` of what was shown.
        now: microseconds since 1970 (UTC).
        lang: of the problems.

    Raises:
        Denied: the actor may not change the register.
        ValueError: a duty or part that does not exist, or whose text names a day.
    """
    access.require(actor, access.REGISTER)
    with store.write() as tx:
        found = next((one for one in register.duties(tx, STANDING) if one.key == duty), None)
        if found is None or state_of(found, {}) in {BY_TEXT, WHEN_NEEDED}:
            raise ValueError(f"no duty whose day may be set: {duty!r}")
        if unknown := set(days) - set(_parts(found)):
            raise ValueError(f"{duty} has no part {', '.join(sorted(unknown))!r}")
        stands = standing(tx, tables.duty_days)
        if _seen(duty, stands) != seen:
            return Saved((words(lang)("adminstate.days_moved"),))
        rows, problems = _rows(duty, days, source.strip(), lang)
        if problems:
            return Saved(problems)
        return Saved(change=_store(tx, actor, duty, rows, stands, now))


def state_of(duty: Duty, stands: Mapping[Key, Open]) -> str:
    """Who names the day of a duty: its text, an administrator, nobody, or no span at all."""
    if yearly_day(duty.due_rule) is not None:
        return BY_TEXT
    if not parts_of_year(duty.period):
        return WHEN_NEEDED
    return SET if any(key[0] == duty.key for key in stands) else UNSET


def typed_day(text: str) -> str | None:
    """The stored form ("06-05") of a day of the year as typed (05/06), None where it names none."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    number, month = int(found[1]), int(found[2])
    try:
        date(_LEAP, month, number)
    except ValueError:
        return None
    return f"{month:02d}-{number:02d}"


def shown_day(stored: str) -> str:
    """A stored day of the year as people write it: 05/06."""
    month, _, number = stored.partition("-")
    return f"{number}/{month}" if number else stored


def _rows(
    duty: str, days: Mapping[str, str], source: str, lang: str
) -> tuple[dict[str, dict[str, object]], tuple[str, ...]]:
    """By part the row to store, {} for a day that is taken away; and what is wrong."""
    _ = words(lang)
    rows: dict[str, dict[str, object]] = {}
    problems = []
    for part, text in days.items():
        day = typed_day(text) if text.strip() else ""
        if day is None:
            problems.append(_("adminstate.days_not_a_day", text=text.strip()[:40]))
            continue
        rows[part] = {"duty": duty, "part": part, "day": day, "source": source} if day else {}
    if any(rows.values()) and not source:
        problems.append(_("adminstate.days_no_source"))
    if len(source) > MOST_TEXT:
        problems.append(_("adminstate.too_long", n=MOST_TEXT))
    return rows, tuple(problems)


def _store(
    tx: Tx,
    actor: Actor,
    duty: str,
    rows: Mapping[str, dict[str, object]],
    stands: Mapping[Key, Open],
    now: int,
) -> int | None:
    """Put what differs; the number of the change, None where nothing does."""
    differ = {
        part: row for part, row in rows.items() if _told_row(row) != _told(stands.get((duty, part)))
    }
    change = changes.begin(tx, "duty_days", actor.name, duty, now)
    given = [{**row, "by": actor.name} for row in differ.values() if row]
    gone = [(duty, part) for part, row in differ.items() if not row]
    versioned.put(tx, tables.duty_days, given, change, added_from=change.at)
    versioned.withdraw(tx, tables.duty_days, gone, change)
    if change.id is not None:
        audit.add(
            tx,
            change.at,
            actor.name,
            "duty_days.set",
            duty,
            account=actor.account,
            came_from=actor.came_from,
            change=change.id,
        )
    return change.id


def _told(row: Open | None) -> tuple[str, str]:
    return _told_row(row.values) if row else ("", "")


def _told_row(row: Mapping[str, object]) -> tuple[str, str]:
    """Day and source; who set them makes no other day."""
    return str(row.get("day", "")), str(row.get("source", ""))


def _seen(duty: str, stands: Mapping[Key, Open]) -> str:
    return ";".join(f"{key[1]}:{row.change}" for key, row in stands.items() if key[0] == duty)


def _parts(duty: Duty) -> list[str]:
    """The parts of the year that a duty asks reports of; one that is whole has no number."""
    count = parts_of_year(duty.period)
    return [""] if count == 1 else [str(one + 1) for one in range(count)]


def _line(
    duty: Duty,
    document: Document | None,
    report: NextReport,
    stands: Mapping[Key, Open],
    lang: str,
) -> DutyLine:
    state = state_of(duty, stands)
    parts = _parts(duty) if state in {SET, UNSET} else []
    # a day that was set for the whole year before it was split stays to be seen
    parts += [key[1] for key in stands if key[0] == duty.key and key[1] not in parts]
    title = document.number or document.kind_vi if document else duty.document
    return DutyLine(
        key=duty.key,
        who=duty.who_vi,
        to_whom=duty.to_whom_vi,
        what=duty.what_vi,
        cadence=seed_text(duty.period, lang),
        rule=seed_text(duty.due_rule, lang),
        where=f"{duty.locator} · {title}",
        state=state,
        fields=tuple(_field(duty, part, stands.get((duty.key, part)), lang) for part in parts),
        next_due=_next(report, lang),
        seen=_seen(duty.key, stands),
    )


def _field(duty: Duty, part: str, row: Open | None, lang: str) -> DayField:
    label = part_label(duty.period, part, lang)
    if row is None:
        return DayField(part, label, "")
    return DayField(
        part,
        label,
        shown_day(str(row.values["day"])),
        str(row.values["source"]),
        str(row.values["by"]),
        moment_text(row.known_from, lang),
    )


def part_label(cadence: str, part: str, lang: str = "vi") -> str:
    """A part of a year in words: 6 tháng đầu năm, quý 3, tháng 5, cả năm."""
    _ = words(lang)
    if not part:
        return _("adminstate.part_year")
    count = parts_of_year(cadence)
    return _(f"adminstate.half_{part}") if count == 2 else _(f"adminstate.part_{count}", n=part)


def _next(report: NextReport, lang: str) -> str:
    if report.due is None:
        return ""
    period = period_text(report.due.period.text, lang) if report.due.period else ""
    return words(lang)("adminstate.next_due", day=day_text(report.due.day, lang), period=period)
