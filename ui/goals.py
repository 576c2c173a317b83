"""The goals without a figure on the overview, folded: what was told of each, by document."""

from __future__ import annotations

from html import escape

from i18n.words import Words
from services.goals import GoalLine, Goals

from . import html
from .evidence import proof, state
from .overview import Asked

COLUMNS = ("goal", "lead", "clause", "state")


def section(found: Goals, wanted: Asked, _: Words) -> str:
    """HTML: one table a document; nothing where a filter asks for something else."""
    head = [(_(f"goal.col_{name}"), "") for name in COLUMNS]
    tables = []
    for group in found.groups:
        shown = [one for one in group.lines if wanted.fits_clause(group.document, one.lead)]
        if shown:
            title = _("goal.group", title=group.title, n=len(shown))
            tables.append(html.table(head, (_line(one, _) for one in shown), title))
    if not tables:
        return ""
    says = f'<p class="a-muted">{escape(_("goal.says"))}</p>'
    title = _("goal.title", told=found.told, total=found.total)
    return html.fold(title, says + "".join(tables))


def _line(one: GoalLine, _: Words) -> tuple[str, ...]:
    said = [_("goal.asks", text=one.asks)] if one.asks else []
    said += [_("goal.doubt", text=one.doubt)] if one.doubt else []
    asks = f'<div class="a-muted">{escape(". ".join(said))}</div>' if said else ""
    return (
        f'{escape(one.wording)} <span class="a-muted">{escape(one.code)}</span>{asks}',
        escape(one.lead),
        escape(one.locator),
        state(one.told.state, one.told.text) + proof(one.told.evidence, one.told.note),
    )
