"""Accounts in use: whose submission it is by number; wrong passwords are counted in the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Say whose a submission is, drop two counters that nothing keeps, find what is asked often."""
    op.add_column("submissions", sa.Column("account_id", NUMBER, nullable=True))
    op.drop_column("accounts", "failures")
    op.drop_column("accounts", "locked_until")
    op.create_index(
        "uq_accounts_person",
        "accounts",
        ["issuer", "subject"],
        unique=True,
        sqlite_where=sa.text("subject <> ''"),
        postgresql_where=sa.text("subject <> ''"),
    )
