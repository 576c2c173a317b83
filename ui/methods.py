"""The page on the methods as HTML, and the other methods on a target's page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from i18n.periods import capital
from i18n.words import Words
from services.method_contrast import contrast
from services.method_examples import Example
from services.methods import MethodInfo, MethodsPage
from services.targets import TargetPage

from . import address, html

NUMBER = "a-number"
# As many columns as there is room for; a phone has room for one.
_COLUMNS = "display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,{}),1fr));gap:0 2rem"
_BELOW_HEADER = "scroll-margin-top:3.5rem"
_SECTIONS = ("scale", "default", "forecast", "methods", "settings", "current")


def contents(view: MethodsPage, _: Words) -> str:
    """The links to the parts of the page."""
    items = "".join(
        f"<li>{html.link(f'#{_place(name, view)}', _(f'methodpage.heading.{name}'))}</li>"
        for name in _SECTIONS
    )
    label = escape(_("methodpage.contents"))
    return f'<nav aria-label="{label}"><ul class="a-chips">{items}</ul></nav>'


def _place(name: str, view: MethodsPage) -> str:
    return view.default.key if name == "default" else name


def _heading(name: str, text: str) -> str:
    return f'<h2 id="{escape(name)}" style="{_BELOW_HEADER}">{escape(text)}</h2>'


def _columns(least: str, *parts: str) -> str:
    inside = "".join(f"<div>{part}</div>" for part in parts if part)
    return f'<div style="{_COLUMNS.format(least)}">{inside}</div>'


def _facts(pairs: Iterable[tuple[str, str]], _: Words) -> str:
    """Terms and what is said of them; the texts are HTML already."""
    lines = "".join(
        f"<dt>{escape(_(f'methodpage.fact.{name}'))}</dt><dd>{text}</dd>"
        for name, text in pairs
        if text
    )
    return f'<dl class="a-facts">{lines}</dl>'


def _head(names: str, _: Words, numbers: str = "") -> list[tuple[str, str]]:
    return [
        (_(f"methodpage.col.{name}"), NUMBER if name in numbers.split() else "")
        for name in names.split()
    ]


# --- the scale ------------------------------------------------------------------------------------


def scale(view: MethodsPage, _: Words, theme: str) -> str:
    """The nine marks, what each means, how many targets have it now."""
    rows = (
        (
            html.verdict(line.scale, capital(line.text), theme, _.lang),
            escape(line.meaning),
            html.link(address.link("overview", {"scale": line.scale}), str(line.count))
            if line.count
            else "0",
        )
        for line in view.scale
    )
    return (
        f"{_heading('scale', _('methodpage.heading.scale'))}"
        f"<p>{escape(_('methodpage.scale_says'))}</p>"
        f"{html.table(_head('scale meaning now', _, 'now'), rows)}"
        f'<p class="a-muted">{escape(_("methodpage.scale_areas"))}</p>'
    )


# --- the methods ----------------------------------------------------------------------------------


def default(view: MethodsPage, _: Words, theme: str) -> str:
    """The default method in full, with the way to choose the target of the examples."""
    title = f"{_('methodpage.heading.default')}: {view.default.name}"
    return (
        f"{_heading(view.default.key, title)}{_method(view, view.default, _, theme)}"
        f"{_chooser(view, _)}"
    )


def others(view: MethodsPage, _: Words, theme: str) -> str:
    """All methods in one table, then each of the others folded."""
    folds = "".join(
        f'<details class="a-fold" id="{escape(info.key)}" style="{_BELOW_HEADER}">'
        f"<summary>{escape(info.name)}</summary>{_method(view, info, _, theme)}</details>"
        for info in view.others
    )
    names = "method question needs checked judges"
    table = html.table(
        _head(names, _, "checked judges"), (_summary(view, info, _) for info in view.methods)
    )
    return (
        f"{_heading('methods', _('methodpage.heading.methods'))}"
        f"<p>{escape(_('methodpage.methods_says'))}</p>{table}{folds}"
    )


def _summary(view: MethodsPage, info: MethodInfo, _: Words) -> tuple[str, ...]:
    mark = ""
    if info.is_default:
        mark = f' <span class="a-muted">({escape(_("methodpage.default_mark"))})</span>'
    return (
        html.link(f"#{info.key}", info.name) + mark,
        escape(info.question),
        escape(info.needs),
        escape(info.checks.short) or "–",
        f"{info.judges}/{view.total}",
    )


def _method(view: MethodsPage, info: MethodInfo, _: Words, theme: str) -> str:
    """Everything about one method: what it asks, how, from where; its labels; an example."""
    formula = "<br>".join(escape(line) for line in info.formula)
    symbols = f'<div class="a-muted">{escape(info.symbols)}</div>' if info.symbols else ""
    facts = _facts(
        (
            ("question", escape(info.question)),
            ("rule", escape(info.rule)),
            ("formula", formula + symbols),
            ("source", escape(info.origin)),
            ("reads", escape(info.reads)),
            ("needs", escape(info.needs)),
            ("judges", escape(_("methodpage.judges", n=info.judges, total=view.total))),
            ("weak", escape(info.weaknesses)),
            ("checked", escape(" ".join(info.checks.sentences))),
        ),
        _,
    )
    labels = html.table(
        _head("label when", _),
        ((escape(text), escape(when)) for _key, text, when in info.labels),
        _("methodpage.labels_caption"),
    )
    return _columns("28rem", facts, labels + _example(info, _, theme))


def _example(info: MethodInfo, _: Words, theme: str) -> str:
    """A target of the store put into the formula, ending with the label that its page shows."""
    one = info.example
    if one is None:
        return f"<p>{escape(_('methodpage.example.none'))}</p>"
    name = ", ".join(part for part in (f"{one.code} {one.name}", one.area) if part)
    heading = escape(_("methodpage.example.heading", code=name))
    link = address.link("target", {"code": one.code})
    title = f'<h3><a href="{escape(link)}">{heading}</a></h3>'
    if not one.judged:
        said = _("methodpage.example.not_judged", code=one.code, reason=one.reason)
        return f"{title}<p>{escape(said)}</p>{_on_scale(one, _, theme)}"
    rows = [tuple(map(escape, (step.what, step.sum, step.result))) for step in one.steps]
    label = f"<strong>{escape(one.label_text)}</strong>"
    rows.append(
        (f"<strong>{escape(_('methodpage.example.conclusion'))}</strong>", escape(one.when), label)
    )
    table = html.table(_head("step sum result", _, "result"), rows, _caption(one, _))
    beyond = f"<p>{escape(_('methodpage.example.beyond'))}</p>" if one.beyond else ""
    return f"{title}{table}{beyond}{_said(one, _, theme)}"


def _caption(one: Example, _: Words) -> str:
    if not one.figures:
        return capital(one.asked)
    figures = "; ".join(
        _("methodpage.example.figure", year=year, value=value) for year, value in one.figures
    )
    return capital(_("methodpage.example.caption", asked=one.asked, figures=figures))


def _said(one: Example, _: Words, theme: str) -> str:
    """The reason as the target's page gives it; of the default method with the verdict."""
    reason = f"<p>{escape(one.reason)} {escape(_('methodpage.example.on_page'))}</p>"
    return _on_scale(one, _, theme) + reason


def _on_scale(one: Example, _: Words, theme: str) -> str:
    if not one.scale:
        return ""
    mark = html.verdict(one.scale, capital(one.scale_text), theme, _.lang)
    before, after = _("methodpage.example.scale", scale="\n").split("\n")
    return f"<p>{escape(before)}<strong>{mark}</strong>{escape(after)}</p>"


def _chooser(view: MethodsPage, _: Words) -> str:
    """The target that every example is made for."""
    choices = [("", _("methodpage.example.automatic"))]
    choices += [(code, f"{code} · {name}") for code, name in view.codes]
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in address.kept().items()
        if value
    )
    unknown = ""
    code = address.asked("code")
    if code and not view.asked:
        said = escape(_("methodpage.example.unknown", code=code))
        unknown = f'<p class="a-past" role="alert">{said}</p>'
    select = html.select("code", _("methodpage.example.choose"), choices, view.asked)
    button = f'<button class="a-button">{escape(_("methodpage.example.show"))}</button>'
    return (
        f'{unknown}<form class="a-filter" method="get" action="/methods">'
        f"{kept}{select}{button}</form>"
    )


# --- forecast, settings, figures ------------------------------------------------------------------


def forecast(view: MethodsPage, _: Words, theme: str) -> str:
    """How chances are made, how often they came true, what they cannot know."""
    told = view.outlooks
    texts = "".join(f"<p>{escape(text)}</p>" for text in (*told.texts, told.unknown, told.record))
    rows = (
        tuple(map(escape, (line.band, line.stated, line.came, line.off, line.cases)))
        for line in told.tenths
    )
    numbers = "stated came off cases"
    table = html.table(_head(f"band {numbers}", _, numbers), rows, told.caption)
    return (
        f"{_heading('forecast', _('methodpage.heading.forecast'))}"
        f"<p><strong>{escape(told.sentence)}</strong></p>"
        f"{_columns('28rem', texts, html.image(told.figure, theme) + table)}"
    )


def settings(view: MethodsPage, _: Words) -> str:
    """What the province decided, beside what it is otherwise."""
    rows = (
        (
            escape(line.name),
            f"<strong>{escape(line.value)}</strong>",
            escape(line.usual),
            escape(capital(line.says)),
        )
        for line in view.settings
    )
    return (
        f"{_heading('settings', _('methodpage.heading.settings'))}"
        f"<p>{escape(_('methodpage.settings_says'))}</p>"
        f"{html.table(_head('setting value usual meaning', _), rows)}"
    )


def current(view: MethodsPage, _: Words) -> str:
    """By which rule one of several contradictory figures is the current one."""
    rows = (
        (f"{place}. {escape(text)}", str(count))
        for place, (text, count) in enumerate(view.criteria, start=1)
    )
    key = "count" if view.contested else "none"
    count = _(f"methodpage.current_{key}", n=view.contested)
    return (
        f"{_heading('current', _('methodpage.heading.current'))}"
        f"<p>{escape(_('methodpage.current_says'))}</p>"
        f"{html.table(_head('criterion decided', _, 'decided'), rows)}"
        f"<p>{escape(count)}</p>"
    )


# --- on a target's page ---------------------------------------------------------------------------


def method_table(view: TargetPage, _: Words) -> str:
    """The fold "Theo các phương pháp khác": each method's word and reason, and why they differ."""
    said = contrast(view.methods, _.lang)
    rows = []
    for line in view.methods:
        if line.is_default:
            continue
        href = f"{address.link('methods', {'code': view.row.code})}#{line.method}"
        why = said.why.get(line.method, "")
        differs = f'<div class="a-muted">{escape(why)}</div>' if why else ""
        rows.append(
            (
                html.link(href, line.name),
                escape(line.label_text),
                f"{escape(line.reason)}{differs}",
            )
        )
    table = html.table(_head("method label why", _), rows)
    inside = f"<p>{escape(said.sentence)}</p>{table}"
    return html.fold(_("methodpage.other.heading", n=len(rows)), inside)
