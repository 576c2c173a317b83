"""What is another person's, asked for by its address; tabs that changed below; the log."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest

from api.signin import now
from services import access, accounts, sessions, signin
from tests.doors import World, asked, cookie, with_cookie, world_of
from tests.people import ADMIN, AGENCY_B, PASSWORD, PEOPLE
from tests.tab import Tab

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_of(tmp_path_factory.mktemp("doors")) as running:
        yield running


# --- what is another person's ------------------------------------------------------


@pytest.mark.parametrize("login", PEOPLE)
def test_somebody_elses_file_draft_and_scenario_are_not_given_by_their_address(world, login):
    """The officer of agency A, the leader, the planner, the administrator; the owner gets them."""
    given = cookie(world, login)
    role = PEOPLE[login][0]
    file = httpx.get(
        f"{world.server.url}/download/file?submission={world.submission}",
        headers=with_cookie(given),
    )
    own_agency = PEOPLE[login][1] == AGENCY_B
    sees = "see_any" in access.ROLES[role] or (role == "officer" and own_agency)
    assert (file.status_code == 200) == sees
    marked = httpx.get(
        f"{world.server.url}/download/marked?draft={world.draft}",
        headers=with_cookie(given),
        timeout=60,
    )
    continues = login in {"canbo.b", "tonghop"}  # whose it is, and who may hand in anybody's
    assert (marked.status_code == 200) == continues
    tab = Tab(world.server, given)
    draft = tab.run("upload", f"draft={world.draft}")
    submission = tab.run("upload", f"submission={world.submission}")
    scenario = tab.run("scenarios", f"key={world.scenario}")
    tab.close()
    assert ("bi-mat.xlsx" in draft) == continues
    hands_in = access.SUBMIT in access.ROLES[role]
    assert ("bi-mat.xlsx" in submission) == (sees and hands_in)
    assert ("kịch bản riêng" in scenario) == (login == "kehoach")


def test_an_upload_goes_to_no_session_that_is_not_there(world):
    """Also with a right cookie: the sessions of Streamlit are named by what nobody can guess."""
    headers = with_cookie(cookie(world, "canbo.a"))
    for session in ("no-such-session", "0" * 36, "..", "%2e%2e", "a%2fb"):
        answer = httpx.put(
            f"{world.server.url}/_stcore/upload_file/{session}/file",
            headers=headers,
            files={"f": ("a.csv", b"x")},
        )
        assert answer.status_code in (400, 403, 404, 405), session


def test_a_tab_whose_session_ended_shows_nothing_more_on_any_page(world):
    given = cookie(world, "tonghop")
    tab = Tab(world.server, given)
    assert "a-rows" in tab.run("overview")
    signin.sign_out(world.store, sessions.of_cookie(world.store, given), now=now())
    for page, query in (
        *(("overview", ""), ("target", "code=DL-01"), ("upload", "submission=1"), ("profile", "")),
        *(("scenarios", ""), ("methods", ""), ("admin", "part=accounts")),
    ):
        said = tab.run(page, query)
        assert "Phiên làm việc đã kết thúc" in said, page
        assert "a-rows" not in said, page
        assert "bi-mat" not in said, page
        assert "Người tonghop" not in said, page
    tab.close()


def test_the_roles_of_an_open_tab_are_those_of_now(world):
    login = "tam.quyen"
    accounts.add(
        world.store, ADMIN, login=login, roles=["administrator"], password=PASSWORD, now=now()
    )
    given = cookie(world, login)
    tab = Tab(world.server, given)
    assert "a-refused" not in tab.run("admin")
    accounts.change(world.store, ADMIN, login, roles=["viewer"], now=now())
    assert "a-refused" in tab.run("admin")
    tab.close()


# --- the log -----------------------------------------------------------------------


def test_nobody_writes_lines_of_their_own_into_the_log(world):
    for path in (b"/x%0aINFO:%20forged%20line", b"/x%0d%0aforged", b"/healthz%0aforged"):
        asked(world.server, b"GET " + path, b"user-agent: forged\x1b[31m")
    httpx.post(f"{world.server.url}/login", data={"login": "a\nforged", "password": "b\r\nforged"})
    time.sleep(0.2)
    lines = world.server.log.read_text(encoding="utf-8", errors="replace").splitlines()
    assert not [line for line in lines if line.startswith(("forged", "INFO: forged"))]
    assert PASSWORD not in "\n".join(lines)
