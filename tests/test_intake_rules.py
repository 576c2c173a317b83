"""Rules between figures: of the file among themselves, and with what is stored."""

from __future__ import annotations

import pytest

from indicators.model import PUBLISHED
from intake.effects import CHANGED, NEW, SAME, effects
from intake.findings import MOST
from intake.request import Request, Stored
from tests.intake_grids import HEAD, TODAY, examine, long_sheet, sheet, told
from tests.intake_store import stored_figures, the_register

WARDS = next(t.areas for t in the_register().targets if t.code == "MT-01")


def official(code: str, period: str, value: float, area: str = "", status: str = "official"):
    return Stored(code, period, area, value, status)


def check(*rows: tuple[str, str, str, float], stored: tuple[Stored, ...] = ()) -> set[str]:
    """Findings of a table of estimates; row n of the file is row n of the rows, counted from 2."""
    return told(examine(long_sheet(*rows), stored=stored))


def test_a_part_above_its_whole_is_refused_at_the_part():
    assert check(("DL-01", "2026-Q3", "", 100), ("DL-02", "2026-Q3", "", 101)) == {"L01 F3"}
    assert check(("DL-01", "2026-Q3", "", 100), ("DL-02", "2026-Q3", "", 100)) == set()
    assert check(("DL-01", "2026-Q3", "", 100), ("DL-02", "2026-Q2", "", 101)) == set()


def test_a_stored_part_or_whole_is_held_against_the_file():
    whole, part = official("NL-01", "2026", 68), official("NL-02", "2026", 69)
    assert "L01 F2" in check(("NL-02", "2026", "", 69), stored=(whole,))
    assert "L01 F2" in check(("NL-01", "2026", "", 68), stored=(part,))
    # what the file says counts before what is stored
    both = check(("NL-01", "2026", "", 70), ("NL-02", "2026", "", 69), stored=(whole,))
    assert not any(finding.startswith("L01") for finding in both)


def test_the_schools_lie_between_their_kinds_once_all_are_known():
    parts = [(f"GD-0{n}", "2026", "", value) for n, value in ((2, 70), (3, 72.5), (4, 75))]
    last = official("GD-05", "2026", 90.3)
    assert check(("GD-01", "2026", "", 95), *parts, stored=(last,)) == {"L02 F2"}
    assert check(("GD-01", "2026", "", 72), *parts, stored=(last,)) == set()
    assert check(("GD-01", "2026", "", 95), *parts) == set()
    whole = official("GD-01", "2026", 95)
    assert check(*parts, stored=(last, whole)) == {"L02 F2"}


@pytest.mark.parametrize(
    ("value", "finding"),
    [
        (5634000, ""), (26500000, "L03"), (1060000, "L03"), (1060001, ""),  # 5 and 1/5 of 5.3 m
        (5634, "U06"), (2650, "U06"), (10600, "U06"), (10601, "L03"), (2649, "L03"),
    ],
)  # fmt: skip
def test_a_jump_from_the_year_before_is_asked_about(value, finding):
    stored = (official("DL-01", "2025", 5300000), official("DL-01", "2020", 100))
    assert check(("DL-01", "2026", "", value), stored=stored) == (
        {f"{finding} F2"} if finding else set()
    )


def test_a_share_jumps_by_points_and_never_by_a_thousand():
    stored = (official("GD-06", "2025", 68),)
    assert check(("GD-06", "2026", "", 98), stored=stored) == set()
    assert check(("GD-06", "2026", "", 98.5), stored=stored) == {"L03 F2"}
    assert check(("GD-06", "2026", "", 10), stored=stored) == {"L03 F2"}


def test_only_the_same_part_of_an_earlier_year_is_compared():
    stored = (official("DL-01", "2025-H1", 3000000), official("DL-01", "2027", 1))
    assert check(("DL-01", "2026", "", 5), stored=stored) == set()
    assert check(("DL-01", "2026-H1", "", 3000), stored=stored) == {"U06 F2"}


def test_a_longer_period_holds_the_shorter_ones():
    assert check(("DL-01", "2026", "", 5), ("DL-01", "2026-Q3", "", 6)) == {"L04 F2"}
    assert check(("DL-01", "2026-9M", "", 5), ("DL-01", "2026-05", "", 6)) == {"L04 F2"}
    assert check(("DL-01", "2026-H1", "", 5), ("DL-01", "2026-Q3", "", 6)) == set()
    longer = official("DL-01", "2026-9M", 5)
    assert "L04 F2" in check(("DL-01", "2026-Q3", "", 6), stored=(longer,))
    # a stock may be less at the year's end
    assert check(("KT-01", "2026", "", 5), ("KT-01", "2026-Q3", "", 6)) == set()


def test_one_finding_for_a_longer_period_however_many_shorter_ones_exceed_it():
    rows = [("DL-01", "2026", "", 1), *(("DL-01", f"2026-Q{q}", "", 9) for q in (1, 2, 3))]
    findings = examine(long_sheet(*rows)).out.kept()
    assert [(f.code, f.cell) for f in findings] == [("L04", "F2")]


def test_quarters_add_up_to_the_year_within_one_percent():
    quarters = [("DL-02", f"2026-Q{q}", "", 1000) for q in (1, 2, 3, 4)]
    assert check(("DL-02", "2026", "", 4040), *quarters) == set()
    assert check(("DL-02", "2026", "", 4041), *quarters) == {"L05 F2"}
    assert check(*quarters, stored=(official("DL-02", "2026", 4500),)) == {"L05 F5"}
    assert check(*quarters[:3], stored=(official("DL-02", "2026", 4500),)) == set()
    assert check(*quarters[:2], stored=(official("DL-02", "2026-H1", 2100),)) == {"L05 F3"}


def test_missing_areas_are_told_once_for_each_indicator_and_period():
    rows = [("MT-01", "2026", area, 40) for area in WARDS[:-2]]
    desk = examine(long_sheet(*rows, ("MT-02", "2026", "04105", 1)))
    found = [(f.code, f.args["code"], f.args["n"], f.args["total"]) for f in desk.out.kept()]
    assert found == [("C01", "MT-01", 2, 8), ("C01", "MT-02", 2, 3)]
    stored = tuple(official("MT-01", "2026", 40, area) for area in WARDS[-2:])
    assert "C01" not in check(*rows, stored=stored)


def test_an_area_with_a_sign_for_no_figure_is_missing():
    rows = [("MT-01", "2026", area, 40) for area in WARDS[:-1]]
    last = ["MT-01", "", "", "2026", WARDS[-1], "...", "ước tính", "", ""]
    assert {"C01", "V08 F9"} == told(examine(long_sheet(*rows, last)))


def test_a_key_that_comes_again_is_held_against_its_first_row():
    rows = [("DL-01", "2026-Q3", "", 5), ("DL-01", "Quý III/2026", "", 5),
            ("DL-01", "Q3/2026", "", 6), ("DL-01", "2026-Q3", "", 5)]  # fmt: skip
    assert check(*rows) == {"D02 F3", "D01 F4", "D02 F5"}


def test_two_former_units_of_one_commune_are_one_key():
    rows = [("CN-02", "2026", "Chiềng Khừa", 88.5), ("CN-02", "2026", "Lóng Sập", 86)]
    assert "D01 F3" in check(*rows)


@pytest.mark.parametrize(
    ("stored_status", "status", "value", "code", "effect"),
    [
        ("official", "chính thức", 101, "D03", CHANGED),
        ("official", "ước tính", 101, "D04", CHANGED),
        ("official", "sơ bộ", 101, "D04", CHANGED),
        ("official", "chính thức", 100, "D05", SAME),
        ("official", "ước tính", 100, "D05", SAME),
        ("preliminary", "ước tính", 100, "D05", SAME),
        ("preliminary", "chính thức", 100, "D06", CHANGED),
        ("preliminary", "ước tính", 101, "D06", CHANGED),
        ("estimate", "ước tính", 101, "D06", CHANGED),
        ("estimate", "ước tính", 100, "D05", SAME),
    ],
)
def test_what_an_agency_stored_meets_the_new_figure(stored_status, status, value, code, effect):
    row = ["DL-01", "", "", "2026-Q1", "", value, status, "Sở", ""]
    stored = (official("DL-01", "2026-Q1", 100, status=stored_status),)
    desk = examine(sheet([HEAD, row]), stored=stored)
    assert told(desk) == {f"{code} F2"}
    (found,) = effects(desk.figures, stored)
    assert (found.effect, found.old, found.difference) == (effect, 100, value - 100)


def test_a_published_figure_is_replaced_without_a_word_but_counts_in_the_other_rules():
    row = ["DL-01", "", "", "2026-Q1", "", 50, "ước tính", "Sở", ""]
    published = (
        Stored("DL-01", "2026-Q1", "", 100, "official", PUBLISHED),
        Stored("DL-02", "2026-Q1", "", 60, "official", PUBLISHED),
        Stored("DL-01", "2025-Q1", "", 500, "official", PUBLISHED),
    )
    desk = examine(sheet([HEAD, row]), stored=published)
    assert told(desk) == {"L01 F2", "L03 F2"}
    (found,) = effects(desk.figures, published)
    assert (found.effect, found.old, found.old_origin) == (NEW, 100, PUBLISHED)


def test_an_agency_s_figure_counts_before_a_published_one_whichever_comes_first():
    row = ["DL-01", "", "", "2026-Q1", "", 100, "ước tính", "Sở", ""]
    own = official("DL-01", "2026-Q1", 100, status="estimate")
    published = Stored("DL-01", "2026-Q1", "", 70, "official", PUBLISHED)
    for stored in ((own, published), (published, own)):
        desk = examine(sheet([HEAD, row]), stored=stored)
        assert told(desk) == {"D05 F2"}
        assert effects(desk.figures, stored)[0].effect == SAME


def test_of_a_key_that_comes_again_only_the_first_has_an_effect():
    desk = examine(long_sheet(("DL-01", "2026-Q3", "", 5), ("DL-01", "2026-Q3", "", 6)))
    assert [(e.figure.cell, e.effect) for e in effects(desk.figures, ())] == [("F2", NEW)]


def test_findings_beyond_two_thousand_are_counted_and_errors_are_kept_first():
    rows = [("DL-01", f"{2026}-Q3", "", "1.000") for _ in range(MOST + 50)]
    desk = examine(long_sheet(*rows, ("DL-99", "2026-Q3", "", 1)))
    kept = desk.out.kept()
    assert len(kept) == MOST
    assert kept[0].code == "I01"
    assert desk.out.counts["V03"] == MOST + 50
    assert desk.out.outcome() == "reject"


def test_a_request_survives_its_way_through_json():
    import json

    request = Request(the_register(), stored_figures(), TODAY, "tệp.xlsx", {"a": {"B": "name"}})
    assert Request.from_json(json.loads(json.dumps(request.to_json()))) == request
