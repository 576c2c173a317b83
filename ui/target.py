"""One target's page as HTML: where it stands, clause, figures with sources, what else is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from i18n.numbers import number
from i18n.periods import capital
from i18n.words import Words
from services.rows import Row
from services.target_lines import MOST, Earlier, FigureLine
from services.targets import TargetPage

from . import address, html
from .methods import method_table

NUMBER = "a-number"
FEW = 6  # figures that are shown without being asked for


def chooser(
    codes: Sequence[tuple[str, str]], chosen: str, view: TargetPage | None, _: Words
) -> str:
    """The way to another target: a list of all, and the neighbours in the register."""
    choices = [(code, f"{code} · {name}") for code, name in codes]
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in address.kept().items()
        if value
    )
    steps = []
    for key, code in zip(("before", "after"), view.neighbours if view else ("", ""), strict=True):
        if code:
            href = address.link("target", {"code": code})
            text = _(f"page.target.{key}", code=code)
            steps.append(html.link(href, text, class_="a-button", id=f"f-{key}"))
    select = html.select("code", _("page.target.choose"), choices, chosen)
    inside = f"{kept}{select}{''.join(steps)}"
    return f'<form class="a-filter" method="get" action="/target">{inside}</form>'


def title(row: Row) -> str:
    """Name and code, the content of the heading."""
    return f'{escape(row.name)} <span class="a-muted">{escape(row.code)}</span>'


def state(view: TargetPage, _: Words, theme: str) -> str:
    """Verdict, trend, the sentence with the numbers, the verdict's reason, the outlook."""
    row = view.row
    mark = html.verdict(row.scale, capital(row.scale_text), theme, _.lang)
    trend = f"<span>{escape(row.trend_text)}</span>" if row.trend_text else ""
    said = (row.reason, row.gap_differs, *view.chances, row.differs, row.contradicts)
    reason = "".join(f"<p>{escape(text)}</p>" for text in said if text)
    return (
        f'<p class="a-state"><strong>{mark}</strong>{trend}</p>'
        f'<p class="a-lead">{escape(sentence(row, _))}</p>{reason}'
    )


def sentence(row: Row, _: Words) -> str:
    """Thực hiện 3.500 tỷ đồng (6 tháng đầu năm 2025, ước tính); lộ trình …, chênh lệch …."""
    if not row.value:
        return _("page.target.no_value")
    when = ", ".join(part for part in (row.period, row.status_text) if part)
    said = [_("page.target.value", value=row.value, when=when)]
    if row.path and row.gap:
        gap = f"{row.gap} ({row.gap_pct})" if row.gap_pct else row.gap
        said.append(_("page.target.gap", path=row.path, gap=gap))
    if row.same_period:
        said.append(_("page.rows.same_period", change=row.same_period))
    if row.plan:
        said.append(_("page.rows.plan", share=row.plan))
    return "; ".join(said) + "."


def facts(view: TargetPage, _: Words) -> str:
    """What is asked, from where to where, by whom; only what is known."""
    row = view.row
    pairs = (
        ("asked", capital(row.asked)),
        ("kind", view.kind),
        ("baseline", view.baseline),
        ("path", row.path),
        ("elapsed", view.elapsed),
        ("note", row.value_note),
        ("lead", row.lead),
        ("led_by", row.led_by),
        ("agency", row.agency or row.by_area or _("page.overview.unassigned")),
    )
    lines = "".join(
        f"<dt>{escape(_(f'page.target.fact_{name}'))}</dt><dd>{escape(text)}</dd>"
        for name, text in pairs
        if text
    )
    return f'<dl class="a-facts">{lines}</dl>'


def clause(view: TargetPage, _: Words) -> str:
    """The clause in the document's own words, where it stands, and what is doubtful in it."""
    where = f"{view.row.locator} · {view.document_title} ({view.document_number})"
    doubt = ""
    if view.row.doubt:
        doubt = (
            f'<div class="a-doubt"><h3>{escape(_("page.target.doubt"))}</h3>'
            f"<p>{escape(view.row.doubt)}</p></div>"
        )
    note = ""
    if view.document_note:
        said = f"<p>{escape(view.document_note)}</p>"
        note = html.fold(_("page.target.document_note"), said)
    return (
        f"<h2>{escape(_('page.target.clause'))}</h2>"
        f'<blockquote class="a-clause"><p lang="vi">“{escape(view.wording)}”</p>'
        f'<p class="a-muted">{escape(where)}</p></blockquote>{doubt}{note}'
    )


def tables(view: TargetPage, _: Words, theme: str) -> str:
    """Everything below the chart, folded but for what is short or asked first."""
    few = len(view.figures) <= FEW
    parts = (
        _part("areas", _areas(view, _, theme), len(view.areas), _, opened=True),
        _long("figures", _figures(view.figures, _), view, _, opened=few),
        _part("path", _path(view, _), len(view.path), _),
        method_table(view, _),
        _long("revisions", _revisions(view, _), view, _),
        _long("alternatives", _figures(view.alternatives, _), view, _),
        _part("odd", _figures(view.odd, _), len(view.odd), _),
        _part("related", _related(view, _), len(view.related), _),
        _part("earlier", _earlier(view, _), len(view.earlier), _),
    )
    return "".join(parts)


def _long(name: str, inside: str, view: TargetPage, _: Words, *, opened: bool = False) -> str:
    """A part that may have more lines than are shown, and then says so."""
    count = view.counts.get(name, 0)
    if count > MOST:
        said = _("page.target.first_only", shown=MOST, n=number(count, 0, _.lang))
        inside = f"<p>{escape(said)}</p>{inside}"
    return _part(name, inside, count, _, opened=opened)


def _part(name: str, inside: str, count: int, _: Words, *, opened: bool = False) -> str:
    if not count:
        return ""
    says = escape(_(f"page.target.{name}_says"))
    heading = _(f"page.target.{name}", n=count)
    return html.fold(heading, f'<p class="a-muted">{says}</p>{inside}', opened=opened)


def _head(names: str, _: Words) -> list[tuple[str, str]]:
    return [
        (_(f"page.col.{name}"), NUMBER if name in {"value", "asked", "actual", "gap"} else "")
        for name in names.split()
    ]


def _figures(lines: Iterable[FigureLine], _: Words) -> str:
    shown = list(lines)
    areas = any(line.area for line in shown)
    names = "period area value status source known" if areas else "period value status source known"
    return html.table(_head(names, _), (_figure(line, _, areas=areas) for line in shown))


def _figure(line: FigureLine, _: Words, *, areas: bool) -> tuple[str, ...]:
    place = (escape(line.area or _("page.target.whole")),) if areas else ()
    return (
        escape(capital(line.period)),
        *place,
        escape(line.value),
        escape(line.status_text),
        _source(line, _),
        escape(line.known),
    )


def _source(line: FigureLine, _: Words) -> str:
    """Where a figure comes from: the citation with its words, or the submission."""
    if line.submission is not None:
        href = address.link("upload", {"submission": str(line.submission)})
        own = html.link(href, _("page.target.submission", n=line.submission))
        said = f"{own} · {escape(line.source)}" if line.source else own
    else:
        said = html.source(line.source, line.source_url)
    publisher = f" · {escape(line.publisher)}" if line.publisher else ""
    return f"{said}{publisher}{_said(line)}"


def _said(line: FigureLine | Earlier) -> str:
    """The source's own words, then what has to be known about the figure."""
    quote = f'<div class="a-muted">“{escape(line.quote)}”</div>' if line.quote else ""
    note = f'<div class="a-muted">{escape(capital(line.note))}</div>' if line.note else ""
    return quote + note


def _path(view: TargetPage, _: Words) -> str:
    lines = (
        (
            escape(line.year),
            f"<strong>{escape(line.asked)}</strong>" if line.is_target else escape(line.asked),
            escape(line.actual),
            escape(line.rule),
        )
        for line in view.path
    )
    return html.table(_head("year asked actual rule", _), lines)


def _areas(view: TargetPage, _: Words, theme: str) -> str:
    lines = (
        (
            escape(line.name),
            escape(line.value) or "–",
            escape(line.period),
            escape(line.gap),
            html.verdict(line.scale, capital(line.scale_text), theme, _.lang),
        )
        for line in view.areas
    )
    return html.table(_head("area value period gap verdict", _), lines)


def _revisions(view: TargetPage, _: Words) -> str:
    lines = (
        (
            escape(capital(line.period)),
            escape(line.area or _("page.target.whole")),
            escape(line.value),
            escape(line.status_text),
            escape(line.since),
            escape(line.until or _("page.target.still")),
            escape(line.by),
        )
        for line in view.revisions
    )
    return html.table(_head("period area value status since until by", _), lines)


def _related(view: TargetPage, _: Words) -> str:
    return "".join(
        f'<h3>{escape(one.name)}</h3><p class="a-muted">{escape(one.why)}</p>'
        f"{_figures(one.figures, _)}"
        for one in view.related
    )


def _earlier(view: TargetPage, _: Words) -> str:
    lines = (
        (
            escape(line.document),
            escape(capital(line.period)),
            escape(line.asked),
            html.source(line.source, line.source_url) + _said(line),
        )
        for line in view.earlier
    )
    return html.table(_head("document period asked source", _), lines)


def source_line(view: TargetPage, _: Words) -> str:
    """Số liệu cập nhật đến ngày … · sơ bộ · Nguồn: … · Phương pháp đánh giá: …."""
    row = view.row
    source = row.source or _("page.target.no_source")
    method = _(f"method.{view.method}") if view.method else ""
    return _("page.target.foot", day=view.day, source=source, method=method)
