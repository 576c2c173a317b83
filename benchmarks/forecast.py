"""How good the forecast is: ``python -m benchmarks.forecast [--data FILE]`` prints JSON.

FILE has the columns id, domain, scale (count, money, rate), year, value; plain or gzipped. What
is measured stands in forecast_score.py, where the data come from in data/LICENCES.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from indicators.forecast import YearAhead, forecast

from .forecast_score import evaluate, report

DATA = Path(__file__).parent / "data" / "bench_dev.csv.gz"


def ours(
    years: list[int], values: list[float | None], scale: str, horizons: list[int]
) -> Mapping[int, YearAhead]:
    """The project's forecast as the scorer asks for it."""
    found = forecast(years, values, scale, horizons)
    return {ahead.year - years[-1]: ahead for ahead in found.years}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores; 2 where the file cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="series to score on")
    parser.add_argument("--limit", type=int, help="only the first so many forecasts")
    asked = parser.parse_args(arguments)
    try:
        result = evaluate(ours, asked.data, asked.limit)
    except (OSError, KeyError, ValueError) as problem:
        print(f"{asked.data}: {problem}", file=sys.stderr)
        return 2
    if not result.rows:
        print(f"{asked.data}: no series with four figures or more", file=sys.stderr)
        return 2
    if result.first_error:
        print(result.first_error, file=sys.stderr)
    print(json.dumps(report(result), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
