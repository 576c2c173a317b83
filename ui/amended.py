"""On the page of a target: from when and by what it was amended, and what was asked before."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from i18n.words import Words
from services import startup
from services.amendments import Amendment, amendments

from . import html
from .moment import Moment


def of_target(code: str, seen: Moment, _: Words) -> str:
    """The same for a target as of a moment."""
    return amended(amendments(startup.the_store(), code, seen.at, _.lang), _)


def amended(steps: Sequence[Amendment], _: Words) -> str:
    """HTML: a line a step, the former clauses folded below; nothing for a single version."""
    if not steps:
        return ""
    lines = "".join(f"<li>{escape(_said(one, _))}</li>" for one in steps)
    former = "".join(_former(one, _) for one in steps)
    fold = html.fold(_("adminreg.former", n=len(steps)), former)
    return f"<h3>{escape(_('adminreg.amended'))}</h3><ul>{lines}</ul>{fold}"


def _said(one: Amendment, _: Words) -> str:
    """Sửa đổi từ 01/09/2026 theo 77/QĐ-UBND: từ ít nhất 9 triệu thành ít nhất 8,5 triệu."""
    word = "amended_to_come" if one.to_come else "amended_back" if one.back else "amended_since"
    key = f"adminreg.{word}"
    if one.was == one.became:
        return _(f"{key}_words", day=one.day, by=one.by)
    return _(key, day=one.day, by=one.by, was=one.was, became=one.became)


def _former(one: Amendment, _: Words) -> str:
    """The older version's clause, and what else the step changed."""
    until = escape(_("adminreg.former_until", day=one.day, asked=one.was, where=one.where))
    quote = f'<blockquote class="a-clause"><p lang="vi">“{escape(one.wording)}”</p></blockquote>'
    fields = "".join(
        f"<li>{escape(_(f'adminreg.col_{name}'))}: <del>{escape(was) or '–'}</del> → "
        f"<ins>{escape(became) or '–'}</ins></li>"
        for name, was, became in one.fields
    )
    return f"<p>{until}</p>{quote if one.wording else ''}{f'<ul>{fields}</ul>' if fields else ''}"
