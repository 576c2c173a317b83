"""A scenario as the two pages that go to a meeting: Word, marked as a trial sum on each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from charts.detail import detail
from charts.history import History
from charts.svg import to_svg
from i18n.dates import moment_text
from i18n.labels import unit_text as unit_in
from i18n.numbers import ABSENT, change_text, number, percent, value_text
from i18n.periods import period_text
from i18n.words import Words, words
from reports.brief_paper import Column
from reports.pictures import png
from reports.scenario_brief import Brief, Row, Table, render

from .scenario_desk import Desk, DriverLine, View, view
from .scenario_documents import read
from .scenario_runs import Result, Run, run
from .scenario_said import assumed, driver

_WIDE, _HIGH, _CM = 760, 380, 16.5  # of the chart: pixels that its words are placed for; on paper
OPEN, SAVED, LOCKED = "open", "saved", "locked"


def brief(
    at: Desk,
    document: object,
    code: str,
    history: History | None,
    *,
    author: str,
    state: str = OPEN,
    lang: str = "vi",
) -> bytes:
    """The Word file of a scenario.

    Args:
        at: what the scenario is worked out from.
        document: the scenario; it has to be one that can be run.
        code: the target that the second page is about.
        history: its chart as the page draws it, None without one.
        author: who made the scenario.
        state: open (not saved), saved or locked.
        lang: "vi" or "en".

    Raises:
        ValueError: the document has faults.
    """
    scenario, faults = read(document)
    if scenario is None:
        raise ValueError(f"no scenario: {faults[0].reason.key}")
    done = run(at.known, scenario, at.forecasts, at.kept)
    if done.faults:
        raise ValueError(f"no scenario: {done.faults[0].reason.key}")
    shown = view(at, document, lang)
    return render(_Writer(at, done, shown, code, lang).brief(history, author, state))


class _Writer:
    """Puts one run into the words of the brief."""

    def __init__(self, at: Desk, done: Run, shown: View, code: str, lang: str) -> None:
        self._at, self._done, self._lang = at, done, lang
        self._: Words = words(lang)
        self._shown = {one.code: one for one in shown.shown}
        self._drivers = dict(zip(done.drivers, shown.drivers, strict=True))
        self._summary = shown.summary
        self._clashes = shown.clashes
        self._ordered = sorted(done.results, key=_least_first)
        first = self._ordered[0].basis.target.code
        self._code = code if code in self._shown else first

    def brief(self, history: History | None, author: str, state: str) -> Brief:
        _, scenario, known = self._, self._done.scenario, self._at.known
        mark = _("scenario.brief.mark")
        picture, caption = self._picture(history)
        return Brief(
            mark=f"{_('frame.demo')} · {mark}" if known.demo else mark,
            kind=_("scenario.brief.kind"),
            name=scenario.name or _("scenario.page.unnamed"),
            sentences=self._sentences(),
            note=_("scenario.brief.note", text=scenario.note) if scenario.note else "",
            assumptions=self._assumptions(),
            results=self._results(),
            takes_heading=_("scenario.brief.takes"),
            takes=self._takes(),
            apart=self._apart(),
            apart_says=self._apart_says(),
            facts=self._facts(author, state),
            author=author,
            made=datetime.fromtimestamp(known.as_of / 1e6, UTC),
            lang=self._lang,
            picture=picture,
            ratio=_WIDE / _HIGH,
            caption=caption,
            alt=caption,
        )

    def _sentences(self) -> list[str]:
        one = self._shown[self._code]
        said = self._("scenario.page.result", year=one.year, value=one.value, asked=one.asked,
                      outcome=one.outcome, gap=one.gap)  # fmt: skip
        named = f"{one.code} {one.name}: {said[:1].lower()}{said[1:]}"
        if len(self._shown) < 2:
            return [said, *self._clashes]
        return [self._summary, named, *self._clashes[:2]]

    def _assumptions(self) -> Table:
        _ = self._
        rows = [
            Row((_named(one, self._lang), self._start(one), assumed(self._done, one, self._lang)))
            for one in self._ordered
        ]
        rows += [self._driver(name, line) for name, line in self._drivers.items()]
        columns = (
            Column(_("scenario.col.target"), 56),
            Column(_("scenario.brief.col_start"), 40),
            Column(_("scenario.brief.col_how"), 69),
        )
        return Table(_("scenario.brief.assumptions"), columns, rows,
                     lambda left: _("scenario.brief.more", n=len(left)))  # fmt: skip

    def _driver(self, name: str, line: DriverLine) -> Row:
        """A driver with its first value, and what is assumed of it or what it has to do."""
        how = driver(self._done, name, self._lang) or self._(
            "scenario.said.driver_follows", last=line.last, growth=line.growth, text=line.given_by
        )
        return Row((line.name, line.first, how))

    def _start(self, one: Result) -> str:
        basis = one.basis
        unit, decimals = unit_in(basis.target.unit, self._lang), basis.indicator.decimals
        value = value_text(basis.start.counted, unit, decimals, self._lang)
        return f"{value} ({period_text(basis.period, self._lang)})"

    def _results(self) -> Table:
        _ = self._
        names = ("target", "trend", "path", "scenario", "chance", "outcome")
        columns = [Column(_("scenario.col.target"), 42)]
        widths = (24, 20, 20, 20, 19, 20)
        for name, width in zip(names, widths, strict=True):
            numbers = name in ("trend", "path", "scenario")
            columns.append(Column(_(f"scenario.brief.col_{name}"), width, numbers))
        rows = [self._result(one) for one in self._ordered]

        def more(left: Sequence[Row]) -> str:
            reached = sum(bool(row.reached) for row in left)
            return _("scenario.brief.more_results", n=len(left), reached=reached)

        return Table(_("scenario.brief.results"), columns, rows, more)

    def _result(self, one: Result) -> Row:
        target, decimals = one.basis.target, one.basis.indicator.decimals
        shown = self._shown[target.code]
        year = int(shown.year)
        path = one.basis.standing.full_path
        asked = path.in_year(year) if path else None
        ahead = (
            None if one.basis.start.total is not None else self._at.forecast(target.code).of(year)
        )
        unit = unit_in(target.unit, self._lang)

        def value(x: float | None) -> str:
            return value_text(x, "%" if unit == "%" else "", decimals, self._lang)

        word = "short" if one.reached else "short_not"
        cells = (
            f"{_named(one, self._lang)} ({unit})",
            f"{shown.asked} ({year})",
            value(ahead.mean if ahead else None),
            value(asked.value if asked else None),
            value(one.end),
            shown.chance or ABSENT,
            self._(f"scenario.brief.{word}"),
        )
        return Row(cells, one.reached)

    def _takes(self) -> list[str]:
        """What each target takes, the one of the second page first."""
        ordered = sorted(self._ordered, key=lambda one: one.basis.target.code != self._code)
        many = len(ordered) > 1
        found = []
        for one in ordered:
            shown = self._shown[one.basis.target.code]
            for text in (shown.takes, shown.afterwards):
                if text:
                    found.append(f"{shown.code}: {text}" if many else text)
        return found

    def _focus(self) -> Result:
        return next(one for one in self._done.results if one.basis.target.code == self._code)

    def _apart(self) -> Table:
        _, one = self._, self._focus()
        decimals, path = one.basis.indicator.decimals, one.basis.standing.full_path
        percent_unit = "%" if one.basis.target.unit == "%" else ""
        rows = []
        for year, value in zip(one.course.years, one.course.values, strict=True):
            asked = path.in_year(year) if path else None
            if asked is None:
                continue
            gap = change_text(value - asked.value, percent_unit, decimals, self._lang)
            texts = [number(x, decimals, self._lang) for x in (value, asked.value)]
            rows.append(Row((str(year), *texts, gap)))
        columns = (
            Column(_("scenario.col.year"), 25),
            Column(_("scenario.brief.col_scenario"), 45, numbers=True),
            Column(_("scenario.brief.col_path"), 45, numbers=True),
            Column(_("scenario.brief.col_gap"), 50, numbers=True),
        )
        return Table(_("scenario.brief.apart"), columns, rows,
                     lambda left: _("scenario.brief.more_years", n=len(left)))  # fmt: skip

    def _apart_says(self) -> str:
        _, one = self._, self._focus()
        path, year = one.basis.standing.full_path, int(self._shown[self._code].year)
        asked = path.in_year(year) if path else None
        if asked is None:
            return _("scenario.brief.no_path")
        unit, decimals = unit_in(one.basis.target.unit, self._lang), one.basis.indicator.decimals
        gap = one.end - asked.value
        size = change_text(abs(gap), unit, decimals, self._lang).removeprefix("+")
        way = "same" if not gap else "more" if gap > 0 else "less"
        named = f"{self._code} ({unit}): "
        return named + _("scenario.brief.path_says", year=year,
                         value=value_text(one.end, unit, decimals, self._lang),
                         path=value_text(asked.value, unit, decimals, self._lang),
                         gap=_(f"scenario.brief.away_{way}", gap=size))  # fmt: skip

    def _picture(self, history: History | None) -> tuple[bytes, str]:
        if history is None:
            return b"", ""
        figure = detail(history, self._lang, _WIDE, _HIGH)
        one = self._shown[self._code]
        said = " ".join((history.sentence, *figure.notes))
        caption = self._("scenario.brief.figure", code=one.code, name=one.name, sentence=said)
        return png(to_svg(figure, "paper"), _CM), caption

    def _facts(self, author: str, state: str) -> list[str]:
        _, known, scenario = self._, self._at.known, self._done.scenario
        spread = _("scenario.brief.spread_forecast")
        if scenario.spread_pct is not None:
            pct = percent(scenario.spread_pct, 2, self._lang)
            spread = _("scenario.brief.spread_own", pct=pct)
        return [
            " ".join((
                _("scenario.brief.known", at=moment_text(known.as_of, self._lang),
                  version=known.data_version),
                _("scenario.brief.drawn", count=number(scenario.count, 0, self._lang),
                  seed=scenario.seed, spread=spread),
                _("scenario.brief.author", author=author),
                _(f"scenario.brief.state_{state}"),
            ))
        ]  # fmt: skip


def _named(one: Result, lang: str) -> str:
    target = one.basis.target
    return f"{target.code} {target.name_vi if lang == 'vi' else target.name_en}"


def _least_first(one: Result) -> tuple[bool, float]:
    """Those that do not reach first, the largest distance in % of what is asked before others."""
    return one.reached, -abs(one.gap) / max(abs(one.end - one.gap), 1e-9)
