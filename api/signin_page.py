"""The pages before the pages: sign-in and change of password, plain HTML that needs no script."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from i18n.words import Words

from .frame import assets_version

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says above its form; alarm: it went wrong, told at once by screen readers."""

    text: str = ""
    alarm: bool = False


def sign_in(_: Words, *, said: Said, login: str, to: str, provider: str) -> str:
    """The form for a name and a password; provider: name of the other way, "" for none."""
    other = ""
    if provider:
        href = escape(f"/login/oidc?{urlencode({'next': to, 'lang': _.lang})}")
        text = escape(_("signin.with", name=provider))
        other = f'<p class="or">{escape(_("signin.or"))}</p>'
        other += f'<p><a class="b" href="{href}">{text}</a></p>'
    form = (
        f"<p>{escape(_('signin.says'))}</p>"
        '<form method="post" action="/login">'
        + _field(_("signin.login"), "login", "text", "username", value=login, first=not login)
        + _field(
            _("signin.password"), "password", "password", "current-password", first=bool(login)
        )
        + f'<button class="b main">{escape(_("signin.submit"))}</button>{_hidden(_, to)}</form>'
        + other
        + f'<p class="small">{escape(_("signin.forgot"))}</p>'
    )
    return _page(_, _("signin.title"), said, form, "/login", to)


def leaving(_: Words, name: str, there: str) -> str:
    """On by itself to where a provider signs people out; the link is for who waits."""
    text = escape(_("signin.leave", name=name))
    link = f'<p><a class="b main" href="{escape(there)}">{text}</a></p>'
    onward = f'<meta http-equiv="refresh" content="0; url={escape(there)}">'
    return _page(_, _("signin.title"), Said(_("signin.out")), link, "/login", "", onward)


def no_accounts(_: Words) -> str:
    """What stands there while nobody needs to sign in."""
    link = f'<p><a class="b main" href="/">{escape(_("frame.page_overview"))}</a></p>'
    return _page(_, _("signin.title"), Said(_("signin.no_accounts")), link, "/login", "")


def change_password(
    _: Words, *, said: Said, login: str, to: str, shortest: int, first: bool
) -> str:
    """The form for a new password; first: the present one is for one use."""
    says = _("signin.first_says") if first else ""
    now = _("signin.current_one_use") if first else _("signin.current")
    form = (
        (f"<p>{escape(says)}</p>" if says else "")
        + f'<p id="rule">{escape(_("signin.password_says", shortest=shortest))}</p>'
        '<form method="post" action="/password">'
        f'<input type="text" name="login" value="{escape(login)}" autocomplete="username" hidden>'
        + _field(now, "current", "password", "current-password", first=True)
        + _field(_("signin.new"), "new", "password", "new-password", rule=True)
        + _field(_("signin.again"), "again", "password", "new-password")
        + f'<button class="b main">{escape(_("signin.change"))}</button>{_hidden(_, to)}</form>'
        + _ways_out(_, to, first)
    )
    return _page(_, _("signin.password_title"), said, form, "/password", to)


def _ways_out(_: Words, to: str, first: bool) -> str:
    if not first:
        return f'<p><a href="{escape(to or "/")}">{escape(_("signin.back"))}</a></p>'
    button = f'<button class="b">{escape(_("signin.sign_out"))}</button>'
    return f'<form method="post" action="/logout">{button}</form>'


def _field(
    label: str,
    name: str,
    kind: str,
    complete: str,
    *,
    value: str = "",
    first: bool = False,
    rule: bool = False,
) -> str:
    more = " autofocus" if first else ""
    more += ' aria-describedby="rule"' if rule else ""
    plain = ' autocapitalize="none" spellcheck="false"' if kind == "text" else ""
    return (
        f'<label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" value="{escape(value)}" maxlength="200" '
        f'autocomplete="{complete}" required{plain}{more}>'
    )


def _hidden(_: Words, to: str) -> str:
    kept = {"next": to, "lang": _.lang}
    return "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in kept.items()
        if value
    )


def _page(
    _: Words, title: str, said: Said, inside: str, path: str, to: str, onward: str = ""
) -> str:
    version = assets_version()
    told = ""
    if said.text:
        role, kind = ("alert", "said alarm") if said.alarm else ("status", "said")
        told = f'<p class="{kind}" role="{role}">{escape(said.text)}</p>'
    other = "en" if _.lang == "vi" else "vi"
    query = urlencode({name: value for name, value in (("lang", other), ("next", to)) if value})
    return (
        f'<!doctype html><html lang="{_.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark">{onward}'
        f"<title>{escape(title)} · {escape(_('frame.title'))}</title>"
        f'<link rel="icon" type="image/svg+xml" href="/assets/icon.svg?v={version}">'
        f'<link rel="stylesheet" href="/assets/signin.css?v={version}"></head>'
        f'<body><main><p class="product">{escape(_("frame.title"))}</p>'
        f"<h1>{escape(title)}</h1>{told}{inside}"
        f'<p class="small"><a href="{escape(f"{path}?{query}")}" lang="{other}">'
        f"{escape(_('signin.other_language'))}</a></p></main></body></html>"
    )
