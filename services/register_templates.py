"""Workbooks to fill in: new documents with their targets, and yearly plans."""

from __future__ import annotations

from i18n.words import Words, words
from intake.register_template import Column, TableSheet, workbook

from .register_labels import CHOICES, HEADINGS

REGISTER_NAME, PLANS_NAME = "mau-so-chi-tieu.xlsx", "mau-ke-hoach-nam.xlsx"

_NEEDED = {
    "documents": {"key", "title_vi"},
    "targets": {
        *("code", "field", "name_vi", "unit", "kind", "comparator", "value_low"),
        *("period_end", "document", "locator"),
    },
    "indicators": {"code", "measure"},
    "target_areas": {"scope", "area_name_vi"},
    "milestones": {"code", "name_vi", "due", "document"},
}
_WIDE = frozenset({"title_vi", "name_vi", "wording_vi", "doubt", "note", "locator"})
_PLANS = ("indicator", "period", "area", "value", "document", "locator", "note")


def register_template(lang: str = "vi") -> bytes:
    """The workbook for documents, targets, how indicators behave, lists of areas, milestones.

    Headings and choices are Vietnamese, as the reader wants them; the help is in the language.
    """
    _ = words(lang)
    return workbook([_sheet(name, _) for name in _NEEDED])


def plans_template(lang: str = "vi") -> bytes:
    """The workbook for yearly plans."""
    _ = words(lang)
    columns = tuple(
        Column(
            words("vi")(f"adminreg.plan_{name}"),
            _(f"adminreg.help_plan_{name}"),
            needed=name in {"indicator", "period", "value", "document"},
        )
        for name in _PLANS
    )
    return workbook([TableSheet(_("adminreg.sheet_plans"), _("adminreg.title_plans"), columns)])


def _sheet(table: str, _: Words) -> TableSheet:
    columns = tuple(
        Column(
            heading,
            _(f"adminreg.help_{table}_{column}"),
            tuple(CHOICES.get(column, {}).values()),
            column in _NEEDED[table],
            36 if column in _WIDE else 18,
        )
        for column, heading in HEADINGS[table].items()
    )
    return TableSheet(_(f"adminreg.sheet_{table}"), _(f"adminreg.title_{table}"), columns)
