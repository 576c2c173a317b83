"""One account on the administrator's page: its facts, its rights, and what can be done to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from i18n.dates import moment_text
from i18n.words import Words
from services import accounts, startup
from services.access import ROLES, Actor
from services.accounts import Line
from services.refusals import AccountRefused, Denied

from . import address, gate, html
from .clock import now
from .words import plain

_ONCE, _SAID = "accounts.once", "accounts.said"
# What takes rights away is confirmed; its words are adminaccount.act_<name>.
_CONFIRMED = ("disable", "reset", "sessions")


def show(actor: Actor, one: Line, _: Words) -> None:
    """Facts, the form of name and rights, then every act that is possible."""
    back = html.link(address.link("admin", {"part": "accounts"}), _("adminaccount.back"))
    st.html(f"<p>{back}</p><h1>{escape(one.name)}</h1>{_said()}{facts(one, _)}")
    _change(actor, one, _)
    own = actor.account == one.id
    if own:
        href = f"/password?next=/profile&lang={_.lang}"
        link = html.link(href, _("profile.change_password"), class_="a-reload")
        st.html(f"<p>{escape(_('adminaccount.own'))} {link}</p>")
    for name in possible(actor, one):
        _act(name, actor, one, _)


def state(one: Line, _: Words) -> str:
    """Shape and word of an account's state."""
    if one.disabled:
        shape, said = "■", _("adminaccount.state_disabled")
    elif one.locked_until:
        shape, said = (
            "▲",
            _("adminaccount.state_locked", until=moment_text(one.locked_until, _.lang)),
        )
    elif one.expired:
        shape, said = "✕", _("adminaccount.state_expired")
    elif one.must_change:
        shape, said = "◐", _("adminaccount.state_one_use")
    elif one.seen is None:
        shape, said = "○", _("adminaccount.state_unused")
    else:
        shape, said = "●", _("adminaccount.state_used")
    return f'<span class="a-verdict"><span aria-hidden="true">{shape}</span>{escape(said)}</span>'


def facts(one: Line, _: Words) -> str:
    """Who it is, as a list of names and values; the way to what the log has of them."""
    way = _("adminaccount.elsewhere", host=one.provider) if one.provider else _("adminaccount.here")
    seen = moment_text(one.seen, _.lang) if one.seen else _("adminaccount.never")
    pairs = (
        ("state", state(one, _)),
        ("login", escape(one.login)),
        ("way", escape(way)),
        ("roles", escape(", ".join(_(f"account.role_{r}") for r in one.roles if r in ROLES))),
        ("agency", escape(one.agency_name or one.agency or _("adminaccount.no_agency"))),
        ("seen", escape(seen)),
        ("sessions", str(one.sessions)),
        ("created", escape(moment_text(one.created, _.lang))),
    )
    items = "".join(
        f"<dt>{escape(_(f'adminaccount.fact_{name}'))}</dt><dd>{said}</dd>" for name, said in pairs
    )
    log = address.link("admin", {"part": "audit", "about": one.login})
    link = html.link(log, _("adminaccount.log", login=one.login))
    return f'<dl class="a-facts">{items}</dl><p>{link}</p>'


# --- the password that is shown once, and what was just done --------------------------------


def keep_once(login: str, password: str) -> None:
    """Show a password for one use until it is said to be noted, or another account is opened."""
    st.session_state[_ONCE] = (login, password)


def once(shown: Line | None, _: Words) -> None:
    """The password that was just made, if it is of the account that is shown."""
    login, password = st.session_state.get(_ONCE, ("", ""))
    if not password:
        return
    if shown is None or shown.login != login:
        del st.session_state[_ONCE]
        return
    says = _("adminaccount.once_says", login=login)
    st.html(
        f'<div class="a-outcome accept_with_warnings" role="status"><p>{escape(says)}</p>'
        f"<p><code>{escape(password)}</code></p></div>"
    )
    if st.button(_("adminaccount.once_noted"), key="accounts.noted"):
        del st.session_state[_ONCE]
        st.rerun()


def refuse(error: AccountRefused, _: Words) -> None:
    """Why nothing was done, as a sentence."""
    values = dict(error.values)
    if "roles" in values:
        values["roles"] = ", ".join(_(f"account.role_{role}") for role in ROLES)
    st.html(
        f'<p class="a-past" role="alert">{escape(_(f"account.refused_{error.key}", **values))}</p>'
    )


def _said() -> str:
    said = st.session_state.pop(_SAID, "")
    return f'<p class="a-past" role="status">{escape(said)}</p>' if said else ""


def _done(said: str) -> None:
    """Run anew, on what is stored now, and say once what was done."""
    st.session_state[_SAID] = said
    st.rerun()


# --- name and rights -------------------------------------------------------------------------


def roles_field(chosen: Sequence[str], key: str, _: Words) -> list[str]:
    """Which roles, a box for each with what it is for: a list to choose from is hard on a phone."""
    st.html(f'<p class="a-group">{escape(_("adminaccount.roles"))}</p>')
    return [
        role
        for role in ROLES
        if st.checkbox(
            f"{_(f'account.role_{role}')} – {_(f'account.says_{role}')}",
            role in chosen,
            key=f"{key}.{role}",
        )
    ]


def agency_field(names: Mapping[str, str], chosen: str, key: str, _: Words) -> str:
    """Which agency, "" for none."""
    keys = ["", *names]
    return (
        st.selectbox(
            _("adminaccount.agency"),
            keys,
            index=keys.index(chosen) if chosen in keys else 0,
            format_func=lambda one: names.get(one, "") or _("adminaccount.no_agency"),
            key=key,
        )
        or ""
    )


def _change(actor: Actor, one: Line, _: Words) -> None:
    """Name, and of a local account roles and agency; fewer rights have to be confirmed."""
    store = startup.the_store()
    key = f"accounts.{one.id}"
    with (
        st.expander(_("adminaccount.change")),
        st.form(f"{key}.change", border=False, enter_to_submit=False),
    ):
        name = st.text_input(_("adminaccount.name"), one.name, key=f"{key}.name", max_chars=100)
        roles, agency = list(one.roles), one.agency
        if one.local:
            names = dict(accounts.agencies(store, actor))
            roles = roles_field(one.roles, f"{key}.roles", _)
            agency = agency_field(names, one.agency, f"{key}.agency", _)
        else:
            st.html(f"<p>{escape(_('adminaccount.rights_elsewhere', host=one.provider))}</p>")
        why = st.text_input(_("adminaccount.why"), key=f"{key}.why", max_chars=500)
        sure = not one.local or st.checkbox(_("adminaccount.sure_less"), key=f"{key}.less")
        if not st.form_submit_button(_("adminaccount.save"), type="primary"):
            return
        less = not set(one.roles) <= set(roles) or (bool(one.agency) and agency != one.agency)
        if less and not sure:
            st.html(f'<p class="a-past" role="alert">{escape(_("adminaccount.not_sure_less"))}</p>')
            return
        try:
            accounts.change(
                store,
                actor,
                one.login,
                name=name,
                roles=roles if one.local else None,
                agency=agency if one.local else None,
                why=why.strip(),
                now=now(),
            )
        except AccountRefused as error:
            refuse(error, _)
            return
    _done(_("account.changed", login=one.login))


# --- acts ------------------------------------------------------------------------------------


def possible(actor: Actor, one: Line) -> list[str]:
    """What can be done to the account as it is, by this person."""
    own = actor.account == one.id
    return [
        name
        for name, can in (
            ("unlock", bool(one.locked_until)),
            ("reset", one.local and not own),
            ("sessions", one.sessions > own),
            ("enable", one.disabled),
            ("disable", not one.disabled and not own),
        )
        if can
    ]


def _do(name: str, actor: Actor, one: Line, why: str, _: Words) -> str:
    """Do it; what was done, in a sentence."""
    store, login = startup.the_store(), one.login
    match name:
        case "unlock":
            accounts.unlock(store, actor, login, why=why, now=now())
            return _("account.unlocked", login=login)
        case "reset":
            keep_once(login, accounts.reset(store, actor, login, why=why, now=now()))
            return _("adminaccount.was_reset", login=login)
        case "sessions":
            visit = gate.visit_now() if actor.account == one.id else None
            but = visit.session if visit else ""
            ended = accounts.end_sessions(store, actor, login, but=but, why=why, now=now())
            return _("account.sessions_ended", login=login, n=ended)
        case "enable":
            accounts.enable(store, actor, login, why=why, now=now())
            return _("account.enabled", login=login)
        case _disable:
            ended = accounts.disable(store, actor, login, why=why, now=now())
            return _("account.disabled", login=login, n=ended)


def _act(name: str, actor: Actor, one: Line, _: Words) -> None:
    """An act with what it means, a reason, and where it takes rights away a confirmation."""
    key = f"accounts.{one.id}.{name}"
    with (
        st.expander(_(f"adminaccount.act_{name}")),
        st.form(f"{key}.form", border=False, enter_to_submit=False),
    ):
        st.html(f"<p>{escape(_(f'adminaccount.act_{name}_says', name=one.name))}</p>")
        why = st.text_input(_("adminaccount.why"), key=f"{key}.why", max_chars=500)
        asked = name in _CONFIRMED
        label = _(f"adminaccount.act_{name}_sure", name=plain(one.name)) if asked else ""
        sure = not asked or st.checkbox(label, key=f"{key}.sure")
        if not st.form_submit_button(_(f"adminaccount.act_{name}"), type="primary"):
            return
        if not sure:
            st.html(f'<p class="a-past" role="alert">{escape(_("adminaccount.not_sure"))}</p>')
            return
        try:
            said = _do(name, actor, one, why.strip(), _)
        except AccountRefused as error:
            refuse(error, _)
            return
        except Denied:
            st.html(f'<p class="a-past" role="alert">{escape(_("frame.refused"))}</p>')
            return
    _done(said)
