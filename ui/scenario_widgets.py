"""The fields of the page Kịch bản: text fields, never number fields; each says what it read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from i18n.labels import unit_text
from i18n.words import Words
from services.scenario_desk import driver_names

from .scenario_form import FOLLOWS, KINDS, NUMBERS, RAW, Form, Texts
from .words import plain

MOST_TARGETS = 12
Slots = dict[str, DeltaGenerator]  # place of a field ("DL-01.pct") -> where to say what was read


def targets(form: Form, choices: Mapping[str, str], turn: int, _: Words) -> list[str]:
    """Which targets the scenario assumes something of; a new one starts with what it takes."""
    known = [code for code in form.targets if code in choices]
    picked = st.multiselect(
        _("scenario.form.targets"),
        list(choices),
        default=known,
        format_func=lambda code: f"{code} · {choices[code]}",
        max_selections=MOST_TARGETS,
        key=f"scenarios.{turn}.targets",
        placeholder=_("scenario.form.choose"),
    )
    for code in picked:
        form.targets.setdefault(code, {"kind": "goal"})
    for code in [one for one in form.targets if one in choices and one not in picked]:
        del form.targets[code]
    return list(picked)


def focus(picked: Sequence[str], choices: Mapping[str, str], turn: int, _: Words) -> str:
    """The target whose fields and chart are shown; "" without any."""
    if len(picked) < 2:
        return picked[0] if picked else ""
    found = st.radio(
        _("scenario.form.focus"),
        picked,
        format_func=lambda code: plain(f"{code} · {choices[code]}"),
        horizontal=True,
        key=f"scenarios.{turn}.focus",
    )
    return found or picked[0]


def assumptions(form: Form, code: str, unit: str, turn: int, slots: Slots, _: Words) -> None:
    """The fields of one target; what is typed goes into the form."""
    texts = form.targets[code]
    field = _fields(texts, code, unit, turn, slots, _)
    kinds = [*KINDS, FOLLOWS] if form.identities.strip() else list(KINDS)
    if texts.get("kind") not in kinds:
        kinds.append(texts.get("kind", "goal"))
    left, right = st.columns(2)
    with left:
        kind = texts["kind"] = st.selectbox(
            _("scenario.form.kind"),
            kinds,
            index=kinds.index(texts.get("kind", "goal")),
            format_func=lambda kind: _(f"scenario.kind.{kind}"),
            key=f"scenarios.{turn}.{code}.kind",
        )
    with right:
        if kind == "goal":
            _goal_by(texts, code, turn, _)
        elif kind == "own":
            _own(texts, code, turn, slots, _)
        else:
            _row(NUMBERS.get(kind, ()), field)
    if kind not in (RAW, FOLLOWS):
        _effects(texts, field, _)


def _row(names: Sequence[str], field: Callable[[str], None]) -> None:
    """Fields side by side."""
    if names:
        for name, place in zip(names, st.columns(len(names)), strict=True):
            with place:
                field(name)


def _goal_by(texts: Texts, code: str, turn: int, _: Words) -> None:
    ways = ["step", "growth"]
    texts["by"] = st.selectbox(
        _("scenario.form.by"),
        ways,
        index=ways.index(texts.get("by", "step")),
        format_func=lambda way: _(f"scenario.by.{way}"),
        key=f"scenarios.{turn}.{code}.by",
    )


def _own(texts: Texts, code: str, turn: int, slots: Slots, _: Words) -> None:
    texts["own"] = st.text_area(
        _("scenario.field.own"),
        value=texts.get("own", ""),
        key=f"scenarios.{turn}.{code}.own",
        height=140,
        max_chars=4000,
        placeholder="2027\t5.600.000\n2028\t6.400.000",
    )
    slots[f"{code}.own"] = st.empty()


def _effects(texts: Texts, field: Callable[[str], None], _: Words) -> None:
    """A bad year, a project, a delay: folded until one of them is used."""
    groups: Sequence[tuple[str, Sequence[str]]] = (
        ("shock", ("shock_year", "shock_pct", "shock_recovery")),
        ("project", ("project_year", "project_amount", "project_ramp")),
        ("delay", ("delay",)),
    )
    used = any(texts.get(name, "").strip() for _name, names in groups for name in names)
    with st.expander(_("scenario.form.effects"), expanded=used):
        for name, names in groups:
            st.html(f'<p class="a-group">{escape(_(f"scenario.effect.{name}"))}</p>')
            for one, place in zip(names, st.columns(3), strict=False):
                with place:
                    field(one)


def _fields(
    texts: Texts, owner: str, unit: str, turn: int, slots: Slots, _: Words
) -> Callable[[str], None]:
    """What shows one text field of an owner and keeps what is typed."""
    shown = plain(unit_text(unit, _.lang))
    points = _("scenario.form.points") if unit == "%" else shown

    def field(name: str) -> None:
        texts[name] = st.text_input(
            _(f"scenario.field.{name}", unit=points if name == "amount" else shown),
            value=texts.get(name, ""),
            key=f"scenarios.{turn}.{owner}.{name}",
            max_chars=60,
        )
        slots[f"{owner}.{name}"] = st.empty()

    return field


def say(slots: Slots, echoes: Mapping[str, str], wrong: Mapping[str, str]) -> None:
    """Under each field what was understood, or what is wrong with it."""
    for place, slot in slots.items():
        if place in wrong:
            slot.html(f'<p class="a-wrong" role="alert">{escape(wrong[place])}</p>')
        elif place in echoes:
            slot.html(f'<p class="a-echo">{escape(echoes[place])}</p>')


def formulas(form: Form, codes: frozenset[str], turn: int, slots: Slots, _: Words) -> None:
    """Identities, one a line, and the fields of each driver that they name."""
    with st.expander(_("scenario.form.formulas"), expanded=bool(form.identities.strip())):
        st.html(f'<p class="a-muted">{escape(_("scenario.form.formulas_say"))}</p>')
        form.identities = st.text_area(
            _("scenario.form.identities"),
            value=form.identities,
            key=f"scenarios.{turn}.identities",
            height=90,
            max_chars=4000,
            placeholder="DL-03 = DL-01 * chi_tieu",
        )
        slots["identities"] = st.empty()
        names = driver_names(form.identities, codes)
        for name in names:
            texts = form.drivers.setdefault(name, {})
            st.html(f'<p class="a-group">{escape(_("scenario.form.driver", name=name))}</p>')
            if texts.get(RAW):
                st.html(f'<p class="a-muted">{escape(_("scenario.kind.raw"))}</p>')
                continue
            field = _fields(texts, name, texts.get("unit", ""), turn, slots, _)
            for one, place in zip(("unit", "year", "value", "pct"), st.columns(4), strict=True):
                with place:
                    field(one)


def spread(form: Form, turn: int, slots: Slots, _: Words) -> None:
    """How far a year may end from the scenario."""
    ways = ["forecast", "own"]
    left, right = st.columns(2)
    with left:
        form.spread = st.selectbox(
            _("scenario.form.spread"),
            ways,
            index=ways.index(form.spread) if form.spread in ways else 0,
            format_func=lambda way: _(f"scenario.spread.{way}"),
            key=f"scenarios.{turn}.spread",
        )
    if form.spread == "own":
        with right:
            form.spread_pct = st.text_input(
                _("scenario.field.spread_pct"),
                value=form.spread_pct,
                key=f"scenarios.{turn}.spread_pct",
                max_chars=20,
            )
            slots["spread_pct"] = st.empty()
