"""What a change does to rows of the register, as a table: for previews, receipts, the history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from i18n.words import Words
from services.register_effect import Compared
from services.register_words import Told

from . import html

SHOWN = 200
SIGNS = {"added": "+", "amended": "↔", "removed": "−"}
_LONG = 300
_IN_KEY = {
    "baselines": ("indicator", "area"),
    "yearly_plans": ("indicator", "area", "period"),
    "assignments": ("target", "area"),
    "indicators": ("name_vi", "name_en"),
    "documents": ("key", "title_vi"),
}
_PLACE = ("document", "locator", "lead_vi", "field", "scope")


def table(rows: Sequence[Told], _: Words, caption: str = "") -> str:
    """The rows, the first SHOWN of them; what a file implied stands folded below them."""
    own = [one for one in rows if not _is_implied(one, rows)]
    implied = [one for one in rows if _is_implied(one, rows)]
    if not own:
        return ""
    fold = html.fold(_("adminreg.implied", n=len(implied)), _table(implied, _)) if implied else ""
    return _table(own, _, caption) + fold


def did(rows: Sequence[Told], _: Words) -> str:
    """How many of which table: thêm 20 chỉ tiêu, sửa 1 văn bản."""
    return counted([(one.table, one.effect) for one in rows], _)


def counted(effects: Sequence[tuple[str, str]], _: Words) -> str:
    """The same of pairs of a table and added, amended or removed."""
    parts = []
    for (name, effect), count in Counter(effects).items():
        what = _(f"adminreg.table_{name}").lower()
        parts.append(_(f"adminreg.did_{effect}", n=count, what=what))
    return ", ".join(parts)


def _is_implied(one: Told, rows: Sequence[Told]) -> bool:
    """How an indicator behaves whose target comes in, or is amended, with it."""
    return one.table == "indicators" and any(
        other.table == "targets" and other.key == one.key for other in rows
    )


def _table(rows: Sequence[Told], _: Words, caption: str = "") -> str:
    head = [(_("adminreg.head_effect"), "a-nowrap")]
    head += [(_(f"adminreg.head_{name}"), "") for name in ("what", "says")]
    shown = html.table(head, (_row(one, _) for one in rows[:SHOWN]), caption)
    more = len(rows) - SHOWN
    return shown + (f"<p>{escape(_.plural('adminreg.more_rows', more))}</p>" if more > 0 else "")


def _row(one: Told, _: Words) -> tuple[str, ...]:
    sign = f'<span aria-hidden="true">{SIGNS[one.effect]}</span> '
    what = f'{escape(one.name or one.key)} <span class="a-muted">{escape(one.key)}</span>'
    kind = f'<div class="a-muted">{escape(_(f"adminreg.table_{one.table}"))}</div>'
    return (
        f"{sign}{escape(_(f'adminreg.effect_{one.effect}'))}",
        f"{what}{kind}",
        _says(one, _),
    )


def _says(one: Told, _: Words) -> str:
    whole = _changed(one, _) if one.effect == "amended" else _whole(one, _)
    doubt = day = ""
    if one.doubt:
        said = escape(_("adminreg.doubt", text=one.doubt))
        doubt = f'<div class="a-doubt">{said}</div>'
    if one.day:
        day = f'<div class="a-muted">{escape(_("adminreg.from_day", day=one.day))}</div>'
    return whole + doubt + day


def _changed(one: Told, _: Words) -> str:
    """Each value that differs: before → after."""
    none = _("adminreg.nothing")
    return "".join(
        f"<div>{escape(_(f'adminreg.col_{column}'))}: "
        f"<del>{escape(_short(old) or none)}</del> → <ins>{escape(_short(new) or none)}</ins></div>"
        for column, old, new in one.fields
    )


def _whole(one: Told, _: Words) -> str:
    """What a new or ended row says, in one line; of a target what is asked, then its words."""
    in_key = _IN_KEY.get(one.table, ())
    said = {column: _short(new or old) for column, old, new in one.fields if column not in in_key}
    if one.asked:
        first = f"<div><strong>{escape(one.asked)}</strong></div>"
        place = " · ".join(said[name] for name in _PLACE if said.get(name))
        words = f"<div>“{escape(said['wording_vi'])}”</div>" if said.get("wording_vi") else ""
        return f'{first}{words}<div class="a-muted">{escape(place)}</div>'
    parts = [f"{_(f'adminreg.col_{column}')}: {text}" for column, text in said.items()]
    return f'<div class="a-muted">{escape(" · ".join(parts))}</div>'


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def compared(found: Sequence[Compared], _: Words) -> str:
    """What becomes of the state and the path of targets: before and after, side by side."""
    return "".join(_one(one, _) for one in found[:10])


def _one(one: Compared, _: Words) -> str:
    head = [(_(f"adminreg.head_{name}"), "") for name in ("today", "before", "after")]
    lines = (
        (escape(_(f"adminreg.line_{name}")), *_pair(before, after, _))
        for name, before, after in one.lines
    )
    title = _("adminreg.compared", code=one.code, name=one.name)
    shown = html.table(head, lines, title)
    changed = [line for line in one.path if line[1] != line[2]]
    if not changed:
        return shown
    years = [(_("adminreg.head_year"), ""), *head[1:]]
    rows = ((escape(year), *_pair(before, after, _)) for year, before, after in changed)
    return shown + html.table(years, rows, _("adminreg.path_changes"))


def _pair(before: str, after: str, _: Words) -> tuple[str, str]:
    none = f'<span class="a-muted">{escape(_("adminreg.nothing"))}</span>'
    if before == after:  # said again: so both columns are as wide
        same = f'<span class="a-muted">{escape(after or _("adminreg.unchanged"))}</span>'
        return escape(before) or none, same
    return escape(before) or none, f"<strong>{escape(after)}</strong>" if after else none
