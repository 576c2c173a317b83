"""What happens on the upload page: choose a file, check it, confirm and store it, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from i18n.findings import NOTE, SEVERITIES
from i18n.numbers import number
from i18n.words import Words
from services import drafts, handin, handouts, preview, startup, uploads
from services.access import Actor
from services.drafts import Draft
from services.moments import today_of
from services.refusals import Conflict, Denied, DraftMoved
from services.submissions import File
from services.uploads import Checked

from . import (
    address,
    blocks,
    cached,
    confirm,
    html,
    upload,
    upload_columns,
    upload_entry,
    upload_fix,
    upload_plans,
    upload_preview,
    upload_shared,
)
from .clock import now
from .moment import Moment
from .upload_shared import Arrival

KINDS = ["xlsx", "xlsm", "xls", "ods", "csv"]
MOST_DIGITS = 9  # of a submission's number: a longer one is none that a store could have
PAGE = 20  # findings at once: the preview below is to be seen too
MOST_NAMES = 10
KEPT_BYTES = 10 * 1024 * 1024  # what is larger is refused by the check and never kept


def choose(actor: Actor, seen: Moment, _: Words) -> None:
    """Steps 1 and 2: a template to take away, a file to hand in; below, what was handed in."""
    store = startup.the_store()
    view = cached.overview_of(seen, _.lang)
    title = escape(_("page.upload.title"))
    own = handouts.own(store, actor, seen.at)
    offered = upload.Offered(
        own,
        handouts.agency_choices(store, seen.at),
        handouts.period_choices(seen.day, _.lang),
        handouts.area_choices(store, seen.at),
    )
    st.html(
        f"{blocks.demo_strip(_) if view.demo else ''}<h1>{title}</h1>{upload.steps(1, _)}"
        f'<p class="a-phone a-muted">{escape(_("page.upload.desk"))}</p>'
        f"{upload.own_targets(own, _)}{upload_shared.open_list(actor, _)}"
        f"<h2>1. {escape(_('page.upload.step_template'))}</h2>"
        f"{upload.template_form(view, offered, _)}"
        f"<h2>2. {escape(_('page.upload.step_file'))}</h2>"
        f"<p>{escape(_('page.upload.file_says'))}</p>"
    )
    turn = st.session_state.get("upload.turn", 0)
    file = st.file_uploader(_("page.upload.file"), type=KINDS, key=f"upload.file.{turn}")
    if file is not None:
        _take(actor, File(file.name, file.getvalue()), _)
    upload_entry.choose(actor, own, seen, _)
    st.html(
        f"<h2>{escape(_('page.upload.list'))}</h2>"
        f"{upload.submissions(handin.submission_lines(store, actor, seen.at, _.lang), _)}"
    )


def _take(actor: Actor, file: File, _: Words) -> None:
    """Keep a file as a draft and go on to its check; what is too large is only told so."""
    store = startup.the_store()
    if len(file.content) > KEPT_BYTES:
        at = now()
        result = uploads.check(store, file.content, file.name, today=today_of(at), as_of=at)
        lines = handin.finding_lines(result.findings, _.lang)
        counts = {level: result.count(level) for level in SEVERITIES}
        st.html(upload.outcome(result.outcome, counts, 0, _) + upload.findings(lines, _))
        return
    draft = drafts.begin(store, actor, file, now())
    st.session_state["upload.turn"] = st.session_state.get("upload.turn", 0) + 1
    address.go(draft=draft)


def check(actor: Actor, key: str, seen: Moment, _: Words) -> None:
    """Steps 3 and 4: findings, what storing would do, confirmation."""
    store = startup.the_store()
    try:
        draft = drafts.load(store, actor, key)
    except Denied:
        draft = None
    if draft is None:
        closed = f"upload.seen.{key}" in st.session_state
        st.html(upload.gone(_, "upload.closed" if closed else "page.upload.gone"))
        return
    typed = draft.kind == drafts.ENTRY
    if typed and address.asked("step") != "check":
        upload_entry.fill(actor, draft, seen, _)
        return
    arrival = upload_shared.arrive(actor, draft, _)
    checked = _checked(draft, seen, _)
    result = checked.result
    lines = handin.finding_lines(result.findings, _.lang)
    counts = {level: result.count(level) for level in SEVERITIES}
    names = upload.ENTRY_STEPS if typed else upload.STEPS
    way = _marked_file(draft, _) if lines or result.corrected else ""
    on = _way_on(draft, checked, lines, _)
    st.html(
        f"<h1>{_title(draft, _)}</h1>{upload.steps(3, _, names)}{arrival.says}{_moved(_)}"
        f"{upload.outcome(result.outcome, counts, len(result.figures), _, on)}"
        f"{upload_entry.back(draft, _) if typed else way}"
    )
    _window(draft, checked, _)
    upload_columns.ask(actor, draft, checked, seen, _, at_once=True)
    _show(_findings(lines, sum(counts.values()), _))
    upload_fix.ask(actor, draft, checked, _)
    _show(_preview(checked, seen, _))
    upload_plans.ask(actor, draft, checked, seen, _)
    upload_columns.ask(actor, draft, checked, seen, _, at_once=False)
    _decide(actor, draft, checked, arrival, seen, _)


def _way_on(draft: Draft, checked: Checked, lines: Sequence[handin.FindingLine], _: Words) -> str:
    """What to do next; typed rows are corrected in their form, to which a button leads."""
    result = checked.result
    if draft.kind == drafts.ENTRY and result.outcome == upload.REJECT:
        return ""
    correctable = bool(result.corrected) or any(line.key[1:] in result.texts for line in lines)
    unread = not result.figures and any(not one.layout for one in result.sheets)
    return upload.way_on(result.outcome, _, correctable=correctable, unread=unread)


def _title(draft: Draft, _: Words) -> str:
    if draft.kind == drafts.ENTRY:
        return escape(_("upload.entry"))
    return f"{escape(_('page.upload.title'))}: {escape(draft.file.name)}"


def _show(text: str) -> None:
    """Put HTML on the page; nothing for nothing."""
    if text:
        st.html(text)


def _window(draft: Draft, checked: Checked, _: Words) -> None:
    """The rows of the file around the cell that the address names."""
    sheet, cell = address.asked("sheet"), address.asked("cell")
    if cell:
        found = preview.around(draft, checked, sheet, cell)
        st.html(upload_preview.window(found, _))


def _findings(lines: Sequence[handin.FindingLine], found: int, _: Words) -> str:
    """What must be done, page by page; what needs nothing done is folded below it.

    Of more findings than are kept the number is said.
    """
    if not lines:
        return ""
    grave = [line for line in lines if line.severity != NOTE]
    notes = [line for line in lines if line.severity == NOTE]
    more = ""
    if found > len(lines):
        more = f"<p>{escape(_('upload.more_findings', n=found - len(lines)))}</p>"
    folded = ""
    if notes:
        title = _("upload.notes", n=number(len(notes), 0, _.lang))
        folded = html.fold(title, _paged(notes, "n", _), opened=bool(address.asked("n")))
    title = escape(_("page.upload.findings"))
    return f"<h2>{title}</h2>{_paged(grave, 'f', _)}{more}{folded}"


def _paged(lines: Sequence[handin.FindingLine], name: str, _: Words) -> str:
    """One page of findings; name: of the page in the address."""
    if not lines:
        return ""
    pages = -(-len(lines) // PAGE)
    at = min(max(_number(address.asked(name)), 1), pages)
    shown = lines[(at - 1) * PAGE : at * PAGE]
    return upload.findings(shown, _, _place) + upload_preview.pager(name, at, pages, _)


def _place(line: handin.FindingLine) -> str:
    _code, sheet, cell = line.key
    return upload_preview.cell_link(sheet, cell, line.where)


def _preview(checked: Checked, seen: Moment, _: Words) -> str:
    at = _number(address.asked("p"))
    group = address.asked("show")
    page = preview.page(startup.the_store(), checked, seen.at, group, at, _.lang)
    return upload_preview.preview(page, _)


def _number(text: str) -> int:
    """The page that an address names, 1 for any other text."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 1


def _decide(
    actor: Actor,
    draft: Draft,
    checked: Checked,
    arrival: Arrival,
    seen: Moment,
    _: Words,
) -> None:
    """Step 4: the confirmations, then the two buttons."""
    store = startup.the_store()
    shown = _shown_before(draft, checked)
    ready = checked.result.outcome != "reject" and bool(checked.figures)
    if ready:
        title = escape(_("page.upload.step_save"))
        st.html(f'<h2 id="{upload.SAVE}" tabindex="-1">4. {title}</h2>')
        kinds = handin.warning_kinds(handin.finding_lines(checked.result.findings, _.lang))
        part = f"{draft.id}.{draft.choices.key}."
        former = f"{part}{arrival.turn - 1}" if arrival.moved else ""
        stood = draft.choices.confirmed
        confirmed = confirm.confirmations(kinds, stood, f"{part}{arrival.turn}", _, former=former)
        if confirmed != dict(draft.choices.confirmed):
            draft = upload_shared.say(actor, draft, replace(draft.choices, confirmed=confirmed))
        waiting = uploads.unconfirmed(checked.result, confirmed)
        if waiting:
            said = _("page.upload.waiting", codes=", ".join(sorted(waiting)))
            st.html(f'<p role="status">{escape(said)}</p>')
        foreign = handin.not_theirs(store, actor, checked.figures, seen.at, _.lang)
        _show(_not_theirs(foreign, _))
        with st.container(horizontal=True):
            stop = bool(waiting or foreign)
            save = st.button(
                _("page.upload.save"), type="primary", disabled=stop, key="upload.save"
            )
            drop = st.button(
                upload_shared.drop_word(actor, draft, "page.upload.drop", _), key="upload.drop"
            )
        if save and not arrival.moved:  # the press belongs to what was on the screen
            _save(actor, draft, checked, shown)
    else:
        word = upload_shared.drop_word(actor, draft, "page.upload.drop_other", _)
        drop = st.button(word, key="upload.drop")
    if drop and not arrival.moved:
        upload_shared.drop(actor, draft)


def _not_theirs(names: Sequence[str], _: Words) -> str:
    """Which figures are not this person's to hand in, and what to do."""
    if not names:
        return ""
    items = "".join(f"<li>{escape(name)}</li>" for name in names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        items += "<li>…</li>"
    said = escape(_("rights.not_theirs", n=len(names)))
    return f'<div class="a-past" role="alert"><p>{said}</p><ul>{items}</ul></div>'


def _shown_before(draft: Draft, checked: Checked) -> str:
    """The stored figures that the last run's preview stood on; this run's are kept for the next.

    A press of the button belongs to what was on the screen: this run may already have checked
    the file against other figures.
    """
    key = f"upload.shown.{draft.id}"
    before = str(st.session_state.get(key, ""))
    st.session_state[key] = checked.stood
    return before


def _save(actor: Actor, draft: Draft, checked: Checked, shown: str) -> None:
    try:
        if shown != checked.stood:
            raise Conflict
        receipt = drafts.commit(startup.the_store(), actor, draft, checked, now=now())
    except DraftMoved:
        st.rerun()
    except Conflict:
        st.session_state["upload.moved"] = True
        st.rerun()
    address.go(submission=str(receipt.submission), saved="1")


def _checked(draft: Draft, seen: Moment, _: Words) -> Checked:
    """The check of a draft, with a bar while the file is read."""
    place = st.empty()

    def told(phase: str, share: float) -> None:
        place.progress(min(max(share, 0.0), 1.0), text=_(f"page.upload.progress_{phase}"))

    found = drafts.checked(
        startup.the_store(), draft, as_of=seen.at, version=seen.version, on_progress=told
    )
    place.empty()
    return found


def _moved(_: Words) -> str:
    """Why the preview is shown anew, said once."""
    if not st.session_state.pop("upload.moved", False):
        return ""
    return f'<p class="a-past" role="alert">{escape(_("page.upload.moved"))}</p>'


def _marked_file(draft: Draft, _: Words) -> str:
    href = f"/download/marked?draft={draft.id}"
    return f"<p>{html.link(href, _('page.upload.marked'), class_='a-button', download='')}</p>"
