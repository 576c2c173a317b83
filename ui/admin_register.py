"""Quản trị › Sổ chỉ tiêu: what the register holds and how it grows, a section a subject.

A section is a module ``ui/register_<name>.py`` with ``show(actor, seen, _)``, reached at
``/admin?part=register&what=<name>``; its title is ``admin.what_<name>``.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from i18n.words import Words
from services import access
from services.access import Actor

from . import (
    address,
    register_assignments,
    register_baselines,
    register_changes,
    register_days,
    register_documents,
    register_plans,
    register_states,
    register_targets,
)
from .moment import Moment
from .parts import Part, menu, named

SECTIONS = (
    Part("documents", access.REGISTER, register_documents.show),
    Part("targets", access.REGISTER, register_targets.show),
    Part("baselines", access.REGISTER, register_baselines.show),
    Part("plans", access.REGISTER, register_plans.show),
    Part("assignments", access.REGISTER, register_assignments.show),
    Part("days", access.REGISTER, register_days.show),
    Part("states", access.REGISTER, register_states.show),
    Part("changes", access.REGISTER, register_changes.show),
)


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """The menu of the sections and the one that the address names, else the first."""
    title = _("admin.part_register")
    st.html(f"<h1>{escape(title)}</h1>")
    section = named(SECTIONS, actor, address.asked("what"))
    st.html(menu(SECTIONS, section, actor, title, ("admin", "what"), _))
    section.show(actor, seen, _)
