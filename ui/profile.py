"""The personal page's parts: who one is, the form of one's settings, the targets one follows."""

from __future__ import annotations

from html import escape

import streamlit as st

from i18n.words import Words
from services import preferences, sessions, startup
from services.access import Actor
from services.overview import Overview
from services.preferences import AGENCY, FIELD, LANGUAGES, MOST_FOLLOWED, STARTS, Preferences
from services.sessions import Visit

from . import address, gate, html
from .clock import now
from .rows import rows_table


def person(actor: Actor, _: Words) -> str:
    """Name, roles, agency; the way to another password."""
    if actor.account is None:
        return f"<p>{escape(_('profile.local'))}</p>"
    visit = gate.visit_now()
    agency = preferences.agency_name(startup.the_store(), actor)
    pairs = (
        ("login", visit.login if visit else ""),
        ("name", actor.name),
        ("roles", ", ".join(_(f"account.role_{role}") for role in actor.roles)),
        ("agency", agency or _("profile.no_agency")),
    )
    facts = "".join(
        f"<dt>{escape(_(f'profile.{name}'))}</dt><dd>{escape(text)}</dd>" for name, text in pairs
    )
    return f'<dl class="a-facts">{facts}</dl>{_password(actor.account, visit, _)}'


def _password(account: int, visit: Visit | None, _: Words) -> str:
    title = f"<h2>{escape(_('profile.password'))}</h2>"
    if visit is None or not visit.local:
        return f"{title}<p>{escape(_('profile.password_elsewhere'))}</p>"
    href = f"/password?next=/profile&lang={_.lang}"
    link = html.link(href, _("profile.change_password"), class_="a-button a-reload")
    said = escape(_("profile.sessions", n=sessions.how_many(startup.the_store(), account, now())))
    return f"{title}<p>{said}</p><p>{link}</p>"


def settings_form(actor: Actor, view: Overview, _: Words) -> None:
    """Language, first page, targets to follow; kept at the press of the button."""
    store = startup.the_store()
    kept = preferences.of(store, actor)
    names = {row.code: row.name for row in (*view.rows, *view.waiting)}
    starts = [one for one in STARTS if one != AGENCY or actor.agency]
    st.html(f"<h2>{escape(_('profile.settings'))}</h2>")
    if address.asked("saved") == "1":
        st.html(f'<p role="status">{escape(_("profile.saved"))}</p>')
    with st.form("profile.settings", border=False):
        language = st.selectbox(
            _("profile.language"),
            LANGUAGES,
            index=LANGUAGES.index(kept.language),
            format_func=lambda one: _(f"profile.language_{one}"),
            key="profile.language",
        )
        start = st.selectbox(
            _("profile.start"),
            starts,
            index=starts.index(kept.start) if kept.start in starts else 0,
            format_func=lambda one: _(f"profile.start_{one}"),
            key="profile.start",
        )
        field = st.selectbox(
            _("profile.field"),
            view.fields,
            index=view.fields.index(kept.field) if kept.field in view.fields else 0,
            key="profile.field",
        )
        follows = st.multiselect(
            _("profile.follows"),
            list(names),
            default=[code for code in kept.follows if code in names],
            format_func=lambda code: f"{code} · {names[code]}",
            max_selections=MOST_FOLLOWED,
            key="profile.follows",
        )
        pressed = st.form_submit_button(_("profile.save"), type="primary")
    if pressed:
        wanted = Preferences(
            language or "", start or "", (field or "") if start == FIELD else "", tuple(follows)
        )
        preferences.save(store, actor, wanted, now=now())
        _load_anew(language or _.lang, _)


def _load_anew(lang: str, _: Words) -> None:
    """The page in the language that counts from now on; the frame around it changes too."""
    href = f"/profile?lang={lang}&saved=1"
    st.html(f"<p>{html.link(href, _('profile.saved'), class_='a-leave')}</p>")


def followed(actor: Actor, view: Overview, _: Words, theme: str) -> str:
    """The targets that somebody follows, in the overview's order."""
    kept = set(preferences.of(startup.the_store(), actor).follows)
    title = f"<h2>{escape(_('profile.followed'))}</h2>"
    found = [row for row in (*view.rows, *view.waiting) if row.code in kept]
    if not found:
        return f"{title}<p>{escape(_('profile.none_followed'))}</p>"
    return title + rows_table(found, _, theme, _("profile.followed"))
