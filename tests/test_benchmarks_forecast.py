import csv
import gzip
import json
import math
from pathlib import Path

import numpy as np
import pytest

from benchmarks.forecast import DATA, main, ours
from benchmarks.forecast_score import (
    Series,
    evaluate,
    interval_score,
    load,
    naive,
    report,
    steps,
    target,
    tasks,
    yardstick,
)
from indicators import forecast_record as record

HEADER = "id,domain,scale,year,value\n"


def write(path, series):
    lines = [
        f"{name},tourism,{scale},{2000 + place},{value}\n"
        for name, scale, values in series
        for place, value in enumerate(values)
        if value is not None
    ]
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path):
    rising = [100 * 1.05**k for k in range(12)]
    return write(
        tmp_path / "series.csv",
        [("a", "count", rising), ("b", "rate", [40, 42, None, 45, 44, 47, 46, 50])],
    )


def test_a_series_is_stopped_after_three_to_ten_figures_and_gaps_are_none(file):
    (a, b) = load(file)
    assert b.values == [40, 42, None, 45, 44, 47, 46, 50]
    stops = [(t.figures, t.years[-1], sorted(t.future)) for t in tasks([b])]
    assert stops[0] == (3, 2003, [1, 2, 3, 4])
    assert stops[-1] == (6, 2006, [1])
    assert [t.figures for t in tasks([a])] == [3, 4, 5, 6, 7, 8, 9, 10]


def test_a_change_over_a_gap_counts_by_the_root_of_its_years():
    assert steps([2000, 2001, 2005], [1.0, 2.0, 6.0]) == pytest.approx([1, 2])
    # Mean change 1,5; 1 % of the level is less; for a rate never below 0,25 points.
    assert yardstick([2000, 2001, 2005], [1.0, 2.0, 6.0], "count") == 1.5
    assert yardstick([2000, 2001], [50.0, 50.0], "rate") == 0.5
    assert yardstick([2000, 2001], [1.0, 1.0], "rate") == 0.25


def test_the_naive_forecast_is_the_last_value_with_a_growing_interval():
    found = naive([2000, 2001, 2002], [10.0, 13.0, 17.0], "count", [1, 4])
    sd = math.sqrt((9 + 16) / 2)
    assert (found[1].mean, found[1].sd, found[4].sd) == (17, sd, 2 * sd)
    assert found[1].quantiles[0.9] == pytest.approx(17 + 1.281552 * sd)
    assert found[4].quantiles[0.025] == max(0, 17 - 1.959964 * 2 * sd)
    assert found[1].prob(17) == 0.5


def test_targets_grow_the_value_or_the_odds():
    assert target(200.0, "count", 0.04, 2) == pytest.approx(216.32)
    assert target(50.0, "rate", 0.08, 1) == pytest.approx(100 * 1.08 / 2.08)


def test_the_interval_score_by_hand():
    quantiles = {0.025: 0.0, 0.1: 2.0, 0.5: 5.0, 0.9: 8.0, 0.975: 10.0}
    # Inside: 0,5·|6-5| + 0,025·10 + 0,1·6 = 1,35; above by 1: the 95 % adds 1, the 80 % 3·1 more.
    assert interval_score(quantiles, 6.0) == pytest.approx(1.35 / 2.5)
    assert interval_score(quantiles, 11.0) == pytest.approx((3 + 0.25 + 1 + 0.6 + 3) / 2.5)


def test_the_naive_forecast_scored_against_itself_is_one(file):
    table = report(evaluate(naive, file))
    assert (table["OWA"], table["CRPS_ratio"], table["errors"]) == (1, 1, 0)


def test_a_score_with_nothing_to_stand_against_is_absent(tmp_path):
    flat = write(tmp_path / "flat.csv", [("a", "count", [7] * 6)])
    table = report(evaluate(naive, flat))
    assert (table["OWA"], table["Brier_skill"], table["cov80"]) == (None, None, 1)


def test_a_failed_call_counts_as_the_naive_forecast_and_is_counted(file):
    def broken(years, values, scale, horizons):
        if len(values) == 4:
            raise ValueError("four")
        return naive(years, values, scale, horizons)

    def endless(years, values, scale, horizons):
        return naive([*years, years[-1] + 1], [*values, math.inf], scale, horizons)

    table = evaluate(broken, file)
    assert (table.errors, table.first_error) == (2, "ValueError: four (series a, n=4)")
    assert report(table)["OWA"] == 1
    with np.errstate(invalid="ignore"):
        assert evaluate(endless, file, limit=3).errors == 3


def test_the_command_prints_one_json_with_all_keys(file, capsys):
    assert main(["--data", str(file)]) == 0
    table = json.loads(capsys.readouterr().out)
    assert {
        "tasks", "OWA", "sMAPE", "MASE", "CRPS", "CRPS_naive", "CRPS_ratio", "cov80", "cov95",
        "Brier", "Brier_clim", "Brier_skill", "base_rate", "errors", "ms_per_series",
        "calibration", "n=3", "h=6", "scale=count", "scale=rate",
    } <= set(table)  # fmt: skip
    assert table["errors"] == 0
    assert table["scale=count"]["tasks"] + table["scale=rate"]["tasks"] == table["tasks"]


def test_the_command_takes_gzipped_files_and_refuses_others(file, tmp_path, capsys):
    packed = tmp_path / "series.csv.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert load(packed) == load(file)
    for bad in ("nowhere.csv", "empty.csv", "other.csv"):
        path = tmp_path / bad
        if bad != "nowhere.csv":
            path.write_text(HEADER if bad == "empty.csv" else "year,figure\n2020,1\n", "utf-8")
        assert main(["--data", str(path)]) == 2
        assert str(path) in capsys.readouterr().err


def test_every_series_that_ships_has_its_source_and_an_open_licence():
    ids = {series.id for series in load(DATA)}
    with gzip.open(DATA.with_name("bench_dev_sources.csv.gz"), "rt", encoding="utf-8") as file:
        licences = {row["id"]: row["licence"] for row in csv.DictReader(file)}
    assert ids == set(licences)
    assert set(licences.values()) == {"OGL v3.0", "CC BY 4.0", "Statistics Canada Open Licence"}
    named = Path(DATA.with_name("LICENCES.md")).read_text(encoding="utf-8")
    assert all(f"`{name.split('-')[0]}-`" in named for name in ids)


def test_our_forecast_answers_every_year_asked(file):
    one: Series = load(file)[1]
    found = ours(one.years, one.values, one.scale, [1, 3, 6])
    assert sorted(found) == [1, 3, 6]
    assert found[3].quantiles[0.5] == found[3].mean


@pytest.mark.soak
def test_the_forecast_reaches_the_bars_and_the_record_that_the_pages_show():
    result = evaluate(ours, DATA)
    table = report(result)
    assert table["errors"] == 0
    assert table["OWA"] <= 0.97
    assert table["CRPS_ratio"] <= 0.90
    assert 0.78 <= table["cov80"] <= 0.84
    assert table["cov95"] >= 0.88
    assert table["Brier_skill"] >= 0.08
    for tenth, stated, true, cases in table["calibration"]:
        assert cases < 300 or abs(stated - true) <= 0.07, tenth
    assert (len(load(DATA)), result.calls, len(result.rows)) == (
        record.SERIES,
        record.FORECASTS,
        record.FORECAST_YEARS,
    )
    assert pytest.approx(table["OWA"], abs=0.0006) == record.ERROR_SHARE
    assert pytest.approx(table["CRPS_ratio"], abs=0.0006) == record.DISTRIBUTION_ERROR_SHARE
    assert pytest.approx(100 * table["cov80"], abs=0.06) == record.INSIDE_80_PCT
    assert pytest.approx(100 * table["cov95"], abs=0.06) == record.INSIDE_95_PCT
    assert pytest.approx(table["Brier_skill"], abs=0.0006) == record.BRIER_SKILL
    shown = [tuple(line) for line in record.CALIBRATION]
    measured = [tuple(line[1:]) for line in table["calibration"]]
    assert shown == [pytest.approx(line, abs=0.0006) for line in measured]
