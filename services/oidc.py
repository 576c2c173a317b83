"""Signing in at an OpenID Connect provider: code flow with PKCE, roles and agency from claims.

Source: OpenID Connect Core 1.0, sections 3.1.2 (code flow) and 3.1.3.7 (what is checked in an ID
token); RFC 7636 (PKCE); RFC 9700 (what is asked of clients).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from db.engine import Store
from settings import Provider

from . import oidc_accounts, sessions
from .oidc_accounts import NoRole, Person
from .oidc_provider import SECONDS, answered, configuration, key_set, safe
from .signin import Opened

COOKIE = "chitieu_oidc"
MINUTES = 10  # for the way to the provider and back
_PURPOSE = "oidc"
_LEEWAY_SECONDS = 60
_MICROS = 1_000_000
# What a provider signs with its own key: none that our client secret could have made.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]


@dataclass(frozen=True, slots=True)
class Started:
    """The way to the provider: its address, and what our cookie keeps until the way back."""

    url: str
    cookie: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Nobody was signed in.

    reason: unreachable, state (another browser, or too late), refused (by the provider), token
    (it is not what was asked for), no_role, disabled.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Trip:
    """What is remembered while somebody is at the provider; to: where they wanted to go."""

    state: str
    nonce: str
    verifier: str
    to: str
    lang: str
    until: int


def begin(
    store: Store, provider: Provider, address: str, *, to: str, lang: str, now: int
) -> Started | Failed:
    """The address at the provider to send a browser to.

    Args:
        store: ready.
        provider: as set.
        address: ours, as the browser writes it (https://host).
        to: the page to open afterwards.
        lang: the language of the sign-in page.
        now: the clock, in microseconds since 1970 (UTC).
    """
    trip = Trip(
        secrets.token_urlsafe(24),
        secrets.token_urlsafe(24),
        secrets.token_urlsafe(48),
        to,
        lang,
        now + MINUTES * 60 * _MICROS,
    )
    try:
        endpoint = configuration(provider)["authorization_endpoint"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return Failed("unreachable")
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": _back(address),
        "scope": provider.scopes,
        "state": trip.state,
        "nonce": trip.nonce,
        "code_challenge": _challenge(trip.verifier),
        "code_challenge_method": "S256",
    }
    joined = "&" if urlsplit(endpoint).query else "?"
    return Started(f"{endpoint}{joined}{urlencode(asked)}", _packed(store, trip))


def trip_of(store: Store, cookie: str, now: int) -> Trip | None:
    """What our cookie remembers; None where we did not write it, or too long ago."""
    text, _, signature = cookie.partition(".")
    if not secrets.compare_digest(
        signature.encode(), sessions.signed(store, _PURPOSE, text).encode()
    ):
        return None
    trip = Trip(**json.loads(base64.urlsafe_b64decode(text.encode())))
    return trip if now < trip.until else None


def finish(
    store: Store,
    provider: Provider,
    address: str,
    answer: Mapping[str, str],
    trip: Trip | None,
    *,
    came_from: str,
    browser: str,
    now: int,
) -> Opened | Failed:
    """Open a session for somebody who comes back from the provider.

    Args:
        store: ready.
        provider: as set.
        address: ours, as in ``begin``.
        answer: the values of the address that they came back to.
        trip: what our cookie remembers.
        came_from: the address of the request.
        browser: what the browser says it is.
        now: the clock.
    """
    if trip is None or not secrets.compare_digest(
        answer.get("state", "").encode(), trip.state.encode()
    ):
        return Failed("state")
    if "code" not in answer:
        return Failed("refused")
    try:
        claims = _claims(provider, address, answer["code"], trip, now)
    except httpx.HTTPError:
        return Failed("unreachable")
    except (JoseError, ValueError, KeyError, TypeError):
        return Failed("token")
    try:
        person = Person.of(provider, claims)
    except NoRole:
        oidc_accounts.turn_away(store, claims, came_from=came_from, now=now)
        return Failed("no_role")
    found = oidc_accounts.enter(store, person, came_from=came_from, browser=browser, now=now)
    return found or Failed("disabled")


def _claims(provider: Provider, address: str, code: str, trip: Trip, now: int) -> Mapping[str, Any]:
    """What the provider says of the person, once everything about it was checked.

    Raises:
        httpx.HTTPError, JoseError, ValueError, KeyError, TypeError: it cannot be asked, or
            answers what it should not.
    """
    known = configuration(provider)
    given = _token(provider, known["token_endpoint"], address, code, trip.verifier)
    claims = _checked(provider, given["id_token"], key_set(known), trip.nonce, now)
    told_elsewhere = provider.role_claim.split(".")[0] not in claims
    if told_elsewhere and "userinfo_endpoint" in known:
        bearer = {"authorization": f"Bearer {given['access_token']}"}
        more = answered(
            httpx.get(safe(known["userinfo_endpoint"]), headers=bearer, timeout=SECONDS)
        )
        if more["sub"] != claims["sub"]:
            raise ValueError("user info of somebody else")
        claims = {**more, **claims}
    return claims


def _token(
    provider: Provider, endpoint: str, address: str, code: str, verifier: str
) -> dict[str, Any]:
    """The tokens for a code: with our secret where we have one, in any case with the verifier."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _back(address),
        "code_verifier": verifier,
    }
    auth = None
    if provider.client_secret:  # RFC 6749, 2.3.1: both are encoded before they are joined
        auth = (quote(provider.client_id, safe=""), quote(provider.client_secret, safe=""))
    else:
        form["client_id"] = provider.client_id
    return answered(httpx.post(endpoint, data=form, auth=auth, timeout=SECONDS))


def _checked(provider: Provider, token: str, keys: KeySet, nonce: str, now: int) -> dict[str, Any]:
    """The claims of an ID token that is the provider's, for us, for this sign-in, and fresh."""
    claims = jwt.decode(token, keys, algorithms=_ALGORITHMS).claims
    jwt.JWTClaimsRegistry(
        now=lambda: now // _MICROS,
        leeway=_LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        sub={"essential": True},
        aud={"essential": True, "value": provider.client_id},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    ).validate(claims)
    many = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (many or "azp" in claims) and claims.get("azp") != provider.client_id:
        raise ValueError("the token was made for another client")
    return dict(claims)


def _back(address: str) -> str:
    return f"{address}/login/back"


def _challenge(verifier: str) -> str:
    """RFC 7636, 4.2: what the provider is told first of the verifier that it gets last."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _packed(store: Store, trip: Trip) -> str:
    said = {name: getattr(trip, name) for name in Trip.__dataclass_fields__}
    text = base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
    return f"{text}.{sessions.signed(store, _PURPOSE, text)}"
