"""Saved scenarios: versions, who sees and changes them, copies, comparison, plans from them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db import audit, register
from db.engine import Store
from indicators.model import Settings
from services import scenario_plans, scenario_saves
from services.access import ROLES, Actor
from services.refusals import Conflict, Denied
from services.scenario_comparison import compare, moved
from services.scenario_saves import Basis, Edited, Locked, NoSuch, Saved
from services.scenarios import run_document
from services.seeding import seed
from services.snapshot import snapshot

NOW = 1_795_000_000_000_000  # 18/11/2026
LATER, END = NOW + 60_000_000, NOW + 900_000_000
LAN = Actor("Lan", ROLES["planner"])
MINH = Actor("Minh", ROLES["planner"])
ADMIN = Actor("Quản trị", ROLES["administrator"])
VIEWER = Actor("Xem", ROLES["viewer"])
STRANGER = Actor("Lạ", frozenset())
DOCUMENT = {
    "scenario": 1,
    "name": "Bước đều",
    "note": "thử",
    "targets": {"DL-01": {"shape": {"kind": "steps", "amount": 700000}}},
}


@pytest.fixture
def seeded(store: Store) -> Store:
    seed(store, NOW - 1_000_000)
    return store


def answer(store: Store, document: dict = DOCUMENT) -> dict:
    return run_document(snapshot(store, END, Settings()), document)


def saved(store: Store, actor: Actor = LAN, document: dict = DOCUMENT, **more: object) -> Saved:
    done = answer(store, document)
    basis = Basis(NOW, done["data_version"], tuple(done["targets"]))
    found = scenario_saves.save(store, actor, document, basis, now=LATER, **more)
    assert isinstance(found, Saved)
    return found


def test_what_was_saved_comes_back_with_its_author_and_its_data(seeded):
    key = saved(seeded).key
    found = scenario_saves.load(seeded, LAN, key, END)
    assert (found.name, found.owner, found.note, found.by) == ("Bước đều", "Lan", "thử", "Lan")
    assert found.document == DOCUMENT
    assert found.as_of == NOW
    assert found.results["DL-01"]["value"] == 9_100_000


def test_a_private_scenario_is_seen_by_its_owner_only(seeded):
    own, all_see = saved(seeded), saved(seeded, shared=True)
    assert {one.key for one in scenario_saves.listing(seeded, LAN, END)} == {
        own.key,
        all_see.key,
    }
    for other in (MINH, ADMIN, VIEWER):
        assert scenario_saves.load(seeded, other, own.key, END) is None
        assert [one.key for one in scenario_saves.listing(seeded, other, END)] == [all_see.key]
    assert scenario_saves.listing(seeded, STRANGER, END) == []
    with pytest.raises(NoSuch):
        scenario_saves.copy(seeded, MINH, own.key, "x", now=LATER)


def test_only_planners_save(seeded):
    for other in (ADMIN, VIEWER, STRANGER):
        with pytest.raises(Denied):
            scenario_saves.save(seeded, other, DOCUMENT, Basis(0, 0), now=NOW)


def test_a_newer_version_keeps_the_older_one(seeded):
    first = saved(seeded)
    second = saved(seeded, document={**DOCUMENT, "name": "Khác"}, key=first.key, seen=first.version)
    assert second.version > first.version
    assert [one.name for one in scenario_saves.versions(seeded, LAN, first.key)] == [
        "Bước đều",
        "Khác",
    ]
    assert scenario_saves.load(seeded, LAN, first.key, first.version).name == "Bước đều"


def test_when_two_save_the_second_is_told_and_nothing_is_lost(seeded):
    first = saved(seeded, shared=True)
    saved(
        seeded,
        MINH,
        {**DOCUMENT, "name": "Của Minh"},
        key=first.key,
        seen=first.version,
        shared=True,
    )
    with pytest.raises(Edited) as lost:
        saved(seeded, key=first.key, seen=first.version)
    assert isinstance(lost.value, Conflict)
    assert lost.value.by == "Minh"
    assert scenario_saves.load(seeded, LAN, first.key, END).name == "Của Minh"


def test_a_document_that_is_wrong_is_not_saved(seeded):
    bad = {**DOCUMENT, "targets": {"DL-01": {"shape": {"kind": "growth", "pct": -100}}}}
    [fault] = scenario_saves.save(seeded, LAN, bad, Basis(0, 0), now=NOW)
    assert fault.reason.key == "doc_growth"
    assert scenario_saves.listing(seeded, LAN, END) == []


def test_a_locked_scenario_is_shared_and_only_copied(seeded):
    first = saved(seeded)
    locked = scenario_saves.lock(seeded, LAN, first.key, first.version, now=LATER)
    assert locked.locked
    assert scenario_saves.load(seeded, VIEWER, first.key, END).locked
    with pytest.raises(Locked):
        saved(seeded, key=first.key, seen=locked.version)
    with pytest.raises(Locked):
        scenario_saves.remove(seeded, LAN, first.key, locked.version, now=LATER)
    own = scenario_saves.copy(seeded, MINH, first.key, "Bản của Minh", now=LATER)
    assert (own.owner, own.based_on, own.locked, own.shared) == ("Minh", first.key, False, False)
    assert own.document["name"] == "Bản của Minh"


def test_somebody_elses_shared_scenario_is_changed_by_planners_only(seeded):
    first = saved(seeded, shared=True)
    assert first.may_change(MINH)
    assert not first.may_change(VIEWER)
    assert not replace(first, shared=False).may_change(MINH)
    with pytest.raises(Denied):
        scenario_saves.lock(seeded, ADMIN, first.key, first.version, now=LATER)


def test_what_is_removed_leaves_the_list_and_stays_in_the_past(seeded):
    first = saved(seeded)
    scenario_saves.remove(seeded, LAN, first.key, first.version, now=LATER + 5)
    assert scenario_saves.listing(seeded, LAN, END) == []
    assert scenario_saves.load(seeded, LAN, first.key, first.version) is not None
    with pytest.raises(NoSuch):
        saved(seeded, key=first.key, seen=first.version)


def test_every_change_stands_in_the_audit(seeded):
    first = saved(seeded)
    scenario_saves.lock(seeded, LAN, first.key, first.version, now=LATER)
    with seeded.read() as tx:
        found = [one.action for one in audit.listing(tx, subject=first.key)]
    assert found == ["scenarios.lock", "scenarios.save"]


def test_scenarios_side_by_side_name_what_differs(seeded):
    other = {"targets": {**DOCUMENT["targets"], "GD-01": {"shape": {"kind": "steps", "amount": 1}}}}
    faster = {"targets": {"DL-01": {"shape": {"kind": "steps", "amount": 800000}}}}
    lines = compare([answer(seeded, one) for one in (DOCUMENT, other, faster)])
    assert [(one.code, one.differs) for one in lines] == [("DL-01", True), ("GD-01", False)]
    assert [one and one["value"] for one in lines[0].results] == [9_100_000, 9_100_000, 9_700_000]
    assert lines[1].results[0] is None
    with pytest.raises(ValueError, match="5 scenarios"):
        compare([answer(seeded)] * 5)


def test_on_newer_data_what_moved_is_told(seeded):
    first = saved(seeded)
    assert moved(first.results, answer(seeded)) == []
    older = {"DL-01": {**first.results["DL-01"], "value": 8_000_000.0}}
    [line] = moved(older, answer(seeded))
    assert (line.code, line.then["value"], line.now["value"]) == ("DL-01", 8_000_000, 9_100_000)


def test_a_saved_scenario_is_no_observation(seeded):
    before = snapshot(seeded, END, Settings())
    saved(seeded, shared=True)
    after = snapshot(seeded, END, Settings())
    assert after.figures == before.figures
    assert after.alternatives == before.alternatives
    assert after.plans == before.plans


def proposed(store: Store) -> tuple[Saved, dict]:
    first = saved(store)
    [target] = answer(store)["targets"]
    found = scenario_plans.propose(
        store, LAN, first.key, target, "Nghị quyết 45/NQ-HĐND", now=LATER + 10
    )
    return found, found.proposals[0]


def test_a_proposal_becomes_plans_when_an_administrator_confirms(seeded):
    found, proposal = proposed(seeded)
    assert proposal["values"] == {
        str(y): 4_900_000 + 700_000 * (y - 2024) for y in range(2025, 2031)
    }
    with pytest.raises(Denied):
        scenario_plans.confirm(seeded, LAN, found.key, proposal["id"], now=LATER + 20)
    report = scenario_plans.confirm(seeded, ADMIN, found.key, proposal["id"], now=LATER + 20)
    assert (report.added, report.refused) == (6, False)
    with seeded.read() as tx:
        plans = {
            one.period.year: (one.value, one.document)
            for one in register.yearly_plans(tx, END)
            if one.indicator == "DL-01"
        }
    assert plans[2030] == (9_100_000, "Nghị quyết 45/NQ-HĐND")
    [decided] = scenario_saves.load(seeded, ADMIN, found.key, END).proposals
    assert (decided["state"], decided["decided_by"]) == ("confirmed", "Quản trị")
    with pytest.raises(NoSuch):
        scenario_plans.confirm(seeded, ADMIN, found.key, proposal["id"], now=LATER + 30)


def test_a_refused_proposal_changes_no_plan(seeded):
    before = snapshot(seeded, END, Settings()).plans
    found, proposal = proposed(seeded)
    kept = scenario_plans.refuse(
        seeded, ADMIN, found.key, proposal["id"], "chưa có vốn", now=LATER + 20
    )
    assert kept.proposals[0]["state"] == "refused"
    assert kept.proposals[0]["why"] == "chưa có vốn"
    assert snapshot(seeded, END, Settings()).plans == before


def test_only_a_planner_proposes_and_names_the_decision(seeded):
    first = saved(seeded, shared=True)
    [target] = answer(seeded)["targets"]
    with pytest.raises(Denied):
        scenario_plans.propose(seeded, VIEWER, first.key, target, "x", now=LATER)
    with pytest.raises(ValueError, match="decision"):
        scenario_plans.propose(seeded, LAN, first.key, target, "  ", now=LATER)
