"""What a start needs before anybody is let in, and what the health check says afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import settings
from db import migrate
from db.engine import Store, StoreError, open_store

from . import accounts
from .chosen import assessment
from .seeding import seed


class NotReady(Exception):
    """The program cannot start; the message is one sentence for whoever started it."""


@dataclass(frozen=True, slots=True)
class State:
    """Whether the store answers, with the schema it has and the one this program knows.

    schema: None where the store has no tables or cannot be reached.
    kind: sqlite or postgresql.
    """

    ready: bool
    schema: str | None
    expected: str
    kind: str


def ready(now: int) -> Store:
    """Bring the store to the newest schema and the seed into it; give the store.

    Args:
        now: microseconds since 1970 (UTC).

    Raises:
        NotReady: it cannot be reached, or belongs to a newer program, or a setting is wrong.
    """
    try:
        assessment()  # a wrong setting is said now, not on somebody's page
        store = the_store()
        migrate.migrate(store)
        seed(store, now)
    except (StoreError, settings.BadSetting) as error:
        raise NotReady(str(error)) from error
    return store


def has_accounts() -> bool:
    """Whether people have to sign in; asked before the store is made or migrated.

    Raises:
        NotReady: a setting is wrong.
    """
    try:
        store = the_store()
        made = store.path is None or store.path.is_file()
        if made and migrate.revision(store) not in (None, *migrate.REVISIONS[:3]):
            return accounts.needed(store)
        return settings.read().oidc is not None
    except (StoreError, settings.BadSetting) as error:
        raise NotReady(str(error)) from error


def the_store() -> Store:
    """The one store of this process, opened on first use; not migrated by this.

    Raises:
        StoreError: DATABASE_URL names none that the program can use.
    """
    return _opened(settings.read().database_url)


@lru_cache(maxsize=4)
def _opened(url: str) -> Store:
    return open_store(url)


def state() -> State:
    """How the store is right now; never raises for a store that cannot be reached."""
    kind = "postgresql"
    try:
        store = the_store()
        kind = "sqlite" if store.is_sqlite else kind
        schema = migrate.revision(store)
    except StoreError:
        return State(False, None, migrate.HEAD, kind)
    return State(schema == migrate.HEAD, schema, migrate.HEAD, kind)
