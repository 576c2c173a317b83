"""The former versions of a target: what was asked before, by which clause, until when."""

from __future__ import annotations

from dataclasses import dataclass

from db import register, tables, versioned
from db.engine import Store
from db.versioned import Version
from i18n.dates import day_text
from i18n.seed_texts import seed_text

from .moments import today_of
from .register_words import asked_of, field_text

_TOLD = (
    *("wording_vi", "name_vi", "unit", "scope", "direction", "lead_vi", "field", "doubt"),
    *("locator",),
)


@dataclass(frozen=True, slots=True)
class Amendment:
    """One step from a version of a target to the next one.

    day: from when the newer one counts. to_come: it does not count yet. by: the newer one's
    document. was, became: what was and is asked, alike where only words differ. where, wording:
    of the older clause. fields: (column, before, after) of what else differs. back: the newer one
    says again what an earlier one said.
    """

    day: str
    to_come: bool
    by: str
    was: str
    became: str
    where: str
    wording: str
    fields: tuple[tuple[str, str, str], ...]
    back: bool


def amendments(store: Store, code: str, as_of: int, lang: str = "vi") -> list[Amendment]:
    """The steps by which a target became what it is at a moment, the newest first.

    One that was recorded by then and counts from a later day stands at the beginning.
    """
    with store.read() as tx:
        found = versioned.history(tx, tables.targets, (code,))
        documents = {one.key: one.number or one.key for one in register.documents(tx, as_of)}
    counted = [one for one in found if _counts(one, as_of)]
    steps = []
    for place, newer in enumerate(counted[1:], start=1):
        older = counted[place - 1]
        back = any(newer.values == one.values for one in counted[: place - 1])
        steps.append(_step(older, newer, documents, as_of, back=back, lang=lang))
    return steps[::-1]


def _counts(one: Version, as_of: int) -> bool:
    """Whether a reader of the moment sees it, saw it before, or was told that it comes."""
    begun = one.known_to is None or one.known_to > one.known_from
    if not begun:
        return False
    return one.known_from <= as_of or (one.at <= as_of and one.known_to is None)


def _step(
    older: Version,
    newer: Version,
    documents: dict[str, str],
    as_of: int,
    *,
    back: bool,
    lang: str,
) -> Amendment:
    was, now = older.values, newer.values
    document, before = str(now["document"]), str(was["document"])
    fields = tuple(
        (name, field_text(name, was[name], lang), field_text(name, now[name], lang))
        for name in _TOLD
        if was[name] != now[name]
    )
    return Amendment(
        day=day_text(today_of(newer.known_from), lang),
        to_come=newer.known_from > as_of,
        by=documents.get(document, document),
        was=asked_of(was, lang),
        became=asked_of(now, lang),
        where=", ".join(
            part for part in (documents.get(before, before), str(was["locator"])) if part
        ),
        wording=seed_text(str(was["wording_vi"]), lang),
        fields=fields,
        back=back,
    )
