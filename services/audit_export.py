"""The log as a file, with what was and what is; and whether its chain still fits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from db import audit_chain, audit_search
from db.audit import Entry
from db.audit_chain import Misfit
from db.engine import Store
from i18n.dates import moment_text
from i18n.words import words
from reports.open_data import FORMATS, Cell, Data, render

from .access import AUDIT, Actor, require
from .audit_lines import Difference, Line, Names, line_of
from .audit_log import Search, asked, names_of
from .moments import iso

_HEAD = (
    *("number", "when", "who", "login", "from", "what", "action", "subject", "old", "new"),
    *("why", "digest"),
)


@dataclass(frozen=True, slots=True)
class File:
    """A file of the log: its bytes, and how many lines it has."""

    content: bytes
    lines: int


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether the chain fits. lines: how many do, from the first on.

    newest, newest_at: digest and moment of the newest that fits. misfit: the first that does
    not. met: whether the digest that was kept elsewhere is part of the chain, None where none
    was given.
    """

    lines: int
    newest: str
    newest_at: int
    misfit: Misfit | None
    met: bool | None

    @property
    def fits(self) -> bool:
        """Whether nothing is wrong."""
        return self.misfit is None and self.met is not False


def export(
    store: Store, actor: Actor, form: str, wanted: Search | None = None, lang: str = "vi"
) -> File:
    """The lines that fit, oldest first.

    A table has headings and sentences in the language; JSON has the stored values, over which
    anybody can work the digests out again (docs/quan-tri.md).

    Args:
        store: ready.
        actor: who asks.
        form: csv, xlsx or json.
        wanted: what is looked for; None is everything.
        lang: "vi" or "en".

    Raises:
        Denied: the actor may not see the log.
        ValueError: another form.
    """
    require(actor, AUDIT)
    if form not in FORMATS:
        raise ValueError(f"no form {form!r}: {', '.join(FORMATS)}")
    with store.read() as tx:
        names = names_of(tx, lang)
        found = audit_search.oldest_first(tx, asked(tx, wanted or Search()))
        if form == "json":
            lines = [_as_json(one, names) for one in found]
            data = Data("audit", (), (), document={"lines": lines})
            return File(render(data, form), len(lines))
        _ = words(lang)
        rows = [_row(one, line_of(one, names)) for one in found]
    head = [_(f"adminaudit.head_{name}") for name in _HEAD]
    return File(render(Data(_("adminaudit.file"), head, rows), form), len(rows))


def verify(store: Store, actor: Actor, digest: str = "") -> Verified:
    """Walk along the chain from the first line to the newest, or to one that does not fit.

    Lines cut off at the end leave a shorter chain that fits: only a digest that was kept
    elsewhere tells.

    Args:
        store: ready.
        actor: who asks.
        digest: one that was kept elsewhere, "" for none.

    Raises:
        Denied: the actor may not see the log.
    """
    require(actor, AUDIT)
    kept = digest.strip().lower()
    with store.read() as tx:
        found = audit_chain.walk(tx, kept)
    met = found.met if kept else None
    return Verified(found.lines, found.newest, found.newest_at, found.misfit, met)


def told(found: Verified, digest: str = "", lang: str = "vi") -> list[str]:
    """What a check found, in sentences."""
    _ = words(lang)
    said = []
    if found.misfit is not None:
        line = found.misfit.line
        moment = moment_text(line.at, lang, seconds=True)
        who = line.by or _("adminaudit.nobody")
        said.append(_(f"adminaudit.misfit_{found.misfit.kind}", n=line.id, moment=moment, who=who))
    else:
        said.append(_("adminaudit.fits", n=found.lines))
    if found.met is not None and found.misfit is None:
        key = "digest_met" if found.met else "digest_missing"
        said.append(_(f"adminaudit.{key}", digest=digest.strip()))
    if found.newest:
        moment = moment_text(found.newest_at, lang, seconds=True)
        said.append(_("adminaudit.newest_digest", digest=found.newest, moment=moment))
    return said


def _row(entry: Entry, line: Line) -> tuple[Cell, ...]:
    return (
        line.id,
        line.when,
        line.who,
        line.login or None,
        line.came_from,
        line.sentence,
        line.action,
        entry.subject or None,
        "\n".join(_side(line.differences, new=False)) or None,
        "\n".join(_side(line.differences, new=True)) or None,
        line.why or None,
        line.digest,
    )


def _side(differences: Iterable[Difference], *, new: bool) -> Iterator[str]:
    for one in differences:
        text = one.new if new else one.old
        if text:
            name = " · ".join(part for part in (one.row, one.field) if part)
            yield f"{name}: {text}" if name else text


def _as_json(entry: Entry, names: Names) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": iso(entry.at),
        "by": entry.by,
        "account": entry.account_id,
        "login": names.logins.get(entry.account_id or 0),
        "action": entry.action,
        "subject": entry.subject,
        "old": json.loads(entry.old) if entry.old else None,
        "new": json.loads(entry.new) if entry.new else None,
        "why": entry.why,
        "from": entry.came_from,
        "change": entry.change_id,
        "previous": entry.previous,
        "digest": entry.digest,
    }
