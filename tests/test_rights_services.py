"""No service is forgotten: whatever takes an actor is held to the table of rights, or says why not.

The services are found by reading their source. A new one fails here until it stands in USE_CASES
(tests/test_rights_matrix.py), in NEEDS or among the exceptions below. What is called from NEEDS
gets values that mean nothing: whoever may not is refused before any of them is looked at.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Mount, Route

from api import doors
from api.routes import ROUTES
from db import audit
from indicators.model import Settings
from services import access
from services.access import Actor, Denied
from services.submissions import File
from tests import test_rights_matrix as matrix
from tests.people import AGENCY_A
from tests.test_rights_entrances import ROUTE_NEEDS
from tests.test_rights_matrix import LATER, MATRIX, ROLES, Prepared

prepared = matrix.prepared  # the fixture, under its name

ROOT = Path(__file__).resolve().parents[1]

# What each needs whatever it is asked for; called with values that mean nothing.
NEEDS = {
    "account_lines.agencies": "accounts",
    "account_lines.listing": "accounts",
    "accounts.add": "accounts",
    "accounts.change": "accounts",
    "accounts.disable": "accounts",
    "accounts.enable": "accounts",
    "accounts.end_sessions": "accounts",
    "accounts.reset": "accounts",
    "accounts.unlock": "accounts",
    "assigning.assign": "register",
    "assigning.end": "register",
    "assigning.preview": "register",
    "assignments.add": "register",
    "assignments.preview": "register",
    "audit_export.export": "audit",
    "audit_export.verify": "audit",
    "audit_log.people": "audit",
    "audit_log.search": "audit",
    "audit_log.week": "audit",
    "drafts.begin": "submit",
    "drafts.begin_entry": "submit",
    "drafts.discard": "submit",
    "drafts.listing": "submit",
    "drafts.load": "submit",
    "drafts.say": "submit",
    "duty_days.set_days": "register",
    "figures.take": "submit",
    "plans.add": "register",
    "register.add": "register",
    "register_drafts.begin": "register",
    "register_drafts.discard": "register",
    "register_drafts.listing": "register",
    "register_drafts.load": "register",
    "register_preview.commit": "register",
    "register_preview.preview": "register",
    "register_undo.listing": "register",
    "register_undo.one": "register",
    "register_undo.undo": "register",
    "scenario_plans.confirm": "register",
    "scenario_plans.propose": "plan",
    "scenario_plans.refuse": "register",
    "scenario_plans.waiting": "register",
    "scenario_saves.copy": "plan",
    "scenario_saves.lock": "plan",
    "scenario_saves.remove": "plan",
    "scenario_saves.save": "plan",
    "states.save": "register",
    "submissions.commit": "submit",
    "trails.of": "register",
    "trails.take_back": "register",
    "uploads.commit": "submit",
    "uploads.take": "submit",
    "withdrawing.withdraw": "submit",
    "columns.remember": "submit",
    "plan_column.take": "register",
}
# Refuse nobody, but give only what is somebody's own: tried with a stranger below or elsewhere.
OWN = {
    "accounts.change_password": "one's own, and only with the present one",
    "drafts.commit": "a draft that was loaded; committing asks again",
    "entry.form": "rows that are the actor's to hand in",
    "handin.not_theirs": "says what is not the actor's",
    "handin.submission_lines": "the submissions that the actor may see",
    "handin.submission_page": "None where the actor may not see it",
    "handouts.file_of": "None where the actor may not see it",
    "handouts.marked_of": "as handouts.file_of",
    "handouts.own": "what the actor's agency is called and reports",
    "mine.choices": "what the actor follows",
    "mine.codes": "what the actor follows",
    "preferences.agency_name": "one's own agency",
    "preferences.of": "one's own settings",
    "preferences.save": "one's own settings",
    "preferences.start_address": "one's own settings",
    "register_drafts.rewrite": "a draft that was loaded",
    "register_drafts.show": "a draft that was loaded",
    "scenario_saves.listing": "one's own scenarios and those that are shared",
    "scenario_saves.load": "None where the actor may not see it",
    "scenario_saves.versions": "as scenario_saves.load",
    "withdrawable.listed": "figures that are the actor's to hand in",
}
# The checks themselves.
CHECKS = {"access", "rights"}
VALUES: dict[str, Any] = {
    "str": "không có gì",
    "int": 1,
    "bytes": b"",
    "bool": False,
    "date": date(2026, 11, 22),
    "Settings": Settings(),
    "File": File("a", b"x"),
    "tuple": ("không", "có"),
}
_MANY = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def services_with_an_actor() -> Iterator[tuple[str, ast.FunctionDef]]:
    """("module.function", its source) of each public service that is told who asks.

    What takes an open transaction first is left out: no entrance can have one (db/ is not theirs
    to import), and the service that opened it has asked.
    """
    for path in sorted((ROOT / "services").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                told = [one for one in given if one.annotation]
                if not any("Actor" in ast.unparse(one.annotation) for one in told):  # type: ignore[arg-type]
                    continue
                if path.stem in CHECKS or ast.unparse(told[0].annotation) == "Tx":  # type: ignore[arg-type]
                    continue
                if given[0].arg == "actor":  # makes a value of it, asks no store
                    continue
                yield f"{path.stem}.{node.name}", node


FOUND = dict(services_with_an_actor())
# Services that stand in USE_CASES under the name by which others import them.
ALIASES = {
    "accounts.agencies": "account_lines.agencies",
    "accounts.listing": "account_lines.listing",
    "submissions.undo": "undoing.undo",
    "submissions.withdraw": "withdrawing.withdraw",
}
IN_USE_CASES = {
    ALIASES.get(name, name) for name in (one.partition(" ")[0] for one in matrix.USE_CASES)
}


def test_every_service_that_is_told_who_asks_stands_in_a_table():
    missing = set(FOUND) - set(NEEDS) - set(OWN) - IN_USE_CASES
    assert sorted(missing) == []


def test_the_tables_name_nothing_that_is_gone():
    assert sorted((set(NEEDS) | set(OWN)) - set(FOUND)) == []
    assert sorted(IN_USE_CASES - set(FOUND)) == []
    assert not set(NEEDS) & set(OWN)
    assert set(NEEDS.values()) <= access.ALL


def called(name: str, given: Prepared, actor: Actor) -> bool:
    """Whether a service let somebody through, whatever it then made of empty values."""
    module, _, function = name.partition(".")
    run = getattr(importlib.import_module(f"services.{module}"), function)
    values: list[Any] = []
    named: dict[str, Any] = {}
    for parameter in inspect.signature(run).parameters.values():
        known = {"store": given.store, "actor": actor, "now": LATER, "as_of": LATER, "lang": "vi"}
        if parameter.name in known:
            value = known[parameter.name]
        elif parameter.default is not parameter.empty or parameter.kind in _MANY:
            continue
        else:
            kind = str(parameter.annotation).partition("[")[0].partition(" ")[0]
            value = VALUES.get(kind, {} if "Mapping" in kind else ())
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            named[parameter.name] = value
        else:
            values.append(value)
    try:
        run(*values, **named)
    except Denied:
        return False
    except Exception:
        return True  # the values mean nothing: only who is refused counts
    return True


@pytest.mark.parametrize("role", ROLES)
def test_a_service_lets_through_whom_the_table_says_and_nobody_else(prepared, role):
    actor = Actor("ai đó", access.ROLES[role], agency=AGENCY_A, account=3)
    wrong = [
        name for name, action in NEEDS.items()
        if called(name, prepared, actor) != MATRIX[role, action]
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("name", list(NEEDS))
def test_no_service_lets_a_stranger_through_or_leaves_a_trace_of_one(untouched, name):
    with untouched.read() as tx:
        before = len(list(audit.listing(tx)))
    assert not called(name, Prepared(untouched, 1), Actor("người lạ", frozenset()))
    with untouched.read() as tx:
        assert len(list(audit.listing(tx))) == before


# --- what gives only what is one's own ---------------------------------------------


def test_a_stranger_gets_nothing_of_what_is_somebodys_own(prepared):
    from services import entry, handin, handouts, scenario_saves, withdrawable

    store, stranger = prepared.store, Actor("người lạ", frozenset())
    own = Actor("Người kehoach", access.ROLES["planner"], account=3)
    shape = {"shape": {"kind": "growth", "pct": 5}}
    document = {"scenario": 1, "name": "riêng", "targets": {"DL-01": shape}}
    saved = scenario_saves.save(
        store, own, document, scenario_saves.Basis(LATER, 1), now=LATER, shared=True
    )
    if isinstance(saved, list):
        pytest.fail(str(saved))
    assert handin.submission_lines(store, stranger, LATER) == []
    assert handin.submission_page(store, stranger, prepared.foreign, LATER) is None
    form = entry.form(store, stranger, {"period": "2026-H1"}, LATER, Settings())
    assert form.rows == ()
    assert scenario_saves.listing(store, stranger, LATER * 2) == []
    assert scenario_saves.load(store, stranger, saved.key, LATER * 2) is None
    assert scenario_saves.versions(store, stranger, saved.key) == []
    assert (
        withdrawable.listed(
            store, stranger, prepared.foreign, LATER * 2, withdrawable.Find()
        ).figures
        == ()
    )
    for service in (handouts.file_of, handouts.marked_of):
        with pytest.raises(Denied):
            service(store, stranger, prepared.foreign)


# --- routes ------------------------------------------------------------------------

# Open to everybody who reaches the server, each with the reason.
OPEN_ROUTES = {
    "/healthz": "a watchdog has no account; it says which schema the store has, and no figure",
    "/login": "whoever has not signed in",
    "/login/oidc": "the way to the provider",
    "/login/back": "the way back from it",
    "/login/out": "the way out at it",
    "/logout": "ends what is left of a session, also of one that has ended",
    "/assets": "style, script and icon, which the sign-in page needs too",
}
# Nothing stands behind them: the answer is "not found", after the gate.
NOTHING = {"/api", "/api/{rest:path}", "/download/{rest:path}"}


def test_every_route_stands_in_the_matrix_or_says_why_it_is_open():
    needed = {path.partition("?")[0] for path, _action in ROUTE_NEEDS} | TRIED_ELSEWHERE
    paths = {one.path for one in ROUTES if isinstance(one, Route | Mount)}
    assert len(ROUTES) == len([one for one in ROUTES if isinstance(one, Route | Mount)])
    assert sorted(paths - needed - set(OPEN_ROUTES) - NOTHING) == []
    assert sorted((set(OPEN_ROUTES) | NOTHING) - paths) == []


# Need something that the matrix's store does not have: tried in tests/test_server_doors.py.
TRIED_ELSEWHERE = {"/download/marked"}


def test_the_gate_opens_these_addresses_and_no_others():
    exact = {path for path in OPEN_ROUTES if path != "/assets"}
    assert exact == doors._OPEN
    assert doors._OPEN_FOLDER == "/assets/"
