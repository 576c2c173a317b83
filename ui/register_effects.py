"""What a change does to rows of the register, as a table: for previews, receipts, the history."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from i18n.words import Words
from services.register_effect import Compared
from services.register_words import Told

from . import html

SHOWN = 200
SIGNS = {"added": "+", "amended": "↔", "removed": "−"}
_LONG = 300
_QUIET = frozenset({"wording_vi", "name_vi", "name_en", "unit", "value_low", "value_high"})
_QUIET_TOO = frozenset({"kind", "comparator", "period_start", "period_end", "direction", "doubt"})


def table(rows: Sequence[Told], _: Words, caption: str = "") -> str:
    """The rows, the first SHOWN of them; how many more below."""
    if not rows:
        return ""
    head = [(_(f"adminreg.head_{name}"), "") for name in ("effect", "what", "says")]
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
    parts = []
    if one.asked and one.effect != "amended":
        parts.append(f"<div><strong>{escape(one.asked)}</strong></div>")
    parts += [_field(one, *field, _) for field in one.fields if _is_told(one, field[0])]
    if one.doubt:
        said = escape(_("adminreg.doubt", text=one.doubt))
        parts.append(f'<div class="a-doubt">{said}</div>')
    if one.day:
        parts.append(f'<div class="a-muted">{escape(_("adminreg.from_day", day=one.day))}</div>')
    return "".join(parts)


def _is_told(one: Told, column: str) -> bool:
    """A new target's line of what is asked says these columns already."""
    said = bool(one.asked) and one.effect != "amended"
    return not (said and column in _QUIET | _QUIET_TOO - {"wording_vi"})


def _field(one: Told, column: str, old: str, new: str, _: Words) -> str:
    label = escape(_(f"adminreg.col_{column}"))
    if one.effect == "amended":
        none = _("adminreg.nothing")
        was, now = escape(_short(old) or none), escape(_short(new) or none)
        return f"<div>{label}: <del>{was}</del> → <ins>{now}</ins></div>"
    return f'<div class="a-muted">{label}: {escape(_short(new or old))}</div>'


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
    if before == after:
        same = f'<span class="a-muted">{escape(_("adminreg.unchanged"))}</span>'
        return escape(before) or none, same
    return escape(before) or none, f"<strong>{escape(after)}</strong>" if after else none
