"""People: accounts, their sessions, and the audit, which can only be added to."""

from __future__ import annotations

import sqlalchemy as sa

from .columns import CODE, NUMBER, code, count, metadata, moment, own_id, points_to, words

# roles, settings: JSON (settings: language, start page, followed targets).
# subject: the person's number at an OIDC provider, "" for a local account.
accounts = sa.Table(
    "accounts",
    metadata,
    own_id(),
    code("login", unique=True),
    words("name"),
    code("agency"),
    words("roles"),
    code("issuer"),
    code("subject"),
    words("password_hash"),
    moment("password_set", absent=True),
    count("must_change"),
    count("disabled"),
    moment("created"),
    moment("seen", absent=True),
    words("settings"),
)
sa.Index(
    "uq_accounts_person",
    accounts.c.issuer,
    accounts.c.subject,
    unique=True,
    sqlite_where=accounts.c.subject != "",
    postgresql_where=accounts.c.subject != "",
)

# token_hash: SHA-256 of the secret in the cookie; the secret itself is never stored.
# client: the address and the browser that signed in.
sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("token_hash", CODE, primary_key=True),
    sa.Column("account_id", NUMBER, sa.ForeignKey("accounts.id"), nullable=False),
    moment("created"),
    moment("seen"),
    moment("expires"),
    moment("revoked", absent=True),
    words("client"),
)
sa.Index("ix_sessions_account", sessions.c.account_id)

# came_from: address or "shell". old, new: JSON. previous, digest: the chain (db/audit.py).
audit = sa.Table(
    "audit",
    metadata,
    own_id(),
    moment("at"),
    words("by"),
    points_to("account_id", "accounts.id"),
    code("action"),
    code("subject"),
    words("old"),
    words("new"),
    words("why"),
    words("came_from"),
    points_to("change_id", "changes.id"),
    code("previous"),
    code("digest"),
)
sa.Index("ix_audit_at", audit.c.at)
sa.Index("ix_audit_subject", audit.c.action, audit.c.subject)
sa.Index("uq_audit_previous", audit.c.previous, unique=True)
sa.Index("ix_audit_by", audit.c.by)
sa.Index("ix_audit_about", audit.c.subject)
