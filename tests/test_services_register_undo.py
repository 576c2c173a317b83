"""The history of the register and its undo, through the services that write it."""

from __future__ import annotations

from datetime import date

import pytest

from db import audit, register, submissions
from db.register import baselines, documents, targets, yearly_plans
from indicators.model import Settings
from services import access, assignments, plans, register_undo
from services import register as files
from services.access import Actor, Denied
from services.moments import day_start
from services.register_undo import NotReverted, effect_of, listing, undo
from services.seeding import seed
from services.status import status
from services.submissions import Figure, Given, commit

NOW = day_start(date(2026, 11, 22))
ADMIN = access.shell("Quản trị")
DOCUMENT = "key,number,issued,title_vi,term\nPL-01,77/QĐ-UBND,{day},Phụ lục 01,2026-2030\n"
TARGET = (
    "code,field,name_vi,unit,kind,comparator,value_low,period_end,scope,document,locator\n"
    "NN-99,Nông nghiệp,Diện tích cây mắc ca,ha,level,at_least,{low},2030,province,PL-01,Biểu 1\n"
)
PLANS = "indicator,period,area,value,document,locator\n"


@pytest.fixture
def seeded(store):
    seed(store, NOW, with_actuals=False)
    return store


class Clock:
    """Each use case a second after the one before."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        self.now += 1_000_000
        return self.now


@pytest.fixture
def later():
    return Clock()


def add(store, text, now):
    report = files.add(store, ADMIN, text.encode(), "phu-luc.csv", now=now)
    assert not report.refused, report.findings


def plan(store, text, now):
    assert not plans.add(store, ADMIN, (PLANS + text).encode(), "ke-hoach.csv", now=now).refused


def newest(store, **asked):
    return listing(store, ADMIN, **asked)[0]


def seen(store, as_of):
    return status(store, as_of, Settings(), forecasts=False)["targets"]


def test_a_change_is_told_with_who_when_from_what_and_each_value(seeded, later):
    plan(seeded, "DL-01,2027,,6100000,592/NQ-HĐND,Biểu 1\n", later())
    plan(seeded, "DL-01,2027,,6200000,600/NQ-HĐND,Biểu 1\n", at := later())
    entry = newest(seeded)
    assert (entry.kind, entry.by, entry.what, entry.at) == ("plans", "Quản trị", "ke-hoach.csv", at)
    (effect,) = entry.effects
    assert (effect.table, effect.key) == ("yearly_plans", ("DL-01", "", "2027"))
    assert (effect.old["value"], effect.new["value"]) == (6.1e6, 6.2e6)
    assert (effect.old["document"], effect.new["document"]) == ("592/NQ-HĐND", "600/NQ-HĐND")
    assert (entry.refused, entry.count("amended")) == ("", 1)


def test_a_document_with_its_targets_is_taken_back_and_put_back(seeded, later):
    before = seen(seeded, NOW + 500_000)
    add(seeded, DOCUMENT.format(day="2026-09-01"), later())
    add(seeded, TARGET.format(low=9000), later())
    added = newest(seeded)
    assert {one.table for one in added.effects} == {"targets", "indicators"}
    told = seen(seeded, later.now)
    taken = undo(seeded, ADMIN, added.id, why="nhập nhầm phụ lục", now=later())
    assert {effect_of(one) for one in taken.effects} == {"removed"}
    assert (taken.undoes, taken.why) == (added.id, "nhập nhầm phụ lục")
    assert [one["code"] for one in seen(seeded, later.now)] == [one["code"] for one in before]
    assert seen(seeded, later.now - 1) == told
    undo(seeded, ADMIN, taken.id, now=later())
    assert "NN-99" in [one["code"] for one in seen(seeded, later.now)]
    assert newest(seeded).undoes == taken.id
    listed = {one.id: one for one in listing(seeded, ADMIN)}
    assert (listed[added.id].undone_by, listed[taken.id].refused) == (None, "undone")


def test_an_amendment_from_a_later_day_never_counts_once_it_is_taken_back(seeded, later):
    add(seeded, DOCUMENT.format(day="2027-03-01"), later())
    add(seeded, "code,value_low,document\nDL-01,8000000,PL-01\n", later())
    march = day_start(date(2027, 3, 1))
    with seeded.read() as tx:
        assert {one.code: one.low for one in targets(tx, march)}["DL-01"] == 8e6
        assert {one.code: one.low for one in targets(tx, march - 1)}["DL-01"] == 9e6
    undo(seeded, ADMIN, newest(seeded).id, now=later())
    with seeded.read() as tx:
        assert {one.code: one.low for one in targets(tx, march)}["DL-01"] == 9e6


def test_a_change_that_a_later_one_builds_on_is_refused_with_the_list(seeded, later):
    plan(seeded, "DL-01,2027,,6100000,592/NQ-HĐND,\nDL-02,2027,,70000,592/NQ-HĐND,\n", later())
    first = newest(seeded)
    plan(seeded, "DL-01,2027,,6200000,600/NQ-HĐND,\n", later())
    second = newest(seeded)
    with pytest.raises(NotReverted) as refused:
        undo(seeded, ADMIN, first.id, now=later())
    assert refused.value.key == "later"
    assert [one.id for one in refused.value.later] == [second.id]
    listed = {one.id: one for one in listing(seeded, ADMIN)}
    assert (listed[first.id].refused, listed[first.id].later) == ("later", (second.id,))
    undo(seeded, ADMIN, second.id, now=later())
    undo(seeded, ADMIN, first.id, now=later())
    with seeded.read() as tx:
        assert not [one for one in yearly_plans(tx, later.now) if one.period.text == "2027"]


def test_rows_that_would_name_what_is_gone_stand_against_an_undo(seeded, later):
    add(seeded, DOCUMENT.format(day=""), later())
    document = newest(seeded)
    add(seeded, TARGET.format(low=9000), later())
    added = newest(seeded)
    plan(seeded, "NN-99,2027,,5000,592/NQ-HĐND,\n", later())
    for change, table in ((document, "targets"), (added, "yearly_plans")):
        with pytest.raises(NotReverted) as refused:
            undo(seeded, ADMIN, change.id, now=later())
        assert (refused.value.key, {one.table for one in refused.value.loose}) == ("links", {table})
    undo(seeded, ADMIN, newest(seeded).id, now=later())
    undo(seeded, ADMIN, added.id, now=later())
    undo(seeded, ADMIN, document.id, now=later())
    with seeded.read() as tx:
        assert "PL-01" not in {one.key for one in documents(tx, later.now)}


def test_figures_of_a_target_stand_against_taking_it_back(seeded, later):
    add(seeded, DOCUMENT.format(day=""), later())
    add(seeded, TARGET.format(low=9000), later())
    added = newest(seeded)
    figures = [Figure("NN-99", "", "2026-H1", 4000.0, "estimate")]
    commit(seeded, ADMIN, figures, kind="entry", expected=None, given=Given(), now=later())
    with pytest.raises(NotReverted) as refused:
        undo(seeded, ADMIN, added.id, now=later())
    assert [(one.table, one.key) for one in refused.value.loose] == [("observations", "NN-99")]
    with seeded.read() as tx:
        assert "NN-99" in {one.code for one in targets(tx, later.now)}
        assert len(submissions.listing(tx)) == 1


def test_what_came_with_the_program_and_what_is_unknown_is_never_taken_back(seeded, later):
    (seeding,) = [one for one in listing(seeded, ADMIN) if one.kind == "seed"]
    for number, key in ((seeding.id, "seed"), (999, "unknown")):
        with pytest.raises(NotReverted) as refused:
            undo(seeded, ADMIN, number, now=later())
        assert refused.value.key == key
    assert register_undo.one(seeded, ADMIN, 999) is None


def test_only_who_may_change_the_register_reads_its_history_or_takes_back(seeded, later):
    plan(seeded, "DL-01,2027,,6100000,592/NQ-HĐND,\n", later())
    change = newest(seeded)
    for role in ("viewer", "officer", "planner", "consolidator"):
        somebody = Actor("Lan", access.capabilities((role,)))
        with pytest.raises(Denied):
            undo(seeded, somebody, change.id, now=later())
        with pytest.raises(Denied):
            listing(seeded, somebody)
        with pytest.raises(Denied):
            register_undo.one(seeded, somebody, change.id)
    assert newest(seeded).id == change.id


def test_the_audit_says_who_took_what_back_and_why(seeded, later):
    plan(seeded, "DL-01,2027,,6100000,592/NQ-HĐND,\n", later())
    change = newest(seeded)
    undo(seeded, ADMIN, change.id, why="sai năm", now=later())
    with seeded.read() as tx:
        line = audit.listing(tx, limit=1)[0]
    assert (line.action, line.by, line.why, line.came_from) == (
        "register.undo", "Quản trị", "sai năm", "shell",
    )  # fmt: skip
    assert line.subject == str(change.id)


def test_the_history_of_one_table_or_one_row_leaves_out_the_others(seeded, later):
    plan(seeded, "DL-01,2027,,6100000,592/NQ-HĐND,\n", later())
    plan(seeded, "DL-02,2027,,70000,592/NQ-HĐND,\n", later())
    text = "target,agency,document\nDL-01,so-tai-chinh,QĐ 12\n"
    assert not assignments.add(seeded, ADMIN, text.encode(), "phan-cong.csv", now=later()).refused
    assert [one.kind for one in listing(seeded, ADMIN, only=["assignments"])] == ["assignments"]
    own = listing(seeded, ADMIN, key=("yearly_plans", "DL-01"))
    assert [one.effects[0].key[0] for one in own] == ["DL-01"]
    with pytest.raises(ValueError, match="observations"):
        listing(seeded, ADMIN, only=["observations"])
    with seeded.read() as tx:
        assert baselines(tx, later.now) == []
        assert len(register.assignments(tx, later.now)) == 1
