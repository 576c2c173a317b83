"""Signing out at the provider as well, once our own session has ended.

No ID token is kept for that: the provider is told which client asks, and may ask the person.

Source: OpenID Connect RP-Initiated Logout 1.0, section 2.
"""

from __future__ import annotations

import secrets
from urllib.parse import urlencode, urlsplit

import httpx

from db.engine import Store
from settings import Provider

from . import sessions
from .oidc_provider import configuration, safe

COOKIE = "chitieu_leaving"
SECONDS = 120  # that the cookie holds: it is used at once
STATE = "out"  # comes back with the browser, so that the sign-in page can say what was done
_PURPOSE = "leaving"
_PATIENCE = 4.0  # seconds that somebody who leaves waits for the provider
_MICROS = 1_000_000


def pass_for(store: Store, now: int) -> str:
    """A cookie that says that its browser has just signed out here: no link alone sends on."""
    until = str(now + SECONDS * _MICROS)
    return f"{until}.{sessions.signed(store, _PURPOSE, until)}"


def holds(store: Store, cookie: str, now: int) -> bool:
    """Whether a cookie is such a pass, and fresh."""
    until, _, signature = cookie.partition(".")
    made = sessions.signed(store, _PURPOSE, until)
    return secrets.compare_digest(signature.encode(), made.encode()) and now < int(until)


def way_out(provider: Provider, address: str) -> str:
    """Where the provider signs people out, "" where it has no such address or does not answer.

    Args:
        provider: as set.
        address: ours, as the browser writes it; afterwards it comes back to its /login, which
            the provider has to know as one of the client's addresses after signing out.
    """
    try:
        endpoint = safe(configuration(provider, _PATIENCE).get("end_session_endpoint", ""))
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return ""
    asked = {
        "client_id": provider.client_id,
        "post_logout_redirect_uri": f"{address}/login",
        "state": STATE,
    }
    joined = "&" if urlsplit(endpoint).query else "?"
    return f"{endpoint}{joined}{urlencode(asked)}"
