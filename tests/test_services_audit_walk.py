"""Every service that writes leaves its line: each is done here once, a new one is missed."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import settings
from db import audit
from db.engine import Store
from services import (
    access,
    accounts,
    assigning,
    assignments,
    audit_log,
    columns,
    demo,
    duty_days,
    oidc_accounts,
    passwords,
    plans,
    preferences,
    register,
    register_drafts,
    register_preview,
    register_undo,
    scenario_plans,
    scenario_saves,
    seeding,
    sessions,
    signin,
    states,
    submissions,
)
from services.access import Actor
from services.audit_log import Search
from services.oidc_accounts import Person
from services.preferences import Preferences
from services.scenario_saves import Basis
from services.seed_rows import Content
from services.submissions import Figure, File, Given, Seen
from tests.people import ADMIN, AGENCY_A, NOW, PASSWORD, add_people

ROOT = Path(__file__).resolve().parents[1]
LATER = NOW + 60_000_000
ME = Actor("Lò Thị Ánh", access.ALL, AGENCY_A, "10.0.0.7", 3)
DOCUMENT = {
    "scenario": 1,
    "name": "Bước đều",
    "targets": {"DL-01": {"shape": {"kind": "steps", "amount": 700000}}},
}
KEY = ("DL-01", "", "2026-H1")

# Services that write what is neither a figure, nor the register, nor anybody's access.
NOTHING_OF_RECORD = {
    "drafts._begin": "an open upload: what is stored of it is a submission",
    "drafts.say": "an open upload",
    "drafts.discard": "an open upload of which nothing was stored",
    "drafts.commit": "the submission has the line; here its draft goes",
    "register_drafts.begin": "an open change: what is stored of it has a line of its own",
    "register_drafts._save": "an open change",
    "register_drafts.discard": "an open change of which nothing was stored",
    "odds.keep": "worked out anew from what is stored",
    "sessions.visit": "that a session is in use",
    "sessions._kept_key": "the key that cookies are signed with, made once",
}


@dataclass(frozen=True)
class Walk:
    """How a service is done, and the actions of the lines that it leaves, oldest first."""

    run: Callable[[Store], object]
    actions: tuple[str, ...]
    told: bool = True  # whether old or new says something


def enter(store, login="lanhdao", password=PASSWORD):
    return signin.sign_in(store, login, password, address="10.0.0.7", browser="F", now=LATER)


def hand_in(store, value=5.0):
    return submissions.commit(
        store, ME, [Figure(*KEY, value, "estimate")], kind="entry", expected=None, given=Given(),
        now=LATER,
    )  # fmt: skip


def leave(store):
    done = enter(store)
    signin.sign_out(store, sessions.of_cookie(store, done.cookie), now=LATER)


def five_wrong(store):
    for _ in range(6):  # the sixth is not listened to
        enter(store, password="sai")


def new_password(store):
    actor = Actor("Người lanhdao", access.ALL, "", "10.0.0.7", 2)
    accounts.change_password(store, actor, PASSWORD, "mot con voi khac 8", now=LATER)


def by_provider(store, roles=("viewer",)):
    person = Person("https://op.example", "s1", "hoa", "Cầm Thị Hoa", roles, "")
    oidc_accounts.enter(store, person, came_from="10.0.0.7", browser="F", now=LATER)


def opened_file(store):
    content = (
        "key,kind_vi,number,issued,issuer_vi,title_vi\n"
        "qd-1,Quyết định,1/QĐ-UBND,2026-11-01,UBND tỉnh,Thử\n"
    )
    return File("thu.csv", content.encode())


def open_change(store, kind, **given):
    number = register_drafts.begin(store, ME, kind, now=LATER, **given)
    draft = register_drafts.load(store, ME, number)
    shown = register_preview.preview(store, ME, draft, now=LATER)
    register_drafts.show(store, ME, draft, shown.fingerprint, LATER)
    draft = register_drafts.load(store, ME, number)
    return register_preview.commit(store, ME, draft, now=LATER)


def set_baseline(store):
    said = {"target": "DL-03", "period": "2025", "value": "6000", "source": "Niên giám"}
    return open_change(store, register_drafts.BASELINE, fields=said)


def assign(store):
    form = assigning.Wanted(("DL-01",), AGENCY_A, document="15/QĐ-UBND")
    seen = assigning.preview(store, ME, form, now=LATER).seen
    return assigning.assign(store, ME, form, seen=seen, now=LATER)


def end_assignment(store):
    assert assign(store).change
    ended = assigning.end(store, ME, ("DL-01", "", "report"), "thôi", now=LATER + 9)
    assert ended.change


def set_day(store):
    line = next(one for one in duty_days.listing(store, LATER) if one.state == duty_days.UNSET)
    days = {field.part: "05/06" for field in line.fields}
    assert duty_days.set_days(store, ME, line.key, days, "CV 12", seen=line.seen, now=LATER).change


def save_state(store):
    one = states.Entry(states.MILESTONE, "DA-01", "done", "20/11/2025", "NQ 05-NQ/ĐU")
    assert states.save(store, ME, [one], now=LATER).stored


def plan_file(store):
    content = "indicator,period,value,document\nDL-03,2027,8000,QĐ 12\n".encode()
    assert not plans.add(store, ME, content, "kh.csv", now=LATER).refused


def take_back_plans(store):
    plan_file(store)
    change = register_undo.listing(store, ME)[0].id
    register_undo.undo(store, ME, change, why="nhầm", now=LATER + 9)


def scenario(store, **more):
    return scenario_saves.save(store, ME, DOCUMENT, Basis(NOW, 1), now=LATER, **more)


def copy_scenario(store):
    scenario_saves.copy(store, ME, scenario(store).key, "Bản sao", now=LATER)


def lock_scenario(store):
    found = scenario(store)
    scenario_saves.lock(store, ME, found.key, found.version, now=LATER)


def remove_scenario(store):
    found = scenario(store)
    scenario_saves.remove(store, ME, found.key, found.version, now=LATER)


def propose(store):
    years = [{"year": 2026, "amount": 1.0}, {"year": 2027, "amount": 5_200_000.0}]
    target = {"code": "DL-01", "indicator": "DL-01", "decimals": 0, "years": years}
    return scenario_plans.propose(store, ME, scenario(store).key, target, "QĐ 9", now=LATER)


def decide(store, yes):
    found = propose(store)
    number = found.proposals[0]["id"]
    if yes:
        scenario_plans.confirm(store, ME, found.key, number, now=LATER + 9)
    else:
        scenario_plans.refuse(store, ME, found.key, number, "chưa đủ", now=LATER + 9)


def reseed(store):
    rows = [{"key": "vb-moi", "number": "9/NQ", "title_vi": "Văn bản mới"}]
    content = Content("0" * 64, {"register": lambda: {"documents": rows}})
    seeding.seed(store, LATER, content=content)


SAVED = ("scenarios.save",)
WALKS: dict[str, Walk] = {
    "accounts.add": Walk(
        lambda s: accounts.add(s, ME, login="moi", roles=["viewer"], now=LATER), ("account.add",)
    ),
    "accounts.change": Walk(
        lambda s: accounts.change(s, ME, "lanhdao", roles=["planner"], now=LATER),
        ("account.change",),
    ),
    "accounts.disable": Walk(
        lambda s: accounts.disable(s, ME, "lanhdao", now=LATER), ("account.disable",)
    ),
    "accounts.enable": Walk(
        lambda s: accounts.enable(s, ME, "lanhdao", now=LATER), ("account.enable",)
    ),
    "accounts.unlock": Walk(
        lambda s: (five_wrong(s), accounts.unlock(s, ME, "lanhdao", now=LATER + 1)),
        (*["signin.refused"] * 5, "signin.locked", "account.unlock"),
        told=False,
    ),
    "accounts.end_sessions": Walk(
        lambda s: (enter(s), accounts.end_sessions(s, ME, "lanhdao", now=LATER)),
        ("signin.done", "account.sessions"),
        told=False,
    ),
    "accounts.reset": Walk(
        lambda s: accounts.reset(s, ME, "lanhdao", now=LATER), ("account.reset",)
    ),
    "accounts.change_password": Walk(new_password, ("account.password",)),
    "preferences.save": Walk(
        lambda s: preferences.save(s, ME, Preferences("en"), now=LATER), ("account.settings",)
    ),
    "signin.sign_in": Walk(
        lambda s: (five_wrong(s), enter(s, "khongco")),
        (*["signin.refused"] * 5, "signin.locked", "signin.refused"),
    ),
    "signin.sign_out": Walk(leave, ("signin.done", "signin.end"), told=False),
    "oidc_accounts.enter": Walk(
        lambda s: (by_provider(s), by_provider(s, ("planner",))),
        ("account.add", "signin.done", "account.change", "signin.done"),
        told=False,
    ),
    "oidc_accounts.turn_away": Walk(
        lambda s: oidc_accounts.turn_away(
            s, {"sub": "s1", "preferred_username": "hoa"}, came_from="10.0.0.7", now=LATER
        ),
        ("signin.turned_away",),
    ),
    "columns.remember": Walk(
        lambda s: columns.remember(s, ME, "abc", {"A": "value"}, LATER), ("columns.remember",)
    ),
    "submissions.commit": Walk(hand_in, ("submission.commit",)),
    "undoing.undo": Walk(
        lambda s: submissions.undo(s, ME, hand_in(s).submission, why="", now=LATER + 9),
        ("submission.commit", "submission.undo"),
    ),
    "withdrawing.withdraw": Walk(
        lambda s: (
            hand_in(s),
            submissions.withdraw(s, ME, {KEY: Seen(5.0, "estimate")}, why="sai", now=LATER + 9),
        ),
        ("submission.commit", "submission.withdraw"),
    ),
    "register.add": Walk(
        lambda s: register.add(s, ME, opened_file(s).content, "thu.csv", now=LATER),
        ("register.add",),
    ),
    "register_preview.commit": Walk(
        lambda s: (
            open_change(s, register_drafts.FILE, file=opened_file(s)),
            set_baseline(s),
            open_change(s, register_drafts.BASELINE, fields={"target": "DL-03", "withdraw": "1"}),
        ),
        ("register.add", "baselines.set", "baselines.withdraw"),
    ),
    "register_undo.undo": Walk(take_back_plans, ("plans.add", "register.undo")),
    "plans.add": Walk(plan_file, ("plans.add",)),
    "assignments.add": Walk(
        lambda s: assignments.add(
            s, ME, f"target,agency,document\nDL-01,{AGENCY_A},QĐ 5\n".encode(), "pc.csv", now=LATER
        ),
        ("assignments.add",),
    ),
    "assigning.assign": Walk(assign, ("assignments.add",)),
    "assigning.end": Walk(end_assignment, ("assignments.add", "assignments.end")),
    "duty_days.set_days": Walk(set_day, ("duty_days.set",)),
    "states.save": Walk(save_state, ("states.save",)),
    "scenario_saves.save": Walk(scenario, SAVED),
    "scenario_saves.copy": Walk(copy_scenario, (*SAVED, "scenarios.copy")),
    "scenario_saves.lock": Walk(lock_scenario, (*SAVED, "scenarios.lock")),
    "scenario_saves.remove": Walk(remove_scenario, (*SAVED, "scenarios.remove")),
    "scenario_plans.propose": Walk(propose, (*SAVED, "scenarios.propose")),
    "scenario_plans._decide": Walk(
        lambda s: (decide(s, yes=True), decide(s, yes=False)),
        (
            *(*SAVED, "scenarios.propose", "plans.add", "scenarios.confirmed"),
            *(*SAVED, "scenarios.propose", "scenarios.refused"),
        ),
    ),
    "seeding.seed": Walk(reseed, ("seed.load",)),
    "demo.demo": Walk(lambda s: demo.demo(s, LATER), ("demo.load",)),
}


@pytest.fixture
def ready(untouched_copy, monkeypatch):
    cheaper = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", cheaper)
    monkeypatch.setattr(passwords, "_NOBODY", "")
    add_people(untouched_copy)
    return untouched_copy


def newest(store):
    with store.read() as tx:
        return audit.listing(tx)[0].id


@pytest.mark.parametrize("name", list(WALKS))
def test_a_service_that_writes_leaves_its_line(ready, name):
    walk, before = WALKS[name], newest(ready)
    walk.run(ready)
    with ready.read() as tx:
        lines = [one for one in reversed(audit.listing(tx)) if one.id > before]
    assert tuple(one.action for one in lines) == walk.actions
    for one in lines:
        by_program = one.action in ("seed.load", "demo.load")
        assert one.by or one.action.startswith("signin.")
        assert one.came_from or by_program
        assert not walk.told or one.old or one.new
        assert all(isinstance(json.loads(side), dict) for side in (one.old, one.new) if side)
    for lang in ("vi", "en"):
        found = audit_log.search(ready, ADMIN, Search(), lang=lang).lines
        for line in found[: len(lines)]:
            assert not line.sentence.startswith(("Việc khác", "Something else")), line.action


def test_every_kind_of_line_is_found_under_a_kind_of_its_own():
    groups = [one for name, group in audit_log.KINDS.items() if name != "failed" for one in group]
    for walk in WALKS.values():
        for action in walk.actions:
            assert [group for group in groups if action.startswith(group)], action


def test_no_service_writes_unseen():
    """A new service that opens a writer's transaction: add its walk, or say why it leaves none."""
    assert writers() == set(WALKS) | set(NOTHING_OF_RECORD)


def writers() -> set[str]:
    """Functions of services/ that open a writer's transaction, as module.function."""
    found = set()
    for path in (ROOT / "services").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
            if any(opens_writer(node) for node in ast.walk(function)):
                found.add(f"{path.stem}.{function.name}")
    return found


def opens_writer(node: ast.AST) -> bool:
    """``anything.write()``: a file's takes what to write."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "write"
        and not node.args
    )


def test_a_secret_never_stands_in_a_line(ready):
    given = accounts.reset(ready, ME, "lanhdao", now=LATER)
    by_provider(ready)
    enter(ready, password="mật khẩu gõ sai")
    enter(ready, login="mật khẩu gõ nhầm ô")
    done = enter(ready, "tonghop")
    with ready.read() as tx:
        whole = repr(audit.listing(tx))
    for secret in (PASSWORD, given, "mật khẩu gõ", "argon2", done.cookie, settings.read().secret):
        assert not secret or secret not in whole
