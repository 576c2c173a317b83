"""Figures from another system: a plain CSV, checked line by line, taken whole or not at all.

Columns, in any order: indicator, period, area, value, status, source (and note). A program
wrote it, so nothing is guessed: codes, canonical periods (2026, 2026-H1, 2026-Q1, 2026-05,
2026-9M) and numbers with a decimal point; area is a code, a present name, or nothing for the
whole scope. A line without a value is passed over, as in the template.
"""

from __future__ import annotations

import csv
import difflib
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db import register
from db.engine import Store
from db.submissions import as_json
from indicators.model import ESTIMATE, LEVEL, OFFICIAL, PRELIMINARY, STATUSES, Indicator, Target
from indicators.periods import Period, parse
from intake.findings import REJECT, Collector, Finding
from intake.request import TargetInfo, target_infos

from . import submissions
from .access import SUBMIT, Actor, require
from .moments import today_of
from .submissions import FIGURES, Confirmation, Figure, File, Given, Receipt, Seen

COLUMNS = ("indicator", "period", "area", "value", "status", "source", "note")
NEEDED = ("indicator", "period", "value", "status")
LONGEST_TEXT = 2000
LARGEST = 1e15

_HEADINGS = {
    **{name: name for name in COLUMNS},
    "mã chỉ tiêu": "indicator",
    "kỳ báo cáo": "period",
    "địa bàn": "area",
    "giá trị": "value",
    "trạng thái": "status",
    "nguồn": "source",
    "ghi chú": "note",
}
_STATUSES = {
    **{status: status for status in STATUSES},
    "chính thức": OFFICIAL,
    "sơ bộ": PRELIMINARY,
    "ước tính": ESTIMATE,
}
_WHOLE = {"", "toàn tỉnh", "tỉnh sơn la"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the file. outcome: accept, accept_with_warnings or reject.

    receipt: None where nothing was stored; findings: what is wrong or odd, by line.
    """

    outcome: str
    receipt: Receipt | None
    findings: tuple[Finding, ...]


def take(store: Store, actor: Actor, file: File, *, now: int, why: str = "") -> Taken:
    """Check a CSV of figures and store it as one submission, or say why not.

    Warnings do not hold it up: another system has nobody to confirm them.

    Raises:
        Denied: the actor may not submit.
        Conflict: somebody stored other figures meanwhile; nothing was stored.
    """
    require(actor, SUBMIT)
    out = Collector()
    with store.read() as tx:
        as_of = 2**62  # what is stored by now, whatever the clock says
        infos = _infos(register.targets(tx, as_of), register.indicators(tx, as_of))
        areas = {area.code: (area.name_vi, area.full_name_vi) for area in register.areas(tx, as_of)}
    figures = list(_figures(file, _Register(infos, _area_names(areas)), today_of(now), out))
    found = submissions.seen(store, (figure.key for figure in figures)) if figures else {}
    _check_stored(figures, found, out)
    outcome = out.outcome()
    if outcome == REJECT or not figures:
        return Taken(outcome, None, tuple(out.kept()))
    given = Given(
        file=file,
        findings=[_kept(one) for one in out.kept()],
        why=why,
        as_of=today_of(now).isoformat(),
    )
    receipt = submissions.commit(
        store, actor, figures, kind=FIGURES, expected=found, given=given, now=now
    )
    return Taken(outcome, receipt, tuple(out.kept()))


@dataclass(frozen=True, slots=True)
class _Register:
    """infos: code -> what its figures must be; areas: casefolded name or code -> code."""

    infos: Mapping[str, TargetInfo]
    areas: Mapping[str, str]


def _infos(targets: Sequence[Target], indicators: Sequence[Indicator]) -> dict[str, TargetInfo]:
    known = {info.code: info for info in target_infos(targets, indicators)}
    for one in indicators:
        known.setdefault(
            one.code,
            TargetInfo(
                code=one.code,
                names=(one.name_vi,),
                unit=one.unit,
                kind=LEVEL,
                comparator="",
                scope="",
                measure=one.measure,
                decimals=one.decimals,
                minimum=one.minimum,
                maximum=one.maximum,
                rollup=one.area_rollup,
            ),
        )
    return known


def _area_names(areas: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Every writing that names one area only."""
    names: dict[str, str] = {}
    doubtful = set()
    for code, writings in areas.items():
        for writing in {text.casefold() for text in writings if text}:
            if names.setdefault(writing, code) != code:
                doubtful.add(writing)
    known = {writing: code for writing, code in names.items() if writing not in doubtful}
    return {**known, **{code: code for code in areas}, **dict.fromkeys(_WHOLE, "")}


# --- reading -----------------------------------------------------------------------


def _figures(file: File, known: _Register, today: date, out: Collector) -> Iterator[Figure]:
    """The figures of the lines that can be read; what cannot is a finding."""
    if not file.content.strip():
        out.add("F01", "", "", {"file": file.name})
        return
    if b"\0" in file.content:  # text never holds it, and PostgreSQL cannot store it
        out.add("F03", "", "", {"ext": ".csv", "kind": "dữ liệu nhị phân"})
        return
    text = io.TextIOWrapper(io.BytesIO(file.content), "utf-8-sig", newline="")
    try:
        yield from _lines(text, known, today, out)
    except (UnicodeDecodeError, csv.Error) as error:
        out.add("F07", "", "", {"detail": str(error)})


def _lines(
    text: io.TextIOWrapper, known: _Register, today: date, out: Collector
) -> Iterator[Figure]:
    heading = text.readline()
    text.seek(0)
    lines = csv.reader(text, delimiter=";" if heading.count(";") > heading.count(",") else ",")
    places = _columns(next(lines, []), out)
    if places is None:
        return
    reader = _Reader(known, today, places, out)
    line = lines.line_num + 1
    for row in lines:
        figure = reader.figure(line, row)
        line = lines.line_num + 1
        if figure is not None:
            yield figure


def _columns(heading: Sequence[str], out: Collector) -> dict[str, int] | None:
    """Column -> its place in a row; None where one that is needed is missing."""
    places: dict[str, int] = {}
    for place, text in enumerate(heading):
        name = _HEADINGS.get(text.strip().casefold())
        if name is None:
            out.add("S03", "", f"{_letter(place)}1", {"column": text})
        else:
            places.setdefault(name, place)
    missing = [name for name in NEEDED if name not in places]
    for name in missing:
        out.add("S02", "", "A1", {"sheet": "CSV", "column": name})
    return None if missing else places


class _Reader:
    """Turns one line after the other into figures; remembers what it has understood."""

    def __init__(
        self, known: _Register, today: date, places: Mapping[str, int], out: Collector
    ) -> None:
        self._known = known
        self._today = today
        self._places = tuple(places.get(name, -1) for name in COLUMNS)
        self._letters = {name: _letter(place) for name, place in places.items()}
        self._out = out
        self._periods: dict[str, Period | None] = {}
        self._first: dict[tuple[str, str, str], tuple[float, str]] = {}

    def figure(self, line: int, row: Sequence[str]) -> Figure | None:
        """The figure of a line, None where it has none or cannot be read."""
        length = len(row)
        code, period, area, value, status, source, note = (
            row[place].strip() if 0 <= place < length else "" for place in self._places
        )
        if not value:
            return None
        info = self._known.infos.get(code)
        if info is None:
            self._say("I01", line, "indicator", code=code, nearest=self._nearest(code), hint="")
        where = self._area(line, area, info)
        when = self._period(line, period)
        number = self._number(line, value, info, where)
        rank = _STATUSES.get(status) or _STATUSES.get(status.casefold())
        if rank is None:
            self._say("T02", line, "status", text=status)
        if len(source) > LONGEST_TEXT or len(note) > LONGEST_TEXT:
            self._too_long(line, source, note)
        if info is None or where is None or when is None or number is None or rank is None:
            return None
        if rank == OFFICIAL and when.end > self._today:
            self._say("P04", line, "status", period=when.text)
        made = Figure(
            code, where, when.text, number, rank, source, note, "", self._cell("value", line)
        )
        return made if self._is_first(line, made) else None

    def _period(self, line: int, text: str) -> Period | None:
        try:
            period = self._periods[text]
        except KeyError:
            period = self._periods[text] = _period(text)
        if period is None:
            self._say("P02", line, "period", text=text)
        elif period.start > self._today:
            day = self._today.strftime("%d/%m/%Y")
            self._say("P03", line, "period", period=period.text, today=day)
            return None
        return period

    def _area(self, line: int, text: str, info: TargetInfo | None) -> str | None:
        area = self._known.areas.get(text)
        if area is None:
            area = self._known.areas.get(text.casefold())
        if area is None:
            self._say("A01", line, "area", area=text)
        elif not area and info is not None and info.by_area:
            self._say("A08", line, "area", code=info.code)
            return None
        return area

    def _number(
        self, line: int, text: str, info: TargetInfo | None, area: str | None
    ) -> float | None:
        try:
            value = float(text)
        except ValueError:
            value = None
        if value is None or "_" in text:
            self._say("V02", line, "value", raw=text)
            return None
        if not math.isfinite(value) or abs(value) > LARGEST:
            self._say("V15", line, "value", raw=text, cell=self._cell("value", line))
            return None
        if info is not None and (wrong := _wrong(value, info, area or "")):
            self._say(wrong, line, "value", value=value, code=info.code, unit=info.unit)
            return None
        return value

    def _is_first(self, line: int, figure: Figure) -> bool:
        """Whether the figure's key is new in the file; a second one is told."""
        before = self._first.setdefault(figure.key, (figure.value, figure.cell))
        if before[1] == figure.cell:
            return True
        args = {"code": figure.indicator, "period": figure.period, "area": figure.area or "–"}
        if before[0] == figure.value:
            self._say("D02", line, "value", **args)
        else:
            cells = {"cell1": before[1], "v1": before[0], "cell2": figure.cell}
            self._say("D01", line, "value", **args, **cells, v2=figure.value)
        return False

    def _too_long(self, line: int, source: str, note: str) -> None:
        for name, text in (("source", source), ("note", note)):
            if len(text) > LONGEST_TEXT:
                args = {"cell": self._cell(name, line), "n": len(text), "limit": LONGEST_TEXT}
                self._say("N02", line, name, **args)

    def _nearest(self, code: str) -> str:
        found = difflib.get_close_matches(code.upper(), self._known.infos, 1, 0.4)
        return found[0] if found else "–"

    def _cell(self, column: str, line: int) -> str:
        return f"{self._letters.get(column, '')}{line}"

    def _say(self, finding: str, line: int, column: str, **args: object) -> None:
        self._out.add(finding, "", self._cell(column, line), args)


def _period(text: str) -> Period | None:
    try:
        return parse(text)
    except ValueError:
        return None


def _wrong(value: float, info: TargetInfo, area: str) -> str:
    """The code of the rule that a value breaks, "" where it breaks none."""
    if info.is_yes_no(area):
        return "" if value in (0.0, 1.0) else "V16"
    if info.minimum is not None and value < info.minimum:
        return "V11"
    if info.maximum is not None and value > info.maximum:
        return "V10"
    return "V12" if info.counts_whole and not value.is_integer() else ""


def _letter(place: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# --- against what is stored --------------------------------------------------------


def _check_stored(
    figures: Sequence[Figure], found: Mapping[tuple[str, str, str], Seen], out: Collector
) -> None:
    """An official figure is only ever replaced by an official one."""
    for figure in figures:
        old = found[figure.key]
        if old.status == OFFICIAL and figure.status != OFFICIAL and old.value != figure.value:
            args = {"old": old.value, "new": figure.value, "status": figure.status}
            out.add("D04", "", figure.cell, args)


def _kept(one: Finding) -> Confirmation:
    args = as_json(dict(one.args))
    return Confirmation(one.code, one.severity, one.sheet, one.cell, one.message, args)
