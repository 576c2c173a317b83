from datetime import date

import pytest

from db import register as rows
from services import access, plans, register
from services.moments import day_end, day_start
from services.refusals import Denied
from services.seeding import seed

NOW = day_start(date(2026, 11, 22))
LATER = NOW + 3_600_000_000
ADMIN = access.shell("Quản trị")
HEAD = "indicator,period,area,value,document,locator\n"


@pytest.fixture
def seeded(store):
    seed(store, NOW)
    return store


def add(store, text, name="ke_hoach.csv", **more):
    return plans.add(store, ADMIN, text.encode(), name, **{"now": LATER, **more})


def plans_of(store, code, as_of=LATER + 1):
    with store.read() as tx:
        found = [one for one in rows.yearly_plans(tx, as_of) if one.indicator == code]
    return {(one.period.text, one.area): one.value for one in found}


def test_plans_come_in_beside_those_that_were_published(seeded):
    report = add(seeded, HEAD + "DL-01,2026,,5.400.000,592/NQ-HĐND,Biểu 01\n")
    assert (report.added, report.changed, report.same, report.refused) == (1, 0, 0, False)
    assert plans_of(seeded, "DL-01") == {
        ("2019", ""): 2_500_000.0,
        ("2023", ""): 3_900_000.0,
        ("2024", ""): 4_800_000.0,
        ("2026", ""): 5_400_000.0,
    }


def test_another_value_for_a_year_keeps_the_former_one_as_of_before(seeded):
    add(seeded, HEAD + "DL-01,2026,,5400000,592/NQ-HĐND,\n")
    report = add(seeded, HEAD + "DL-01,Năm 2026,,5600000,600/NQ-HĐND,\n", now=LATER + 5)
    assert (report.added, report.changed) == (0, 1)
    assert plans_of(seeded, "DL-01", LATER + 4)["2026", ""] == 5_400_000.0
    assert plans_of(seeded, "DL-01", LATER + 5)["2026", ""] == 5_600_000.0


def test_the_same_file_again_is_the_same(seeded):
    text = HEAD + "DL-01,2026,,5400000,592/NQ-HĐND,Biểu 01\n"
    add(seeded, text)
    report = add(seeded, text, now=LATER + 5)
    assert (report.added, report.changed, report.same) == (0, 0, 1)


def test_a_plan_counts_from_the_day_of_a_document_that_the_register_knows(seeded):
    document = "key,title_vi,issued\nNQ-592,Kế hoạch 2026,09/12/2025\n"
    register.add(seeded, ADMIN, document.encode(), "vb.csv", now=LATER)
    add(seeded, HEAD + "DL-01,2026,,5400000,NQ-592,\n")
    assert ("2026", "") not in plans_of(seeded, "DL-01", day_end(date(2025, 12, 8)))
    assert ("2026", "") in plans_of(seeded, "DL-01", day_start(date(2025, 12, 9)))


def test_vietnamese_headings_and_areas_by_name_are_read(seeded):
    report = add(
        seeded,
        "Mã chỉ tiêu;Năm;Địa bàn;Kế hoạch;Quyết định\n"
        "MT-01;2027;Phường Tô Hiệu;35,5;12/QĐ-UBND\n"
        "MT-01;2027;03664;40;12/QĐ-UBND\n"
        "MT-01;2027;Toàn tỉnh;38;12/QĐ-UBND\n",
    )
    assert not report.refused, report.findings
    assert plans_of(seeded, "MT-01") == {
        ("2027", "03646"): 35.5,
        ("2027", "03664"): 40.0,
        ("2027", ""): 38.0,
    }


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("XX-01,2026,,5,592/NQ-HĐND,", "R15", "A2"),
        (",2026,,5,592/NQ-HĐND,", "R04", "A2"),
        ("DL-01,2026-H1,,5,592/NQ-HĐND,", "R21", "B2"),
        ("DL-01,2026,,,592/NQ-HĐND,", "R04", "D2"),
        ("DL-01,2026,,-5,592/NQ-HĐND,", "R20", "D2"),
        ("NL-01,2026,,101,592/NQ-HĐND,", "R20", "D2"),
        ("DL-01,2026,,12.420,592/NQ-HĐND,", "R06", "D2"),
        ("DL-01,2026,,nhiều,592/NQ-HĐND,", "R05", "D2"),
        ("DL-01,2026,,5,,", "R30", "E2"),
        ("DL-01,2026,Tô Hiệu,5,592/NQ-HĐND,", "R23", "C2"),
        ("MT-01,2026,To Hieu,5,592/NQ-HĐND,", "R34", "C2"),
        ("MT-01,2026,Quyết Thắng,5,592/NQ-HĐND,", "R31", "C2"),
        ("DL-01,2026,,5,a,\nDL-01,2026,,6,a,", "R10", "B3"),
        ("EXT-02,2026,,5,592/NQ-HĐND,", "R15", "A2"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell_and_nothing_is_stored(untouched, row, code, cell):
    before = plans_of(untouched, "DL-01")
    report = add(untouched, HEAD + "DL-01,2027,,6000000,592/NQ-HĐND,\n" + row + "\n")
    assert report.refused
    shifted = f"{cell[0]}{int(cell[1:]) + 1}"
    assert (code, shifted) in [(one.code, one.cell) for one in report.findings]
    assert plans_of(untouched, "DL-01") == before


def test_a_dry_run_stores_nothing(seeded):
    report = add(seeded, HEAD + "DL-01,2026,,5400000,592/NQ-HĐND,\n", dry_run=True)
    assert report.added == 1
    assert ("2026", "") not in plans_of(seeded, "DL-01")


def test_a_plan_of_the_seed_that_was_changed_by_a_file_is_kept_by_a_later_seeding(seeded):
    add(seeded, HEAD + "DL-01,2024,,4900000,252/NQ-HĐND,\n")
    seed(seeded, LATER + 9)
    assert plans_of(seeded, "DL-01", LATER + 10)["2024", ""] == 4_900_000.0


def test_only_who_may_change_the_register_adds_plans(untouched):
    planner = access.Actor("Cán bộ kế hoạch", access.capabilities(("planner",)))
    with pytest.raises(Denied):
        plans.add(untouched, planner, HEAD.encode(), "a.csv", now=LATER)
