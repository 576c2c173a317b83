"""What a person set for themselves: language, where to begin, which targets to follow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from db import accounts as stored
from db import audit, meta, register
from db.engine import Store, Tx

from .access import Actor

LANGUAGES = ("", "vi", "en")
OVERVIEW, AGENCY, FIELD, FOLLOWED = "", "agency", "field", "followed"
STARTS = (OVERVIEW, AGENCY, FIELD, FOLLOWED)
MOST_FOLLOWED = 200
_LOCAL = "local_settings"
_FOREVER = 2**62


@dataclass(frozen=True, slots=True)
class Preferences:
    """language: "" for the server's own. start: one of STARTS, with its field.

    follows: codes of targets, in the order chosen.
    """

    language: str = ""
    start: str = OVERVIEW
    field: str = ""
    follows: tuple[str, ...] = ()


def of(store: Store, actor: Actor) -> Preferences:
    """What somebody set; of the local user what was set on this machine."""
    with store.read() as tx:
        return _read(_kept(tx, actor))


def save(store: Store, actor: Actor, wanted: Preferences, *, now: int) -> None:
    """Keep what somebody set; now is the clock, in microseconds since 1970 (UTC).

    Raises:
        ValueError: a language or start that does not exist, or too many targets.
    """
    if wanted.language not in LANGUAGES or wanted.start not in STARTS:
        raise ValueError(f"no such setting: {wanted.language!r}, {wanted.start!r}")
    if len(wanted.follows) > MOST_FOLLOWED:
        raise ValueError(f"more than {MOST_FOLLOWED} targets")
    said = _said(wanted)
    with store.write() as tx:
        before = _read(_kept(tx, actor))
        if before == _read(said):
            return
        if actor.account is None:
            meta.put(tx, _LOCAL, json.dumps(said, ensure_ascii=False))
        else:
            stored.change(tx, actor.account, settings=said)
        audit.add(
            tx,
            now,
            actor.name,
            "account.settings",
            f"account:{actor.account}" if actor.account else "",
            account=actor.account,
            old={name: value for name, value in _said(before).items() if said[name] != value},
            new={name: value for name, value in said.items() if _said(before)[name] != value},
            came_from=actor.came_from,
        )


def start_address(store: Store, actor: Actor, wanted: Preferences) -> str:
    """The address of the page to begin with, "" for the overview as it is."""
    if wanted.start == FIELD and wanted.field:
        return f"/?{urlencode({'field': wanted.field})}"
    if wanted.start == FOLLOWED:
        return "/?mine=followed"
    if wanted.start == AGENCY and agency_name(store, actor):
        return "/?mine=agency"
    return ""


def agency_name(store: Store, actor: Actor) -> str:
    """The name of a person's agency, "" where they have none that the register knows."""
    with store.read() as tx:
        found = register.agencies(tx, _FOREVER) if actor.agency else []
    return next((one.name_vi for one in found if one.key == actor.agency), "")


def _said(wanted: Preferences) -> dict[str, Any]:
    """As the store keeps it."""
    return {
        "language": wanted.language,
        "start": wanted.start,
        "field": wanted.field[:200],
        "follows": [code[:60] for code in wanted.follows],
    }


def _kept(tx: Tx, actor: Actor) -> Mapping[str, Any]:
    if actor.account is None:
        found = json.loads(meta.value(tx, _LOCAL) or "{}")
        return found if isinstance(found, dict) else {}
    account = stored.one(tx, actor.account)
    return account.settings if account else {}


def _read(said: Mapping[str, Any]) -> Preferences:
    """What is kept, where it still means something."""
    language, start = str(said.get("language", "")), str(said.get("start", ""))
    follows = said.get("follows", ())
    return Preferences(
        language if language in LANGUAGES else "",
        start if start in STARTS else OVERVIEW,
        str(said.get("field", "")),
        tuple(one for one in follows if isinstance(one, str)) if isinstance(follows, list) else (),
    )
