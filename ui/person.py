"""Who is signed in: the line in the menu with the way out, and the way to the sign-in page."""

from __future__ import annotations

from html import escape

import streamlit as st

from i18n.words import Words
from services.access import Actor


def signed_in(actor: Actor, _: Words) -> None:
    """Below the menu: the name, what one is here, and the button that signs out.

    The local user has neither.
    """
    if actor.account is None:
        return
    roles = ", ".join(_(f"account.role_{role}") for role in actor.roles)
    st.sidebar.html(
        f'<div class="a-person"><strong>{escape(actor.name)}</strong>'
        f'<span class="a-muted">{escape(roles)}</span>'
        '<form method="post" action="/logout">'
        f'<button class="a-button">{escape(_("signin.sign_out"))}</button></form></div>'
    )


def leave_for_sign_in(_: Words) -> None:
    """Send the browser to the sign-in page, back to this very address afterwards; ends the run.

    static/frame.js follows the link: a script in our HTML would not run under our own policy.
    """
    href = "/login?say=ended"
    link = f'<p><a class="a-leave a-back" href="{href}">{escape(_("signin.title"))}</a></p>'
    st.html(f'<div class="a-refused" role="alert"><h1>{escape(_("signin.ended"))}</h1>{link}</div>')
    st.stop()
