"""What a change did to rows of the register, in words: for previews, receipts and the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from db import register
from db.effects import Effect
from db.engine import Store
from i18n.dates import day_text
from i18n.labels import Asked, direction_text, kind_text, measure_text, target_text
from i18n.numbers import number
from i18n.seed_texts import seed_text
from indicators.model import COMPARATORS, KINDS, MEASURES

from .moments import today_of
from .register_known import STANDING
from .register_labels import body_text, choice_text
from .register_undo import effect_of

__all__ = ["Told", "doubts", "effect_of", "field_text", "told"]

_DAYS = frozenset({"issued", "due", "starts", "day", "valid_from", "published_on"})
_NAMES = ("name_vi", "title_vi", "wording_vi", "what_vi", "who_vi")
_SORTED = frozenset({"agencies", "areas"})
SORT = "sort"  # what the kind of a body or an area is called among the columns
_SKIPPED = frozenset({"name_ascii"})


@dataclass(frozen=True, slots=True)
class Told:
    """One row of a change. effect: added, amended or removed.

    name: what it is about. asked: of a target what is asked for by when. fields: (column, before,
    after) of what differs; of a new or ended row what it says. doubt: of the text, "" for none.
    day: from which day it counts, "" where from the change itself.
    """

    table: str
    key: str
    name: str
    effect: str
    asked: str
    fields: tuple[tuple[str, str, str], ...]
    doubt: str
    day: str


def told(store: Store, effects: Iterable[Effect], at: int, lang: str = "vi") -> list[Told]:
    """Effects in words, in their order.

    Args:
        store: ready.
        effects: as a preview or the history gives them.
        at: the moment of the change.
        lang: "vi" or "en".
    """
    with store.read() as tx:
        names = {
            one.code: _name(one.name_vi, one.name_en, lang)
            for one in register.indicators(tx, STANDING)
        }
        names |= {
            one.code: _name(one.name_vi, one.name_en, lang)
            for one in register.targets(tx, STANDING)
        }
        places = {one.code: one.full_name_vi or one.name_vi for one in register.areas(tx, STANDING)}
    return [_told(one, names, places, at, lang) for one in effects]


def doubts(effects: Iterable[Effect]) -> int:
    """How many of the targets and goals that come in or are amended bear a doubt."""
    return sum(bool(one.new and one.new.get("doubt")) for one in effects)


def _name(vietnamese: str, english: str, lang: str) -> str:
    return vietnamese if lang == "vi" or not english else english


def _told(
    one: Effect, names: Mapping[str, str], places: Mapping[str, str], at: int, lang: str
) -> Told:
    row = one.new if one.new is not None else one.old or {}
    own = next((str(row[name]) for name in _NAMES if row.get(name)), "")
    key = [places.get(part, part) for part in one.key if part]
    return Told(
        table=one.table,
        key=" · ".join(key),
        name=own or names.get(one.key[0], ""),
        effect=effect_of(one),
        asked=asked_of(row, lang) if one.table == "targets" else "",
        fields=tuple(_fields(one, lang)),
        doubt=seed_text(str(row.get("doubt") or ""), lang),
        day=_day_of(one, at, lang),
    )


def _day_of(one: Effect, at: int, lang: str) -> str:
    """The day from which it counts where that is not the day of the change."""
    if one.since <= 0 or today_of(one.since) == today_of(at):
        return ""
    return day_text(today_of(one.since), lang)


def _fields(one: Effect, lang: str) -> Iterable[tuple[str, str, str]]:
    old, new = one.old, one.new
    row = new if new is not None else old or {}
    for column in row:
        before = field_text(column, old.get(column), lang, one.table) if old else ""
        after = field_text(column, new.get(column), lang, one.table) if new else ""
        if before != after and column not in _SKIPPED and not (column == "code" and old is None):
            yield SORT if column == "kind" and one.table in _SORTED else column, before, after


def field_text(column: str, value: object, lang: str = "vi", table: str = "") -> str:
    """A value of the register as people read it, "" where absent.

    table: of areas and agencies the kind is another thing than that of a target.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, float):
        return number(value, 6, lang)
    text = str(value)
    if column in _DAYS and len(text) == len("2026-12-31"):
        return day_text(date.fromisoformat(text), lang)
    if column in ("doubt", "note"):
        return seed_text(text, lang)
    if table in _SORTED:
        return body_text(text) if lang == "vi" and column == "kind" else text
    if lang == "vi":
        return choice_text(column, text)
    return _english(column, text)


def _english(column: str, text: str) -> str:
    if column == "kind" and text in KINDS:
        return kind_text(text, "en")
    if column == "direction":
        return direction_text(text, "en")
    if column == "measure" and text in MEASURES:
        return measure_text(text, "en")
    return text.replace("_", " ") if column in ("comparator", "scope") else text


def asked_of(row: Mapping[str, object], lang: str) -> str:
    """Mức đề ra in one line: ít nhất 75% vào năm 2030."""
    kind, comparator = str(row["kind"]), str(row["comparator"])
    low, high = row["value_low"], row["value_high"]
    if kind not in KINDS or comparator not in COMPARATORS or not isinstance(low, float):
        return ""
    asked = Asked(
        kind,
        comparator,
        low,
        high if isinstance(high, float) else None,
        str(row["unit"]),
        6,
        int(str(row["period_start"])),
        int(str(row["period_end"])),
    )
    return target_text(asked, lang)
