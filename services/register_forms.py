"""The forms of a target and of its yearly plans, as the rows of a register file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from db import tables
from db.engine import Tx
from db.standing import standing
from db.versioned import Key
from i18n.words import words

from . import plans
from .file_findings import Findings
from .plans import Plans
from .register_book import DOCUMENT_FIELD, DOCUMENTS, FormBook
from .register_known import known
from .register_reading import slug

NEW_DOCUMENT = "+"
TARGET_TEXTS = (
    *("field", "name_vi", "kind", "comparator", "period_start", "period_end", "direction"),
    *("locator", "wording_vi", "lead_vi", "doubt"),
)
DOCUMENT_TEXTS = ("kind_vi", "number", "issued", "issuer_vi", "title_vi", "term")
YEAR = "year_"


@dataclass(slots=True)
class PlanForm:
    """Plans of a form; None where something is wrong with it, by field."""

    plans: Plans | None = None
    problems: dict[str, str] = field(default_factory=dict)
    echoes: dict[str, str] = field(default_factory=dict)


def target_book(tx: Tx, fields: Mapping[str, str], lang: str = "vi") -> FormBook:
    """An amended target, and the document that amends it where that is new.

    fields: code, document (its key, or NEW_DOCUMENT with doc_number, doc_issued, doc_title_vi and
        the like), value_low, value_high and TARGET_TEXTS as typed.
    """
    form, there = FormBook(lang), known(tx)
    stands = there.values("targets", fields.get("code", ""))
    unit = str(stands.get("unit", ""))
    document = fields.get("document", "")
    if document == NEW_DOCUMENT:
        document = _with_document(form, fields, set(there.names("documents")), lang)
    row: dict[str, str | float] = {"code": fields.get("code", ""), "document": document}
    for name in ("value_low", "value_high"):
        row[name] = form.number(name, fields.get(name, ""), unit)
    row |= {name: fields[name].strip() for name in TARGET_TEXTS if name in fields}
    form.add("targets", row)
    return form


def document_book(fields: Mapping[str, str], lang: str = "vi") -> FormBook:
    """A document whose words are filled in or corrected; fields: key, and doc_number and so on."""
    form = FormBook(lang)
    given = {
        name: fields[f"{DOCUMENT_FIELD}{name}"].strip()
        for name in (*DOCUMENT_TEXTS, "note")
        if f"{DOCUMENT_FIELD}{name}" in fields
    }
    form.add(DOCUMENTS, {"key": fields.get("code", ""), **given})
    return form


def _with_document(form: FormBook, fields: Mapping[str, str], taken: set[str], lang: str) -> str:
    """Add the new document; its key, made of its number."""
    given = {name: fields.get(f"{DOCUMENT_FIELD}{name}", "").strip() for name in DOCUMENT_TEXTS}
    if not given["number"]:
        form.problems["doc_number"] = words(lang)("adminreg.needs_number")
    if not given["title_vi"]:
        form.problems["doc_title_vi"] = words(lang)("adminreg.needs_title")
    key = slug(given["number"] or "van-ban", {one.lower() for one in taken}).upper()
    form.add(DOCUMENTS, {"key": key, **given})
    return key


def plans_of(tx: Tx, fields: Mapping[str, str], findings: Findings, lang: str = "vi") -> PlanForm:
    """The plans of one target and area: a value a year; a blank one withdraws what stands.

    fields: target, area, document, locator, and year_2026 and so on as typed.
    """
    form, found, _ = FormBook(lang), PlanForm(), words(lang)
    target = known(tx).values("targets", fields.get("target", ""))
    if not target:
        found.problems["target"] = _("adminreg.no_target", code=fields.get("target", ""))
        return found
    indicator, area = str(target["indicator"] or target["code"]), fields.get("area", "")
    stands = standing(tx, tables.yearly_plans)
    gone: list[Key] = []
    names: list[str] = []
    for name in sorted(one for one in fields if one.startswith(YEAR)):
        year = name.removeprefix(YEAR)
        value = form.number(name, fields[name], str(target["unit"]))
        key = (indicator, area, year)
        older = stands.get(key)
        if value == "" and name not in form.problems:
            gone += [key] if older else []
        elif older is None or older.values["value"] != value:
            names.append(name)
            form.add("steps", _row(fields, indicator, area, year, value))
    found.problems, found.echoes = form.problems, form.echoes
    if names and not fields.get("document", "").strip():
        found.problems["document"] = _("adminreg.needs_document")
    if found.problems:
        return found
    if not names:
        found.plans = Plans({}, known(tx), stands, tuple(gone))
        return found
    understood = plans.understood(tx, form.book(), findings)
    form.blame(findings.found)
    found.problems = _by_year(form.problems, names)
    if understood is not None:
        found.plans = Plans(understood.rows, understood.there, understood.stands, tuple(gone))
    return found


def _by_year(problems: Mapping[str, str], names: list[str]) -> dict[str, str]:
    """Problems of the rows as those of the years' fields."""
    found: dict[str, str] = {}
    for place, text in problems.items():
        column, _dot, number = place.partition(".")
        year = names[int(number or 1) - 1] if number.isdigit() or not number else names[0]
        found[year if column in ("value", "period") else column] = text
    return found


def _row(
    fields: Mapping[str, str], indicator: str, area: str, year: str, value: str | float
) -> dict[str, str | float]:
    return {
        "indicator": indicator,
        "period": year,
        "area": area,
        "value": value,
        "document": fields.get("document", "").strip(),
        "locator": fields.get("locator", "").strip(),
    }
