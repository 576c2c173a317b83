"""An OpenID Connect provider as it publishes itself: its addresses, its keys, its answers.

Source: OpenID Connect Discovery 1.0; RFC 7517, section 5 (keys that are not understood are left
out).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from settings import Provider

SECONDS = 10.0
_KINDS = {"RSA", "EC"}


def configuration(provider: Provider, seconds: float = SECONDS) -> dict[str, Any]:
    """What the provider publishes about itself.

    Raises:
        httpx.HTTPError: it does not answer.
        ValueError: it is not the provider that was set, or not over TLS.
    """
    address = provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
    found = answered(httpx.get(safe(address), timeout=seconds))
    if found.get("issuer") != provider.issuer:
        raise ValueError(f"{address} is not of {provider.issuer}")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        safe(found[name])
    return found


def key_set(known: Mapping[str, Any]) -> KeySet:
    """The keys that the provider signs with now; those for encrypting and unknown kinds left out.

    They are asked for at each sign-in: a key that the provider takes back counts no longer, and
    a new one at once.

    Raises:
        httpx.HTTPError, ValueError, KeyError, TypeError: it has none to use.
    """
    found = []
    for key in answered(httpx.get(known["jwks_uri"], timeout=SECONDS))["keys"]:
        if not isinstance(key, dict) or key.get("kty") not in _KINDS or key.get("use") == "enc":
            continue
        try:
            found += KeySet.import_key_set({"keys": [key]}).keys
        except (JoseError, ValueError):
            continue
    if not found:
        raise ValueError("no key that a token could be checked with")
    return KeySet(found)


def answered(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer.

    Raises:
        httpx.HTTPError: it is no good answer.
        ValueError: it is none.
    """
    if answer.status_code >= 500:
        answer.raise_for_status()
    found = answer.json()
    if answer.status_code != 200 or not isinstance(found, dict):
        raise ValueError(f"answered {answer.status_code}")
    return found


def safe(address: str) -> str:
    """The address, if what is said there cannot be read or changed on the way."""
    try:
        httpx.URL(address)
    except httpx.InvalidURL as error:
        raise ValueError(f"no address: {address!r}") from error
    parts = urlsplit(address)
    if parts.scheme == "https" or parts.hostname in {"127.0.0.1", "localhost", "::1"}:
        return address
    raise ValueError(f"not over TLS: {address}")
