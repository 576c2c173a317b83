"""Assignments from a form: several targets at once, previewed, stored, ended with a reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from db import audit, changes, tables, versioned
from db.engine import Store, Tx
from db.standing import Open, standing
from db.versioned import Key
from i18n.dates import day_text
from i18n.words import words

from . import access
from .access import Actor
from .assignment_lines import Line, area_name, lines, seen_of
from .assignments import ALL_AREAS, LEAD, REPORT, put, too_early
from .file_tables import day_of
from .moments import today_of
from .register_known import Known, known
from .target_areas import areas_by_target

ROLES = (REPORT, LEAD)
KINDS = ("department", "province", "commune", "party", "other")
FIRST_DAY = date(2020, 1, 1)
MOST_TEXT = 300

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class NewAgency:
    """An agency that the register does not have yet; kind: one of KINDS."""

    name: str = ""
    short: str = ""
    kind: str = KINDS[0]

    @property
    def key(self) -> str:
        """Its key, made of its name: Sở Y tế is so-y-te."""
        plain = unicodedata.normalize("NFD", self.name.lower().replace("đ", "d"))
        letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
        return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form asks for.

    targets: codes. agency: a key; "" where ``new`` names one. areas: codes, none for every area
    of each target. starts: as typed, "" for today. document: the decision's number.
    """

    targets: tuple[str, ...]
    agency: str = ""
    new: NewAgency | None = None
    role: str = REPORT
    areas: tuple[str, ...] = ()
    starts: str = ""
    document: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """What assigning does, or would do; with a problem nothing is stored.

    seen: what stood, to be given back when storing. change: None for a preview, or where
    everything stood already. moved: what stood is no longer what was previewed.
    """

    lines: tuple[Line, ...] = ()
    problems: tuple[str, ...] = ()
    seen: str = ""
    change: int | None = None
    moved: bool = False

    def count(self, effect: str) -> int:
        """How many lines have an effect."""
        return sum(line.effect == effect for line in self.lines)


@dataclass(frozen=True, slots=True)
class Ended:
    """What ending an assignment did: ``problem`` is "" where it ended."""

    problem: str = ""
    change: int | None = None


def preview(store: Store, actor: Actor, wanted: Wanted, *, now: int, lang: str = "vi") -> Assigned:
    """What ``assign`` would do.

    Raises:
        Denied: the actor may not change the register.
    """
    access.require(actor, access.REGISTER)
    with store.read() as tx:
        return _Form(tx, wanted, today_of(now), lang).answer()


def assign(
    store: Store, actor: Actor, wanted: Wanted, *, seen: str, now: int, lang: str = "vi"
) -> Assigned:
    """Store the assignments of a form, whole or not at all, with the agency where it is new.

    Args:
        store: ready.
        actor: who assigns.
        wanted: the form.
        seen: ``Assigned.seen`` of the preview that was confirmed.
        now: microseconds since 1970 (UTC).
        lang: of the problems.

    Raises:
        Denied: the actor may not change the register.
    """
    access.require(actor, access.REGISTER)
    with store.write() as tx:
        form = _Form(tx, wanted, today_of(now), lang)
        found = form.answer()
        if found.problems:
            return found
        if found.seen != seen:
            return Assigned(found.lines, (), found.seen, moved=True)
        return Assigned(found.lines, (), found.seen, _store(tx, actor, form, now))


def end(
    store: Store,
    actor: Actor,
    key: Key,
    why: str,
    *,
    agency: str | None = None,
    now: int,
    lang: str = "vi",
) -> Ended:
    """End an assignment from now on; its history stays.

    Args:
        store: ready.
        actor: who ends it.
        key: target, area ("" for all), role.
        why: the reason, for the log.
        agency: the one that is meant to end; another one that has come since stays.
        now: microseconds since 1970 (UTC).
        lang: of the problem.

    Raises:
        Denied: the actor may not change the register.
    """
    access.require(actor, access.REGISTER)
    _ = words(lang)
    if not why.strip():
        return Ended(_("adminstate.end_why"))
    with store.write() as tx:
        older = standing(tx, tables.assignments).get(key)
        if older is None or agency not in {None, older.values["agency"]}:
            return Ended(_("adminstate.end_gone"))
        change = changes.begin(tx, "assignments", actor.name, " ".join(key), now)
        if older.known_from >= change.at:
            day = day_text(today_of(older.known_from), lang)
            return Ended(_("adminstate.end_to_come", day=day))
        versioned.withdraw(tx, tables.assignments, [key], change)
        audit.add(
            tx,
            change.at,
            actor.name,
            "assignments.end",
            " ".join(part for part in key if part),
            account=actor.account,
            why=why.strip()[:MOST_TEXT],
            came_from=actor.came_from,
            change=change.id,
        )
        return Ended(change=change.id)


class _Form:
    """A form held against what stands."""

    def __init__(self, tx: Tx, wanted: Wanted, today: date, lang: str) -> None:
        self.wanted = wanted
        self.today = today
        self.lang = lang
        self._ = words(lang)
        self.known: Known = known(tx)
        self.stands: Mapping[Key, Open] = standing(tx, tables.assignments)
        self.agency = wanted.new.key if wanted.new else wanted.agency
        self.starts = day_of(wanted.starts.strip()) if wanted.starts.strip() else today
        self.problems = [*self._of_form(), *self._of_agency()]
        self.rows = {} if self.problems else self._rows()

    def answer(self) -> Assigned:
        """What would be stored, or what speaks against it."""
        if self.problems:
            return Assigned(problems=tuple(self.problems))
        new = self.wanted.new.name.strip() if self.wanted.new else ""
        found = lines(self.known, self.stands, self.rows, self.lang, newcomer=new)
        return Assigned(found, seen=seen_of(self.stands, self.rows))

    def _of_form(self) -> Iterable[str]:
        wanted, _ = self.wanted, self._
        if wanted.role not in ROLES:
            raise ValueError(f"no such role: {wanted.role!r}")
        if not wanted.targets:
            yield _("adminstate.assign_no_target")
        if not wanted.document.strip():
            yield _("adminstate.assign_no_document")
        if self.starts is None:
            yield _("adminstate.not_a_day", text=wanted.starts.strip()[:40])
        elif self.starts < FIRST_DAY:
            yield _("adminstate.day_too_early", day=day_text(self.starts, self.lang))
        if max(len(wanted.document), len(wanted.note)) > MOST_TEXT:
            yield _("adminstate.too_long", n=MOST_TEXT)
        for code in wanted.targets:
            if code not in self.known.names("targets"):
                yield _("adminstate.assign_unknown_target", code=code[:60])

    def _of_agency(self) -> Iterable[str]:
        new, _ = self.wanted.new, self._
        if new is None:
            if not self.agency:
                yield _("adminstate.assign_no_agency")
            elif self.agency not in self.known.names("agencies"):
                yield _("adminstate.assign_unknown_agency", agency=self.agency[:60])
            return
        if not new.key or len(new.name) > MOST_TEXT or len(new.short) > MOST_TEXT:
            yield _("adminstate.agency_no_name", n=MOST_TEXT)
            return
        if new.kind not in KINDS:
            raise ValueError(f"no such kind of agency: {new.kind!r}")
        for text in (new.name, new.short):
            taken = self.known.bodies.key(text) if text.strip() else None
            if taken is not None or (text and text is new.name and new.key in self._keys()):
                yield _("adminstate.agency_there", name=text.strip())
                return

    def _keys(self) -> set[str]:
        return self.known.names("agencies")

    def _rows(self) -> dict[Key, Row]:
        """By key what is to be stored; areas that a target has not, or too early, are noted."""
        allowed = areas_by_target(self.known)
        rows: dict[Key, Row] = {}
        for code in dict.fromkeys(self.wanted.targets):
            foreign = [area for area in self.wanted.areas if area not in allowed[code]]
            if foreign:
                names = ", ".join(area_name(self.known, area) for area in foreign[:3])
                self.problems.append(self._("adminstate.assign_area", code=code, areas=names))
                continue
            for area in dict.fromkeys(self.wanted.areas or (ALL_AREAS,)):
                row = self._row(code, area)
                key = (code, area, self.wanted.role)
                rows[key] = row
                if day := too_early(row, self.stands.get(key), self.today):
                    told = day_text(day, self.lang)
                    self.problems.append(self._("adminstate.assign_early", code=code, day=told))
        return rows

    def _row(self, code: str, area: str) -> Row:
        return {
            "target": code,
            "area": area,
            "role": self.wanted.role,
            "agency": self.agency,
            "starts": self.starts.isoformat() if self.starts else "",
            "document": self.wanted.document.strip(),
            "note": self.wanted.note.strip(),
        }


def _store(tx: Tx, actor: Actor, form: _Form, now: int) -> int | None:
    """Put the new agency and the assignments under one change; its number."""
    what = f"{form.agency}: {', '.join(form.wanted.targets)}"[:200]
    change = changes.begin(tx, "assignments", actor.name, what, now)
    new = form.wanted.new
    if new:
        row = {"key": new.key, "name_vi": new.name.strip(), "kind": new.kind}
        row["short_vi"] = new.short.strip()
        versioned.put(tx, tables.agencies, [row], change, added_from=change.at)
    put(tx, form.rows, change)
    if change.id is not None:
        audit.add(
            tx,
            change.at,
            actor.name,
            "assignments.add",
            form.agency,
            account=actor.account,
            came_from=actor.came_from,
            change=change.id,
        )
    return change.id
