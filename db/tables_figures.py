"""Figures: observations, the submissions that brought them, drafts, explanations, scenarios."""

from __future__ import annotations

import sqlalchemy as sa

from .columns import (
    CODE,
    NUMBER,
    code,
    count,
    metadata,
    moment,
    number,
    own_id,
    points_to,
    versioned,
    words,
)

# kind: upload, entry, figures, undo, withdraw. undoes: the submission that an undo takes back.
# as_of: the day that stood for today in the check. confirmed: JSON of the warnings confirmed.
# account_id: NULL for the local user and the shell.
submissions = sa.Table(
    "submissions",
    metadata,
    own_id(),
    moment("at"),
    code("kind"),
    words("by"),
    code("agency"),
    words("file"),
    count("size", None),
    code("sha256"),
    count("new"),
    count("changed"),
    count("same"),
    points_to("undoes", "submissions.id"),
    words("why"),
    code("as_of"),
    words("confirmed"),
    points_to("change_id", "changes.id", absent=False),
    count("account_id", None),  # no reference: ALTER on SQLite adds none
    sa.UniqueConstraint("at"),
)

submission_files = sa.Table(
    "submission_files",
    metadata,
    sa.Column("submission_id", NUMBER, sa.ForeignKey("submissions.id"), primary_key=True),
    sa.Column("content", sa.LargeBinary(), nullable=False),
)

# One row a cell of the file; effect: new, changed, same (of an undo: restored, removed).
submission_cells = sa.Table(
    "submission_cells",
    metadata,
    sa.Column("submission_id", NUMBER, sa.ForeignKey("submissions.id"), primary_key=True),
    sa.Column("position", NUMBER, primary_key=True),
    code("sheet"),
    code("cell"),
    code("indicator"),
    code("period"),
    code("area"),
    number("old"),
    number("new"),
    code("effect"),
    sqlite_with_rowid=False,
)

# confirmed: whether the person who committed confirmed this warning; reason: what they wrote.
submission_findings = sa.Table(
    "submission_findings",
    metadata,
    sa.Column("submission_id", NUMBER, sa.ForeignKey("submissions.id"), primary_key=True),
    sa.Column("position", NUMBER, primary_key=True),
    code("code"),
    code("severity"),
    words("sheet"),
    code("cell"),
    words("message"),
    words("args"),
    count("confirmed"),
    words("reason"),
)

# Cells of the file in whose place the officer typed something else before it was committed.
submission_corrections = sa.Table(
    "submission_corrections",
    metadata,
    sa.Column("submission_id", NUMBER, sa.ForeignKey("submissions.id"), primary_key=True),
    sa.Column("position", NUMBER, primary_key=True),
    words("sheet"),
    code("cell"),
    words("old"),
    words("new"),
)

# A row is added once; afterwards only known_to and closed_by are ever set, once.
# submission_id: the submission that put the row there; credited_submission: the one that the
# figure is due to, credited_from: since when it was first known. An undo puts an older row
# there again under its own submission_id and leaves both credits as they were.
observations = sa.Table(
    "observations",
    metadata,
    own_id(),
    code("indicator"),
    code("area"),
    code("period"),
    sa.Column("value", sa.Double(), nullable=False),
    code("status"),
    words("source"),
    words("source_title"),
    words("publisher"),
    code("source_url"),
    words("quote"),
    code("published_on"),
    code("series"),
    code("origin"),
    code("bound"),
    words("note"),
    moment("known_from"),
    count("known_assumed"),
    moment("credited_from"),
    moment("known_to", absent=True),
    points_to("submission_id", "submissions.id"),
    count("credited_submission", None),  # numbers of submissions and changes too, but checking
    count("closed_by", None),  # each of them for each row would cost as much as the row
    sa.Column("change_id", NUMBER, nullable=False),
    info={"key": ("indicator", "area", "period", "series", "source_url")},
)
# What stands and what has ended have an index each, so that a new figure enters one only; the
# first also refuses a second standing figure of an agency. A query that wants every row of an
# indicator asks for both halves (``observations.every``).
_key = ("indicator", "area", "period", "series", "origin", "source_url")
for _name, _half in (
    ("open", observations.c.known_to.is_(None)),
    ("ended", observations.c.known_to.is_not(None)),
):
    sa.Index(
        f"ix_observations_{_name}",
        *(observations.c[column] for column in _key),
        unique=_name == "open",
        sqlite_where=_half,
        postgresql_where=_half,
    )

# An open upload. state: JSON of what the person has chosen and confirmed so far.
drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("id", CODE, primary_key=True),
    moment("created"),
    moment("updated"),
    words("owner"),
    code("kind"),
    words("file"),
    sa.Column("content", sa.LargeBinary(), nullable=True),
    words("state"),
)
sa.Index("ix_drafts_updated", drafts.c.updated)

# What an officer said of columns that were not recognised. shape: key of the headings; columns:
# JSON, column letters -> field.
column_choices = sa.Table(
    "column_choices",
    metadata,
    sa.Column("shape", CODE, primary_key=True),
    words("columns"),
    words("by"),
    moment("at"),
)

explanations = versioned(
    "explanations",
    ("target", "area", "period", "agency"),
    code("target"),
    code("area"),
    code("period"),
    code("agency"),
    words("cause"),
    words("action"),
    words("proposal"),
    words("by"),
)

# body: JSON of assumptions and trajectories; never read as observations.
scenarios = versioned(
    "scenarios",
    ("key",),
    code("key"),
    words("name"),
    words("owner"),
    code("shared"),
    code("based_on"),
    words("body"),
)

# What is dear to compute, kept under the data version that it was computed from.
kept = sa.Table(
    "kept",
    metadata,
    sa.Column("key", CODE, primary_key=True),
    sa.Column("data_version", NUMBER, primary_key=True, autoincrement=False),
    moment("at"),
    words("body"),
)
