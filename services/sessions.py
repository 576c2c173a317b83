"""Sessions: a random secret in a signed cookie, its hash in the store, ended when one says so."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import settings
from db import accounts as stored_accounts
from db import meta
from db import sessions as stored
from db.accounts import Account
from db.engine import Store, Tx
from db.sessions import Session

from .access import ROLES, Actor, capabilities

COOKIE = "chitieu_session"
# Behind TLS: a browser takes a cookie of such a name from this very host alone, so that no other
# site of the same domain can put a session of its own in our place (RFC 6265bis, 4.1.3.2).
SAFE_COOKIE = f"__Host-{COOKIE}"
_KEY = "cookie_key"
_MINUTE = 60_000_000
_USED_EVERY = 5 * _MINUTE  # a use is written down no oftener


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who is signed in. session: the hash that the store knows the session by.

    must_change: the password is for one use, nothing is open but changing it. local: has a
    password here.
    """

    actor: Actor
    session: str
    login: str
    must_change: bool = False
    local: bool = True


def begin(tx: Tx, account: Account, client: str, now: int) -> str:
    """Open a session; its secret, which is kept nowhere."""
    secret = secrets.token_urlsafe(32)
    hours = settings.read().session_hours
    expires = now + hours * 60 * _MINUTE
    stored.add(tx, Session(hash_of(secret), account.id, now, now, expires, None, client[:300]))
    stored_accounts.change(tx, account.id, seen=now)
    return secret


def visit(store: Store, session: str, now: int) -> Visit | None:
    """Whose session it is; None where it ended, was revoked, or the account is disabled.

    Args:
        store: ready.
        session: the hash of the secret.
        now: the clock.
    """
    if not session:
        return None
    with store.read() as tx:
        found = stored.with_account(tx, session)
    if found is None:
        return None
    kept, account = found
    idle = settings.read().idle_minutes * _MINUTE
    if kept.revoked is not None or account.disabled:
        return None
    if now >= kept.expires or now - kept.seen >= idle:
        return None
    if now - kept.seen >= min(_USED_EVERY, idle // 8):
        with store.write() as tx:
            stored.use(tx, session, now)
    actor = actor_of(account, kept.client.partition(" ")[0])
    return Visit(actor, session, account.login, account.must_change, not account.subject)


def how_many(store: Store, account: int, now: int) -> int:
    """How many sessions of an account are open."""
    idle = settings.read().idle_minutes * _MINUTE
    with store.read() as tx:
        found = stored.of_account(tx, account)
    return sum(one.expires > now and now - one.seen < idle for one in found)


def actor_of(account: Account, came_from: str) -> Actor:
    """Who an account is to the services; a role that this program does not know allows nothing."""
    known = tuple(role for role in account.roles if role in ROLES)
    return Actor(
        name=account.name,
        capabilities=capabilities(known),
        agency=account.agency,
        came_from=came_from,
        account=account.id,
        roles=known,
    )


def cookie_name(scheme: str) -> str:
    """What the cookie is called on a connection: http, https, ws or wss."""
    return SAFE_COOKIE if scheme in ("https", "wss") else COOKIE


def sent(cookies: Mapping[str, str], scheme: str) -> str:
    """The cookie of a request, "" for none; behind TLS only one that nobody else could set."""
    return cookies.get(SAFE_COOKIE) or cookies.get(cookie_name(scheme), "")


def of_cookie(store: Store, cookie: str) -> str:
    """The hash that a cookie's session is known by; "" where we did not sign it."""
    secret, _, signature = cookie.partition(".")
    given, made = signature.encode(), _signature(store, secret).encode()
    if not secret or not hmac.compare_digest(given, made):  # which takes no text beyond ASCII
        return ""
    return hash_of(secret)


def cookie_of(store: Store, secret: str) -> str:
    """What goes into the cookie: the secret with our signature."""
    return f"{secret}.{_signature(store, secret)}"


def hash_of(secret: str) -> str:
    """What the store keeps of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def signed(store: Store, purpose: str, text: str) -> str:
    """A signature that is good for one purpose only."""
    made = hmac.digest(key(store), f"{purpose}\0{text}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def _signature(store: Store, secret: str) -> str:
    return signed(store, "session", secret)


def key(store: Store) -> bytes:
    """What is signed with: APP_SECRET, else one that the store makes once and keeps."""
    own = settings.read().secret
    return own.encode() if own else _kept_key(store)


@lru_cache(maxsize=8)
def _kept_key(store: Store) -> bytes:
    with store.read() as tx:
        found = meta.value(tx, _KEY)
    if not found:
        with store.write() as tx:
            found = meta.value(tx, _KEY)  # another process may have been first
            if not found:
                found = secrets.token_urlsafe(32)
                meta.put(tx, _KEY, found)
    return found.encode()
