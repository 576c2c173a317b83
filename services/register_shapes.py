"""The tables that a register file may hold, by the register's column names."""

from __future__ import annotations

from .file_tables import Shape
from .register_labels import aliases

DOCUMENTS = Shape(
    "documents",
    ("key", "title_vi"),
    ("kind_vi", "number", "issued", "issuer_vi", "term", "note"),
    aliases("documents"),
)
AGENCIES = Shape(
    "agencies",
    ("key", "name_vi", "kind"),
    ("name_en", "short_vi", "area", "parent"),
    aliases("agencies"),
)
AREAS = Shape(
    "areas",
    ("code", "name_vi", "kind", "full_name_vi"),
    (
        *("name_ascii", "former_district", "merged_from", "area_km2", "population"),
        *("source_url", "note", "valid_from"),
    ),
)
TARGET_AREAS = Shape(
    "target_areas", ("scope", "area_name_vi"), ("as_written",), aliases("target_areas")
)
TARGETS = Shape(
    "targets",
    ("code", "value_low", "document"),
    (
        *("field", "name_vi", "name_en", "unit", "kind", "comparator", "value_high"),
        *("period_start", "period_end", "direction", "scope", "locator", "wording_vi"),
        *("lead_vi", "doubt", "indicator", "supersedes"),
    ),
    aliases("targets"),
)
INDICATORS = Shape(
    "indicators",
    ("code", "measure"),
    ("decimals", "minimum", "maximum", "part_of", "area_rollup"),
    aliases("indicators"),
)
MILESTONES = Shape(
    "milestones",
    ("code", "name_vi", "due"),
    ("lead_vi", "support_vi", "document", "locator"),
    aliases("milestones"),
)
GOALS = Shape(
    "qualitative",
    ("code", "wording_vi", "what_would_show_it"),
    ("document", "locator", "due", "lead_vi", "doubt"),
    aliases("qualitative"),
)
DUTIES = Shape(
    "reporting",
    ("key", "who_vi", "due_rule"),
    ("to_whom_vi", "what_vi", "period", "document", "locator"),
    aliases("reporting"),
)

# In the order in which they are understood: what others point at comes first.
SHAPES = (
    DOCUMENTS,
    AGENCIES,
    AREAS,
    TARGET_AREAS,
    TARGETS,
    INDICATORS,
    MILESTONES,
    GOALS,
    DUTIES,
)
