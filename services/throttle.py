"""How often a wrong password is listened to: per name and per address, counted in the audit.

A name that no account has is treated like one that has, so that nobody learns which exist.
"""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass

from db import audit
from db.engine import Tx

SIGNED_IN, REFUSED, RESET = "signin.done", "signin.refused", "account.reset"
ENABLED, UNLOCKED = "account.enable", "account.unlock"
LOCKED = "signin.locked"

MOST_OF_A_NAME = 5  # wrong passwords in a row within the span
MOST_OF_AN_ADDRESS = 30  # an office shares one address
SPAN_MINUTES = 15  # that they are counted over, and that the lock lasts
_MINUTE = 60_000_000
SPAN = SPAN_MINUTES * _MINUTE

_COUNTED = (SIGNED_IN, REFUSED, RESET, ENABLED, UNLOCKED)


@dataclass(frozen=True, slots=True)
class Locked:
    """No password is listened to until a moment; by: name or address."""

    by: str
    until: int


def locked(tx: Tx, subject: str, address: str, now: int) -> Locked | None:
    """Whether a name or an address has to wait.

    Args:
        tx: any transaction.
        subject: what the audit calls the account, or ``unknown`` for a name without one.
        address: as ``network`` writes it.
        now: the clock.
    """
    until = locked_until(tx, subject)
    if until > now:
        return Locked("name", until)
    if audit.count(tx, REFUSED, address, now - SPAN) >= MOST_OF_AN_ADDRESS:
        return Locked("address", now + SPAN)
    return None


def locked_until(tx: Tx, subject: str) -> int:
    """Until when a name is locked: the last lines are wrong passwords close together; else 0."""
    lines = audit.recent(tx, subject, _COUNTED, MOST_OF_A_NAME)
    if len(lines) < MOST_OF_A_NAME or any(action != REFUSED for _, action in lines):
        return 0
    newest, oldest = lines[0][0], lines[-1][0]
    return newest + SPAN if newest - oldest <= SPAN else 0


def refuse(
    tx: Tx, subject: str, place: str, now: int, *, reason: str, by: str = "", account: int | None
) -> None:
    """Write down a wrong password, and that a name or an address is locked from here on.

    What is tried while it is locked is not listened to and leaves no line: whoever tries a
    thousand times a second must not fill the store.

    Args:
        tx: a writer's transaction.
        subject: what the audit calls the account, or ``unknown``.
        place: the address as ``network`` writes it.
        now: the clock.
        reason: wrong, password, disabled or expired.
        by: the account's login, "" for a name without one.
        account: its number.
    """
    said: dict[str, object] = {"reason": reason}
    audit.add(tx, now, by, REFUSED, subject, account=account, new=said, came_from=place)
    said = {"minutes": SPAN_MINUTES}
    if locked_until(tx, subject) > now:
        audit.add(tx, now, by, LOCKED, subject, account=account, new=said, came_from=place)
    elif audit.count(tx, REFUSED, place, now - SPAN) == MOST_OF_AN_ADDRESS:
        audit.add(tx, now, "", LOCKED, f"address:{place}", new=said, came_from=place)


def unknown(login: str, key: bytes) -> str:
    """What the audit calls a name without an account: people type passwords there by mistake."""
    return f"unknown:{hmac.digest(key, login.encode(), 'sha256').hex()[:16]}"


def network(address: str) -> str:
    """What counts as one address: of IPv6 the network that one customer is given (/64)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
