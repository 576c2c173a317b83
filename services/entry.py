"""Figures typed in without a workbook: a form of rows for targets, an area and a period."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from db import register
from db.engine import Store
from i18n.labels import status_text, unit_text
from i18n.numbers import number, value_text
from i18n.parsing import parse_number
from i18n.periods import capital, period_text
from i18n.seed_texts import source_text
from i18n.words import words
from indicators.model import EACH_AREA, Observation, Settings, Target
from indicators.periods import parse
from indicators.series import newest
from intake.entries import Entry
from intake.request import SHARE_OF_AREAS
from intake.statuses import SHOWN

from . import rights
from .access import Actor
from .dues import due_period
from .snapshot import Snapshot, read

__all__ = [
    "MOST_ROWS",
    "Choices",
    "Entry",
    "Form",
    "FormRow",
    "as_checked",
    "choices",
    "form",
    "own_status",
    "typed",
    "understood",
]

MOST_ROWS = 40  # of a form that a person fills at one go; a workbook holds more
_RAW = 3  # decimals that could be read as thousands


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form can be made for: (value, text) each, the likeliest period first.

    agencies: those that an assignment names, none as long as nobody is assigned.
    """

    period: str
    fields: tuple[str, ...]
    agencies: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a form: a target of an area, and what is known of it.

    last: the newest figure in words, "" for none; last_source: where it is from.
    """

    code: str
    area: str
    name: str
    area_name: str
    unit: str
    unit_text: str
    last: str
    last_source: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its period, its rows, how many more there would be, and what it is called."""

    period: str
    title: str
    rows: tuple[FormRow, ...]
    more: int = 0


def choices(store: Store, as_of: int, only: Collection[str] = ()) -> Choices:
    """What a form can be made for at a moment; with some codes given, the fields of these alone."""
    with store.read() as tx:
        targets = [one for one in register.targets(tx, as_of) if not only or one.code in only]
        names = {one.key: one for one in register.agencies(tx, as_of)}
        assigned = sorted({one.agency for one in register.assignments(tx, as_of)})
        due = due_period(tx, as_of)
    return Choices(
        due.text,
        tuple(dict.fromkeys(one.field for one in targets)),
        tuple((key, names[key].name_vi if key in names else key) for key in assigned),
    )


def form(
    store: Store,
    actor: Actor,
    made_for: Mapping[str, str],
    as_of: int,
    settings: Settings,
    lang: str = "vi",
) -> Form:
    """The rows of a form that the actor may fill.

    Args:
        store: ready.
        actor: who fills it: rows that another agency reports are left out.
        made_for: period (canonical); field, agency, area: "" for any, area "" for the province.
        as_of: microseconds since 1970 (UTC).
        settings: what the province decided.
        lang: of the words.

    Raises:
        ValueError: the period is none.
    """
    period, area = parse(made_for.get("period", "")).text, made_for.get("area", "")
    with store.read() as tx:
        known = read(tx, as_of, settings)
        targets = [one for one in known.targets if _asked(known, one, made_for, area)]
        keys = {one.code: (one.indicator or one.code, area, period) for one in targets}
        foreign = set(rights.not_theirs(tx, actor, keys.values(), as_of))
    rows = [_row(known, one, area, lang) for one in targets if keys[one.code] not in foreign]
    parts = [capital(period_text(period, lang)), made_for.get("field", "")]
    parts += [known.area_names.get(area, "")]
    title = " · ".join(part for part in parts if part)
    return Form(period, title, tuple(rows[:MOST_ROWS]), max(0, len(rows) - MOST_ROWS))


def _asked(known: Snapshot, target: Target, made_for: Mapping[str, str], area: str) -> bool:
    field, agency = made_for.get("field", ""), made_for.get("agency", "")
    if field and target.field != field:
        return False
    if agency and agency not in {
        one.agency for one in known.assignments if one.target == target.code
    }:
        return False
    by_share = known.indicator_of(target).area_rollup == SHARE_OF_AREAS
    if not area:
        return target.kind != EACH_AREA
    scope = target.areas or known.communes
    return (target.kind == EACH_AREA or by_share) and area in scope


def _row(known: Snapshot, target: Target, area: str, lang: str) -> FormRow:
    indicator = known.indicator_of(target)
    last = newest(known.figures.get(indicator.code, {}).get(area, {}))
    unit = unit_text(target.unit, lang)
    return FormRow(
        target.code,
        area,
        target.name_vi if lang == "vi" else target.name_en,
        known.area_names.get(area, ""),
        target.unit,
        unit,
        _last(last, unit, indicator.decimals, lang) if last else "",
        source_text(last.source, lang) if last else "",
        target.field,
    )


def _last(one: Observation, unit: str, decimals: int, lang: str) -> str:
    said = value_text(one.value, unit, decimals, lang)
    return f"{said} ({period_text(one.period.text, lang)}, {status_text(one.status, lang)})"


def understood(text: str, unit: str, lang: str = "vi") -> tuple[float | None, str]:
    """What a typed number is understood as, and the sentence to show under its field.

    The conventions are Vietnamese whatever the language of the page, as in a workbook.
    """
    found = parse_number(text, "vi", unit)
    if found.value is not None:
        return found.value, words(lang)("entry.understood", value=number(found.value, 6, lang))
    if lang == "vi" or not text.strip():
        return None, found.echo
    return None, parse_number(text, lang, unit).echo or found.echo


def typed(
    rows: Sequence[FormRow], period: str, given: Iterable[Sequence[str]]
) -> tuple[Entry, ...]:
    """The rows of a form as typed, in order.

    given: value, status (a key, "" for none) and source of each row.
    """
    return tuple(
        Entry(row.code, period, value, row.area, "", SHOWN.get(status, ""), source)
        for row, (value, status, source) in zip(rows, given, strict=True)
    )


def own_status(kept: Entry | None, shared: str) -> str:
    """The key of a row's own status, "" where it has that of all rows or none."""
    found = next((key for key, word in SHOWN.items() if kept and kept.status == word), "")
    return "" if found == shared else found


def as_checked(entries: Sequence[Entry], units: Mapping[str, str]) -> list[Entry]:
    """The rows with their numbers spelled in the one way that needs no question.

    What was shown as understood under the field is what is checked; any other text is checked
    as it stands, so that the finding says what is wrong with it.
    """
    return [replace(one, value=_plain(one.value, units.get(one.code, ""))) for one in entries]


def _plain(text: str, unit: str) -> str:
    value = parse_number(text, "vi", unit).value
    if value is None:
        return text
    whole, _point, decimals = f"{value:.6f}".rstrip("0").rstrip(".").partition(".")
    if len(decimals) == _RAW:
        decimals += "0"
    return f"{whole},{decimals}" if decimals else whole
