"""The log: who did what, when, from where; looked through, taken away and checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from db import accounts as stored_accounts
from db import audit_search
from db import register as stored_register
from db.engine import Store, Tx
from i18n.sorting import sort_key

from .access import AUDIT, Actor, require
from .audit_lines import Line, Names, line_of
from .moments import day_end, day_start
from .signin import plain_login

__all__ = [
    "KINDS",
    "Line",
    "Page",
    "Person",
    "Search",
    "Week",
    "people",
    "search",
    "wanted",
    "week",
]

A_PAGE = 50
_FOREVER = 2**62
_WEEK = 7 * 86_400_000_000
_FAILED = ("signin.refused", "signin.turned_away")
# What a reader picks from: name -> beginnings of actions.
KINDS: dict[str, tuple[str, ...]] = {
    "figures": ("submission.", "columns."),
    "register": (
        *("register.", "plans.", "assignments.", "baselines.", "states.", "duty_days."),
        *("duties.", "documents.", "targets.", "seed.", "demo."),
    ),
    "scenarios": ("scenarios.",),
    "accounts": ("account.",),
    "signin": ("signin.",),
    "failed": _FAILED,
    "other": (),
}


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for, as typed; "" and None look for everything.

    person: ``account:<number>``, or the name that was recorded. kind: a key of KINDS. about: a
    target's code, the number of a submission, or a login. text: anywhere in a line. first, last:
    days in the province, both included.
    """

    person: str = ""
    kind: str = ""
    about: str = ""
    text: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def anything(self) -> bool:
        """Whether anything is left out."""
        return self != Search()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the log. total: of all pages.

    older: what the next page is asked for with (``before``), None on the last. newer: that of
    the page before; 0 is the first page, None where this is the first.
    """

    lines: tuple[Line, ...]
    total: int
    older: int | None
    newer: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who stands in the log; key: what ``Search.person`` takes."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Week:
    """How many lines the last seven days have, and how many of them are refused sign-ins."""

    lines: int
    failed: int


def wanted(value: Callable[[str, str], str | None]) -> Search:
    """What an address asks for; a day that is none asks for nothing.

    value: gives what the address says for a name, or its second argument.
    """
    texts = {name: str(value(name, "") or "")[:200] for name in ("person", "kind", "about", "text")}
    kind = texts.pop("kind")
    return Search(
        **texts,
        kind=kind if kind in KINDS else "",
        first=_day(value("first", "")),
        last=_day(value("last", "")),
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def search(
    store: Store, actor: Actor, wanted: Search, *, before: int | None = None, lang: str = "vi"
) -> Page:
    """A page of lines, newest first.

    Args:
        store: ready.
        actor: who asks.
        wanted: what is looked for.
        before: number of a line, of another page's ``older`` or ``newer``.
        lang: "vi" or "en".

    Raises:
        Denied: the actor may not see the log.
    """
    require(actor, AUDIT)
    with store.read() as tx:
        found_by = asked(tx, wanted)
        found = audit_search.page(tx, found_by, before=before or None, limit=A_PAGE + 1)
        whole = not before and len(found) <= A_PAGE
        total = len(found) if whole else audit_search.count(tx, found_by)
        names = names_of(tx, lang)
        newer = _newer(tx, found_by, before, found[0].id if found else 0)
    shown = found[:A_PAGE]
    older = shown[-1].id if len(found) > A_PAGE else None
    return Page(tuple(line_of(one, names) for one in shown), total, older, newer)


def _newer(tx: Tx, asked: audit_search.Wanted, before: int | None, newest: int) -> int | None:
    if not before:
        return None
    return audit_search.newer(tx, asked, newest or before - 1, A_PAGE) or 0


def people(store: Store, actor: Actor) -> list[Person]:
    """Everybody who stands in the log or has an account, by name.

    Raises:
        Denied: the actor may not see the log.
    """
    require(actor, AUDIT)
    with store.read() as tx:
        accounts = stored_accounts.listing(tx)
        recorded = audit_search.names(tx)
    found = [Person(f"account:{one.id}", f"{one.name} ({one.login})") for one in accounts]
    known = {one.name for one in accounts} | {one.login for one in accounts}
    found += [Person(name, name) for name in recorded if name not in known]
    return sorted(found, key=lambda one: sort_key(one.name))


def week(store: Store, actor: Actor, now: int) -> Week:
    """What the last seven days brought.

    Raises:
        Denied: the actor may not see the log.
    """
    require(actor, AUDIT)
    since = now - _WEEK
    with store.read() as tx:
        lines = audit_search.count(tx, audit_search.Wanted(since=since))
        failed = audit_search.count(tx, audit_search.Wanted(since=since, actions=_FAILED))
    return Week(lines, failed)


def names_of(tx: Tx, lang: str) -> Names:
    """What lines are written with: people, agencies, codes of targets."""
    accounts = {one.id: one for one in stored_accounts.listing(tx)}
    return Names(
        lang=lang,
        logins={number: one.login for number, one in accounts.items()},
        people={number: one.name for number, one in accounts.items()},
        agencies={one.key: one.name_vi for one in stored_register.agencies(tx, _FOREVER)},
        targets=frozenset(one.code for one in stored_register.targets(tx, _FOREVER)),
    )


def asked(tx: Tx, wanted: Search) -> audit_search.Wanted:
    """What the store is asked for; an account, a submission or a target is found by its words."""
    number = wanted.person.removeprefix("account:")
    account = wanted.person.startswith("account:") and number.isdecimal()
    subjects, codes = _about(tx, wanted.about)
    kind = wanted.kind if wanted.kind in KINDS else ""
    actions = KINDS.get(kind, ())
    if kind == "other":
        actions = tuple(one for group in KINDS.values() for one in group)
    return audit_search.Wanted(
        account=int(number[:9]) if account else None,
        by="" if account else wanted.person,
        actions=actions,
        other=kind == "other",
        subjects=subjects,
        codes=codes,
        text=" ".join(wanted.text.split())[:200],
        since=day_start(wanted.first) if wanted.first else None,
        until=day_end(wanted.last) if wanted.last else None,
    )


def _about(tx: Tx, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Subjects and codes that a text names: DL-01, 12, lần nộp 12, a login, a file's name."""
    plain = " ".join(text.split())[:200]
    if not plain:
        return (), ()
    subjects, codes = {plain}, {plain.upper()}
    digits = plain.rpartition(" ")[2].lstrip("#")
    if digits.isdecimal():
        subjects.add(f"submission:{int(digits[:9])}")
    account = stored_accounts.by_login(tx, plain_login(plain))
    if account is not None:
        subjects.add(f"account:{account.id}")
    for one in stored_register.targets(tx, _FOREVER):
        if one.code == plain.upper():
            codes.add(one.indicator or one.code)
    return tuple(sorted(subjects)), tuple(sorted(codes))
