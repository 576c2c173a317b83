"""A line of the log as people read it: a sentence, what it is about, what was and what is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.audit import Entry
from i18n.dates import day_text, moment_text
from i18n.numbers import number
from i18n.periods import period_text
from i18n.words import Words, words
from indicators import periods

from .access import ROLES

_MARK = "\0"  # where the sentence names its subject
_EFFECTS = ("new", "changed", "same", "restored", "removed")
_IN_SENTENCE = {*_EFFECTS, "reason", "sessions", "minutes"}
ABSENT = "–"
_STORED = re.compile(r"[a-z_]{2,30}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAY_OF_YEAR = re.compile(r"\d\d-\d\d")
_IN_WORDS = {"role", "state", "status", "subject", "shared"}


@dataclass(frozen=True, slots=True)
class Names:
    """What lines are written with.

    logins, people: number of an account -> login, name. agencies: key -> name. targets: codes.
    """

    lang: str
    logins: Mapping[int, str]
    people: Mapping[int, str]
    agencies: Mapping[str, str]
    targets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one field said before and says now; "" is nothing.

    row: the row that it belongs to, in words, "" for the line itself. target: the code of the
    target that the row is about, "" for none.
    """

    row: str
    target: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log in words.

    account: number of who did it, None for the local user and the shell. before, about, after:
    the sentence around the words for what it is about. link: (target, submission or account;
    its code, number or login), None where there is no page for it.
    """

    id: int
    at: int
    when: str
    who: str
    account: int | None
    login: str
    came_from: str
    action: str
    before: str
    about: str
    after: str
    link: tuple[str, str] | None
    differences: tuple[Difference, ...]
    why: str
    digest: str

    @property
    def sentence(self) -> str:
        """The whole sentence as plain text."""
        return f"{self.before}{self.about}{self.after}"


def line_of(entry: Entry, names: Names) -> Line:
    """A stored line in words."""
    _ = words(names.lang)
    old, new = _said(entry.old), _said(entry.new)
    told = [one for one in _differences(old, new, names, _) if one.old or one.new]
    if entry.action.startswith("scenarios."):  # their name stands in the sentence
        told = [one for one in told if one.row]
    about, link = _about(entry, {**old, **new}, names, _)
    sentence = _did(entry.action, _) + _detail(entry, new, _)
    before, found, after = sentence.partition(_MARK)
    return Line(
        entry.id,
        entry.at,
        moment_text(entry.at, names.lang, seconds=True),
        _who(entry, names, _),
        entry.account_id,
        names.logins.get(entry.account_id or 0, ""),
        _place(entry.came_from, _),
        entry.action,
        before,
        about if found else "",
        after,
        link if found else None,
        tuple(sorted(told, key=lambda one: bool(one.row))),
        entry.why,
        entry.digest,
    )


def _said(text: str) -> dict[str, Any]:
    """What a side of a line says, by field; a plain value stands under ""."""
    if not text:
        return {}
    said = json.loads(text)
    return said if isinstance(said, dict) else {"": said}


def _did(action: str, _: Words) -> str:
    try:
        return _(f"adminaudit.did.{action.replace('.', '_')}", about=_MARK)
    except ValueError:  # another version of the program wrote it
        return _("adminaudit.did_other", action=action, about=_MARK)


def _detail(entry: Entry, new: Mapping[str, Any], _: Words) -> str:
    """What the sentence goes on with: why somebody was refused, how many figures."""
    if "reason" in new and entry.action.startswith("signin."):
        reason = str(new["reason"])
        return f": {_named(f'adminaudit.reason_{reason}', reason, _)}"
    counted = [(name, new[name]) for name in _EFFECTS if isinstance(new.get(name), int)]
    if entry.action.startswith("submission.") and counted:
        parts = (_.plural(f"adminaudit.count_{name}", count) for name, count in counted)
        return f": {', '.join(parts)}"
    if new.get("minutes"):
        return f": {_.plural('adminaudit.count_minutes', new['minutes'])}"
    ended = new.get("sessions")
    return f", {_.plural('adminaudit.count_sessions', ended)}" if ended else ""


def _who(entry: Entry, names: Names, _: Words) -> str:
    """The name that was recorded; of a refused sign-in whose account it was tried for."""
    if entry.account_id is not None and entry.by == names.logins.get(entry.account_id):
        return names.people[entry.account_id]
    return entry.by or _("adminaudit.nobody")


def _place(came_from: str, _: Words) -> str:
    if came_from in ("shell", "loopback"):
        return _(f"adminaudit.from_{came_from}")
    return came_from or _("adminaudit.from_program")


def _about(
    entry: Entry, said: Mapping[str, Any], names: Names, _: Words
) -> tuple[str, tuple[str, str] | None]:
    """What a line is about, and which page shows it."""
    kind, colon, rest = entry.subject.partition(":")
    if colon and rest.isdecimal() and kind in ("submission", "account"):
        if kind == "submission":
            return _("adminaudit.about_submission", n=rest), ("submission", rest)
        login = names.logins.get(int(rest), "")
        return login or _("adminaudit.about_account", n=rest), ("account", login) if login else None
    if kind == "unknown" and colon:
        return _("adminaudit.about_unknown"), None
    if kind == "person" and colon:
        return rest, None
    if kind == "address" and colon:
        return _("adminaudit.about_address", address=rest), None
    if entry.action.startswith("scenarios.") and said.get("name"):
        return f"“{said['name']}”", None
    code = next((one for one in entry.subject.split() if one in names.targets), "")
    plain = " ".join(_word(one, _) for one in entry.subject.split(" "))
    return names.agencies.get(entry.subject, plain), ("target", code) if code else None


def _differences(
    old: Mapping[str, Any], new: Mapping[str, Any], names: Names, _: Words
) -> Iterator[Difference]:
    for key in dict.fromkeys((*old, *new)):
        was, became = old.get(key), new.get(key)
        if isinstance(was, dict) or isinstance(became, dict):
            row, target = _row(key, names, _)
            left, right = was or {}, became or {}
            said = set(key.split())  # the row's own words: they stand in its heading
            for name in dict.fromkeys((*left, *right)):
                alone = left.get(name) if not right else right.get(name) if not left else None
                if left.get(name) == right.get(name) or str(alone) in said:
                    continue
                yield _difference(row, target, name, left, right, names, _)
        elif key.startswith("figure "):
            row, target = _row(key, names, _)
            yield _difference(row, target, "value", {"value": was}, {"value": became}, names, _)
        elif key not in _IN_SENTENCE and was != became:
            yield _difference("", "", key, old, new, names, _)


def _difference(
    row: str,
    target: str,
    name: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    names: Names,
    _: Words,
) -> Difference:
    label = _named(f"adminaudit.field_{name}", name, _) if name else ""
    was, became = (_text(name, side.get(name), names, _) for side in (old, new))
    return Difference(row, target, label, was, became)


def _row(key: str, names: Names, _: Words) -> tuple[str, str]:
    """The words for a row of a table, and the target that it is about."""
    table, _space, rest = key.partition(" ")
    parts = [_part(one, _) for one in rest.split()]
    target = next((one for one in rest.split() if one in names.targets), "")
    return f"{_named(f'adminaudit.table_{table}', table, _)} {', '.join(parts)}".strip(), target


def _part(text: str, _: Words) -> str:
    """A part of a key; a period in words."""
    try:
        return period_text(periods.parse(text).text, _.lang)
    except ValueError:
        return _word(text, _)


def _word(text: str, _: Words) -> str:
    """A word of the store (report, done) as people say it; any other text as it is."""
    return _named(f"adminaudit.value_{text}", text, _) if _STORED.fullmatch(text) else text


def _text(name: str, value: Any, names: Names, _: Words) -> str:
    """A value as people write it; "" for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool) or name in ("disabled", "must_change"):
        return _("adminaudit.yes" if value else "adminaudit.no")
    if isinstance(value, int | float):
        return number(float(value), 6, _.lang)
    if isinstance(value, list):
        return ", ".join(_text(name, one, names, _) for one in value)
    text = str(value)
    if name == "roles" and text in ROLES:
        return _(f"account.role_{text}")
    if name == "agency":
        return names.agencies.get(text, text)
    if name == "owner" and text.startswith("account:"):
        return names.logins.get(int(text.removeprefix("account:")), text)
    if _DAY.fullmatch(text):
        return _day(text, _)
    if name == "day" and _DAY_OF_YEAR.fullmatch(text):
        return f"{text[3:]}/{text[:2]}"
    return _word(text, _) if name in _IN_WORDS else text


def _day(text: str, _: Words) -> str:
    try:
        return day_text(date.fromisoformat(text), _.lang)
    except ValueError:
        return text


def _named(key: str, otherwise: str, _: Words) -> str:
    """The words of an id, or what it stands for where another version of the program wrote it."""
    try:
        return _(key)
    except ValueError:
        return otherwise
