"""Part of the administrator's page: the log, looked through by a form whose address can be sent."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from urllib.parse import urlencode

import streamlit as st

from i18n.words import Words
from services import audit_log, startup
from services.access import Actor
from services.audit_lines import ABSENT, Difference, Line
from services.audit_log import KINDS, Page, Person, Search, Week

from . import address, html
from .clock import now
from .moment import Moment

_MOST_DIGITS = 15  # of a line's number: a longer one is none that a store could have
_ASKED = ("person", "kind", "about", "text", "first", "last")


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """One sentence, the search, the lines."""
    store = startup.the_store()
    wanted = audit_log.wanted(lambda name, _other: address.asked(name))
    page = audit_log.search(store, actor, wanted, before=_before(), lang=_.lang)
    people = audit_log.people(store, actor)
    st.html(
        f"<h1>{escape(_('admin.part_audit'))}</h1>"
        f"{sentence(audit_log.week(store, actor, now()), page, wanted, _)}"
        f"{search_form(wanted, people, _)}{_lines(page, wanted, _)}"
        f'<p class="a-muted">{escape(_("adminaudit.says"))}</p>'
    )


def _before() -> int | None:
    text = address.asked("before")
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def sentence(week: Week, page: Page, wanted: Search, _: Words) -> str:
    """What the last seven days brought."""
    if not page.total and not wanted.anything:
        return f'<p class="a-lead">{escape(_("adminaudit.empty"))}</p>'
    failed = (
        _.plural("adminaudit.failed", week.failed) if week.failed else _("adminaudit.no_failed")
    )
    said = _.plural("adminaudit.week", week.lines, failed=failed)
    return f'<p class="a-lead">{escape(said)}</p>'


def search_form(wanted: Search, people: Sequence[Person], _: Words) -> str:
    """A plain form: the address is what it makes."""
    kinds = [("", _("adminaudit.everything")), *((k, _(f"adminaudit.kind_{k}")) for k in KINDS)]
    persons = [("", _("adminaudit.everybody")), *((one.key, one.name) for one in people)]
    fields = [
        html.select("person", _("adminaudit.person"), persons, wanted.person),
        html.select("kind", _("adminaudit.kind"), kinds, wanted.kind),
        _field("about", wanted.about, _, hint=_("adminaudit.about_hint")),
        _field("text", wanted.text, _),
        _field("first", wanted.first.isoformat() if wanted.first else "", _, kind="date"),
        _field("last", wanted.last.isoformat() if wanted.last else "", _, kind="date"),
    ]
    lang = address.kept()["lang"]
    hidden = f'<input type="hidden" name="lang" value="{escape(lang)}">' if lang else ""
    button = f'<button class="a-button a-main">{escape(_("adminaudit.search"))}</button>'
    clear = ""
    if wanted.anything:
        href = address.link("admin", {"part": "audit"})
        clear = html.link(href, _("adminaudit.clear"), class_="a-button", id="f-clear")
    state = " checked" if wanted.anything else ""
    return (
        f'<input type="checkbox" id="f-more" class="a-toggle-box"{state}>'
        f'<label for="f-more" class="a-toggle">{escape(_("adminaudit.filters"))}</label>'
        # a field named part would lose its name on the way: every element has a "part" of its own
        '<form class="a-filter" method="get" action="/admin?part=audit">'
        f"{hidden}{''.join(fields)}{button}{clear}</form>"
    )


def _field(name: str, value: str, _: Words, *, kind: str = "text", hint: str = "") -> str:
    given = {
        "type": kind,
        "id": f"f-{name}",
        "name": name,
        "value": value,
        "placeholder": hint,
        "maxlength": "200" if kind == "text" else "",
    }
    label = escape(_(f"adminaudit.{name}"))
    return f'<label for="f-{name}">{label}<input{html.attributes(given)}></label>'


def _lines(page: Page, wanted: Search, _: Words) -> str:
    if not page.lines:
        return f"<p>{escape(_('adminaudit.none'))}</p>" if wanted.anything else ""
    head = [(_(f"adminaudit.col_{name}"), "") for name in ("when", "who", "from", "what")]
    key = "adminaudit.found" if wanted.anything else "adminaudit.lines"
    caption = _.plural(key, page.total)
    table = html.table(head, (_row(one, _) for one in page.lines), caption)
    return f"{table}{_pager(page, _)}{_files(_)}"


def _row(line: Line, _: Words) -> tuple[str, ...]:
    who = escape(line.who)
    if line.account is not None:
        href = address.here(person=f"account:{line.account}", before="")
        who = html.link(href, line.who)
    what = f"{escape(line.before)}{_about(line)}{escape(line.after)}"
    if line.why:
        what += f'<br><span class="a-muted">{escape(_("adminaudit.why_said", why=line.why))}</span>'
    return (
        f'<span class="a-nowrap">{escape(line.when)}</span>',
        who,
        escape(line.came_from),
        what + differences(line.differences, _),
    )


def _about(line: Line) -> str:
    if line.link is None:
        return escape(line.about)
    kind, value = line.link
    pages = {
        "target": ("target", {"code": value}),
        "submission": ("upload", {"submission": value}),
        "account": ("admin", {"part": "accounts", "login": value}),
    }
    return html.link(address.link(*pages[kind]), line.about)


def differences(found: Sequence[Difference], _: Words) -> str:
    """What was and what is, by field, folded; rows under their own heading."""
    if not found:
        return ""
    key = "differences" if any(one.old for one in found) else "details"
    parts = []
    for (row, target), fields in groupby(found, key=lambda one: (one.row, one.target)):
        name = escape(row)
        if row and target:
            name = html.link(address.link("target", {"code": target}), row)
        heading = f"<p><b>{name}</b></p>" if row else ""
        parts.append(heading + _sides(list(fields)))
    title = escape(_.plural(f"adminaudit.{key}", len(found)))
    inside = "".join(parts)
    return f'<details class="a-diff"><summary>{title}</summary>{inside}</details>'


def _sides(fields: Sequence[Difference]) -> str:
    """Of what is new only what it says, else what was and what is."""
    new = not any(one.old for one in fields)
    items = "".join(
        f"<dt>{escape(one.field)}</dt><dd>"
        f"{'' if new else f'{_side(one.old)} → '}{_side(one.new)}</dd>"
        for one in fields
    )
    return f'<dl class="a-facts">{items}</dl>'


def _side(text: str) -> str:
    return escape(text) or f'<span class="a-muted">{ABSENT}</span>'


def _pager(page: Page, _: Words) -> str:
    if page.older is None and page.newer is None:
        return ""
    links = []
    if page.newer is not None:
        if page.newer:
            links.append(html.link(address.here(before=""), _("adminaudit.newest"), id="f-newest"))
        newer = str(page.newer) if page.newer else ""
        links.append(html.link(address.here(before=newer), _("adminaudit.newer"), id="f-newer"))
    if page.older is not None:
        href = address.here(before=str(page.older))
        links.append(html.link(href, _("adminaudit.older"), id="f-older"))
    label = escape(_("adminaudit.pages"))
    return f'<nav class="a-pager" aria-label="{label}">{"".join(links)}</nav>'


def _files(_: Words) -> str:
    """The lines that fit as a file, whatever page of them is shown."""
    asked = {name: address.asked(name) for name in _ASKED}
    given = {name: value for name, value in asked.items() if value}
    links = " ".join(
        html.link(
            f"/download/audit?{urlencode({**given, 'format': form, 'lang': _.lang})}",
            _(f"adminaudit.{form}"),
            class_="a-button",
            download="",
        )
        for form in ("csv", "xlsx")
    )
    return f"<p>{links}</p>"
