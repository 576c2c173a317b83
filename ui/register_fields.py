"""Fields of the register's forms: as they were typed, with what is wrong beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from i18n.words import Words
from services import register_drafts, register_lists, startup
from services.access import Actor
from services.register_drafts import Draft
from services.register_lists import TargetLine
from services.register_preview import TYPED_IN, Preview, preview

from . import address, register_open
from .clock import now
from .moment import Moment


@dataclass(frozen=True, slots=True)
class Typed:
    """What the fields of a form show: of an open change what was typed, else what stands.

    draft: the open change, None for a new one. said: its preview, with problems and echoes.
    """

    name: str
    values: Mapping[str, str]
    draft: Draft | None = None
    said: Preview | None = None

    def key(self, field: str) -> str:
        """The key of a field's widget: another target or change has widgets of its own."""
        return f"admin.{self.name}.{self.draft.id if self.draft else 'new'}.{field}"

    def text(self, field: str, label: str, _: Words, *, most: int = 300, area: bool = False) -> str:
        """A text field; below it what was understood of a number, or what is wrong."""
        draw = st.text_area if area else st.text_input
        value = draw(
            label,
            value=self.values.get(field, ""),
            max_chars=most,
            key=self.key(field),
        )
        self.say(field)
        return str(value or "")

    def choose(
        self, field: str, label: str, options: Sequence[str], names: Mapping[str, str]
    ) -> str:
        """A choice among keys."""
        stands = self.values.get(field, "")
        chosen = st.selectbox(
            label,
            list(options),
            index=list(options).index(stands) if stands in options else 0,
            format_func=lambda one: names.get(one, one),
            key=self.key(field),
        )
        self.say(field)
        return str(chosen or "")

    def say(self, field: str) -> None:
        """What was understood of a field, or what is wrong with it."""
        if self.said is None:
            return
        problem, echo = self.said.problems.get(field, ""), self.said.echoes.get(field, "")
        if problem:
            st.html(f'<p class="a-outcome reject">{escape(problem)}</p>')
        elif echo:
            st.html(f'<p class="a-muted">{escape(echo)}</p>')


def typed(
    actor: Actor, name: str, draft: Draft | None, stands: Mapping[str, str], _: Words
) -> Typed:
    """The fields of an open change with what is wrong with them, or of what stands."""
    if draft is None:
        return Typed(name, stands)
    said = preview(startup.the_store(), actor, draft, now=now(), lang=_.lang)
    return Typed(name, {**stands, **draft.fields}, draft, said)


def keep(
    actor: Actor, kind: str, what: str, draft: Draft | None, typed: Mapping[str, str], _: Words
) -> None:
    """Keep what was typed and go on to its preview."""
    store = startup.the_store()
    fields = {**typed, TYPED_IN: _.lang}
    if draft is not None:
        register_drafts.rewrite(store, actor, draft, fields, now())
        number = draft.id
    else:
        number = register_drafts.begin(store, actor, kind, fields=fields, now=now())
    address.go(part="register", what=what, draft=number)


def is_form(draft: Draft | None, said: Preview | None) -> bool:
    """Whether the form is to be shown: nothing is open, it is asked for, or something is wrong."""
    return draft is None or address.asked("step") == "form" or bool(said and said.refused)


def form_address(what: str, draft: Draft) -> str:
    """The address of the form of an open change."""
    where = {"part": "register", "what": what, "draft": draft.id, "step": "form"}
    return address.link("admin", where)


def area_of(line: TargetLine, draft: Draft | None, name: str, _: Words) -> str:
    """For which area of a target, where it has some; an open change keeps its own."""
    if draft is not None:
        return draft.fields.get("area", "")
    if not line.areas:
        return ""
    names = {"": _("adminreg.whole")}
    names |= register_lists.area_names(startup.the_store(), line.areas)
    return Typed(name, {}).choose("area", _("adminreg.col_area"), list(names), names)


def previewed(
    actor: Actor, draft: Draft | None, typed: Typed, what: str, seen: Moment, _: Words
) -> bool:
    """Show an open change's preview in the form's place, or above it what is wrong.

    True: the preview stands there, the form is not to be drawn.
    """
    if draft is not None and not is_form(draft, typed.said):
        register_open.show(actor, draft, what, seen, _, back=form_address(what, draft))
        return True
    if typed.said is not None and typed.said.refused:
        register_open.problems(typed.said, _)
    return False
