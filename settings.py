"""The only reader of the environment; the README's table of settings describes each one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
DEFAULT_DATABASE = f"sqlite:///{ROOT / 'data' / 'chitieu.db'}"


class BadSetting(ValueError):
    """A variable of the environment that cannot be used; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider and how its claims are read.

    issuer: its address, under which /.well-known/openid-configuration stands.
    role_claim, agency_claim: names of claims, dots lead into objects (realm_access.roles).
    roles: what the claim says -> our role; what is not in it gives no role.
    address: ours as browsers write it, "" for what each request's Host says.
    """

    issuer: str
    client_id: str
    client_secret: str
    scopes: str = "openid profile email"
    role_claim: str = "roles"
    agency_claim: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    name: str = "OpenID Connect"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decides, each with a default that works.

    database_url: SQLAlchemy address of the store (SQLite file or PostgreSQL).
    language: vi or en, of whoever has not chosen one.
    about_pct: tolerance of "about", in percent of the value asked for.
    stale_months: a figure whose period ended longer ago gives no verdict.
    near_pct, slow_pct: thresholds of the default method, shares of the gap that stays open.
    method: key of the default assessment method.
    secret: what cookies are signed with; "" for one that the store makes and keeps.
    idle_minutes, session_hours: a session ends unused, and at the latest.
    oidc: the provider that people may sign in with, None for local accounts only.
    """

    database_url: str = DEFAULT_DATABASE
    language: str = "vi"
    about_pct: float = 5.0
    stale_months: int = 24
    near_pct: float = 5.0
    slow_pct: float = 20.0
    method: str = "destatis"
    secret: str = ""
    idle_minutes: int = 120
    session_hours: int = 12
    oidc: Provider | None = None


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment.

    Raises:
        BadSetting: a value has the wrong form.
    """
    env = os.environ if environment is None else environment
    language = env.get("APP_LANGUAGE", "vi")
    if language not in ("vi", "en"):
        raise BadSetting(f"APP_LANGUAGE is vi or en, not {language!r}")
    return Settings(
        database_url=env.get("DATABASE_URL") or DEFAULT_DATABASE,
        language=language,
        about_pct=_number(env, "ABOUT_TOLERANCE_PCT", 5.0, 0, 50),
        stale_months=int(_number(env, "STALE_MONTHS", 24, 1, 600)),
        near_pct=_number(env, "NEAR_PCT", 5.0, 0, 100),
        slow_pct=_number(env, "SLOW_PCT", 20.0, 0, 100),
        method=env.get("DEFAULT_METHOD") or "destatis",
        secret=_secret(env),
        idle_minutes=int(_number(env, "SESSION_IDLE_MINUTES", 120, 1, 1440)),
        session_hours=int(_number(env, "SESSION_HOURS", 12, 1, 168)),
        oidc=_provider(env),
    )


def _secret(env: Mapping[str, str]) -> str:
    text = env.get("APP_SECRET", "")
    if text and len(text) < 32:
        raise BadSetting("APP_SECRET has to have at least 32 signs")
    return text


def _provider(env: Mapping[str, str]) -> Provider | None:
    issuer = env.get("OIDC_ISSUER", "").strip()
    if not issuer:
        return None
    client = env.get("OIDC_CLIENT_ID", "").strip()
    if not client:
        raise BadSetting("OIDC_ISSUER needs OIDC_CLIENT_ID beside it")
    roles = []
    for pair in filter(None, (part.strip() for part in env.get("OIDC_ROLES", "").split(","))):
        said, equals, role = pair.partition("=")
        if not equals or not said.strip() or not role.strip():
            raise BadSetting(f"OIDC_ROLES lists claim=role between commas, not {pair!r}")
        roles.append((said.strip(), role.strip()))
    return Provider(
        issuer=issuer,
        client_id=client,
        client_secret=env.get("OIDC_CLIENT_SECRET", ""),
        scopes=env.get("OIDC_SCOPES") or "openid profile email",
        role_claim=env.get("OIDC_ROLE_CLAIM") or "roles",
        agency_claim=env.get("OIDC_AGENCY_CLAIM", ""),
        roles=tuple(roles),
        name=env.get("OIDC_NAME") or "OpenID Connect",
        address=env.get("PUBLIC_ADDRESS", "").rstrip("/"),
    )


def _number(env: Mapping[str, str], name: str, default: float, low: float, high: float) -> float:
    text = env.get(name, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise BadSetting(f"{name} is a number from {low:g} to {high:g}, not {text!r}")
    return value
