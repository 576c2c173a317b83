"""Figures, submissions, drafts, explanations and scenarios."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "submissions",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", CODE, server_default="", nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("agency", CODE, server_default="", nullable=False),
        sa.Column("file", sa.Text(), server_default="", nullable=False),
        sa.Column("size", NUMBER, nullable=True),
        sa.Column("sha256", CODE, server_default="", nullable=False),
        sa.Column("new", NUMBER, server_default="0", nullable=False),
        sa.Column("changed", NUMBER, server_default="0", nullable=False),
        sa.Column("same", NUMBER, server_default="0", nullable=False),
        sa.Column("undoes", NUMBER, nullable=True),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("as_of", CODE, server_default="", nullable=False),
        sa.Column("confirmed", sa.Text(), server_default="", nullable=False),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_submissions_change_id"),
        sa.ForeignKeyConstraint(["undoes"], ["submissions.id"], name="fk_submissions_undoes"),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.UniqueConstraint("at", name="uq_submissions_at"),
    )
    op.create_table(
        "submission_files",
        sa.Column("submission_id", NUMBER, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_submission_files_submission_id"
        ),
        sa.PrimaryKeyConstraint("submission_id", name="pk_submission_files"),
    )
    op.create_table(
        "submission_cells",
        sa.Column("submission_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("sheet", CODE, server_default="", nullable=False),
        sa.Column("cell", CODE, server_default="", nullable=False),
        sa.Column("indicator", CODE, server_default="", nullable=False),
        sa.Column("period", CODE, server_default="", nullable=False),
        sa.Column("area", CODE, server_default="", nullable=False),
        sa.Column("old", sa.Double(), nullable=True),
        sa.Column("new", sa.Double(), nullable=True),
        sa.Column("effect", CODE, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_submission_cells_submission_id"
        ),
        sa.PrimaryKeyConstraint("submission_id", "position", name="pk_submission_cells"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "submission_findings",
        sa.Column("submission_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("code", CODE, server_default="", nullable=False),
        sa.Column("severity", CODE, server_default="", nullable=False),
        sa.Column("sheet", sa.Text(), server_default="", nullable=False),
        sa.Column("cell", CODE, server_default="", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("args", sa.Text(), server_default="", nullable=False),
        sa.Column("confirmed", NUMBER, server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_submission_findings_submission_id"
        ),
        sa.PrimaryKeyConstraint("submission_id", "position", name="pk_submission_findings"),
    )
    op.create_table(
        "observations",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("indicator", CODE, server_default="", nullable=False),
        sa.Column("area", CODE, server_default="", nullable=False),
        sa.Column("period", CODE, server_default="", nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("status", CODE, server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("source_title", sa.Text(), server_default="", nullable=False),
        sa.Column("publisher", sa.Text(), server_default="", nullable=False),
        sa.Column("source_url", CODE, server_default="", nullable=False),
        sa.Column("quote", sa.Text(), server_default="", nullable=False),
        sa.Column("published_on", CODE, server_default="", nullable=False),
        sa.Column("series", CODE, server_default="", nullable=False),
        sa.Column("origin", CODE, server_default="", nullable=False),
        sa.Column("bound", CODE, server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_assumed", NUMBER, server_default="0", nullable=False),
        sa.Column("credited_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("submission_id", NUMBER, nullable=True),
        sa.Column("credited_submission", NUMBER, nullable=True),
        sa.Column("closed_by", NUMBER, nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_observations_submission_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_observations"),
        info={"key": ("indicator", "area", "period", "series", "source_url")},
    )
    op.create_index(
        "ix_observations_ended",
        "observations",
        ["indicator", "area", "period", "series", "origin", "source_url"],
        unique=False,
        sqlite_where=sa.text("known_to IS NOT NULL"),
        postgresql_where=sa.text("known_to IS NOT NULL"),
    )
    op.create_index(
        "ix_observations_open",
        "observations",
        ["indicator", "area", "period", "series", "origin", "source_url"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "drafts",
        sa.Column("id", CODE, nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", CODE, server_default="", nullable=False),
        sa.Column("file", sa.Text(), server_default="", nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_updated", "drafts", ["updated"], unique=False)
    op.create_table(
        "explanations",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("target", CODE, server_default="", nullable=False),
        sa.Column("area", CODE, server_default="", nullable=False),
        sa.Column("period", CODE, server_default="", nullable=False),
        sa.Column("agency", CODE, server_default="", nullable=False),
        sa.Column("cause", sa.Text(), server_default="", nullable=False),
        sa.Column("action", sa.Text(), server_default="", nullable=False),
        sa.Column("proposal", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_explanations_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_explanations"),
        info={"key": ("target", "area", "period", "agency")},
    )
    op.create_index(
        "uq_explanations_open",
        "explanations",
        ["target", "area", "period", "agency"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "scenarios",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("key", CODE, server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("shared", CODE, server_default="", nullable=False),
        sa.Column("based_on", CODE, server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_scenarios_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_scenarios"),
        info={"key": ("key",)},
    )
    op.create_index(
        "uq_scenarios_open",
        "scenarios",
        ["key"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "kept",
        sa.Column("key", CODE, nullable=False),
        sa.Column("data_version", NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", "data_version", name="pk_kept"),
    )
