"""Bring the seed into the store: the register, the areas and what was published.

The first time the register is known always and each published figure from its day. Later a
changed seed file changes only what it says differently: the newer version counts from that
moment, the older one stays readable as of before, and what somebody has amended in the store
since is left alone. Nothing changed costs one small read.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from db import audit, changes, meta, tables, tables_figures, versioned
from db.changes import Change
from db.engine import Store, Tx
from db.standing import standing
from db.versioned import Key, Row

from .seed_rows import ACTUALS, REGISTER, Content, own_content

BY = "dữ liệu gốc"
_MARK = "seed"

Hashes = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What seeding did; ``kept`` are keys that somebody amended since and that stay so."""

    added: int = 0
    amended: int = 0
    withdrawn: int = 0
    kept: tuple[tuple[str, Key], ...] = ()

    @property
    def did(self) -> bool:
        """Whether anything was written."""
        return bool(self.added or self.amended or self.withdrawn)


def seed(
    store: Store, now: int, *, with_actuals: bool | None = None, content: Content | None = None
) -> SeedReport:
    """Load the seed in one transaction; again changes nothing.

    Args:
        store: migrated.
        now: microseconds since 1970 (UTC).
        with_actuals: also the published figures, plans and history; those that are there stay.
            None is as the store was made, a new one with them.
        content: another seed than the one that the program carries.
    """
    source = content or own_content()
    with store.read() as tx:
        if _is_loaded(tx, source, _wanted(tx, with_actuals=with_actuals)):
            return SeedReport()
    with store.write() as tx:
        wanted = _wanted(tx, with_actuals=with_actuals)
        if _is_loaded(tx, source, wanted):  # another program was faster
            return SeedReport()
        return _load(tx, now, source, wanted)


def _wanted(tx: Tx, *, with_actuals: bool | None) -> set[str]:
    """The parts to load; nothing real joins the invented figures of a demonstration."""
    if meta.is_demo(tx):
        return {REGISTER}
    if with_actuals is None:
        mark = json.loads(meta.value(tx, _MARK) or "{}")
        return set(mark.get("parts", (REGISTER, ACTUALS)))
    return {REGISTER, ACTUALS} if with_actuals else {REGISTER}


def _is_loaded(tx: Tx, source: Content, wanted: set[str]) -> bool:
    mark = json.loads(meta.value(tx, _MARK) or "{}")
    return mark.get("digest") == source.digest and wanted <= set(mark["parts"])


def _load(tx: Tx, now: int, source: Content, wanted: set[str]) -> SeedReport:
    mark = json.loads(meta.value(tx, _MARK) or "{}")
    before = set() if meta.is_demo(tx) else set(mark.get("parts", ()))
    loaded = [part for part in source.parts if part in wanted | before]
    rows: dict[str, list[Row]] = {}
    for part in loaded:
        rows.update(source.parts[part]())
    hashes: Hashes = json.loads(meta.value(tx, f"{_MARK}.rows") or "{}")
    change = changes.begin(tx, "seed", BY, source.digest[:12], now)
    report, ours = SeedReport(), set(mark.get("changes", ()))
    for name, given in rows.items():
        report = _plus(report, _table(tx, name, given, change, hashes, ours))
    if change.id is not None:
        ours.add(change.id)
        audit.add(
            tx,
            change.at,
            BY,
            "seed.load",
            source.digest[:12],
            new={
                "parts": loaded,
                "added": report.added,
                "amended": report.amended,
                "withdrawn": report.withdrawn,
            },
            change=change.id,
            rows=bool(before),  # of a new store everything is new
        )
    done = {"digest": source.digest, "parts": loaded, "changes": sorted(ours)}
    meta.put(tx, _MARK, json.dumps(done))
    meta.put(tx, f"{_MARK}.rows", json.dumps(hashes, ensure_ascii=False))
    return report


def _table(
    tx: Tx, name: str, rows: list[Row], change: Change, hashes: Hashes, ours: set[int]
) -> SeedReport:
    """Load one table; ``hashes`` is brought up to date."""
    target = tables.metadata.tables[name]
    before = hashes.get(name)
    by_key = {_key(target.info["key"], row): row for row in rows}
    now = {_text(key): _hash(row) for key, row in by_key.items()}
    differing = {key for key in by_key if (before or {}).get(_text(key)) != now[_text(key)]}
    gone = {_key_of(text) for text in before or {} if text not in now}
    hashes[name] = now
    foreign = _written_by_others(tx, name, ours, differing | gone)
    wanted = [by_key[key] for key in by_key if key in differing and key not in foreign]
    if before is not None:
        wanted = [_from_now(row, change) for row in wanted]
    start = 0 if before is None else change.at
    put = versioned.put(tx, target, wanted, change, added_from=start)
    closed = versioned.withdraw(tx, target, gone - foreign, change)
    return SeedReport(
        len(put.added), len(put.amended), closed, tuple((name, key) for key in sorted(foreign))
    )


def _from_now(row: Row, change: Change) -> Row:
    """A row of a later seed, known from now on: as of earlier it was not to be seen.

    The day on which a figure was published stays beside it.
    """
    return {**row, "known_from": change.at} if "known_from" in row else row


def _written_by_others(tx: Tx, name: str, ours: set[int], keys: set[Key]) -> set[Key]:
    """Which of the keys have an open version that no seeding has written."""
    only = {"origin": "published"} if name == tables_figures.observations.name else {}
    found = standing(tx, tables.metadata.tables[name], **only)
    return {key for key, row in found.items() if row.change not in ours} & keys


def _key(names: tuple[str, ...], row: Row) -> Key:
    return tuple(str(row.get(name, "")) for name in names)


def _text(key: Key) -> str:
    return "\t".join(key)


def _key_of(text: str) -> Key:
    return tuple(text.split("\t"))


def _hash(row: Row) -> str:
    return hashlib.sha256(json.dumps(row, default=str, sort_keys=True).encode()).hexdigest()[:16]


def _plus(a: SeedReport, b: SeedReport) -> SeedReport:
    return SeedReport(
        a.added + b.added, a.amended + b.amended, a.withdrawn + b.withdrawn, a.kept + b.kept
    )
