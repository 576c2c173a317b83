"""The register: documents, areas, agencies, indicators, targets and what is set for them.

Every table here is versioned (db/versioned.py): known_from and known_to are microseconds since
1970 in UTC, known_from 0 is "always", known_to NULL is "still". Absent text is "".
"""

from __future__ import annotations

from .columns import changes, code, count, meta, metadata, number, versioned, words

__all__ = ["changes", "meta", "metadata"]

documents = versioned(
    "documents",
    ("key",),
    code("key"),
    words("kind_vi"),
    words("number"),
    code("issued"),
    words("issuer_vi"),
    words("title_vi"),
    code("term"),
    words("note"),
)

# kind: province, department, commune, party, other; area: the commune whose committee it is.
agencies = versioned(
    "agencies",
    ("key",),
    code("key"),
    words("name_vi"),
    words("name_en"),
    words("short_vi"),
    code("kind"),
    code("area"),
    code("parent"),
)

# role: report or lead; area "" = every area of the target; starts: the day from which it applies.
assignments = versioned(
    "assignments",
    ("target", "area", "role"),
    code("target"),
    code("area"),
    code("role"),
    code("agency"),
    code("starts"),
    code("document"),
    words("note"),
)

areas = versioned(
    "areas",
    ("code",),
    code("code"),
    words("name_vi"),
    code("kind"),
    words("full_name_vi"),
    words("name_ascii"),
    words("former_district"),
    words("merged_from"),
    number("area_km2"),
    count("population", None),
    words("source_url"),
    words("note"),
    code("valid_from"),
)

former_units = versioned(
    "former_units",
    ("old_code",),
    code("old_code"),
    words("old_name_vi"),
    words("old_kind"),
    words("old_district"),
    code("new_code"),
    code("part"),
)

former_unit_aliases = versioned(
    "former_unit_aliases",
    ("old_code", "also_spelled"),
    code("old_code"),
    code("also_spelled"),
    words("old_name_vi"),
    words("seen_in"),
)

older_names = versioned(
    "older_names",
    ("code", "name_vi"),
    code("code"),
    code("name_vi"),
    words("kind"),
    words("district"),
    words("same_code_on_2025_06_30"),
    words("note"),
)

# related_to: register codes separated by ";"; not empty = a related indicator (EXT), with why.
indicators = versioned(
    "indicators",
    ("code",),
    code("code"),
    code("measure"),
    count("decimals", 1),
    number("minimum"),
    number("maximum"),
    code("part_of"),
    code("area_rollup"),
    words("name_vi"),
    words("name_en"),
    words("unit"),
    code("related_to"),
    words("why"),
)

# indicator "" = the target's own code. supersedes: what an amended target replaces.
targets = versioned(
    "targets",
    ("code",),
    code("code"),
    words("field"),
    words("name_vi"),
    words("name_en"),
    words("unit"),
    code("kind"),
    code("comparator"),
    number("value_low"),
    number("value_high"),
    count("period_start"),
    count("period_end"),
    code("direction"),
    code("scope"),
    code("document"),
    words("locator"),
    words("wording_vi"),
    words("lead_vi"),
    words("doubt"),
    code("indicator"),
    words("supersedes"),
)

target_areas = versioned(
    "target_areas",
    ("scope", "area"),
    code("scope"),
    code("area"),
    words("as_written"),
)

baselines = versioned(
    "baselines",
    ("indicator", "area"),
    code("indicator"),
    code("area"),
    code("period"),
    number("value"),
    words("source"),
    words("source_url"),
    code("document"),
    words("locator"),
    words("note"),
)

yearly_plans = versioned(
    "yearly_plans",
    ("indicator", "area", "period"),
    code("indicator"),
    code("area"),
    code("period"),
    number("value"),
    code("document"),
    words("locator"),
    words("source"),
    words("source_title"),
    words("publisher"),
    words("source_url"),
    words("quote"),
    code("published_on"),
    words("note"),
)

# Targets of earlier terms or other documents, and plan figures that are no step of a path:
# history only. kind: target, plan.
history_targets = versioned(
    "history_targets",
    ("kind", "document", "indicator", "period", "source_url"),
    code("kind"),
    code("document"),
    code("indicator"),
    code("period"),
    code("comparator"),
    number("value"),
    number("value_high"),
    words("unit"),
    words("source"),
    words("source_title"),
    words("publisher"),
    code("source_url"),
    words("quote"),
    code("published_on"),
    words("note"),
)

# Figures of periods that are no reporting period (a holiday, a school year): notes, no series.
odd_figures = versioned(
    "odd_figures",
    ("indicator", "period", "series", "source_url"),
    code("indicator"),
    code("period"),
    code("series"),
    number("value"),
    words("unit"),
    code("status"),
    code("bound"),
    words("source"),
    words("source_title"),
    words("publisher"),
    code("source_url"),
    words("quote"),
    code("published_on"),
    words("note"),
)

qualitative_goals = versioned(
    "qualitative_goals",
    ("code",),
    code("code"),
    code("document"),
    words("locator"),
    words("wording_vi"),
    words("what_would_show_it"),
    code("due"),
    words("lead_vi"),
    words("doubt"),
)

milestones = versioned(
    "milestones",
    ("code",),
    code("code"),
    words("name_vi"),
    code("due"),
    words("lead_vi"),
    words("support_vi"),
    code("document"),
    words("locator"),
)

# What somebody told us of a goal or a milestone; no row = nobody has said anything.
# subject: goal or milestone; state: not_started, under_way, done, dropped.
states = versioned(
    "states",
    ("subject", "code"),
    code("subject"),
    code("code"),
    code("state"),
    code("day"),
    words("evidence"),
    words("by"),
    words("note"),
)

duties = versioned(
    "duties",
    ("key",),
    code("key"),
    words("who_vi"),
    words("to_whom_vi"),
    words("what_vi"),
    words("period"),
    words("due_rule"),
    code("document"),
    words("locator"),
)

# The reporting day that an administrator set where the text has none; day: "MM-DD".
duty_days = versioned(
    "duty_days",
    ("duty", "part"),
    code("duty"),
    code("part"),
    code("day"),
    words("source"),
    words("by"),
)
