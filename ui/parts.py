"""A page in parts: which of them somebody may open, which one the address names, the local menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from i18n.words import Words
from services.access import Actor

from . import address, html
from .moment import Moment

Show = Callable[[Actor, Moment, Words], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name in the address, what one must be allowed, how it is drawn."""

    name: str
    needs: str
    show: Show


def named(parts: Sequence[Part], actor: Actor, name: str) -> Part:
    """The part of that name if the actor may open it, else the first one that they may."""
    allowed = [part for part in parts if actor.may(part.needs)]
    return next((part for part in allowed if part.name == name), allowed[0])


def menu(
    parts: Sequence[Part], here: Part, actor: Actor, label: str, where: tuple[str, str], _: Words
) -> str:
    """HTML: links to the parts that the actor may open; the open one is marked.

    Args:
        parts: in their order.
        here: the open one.
        actor: who looks.
        label: what the menu is called for whoever hears the page.
        where: the page and the name in its address that holds the part, as ``("admin", "part")``.
        _: words; titles are ``admin.<name in the address>_<part>``.
    """
    page, name = where
    links = "".join(
        f"<li>{_link(page, {**_before(name), name: part.name}, part is here, title)}</li>"
        for part in parts
        if actor.may(part.needs)
        for title in (_(f"admin.{name}_{part.name}"),)
    )
    return f'<nav aria-label="{escape(label)}"><ul class="a-chips a-parts">{links}</ul></nav>'


def _before(name: str) -> Mapping[str, str]:
    """The outer part stays in the address of an inner one."""
    return {} if name == "part" else {"part": address.asked("part")}


def _link(page: str, values: Mapping[str, str], here: bool, title: str) -> str:
    marked = {"aria-current": "true"} if here else {}
    return html.link(address.link(page, values), title, **marked)
