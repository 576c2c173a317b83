"""Sổ chỉ tiêu › Gốc so sánh: what each path starts from, and setting it with its source."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from i18n.words import Words
from services import register_lists, startup
from services.access import Actor
from services.baselines import TEXTS, WITHOUT
from services.chosen import assessment
from services.register_drafts import BASELINE, Draft
from services.register_lists import TargetLine

from . import address, html, register_changes, register_fields, register_open
from .moment import Moment
from .register_fields import Typed
from .words import plain

WHAT = "baselines"


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """From what each path starts, the form of one, the history."""
    store = startup.the_store()
    draft = register_open.asked(actor, (BASELINE,), _)
    code = draft.fields.get("target", "") if draft else address.asked("code")
    targets = register_lists.targets(store, _.lang)
    line = next((one for one in targets if one.code == code and one.kind not in WITHOUT), None)
    if line is not None:
        _of_one(actor, line, draft, seen, _)
        return
    lines = register_lists.baselines(store, assessment(), seen.at, _.lang)
    missing = sum(not one.value for one in lines)
    fixed = sum(one.is_set for one in lines)
    said = _("adminreg.baselines_sentence", n=len(lines), missing=missing, fixed=fixed)
    found, form = register_open.looked_for(lines, WHAT, _)
    st.html(f'<p class="a-lead">{escape(said)}</p>{form}{_table(found, _)}')
    register_open.draw(
        register_open.open_ones(actor, (BASELINE,), WHAT, _),
        register_changes.recent(actor, ("baselines",), _),
    )


def _table(lines: Sequence[register_lists.BaselineLine], _: Words) -> str:
    names = ("target", "baseline", "rule", "amend")
    head = [(_(f"adminreg.head_{name}"), "") for name in names]
    rows = (
        (
            f'{escape(one.name)} <span class="a-muted">{escape(one.code)}</span>',
            escape(one.value or _("adminreg.no_baseline_yet")),
            f'{escape(one.rule)}<div class="a-muted">{html.source(one.source, one.url)}</div>',
            html.link(
                address.link("admin", {"part": "register", "what": WHAT, "code": one.code}),
                _("adminreg.baseline_one", code=one.code),
            ),
        )
        for one in lines
    )
    return html.table(head, rows)


def _of_one(actor: Actor, line: TargetLine, draft: Draft | None, seen: Moment, _: Words) -> None:
    """The form of one target's baseline, then its preview."""
    back = address.link("admin", {"part": "register", "what": WHAT})
    st.html(
        f"<p>{html.link(back, _('adminreg.back_to_baselines'))}</p>"
        f"<h2>{escape(_('adminreg.baseline_of', code=line.code, name=line.name))}</h2>"
        f"<p>{escape(_('adminreg.stands', asked=line.asked, document=line.document))}</p>"
    )
    area = register_fields.area_of(line, draft, f"baseline.{line.code}", _)
    stands = register_lists.standing_baseline(startup.the_store(), line.indicator, area, _.lang)
    typed = register_fields.typed(actor, f"baseline.{line.code}.{area}", draft, stands, _)
    if register_fields.previewed(actor, draft, typed, WHAT, seen, _):
        return
    typed.say("target")
    fields = _form(line, area, typed, withdraws=bool(stands), _=_)
    if fields is not None:
        register_fields.keep(actor, BASELINE, WHAT, draft, fields, _)
    register_open.draw(register_changes.recent(actor, ("baselines",), _, key=line.indicator))


def _form(
    line: TargetLine, area: str, typed: Typed, *, withdraws: bool, _: Words
) -> dict[str, str] | None:
    """Year, value and source; or, where one stands, taking it away."""
    fields = {"target": line.code, "area": area}
    with st.form(typed.key("form"), border=False):
        left, right = st.columns(2)
        with left:
            fields["period"] = typed.text("period", _("adminreg.baseline_year"), _, most=20)
        with right:
            label = f"{_('adminreg.col_value')} ({plain(line.unit)})"
            fields["value"] = typed.text("value", label, _, most=40)
        for name in TEXTS:
            fields[name] = typed.text(name, _(f"adminreg.col_{name}"), _, most=1000)
        pressed = st.form_submit_button(_("adminreg.preview"), type="primary")
        gone = withdraws and st.form_submit_button(_("adminreg.withdraw_baseline"))
    if gone:
        return {"target": line.code, "area": area, "withdraw": "1"}
    return fields if pressed else None
