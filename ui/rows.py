"""The overview's table: one row a target, bullets and sparklines as images with alt text.

The roles are written out because the phone's layout turns rows into grids, which takes the
table's meaning away from screen readers.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from i18n.periods import capital
from i18n.words import Words
from services.rows import Row

from . import address, html

COLUMNS = ("name", "value", "target", "bullet", "trend", "verdict")


def rows_table(rows: Iterable[Row], _: Words, theme: str, caption: str) -> str:
    """The table as HTML.

    Args:
        rows: in the order to be shown.
        _: words of the page's language.
        theme: light or dark, for the pictures.
        caption: what the rows are and how they are ordered.
    """
    titles = "".join(
        f'<th scope="col" role="columnheader" class="c-{name}">'
        f"{escape(_(f'page.rows.{name}'))}</th>"
        for name in COLUMNS
    )
    body = "".join(_row(row, _, theme) for row in rows)
    return (
        f'<table class="a-table a-rows" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{titles}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(row: Row, _: Words, theme: str) -> str:
    filled = {
        "value": _value(row, _),
        "target": _target(row),
        "bullet": html.image(row.bullet, theme) + _gap(row),
        "trend": _trend(row, theme),
        "verdict": _verdict(row, _, theme),
    }
    inside = "".join(
        f'<td role="cell" class="c-{name}">{cell}</td>' for name, cell in filled.items()
    )
    return f'<tr role="row">{_name(row)}{inside}</tr>'


def _name(row: Row) -> str:
    name = html.link(address.link("target", {"code": row.code}), row.name)
    agency = f'<div class="a-under">{escape(row.agency)}</div>' if row.agency else ""
    return (
        f'<th scope="row" role="rowheader" class="c-name">{name} '
        f'<span class="a-code">{escape(row.code)}</span>{agency}</th>'
    )


def _value(row: Row, _: Words) -> str:
    """The figure with its period and status, its comparisons, and what does not fit together."""
    when = ", ".join(part for part in (row.period, row.status_text) if part)
    compared = " · ".join(
        part
        for part in (
            _("page.rows.same_period", change=row.same_period) if row.same_period else "",
            _("page.rows.plan", share=row.plan) if row.plan else "",
        )
        if part
    )
    value = f'<span class="a-value">{escape(row.value)}</span>' if row.value else ""
    under = f'<span class="a-under">{escape(when)}</span>' if when else ""
    said = (row.value_note, row.differs or row.gap_differs, row.contradicts)
    figure = f"{value}{under}{_under(compared)}"
    notes = "".join(map(_under, said))
    return f'<div class="a-read">{figure}</div>' + (
        f'<div class="a-says">{notes}</div>' if notes else ""
    )


def _under(text: str) -> str:
    return f'<div class="a-under">{escape(text)}</div>' if text else ""


def _target(row: Row) -> str:
    return f'{escape(row.asked_value)} <span class="a-under">({escape(row.asked_year)})</span>'


def _trend(row: Row, theme: str) -> str:
    if not row.spark and not row.trend_text:
        return ""
    return f"<span>{html.image(row.spark, theme)} {escape(row.trend_text)}</span>"


def _gap(row: Row) -> str:
    """The gap to the path as a number, under the picture that shows it."""
    if not row.gap:
        return ""
    gap = f"{row.gap} ({row.gap_pct})" if row.gap_pct else row.gap
    return f'<div class="a-under">{escape(gap)}</div>'


def _verdict(row: Row, _: Words, theme: str) -> str:
    """Mark and word; under it the chance of reaching the target, where one can be stated."""
    chance = ""
    if row.chance:
        said = escape(_("page.rows.chance", chance=row.chance))
        chance = f'<div class="a-under">{said}</div>'
    return html.verdict(row.scale, capital(row.scale_text), theme, _.lang) + chance
