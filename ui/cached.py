"""Reads that are kept: each under the store, the data version, the day and who asks.

What is kept here is shared by all sessions, so whatever narrows a view (an agency, a role)
belongs to the key.
"""

from __future__ import annotations

import streamlit as st

import settings
from services import startup
from services.chosen import assessment
from services.goals import Goals, goals
from services.methods import MethodsPage, methods_page
from services.overview import Overview, overview
from services.scenario_desk import Desk, desk
from services.targets import TargetPage, codes, target_page

from .moment import Moment

SCOPE = "all"  # without accounts everybody sees the same


def overview_of(seen: Moment, lang: str) -> Overview:
    """The overview as of a moment."""
    return _overview(settings.read().database_url, SCOPE, seen.key, lang, seen.at)


@st.cache_resource(max_entries=64, show_spinner=False)
def _overview(url: str, scope: str, key: tuple[int, str], lang: str, _at: int) -> Overview:
    return overview(startup.the_store(), _at, assessment(), lang)


def goals_of(seen: Moment, lang: str) -> Goals:
    """The goals without a figure as of a moment."""
    return _goals(settings.read().database_url, SCOPE, seen.key, lang, seen.at)


@st.cache_resource(max_entries=64, show_spinner=False)
def _goals(url: str, scope: str, key: tuple[int, str], lang: str, _at: int) -> Goals:
    return goals(startup.the_store(), _at, lang)


def target_of(seen: Moment, code: str, lang: str) -> TargetPage | None:
    """The page of one target as of a moment; None for an unknown code."""
    return _target(settings.read().database_url, SCOPE, seen.key, lang, code, seen.at)


@st.cache_resource(max_entries=256, show_spinner=False)
def _target(
    url: str, scope: str, key: tuple[int, str], lang: str, code: str, _at: int
) -> TargetPage | None:
    return target_page(startup.the_store(), _at, code, assessment(), lang)


def codes_of(seen: Moment, lang: str) -> list[tuple[str, str]]:
    """Code and name of every target as of a moment, in the register's order."""
    return _codes(settings.read().database_url, seen.key, lang, seen.at)


@st.cache_resource(max_entries=32, show_spinner=False)
def _codes(url: str, key: tuple[int, str], lang: str, _at: int) -> list[tuple[str, str]]:
    return codes(startup.the_store(), _at, lang)


def methods_of(seen: Moment, code: str, lang: str) -> MethodsPage:
    """The page on the methods as of a moment, its examples made for a code, "" for fitting ones."""
    return _methods(settings.read().database_url, SCOPE, seen.key, lang, code, seen.at)


@st.cache_resource(max_entries=64, show_spinner=False)
def _methods(
    url: str, scope: str, key: tuple[int, str], lang: str, code: str, _at: int
) -> MethodsPage:
    return methods_page(startup.the_store(), _at, assessment(), lang, code)


def desk_of(seen: Moment) -> Desk:
    """What scenarios of a moment are worked out from; its forecasts fill as they are asked for."""
    return _desk(settings.read().database_url, seen.key, seen.at)


# Two, not more: each holds a whole snapshot, which a large store makes tens of megabytes.
@st.cache_resource(max_entries=2, show_spinner=False)
def _desk(url: str, key: tuple[int, str], _at: int) -> Desk:
    return desk(startup.the_store(), _at, assessment())
