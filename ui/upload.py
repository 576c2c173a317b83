"""The upload page's parts as HTML: steps, template form, findings, preview, receipt, list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from i18n.numbers import number
from i18n.words import Words
from services.handin import CellLine, CorrectionLine, FindingLine, SubmissionLine, SubmissionPage
from services.handouts import Own
from services.overview import Overview

from . import address, html

REJECT = "reject"
SAVE = "f-save"  # the heading of the last step
STEPS = tuple(f"page.upload.step_{name}" for name in ("template", "file", "check", "save"))
ENTRY_STEPS = ("upload.step_choose", "upload.step_type", *STEPS[2:])


def steps(at: int, _: Words, names: Sequence[str] = STEPS) -> str:
    """The four steps, the present one marked (1 to 4)."""
    items = []
    for place, name in enumerate(names, start=1):
        given = {
            "class": "done" if place < at else "",
            "aria-current": "step" if place == at else "",
        }
        text = escape(_(name))
        items.append(f"<li{html.attributes(given)}>{place} {text}</li>")
    return f'<ol class="a-steps">{"".join(items)}</ol>'


@dataclass(frozen=True, slots=True)
class Offered:
    """What a template can be made for: (value, text) each; own: what the person hands in."""

    own: Own
    agencies: Sequence[tuple[str, str]]
    periods: Sequence[tuple[str, str]]
    areas: Sequence[tuple[str, str]]


def own_targets(own: Own, _: Words) -> str:
    """Whose targets these are; where an officer has none, what to do about it."""
    if not own.only:
        return ""
    if own.targets:
        text = _("upload.own_some", agency=own.name, n=len(own.targets))
        return f"<p>{escape(text)}</p>"
    word = "upload.own_none" if own.agency else "upload.own_no_agency"
    return f'<p class="a-past" role="status">{escape(_(word, agency=own.name))}</p>'


def template_form(view: Overview, offered: Offered, _: Words) -> str:
    """The form that makes a template: agency, period, targets by field, areas; a download."""
    own = offered.own
    mine = own.targets if own.only else ()
    by_code = {row.code: row for row in (*view.rows, *view.waiting)}
    fields: dict[str, list[tuple[str, str]]] = {}
    for code in view.register_order:
        if not mine or code in mine:
            fields.setdefault(by_code[code].field, []).append((code, by_code[code].name))
    targets = "".join(
        f"<fieldset><legend>{escape(field)}</legend>{_boxes('targets', group)}</fieldset>"
        for field, group in fields.items()
    )
    due = ("", _("page.upload.period_due"))
    period = html.select("period", _("page.upload.period"), [due, *offered.periods], "")
    areas = html.fold(_("page.upload.areas", n=len(offered.areas)), _boxes("areas", offered.areas))
    count = sum(len(group) for group in fields.values())
    all_of = "page.upload.targets" if own.only or not offered.agencies else "upload.targets_of"
    return (
        '<form class="a-template" method="get" action="/download/template">'
        f"<p>{escape(_('page.upload.template_says'))}</p>"
        f'<div class="a-filter">{_agency(offered, _)}{period}<button class="a-button">'
        f"{escape(_('page.upload.template_get'))}</button></div>"
        f"{html.fold(_(all_of, n=count), targets)}{areas}</form>"
    )


def _agency(offered: Offered, _: Words) -> str:
    """Whose template it is: an officer's own agency's, or one to choose, the own one first."""
    own = offered.own
    if own.only:
        given = own.agency if own.targets else ""
        return f'<input type="hidden" name="agency" value="{escape(given)}">' if given else ""
    if not offered.agencies:
        return ""
    choices = [("", _("upload.template_all")), *offered.agencies]
    keys = {key for key, _name in offered.agencies}
    chosen = own.agency if own.agency in keys else ""
    return html.select("agency", _("upload.template_agency"), choices, chosen)


def _boxes(name: str, choices: Iterable[tuple[str, str]]) -> str:
    return (
        '<div class="a-boxes">'
        + "".join(
            f'<label><input type="checkbox" name="{name}" value="{escape(code)}"> '
            f'<span class="a-code">{escape(code)}</span> {escape(text)}</label>'
            for code, text in choices
        )
        + "</div>"
    )


def outcome(key: str, counts: Mapping[str, int], figures: int, _: Words, on: str = "") -> str:
    """What the check says of the file as a whole, in one sentence; on: HTML of the way on."""
    said = [
        _(f"page.upload.{severity}s", n=number(counts[severity], 0, _.lang))
        for severity in ("error", "warning", "note")
        if counts[severity]
    ]
    text = _("page.upload.read", n=number(figures, 0, _.lang))
    if said:
        text = f"{text}; {', '.join(said)}"
    return (
        f'<div class="a-outcome {escape(key)}" role="status">'
        f"<p><strong>{escape(_(f'page.upload.outcome_{key}'))}</strong></p>"
        f"<p>{escape(text)}.</p>{on}</div>"
    )


def way_on(key: str, _: Words, *, correctable: bool, unread: bool) -> str:
    """Where a mistake is corrected, or where what was checked is saved.

    correctable: whether a cell can be typed over. unread: whether a sheet's columns are asked for.
    """
    if key != REJECT:
        return f"<p>{html.link(f'#{SAVE}', _('upload.way_save'))}</p>"
    if unread:
        return f"<p>{escape(_('upload.way_columns'))}</p>"
    return f"<p>{escape(_('upload.way_correct'))}</p>" if correctable else ""


def findings(
    lines: Sequence[FindingLine], _: Words, place: Callable[[FindingLine], str] | None = None
) -> str:
    """Findings as a table; place gives the HTML of where one stands, else it is said."""
    if not lines:
        return ""
    head = [(_(f"page.upload.col_{name}"), "") for name in ("severity", "where", "says", "fix")]
    rows = (
        (
            f'<span class="a-severity {line.severity}">{escape(line.severity_text)}</span>'
            f' <span class="a-muted">{escape(line.code)}</span>',
            place(line) if place and line.where else escape(line.where or _whole(_)),
            escape(line.message),
            escape(line.fix),
        )
        for line in lines
    )
    return html.table(head, rows)


def _whole(_: Words) -> str:
    return _("page.upload.whole_file")


def cells(
    lines: Sequence[CellLine],
    _: Words,
    *,
    done: bool = False,
    place: Callable[[CellLine, Words], str] | None = None,
) -> str:
    """Figures with what stood there and what comes.

    done: it has come. place: gives the HTML of where a figure stands in the file.
    """
    names = ["target", "period"]
    names += ["area"] if any(line.area for line in lines) else []
    names += ["old"] if any(line.old or line.published for line in lines) or done else []
    names += ["new"]
    names += ["change"] if any(line.change for line in lines) else []
    names += ["status"] if any(line.status for line in lines) else []
    names += ["where"] if any(line.where for line in lines) else []
    said = {"old": "before", "new": "after"} if done else {}
    head = [
        (_word(said.get(name, name), _), "a-number" if name in {"old", "new", "change"} else "")
        for name in names
    ]
    made = ([_cell(line, name, place, _) for name in names] for line in lines)
    return html.table(head, made)


def _word(name: str, _: Words) -> str:
    return _("upload.col_change") if name == "change" else _(f"page.upload.col_{name}")


def _cell(
    line: CellLine, name: str, place: Callable[[CellLine, Words], str] | None, _: Words
) -> str:
    if name == "target":
        link = html.link(address.link("target", {"code": line.code}), line.name)
        return f'{link} <span class="a-muted">{escape(line.code)}</span>'
    if name == "area":
        return escape(line.area or _("page.target.whole"))
    if name == "old":
        published = ""
        if line.published:
            note = _("page.upload.published", value=line.published)
            published = f'<div class="a-muted">{escape(note)}</div>'
        return (escape(line.old) or "–") + published
    if name == "new":
        return f"<strong>{escape(line.new) or '–'}</strong>"
    if name == "where" and place:
        return place(line, _)
    return escape(str(getattr(line, name)))


def submissions(lines: Sequence[SubmissionLine], _: Words) -> str:
    """The list of submissions, newest first."""
    if not lines:
        return f"<p>{escape(_('page.upload.no_submissions'))}</p>"
    head = [
        (_(f"page.upload.col_{name}"), "")
        for name in ("number", "at", "by", "kind", "file", "did", "state")
    ]
    return html.table(head, (_submission(line, _) for line in lines))


def _submission(line: SubmissionLine, _: Words) -> tuple[str, ...]:
    href = address.link("upload", {"submission": str(line.id)})
    state = _("page.upload.state_holds")
    if line.undone_by is not None:
        state = _("page.upload.state_undone", id=line.undone_by)
    return (
        html.link(href, _("page.upload.submission", n=line.id)),
        escape(line.at),
        escape(line.by),
        escape(line.kind_text),
        escape(line.file),
        escape(line.counts),
        escape(state),
    )


def gone(_: Words, word: str = "page.upload.gone") -> str:
    """That what the address names is no longer there, with a way on."""
    link = html.link(address.link("upload"), _("page.upload.to_start"))
    return f"<h1>{escape(_(word))}</h1><p>{link}</p>"


def corrections(lines: Sequence[CorrectionLine], _: Words) -> str:
    """The cells that were typed over: their text before and after."""
    if not lines:
        return ""
    head = [(_(f"upload.col_{name}"), "") for name in ("where", "typed_old", "typed_new")]
    blank = _("upload.fix_blank")
    rows = (
        (escape(line.where), escape(line.old or blank), escape(line.new or blank)) for line in lines
    )
    title = escape(_("upload.corrected", n=len(lines)))
    return f"<h2>{title}</h2>{html.table(head, rows)}"


def receipt(page: SubmissionPage, _: Words, *, fresh: bool) -> str:
    """One submission: what it did, by whom, which file; with what stood in the check."""
    line = page.line
    kind = line.kind if line.kind in _TAKING_BACK else "saved"
    word = f"upload.receipt_{kind}" if fresh else "page.upload.submission"
    pairs = (
        ("did", line.counts),
        ("at", line.at),
        ("by", line.by),
        ("kind", line.kind_text),
        ("file", " · ".join(part for part in (line.file, page.size) if part)),
        ("why", line.why),
        ("state", _("page.upload.state_undone", id=line.undone_by) if line.undone_by else ""),
        ("sha256", page.sha256),
    )
    facts = "".join(
        f"<dt>{escape(_(f'page.upload.col_{name}'))}</dt><dd>{escape(text)}</dd>"
        for name, text in pairs
        if text
    )
    kept = ""
    if page.findings:
        kept = html.fold(
            _("page.upload.kept_findings", n=len(page.findings), confirmed=page.confirmed),
            findings(page.findings, _),
        )
    figures = f"<h2>{escape(_('page.upload.figures'))}</h2>{cells(page.cells, _, done=True)}"
    return (
        f'<h1>{escape(_(word, n=line.id))}</h1><dl class="a-facts">{facts}</dl>{_files(page, _)}'
        f"{corrections(page.corrected, _)}{figures if page.cells else ''}{kept}"
    )


_TAKING_BACK = frozenset({"undo", "withdraw"})


def _files(page: SubmissionPage, _: Words) -> str:
    """The file that was handed in; with its marks where there is something to mark."""
    if not page.sha256:
        return ""
    ways = [("file", "page.upload.get_file")]
    ways += [("marked", "page.upload.marked")] if page.findings or page.corrected else []
    links = " ".join(
        html.link(
            f"/download/{name}?submission={page.line.id}", _(word), class_="a-button", download=""
        )
        for name, word in ways
    )
    return f"<p>{links}</p>"
