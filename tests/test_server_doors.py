"""A server with accounts, asked in every way but the right one: path, method, cookie, origin.

Nothing but what the sign-in needs answers whoever has no open session, however it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from api.signin import now
from db import accounts as stored_accounts
from db import audit
from services import accounts, sessions, signin, submissions
from services.store import data_version
from tests.doors import World, asked, cookie, with_cookie, world_of
from tests.people import ADMIN
from tests.tab import Tab

pytestmark = pytest.mark.slow

HOUR = 3_600_000_000
HTML = {"accept": "text/html,*/*;q=0.8"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_of(tmp_path_factory.mktemp("doors")) as running:
        yield running


# --- paths and methods -------------------------------------------------------------

PATHS = """
/ /overview /admin /admin?part=accounts /target?code=DL-01 /profile /upload /scenarios /password
/./overview /%2e/overview /%2e%2e/overview /login/%2e%2e/overview /login%2f..%2foverview
/login/../overview /login/..;/overview /LOGIN /Login /login/ /login// /login;x=1 /login%00
/login%20 /login%0a /healthz/ /healthz;/../overview /healthz/../overview //login //overview
///overview /\\login /assets /assetsx /login/back/ /login/oidc/../../overview /logout/
/download/template /download/table?what=verdicts&format=csv /download/file?submission=1
/download/marked?draft=x /download/ /download/../overview /api /api/v1/targets /api/../healthz/x
/_stcore/health /_STCORE/health //_stcore/health /_stcore%2fhealth /_stcore/metrics
/_stcore/stream /_stcore/host-config /_stcore/script-health-check /_stcore/agent/openapi.json
/_stcore/allowed-message-origins /_stcore/upload_file/x/y /_stcore/upload_file/../health
/media/0123456789abcdef.txt /media/../overview /component/x/index.html /app/static/app.css
/static/js/index.js /static/../overview /index.html /favicon.png /manifest.json /robots.txt
/.env /.git/config /settings.py /data/chitieu.db /store.db
""".split()  # noqa: SIM905 - one a line would be three pages
METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "FOO"]
# Within the open folder a way out of it is no address at all.
OUT_OF_ASSETS = [
    *(
        "/assets/..%2foverview",
        "/assets/%2e%2e/%2e%2e/settings.py",
        "/assets/..%2f..%2fsettings.py",
    ),
    *("/assets//etc/passwd", "/assets/", "/assets/../settings.py", "/assets/%00", "/assets/x.css"),
    *("/assets/....//settings.py", "/assets/\\..\\settings.py", "/assets/.%2e/settings.py"),
]


@pytest.mark.parametrize("method", METHODS)
def test_no_way_of_writing_an_address_gets_past_the_gate(world, method):
    answers = {
        path: asked(world.server, f"{method} {path}".encode(), b"content-length: 0")[0]
        for path in PATHS
    }
    assert {path: status for path, status in answers.items() if status not in (401, 400)} == {}
    assert sum(status == 401 for status in answers.values()) > len(PATHS) - 3


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", OUT_OF_ASSETS)
def test_no_way_leads_out_of_the_folder_that_is_open(world, method, path):
    status, answer = asked(world.server, f"{method} {path}".encode(), b"content-length: 0")
    assert status in (400, 401, 404, 405)
    assert b"DATABASE_URL" not in answer
    assert b"root:" not in answer


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/healthz", {"GET", "HEAD"}),
        ("/login", {"GET", "HEAD", "POST"}),
        ("/logout", {"GET", "HEAD", "POST"}),
        ("/login/oidc", {"GET", "HEAD"}),
        ("/login/back", {"GET", "HEAD"}),
        ("/assets/app.css", {"GET", "HEAD"}),
    ],
)
def test_what_is_open_answers_only_as_it_is_meant_to(world, path, methods):
    for method in METHODS:
        status, _ = asked(world.server, f"{method} {path}".encode(), b"content-length: 0")
        assert (status < 400 or (path, method, status) == ("/login", "POST", 401)) == (
            method in methods
        ), (method, status)


@pytest.mark.parametrize(
    "line", [b"GET http://evil.example/overview", b"GET /overview?x=\xff", b"GET *"]
)
def test_odd_request_lines_open_nothing(world, line):
    assert asked(world.server, line)[0] in (400, 401, 404)


# --- cookies -----------------------------------------------------------------------


def _expired(world: World, *, opened: int, seen: int) -> str:
    """A cookie of a session that was opened and last used so many hours ago."""
    with world.store.write() as tx:
        account = stored_accounts.by_login(tx, "quantri")
        assert account is not None
        secret = sessions.begin(tx, account, "t t", now() - opened * HOUR)
        if seen != opened:
            from db import sessions as stored

            stored.use(tx, sessions.hash_of(secret), now() - seen * HOUR)
    return sessions.cookie_of(world.store, secret)


def _revoked(world: World) -> str:
    given = cookie(world, "quantri")
    signin.sign_out(world.store, sessions.of_cookie(world.store, given), now=now())
    return given


def _disabled(world: World) -> str:
    """A session of an account that was disabled and is again enabled: it stays ended."""
    given = cookie(world, "lanhdao")
    accounts.disable(world.store, ADMIN, "lanhdao", now=now())
    accounts.enable(world.store, ADMIN, "lanhdao", now=now())
    return given


def _of_another_key(world: World) -> str:
    secret = cookie(world, "quantri").partition(".")[0]
    return f"{secret}.{'A' * 43}"


def _half(world: World) -> str:
    return cookie(world, "quantri")[:-1]


COOKIES = {
    "expired": lambda world: _expired(world, opened=13, seen=1),
    "idle": lambda world: _expired(world, opened=5, seen=5),
    "revoked": _revoked,
    "disabled": _disabled,
    "another key": _of_another_key,
    "cut": _half,
    "hash": lambda world: sessions.of_cookie(world.store, cookie(world, "quantri")),
    "no ascii": lambda world: "\xff\xfe.\xe9",
    "quoted": lambda world: f'"{cookie(world, "quantri")}x"',
    "long": lambda world: "a" * 7_000,
    "long signature": lambda world: "a." + "b" * 7_000,
    "many dots": lambda world: "." * 5_000,
    "number": lambda world: "1",
    "sql": lambda world: "' or 1=1 --.' or 1=1 --",
}


@pytest.mark.parametrize("kind", list(COOKIES))
def test_no_such_cookie_opens_anything(world, kind):
    given = COOKIES[kind](world).encode("latin-1")
    header = b"cookie: chitieu_session=" + given
    for path in (b"/", b"/overview", b"/_stcore/health", b"/download/table", b"/media/x.txt"):
        assert asked(world.server, b"GET " + path, header)[0] == 401, path
    put = b"PUT /_stcore/upload_file/x/y"
    assert asked(world.server, put, header, b"content-length: 0")[0] == 401
    upgrade = [b"connection: Upgrade", b"upgrade: websocket", b"sec-websocket-version: 13",
               b"sec-websocket-key: MDEyMzQ1Njc4OWFiY2RlZg==", header]  # fmt: skip
    assert asked(world.server, b"GET /_stcore/stream", *upgrade)[0] in (401, 403)


def test_a_huge_cookie_is_refused_unread(world):
    for size in (50_000, 2_000_000):
        try:
            status = asked(
                world.server, b"GET /overview", b"cookie: chitieu_session=" + b"a" * size
            )[0]
        except ConnectionError:
            status = 431
        assert status in (400, 401, 431)
    assert httpx.get(f"{world.server.url}/healthz").status_code == 200


def test_many_cookies_of_one_name_open_nothing_but_by_a_right_one(world):
    many = b"; ".join(b"chitieu_session=%d" % number for number in range(2_000))
    assert asked(world.server, b"GET /overview", b"cookie: " + many)[0] == 401


def test_a_session_survives_two_hundred_others_and_ends_alone(world):
    """Nobody is thrown out by, and nobody comes in through, the sessions of others."""
    with world.store.write() as tx:
        account = stored_accounts.by_login(tx, "canbo.a")
        assert account is not None
        secrets = [sessions.begin(tx, account, "t t", now()) for _ in range(200)]
    cookies = [sessions.cookie_of(world.store, one) for one in (secrets[0], secrets[100])]
    for given in cookies:
        assert (
            httpx.get(f"{world.server.url}/overview", headers=with_cookie(given)).status_code == 200
        )
    signin.sign_out(world.store, sessions.of_cookie(world.store, cookies[0]), now=now())
    said = [
        httpx.get(f"{world.server.url}/overview", headers=with_cookie(given)).status_code
        for given in cookies
    ]
    assert said == [401, 200]


def test_headers_of_our_own_from_outside_change_nobody_into_somebody_else(world):
    forged = {
        "x-app-session": sessions.of_cookie(world.store, cookie(world, "quantri")),
        "x-app-user": "1",
    }
    tab = Tab(world.server, cookie(world, "lanhdao"), **forged)
    said = tab.run("profile")
    tab.close()
    assert "Người lanhdao" in said
    assert "Người quantri" not in said


# --- other sites -------------------------------------------------------------------

ORIGINS = [
    *("https://evil.example", "null", "http://127.0.0.1", "http://localhost", "file://", "x"),
    *("http://127.0.0.1:{port}.evil.example", "http://evil.example:{port}", "http://[::1]:{port}"),
    *("http://user@evil.example", "http://127.0.0.1:1", "https://share.streamlit.io"),
]


@pytest.mark.parametrize("origin", ORIGINS)
def test_no_page_of_another_site_opens_a_websocket_or_sends_a_form(world, origin):
    origin = origin.format(port=world.server.port)
    given = cookie(world, "canbo.a")
    with pytest.raises(InvalidStatus) as refused:
        Tab(world.server, given, origin=origin)
    assert refused.value.response.status_code == 403
    for path in ("/login", "/logout", "/password", "/_stcore/upload_file/a/b"):
        answer = httpx.post(
            world.server.url + path,
            headers={**with_cookie(given), "origin": origin},
            data={"a": "b"},
        )
        assert answer.status_code == 403, path
    still = httpx.get(f"{world.server.url}/overview", headers=with_cookie(given))
    assert still.status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "x"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "FOO"])
def test_what_a_browser_says_of_the_sender_counts(world, site, method):
    headers = {**with_cookie(cookie(world, "canbo.a")), "sec-fetch-site": site}
    for path in ("/logout", "/password", "/_stcore/upload_file/a/b", "/overview"):
        answer = httpx.request(method, world.server.url + path, headers=headers)
        assert answer.status_code == 403, path


def test_no_answer_lets_another_site_read_it(world):
    headers = {**with_cookie(cookie(world, "canbo.a")), "origin": "https://evil.example"}
    for path in (
        "/overview",
        "/download/table?what=targets&format=csv",
        "/_stcore/health",
        "/healthz",
    ):
        for method in ("GET", "OPTIONS"):
            answer = httpx.request(method, world.server.url + path, headers=headers)
            assert "access-control-allow-origin" not in answer.headers, (method, path)
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_no_address_that_can_be_opened_changes_anything(world):
    """A link or a picture on another site can make a browser ask for any of them."""
    headers = {**with_cookie(cookie(world, "tonghop")), **HTML}

    def state() -> tuple[int, int, int]:
        with world.store.read() as tx:
            lines = len(list(audit.listing(tx)))
        return lines, data_version(world.store, now()), len(submissions.listing(world.store))

    before = state()
    for path in (
        *("/", "/overview", "/upload", "/logout", "/password", "/login", "/login/oidc"),
        *("/login/back?code=x&state=y", "/download/template?targets=DL-01&period=2026-H1"),
        *("/download/table?what=verdicts&format=csv", "/download/file?submission=1"),
        *(f"/download/marked?draft={world.draft}", "/upload?submission=1", "/admin?part=accounts"),
        f"/scenarios?key={world.scenario}",
    ):
        for method in ("GET", "HEAD"):
            httpx.request(method, world.server.url + path, headers=headers, timeout=60)
    assert state() == before
    assert httpx.get(f"{world.server.url}/overview", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"x-forwarded-host": "evil.example"},
        {"forwarded": "host=evil.example"},
        {"x-original-url": "/healthz"},
        {"x-rewrite-url": "/healthz"},
        {"x-http-method-override": "GET"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_no_header_leads_elsewhere_or_past_the_gate(world, headers):
    answer = httpx.get(f"{world.server.url}/overview", headers={**HTML, **headers})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Foverview"
    assert "evil" not in httpx.get(f"{world.server.url}/login", headers=headers).text
