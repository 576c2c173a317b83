"""Signing in at a provider, end to end: our server, a provider that the tests start, a browser."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from db import audit
from services import accounts, sessions
from services.seeding import seed
from services.store import Store, open_ready
from tests.people import ADMIN, NOW, PASSWORD, add_people
from tests.provider import CLIENT, SECRET, Provider, providing
from tests.server import Server, serving
from tests.tab import Tab

pytestmark = pytest.mark.slow

HTML = {"accept": "text/html"}
SOMEBODY = {"sub": "nguoi-1", "preferred_username": "Lan.Sở", "name": "Nguyễn Thị Lan"}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providing() as running:
        yield running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("oidc")
    store = open_ready(f"sqlite:///{folder / 'store.db'}")
    seed(store, NOW)
    store.close()
    settings = {
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": SECRET,
        "OIDC_NAME": "Cổng của tỉnh",
        "OIDC_ROLE_CLAIM": "realm_access.roles",
        "OIDC_ROLES": "ct-xem=viewer, ct-nop=officer, ct-quantri=administrator",
        "OIDC_AGENCY_CLAIM": "co_quan",
    }
    with serving(folder, settings=settings) as running:
        yield running


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    opened = open_ready(server.database)
    yield opened
    opened.close()


@pytest.fixture
def browser(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, headers=HTML) as client:
        yield client


def roles(*names: str) -> dict[str, object]:
    return {"realm_access": {"roles": list(names)}}


def sign_in(browser: httpx.Client, to: str = "") -> httpx.Response:
    """The three steps that a browser goes by itself; the last answer."""
    there = browser.get("/login/oidc", params={"next": to})
    assert there.status_code == 303, there.text
    back = httpx.get(there.headers["location"])
    assert back.status_code == 302
    return browser.get(back.headers["location"])


def lines(store: Store) -> dict[str, accounts.Line]:
    return {one.login: one for one in accounts.listing(store, ADMIN, time.time_ns() // 1000)}


def test_where_a_provider_is_set_everybody_signs_in_even_before_the_first_account(browser):
    assert browser.get("/overview").headers["location"] == "/login?next=%2Foverview"
    page = browser.get("/login?next=%2Foverview").text
    assert "Đăng nhập bằng Cổng của tỉnh" in page
    assert 'href="/login/oidc?next=%2Foverview&amp;lang=vi"' in page


def test_somebody_comes_in_with_the_roles_and_the_agency_of_the_claims(
    server, browser, store, provider
):
    provider.behave(**SOMEBODY, **roles("ct-nop", "uma"), co_quan="Sở Tài chính")
    answer = sign_in(browser, "/target?code=DL-01")
    assert (answer.status_code, answer.headers["location"]) == (303, "/target?code=DL-01")
    given = next(one for one in answer.headers.get_list("set-cookie") if "chitieu_session" in one)
    assert "httponly" in given.lower()
    assert "samesite=lax" in given.lower()
    line = lines(store)["lan.sở"]
    assert (line.name, line.roles, line.agency) == ("Nguyễn Thị Lan", ("officer",), "so-tai-chinh")
    assert not line.local
    tab = Tab(server, browser.cookies["chitieu_session"])
    assert "Nguyễn Thị Lan" in tab.run("overview")
    tab.close()


def test_what_we_ask_for_is_a_code_with_pkce_a_state_and_a_nonce(browser, provider):
    provider.behave(**SOMEBODY, **roles("ct-xem"))
    sign_in(browser)
    sign_in(browser)
    first, second = provider.asked[-2:]
    assert first["response_type"] == "code"
    assert first["code_challenge_method"] == "S256"
    assert first["scope"].split()[0] == "openid"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 32
        assert first[name] != second[name]
    assert "client_secret" not in first


def test_roles_are_those_of_today_and_a_disabled_account_stays_out(browser, store, provider):
    provider.behave(**SOMEBODY, **roles("ct-quantri"))
    assert sign_in(browser).status_code == 303
    assert lines(store)["lan.sở"].roles == ("administrator",)
    provider.behave(**SOMEBODY, **roles("ct-xem"))
    assert sign_in(browser).status_code == 303
    assert lines(store)["lan.sở"].roles == ("viewer",)
    accounts.disable(store, ADMIN, "lan.sở", now=time.time_ns() // 1000)
    assert browser.get("/overview").status_code == 303
    answer = sign_in(browser)
    assert (answer.status_code, "đã bị khóa" in answer.text) == (403, True)
    accounts.enable(store, ADMIN, "lan.sở", now=time.time_ns() // 1000)
    with store.read() as tx:
        done = [one.action for one in audit.listing(tx)]
    assert {"account.add", "account.change", "signin.done", "signin.refused"} <= set(done)


@pytest.mark.parametrize("claims", [roles(), roles("uma"), {"realm_access": "x"}, {}])
def test_without_a_role_of_ours_nobody_comes_in(browser, store, provider, claims):
    provider.behave(sub="nguoi-khac", preferred_username="khac", **claims)
    answer = sign_in(browser)
    assert answer.status_code == 403
    assert "không cho biết bạn có vai trò nào" in answer.text
    assert "chitieu_session" not in browser.cookies
    assert "khac" not in lines(store)


@dataclass(frozen=True)
class FromNow:
    """A time relative to the test's own: a test whose name holds a clock cannot be shared out."""

    seconds: int


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"aud": "another client"},
        {"aud": ["another client", CLIENT]},
        {"aud": CLIENT, "azp": "another client"},
        {"iss": "http://127.0.0.1:1"},
        {"iss": None},
        {"exp": FromNow(-600)},
        {"exp": None},
        {"iat": FromNow(7200)},
        {"nbf": FromNow(7200)},
        {"sub": None},
        {"sub": 7},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_now_opens_nothing(browser, provider, lie):
    provider.behave(**SOMEBODY, **roles("ct-xem"))
    now = int(time.time())
    provider.lies = {
        claim: now + told.seconds if isinstance(told, FromNow) else told
        for claim, told in lie.items()
    }
    answer = sign_in(browser)
    assert answer.status_code == 403
    assert "kèm mã token" in answer.text
    assert "chitieu_session" not in browser.cookies


@pytest.mark.parametrize("key", ["other", "none", "secret"])
def test_a_token_that_the_provider_did_not_sign_opens_nothing(browser, provider, key):
    provider.behave(**SOMEBODY, **roles("ct-quantri"))
    provider.key = key
    assert "kèm mã token" in sign_in(browser).text
    assert "chitieu_session" not in browser.cookies


def test_a_code_that_another_browser_fetched_opens_nothing(server, browser, provider):
    """Else a link could sign somebody in under another person's name."""
    provider.behave(**SOMEBODY, **roles("ct-xem"))
    with httpx.Client(base_url=server.url, headers=HTML) as thief:
        there = thief.get("/login/oidc")
        back = httpx.get(there.headers["location"]).headers["location"]
        assert "kèm mã state" in browser.get(back).text  # no cookie of ours
        browser.get("/login/oidc")
        assert "kèm mã state" in browser.get(back).text  # another state
        assert thief.get(back).status_code == 303
        assert "kèm mã state" in thief.get(back).text  # once only
    assert "chitieu_session" not in browser.cookies


def test_the_cookie_of_the_way_there_cannot_be_written_by_somebody_else(browser, store, provider):
    provider.behave(**SOMEBODY, **roles("ct-xem"))
    there = browser.get("/login/oidc")
    kept = browser.cookies["chitieu_oidc"]
    back = httpx.get(there.headers["location"]).headers["location"]
    text, _, signature = kept.partition(".")
    forged = [
        f"{text}.x",
        f"x{text}.{signature}",
        f"{text}.{sessions.signed(store, 'session', text)}",
    ]
    for cookie in forged:
        answer = httpx.get(back, headers={**HTML, "cookie": f"chitieu_oidc={cookie}"})
        assert answer.status_code == 403


def test_who_says_no_at_the_provider_is_back_at_the_sign_in(browser, provider):
    provider.behave(**SOMEBODY)
    provider.refuses = True
    answer = sign_in(browser)
    assert (answer.status_code, "kèm mã refused" in answer.text) == (403, True)


def test_one_is_never_sent_to_another_site_afterwards(browser, provider):
    provider.behave(**SOMEBODY, **roles("ct-xem"))
    assert sign_in(browser, "//evil.example").headers["location"] == "/"


def test_roles_may_stand_in_the_user_info(browser, store, provider):
    provider.behave(sub="nguoi-2", preferred_username="hai")
    provider.user_info = {"sub": "nguoi-2", **roles("ct-xem")}
    assert sign_in(browser).status_code == 303
    assert lines(store)["hai"].roles == ("viewer",)
    provider.user_info = {"sub": "nguoi-1", **roles("ct-quantri")}
    assert "kèm mã token" in sign_in(browser).text


def test_an_account_with_a_password_is_never_taken_over(browser, store, provider):
    add_people(store, "quantri", "lanhdao", now=time.time_ns() // 1000)
    provider.behave(sub="ke-gian", preferred_username="quantri", name="Người quantri",
                    **roles("ct-xem"))  # fmt: skip
    assert sign_in(browser).status_code == 303
    found = lines(store)
    assert found["quantri"].roles == ("administrator",)
    (other,) = [one for login, one in found.items() if login.startswith("quantri ")]
    assert (other.roles, other.local) == (("viewer",), False)
    assert other.name != found["quantri"].name
    given = {"login": other.login, "password": PASSWORD}
    assert browser.post("/login", data=given).status_code == 401


def test_the_password_of_such_an_account_is_not_ours_to_change(browser, store, provider):
    provider.behave(**SOMEBODY, **roles("ct-xem"))
    sign_in(browser)
    fields = {"current": "", "new": "mot hai ba bon", "again": "mot hai ba bon"}
    assert "hệ thống khác" in browser.post("/password", data=fields).text
    with pytest.raises(accounts.AccountRefused, match="elsewhere"):
        accounts.reset(store, ADMIN, "lan.sở", now=time.time_ns() // 1000)


def test_a_provider_that_does_not_answer_is_told_and_passwords_still_work(tmp_path):
    store = open_ready(f"sqlite:///{tmp_path / 'store.db'}")
    add_people(store, "quantri")
    store.close()
    settings = {"OIDC_ISSUER": "http://127.0.0.1:1", "OIDC_CLIENT_ID": CLIENT}
    with serving(tmp_path, settings=settings) as server:
        answer = httpx.get(f"{server.url}/login/oidc", headers=HTML)
        assert (answer.status_code, "kèm mã unreachable" in answer.text) == (502, True)
        given = {"login": "quantri", "password": PASSWORD}
        assert httpx.post(f"{server.url}/login", data=given).status_code == 303
    assert "Traceback" not in server.log.read_text()


def test_the_log_has_no_secret(server):
    log = server.log.read_text()
    for secret in (SECRET, json.dumps(SECRET), "code_verifier", "id_token"):
        assert secret not in log
