"""A provider that changes its keys, signs people out, is down, or is set wrongly."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import ECKey, RSAKey

from services import oidc_leaving
from services.seeding import seed
from services.store import open_ready
from tests.people import NOW, PASSWORD, add_people
from tests.provider import _BROKEN, CLIENT, SECRET, Provider, providing
from tests.server import Server, command, environment, free_port, serving

pytestmark = pytest.mark.slow

HTML = {"accept": "text/html"}
SOMEBODY = {"sub": "nguoi-9", "preferred_username": "chin", "roles": ["viewer"]}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providing() as running:
        yield running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("provider")
    store = open_ready(f"sqlite:///{folder / 'store.db'}")
    seed(store, NOW)
    add_people(store)
    store.close()
    settings = {
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": SECRET,
        "OIDC_NAME": "Cổng <của> tỉnh",
    }
    with serving(folder, settings=settings) as running:
        yield running


@pytest.fixture
def browser(server: Server, provider: Provider) -> Iterator[httpx.Client]:
    provider.behave(**SOMEBODY)
    with httpx.Client(base_url=server.url, headers=HTML, timeout=30) as client:
        yield client


def sign_in(browser: httpx.Client) -> httpx.Response:
    """The last answer of the way there and back."""
    there = browser.get("/login/oidc")
    assert there.status_code == 303, there.text
    return browser.get(httpx.get(there.headers["location"]).headers["location"])


# --- keys and clocks ---------------------------------------------------------------


def test_a_new_key_of_the_provider_counts_at_once_and_the_former_one_no_longer(browser, provider):
    assert sign_in(browser).status_code == 303
    provider.other = provider.own  # what it signed with until now
    provider.rotate()
    assert sign_in(browser).status_code == 303
    provider.key = "other"
    assert "kèm mã token" in sign_in(browser).text


def test_keys_that_we_know_nothing_of_stand_in_nobodys_way(browser, provider):
    """Providers publish keys for encrypting, and kinds that come after this program."""
    provider.more_keys = [
        {"kty": "AKP", "alg": "ML-DSA-44", "kid": "mai sau", "pub": "x"},
        {**RSAKey.generate_key(2048, {"kid": "enc"}, private=True).as_dict(private=False),
         "use": "enc"},
        {"kty": "RSA", "kid": "hỏng", "n": "!", "e": "?"},
        {"kid": "không có loại"},
        "không phải khóa",
        ECKey.generate_key("P-256", {"kid": "ec"}, private=True).as_dict(private=False),
    ]  # fmt: skip
    assert sign_in(browser).status_code == 303


@pytest.mark.parametrize(
    ("claim", "seconds", "fits"),
    [
        ("exp", -20, True),
        ("exp", -100, False),
        ("iat", 20, True),
        ("iat", 100, False),
        ("nbf", 20, True),
        ("nbf", 100, False),
    ],
)
def test_a_clock_may_differ_by_a_minute_and_no_more(browser, provider, claim, seconds, fits):
    provider.lies = {claim: int(time.time()) + seconds}
    assert (sign_in(browser).status_code == 303) == fits


# --- signing out -------------------------------------------------------------------


def test_signing_out_goes_on_to_the_provider_and_back(server, browser, provider):
    provider.leaves = True
    sign_in(browser)
    answer = browser.post("/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login/out")
    assert browser.get("/overview").status_code == 303  # our own session has ended by now
    page = browser.get("/login/out")
    assert page.status_code == 200
    assert "Đã đăng xuất." in page.text
    assert "Đăng xuất cả ở Cổng &lt;của&gt; tỉnh" in page.text
    href = page.text.partition('<a class="b main" href="')[2].partition('"')[0]
    there = href.replace("&amp;", "&")
    assert f"url={href}" in page.text
    assert parse_qs(urlsplit(there).query) == {
        "from": ["us"],
        "client_id": [CLIENT],
        "post_logout_redirect_uri": [f"{server.url}/login"],
        "state": ["out"],
    }
    back = httpx.get(there).headers["location"]
    assert "Đã đăng xuất." in browser.get(back).text
    assert provider.left[-1]["client_id"] == CLIENT
    assert "id_token_hint" not in provider.left[-1]


def test_a_link_alone_sends_nobody_to_sign_out_at_the_provider(server, browser, provider):
    provider.leaves = True
    assert browser.get("/login/out").headers["location"] == "/login?say=out"
    sign_in(browser)
    assert browser.get("/login/out").headers["location"] == "/login?say=out"
    assert browser.get("/overview").status_code == 200
    store = open_ready(server.database)
    late = oidc_leaving.pass_for(store, NOW)
    store.close()
    for forged in ("", "x", "9999999999999999.x", late, f"{late}x", "\xff.\xff"):
        headers = {**HTML, "cookie": b"chitieu_leaving=" + forged.encode("latin-1")}
        assert httpx.get(f"{server.url}/login/out", headers=headers).status_code == 303, forged


def test_who_signed_in_with_a_password_leaves_here_alone(browser, provider):
    provider.leaves = True
    assert (
        browser.post("/login", data={"login": "lanhdao", "password": PASSWORD}).status_code == 303
    )
    assert browser.post("/logout").headers["location"] == "/login?say=out"


@pytest.mark.parametrize("how", ["nothing", *_BROKEN])
def test_without_an_address_for_it_one_is_signed_out_here(browser, provider, how):
    sign_in(browser)
    provider.broken = "" if how == "nothing" else how
    browser.post("/logout")
    assert browser.get("/login/out").headers["location"] == "/login?say=out"
    assert browser.get("/overview").status_code == 303


# --- a provider that is down or set wrongly ----------------------------------------


@pytest.mark.parametrize("how", list(_BROKEN))
def test_a_provider_that_answers_nonsense_is_one_sentence(server, browser, provider, how):
    there = browser.get("/login/oidc")
    provider.broken = how
    answer = browser.get("/login/oidc")
    assert answer.status_code == 502
    assert "kèm mã unreachable" in answer.text
    assert 'name="password"' in answer.text  # the other way stays open
    back = httpx.get(there.headers["location"]).headers["location"]
    answer = browser.get(back)
    assert answer.status_code in (403, 502)
    assert "Không đăng nhập được bằng Cổng &lt;của&gt; tỉnh" in answer.text
    assert "chitieu_session" not in browser.cookies
    assert "Traceback" not in server.log.read_text()


def test_a_role_that_does_not_exist_is_told_at_the_start(tmp_path):
    settings = {
        "OIDC_ISSUER": "https://id.example",
        "OIDC_CLIENT_ID": "x",
        "OIDC_ROLES": "ct-xem=viewer, ct-nop=oficer",
    }
    started = subprocess.run(
        command(free_port()),
        cwd=tmp_path,
        env={**environment(f"sqlite:///{tmp_path / 'store.db'}"), **settings},
        capture_output=True,
        text=True,
        timeout=60,
    )
    said = started.stdout + started.stderr
    assert started.returncode != 0
    assert "OIDC_ROLES ghi vai trò không có: oficer." in said
    assert "viewer, officer, planner, consolidator, administrator" in said
    assert "Traceback" not in said
    assert not (tmp_path / "store.db").exists()
