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
class Settings:
    """What the operator decides, each with a default that works.

    database_url: SQLAlchemy address of the store (SQLite file or PostgreSQL).
    language: vi or en, of whoever has not chosen one.
    about_pct: tolerance of "about", in percent of the value asked for.
    stale_months: a figure whose period ended longer ago gives no verdict.
    near_pct, slow_pct: thresholds of the default method, shares of the gap that stays open.
    method: key of the default assessment method.
    """

    database_url: str = DEFAULT_DATABASE
    language: str = "vi"
    about_pct: float = 5.0
    stale_months: int = 24
    near_pct: float = 5.0
    slow_pct: float = 20.0
    method: str = "destatis"


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
