"""Which targets a scenario is about: chosen one by one, or the whole programme at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from i18n.words import Words
from services.scenario_desk import Desk
from services.scenario_ranges import beginning, going_on

from .scenario_form import Form, Texts, typed_as
from .words import plain

_FOLDED, _SIDE_BY_SIDE = 6, 5  # so many names are shown openly, so many as buttons


def begun(at: Desk, code: str, _: Words) -> Texts:
    """The first texts of a target: a pace that just reaches it."""
    start = beginning(at, code)
    given = start.fields.get(start.kind, {})
    return {"kind": start.kind, **{name: typed_as(name, x, _) for name, x in given.items()}}


def targets(form: Form, at: Desk, choices: Mapping[str, str], turn: int, _: Words) -> list[str]:
    """Which targets the scenario assumes something of; a new one starts with what it takes."""
    key = f"scenarios.{turn}.targets"
    known = [code for code in form.targets if code in choices]
    st.session_state.setdefault(key, known)
    with _place(len(known), _):
        picked = st.multiselect(
            _("scenario.form.targets"),
            list(choices),
            format_func=lambda code: f"{code} · {choices[code]}",
            key=key,
            placeholder=_("scenario.form.choose"),
        )
        with st.container(horizontal=True):
            for way in ("trend", "goal"):
                st.button(
                    _(f"scenario.form.all_{way}", n=len(choices)),
                    key=f"scenarios.all_{way}",
                    on_click=_whole_programme,
                    args=(form, at, list(choices), way, turn, _),
                )
    for code in picked:
        if code not in form.targets:
            form.targets[code] = begun(at, code, _)
    for code in [one for one in form.targets if one in choices and one not in picked]:
        del form.targets[code]
    return list(picked)


def _place(count: int, _: Words) -> DeltaGenerator:
    """Where the choice stands: folded once it is long."""
    if count <= _FOLDED:
        return st.container()
    return st.expander(_("scenario.form.targets_n", n=count), key="scenarios.folded")


def _whole_programme(
    form: Form, at: Desk, codes: Sequence[str], way: str, turn: int, _: Words
) -> None:
    """Every target, all on the same kind of course; what was typed of one before is left."""
    for code in codes:
        kind, given = ("goal", {}) if way == "goal" else going_on(at, code)
        texts = {name: typed_as(name, value, _) for name, value in given.items()}
        form.targets[code] = {"kind": kind, **texts}
        for key in [k for k in st.session_state if str(k).startswith(f"scenarios.{turn}.{code}.")]:
            del st.session_state[key]
    st.session_state[f"scenarios.{turn}.targets"] = list(codes)


def focus(picked: Sequence[str], choices: Mapping[str, str], turn: int, _: Words) -> str:
    """The target whose fields and chart are shown; "" without any."""
    if len(picked) < 2:
        return picked[0] if picked else ""
    label = _("scenario.form.focus")
    if len(picked) > _SIDE_BY_SIDE:
        found = st.selectbox(
            label,
            picked,
            format_func=lambda code: f"{code} · {choices[code]}",
            key=f"scenarios.{turn}.focus_one",
        )
        return found or picked[0]
    return (
        st.radio(
            label,
            picked,
            format_func=lambda code: plain(f"{code} · {choices[code]}"),
            horizontal=True,
            key=f"scenarios.{turn}.focus",
        )
        or picked[0]
    )
