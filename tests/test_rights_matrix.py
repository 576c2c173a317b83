"""Every role × every action × service: the expected table is written out here."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from db import accounts as stored_accounts
from db.engine import Store
from intake.result import Figure as PlanFigure
from services import (
    access,
    accounts,
    assigning,
    assignments,
    audit_export,
    audit_log,
    columns,
    drafts,
    duty_days,
    figures,
    handouts,
    passwords,
    plan_column,
    plans,
    register,
    register_drafts,
    register_undo,
    scenario_plans,
    scenario_saves,
    sessions,
    states,
    submissions,
    trails,
    uploads,
)
from services.access import Actor, Denied
from services.refusals import AccountRefused
from services.rights_table import markdown
from services.submissions import Figure, File, Given
from tests.people import AGENCY_A, AGENCY_B, NOW, add_people

ROOT = Path(__file__).resolve().parents[1]

#                 viewer officer planner consolidator administrator
EXPECTED = """
read                1      1       1          1             1
submit              0      1       0          1             0
submit_any          0      0       0          1             0
see_any             0      0       0          1             1
undo                0      1       0          1             0
undo_any            0      0       0          1             0
explain             0      1       0          1             0
plan                0      0       1          0             0
consolidate         0      0       0          1             0
register            0      0       0          0             1
accounts            0      0       0          0             1
audit               0      0       0          0             1
keep                0      0       0          0             1
"""
ROLES = ["viewer", "officer", "planner", "consolidator", "administrator"]
MATRIX = {
    (role, action): mark == "1"
    for action, *marks in (line.split() for line in EXPECTED.strip().splitlines())
    for role, mark in zip(ROLES, marks, strict=True)
}
CASES = [pytest.param(role, action, id=f"{role}-{action}") for role, action in MATRIX]
LATER = NOW + 10_000_000


def test_the_table_of_the_program_has_these_roles_and_actions_and_no_others():
    assert list(access.ROLES) == ROLES
    assert set(access.ACTIONS) == {action for _, action in MATRIX}
    assert set(access.ACTIONS) == access.ALL


@pytest.mark.parametrize(("role", "action"), CASES)
def test_a_role_may_what_the_table_says(role, action):
    assert Actor("x", access.capabilities((role,))).may(action) == MATRIX[role, action]


@pytest.mark.parametrize("action", sorted(access.ACTIONS))
def test_a_stranger_and_an_account_whose_role_is_gone_may_nothing(action):
    row = dict.fromkeys(stored_accounts.Account.__dataclass_fields__)
    row |= {"id": 1, "name": "x", "agency": "", "roles": ("retired",)}
    gone = sessions.actor_of(stored_accounts.Account(**row), "")
    assert not gone.may(action)
    assert not Actor("stranger", frozenset()).may(action)


def test_the_guide_shows_the_table_of_the_program():
    guide = (ROOT / "docs" / "quyen-han.md").read_text(encoding="utf-8")
    assert markdown("vi") in guide, "run: python manage.py account roles"


# --- services ----------------------------------------------------------------------

DOCUMENT = {"name": "thử", "drivers": [], "targets": []}
ASSIGN = assigning.Wanted(("DL-01",), AGENCY_A, document="15/QĐ-UBND")
TOLD = states.Entry("goal", "QL-01", "under_way", "01/11/2026")
SAID = drafts.Choices(form={"period": "2026-H1"})
PLAN = PlanFigure("Biểu", "D5", "DL-01", "2026", "", 5_600_000.0, "official")
FILE = File("nháp.xlsx", b"PK")
STANDING = ((("DL-02", "", "2026-H1"), submissions.Seen(7.0, "estimate")),)


@dataclasses.dataclass(frozen=True)
class Prepared:
    """A seeded store with what somebody else handed in, for one use case to be tried on.

    foreign: a submission of DL-03; standing: a figure of another one. shared, closed: open drafts
    of a colleague's and of another agency's.
    """

    store: Store
    foreign: int
    standing: tuple[tuple[tuple[str, str, str], submissions.Seen], ...] = STANDING
    shared: str = "nothing"
    closed: str = "nothing"


def figure(code: str = "DL-01") -> Figure:
    return Figure(code, "", "2026-H1", 7.0, "estimate")


def hand_in(store: Store, actor: Actor) -> object:
    given = [figure()]
    return submissions.commit(
        store, actor, given, kind="entry", expected=None, given=Given(), now=LATER
    )


USE_CASES: dict[str, tuple[str, Callable[[Prepared, Actor], object]]] = {
    "drafts.begin": ("submit", lambda p, a: drafts.begin(p.store, a, File("a", b"x"), LATER)),
    "drafts.load": ("submit", lambda p, a: drafts.load(p.store, a, "nothing")),
    "drafts.listing": ("submit", lambda p, a: drafts.listing(p.store, a)),
    "drafts.discard": ("submit", lambda p, a: drafts.discard(p.store, a, "nothing")),
    "drafts.begin_entry": (
        "submit",
        lambda p, a: drafts.begin_entry(p.store, a, {"period": "2026-H1"}, LATER),
    ),
    "drafts.say": ("submit", lambda p, a: drafts.say(p.store, a, "nothing", SAID, LATER)),
    "drafts.load of a colleague's": ("submit", lambda p, a: drafts.load(p.store, a, p.shared)),
    "drafts.load of another agency's": (
        "submit_any",
        lambda p, a: drafts.load(p.store, a, p.closed),
    ),
    "drafts.say in another agency's": (
        "submit_any",
        lambda p, a: drafts.say(p.store, a, p.closed, SAID, LATER),
    ),
    "columns.remember": (
        "submit",
        lambda p, a: columns.remember(p.store, a, "shape", {"A": "code"}, LATER),
    ),
    "plan_column.take": (
        "register",
        lambda p, a: plan_column.take(
            p.store, a, [PLAN], "a.xlsx", document="QĐ 1", locator="", now=LATER
        ),
    ),
    "submissions.withdraw": (
        "submit_any",
        lambda p, a: submissions.withdraw(p.store, a, dict(p.standing), why="nhầm", now=LATER),
    ),
    "uploads.take": (
        "submit",
        lambda p, a: uploads.take(p.store, a, b"x", "a.csv", today=p_day(), accept=(), now=LATER),
    ),
    "figures.take": ("submit", lambda p, a: figures.take(p.store, a, File("a", b""), now=LATER)),
    "submissions.commit": ("submit_any", lambda p, a: hand_in(p.store, a)),
    "submissions.undo": (
        "undo_any",
        lambda p, a: submissions.undo(p.store, a, p.foreign, why="", now=LATER),
    ),
    "register.add": ("register", lambda p, a: register.add(p.store, a, b"", "a.csv", now=LATER)),
    "plans.add": ("register", lambda p, a: plans.add(p.store, a, b"", "a.csv", now=LATER)),
    "assignments.add": (
        "register",
        lambda p, a: assignments.add(p.store, a, b"", "a.csv", now=LATER),
    ),
    "assignments.preview": (
        "register",
        lambda p, a: assignments.preview(p.store, a, b"", "a.csv", now=LATER),
    ),
    "assigning.preview": (
        "register",
        lambda p, a: assigning.preview(p.store, a, ASSIGN, now=LATER),
    ),
    "assigning.assign": (
        "register",
        lambda p, a: assigning.assign(p.store, a, ASSIGN, seen="", now=LATER),
    ),
    "assigning.end": (
        "register",
        lambda p, a: assigning.end(p.store, a, ("DL-01", "", "report"), "x", now=LATER),
    ),
    "duty_days.set_days": (
        "register",
        lambda p, a: duty_days.set_days(
            p.store, a, "BC-DU-N", {"": "20/12"}, "x", seen="", now=LATER
        ),
    ),
    "register_drafts.begin": (
        "register",
        lambda p, a: register_drafts.begin(p.store, a, register_drafts.TARGET, now=LATER),
    ),
    "register_drafts.listing": (
        "register",
        lambda p, a: register_drafts.listing(p.store, a, register_drafts.FILE),
    ),
    "register_drafts.load": (
        "register",
        lambda p, a: register_drafts.load(p.store, a, "nothing"),
    ),
    "register_undo.listing": ("register", lambda p, a: register_undo.listing(p.store, a)),
    "register_undo.one": ("register", lambda p, a: register_undo.one(p.store, a, 1)),
    "scenario_plans.waiting": ("register", lambda p, a: scenario_plans.waiting(p.store, a, LATER)),
    "states.save": ("register", lambda p, a: states.save(p.store, a, [TOLD], now=LATER)),
    "trails.of": ("register", lambda p, a: trails.of(p.store, a, "states", ("goal", "QL-01"))),
    "trails.take_back": (
        "register",
        lambda p, a: trails.take_back(p.store, a, 0, "", now=LATER),
    ),
    "scenario_saves.save": (
        "plan",
        lambda p, a: scenario_saves.save(
            p.store, a, DOCUMENT, scenario_saves.Basis(LATER, 1), now=LATER
        ),
    ),
    "accounts.add": (
        "accounts",
        lambda p, a: accounts.add(p.store, a, login="moi", roles=["viewer"], now=LATER),
    ),
    "accounts.listing": ("accounts", lambda p, a: accounts.listing(p.store, a, LATER)),
    "accounts.disable": ("accounts", lambda p, a: accounts.disable(p.store, a, "lanhdao", now=1)),
    "accounts.enable": ("accounts", lambda p, a: accounts.enable(p.store, a, "lanhdao", now=1)),
    "accounts.reset": ("accounts", lambda p, a: accounts.reset(p.store, a, "lanhdao", now=1)),
    "accounts.change": (
        "accounts",
        lambda p, a: accounts.change(p.store, a, "lanhdao", roles=["planner"], now=1),
    ),
    "accounts.agencies": ("accounts", lambda p, a: accounts.agencies(p.store, a)),
    "accounts.unlock": (
        "accounts",
        lambda p, a: unless_refused(accounts.unlock, p.store, a, "lanhdao", now=1),
    ),
    "accounts.end_sessions": (
        "accounts",
        lambda p, a: unless_refused(accounts.end_sessions, p.store, a, "lanhdao", now=1),
    ),
    "audit_log.search": ("audit", lambda p, a: audit_log.search(p.store, a, audit_log.Search())),
    "audit_log.people": ("audit", lambda p, a: audit_log.people(p.store, a)),
    "audit_log.week": ("audit", lambda p, a: audit_log.week(p.store, a, LATER)),
    "audit_export.export": ("audit", lambda p, a: audit_export.export(p.store, a, "csv")),
    "audit_export.verify": ("audit", lambda p, a: audit_export.verify(p.store, a)),
}


def unless_refused(act: Callable[..., object], *given: object, **more: object) -> None:
    """Do it; that there is no lock to lift and no session to end is no matter of rights."""
    with contextlib.suppress(AccountRefused):
        act(*given, **more)


def p_day():
    from services.moments import today_of

    return today_of(LATER)


@pytest.fixture
def prepared(untouched_copy: Store, monkeypatch: pytest.MonkeyPatch) -> Prepared:
    cheaper = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", cheaper)
    add_people(untouched_copy)
    done = submissions.commit(
        untouched_copy,
        access.shell("người khác"),
        [figure("DL-03")],
        kind="upload",
        expected=None,
        given=Given(file=File("của người khác.xlsx", b"PK")),
        now=NOW + 1,
    )
    submissions.commit(
        untouched_copy,
        access.shell("người khác"),
        [figure("DL-02")],
        kind="entry",
        expected=None,
        given=Given(),
        now=NOW + 2,
    )
    shared, closed = (
        drafts.begin(untouched_copy, Actor("x", access.ROLES["officer"], agency), FILE, NOW + 3)
        for agency in (AGENCY_A, AGENCY_B)
    )
    return Prepared(untouched_copy, done.submission, STANDING, shared, closed)


@pytest.mark.parametrize("role", ROLES)
def test_a_service_does_for_a_role_what_the_table_says_and_nothing_else(prepared, role):
    """All use cases in one store: those that pass change nothing that another one needs."""
    actor = Actor("ai đó", access.ROLES[role], agency=AGENCY_A, account=3)
    wrong = []
    for name, (action, run) in USE_CASES.items():
        passed = True
        try:
            run(prepared, actor)
        except Denied:
            passed = False
        if passed != MATRIX[role, action]:
            wrong.append(name)
    assert wrong == []


@pytest.mark.parametrize("name", list(USE_CASES))
def test_no_service_does_anything_for_a_stranger(untouched, name):
    with pytest.raises(Denied):
        USE_CASES[name][1](Prepared(untouched, 1), Actor("stranger", frozenset()))


@pytest.mark.parametrize("role", ROLES)
def test_somebody_elses_file_is_given_to_whoever_may_see_any(prepared, role):
    actor = Actor("ai đó", access.ROLES[role], agency=AGENCY_A, account=3)
    try:
        found = handouts.file_of(prepared.store, actor, prepared.foreign)
    except Denied:
        found = None
    assert (found is not None) == MATRIX[role, "see_any"]
