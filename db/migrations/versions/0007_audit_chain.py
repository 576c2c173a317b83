"""The audit as one chain: lines written before are chained as they stand, and that is said."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_DIGESTED = (
    *("at", "by", "account_id", "action", "subject", "old", "new", "why", "came_from"),
    "change_id",
)
_AT_ONCE = 5_000

audit = sa.table(
    "audit",
    sa.column("id", sa.BigInteger()),
    *(sa.column(name) for name in (*_DIGESTED, "previous", "digest")),
)


def upgrade() -> None:
    """Give every line its place in the chain, and find lines by who and about what."""
    chained, newest, moment = _chain()
    if chained:
        _say(chained, newest, moment)
    op.create_index("uq_audit_previous", "audit", ["previous"], unique=True)
    op.create_index("ix_audit_by", "audit", ["by"], unique=False)
    op.create_index("ix_audit_about", "audit", ["subject"], unique=False)


def _digest(previous: str, line: dict[str, object]) -> str:
    said = [previous, *(line[name] for name in _DIGESTED)]
    text = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _chain() -> tuple[int, str, int]:
    """Chain the lines in their order; how many, the newest digest, the latest moment."""
    bind = op.get_bind()
    count, previous, last, moment = 0, "", 0, 0
    _let_update(True)
    while True:
        query = sa.select(audit).where(audit.c.id > last).order_by(audit.c.id).limit(_AT_ONCE)
        rows = bind.execute(query).mappings().all()
        given = []
        for row in rows:
            own = _digest(previous, dict(row))
            given.append({"b_id": row["id"], "b_previous": previous, "b_digest": own})
            previous, last, moment = own, row["id"], max(moment, row["at"])
        if given:
            bind.execute(
                sa.update(audit)
                .where(audit.c.id == sa.bindparam("b_id"))
                .values(previous=sa.bindparam("b_previous"), digest=sa.bindparam("b_digest")),
                given,
            )
        count += len(rows)
        if len(rows) < _AT_ONCE:
            _let_update(False)
            return count, previous, moment


def _say(chained: int, previous: str, moment: int) -> None:
    """A line that says which ones were written before there was a chain."""
    line: dict[str, object] = {
        "at": moment,
        "by": "",
        "account_id": None,
        "action": "audit.chained",
        "subject": "",
        "old": "",
        "new": json.dumps({"lines": chained}),
        "why": "",
        "came_from": "",
        "change_id": None,
    }
    row = {**line, "previous": previous, "digest": _digest(previous, line)}
    op.get_bind().execute(sa.insert(audit).values(row))


def _let_update(allowed: bool) -> None:
    """The database refuses to change the audit, but for this once."""
    if op.get_bind().dialect.name == "postgresql":
        verb = "DISABLE" if allowed else "ENABLE"
        op.execute(f"ALTER TABLE audit {verb} TRIGGER audit_only_add")
    elif allowed:
        op.execute("DROP TRIGGER audit_no_update")
    else:
        op.execute(
            "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
            "BEGIN SELECT RAISE(ABORT, 'audit can only be added to'); END"
        )
