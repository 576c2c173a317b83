"""Who may do what: roles as sets of actions; every writing service asks ``require`` first.

What a role does not list it may not do.
"""

from __future__ import annotations

from dataclasses import dataclass

from .refusals import Denied

__all__ = [
    "ACTIONS",
    "ALL",
    "LOCAL",
    "ROLES",
    "Actor",
    "Denied",
    "capabilities",
    "require",
    "shell",
]

READ = "read"  # pages, exports
SUBMIT = "submit"  # figures of the own agency's targets and areas
SUBMIT_ANY = "submit_any"  # figures that no agency is assigned, and any agency's
SEE_ANY = "see_any"  # anybody's submissions, with their files
UNDO = "undo"  # an own or the own agency's submission
UNDO_ANY = "undo_any"  # anybody's submission
EXPLAIN = "explain"  # why a target is behind
PLAN = "plan"  # save scenarios
CONSOLIDATE = "consolidate"  # periods, reports, who has reported
REGISTER = "register"  # documents, targets, areas, plans, baselines, assignments, states
ACCOUNTS = "accounts"
AUDIT = "audit"
KEEP = "keep"  # back up, restore, verify

ACTIONS = (
    *(READ, SUBMIT, SUBMIT_ANY, SEE_ANY, UNDO, UNDO_ANY, EXPLAIN, PLAN, CONSOLIDATE),
    *(REGISTER, ACCOUNTS, AUDIT, KEEP),
)
ALL = frozenset(ACTIONS)

# The one table of who may do what; docs/quyen-han.md shows it to people.

ROLES: dict[str, frozenset[str]] = {
    "viewer": frozenset({READ}),
    "officer": frozenset({READ, SUBMIT, UNDO, EXPLAIN}),
    "planner": frozenset({READ, PLAN}),
    "consolidator": frozenset(
        {READ, SUBMIT, SUBMIT_ANY, SEE_ANY, UNDO, UNDO_ANY, EXPLAIN, CONSOLIDATE}
    ),
    "administrator": frozenset({READ, SEE_ANY, REGISTER, ACCOUNTS, AUDIT, KEEP}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks: the name that is recorded, what they may do, for which agency, from where.

    account: the number of the account, None for the local user and the shell. roles: for words
    on the screen; what they allow stands in capabilities.
    """

    name: str
    capabilities: frozenset[str]
    agency: str = ""
    came_from: str = ""
    account: int | None = None
    roles: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Under what the store keeps what is this person's alone: names may be alike."""
        return self.name if self.account is None else f"account:{self.account}"

    def may(self, action: str) -> bool:
        """Whether the action is among the capabilities."""
        return action in self.capabilities


# The one user of a store without accounts; the name stays on what they recorded.
LOCAL = Actor("người dùng tại máy", ALL, came_from="loopback")


def shell(by: str = "") -> Actor:
    """Whoever runs manage.py: trusted, named by ``--by``, else as the local user."""
    return Actor(by.strip() or LOCAL.name, ALL, came_from="shell")


def capabilities(roles: tuple[str, ...]) -> frozenset[str]:
    """What several roles may do together.

    Raises:
        ValueError: there is no such role.
    """
    unknown = [role for role in roles if role not in ROLES]
    if unknown:
        raise ValueError(f"no such role: {', '.join(unknown)}")
    return frozenset().union(*(ROLES[role] for role in roles))


def require(actor: Actor, action: str) -> None:
    """Let the actor pass.

    Raises:
        Denied: the action is not among the actor's capabilities.
    """
    if not actor.may(action):
        raise Denied(actor.name, action)
