"""The same table held to the entrances: every role × route and page, and who has none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from api.doors import the_door
from api.gate import Gate
from api.routes import ROUTES
from db.engine import Store
from i18n.words import words
from services import (
    access,
    accounts,
    sessions,
    signin,
    submissions,
)
from services.submissions import File, Given
from tests.app import failed, html_of, opened
from tests.people import ADMIN, NOW, PASSWORD, PEOPLE, add_people
from tests.test_rights_matrix import LATER, MATRIX, figure
from ui import navigation

ROOT = Path(__file__).resolve().parents[1]


# --- routes ------------------------------------------------------------------------

ROUTE_NEEDS = [
    ("/download/template?targets=DL-01&period=2026-H1", "submit"),
    ("/download/table?what=targets&format=csv", "read"),
    ("/download/table?what=verdicts&format=json", "read"),
    ("/download/file?submission=1", "see_any"),
    ("/download/audit", "audit"),
    ("/password", "read"),
]
REFUSED = (303, 401, 403, 404)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Starlette, Store]]:
    from services import startup

    patch = pytest.MonkeyPatch()
    url = f"sqlite:///{tmp_path_factory.mktemp('matrix') / 'store.db'}"
    patch.setenv("DATABASE_URL", url)
    store = startup.ready(NOW)
    add_people(store)
    given = Given(file=File("của người khác.xlsx", b"PK"))
    submissions.commit(
        store, access.shell("người khác"), [figure("DL-03")], kind="upload", expected=None,
        given=given, now=NOW + 1,
    )  # fmt: skip
    yield Starlette(routes=ROUTES, middleware=[Middleware(Gate, door=the_door)]), store
    store.close()
    patch.undo()


def asked(app: Starlette, path: str, headers: dict[str, str]) -> int:
    async def get() -> int:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://chitieu") as client:
            return (await client.get(path, headers=headers)).status_code

    return asyncio.run(get())


def cookie(store: Store, login: str) -> str:
    from api.signin import now

    done = signin.sign_in(store, login, PASSWORD, address="t", browser="t", now=now())
    assert isinstance(done, signin.Opened)
    return done.cookie


@pytest.mark.parametrize("login", [*PEOPLE, "stranger", "forged", "disabled"])
def test_a_route_answers_whom_the_table_lets_in(running, login):
    app, store = running
    role, given = PEOPLE.get(login, ("", ""))[0], ""
    if role:
        given = cookie(store, login)
    elif login == "forged":
        given = cookie(store, "quantri")[:-2] + "xx"
    elif login == "disabled":
        if "tamkhoa" not in {one.login for one in accounts.listing(store, ADMIN, LATER)}:
            accounts.add(
                store, ADMIN, login="tamkhoa", roles=["administrator"], password=PASSWORD, now=NOW
            )
        given = cookie(store, "tamkhoa")
        accounts.disable(store, ADMIN, "tamkhoa", now=LATER)
    headers = {"cookie": f"chitieu_session={given}"} if given else {}
    wrong = []
    for path, action in ROUTE_NEEDS:
        status = asked(app, path, headers)
        let_in = bool(role) and MATRIX[role, action]
        if (status == 200) != let_in or (not let_in and status not in REFUSED):
            wrong.append((path, status))
    assert wrong == []


# --- pages -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], str]]:
    """What a page shows to somebody: its HTML."""
    from streamlit.testing.v1 import AppTest

    from services import startup

    patch = pytest.MonkeyPatch()
    opened(tmp_path_factory.mktemp("pages"), patch)
    store = startup.the_store()
    add_people(store)
    kept: dict[str, AppTest] = {}

    def shown(login: str, page: str) -> str:
        if login not in kept:
            app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
            if login in PEOPLE:
                session = sessions.of_cookie(store, cookie(store, login))
                app.user = {"session": session}  # type: ignore[attr-defined]
            elif login == "forged":
                app.user = {"session": "0" * 64}  # type: ignore[attr-defined]
            kept[login] = app.run()
        app = kept[login].switch_page(f"../pages/{page}.py").run()
        assert not failed(app)
        return html_of(app)

    yield shown
    patch.undo()


@pytest.mark.slow
@pytest.mark.parametrize("page", [entry.name for entry in navigation.ENTRIES])
@pytest.mark.parametrize("login", PEOPLE)
def test_a_page_opens_for_whom_the_table_lets_in(pages_of, login, page):
    html = pages_of(login, page)
    refused = words("vi")("frame.refused") in html
    assert "Phiên làm việc đã kết thúc" not in html
    assert refused != MATRIX[PEOPLE[login][0], navigation.NEEDS[page]]
    assert refused or "<h1>" in html


@pytest.mark.slow
@pytest.mark.parametrize("page", [entry.name for entry in navigation.ENTRIES])
@pytest.mark.parametrize("login", ["stranger", "forged"])
def test_a_page_sends_whoever_is_not_signed_in_to_the_sign_in(pages_of, login, page):
    html = pages_of(login, page)
    assert "Phiên làm việc đã kết thúc" in html
    assert 'class="a-leave a-back" href="/login?say=ended"' in html
    assert "a-rows" not in html
