"""Scores of a forecaster of short yearly series: point, distribution, target question.

Every series is stopped after 3 to 10 figures; each later figure up to six years ahead is
scored against the naive forecast (the last value, with a random walk's interval).

- OWA: mean of the ratios of sMAPE and MASE to the naive forecast's (Makridakis et al., The M4
  Competition, 2020). Smaller is better.
- CRPS: as the weighted interval score of five quantiles (Bracher et al., Evaluating epidemic
  forecasts in an interval format, 2021), in units of the usual yearly change.
- Coverage of the 80 % and 95 % intervals.
- Target question: five targets a year ahead, the last value grown by -3 to 8 % a year; Brier
  score, and skill against how often such targets were met (Gneiting, Raftery, Strictly
  proper scoring rules, 2007).
- Calibration: stated probabilities by tenths beside how often they came true.
"""

from __future__ import annotations

import csv
import gzip
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)
_NORMAL = {0.025: -1.959964, 0.1: -1.281552, 0.5: 0.0, 0.9: 1.281552, 0.975: 1.959964}
_FIGURES, _AHEAD = range(3, 11), range(1, 7)
_GROWTH = (-0.03, 0.005, 0.02, 0.04, 0.08)
_CAP = 25.0  # scaled errors are cut here, so that no one series decides
_FAILURES = (ArithmeticError, LookupError, TypeError, ValueError)

Values = Sequence[float | None]


class Prediction(Protocol):
    """What a forecaster says of one year ahead."""

    @property
    def mean(self) -> float:
        """The central forecast."""
        ...

    @property
    def quantiles(self) -> Mapping[float, float]:
        """Values by LEVELS."""
        ...

    def prob(self, target: float) -> float:
        """Probability of at least the target."""
        ...


Forecaster = Callable[[list[int], list[float | None], str, list[int]], Mapping[int, Prediction]]
"""years, values, scale, horizons -> a prediction for each horizon."""


class Series(NamedTuple):
    """One series of the file; a year without a figure is None."""

    id: str
    domain: str
    scale: str
    years: list[int]
    values: list[float | None]


class Task(NamedTuple):
    """A series stopped after so many figures, and what came after, by years ahead."""

    series: Series
    stop: int
    figures: int
    future: dict[int, float]

    @property
    def years(self) -> list[int]:
        """Years up to the stop."""
        return self.series.years[: self.stop]

    @property
    def values(self) -> list[float | None]:
        """Values up to the stop."""
        return self.series.values[: self.stop]


class Row(NamedTuple):
    """The scores of one forecast year, beside the naive forecast's."""

    n: int
    h: int
    scale: str
    smape: float
    smape_naive: float
    error: float
    error_naive: float
    crps: float
    crps_naive: float
    in80: bool
    in95: bool


class Question(NamedTuple):
    """One target question: what was stated, and whether it came true."""

    n: int
    h: int
    scale: str
    growth: int
    stated: float
    true: float


@dataclass(slots=True)
class Result:
    """All scores of one forecaster on one file."""

    rows: list[Row]
    questions: list[Question]
    errors: int = 0
    first_error: str = ""
    seconds: float = 0.0
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Naive:
    """The last value, with a random walk's normal interval."""

    mean: float
    sd: float
    highest: float

    @property
    def quantiles(self) -> dict[float, float]:
        """Values by LEVELS, inside the possible range."""
        return {q: min(max(self.mean + _NORMAL[q] * self.sd, 0.0), self.highest) for q in LEVELS}

    def prob(self, target: float) -> float:
        """Probability of at least the target."""
        return 0.5 * math.erfc((target - self.mean) / self.sd / math.sqrt(2))


def load(path: Path) -> list[Series]:
    """The series of a file with the columns id, domain, scale, year, value (.csv or .csv.gz)."""
    found: dict[tuple[str, str, str], dict[int, float]] = defaultdict(dict)
    packed = path.suffix == ".gz"
    with gzip.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["id"], row["domain"], row["scale"]][int(row["year"])] = float(row["value"])
    series = []
    for (name, domain, scale), figures in sorted(found.items()):
        years = list(range(min(figures), max(figures) + 1))
        series.append(Series(name, domain, scale, years, [figures.get(year) for year in years]))
    return series


def tasks(series: Iterable[Series]) -> Iterator[Task]:
    """Every stop of every series that has a later figure within six years."""
    for one in series:
        seen = 0
        for place, value in enumerate(one.values):
            seen += value is not None
            if value is None or seen not in _FIGURES:
                continue
            later = {h: one.values[place + h] for h in _AHEAD if place + h < len(one.values)}
            future = {h: actual for h, actual in later.items() if actual is not None}
            if future:
                yield Task(one, place + 1, seen, future)


def steps(years: Sequence[int], values: Values) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Yearly changes of the observed values; over a gap of g years the change over √g."""
    known = [(y, v) for y, v in zip(years, values, strict=True) if v is not None]
    pairs = pairwise(known)
    return np.array([(b - a) / math.sqrt(later - earlier) for (earlier, a), (later, b) in pairs])


def yardstick(years: Sequence[int], values: Values, scale: str) -> float:
    """A usual yearly change: at least 1 % of the level, for rates also 0.25 points."""
    level = float(np.mean([abs(v) for v in values if v is not None]))
    least = 0.25 if scale == "rate" else 1e-12
    return max(float(np.mean(np.abs(steps(years, values)))), 0.01 * level, least)


def naive(
    years: Sequence[int], values: Values, scale: str, horizons: Iterable[int]
) -> dict[int, Naive]:
    """The forecast to beat."""
    last = values[-1]
    if last is None:
        raise ValueError("the last value is missing")
    usual = float(np.sqrt(np.mean(steps(years, values) ** 2)))
    sd = max(usual, 0.25 * yardstick(years, values, scale))
    highest = 100.0 if scale == "rate" else math.inf
    return {h: Naive(last, sd * math.sqrt(h), highest) for h in horizons}


def target(last: float, scale: str, growth: float, ahead: int) -> float:
    """The last value grown so many years; for rates the odds are grown."""
    if scale != "rate":
        return float(last * (1 + growth) ** ahead)
    share = min(max(last, 0.05), 99.95) / 100
    odds = share / (1 - share) * (1 + growth) ** ahead
    return 100 * odds / (1 + odds)


def interval_score(quantiles: Mapping[float, float], actual: float) -> float:
    """Weighted interval score of the five quantiles; smaller is better."""
    score = 0.5 * abs(actual - quantiles[0.5])
    for alpha, low, high in (
        (0.05, quantiles[0.025], quantiles[0.975]),
        (0.2, quantiles[0.1], quantiles[0.9]),
    ):
        miss = max(low - actual, 0.0) + max(actual - high, 0.0)
        score += alpha / 2 * ((high - low) + 2 / alpha * miss)
    return score / 2.5


def evaluate(forecaster: Forecaster, path: Path, limit: int | None = None) -> Result:
    """Run a forecaster over a file; a call that fails counts as the naive forecast.

    Args:
        forecaster: what is scored.
        path: the file, see ``load``.
        limit: only so many forecasts, for trying out.
    """
    result = Result([], [])
    for count, task in enumerate(tasks(load(path))):
        if limit is not None and count >= limit:
            break
        _score(forecaster, task, result)
    return result


def _score(forecaster: Forecaster, task: Task, result: Result) -> None:
    years, values, scale = task.years, task.values, task.series.scale
    horizons = sorted(task.future)
    reference = naive(years, values, scale, horizons)
    unit = yardstick(years, values, scale)
    begun = time.perf_counter()
    try:
        got: Mapping[int, Prediction] = forecaster(list(years), list(values), scale, horizons)
        questions = list(_questions(task, got))
        _check_finite(got, horizons)
    except _FAILURES as problem:
        result.errors += 1
        where = f"(series {task.series.id}, n={task.figures})"
        result.first_error = result.first_error or f"{type(problem).__name__}: {problem} {where}"
        got, questions = reference, list(_questions(task, reference))
    result.seconds += time.perf_counter() - begun
    result.calls += 1
    result.questions += questions
    result.rows += [_row(task, h, got[h], reference[h], unit) for h in horizons]


def _check_finite(got: Mapping[int, Prediction], horizons: Iterable[int]) -> None:
    for h in horizons:
        if not all(math.isfinite(x) for x in (got[h].mean, *(got[h].quantiles[q] for q in LEVELS))):
            raise ValueError("a forecast is not finite")


def _questions(task: Task, got: Mapping[int, Prediction]) -> Iterator[Question]:
    last, scale = task.values[-1], task.series.scale
    if last is None:
        raise ValueError("the last value is missing")
    for h in sorted(task.future):
        for place, growth in enumerate(_GROWTH):
            asked = target(last, scale, growth, h)
            stated = float(got[h].prob(asked))
            if not 0 <= stated <= 1:
                raise ValueError(f"probability {stated} is not in 0..1")
            true = float(task.future[h] >= asked)
            yield Question(task.figures, h, scale, place, stated, true)


def _row(task: Task, h: int, got: Prediction, reference: Prediction, unit: float) -> Row:
    actual, table = task.future[h], got.quantiles
    return Row(
        task.figures,
        h,
        task.series.scale,
        _smape(got.mean, actual),
        _smape(reference.mean, actual),
        min(abs(got.mean - actual) / unit, _CAP),
        min(abs(reference.mean - actual) / unit, _CAP),
        min(interval_score(table, actual) / unit, _CAP),
        min(interval_score(reference.quantiles, actual) / unit, _CAP),
        table[0.1] <= actual <= table[0.9],
        table[0.025] <= actual <= table[0.975],
    )


def _smape(central: float, actual: float) -> float:
    return 200 * abs(central - actual) / max(abs(central) + abs(actual), 1e-12)


def summary(rows: Sequence[Row], questions: Sequence[Question]) -> dict[str, float | None]:
    """The scores of some forecast years, under the keys of the published scorer.

    None where a ratio has nothing to stand against: the naive forecast without any error, or
    targets that were always met or never.
    """
    mean = np.array([row[3:] for row in rows], float).mean(axis=0).tolist()
    smape, smape_naive, error, error_naive, crps, crps_naive, in80, in95 = mean
    brier, reference = _brier(questions)
    points = _ratio(smape, smape_naive), _ratio(error, error_naive)
    left = _ratio(brier, reference)
    return {
        "tasks": len(rows),
        "OWA": None if None in points else 0.5 * sum(p for p in points if p is not None),
        "sMAPE": smape,
        "MASE": error,
        "CRPS": crps,
        "CRPS_naive": crps_naive,
        "CRPS_ratio": _ratio(crps, crps_naive),
        "cov80": in80,
        "cov95": in95,
        "Brier": brier,
        "Brier_clim": reference,
        "Brier_skill": None if left is None else 1 - left,
        "base_rate": float(np.mean([question.true for question in questions])),
    }


def _ratio(value: float, reference: float) -> float | None:
    return value / reference if reference else None


def _brier(questions: Sequence[Question]) -> tuple[float, float]:
    """Brier score, and that of always saying how often a target of that growth was met."""
    groups: dict[tuple[bool, int], list[float]] = defaultdict(list)
    for question in questions:
        groups[question.scale == "rate", question.growth].append(question.true)
    usual = {key: float(np.mean(came)) for key, came in groups.items()}
    stated = np.array([question.stated for question in questions])
    true = np.array([question.true for question in questions])
    climate = np.array([usual[question.scale == "rate", question.growth] for question in questions])
    return float(np.mean((stated - true) ** 2)), float(np.mean((climate - true) ** 2))


def calibration(questions: Sequence[Question]) -> list[tuple[int, float, float, int]]:
    """By tenths of stated probability: tenth, mean stated, share that came true, cases."""
    stated = np.array([question.stated for question in questions])
    true = np.array([question.true for question in questions])
    tenth = np.minimum((stated * 10).astype(int), 9)
    return [
        (b, float(stated[tenth == b].mean()), float(true[tenth == b].mean()), int(count))
        for b, count in enumerate(np.bincount(tenth, minlength=10))
        if count
    ]


def report(result: Result) -> dict[str, object]:
    """All scores as one JSON-ready table, with the keys of the published scorer."""
    rows, questions = result.rows, result.questions
    table: dict[str, object] = dict(summary(rows, questions))
    table["errors"] = result.errors
    table["ms_per_series"] = 1000 * result.seconds / max(result.calls, 1)
    table["calibration"] = [list(line) for line in calibration(questions)]
    for name in ("n", "h", "scale"):
        for value in sorted({getattr(row, name) for row in rows}):
            table[f"{name}={value}"] = summary(
                [row for row in rows if getattr(row, name) == value],
                [question for question in questions if getattr(question, name) == value],
            )
    return table
