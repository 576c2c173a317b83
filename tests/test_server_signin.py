"""Signing in, asked of a real server from outside: what a person, a thief and a robot would try."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from services import accounts, preferences, sessions
from services.preferences import Preferences
from services.seeding import seed
from services.sessions import of_cookie
from services.store import Store, open_ready
from tests.people import ADMIN, NOW, PASSWORD, add_people
from tests.server import Server, serving
from tests.tab import Tab

pytestmark = pytest.mark.slow

CLOSED = [
    "/",
    "/overview",
    "/target?code=DL-01",
    "/upload",
    "/profile",
    "/nothing-here",
    "/password",
    "/download/template?targets=DL-01&period=2026-H1",
    "/download/table?what=verdicts&format=csv",
    "/download/file?submission=1",
    "/download/marked?draft=x",
    "/api/v1/targets",
    "/media/0123456789abcdef.txt",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/script-health-check",
    "/_stcore/agent/openapi.json",
    "/static/js/index.js",
    "/component/x/index.html",
    "/login/../overview",
    "/assets/../overview",
    "//overview",
]
HTML = {"accept": "text/html,*/*;q=0.8"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("signin")
    store = open_ready(f"sqlite:///{folder / 'store.db'}")
    seed(store, NOW)
    add_people(store)
    store.close()
    with serving(folder) as running:
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


def sign_in(client: httpx.Client, login: str = "lanhdao", password: str = PASSWORD, to: str = ""):
    given = {"login": login, "password": password, "next": to}
    return client.post("/login", data=given)


def cookie_of(client: httpx.Client) -> str:
    return client.cookies.get("chitieu_session") or ""


def later() -> int:
    return time.time_ns() // 1000


def fresh(store: Store, login: str) -> str:
    """An account of its own for one test, so that tests do not lock each other out."""
    if login not in {one.login for one in accounts.listing(store, ADMIN, later())}:
        accounts.add(store, ADMIN, login=login, roles=["viewer"], password=PASSWORD, now=later())
    return login


# --- without a cookie --------------------------------------------------------------


@pytest.mark.parametrize("path", CLOSED)
def test_nothing_answers_a_visitor_without_a_cookie(server, path):
    answer = httpx.get(server.url + path)
    assert answer.status_code == 401
    assert answer.text == "Hãy đăng nhập để tiếp tục."


@pytest.mark.parametrize("path", ["/overview", "/target?code=DL-01&as_of=2026-06-05"])
def test_a_browser_is_shown_the_way_to_sign_in_and_back(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=%2F")
    answer = browser.get(answer.headers["location"])
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert 'name="password"' in answer.text
    answer = sign_in(browser, to=path)
    assert (answer.status_code, answer.headers["location"]) == (303, path)


def test_no_websocket_opens_without_a_cookie(server):
    with pytest.raises(InvalidStatus) as refused:
        Tab(server)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_no_upload_is_taken_without_a_cookie(server, method):
    answer = httpx.request(method, server.url + "/_stcore/upload_file/session/file")
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/healthz", "/login", "/assets/signin.css"])
def test_what_the_sign_in_needs_is_open(server, path):
    assert httpx.get(server.url + path).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"x-app-user": "1", "x-app-session": "0" * 64},
        {"X-App-User": "quantri", "X-App-Role": "administrator"},
        {"cookie": "chitieu_session=" + "a" * 43},
        {"cookie": "chitieu_session=" + "a" * 43 + "." + "b" * 43},
        {"cookie": "chitieu_session=."},
        {"cookie": "_streamlit_user=1; chitieu_session=%00"},
        {"authorization": "Basic cXVhbnRyaTpjb24gdm9pIGFuIG1pYSA3"},
        {"x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1"},
    ],
)
def test_a_forged_cookie_or_header_opens_nothing(server, headers):
    assert httpx.get(server.url + "/overview", headers=headers).status_code == 401
    with pytest.raises(InvalidStatus):
        connect(
            f"ws://127.0.0.1:{server.port}/_stcore/stream",
            subprotocols=["streamlit"],
            additional_headers=headers,
            proxy=None,
        )


def test_the_hash_that_the_store_keeps_is_no_key(server, store, browser):
    """Who reads the table of sessions still cannot come in."""
    sign_in(browser)
    kept = of_cookie(store, cookie_of(browser))
    assert len(kept) == 64
    for forged in (kept, f"{kept}.{cookie_of(browser).partition('.')[2]}"):
        cookie = {"cookie": f"chitieu_session={forged}"}
        assert httpx.get(server.url + "/overview", headers=cookie).status_code == 401


# --- in, and out again -------------------------------------------------------------


def test_the_cookie_is_for_our_server_alone_and_no_script_reads_it(browser):
    given = sign_in(browser).headers["set-cookie"].lower()
    assert "httponly" in given
    assert "samesite=lax" in given
    assert "path=/" in given
    assert "domain" not in given
    assert "secure" not in given  # this server is not behind TLS


def test_with_the_right_password_pages_files_and_websocket_open(server, browser):
    sign_in(browser, "canbo.a")
    assert "<title>Theo dõi chỉ tiêu tỉnh Sơn La</title>" in browser.get("/overview").text
    assert browser.get("/download/table?what=targets&format=csv").status_code == 200
    assert browser.get("/_stcore/health").status_code == 200
    tab = Tab(server, cookie_of(browser))
    shown = tab.run("overview")
    tab.close()
    assert "<h1>" in shown
    assert "Người canbo.a" in shown
    assert "Cán bộ thống kê" in shown


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("lanhdao", "con voi an mia 8"),
        ("lanhdao", ""),
        ("lanhdao", PASSWORD.upper()),
        ("khong-co-ai", PASSWORD),
        ("", ""),
        ("' or 1=1 --", "' or 1=1 --"),
        ("<script>alert(1)</script>", "sai hẳn rồi"),
    ],
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(browser, login, password):
    answer = sign_in(browser, login, password)
    assert answer.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in answer.text
    assert cookie_of(browser) == ""
    assert "<script" not in answer.text
    assert password not in answer.text or not password


def test_the_name_is_taken_as_people_type_it(browser):
    assert sign_in(browser, "  LanhDao ").status_code == 303


@pytest.mark.parametrize(
    "to",
    ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "evil",
     "javascript:alert(1)", "/login", "/logout", "\\\\evil.example", "/\r\nset-cookie:x=1"],
)  # fmt: skip
def test_one_is_never_sent_to_another_site_after_signing_in(browser, to):
    assert sign_in(browser, to=to).headers["location"] == "/"
    assert "evil" not in browser.get("/login", params={"next": to}).headers.get("location", "")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_another_site_can_neither_sign_anybody_in_nor_out(server, browser, headers):
    given = {"login": "lanhdao", "password": PASSWORD}
    assert browser.post("/login", data=given, headers=headers).status_code == 403
    sign_in(browser)
    assert browser.post("/logout", headers=headers).status_code == 403
    assert browser.post("/password", data={}, headers=headers).status_code == 403
    assert browser.get("/overview").status_code == 200
    with pytest.raises(InvalidStatus):
        Tab(server, cookie_of(browser), origin="https://evil.example")


def test_an_address_alone_signs_nobody_out(browser):
    sign_in(browser)
    assert browser.get("/logout").headers["location"] == "/"
    assert browser.get("/overview").status_code == 200


def test_after_signing_out_the_cookie_opens_nothing_in_any_tab(server, browser):
    sign_in(browser)
    cookie = cookie_of(browser)
    tab = Tab(server, cookie)
    assert "<h1>" in tab.run("overview")
    answer = browser.post("/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?say=out")
    assert cookie_of(browser) == ""
    replayed = {"cookie": f"chitieu_session={cookie}"}
    assert httpx.get(server.url + "/overview", headers=replayed).status_code == 401
    with pytest.raises(InvalidStatus):
        Tab(server, cookie)
    shown = tab.run("overview")
    tab.close()
    assert "Phiên làm việc đã kết thúc" in shown
    assert 'class="a-leave a-back" href="/login' in shown
    assert "a-rows" not in shown


def test_who_signs_in_anew_leaves_no_old_session_open(server, browser):
    sign_in(browser)
    first = cookie_of(browser)
    sign_in(browser, "kehoach")
    assert cookie_of(browser) != first
    replayed = {"cookie": f"chitieu_session={first}"}
    assert httpx.get(server.url + "/overview", headers=replayed).status_code == 401


def test_a_disabled_account_is_out_within_one_rerun(server, store, browser):
    login = fresh(store, "tam.khoa")
    sign_in(browser, login)
    tab = Tab(server, cookie_of(browser))
    assert "<h1>" in tab.run("overview")
    accounts.disable(store, ADMIN, login, now=later())
    shown = tab.run("overview")
    tab.close()
    assert "Phiên làm việc đã kết thúc" in shown
    assert "a-rows" not in shown
    assert browser.get("/download/table?what=targets&format=csv").status_code in (303, 401)
    answer = sign_in(browser, login)
    assert (answer.status_code, "đã bị khóa" in answer.text) == (401, True)
    accounts.enable(store, ADMIN, login, now=later())
    assert browser.get("/overview").status_code == 303  # the old session stays ended
    assert sign_in(browser, login).status_code == 303


def test_a_name_is_locked_after_five_wrong_passwords_and_so_is_one_that_does_not_exist(
    browser, store
):
    for login in (fresh(store, "nguoi.khac"), "khong.ai.ca"):
        said = [sign_in(browser, login, "sai mật khẩu").status_code for _ in range(5)]
        assert said == [401] * 5
        answer = sign_in(browser, login, PASSWORD)
        assert answer.status_code == 429
        assert "Hãy thử lại sau 15 phút" in answer.text
        assert cookie_of(browser) == ""
    accounts.enable(store, ADMIN, "nguoi.khac", now=later())
    assert sign_in(browser, "nguoi.khac").status_code == 303


def test_a_password_for_one_use_opens_nothing_but_its_change(server, browser, store):
    login = fresh(store, "moi.vao")
    given = accounts.reset(store, ADMIN, login, now=later())
    assert sign_in(browser, login, PASSWORD).status_code == 401
    assert sign_in(browser, login, given).status_code == 303
    answer = browser.get("/target?code=DL-01")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/password?next=")
    assert browser.get("/download/table", headers={"accept": "*/*"}).status_code == 403
    with pytest.raises(InvalidStatus):
        Tab(server, cookie_of(browser))
    assert "dùng một lần" in browser.get("/password").text

    def change(new, again=None, current=given):
        fields = {"current": current, "new": new, "again": again or new, "next": "/upload"}
        return browser.post("/password", data=fields)

    assert "quá ngắn" in change("ngan").text
    assert "không giống nhau" in change("mot hai ba bon", "mot hai ba nam").text
    assert "dễ đoán" in change("matkhau12345").text
    assert "trùng với" in change(given).text
    assert "hiện tại không đúng" in change("mot hai ba bon", current="x").text
    answer = change("mot hai ba bon")
    assert (answer.status_code, answer.headers["location"]) == (303, "/upload")
    assert browser.get("/overview").status_code == 200
    assert sign_in(browser, login, "mot hai ba bon").status_code == 303


def test_a_changed_password_ends_the_other_sessions(server, browser, store):
    login = fresh(store, "hai.may")
    with httpx.Client(base_url=server.url, headers=HTML) as elsewhere:
        sign_in(elsewhere, login)
        sign_in(browser, login)
        fields = {"current": PASSWORD, "new": "bon nam sau bay", "again": "bon nam sau bay"}
        assert browser.post("/password", data=fields).status_code == 303
        assert browser.get("/overview").status_code == 200
        assert elsewhere.get("/overview").status_code == 303


def test_a_huge_form_is_not_read(server):
    answer = httpx.post(server.url + "/login", content=b"x" * 13 * 1024 * 1024)
    assert answer.status_code == 413


def test_another_address_of_this_server_may_be_asked_for(server):
    headers = {"host": "chitieu.sonla.gov.vn", **HTML}
    assert httpx.get(server.url + "/login", headers=headers).status_code == 200
    own = {"origin": "http://chitieu.sonla.gov.vn", **headers}
    given = {"login": "lanhdao", "password": PASSWORD}
    assert httpx.post(server.url + "/login", data=given, headers=own).status_code == 303


def test_behind_tls_the_cookie_is_secure_when_a_trusted_proxy_says_so(server, tmp_path):
    given = {"login": "lanhdao", "password": PASSWORD}
    by_proxy = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7"}
    answer = httpx.post(server.url + "/login", data=given, headers=by_proxy)
    assert "; secure" in answer.headers["set-cookie"].lower()
    store = open_ready(f"sqlite:///{tmp_path / 'store.db'}")
    add_people(store, "quantri", "lanhdao")
    store.close()
    nobody = {"FORWARDED_ALLOW_IPS": "192.0.2.1"}
    with serving(tmp_path, "--server.address", "0.0.0.0", settings=nobody) as strict:
        answer = httpx.post(strict.url + "/login", data=given, headers=by_proxy)
    assert answer.status_code == 303
    assert "secure" not in answer.headers["set-cookie"].lower()


def test_the_first_account_ends_the_open_tabs_of_the_local_user(tmp_path):
    with serving(tmp_path) as server:
        tab = Tab(server)
        assert "<h1>" in tab.run("overview")
        store = open_ready(server.database)
        add_people(store, "quantri")
        store.close()
        shown = tab.run("overview")
        tab.close()
        assert 'class="a-leave a-back" href="/login' in shown
        assert httpx.get(server.url + "/overview").status_code == 401


def test_the_page_and_the_language_that_one_set_are_where_one_begins(server, store, browser):
    login = fresh(store, "theo.y")
    sign_in(browser, login)
    actor = sessions.visit(store, sessions.of_cookie(store, cookie_of(browser)), later()).actor
    preferences.save(store, actor, Preferences("en", "field", "Du lịch"), now=NOW)
    answer = browser.get("/")
    assert (answer.status_code, answer.headers["location"]) == (
        303, "/?field=Du+l%E1%BB%8Bch&lang=en",
    )  # fmt: skip
    answer = browser.get(answer.headers["location"])
    assert (answer.status_code, '<html lang="en">' in answer.text) == (200, True)
    assert browser.get("/target?code=DL-01").headers["location"] == "/target?code=DL-01&lang=en"
    assert browser.get("/?lang=vi").status_code == 200
    assert browser.get("/download/table?what=targets&format=csv").status_code == 200
    answer = browser.get(f"{server.url}//evil.example")
    assert not answer.headers.get("location", "").startswith("//")
