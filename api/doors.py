"""Who may come in: this machine alone, later whoever has signed in; and no other site's pages."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import HTTPConnection

import settings
from services import accounts, preferences, sessions, startup
from services.access import LOCAL, Actor
from services.store import StoreError

from .frame import may_be_a_page


class Refusal(NamedTuple):
    """Why somebody is not let in: an HTTP status and the id of the sentence to say."""

    status: int
    key: str


class Elsewhere(NamedTuple):
    """Another address where somebody has to go first."""

    to: str


class Entry(NamedTuple):
    """Somebody comes in. actor: None at an address that is open to all.

    session: the hash that the store knows the session by, "" without accounts.
    """

    actor: Actor | None
    session: str = ""


Door = Callable[[HTTPConnection], Refusal | Elsewhere | Entry | None]

FROM_ELSEWHERE = Refusal(403, "door.from_elsewhere")
NOT_SIGNED_IN = Refusal(401, "door.not_signed_in")
CHANGE_FIRST = Refusal(403, "door.change_first")
NO_STORE = Refusal(503, "door.no_store")
OTHER_SITE = Refusal(403, "door.other_site")

# A proxy stands between: whoever asks is not the person at this machine, whatever the socket says.
_PROXY_HEADERS = (
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
)
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
# What somebody needs who has not signed in, by exact address or folder; unlisted means no.
_OPEN = {"/healthz", "/login", "/logout", "/login/oidc", "/login/back", "/login/out"}
_OPEN_FOLDER = "/assets/"
_OWN_PAGES = {*_OPEN, "/password"}


def the_door(connection: HTTPConnection) -> Refusal | Elsewhere | Entry | None:
    """The door of this server: loopback alone while nobody has an account, then the cookie."""
    try:
        store = startup.the_store()
        if not accounts.needed(store):
            return loopback_only(connection) or _own_way(connection, Entry(LOCAL))
        entered = _signed_in_only(connection)
        return _own_way(connection, entered) if isinstance(entered, Entry) else entered
    except StoreError:
        if connection.scope["path"] == "/healthz":  # it says itself what is wrong
            return Entry(None)
        return NO_STORE


def _signed_in_only(connection: HTTPConnection) -> Refusal | Elsewhere | Entry:
    store, path = startup.the_store(), connection.scope["path"]
    given = sessions.sent(connection.cookies, connection.scope.get("scheme", ""))
    session = sessions.of_cookie(store, given)
    visit = sessions.visit(store, session, time.time_ns() // 1000)
    is_open = path in _OPEN or path.startswith(_OPEN_FOLDER)
    if visit is None:
        return Entry(None) if is_open else _first(connection, "/login", NOT_SIGNED_IN)
    if visit.must_change and not (is_open or path == "/password"):
        return _first(connection, "/password", CHANGE_FIRST)
    return Entry(visit.actor, visit.session)


def _own_way(connection: HTTPConnection, entry: Entry) -> Elsewhere | Entry:
    """The start page and the language that a person set, where the address says neither."""
    scope, headers = connection.scope, connection.headers
    if entry.actor is None or scope["type"] != "http" or not may_be_a_page(scope):
        return entry
    if "text/html" not in headers.get("accept", "") or scope["path"] in _OWN_PAGES:
        return entry
    store = startup.the_store()
    wanted = preferences.of(store, entry.actor)
    path, query = scope["path"], scope.get("query_string", b"").decode("latin-1")
    address = f"{path}?{query}" if query else path
    if path == "/" and not query:
        address = preferences.start_address(store, entry.actor, wanted) or address
    if wanted.language not in ("", settings.read().language) and "lang" not in parse_qs(query):
        address += f"{'&' if '?' in address else '?'}lang={wanted.language}"
    changed = address not in (path, f"{path}?{query}") and bool(local_address(address))
    return Elsewhere(address) if changed else entry


def _first(connection: HTTPConnection, to: str, refusal: Refusal) -> Refusal | Elsewhere:
    """A browser that asks for a page is shown the way, and back afterwards."""
    scope = connection.scope
    if scope["type"] != "http" or scope["method"] not in _SAFE_METHODS:
        return refusal
    if "text/html" not in connection.headers.get("accept", ""):
        return refusal
    query = scope.get("query_string", b"").decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    return Elsewhere(to if wanted == "/" else f"{to}?{urlencode({'next': wanted})}")


def local_address(text: str) -> str:
    """An address of ours to go on to; "" where it would lead anywhere else.

    A browser reads a backslash as a slash and leaves out tabs and line ends: none is taken.
    """
    if not text.startswith("/") or text.startswith("//") or len(text) > 2000:
        return ""
    if "\\" in text or any(ord(sign) <= 32 or ord(sign) == 127 for sign in text):
        return ""
    return "" if text.split("?")[0] in {"/login", "/logout", "/password"} else text


def loopback_only(connection: HTTPConnection) -> Refusal | None:
    """The door while no account exists: only the person at this very machine.

    The address that the server answers on counts as well as the caller's, and the name in the
    Host header too: otherwise a page of another site could reach the server through a name
    that resolves to this machine.
    """
    client, server = connection.client, connection.scope.get("server")
    if client is None or server is None:
        return FROM_ELSEWHERE
    if not (is_loopback(client.host) and is_loopback(server[0])):
        return FROM_ELSEWHERE
    if not is_loopback(host_name(connection.headers.get("host", ""))):
        return FROM_ELSEWHERE
    if any(name in connection.headers for name in _PROXY_HEADERS):
        return FROM_ELSEWHERE
    return None


def own_site_only(connection: HTTPConnection) -> Refusal | None:
    """Refuses what a page of another site sends in a visitor's name.

    Reading addresses may be opened from anywhere; whatever else, and every websocket, has to
    come from our own pages or from a program that is no browser (which sends neither header).
    """
    if connection.scope["type"] == "http" and connection.scope["method"] in _SAFE_METHODS:
        return None
    came_from = connection.headers.get("sec-fetch-site")
    if came_from is not None:
        return None if came_from in {"same-origin", "none"} else OTHER_SITE
    origin = connection.headers.get("origin")
    if origin is None:
        return None
    return None if urlsplit(origin).netloc == connection.headers.get("host") else OTHER_SITE


def is_loopback(host: str) -> bool:
    """Whether an address or name can only be this machine."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_loopback


def host_name(header: str) -> str:
    """The name or address in a Host header, its port left out: ``[::1]:8501`` gives ``::1``."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""
