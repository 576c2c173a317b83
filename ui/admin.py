"""The administrator's page: the parts that somebody may open and the one that is asked for.

A part is a module ``ui/admin_<name>.py`` with ``show(actor, seen, _)``: what stands below the
local menu. It is reached at ``/admin?part=<name>``; its title is ``admin.part_<name>``.
"""

from __future__ import annotations

import streamlit as st

from i18n.words import Words
from services import access
from services.access import Actor

from . import address, admin_accounts, admin_audit, admin_register
from .moment import Moment
from .parts import Part, menu, named

PARTS = (
    Part("register", access.REGISTER, admin_register.show),
    Part("accounts", access.ACCOUNTS, admin_accounts.show),
    Part("audit", access.AUDIT, admin_audit.show),
)


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """The local menu and the part that the address names, else the first allowed one."""
    part = named(PARTS, actor, address.asked("part"))
    st.html(menu(PARTS, part, actor, _("frame.page_admin"), ("admin", "part"), _))
    part.show(actor, seen, _)
