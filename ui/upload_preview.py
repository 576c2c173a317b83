"""The preview of a checked file as HTML: groups, their lines page by page, the rows of a cell."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from i18n.numbers import number
from i18n.words import Words
from services.handin import CellLine
from services.preview import ASIDE, ENTRY_SHEET, GROUPS, OtherLine, Page, Window

from . import address, html, upload


def preview(page: Page, _: Words) -> str:
    """What storing would do: the groups to choose from, one page of one group."""
    if not any(page.counts.values()):
        return ""
    if page.group in (*_FIGURE_GROUPS,):
        table = upload.cells(page.figures, _, place=_cell_link)
    else:
        table = _others(page.others, page.group, _)
    says = f"<p>{escape(_(f'upload.says_{page.group}'))}</p>"
    return (
        f"<h2>{escape(_('page.upload.preview'))}</h2>{_groups(page, _)}{says}{table}"
        f"{pager('p', page.number, page.pages, _)}"
    )


_FIGURE_GROUPS = GROUPS[:3]


def _groups(page: Page, _: Words) -> str:
    """The groups that have lines, each with their number, as links."""
    items = []
    for group in GROUPS:
        count = page.counts[group]
        if not count:
            continue
        given = {
            "id": f"f-show-{group}",
            "aria_current": "true" if group == page.group else "",
        }
        href = address.here(show=group, p="", sheet="", cell="")
        named = {name.replace("_", "-"): value for name, value in given.items()}
        text = f"{escape(_(f'upload.group_{group}'))} <b>{number(count, 0, _.lang)}</b>"
        items.append(f'<li><a href="{escape(href)}"{html.attributes(named)}>{text}</a></li>')
    return f'<ul class="a-chips" aria-label="{escape(_("upload.groups"))}">{"".join(items)}</ul>'


def _cell_link(line: CellLine, _: Words) -> str:
    return cell_link(line.sheet, line.cell, line.where)


def cell_link(sheet: str, cell: str, text: str) -> str:
    """The way to the rows of the file around a cell; plain text where there is no cell."""
    if not cell or sheet == ENTRY_SHEET:
        return escape(text)
    return html.link(address.here(sheet=sheet, cell=cell), text, class_="a-nowrap")


def _others(lines: Sequence[OtherLine], group: str, _: Words) -> str:
    names = ("where", "stands", "says")
    head = [(_(f"upload.col_{name}"), "") for name in names]
    rows = (
        (
            cell_link(line.sheet, line.cell, line.where),
            escape(line.what),
            escape(_(f"upload.aside_{line.kind}") if group == ASIDE else line.says),
        )
        for line in lines
    )
    return html.table(head, rows)


def pager(name: str, at: int, pages: int, _: Words) -> str:
    """The way to the page before and after, and to the first and last; nothing for one page."""
    if pages <= 1:
        return ""
    steps = (
        ("first", 1, at > 2),
        ("before", at - 1, at > 1),
        ("after", at + 1, at < pages),
        ("last", pages, at < pages - 1),
    )
    links = "".join(
        html.link(
            address.here(**{name: str(to)}),
            _(f"upload.page_{step}"),
            id=f"f-{name}-{step}",
        )
        for step, to, there in steps
        if there
    )
    said = escape(_("upload.page_of", n=at, pages=pages))
    label = escape(_("upload.pages"))
    return f'<nav class="a-pager" aria-label="{label}"><span>{said}</span>{links}</nav>'


def window(found: Window | None, _: Words) -> str:
    """The rows of the file around a cell, the cell marked; where there is none that is said."""
    close = html.link(address.here(sheet="", cell=""), _("upload.window_close"), class_="a-button")
    if found is None:
        return (
            f'<div class="a-window" role="status"><p>{escape(_("upload.no_cell"))}</p>{close}</div>'
        )
    title = _("upload.window", cell=found.cell, sheet=found.sheet)
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in found.columns)
    body = "".join(
        f'<tr><th scope="row">{row}</th>'
        + "".join(
            f"<td{' aria-current=true' if f'{column}{row}' == found.cell else ''}>"
            f"{escape(text)}</td>"
            for column, text in zip(found.columns, texts, strict=True)
        )
        + "</tr>"
        for row, texts in found.rows
    )
    return (
        f'<div class="a-window" role="region" aria-label="{escape(title)}" tabindex="0">'
        f"<table><caption>{escape(title)} {close}</caption>"
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )
