"""The register."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "changes",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("effective_from", sa.BigInteger(), nullable=False),
        sa.Column("kind", CODE, server_default="", nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("what", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sa.UniqueConstraint("at", name="uq_changes_at"),
    )
    op.create_table(
        "meta",
        sa.Column("key", CODE, nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "documents",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("key", CODE, server_default="", nullable=False),
        sa.Column("kind_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("issued", CODE, server_default="", nullable=False),
        sa.Column("issuer_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("title_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("term", CODE, server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_documents_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        info={"key": ("key",)},
    )
    op.create_index(
        "uq_documents_open",
        "documents",
        ["key"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "agencies",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("key", CODE, server_default="", nullable=False),
        sa.Column("name_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("name_en", sa.Text(), server_default="", nullable=False),
        sa.Column("short_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", CODE, server_default="", nullable=False),
        sa.Column("area", CODE, server_default="", nullable=False),
        sa.Column("parent", CODE, server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_agencies_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agencies"),
        info={"key": ("key",)},
    )
    op.create_index(
        "uq_agencies_open",
        "agencies",
        ["key"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "assignments",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("target", CODE, server_default="", nullable=False),
        sa.Column("area", CODE, server_default="", nullable=False),
        sa.Column("role", CODE, server_default="", nullable=False),
        sa.Column("agency", CODE, server_default="", nullable=False),
        sa.Column("starts", CODE, server_default="", nullable=False),
        sa.Column("document", CODE, server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_assignments_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assignments"),
        info={"key": ("target", "area", "role")},
    )
    op.create_index(
        "uq_assignments_open",
        "assignments",
        ["target", "area", "role"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "areas",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("code", CODE, server_default="", nullable=False),
        sa.Column("name_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", CODE, server_default="", nullable=False),
        sa.Column("full_name_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("name_ascii", sa.Text(), server_default="", nullable=False),
        sa.Column("former_district", sa.Text(), server_default="", nullable=False),
        sa.Column("merged_from", sa.Text(), server_default="", nullable=False),
        sa.Column("area_km2", sa.Double(), nullable=True),
        sa.Column("population", NUMBER, nullable=True),
        sa.Column("source_url", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("valid_from", CODE, server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_areas_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_areas"),
        info={"key": ("code",)},
    )
    op.create_index(
        "uq_areas_open",
        "areas",
        ["code"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "former_units",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("old_code", CODE, server_default="", nullable=False),
        sa.Column("old_name_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("old_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("old_district", sa.Text(), server_default="", nullable=False),
        sa.Column("new_code", CODE, server_default="", nullable=False),
        sa.Column("part", CODE, server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_former_units_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_former_units"),
        info={"key": ("old_code",)},
    )
    op.create_index(
        "uq_former_units_open",
        "former_units",
        ["old_code"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "former_unit_aliases",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("old_code", CODE, server_default="", nullable=False),
        sa.Column("also_spelled", CODE, server_default="", nullable=False),
        sa.Column("old_name_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("seen_in", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["changes.id"], name="fk_former_unit_aliases_change_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_former_unit_aliases"),
        info={"key": ("old_code", "also_spelled")},
    )
    op.create_index(
        "uq_former_unit_aliases_open",
        "former_unit_aliases",
        ["old_code", "also_spelled"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "older_names",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("code", CODE, server_default="", nullable=False),
        sa.Column("name_vi", CODE, server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("district", sa.Text(), server_default="", nullable=False),
        sa.Column("same_code_on_2025_06_30", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_older_names_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_older_names"),
        info={"key": ("code", "name_vi")},
    )
    op.create_index(
        "uq_older_names_open",
        "older_names",
        ["code", "name_vi"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "indicators",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("code", CODE, server_default="", nullable=False),
        sa.Column("measure", CODE, server_default="", nullable=False),
        sa.Column("decimals", NUMBER, server_default="1", nullable=False),
        sa.Column("minimum", sa.Double(), nullable=True),
        sa.Column("maximum", sa.Double(), nullable=True),
        sa.Column("part_of", CODE, server_default="", nullable=False),
        sa.Column("area_rollup", CODE, server_default="", nullable=False),
        sa.Column("name_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("name_en", sa.Text(), server_default="", nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("related_to", CODE, server_default="", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_indicators_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_indicators"),
        info={"key": ("code",)},
    )
    op.create_index(
        "uq_indicators_open",
        "indicators",
        ["code"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "targets",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("code", CODE, server_default="", nullable=False),
        sa.Column("field", sa.Text(), server_default="", nullable=False),
        sa.Column("name_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("name_en", sa.Text(), server_default="", nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", CODE, server_default="", nullable=False),
        sa.Column("comparator", CODE, server_default="", nullable=False),
        sa.Column("value_low", sa.Double(), nullable=True),
        sa.Column("value_high", sa.Double(), nullable=True),
        sa.Column("period_start", NUMBER, server_default="0", nullable=False),
        sa.Column("period_end", NUMBER, server_default="0", nullable=False),
        sa.Column("direction", CODE, server_default="", nullable=False),
        sa.Column("scope", CODE, server_default="", nullable=False),
        sa.Column("document", CODE, server_default="", nullable=False),
        sa.Column("locator", sa.Text(), server_default="", nullable=False),
        sa.Column("wording_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("lead_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("doubt", sa.Text(), server_default="", nullable=False),
        sa.Column("indicator", CODE, server_default="", nullable=False),
        sa.Column("supersedes", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_targets_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_targets"),
        info={"key": ("code",)},
    )
    op.create_index(
        "uq_targets_open",
        "targets",
        ["code"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "target_areas",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("scope", CODE, server_default="", nullable=False),
        sa.Column("area", CODE, server_default="", nullable=False),
        sa.Column("as_written", sa.Text(), server_default="", nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=True),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_target_areas_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_target_areas"),
        info={"key": ("scope", "area")},
    )
    op.create_index(
        "uq_target_areas_open",
        "target_areas",
        ["scope", "area"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
