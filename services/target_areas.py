"""Which areas a target's figures, plans and assignments may name."""

from __future__ import annotations

from .register_known import Known


def areas_by_target(there: Known) -> dict[str, frozenset[str]]:
    """Target -> codes of the areas of its scope; all in force where areas roll up to a rate.

    Empty where the target is of the province or the party committee alone.
    """
    lists: dict[str, set[str]] = {}
    for scope, area in there.rows["target_areas"]:
        lists.setdefault(scope, set()).add(area)
    every = frozenset(key[0] for key in there.rows["areas"])
    found = {}
    for (code,), target in there.rows["targets"].items():
        named = frozenset(lists.get(str(target.values["scope"]), ()))
        rolled = there.values("indicators", str(target.values["indicator"] or code))
        found[code] = named or (every if rolled.get("area_rollup") else frozenset())
    return found
