"""The overview's parts as HTML: filters from the address, rows, what waits, milestones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from i18n.sorting import matches
from i18n.words import Words
from services.overview import MilestoneLine, Overview
from services.rows import SCALE_ORDER, Row

from . import address, html
from .evidence import proof, state
from .mine import NOT_ASKED, Own
from .rows import rows_table

SORTS = ("worst", "document")
MOST_ROWS = 300  # a page of more is neither read nor quick; filters and the table file have all


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; "" is no filter. What it names and does not exist is none."""

    field: str = ""
    document: str = ""
    lead: str = ""
    scale: str = ""
    sort: str = "worst"
    own: Own = NOT_ASKED
    text: str = ""

    def fits(self, row: Row) -> bool:
        """Whether a row passes all filters but that of the status."""
        return (
            self.own.fits(row.code)
            and matches(self.text, f"{row.code} {row.name} {row.field}")
            and (not self.field or row.field == self.field)
            and (not self.document or row.document == self.document)
            and (not self.lead or self.lead == (row.agency or row.lead))
        )

    @property
    def filters(self) -> bool:
        """Whether anything is left out."""
        chosen = self.field or self.document or self.lead or self.scale
        return bool(chosen or self.own.which or self.text)

    def fits_clause(self, document: str, lead: str) -> bool:
        """Whether what is no target (a milestone, a goal) passes: by its document and lead."""
        others = self.field or self.scale or self.own.which or self.text
        return (
            not others
            and (not self.document or document == self.document)
            and (not self.lead or lead == self.lead)
        )


def asked(view: Overview, own: Own = NOT_ASKED) -> Asked:
    """The filters that the address names; own: whose targets one may choose from."""

    def one_of(name: str, choices: Iterable[str]) -> str:
        value = address.asked(name)
        return value if value in choices else ""

    return Asked(
        field=one_of("field", view.fields),
        document=one_of("document", [key for key, _title in view.documents]),
        lead=one_of("lead", view.leads),
        scale=one_of("scale", SCALE_ORDER),
        sort=one_of("sort", SORTS) or "worst",
        own=own,
        text=" ".join(address.asked("q").split()),
    )


def filters(view: Overview, wanted: Asked, _: Words) -> str:
    """The form of filters: plain selects, the address is what they make."""
    every = ("", _("page.overview.all"))
    documents = [(key, _short(title)) for key, title in view.documents]
    selects = [
        _search(wanted.text, _),
        wanted.own.select(_),
        html.select(
            "field",
            _("page.overview.field"),
            [every, *((one, one) for one in view.fields)],
            wanted.field,
        ),
        html.select("document", _("page.overview.document"), [every, *documents], wanted.document),
        html.select(
            "lead",
            _("page.overview.lead"),
            [every, *((one, one) for one in view.leads)],
            wanted.lead,
        ),
        html.select(
            "sort",
            _("page.overview.sort"),
            [(sort if sort != SORTS[0] else "", _(f"page.overview.sort_{sort}")) for sort in SORTS],
            "" if wanted.sort == SORTS[0] else wanted.sort,
        ),
    ]
    kept = {**address.kept(), "scale": wanted.scale}
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in kept.items()
        if value
    )
    clear = ""
    if wanted.filters:
        clear = html.link(
            address.link("overview"), _("page.overview.clear"), class_="a-button", id="f-clear"
        )
    inside = f"{hidden}{''.join(selects)}{clear}"
    state = " checked" if wanted.filters else ""
    return (
        f'<input type="checkbox" id="f-more" class="a-toggle-box"{state}>'
        f'<label for="f-more" class="a-toggle">{escape(_("page.overview.filters"))}</label>'
        f'<form class="a-filter" method="get" action="/">{inside}</form>'
    )


def _search(text: str, _: Words) -> str:
    """The field for words of a name or a code; diacritics may be left out."""
    return (
        f'<label for="f-q">{escape(_("page.overview.search"))}'
        f'<input type="search" id="f-q" name="q" value="{escape(text)}" maxlength="100" '
        'autocomplete="off" enterkeyhint="search"></label>'
    )


def chips(view: Overview, wanted: Asked, _: Words, theme: str) -> str:
    """How many of each status, in one line; each is a filter, a second press takes it off."""
    counts = Counter(row.scale for row in (*view.rows, *view.waiting) if wanted.fits(row))
    items = []
    for scale in SCALE_ORDER:
        if not counts[scale] and scale != wanted.scale:
            continue
        chosen = scale == wanted.scale
        given = {
            "href": address.here(scale="" if chosen else scale),
            "id": f"f-{scale}",
            "aria-current": "true" if chosen else "",
        }
        items.append(
            f"<li><a{html.attributes(given)}>{html.mark(scale, theme, _.lang)}"
            f"<b>{counts[scale]}</b> {escape(_(f'scale.{scale}'))}</a></li>"
        )
    label = escape(_("page.overview.chips"))
    return f'<ul class="a-chips" aria-label="{label}">{"".join(items)}</ul>'


def rows(view: Overview, wanted: Asked, _: Words, theme: str) -> str:
    """The table of what has figures, filtered and in the order asked for."""
    found = [row for row in view.rows if wanted.fits(row) and wanted.scale in ("", row.scale)]
    if not found:
        return f"<p>{escape(wanted.own.none(_) or _('page.overview.none'))}</p>"
    if wanted.sort == "document":
        place = {code: index for index, code in enumerate(view.register_order)}
        found.sort(key=lambda row: place[row.code])
    caption = _(f"page.overview.caption_{wanted.sort}", n=len(found))
    more = ""
    if len(found) > MOST_ROWS:
        more = f"<p>{escape(_('page.overview.more', n=len(found) - MOST_ROWS))}</p>"
    return rows_table(found[:MOST_ROWS], _, theme, caption) + more


def waiting(view: Overview, wanted: Asked, _: Words) -> str:
    """What has no figure yet, a line each, folded, with the one button that makes its template."""
    found = [row for row in view.waiting if wanted.fits(row)]
    if not found or wanted.scale not in ("", *{row.scale for row in found}):
        return ""
    head = [
        (_(f"page.overview.col_{name}"), "")
        for name in ("target", "asked", "clause", "agency", "due")
    ]
    lines = [_waiting_line(row, view.next_due, _) for row in found]
    codes = ",".join(row.code for row in found)
    button = html.link(
        f"/download/template?targets={codes}",
        _("page.overview.make_template", n=len(found)),
        class_="a-button a-main",
        download="",
    )
    inside = f"<p>{button}</p>{html.table(head, lines)}"
    title = _("page.overview.waiting", n=len(found))
    return html.fold(title, inside, opened=wanted.scale == "no_data" or bool(wanted.text))


def milestones(found: Sequence[MilestoneLine], wanted: Asked, _: Words) -> str:
    """Deliverables with their day and what was told of them, folded."""
    shown = [one for one in found if wanted.fits_clause(one.document, one.lead)]
    if not shown:
        return ""
    head = [
        (_(f"page.overview.col_{name}"), "") for name in ("milestone", "lead", "clause", "state")
    ]
    lines = [
        (
            escape(one.name),
            escape(one.lead),
            escape(one.locator),
            state(one.state, one.text) + proof(one.evidence, one.note),
        )
        for one in shown
    ]
    return html.fold(_("page.overview.milestones", n=len(shown)), html.table(head, lines))


def _waiting_line(row: Row, due: str, _: Words) -> tuple[str, ...]:
    name = html.link(address.link("target", {"code": row.code}), row.name)
    return (
        f'{name} <span class="a-muted">{escape(row.code)}</span>',
        escape(row.asked),
        escape(row.locator),
        escape(row.agency or row.by_area or _("page.overview.unassigned")),
        escape(due),
    )


def _short(title: str) -> str:
    """A document's title for a list of choices: its first words."""
    return title if len(title) <= 60 else title[:57].rsplit(" ", 1)[0] + "…"
