"""What is set for targets: baselines, plans, history, goals, milestones, duties."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "baselines",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("indicator", CODE, server_default="", nullable=False),
        sa.Column("area", CODE, server_default="", nullable=False),
        sa.Column("period", CODE, server_default="", nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("source_url", sa.Text(), server_default="", nullable=False),
        sa.Column("document", CODE, server_default="", nullable=False),
        sa.Column("locator", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_baselines_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_baselines"),
        info={"key": ("indicator", "area")},
    )
    op.create_index(
        "uq_baselines_open",
        "baselines",
        ["indicator", "area"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "yearly_plans",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("indicator", CODE, server_default="", nullable=False),
        sa.Column("area", CODE, server_default="", nullable=False),
        sa.Column("period", CODE, server_default="", nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("document", CODE, server_default="", nullable=False),
        sa.Column("locator", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("source_title", sa.Text(), server_default="", nullable=False),
        sa.Column("publisher", sa.Text(), server_default="", nullable=False),
        sa.Column("source_url", sa.Text(), server_default="", nullable=False),
        sa.Column("quote", sa.Text(), server_default="", nullable=False),
        sa.Column("published_on", CODE, server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_yearly_plans_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_yearly_plans"),
        info={"key": ("indicator", "area", "period")},
    )
    op.create_index(
        "uq_yearly_plans_open",
        "yearly_plans",
        ["indicator", "area", "period"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "history_targets",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("kind", CODE, server_default="", nullable=False),
        sa.Column("document", CODE, server_default="", nullable=False),
        sa.Column("indicator", CODE, server_default="", nullable=False),
        sa.Column("period", CODE, server_default="", nullable=False),
        sa.Column("comparator", CODE, server_default="", nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("value_high", sa.Double(), nullable=True),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("source_title", sa.Text(), server_default="", nullable=False),
        sa.Column("publisher", sa.Text(), server_default="", nullable=False),
        sa.Column("source_url", CODE, server_default="", nullable=False),
        sa.Column("quote", sa.Text(), server_default="", nullable=False),
        sa.Column("published_on", CODE, server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_history_targets_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_history_targets"),
        info={"key": ("kind", "document", "indicator", "period", "source_url")},
    )
    op.create_index(
        "uq_history_targets_open",
        "history_targets",
        ["kind", "document", "indicator", "period", "source_url"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "odd_figures",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("indicator", CODE, server_default="", nullable=False),
        sa.Column("period", CODE, server_default="", nullable=False),
        sa.Column("series", CODE, server_default="", nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("status", CODE, server_default="", nullable=False),
        sa.Column("bound", CODE, server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("source_title", sa.Text(), server_default="", nullable=False),
        sa.Column("publisher", sa.Text(), server_default="", nullable=False),
        sa.Column("source_url", CODE, server_default="", nullable=False),
        sa.Column("quote", sa.Text(), server_default="", nullable=False),
        sa.Column("published_on", CODE, server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_odd_figures_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_odd_figures"),
        info={"key": ("indicator", "period", "series", "source_url")},
    )
    op.create_index(
        "uq_odd_figures_open",
        "odd_figures",
        ["indicator", "period", "series", "source_url"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "qualitative_goals",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("code", CODE, server_default="", nullable=False),
        sa.Column("document", CODE, server_default="", nullable=False),
        sa.Column("locator", sa.Text(), server_default="", nullable=False),
        sa.Column("wording_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("what_would_show_it", sa.Text(), server_default="", nullable=False),
        sa.Column("due", CODE, server_default="", nullable=False),
        sa.Column("lead_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("doubt", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["changes.id"], name="fk_qualitative_goals_change_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_qualitative_goals"),
        info={"key": ("code",)},
    )
    op.create_index(
        "uq_qualitative_goals_open",
        "qualitative_goals",
        ["code"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "milestones",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("code", CODE, server_default="", nullable=False),
        sa.Column("name_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("due", CODE, server_default="", nullable=False),
        sa.Column("lead_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("support_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("document", CODE, server_default="", nullable=False),
        sa.Column("locator", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_milestones_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_milestones"),
        info={"key": ("code",)},
    )
    op.create_index(
        "uq_milestones_open",
        "milestones",
        ["code"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "states",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("subject", CODE, server_default="", nullable=False),
        sa.Column("code", CODE, server_default="", nullable=False),
        sa.Column("state", CODE, server_default="", nullable=False),
        sa.Column("day", CODE, server_default="", nullable=False),
        sa.Column("evidence", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_states_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_states"),
        info={"key": ("subject", "code")},
    )
    op.create_index(
        "uq_states_open",
        "states",
        ["subject", "code"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "duties",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("key", CODE, server_default="", nullable=False),
        sa.Column("who_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("to_whom_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("what_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("period", sa.Text(), server_default="", nullable=False),
        sa.Column("due_rule", sa.Text(), server_default="", nullable=False),
        sa.Column("document", CODE, server_default="", nullable=False),
        sa.Column("locator", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_duties_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_duties"),
        info={"key": ("key",)},
    )
    op.create_index(
        "uq_duties_open",
        "duties",
        ["key"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "duty_days",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("duty", CODE, server_default="", nullable=False),
        sa.Column("part", CODE, server_default="", nullable=False),
        sa.Column("day", CODE, server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_duty_days_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_duty_days"),
        info={"key": ("duty", "part")},
    )
    op.create_index(
        "uq_duty_days_open",
        "duty_days",
        ["duty", "part"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
