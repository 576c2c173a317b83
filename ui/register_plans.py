"""Sổ chỉ tiêu › Kế hoạch năm: the plans of one target in a form, of many from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from i18n.numbers import number
from i18n.words import Words
from services import register_lists, register_templates, scenario_plans, startup
from services.access import Actor
from services.register_drafts import PLAN_FILE, PLANS, Draft
from services.register_forms import YEAR
from services.register_lists import TargetLine

from . import address, html, register_changes, register_fields, register_open
from .moment import Moment
from .register_fields import Typed

WHAT = "plans"


def show(actor: Actor, seen: Moment, _: Words) -> None:
    """For how many targets the coming year is planned, the form or the file, the history."""
    lines = register_lists.targets(startup.the_store(), _.lang)
    draft = register_open.asked(actor, (PLANS, PLAN_FILE), _)
    if draft is not None and draft.kind == PLAN_FILE:
        register_open.show(actor, draft, WHAT, seen, _)
        return
    code = draft.fields.get("target", "") if draft else address.asked("code")
    line = next((one for one in lines if one.code == code), None)
    if line is not None:
        _of_one(actor, line, draft, seen, _)
        return
    plans = register_lists.plan_lines(startup.the_store(), seen.day.year, _.lang)
    planned = sum(bool(one.values.get(seen.day.year)) for one in plans)
    said = _("adminreg.plans_sentence", n=planned, total=len(plans), year=seen.day.year)
    found, form = register_open.looked_for(plans, WHAT, _)
    st.html(
        f'<p class="a-lead">{escape(said)}</p>{_proposals(actor, seen, _)}{form}{_table(found, _)}'
    )
    _file(actor, _)
    register_open.draw(
        register_open.open_ones(actor, (PLANS, PLAN_FILE), WHAT, _),
        register_changes.recent(actor, ("yearly_plans",), _),
    )


def _table(plans: Sequence[register_lists.PlanLine], _: Words) -> str:
    years = sorted({year for one in plans for year in one.values})
    head = [(_("adminreg.head_target"), ""), *((str(year), "a-number") for year in years)]
    head.append((_("adminreg.head_amend"), ""))
    rows = (
        (
            f"{escape(one.name)} "
            f'<span class="a-muted">{escape(one.code)} · {escape(one.unit)}</span>',
            *(escape(one.values[year]) or "" for year in years),
            html.link(
                address.link("admin", {"part": "register", "what": WHAT, "code": one.code}),
                _("adminreg.plan_one", code=one.code),
            ),
        )
        for one in plans
    )
    return html.table(head, rows)


def _proposals(actor: Actor, seen: Moment, _: Words) -> str:
    """Plans that planners propose from scenarios and that wait for a decision."""
    found = scenario_plans.waiting(startup.the_store(), actor, seen.at)
    if not found:
        return ""
    items = "".join(f"<li>{_proposal(one, _)}</li>" for one in found)
    title = escape(_.plural("adminreg.proposals", len(found)))
    return f'<div class="a-outcome accept_with_warnings"><p>{title}</p><ul>{items}</ul></div>'


def _proposal(one: scenario_plans.Waiting, _: Words) -> str:
    """One proposal with the way to where it is decided."""
    said = _("adminreg.proposal", code=one.code, name=one.name, by=one.by)
    values = "; ".join(f"{year}: {number(value, 6, _.lang)}" for year, value in one.values)
    return f"{html.link(address.link('scenarios', {'key': one.key}), said)} {escape(values)}"


def _file(actor: Actor, _: Words) -> None:
    st.html(
        f"<h2>{escape(_('adminreg.plans_file'))}</h2><p>{escape(_('adminreg.plans_file_says'))}</p>"
    )
    st.download_button(
        _("adminreg.plans_template"),
        lambda: register_templates.plans_template(_.lang),
        file_name=register_templates.PLANS_NAME,
        key="admin.template.plans",
        on_click="ignore",
    )
    register_open.take(actor, PLAN_FILE, _("adminreg.file"), WHAT, _)


def _of_one(actor: Actor, line: TargetLine, draft: Draft | None, seen: Moment, _: Words) -> None:
    """The plans of one target: the form, then its preview."""
    back = address.link("admin", {"part": "register", "what": WHAT})
    st.html(
        f"<p>{html.link(back, _('adminreg.back_to_plans'))}</p>"
        f"<h2>{escape(_('adminreg.plans_of', code=line.code, name=line.name))}</h2>"
        f"<p>{escape(_('adminreg.stands', asked=line.asked, document=line.document))}</p>"
    )
    area = register_fields.area_of(line, draft, f"plans.{line.code}", _)
    stands = register_lists.standing_plans(startup.the_store(), line.indicator, area, _.lang)
    values = {f"{YEAR}{year}": text for year, text in stands.items()}
    typed = register_fields.typed(actor, f"plans.{line.code}.{area}", draft, values, _)
    if register_fields.previewed(actor, draft, typed, WHAT, seen, _):
        return
    fields = _form(line, area, stands, typed, _)
    if fields is not None:
        register_fields.keep(actor, PLANS, WHAT, draft, fields, _)
    register_open.draw(register_changes.recent(actor, ("yearly_plans",), _, key=line.indicator))


def _form(
    line: TargetLine, area: str, stands: Mapping[int, str], typed: Typed, _: Words
) -> dict[str, str] | None:
    """A field a year, the document that sets them; what is blank is taken away."""
    first, last = line.years
    years = sorted({*range(first, last + 1), *(year for year in stands if year >= first)})
    fields = {"target": line.code, "area": area}
    with st.form(typed.key("form"), border=False):
        st.html(f'<p class="a-muted">{escape(_("adminreg.plans_form_says", unit=line.unit))}</p>')
        columns = st.columns(3)
        for place, year in enumerate(years):
            with columns[place % 3]:
                name = f"{YEAR}{year}"
                fields[name] = typed.text(name, _("adminreg.plan_year", year=year), _, most=40)
        fields["document"] = typed.text("document", _("adminreg.plan_document_label"), _)
        fields["locator"] = typed.text("locator", _("adminreg.col_locator"), _)
        pressed = st.form_submit_button(_("adminreg.preview"), type="primary")
    return fields if pressed else None
