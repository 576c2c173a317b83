"""The standing people of the tests, with accounts, in a store that is ready."""

from __future__ import annotations

from services import access, accounts
from services.store import Store

PASSWORD = "con voi an mia 7"
NOW = 1_795_000_000_000_000
ADMIN = access.shell("người cài đặt")
AGENCY_A, AGENCY_B = "so-tai-chinh", "ubnd-tinh"
# login -> role and agency; the stranger is whoever has no account
PEOPLE = {
    "quantri": ("administrator", ""),
    "lanhdao": ("viewer", ""),
    "canbo.a": ("officer", AGENCY_A),
    "canbo.b": ("officer", AGENCY_B),
    "kehoach": ("planner", ""),
    "tonghop": ("consolidator", AGENCY_A),
}


def add_people(store: Store, *logins: str, now: int = NOW) -> None:
    """Accounts for these people (all, where none is named), each with PASSWORD."""
    for login in logins or PEOPLE:
        role, agency = PEOPLE[login]
        accounts.add(
            store,
            ADMIN,
            login=login,
            roles=[role],
            name=f"Người {login}",
            agency=agency,
            password=PASSWORD,
            now=now,
        )
