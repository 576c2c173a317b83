"""Who may come in: the rule of a server without accounts, and the refusal of other sites."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection


class Refusal(NamedTuple):
    """Why somebody is not let in: an HTTP status and the id of the sentence to say."""

    status: int
    key: str


Door = Callable[[HTTPConnection], Refusal | None]

FROM_ELSEWHERE = Refusal(403, "door.from_elsewhere")
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
