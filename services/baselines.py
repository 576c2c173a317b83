"""The figure that a target's path starts from, set by an administrator with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from db import audit, changes, tables, versioned
from db.effects import Effect
from db.engine import Tx
from db.standing import standing
from db.versioned import Key
from i18n.numbers import number
from i18n.parsing import parse_number
from i18n.words import words
from indicators import periods
from indicators.model import CUMULATIVE, EVERY_YEAR

from .access import Actor
from .file_tables import MOST_TEXT
from .register_known import Known, known
from .target_areas import areas_by_target

TEXTS = ("source", "source_url", "document", "locator", "note")
WITHOUT = frozenset({CUMULATIVE, EVERY_YEAR})  # a running total starts at 0; a bound needs none

Row = dict[str, object]


@dataclass(slots=True)
class SetBaselines:
    """What a form asks for: a row to put, or a key to withdraw; problems by field."""

    row: Row | None = None
    withdrawn: Key | None = None
    problems: dict[str, str] = field(default_factory=dict)
    echoes: dict[str, str] = field(default_factory=dict)


def understood(tx: Tx, fields: Mapping[str, str], lang: str = "vi") -> SetBaselines:
    """What a form says, checked; with a problem there is nothing to store.

    fields: target, area, period, value, source, source_url, document, locator, note as typed;
        withdraw "1" takes the baseline away that stands.
    """
    there, asked = known(tx), SetBaselines()
    target = there.values("targets", fields.get("target", ""))
    _ = words(lang)
    if not target:
        asked.problems["target"] = _("adminreg.no_target", code=fields.get("target", ""))
        return asked
    code = str(target["indicator"] or target["code"])
    key = (code, fields.get("area", ""))
    if fields.get("withdraw") == "1":
        asked.withdrawn = key
        if key not in standing(tx, tables.baselines):
            asked.problems["target"] = _("adminreg.no_baseline")
        return asked
    if target["kind"] in WITHOUT:
        asked.problems["target"] = _(f"adminreg.baseline_{target['kind']}")
    if key[1] and key[1] not in areas_by_target(there)[str(target["code"])]:
        asked.problems["area"] = _("adminreg.not_its_area")
    asked.row = {
        "indicator": code,
        "area": key[1],
        "period": _period(asked, fields.get("period", ""), lang),
        "value": _value(asked, fields.get("value", ""), str(target["unit"]), code, there, lang),
        **{name: fields.get(name, "").strip()[:MOST_TEXT] for name in TEXTS},
    }
    if not asked.row["source"]:
        asked.problems["source"] = _("adminreg.needs_source")
    url = str(asked.row["source_url"])
    if url and not url.startswith(("https://", "http://")):
        asked.problems["source_url"] = _("adminreg.no_address")
    return asked


def planned(tx: Tx, asked: SetBaselines, at: int) -> list[Effect]:
    """What storing it at a moment would do."""
    if asked.problems:
        return []
    stands = standing(tx, tables.baselines)
    if asked.withdrawn:
        return [Effect("baselines", asked.withdrawn, stands[asked.withdrawn].values, None, at)]
    rows = [asked.row] if asked.row else []
    return [
        Effect("baselines", key, old, new, at)
        for key, old, new in versioned.differing(tx, tables.baselines, rows)
    ]


def stored(tx: Tx, asked: SetBaselines, actor: Actor, now: int) -> int | None:
    """Store it from now on; the number of the change, None where nothing differs.

    Raises:
        ValueError: it has problems.
    """
    if asked.problems:
        raise ValueError(f"a baseline with problems: {asked.problems}")
    key = asked.withdrawn or (str((asked.row or {})["indicator"]), "")
    change = changes.begin(tx, "baselines", actor.name, key[0], now)
    if asked.withdrawn:
        versioned.withdraw(tx, tables.baselines, [asked.withdrawn], change)
    elif asked.row:
        versioned.put(tx, tables.baselines, [asked.row], change, added_from=change.at)
    if change.id is not None:
        audit.add(
            tx,
            change.at,
            actor.name,
            "baselines.withdraw" if asked.withdrawn else "baselines.set",
            key[0],
            account=actor.account,
            came_from=actor.came_from,
            change=change.id,
        )
    return change.id


def _period(asked: SetBaselines, text: str, lang: str) -> str:
    plain = text.strip().lower().removeprefix("năm ").strip()
    try:
        period = periods.parse(plain)
    except ValueError:
        period = None
    if period is None or not period.is_year:
        asked.problems["period"] = words(lang)("adminreg.not_a_year", text=text.strip())
        return ""
    return period.text


def _value(
    asked: SetBaselines, text: str, unit: str, code: str, there: Known, lang: str
) -> float | None:
    _ = words(lang)
    typed = parse_number(text, lang, unit)
    if typed.value is None:
        asked.problems["value"] = typed.echo or _("adminreg.needs_value")
        return None
    asked.echoes["value"] = typed.echo
    own = there.values("indicators", code)
    low, high = own.get("minimum"), own.get("maximum")
    below = isinstance(low, int | float) and typed.value < low
    above = isinstance(high, int | float) and typed.value > high
    if below or above:
        bounds = {
            name: number(bound, 6, lang) if isinstance(bound, int | float) else "…"
            for name, bound in (("low", low), ("high", high))
        }
        asked.problems["value"] = _("adminreg.out_of_bounds", unit=unit, **bounds)
    return typed.value
