"""Part of the administrator's page: who may sign in, with which rights, in which state."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from i18n.dates import moment_text
from i18n.words import Words
from services import accounts, startup
from services.access import LOCAL, ROLES, Actor
from services.accounts import Line
from services.refusals import AccountRefused

from . import address, admin_account, html
from .clock import now
from .moment import Moment

FIRST = 'python manage.py account add quantri --role administrator --name "Nguyễn Văn A"'


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """The list and the form of a new account, or the account that the address names."""
    lines = accounts.listing(startup.the_store(), actor, now())
    title = f"<h1>{escape(_('admin.part_accounts'))}</h1>"
    if not lines:
        st.html(title + none_yet(_))
        return
    chosen = next((one for one in lines if one.login == address.asked("login")), None)
    admin_account.once(chosen, _)
    if chosen is not None:
        admin_account.show(actor, chosen, _)
        return
    st.html(f"{title}{sentence(lines, _)}{_unknown(_)}{table(lines, _)}")
    _add(actor, _)


def none_yet(_: Words) -> str:
    """How the first administrator comes to be, and what happens then."""
    return (
        f'<p class="a-lead">{escape(_("adminaccount.none"))}</p>'
        f"<p>{escape(_('adminaccount.first'))}</p><pre><code>{escape(FIRST)}</code></pre>"
        f"<p>{escape(_('adminaccount.first_then', name=LOCAL.name))}</p>"
    )


def sentence(lines: Sequence[Line], _: Words) -> str:
    """How many accounts there are, how many of them can be used, who is signed in."""
    usable = sum(one.usable for one in lines)
    inside = sum(bool(one.sessions) for one in lines)
    said = _.plural("adminaccount.sentence", len(lines), usable=usable, inside=inside)
    return f'<p class="a-lead">{escape(said)}</p>'


def _unknown(_: Words) -> str:
    login = address.asked("login")
    if not login:
        return ""
    said = _("account.refused_unknown", login=login)
    return f'<p class="a-past" role="alert">{escape(said)}</p>'


def table(lines: Sequence[Line], _: Words) -> str:
    """Everybody, those first who can sign in."""
    names = ("person", "agency", "roles", "seen", "state")
    head = [(_(f"adminaccount.col_{name}"), "") for name in names]
    ordered = sorted(lines, key=lambda one: (one.disabled, one.login))
    return html.table(head, (_row(one, _) for one in ordered))


def _row(one: Line, _: Words) -> tuple[str, ...]:
    href = address.link("admin", {"part": "accounts", "login": one.login})
    elsewhere = ""
    if not one.local:
        said = _("adminaccount.elsewhere", host=one.provider)
        elsewhere = f'<br><span class="a-muted">{escape(said)}</span>'
    return (
        f'{html.link(href, one.name)} <span class="a-muted">{escape(one.login)}</span>{elsewhere}',
        escape(one.agency_name or one.agency or _("adminaccount.no_agency")),
        escape(", ".join(_(f"account.role_{role}") for role in one.roles if role in ROLES)),
        escape(moment_text(one.seen, _.lang) if one.seen else _("adminaccount.never")),
        admin_account.state(one, _),
    )


def _add(actor: Actor, _: Words) -> None:
    """The form of a new account; its password for one use is shown on the account's own page."""
    store = startup.the_store()
    names = dict(accounts.agencies(store, actor))
    with (
        st.expander(_("adminaccount.add")),
        st.form("accounts.add", border=False, enter_to_submit=False),
    ):
        st.html(f"<p>{escape(_('adminaccount.add_says'))}</p>")
        login = st.text_input(_("adminaccount.login"), key="accounts.login", max_chars=64)
        name = st.text_input(_("adminaccount.name"), key="accounts.name", max_chars=100)
        roles = admin_account.roles_field([], "accounts.roles", _)
        agency = admin_account.agency_field(names, "", "accounts.agency", _)
        if not st.form_submit_button(_("adminaccount.add_button"), type="primary"):
            return
        try:
            given = accounts.add(
                store, actor, login=login, name=name, roles=roles, agency=agency, now=now()
            )
        except AccountRefused as error:
            admin_account.refuse(error, _)
            return
    made = accounts.plain_login(login)
    admin_account.keep_once(made, given)
    address.go(part="accounts", login=made)
