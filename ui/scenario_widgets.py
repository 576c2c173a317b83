"""The fields of the page Kịch bản: a text field that says what it read, and a slider beside it.

Numbers are typed as text, in the page's own way of writing; a slider only writes into its field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from i18n.labels import unit_text
from i18n.numbers import MINUS, percent, value_text
from i18n.parsing import parse_number
from i18n.scenario_reasons import step_text
from i18n.words import Words
from services.scenario_desk import driver_names
from services.scenario_presets import Preset
from services.scenario_ranges import Beginning, Grid

from .scenario_form import FOLLOWS, KINDS, NUMBERS, PERCENT, RAW, Form, Texts, typed_as
from .words import plain

Slots = dict[str, DeltaGenerator]  # place of a field ("DL-01.pct") -> where to say what was read


@dataclass(slots=True)
class Panel:
    """The fields of one run, and where each says what was read.

    turn: of the form; another one makes new fields. start: what the target's fields begin with.
    """

    form: Form
    turn: int
    start: Beginning
    _: Words
    slots: Slots = field(default_factory=dict)

    def key(self, owner: str, name: str) -> str:
        """A field's key in the session."""
        return f"scenarios.{self.turn}.{owner}.{name}"

    def text(self, texts: Texts, owner: str, name: str, unit: str) -> None:
        """One text field; what is typed goes into the texts, whatever it is."""
        key = self.key(owner, name)
        st.session_state.setdefault(key, texts.get(name, ""))
        points = unit == "%" and name == "amount"
        shown = self._("scenario.form.points") if points else plain(unit_text(unit, self._.lang))
        texts[name] = st.text_input(
            self._(f"scenario.field.{name}", unit=shown), key=key, max_chars=60
        )
        self.slots[f"{owner}.{name}"] = st.empty()

    def slider(self, texts: Texts, owner: str, name: str, unit: str, grid: Grid) -> None:
        """The slider of a field: it shows the nearest place of what is typed, and types itself."""
        key, text_key = self.key(owner, f"{name}.slider"), self.key(owner, name)
        own = "%" if name in PERCENT else unit
        here = grid.nearest(parse_number(texts.get(name, ""), self._.lang, own).value)
        if st.session_state.get(key) != here:
            st.session_state[key] = here

        def moved() -> None:
            texts[name] = typed_as(name, st.session_state[key], self._)
            st.session_state[text_key] = texts[name]

        st.select_slider(
            self._("scenario.form.slider", field=self._(f"scenario.slide.{name}")),
            grid.places(),
            format_func=lambda place: unmarked(self._place(name, place, unit), unit),
            key=key,
            on_change=moved,
        )

    def _place(self, name: str, place: float, unit: str) -> str:
        """A place of a slider in words."""
        lang = self._.lang
        if name in PERCENT:
            return percent(place, 1, lang)
        if name == "amount":
            sign = MINUS if place < 0 else ""
            return sign + step_text(place, unit, 6, lang)
        return value_text(place, unit_text(unit, lang), 6, lang)


def unmarked(text: str, unit: str) -> str:
    """A place of a slider, which is Markdown: as it is, unless the unit holds marks.

    Screen readers get the text itself, so that nothing is put before the points of a number.
    """
    return plain(text) if set(unit) & set("[]<>$*_`:!#@\\") or "www" in unit else text


def assumptions(panel: Panel, code: str, unit: str) -> None:
    """The fields of one target: its course, a slider for what matters most, what disturbs it."""
    texts, _ = panel.form.targets[code], panel._
    kind = _kind(panel, texts, code)
    if kind == "goal":
        _goal_by(panel, texts, code)
    elif kind == "own":
        _own(panel, texts, code)
    names = NUMBERS.get(kind, ())
    grids = panel.start.grids.get(kind, {})
    for name in names:
        if name in grids:
            panel.text(texts, code, name, unit)
            panel.slider(texts, code, name, unit, grids[name])
    rest = [name for name in names if name not in grids]
    for name, place in zip(rest, st.columns(2), strict=False) if rest else ():
        with place:
            panel.text(texts, code, name, unit)
    if kind not in (RAW, FOLLOWS):
        _effects(panel, texts, code, unit)


def _kind(panel: Panel, texts: Texts, code: str) -> str:
    """Which course; a newly chosen one gets back what was typed of it before, or a beginning."""
    _, key = panel._, panel.key(code, "kind")
    kinds = [*KINDS, FOLLOWS] if panel.form.identities.strip() else list(KINDS)
    before = texts.get("kind", "goal")
    if before not in kinds:
        kinds.append(before)
    st.session_state.setdefault(key, before)
    kind = st.selectbox(
        _("scenario.form.kind"),
        kinds,
        format_func=lambda kind: _(f"scenario.kind.{kind}"),
        key=key,
    )
    if kind != before:
        _changed(panel, texts, code, before, kind)
    _filled(panel, texts, code, kind)
    return kind


def _changed(panel: Panel, texts: Texts, code: str, before: str, kind: str) -> None:
    """Put the texts of the former course aside and take those of the new one."""
    texts["kind"] = kind
    for name in NUMBERS.get(before, ()):
        if name in texts:
            texts[f"{before}:{name}"] = texts.pop(name)
    for name in NUMBERS.get(kind, ()):
        texts.pop(name, None)
        if f"{kind}:{name}" in texts:
            texts[name] = texts.pop(f"{kind}:{name}")
        st.session_state.pop(panel.key(code, name), None)


def _filled(panel: Panel, texts: Texts, code: str, kind: str) -> None:
    """What nobody typed yet begins with something that can be worked out."""
    given = panel.start.fields.get(kind, {})
    for name in NUMBERS.get(kind, ()):
        if name not in texts and name in given:
            texts[name] = typed_as(name, given[name], panel._)
    if kind == "own" and "own" not in texts and panel.start.own:
        lines = (f"{y}\t{typed_as('value', x, panel._)}" for y, x in panel.start.own.items())
        texts["own"] = "\n".join(lines)


def _goal_by(panel: Panel, texts: Texts, code: str) -> None:
    key = panel.key(code, "by")
    st.session_state.setdefault(key, texts.get("by", "step"))
    texts["by"] = st.selectbox(
        panel._("scenario.form.by"),
        ["step", "growth"],
        format_func=lambda way: panel._(f"scenario.by.{way}"),
        key=key,
    )


def _own(panel: Panel, texts: Texts, code: str) -> None:
    key = panel.key(code, "own")
    st.session_state.setdefault(key, texts.get("own", ""))
    texts["own"] = st.text_area(
        panel._("scenario.field.own"),
        key=key,
        height=190,
        max_chars=4000,
        placeholder="2027\t5.600.000\n2028\t6.400.000",
    )
    panel.slots[f"{code}.own"] = st.empty()


_EFFECTS: Sequence[tuple[str, Sequence[str]]] = (
    ("shock", ("shock_year", "shock_pct", "shock_recovery")),
    ("project", ("project_year", "project_amount", "project_ramp")),
    ("delay", ("delay",)),
)


def _effects(panel: Panel, texts: Texts, code: str, unit: str) -> None:
    """A bad year, a project, a delay: folded until one of them is used."""
    used = any(texts.get(name, "").strip() for _name, names in _EFFECTS for name in names)
    with st.expander(panel._("scenario.form.effects"), expanded=used):
        for group, names in _EFFECTS:
            st.html(f'<p class="a-group">{escape(panel._(f"scenario.effect.{group}"))}</p>')
            for one, place in zip(names, st.columns(2) * 2, strict=False):
                with place:
                    panel.text(texts, code, one, unit)
            grid = panel.start.grids.get("", {}).get("shock_pct")
            if group == "shock" and grid and texts.get("shock_year", "").strip():
                panel.slider(texts, code, "shock_pct", unit, grid)


def say(slots: Slots, echoes: Mapping[str, str], wrong: Mapping[str, str]) -> None:
    """Under each field what was understood, or what is wrong with it."""
    for place, slot in slots.items():
        if place in wrong:
            slot.html(f'<p class="a-wrong" role="alert">{escape(wrong[place])}</p>')
        elif place in echoes:
            slot.html(f'<p class="a-echo">{escape(echoes[place])}</p>')


def formulas(panel: Panel, codes: frozenset[str], ready: Sequence[Preset] = ()) -> None:
    """Identities, one a line, and the fields of each driver that they name; ready: to be taken."""
    form, _ = panel.form, panel._
    key = f"scenarios.{panel.turn}.identities"
    with st.expander(_("scenario.form.formulas"), expanded=bool(form.identities.strip())):
        st.html(f'<p class="a-muted">{escape(_("scenario.form.formulas_say"))}</p>')
        for one in ready:
            if one.formula not in form.identities:
                st.button(
                    _(f"scenario.preset.{one.key}"),
                    key=f"scenarios.preset.{one.key}",
                    on_click=_take,
                    args=(panel, key, one),
                )
        st.session_state.setdefault(key, form.identities)
        form.identities = st.text_area(
            _("scenario.form.identities"),
            key=key,
            height=90,
            max_chars=4000,
            placeholder="DL-03 = DL-01 * chi_tieu",
        )
        panel.slots["identities"] = st.empty()
        for name in driver_names(form.identities, codes):
            _driver(panel, form.drivers.setdefault(name, {}), name)


def _take(panel: Panel, key: str, one: Preset) -> None:
    """Write a ready formula below what stands there, with the units of its drivers."""
    form = panel.form
    form.identities = "\n".join(t for t in (form.identities.strip(), one.formula) if t)
    st.session_state[key] = form.identities
    for name, unit in one.units.items():
        texts = form.drivers.setdefault(name, {})
        texts.setdefault("unit", "")
        if not texts["unit"].strip():
            texts["unit"] = st.session_state[panel.key(name, "unit")] = unit


def _driver(panel: Panel, texts: Texts, name: str) -> None:
    told = panel._("scenario.form.driver", name=name)
    st.html(f'<p class="a-group">{escape(told)}</p>')
    if texts.get(RAW):
        st.html(f'<p class="a-muted">{escape(panel._("scenario.kind.raw"))}</p>')
        return
    for one, place in zip(("unit", "pct", "year", "value"), st.columns(2) * 2, strict=True):
        with place:
            panel.text(texts, name, one, texts.get("unit", ""))


def spread(panel: Panel) -> None:
    """How far a year may end from the scenario: folded, since few change it."""
    form, _ = panel.form, panel._
    ways = ["forecast", "own"]
    key = f"scenarios.{panel.turn}.spread"
    with st.expander(_("scenario.form.spread"), expanded=form.spread == "own"):
        st.session_state.setdefault(key, form.spread if form.spread in ways else ways[0])
        form.spread = st.selectbox(
            _("scenario.form.spread_how"),
            ways,
            format_func=lambda way: _(f"scenario.spread.{way}"),
            key=key,
        )
        if form.spread == "own":
            own = f"scenarios.{panel.turn}.spread_pct"
            st.session_state.setdefault(own, form.spread_pct)
            form.spread_pct = st.text_input(_("scenario.field.spread_pct"), key=own, max_chars=20)
            panel.slots["spread_pct"] = st.empty()
