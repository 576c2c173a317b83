"""The lines of a figures CSV: understood, or told at their line and column."""

from __future__ import annotations

import csv
import difflib
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from indicators.model import EACH_AREA, ESTIMATE, OFFICIAL, PRELIMINARY, STATUSES
from indicators.periods import parse
from intake.findings import Collector
from intake.request import TargetInfo

from .submission_values import Figure, File

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


def read(
    file: File,
    infos: Mapping[str, TargetInfo],
    areas: Mapping[str, str],
    today: date,
    out: Collector,
) -> Iterator[Figure]:
    """The figures of the lines that can be read, each key once; what cannot is a finding.

    Args:
        file: UTF-8, with or without a byte order mark, with commas or semicolons.
        infos: what a figure of each indicator must be.
        areas: casefolded name or code -> code, "" the whole scope.
        today: periods that begin later are refused.
        out: gets the findings, each at the cell that a spreadsheet would show it in.
    """
    if not file.content.strip():
        out.add("F01", "", "", {"file": file.name})
        return
    if b"\0" in file.content:  # text never holds it, and PostgreSQL cannot store it
        out.add("F03", "", "", {"ext": ".csv", "kind": "dữ liệu nhị phân"})
        return
    text = io.TextIOWrapper(io.BytesIO(file.content), "utf-8-sig", newline="")
    try:
        heading = text.readline()
        text.seek(0)
        sign = ";" if heading.count(";") > heading.count(",") else ","
        lines = csv.reader(text, delimiter=sign)
        places = _columns(next(lines, []), out)
        if places is None:
            return
        reader = _Reader(infos, areas, today, places, out)
        line = lines.line_num + 1
        for row in lines:
            figure = reader.figure(line, row)
            line = lines.line_num + 1
            if figure is not None:
                yield figure
    except (UnicodeDecodeError, csv.Error) as error:
        out.add("F07", "", "", {"detail": str(error)})


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


class _Rule(NamedTuple):
    """What a figure of one indicator must be; by_area: the whole scope has none."""

    info: TargetInfo
    low: float
    high: float
    whole: bool
    by_area: bool
    plain: bool  # low, high and whole say everything: it is never just yes or no


class _Reader:
    """Turns one line after the other into figures.

    What it has understood it keeps by its text, because the same codes, periods, areas and
    statuses come thousands of times; what it has not is looked at anew and told each time.
    """

    def __init__(
        self,
        infos: Mapping[str, TargetInfo],
        areas: Mapping[str, str],
        today: date,
        places: Mapping[str, int],
        out: Collector,
    ) -> None:
        self._register = infos
        self._area_names = areas
        self._today = today
        # a column that the file has not is the blank that ``figure`` adds to each row's end
        self._of = itemgetter(*(places.get(name, -1) for name in COLUMNS))
        self._width = max(places.values()) + 1
        self._letters = {name: _letter(place) for name, place in places.items()}
        self._value_letter = self._letters["value"]
        self._out = out
        self._rules: dict[str, _Rule] = {}
        self._periods: dict[str, tuple[str, bool]] = {}
        self._areas: dict[str, str] = {}
        self._statuses: dict[str, str] = {}
        self._first: dict[tuple[str, str, str], Figure] = {}

    def figure(self, line: int, row: list[str]) -> Figure | None:
        """The figure of a line, None where it has none or cannot be read."""
        row += [""] * max(self._width - len(row), 0)
        row.append("")
        code, period, area, text, status, source, note = self._of(row)
        if not text or text.isspace():
            return None
        rule = self._rules.get(code) or self._rule(line, code)
        when = self._periods.get(period) or self._period(line, period)
        where = self._areas.get(area)
        if where is None:
            where = self._area(line, area)
        if where == "" and rule and rule.by_area:
            self._say("A08", line, "area", code=rule.info.code)
            where = None
        value = self._number(line, text, rule, where)
        rank = self._statuses.get(status) or self._status(line, status)
        if rank == OFFICIAL and when and when[1]:
            self._say("P04", line, "status", period=when[0])
        if len(source) > LONGEST_TEXT or len(note) > LONGEST_TEXT:
            self._too_long(line, source, note)
        elif rule and when and rank and where is not None and value is not None:
            said = source.strip(), note.strip(), "", f"{self._value_letter}{line}"
            made = Figure(rule.info.code, where, when[0], value, rank, *said)
            if self._first.setdefault(made[:3], made) is made:
                return made
            self._second(line, made)
        return None

    def _rule(self, line: int, text: str) -> _Rule | None:
        code = text.strip()
        info = self._register.get(code)
        if info is None:
            near = difflib.get_close_matches(code.upper(), self._register, 1, 0.4)
            self._say("I01", line, "indicator", code=code, nearest=near or "–", hint="")
            return None
        low = -LARGEST if info.minimum is None else info.minimum
        high = LARGEST if info.maximum is None else info.maximum
        plain = not info.is_yes_no("") and not info.is_yes_no("an area")
        rule = _Rule(info, low, high, info.counts_whole, info.kind == EACH_AREA, plain)
        return self._rules.setdefault(text, rule)

    def _period(self, line: int, text: str) -> tuple[str, bool] | None:
        """The period's canonical spelling, and whether it has not ended yet."""
        try:
            period = parse(text.strip())
        except ValueError:
            self._say("P02", line, "period", text=text)
            return None
        if period.start > self._today:
            day = self._today.strftime("%d/%m/%Y")
            self._say("P03", line, "period", period=period.text, today=day)
            return None
        return self._periods.setdefault(text, (period.text, period.end > self._today))

    def _area(self, line: int, text: str) -> str | None:
        area = self._area_names.get(text.strip().casefold())
        if area is None:
            self._say("A01", line, "area", area=text)
            return None
        return self._areas.setdefault(text, area)

    def _status(self, line: int, text: str) -> str | None:
        status = _STATUSES.get(text.strip().casefold())
        if status is None:
            self._say("T02", line, "status", text=text)
            return None
        return self._statuses.setdefault(text, status)

    def _number(self, line: int, text: str, rule: _Rule | None, area: str | None) -> float | None:
        try:
            value = float(text)
        except ValueError:
            self._say("V02", line, "value", raw=text)
            return None
        if "_" in text:  # Python reads 1_000, nobody else does
            self._say("V02", line, "value", raw=text)
            return None
        if rule and rule.plain and rule.low <= value <= rule.high:
            if not rule.whole or value.is_integer():
                return value
        elif not math.isfinite(value) or abs(value) > LARGEST:
            self._say("V15", line, "value", raw=text, cell=f"{self._value_letter}{line}")
            return None
        wrong = _wrong(value, rule, area or "") if rule else ""
        if rule and wrong:
            args = {"value": value, "code": rule.info.code, "unit": rule.info.unit}
            self._say(wrong, line, "value", **args)
            return None
        return value

    def _second(self, line: int, figure: Figure) -> None:
        """Tell that a figure has come before."""
        before = self._first[figure[:3]]
        args = {"code": figure.indicator, "period": figure.period, "area": figure.area or "–"}
        if before.value == figure.value:
            self._say("D02", line, "value", **args)
        else:
            cells = {"cell1": before.cell, "v1": before.value, "cell2": figure.cell}
            self._say("D01", line, "value", **args, **cells, v2=figure.value)

    def _too_long(self, line: int, source: str, note: str) -> None:
        for name, text in (("source", source), ("note", note)):
            if len(text) > LONGEST_TEXT:
                cell = f"{self._letters[name]}{line}"
                self._say("N02", line, name, cell=cell, n=len(text), limit=LONGEST_TEXT)

    def _say(self, finding: str, line: int, column: str, **args: object) -> None:
        self._out.add(finding, "", f"{self._letters.get(column, '')}{line}", args)


def _wrong(value: float, rule: _Rule, area: str) -> str:
    """The code of the rule that a value breaks, "" where it breaks none."""
    if rule.info.is_yes_no(area):
        return "" if value in (0.0, 1.0) else "V16"
    if value < rule.low:
        return "V11"
    if value > rule.high:
        return "V10"
    return "V12" if rule.whole and not value.is_integer() else ""


def _letter(place: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
