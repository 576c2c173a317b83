"""The matrix of roles and actions as a Markdown table: what docs/quyen-han.md carries."""

from __future__ import annotations

from i18n.words import words

from .access import ACTIONS, ROLES


def markdown(lang: str = "vi") -> str:
    """One line an action, one column a role, in the order of ``services/access.py``."""
    _ = words(lang)
    head = ["", *(_(f"account.role_{role}") for role in ROLES)]
    rows = [
        [_(f"account.action_{action}"), *("✓" if action in may else "–" for may in ROLES.values())]
        for action in ACTIONS
    ]
    lines = [head, ["---", *([":-:"] * len(ROLES))], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
